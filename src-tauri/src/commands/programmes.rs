//! Programmes, approval limits, limits of law and officers.
use casework::{
    forms::{Saved, Values},
    money::Pence,
    office::{self, LimitRow},
    officers::{self, OfficerRow, Role},
    problem::Problem,
    programmes::{self, ProgrammeRow},
};
use register::Passphrase;
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// All programmes with their rounds.
#[tauri::command(async)]
#[specta::specta]
pub fn programmes(held: Held<State>) -> Result<Vec<ProgrammeRow>, Problem> {
    held.read(programmes::list)
}

/// Sets up to what amount a role may award.
#[tauri::command(async)]
#[specta::specta]
pub fn set_approval_limit(
    app: AppHandle,
    held: Held<State>,
    programme_id: Uuid,
    role: Role,
    amount: Option<Pence>,
) -> Result<(), Problem> {
    held.change(&app, |desk| programmes::set_approval_limit(desk, programme_id, role, amount))
}

/// The limits of law by date.
#[tauri::command(async)]
#[specta::specta]
pub fn limits(held: Held<State>) -> Result<Vec<LimitRow>, Problem> {
    held.read(office::limits)
}

/// The officers who have not left.
#[tauri::command(async)]
#[specta::specta]
pub fn officers(held: Held<State>) -> Result<Vec<OfficerRow>, Problem> {
    held.read(officers::list)
}

/// Adds an officer with a passphrase.
#[tauri::command(async)]
#[specta::specta]
pub fn add_officer(
    app: AppHandle,
    held: Held<State>,
    values: Values,
    passphrase: String,
) -> Result<Saved, Problem> {
    held.change(&app, |desk| officers::add(desk, &values, &Passphrase::new(passphrase)))
}

/// Removes an officer.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_officer(app: AppHandle, held: Held<State>, id: Uuid) -> Result<(), Problem> {
    held.change(&app, |desk| officers::remove(desk, id))
}
