//! Lists of cases: a page at a time, with counts and sums of the whole.

pub(crate) mod counted;
pub(crate) mod store;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CaseRow, query, store::selection_sum as sum_of};
use crate::{
    desk::Desk,
    money::Pence,
    problem::{Code, Problem},
    search,
};

/// Which cases, in which order, from where.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct CaseQuery {
    /// What stands in the query box.
    pub text: String,
    /// The column to sort by.
    pub sort: CaseSort,
    /// Largest or last first.
    pub descending: bool,
    /// How many to leave out at the start.
    pub offset: u32,
    /// How many to give.
    pub limit: u32,
}

/// The columns a list of cases can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CaseSort {
    /// The reference.
    Reference,
    /// The business’s name.
    Business,
    /// The stage, in the order of the path.
    Stage,
    /// The amount asked for.
    Asked,
    /// The amount awarded.
    Awarded,
    /// What falls due first.
    Due,
    /// When it was received.
    Received,
}

/// A page of cases.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CaseList {
    /// The rows asked for.
    pub rows: Vec<CaseRow>,
    /// How many there are in all.
    pub total: u32,
    /// The sum asked for in all.
    pub asked: Pence,
    /// The sum awarded in all.
    pub awarded: Pence,
}

/// What a selection comes to.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SelectionSum {
    /// How many.
    pub count: u32,
    /// The sum asked for.
    pub asked: Pence,
    /// What is left in each of their rounds.
    pub rounds: Vec<RoundLeft>,
}

/// What is left in a round.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RoundLeft {
    /// Its name.
    pub round: String,
    /// What may still be awarded.
    pub left: Pence,
}

fn filter(desk: &Desk, text: &str) -> Result<query::Filter, Problem> {
    query::parse(text, desk.today()).map_err(|bad| Problem {
        fix: Some(bad.fix.clone()),
        ..Problem::new(Code::Invalid, format!("“{}” is not understood.", bad.part))
    })
}

/// Refuses a query that cannot be read, with how to write it.
pub(crate) fn understood(desk: &Desk, text: &str) -> Result<(), Problem> {
    filter(desk, text).map(|_| ())
}

/// A page of the cases that a query finds.
pub fn list(desk: &Desk, query: &CaseQuery) -> Result<CaseList, Problem> {
    let filter = filter(desk, &query.text)?;
    store::list(desk.reader(), desk.counted(), &filter, query, desk.today())
}

/// How far [`read_ahead`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// What each case counts, from a row of the index on.
    Counts(i64),
    /// Where the words stand that begin with a letter.
    Beginning(char),
}

impl Ahead {
    /// Where to begin.
    pub const START: Ahead = Ahead::Counts(0);
}

/// Reads a little of what a first search would wait for: decrypting it takes longer than searching it. Answers where to go on
/// from; nothing when all is read.
pub fn read_ahead(desk: &Desk, from: Ahead) -> Result<Option<Ahead>, Problem> {
    match from {
        Ahead::Counts(row) => {
            let next = desk.counted().read_ahead(desk.reader(), row)?;
            Ok(Some(next.map_or(Ahead::Beginning('a'), Ahead::Counts)))
        }
        Ahead::Beginning(letter) => {
            // One letter finds most, so its place in the index is the longest to read; a longer word has little left to read.
            if let Some(words) = search::match_all(&letter.to_string()) {
                search::store::rows_of_index(desk.reader(), &words)?;
            }
            Ok(('a'..='z').find(|next| *next > letter).map(Ahead::Beginning))
        }
    }
}

/// The ids of all cases that a query finds, to select them all.
pub fn ids(desk: &Desk, text: &str) -> Result<Vec<Uuid>, Problem> {
    store::ids(desk.reader(), &filter(desk, text)?)
}

/// What a selection comes to, and what is left in its rounds.
pub fn selection_sum(desk: &Desk, ids: &[Uuid]) -> Result<SelectionSum, Problem> {
    sum_of(desk.reader(), ids)
}

/// An organisation’s cases as business or provider, newest first.
pub fn of_organisation(desk: &Desk, id: Uuid) -> Result<Vec<CaseRow>, Problem> {
    store::of(desk.reader(), "c.organisation_id = ?1 OR c.provider_id = ?1", id, desk.today())
}

/// The cases a person has a part in, newest first.
pub fn of_person(desk: &Desk, id: Uuid) -> Result<Vec<CaseRow>, Problem> {
    store::of(
        desk.reader(),
        "c.contact_id = ?1 OR c.academic_id = ?1 OR c.id IN (SELECT id FROM placements WHERE student_id = ?1 OR supervisor_id = ?1)",
        id,
        desk.today(),
    )
}
