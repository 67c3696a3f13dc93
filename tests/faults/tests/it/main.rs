//! Nothing is lost and nothing is half done: the program killed, the drive full, the drive gone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]
#![cfg(unix)]

mod at_work;
mod failing;
mod full;
mod killed;
mod locked_out;
mod open_files;
mod proof;
mod read_only;
