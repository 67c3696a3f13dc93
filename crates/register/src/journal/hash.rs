//! The digests that chain the journal. Each kind of digest has its own context, so that none can stand in for another.

use blake3::Hasher;
use serde::Serialize;

use super::line::line_of;
use crate::RegisterError;

/// Bytes of one digest.
pub(crate) const DIGEST: usize = 32;
/// Bytes of the two leaves of a record.
pub(crate) const LEAVES: usize = 2 * DIGEST;
/// What the first entry follows; also the personal leaf of a record that has nothing personal.
pub(crate) const NOTHING: [u8; DIGEST] = [0; DIGEST];

/// Makes the two leaves of a record.
pub(crate) struct Leaves {
    plain: Hasher,
    personal: Hasher,
}

impl Leaves {
    pub(crate) fn new() -> Leaves {
        Leaves {
            plain: Hasher::new_derive_key("register journal 1: plain columns of a record"),
            personal: Hasher::new_derive_key("register journal 1: personal columns of a record"),
        }
    }

    pub(crate) fn plain(&self, line: &[u8]) -> [u8; DIGEST] {
        self.plain.clone().update(line).finalize().into()
    }

    /// An empty line is a record with nothing personal, or an erased one.
    pub(crate) fn personal(&self, line: &[u8]) -> [u8; DIGEST] {
        if line.is_empty() { NOTHING } else { self.personal.clone().update(line).finalize().into() }
    }
}

/// What the hash of an entry covers, apart from the previous hash and the leaves.
#[derive(Serialize)]
pub(crate) struct Covered<'a> {
    pub(crate) seq: i64,
    pub(crate) at: &'a str,
    pub(crate) actor: uuid::Uuid,
    pub(crate) actor_name: &'a str,
    pub(crate) device: &'a str,
    pub(crate) label: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) of: &'a [i64],
    pub(crate) schema: u32,
    pub(crate) records: usize,
    pub(crate) parts: usize,
}

/// The hash of one entry, fed part by part.
pub(crate) struct Link(Hasher);

impl Link {
    pub(crate) fn new(prev: &[u8], covered: &Covered<'_>) -> Result<Link, RegisterError> {
        let covered = line_of(covered)?;
        let mut hasher = Hasher::new_derive_key("register journal 1: entry");
        hasher.update(prev);
        hasher.update(&(covered.len() as u64).to_le_bytes());
        hasher.update(&covered);
        Ok(Link(hasher))
    }

    pub(crate) fn part(&mut self, digests: &[u8]) {
        self.0.update(digests);
    }

    pub(crate) fn hash(self) -> [u8; DIGEST] {
        self.0.finalize().into()
    }
}
