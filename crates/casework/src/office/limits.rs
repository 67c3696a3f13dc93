//! Limits of law as an office keeps them: dated rows, added and ended, never rewritten.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::store;
use crate::{
    desk::Desk,
    findings::Finding,
    money::{Pence, Rate},
    problem::Problem,
};

/// Every limit that a rule asks for: its code and its name in words.
pub(crate) const LIMITS: &[(&str, &str)] = &[
    ("mfa", "Minimal financial assistance to an enterprise"),
    ("spei", "Assistance for services of public economic interest"),
    ("transparency", "Awards over this go into the public subsidy database"),
    (VAT, "VAT (percent)"),
    ("employers_liability", "Employers’ liability insurance, at least"),
    ("minimum_wage", "Minimum wage an hour, 21 and over"),
    ("minimum_wage_18_to_20", "Minimum wage an hour, 18 to 20"),
    ("minimum_wage_under_18", "Minimum wage an hour, under 18"),
    ("minimum_wage_apprentice", "Minimum wage an hour, apprentices"),
];

/// The one limit that is a rate.
const VAT: &str = "vat";

/// A limit of law in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LimitRow {
    /// Its id.
    pub id: Uuid,
    /// Its code, as rules ask for it.
    pub code: String,
    /// What it limits.
    pub label: String,
    /// How much, as an officer reads it: `£315,000`, `20%`.
    pub amount: String,
    /// From this day.
    pub from: NaiveDate,
    /// To this day; none where it holds until a later row begins.
    pub to: Option<NaiveDate>,
    /// Where it comes from.
    pub source: String,
    /// Whether it is the row that holds today.
    pub in_force: bool,
}

/// A row as it is stored.
pub(super) struct Held {
    pub id: Uuid,
    pub code: String,
    pub amount: Pence,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub source: String,
}

/// All limits of law, in the order of the list of codes, newest first.
pub fn limits(desk: &Desk) -> Result<Vec<LimitRow>, Problem> {
    let today = desk.today();
    let held = store::limits(desk.reader())?;
    let holds = |row: &Held| row.from <= today && row.to.is_none_or(|to| to >= today);
    let mut rows: Vec<LimitRow> = held
        .iter()
        .map(|row| LimitRow {
            id: row.id,
            code: row.code.clone(),
            label: label(&row.code).to_owned(),
            amount: if row.code == VAT { Rate(row.amount.0).shown() } else { row.amount.shown() },
            from: row.from,
            to: row.to,
            source: row.source.clone(),
            in_force: holds(row)
                && !held.iter().any(|other| other.code == row.code && holds(other) && other.from > row.from),
        })
        .collect();
    let place = |code: &str| LIMITS.iter().position(|(known, _)| *known == code).unwrap_or(LIMITS.len());
    rows.sort_by(|one, other| place(&one.code).cmp(&place(&other.code)).then(other.from.cmp(&one.from)));
    Ok(rows)
}

/// What a limit is called.
pub(crate) fn label(code: &str) -> &str {
    LIMITS.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| *label)
}

/// Decisions were made by the rows that stand; so a row is ended, and another added, but its amount never changes.
pub(crate) fn only_ended(fields: &[&str]) -> Option<Finding> {
    let field = fields.iter().find(|field| !["valid_to", "source"].contains(field))?;
    Some(
        Finding::block("FORM", "A limit of law keeps its amount and its first day.")
            .detail("Rounds and awards were checked by it.")
            .fix("Add a new row from the day the limit changes; or undo the row if it was entered wrongly.")
            .field(*field),
    )
}

/// Two rows of one limit do not begin on the same day.
pub(crate) fn begins_twice(desk: &Desk, code: &str, from: &str) -> Result<Option<Finding>, Problem> {
    let again =
        store::limits(desk.reader())?.iter().any(|row| row.code == code && row.from.to_string() == from);
    Ok(again.then(|| {
        Finding::block("FORM", format!("{} already has a row from that day.", label(code)))
            .fix("Choose another day, or undo the row that stands there.")
            .field("valid_from")
    }))
}
