//! A template and facts in, a tagged archival PDF out.
//!
//! [`Press::typeset`] turns a [`Letter`] into a PDF that is PDF/UA-1 and PDF/A-2a, laid out as a British
//! business letter for a window envelope. The same letter gives the same bytes on any machine. Whatever would
//! leave a blank or a wrong word on paper is a [`Fault`] instead: a missing fact, a character that no bundled
//! font has, an address that the window would cut off.
//!
//! The crate knows nothing of what its letters are about: templates and facts come from outside.
//!
//! # Templates
//!
//! A template is Markdown with fields, `{{ recipient.name }}`, in [minijinja]'s language (`{% for %}`,
//! `{% if %}`). A value can hold any text: none of it is ever read as Markdown or as a field.
//!
//! | written | printed |
//! | --- | --- |
//! | `{{ fee\|money }}` | `£5,000`, `£918.75` (whole numbers are pence, text is pounds) |
//! | `{{ fee\|money_words }}` | `five thousand pounds` |
//! | `{{ due\|date }}` | `3 November 2026`, from `2026-11-03`, never broken over lines |
//! | `{{ count\|number }}` | `12,345` |
//! | `{{ names\|and_list }}`, `{{ people\|and_list(attribute="name") }}` | `A, B and C` |
//! | `{{ phone\|together }}` | as it is, never broken over lines |
//! | `{{ letter.number }}`, `{{ letter.date }}`, `{{ letter.title }}` | the letter's own |
//!
//! The Markdown is paragraphs, `#` (the subject) and `##` headings, `**bold**`, `*italic*`, lists, tables, and
//! `---`. A column whose dashes end in a colon (`--:`) is set flush right in figures of one width; a row all in
//! bold is a total; a table without heads is a list of terms. Pictures, links, quotations and HTML are refused.
//!
//! What stands in a fixed place is a fence:
//!
//! ````text
//! ```address
//! {% for line in recipient.lines %}
//! {{ line }}
//! {% endfor %}
//! ```
//! The recipient, a line each, where the envelope's window shows it.
//!
//! ```refs
//! Date: {{ letter.date }}
//! Our ref: {{ letter.number }}
//! ```
//! Label and value, beside the address.
//!
//! ```signoff
//! Yours sincerely
//! ---
//! {{ signatory.name }}
//! {{ signatory.position }}
//! ```
//! The close, room to sign, and who signs. The `---` is for the eye and may be left out.
//!
//! ```enclosures
//! Terms and conditions
//! ```
//! After “Enc:”, a line each.
//!
//! ```copies
//! Dr Żółć, Research Centre
//! ```
//! After “cc:”, a line each.
//!
//! ```form
//! # Your enterprise
//! Registered name: ____
//! Company number: ____ | VAT number: ____
//! [ ] The enterprise has no other members.
//! | Date given | Given by | Amount |
//! |:-----------|:---------|-------:|
//! | | | |
//! Signature: ________ | Date: ________
//! ```
//! To fill in by hand: headings, text, boxes to tick, lines to write on (four scores) or to sign on (eight),
//! side by side where `|` parts them, and ruled tables.
//!
//! ```slip
//! # Acceptance of offer {{ letter.number }}
//! On behalf of {{ business }}, for {{ fee|money }} ({{ fee|money_words }}):
//! [ ] I accept the offer.
//! Name: ____
//! Signature: ________
//! > Our Office
//! > 16 Summer Lane
//! > Birmingham B19 3SD
//! ```
//! The last third of the last page, below a cut line. Lines with `>` are the return address, placed where the
//! window of a DL envelope shows it when the slip is put in unfolded.
//! ````
//!
//! [minijinja]: https://docs.rs/minijinja

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
mod written;
mod xmp;

pub use fault::{Fault, PressError};
pub use letter::{Letter, Logo, Part, PlacedBox, Stationery, Typeset, Window};
pub use press::{Press, fields};
pub use sealed::as_printed;
pub use wording::money_words;
