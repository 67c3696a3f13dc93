//! Lists of cases in SQL. A page is found by its ids first, then its rows are read; counts and sums come from the derived totals
//! where the filter asks for nothing that they do not keep.

use chrono::NaiveDate;
use rusqlite::{Row, params_from_iter, types::Value};
use uuid::Uuid;

use super::{CaseList, CaseQuery, CaseSort, counted::Counted};
use crate::{
    cases::{CaseRow, Tone, query::Filter},
    money::Pence,
    problem::Problem,
    search::store as search,
    stages::{self, CaseKind},
    store::Reader,
    when,
};

const COLUMNS: &str =
    "SELECT c.id, c.reference, c.kind, p.code, r.name AS round, c.stage, o.name AS business, c.title, c.asked,
        a.amount AS awarded, date(c.received_at) AS received_on, c.due";
const BESIDE: &str = "JOIN programmes p ON p.id = c.programme_id JOIN organisations o ON o.id = c.organisation_id
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

/// Where cases are looked for: `c` is the case, or a group of cases in the totals.
struct Source {
    /// Tables.
    from: &'static str,
    /// What an amount is compared with.
    worth: &'static str,
    /// What a case was awarded.
    awarded: &'static str,
}

const TABLES: Source = Source {
    from: "cases c LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL",
    worth: "coalesce(a.amount, c.asked)",
    awarded: "a.amount",
};
const TOTALS: Source = Source { from: "case_totals c", worth: "nullif(c.worth, -1)", awarded: "c.awarded" };
/// Where words are looked for.
const FOUND: Source = Source {
    from: "search s JOIN search_cases c ON c.rid = s.rowid",
    worth: "coalesce(c.awarded, c.asked)",
    awarded: "c.awarded",
};

/// A filter as SQL with numbered marks; every value is bound, none is written into the text.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn of(filter: &Filter, source: &Source) -> Conditions {
        let mut conditions = Conditions { sql: String::from("1"), values: Vec::new() };
        let worth = source.worth;
        if let Some(words) = &filter.words {
            conditions.add("search MATCH ?", Value::Text(words.clone()));
        }
        if !filter.stages.is_empty() {
            conditions.add("c.stage IN (SELECT value FROM json_each(?))", Value::Text(json(&filter.stages)));
        }
        if !filter.kinds.is_empty() {
            let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.name()).collect();
            conditions.add("c.kind IN (SELECT value FROM json_each(?))", Value::Text(json(&kinds)));
        }
        if let Some(programme) = &filter.programme {
            conditions.add(
                "c.programme_id IN (SELECT id FROM programmes WHERE code = ? COLLATE NOCASE)",
                Value::Text(programme.clone()),
            );
        }
        if let Some(round) = &filter.round {
            conditions.add(
                "c.round_id IN (SELECT id FROM rounds WHERE name = ? COLLATE NOCASE)",
                Value::Text(round.clone()),
            );
        }
        if let Some(amount) = filter.at_least {
            conditions.add(&format!("{worth} >= ?"), Value::Integer(amount.0));
        }
        if let Some(amount) = filter.at_most {
            conditions.add(&format!("{worth} <= ?"), Value::Integer(amount.0));
        }
        if let Some(day) = filter.due_by {
            conditions.add("c.due <= ?", Value::Text(day.to_string()));
        }
        if let Some(day) = filter.received_from {
            conditions.add("c.received_at >= ?", Value::Text(day.to_string()));
        }
        if filter.owed_a_letter {
            conditions.sql.push_str(" AND c.id IN (SELECT case_id FROM letters_owed)");
        }
        conditions
    }

    fn add(&mut self, condition: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace('?', &format!("?{}", self.values.len())));
    }
}

fn json<T: serde::Serialize>(values: &T) -> String {
    // Strings alone cannot fail to serialise.
    serde_json::to_string(values).unwrap_or_default()
}

/// Whether the totals are kept by everything that the filter asks for.
fn totalled(filter: &Filter) -> bool {
    filter.words.is_none()
        && filter.due_by.is_none()
        && filter.received_from.is_none()
        && !filter.owed_a_letter
}

