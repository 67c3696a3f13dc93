//! The office whose register it is: its letterhead, and what a new register starts with.

mod knowledge_providers;
pub(crate) mod store;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{desk::Desk, letters, money::Pence, officers, problem::Problem};

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
    /// The envelope's window.
    pub window: String,
    /// Nudge to the right and down, in hundredths of a millimetre.
    pub nudge: (i64, i64),
    /// Whether fold marks are printed.
    pub fold_marks: bool,
}

/// A limit that law sets, from and until when.
pub(crate) struct StatutoryLimit {
    pub code: &'static str,
    pub amount: Pence,
    pub from: &'static str,
    pub source: &'static str,
}

/// What a new register knows. They are rows that an office can end and add to, never constants of a rule.
pub(crate) const STATUTORY_LIMITS: &[StatutoryLimit] = &[
    StatutoryLimit {
        code: "mfa",
        amount: Pence::pounds(315_000),
        from: "2022-12-04",
        source: "Subsidy Control Act 2022, s.36(1)",
    },
    StatutoryLimit {
        code: "spei",
        amount: Pence::pounds(725_000),
        from: "2022-12-04",
        source: "Subsidy Control Act 2022, s.38",
    },
    StatutoryLimit {
        code: "transparency",
        amount: Pence::pounds(100_000),
        from: "2022-12-04",
        source: "Subsidy Control Act 2022, ss.33(2) and 36(4)",
    },
    // A rate in hundredths of a percent, kept with the limits because it changes as they do.
    StatutoryLimit {
        code: "vat",
        amount: Pence(2_000),
        from: "2011-01-04",
        source: "Value Added Tax Act 1994, s.2(1)",
    },
    StatutoryLimit {
        code: "minimum_wage",
        amount: Pence(1_271),
        from: "2026-04-01",
        source: "National Minimum Wage rates from April 2026, aged 21 and over (check before relying on it)",
    },
    StatutoryLimit {
        code: "minimum_wage",
        amount: Pence(1_221),
        from: "2025-04-01",
        source: "National Minimum Wage rates from April 2025, aged 21 and over",
    },
];

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
        for limit in STATUTORY_LIMITS {
            store::insert_limit(tx, limit)?;
        }
        for provider in knowledge_providers::KNOWLEDGE_PROVIDERS {
            store::insert_provider(tx, provider)?;
        }
        letters::insert_first_templates(tx)
    })
}

/// The amount of a limit as it stood on a day, with its source.
pub fn limit_on(desk: &Desk, code: &str, day: NaiveDate) -> Result<(Pence, String), Problem> {
    store::limit_on(desk.reader(), code, day)
}
