//! The parts this program is made of, and under which licences.
use casework::problem::{Code, Problem};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A part of the program.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as its authors state it.
    pub licence: String,
}

/// Every part and its licence. `cargo xtask licences` writes the list.
#[tauri::command]
#[specta::specta]
pub fn licences() -> Result<Vec<Licence>, Problem> {
    serde_json::from_str(include_str!("../../licences.json")).map_err(|error| {
        Problem::new(Code::Internal, format!("The list of licences cannot be read: {error}."))
    })
}