fn by_amount(filter: &Filter) -> bool {
    filter.at_least.is_some() || filter.at_most.is_some()
}

/// Where the filter's cases are found one by one.
fn source(filter: &Filter) -> &'static Source {
    if filter.words.is_some() { &FOUND } else { &TABLES }
}

/// The filter as its words are quickest found.
fn quickest(reader: &Reader, filter: &Filter) -> Result<Filter, Problem> {
    let words = filter.words.as_deref().map(|words| search::by_whole_words(reader, words)).transpose()?;
    Ok(Filter { words, ..filter.clone() })
}

/// How many the filter finds, and what they come to.
fn totals(reader: &Reader, filter: &Filter) -> Result<(u32, Pence, Pence), Problem> {
    let (source, count) =
        if totalled(filter) { (&TOTALS, "coalesce(sum(c.cases), 0)") } else { (source(filter), "count(*)") };
    let conditions = Conditions::of(filter, source);
    let mut statement = reader.prepare_cached(&format!(
        "SELECT {count}, coalesce(sum(c.asked), 0), coalesce(sum({}), 0) FROM {} WHERE {}",
        source.awarded, source.from, conditions.sql
    ))?;
    Ok(statement.query_row(params_from_iter(&conditions.values), |row| {
        Ok((row.get(0)?, Pence(row.get(1)?), Pence(row.get(2)?)))
    })?)
}

/// A column to sort by.
struct Order {
    /// What is compared.
    key: &'static str,
    /// What settles ties before the id does.
    then: Option<&'static str>,
    /// The cases in this order without sorting. It leaves out those that have nothing to sort by where `partial`.
    walk: &'static str,
    partial: bool,
    /// Whether the business is compared.
    of_business: bool,
}

fn order(sort: CaseSort) -> Order {
    let plain = |key, walk| Order { key, then: None, walk, partial: false, of_business: false };
    match sort {
        CaseSort::Reference => plain("c.reference", "cases c INDEXED BY sqlite_autoindex_cases_2"),
        CaseSort::Business => Order {
            of_business: true,
            ..plain(
                "o.name COLLATE NOCASE",
                "organisations o INDEXED BY organisations_by_name CROSS JOIN cases c INDEXED BY cases_by_organisation ON c.organisation_id = o.id",
            )
        },
        CaseSort::Stage => {
            Order { then: Some("c.due"), ..plain("c.stage", "cases c INDEXED BY cases_by_stage") }
        }
        CaseSort::Asked => plain("c.asked", "cases c INDEXED BY cases_by_asked"),
        CaseSort::Awarded => Order {
            partial: true,
            ..plain("a.amount", "awards a INDEXED BY awards_by_amount CROSS JOIN cases c ON c.id = a.case_id")
        },
        CaseSort::Due => plain("c.due", "cases c INDEXED BY cases_by_due"),
        CaseSort::Received => plain("c.received_at", "cases c INDEXED BY cases_by_received"),
    }
}

/// A page of what the filter finds, with counts and sums of the whole.
pub(super) fn list(
    reader: &Reader,
    counted: &Counted,
    filter: &Filter,
    query: &CaseQuery,
    today: NaiveDate,
) -> Result<CaseList, Problem> {
    let filter = &quickest(reader, filter)?;
    let order = order(query.sort);
    let found = match &filter.words {
        Some(_) if !filter.is_words_alone() => return read_once(reader, filter, query, &order, today),
        Some(words) => Some(search::rows_of_index(reader, words)?),
        None => None,
    };
    let (total, asked, awarded) = match &found {
        Some(found) => counted.sums(reader, found)?,
        None => totals(reader, filter)?,
    };
    let all: u32 = reader
        .prepare_cached("SELECT coalesce(sum(cases), 0) FROM case_totals")?
        .query_row([], |row| row.get(0))?;
    // Many are met soon enough when all are walked in order; few are gathered and sorted. Where words were found, a step of the
    // walk costs more and what is gathered less.
    let steps = u64::from(query.offset.saturating_add(query.limit)) * u64::from(all);
    let many = u64::from(total) * u64::from(total);
    let walked = match &found {
        Some(found) if 7 * steps < many => Some(walk_to_found(reader, found, query, &order, today)?),
        None if steps < 4 * many => Some(page(reader, filter, query, &order, true, today)?),
        _ => None,
    };
    let wanted = total.saturating_sub(query.offset).min(query.limit) as usize;
    let rows = match walked.filter(|rows| !order.partial || rows.len() == wanted) {
        Some(rows) => rows,
        None => page(reader, filter, query, &order, false, today)?,
    };
    Ok(CaseList { rows, total, asked, awarded })
}

