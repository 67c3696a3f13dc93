//! Reading the journal: entries, what they changed, and the history of one record.

use chrono::DateTime;
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::{
    Entry, EntryKind, Erased, FieldChange, RecordChange,
    hash::{DIGEST, LEAVES, NOTHING},
    line::{FieldCells, PersonalLine, PlainLine, bytes_of, parsed},
    number, pack,
};
use crate::{Actor, RegisterError, erase, shape::Shape};

const ENTRY: &str = "SELECT j.seq, j.at, j.actor, j.actor_name, j.device, j.label, j.kind, j.of, j.records, u.undone_by, j.schema
     FROM journal j LEFT JOIN journal_undone u ON u.seq = j.seq";

/// The newest entries before an entry.
pub(crate) fn newest(
    connection: &Connection,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Entry>, RegisterError> {
    entries(
        connection,
        "WHERE j.seq < ?1 ORDER BY j.seq DESC LIMIT ?2",
        params![before.unwrap_or(i64::MAX), number(limit)],
    )
}

/// The entries that a clause after `SELECT … FROM journal j LEFT JOIN journal_undone u` names.
pub(crate) fn entries(
    connection: &Connection,
    clause: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Entry>, RegisterError> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} {clause}"))?;
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry_of(row)?);
    }
    Ok(entries)
}

/// One entry.
pub(crate) fn entry(connection: &Connection, seq: i64) -> Result<Entry, RegisterError> {
    entries(connection, "WHERE j.seq = ?1", [seq])?.pop().ok_or(RegisterError::NoSuchEntry { seq })
}

