//! What must go together: an entry, and the later ones that build on what it did.

use std::collections::HashSet;

use rusqlite::Connection;

use super::withdraws;
use crate::{Entry, EntryKind, Operation, RecordChange, RegisterError, Value, journal::read, shape::Shape};

/// The bytes of a key; a value of this size may be a reference.
const KEY: usize = 16;

/// Entries to be undone together, with their changes, newest first.
pub(super) struct Closure {
    gathered: Vec<(Entry, Vec<RecordChange>)>,
    barrier: Option<String>,
}

impl Closure {
    /// One entry alone.
    pub(super) fn only(
        connection: &Connection,
        shape: &Shape,
        entry: Entry,
    ) -> Result<Closure, RegisterError> {
        let changes = read::changes(connection, shape, entry.seq)?;
        let barrier = erased(&entry, &changes);
        Ok(Closure { gathered: vec![(entry, changes)], barrier })
    }

    /// An entry, and every later one that stands and touches a row in the set or refers to it; its rows join the set.
    pub(super) fn of(connection: &Connection, shape: &Shape, entry: Entry) -> Result<Closure, RegisterError> {
        let later = read::entries(
            connection,
            "WHERE j.seq > ?1 AND j.kind <> 'undo' AND u.seq IS NULL ORDER BY j.seq",
            [entry.seq],
        )?;
        let mut closure = Closure::only(connection, shape, entry)?;
        let mut rows: HashSet<Vec<u8>> =
            closure.gathered.iter().flat_map(|(_, changes)| keys(changes)).collect();
        for entry in later {
            let changes = read::changes(connection, shape, entry.seq)?;
            if !changes.iter().any(|change| builds_on(change, &rows)) {
                continue;
            }
            if matches!(entry.kind, EntryKind::Erase | EntryKind::Upgrade) {
                closure.barrier.get_or_insert_with(|| {
                    format!("It cannot be undone past “{}” ({}).", entry.label, on(&entry))
                });
                continue;
            }
            rows.extend(keys(&changes));
            closure.barrier = closure.barrier.or_else(|| erased(&entry, &changes));
            closure.gathered.push((entry, changes));
        }
        closure.gathered.reverse();
        Ok(closure)
    }

    /// Why the set as a whole cannot be undone.
    pub(super) fn barrier(&self) -> Option<String> {
        self.barrier.clone()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.gathered.iter().map(|(entry, _)| entry)
    }

    /// Every entry but the one asked for, which is the oldest.
    pub(super) fn also(&self) -> impl Iterator<Item = &Entry> {
        self.entries().take(self.gathered.len().saturating_sub(1))
    }

    pub(super) fn changes(&self) -> impl Iterator<Item = (&Entry, &[RecordChange])> {
        self.gathered.iter().map(|(entry, changes)| (entry, changes.as_slice()))
    }

    pub(super) fn removes_rows(&self) -> bool {
        self.gathered
            .iter()
            .flat_map(|(_, changes)| changes)
            .any(|change| change.operation == Operation::Inserted)
    }

    pub(super) fn withdraws(&self, shape: &Shape) -> Vec<(String, Vec<u8>)> {
        let mut marked = Vec::new();
        for (entry, changes) in &self.gathered {
            for change in changes {
                let standing = shape.table(&change.table).and_then(|table| table.standing.as_deref());
                if standing.is_some_and(|standing| withdraws(entry, change, standing)) {
                    marked.push((change.table.clone(), change.key.clone()));
                }
            }
        }
        marked
    }
}

fn keys(changes: &[RecordChange]) -> impl Iterator<Item = Vec<u8>> {
    changes.iter().map(|change| change.key.clone())
}

fn builds_on(change: &RecordChange, rows: &HashSet<Vec<u8>>) -> bool {
    let refers =
        |value: &Value| matches!(value, Value::Blob(bytes) if bytes.len() == KEY && rows.contains(bytes));
    rows.contains(&change.key) || change.fields.iter().any(|field| refers(&field.old) || refers(&field.new))
}

fn erased(entry: &Entry, changes: &[RecordChange]) -> Option<String> {
    let erased = changes.iter().find_map(|change| change.erased.as_ref())?;
    Some(format!(
        "“{}” cannot be undone: personal details in it were erased on {} under “{}”.",
        entry.label,
        erased.at.format("%-d %B %Y"),
        erased.reason
    ))
}

fn on(entry: &Entry) -> String {
    format!("{}, {}", entry.actor.name, entry.at.format("%-d %B %Y"))
}
