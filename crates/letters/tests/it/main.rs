//! Letters as they come out: text, structure, place on the paper, and the same bytes every time.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that fails panics")]

mod any_template;
mod conformance;
mod desk;
mod layout;
mod refusals;
mod same_bytes;
mod values;
