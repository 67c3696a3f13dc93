// Every command the page may call, `file::function`, one a line. build.rs makes the permissions from this list, and
// commands/mod.rs the handler and the TypeScript; `cargo xtask bindings` writes the latter out.
listed![
    ping::ping, //
]
