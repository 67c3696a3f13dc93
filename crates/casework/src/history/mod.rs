//! What was done, by whom, with old and new values, in the words of the forms.

mod words;

use chrono::{DateTime, Utc};
use register::{Entry, EntryKind, RecordChange};
use serde::Serialize;
use uuid::Uuid;

use crate::{desk::Desk, forms::label_of, problem::Problem};

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

fn fields(desk: &Desk, record: &RecordChange) -> Vec<FieldLine> {
    record
        .fields
        .iter()
        .filter(|field| field.old != field.new && words::says_something(&record.table, &field.field))
        .map(|field| FieldLine {
            table: record.table.clone(),
            field: field.field.clone(),
            label: label_of(&record.table, &field.field),
            old: words::of(desk, record, &field.field, &field.old),
            new: words::of(desk, record, &field.field, &field.new),
        })
        .collect()
}
