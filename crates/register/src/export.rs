//! The journal as a plain file, from which an outsider recomputes the chain without this program.
//!
//! A line of JSON first for the whole, then one for each entry. What was hashed stands in it as the very text that was
//! hashed, so that nobody has to guess how it was written down.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use data_encoding::HEXLOWER;
use rusqlite::Connection;
use serde::Serialize;

use crate::{
    Register, RegisterError,
    file::{beside, remove},
    journal::{
        append,
        line::line_of,
        read::{self, Lines},
        stored::{self, Stored},
    },
};

/// Whether the file states the personal values that are still in the journal. Their digests stand in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalValues {
    /// They are stated, so that they can be checked too.
    Stated,
    /// They are left out.
    LeftOut,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many entries.
    pub entries: i64,
    /// The hash of the last of them, in hexadecimal.
    pub head: String,
}

/// The first line of the file.
#[derive(Serialize)]
struct Opening<'a> {
    format: &'static str,
    entries: i64,
    head: &'a str,
    personal: PersonalValues,
}

/// The line of one entry.
#[derive(Serialize)]
struct EntryLine<'a> {
    /// The JSON that the hash covers.
    entry: &'a str,
    records: &'a [RecordLine],
    prev: String,
    hash: String,
}

#[derive(Serialize)]
struct RecordLine {
    plain: String,
    /// Null where there was nothing personal, where it was erased, and where it is left out: `digests` tells which.
    personal: Option<String>,
    /// Of `plain` and of `personal`.
    digests: [String; 2],
}

impl Register {
    /// Writes the whole journal to a file as lines of JSON. The file is whole or not there.
    pub fn export_journal(&self, path: &Path, personal: PersonalValues) -> Result<Exported, RegisterError> {
        let unfinished = beside(path, ".new");
        let write = || {
            let file = File::create(&unfinished).map_err(RegisterError::file(path))?;
            let exported = self.write_journal(&mut Lined { path, file: BufWriter::new(file) }, personal)?;
            fs::rename(&unfinished, path).map_err(RegisterError::file(path))?;
            Ok(exported)
        };
        let exported = write();
        if exported.is_err() {
            remove(&unfinished)?;
        }
        exported
    }

    fn write_journal(&self, to: &mut Lined<'_>, personal: PersonalValues) -> Result<Exported, RegisterError> {
        // One snapshot, though somebody else may be writing.
        let snapshot = self.present().unchecked_transaction()?;
        let (entries, head) = append::head(&snapshot)?;
        let head = HEXLOWER.encode(&head);
        to.line(&Opening { format: "register journal 1", entries, head: &head, personal })?;
        stored::each(&snapshot, |_, entry| {
            let entry = entry?;
            let covered = text(&line_of(&entry.covered())?)?;
            let records = records(&snapshot, &entry, personal)?;
            let (prev, hash) = (HEXLOWER.encode(&entry.prev), HEXLOWER.encode(&entry.hash));
            to.line(&EntryLine { entry: &covered, records: &records, prev, hash })
        })?;
        to.file.flush().map_err(RegisterError::file(to.path))?;
        Ok(Exported { entries, head })
    }
}

/// The file, line by line.
struct Lined<'a> {
    path: &'a Path,
    file: BufWriter<File>,
}

impl Lined<'_> {
    fn line(&mut self, line: &impl Serialize) -> Result<(), RegisterError> {
        let mut line = line_of(line)?;
        line.push(b'\n');
        self.file.write_all(&line).map_err(RegisterError::file(self.path))
    }
}

fn records(
    connection: &Connection,
    entry: &Stored,
    personal: PersonalValues,
) -> Result<Vec<RecordLine>, RegisterError> {
    let mut records = Vec::new();
    read::each_part(connection, entry.seq, |part| {
        for lines in part.records()? {
            records.push(RecordLine::of(&lines, personal)?);
        }
        Ok(())
    })?;
    Ok(records)
}

impl RecordLine {
    fn of(lines: &Lines<'_>, personal: PersonalValues) -> Result<RecordLine, RegisterError> {
        let is_stated = personal == PersonalValues::Stated && !lines.personal.is_empty();
        Ok(RecordLine {
            plain: text(lines.plain)?,
            personal: is_stated.then(|| text(lines.personal)).transpose()?,
            digests: [lines.plain_leaf, lines.personal_leaf].map(|leaf| HEXLOWER.encode(leaf)),
        })
    }
}

fn text(line: &[u8]) -> Result<String, RegisterError> {
    String::from_utf8(line.to_vec()).map_err(RegisterError::damaged)
}
