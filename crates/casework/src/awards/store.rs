use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Award, Quote, Recorded, vat_eligible};
use crate::{
    cases::{self, Case},
    money::{Pence, Rate},
    office,
    organisations::{Organisation, store::ENTERPRISE},
    problem::Problem,
    programmes::Programme,
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
                vat: row.get::<_, Option<i64>>("vat_amount")?.map(Pence),
                vat_eligible: row.get::<_, Option<bool>>("vat_eligible")?.unwrap_or(false),
                paid_to_provider: row.get::<_, Option<i64>>("paid_to_provider")?.map(Pence),
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
        "INSERT INTO awards (id, case_id, decision_id, amount, eligible_cost, intervention_rate, offered_on, accept_by, start_by, expires_on, claim_by,
                             vat_amount, vat_eligible, paid_to_provider)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
            award.claim_by.to_string(),
            award.vat.map(|vat| vat.0),
            award.vat_eligible,
            award.paid_to_provider.map(|part| part.0)
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

/// The quote of a case as recorded, with VAT at the rate of the day where none is quoted.
pub(crate) fn quote(
    reader: &Reader,
    case: &Case,
    programme: &Programme,
    business: &Organisation,
    today: NaiveDate,
) -> Result<Option<Quote>, Problem> {
    let Some(cost) = case.project_cost else { return Ok(None) };
    let number = |column| cases::store::value(reader, "vouchers", column, case.id).map(|stored| stored.int());
    let recorded = Recorded {
        cost,
        includes_vat: number("cost_includes_vat")? == Some(1),
        vat: number("vat_amount")?.map(Pence),
    };
    let rate = Rate(office::store::limit_on(reader, "vat", today)?.amount.0);
    Ok(Some(Quote::new(recorded, rate, vat_eligible(programme, business))))
}

/// Awards made to an enterprise in a programme since a day, other than on one case: reference, amount and day.
pub(crate) fn earlier(
    reader: &Reader,
    member: Uuid,
    programme: Uuid,
    since: NaiveDate,
    without: Uuid,
) -> Result<Vec<(String, Pence, NaiveDate)>, Problem> {
    // The sign keeps the planner from going through all cases of the programme: an enterprise has few.
    let mut statement = reader.prepare_cached(&format!(
        "{ENTERPRISE} SELECT c.reference, a.amount, a.offered_on
         FROM enterprise o CROSS JOIN cases c ON c.organisation_id = o.id CROSS JOIN awards a ON a.case_id = c.id
         WHERE +c.programme_id = ?2 AND a.offered_on >= ?3 AND c.id <> ?4 AND a.released_on IS NULL
         ORDER BY a.offered_on DESC"
    ))?;
    let rows = statement.query_map(params![member, programme, since.to_string(), without], |row| {
        Ok((row.get(0)?, Pence(row.get(1)?), row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
