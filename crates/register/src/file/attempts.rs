//! Wrong passphrases in a row, counted while the program runs. Argon2 makes each slow; a pause makes many slower.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::RegisterError;

/// So many are free; every one after costs a pause.
const FREE: u32 = 5;
const PAUSE: Duration = Duration::from_secs(30);

static FAILED: LazyLock<Mutex<HashMap<PathBuf, (u32, Instant)>>> = LazyLock::new(Mutex::default);

/// Refuses an attempt during a pause.
pub(crate) fn allowed(folder: &Path) -> Result<(), RegisterError> {
    match failed().get(folder) {
        Some((failures, last)) if *failures >= FREE => match PAUSE.checked_sub(last.elapsed()) {
            Some(left) => Err(RegisterError::TooManyAttempts { seconds: left.as_secs() + 1 }),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Counts a failure and says how many there were.
pub(crate) fn failure(folder: &Path) -> u32 {
    let mut failed = failed();
    let (failures, last) = failed.entry(folder.to_owned()).or_insert((0, Instant::now()));
    *failures += 1;
    *last = Instant::now();
    *failures
}

/// Forgets the failures.
pub(crate) fn success(folder: &Path) {
    failed().remove(folder);
}

fn failed() -> MutexGuard<'static, HashMap<PathBuf, (u32, Instant)>> {
    FAILED.lock().unwrap_or_else(PoisonError::into_inner)
}
