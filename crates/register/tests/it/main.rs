//! The register through its public door, over a small toy office.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod backups;
mod erasure;
mod files;
mod keys;
mod office;
mod past;
mod proof;
mod second_opener;
mod speed;
mod telling;
mod undoing;
mod upgrades;
mod walks;
