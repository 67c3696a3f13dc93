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

/// The ending of a copy that is not yet checked.
const UNVERIFIED: &str = ".unverified";
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
        thin(&home.folder, made.at)?;
        Ok(made)
    }

    /// Makes a backup if the last is a day old and something changed since. To be called now and then while it is open.
    pub fn backup_if_due(&mut self) -> Result<Option<BackupInfo>, RegisterError> {
        let now = (self.clock)();
        let last = self.last_backup()?;
        // One from the future was made under a wrong clock, and says nothing of when the next is due.
        let lately = |last: &BackupInfo| (TimeDelta::zero()..TimeDelta::days(1)).contains(&(now - last.at));
        let due = !last.as_ref().is_some_and(lately);
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
        let backed_up = self.reconnect().and_then(|_| self.backup_if_changed());
        self.reader = None;
        // A log that could not be emptied is read again at the next opening.
        let emptied = self.writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        backed_up
            .and(emptied.map_err(RegisterError::from))
            .map_err(|why| RegisterError::ClosedWithoutBackup { why: Box::new(why) })
    }

    fn backup_if_changed(&mut self) -> Result<(), RegisterError> {
        let last = self.last_backup()?;
        if self.changed_since(last.as_ref())? {
            self.backup_because(BackupReason::Closed)?;
        }
        Ok(())
    }

    fn last_backup(&self) -> Result<Option<BackupInfo>, RegisterError> {
        match &self.home {
            Some(home) => Ok(latest_first(&home.folder, (self.clock)())?.into_iter().next()),
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
        .filter_map(|file| Some(file.ok()?.path()))
        // The backups themselves, of any size, are not read for it.
        .filter(|file| file.extension().is_some_and(|ending| ending == "json"))
        .filter_map(|note| serde_json::from_slice(&fs::read(note).ok()?).ok())
        .filter(|backup: &BackupInfo| path(register, &backup.name).is_file())
        .collect();
    found.sort_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name)));
    Ok(found)
}

/// As `list`, with those from the future at the end: they were made under a wrong clock.
pub(crate) fn latest_first(register: &Path, now: DateTime<Utc>) -> Result<Vec<BackupInfo>, RegisterError> {
    let (mut past, future): (Vec<_>, Vec<_>) =
        list(register)?.into_iter().partition(|backup| backup.at <= now);
    past.extend(future);
    Ok(past)
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
    clear(register)?;
    let made = written(register, from, key, reason, now);
    if made.is_err() {
        // What made it fail is what matters; the next backup clears what is left.
        let _ = clear(register);
    }
    made
}

fn written(
    register: &Path,
    from: &Connection,
    key: &DataKey,
    reason: BackupReason,
    now: DateTime<Utc>,
) -> Result<BackupInfo, RegisterError> {
    let name = free_name(register, now);
    let (path, unnamed) = (path(register, &name), folder(register).join(format!("{name}{UNVERIFIED}")));
    copy(from, &unnamed, key)?;
    let (entries, head, schema) = checked(&unnamed, key)?;
    if (entries, head) != append::head(from)? {
        return Err(RegisterError::BackupUnsound { why: "its journal ends elsewhere".into() });
    }
    let bytes = fs::metadata(&unnamed).map_err(RegisterError::file(&unnamed))?.len();
    let made = BackupInfo { name, at: now, reason, entries, head: HEXLOWER.encode(&head), schema, bytes };
    // The facts first: without its file they do not count, while a file without facts would lie there for ever.
    write_whole(
        &facts(register, &made.name),
        &serde_json::to_vec_pretty(&made).map_err(RegisterError::damaged)?,
    )?;
    fs::rename(&unnamed, &path).map_err(RegisterError::file(&path))?;
    settle_folder(&path)?;
    Ok(made)
}

/// Clears what a crash, or a full drive, left of backups: copies that were not yet checked, and facts without a file.
fn clear(register: &Path) -> Result<(), RegisterError> {
    let folder = folder(register);
    for file in fs::read_dir(&folder).map_err(RegisterError::file(&folder))? {
        let file = file.map_err(RegisterError::file(&folder))?.file_name();
        let Some((name, rest)) = file.to_str().and_then(|file| file.split_once('.')) else { continue };
        let half = format!(".{rest}").starts_with(UNVERIFIED)
            || matches!(rest, "json" | "json.new") && !path(register, name).exists();
        // Names that are not ours stay.
        if half && name.starts_with(|first: char| first.is_ascii_digit()) {
            remove(&folder.join(&file))?;
        }
    }
    Ok(())
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
    let look = || {
        let copy = connect(path, key, Use::ReadStill)?;
        if let Some(why) = verify::file_faults(&copy)?.into_iter().next() {
            return Err(RegisterError::BackupUnsound { why });
        }
        let (entries, head) = append::head(&copy)?;
        Ok((entries, head, copy.query_row("PRAGMA user_version", [], |row| row.get(0))?))
    };
    look().map_err(|error| match error {
        RegisterError::Damaged { why } => RegisterError::BackupUnsound { why },
        other => other,
    })
}

/// Deletes the backups that are no longer worth their room.
pub(crate) fn thin(register: &Path, now: DateTime<Utc>) -> Result<(), RegisterError> {
    let backups = latest_first(register, now)?;
    // Those from the future have their own days and weeks: they may not take the room of those that are right.
    for backups in backups.chunk_by(|one, other| (one.at <= now) == (other.at <= now)) {
        let times: Vec<DateTime<Utc>> = backups.iter().map(|backup| backup.at).collect();
        for (backup, kept) in backups.iter().zip(thin::kept(&times)) {
            if !kept {
                // The facts last: without its file they do not count, and are cleared away.
                remove(&path(register, &backup.name))?;
                remove(&facts(register, &backup.name))?;
            }
        }
    }
    Ok(())
}
