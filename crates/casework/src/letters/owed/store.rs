use register::{Operation, TouchedRow};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{is_asked_for, offered};
use crate::{
    problem::Problem,
    programmes::ASSISTANCE,
    stages::{self, CaseKind},
    store::Reader,
};

/// Whether a case owes a letter of this kind.
pub(super) fn owes(reader: &Reader, case: Uuid, kind: &str) -> Result<bool, Problem> {
    Ok(reader
        .prepare_cached("SELECT 1 FROM letters_owed WHERE case_id = ?1 AND kind = ?2")?
        .exists((case, kind))?)
}

/// Makes the list anew. What a stage offers stands in the stage tables: a new version of them needs a step of the schema, which
/// rebuilds what is derived.
pub(crate) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM letters_owed", [])?;
    fill(connection, None)
}

/// Adds what the cases of a programme owe, or of all.
fn fill(connection: &Connection, programme: Option<&[u8]>) -> rusqlite::Result<()> {
    let routes = ASSISTANCE.map(|assistance| format!("'{}'", assistance.route)).join(", ");
    let mut owing = connection.prepare(&format!(
        "INSERT INTO letters_owed SELECT c.id, ?3 FROM cases c JOIN programmes p ON p.id = c.programme_id
         WHERE c.kind = ?1 AND c.stage = ?2 AND (?5 IS NULL OR c.programme_id = ?5)
             AND (NOT ?4 OR p.subsidy_route IN ({routes}))
             AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.case_id = c.id AND l.kind = ?3 AND l.withdrawn_at IS NULL)"
    ))?;
    for kind in CaseKind::ALL {
        for stage in stages::stages(kind) {
            for letter in offered(kind, stage.id) {
                owing.execute(params![
                    kind.name(),
                    stage.id,
                    letter.kind,
                    letter.notifies_assistance,
                    programme
                ])?;
            }
        }
    }
    Ok(())
}

/// Keeps the list right after a change, an undo or a redo.
pub(crate) fn follow(connection: &Connection, touched: &[TouchedRow]) -> rusqlite::Result<()> {
    for row in touched {
        let new = row.operation == Operation::Inserted;
        match row.table.as_str() {
            "cases" => owe(connection, &row.key, new)?,
            // A letter's row stands for ever, so its case can be read.
            "letters" => {
                let case: Option<Vec<u8>> = connection
                    .prepare_cached("SELECT case_id FROM letters WHERE id = ?1")?
                    .query_row([&row.key], |found| found.get(0))
                    .optional()?;
                if let Some(case) = case {
                    owe(connection, &case, false)?;
                }
            }
            // Its terms say which letters its cases are sent.
            "programmes" if !new => {
                connection.execute(
                    "DELETE FROM letters_owed WHERE case_id IN (SELECT id FROM cases WHERE programme_id = ?1)",
                    [&row.key],
                )?;
                fill(connection, Some(&row.key))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn owe(connection: &Connection, case: &[u8], new: bool) -> rusqlite::Result<()> {
    if !new {
        connection.prepare_cached("DELETE FROM letters_owed WHERE case_id = ?1")?.execute([case])?;
    }
    let stands: Option<(String, String, String)> = connection
        .prepare_cached(
            "SELECT c.kind, c.stage, p.subsidy_route FROM cases c JOIN programmes p ON p.id = c.programme_id WHERE c.id = ?1",
        )?
        .query_row([case], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((kind, stage, route)) = stands else { return Ok(()) };
    let Some(kind) = CaseKind::named(&kind) else { return Ok(()) };
    for letter in offered(kind, &stage).filter(|letter| is_asked_for(letter, &route)) {
        connection
            .prepare_cached(
                "INSERT INTO letters_owed SELECT ?1, ?2 WHERE NOT EXISTS
                     (SELECT 1 FROM letters WHERE case_id = ?1 AND kind = ?2 AND withdrawn_at IS NULL)",
            )?
            .execute((case, letter.kind))?;
    }
    Ok(())
}
