use chrono::NaiveDate;
use rusqlite::params;
use uuid::Uuid;

use super::LedgerLine;
use crate::{
    money::Pence,
    organisations::store::ENTERPRISE,
    problem::Problem,
    store::{Reader, Tx},
};

/// What the ledger holds for an enterprise in the window, but for one case.
pub(super) fn entries(
    reader: &Reader,
    member: Uuid,
    from: NaiveDate,
    to: NaiveDate,
    without: Option<Uuid>,
) -> Result<Vec<LedgerLine>, Problem> {
    let mut statement = reader.prepare_cached(&format!(
        // What was released or given on another day nets out, so that only what counts is listed, on its last day.
        "{ENTERPRISE} SELECT max(e.given_on) AS given_on, e.giver, sum(e.amount) AS amount, e.ours, c.reference
         FROM enterprise o CROSS JOIN subsidy_entries e ON e.organisation_id = o.id LEFT JOIN cases c ON c.id = e.case_id
         WHERE e.given_on BETWEEN ?2 AND ?3 AND (?4 IS NULL OR e.case_id IS NOT ?4)
         GROUP BY coalesce(e.case_id, e.id) HAVING sum(e.amount) <> 0
         ORDER BY given_on, e.id"
    ))?;
    let rows = statement.query_map(params![member, from.to_string(), to.to_string(), without], |row| {
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
    member: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Declaration>, Problem> {
    let mut statement = reader.prepare_cached(&format!(
        "{ENTERPRISE} SELECT c.reference, date(c.received_at) AS day, v.assistance_declared
         FROM enterprise o CROSS JOIN cases c ON c.organisation_id = o.id CROSS JOIN vouchers v ON v.id = c.id
         WHERE v.assistance_declared > 0 AND date(c.received_at) BETWEEN ?2 AND ?3"
    ))?;
    let rows = statement.query_map(params![member, from.to_string(), to.to_string()], |row| {
        Ok(Declaration { reference: row.get(0)?, on: row.get(1)?, amount: Pence(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Enters an award of ours on the day of its offer, which may be accepted from then on; `give` then sets the day.
pub(crate) fn enter(
    tx: &Tx,
    kind: &str,
    organisation: Uuid,
    case: Uuid,
    giver: &str,
    amount: Pence,
    given_on: NaiveDate,
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO subsidy_entries (id, organisation_id, case_id, kind, giver, ours, amount, given_on)
         VALUES (?1, ?2, ?3, ?7, ?4, 1, ?5, ?6)",
        params![Uuid::now_v7(), organisation, case, giver, amount.0, given_on.to_string(), kind],
    )?;
    Ok(())
}

/// given is given on the day that the enterprise may rely on it: when it accepted, and its confirmation was back.
/// The ledger's rows are never edited: one takes the entry back on its day, another enters it on the day given.
pub(crate) fn give(tx: &Tx, case: Uuid, on: NaiveDate) -> Result<(), Problem> {
    for (sign, given_on) in [(-1, None), (1, Some(on.to_string()))] {
        tx.execute(
            "INSERT INTO subsidy_entries (id, organisation_id, case_id, kind, giver, ours, amount, given_on, evidence)
             SELECT ?1, organisation_id, case_id, kind, giver, ours, ?3 * amount, coalesce(?4, given_on), ?5
             FROM subsidy_entries WHERE case_id = ?2 AND amount > 0 AND given_on <> ?6
             ORDER BY id DESC LIMIT 1",
            params![Uuid::now_v7(), case, sign, given_on, "Accepted; confirmation received", on.to_string()],
        )?;
    }
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
