//! What new cases of one change share, asked of the register once: the next reference (`PROG-YYYY-NNNN`, counted per programme
//! and year), their programme, when their round closes, and the days that their clocks point at.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

use super::{NewCase, store};
use crate::{
    awards,
    problem::Problem,
    programmes::{self, Programme},
    stages::{self, CaseKind, Clock},
    store::{Reader, Tx},
    when,
};

/// Takes in new cases within one change, which may not change a programme, a round or the office meanwhile.
#[derive(Default)]
pub(crate) struct Intake {
    next: HashMap<(Uuid, i32), u32>,
    programmes: HashMap<Uuid, Programme>,
    closes: HashMap<Uuid, Option<DateTime<Utc>>>,
    due: HashMap<(Uuid, CaseKind, String, NaiveDate), Option<NaiveDate>>,
}

/// How a new case begins.
pub(super) struct Beginning {
    pub reference: String,
    pub due: Option<NaiveDate>,
    /// The day it stands on its first stage from.
    pub received_on: NaiveDate,
}

impl Intake {
    /// What a new case begins with on a stage.
    pub(super) fn begin(
        &mut self,
        tx: &Tx,
        id: Uuid,
        case: &NewCase,
        stage: &str,
    ) -> Result<Beginning, Problem> {
        let programme =
            kept(&mut self.programmes, case.programme_id, || programmes::store::get(tx, case.programme_id))?;
        programme.takes(case.kind)?;
        let received_on = when::day_of(case.received_at);
        let reference = next(&mut self.next, tx, programme, received_on.year())?;
        let clock = stages::find(case.kind, stage).map_or(Clock::None, |stage| stage.clock);
        let closes = match case.round_id {
            Some(round) => *kept(&mut self.closes, round, || programmes::store::closes_at(tx, round))?,
            None => None,
        };
        // Nothing is decided before a round has closed, so that is where the time to decide begins.
        let from = match clock {
            Clock::ToDecide => closes.map_or(received_on, |closes| when::day_of(closes).max(received_on)),
            _ => received_on,
        };
        let due = match clock {
            // These point at a day of the case's own.
            Clock::On(_) | Clock::Award(_) => awards::due_day(tx, id, clock, programme, from)?,
            Clock::None | Clock::WorkingDays(_) | Clock::Days(_) | Clock::ToDecide | Clock::ToPay => {
                let key = (programme.id, case.kind, stage.to_owned(), from);
                *kept(&mut self.due, key, || awards::due_day(tx, id, clock, programme, from))?
            }
        };
        Ok(Beginning { reference, due, received_on })
    }
}

/// The next reference of a programme in a year. A number on a letter that left the house is never given to another case,
/// even when the case it was about was undone.
fn next(
    next: &mut HashMap<(Uuid, i32), u32>,
    reader: &Reader,
    programme: &Programme,
    year: i32,
) -> Result<String, Problem> {
    let prefix = format!("{}-{year}-", programme.code);
    let next = kept(next, (programme.id, year), || Ok(store::last_number(reader, &prefix)? + 1))?;
    let number = *next;
    *next += 1;
    Ok(format!("{prefix}{number:04}"))
}

/// What is kept under a key; asked for first where it is not.
fn kept<K: Eq + std::hash::Hash, V>(
    held: &mut HashMap<K, V>,
    key: K,
    ask: impl FnOnce() -> Result<V, Problem>,
) -> Result<&mut V, Problem> {
    Ok(match held.entry(key) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => entry.insert(ask()?),
    })
}
