use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Outcome;
use crate::{
    cases::Case,
    money::Pence,
    problem::Problem,
    store::{Reader, Tx},
};

/// Another case of the same enterprise for the same work that holds an award.
pub(super) fn same_work_awarded(reader: &Reader, case: &Case) -> Result<Option<String>, Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT c.reference FROM cases c JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL
             WHERE c.organisation_id = ?1 AND c.id <> ?2 AND trim(c.title) = trim(?3) COLLATE NOCASE LIMIT 1",
        )?
        .query_row(params![case.organisation_id, case.id, case.title], |row| row.get(0))
        .optional()?)
}

pub(super) struct NewDecision<'a> {
    pub case_id: Uuid,
    pub outcome: Outcome,
    pub amount: Option<Pence>,
    pub decided_on: NaiveDate,
    pub officer: Uuid,
    pub reasons: &'a [String],
    pub feedback: &'a str,
    pub note: &'a str,
}

pub(super) fn insert(tx: &Tx, decision: &NewDecision) -> Result<Uuid, Problem> {
    let id = Uuid::now_v7();
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    tx.execute(
        "INSERT INTO decisions (id, case_id, outcome, amount, decided_on, officer_id, reasons, feedback, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id,
            decision.case_id,
            decision.outcome.stage(),
            decision.amount.map(|amount| amount.0),
            decision.decided_on.to_string(),
            decision.officer,
            filled(&decision.reasons.join(",")),
            filled(decision.feedback),
            filled(decision.note)
        ],
    )?;
    Ok(id)
}

/// The newest decision on a case, as letters need it.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub decided_on: NaiveDate,
    pub reasons: Vec<String>,
    pub feedback: Option<String>,
}

pub(crate) fn latest(reader: &Reader, case: Uuid) -> Result<Option<Decision>, Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT decided_on, reasons, feedback FROM decisions WHERE case_id = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([case], |row| {
            let reasons: Option<String> = row.get(1)?;
            Ok(Decision {
                decided_on: row.get(0)?,
                reasons: reasons
                    .unwrap_or_default()
                    .split(',')
                    .filter(|code| !code.is_empty())
                    .map(str::to_owned)
                    .collect(),
                feedback: row.get(2)?,
            })
        })
        .optional()?)
}
