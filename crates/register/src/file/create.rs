//! Making a register in a new folder.

use std::{fs, path::Path};

use chrono::Utc;
use uuid::Uuid;

use super::{
    Home, Settings, beside,
    connect::{Use, connect},
    database,
    keys::KeyFile,
    lock::{self, Claim, Holder},
    place, remove,
    secret::{DataKey, Passphrase, RecoveryKey},
};
use crate::{Actor, Register, RegisterError, Schema, backup, device, migrate};

impl Register {
    /// Makes a register in a new or empty folder, and a recovery key to be printed: it is not kept anywhere.
    pub fn create(
        folder: &Path,
        schema: &'static Schema,
        officer: Actor,
        passphrase: &Passphrase,
    ) -> Result<(Register, RecoveryKey), RegisterError> {
        Register::create_with(folder, schema, officer, passphrase, &Settings::default())
    }

    #[doc(hidden)]
    pub fn create_with(
        folder: &Path,
        schema: &'static Schema,
        officer: Actor,
        passphrase: &Passphrase,
        settings: &Settings,
    ) -> Result<(Register, RecoveryKey), RegisterError> {
        passphrase.strong_enough()?;
        fs::create_dir_all(folder).map_err(RegisterError::file(folder))?;
        if fs::read_dir(folder).map_err(RegisterError::file(folder))?.next().is_some() {
            return Err(RegisterError::FolderInUse { path: folder.to_owned() });
        }
        let made = make(folder, schema, officer, passphrase, settings);
        if made.is_err() {
            unmake(folder);
        }
        made
    }

    /// Takes away a register that was just made, for when its first change failed. One that holds any change stays.
    pub fn unmake(self) {
        let unused = self.journal(None, 1).is_ok_and(|entries| entries.is_empty());
        let folder = self.folder().filter(|_| unused).map(Path::to_owned);
        drop(self);
        if let Some(folder) = folder {
            unmake(&folder);
        }
    }
}

/// Only what was just made: an officer can then try the same folder again.
fn unmake(folder: &Path) {
    let (database, backups) = (database(folder), backup::folder(folder));
    let mut files = vec![beside(&database, "-wal"), beside(&database, "-shm"), database];
    for keys in [backups.join("keys.json"), folder.join("keys.json")] {
        files.extend([beside(&keys, ".new"), keys]);
    }
    files.extend([folder.join("lock.json.new"), folder.join("lock")]);
    for file in files {
        let _ = remove(&file);
    }
    let _ = fs::remove_dir(backups);
}

fn make(
    folder: &Path,
    schema: &'static Schema,
    officer: Actor,
    passphrase: &Passphrase,
    settings: &Settings,
) -> Result<(Register, RecoveryKey), RegisterError> {
    let exclusive = settings.network.unwrap_or_else(|| place::is_on_network(folder));
    let holder = Holder { who: officer.name.clone(), device: device::name(), since: Utc::now(), exclusive };
    let Claim::Ours(lock) = lock::claim(folder, &holder)? else {
        return Err(RegisterError::FolderInUse { path: folder.to_owned() });
    };
    let id = Uuid::now_v7();
    let key = DataKey::random()?;
    let (mut keys, recovery) = KeyFile::new(id, settings.effort, &key, holder.since)?;
    keys.add(officer.clone(), passphrase, &key, holder.since)?;
    drop(connect(&database(folder), &key, Use::Make)?);
    let writer = connect(&database(folder), &key, if exclusive { Use::WriteAlone } else { Use::Write })?;
    migrate::begin(&writer, id)?;
    migrate::run(&writer, schema, &officer, &holder.device)?;
    let reader = if exclusive { None } else { Some(connect(&database(folder), &key, Use::Read)?) };
    // Last: a folder without key slots is no register, so a crash before this leaves none.
    keys.write(folder)?;
    let home = Home::written(folder, key, lock, exclusive)?;
    Ok((Register::assembled(schema, writer, reader, officer, Some(home))?, recovery))
}
