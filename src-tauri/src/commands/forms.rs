//! Forms: what may be filled in, and saving it.
use casework::{
    forms::{self, Field, Noun, Saved, Values},
    problem::Problem,
};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// The fields of a noun.
#[tauri::command]
#[specta::specta]
pub fn form(noun: Noun) -> Vec<Field> {
    forms::form(noun).to_vec()
}

/// What a record's form holds.
#[tauri::command(async)]
#[specta::specta]
pub fn values(held: Held<State>, noun: Noun, id: Uuid) -> Result<Values, Problem> {
    held.read(|desk| forms::values_of(desk, noun, id))
}

/// Saves a form: a new record without an id.
#[tauri::command(async)]
#[specta::specta]
pub fn save(
    app: AppHandle,
    held: Held<State>,
    noun: Noun,
    id: Option<Uuid>,
    values: Values,
) -> Result<Saved, Problem> {
    held.change(&app, |desk| forms::save(desk, noun, id, &values))
}
