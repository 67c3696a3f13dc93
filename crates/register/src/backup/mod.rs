//! Backups: whole copies of the database, each opened and checked before it counts as one.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, backup::Backup};
use serde::{Deserialize, Serialize};

use crate::{
    Register, RegisterError,
    file::{
        beside,
        connect::{Use, connect},
        remove,
        secret::DataKey,
        settle_folder, write_whole,
    },
    journal::append,
    verify,
};

mod restore;
mod thin;

/// A verified backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupInfo {
    /// Its name, by which it is restored.
    pub name: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Why it was made.
    pub reason: BackupReason,
    /// How many journal entries it holds.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: String,
    /// The version of its tables.
    pub schema: u32,
    /// Its size.
    pub bytes: u64,
}

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    /// Somebody asked for it.
    Asked,
    /// The register was closed.
    Closed,
    /// A day had passed.
    Daily,
    /// Before its tables were upgraded.
    BeforeUpgrade,
    /// Before another backup was restored.
    BeforeRestore,
    /// Before many records came in at once.
    BeforeImport,
}

/// Pages copied in one go.
const PAGES: i32 = 4_096;

impl Register {
    /// Makes a backup now.
    pub fn backup(&mut self) -> Result<BackupInfo, RegisterError> {
        self.backup_because(BackupReason::Asked)
    }

    /// Makes a backup now and says why.
    pub fn backup_because(&mut self, reason: BackupReason) -> Result<BackupInfo, RegisterError> {
        self.writable()?;
        let home = self
            .home
            .as_ref()
            .ok_or_else(|| RegisterError::NoSuchBackup { name: "of a register in memory".into() })?;
        let made = make(&home.folder, &self.writer, &home.key, reason, (self.clock)())?;
        thin(&home.folder)?;
        Ok(made)
    }

    /// Makes a backup if the last is a day old and something changed since. To be called now and then while it is open.
    pub fn backup_if_due(&mut self) -> Result<Option<BackupInfo>, RegisterError> {
        let now = (self.clock)();
        let last = self.last_backup()?;
        let due = last.as_ref().is_none_or(|last| now - last.at >= TimeDelta::days(1));
        if due && self.changed_since(last.as_ref())? {
            self.backup_because(BackupReason::Daily).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The backups of the register in a folder, newest first. Readable before it is unlocked.
    pub fn backups(folder: &Path) -> Result<Vec<BackupInfo>, RegisterError> {
        list(folder)
    }

    /// Closes the register; a backup is made if anything changed since the last. Dropping it makes none.
    pub fn close(mut self) -> Result<(), RegisterError> {
        if self.home.is_none() || self.is_read_only().is_some() {
            return Ok(());
        }
        let last = self.last_backup()?;
        if self.changed_since(last.as_ref())? {
            self.backup_because(BackupReason::Closed)?;
        }
        self.reader = None;
        self.writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn last_backup(&self) -> Result<Option<BackupInfo>, RegisterError> {
        match &self.home {
            Some(home) => Ok(list(&home.folder)?.into_iter().next()),
            None => Ok(None),
        }
    }

    fn changed_since(&self, last: Option<&BackupInfo>) -> Result<bool, RegisterError> {
        let (entries, head) = append::head(&self.writer)?;
        Ok(last.map_or(entries > 0, |last| last.entries != entries || last.head != HEXLOWER.encode(&head)))
    }
}

pub(crate) fn folder(register: &Path) -> PathBuf {
    register.join("backups")
}

pub(crate) fn path(register: &Path, name: &str) -> PathBuf {
    folder(register).join(format!("{name}.db"))
}

fn facts(register: &Path, name: &str) -> PathBuf {
    folder(register).join(format!("{name}.json"))
}

/// The backups in a folder, newest first. One whose facts were not written was not verified, and does not count.
pub(crate) fn list(register: &Path) -> Result<Vec<BackupInfo>, RegisterError> {
    let folder = folder(register);
    let files = match fs::read_dir(&folder) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(RegisterError::file(&folder)(error)),
    };
    let mut found: Vec<BackupInfo> = files
        .filter_map(|file| serde_json::from_slice(&fs::read(file.ok()?.path()).ok()?).ok())
        .filter(|backup: &BackupInfo| path(register, &backup.name).is_file())
        .collect();
    found.sort_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name)));
    Ok(found)
}

