//! Putting a backup back in place. What it replaces is kept: as a backup, or, if it is damaged, as it is.

use std::{
    fs::{self, File},
    path::Path,
};

use chrono::Utc;

use super::{BackupInfo, BackupReason, checked, list, make, path, thin};
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
        let database = database(folder);
        let coming = beside(&database, ".coming");
        fs::copy(&source, &coming).map_err(RegisterError::file(&coming))?;
        File::options()
            .write(true)
            .open(&coming)
            .and_then(|file| file.sync_all())
            .map_err(RegisterError::file(&coming))?;
        set_aside(folder, &database, &key)?;
        // Whatever was not yet in the main file belongs to what is replaced, and must not be read into what replaces it.
        for ending in ["-wal", "-shm"] {
            remove(&beside(&database, ending))?;
        }
        fs::rename(&coming, &database).map_err(RegisterError::file(&database))?;
        settle_folder(&database)?;
        thin(folder)?;
        Ok(known)
    }
}

fn set_aside(folder: &Path, database: &Path, key: &DataKey) -> Result<(), RegisterError> {
    let now = Utc::now();
    let kept = connect(database, key, Use::Write).and_then(|present| {
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