/// A page of the cases that stand in these rows of the index, met on a walk through all in order.
fn walk_to_found(
    reader: &Reader,
    found: &[i64],
    query: &CaseQuery,
    order: &Order,
    today: NaiveDate,
) -> Result<Vec<CaseRow>, Problem> {
    let (open, id) = if order.partial { ("WHERE a.released_on IS NULL", "a.case_id") } else { ("", "c.id") };
    let mut walk = reader.prepare_cached(&format!(
        "SELECT c.id, (SELECT d.rid FROM search_documents d WHERE d.id = c.id) FROM {} {open} ORDER BY {}",
        order.walk,
        by(order, query, order.key, id)
    ))?;
    let mut one = reader.prepare_cached(&format!("{COLUMNS} FROM cases c {BESIDE} WHERE c.id = ?1"))?;
    let met = walk.query_map([], |row| Ok((row.get::<_, Uuid>(0)?, row.get::<_, i64>(1)?)))?;
    met.filter(|met| met.as_ref().map_or(true, |(_, rid)| found.binary_search(rid).is_ok()))
        .skip(query.offset as usize)
        .take(query.limit as usize)
        .map(|met| Ok(one.query_row([met?.0], |found| row(found, today))?))
        .collect()
}

/// How rows are ordered by this key.
fn by(order: &Order, query: &CaseQuery, key: &str, id: &str) -> String {
    let direction = if query.descending { "DESC" } else { "ASC" };
    let then = order.then.map(|key| format!(", {key} {direction}")).unwrap_or_default();
    format!("{key} {direction} NULLS LAST{then}, {id} {direction}")
}

/// What is joined, and what compared, where cases are gathered from a source and then sorted.
fn gathered(order: &Order, source: &Source) -> (&'static str, &'static str) {
    let business = if order.of_business { "JOIN organisations o ON o.id = c.organisation_id" } else { "" };
    (business, if order.partial { source.awarded } else { order.key })
}

/// The same where words find much and the rest of the filter leaves little of it: what they find is read once, for the sums
/// and the page alike.
fn read_once(
    reader: &Reader,
    filter: &Filter,
    query: &CaseQuery,
    order: &Order,
    today: NaiveDate,
) -> Result<CaseList, Problem> {
    let Conditions { sql: conditions, mut values } = Conditions::of(filter, &FOUND);
    let (business, key) = gathered(order, &FOUND);
    let then = order.then.unwrap_or("NULL");
    let within = Order { key: "key", then: order.then.map(|_| "tie"), ..*order };
    let sql = format!(
        "WITH found AS MATERIALIZED (
             SELECT c.id, c.asked, c.awarded, {key} AS key, {then} AS tie FROM {} {business} WHERE {conditions}
         )
         {COLUMNS}, (SELECT count(*) FROM found) AS total, (SELECT coalesce(sum(asked), 0) FROM found) AS all_asked,
             (SELECT coalesce(sum(awarded), 0) FROM found) AS all_awarded
         FROM (SELECT id FROM found ORDER BY {} LIMIT ?{} OFFSET ?{}) page
         CROSS JOIN cases c ON c.id = page.id {BESIDE} ORDER BY {}",
        FOUND.from,
        by(&within, query, "key", "id"),
        values.len() + 1,
        values.len() + 2,
        by(order, query, order.key, "c.id")
    );
    values.push(Value::Integer(query.limit.into()));
    values.push(Value::Integer(query.offset.into()));
    let mut list = CaseList { rows: Vec::new(), total: 0, asked: Pence::ZERO, awarded: Pence::ZERO };
    let mut statement = reader.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&values))?;
    while let Some(found) = rows.next()? {
        list.total = found.get("total")?;
        (list.asked, list.awarded) = (Pence(found.get("all_asked")?), Pence(found.get("all_awarded")?));
        list.rows.push(row(found, today)?);
    }
    if list.rows.is_empty() {
        (list.total, list.asked, list.awarded) = totals(reader, filter)?;
    }
    Ok(list)
}

