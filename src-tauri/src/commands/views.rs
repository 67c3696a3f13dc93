//! An officer's own views of the list of cases.
use casework::{
    forms::Saved,
    problem::Problem,
    views::{self, View},
};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// The views of the officer at the desk.
#[tauri::command(async)]
#[specta::specta]
pub fn views(held: Held<State>) -> Result<Vec<View>, Problem> {
    held.read(views::own)
}

/// Keeps a question under a name.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_view(app: AppHandle, held: Held<State>, name: String, text: String) -> Result<Saved, Problem> {
    held.change(&app, |desk| views::keep(desk, &name, &text))
}

/// Removes a view.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_view(app: AppHandle, held: Held<State>, id: Uuid) -> Result<Saved, Problem> {
    held.change(&app, |desk| views::remove(desk, id))
}
