//! Opening a register: unlock, claim, upgrade. Whoever comes second reads.

use std::path::Path;

use chrono::Utc;
use rusqlite::Connection;
use uuid::Uuid;

use super::{
    Home, Settings, attempts,
    connect::{Use, connect},
    database,
    keys::{KeyFile, KeySlot},
    lock::{self, Claim, Holder},
    log, place,
    secret::{ComputerKey, DataKey, Passphrase, RecoveryKey},
};
use crate::{Actor, BackupReason, ReadOnlyWhy, Register, RegisterError, Schema, backup, device, migrate};

/// What opens a register.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// An officer's name and passphrase.
    Passphrase {
        /// The name, as in the list of slots.
        officer_name: String,
        /// What they typed.
        passphrase: Passphrase,
    },
    /// The printed recovery key.
    Recovery {
        /// As it was typed in.
        key: RecoveryKey,
        /// The officer who lost their passphrase, and the one they choose now.
        as_officer: Option<(Actor, Passphrase)>,
    },
    /// What the key ring of this computer holds for an officer who asked to be remembered.
    Remembered(ComputerKey),
}

impl Register {
    /// Who can unlock the register in a folder. Readable before it is unlocked.
    pub fn slots(folder: &Path) -> Result<Vec<KeySlot>, RegisterError> {
        Ok(KeyFile::read(folder)?.slots())
    }

    /// Which register a folder holds; the same wherever the folder stands. Readable before it is unlocked.
    pub fn id(folder: &Path) -> Result<Uuid, RegisterError> {
        Ok(KeyFile::read(folder)?.register())
    }

    /// Whether a folder is a register's, or lies in one.
    pub fn holds(folder: &Path) -> bool {
        folder.ancestors().any(|folder| KeyFile::stands_in(folder) && database(folder).exists())
    }

    /// Opens a register: for writing, or, when somebody else has it open, for reading.
    pub fn open(folder: &Path, schema: &'static Schema, unlock: Unlock) -> Result<Register, RegisterError> {
        Register::open_with(folder, schema, unlock, &Settings::default())
    }

    #[doc(hidden)]
    pub fn open_with(
        folder: &Path,
        schema: &'static Schema,
        unlock: Unlock,
        settings: &Settings,
    ) -> Result<Register, RegisterError> {
        has_database(folder)?;
        let (actor, key, reset) = unlocked(folder, unlock)?;
        let exclusive = settings.network.unwrap_or_else(|| place::is_on_network(folder));
        let holder = Holder { who: actor.name.clone(), device: device::name(), since: Utc::now(), exclusive };
        match lock::claim(folder, &holder)? {
            Claim::Ours(lock) => {
                let mut keys = KeyFile::read(folder)?;
                match reset {
                    Some(passphrase) => {
                        keys.set(actor.clone(), &passphrase, &key, holder.since)?;
                        keys.write(folder)?;
                    }
                    None => keys.mend(folder)?,
                }
                log::keep_if_damaged(&database(folder), holder.since)?;
                let writer = writer(folder, &key, exclusive)?;
                let found = migrate::version(&writer, folder, schema)?;
                if found < schema.version() {
                    backup::make(folder, &writer, &key, BackupReason::BeforeUpgrade, holder.since)?;
                }
                migrate::run(&writer, schema, &actor, &holder.device)?;
                let reader = reader(folder, &key, exclusive)?;
                let home = Home::written(folder, key, lock, exclusive)?;
                Register::assembled(schema, writer, reader, actor, Some(home))
            }
            Claim::Theirs(theirs) => {
                let theirs = theirs.unwrap_or_else(|| Holder {
                    who: "Somebody else".into(),
                    device: "another computer".into(),
                    since: holder.since,
                    exclusive,
                });
                let why =
                    ReadOnlyWhy { who: theirs.who, device: theirs.device, since: theirs.since, as_of: None };
                if reset.is_some() {
                    return Err(RegisterError::ReadOnly { why });
                }
                let (reading, why) = second(folder, &key, theirs.exclusive, why)?;
                if migrate::version(&reading, folder, schema)? < schema.version() {
                    return Err(RegisterError::UpgradeWaits);
                }
                let home = Home::read(folder, key, theirs.exclusive, why);
                Register::assembled(schema, reading, None, actor, Some(home))
            }
        }
    }
}

/// A folder with key slots and backups once held a database, so one that is gone is damage that a backup mends.
fn has_database(folder: &Path) -> Result<(), RegisterError> {
    if std::fs::metadata(database(folder)).is_ok_and(|file| file.len() > 0) {
        Ok(())
    } else if Register::slots(folder).is_ok() && !backup::list(folder)?.is_empty() {
        Err(RegisterError::damaged("register.db is missing or empty"))
    } else {
        Err(RegisterError::NotARegister { path: folder.to_owned() })
    }
}

/// Who unlocks, the data key, and a passphrase to be set once the register is ours.
pub(crate) fn unlocked(
    folder: &Path,
    unlock: Unlock,
) -> Result<(Actor, DataKey, Option<Passphrase>), RegisterError> {
    let keys = KeyFile::read(folder)?;
    match unlock {
        Unlock::Passphrase { officer_name, passphrase } => {
            attempts::allowed(folder)?;
            match keys.unlock(&officer_name, &passphrase) {
                Some((officer, key)) => {
                    attempts::success(folder);
                    Ok((officer, key, None))
                }
                None if keys.is_spoiled() => Err(RegisterError::KeysDamaged),
                None => Err(RegisterError::WrongPassphrase { failures: attempts::failure(folder) }),
            }
        }
        Unlock::Recovery { key, as_officer } => {
            let wrong = || {
                if keys.is_spoiled() { RegisterError::KeysDamaged } else { RegisterError::WrongRecoveryKey }
            };
            let key = keys.recover(&key).ok_or_else(wrong)?;
            match as_officer {
                Some((officer, passphrase)) => {
                    passphrase.strong_enough()?;
                    Ok((officer, key, Some(passphrase)))
                }
                None => Ok((Actor { id: Uuid::nil(), name: "Recovery key".into() }, key, None)),
            }
        }
        Unlock::Remembered(key) => match keys.remembered(&key) {
            Some((officer, key)) => Ok((officer, key, None)),
            None if keys.is_spoiled() => Err(RegisterError::KeysDamaged),
            None => Err(RegisterError::NotRemembered),
        },
    }
}

/// The connection that writes; alone where nobody else may have the file open.
pub(super) fn writer(folder: &Path, key: &DataKey, alone: bool) -> Result<Connection, RegisterError> {
    connect(&database(folder), key, if alone { Use::WriteAlone } else { Use::Write })
}

/// The connection that reads beside it, where there can be one.
pub(super) fn reader(folder: &Path, key: &DataKey, alone: bool) -> Result<Option<Connection>, RegisterError> {
    if alone { Ok(None) } else { connect(&database(folder), key, Use::Read).map(Some) }
}

/// What the second who opens it reads: the register itself, or where that is closed to them, the last backup.
pub(super) fn second(
    folder: &Path,
    key: &DataKey,
    exclusive: bool,
    why: ReadOnlyWhy,
) -> Result<(Connection, ReadOnlyWhy), RegisterError> {
    if !exclusive {
        return Ok((connect(&database(folder), key, Use::Read)?, why));
    }
    let Some(last) = backup::latest_first(folder, Utc::now())?.into_iter().next() else {
        return Err(RegisterError::ReadOnly { why });
    };
    let reading = connect(&backup::path(folder, &last.name), key, Use::ReadStill)?;
    Ok((reading, ReadOnlyWhy { as_of: Some(last.at), ..why }))
}
