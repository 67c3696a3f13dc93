//! Derived data: never journalled, never trusted over the tables, made anew by one function.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    Register, RegisterError,
    file::connect::{Use, connect},
    file::database,
    journal::{
        line::{PlainLine, bytes_of, parsed},
        read,
    },
};

impl Register {
    /// Rebuilds everything that is derived: the index of the journal, and what the domain derives from its tables.
    pub fn rebuild_derived(&mut self) -> Result<(), RegisterError> {
        self.writable()?;
        self.unguarded(|connection| {
            let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            rebuild_index(&tx)?;
            if let Some(derived) = self.schema.derived {
                derived(&tx)?;
            }
            Ok(tx.commit()?)
        })?
    }

    /// A further connection that only reads, for long work on another thread. None where there can be only one: in memory,
    /// on a network share, or beside a backup.
    pub fn another_reader(&self) -> Result<Option<Connection>, RegisterError> {
        let Some(home) = &self.home else { return Ok(None) };
        let beside_the_writer = match &home.read_only {
            Some(why) => why.as_of.is_none(),
            None => self.reader.is_some(),
        };
        let connected = beside_the_writer.then(|| connect(&database(&home.folder), &home.key, Use::Read));
        connected.transpose()
    }
}

fn rebuild_index(tx: &Connection) -> Result<(), RegisterError> {
    tx.execute_batch(
        "DELETE FROM journal_record;
         DELETE FROM journal_undone;
         INSERT INTO journal_undone (seq, undone_by) SELECT u.value, j.seq FROM journal j, json_each(j.of) u;",
    )?;
    let mut insert =
        tx.prepare("INSERT INTO journal_record (key, seq, tbl, part) VALUES (?1, ?2, ?3, ?4)")?;
    let last: i64 = tx.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |row| row.get(0))?;
    for seq in 1..=last {
        read::each_part(tx, seq, |part| {
            for lines in part.records()? {
                let plain: PlainLine = parsed(lines.plain)?;
                insert.execute((bytes_of(&plain.key)?, seq, plain.table, part.number))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
