//! What was done, by whom, with old and new values, in the words of the forms.

use chrono::{DateTime, Utc};
use register::{Entry, EntryKind, RecordChange, Value};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    desk::Desk,
    forms::{self, label_of},
    money::Pence,
    problem::Problem,
    when,
};

/// One thing that was done.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct HistoryLine {
    /// Its number in the journal.
    #[specta(type = u32)]
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What, in words.
    pub label: String,
    /// Whether it was undone and not redone.
    pub undone: bool,
    /// The entry that undid it.
    #[specta(type = Option<u32>)]
    pub undone_by: Option<i64>,
    /// Whether it can be undone.
    pub undoable: bool,
    /// Whether it is a change, an undo or a redo.
    pub kind: LineKind,
    /// How many records it touched.
    pub records: u32,
    /// The fields it changed.
    pub changes: Vec<FieldLine>,
}

/// What a journal entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A change.
    Do,
    /// An undo.
    Undo,
    /// A redo.
    Redo,
    /// The erasure of personal values.
    Erase,
    /// A step of the tables to a newer version of the program.
    Upgrade,
}

/// One field’s old and new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldLine {
    /// The table.
    pub table: String,
    /// The column.
    pub field: String,
    /// What the screen calls it.
    pub label: String,
    /// Before; none where there was nothing.
    pub old: Option<String>,
    /// After; none where there is nothing.
    pub new: Option<String>,
}

/// The newest entries of the journal before an entry.
pub fn journal(desk: &Desk, before: Option<i64>, limit: usize) -> Result<Vec<HistoryLine>, Problem> {
    let entries = desk.register().journal(before, limit)?;
    Ok(entries.into_iter().map(|entry| line(entry, Vec::new())).collect())
}

/// What one entry changed.
pub fn changes_of(desk: &Desk, entry: i64) -> Result<Vec<FieldLine>, Problem> {
    Ok(desk.register().entry_changes(entry)?.iter().flat_map(|record| fields(desk, record)).collect())
}

/// What was done with these records, newest first.
pub fn of(desk: &Desk, records: &[(&str, Uuid)]) -> Result<Vec<HistoryLine>, Problem> {
    let mut lines: Vec<HistoryLine> = Vec::new();
    for (table, id) in records {
        for (entry, change) in desk.register().history(table, id.as_bytes())? {
            let changed = fields(desk, &change);
            match lines.iter_mut().find(|line| line.entry == entry.seq) {
                Some(line) => line.changes.extend(changed),
                None => lines.push(line(entry, changed)),
            }
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.entry));
    Ok(lines)
}

fn line(entry: Entry, changes: Vec<FieldLine>) -> HistoryLine {
    let kind = match entry.kind {
        EntryKind::Do => LineKind::Do,
        EntryKind::Undo => LineKind::Undo,
        EntryKind::Redo => LineKind::Redo,
        EntryKind::Erase => LineKind::Erase,
        EntryKind::Upgrade => LineKind::Upgrade,
    };
    HistoryLine {
        entry: entry.seq,
        at: entry.at,
        by: entry.actor.name,
        label: entry.label,
        undoable: entry.undone_by.is_none() && matches!(kind, LineKind::Do | LineKind::Redo) && entry.seq > 1,
        undone: entry.undone_by.is_some(),
        undone_by: entry.undone_by,
        kind,
        records: u32::try_from(entry.records).unwrap_or(u32::MAX),
        changes,
    }
}

/// Columns that say nothing to an officer.
const SILENT: [&str; 7] = ["id", "name_key", "fingerprint", "case_id", "blob", "facts", "columns"];

/// What a case's own line and the entry itself say already of a move: where it stands, who recorded it, and when.
const SAID: [(&str, &str); 6] = [
    ("cases", "stage_since"),
    ("cases", "recorded_by"),
    ("stage_moves", "from_stage"),
    ("stage_moves", "to_stage"),
    ("stage_moves", "recorded_at"),
    ("stage_moves", "officer_id"),
];

fn fields(desk: &Desk, record: &RecordChange) -> Vec<FieldLine> {
    record
        .fields
        .iter()
        .filter(|field| {
            let name = field.field.as_str();
            !SILENT.contains(&name) && !SAID.contains(&(&record.table, name)) && field.old != field.new
        })
        .map(|field| FieldLine {
            table: record.table.clone(),
            field: field.field.clone(),
            label: label_of(&record.table, &field.field),
            old: in_words(desk, &record.table, &field.field, &field.old),
            new: in_words(desk, &record.table, &field.field, &field.new),
        })
        .collect()
}

/// Money columns that stand in no form.
const MONEY: [&str; 3] = ["amount", "eligible_cost", "budget"];

fn in_words(desk: &Desk, table: &str, column: &str, value: &Value) -> Option<String> {
    let stored = match value {
        Value::Null => return None,
        Value::Integer(number) => crate::store::Stored::Int(*number),
        Value::Real(number) => return Some(number.to_string()),
        Value::Text(text) => crate::store::Stored::Text(text.clone()),
        Value::Blob(bytes) => crate::store::Stored::Id(Uuid::from_slice(bytes).ok()?),
    };
    if let Some(field) = forms::field_of_column(table, column) {
        return Some(forms::shown(desk, field, &stored));
    }
    Some(match &stored {
        crate::store::Stored::Int(pence) if MONEY.contains(&column) => Pence(*pence).shown(),
        crate::store::Stored::Int(number) => number.to_string(),
        crate::store::Stored::Text(text) if column.ends_with("stage") => text.replace('_', " "),
        crate::store::Stored::Text(text) => text.parse().map_or_else(|_| text.clone(), when::day_in_words),
        crate::store::Stored::Id(id) => {
            forms::store::any_name(desk.reader(), *id).unwrap_or_else(|| id.to_string())
        }
        crate::store::Stored::Null => return None,
    })
}
