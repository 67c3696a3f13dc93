use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, ToSql, params, params_from_iter, types::Value};
use uuid::Uuid;

use super::{
    Case, CaseRow, Tone,
    list::{CaseList, CaseQuery, CaseSort, RoundLeft, SelectionSum},
    query::Filter,
};
use crate::{
    findings::Accepted,
    money::Pence,
    problem::Problem,
    programmes,
    stages::{self, CaseKind},
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

const ROWS: &str = "SELECT c.id, c.reference, c.kind, p.code, r.name AS round, c.stage, o.name AS business, c.title, c.asked,
        a.amount AS awarded, date(c.received_at) AS received_on, c.due
     FROM cases c JOIN programmes p ON p.id = c.programme_id JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN rounds r ON r.id = c.round_id LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL";

fn row(row: &Row, today: NaiveDate) -> rusqlite::Result<CaseRow> {
    let kind = CaseKind::named(&row.get::<_, String>("kind")?).unwrap_or(CaseKind::Voucher);
    let stage: String = row.get("stage")?;
    let due: Option<NaiveDate> = row.get("due")?;
    Ok(CaseRow {
        id: row.get("id")?,
        reference: row.get("reference")?,
        kind,
        programme: row.get("code")?,
        round: row.get("round")?,
        stage_label: stages::label(kind, &stage),
        stage,
        business: row.get("business")?,
        title: row.get("title")?,
        asked: row.get::<_, Option<i64>>("asked")?.map(Pence),
        awarded: row.get::<_, Option<i64>>("awarded")?.map(Pence),
        received_on: row.get("received_on")?,
        due,
        due_words: due.map(|due| when::due_in_words(due, today)),
        tone: Tone::of(due, today),
        mark: None,
    })
}

/// The filter as SQL with numbered marks; every value is bound, none is written into the text.
fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let mut sql = String::from("1");
    let mut values: Vec<Value> = Vec::new();
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(" AND ");
        sql.push_str(&condition.replace("?", &format!("?{}", values.len())));
    };
    if let Some(words) = &filter.words {
        add(
            "c.id IN (SELECT d.id FROM search s JOIN search_documents d ON d.rid = s.rowid WHERE search MATCH ? AND d.noun = 'case')",
            Value::Text(words.clone()),
        );
    }
    if !filter.stages.is_empty() {
        add("c.stage IN (SELECT value FROM json_each(?))", Value::Text(json(&filter.stages)));
    }
    if !filter.kinds.is_empty() {
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.name()).collect();
        add("c.kind IN (SELECT value FROM json_each(?))", Value::Text(json(&kinds)));
    }
    if let Some(programme) = &filter.programme {
        add(
            "c.programme_id IN (SELECT id FROM programmes WHERE code = ? COLLATE NOCASE)",
            Value::Text(programme.clone()),
        );
    }
    if let Some(round) = &filter.round {
        add(
            "c.round_id IN (SELECT id FROM rounds WHERE name = ? COLLATE NOCASE)",
            Value::Text(round.clone()),
        );
    }
    if let Some(amount) = filter.at_least {
        add("coalesce(a.amount, c.asked) >= ?", Value::Integer(amount.0));
    }
    if let Some(amount) = filter.at_most {
        add("coalesce(a.amount, c.asked) <= ?", Value::Integer(amount.0));
    }
    if let Some(day) = filter.due_by {
        add("c.due <= ?", Value::Text(day.to_string()));
    }
    if let Some(day) = filter.received_from {
        add("c.received_at >= ?", Value::Text(day.to_string()));
    }
    if filter.owed_a_letter {
        // The stages that owe a letter come from the stage tables, so the query holds no stage's name.
        let owed: Vec<[&str; 3]> = CaseKind::ALL
            .iter()
            .flat_map(|kind| stages::stages(*kind).iter().map(move |stage| (kind, stage)))
            .filter_map(|(kind, stage)| stage.letters.first().map(|letter| [kind.name(), stage.id, *letter]))
            .collect();
        add(
            "EXISTS (SELECT 1 FROM json_each(?) w WHERE w.value ->> 0 = c.kind AND w.value ->> 1 = c.stage
              AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.case_id = c.id AND l.kind = w.value ->> 2 AND l.withdrawn_at IS NULL))",
            Value::Text(json(&owed)),
        );
    }
    (sql, values)
}

