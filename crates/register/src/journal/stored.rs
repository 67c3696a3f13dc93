//! An entry as the chain holds it: what its hash covers, what it follows, and the hash itself.

use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::hash::Covered;
use crate::RegisterError;

/// What the chain holds of one entry.
pub(crate) struct Stored {
    pub(crate) seq: i64,
    at: String,
    actor: Uuid,
    actor_name: String,
    device: String,
    label: String,
    pub(crate) kind: String,
    of: Vec<i64>,
    schema: u32,
    pub(crate) records: i64,
    pub(crate) parts: i64,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// Every entry with its number, from the first to the last; damage where one cannot be read.
pub(crate) fn each(
    connection: &Connection,
    mut visit: impl FnMut(i64, Result<Stored, RegisterError>) -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mut statement = connection.prepare(
        "SELECT seq, at, actor, actor_name, device, label, kind, of, schema, records, parts, prev, hash
         FROM journal ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(row.get(0)?, Stored::read(row).map_err(|_| RegisterError::damaged("it cannot be read")))?;
    }
    Ok(())
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Stored, RegisterError> {
        Ok(Stored {
            seq: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            actor_name: row.get(3)?,
            device: row.get(4)?,
            label: row.get(5)?,
            kind: row.get(6)?,
            of: serde_json::from_str(&row.get::<_, String>(7)?).map_err(RegisterError::damaged)?,
            schema: row.get(8)?,
            records: row.get(9)?,
            parts: row.get(10)?,
            prev: row.get(11)?,
            hash: row.get(12)?,
        })
    }

    pub(crate) fn covered(&self) -> Covered<'_> {
        Covered {
            seq: self.seq,
            at: &self.at,
            actor: self.actor,
            actor_name: &self.actor_name,
            device: &self.device,
            label: &self.label,
            kind: &self.kind,
            of: &self.of,
            schema: self.schema,
            records: usize::try_from(self.records).unwrap_or(usize::MAX),
            parts: usize::try_from(self.parts).unwrap_or(usize::MAX),
        }
    }
}
