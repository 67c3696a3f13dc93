//! An open register.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    Actor, Entry, RecordChange, RegisterError, Schema, device,
    file::{Home, connect::prepared},
    journal::read,
    migrate,
    past::Past,
    shape::Shape,
};

/// An open register: what it holds, who has unlocked it, and the one door for changes.
pub struct Register {
    pub(crate) schema: &'static Schema,
    pub(crate) shape: Arc<Shape>,
    /// A second connection, for reading only. None where there can be only one.
    pub(crate) reader: Option<Connection>,
    pub(crate) writer: Connection,
    pub(crate) actor: Actor,
    pub(crate) device: String,
    pub(crate) clock: Clock,
    /// What is read in place of the present, while it looks back.
    pub(crate) past: Option<Past>,
    /// None for a register in memory. Dropped last: it holds the lock.
    pub(crate) home: Option<Home>,
}

pub(crate) type Clock = Box<dyn Fn() -> DateTime<Utc> + Send>;

/// Why an open register cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOnlyWhy {
    /// Who has it open for writing.
    pub who: String,
    /// On which computer.
    pub device: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The time of the backup that is shown in its place; none when the register itself is shown.
    pub as_of: Option<DateTime<Utc>>,
}

impl Register {
    /// A register that is gone with the program, for tests and for trying things out.
    pub fn in_memory(schema: &'static Schema, actor: Actor) -> Result<Register, RegisterError> {
        let writer = Connection::open_in_memory()?;
        prepared(&writer)?;
        writer.execute_batch("PRAGMA foreign_keys = ON;")?;
        migrate::begin(&writer, Uuid::now_v7())?;
        migrate::run(&writer, schema, &actor, &device::name())?;
        Register::assembled(schema, writer, None, actor, None)
    }

    pub(crate) fn assembled(
        schema: &'static Schema,
        writer: Connection,
        reader: Option<Connection>,
        actor: Actor,
        home: Option<Home>,
    ) -> Result<Register, RegisterError> {
        let shape = Arc::new(Shape::read(&writer, schema)?);
        if reader.is_none() {
            writer.pragma_update(None, "query_only", true)?;
        }
        let (device, clock): (String, Clock) = (device::name(), Box::new(Utc::now));
        Ok(Register { schema, shape, reader, writer, actor, device, clock, past: None, home })
    }

    /// Who has unlocked it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The name of this computer, as the journal gives it.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Why it cannot be changed; none when it can.
    pub fn is_read_only(&self) -> Option<ReadOnlyWhy> {
        self.home.as_ref()?.read_only.clone()
    }

    /// Whether a change would be taken now: nobody else writes, and it does not look back.
    pub fn can_be_changed(&self) -> bool {
        self.writable().is_ok()
    }

    pub(crate) fn writable(&self) -> Result<(), RegisterError> {
        if let Some(past) = &self.past {
            return Err(RegisterError::LookingBack { at: past.at });
        }
        match self.is_read_only() {
            Some(why) => Err(RegisterError::ReadOnly { why }),
            None => self.home.as_ref().map_or(Ok(()), Home::still_there),
        }
    }

    /// The folder it stands in; none for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| home.folder.as_path())
    }

    /// Takes the time from elsewhere: for tests, and for practice data with a past.
    pub fn set_clock(&mut self, clock: impl Fn() -> DateTime<Utc> + Send + 'static) {
        self.clock = Box::new(clock);
    }

    /// What reads the register, as it was last committed, or as it stood at the instant looked back to. It cannot write.
    pub fn reader(&self) -> &Connection {
        self.past.as_ref().map_or(self.present(), |past| &past.tables)
    }

    /// What reads the register as it was last committed, also while it looks back.
    pub fn present(&self) -> &Connection {
        self.reader.as_ref().unwrap_or(&self.writer)
    }

    /// The newest entries of the journal, or the newest before an entry.
    pub fn journal(
        &self,
        newest_first_before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Entry>, RegisterError> {
        let before = newest_first_before.unwrap_or(i64::MAX).min(self.last_seen().saturating_add(1));
        let entries = read::newest(self.present(), Some(before), limit)?;
        Ok(entries.into_iter().map(|entry| self.as_seen(entry)).collect())
    }

    /// One entry of the journal.
    pub fn entry(&self, seq: i64) -> Result<Entry, RegisterError> {
        read::entry(self.present(), seq).map(|entry| self.as_seen(entry))
    }

    /// What an entry changed.
    pub fn entry_changes(&self, seq: i64) -> Result<Vec<RecordChange>, RegisterError> {
        read::entry(self.present(), seq)?;
        read::changes(self.present(), &self.shape, seq)
    }

    /// What was done to a record, newest first.
    pub fn history(&self, table: &str, key: &[u8]) -> Result<Vec<(Entry, RecordChange)>, RegisterError> {
        let history = read::history(self.present(), &self.shape, table, key)?;
        let seen = history.into_iter().filter(|(entry, _)| entry.seq <= self.last_seen());
        Ok(seen.map(|(entry, change)| (self.as_seen(entry), change)).collect())
    }

    /// The last entry that had been made at the instant looked back to.
    fn last_seen(&self) -> i64 {
        self.past.as_ref().map_or(i64::MAX, |past| past.last)
    }

    /// Whoever looks back does not see what was undone later as undone.
    fn as_seen(&self, entry: Entry) -> Entry {
        let undone_by = entry.undone_by.filter(|by| *by <= self.last_seen());
        Entry { undone_by, ..entry }
    }

    /// Lets the writing connection write, for the length of `work`.
    pub(crate) fn unguarded<T>(&self, work: impl FnOnce(&Connection) -> T) -> Result<T, RegisterError> {
        // Where the reader is the writer, only this stands between a reader and the tables.
        let shared = self.reader.is_none();
        if shared {
            self.writer.pragma_update(None, "query_only", false)?;
        }
        let done = work(&self.writer);
        if shared {
            self.writer.pragma_update(None, "query_only", true)?;
        }
        Ok(done)
    }
}
