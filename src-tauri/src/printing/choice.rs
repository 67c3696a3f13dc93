//! How the officer wants letters printed, as this computer remembers it.
use std::io::Write;

use casework::problem::{Code, Problem};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{JobId, PrintOptions, Printers, PrintingError, Sides};

/// Queue, copies, sides and tray.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PrintChoice {
    /// The printer's name.
    pub queue: String,
    /// How many copies of each letter.
    pub copies: u32,
    /// Whether both sides are printed.
    pub duplex: bool,
    /// Where the paper comes from; none leaves it to the printer.
    pub tray: Option<String>,
}

/// What the printing system said, as a problem the page can explain.
pub(crate) fn problem(error: &PrintingError) -> Problem {
    Problem::new(Code::Printer, format!("Nothing was printed: {error}."))
        .fix("Choose another printer, or print it again later.")
}

/// Prints a PDF that stands in memory. Its file is gone again when the printing system has taken it.
pub(crate) fn print_bytes(pdf: &[u8], title: &str, choice: &PrintChoice) -> Result<JobId, Problem> {
    let io = |error: std::io::Error| problem(&PrintingError::Io(error));
    let mut file = tempfile::Builder::new().prefix("letter-").suffix(".pdf").tempfile().map_err(io)?;
    file.write_all(pdf).and_then(|()| file.flush()).map_err(io)?;
    let options = PrintOptions {
        title: title.to_owned(),
        copies: choice.copies,
        sides: Some(if choice.duplex { Sides::TwoLongEdge } else { Sides::One }),
        tray: choice.tray.clone(),
    };
    Printers::of_this_computer().print(&choice.queue, file.path(), &options).map_err(|error| problem(&error))
}
