//! The steps of the tables. Each runs in one transaction; rows it brings or changes are journalled.

use std::path::Path;

use chrono::Utc;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::{
    Actor, Migration, RegisterError, Schema,
    journal::{
        self, EntryKind,
        append::{self, Stamp},
        capture::{self, Personal},
    },
    shape::Shape,
};

/// The form of the register's own tables.
const LAYOUT: u32 = 1;
/// Marks the file as a register ("vreg").
const APPLICATION: i32 = 0x7672_6567;

/// Lays out an empty file.
pub(crate) fn begin(connection: &Connection, id: Uuid) -> Result<(), RegisterError> {
    let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    tx.execute_batch(journal::TABLES)?;
    note(&tx, "layout", &LAYOUT.to_string())?;
    note(&tx, "id", &id.to_string())?;
    tx.pragma_update(None, "application_id", APPLICATION)?;
    Ok(tx.commit()?)
}

/// The version of the tables in a file; refuses what is not a register, or a newer one.
pub(crate) fn version(connection: &Connection, folder: &Path, schema: &Schema) -> Result<u32, RegisterError> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION {
        return Err(RegisterError::NotARegister { path: folder.to_owned() });
    }
    let layout = noted(connection, "layout")?.and_then(|layout| layout.parse().ok()).unwrap_or(u32::MAX);
    if layout > LAYOUT {
        return Err(RegisterError::Newer { found: layout, known: LAYOUT });
    }
    let found = user_version(connection)?;
    if found > schema.version() {
        return Err(RegisterError::Newer { found, known: schema.version() });
    }
    Ok(found)
}

/// Runs the steps that have not run, then rebuilds what is derived.
pub(crate) fn run(
    connection: &Connection,
    schema: &Schema,
    actor: &Actor,
    device: &str,
) -> Result<(), RegisterError> {
    let from = user_version(connection)?;
    for migration in schema.migrations.iter().filter(|migration| migration.number > from) {
        // A table that is rebuilt would otherwise take its children along. Cannot be set within a transaction.
        connection.execute_batch("PRAGMA foreign_keys = OFF;")?;
        let done = step(connection, schema, migration, actor, device);
        connection.execute_batch("PRAGMA foreign_keys = ON;")?;
        done.map_err(|error| match error {
            RegisterError::Sqlite(source) => RegisterError::Upgrade { name: migration.name, source },
            other => other,
        })?;
    }
    if noted(connection, "derived")?.is_some() {
        let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        if let Some(derived) = schema.derived {
            derived(&tx)?;
        }
        tx.execute("DELETE FROM register_about WHERE name = 'derived'", [])?;
        tx.commit()?;
    }
    Ok(())
}

fn step(
    connection: &Connection,
    schema: &Schema,
    migration: &Migration,
    actor: &Actor,
    device: &str,
) -> Result<(), RegisterError> {
    let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut session = rusqlite::session::Session::new(&tx)?;
    for table in schema.tables {
        session.attach(Some(table.name))?;
    }
    tx.execute_batch(migration.sql)?;
    if let Some(then) = migration.then {
        then(&tx)?;
    }
    if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(RegisterError::damaged(format!(
            "the upgrade step “{}” leaves references to records that are gone",
            migration.name
        )));
    }
    let shape = Shape::present(&tx, schema)?;
    let records = match capture::captured(&mut session, &shape, Personal::Kept) {
        // A table that was made anew within the step has no net change to speak of.
        Err(RegisterError::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::SchemaChanged) => {
            Vec::new()
        }
        captured => captured?,
    };
    drop(session);
    if !records.is_empty() {
        let label = format!("Upgrade: {}", migration.name);
        let (kind, of, at) = (EntryKind::Upgrade, &[], Utc::now());
        let stamp = Stamp { at, actor, device, label: &label, kind, of, schema: migration.number };
        append::append(&tx, &shape, &stamp, &records)?;
    }
    note(&tx, "derived", "stale")?;
    tx.pragma_update(None, "user_version", migration.number)?;
    Ok(tx.commit()?)
}

fn user_version(connection: &Connection) -> Result<u32, RegisterError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn note(connection: &Connection, name: &str, value: &str) -> Result<(), RegisterError> {
    connection
        .execute("INSERT OR REPLACE INTO register_about (name, value) VALUES (?1, ?2)", [name, value])?;
    Ok(())
}

fn noted(connection: &Connection, name: &str) -> Result<Option<String>, RegisterError> {
    let sql = "SELECT value FROM register_about WHERE name = ?1";
    Ok(connection.query_row(sql, [name], |row| row.get(0)).optional()?)
}
