//! A small office, and an officer's work in it that can be cut short at any moment.
// A step that fails has nothing better to do than to stop its test.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod drive;
pub mod office;
pub mod upgrade;
pub mod work;

/// How often an attack is repeated: more in the long form (`cargo xtask soak`).
pub fn times(few: usize) -> usize {
    few * std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
