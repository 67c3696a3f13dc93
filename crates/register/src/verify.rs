//! Proof: the chain from the first entry to the last, the file, and that the tables are what the journal made of them.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use rusqlite::{Connection, params};

use crate::{
    EntryKind, Register, RegisterError,
    file::log,
    journal::{
        hash::{Leaves, Link, NOTHING},
        line::{PlainLine, bytes_of, parsed},
        read,
        stored::{self, Stored},
    },
    past,
};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Whether nothing is amiss.
    pub sound: bool,
    /// How many entries the journal has.
    pub entries: u64,
    /// The hash of the last entry, in hexadecimal. Printed on reports, it proves what came before it.
    pub head: String,
    /// What is amiss, in words.
    pub faults: Vec<String>,
    /// How many records have had personal values erased, entry by entry; their digests stand.
    pub erased: u64,
}

/// Faults named in one report; a broken file has thousands.
const MOST: usize = 50;

impl Register {
    /// Checks everything that can be checked. It reads the whole file, so it takes a while.
    pub fn verify(&self) -> Result<Verification, RegisterError> {
        // FTS5 checks itself against what its connection remembers of the index, which another may have changed since.
        let fresh = self.another_reader()?;
        let connection = fresh.as_ref().unwrap_or(self.present());
        let mut faults = file_faults(connection)?;
        let chain = if faults.is_empty() { Chain::walk(connection)? } else { Chain::default() };
        faults.extend_from_slice(&chain.faults);
        // A journal that is not sound says nothing about the tables.
        if faults.is_empty() {
            faults.extend(past::faults(connection, self.schema, &self.shape)?);
            faults.extend(blob_faults(connection)?);
        }
        if let Some(folder) = self.folder() {
            faults.extend(log::kept(folder)?.iter().map(|log| {
                format!(
                    "The log of a session that ended in a crash was damaged, so the last changes of that session may be missing. \
                     Compare the newest entries with what you remember, do again what is missing, then delete {}.",
                    log.display()
                )
            }));
        }
        faults.truncate(MOST);
        let head = HEXLOWER.encode(&chain.head);
        Ok(Verification {
            sound: faults.is_empty(),
            entries: chain.entries,
            head,
            faults,
            erased: chain.erased,
        })
    }
}

/// What SQLite and SQLCipher find amiss in the file itself.
pub(crate) fn file_faults(connection: &Connection) -> Result<Vec<String>, RegisterError> {
    let mut faults = Vec::new();
    for check in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
        match said(connection, check) {
            Ok(found) => faults.extend(found),
            Err(RegisterError::Damaged { why }) => faults.push(format!("The file is damaged: {why}.")),
            Err(error) => return Err(error),
        }
    }
    Ok(faults)
}

fn said(connection: &Connection, check: &str) -> Result<Vec<String>, RegisterError> {
    let mut faults = Vec::new();
    let mut statement = connection.prepare(check)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if columns > 1 {
            faults.push(format!(
                "A record in {said} refers to one in {} that is not there.",
                row.get::<_, String>(2)?
            ));
        } else if said != "ok" {
            faults.push(format!("The file is damaged: {said}."));
        }
    }
    Ok(faults)
}

fn blob_faults(connection: &Connection) -> Result<Vec<String>, RegisterError> {
    let mut faults = Vec::new();
    let mut statement = connection.prepare("SELECT hash, content FROM blobs")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hash = row.get_ref(0)?.as_blob().unwrap_or_default();
        let content = row.get_ref(1)?.as_blob().unwrap_or_default();
        if blake3::hash(content).as_bytes() != hash {
            faults.push(format!("The file {} is no longer as it was stored.", HEXLOWER.encode(hash)));
        }
    }
    Ok(faults)
}

/// The walk over the chain.
#[derive(Default)]
struct Chain {
    entries: u64,
    head: [u8; 32],
    faults: Vec<String>,
    erased: u64,
    /// Whose personal values are missing, and in which entry.
    missing: Vec<(i64, String, String)>,
    /// Whose personal values an entry says it erased, and the last that does. What came after it, it did not erase.
    erasures: HashMap<(String, String), i64>,
    /// Whether a record is not in the index where it should be.
    unindexed: bool,
}

