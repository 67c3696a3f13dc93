//! The product as officers meet it. A file per journey; each reads as the steps that an officer would tell you.
// A step that fails has nothing better to do than to stop its journey.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod at_rest;
mod damaged;
mod drive;
mod keyboard;
mod letter_words;
mod locking;
mod mistyped;
mod opening;
mod partners;
mod printing;
mod robot;
mod round;
mod tampered;
