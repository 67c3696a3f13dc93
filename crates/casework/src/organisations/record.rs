//! Everything the register knows about one organisation.

use serde::Serialize;
use uuid::Uuid;

use super::store;
use crate::{
    cases::{self, CaseRow},
    desk::Desk,
    facts::{self, FactGroup},
    forms::Noun,
    history::{self, HistoryLine},
    people::{self, PersonRow},
    problem::Problem,
    subsidy::{self, Headroom},
};

/// One organisation as the window shows it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OrganisationRecord {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is to us.
    pub kind: String,
    /// Its facts, grouped as its form is.
    pub groups: Vec<FactGroup>,
    /// Its subsidy headroom today; none for a knowledge provider.
    pub headroom: Option<Headroom>,
    /// Its cases, newest first.
    pub cases: Vec<CaseRow>,
    /// Its people.
    pub people: Vec<PersonRow>,
    /// What was done with it, newest first.
    pub history: Vec<HistoryLine>,
}

/// The record of one organisation.
pub fn record(desk: &Desk, id: Uuid) -> Result<OrganisationRecord, Problem> {
    let organisation = store::get(desk.reader(), id)?;
    let groups = facts::groups(desk, Noun::Organisation, id)?;
    let kind = facts::value(&groups, "kind").unwrap_or_default();
    Ok(OrganisationRecord {
        id,
        name: organisation.name,
        headroom: (kind != "provider")
            .then(|| subsidy::headroom(desk, id, None, desk.today()))
            .transpose()?,
        kind,
        groups,
        cases: cases::of_organisation(desk, id)?,
        people: people::of_organisation(desk, id)?,
        history: history::of(desk, &[("organisations", id)])?,
    })
}
