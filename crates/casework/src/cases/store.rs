use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{
    Case,
    intake::Beginning,
    list::{RoundLeft, SelectionSum},
    placement_guards::EarlierPlacement,
};
use crate::{
    findings::Accepted,
    money::Pence,
    organisations::store::ENTERPRISE,
    problem::Problem,
    programmes,
    stages::CaseKind,
    store::{Reader, Stored, Tx},
    when,
};

fn case(row: &Row) -> rusqlite::Result<Case> {
    let kind: String = row.get("kind")?;
    Ok(Case {
        id: row.get("id")?,
        kind: CaseKind::named(&kind).unwrap_or(CaseKind::Voucher),
        reference: row.get("reference")?,
        programme_id: row.get("programme_id")?,
        round_id: row.get("round_id")?,
        organisation_id: row.get("organisation_id")?,
        provider_id: row.get("provider_id")?,
        provider_as_given: row.get("provider_as_given")?,
        contact_id: row.get("contact_id")?,
        academic_id: row.get("academic_id")?,
        stage: row.get("stage")?,
        stage_since: row.get("stage_since")?,
        title: row.get("title")?,
        need: row.get("need")?,
        received_at: row.get::<_, Option<String>>("received_at")?.and_then(|text| when::parse_stored(&text)),
        channel: row.get("channel")?,
        asked: row.get::<_, Option<i64>>("asked")?.map(Pence),
        project_cost: row.get::<_, Option<i64>>("project_cost")?.map(Pence),
        due: row.get("due")?,
        recorded_by: row.get("recorded_by")?,
    })
}

pub(crate) fn get(reader: &Reader, id: Uuid) -> Result<Case, Problem> {
    reader.prepare_cached("SELECT * FROM cases WHERE id = ?1")?.query_row([id], case).optional()?.ok_or_else(
        || {
            Problem::not_found("This case is no longer in the register.")
                .fix("It may have been undone; look in the journal.")
        },
    )
}

pub(super) fn by_reference(reader: &Reader, reference: &str) -> Result<Option<Case>, Problem> {
    Ok(reader
        .prepare_cached("SELECT * FROM cases WHERE reference = ?1")?
        .query_row([reference.trim().to_uppercase()], case)
        .optional()?)
}

/// The highest number used after this prefix, by a case or on a letter that left the house.
pub(super) fn last_number(reader: &Reader, prefix: &str) -> Result<u32, Problem> {
    let last: Option<u32> = reader
        .prepare_cached(
            "SELECT max(CAST(substr(reference, length(?1) + 1) AS INTEGER)) FROM
             (SELECT reference FROM cases WHERE reference >= ?1 AND reference < ?1 || ':'
              UNION ALL SELECT reference FROM letters WHERE reference >= ?1 AND reference < ?1 || ':')",
        )?
        .query_row([prefix], |row| row.get(0))?;
    Ok(last.unwrap_or(0))
}

pub(super) fn selection_sum(reader: &Reader, ids: &[Uuid]) -> Result<SelectionSum, Problem> {
    let mut asked = Pence::ZERO;
    let mut rounds: Vec<Uuid> = Vec::new();
    for id in ids {
        let case = get(reader, *id)?;
        asked = asked + case.asked.unwrap_or_default();
        if let Some(round) = case.round_id.filter(|round| !rounds.contains(round)) {
            rounds.push(round);
        }
    }
    let rounds = rounds
        .into_iter()
        .filter_map(|id| programmes::store::round_by_id(reader, id).transpose())
        .map(|round| round.map(|round| RoundLeft { left: round.left(), round: round.name }))
        .collect::<Result<_, _>>()?;
    Ok(SelectionSum { count: u32::try_from(ids.len()).unwrap_or(u32::MAX), asked, rounds })
}

/// The stored value of a case's field, shared or of its kind.
pub(crate) fn value(reader: &Reader, table: &str, column: &str, id: Uuid) -> Result<Stored, Problem> {
    Ok(reader
        .prepare_cached(&format!("SELECT {column} FROM {table} WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
        .optional()?
        .unwrap_or(Stored::Null))
}

pub(super) fn insert(
    tx: &Tx,
    id: Uuid,
    case: &super::NewCase,
    stage: &str,
    beginning: &Beginning,
    officer: Uuid,
) -> Result<(), Problem> {
    tx.prepare_cached(
        "INSERT INTO cases (id, kind, reference, programme_id, round_id, organisation_id, provider_id, provider_as_given, contact_id,
                            stage, stage_since, title, need, received_at, channel, asked, project_cost, due, recorded_by,
                            external_reference, fingerprint)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .execute(params![
        id,
        case.kind.name(),
        beginning.reference,
        case.programme_id,
        case.round_id,
        case.organisation_id,
        case.provider_id,
        case.provider_as_given,
        case.contact_id,
        stage,
        beginning.received_on.to_string(),
        case.title,
        case.need,
        when::stored_instant(case.received_at),
        case.channel,
        case.asked.map(|amount| amount.0),
        case.project_cost.map(|amount| amount.0),
        beginning.due.map(|day| day.to_string()),
        officer,
        case.external_reference,
        case.fingerprint
    ])?;
    let own = case.kind.table();
    tx.prepare_cached(&format!("INSERT INTO {own} (id) VALUES (?1)"))?.execute([id])?;
    Ok(())
}

pub(crate) struct Move<'a> {
    pub case_id: Uuid,
    pub from: Option<&'a str>,
    pub to: &'a str,
    pub due: Option<NaiveDate>,
    pub effective_on: NaiveDate,
    pub recorded_at: &'a str,
    pub officer: Uuid,
    pub note: Option<&'a str>,
}

/// Puts a case on a stage, with what falls due there, and keeps the move.
pub(crate) fn put_on_stage(tx: &Tx, step: &Move) -> Result<(), Problem> {
    tx.prepare_cached("UPDATE cases SET stage = ?2, stage_since = ?3, due = ?4 WHERE id = ?1")?.execute(
        params![step.case_id, step.to, step.effective_on.to_string(), step.due.map(|day| day.to_string())],
    )?;
    keep_move(tx, step)
}

/// Keeps that a case came to a stage, where it stands already.
pub(super) fn keep_move(tx: &Tx, step: &Move) -> Result<(), Problem> {
    tx.prepare_cached(
        "INSERT INTO stage_moves (id, case_id, from_stage, to_stage, effective_on, recorded_at, officer_id, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        Uuid::now_v7(),
        step.case_id,
        step.from,
        step.to,
        step.effective_on.to_string(),
        step.recorded_at,
        step.officer,
        step.note
    ])?;
    Ok(())
}

