//! Lines of a part, packed: zstd where that is shorter, else as they are.

use std::io::Read;

use crate::RegisterError;

/// What a zstd frame begins with. A line of JSON never does.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Below this a frame costs more time than it saves room.
const SHORT: usize = 512;
/// No part unpacks to more than this; a larger claim is damage.
const MOST: u64 = 1 << 30;

pub(crate) fn packed(lines: &[&[u8]]) -> Result<Vec<u8>, RegisterError> {
    let joined = lines.join(&b'\n');
    if joined.len() < SHORT {
        return Ok(joined);
    }
    zstd::bulk::compress(&joined, 3).map_err(RegisterError::damaged)
}

pub(crate) fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, RegisterError> {
    if !bytes.starts_with(&FRAME) {
        return Ok(bytes);
    }
    let mut lines = Vec::new();
    zstd::Decoder::with_buffer(bytes.as_slice())
        .and_then(|decoder| decoder.take(MOST).read_to_end(&mut lines))
        .map_err(|_| RegisterError::damaged("a part of the journal cannot be unpacked"))?;
    Ok(lines)
}

/// The lines of a part; `records` of them.
pub(crate) fn lines(unpacked: &[u8], records: usize) -> Result<Vec<&[u8]>, RegisterError> {
    let lines = || unpacked.split(|byte| *byte == b'\n');
    // Counted first: a list of a gigabyte's empty lines would take sixteen.
    if lines().count() == records {
        Ok(lines().collect())
    } else {
        Err(RegisterError::damaged("a part of the journal has lines missing"))
    }
}
