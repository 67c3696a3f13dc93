//! Opening and making registers.
use std::path::{Path, PathBuf};

use casework::{
    Desk, letters, practice,
    problem::{Code, Problem},
    saving,
    standing::{self, Standing},
};
use chrono::{DateTime, Utc};
use register::{Passphrase, RecoveryKey, Register, Unlock};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State as Held;

use super::remembering::opens_by_itself;
use crate::{
    launch::Launch,
    preferences::{Preferences, practice_folder},
    printing::{self, PrintChoice},
    state::{Open, State},
};

/// What the first screen offers.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Start {
    /// Registers opened before that are still there.
    pub recent: Vec<Recent>,
    /// Where the practice office stands on this computer.
    pub practice_folder: String,
    /// Whether it was made already; making it takes some seconds.
    pub practice_made: bool,
}

/// A register opened before.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Recent {
    /// Its folder.
    pub folder: String,
    /// Its folder's name.
    pub name: String,
    /// Who can open it.
    pub officers: Vec<String>,
    /// Whether the key ring of this computer is to be tried first.
    pub remembered: bool,
}

/// What a new register needs.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NewRegister {
    /// Where to make it.
    pub folder: String,
    /// The office's name.
    pub office_name: String,
    /// Your name.
    pub officer_name: String,
    /// Your passphrase.
    pub passphrase: String,
}

/// A register just made.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Made {
    /// The key to print and lock away.
    pub recovery_key: String,
}

/// How the desk stands, and where its register is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DeskState {
    /// The register's name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// Whether it is the practice office.
    pub practice: bool,
    /// The newest verified backup.
    pub backed_up_at: Option<DateTime<Utc>>,
    /// The rest.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A register of which a backup was put back.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Restored {
    /// When the backup was taken. What was done after is not in it.
    pub taken_at: DateTime<Utc>,
    /// The desk on it.
    pub desk: DeskState,
}

/// The practice office opens without a secret: nothing in it is real.
const PRACTICE_PASSPHRASE: &str = "practice office";

fn name_of(folder: &Path) -> String {
    folder
        .file_stem()
        .map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned())
}

pub(super) fn state_of(open: &mut Open) -> Result<DeskState, Problem> {
    let newest = Register::backups(&open.folder)?.into_iter().map(|backup| backup.at).max();
    Ok(DeskState {
        name: name_of(&open.folder),
        folder: open.folder.display().to_string(),
        practice: open.practice,
        backed_up_at: newest,
        standing: standing::standing(&open.desk)?,
    })
}

pub(super) fn put(held: &State, open: Open) -> Result<DeskState, Problem> {
    let opened = (!open.practice).then(|| open.folder.clone());
    held.put(open)?;
    if let Some(folder) = opened {
        let mut preferences = Preferences::load();
        preferences.opened(folder);
        // Not being able to remember a folder is no reason to keep a register shut.
        let _ = preferences.save();
    }
    held.with_open(state_of)
}

/// Opens the practice office, made afresh where it is missing.
pub(crate) fn open_practice_office(held: &State) -> Result<DeskState, Problem> {
    let folder = practice_folder()?;
    let passphrase = Passphrase::new(PRACTICE_PASSPHRASE);
    let desk = if folder.join("keys.json").exists() {
        let unlock = Unlock::Passphrase { officer_name: practice::OFFICER.to_owned(), passphrase };
        Desk::open(&folder, unlock, Utc::now())?
    } else {
        practice::make(&folder, &passphrase, Utc::now())?.0
    };
    put(held, Open { desk, folder, practice: true })
}

/// What can be opened.
#[tauri::command]
#[specta::specta]
pub fn start(held: Held<State>, launch: Held<Launch>) -> Result<Start, Problem> {
    let mut preferences = Preferences::load();
    if let Launch::Register(folder) = &*launch
        && !held.was_locked()
    {
        preferences.opened(folder.clone());
    }
    let practice = practice_folder()?;
    Ok(Start {
        recent: preferences
            .recent
            .iter()
            .filter_map(|folder| {
                let slots = Register::slots(folder).ok()?;
                Some(Recent {
                    name: name_of(folder),
                    remembered: opens_by_itself(&held, &launch, &preferences, folder),
                    folder: folder.display().to_string(),
                    officers: slots.into_iter().map(|slot| slot.officer.name).collect(),
                })
            })
            .collect(),
        practice_made: practice.join("keys.json").exists(),
        practice_folder: practice.display().to_string(),
    })
}

/// Makes a register and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn create_register(held: Held<State>, input: NewRegister) -> Result<Made, Problem> {
    let mut folder = PathBuf::from(input.folder.trim());
    if folder.as_os_str().is_empty() || !folder.is_absolute() {
        return Err(Problem::invalid("folder", "Where the register is to stand is not filled in.")
            .fix("Choose a folder."));
    }
    if folder.extension().is_none() {
        folder.set_extension("vdesk");
    }
    let (desk, key) = Desk::create(
        &folder,
        &input.office_name,
        &input.officer_name,
        &Passphrase::new(input.passphrase),
        Utc::now(),
    )?;
    put(&held, Open { desk, folder, practice: false })?;
    Ok(Made { recovery_key: key.printed().to_string() })
}

