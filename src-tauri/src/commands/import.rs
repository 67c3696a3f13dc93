//! Importing applications.
use std::path::Path;

use casework::problem::Problem;
use exchange::session::{ImportCheck, ImportRow, ImportSession, ImportSheet, Imported};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::{Importing, State};

/// Opens a file in a bounded child of this program.
#[tauri::command(async)]
#[specta::specta]
pub fn import_open(
    held: Held<State>,
    path: String,
    programme_id: Uuid,
    round_id: Option<Uuid>,
) -> Result<ImportSheet, Problem> {
    let session = ImportSession::open(Path::new(path.trim()))?;
    let name = held.begin_import(Importing { session, programme: programme_id, round: round_id });
    held.read(|desk| held.importing(&name, |importing| importing.session.sheet(desk)))
}

/// Turns to another sheet of the workbook.
#[tauri::command(async)]
#[specta::specta]
pub fn import_choose_sheet(
    held: Held<State>,
    session: String,
    sheet: String,
) -> Result<ImportSheet, Problem> {
    held.read(|desk| {
        held.importing(&session, |importing| {
            importing.session.choose_sheet(&sheet)?;
            importing.session.sheet(desk)
        })
    })
}

/// Judges every row by these columns.
#[tauri::command(async)]
#[specta::specta]
pub fn import_check(
    held: Held<State>,
    session: String,
    columns: Vec<Option<String>>,
    mapping_name: String,
) -> Result<ImportCheck, Problem> {
    held.read(|desk| {
        held.importing(&session, |importing| {
            importing.session.check(desk, importing.programme, importing.round, &columns, &mapping_name)
        })
    })
}

/// Mends a cell.
#[tauri::command(async)]
#[specta::specta]
pub fn import_mend(
    held: Held<State>,
    session: String,
    row: u32,
    field: String,
    value: String,
) -> Result<ImportRow, Problem> {
    held.read(|desk| held.importing(&session, |importing| importing.session.mend(desk, row, &field, &value)))
}

/// Says whether a row comes from the business it seems to come from.
#[tauri::command(async)]
#[specta::specta]
pub fn import_same_business(
    held: Held<State>,
    session: String,
    row: u32,
    accepted: bool,
) -> Result<ImportRow, Problem> {
    held.importing(&session, |importing| importing.session.same_business(row, accepted))
}

/// Says whether a row is taken although it is held already.
#[tauri::command(async)]
#[specta::specta]
pub fn import_take_anyway(
    held: Held<State>,
    session: String,
    row: u32,
    take: bool,
) -> Result<ImportRow, Problem> {
    held.importing(&session, |importing| importing.session.take_anyway(row, take))
}

/// Records every row that can be taken.
#[tauri::command(async)]
#[specta::specta]
pub fn import_commit(app: AppHandle, held: Held<State>, session: String) -> Result<Imported, Problem> {
    held.change(&app, |desk| held.importing(&session, |importing| importing.session.commit(desk)))
}

/// Saves the rows that cannot be taken.
#[tauri::command(async)]
#[specta::specta]
pub fn import_save_rest(held: Held<State>, session: String, path: String) -> Result<String, Problem> {
    held.importing(&session, |importing| {
        importing.session.save_rest(Path::new(&path)).map(|path| path.display().to_string())
    })
}
