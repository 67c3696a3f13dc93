//! Paper: which printers this computer has, and sending a finished PDF to one of them.
//!
//! What differs by system stands in one file each: [`cups`] for Linux and macOS, [`windows`] for Windows. Both answer
//! with the types below, and nothing else in the shell asks which system it runs on.
use std::path::Path;

use serde::{Deserialize, Serialize};
use specta::Type;

mod choice;
#[cfg(unix)]
mod cups;
#[cfg(unix)]
mod cups_answers;
// Compiled on the developers' systems too when testing, because the reading of its answers can be tested anywhere.
#[cfg(any(windows, test))]
mod windows;

pub use choice::PrintChoice;
pub(crate) use choice::{print_bytes, problem};

#[cfg(unix)]
use cups::Spooler;
#[cfg(windows)]
use windows::Spooler;

/// A printer as the officer chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Queue {
    /// The system's name for it, which [`Printers::print`] takes.
    pub name: String,
    /// What people call it; the name again where nobody gave it one.
    pub description: String,
    /// Whether the system prints here unless told otherwise.
    pub is_default: bool,
    /// Whether it takes new jobs now.
    pub accepting: bool,
    /// How it can fill the sheet; always at least one side.
    pub sides: Vec<Sides>,
    /// Where paper can come from; empty when there is no choice.
    pub trays: Vec<Tray>,
    /// The most copies one job may ask for.
    pub max_copies: u32,
}

/// Which sides of the sheet are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// The front alone.
    One,
    /// Both, turned like a book: letters.
    TwoLongEdge,
    /// Both, turned like a pad.
    TwoShortEdge,
}

/// A place that paper comes from: headed paper, say, for the first sheet of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Tray {
    /// The system's word for it, which [`PrintOptions::tray`] takes.
    pub key: String,
    /// The same for people.
    pub label: String,
}

/// How to print one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PrintOptions {
    /// What the job is called in the system's list of jobs.
    pub title: String,
    /// How many, collated; at least one.
    pub copies: u32,
    /// Which sides; `None` leaves it to the printer's own setting.
    pub sides: Option<Sides>,
    /// Which tray, by its key; `None` leaves it to the printer.
    pub tray: Option<String>,
}

/// A job that the system took, such as `Front_Office-12`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct JobId(pub String);

/// Where a job stands. Only [`JobState::Printed`] may be told to a register as "printed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// In line.
    Waiting,
    /// Held by someone, until it is released.
    Held,
    /// On its way to the paper.
    Printing,
    /// The printer stopped in the middle of it and waits for a person.
    Stopped,
    /// Sent in full, with no complaint.
    Printed,
    /// Taken back before it was through.
    Cancelled,
    /// The system gave up on it.
    Failed,
    /// The system no longer knows it, or does not say.
    Unknown,
}

/// Why paper did not come.
#[derive(Debug, thiserror::Error)]
pub enum PrintingError {
    /// The programs that print are not on this computer.
    #[error("this computer has no printing system ({program} did not start): install CUPS, or ask IT")]
    NoPrintingSystem {
        /// The program that was looked for.
        program: &'static str,
    },
    /// No copies, or more than the printer takes.
    #[error("{asked} copies cannot be printed: ask for 1 to {most}")]
    Copies {
        /// What was asked.
        asked: u32,
        /// The most that can be.
        most: u32,
    },
    /// A name that no printer or tray may have.
    #[error("{0:?} is not the name of a printer or tray")]
    Name(String),
    /// The printing system said no, in its own words.
    #[error("the printing system refused: {0}")]
    Refused(String),
    /// It answered something this program does not understand.
    #[error("the printing system gave an answer that could not be read: {0}")]
    Answer(String),
    /// The file or the program's pipes failed.
    #[error("printing failed: {0}")]
    Io(#[from] std::io::Error),
}

/// The most copies of one letter that anyone can mean; beyond it stands a slip of the finger.
const MOST_COPIES: u32 = 999;

/// The printers of one printing system.
#[derive(Debug, Clone)]
pub struct Printers {
    spooler: Spooler,
}

impl Printers {
    /// Those that this computer knows.
    pub fn of_this_computer() -> Self {
        Self { spooler: Spooler::of_this_computer() }
    }

    /// Those of the CUPS server at `host:port`.
    #[cfg(unix)]
    pub fn of_server(server: &str) -> Self {
        Self { spooler: Spooler::of_server(server) }
    }

    /// Every printer, in the system's order.
    pub fn queues(&self) -> Result<Vec<Queue>, PrintingError> {
        self.spooler.queues()
    }

    /// Sends the PDF at `file` to the printer called `queue`.
    pub fn print(&self, queue: &str, file: &Path, options: &PrintOptions) -> Result<JobId, PrintingError> {
        if !(1..=MOST_COPIES).contains(&options.copies) {
            return Err(PrintingError::Copies { asked: options.copies, most: MOST_COPIES });
        }
        // Opened before the system is asked, because its own word for a missing file is far from clear.
        std::fs::File::open(file)?;
        self.spooler.print(queue, file, options)
    }

    /// Where a job stands that [`Printers::print`] sent.
    pub fn job_state(&self, job: &JobId) -> Result<JobState, PrintingError> {
        self.spooler.job_state(job)
    }
}
