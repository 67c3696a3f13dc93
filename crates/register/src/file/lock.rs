//! Who has the register open. The operating system holds the lock, so that a crash releases it; a file beside it says who.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{remove, write_whole};
use crate::RegisterError;

/// What the lock says to others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Holder {
    pub(crate) who: String,
    pub(crate) device: String,
    pub(crate) since: DateTime<Utc>,
    /// Whether the database itself is closed to others too.
    pub(crate) exclusive: bool,
}

/// How often, and how long apart, a lock is tried before it counts as somebody else's.
const MOMENTS: u32 = 8;
const MOMENT: Duration = Duration::from_millis(25);

/// Held while the register is open for writing.
pub(crate) struct Lock {
    says: PathBuf,
    held: File,
}

pub(crate) enum Claim {
    Ours(Lock),
    /// None when the other has not yet said who they are.
    Theirs(Option<Holder>),
}

/// Claims the register, or says who has it.
pub(crate) fn claim(folder: &Path, holder: &Holder) -> Result<Claim, RegisterError> {
    // Not the file that says who: on Windows a locked file cannot be read.
    let path = folder.join("lock");
    let says = folder.join("lock.json");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(RegisterError::file(&path))?;
    match in_a_while(&file) {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Ok(Claim::Theirs(
                fs::read(&says).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()),
            ));
        }
        // Some shares know no such locks; there the database's own exclusive lock is what counts.
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(RegisterError::file(&path)(error)),
    }
    write_whole(&says, &serde_json::to_vec_pretty(holder).map_err(RegisterError::damaged)?)?;
    Ok(Claim::Ours(Lock { says, held: file }))
}

/// A program that was ended while it started another leaves the lock with that one, for the moment until it is itself.
fn in_a_while(file: &File) -> Result<(), TryLockError> {
    for _ in 0..MOMENTS {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(MOMENT),
            tried => return tried,
        }
    }
    file.try_lock()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A stale note does no harm: the lock beside it is what counts. That is given back here and not by closing the file:
        // a program that is being started at this moment has it open too.
        let _ = remove(&self.says);
        let _ = self.held.unlock();
    }
}
