//! Printers, and what this computer remembers of them.
use casework::{
    letters,
    problem::{Code, Problem},
};
use serde::Serialize;
use specta::Type;
use tauri::State as Held;

use crate::{
    preferences::Preferences,
    printing::{self, PrintChoice, Printers, Queue, Sides},
    state::State,
};

/// A printer as the page offers it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PrinterOffer {
    /// The system's name for it.
    pub name: String,
    /// What people call it.
    pub description: String,
    /// Whether the system prints here unless told otherwise.
    pub is_default: bool,
    /// Whether it takes new jobs now.
    pub accepting: bool,
    /// Whether it can print both sides.
    pub duplex: bool,
    /// Where paper can come from.
    pub trays: Vec<TrayOffer>,
}

/// A place that paper comes from.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TrayOffer {
    /// The system's word for it.
    pub value: String,
    /// The same for people.
    pub label: String,
}

impl From<Queue> for PrinterOffer {
    fn from(queue: Queue) -> PrinterOffer {
        PrinterOffer {
            duplex: queue.sides.contains(&Sides::TwoLongEdge),
            trays: queue
                .trays
                .into_iter()
                .map(|tray| TrayOffer { value: tray.key, label: tray.label })
                .collect(),
            name: queue.name,
            description: queue.description,
            is_default: queue.is_default,
            accepting: queue.accepting,
        }
    }
}

/// The printers of this computer.
#[tauri::command(async)]
#[specta::specta]
pub fn printers() -> Result<Vec<PrinterOffer>, Problem> {
    let queues = Printers::of_this_computer().queues().map_err(|error| printing::problem(&error))?;
    Ok(queues.into_iter().map(PrinterOffer::from).collect())
}

/// How letters were printed last.
#[tauri::command]
#[specta::specta]
pub fn print_choice() -> Option<PrintChoice> {
    Preferences::load().print
}

/// Remembers how letters are printed.
#[tauri::command]
#[specta::specta]
pub fn set_print_choice(choice: PrintChoice) -> Result<(), Problem> {
    Preferences { print: Some(choice), ..Preferences::load() }.save()
}

/// Prints a page that shows whether addresses stand in the window of the office's envelopes.
#[tauri::command(async)]
#[specta::specta]
pub fn print_window_test(held: Held<State>, choice: PrintChoice) -> Result<String, Problem> {
    let page = held.read(letters::window_test)?;
    let job = printing::print_bytes(&page, "Window test page", &choice)?;
    if job.0.is_empty() {
        return Err(Problem::new(Code::Printer, "The printer gave no answer."));
    }
    Ok(job.0)
}
