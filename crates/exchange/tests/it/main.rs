//! Files from strangers, read and imported into a register.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

#[cfg(target_os = "linux")]
mod altered_workbooks;
mod exporting;
mod files;
mod importing;
mod made_to_harm;
mod reading_child;

use std::path::PathBuf;

/// A file of the tests' data.
fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(path)
}

/// Multiplied in the long form.
fn times() -> usize {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
