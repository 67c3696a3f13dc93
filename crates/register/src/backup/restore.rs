//! Putting a backup back in place. What it replaces is kept: as a backup, or, if it is damaged, as it is.

use std::{
    fs::{self, File},
    path::Path,
};

use chrono::Utc;

use super::{BackupInfo, BackupReason, checked, latest_first, list, make, path, thin};
use crate::{
    ReadOnlyWhy, Register, RegisterError, device,
    file::{
        beside,
        connect::{Use, connect},
        database,
        lock::{self, Claim, Holder},
        open::{Unlock, unlocked},
        remove,
        secret::DataKey,
        settle_folder,
    },
};

impl Register {
    /// Puts a backup in the place of the register in a folder, which must be closed everywhere.
    pub fn restore(folder: &Path, backup: &str, unlock: Unlock) -> Result<BackupInfo, RegisterError> {
        let known = list(folder)?.into_iter().find(|known| known.name == backup);
        let known = known.ok_or_else(|| RegisterError::NoSuchBackup { name: backup.to_owned() })?;
        let (actor, key, _) = unlocked(folder, unlock)?;
        let holder = Holder { who: actor.name, device: device::name(), since: Utc::now(), exclusive: true };
        let _lock = match lock::claim(folder, &holder)? {
            Claim::Ours(lock) => lock,
            Claim::Theirs(theirs) => {
                let Holder { who, device, since, .. } = theirs.unwrap_or(holder);
                return Err(RegisterError::ReadOnly { why: ReadOnlyWhy { who, device, since, as_of: None } });
            }
        };
        let source = path(folder, &known.name);
        checked(&source, &key)?;
        let coming = beside(&database(folder), ".coming");
        let placed = put_in_place(folder, &source, &coming, &key);
        if placed.is_err() {
            // It would only take room; the backup it was copied from is still there.
            let _ = remove(&coming);
        }
        placed?;
        thin(folder, Utc::now())?;
        Ok(known)
    }

    /// Puts the newest backup that can be read in the place of a register, for one that can no longer be opened.
    pub fn restore_last_good(folder: &Path, unlock: Unlock) -> Result<BackupInfo, RegisterError> {
        for known in latest_first(folder, Utc::now())? {
            match Register::restore(folder, &known.name, unlock.clone()) {
                Err(RegisterError::BackupUnsound { .. }) => {}
                restored => return restored,
            }
        }
        Err(RegisterError::NoGoodBackup)
    }
}

fn put_in_place(folder: &Path, source: &Path, coming: &Path, key: &DataKey) -> Result<(), RegisterError> {
    let database = database(folder);
    fs::copy(source, coming).map_err(RegisterError::file(coming))?;
    File::options()
        .write(true)
        .open(coming)
        .and_then(|file| file.sync_all())
        .map_err(RegisterError::file(coming))?;
    set_aside(folder, &database, key)?;
    // Whatever was not yet in the main file belongs to what is replaced, and must not be read into what replaces it.
    for ending in ["-wal", "-shm"] {
        remove(&beside(&database, ending))?;
    }
    fs::rename(coming, &database).map_err(RegisterError::file(&database))?;
    settle_folder(&database)
}

fn set_aside(folder: &Path, database: &Path, key: &DataKey) -> Result<(), RegisterError> {
    let now = Utc::now();
    let present = match fs::metadata(database) {
        Ok(file) if file.len() > 0 => connect(database, key, Use::Write),
        _ => Err(RegisterError::damaged("register.db is missing or empty")),
    };
    let kept = present.and_then(|present| {
        make(folder, &present, key, BackupReason::BeforeRestore, now)?;
        Ok(present.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    });
    match kept {
        Ok(()) => Ok(()),
        Err(RegisterError::Damaged { .. } | RegisterError::BackupUnsound { .. }) => {
            let aside = format!(".damaged-{}", now.format("%Y-%m-%dT%H%M%SZ"));
            for ending in ["", "-wal"] {
                let from = beside(database, ending);
                if from.exists() {
                    fs::rename(&from, beside(&from, &aside)).map_err(RegisterError::file(&from))?;
                }
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}
