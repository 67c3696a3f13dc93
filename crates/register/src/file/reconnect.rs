//! After a drive failed to read. SQLCipher takes a page that was not read for one that does not fit the key, and from then on
//! that connection is given nothing but zeros.

use rusqlite::Connection;

use super::open::{reader, second, writer};
use crate::{Register, RegisterError};

impl Register {
    /// Opens the database anew if a connection failed to read since; answers whether it did. The lock was kept: nobody else
    /// has written. To be called before each piece of work, since what such a connection reads is not to be trusted.
    pub fn reconnect(&mut self) -> Result<bool, RegisterError> {
        let Some(home) = &mut self.home else { return Ok(false) };
        if can_read(&self.writer) && self.reader.as_ref().is_none_or(can_read) {
            return Ok(false);
        }
        match &home.read_only {
            None => {
                home.still_there()?;
                if home.alone {
                    // Two cannot have the file at a time. An empty database cannot be read either, should this end here.
                    self.writer = Connection::open_in_memory()?;
                }
                let writer = writer(&home.folder, &home.key, home.alone)?;
                self.reader = reader(&home.folder, &home.key, home.alone)?;
                self.writer = writer;
            }
            Some(why) => {
                let (reading, why) = second(&home.folder, &home.key, home.alone, why.clone())?;
                self.writer = reading;
                home.read_only = Some(why);
            }
        }
        if self.reader.is_none() {
            self.writer.pragma_update(None, "query_only", true)?;
        }
        Ok(true)
    }
}

fn can_read(connection: &Connection) -> bool {
    let status = connection.query_row("PRAGMA cipher_status", [], |row| row.get::<_, String>(0));
    status.is_ok_and(|status| status == "1")
}
