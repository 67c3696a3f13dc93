//! The inverse of one entry, applied to the tables. Each statement names the values it expects to find.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, params_from_iter};

use super::withdraws;
use crate::{
    Entry, FieldChange, Operation, RecordChange, RegisterError, Value,
    journal::read,
    shape::{Column, Shape, TableShape, quoted},
};

/// Which way the inverse is meant.
pub(crate) enum Direction {
    /// An undo at this instant: what left the house is withdrawn.
    Undo { at: String },
    /// A look back: what was not there yet is not there.
    Back,
}

/// Applies inverses to tables of this shape.
pub(crate) struct Inverse<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) direction: &'a Direction,
    /// Where the journal is read; the tables may be a copy without it.
    pub(crate) journal: &'a Connection,
}

enum Outcome {
    Done,
    /// The record is not as it was left.
    Unexpected,
    /// A constraint stands in the way; another statement may clear it.
    Held(String),
}

impl Inverse<'_> {
    /// Applies the inverse of an entry. `going` are the entries that are undone together.
    pub(crate) fn apply(
        &self,
        connection: &Connection,
        entry: &Entry,
        changes: &[RecordChange],
        going: &BTreeSet<i64>,
    ) -> Result<(), RegisterError> {
        let depths = depths(self.shape);
        let depth = |change: &RecordChange| self.shape.index(&change.table).map_or(0, |table| depths[table]);
        let mut waiting: Vec<&RecordChange> = changes.iter().collect();
        // Updates let go of rows that are to vanish; children vanish before parents, and parents return before children.
        waiting.sort_by_key(|change| match change.operation {
            Operation::Updated => (0, 0),
            Operation::Inserted => (1, -depth(change)),
            Operation::Deleted => (2, depth(change)),
        });
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut held = Vec::new();
            let mut why = String::new();
            for change in waiting {
                match self.invert(connection, entry, change)? {
                    Outcome::Done => {}
                    Outcome::Unexpected => return Err(changed_since(self.journal, entry, change, going)?),
                    Outcome::Held(constraint) => {
                        why = constraint;
                        held.push(change);
                    }
                }
            }
            if held.len() == before {
                let reason = format!(
                    "“{}” cannot be undone: what came after it stands in the way ({why}).",
                    entry.label
                );
                return Err(RegisterError::CannotUndo { reason });
            }
            waiting = held;
        }
        Ok(())
    }

    fn invert(
        &self,
        connection: &Connection,
        entry: &Entry,
        change: &RecordChange,
    ) -> Result<Outcome, RegisterError> {
        let table = self.shape.table(&change.table).ok_or_else(|| outdated(entry, &change.table))?;
        if let Some(field) = change.fields.iter().find(|field| table.column(&field.field).is_none()) {
            return Err(outdated(entry, &format!("{}.{}", table.name, field.field)));
        }
        let withdrawn = match (self.direction, &table.standing) {
            (Direction::Undo { at }, Some(standing)) if withdraws(entry, change, standing) => {
                Some((standing, at))
            }
            _ => None,
        };
        let columns = |pick: fn(&FieldChange) -> &Value| {
            change.fields.iter().map(|field| (field.field.as_str(), pick(field).clone())).collect::<Vec<_>>()
        };
        let (olds, news) = (columns(|field| &field.old), columns(|field| &field.new));
        match (change.operation, withdrawn) {
            (Operation::Inserted, Some((standing, at))) => {
                update(connection, table, change, vec![(standing, Value::Text(at.clone()))], news)
            }
            (Operation::Updated, Some((standing, at))) => {
                let mark = |(column, old)| {
                    if column == standing { (column, Value::Text(at.clone())) } else { (column, old) }
                };
                update(connection, table, change, olds.into_iter().map(mark).collect(), news)
            }
            (Operation::Updated, None) => update(connection, table, change, olds, news),
            (Operation::Inserted, None) => {
                let back = matches!(self.direction, Direction::Back);
                let empty = if back { unsaid(table, change) } else { Vec::new() };
                let expected = news.into_iter().chain(empty).collect();
                // The tables of the past take nothing along: there a record that is gone was dropped behind the journal.
                delete(connection, table, change, expected, table.cascades && !back)
            }
            (Operation::Deleted, _) => insert(connection, table, change, olds),
        }
    }
}

type Columns<'a> = Vec<(&'a str, Value)>;

fn update(
    connection: &Connection,
    table: &TableShape,
    change: &RecordChange,
    set: Columns<'_>,
    expected: Columns<'_>,
) -> Result<Outcome, RegisterError> {
    // Only personal columns changed, and they were erased since.
    if set.is_empty() {
        return Ok(Outcome::Done);
    }
    let sets: Vec<String> = set.iter().map(|(column, _)| format!("{} = ?", quoted(column))).collect();
    let sql =
        format!("UPDATE {} SET {} WHERE id = ?{}", quoted(&table.name), sets.join(", "), guards(&expected));
    let values = set
        .into_iter()
        .map(value)
        .chain([Value::Blob(change.key.clone())])
        .chain(expected.into_iter().map(value));
    outcome(connection, &sql, values)
}