/// The warnings of a case that were accepted with a reason.
pub(crate) fn accepted(reader: &Reader, case: Uuid) -> Result<Vec<(String, Accepted)>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT a.rule, a.reason, a.accepted_on, o.name FROM accepted_findings a JOIN officers o ON o.id = a.officer_id WHERE a.case_id = ?1",
    )?;
    let rows = statement.query_map([case], |row| {
        Ok((row.get(0)?, Accepted { reason: row.get(1)?, on: row.get(2)?, by: row.get(3)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn accept(
    tx: &Tx,
    case: Uuid,
    rule: &str,
    reason: &str,
    officer: Uuid,
    today: NaiveDate,
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO accepted_findings (id, case_id, rule, reason, officer_id, accepted_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (case_id, rule) DO UPDATE SET reason = excluded.reason, officer_id = excluded.officer_id, accepted_on = excluded.accepted_on",
        params![Uuid::now_v7(), case, rule, reason, officer, today.to_string()],
    )?;
    Ok(())
}

/// Who last moved the case to a stage.
pub(super) fn moved_by(reader: &Reader, case: Uuid, to: &str) -> Result<Option<Uuid>, Problem> {
    Ok(reader
        .prepare_cached("SELECT officer_id FROM stage_moves WHERE case_id = ?1 AND to_stage = ?2 ORDER BY id DESC LIMIT 1")?
        .query_row((case, to), |row| row.get(0))
        .optional()?)
}

/// The records that belong to a case besides its own rows, for its history.
pub(super) fn related(reader: &Reader, case: Uuid) -> Result<Vec<(&'static str, Uuid)>, Problem> {
    let mut records = Vec::new();
    for table in ["stage_moves", "decisions", "awards", "accepted_findings", "letters"] {
        let mut statement = reader.prepare_cached(&format!("SELECT id FROM {table} WHERE case_id = ?1"))?;
        let ids = statement.query_map([case], |row| row.get::<_, Uuid>(0))?;
        for id in ids {
            records.push((table, id?));
        }
    }
    Ok(records)
}

/// The case with exactly this title.
pub(crate) fn by_title(reader: &Reader, title: &str) -> Result<Option<Uuid>, Problem> {
    Ok(reader
        .prepare_cached("SELECT id FROM cases WHERE title = ?1 LIMIT 1")?
        .query_row([title], |row| row.get(0))
        .optional()?)
}

/// The newest case at a stage.
pub(crate) fn newest_at(reader: &Reader, kind: CaseKind, stage: &str) -> Result<Option<Uuid>, Problem> {
    Ok(reader
        .prepare_cached("SELECT max(id) FROM cases WHERE kind = ?1 AND stage = ?2")?
        .query_row((kind.name(), stage), |row| row.get(0))?)
}

/// Other placements of the host's enterprise in the same programme that were funded since a day and came to be, newest first.
pub(super) fn earlier_placements(
    reader: &Reader,
    case: &super::Case,
    since: NaiveDate,
) -> Result<Vec<EarlierPlacement>, Problem> {
    let mut statement = reader.prepare_cached(&format!(
        "{ENTERPRISE} SELECT c.reference, max(m.effective_on) AS funded_on
         FROM enterprise o CROSS JOIN cases c ON c.organisation_id = o.id
         JOIN stage_moves m ON m.case_id = c.id AND m.to_stage = 'funded'
         WHERE c.kind = 'placement' AND c.programme_id = ?2 AND c.id <> ?3 AND c.stage NOT IN ('withdrawn', 'no_candidate')
         GROUP BY c.id HAVING funded_on >= ?4 ORDER BY funded_on DESC"
    ))?;
    let rows = statement
        .query_map(params![case.organisation_id, case.programme_id, case.id, since.to_string()], |row| {
            Ok(EarlierPlacement { reference: row.get(0)?, funded_on: row.get(1)? })
        })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The day on which an accepted voucher is given: the later of acceptance and confirmation.
pub(super) fn given_on(reader: &Reader, case: Uuid, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let day: Option<NaiveDate> = reader
        .prepare_cached(
            "SELECT max(coalesce(accepted_on, ''), coalesce(subsidy_declaration_on, '')) FROM vouchers WHERE id = ?1",
        )?
        .query_row([case], |row| row.get::<_, Option<String>>(0))
        .optional()?
        .flatten()
        .and_then(|day| day.parse().ok());
    Ok(day.unwrap_or(today))
}
