//! The one door for writes.

use rusqlite::{Connection, Transaction, TransactionBehavior, session::Session};

use crate::{
    Register, RegisterError, TouchedRow,
    journal::{
        EntryKind,
        append::{self, Stamp},
        capture::{self, Captured, Personal},
    },
    shape::Shape,
};

/// A change of so many records leaves a cache full of pages behind that nobody asks for soon.
const MANY: usize = 10_000;

/// What a change gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// What the change returned.
    pub value: T,
    /// Its entry in the journal; none when no journalled row is different from before.
    pub entry: Option<i64>,
    /// The journalled tables that are different from before, in the order of the schema.
    pub tables: Vec<String>,
}

/// How an entry is to be labelled in the journal.
pub(crate) struct Marked<'a> {
    pub(crate) label: &'a str,
    pub(crate) kind: EntryKind,
    pub(crate) of: &'a [i64],
    pub(crate) personal: Personal<'a>,
}

impl Register {
    /// Runs a change in one transaction, and journals every row it touched. All of it is kept, or none.
    ///
    /// The label says in words what the officer did; it names the undo. It is part of the proof and cannot be erased,
    /// so it may not hold personal data.
    pub fn change<T, E: From<RegisterError>>(
        &mut self,
        label: &str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<Changed<T>, E> {
        let marked = Marked { label, kind: EntryKind::Do, of: &[], personal: Personal::Kept };
        self.journalled(&marked, work)
    }

    pub(crate) fn journalled<T, E: From<RegisterError>>(
        &mut self,
        marked: &Marked<'_>,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<Changed<T>, E> {
        self.writable()?;
        let at = (self.clock)();
        let stamp = Stamp {
            at,
            actor: &self.actor,
            device: &self.device,
            label: marked.label,
            kind: marked.kind,
            of: marked.of,
            schema: self.schema.version(),
        };
        self.unguarded(|connection| {
            // Exclusive use is proven by `&mut self`; the connection itself is also borrowed by the shape's owner.
            let started = Transaction::new_unchecked(connection, TransactionBehavior::Immediate);
            let tx = started.map_err(RegisterError::from)?;
            let mut session = attached(&tx, &self.shape)?;
            let value = work(&tx)?;
            let records = capture::captured(&mut session, &self.shape, marked.personal)?;
            drop(session);
            let (entry, tables) = self.settle(&tx, &stamp, &records)?;
            tx.commit().map_err(RegisterError::from)?;
            if records.len() >= MANY {
                // What is committed stays so, whatever becomes of the cache.
                let _ = connection.execute_batch("PRAGMA shrink_memory;");
            }
            Ok(Changed { value, entry, tables })
        })?
    }

    /// Brings derived data up to date and appends the entry.
    fn settle(
        &self,
        tx: &Connection,
        stamp: &Stamp<'_>,
        records: &[Captured],
    ) -> Result<(Option<i64>, Vec<String>), RegisterError> {
        // An undo is on record even when what it undid had cancelled out.
        if records.is_empty() && stamp.of.is_empty() {
            return Ok((None, Vec::new()));
        }
        if let Some(after_change) = self.schema.after_change {
            after_change(tx, &touched(records, &self.shape))?;
        }
        let entry = append::append(tx, &self.shape, stamp, records)?;
        let mut tables: Vec<usize> = records.iter().map(|record| record.table).collect();
        tables.dedup();
        Ok((Some(entry), tables.into_iter().map(|table| self.shape.tables[table].name.clone()).collect()))
    }
}

/// A session on every journalled table.
pub(crate) fn attached<'tx>(tx: &'tx Connection, shape: &Shape) -> Result<Session<'tx>, RegisterError> {
    let mut session = Session::new(tx)?;
    for table in &shape.tables {
        session.attach(Some(table.name.as_str()))?;
    }
    Ok(session)
}

fn touched(records: &[Captured], shape: &Shape) -> Vec<TouchedRow> {
    let row = |record: &Captured| TouchedRow {
        table: shape.tables[record.table].name.clone(),
        key: record.key.clone(),
        operation: record.operation,
    };
    records.iter().map(row).collect()
}
