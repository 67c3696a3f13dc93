use chrono::NaiveDate;
use rusqlite::params;
use uuid::Uuid;

use super::LedgerLine;
use crate::{
    money::Pence,
    problem::Problem,
    store::{Reader, Tx},
};

/// What the ledger holds for an enterprise in the window, but for one case.
pub(super) fn entries(
    reader: &Reader,
    root: Uuid,
    from: NaiveDate,
    to: NaiveDate,
    without: Option<Uuid>,
) -> Result<Vec<LedgerLine>, Problem> {
    let mut statement = reader.prepare_cached(
        // What was released nets out against what was given, so that only what counts is listed.
        "SELECT min(e.given_on) AS given_on, e.giver, sum(e.amount) AS amount, e.ours, c.reference
         FROM organisations o JOIN subsidy_entries e ON e.organisation_id = o.id LEFT JOIN cases c ON c.id = e.case_id
         WHERE (o.id = ?1 OR o.group_root_id = ?1) AND e.given_on BETWEEN ?2 AND ?3 AND (?4 IS NULL OR e.case_id IS NOT ?4)
         GROUP BY coalesce(e.case_id, e.id) HAVING sum(e.amount) <> 0
         ORDER BY given_on, e.id",
    )?;
    let rows = statement.query_map(params![root, from.to_string(), to.to_string(), without], |row| {
        let giver: String = row.get("giver")?;
        let reference: Option<String> = row.get("reference")?;
        Ok(LedgerLine {
            given_on: Some(row.get("given_on")?),
            what: reference.map_or_else(|| giver.clone(), |reference| format!("{giver}, {reference}")),
            amount: Pence(row.get("amount")?),
            source: if row.get("ours")? { "ours" } else { "declared" }.to_owned(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) struct Declaration {
    pub reference: String,
    pub on: NaiveDate,
    pub amount: Pence,
}

/// What the enterprise declared with its applications in the window.
pub(super) fn declarations(
    reader: &Reader,
    root: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Declaration>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT c.reference, date(c.received_at) AS day, v.assistance_declared
         FROM organisations o JOIN cases c ON c.organisation_id = o.id JOIN vouchers v ON v.id = c.id
         WHERE (o.id = ?1 OR o.group_root_id = ?1) AND v.assistance_declared > 0 AND date(c.received_at) BETWEEN ?2 AND ?3",
    )?;
    let rows = statement.query_map(params![root, from.to_string(), to.to_string()], |row| {
        Ok(Declaration { reference: row.get(0)?, on: row.get(1)?, amount: Pence(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Enters an award of ours. The date given is the offer's: an accepted offer binds.
pub(crate) fn enter(
    tx: &Tx,
    organisation: Uuid,
    case: Uuid,
    giver: &str,
    amount: Pence,
    given_on: NaiveDate,
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO subsidy_entries (id, organisation_id, case_id, kind, giver, ours, amount, given_on)
         VALUES (?1, ?2, ?3, 'mfa', ?4, 1, ?5, ?6)",
        params![Uuid::now_v7(), organisation, case, giver, amount.0, given_on.to_string()],
    )?;
    Ok(())
}

/// Enters what takes an award's entry back: a row of its own, the old one stays.
pub(crate) fn release(tx: &Tx, case: Uuid, why: &str) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO subsidy_entries (id, organisation_id, case_id, kind, giver, ours, amount, given_on, evidence)
         SELECT ?1, organisation_id, case_id, kind, giver, ours, -sum(amount), max(given_on), ?3
         FROM subsidy_entries WHERE case_id = ?2 HAVING sum(amount) <> 0",
        params![Uuid::now_v7(), case, why],
    )?;
    Ok(())
}
