//! Undo and redo: the inverse of what the journal says, guarded by the values it expects, and itself an entry.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::{
    Entry, EntryKind, Operation, Register, RegisterError,
    change::Marked,
    journal::{capture::Personal, instant, read},
};

mod closure;
pub(crate) mod inverse;

use closure::Closure;
use inverse::{Direction, Inverse};

/// What an undo would do, before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoPlan {
    /// The entry to be undone.
    pub entry: Entry,
    /// Later entries that build on it and must go with it, newest first.
    pub also: Vec<Entry>,
    /// Table and key of the rows that left the house: they will be marked as withdrawn, not deleted.
    pub withdraws: Vec<(String, Vec<u8>)>,
    /// Why it cannot be done, in words; none when it can.
    pub refused: Option<String>,
}

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The entry that it made.
    pub entry: i64,
    /// The changes that were undone, or that are done again; newest first.
    pub undone: Vec<Entry>,
    /// The journalled tables that are different from before.
    pub tables: Vec<String>,
}

impl Register {
    /// What undoing an entry would take with it. It tries the undo and leaves everything as it was.
    pub fn undo_plan(&self, seq: i64) -> Result<UndoPlan, RegisterError> {
        let entry = read::entry(self.present(), seq)?;
        let refused = |reason: String| UndoPlan {
            entry: entry.clone(),
            also: Vec::new(),
            withdraws: Vec::new(),
            refused: Some(reason),
        };
        if let Some(why) = self.is_read_only() {
            return Ok(refused(why.to_string()));
        }
        if let Some(reason) = no_undo_of(&entry) {
            return Ok(refused(reason));
        }
        let closure = Closure::of(self.present(), &self.shape, entry.clone())?;
        let refused = match closure.barrier() {
            Some(reason) => Some(reason),
            None => match self.try_out(&closure) {
                Ok(()) => None,
                Err(error @ (RegisterError::CannotUndo { .. } | RegisterError::ChangedSince { .. })) => {
                    Some(error.to_string())
                }
                Err(error) => return Err(error),
            },
        };
        let withdraws = closure.withdraws(&self.shape);
        let also = closure.also().cloned().collect();
        Ok(UndoPlan { entry, also, withdraws, refused })
    }

    /// Undoes an entry and what builds on it, as one new entry.
    pub fn undo(&mut self, seq: i64) -> Result<Undone, RegisterError> {
        self.writable()?;
        let entry = read::entry(self.present(), seq)?;
        let refused = no_undo_of(&entry);
        if let Some(reason) = refused {
            return Err(RegisterError::CannotUndo { reason });
        }
        let label = format!("Undo: {}", own_label(&entry));
        let closure = Closure::of(self.present(), &self.shape, entry)?;
        if let Some(reason) = closure.barrier() {
            return Err(RegisterError::CannotUndo { reason });
        }
        let undone: Vec<Entry> = closure.entries().cloned().collect();
        self.inverted(&label, EntryKind::Undo, &closure, undone)
    }

    /// The entry that the next undo is about: the newest change that stands.
    pub fn next_undo(&self) -> Result<Option<Entry>, RegisterError> {
        if self.past.is_some() {
            return Ok(None);
        }
        let standing = "WHERE j.kind IN ('do', 'redo') AND u.seq IS NULL ORDER BY j.seq DESC LIMIT 1";
        Ok(read::entries(self.present(), standing, [])?.pop())
    }

    /// The undo that the next redo is about: the newest that stands, with no change after it.
    pub fn next_redo(&self) -> Result<Option<Entry>, RegisterError> {
        if self.past.is_some() {
            return Ok(None);
        }
        let standing = "WHERE j.kind = 'undo' AND u.seq IS NULL
            AND j.seq > (SELECT coalesce(max(seq), 0) FROM journal WHERE kind NOT IN ('undo', 'redo'))
            ORDER BY j.seq DESC LIMIT 1";
        Ok(read::entries(self.present(), standing, [])?.pop())
    }

