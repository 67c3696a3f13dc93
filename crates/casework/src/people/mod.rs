//! Contacts: who signs, who leads, who supervises.

mod erase;
pub(crate) mod store;

pub use erase::{Erased, erase};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    cases::{self, CaseRow},
    desk::Desk,
    facts::{self, FactGroup},
    forms::Noun,
    history::{self, HistoryLine},
    organisations::Page,
    problem::Problem,
};

/// A person as letters need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// Their name as they write it.
    pub name: String,
    /// Their title, if they use one.
    pub title: Option<String>,
    /// Their family name.
    pub family_name: Option<String>,
    /// How letters begin, where it differs.
    pub salutation: Option<String>,
    /// Their job title.
    pub job_title: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their own address, a line each.
    pub address: Vec<String>,
    /// Their organisation.
    pub organisation_id: Option<Uuid>,
}

impl Person {
    /// `Ms Patel`; without a title the whole name, as the public sector's letter patterns have it.
    pub fn addressed(&self) -> String {
        match (&self.salutation, &self.title, &self.family_name) {
            (Some(salutation), ..) => salutation.clone(),
            (None, Some(title), Some(family)) => format!("{title} {family}"),
            _ => self.name.clone(),
        }
    }
}

/// A person in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PersonRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their job title.
    pub job_title: Option<String>,
    /// Their organisation's name.
    pub organisation: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// One person as the window shows them.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PersonRecord {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their facts.
    pub groups: Vec<FactGroup>,
    /// The cases they have a part in.
    pub cases: Vec<CaseRow>,
    /// What was done with their record.
    pub history: Vec<HistoryLine>,
}

/// People whose name, e-mail or organisation begins with every word of `text`, by name.
pub fn list(desk: &Desk, text: &str, offset: u32, limit: u32) -> Result<Page<PersonRow>, Problem> {
    store::list(desk.reader(), text, offset, limit)
}

/// The record of one person.
pub fn record(desk: &Desk, id: Uuid) -> Result<PersonRecord, Problem> {
    Ok(PersonRecord {
        id,
        name: store::get(desk.reader(), id)?.name,
        groups: facts::groups(desk, Noun::Person, id)?,
        cases: cases::of_person(desk, id)?,
        history: history::of(desk, &[("people", id)])?,
    })
}

/// The people of an organisation.
pub fn of_organisation(desk: &Desk, id: Uuid) -> Result<Vec<PersonRow>, Problem> {
    store::of_organisation(desk.reader(), id)
}
