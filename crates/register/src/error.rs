//! What can go wrong, each with what an officer can do about it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{ErrorCode, ffi::SQLITE_IOERR_SHMSIZE};

use crate::ReadOnlyWhy;

/// Why the register refused or failed. Nothing of the action was kept. Where [`RegisterError::fix`] has nothing to add, the
/// words of an error end with what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The name and passphrase open no slot.
    #[error(
        "This name and passphrase do not open the register. Type the passphrase again, or use the printed recovery key."
    )]
    WrongPassphrase {
        /// How often in a row, since the program started.
        failures: u32,
    },
    /// Too many failures in a row.
    #[error("Too many wrong passphrases. Wait {seconds} seconds, then try again.")]
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// The recovery key was mistyped or belongs to another register.
    #[error("This recovery key does not open the register. Compare each group with the printed sheet.")]
    WrongRecoveryKey,
    /// What the key ring of this computer holds no longer opens the register.
    #[error("This computer no longer remembers how to open the register. Unlock it with your passphrase.")]
    NotRemembered,
    /// The passphrase is shorter than eight characters.
    #[error("The passphrase is too short. Choose at least eight characters; a few random words are best.")]
    WeakPassphrase,
    /// No slot for this officer.
    #[error("This officer has no passphrase for the register.")]
    UnknownOfficer,
    /// A slot with this id or name is there already.
    #[error(
        "{name} already has a passphrase for the register. Choose another name, or change that passphrase."
    )]
    OfficerExists {
        /// The name that is taken.
        name: String,
    },
    /// The last officer cannot be removed.
    #[error("The last officer who can open the register cannot be removed. Add another officer first.")]
    LastOfficer,
    /// Somebody else writes, or only a backup can be read.
    #[error("{why}")]
    ReadOnly {
        /// Who has it open, where and since when.
        why: ReadOnlyWhy,
    },
    /// It shows the past, which nobody changes.
    #[error(
        "You are looking at the register as it stood on {}. Go back to today to change something.", .at.format("%-d %B %Y")
    )]
    LookingBack {
        /// The instant looked back to.
        at: DateTime<Utc>,
    },
    /// Not a register.
    #[error("{} is not a register. Choose the folder that holds register.db and keys.json.", .path.display())]
    NotARegister {
        /// The folder.
        path: PathBuf,
    },
    /// A register is there already, or the folder holds something else.
    #[error("{} already holds files. Choose a new, empty folder.", .path.display())]
    FolderInUse {
        /// The folder.
        path: PathBuf,
    },
    /// Written by a newer program.
    #[error(
        "This register was written by a newer version of the program ({found}; this one knows up to {known}). Update the program, then open it again."
    )]
    Newer {
        /// The version of the file.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// An older file that cannot be upgraded, because it is open read-only.
    #[error(
        "This register must first be upgraded by this version of the program. Close it on the other computer, then open it here."
    )]
    UpgradeWaits,
    /// A migration failed; the file is as it was.
    #[error(
        "The upgrade step “{name}” failed, and the register is as it was before ({source}). Ask for help, and keep the backup."
    )]
    Upgrade {
        /// The step.
        name: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
    /// No such journal entry.
    #[error("The journal has no entry {seq}.")]
    NoSuchEntry {
        /// The number asked for.
        seq: i64,
    },
    /// This undo or redo cannot be done.
    #[error("{reason}")]
    CannotUndo {
        /// Why not, in words.
        reason: String,
    },
    /// A record is not as the undo expects it.
    #[error("Nothing was undone: a record in {table} is no longer as “{label}” left it. {since}")]
    ChangedSince {
        /// The entry that was to be undone.
        label: String,
        /// The table of the record.
        table: String,
        /// The key of the record.
        key: Vec<u8>,
        /// What changed it since, and by whom.
        since: String,
    },
    /// There is nothing to redo.
    #[error("There is nothing to redo.")]
    NothingToRedo,
    /// A row that left the house was deleted.
    #[error(
        "A record in {table} stands for something that left the house. It can be withdrawn, not deleted."
    )]
    StandingRow {
        /// The table.
        table: String,
    },
    /// No such record.
    #[error("There is no such record in {table}.")]
    NoSuchRecord {
        /// The table.
        table: String,
    },
    /// No file with this content hash.
    #[error("The register does not hold this file.")]
    NoSuchBlob,
    /// No such backup.
    #[error("There is no backup {name}. Choose one from the list.")]
    NoSuchBackup {
        /// The name asked for.
        name: String,
    },
    /// None of the backups can be read.
    #[error("None of the backups can be read, so the register was left as it is.")]
    NoGoodBackup,
    /// A backup was made but could not be read back.
    #[error("The backup does not hold together ({why}). The register is as it was.")]
    BackupUnsound {
        /// What was found.
        why: String,
    },
    /// The contents do not add up.
    #[error("The register is damaged, or its drive did not give it whole ({why}).")]
    Damaged {
        /// What was found.
        why: String,
    },
    /// The key slots are damaged in both places where they stand.
    #[error(
        "The file that says who can open the register, keys.json, is damaged, and so is its copy among the backups."
    )]
    KeysDamaged,
    /// The drive is full.
    #[error("The drive that holds the register is full.")]
    DriveFull,
    /// The drive had no room for the memory that the database's connections share, or failed to write it: SQLite says the same
    /// of both.
    #[error("The drive that holds the register is full, or it failed.")]
    DriveFullOrFailed,
    /// What is open is no longer what stands in the folder.
    #[error(
        "The register is no longer where it was opened ({}).", .path.display()
    )]
    Gone {
        /// Where it stood.
        path: PathBuf,
    },
    /// The database may not be written.
    #[error("The register’s folder cannot be written to.")]
    NotWritable,
    /// The drive failed to read or write.
    #[error("The drive that holds the register did not answer ({0}).")]
    Drive(rusqlite::Error),
    /// The register was closed and nothing is lost, but its backup may be missing.
    #[error(
        "The register is closed and everything in it is kept, but no new backup of it may have been made. {why}"
    )]
    ClosedWithoutBackup {
        /// What stood in the way.
        why: Box<RegisterError>,
    },
    /// Another program holds the database.
    #[error("Another program is using the register.")]
    Busy,
    /// A file could not be read or written.
    #[error("{} could not be read or written: {source}.", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The operating system gave no random numbers.
    #[error("This computer gave no random numbers for a key. Restart it, then try again.")]
    NoRandomness,
    /// The domain's tables do not meet what the register asks of them.
    #[error("The tables are not as the register needs them: {0}")]
    Schema(String),
    /// Anything else the database said.
    #[error("The register refused this: {0}")]
    Sqlite(rusqlite::Error),
}

