//! The register as it stood: a copy in memory, to which inverses are applied backwards.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params_from_iter, types::ToSqlOutput};

use crate::{
    EntryKind, RecordChange, Register, RegisterError, Schema, Value,
    file::connect::prepared,
    journal::{instant, read},
    shape::{Shape, TableShape, quoted},
    undo::inverse::{Direction, Inverse},
};

/// The past that a register looks back to.
pub(crate) struct Past {
    pub(crate) tables: Connection,
    pub(crate) at: DateTime<Utc>,
    /// The last entry that had been made then.
    pub(crate) last: i64,
}

impl Register {
    /// Reads as it stood at an instant from now on, tables and journal alike, and changes nothing until it looks at the present again.
    pub fn look_back(&mut self, at: DateTime<Utc>) -> Result<(), RegisterError> {
        let past = Past { tables: self.as_it_stood_on(at)?, at, last: last_by(self.present(), at)? };
        self.past = Some(past);
        Ok(())
    }

    /// Reads as it stands again.
    pub fn look_at_present(&mut self) {
        self.past = None;
    }

    /// The instant it looks back to.
    pub fn looks_back_to(&self) -> Option<DateTime<Utc>> {
        self.past.as_ref().map(|past| past.at)
    }

    /// The tables as they stood at an instant, in memory and read-only, with everything derived from them. Files are not in it.
    /// What was erased since is erased there too.
    pub fn as_it_stood_on(&self, at: DateTime<Utc>) -> Result<Connection, RegisterError> {
        let reader = self.present();
        let last = last_by(reader, at)?;
        let past = copied(reader, &self.shape)?;
        let tx = past.unchecked_transaction()?;
        let newest = read::entries(reader, "WHERE j.seq > ?1 ORDER BY j.seq DESC", [last])?;
        let inverse = Inverse { shape: &self.shape, direction: &Direction::Back, journal: reader };
        for entry in &newest {
            inverse.apply(&tx, entry, &read::changes(reader, &self.shape, entry.seq)?, &BTreeSet::new())?;
        }
        if let Some(derived) = self.schema.derived {
            derived(&tx)?;
        }
        tx.commit()?;
        past.pragma_update(None, "query_only", true)?;
        Ok(past)
    }
}

/// The last entry made by an instant. Entries count by number, so that a clock that was set back does not tear an action apart.
fn last_by(reader: &Connection, at: DateTime<Utc>) -> Result<i64, RegisterError> {
    Ok(reader.query_row(
        "SELECT coalesce(max(seq), 0) FROM journal WHERE at <= ?1",
        [instant(at)],
        |row| row.get(0),
    )?)
}

/// Where the tables are not what the journal made of them. Steps of the tables are beyond it, so it goes back to the last.
pub(crate) fn faults(
    reader: &Connection,
    schema: &Schema,
    shape: &Shape,
) -> Result<Vec<String>, RegisterError> {
    let past = copied(reader, shape)?;
    let tx = past.unchecked_transaction()?;
    let inverse = Inverse { shape, direction: &Direction::Back, journal: reader };
    let (mut last, mut whole) = (i64::MAX, true);
    while let Some(entry) = read::newest(reader, Some(last), 1)?.pop() {
        if read::schema_of(reader, entry.seq)? != schema.version() {
            whole = false;
            break;
        }
        let changes = read::changes(reader, shape, entry.seq)?;
        for change in changes.iter().filter(|_| entry.kind == EntryKind::Erase) {
            if !is_cleared(&tx, shape, change)? {
                return Ok(vec![format!(
                    "A record in {} is not as entry {} left it.",
                    change.table, entry.seq
                )]);
            }
        }
        match inverse.apply(&tx, &entry, &changes, &BTreeSet::new()) {
            Ok(()) => {}
            Err(RegisterError::ChangedSince { table, .. }) => {
                return Ok(vec![format!("A record in {table} is not as entry {} left it.", entry.seq)]);
            }
            Err(RegisterError::CannotUndo { reason }) => return Ok(vec![reason]),
            Err(error) => return Err(error),
        }
        last = entry.seq;
    }
    let mut faults = Vec::new();
    if whole {
        for table in &shape.tables {
            let left: i64 =
                tx.query_row(&format!("SELECT count(*) FROM {}", quoted(&table.name)), [], |row| row.get(0))?;
            if left > 0 {
                faults.push(format!("{} has {left} records that no entry brought.", table.name));
            }
        }
    }
    Ok(faults)
}

/// Whether a record that was erased has nothing in its personal columns. The journal does not say what stood there before, so going
/// back over an erasure would notice nothing.
fn is_cleared(tables: &Connection, shape: &Shape, change: &RecordChange) -> Result<bool, RegisterError> {
    let Some(table) = shape.table(&change.table) else { return Ok(true) };
    let personal = || table.columns.iter().filter(|column| column.is_personal);
    let held: String = personal().map(|column| format!(" OR {} IS NOT ?", quoted(&column.name))).collect();
    let sql = format!("SELECT 1 FROM {} WHERE id = ? AND (FALSE{held})", quoted(&table.name));
    let values =
        [Value::Blob(change.key.clone())].into_iter().chain(personal().map(|column| column.erased()));
    Ok(!tables.prepare_cached(&sql)?.exists(params_from_iter(values))?)
}

/// A copy of the domain's tables in memory: the journalled ones with their rows, the derived ones empty.
fn copied(from: &Connection, shape: &Shape) -> Result<Connection, RegisterError> {
    let copy = Connection::open_in_memory()?;
    prepared(&copy)?;
    copy.execute_batch("PRAGMA foreign_keys = OFF;")?;
    // Tables of the register itself stay behind, but for `blobs`, to which the domain may refer.
    let mut statement = from.prepare(
        "SELECT type, sql FROM sqlite_schema s
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             AND tbl_name NOT IN ('register_about', 'journal', 'journal_part', 'journal_record', 'journal_undone')
             AND NOT EXISTS (SELECT 1 FROM pragma_table_list t WHERE t.schema = 'main' AND t.name = s.tbl_name AND t.type = 'shadow')
         ORDER BY type <> 'table', rowid",
    )?;
    let statements: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let tx = copy.unchecked_transaction()?;
    let (tables, others): (Vec<_>, Vec<_>) = statements.into_iter().partition(|(kind, _)| kind == "table");
    for (_, sql) in tables {
        tx.execute_batch(&sql)?;
    }
    for table in &shape.tables {
        copy_rows(from, &tx, table)?;
    }
    // After the rows: a trigger would act on them again.
    for (_, sql) in others {
        tx.execute_batch(&sql)?;
    }
    tx.commit()?;
    Ok(copy)
}

fn copy_rows(from: &Connection, to: &Connection, table: &TableShape) -> Result<(), RegisterError> {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let (columns, marks) = (columns.join(", "), vec!["?"; table.columns.len()].join(", "));
    let mut select = from.prepare(&format!("SELECT {columns} FROM {}", quoted(&table.name)))?;
    let mut insert =
        to.prepare(&format!("INSERT INTO {} ({columns}) VALUES ({marks})", quoted(&table.name)))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..table.columns.len()).map(|column| row.get_ref(column).map(ToSqlOutput::Borrowed));
        insert.execute(params_from_iter(values.collect::<Result<Vec<_>, _>>()?))?;
    }
    Ok(())
}
