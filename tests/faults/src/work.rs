//! What the officer does over and over, until the program is killed. Each action that is done is said on standard output.

use std::{io::Write, path::Path};

use casework::{Desk, cases, letters, problem::Problem};
use exchange::child::Reader;
use register::{ComputerKey, Unlock};

use crate::{
    office::{self, OFFICE, ROWS, TODAY, import, passphrase, without_letter},
    upgrade,
};

/// A kind of work, by the name it has on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Create,
    Changes,
    Import,
    Letters,
    Backup,
    Upgrade,
}

const NAMES: [(&str, Work); 6] = [
    ("create", Work::Create),
    ("changes", Work::Changes),
    ("import", Work::Import),
    ("letters", Work::Letters),
    ("backup", Work::Backup),
    ("upgrade", Work::Upgrade),
];

/// What an officer at work says before the first action.
pub const READY: &str = "ready";

impl Work {
    pub fn named(name: &str) -> Option<Work> {
        NAMES.iter().find(|(it, _)| *it == name).map(|(_, work)| *work)
    }

    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, it)| *it == self).unwrap().0
    }

    /// Works until the process ends. What cannot be done is said as well, and the next is tried.
    pub fn go_on(self, folder: &Path, key: &ComputerKey) -> ! {
        if self == Work::Upgrade {
            say(READY);
            let _open = upgrade::open(folder, &upgrade::NEW, key).unwrap();
            stay();
        }
        if self == Work::Create {
            say(READY);
            let now = TODAY.parse().unwrap();
            let _open = Desk::create(folder, OFFICE, "Ada Manager", &passphrase(), now).unwrap();
            stay();
        }
        let unlock = || Unlock::Remembered(key.clone());
        let mut desk = loop {
            match Desk::open(folder, unlock(), TODAY.parse().unwrap()) {
                Ok(desk) => break desk,
                Err(problem) => say(&refusal(&problem)),
            }
        };
        say(READY);
        loop {
            match desk.ready(TODAY.parse().unwrap()).and_then(|desk| self.once(desk, folder)) {
                Ok(entry) => say(&entry.to_string()),
                Err(problem) => say(&refusal(&problem)),
            }
        }
    }

    /// One action, and the newest entry of the journal after it.
    fn once(self, desk: &mut Desk, folder: &Path) -> Result<i64, Problem> {
        match self {
            Work::Changes => change(desk),
            Work::Import => {
                if cases::ids(desk, "")?.len() > ROWS {
                    return undo_newest(desk);
                }
                let file = folder.with_file_name("applications.csv");
                let (entry, taken) = import(desk, Reader::this_program().unwrap(), &file)?;
                assert_eq!(usize::try_from(taken).unwrap(), ROWS);
                Ok(entry.unwrap())
            }
            Work::Letters => {
                let owed = without_letter(desk)?;
                if owed.is_empty() {
                    return undo_newest(desk);
                }
                letters::issue(desk, "award", &owed, &|_| true)?;
                last(desk)
            }
            Work::Backup => {
                let entry = change(desk)?;
                desk.register_mut().backup()?;
                Ok(entry)
            }
            Work::Create | Work::Upgrade => stay(),
        }
    }
}

/// Holds what is open until the process ends.
fn stay() -> ! {
    loop {
        std::thread::park();
    }
}

/// Takes an award back, or gives it again.
fn change(desk: &mut Desk) -> Result<i64, Problem> {
    match cases::ids(desk, "stage:submitted")?.first() {
        Some(case) => office::award(desk, *case),
        None => undo_newest(desk),
    }
}

fn undo_newest(desk: &mut Desk) -> Result<i64, Problem> {
    let newest = desk.register().next_undo()?.unwrap();
    Ok(desk.undo(newest.seq)?.entry)
}

fn last(desk: &Desk) -> Result<i64, Problem> {
    Ok(desk.register().journal(None, 1)?[0].seq)
}

/// The newest entry of the journal.
pub fn newest(desk: &Desk) -> i64 {
    last(desk).unwrap()
}

/// What the officer is told, on one line.
fn refusal(problem: &Problem) -> String {
    format!("{:?}: {} {}", problem.code, problem.message, problem.fix.as_deref().unwrap_or_default())
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word}").unwrap();
    out.flush().unwrap();
}
