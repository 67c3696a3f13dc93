use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::Version;
use crate::{letters::KINDS, problem::Problem, store::Reader};

fn version(row: &Row) -> rusqlite::Result<Version> {
    Ok(Version {
        number: row.get("version")?,
        text: row.get("text")?,
        written_by: row.get("written_by")?,
        written_on: row.get("written_on")?,
    })
}

fn newest(connection: &Connection, kind: &str) -> rusqlite::Result<Option<Version>> {
    connection
        .prepare_cached("SELECT * FROM templates WHERE kind = ?1 ORDER BY version DESC LIMIT 1")?
        .query_row([kind], version)
        .optional()
}

/// The newest version of a template.
pub(in crate::letters) fn in_force(reader: &Reader, kind: &str) -> Result<Version, Problem> {
    newest(reader, kind)?
        .ok_or_else(|| Problem::not_found(format!("The register holds no template “{kind}”.")))
}

pub(super) fn insert(
    connection: &Connection,
    kind: &str,
    version: u32,
    text: &str,
    written: Option<(&str, NaiveDate)>,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO templates (id, kind, version, text, written_by, written_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            Uuid::now_v7(),
            kind,
            version,
            text,
            written.map(|(by, _)| by),
            written.map(|(_, on)| on.to_string())
        ],
    )?;
    Ok(())
}

/// Gives a register that was set up by an earlier program today's texts, each as a new version; what a manager wrote stays in
/// force. The first step of the schema after a text has changed calls it.
pub(crate) fn take_newer_texts(connection: &Connection) -> rusqlite::Result<()> {
    let set_up: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM templates)", [], |row| row.get(0))?;
    for kind in KINDS.iter().filter(|_| set_up) {
        match newest(connection, kind.kind)? {
            Some(held) if held.written_by.is_some() || held.text == kind.template => {}
            held => {
                let number = held.map_or(0, |held| held.number) + 1;
                insert(connection, kind.kind, number, kind.template, None)?;
            }
        }
    }
    Ok(())
}
