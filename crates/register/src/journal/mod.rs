//! The journal: one row for each action, chained by hash, never changed. Undo, history and proof are read from it.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::Value;

use crate::{Actor, Operation};

pub(crate) mod append;
pub(crate) mod capture;
pub(crate) mod hash;
pub(crate) mod line;
pub(crate) mod pack;
pub(crate) mod read;
pub(crate) mod stored;

/// The register's own tables.
pub(crate) const TABLES: &str = include_str!("tables.sql");

/// One action in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number; the first is 1, and none is missing.
    pub seq: i64,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// In whose name.
    pub actor: Actor,
    /// On which computer.
    pub device: String,
    /// What was done, in words.
    pub label: String,
    /// What sort of entry it is.
    pub kind: EntryKind,
    /// The entries that this one undoes or redoes.
    pub of: Vec<i64>,
    /// The entry that undid this one, or redid this undo.
    pub undone_by: Option<i64>,
    /// How many records it changed.
    pub records: usize,
}

/// What sort of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A change.
    Do,
    /// The undo of changes.
    Undo,
    /// The redo of an undo.
    Redo,
    /// The erasure of personal values. It cannot be undone.
    Erase,
    /// Rows that a step of the tables brought or changed. It cannot be undone.
    Upgrade,
}

/// What an entry did to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordChange {
    /// Its table.
    pub table: String,
    /// Its primary key.
    pub key: Vec<u8>,
    /// What happened to it.
    pub operation: Operation,
    /// The columns that changed, in the order of the table. Columns that were and stayed empty are left out.
    pub fields: Vec<FieldChange>,
    /// Set when the personal columns of this change were erased; they are then missing from `fields`.
    pub erased: Option<Erased>,
}

/// One column's old and new value.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The column.
    pub field: String,
    /// Before; null where the record was not there.
    pub old: Value,
    /// After; null where the record is gone.
    pub new: Value,
}

/// When, by whom and why personal values were erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The entry that erased them.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Actor,
    /// Under which reason.
    pub reason: String,
}

impl EntryKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            EntryKind::Do => "do",
            EntryKind::Undo => "undo",
            EntryKind::Redo => "redo",
            EntryKind::Erase => "erase",
            EntryKind::Upgrade => "upgrade",
        }
    }

    pub(crate) fn named(name: &str) -> Option<EntryKind> {
        [EntryKind::Do, EntryKind::Undo, EntryKind::Redo, EntryKind::Erase, EntryKind::Upgrade]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// An instant as the journal writes it: sorts as text, to the microsecond.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// A count as SQLite holds it.
pub(crate) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