    /// Does again what the last undo undid.
    pub fn redo(&mut self) -> Result<Undone, RegisterError> {
        self.writable()?;
        let undo = self.next_redo()?.ok_or(RegisterError::NothingToRedo)?;
        let again =
            undo.of.iter().map(|seq| read::entry(self.present(), *seq)).collect::<Result<Vec<_>, _>>()?;
        let label = format!("Redo: {}", undo.label.strip_prefix("Undo: ").unwrap_or(&undo.label));
        let closure = Closure::only(self.present(), &self.shape, undo)?;
        if let Some(reason) = closure.barrier() {
            return Err(RegisterError::CannotUndo { reason });
        }
        self.inverted(&label, EntryKind::Redo, &closure, again)
    }

    fn inverted(
        &mut self,
        label: &str,
        kind: EntryKind,
        closure: &Closure,
        undone: Vec<Entry>,
    ) -> Result<Undone, RegisterError> {
        let of: Vec<i64> = closure.entries().map(|entry| entry.seq).collect();
        let direction = Direction::Undo { at: instant((self.clock)()) };
        let shape = std::sync::Arc::clone(&self.shape);
        let marked = Marked { label, kind, of: &of, personal: Personal::Kept };
        let done = self.journalled(&marked, |tx| {
            apply(tx, &Inverse { shape: &shape, direction: &direction, journal: tx }, closure)
        });
        let changed = done.map_err(still_needed)?;
        let entry = changed.entry.ok_or_else(|| RegisterError::damaged("an undo left no entry"))?;
        Ok(Undone { entry, undone, tables: changed.tables })
    }

    /// Applies the inverse and rolls it back.
    fn try_out(&self, closure: &Closure) -> Result<(), RegisterError> {
        let direction = Direction::Undo { at: instant((self.clock)()) };
        self.unguarded(|connection| {
            let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            apply(&tx, &Inverse { shape: &self.shape, direction: &direction, journal: &tx }, closure)?;
            // The commit would check this; a trial has none.
            let orphan = closure.moves_references() && tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
            tx.rollback()?;
            if orphan { Err(RegisterError::CannotUndo { reason: STILL_NEEDED.into() }) } else { Ok(()) }
        })?
    }
}

const STILL_NEEDED: &str = "It cannot be undone: a record would refer to another that is not there.";

/// The commit is where a foreign key that was put off is judged.
fn still_needed(error: RegisterError) -> RegisterError {
    match error {
        RegisterError::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            RegisterError::CannotUndo { reason: STILL_NEEDED.into() }
        }
        other => other,
    }
}

fn apply(tx: &Connection, inverse: &Inverse<'_>, closure: &Closure) -> Result<(), RegisterError> {
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    let going: BTreeSet<i64> = closure.entries().map(|entry| entry.seq).collect();
    for (entry, changes) in closure.changes() {
        inverse.apply(tx, entry, changes, &going)?;
    }
    Ok(())
}

/// Why an entry cannot be undone, whatever came after it.
fn no_undo_of(entry: &Entry) -> Option<String> {
    if let Some(by) = entry.undone_by {
        return Some(format!("“{}” is undone already, by entry {by}.", entry.label));
    }
    match entry.kind {
        EntryKind::Do | EntryKind::Redo => None,
        EntryKind::Undo => Some(format!("“{}” is an undo. Redo it instead.", entry.label)),
        EntryKind::Erase => Some("Erased personal values cannot be brought back.".into()),
        EntryKind::Upgrade => Some("An upgrade of the register cannot be undone.".into()),
    }
}

/// What the officer did, whether it was done once or done again.
fn own_label(entry: &Entry) -> &str {
    match entry.kind {
        EntryKind::Redo => entry.label.strip_prefix("Redo: ").unwrap_or(&entry.label),
        EntryKind::Do | EntryKind::Undo | EntryKind::Erase | EntryKind::Upgrade => &entry.label,
    }
}

/// Whether the inverse of a change marks a row as withdrawn.
fn withdraws(entry: &Entry, change: &crate::RecordChange, standing: &str) -> bool {
    match change.operation {
        Operation::Inserted => true,
        // A redo took the mark away; undoing the redo sets it anew.
        Operation::Updated => {
            entry.kind == EntryKind::Redo
                && change
                    .fields
                    .iter()
                    .any(|field| field.field == standing && field.new == crate::Value::Null)
        }
        Operation::Deleted => false,
    }
}
