//! Writing one entry: its parts, its link in the chain, and what is derived from both.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    EntryKind,
    capture::Captured,
    hash::{Covered, LEAVES, Leaves, Link, NOTHING},
    instant, number,
    pack::packed,
};
use crate::{Actor, RegisterError, shape::Shape};

/// Records to a part.
const PART: usize = 256;

/// What an entry says of itself.
pub(crate) struct Stamp<'a> {
    pub(crate) at: DateTime<Utc>,
    pub(crate) actor: &'a Actor,
    pub(crate) device: &'a str,
    pub(crate) label: &'a str,
    pub(crate) kind: EntryKind,
    pub(crate) of: &'a [i64],
    pub(crate) schema: u32,
}

/// Appends an entry and gives its number.
pub(crate) fn append(
    connection: &Connection,
    shape: &Shape,
    stamp: &Stamp<'_>,
    records: &[Captured],
) -> Result<i64, RegisterError> {
    let (last, prev) = head(connection)?;
    let seq = last + 1;
    let at = instant(stamp.at);
    let parts = records.len().div_ceil(PART);
    let covered = Covered {
        seq,
        at: &at,
        actor: stamp.actor.id,
        actor_name: &stamp.actor.name,
        device: stamp.device,
        label: stamp.label,
        kind: stamp.kind.name(),
        of: stamp.of,
        schema: stamp.schema,
        records: records.len(),
        parts,
    };
    let mut link = Link::new(&prev, &covered)?;
    write_parts(connection, shape, seq, records, &mut link)?;
    connection
        .prepare_cached(
            "INSERT INTO journal (seq, at, actor, actor_name, device, label, kind, of, schema, records, parts, prev, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            seq,
            at,
            stamp.actor.id,
            stamp.actor.name,
            stamp.device,
            stamp.label,
            stamp.kind.name(),
            serde_json::to_string(stamp.of).map_err(RegisterError::damaged)?,
            stamp.schema,
            number(records.len()),
            number(parts),
            prev,
            link.hash(),
        ])?;
    for undone in stamp.of {
        connection
            .prepare_cached("INSERT INTO journal_undone (seq, undone_by) VALUES (?1, ?2)")?
            .execute([*undone, seq])?;
    }
    Ok(seq)
}

/// The number and hash of the last entry.
pub(crate) fn head(connection: &Connection) -> Result<(i64, [u8; 32]), RegisterError> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or((0, NOTHING)))
}

fn write_parts(
    connection: &Connection,
    shape: &Shape,
    seq: i64,
    records: &[Captured],
    link: &mut Link,
) -> Result<(), RegisterError> {
    let leaves = Leaves::new();
    let mut write = connection.prepare_cached(
        "INSERT INTO journal_part (seq, part, records, plain, personal, digests) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut index = connection
        .prepare_cached("INSERT INTO journal_record (key, seq, tbl, part) VALUES (?1, ?2, ?3, ?4)")?;
    for (part, records) in records.chunks(PART).enumerate() {
        let mut digests = Vec::with_capacity(records.len() * LEAVES);
        let mut plain = Vec::with_capacity(records.len());
        let mut personal = Vec::with_capacity(records.len());
        for record in records {
            digests.extend(leaves.plain(&record.plain));
            digests.extend(leaves.personal(&record.personal));
            plain.push(record.plain.as_slice());
            personal.push(record.personal.as_slice());
            index.execute(params![record.key, seq, shape.tables[record.table].name, number(part)])?;
        }
        let personal =
            if personal.iter().all(|line| line.is_empty()) { None } else { Some(packed(&personal)?) };
        link.part(&digests);
        write.execute(params![
            seq,
            number(part),
            number(records.len()),
            packed(&plain)?,
            personal,
            digests
        ])?;
    }
    Ok(())
}