fn json<T: serde::Serialize>(values: &T) -> String {
    // Strings alone cannot fail to serialise.
    serde_json::to_string(values).unwrap_or_default()
}

pub(super) fn list(
    reader: &Reader,
    filter: &Filter,
    query: &CaseQuery,
    today: NaiveDate,
) -> Result<CaseList, Problem> {
    let (conditions, mut values) = conditions(filter);
    let counted = format!(
        "SELECT count(*), coalesce(sum(c.asked), 0), coalesce(sum(a.amount), 0)
         FROM cases c LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL WHERE {conditions}"
    );
    let (total, asked, awarded) =
        reader.prepare_cached(&counted)?.query_row(params_from_iter(&values), |row| {
            Ok((row.get(0)?, Pence(row.get(1)?), Pence(row.get(2)?)))
        })?;
    let direction = if query.descending { "DESC" } else { "ASC" };
    let column = match query.sort {
        CaseSort::Reference => "c.reference",
        CaseSort::Business => "o.name COLLATE NOCASE",
        CaseSort::Stage => "c.stage",
        CaseSort::Asked => "c.asked",
        CaseSort::Awarded => "a.amount",
        CaseSort::Due => "c.due",
        CaseSort::Received => "c.received_at",
    };
    let sql = format!(
        "{ROWS} WHERE {conditions} ORDER BY {column} IS NULL, {column} {direction}, c.reference {direction} LIMIT ?{} OFFSET ?{}",
        values.len() + 1,
        values.len() + 2
    );
    values.push(Value::Integer(query.limit.into()));
    values.push(Value::Integer(query.offset.into()));
    let mut statement = reader.prepare_cached(&sql)?;
    let rows = statement
        .query_map(params_from_iter(&values), |found| row(found, today))?
        .collect::<Result<_, _>>()?;
    Ok(CaseList { rows, total, asked, awarded })
}

pub(super) fn ids(reader: &Reader, filter: &Filter) -> Result<Vec<Uuid>, Problem> {
    let (conditions, values) = conditions(filter);
    let mut statement = reader.prepare_cached(&format!(
        "SELECT c.id FROM cases c LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL WHERE {conditions} ORDER BY c.reference"
    ))?;
    Ok(statement.query_map(params_from_iter(&values), |row| row.get(0))?.collect::<Result<_, _>>()?)
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

pub(super) fn of(
    reader: &Reader,
    condition: &str,
    id: Uuid,
    today: NaiveDate,
) -> Result<Vec<CaseRow>, Problem> {
    let mut statement = reader
        .prepare_cached(&format!("{ROWS} WHERE {condition} ORDER BY c.received_at DESC, c.reference DESC"))?;
    Ok(statement.query_map([id], |found| row(found, today))?.collect::<Result<_, _>>()?)
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
    reference: &str,
    stage: &str,
    today: NaiveDate,
    officer: Uuid,
) -> Result<(), Problem> {
    tx.prepare_cached(
        "INSERT INTO cases (id, kind, reference, programme_id, round_id, organisation_id, provider_id, provider_as_given, contact_id,
                            stage, stage_since, title, need, received_at, channel, asked, project_cost, recorded_by,
                            external_reference, fingerprint)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?
    .execute(params![
        id,
        case.kind.name(),
        reference,
        case.programme_id,
        case.round_id,
        case.organisation_id,
        case.provider_id,
        case.provider_as_given,
        case.contact_id,
        stage,
        today.to_string(),
        case.title,
        case.need,
        when::stored_instant(case.received_at),
        case.channel,
        case.asked.map(|amount| amount.0),
        case.project_cost.map(|amount| amount.0),
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

/// Counts for the rail: due in all, overdue, owed a letter, all cases.
pub(crate) fn counts(reader: &Reader, today: NaiveDate) -> Result<(u32, u32, u32, u32), Problem> {
    let today = today.to_string();
    let count = |sql: &str, values: &[&dyn ToSql]| -> Result<u32, Problem> {
        Ok(reader.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
    };
    let (conditions, values) = conditions(&Filter { owed_a_letter: true, ..Filter::default() });
    let owed = reader
        .prepare_cached(&format!("SELECT count(*) FROM cases c WHERE {conditions}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    Ok((
        count("SELECT count(*) FROM cases WHERE due <= ?1", &[&today])?,
        count("SELECT count(*) FROM cases WHERE due < ?1", &[&today])?,
        owed,
        count("SELECT count(*) FROM cases", &[])?,
    ))
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
