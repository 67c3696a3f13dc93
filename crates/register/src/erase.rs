//! Erasing the personal values of one record: from its row, and from every journal entry. Their digests stand.

use data_encoding::HEXLOWER;
use rusqlite::{Connection, params, params_from_iter};

use crate::{
    EntryKind, Register, RegisterError, Value,
    change::Marked,
    journal::{
        capture::Personal,
        line::{PlainLine, parsed},
        pack::packed,
        read,
    },
    shape::{TableShape, quoted},
};

/// What the label of an erasure begins with; the reason follows.
pub(crate) const LABEL: &str = "Erase personal details: ";

impl Register {
    /// Erases the personal columns of a record, now and in the whole journal, and gives the entry that says so.
    /// The chain still verifies, and undo across it is refused. The file forgets only with [`Register::sweep`], and
    /// backups made before still hold the values until they are thinned out.
    pub fn erase_personal(&mut self, table: &str, key: &[u8], reason: &str) -> Result<i64, RegisterError> {
        self.erase_with_file(table, key, None, reason)
    }

    /// As `erase_personal`, and the file of this hash that belonged to the record goes too.
    pub fn erase_with_file(
        &mut self,
        table: &str,
        key: &[u8],
        file: Option<&[u8]>,
        reason: &str,
    ) -> Result<i64, RegisterError> {
        let shape = std::sync::Arc::clone(&self.shape);
        let found =
            shape.table(table).ok_or_else(|| RegisterError::NoSuchRecord { table: table.to_owned() })?;
        let label = format!("{LABEL}{reason}");
        let marked = Marked {
            label: &label,
            kind: EntryKind::Erase,
            of: &[],
            personal: Personal::Erased { table, key },
        };
        let changed = self.journalled(&marked, |tx| {
            let known = clear_journal(tx, table, key)?;
            let there = clear_row(tx, found, key)?;
            tx.execute("DELETE FROM blobs WHERE hash = ?1", [file])?;
            // A record that was deleted may still have a past to be erased.
            if known || there { Ok(()) } else { Err(RegisterError::NoSuchRecord { table: table.to_owned() }) }
        })?;
        changed.entry.ok_or_else(|| RegisterError::damaged("an erasure left no entry"))
    }

    /// Leaves no trace of what was erased or deleted in the database file: derived data is made anew, every page is
    /// written afresh, and the log beside it is emptied. It takes as long as copying the file.
    pub fn sweep(&mut self) -> Result<(), RegisterError> {
        self.rebuild_derived()?;
        self.unguarded(|connection| {
            connection.execute_batch("VACUUM")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })?
    }
}

/// Gives whether there is such a row.
fn clear_row(tx: &Connection, table: &TableShape, key: &[u8]) -> Result<bool, RegisterError> {
    let personal = || table.columns.iter().filter(|column| column.is_personal);
    let sets: Vec<String> = personal().map(|column| format!("{} = ?", quoted(&column.name))).collect();
    if sets.is_empty() {
        return Err(RegisterError::Schema(format!("{} has no personal columns", table.name)));
    }
    let values = personal().map(|column| column.erased()).chain([Value::Blob(key.to_vec())]);
    let sql = format!("UPDATE {} SET {} WHERE id = ?", quoted(&table.name), sets.join(", "));
    Ok(tx.execute(&sql, params_from_iter(values))? == 1)
}

/// Drops the personal lines of a record, and with them their salts, from every entry that has any. Gives whether the
/// journal knows the record.
fn clear_journal(tx: &Connection, table: &str, key: &[u8]) -> Result<bool, RegisterError> {
    let entries: Vec<i64> = tx
        .prepare("SELECT DISTINCT seq FROM journal_record WHERE key = ?1 AND tbl = ?2")?
        .query_map(params![key, table], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let key = HEXLOWER.encode(key);
    let mut write = tx.prepare("UPDATE journal_part SET personal = ?3 WHERE seq = ?1 AND part = ?2")?;
    let known = !entries.is_empty();
    for seq in entries {
        read::each_part(tx, seq, |part| {
            let mut changed = false;
            let mut left = Vec::with_capacity(part.count);
            for lines in part.records()? {
                let plain: PlainLine = parsed(lines.plain)?;
                let is_theirs = plain.table == table && plain.key == key && !lines.personal.is_empty();
                changed |= is_theirs;
                left.push(if is_theirs { &[][..] } else { lines.personal });
            }
            if changed {
                let personal =
                    if left.iter().all(|line| line.is_empty()) { None } else { Some(packed(&left)?) };
                write.execute(params![seq, part.number, personal])?;
            }
            Ok(())
        })?;
    }
    Ok(known)
}
