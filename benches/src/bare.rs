//! Databases without the product: the baselines.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use casework::Desk;
use rusqlite::Connection;

/// A copy of a register's database, opened by SQLCipher alone with the settings that a register is written with.
pub fn encrypted_copy(desk: &Desk, to: &Path) -> Result<Connection> {
    beside(desk)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    fs::copy(database(desk)?, to)?;
    let copy = Connection::open(to)?;
    unlock(&copy, desk)?;
    copy.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;",
    )?;
    Ok(copy)
}

/// A copy of a register's tables in plain SQLite.
pub fn plain_copy(desk: &Desk, to: &Path) -> Result<Connection> {
    remove(to)?;
    let source = Connection::open(database(desk)?)?;
    unlock(&source, desk)?;
    source.execute("ATTACH ?1 AS plain KEY ''", [to.to_string_lossy()])?;
    source.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(()))?;
    source.execute_batch("DETACH plain")?;
    Ok(Connection::open(to)?)
}

/// Opens the register's own file beside the desk, to look at its pages.
pub fn beside(desk: &Desk) -> Result<Connection> {
    let connection = Connection::open(database(desk)?)?;
    unlock(&connection, desk)?;
    Ok(connection)
}

/// Takes a database away with what stands beside it.
pub fn remove(database: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let path = format!("{}{ending}", database.display());
        if Path::new(&path).exists() {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn database(desk: &Desk) -> Result<std::path::PathBuf> {
    Ok(desk.register().folder().context("the register stands in no folder")?.join("register.db"))
}

fn unlock(connection: &Connection, desk: &Desk) -> Result<()> {
    let key = desk.register().data_key().context("the register has no key")?;
    Ok(connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.to_text().as_str()))?)
}
