use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Award;
use crate::{
    money::{Pence, Rate},
    problem::Problem,
    store::{Reader, Tx},
};

/// The open award of a case.
pub(crate) fn of_case(reader: &Reader, case: Uuid) -> Result<Option<Award>, Problem> {
    Ok(reader
        .prepare_cached("SELECT * FROM awards WHERE case_id = ?1 AND released_on IS NULL")?
        .query_row([case], |row| {
            Ok(Award {
                amount: Pence(row.get("amount")?),
                eligible_cost: Pence(row.get("eligible_cost")?),
                intervention_rate: Rate(row.get("intervention_rate")?),
                offered_on: row.get("offered_on")?,
                accept_by: row.get("accept_by")?,
                start_by: row.get("start_by")?,
                expires_on: row.get("expires_on")?,
                claim_by: row.get("claim_by")?,
                released_on: row.get("released_on")?,
            })
        })
        .optional()?)
}

pub(crate) fn insert(tx: &Tx, case: Uuid, decision: Uuid, award: &Award) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO awards (id, case_id, decision_id, amount, eligible_cost, intervention_rate, offered_on, accept_by, start_by, expires_on, claim_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            Uuid::now_v7(),
            case,
            decision,
            award.amount.0,
            award.eligible_cost.0,
            award.intervention_rate.0,
            award.offered_on.to_string(),
            award.accept_by.to_string(),
            award.start_by.to_string(),
            award.expires_on.to_string(),
            award.claim_by.to_string()
        ],
    )?;
    Ok(())
}

/// Releases what was committed; the award's terms stay on record.
pub(crate) fn release(tx: &Tx, case: Uuid, today: NaiveDate) -> Result<bool, Problem> {
    Ok(tx.execute(
        "UPDATE awards SET released_on = ?2 WHERE case_id = ?1 AND released_on IS NULL",
        (case, today.to_string()),
    )? == 1)
}

/// The day in a field of a placement or partnership. The field's name comes from a stage table.
pub(super) fn day_of_case(reader: &Reader, case: Uuid, field: &str) -> Result<Option<NaiveDate>, Problem> {
    for table in ["placements", "partnerships", "vouchers"] {
        let known = reader
            .prepare_cached("SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2")?
            .exists([table, field])?;
        if known {
            let day = reader
                .prepare_cached(&format!("SELECT {field} FROM {table} WHERE id = ?1"))?
                .query_row([case], |row| row.get::<_, Option<NaiveDate>>(0))
                .optional()?;
            if let Some(day) = day {
                return Ok(day);
            }
        }
    }
    Ok(None)
}

/// A day of a case's open award. The column's name comes from a stage table.
pub(super) fn day_of_award(reader: &Reader, case: Uuid, column: &str) -> Result<Option<NaiveDate>, Problem> {
    Ok(reader
        .prepare_cached(&format!("SELECT {column} FROM awards WHERE case_id = ?1 AND released_on IS NULL"))?
        .query_row([case], |row| row.get(0))
        .optional()?)
}

/// Awards made to an enterprise in a programme since a day, other than on one case: reference, amount and day.
pub(crate) fn earlier(
    reader: &Reader,
    root: Uuid,
    programme: Uuid,
    since: NaiveDate,
    without: Uuid,
) -> Result<Vec<(String, Pence, NaiveDate)>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT c.reference, a.amount, a.offered_on FROM organisations o JOIN cases c ON c.organisation_id = o.id JOIN awards a ON a.case_id = c.id
         WHERE (o.id = ?1 OR o.group_root_id = ?1) AND c.programme_id = ?2 AND a.offered_on >= ?3 AND c.id <> ?4 AND a.released_on IS NULL
         ORDER BY a.offered_on DESC",
    )?;
    let rows = statement.query_map(params![root, programme, since.to_string(), without], |row| {
        Ok((row.get(0)?, Pence(row.get(1)?), row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
