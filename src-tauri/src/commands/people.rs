//! Organisations and people.
use casework::{
    organisations::{self, OrganisationRecord, OrganisationRow, Page},
    people::{self, Erased, PersonRecord, PersonRow},
    problem::Problem,
};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// Organisations found by their words.
#[tauri::command(async)]
#[specta::specta]
pub fn organisations(
    held: Held<State>,
    text: String,
    kind: Option<String>,
    offset: u32,
    limit: u32,
) -> Result<Page<OrganisationRow>, Problem> {
    held.read(|desk| organisations::list(desk, &text, kind.as_deref(), offset, limit))
}

/// Everything about one organisation.
#[tauri::command(async)]
#[specta::specta]
pub fn organisation_record(held: Held<State>, id: Uuid) -> Result<OrganisationRecord, Problem> {
    held.read(|desk| organisations::record(desk, id))
}

/// People found by their words.
#[tauri::command(async)]
#[specta::specta]
pub fn people(held: Held<State>, text: String, offset: u32, limit: u32) -> Result<Page<PersonRow>, Problem> {
    held.read(|desk| people::list(desk, &text, offset, limit))
}

/// Everything about one person.
#[tauri::command(async)]
#[specta::specta]
pub fn person_record(held: Held<State>, id: Uuid) -> Result<PersonRecord, Problem> {
    held.read(|desk| people::record(desk, id))
}

/// Erases a person for good.
#[tauri::command(async)]
#[specta::specta]
pub fn erase_person(app: AppHandle, held: Held<State>, id: Uuid, reason: String) -> Result<Erased, Problem> {
    held.change(&app, |desk| people::erase(desk, id, &reason))
}
