//! The office whose register it is: its letterhead, and what a new register starts with.

mod knowledge_providers;
pub(crate) mod limits;
mod statutory_limits;
pub(crate) mod store;

pub use limits::{LimitRow, limits};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{desk::Desk, letters, money::Pence, officers, problem::Problem, when::Nation};

/// The office as letters and screens need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its id, for the form.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// Telephone, e-mail and website, those that are known.
    pub contact: Vec<String>,
    /// What a company must print on its letters (Companies (Trading Disclosures) Regulations 2008).
    pub registered_line: Option<String>,
    /// Who signs.
    pub signatory_name: Option<String>,
    /// In which office.
    pub signatory_title: Option<String>,
    /// Where the privacy notice is.
    pub privacy_notice: Option<String>,
    /// Who takes complaints.
    pub complaints_contact: Option<String>,
    /// Whose working days the clocks count.
    pub nation: Nation,
    /// The envelope's window.
    pub window: String,
    /// Nudge to the right and down, in hundredths of a millimetre.
    pub nudge: (i64, i64),
    /// Whether fold marks are printed.
    pub fold_marks: bool,
}

/// A limit as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How much.
    pub amount: Pence,
    /// Where it comes from.
    pub source: String,
}

/// The office.
pub fn get(desk: &Desk) -> Result<Office, Problem> {
    store::get(desk.reader())
}

pub(crate) fn set_up(desk: &mut Desk, name: &str) -> Result<(), Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(
            Problem::invalid("office_name", "The office has no name.").fix("Letters and the window show it.")
        );
    }
    desk.found("Set up the register", |tx, officer, officer_name| {
        officers::store::insert_first(tx, officer, officer_name)?;
        store::insert(tx, name, officer_name)?;
        for limit in statutory_limits::FIRST {
            store::insert_limit(tx, limit)?;
        }
        for provider in knowledge_providers::KNOWLEDGE_PROVIDERS {
            store::insert_provider(tx, provider)?;
        }
        letters::templates::insert_first(tx)
    })
}

/// The amount of a limit as it stood on a day, with its source.
pub fn limit_on(desk: &Desk, code: &str, day: NaiveDate) -> Result<Limit, Problem> {
    store::limit_on(desk.reader(), code, day)
}
