//! `ui/src/lib/bindings.ts`: the page's view of the commands, generated, committed, and tested for staleness.
use std::path::Path;

use specta_typescript::Typescript;

use crate::commands::every_command;

const HEADER: &str = "// Written by `cargo xtask bindings` from src-tauri/src/commands. Change those, never this.\n";

/// Writes the TypeScript of every command, event and type to `path`.
pub fn export(path: &Path) -> Result<(), specta_typescript::Error> {
    every_command().export(Typescript::default().header(HEADER), path)
}
