//! `cargo xtask test`: everything that must hold before a change is taken, in the order in which it fails soonest.
use anyhow::Result;

use crate::{
    chores::build_screens,
    packages::{Consent, Purpose, ensure},
    steps::{Steps, cargo, npm, on_path, run},
    tidy,
};

/// Runs all checks and tests and stops at the first that fails. The journeys bring their own display, session bus and
/// printing system, each in a folder and on a port of its own, so nothing of the computer's is used or changed.
pub fn test(consent: Consent) -> Result<()> {
    let mut steps = Steps::new();
    steps.take("system packages", || ensure(Purpose::Test, consent))?;
    steps.take("tidy", tidy::tidy)?;
    steps.take("format", || run(cargo(&["fmt", "--all", "--check"])))?;
    // Before the Rust that embeds them.
    build_screens(&mut steps)?;
    steps.take("screens: types", || run(npm(&["run", "check"])))?;
    steps.take("screens: lint", || run(npm(&["run", "lint"])))?;
    steps.take("screens: tests", || run(npm(&["test"])))?;
    steps.take("clippy", || {
        run(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
    })?;
    steps.take("build", || run(cargo(&["build", "--quiet", "--workspace"])))?;
    steps.take("tests and journeys", || {
        let mut command = if on_path("cargo-nextest") {
            cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"])
        } else {
            cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"])
        };
        command.env("VOUCHER_DESK_IS_BUILT", "yes");
        run(command)
    })?;
    // nextest leaves the examples in the documentation out.
    if on_path("cargo-nextest") {
        steps.take("examples in the documentation", || {
            run(cargo(&["test", "--quiet", "--workspace", "--doc"]))
        })?;
    }
    steps.report();
    Ok(())
}