impl RegisterError {
    /// What to do about what befell the drive or the files.
    pub fn fix(&self) -> Option<&'static str> {
        Some(match self {
            RegisterError::Damaged { .. } => {
                "Check that the drive is connected and do it again. If it is said again, restore the last good backup: the start screen offers it, so do Settings, Register, and vdesk restore."
            }
            RegisterError::KeysDamaged => {
                "Put a sound keys.json back from a backup of the computer. The register itself was not touched."
            }
            RegisterError::DriveFull => "Make room on that drive, then do it again.",
            RegisterError::DriveFullOrFailed => {
                "Make room on that drive, or check that it is connected, then do it again."
            }
            RegisterError::Gone { .. } => {
                "Connect the drive again or put the folder back, then do it again. What was done before is in it."
            }
            RegisterError::NotWritable | RegisterError::Drive(_) | RegisterError::File { .. } => {
                "Check that the drive is connected and that you may write there, then do it again."
            }
            RegisterError::Busy => "Try again in a moment.",
            RegisterError::NoGoodBackup => "Keep the whole folder as it is, and ask for help.",
            RegisterError::BackupUnsound { .. } => "Check the drive, then take or choose another backup.",
            RegisterError::ClosedWithoutBackup { why } => return why.fix(),
            _ => return None,
        })
    }

    pub(crate) fn damaged(why: impl std::fmt::Display) -> RegisterError {
        RegisterError::Damaged { why: why.to_string() }
    }

    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> RegisterError + '_ {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => RegisterError::DriveFull,
            _ => RegisterError::File { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> RegisterError {
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::SystemIoFailure) if extended == Some(SQLITE_IOERR_SHMSIZE) => {
                RegisterError::DriveFullOrFailed
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => RegisterError::damaged(error),
            Some(ErrorCode::DiskFull) => RegisterError::DriveFull,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => RegisterError::NotWritable,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => RegisterError::Drive(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RegisterError::Busy,
            _ => RegisterError::Sqlite(error),
        }
    }
}

impl std::fmt::Display for ReadOnlyWhy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = |instant: &DateTime<Utc>| instant.format("%-d %B %Y, %H:%M UTC").to_string();
        write!(
            f,
            "{} has the register open on {} since {}, so it can be read here, not changed.",
            self.who,
            self.device,
            at(&self.since)
        )?;
        match &self.as_of {
            Some(as_of) => write!(f, " You see the backup of {}.", at(as_of)),
            None => write!(f, " Ask them to close it, or wait."),
        }
    }
}