/// Copies the database of a connection, checks the copy, and only then gives it its name.
pub(crate) fn make(
    register: &Path,
    from: &Connection,
    key: &DataKey,
    reason: BackupReason,
    now: DateTime<Utc>,
) -> Result<BackupInfo, RegisterError> {
    let folder = folder(register);
    fs::create_dir_all(&folder).map_err(RegisterError::file(&folder))?;
    let name = free_name(register, now);
    let (path, unnamed) = (path(register, &name), folder.join(format!("{name}.unverified")));
    let copied = copy(from, &unnamed, key).and_then(|()| checked(&unnamed, key));
    let (entries, head, schema) = match copied {
        Ok(facts) => facts,
        Err(error) => {
            remove(&unnamed)?;
            return Err(error);
        }
    };
    if (entries, head) != append::head(from)? {
        remove(&unnamed)?;
        return Err(RegisterError::BackupUnsound { why: "its journal ends elsewhere".into() });
    }
    fs::rename(&unnamed, &path).map_err(RegisterError::file(&path))?;
    settle_folder(&path)?;
    let bytes = fs::metadata(&path).map_err(RegisterError::file(&path))?.len();
    let made = BackupInfo { name, at: now, reason, entries, head: HEXLOWER.encode(&head), schema, bytes };
    write_whole(
        &facts(register, &made.name),
        &serde_json::to_vec_pretty(&made).map_err(RegisterError::damaged)?,
    )?;
    Ok(made)
}

fn free_name(register: &Path, now: DateTime<Utc>) -> String {
    let stamp = now.format("%Y-%m-%dT%H%M%SZ").to_string();
    let numbered = (2..).map(|number| format!("{stamp}-{number}"));
    let mut names = std::iter::once(stamp.clone()).chain(numbered);
    names.find(|name| !path(register, name).exists()).unwrap_or(stamp)
}

fn copy(from: &Connection, to: &Path, key: &DataKey) -> Result<(), RegisterError> {
    let mut copy = connect(to, key, Use::Make)?;
    // Durability is settled once, at the end.
    copy.execute_batch("PRAGMA synchronous = OFF;")?;
    Backup::new(from, &mut copy)?.run_to_completion(PAGES, Duration::from_millis(5), None)?;
    // A file of its own that a reader can open without making others beside it.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)?;
    remove(&beside(to, "-wal"))?;
    File::options().write(true).open(to).and_then(|file| file.sync_all()).map_err(RegisterError::file(to))
}

/// Opens a backup and checks every page; gives its entries, head and version.
pub(crate) fn checked(path: &Path, key: &DataKey) -> Result<(i64, [u8; 32], u32), RegisterError> {
    let unsound = |why: String| RegisterError::BackupUnsound { why };
    let copy = connect(path, key, Use::ReadStill).map_err(|error| unsound(error.to_string()))?;
    match verify::file_faults(&copy)?.into_iter().next() {
        Some(fault) => Err(unsound(fault)),
        None => {
            let (entries, head) = append::head(&copy)?;
            Ok((entries, head, copy.query_row("PRAGMA user_version", [], |row| row.get(0))?))
        }
    }
}

/// Deletes the backups that are no longer worth their room.
pub(crate) fn thin(register: &Path) -> Result<(), RegisterError> {
    let backups = list(register)?;
    let times: Vec<DateTime<Utc>> = backups.iter().map(|backup| backup.at).collect();
    for (backup, kept) in backups.iter().zip(thin::kept(&times)) {
        if !kept {
            // The facts first: a backup without them does not count.
            remove(&facts(register, &backup.name))?;
            remove(&path(register, &backup.name))?;
        }
    }
    Ok(())
}