fn page(
    reader: &Reader,
    filter: &Filter,
    query: &CaseQuery,
    order: &Order,
    walked: bool,
    today: NaiveDate,
) -> Result<Vec<CaseRow>, Problem> {
    let source = if walked { &TABLES } else { source(filter) };
    let Conditions { sql: conditions, mut values } = Conditions::of(filter, source);
    let by = |key: &str, id: &str| by(order, query, key, id);
    let (from, by_within) = if walked && order.partial {
        (format!("{} WHERE a.released_on IS NULL AND ", order.walk), by(order.key, "a.case_id"))
    } else if walked {
        let awards = if by_amount(filter) {
            "LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL"
        } else {
            ""
        };
        (format!("{} {awards} WHERE ", order.walk), by(order.key, "c.id"))
    } else {
        let (business, key) = gathered(order, source);
        // The sign keeps the planner from walking all cases for the order's sake.
        (format!("{} {business} WHERE ", source.from), by(&format!("+{key}"), "c.id"))
    };
    let sql = format!(
        "{COLUMNS} FROM (SELECT c.id FROM {from}{conditions} ORDER BY {by_within} LIMIT ?{} OFFSET ?{}) page
         CROSS JOIN cases c ON c.id = page.id {BESIDE} ORDER BY {}",
        values.len() + 1,
        values.len() + 2,
        by(order.key, "c.id")
    );
    values.push(Value::Integer(query.limit.into()));
    values.push(Value::Integer(query.offset.into()));
    let mut statement = reader.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), |found| row(found, today))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn ids(reader: &Reader, filter: &Filter) -> Result<Vec<Uuid>, Problem> {
    let filter = &quickest(reader, filter)?;
    let source = source(filter);
    let conditions = Conditions::of(filter, source);
    let mut statement = reader.prepare_cached(&format!(
        "SELECT c.id FROM {} WHERE {} ORDER BY c.reference",
        source.from, conditions.sql
    ))?;
    Ok(statement
        .query_map(params_from_iter(&conditions.values), |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The cases that a record has a part in, newest first.
pub(super) fn of(
    reader: &Reader,
    condition: &str,
    id: Uuid,
    today: NaiveDate,
) -> Result<Vec<CaseRow>, Problem> {
    let mut statement = reader.prepare_cached(&format!(
        "{COLUMNS} FROM cases c {BESIDE} WHERE {condition} ORDER BY c.received_at DESC, c.reference DESC"
    ))?;
    Ok(statement.query_map([id], |found| row(found, today))?.collect::<Result<_, _>>()?)
}

/// Counts for the rail: due in all, overdue, owed a letter, all cases.
pub(crate) fn counts(reader: &Reader, today: NaiveDate) -> Result<(u32, u32, u32, u32), Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT (SELECT count(*) FROM cases WHERE due <= ?1), (SELECT count(*) FROM cases WHERE due < ?1),
                    (SELECT count(DISTINCT case_id) FROM letters_owed), (SELECT coalesce(sum(cases), 0) FROM case_totals)",
        )?
        .query_row([today.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?)
}

/// Makes the totals anew.
pub(crate) fn rebuild(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM case_totals;
         INSERT INTO case_totals
         SELECT kind, stage, programme_id, round_id, worth, count(*), sum(asked), sum(awarded) FROM case_counted
         GROUP BY kind, stage, programme_id, round_id, worth;",
    )
}
