//! The log that a crash leaves beside the database. SQLite reads it up to the first frame that does not hold together, which
//! is right for one cut short, and loses what was done after it in silence where the drive spoiled one in the middle.
//! Format: <https://www.sqlite.org/fileformat2.html#walformat>.

use std::{
    fs::{self, File},
    io::{BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::beside;
use crate::RegisterError;

const HEADER: usize = 32;
const FRAME: usize = 24;
const LITTLE_ENDIAN: u32 = 0x377f_0682;
const BIG_ENDIAN: u32 = 0x377f_0683;
/// The ending of a log kept because part of it could not be read.
const UNREAD: &str = "-wal.unread-";

/// Keeps a copy of a log that is damaged in its middle, before it is read as far as it goes.
pub(crate) fn keep_if_damaged(database: &Path, now: DateTime<Utc>) -> Result<(), RegisterError> {
    let log = beside(database, "-wal");
    let damaged = match File::open(&log) {
        Ok(file) => is_damaged(&mut BufReader::new(file)).map_err(RegisterError::file(&log))?,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(RegisterError::file(&log)(error)),
    };
    if damaged {
        let kept = beside(database, &format!("{UNREAD}{}", now.format("%Y-%m-%dT%H%M%SZ")));
        fs::copy(&log, &kept).map_err(RegisterError::file(&kept))?;
    }
    Ok(())
}

/// The logs that were kept.
pub(crate) fn kept(folder: &Path) -> Result<Vec<PathBuf>, RegisterError> {
    let files = fs::read_dir(folder).map_err(RegisterError::file(folder))?;
    let paths = files.map(|file| file.map(|file| file.path())).collect::<Result<Vec<_>, _>>();
    let mut paths = paths.map_err(RegisterError::file(folder))?;
    paths.retain(|path| path.to_string_lossy().contains(UNREAD));
    Ok(paths)
}

/// Whether frames of this log, written after the last that holds together, ended an action that is now lost.
fn is_damaged(log: &mut impl Read) -> std::io::Result<bool> {
    let mut header = [0; HEADER];
    if !filled(log, &mut header)? {
        return Ok(false);
    }
    let little = match word(&header, 0) {
        LITTLE_ENDIAN => true,
        BIG_ENDIAN => false,
        _ => return Ok(true),
    };
    let mut sum = Sum { little, of: [0, 0] };
    sum.add(&header[..24]);
    let page = word(&header, 8) as usize;
    if sum.of != [word(&header, 24), word(&header, 28)] || !page.is_power_of_two() || page > 65_536 {
        return Ok(true);
    }
    let salts = [word(&header, 16), word(&header, 20)];
    let mut frame = vec![0; FRAME + page];
    let mut whole = true;
    while filled(log, &mut frame)? {
        let found = [word(&frame, 8), word(&frame, 12)];
        if whole {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME..]);
            whole = found == salts && sum.of == [word(&frame, 16), word(&frame, 20)];
        }
        // Frames of an earlier round through the same file have neither salt. A frame that ends an action says how
        // many pages the database then has.
        let ours = found[0] == salts[0] || found[1] == salts[1];
        if !whole && ours && word(&frame, 4) != 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Fills the buffer; a file that ends before does not.
fn filled(log: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<bool> {
    match log.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

/// SQLite's running checksum.
struct Sum {
    little: bool,
    of: [u32; 2],
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let read = |at| if self.little { word(bytes, at).swap_bytes() } else { word(bytes, at) };
        let [mut one, mut other] = self.of;
        for at in (0..bytes.len()).step_by(8) {
            one = one.wrapping_add(read(at)).wrapping_add(other);
            other = other.wrapping_add(read(at + 4)).wrapping_add(one);
        }
        self.of = [one, other];
    }
}
