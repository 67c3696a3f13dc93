//! Opening the register on this computer without asking for the passphrase.
use std::path::{Path, PathBuf};

use casework::{
    Desk, officers,
    problem::{Code, Problem},
};
use chrono::Utc;
use register::{Register, Unlock};
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use super::start::{DeskState, put};
use crate::{
    key_ring::KeyRing,
    launch::Launch,
    preferences::Preferences,
    state::{Open, State},
};

/// Whether the page may try the key ring for a register: it was asked to, it was not tried yet, and the program only just
/// started. A desk that was locked asks for the passphrase, or locking it would keep nobody out.
pub(super) fn opens_by_itself(
    held: &State,
    launch: &Launch,
    preferences: &Preferences,
    folder: &Path,
) -> bool {
    let tried = preferences.first_with(launch).is_some_and(|first| first == folder);
    !held.was_locked() && !tried && is_remembered_here(preferences, folder)
}

fn is_remembered_here(preferences: &Preferences, folder: &Path) -> bool {
    preferences.remembered.iter().any(|known| known == folder)
}

/// Opens the register that comes first, where the key ring of this computer opens it: while the window is being made.
pub(crate) fn open_early(launch: &Launch) -> Result<Option<Open>, Problem> {
    let preferences = Preferences::load();
    match preferences.first_with(launch) {
        Some(folder) if is_remembered_here(&preferences, folder) => {
            Ok(with_key_ring(folder)?.map(|desk| Open { desk, folder: folder.to_owned(), practice: false }))
        }
        _ => Ok(None),
    }
}

fn with_key_ring(folder: &Path) -> Result<Option<Desk>, Problem> {
    let Some(key) = KeyRing::of(Register::id(folder)?)?.recall()? else { return Ok(None) };
    let opened = Desk::open(folder, Unlock::Remembered(key), Utc::now()).inspect_err(|problem| {
        // Said once: from the next start on the passphrase is asked for at once.
        if problem.code == Code::WrongPassphrase {
            let _ = tell_preferences(folder, false);
        }
    });
    opened.map(Some)
}

fn tell_preferences(folder: &Path, remembered: bool) -> Result<(), Problem> {
    let mut preferences = Preferences::load();
    preferences.remembered.retain(|known| known != folder);
    if remembered {
        preferences.remembered.push(folder.to_owned());
    }
    preferences.save()
}

/// Opens a register with what the key ring of this computer holds. Without an answer the passphrase is to be asked for.
#[tauri::command(async)]
#[specta::specta]
pub fn open_remembered(
    held: Held<State>,
    launch: Held<Launch>,
    folder: String,
) -> Result<Option<DeskState>, Problem> {
    let folder = PathBuf::from(folder);
    if !opens_by_itself(&held, &launch, &Preferences::load(), &folder) {
        return Ok(None);
    }
    let Some(desk) = with_key_ring(&folder)? else { return Ok(None) };
    put(&held, Open { desk, folder, practice: false }).map(Some)
}

/// Whether this computer opens the register that is open without a passphrase for the officer at the desk.
#[tauri::command(async)]
#[specta::specta]
pub fn is_remembered(held: Held<State>) -> Result<bool, Problem> {
    held.with_open(|open| {
        let asked = is_remembered_here(&Preferences::load(), &open.folder);
        Ok(asked && officers::is_remembered_on_this_computer(&open.desk)?)
    })
}

/// Has this computer open the register that is open without a passphrase from now on, for the officer at the desk; or no longer.
#[tauri::command(async)]
#[specta::specta]
pub fn remember(app: AppHandle, held: Held<State>, remembered: bool) -> Result<(), Problem> {
    let (folder, register) = held.with_open(|open| Ok((open.folder.clone(), Register::id(&open.folder)?)))?;
    if !remembered {
        held.change(&app, officers::forget_this_computer)?;
        tell_preferences(&folder, false)?;
        return KeyRing::of(register)?.forget();
    }
    let ring = KeyRing::of(register)?;
    let key = held.change(&app, officers::remember_on_this_computer)?;
    if let Err(problem) = ring.keep(&key) {
        held.change(&app, officers::forget_this_computer)?;
        return Err(problem);
    }
    tell_preferences(&folder, true)
}

/// Has a computer ask an officer for the passphrase again.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_computer(
    app: AppHandle,
    held: Held<State>,
    officer: Uuid,
    computer: String,
) -> Result<(), Problem> {
    held.change(&app, |desk| officers::forget_computer(desk, officer, &computer))
}
