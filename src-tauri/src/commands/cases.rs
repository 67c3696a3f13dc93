//! Cases: lists, the record, moving along.
use std::{path::PathBuf, thread, time::Duration};

use casework::{
    cases::{self, Ahead, CaseList, CaseQuery, CaseRecord, SelectionSum},
    forms::Values,
    problem::Problem,
    saving,
    search::{self, Hit},
    today::{self, Today},
};
use exchange::export::{self, Format};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// A page of the cases that a query finds.
#[tauri::command(async)]
#[specta::specta]
pub fn cases(held: Held<State>, query: CaseQuery) -> Result<CaseList, Problem> {
    held.read(|desk| cases::list(desk, &query))
}

/// How long an officer's own questions go first while the desk reads ahead.
const ASIDE: Duration = Duration::from_millis(5);

/// Reads what a first search would wait for, bit by bit.
#[tauri::command(async)]
#[specta::specta]
pub fn read_ahead(held: Held<State>) -> Result<(), Problem> {
    let mut from = Ahead::START;
    while let Some(to) = held.read(|desk| cases::read_ahead(desk, from))? {
        from = to;
        thread::sleep(ASIDE);
    }
    Ok(())
}

/// Saves the list that a query finds as a workbook, or as CSV where the file is named so, and says where.
#[tauri::command(async)]
#[specta::specta]
pub fn export_cases(held: Held<State>, query: CaseQuery, path: String) -> Result<String, Problem> {
    let mut path = PathBuf::from(path);
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("csv") => Format::Csv,
        Some(ending) if ending.eq_ignore_ascii_case("xlsx") => Format::Xlsx,
        // Excel opens no workbook that is not named as one.
        _ => {
            path.as_mut_os_string().push(".xlsx");
            Format::Xlsx
        }
    };
    let (bytes, _) = held.read(|desk| export::cases(desk, &query, format))?;
    Ok(saving::save(&path, &bytes)?.display().to_string())
}

/// The ids of all cases that a query finds.
#[tauri::command(async)]
#[specta::specta]
pub fn case_ids(held: Held<State>, text: String) -> Result<Vec<Uuid>, Problem> {
    held.read(|desk| cases::ids(desk, &text))
}

/// What a selection comes to.
#[tauri::command(async)]
#[specta::specta]
pub fn selection_sum(held: Held<State>, ids: Vec<Uuid>) -> Result<SelectionSum, Problem> {
    held.read(|desk| cases::selection_sum(desk, &ids))
}

/// Everything about one case.
#[tauri::command(async)]
#[specta::specta]
pub fn case_record(held: Held<State>, id: Uuid) -> Result<CaseRecord, Problem> {
    held.read(|desk| cases::record(desk, id))
}

/// Sets one field of a case.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_case(
    app: AppHandle,
    held: Held<State>,
    id: Uuid,
    field: String,
    value: Option<String>,
) -> Result<CaseRecord, Problem> {
    held.change(&app, |desk| cases::edit(desk, id, &field, value.as_deref()))
}

/// Fills in what a stage asks for, and moves a case there.
#[tauri::command(async)]
#[specta::specta]
pub fn move_case(
    app: AppHandle,
    held: Held<State>,
    id: Uuid,
    to: String,
    fill: Values,
    note: Option<String>,
) -> Result<CaseRecord, Problem> {
    held.change(&app, |desk| cases::fill_and_move(desk, id, &to, &fill, note.as_deref()))
}

/// Accepts a warning with a reason.
#[tauri::command(async)]
#[specta::specta]
pub fn accept_finding(
    app: AppHandle,
    held: Held<State>,
    id: Uuid,
    rule: String,
    reason: String,
) -> Result<CaseRecord, Problem> {
    held.change(&app, |desk| cases::accept_finding(desk, id, &rule, &reason))
}

/// What is found by its words.
#[tauri::command(async)]
#[specta::specta]
pub fn find(held: Held<State>, text: String, limit: u32) -> Result<Vec<Hit>, Problem> {
    held.read(|desk| search::find(desk, &text, limit.min(200)))
}

/// What is due.
#[tauri::command(async)]
#[specta::specta]
pub fn today(held: Held<State>) -> Result<Today, Problem> {
    held.read(today::today)
}
