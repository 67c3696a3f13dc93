//! The folder of a register: database, key slots, lock, backups.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use crate::{ReadOnlyWhy, RegisterError};

#[cfg(test)]
mod any_keys;
pub(crate) mod attempts;
pub(crate) mod connect;
pub(crate) mod create;
pub(crate) mod keys;
pub(crate) mod lock;
pub(crate) mod log;
pub(crate) mod officers;
pub(crate) mod open;
pub(crate) mod place;
mod reconnect;
pub(crate) mod secret;

use lock::Lock;
use secret::DataKey;

/// What an open register knows of its folder.
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) key: DataKey,
    /// Released when the register is dropped. None for the second who opens it.
    pub(crate) _lock: Option<Lock>,
    pub(crate) read_only: Option<ReadOnlyWhy>,
    /// Whether whoever writes it has the file for themselves, as on a share.
    alone: bool,
    /// The database as it was opened, where it can be told from another of its name.
    identity: Option<place::Identity>,
}

impl Home {
    /// Of whoever writes; alone on a share. Files are not told apart there: not every share numbers them for good.
    pub(crate) fn written(
        folder: &Path,
        key: DataKey,
        lock: Lock,
        alone: bool,
    ) -> Result<Home, RegisterError> {
        let database = database(folder);
        let identity = place::identity(&database).map_err(RegisterError::file(&database))?;
        Ok(Home {
            folder: folder.to_owned(),
            key,
            _lock: Some(lock),
            read_only: None,
            alone,
            identity: identity.filter(|_| !alone),
        })
    }

    /// Of whoever came second.
    pub(crate) fn read(folder: &Path, key: DataKey, alone: bool, why: ReadOnlyWhy) -> Home {
        Home { folder: folder.to_owned(), key, _lock: None, read_only: Some(why), alone, identity: None }
    }

    /// Refuses when what is open is no longer what stands in the folder: what is written would be lost with the last handle.
    pub(crate) fn still_there(&self) -> Result<(), RegisterError> {
        match place::identity(&database(&self.folder)) {
            Ok(found) if self.identity.is_none() || self.identity == found => Ok(()),
            _ => Err(RegisterError::Gone { path: self.folder.clone() }),
        }
    }
}

/// How a register is made and opened; for tests, which cannot wait for a real key derivation or mount a share.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// How much work a guess at a passphrase costs.
    pub effort: keys::Effort,
    /// Whether the folder is on a network share; asked of the system when not given.
    pub network: Option<bool>,
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("register.db")
}

pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a file whole or not at all: a crash leaves the old one or the new one.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), RegisterError> {
    let written = beside(path, ".new");
    let write = || {
        let mut file = File::create(&written)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&written, path)
    };
    write().map_err(RegisterError::file(path))?;
    settle_folder(path)
}

/// Makes a rename in the folder of `path` outlast a power cut.
pub(crate) fn settle_folder(path: &Path) -> Result<(), RegisterError> {
    // Windows settles a rename by itself, and cannot open a folder as a file.
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(RegisterError::file(folder))?;
    }
    Ok(())
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Result<(), RegisterError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(RegisterError::file(path)(error)),
        _ => Ok(()),
    }
}
