//! The journal: history, undo and redo, proof, backups.
use std::path::PathBuf;

use casework::{
    Desk,
    history::{self, FieldLine, HistoryLine},
    letters,
    problem::Problem,
};
use chrono::{DateTime, NaiveDate, Utc};
use register::{BackupInfo, Passphrase, Register, Unlock};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use super::start::{DeskState, state_of};
use crate::state::{Open, State, tell};

/// What an undo would take with it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UndoPlan {
    /// The entry.
    pub entry: i64,
    /// What it did.
    pub label: String,
    /// Later changes that rest on it and go with it, newest first.
    pub also: Vec<Also>,
    /// Numbers of letters that left the house and will be marked as withdrawn.
    pub withdraws: Vec<String>,
    /// Why it cannot be done.
    pub refused: Option<String>,
}

/// A change that goes with an undo.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Also {
    /// Its number.
    pub entry: i64,
    /// What it did.
    pub label: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What an undo or redo did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Undone {
    /// The entry it made.
    pub entry: i64,
    /// What was undone, or done again.
    pub label: String,
    /// How many changes.
    pub count: u32,
}

/// What a verification found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Verification {
    /// Whether all is as it was written.
    pub sound: bool,
    /// How many entries.
    pub entries: u64,
    /// The chain's head.
    pub head: String,
    /// What is not as it was written.
    pub faults: Vec<String>,
}

/// A backup.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Backup {
    /// Its name.
    pub file: String,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
    /// Its size in bytes.
    pub size: u64,
    /// Each is opened and checked before it is kept.
    pub verified: bool,
}

impl From<BackupInfo> for Backup {
    fn from(info: BackupInfo) -> Backup {
        Backup { file: info.name, taken_at: info.at, size: info.bytes, verified: true }
    }
}

/// The newest entries of the journal.
#[tauri::command(async)]
#[specta::specta]
pub fn journal(held: Held<State>, before: Option<i64>, limit: u32) -> Result<Vec<HistoryLine>, Problem> {
    held.read(|desk| history::journal(desk, before, limit.min(1_000) as usize))
}

/// What one entry changed.
#[tauri::command(async)]
#[specta::specta]
pub fn entry_changes(held: Held<State>, entry: i64) -> Result<Vec<FieldLine>, Problem> {
    held.read(|desk| history::changes_of(desk, entry))
}

/// What undoing an entry, or the newest change, would take with it.
#[tauri::command(async)]
#[specta::specta]
pub fn undo_plan(held: Held<State>, entry: Option<i64>) -> Result<Option<UndoPlan>, Problem> {
    held.read(|desk| {
        let newest = || -> Result<Option<i64>, Problem> {
            Ok(desk.register().next_undo()?.map(|entry| entry.seq).filter(|entry| *entry > 1))
        };
        let Some(entry) = entry.map_or_else(newest, |entry| Ok(Some(entry)))? else { return Ok(None) };
        let plan = desk.register().undo_plan(entry)?;
        let letters = plan.withdraws.iter().filter(|(table, _)| table == "letters");
        Ok(Some(UndoPlan {
            entry,
            label: plan.entry.label.clone(),
            also: plan
                .also
                .iter()
                .map(|also| Also {
                    entry: also.seq,
                    label: also.label.clone(),
                    by: also.actor.name.clone(),
                    at: also.at,
                })
                .collect(),
            withdraws: letters
                .filter_map(|(_, key)| Uuid::from_slice(key).ok())
                .map(|id| letters::get(desk, id).map(|letter| letter.number))
                .collect::<Result<_, _>>()?,
            refused: plan.refused,
        }))
    })
}

fn undone(undone: register::Undone) -> Undone {
    Undone {
        entry: undone.entry,
        label: undone.undone.last().map(|entry| entry.label.clone()).unwrap_or_default(),
        count: u32::try_from(undone.undone.len()).unwrap_or(u32::MAX),
    }
}

/// Undoes an entry, and what rests on it.
#[tauri::command(async)]
#[specta::specta]
pub fn undo(app: AppHandle, held: Held<State>, entry: i64) -> Result<Undone, Problem> {
    held.change(&app, |desk| desk.undo(entry).map(undone))
}

/// Does again what was undone last; nothing when there is nothing to do again.
#[tauri::command(async)]
#[specta::specta]
pub fn redo(app: AppHandle, held: Held<State>) -> Result<Option<Undone>, Problem> {
    held.change(&app, |desk| match desk.register().next_redo()? {
        Some(_) => desk.redo().map(undone).map(Some),
        None => Ok(None),
    })
}

/// Recomputes the chain and checks the file.
#[tauri::command(async)]
#[specta::specta]
pub fn verify(held: Held<State>) -> Result<Verification, Problem> {
    held.read(|desk| {
        let proof = desk.register().verify()?;
        Ok(Verification {
            sound: proof.sound,
            entries: proof.entries,
            head: proof.head,
            faults: proof.faults,
        })
    })
}

/// The backups, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(held: Held<State>) -> Result<Vec<Backup>, Problem> {
    held.with_open(|open| Ok(Register::backups(&open.folder)?.into_iter().map(Backup::from).collect()))
}

/// Takes a backup and checks it.
#[tauri::command(async)]
#[specta::specta]
pub fn backup_now(held: Held<State>) -> Result<Backup, Problem> {
    held.with_open(|open| Ok(open.desk.register_mut().backup()?.into()))
}

/// Puts a backup in the register's place. What is there now is backed up first.
#[tauri::command(async)]
#[specta::specta]
pub fn restore(
    app: AppHandle,
    held: Held<State>,
    file: String,
    passphrase: String,
) -> Result<DeskState, Problem> {
    let (folder, officer, practice): (PathBuf, String, bool) = held.with_open(|open| {
        Ok((open.folder.clone(), open.desk.register().actor().name.clone(), open.practice))
    })?;
    let unlock = || Unlock::Passphrase {
        officer_name: officer.clone(),
        passphrase: Passphrase::new(passphrase.clone()),
    };
    // A backup takes the place of closed files only. A wrong passphrase changes no file, and leaves the register locked.
    // No backup on closing: a damaged register has none to give, and restoring keeps what it replaces.
    drop(held.put_away());
    let restored = Desk::restore(&folder, Some(&file), unlock(), Utc::now());
    let desk = Desk::open(&folder, unlock(), Utc::now())?;
    held.put(Open { desk, folder, practice })?;
    tell(&app, vec!["everything".to_owned()]);
    restored?;
    held.with_open(state_of)
}

/// Shows the register as it stood at the end of a day; without a day, as it stands.
#[tauri::command(async)]
#[specta::specta]
pub fn look_back(app: AppHandle, held: Held<State>, day: Option<NaiveDate>) -> Result<DeskState, Problem> {
    let state = held.with_open(|open| {
        open.desk.look_back(day)?;
        state_of(open)
    })?;
    tell(&app, Vec::new());
    Ok(state)
}
