//! Why a file could not be read or written, in words an officer can act on.

use casework::problem::{Code, Problem};
use serde::{Deserialize, Serialize};

/// What stands in the way of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileTrouble {
    /// There is no such file, or it may not be read.
    #[error("The file cannot be opened: {0}.")]
    Unopened(String),
    /// It has no bytes.
    #[error("The file is empty.")]
    Empty,
    /// It is beyond the size that is opened at all.
    #[error("The file is larger than {0} MB, too large for a list of applications.")]
    TooBig(u64),
    /// More rows or cells than are taken at once.
    #[error("The sheet has more than {0}, too many to import at once.")]
    TooMany(String),
    /// It is encrypted.
    #[error("The file is protected by a password.")]
    Protected,
    /// It begins as a workbook, and then does not hold together.
    #[error("The file is damaged: it is named and begins as {0}, but cannot be read as one.")]
    Damaged(String),
    /// It is a known kind of file that is not read.
    #[error("The file is {0}, which is not read here.")]
    OtherKind(String),
    /// It is neither a workbook nor text.
    #[error("The file is neither a workbook nor a text file with columns.")]
    Unknown,
    /// A quotation mark opens a cell and nothing closes it.
    #[error(
        "A quotation mark that opens a cell in row {0} is never closed, so the rows after it cannot be told apart."
    )]
    QuoteNeverClosed(u32),
    /// Nothing is in any cell.
    #[error("There is nothing in {0}.")]
    NoData(String),
    /// The sheet asked for is not in the workbook.
    #[error("The workbook has no sheet named “{0}”.")]
    NoSuchSheet(String),
    /// Reading it went past the time allowed.
    #[error("Reading the file took longer than {0} seconds and was ended.")]
    TooLong(u64),
    /// Reading it went past the memory allowed.
    #[error(
        "Reading the file asked for more than {0} MB of memory and was ended: it is damaged, or made to do harm."
    )]
    TooMuch(u64),
    /// The officer stopped the reading.
    #[error("Reading the file was stopped; nothing of it was recorded.")]
    Stopped,
    /// The reading process could not be started, or said nothing.
    #[error("The part of the program that reads files did not answer: {0}.")]
    NoAnswer(String),
    /// It could not be written.
    #[error("The file cannot be written: {0}.")]
    Unwritten(String),
}

impl FileTrouble {
    /// What to do about it.
    pub fn fix(&self) -> &'static str {
        match self {
            FileTrouble::Unopened(_) => {
                "Check that it is still there and not open in another program, then choose it again."
            }
            FileTrouble::Empty | FileTrouble::NoData(_) => {
                "Export it again from where it came, or ask the sender for it once more."
            }
            FileTrouble::TooBig(_) | FileTrouble::TooMany(_) => {
                "Save the applications in files of fewer rows."
            }
            FileTrouble::Protected => {
                "Open it in Excel with its password, save it without one, and choose that copy."
            }
            FileTrouble::Damaged(_) | FileTrouble::Unknown => {
                "Open it in Excel and save it as an Excel workbook (.xlsx), or ask the sender for it again."
            }
            FileTrouble::OtherKind(_) => {
                "Open it in the program it belongs to and save it as an Excel workbook (.xlsx) or as CSV."
            }
            FileTrouble::QuoteNeverClosed(_) => {
                "Open it in Excel, look at that row, and save it as an Excel workbook (.xlsx)."
            }
            FileTrouble::NoSuchSheet(_) => "Choose one of its sheets.",
            FileTrouble::TooLong(_) | FileTrouble::TooMuch(_) => {
                "Do not open it in another program if you do not know the sender; ask them for the list as CSV."
            }
            FileTrouble::Stopped => "Choose it again when it is wanted.",
            FileTrouble::NoAnswer(_) => "Try again; if it happens once more, restart the program.",
            FileTrouble::Unwritten(_) => {
                "Choose another folder, and close the file if it is open in another program."
            }
        }
    }
}

impl From<FileTrouble> for Problem {
    fn from(trouble: FileTrouble) -> Problem {
        let code = if trouble == FileTrouble::Stopped { Code::Cancelled } else { Code::File };
        Problem::new(code, trouble.to_string()).fix(trouble.fix())
    }
}
