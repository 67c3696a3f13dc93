//! How the desk stands: whose it is, what can be undone, what is due. The frame of the window shows it at all times.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::{cases, desk::Desk, office, officers::Role, problem::Problem};

/// The desk in short.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Standing {
    /// The office’s name.
    pub office_name: String,
    /// The officer’s name.
    pub officer: String,
    /// Their role.
    pub role: Role,
    /// Who else writes in the register, when it can only be read here.
    pub read_only: Option<ReadOnly>,
    /// The day whose evening is shown, when the desk looks back.
    pub as_of: Option<NaiveDate>,
    /// The civil day.
    pub today: NaiveDate,
    /// What Ctrl+Z undoes.
    pub undo: Option<Undoable>,
    /// What Ctrl+Shift+Z does again.
    pub redo: Option<Undoable>,
    /// Counts for the rail.
    pub counts: Counts,
}

/// Who has the register open for writing.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ReadOnly {
    /// Their name.
    pub who: String,
    /// Their computer.
    pub device: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A journal entry by number and label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Undoable {
    /// Its number.
    #[specta(type = u32)]
    pub entry: i64,
    /// What was done, in words.
    pub label: String,
}

/// Counts for the rail.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Counts {
    /// Due today or before.
    pub due: u32,
    /// Overdue.
    pub overdue: u32,
    /// Cases whose stage owes a letter that was not issued.
    pub letters_owed: u32,
    /// All cases.
    pub cases: u32,
}

/// How the desk stands.
pub fn standing(desk: &Desk) -> Result<Standing, Problem> {
    let officer = desk.officer()?;
    let (due, overdue, letters_owed, cases) = cases::list::store::counts(desk.reader(), desk.today())?;
    let step = |entry: register::Entry| Undoable { entry: entry.seq, label: entry.label };
    Ok(Standing {
        office_name: office::get(desk)?.name,
        officer: officer.name,
        role: officer.role,
        read_only: desk.register().is_read_only().map(|why| ReadOnly {
            who: why.who,
            device: why.device,
            since: why.since,
        }),
        as_of: desk.looks_back_to(),
        today: desk.today(),
        // The first entry set the register up; there is nothing before it to go back to.
        undo: desk.register().next_undo()?.filter(|entry| entry.seq > 1).map(step),
        redo: desk.register().next_redo()?.map(step),
        counts: Counts { due, overdue, letters_owed, cases },
    })
}
