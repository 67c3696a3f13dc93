//! After a drive failed to read. SQLCipher takes a page that was not read for one that does not fit the key, and from then on
//! gives nothing but zeros: such a connection is not asked again.

use rusqlite::Connection;

use super::open::{reader, second, writer};
use crate::{Register, RegisterError};

impl Register {
    /// Lets the connections go, since what they read can no longer be trusted. [`Register::reconnect`] comes before the next
    /// work.
    pub fn let_go(&mut self) {
        let Some(home) = &mut self.home else { return };
        home.let_go = true;
        self.reader = None;
        // Without memory for an empty database nothing else would go on either.
        if let Ok(empty) = Connection::open_in_memory() {
            self.writer = empty;
        }
    }

    /// Opens the database anew where its connections were let go. The lock was kept: nobody else has written since.
    pub fn reconnect(&mut self) -> Result<(), RegisterError> {
        let Some(home) = self.home.as_mut().filter(|home| home.let_go) else { return Ok(()) };
        match &home.read_only {
            None => {
                home.still_there()?;
                self.writer = writer(&home.folder, &home.key, home.alone)?;
                self.reader = reader(&home.folder, &home.key, home.alone)?;
            }
            Some(why) => {
                let (reading, why) = second(&home.folder, &home.key, home.alone, why.clone())?;
                home.read_only = Some(why);
                self.writer = reading;
            }
        }
        home.let_go = false;
        if self.reader.is_none() {
            self.writer.pragma_update(None, "query_only", true)?;
        }
        Ok(())
    }
}
