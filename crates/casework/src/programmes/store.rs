use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::{ApprovalLimit, Opening, Programme, ProgrammeRow, Round, RoundRow};
use crate::{
    money::{Pence, Rate},
    officers::Role,
    problem::Problem,
    store::{Reader, Tx},
    when,
};

/// What is awarded and neither released nor ended unpaid. Counted each time for the rules; lists take it from the derived totals.
const COMMITTED: &str = "(SELECT coalesce(sum(a.amount), 0) FROM awards a JOIN cases c ON c.id = a.case_id
     WHERE c.round_id = r.id AND a.released_on IS NULL)";

fn programme(row: &Row) -> rusqlite::Result<Programme> {
    let money = |column: &str| row.get::<_, Option<i64>>(column).map(|pence| pence.map(Pence));
    Ok(Programme {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        instrument: row.get("instrument")?,
        funder_name: row.get("funder_name")?,
        subsidy_route: row.get("subsidy_route")?,
        size_test: row.get("size_test")?,
        eligible_area: row
            .get::<_, Option<String>>("eligible_area")?
            .unwrap_or_default()
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        value_min: money("value_min")?,
        value_max: money("value_max")?,
        intervention_rate: Rate(row.get("intervention_rate")?),
        match_kind: row.get("match_kind")?,
        match_cash_min: row.get::<_, Option<i64>>("match_cash_min")?.map(Rate),
        paid_to: row.get("paid_to")?,
        provider_share: row.get::<_, Option<i64>>("provider_share")?.map(Rate),
        vat_rule: row.get("vat_rule")?,
        awards_per_business: row.get("awards_per_business")?,
        look_back_months: row.get("look_back_months")?,
        graduate_within_years: row.get("graduate_within_years")?,
        accept_within_days: row.get("accept_within_days")?,
        start_within_days: row.get("start_within_days")?,
        validity_months: row.get("validity_months")?,
        claim_within_days: row.get("claim_within_days")?,
        decide_within_working_days: row.get("decide_within_working_days")?,
        pay_within_working_days: row.get("pay_within_working_days")?,
        appeal_working_days: row.get("appeal_working_days")?,
        retention_years: row.get("retention_years")?,
        publication_statement: row.get("publication_statement")?,
    })
}

fn instant(row: &Row, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|text| when::parse_stored(&text)))
}

fn round(row: &Row) -> rusqlite::Result<Round> {
    Ok(Round {
        id: row.get("id")?,
        programme_id: row.get("programme_id")?,
        name: row.get("name")?,
        opens_at: instant(row, "opens_at")?,
        closes_at: instant(row, "closes_at")?,
        budget: Pence(row.get("budget")?),
        committed: Pence(row.get("committed")?),
        rules_as_of: row.get("rules_as_of")?,
    })
}

pub(crate) fn get(reader: &Reader, id: Uuid) -> Result<Programme, Problem> {
    reader
        .prepare_cached("SELECT * FROM programmes WHERE id = ?1")?
        .query_row([id], programme)
        .optional()?
        .ok_or_else(|| Problem::not_found("This programme is no longer in the register."))
}

pub(crate) fn id_of_code(reader: &Reader, code: &str) -> Result<Option<Uuid>, Problem> {
    Ok(reader
        .prepare_cached("SELECT id FROM programmes WHERE code = ?1 COLLATE NOCASE")?
        .query_row([code], |row| row.get(0))
        .optional()?)
}

pub(crate) fn round_by_id(reader: &Reader, id: Uuid) -> Result<Option<Round>, Problem> {
    Ok(reader
        .prepare_cached(&format!("SELECT r.*, {COMMITTED} AS committed FROM rounds r WHERE r.id = ?1"))?
        .query_row([id], round)
        .optional()?)
}

