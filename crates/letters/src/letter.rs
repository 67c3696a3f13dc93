//! What a caller hands in, and what comes back.

use serde::{Deserialize, Serialize};

/// One letter to typeset: a readable template, the facts that go into it, and the paper it stands on.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Markdown with fields (`{{ recipient.name }}`) and fences; see the crate's front page.
    pub template: &'a str,
    /// The facts that the template's fields name.
    pub facts: &'a serde_json::Value,
    /// Letterhead and envelope.
    pub stationery: &'a Stationery,
    /// The letter's own number, for example `WMIV-2026-0147/L01`. Without one the pages are marked as a draft.
    pub number: Option<&'a str>,
    /// The date on the letter: year, month, day. Also every date inside the file.
    pub date: (i32, u32, u32),
    /// The document's title, shown in a reader's title bar and read out first.
    pub title: &'a str,
    /// Language of the text as in HTML, for example `en-GB`.
    pub language: &'a str,
    /// The most pages this letter may have.
    pub max_pages: Option<u32>,
}

/// Letterhead, envelope window and folding: what is the same on every letter of an office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stationery {
    /// Who writes, as it stands in the letterhead.
    pub sender_name: String,
    /// Address, telephone, e-mail: a line each.
    pub sender_lines: Vec<String>,
    /// The line that company or charity law asks for, at the foot of the first page.
    pub registered_line: Option<String>,
    /// Picture at the top left. Without one the sender's name stands there.
    pub logo: Option<Logo>,
    /// The envelope's window.
    pub window: Window,
    /// Shifts what must show through a window by so many millimetres right and down, for a printer that
    /// feeds askew.
    pub nudge_mm: (f32, f32),
    /// Whether to print short marks where the sheet is folded.
    pub fold_marks: bool,
}

/// A logo with the words that stand for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Logo {
    /// The picture as a PNG file.
    pub png: Vec<u8>,
    /// What the picture says, for those who do not see it.
    pub alt: String,
}

/// Where an envelope shows the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// UK DL envelope, window 90 × 35 mm, 20 mm from the left and 18 mm from the bottom; sheet folded in thirds.
    #[default]
    UkDl,
    /// C5, and the GOV.UK Notify and DVLA print services, which read the address in this place.
    C5,
    /// No window: labels, or printed envelopes.
    None,
    /// Any other window: the part of the page that always shows, and where the text may begin.
    Custom {
        /// From the page's left edge.
        x_mm: f32,
        /// From the page's top edge.
        y_mm: f32,
        /// Width of the part that always shows.
        width_mm: f32,
        /// Height of the part that always shows.
        height_mm: f32,
        /// Where the letter's text may begin, from the page's top edge.
        body_from_mm: f32,
    },
}

/// A finished letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// The file: PDF/UA-1 and PDF/A-2a, the same bytes for the same letter.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: u32,
    /// SHA-256 of `pdf`, in lower-case hex.
    pub sha256: String,
    /// Where its parts stand on the paper.
    pub boxes: Vec<PlacedBox>,
}

/// A part of the letter and the space it takes on paper, in millimetres from the page's top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlacedBox {
    /// Which part.
    pub what: Part,
    /// Page, counted from 1.
    pub page: u32,
    /// Left edge.
    pub x_mm: f32,
    /// Top edge.
    pub y_mm: f32,
    /// Width.
    pub w_mm: f32,
    /// Height.
    pub h_mm: f32,
}

/// The parts of a letter whose place matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The logo, or the sender's name in its place.
    Letterhead,
    /// The sender's address.
    Sender,
    /// The recipient's address, which must show in the window.
    AddressBlock,
    /// Date and references.
    Date,
    /// The running text on one page.
    Body,
    /// Everything below the cut line.
    Slip,
    /// Where the slip goes back to, in its own window position.
    SlipReturnAddress,
    /// Foot of the page.
    Footer,
}