/// The version of the tables when an entry was written.
pub(crate) fn schema_of(connection: &Connection, seq: i64) -> Result<u32, RegisterError> {
    Ok(connection
        .prepare_cached("SELECT schema FROM journal WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?)
}

fn entry_of(row: &Row<'_>) -> Result<Entry, RegisterError> {
    let unreadable = || RegisterError::damaged("a journal entry cannot be read");
    let at: String = row.get(1)?;
    let kind: String = row.get(6)?;
    let of: String = row.get(7)?;
    Ok(Entry {
        seq: row.get(0)?,
        at: DateTime::parse_from_rfc3339(&at).map_err(|_| unreadable())?.to_utc(),
        actor: Actor { id: row.get::<_, Uuid>(2)?, name: row.get(3)? },
        device: row.get(4)?,
        label: row.get(5)?,
        kind: EntryKind::named(&kind).ok_or_else(unreadable)?,
        of: serde_json::from_str(&of).map_err(|_| unreadable())?,
        records: count(row, 8)?,
        undone_by: row.get(9)?,
    })
}

/// Everything an entry changed.
pub(crate) fn changes(
    connection: &Connection,
    shape: &Shape,
    seq: i64,
) -> Result<Vec<RecordChange>, RegisterError> {
    let mut found = Vec::new();
    each_part(connection, seq, |part| {
        for record in part.records()? {
            found.push(change_of(connection, shape, record)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The history of one record, newest first.
pub(crate) fn history(
    connection: &Connection,
    shape: &Shape,
    table: &str,
    key: &[u8],
) -> Result<Vec<(Entry, RecordChange)>, RegisterError> {
    let touched: Vec<(i64, i64)> = connection
        .prepare_cached("SELECT seq, part FROM journal_record WHERE key = ?1 AND tbl = ?2 ORDER BY seq DESC")?
        .query_map(params![key, table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let needle = format!("\"key\":\"{}\"", HEXLOWER.encode(key));
    let mut found = Vec::with_capacity(touched.len());
    for (seq, number) in touched {
        let part = part(connection, seq, number)?;
        for record in part.records()? {
            if !contains(record.plain, needle.as_bytes()) {
                continue;
            }
            let change = change_of(connection, shape, record)?;
            if change.table == table && change.key == key {
                found.push((entry(connection, seq)?, change));
            }
        }
    }
    Ok(found)
}

fn contains(line: &[u8], needle: &[u8]) -> bool {
    line.windows(needle.len()).any(|window| window == needle)
}

/// A part of an entry, unpacked.
pub(crate) struct Part {
    pub(crate) number: i64,
    pub(crate) count: usize,
    pub(crate) plain: Vec<u8>,
    pub(crate) personal: Option<Vec<u8>>,
    pub(crate) digests: Vec<u8>,
}

/// One record of a part, still as lines.
pub(crate) struct Lines<'a> {
    pub(crate) plain: &'a [u8],
    pub(crate) personal: &'a [u8],
    pub(crate) plain_leaf: &'a [u8],
    pub(crate) personal_leaf: &'a [u8],
}

impl Part {
    pub(crate) fn records(&self) -> Result<Vec<Lines<'_>>, RegisterError> {
        if self.count.checked_mul(LEAVES) != Some(self.digests.len()) {
            return Err(RegisterError::damaged("a part of the journal has digests missing"));
        }
        let plain = pack::lines(&self.plain, self.count)?;
        let personal = match &self.personal {
            Some(personal) => pack::lines(personal, self.count)?,
            None => vec![&[][..]; self.count],
        };
        let leaves = self.digests.chunks_exact(LEAVES).map(|leaves| leaves.split_at(DIGEST));
        let lines = plain.into_iter().zip(personal).zip(leaves);
        Ok(lines
            .map(|((plain, personal), (plain_leaf, personal_leaf))| Lines {
                plain,
                personal,
                plain_leaf,
                personal_leaf,
            })
            .collect())
    }
}

impl Lines<'_> {
    /// Whether there were personal values that are there no more.
    pub(crate) fn is_erased(&self) -> bool {
        self.personal.is_empty() && self.personal_leaf != NOTHING
    }
}

/// Unpacks an entry's parts in order, one at a time.
pub(crate) fn each_part(
    connection: &Connection,
    seq: i64,
    mut visit: impl FnMut(&Part) -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mut statement = connection.prepare_cached(
        "SELECT part, records, plain, personal, digests FROM journal_part WHERE seq = ?1 ORDER BY part",
    )?;
    let mut rows = statement.query([seq])?;
    while let Some(row) = rows.next()? {
        visit(&part_of(row)?)?;
    }
    Ok(())
}

fn part(connection: &Connection, seq: i64, number: i64) -> Result<Part, RegisterError> {
    let mut statement = connection.prepare_cached(
        "SELECT part, records, plain, personal, digests FROM journal_part WHERE seq = ?1 AND part = ?2",
    )?;
    let mut rows = statement.query([seq, number])?;
    match rows.next()? {
        Some(row) => part_of(row),
        None => Err(RegisterError::damaged("a part of the journal is missing")),
    }
}

fn part_of(row: &Row<'_>) -> Result<Part, RegisterError> {
    Ok(Part {
        number: row.get(0)?,
        count: count(row, 1)?,
        plain: pack::unpacked(row.get(2)?)?,
        personal: row.get::<_, Option<Vec<u8>>>(3)?.map(pack::unpacked).transpose()?,
        digests: row.get(4)?,
    })
}

fn change_of(
    connection: &Connection,
    shape: &Shape,
    lines: Lines<'_>,
) -> Result<RecordChange, RegisterError> {
    let plain: PlainLine = parsed(lines.plain)?;
    let key = bytes_of(&plain.key)?;
    let mut fields = plain.fields.into_iter().map(field_of).collect::<Result<Vec<_>, _>>()?;
    let mut erased = None;
    if lines.is_erased() {
        erased = erasure_of(connection, &plain.table, &key)?;
    } else if !lines.personal.is_empty() {
        let personal: PersonalLine = parsed(lines.personal)?;
        for cells in personal.fields {
            fields.push(field_of(cells)?);
        }
        if let Some(table) = shape.table(&plain.table) {
            fields.sort_by_key(|field| table.columns.iter().position(|column| column.name == field.field));
        }
    }
    Ok(RecordChange { table: plain.table.into_owned(), key, operation: plain.operation, fields, erased })
}

fn field_of((field, old, new): FieldCells) -> Result<FieldChange, RegisterError> {
    Ok(FieldChange { field: field.into_owned(), old: old.into_value()?, new: new.into_value()? })
}

/// The newest erasure of a record.
fn erasure_of(connection: &Connection, table: &str, key: &[u8]) -> Result<Option<Erased>, RegisterError> {
    let seq: Option<i64> = connection
        .prepare_cached(
            "SELECT r.seq FROM journal_record r JOIN journal j ON j.seq = r.seq
             WHERE r.key = ?1 AND r.tbl = ?2 AND j.kind = 'erase' ORDER BY r.seq DESC LIMIT 1",
        )?
        .query_row(params![key, table], |row| row.get(0))
        .optional()?;
    let Some(seq) = seq else {
        return Err(RegisterError::damaged("personal values are missing that nobody erased"));
    };
    let entry = entry(connection, seq)?;
    Ok(Some(Erased {
        entry: seq,
        at: entry.at,
        by: entry.actor,
        reason: entry.label.strip_prefix(erase::LABEL).unwrap_or(&entry.label).to_owned(),
    }))
}

fn count(row: &Row<'_>, column: usize) -> Result<usize, RegisterError> {
    usize::try_from(row.get::<_, i64>(column)?)
        .map_err(|_| RegisterError::damaged("a count in the journal is negative"))
}