/// The round that opened last, of any programme; of several the one with the most cases.
pub(crate) fn newest_round(reader: &Reader) -> Result<Option<Round>, Problem> {
    let newest: Option<Uuid> = reader
        .prepare_cached(
            "SELECT r.id FROM rounds r WHERE r.opens_at IS (SELECT max(opens_at) FROM rounds)
             ORDER BY (SELECT count(*) FROM cases c WHERE c.round_id = r.id) DESC, r.id DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    newest.map(|id| round_by_id(reader, id)).transpose().map(Option::flatten)
}

/// When the rounds of a programme are open.
pub(super) fn openings(reader: &Reader, programme: Uuid) -> Result<Vec<Opening>, Problem> {
    let mut statement =
        reader.prepare_cached("SELECT id, opens_at, closes_at FROM rounds WHERE programme_id = ?1")?;
    let rows = statement.query_map([programme], |row| {
        Ok(Opening {
            round: row.get("id")?,
            opens_at: instant(row, "opens_at")?,
            closes_at: instant(row, "closes_at")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When a round closes; its money is not looked at.
pub(crate) fn closes_at(reader: &Reader, round: Uuid) -> Result<Option<DateTime<Utc>>, Problem> {
    Ok(reader
        .prepare_cached("SELECT closes_at FROM rounds WHERE id = ?1")?
        .query_row([round], |row| instant(row, "closes_at"))
        .optional()?
        .flatten())
}

pub(super) fn rows(reader: &Reader) -> Result<Vec<ProgrammeRow>, Problem> {
    let totals = totals(reader)?;
    let mut statement = reader.prepare_cached(
        "SELECT id, code, name, instrument FROM programmes ORDER BY closed_on IS NOT NULL, name COLLATE NOCASE",
    )?;
    let mut programmes = statement
        .query_map([], |row| {
            let id = row.get("id")?;
            let own = totals.iter().filter(|((programme, _), _)| *programme == id);
            Ok(ProgrammeRow {
                id,
                code: row.get("code")?,
                name: row.get("name")?,
                kind: row.get("instrument")?,
                cases: own.map(|(_, (cases, _))| cases).sum(),
                rounds: Vec::new(),
                approval_limits: Vec::new(),
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    for programme in &mut programmes {
        programme.rounds = round_rows(reader, programme.id, &totals)?;
        programme.approval_limits = [Role::Officer, Role::Manager]
            .into_iter()
            .map(|role| Ok(ApprovalLimit { role, amount: limit(reader, programme.id, role.name())? }))
            .collect::<Result<_, Problem>>()?;
    }
    Ok(programmes)
}

/// How many cases each round of a programme has, or the programme without a round, and what is awarded in it and not released.
type Totals = HashMap<(Uuid, Option<Uuid>), (u32, Pence)>;

fn totals(reader: &Reader) -> Result<Totals, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT programme_id, nullif(round_id, x''), sum(cases), sum(awarded) FROM case_totals GROUP BY 1, 2",
    )?;
    let rows =
        statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, Pence(row.get(3)?)))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn round_rows(reader: &Reader, programme: Uuid, totals: &Totals) -> Result<Vec<RoundRow>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT id, name, opens_at, closes_at, budget FROM rounds WHERE programme_id = ?1 ORDER BY opens_at, id",
    )?;
    let rows = statement.query_map([programme], |row| {
        let (id, budget) = (row.get("id")?, Pence(row.get("budget")?));
        let (cases, committed) = totals.get(&(programme, Some(id))).copied().unwrap_or_default();
        Ok(RoundRow {
            id,
            programme_id: programme,
            name: row.get("name")?,
            opens_at: instant(row, "opens_at")?,
            closes_at: instant(row, "closes_at")?,
            budget,
            committed,
            left: budget - committed,
            cases,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn limit(reader: &Reader, programme: Uuid, role: &str) -> Result<Option<Pence>, Problem> {
    Ok(reader
        .prepare_cached("SELECT amount FROM approval_limits WHERE programme_id = ?1 AND role = ?2")?
        .query_row((programme, role), |row| row.get(0))
        .optional()?
        .map(Pence))
}

pub(super) fn set_limit(tx: &Tx, programme: Uuid, role: &str, amount: Option<Pence>) -> Result<(), Problem> {
    match amount {
        None => tx.execute(
            "DELETE FROM approval_limits WHERE programme_id = ?1 AND role = ?2",
            (programme, role),
        )?,
        Some(amount) => tx.execute(
            "INSERT INTO approval_limits (id, programme_id, role, amount) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (programme_id, role) DO UPDATE SET amount = excluded.amount",
            (Uuid::now_v7(), programme, role, amount.0),
        )?,
    };
    Ok(())
}

/// How many cases of each kind a programme has; a kind without any is not named.
pub(super) fn cases_by_kind(reader: &Reader, programme: Uuid) -> Result<Vec<(String, u32)>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT kind, sum(cases) AS cases FROM case_totals WHERE programme_id = ?1 GROUP BY kind
         HAVING sum(cases) > 0 ORDER BY cases DESC",
    )?;
    let rows = statement.query_map([programme], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is awarded in a round and not released, by the stage its case is on.
pub(crate) fn money_by_stage(reader: &Reader, round: Uuid) -> Result<Vec<(String, Pence)>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT c.stage, sum(a.amount) FROM awards a JOIN cases c ON c.id = a.case_id
         WHERE c.round_id = ?1 AND a.released_on IS NULL GROUP BY c.stage",
    )?;
    let rows = statement.query_map([round], |row| Ok((row.get(0)?, Pence(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
