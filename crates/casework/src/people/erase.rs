//! Erasing a person: their values go from the record, the journal and their letters. That they were there stays, and that
//! they were erased, when, by whom and why.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Person, store};
use crate::{
    cases,
    desk::{Desk, Erasing},
    letters,
    officers::only_managers,
    problem::Problem,
    programmes,
    stages::{self, Path},
    when,
};

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Erased {
    /// How many of their letters were erased with them.
    pub letters: u32,
    /// How many backups from before still hold the values, until they are thinned out.
    pub backups_before: u32,
}

/// Erases a person for good, with a reason that stays in the journal. Managers only. It is refused while a case of theirs
/// is open, or a letter of such a case must still be kept (R-77: retention proposes, a person confirms, and the log keeps
/// only the fact).
pub fn erase(desk: &mut Desk, id: Uuid, reason: &str) -> Result<Erased, Problem> {
    only_managers(desk, "erase personal details")?;
    let person = store::get(desk.reader(), id)?;
    let reason = reason.trim();
    check_reason(&person, reason)?;
    let mut records = Vec::new();
    for row in cases::of_person(desk, id)? {
        let ended = stages::find(row.kind, &row.stage)
            .is_some_and(|stage| stage.path == Path::End || stage.next.is_empty());
        if !ended {
            return Err(Problem::refused(
                format!("{} has a part in {}, which is open.", person.name, row.reference),
                Vec::new(),
            )
            .fix("Close the case, or name another contact, then erase them."));
        }
        let case = cases::get(desk, row.id)?;
        let years = programmes::store::get(desk.reader(), case.programme_id)?.retention_years;
        for letter in letters::of_case(desk, row.id)? {
            let until = when::add_months(letter.issued_on, years * 12);
            if until > desk.today() {
                return Err(kept(&person, &letter.number, until));
            }
            let file = letters::file_of(desk, letter.id)?;
            records.push(Erasing { table: "letters", id: letter.id, file });
        }
    }
    let letters = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let backups_before = desk.backups()?;
    records.push(Erasing { table: "people", id, file: None });
    desk.erase(&records, reason)?;
    Ok(Erased { letters, backups_before })
}

fn kept(person: &Person, number: &str, until: NaiveDate) -> Problem {
    Problem::refused(
        format!(
            "Letter {number} went out in a case of {}, and is kept until {}.",
            person.name,
            when::day_in_words(until)
        ),
        Vec::new(),
    )
    .fix("Erase them after that day. How long records are kept is set with the programme.")
}

/// The reason cannot be erased, so it may not say whom it is about.
fn check_reason(person: &Person, reason: &str) -> Result<(), Problem> {
    if reason.is_empty() {
        return Err(Problem::invalid("reason", "Why they are erased is not filled in.")
            .fix("For instance: asked for on 3 March; kept long enough."));
    }
    let said = reason.to_lowercase();
    let theirs =
        [Some(&person.name), person.family_name.as_ref(), person.email.as_ref(), person.phone.as_ref()];
    let named =
        theirs.into_iter().flatten().any(|value| !value.is_empty() && said.contains(&value.to_lowercase()));
    if named {
        return Err(Problem::invalid(
            "reason",
            "The reason names them, and it stays in the journal for ever.",
        )
        .fix("Say why without saying who."));
    }
    Ok(())
}