impl Chain {
    fn walk(connection: &Connection) -> Result<Chain, RegisterError> {
        let mut chain = Chain::default();
        let (mut last, mut last_was_read) = (0i64, true);
        stored::each(connection, |seq, entry| {
            let follows = last.checked_add(1) == Some(seq);
            if !follows {
                chain.faults.push(format!("The journal jumps from entry {last} to entry {seq}."));
            }
            match entry {
                Ok(entry) => {
                    if follows && last_was_read && entry.prev != chain.head {
                        chain.faults.push(format!("Entry {seq} does not follow the one before it."));
                    }
                    chain.link(connection, &entry)?;
                    // The next is judged by what this one claims, so that one fault is named once.
                    chain.head = entry.hash.try_into().unwrap_or(NOTHING);
                    last_was_read = true;
                }
                Err(RegisterError::Damaged { why }) => {
                    chain.faults.push(format!("Entry {seq}: {why}."));
                    last_was_read = false;
                }
                Err(error) => return Err(error),
            }
            last = seq;
            chain.entries += 1;
            Ok(())
        })?;
        chain.settle(connection)?;
        Ok(chain)
    }

    /// Checks one entry against its hash, and its records against their leaves.
    fn link(&mut self, connection: &Connection, stored: &Stored) -> Result<(), RegisterError> {
        let mut link = Link::new(&stored.prev, &stored.covered())?;
        let leaves = Leaves::new();
        let (mut parts, mut records) = (0, 0);
        let erases = stored.kind == EntryKind::Erase.name();
        let read = read::each_part(connection, stored.seq, |part| {
            if part.number != parts {
                return Err(RegisterError::damaged("its parts are not in their places"));
            }
            link.part(&part.digests);
            for lines in part.records()? {
                if leaves.plain(lines.plain) != lines.plain_leaf {
                    return Err(RegisterError::damaged("a record in it was altered"));
                }
                let plain: PlainLine = parsed(lines.plain)?;
                self.unindexed |= !is_indexed(connection, stored.seq, part.number, &plain)?;
                if erases {
                    self.erasures.insert((plain.table.into_owned(), plain.key), stored.seq);
                } else if lines.is_erased() {
                    self.missing.push((stored.seq, plain.table.into_owned(), plain.key));
                }
                if !lines.is_erased() && leaves.personal(lines.personal) != lines.personal_leaf {
                    return Err(RegisterError::damaged("personal details in it were altered"));
                }
                records += 1;
            }
            parts += 1;
            Ok(())
        });
        match read {
            Ok(())
                if link.hash() == stored.hash.as_slice()
                    && (records, parts) == (stored.records, stored.parts) => {}
            Ok(()) => self.faults.push(format!("Entry {} was altered.", stored.seq)),
            Err(RegisterError::Damaged { why }) => self.faults.push(format!("Entry {}: {why}.", stored.seq)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// What can be judged only at the end.
    fn settle(&mut self, connection: &Connection) -> Result<(), RegisterError> {
        for (seq, table, key) in std::mem::take(&mut self.missing) {
            self.erased += 1;
            if self.erasures.get(&(table, key)).is_none_or(|erased| *erased < seq) {
                self.faults.push(format!("Entry {seq}: personal details are missing that nobody erased."));
            }
        }
        // What is derived from a journal that is not sound is not judged; some of it could not even be asked.
        if !self.faults.is_empty() {
            return Ok(());
        }
        let checks = [
            (
                false,
                "SELECT EXISTS (SELECT 1 FROM journal_part WHERE seq NOT IN (SELECT seq FROM journal))",
                "The journal holds records of an entry that is not there.",
            ),
            (
                self.unindexed,
                "SELECT (SELECT count(*) FROM journal_record) <> (SELECT coalesce(sum(records), 0) FROM journal)",
                "The index of the journal is out of step with it.",
            ),
            (
                false,
                "SELECT EXISTS (SELECT u.value, j.seq FROM journal j, json_each(j.of) u EXCEPT SELECT seq, undone_by FROM journal_undone)
                     OR EXISTS (SELECT seq, undone_by FROM journal_undone EXCEPT SELECT u.value, j.seq FROM journal j, json_each(j.of) u)",
                "The list of what was undone is out of step with the journal.",
            ),
        ];
        for (known, check, fault) in checks {
            if known || connection.query_row(check, [], |row| row.get(0))? {
                self.faults.push(fault.into());
            }
        }
        Ok(())
    }
}

/// Whether the index leads from a record to this part of this entry. As many of its rows as there are records, each of them led to,
/// are the whole index.
fn is_indexed(
    connection: &Connection,
    seq: i64,
    part: i64,
    line: &PlainLine<'_>,
) -> Result<bool, RegisterError> {
    let found = "SELECT 1 FROM journal_record WHERE key = ?1 AND seq = ?2 AND tbl = ?3 AND part = ?4";
    Ok(connection.prepare_cached(found)?.exists(params![bytes_of(&line.key)?, seq, line.table, part])?)
}
