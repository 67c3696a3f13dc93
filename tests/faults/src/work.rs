//! What the officer does over and over, until the program is killed. Each action that is done is said on standard output.

use std::{io::Write, path::Path};

use casework::{Desk, letters};
use exchange::child::Reader;
use register::{ComputerKey, Unlock};

use crate::{
    office::{self, OFFICE, ROWS, TODAY, awarded, import, passphrase, without_letter},
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

    /// Works until the process ends.
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
        let unlock = Unlock::Remembered(key.clone());
        let mut desk = Desk::open(folder, unlock, TODAY.parse().unwrap()).unwrap();
        say(READY);
        loop {
            self.once(&mut desk, folder);
        }
    }

    fn once(self, desk: &mut Desk, folder: &Path) {
        match self {
            Work::Changes => change(desk),
            Work::Import => {
                let imported = casework::cases::ids(desk, "").unwrap().len() > ROWS;
                if imported {
                    undo_newest(desk);
                } else {
                    let file = folder.with_file_name("applications.csv");
                    let (entry, taken) = import(desk, Reader::this_program().unwrap(), &file).unwrap();
                    assert_eq!(usize::try_from(taken).unwrap(), ROWS);
                    say(&entry.unwrap().to_string());
                }
            }
            Work::Letters => {
                let owed = without_letter(desk);
                if owed.is_empty() {
                    undo_newest(desk);
                } else {
                    letters::issue(desk, "award", &owed, &|_| true).unwrap();
                    say(&newest(desk).to_string());
                }
            }
            Work::Backup => {
                change(desk);
                desk.register_mut().backup().unwrap();
            }
            Work::Create | Work::Upgrade => {}
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
fn change(desk: &mut Desk) {
    match casework::cases::ids(desk, "stage:submitted").unwrap().first() {
        Some(case) => {
            office::award(desk, *case);
            say(&newest(desk).to_string());
        }
        None => {
            assert!(!awarded(desk).is_empty());
            undo_newest(desk);
        }
    }
}

fn undo_newest(desk: &mut Desk) {
    let newest = desk.register().next_undo().unwrap().unwrap();
    let undone = desk.undo(newest.seq).unwrap();
    say(&undone.entry.to_string());
}

/// The newest entry of the journal.
pub fn newest(desk: &Desk) -> i64 {
    desk.register().journal(None, 1).unwrap()[0].seq
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word}").unwrap();
    out.flush().unwrap();
}
