//! What the shell tells the page without being asked.
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The register's tables that changed; each screen knows from it whether to ask again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "changed")]
pub struct Changed {
    /// Their names.
    pub tables: Vec<String>,
}

/// How far a long piece of work is.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "progress")]
pub struct Progress {
    /// The job's name, as the page gave it.
    pub job: String,
    /// How many are done.
    pub done: u32,
    /// Of how many.
    pub total: u32,
    /// What is being done.
    pub text: String,
}
