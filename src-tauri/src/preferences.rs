//! What this computer remembers, and no register does: which registers were opened, and how letters are printed.
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use casework::problem::{Code, Problem};
use directories::ProjectDirs;
use serde::{Deserialize, Serialize};

use crate::{launch::Launch, printing::PrintChoice};

/// What is remembered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Preferences {
    /// Folders of registers, the last opened first.
    pub recent: Vec<PathBuf>,
    /// Folders of registers that the key ring of this computer opens.
    pub remembered: Vec<PathBuf>,
    /// How letters were printed last.
    pub print: Option<PrintChoice>,
    /// How long the desk waits for somebody before it locks itself.
    pub lock_after: LockAfter,
}

/// Minutes without input after which the desk locks itself; 0 is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LockAfter(u32);

impl Default for LockAfter {
    fn default() -> Self {
        Self(15)
    }
}

impl LockAfter {
    /// So many minutes, a day at most; 0 is never.
    pub fn of_minutes(minutes: u32) -> Self {
        Self(minutes.min(24 * 60))
    }

    /// In minutes.
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// None is never.
    pub fn time(self) -> Option<Duration> {
        (self.0 > 0).then(|| Duration::from_secs(60 * u64::from(self.0)))
    }
}

const REMEMBERED: usize = 8;

fn folders() -> Result<ProjectDirs, Problem> {
    ProjectDirs::from("uk", "", "voucher-desk").ok_or_else(|| {
        Problem::new(Code::File, "This account has no folder of its own.").fix("Ask IT for a home folder.")
    })
}

/// Where the practice office stands on this computer.
pub(crate) fn practice_folder() -> Result<PathBuf, Problem> {
    Ok(folders()?.data_local_dir().join("practice.vdesk"))
}

fn file() -> Result<PathBuf, Problem> {
    Ok(folders()?.config_dir().join("preferences.json"))
}

impl Preferences {
    /// What is remembered; nothing where there is no file yet or it cannot be read.
    pub fn load() -> Preferences {
        let text = file().ok().and_then(|path| fs::read_to_string(path).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Remembers it.
    pub fn save(&self) -> Result<(), Problem> {
        let path = file()?;
        let failed = |error: std::io::Error| {
            Problem::new(Code::File, format!("This computer could not remember your choice: {error}."))
                .fix("The choice holds until you close Voucher Desk.")
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        fs::write(path, text).map_err(failed)
    }

    /// The folder of the register that the program opens, or asks the passphrase of, when it is started so.
    pub fn first_with<'a>(&'a self, launch: &'a Launch) -> Option<&'a Path> {
        match launch {
            Launch::Register(folder) => Some(folder),
            Launch::Welcome => self.recent.first().map(PathBuf::as_path),
            Launch::Practice | Launch::ExportBindings(_) => None,
        }
    }

    /// Puts a register at the head of those opened.
    pub fn opened(&mut self, folder: PathBuf) {
        self.recent.retain(|known| *known != folder);
        self.recent.insert(0, folder);
        self.recent.truncate(REMEMBERED);
    }
}
