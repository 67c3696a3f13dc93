//! Letters as they come out: text, structure, place on the paper, and the same bytes every time.

mod conformance;
mod desk;
mod layout;
mod refusals;
mod same_bytes;
mod values;
