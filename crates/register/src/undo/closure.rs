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

    /// An entry, and every later one that stands and touches a row in the set, refers to it, or deleted what a row of the
    /// set refers to; its rows join the set.
    pub(super) fn of(connection: &Connection, shape: &Shape, entry: Entry) -> Result<Closure, RegisterError> {
        let later = read::entries(
            connection,
            "WHERE j.seq > ?1 AND j.kind <> 'undo' AND u.seq IS NULL ORDER BY j.seq",
            [entry.seq],
        )?;
        let mut closure = Closure::only(connection, shape, entry)?;
        let mut set = Set::default();
        closure.gathered.iter().for_each(|(_, changes)| set.add(changes));
        for entry in later {
            let changes = read::changes(connection, shape, entry.seq)?;
            if !changes.iter().any(|change| set.is_built_on_by(change)) {
                continue;
            }
            if matches!(entry.kind, EntryKind::Erase | EntryKind::Upgrade) {
                closure.barrier.get_or_insert_with(|| {
                    format!("It cannot be undone past “{}” ({}).", entry.label, on(&entry))
                });
                continue;
            }
            set.add(&changes);
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

    /// Whether a foreign key may break.
    pub(super) fn moves_references(&self) -> bool {
        let moves = |change: &RecordChange| {
            change.operation != Operation::Updated
                || change.fields.iter().any(|field| reference(&field.old).or(reference(&field.new)).is_some())
        };
        self.gathered.iter().flat_map(|(_, changes)| changes).any(moves)
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

/// The rows that will change or vanish, and what they will refer to again.
#[derive(Default)]
struct Set {
    rows: HashSet<Vec<u8>>,
    needed: HashSet<Vec<u8>>,
}

impl Set {
    fn add(&mut self, changes: &[RecordChange]) {
        for change in changes {
            self.rows.insert(change.key.clone());
            self.needed
                .extend(change.fields.iter().filter_map(|field| reference(&field.old)).map(<[u8]>::to_vec));
        }
    }

    fn is_built_on_by(&self, change: &RecordChange) -> bool {
        let refers = |value| reference(value).is_some_and(|key| self.rows.contains(key));
        self.rows.contains(&change.key)
            || (change.operation == Operation::Deleted && self.needed.contains(&change.key))
            || change.fields.iter().any(|field| refers(&field.old) || refers(&field.new))
    }
}

fn reference(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Blob(bytes) if bytes.len() == KEY => Some(bytes),
        _ => None,
    }
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
