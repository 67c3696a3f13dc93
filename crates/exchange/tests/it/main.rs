//! Files from strangers, read and imported into a register.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

mod exporting;
mod files;
mod importing;
mod reading_child;

use std::path::PathBuf;

/// A file of the tests' data.
fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(path)
}
