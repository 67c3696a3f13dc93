//! A template and facts in, a tagged archival PDF out.

mod blocks;
mod combine;
mod compose;
mod conform;
mod emit;
mod faces;
mod fault;
mod fences;
mod flow;
mod form;
mod house;
mod letter;
mod letterhead;
mod logo;
mod merge;
mod objects;
mod page;
mod press;
mod sealed;
mod shape;
mod structure;
mod subset;
mod table;
mod tags;
mod test_page;
mod window;
mod wording;
mod xmp;

pub use fault::{Fault, PressError};
pub use letter::{Letter, Logo, Part, PlacedBox, Stationery, Typeset, Window};
pub use press::{Press, fields};
pub use sealed::as_printed;
pub use wording::money_words;