/// Opens a register with a passphrase.
#[tauri::command(async)]
#[specta::specta]
pub fn open_register(
    held: Held<State>,
    folder: String,
    officer: String,
    passphrase: String,
) -> Result<DeskState, Problem> {
    let folder = PathBuf::from(folder);
    let unlock = Unlock::Passphrase { officer_name: officer, passphrase: Passphrase::new(passphrase) };
    let desk = Desk::open(&folder, unlock, Utc::now())?;
    put(&held, Open { desk, folder, practice: false })
}

/// Opens a register with its printed recovery key, and gives the officer a new passphrase.
#[tauri::command(async)]
#[specta::specta]
pub fn recover_register(
    held: Held<State>,
    folder: String,
    recovery_key: String,
    officer: String,
    new_passphrase: String,
) -> Result<DeskState, Problem> {
    let folder = PathBuf::from(folder);
    let key = RecoveryKey::parse(&recovery_key)?;
    let desk = Desk::recover(&folder, key, &officer, &Passphrase::new(new_passphrase), Utc::now())?;
    put(&held, Open { desk, folder, practice: false })
}

/// Puts the newest backup that can be read in the place of a register that is damaged, and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_last_good(
    held: Held<State>,
    folder: String,
    officer: String,
    passphrase: String,
) -> Result<Restored, Problem> {
    let folder = PathBuf::from(folder);
    let unlock = || Unlock::Passphrase {
        officer_name: officer.clone(),
        passphrase: Passphrase::new(passphrase.clone()),
    };
    let backup = Desk::restore(&folder, None, unlock(), Utc::now())?;
    let desk = Desk::open(&folder, unlock(), Utc::now())?;
    Ok(Restored { taken_at: backup.at, desk: put(&held, Open { desk, folder, practice: false })? })
}

/// Opens the practice office.
#[tauri::command(async)]
#[specta::specta]
pub fn open_practice(held: Held<State>) -> Result<DeskState, Problem> {
    open_practice_office(&held)
}

/// Closes the register.
#[tauri::command(async)]
#[specta::specta]
pub fn lock(held: Held<State>) -> Result<(), Problem> {
    held.lock()
}

/// Saves the sheet with the recovery key, to print and lock away.
#[tauri::command(async)]
#[specta::specta]
pub fn save_recovery_sheet(held: Held<State>, recovery_key: String, path: String) -> Result<String, Problem> {
    held.with_open(|open| {
        let sheet = recovery_sheet(open, &recovery_key)?;
        Ok(saving::save(Path::new(&path), &sheet)?.display().to_string())
    })
}

/// Prints the sheet with the recovery key, to lock away.
#[tauri::command(async)]
#[specta::specta]
pub fn print_recovery_sheet(
    held: Held<State>,
    recovery_key: String,
    choice: PrintChoice,
) -> Result<(), Problem> {
    let sheet = held.with_open(|open| recovery_sheet(open, &recovery_key))?;
    printing::print_bytes(&sheet, "Recovery sheet", &choice).map(drop)
}

fn recovery_sheet(open: &Open, key: &str) -> Result<Vec<u8>, Problem> {
    letters::recovery_sheet(&open.desk, &name_of(&open.folder), key)
}

/// How the desk stands; nothing when no register is open. The first call opens what the program was started with.
#[tauri::command(async)]
#[specta::specta]
pub fn desk_state(held: Held<State>, launch: Held<Launch>) -> Result<Option<DeskState>, Problem> {
    if held.is_open() {
        return held.with_open(state_of).map(Some);
    }
    match &*launch {
        Launch::Practice if held.first_time() => open_practice_office(&held).map(Some),
        _ => held.early()?.map(|open| put(&held, open)).transpose(),
    }
}

/// Asks for a folder or file in the system's own dialog.
#[tauri::command]
#[specta::specta]
pub async fn choose_path(what: String, suggested: Option<String>) -> Result<Option<String>, Problem> {
    let mut dialog = rfd::AsyncFileDialog::new();
    if let Some(name) = suggested {
        dialog = dialog.set_file_name(name);
    }
    let chosen = match what.as_str() {
        "folder" | "register" => dialog.pick_folder().await,
        "spreadsheet" => {
            dialog
                .add_filter(
                    "Spreadsheets and delimited text",
                    &["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt", "tsv"],
                )
                .pick_file()
                .await
        }
        "save_csv" => dialog.add_filter("CSV", &["csv"]).save_file().await,
        "save_list" => {
            dialog.add_filter("Excel workbook", &["xlsx"]).add_filter("CSV", &["csv"]).save_file().await
        }
        "save_pdf" => dialog.add_filter("PDF", &["pdf"]).save_file().await,
        _ => return Err(Problem::new(Code::Invalid, format!("There is no dialog “{what}”."))),
    };
    Ok(chosen.map(|file| file.path().display().to_string()))
}
