//! Connections to an encrypted database.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};
use zeroize::Zeroizing;

use super::secret::DataKey;
use crate::RegisterError;

/// Statements kept ready on a connection.
const STATEMENTS: usize = 256;

/// How a connection is to be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The one writer.
    Write,
    /// The one writer on a network share: nobody else, not even a reader, may open the file.
    WriteAlone,
    /// A reader beside the writer.
    Read,
    /// A file nobody writes, such as a backup.
    ReadStill,
    /// A file that is being made.
    Make,
}

/// Opens a database with its key, and reads its first page to see that the key fits.
pub(crate) fn connect(path: &Path, key: &DataKey, for_use: Use) -> Result<Connection, RegisterError> {
    let flags = match for_use {
        Use::Write | Use::WriteAlone | Use::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Use::ReadStill => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Use::Make => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepared(&connection)?;
    // What goes wrong comes back as an error; SQLCipher would also print it.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", key.to_text().as_str()));
    connection.execute_batch(&pragma)?;
    connection.execute_batch(match for_use {
        Use::WriteAlone => "PRAGMA locking_mode = EXCLUSIVE;",
        Use::Write | Use::Read | Use::ReadStill | Use::Make => "",
    })?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(
        |error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => RegisterError::damaged("register.db does not fit its key"),
            _ => RegisterError::from(error),
        },
    )?;
    connection.execute_batch(match for_use {
        Use::Write | Use::WriteAlone => {
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;"
        }
        Use::Read => "PRAGMA query_only = ON; PRAGMA cache_size = -49152;",
        Use::ReadStill => "PRAGMA query_only = ON;",
        Use::Make => "",
    })?;
    Ok(connection)
}

/// How statements are kept ready. A statement that can use a partial index would otherwise be planned anew with each value that
/// is bound to it, which takes many times as long as running it.
pub(crate) fn prepared(connection: &Connection) -> Result<(), RegisterError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
