//! The register through its public door, over a small toy office.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod any_journal;
mod backups;
mod clock;
mod damage;
mod erasure;
mod files;
mod gone;
mod keys;
mod office;
mod pages;
mod past;
mod proof;
mod second_opener;
mod speed;
mod telling;
mod undoing;
mod upgrades;
mod walks;
#[cfg(target_os = "linux")]
mod wiped;
