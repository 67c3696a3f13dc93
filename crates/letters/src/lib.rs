//! A template and facts in, a tagged archival PDF out.

mod fault;
mod letter;
mod press;

pub use fault::{Fault, PressError};
pub use letter::{Letter, Logo, Part, PlacedBox, Stationery, Typeset, Window};
pub use press::{Press, fields, money_words};
