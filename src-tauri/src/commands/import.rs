//! Importing applications.
use std::path::Path;

use casework::problem::{Code, Problem};
use exchange::session::{ImportCheck, ImportRow, ImportSession, ImportSheet, Imported};
use tauri::{AppHandle, State as Held};
use tauri_specta::Event;
use uuid::Uuid;

use crate::{
    events::Progress,
    state::{Importing, State, long},
};

/// Tells the window how far a job is.
fn say(app: &AppHandle, job: &str, done: u32, total: u32, text: &str) {
    // A window that is closing hears nothing, and needs not.
    let _ = Progress { job: job.to_owned(), done, total, text: text.to_owned() }.emit(app);
}

/// Opens a file in a bounded child of this program.
#[tauri::command]
#[specta::specta]
pub async fn import_open(
    app: AppHandle,
    path: String,
    programme_id: Uuid,
    round_id: Option<Uuid>,
    job: String,
) -> Result<ImportSheet, Problem> {
    long(app, move |held, app| {
        say(app, &job, 0, 0, "Reading the file");
        let session = ImportSession::open(Path::new(path.trim()), &held.job(&job))?;
        let name = held.begin_import(Importing { session, programme: programme_id, round: round_id });
        held.importing(&name, |importing| held.read(|desk| importing.session.sheet(desk)))
    })
    .await
}

/// Turns to another sheet of the workbook.
#[tauri::command]
#[specta::specta]
pub async fn import_choose_sheet(
    app: AppHandle,
    session: String,
    sheet: String,
) -> Result<ImportSheet, Problem> {
    long(app, move |held, _| {
        held.importing(&session, |importing| {
            importing.session.choose_sheet(&sheet)?;
            held.read(|desk| importing.session.sheet(desk))
        })
    })
    .await
}

/// Remembers the columns by their name, and judges every row by them. The desk is free for other screens between rows.
#[tauri::command]
#[specta::specta]
pub async fn import_check(
    app: AppHandle,
    session: String,
    columns: Vec<Option<String>>,
    mapping_name: String,
) -> Result<ImportCheck, Problem> {
    long(app, move |held, app| {
        let go_on = held.job(&session);
        held.importing(&session, |importing| {
            held.read(|desk| {
                let Importing { session, programme, round } = importing;
                session.choose_columns(desk, *programme, *round, &columns, &mapping_name)
            })?;
            held.change(app, |desk| importing.session.remember_columns(desk))?;
            while let Some((done, total)) = held.read(|desk| importing.session.judge_some(desk))? {
                say(app, &session, done, total, "Checking each row");
                if !go_on() {
                    return Err(Problem::new(
                        Code::Cancelled,
                        "Checking was stopped; nothing of the file was recorded.",
                    ));
                }
            }
            importing.session.verdicts()
        })
    })
    .await
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
    held.importing(&session, |importing| held.read(|desk| importing.session.mend(desk, row, &field, &value)))
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
#[tauri::command]
#[specta::specta]
pub async fn import_commit(app: AppHandle, session: String) -> Result<Imported, Problem> {
    long(app, move |held, app| {
        let go_on = held.job(&session);
        held.importing(&session, |importing| {
            held.change(app, |desk| {
                importing.session.commit(desk, &|done, total| {
                    // A bar that moves a hundred times is smooth; fifty thousand messages would hold the window up.
                    if done % (total / 100).max(1) == 0 {
                        say(app, &session, done, total, "Recording applications");
                    }
                    go_on()
                })
            })
        })
    })
    .await
}

/// Saves the rows that cannot be taken.
#[tauri::command(async)]
#[specta::specta]
pub fn import_save_rest(held: Held<State>, session: String, path: String) -> Result<String, Problem> {
    held.importing(&session, |importing| {
        importing.session.save_rest(Path::new(&path)).map(|path| path.display().to_string())
    })
}