fn delete(
    connection: &Connection,
    table: &TableShape,
    change: &RecordChange,
    expected: Columns<'_>,
    may_be_gone: bool,
) -> Result<Outcome, RegisterError> {
    let sql = format!("DELETE FROM {} WHERE id = ?{}", quoted(&table.name), guards(&expected));
    let key = || Value::Blob(change.key.clone());
    let outcome = outcome(connection, &sql, [key()].into_iter().chain(expected.into_iter().map(value)))?;
    if matches!(outcome, Outcome::Unexpected) && may_be_gone {
        // Its parent may have taken it along.
        let sql = format!("SELECT 1 FROM {} WHERE id = ?", quoted(&table.name));
        if !connection.prepare_cached(&sql)?.exists([key()])? {
            return Ok(Outcome::Done);
        }
    }
    Ok(outcome)
}

fn insert<'a>(
    connection: &Connection,
    table: &'a TableShape,
    change: &RecordChange,
    mut columns: Columns<'a>,
) -> Result<Outcome, RegisterError> {
    if change.erased.is_some() {
        for column in table.columns.iter().filter(|column| column.is_personal) {
            columns.push((&column.name, column.erased()));
        }
    }
    let names: String = columns.iter().map(|(column, _)| format!(", {}", quoted(column))).collect();
    let marks = ", ?".repeat(columns.len());
    let sql = format!("INSERT INTO {} (id{names}) VALUES (?{marks})", quoted(&table.name));
    outcome(
        connection,
        &sql,
        [Value::Blob(change.key.clone())].into_iter().chain(columns.into_iter().map(value)),
    )
}

/// The columns that a new record left empty. An undo may find them filled by a step of the tables since.
fn unsaid<'a>(table: &'a TableShape, change: &RecordChange) -> Columns<'a> {
    let said = |column: &Column| change.fields.iter().any(|field| field.field == column.name);
    let open = |column: &Column| {
        column.is_key || column.has_default || (column.is_personal && change.erased.is_some())
    };
    let unsaid = table.columns.iter().filter(|column| !open(column) && !said(column));
    unsaid.map(|column| (column.name.as_str(), Value::Null)).collect()
}

fn guards(expected: &Columns<'_>) -> String {
    expected.iter().map(|(column, _)| format!(" AND {} IS ?", quoted(column))).collect()
}

fn value((_, value): (&str, Value)) -> Value {
    value
}

fn outcome(
    connection: &Connection,
    sql: &str,
    values: impl Iterator<Item = Value>,
) -> Result<Outcome, RegisterError> {
    match connection.prepare_cached(sql)?.execute(params_from_iter(values)) {
        Ok(1) => Ok(Outcome::Done),
        Ok(_) => Ok(Outcome::Unexpected),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Ok(Outcome::Held(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

/// How many tables deep each table's parents go.
fn depths(shape: &Shape) -> Vec<i64> {
    let mut depths = vec![0; shape.tables.len()];
    // As many rounds as tables settle any order; a circle is cut short by them.
    for _ in 0..shape.tables.len() {
        for (table, found) in shape.tables.iter().enumerate() {
            let deepest = found
                .parents
                .iter()
                .filter_map(|parent| shape.index(parent))
                .map(|parent| depths[parent] + 1)
                .max();
            depths[table] = deepest.unwrap_or(0).min(shape.tables.len() as i64);
        }
    }
    depths
}

fn outdated(entry: &Entry, what: &str) -> RegisterError {
    let reason = format!(
        "“{}” cannot be undone: it is older than the present form of the register ({what} is gone).",
        entry.label
    );
    RegisterError::CannotUndo { reason }
}

/// Names what changed a record after an entry.
fn changed_since(
    journal: &Connection,
    entry: &Entry,
    change: &RecordChange,
    going: &BTreeSet<i64>,
) -> Result<RegisterError, RegisterError> {
    let later = read::entries(
        journal,
        "WHERE j.seq > ?1 AND j.seq IN (SELECT seq FROM journal_record WHERE key = ?2 AND tbl = ?3) ORDER BY j.seq DESC",
        (entry.seq, &change.key, &change.table),
    )?;
    let since = match later.iter().find(|later| !going.contains(&later.seq)) {
        Some(later) => format!(
            "{} changed it on {} (“{}”).",
            later.actor.name,
            later.at.format("%-d %B %Y, %H:%M UTC"),
            later.label
        ),
        None => "It was changed outside the journal.".into(),
    };
    Ok(RegisterError::ChangedSince {
        label: entry.label.clone(),
        table: change.table.clone(),
        key: change.key.clone(),
        since,
    })
}
