//! Files inside the register, once for each content. They are not journalled; references to them are.

use rusqlite::{OptionalExtension, Transaction};

use crate::{Register, RegisterError};

impl Register {
    /// Keeps a file within a change and gives the hash by which it is found. The same content is kept once.
    pub fn store_blob(tx: &Transaction<'_>, bytes: &[u8]) -> Result<[u8; 32], RegisterError> {
        let hash = *blake3::hash(bytes).as_bytes();
        let held: bool = tx
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1)")?
            .query_row([&hash], |row| row.get(0))?;
        if !held {
            tx.prepare_cached("INSERT INTO blobs (hash, content) VALUES (?1, ?2)")?.execute((hash, bytes))?;
        }
        Ok(hash)
    }

    /// A file by its hash, checked against it.
    pub fn blob(&self, hash: &[u8]) -> Result<Vec<u8>, RegisterError> {
        let bytes: Vec<u8> = self
            .present()
            .prepare_cached("SELECT content FROM blobs WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))
            .optional()?
            .ok_or(RegisterError::NoSuchBlob)?;
        if blake3::hash(&bytes).as_bytes() == hash {
            Ok(bytes)
        } else {
            Err(RegisterError::damaged("a file kept in the register is no longer as it was stored"))
        }
    }
}
