//! What a domain hands to the register: its tables, how they change, and what is derived from them.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A domain's tables and how they change.
#[derive(Debug)]
pub struct Schema {
    /// The steps from an empty file to the present tables, in ascending order of number. Never edited once released.
    pub migrations: &'static [Migration],
    /// Every table whose changes are journalled. Each is `STRICT` with one primary key column, `id BLOB`.
    pub tables: &'static [Table],
    /// Rebuilds what is derived from the tables: search index, counters.
    pub derived: Option<fn(&Connection) -> rusqlite::Result<()>>,
    /// Keeps derived data right within the transaction of a change, an undo or a redo. It may not touch journalled tables.
    pub after_change: Option<AfterChange>,
}

/// Keeps derived data right; it is told every row that a change, an undo or a redo touched.
pub type AfterChange = fn(&Connection, &[TouchedRow]) -> rusqlite::Result<()>;

/// One step of the tables, run in one transaction after a verified backup.
#[derive(Debug)]
pub struct Migration {
    /// Its place in the order; the file remembers the last one that ran.
    pub number: u32,
    /// What it does, in a word or two.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
    /// What statements cannot say, run after them: words that stand in files of their own.
    pub then: Option<fn(&Connection) -> rusqlite::Result<()>>,
}

impl Migration {
    /// A step that is all statements.
    pub const fn new(number: u32, name: &'static str, sql: &'static str) -> Migration {
        Migration { number, name, sql, then: None }
    }
}

/// One journalled table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that hold personal data: kept apart in the journal, so that they can be erased.
    pub personal: &'static [&'static str],
    /// The nullable `TEXT` column that marks a row as withdrawn. A row of such a table is a fact that left the house:
    /// undoing its insertion sets this column instead of deleting it, and it may hold no foreign key to a row that can vanish.
    pub standing: Option<&'static str>,
}

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// It was not there before.
    Inserted,
    /// At least one column changed.
    Updated,
    /// It is not there any more.
    Deleted,
}

/// A row that a change touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedRow {
    /// Its table.
    pub table: String,
    /// Its primary key.
    pub key: Vec<u8>,
    /// What happened to it, net.
    pub operation: Operation,
}

/// In whose name changes are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Their id, which outlives a change of name.
    pub id: Uuid,
    /// Their name at the time.
    pub name: String,
}

impl Schema {
    /// The number of the last migration: the version of the tables this program knows.
    pub fn version(&self) -> u32 {
        self.migrations.last().map_or(0, |migration| migration.number)
    }
}
