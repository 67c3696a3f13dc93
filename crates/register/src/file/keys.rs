//! `keys.json`: the data key, wrapped once for each officer, once for the recovery key, and once for each computer that
//! remembers an officer.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use chrono::{DateTime, Utc};
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    secret::{ComputerKey, DataKey, Passphrase, RecoveryKey},
    write_whole,
};
use crate::{Actor, RegisterError};

/// 2 since guesses have lanes: a program that does not know them would call every passphrase wrong.
const FORMAT: u32 = 2;
const SALT: usize = 16;
const NONCE: usize = 24;
/// For a secret of 256 random bits: nobody guesses it, however quick a guess is.
const RANDOM: Effort = Effort { memory: 8, passes: 1, lanes: 1 };
/// A file that asks for more is not ours: unlocking would take hours, or all of the memory.
const MOST: Effort = Effort { memory: 1024 * 1024, passes: 16, lanes: 16 };
/// In bytes. Nor is a larger file ours: a slot takes some 400, so this is room for thousands.
const LARGEST: u64 = 4 * 1024 * 1024;

/// What Argon2id spends on each guess. Kept with each slot, so that it can be raised later.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// How many processors can share one guess: the officer waits less, and whoever guesses does as much work as before.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub lanes: u32,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_one(lanes: &u32) -> bool {
    *lanes == one()
}

impl Default for Effort {
    /// The second choice of RFC 9106, section 4, for computers with little memory to spare.
    fn default() -> Effort {
        Effort { memory: 64 * 1024, passes: 3, lanes: 4 }
    }
}

/// The name of an officer who can unlock the register; readable before it is unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySlot {
    /// Who.
    pub officer: Actor,
    /// Since when this passphrase opens the register.
    pub added_at: DateTime<Utc>,
    /// The computers that open it for them without a passphrase.
    pub remembered_on: Vec<Remembering>,
}

/// A computer whose key ring opens the register for an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembering {
    /// The computer's name.
    pub computer: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: u32,
    /// The register these slots belong to.
    register: Uuid,
    /// For slots that are added.
    effort: Effort,
    officers: Vec<OfficerSlot>,
    recovery: Wrapped,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    computers: Vec<ComputerSlot>,
    /// Of all the above: tells a slot that the drive spoiled from a wrong passphrase. No proof against forgers, who
    /// cannot make a slot anyway. Missing in files of the first version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
    #[serde(skip)]
    state: State,
}

/// Whether a file is as it was written; what is surer is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// It is not. It may still hold a slot that opens, but is never written on.
    #[default]
    Spoiled,
    /// Nothing tells: its check is missing.
    Unchecked,
    /// It is.
    Whole,
}

/// What tells the form of a file that may be too new to be read.
#[derive(Deserialize)]
struct Form {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct OfficerSlot {
    officer: Actor,
    #[serde(flatten)]
    wrapped: Wrapped,
}

#[derive(Serialize, Deserialize)]
struct ComputerSlot {
    officer: Uuid,
    computer: String,
    #[serde(flatten)]
    wrapped: Wrapped,
}

#[derive(Serialize, Deserialize)]
struct Wrapped {
    added_at: DateTime<Utc>,
    effort: Effort,
    salt: String,
    nonce: String,
    key: String,
}

pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("keys.json")
}

/// A copy beside the backups, in case the first is lost.
pub(crate) fn copy(folder: &Path) -> PathBuf {
    folder.join("backups").join("keys.json")
}

/// What stands in a file; nothing in one that is larger than any of ours, and none where it cannot be read.
fn contents(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(file).ok()?.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    Some(if read as u64 > LARGEST { Vec::new() } else { bytes })
}

impl KeyFile {
    pub(crate) fn stands_in(folder: &Path) -> bool {
        path(folder).exists()
    }

    pub(crate) fn new(
        register: Uuid,
        effort: Effort,
        key: &DataKey,
        now: DateTime<Utc>,
    ) -> Result<(KeyFile, RecoveryKey), RegisterError> {
        let recovery = RecoveryKey::random()?;
        let wrapped = Wrapped::seal(key, recovery.bytes(), &recovery_binding(register), effort, now)?;
        let officers = Vec::new();
        let keys = KeyFile {
            format: FORMAT,
            register,
            effort,
            officers,
            recovery: wrapped,
            computers: Vec::new(),
            check: None,
            state: State::Whole,
        };
        Ok((keys, recovery))
    }

    /// Reads the file, or its copy where it is damaged or lost.
    pub(crate) fn read(folder: &Path) -> Result<KeyFile, RegisterError> {
        let files: Vec<Vec<u8>> =
            [path(folder), copy(folder)].iter().filter_map(|file| contents(file)).collect();
        if files.is_empty() {
            return Err(RegisterError::NotARegister { path: folder.to_owned() });
        }
        // Of two that are equally sure, the file: only with it was the last change made.
        let best = files.iter().filter_map(|bytes| KeyFile::parse(bytes)).rev().max_by_key(|keys| keys.state);
        if best.as_ref().is_none_or(KeyFile::is_spoiled)
            && let Some(Form { format }) = files.iter().find_map(|bytes| serde_json::from_slice(bytes).ok())
            && format > FORMAT
        {
            return Err(RegisterError::Newer { found: format, known: FORMAT });
        }
        best.ok_or(RegisterError::KeysDamaged)
    }

    fn parse(bytes: &[u8]) -> Option<KeyFile> {
        let mut keys: KeyFile = serde_json::from_slice(bytes).ok()?;
        if !keys.names_nobody_twice() {
            return None;
        }
        keys.state = match keys.check.take() {
            _ if keys.format > FORMAT => State::Spoiled,
            None => State::Unchecked,
            Some(check) if keys.fingerprint().is_some_and(|it| it == check) => State::Whole,
            Some(_) => State::Spoiled,
        };
        Some(keys)
    }

    /// An officer has one slot, and one on each computer. What holds more is not ours, and would grow when it is listed.
    fn names_nobody_twice(&self) -> bool {
        let officers: HashSet<Uuid> = self.officers.iter().map(|slot| slot.officer.id).collect();
        let computers: HashSet<(Uuid, &str)> =
            self.computers.iter().map(|slot| (slot.officer, slot.computer.as_str())).collect();
        (officers.len(), computers.len()) == (self.officers.len(), self.computers.len())
    }

    /// A digest of everything but itself.
    fn fingerprint(&self) -> Option<String> {
        debug_assert!(self.check.is_none());
        Some(HEXLOWER.encode(blake3::hash(&serde_json::to_vec(self).ok()?).as_bytes()))
    }

    /// Whether a secret that opens nothing may be right all the same.
    pub(crate) fn is_spoiled(&self) -> bool {
        self.state == State::Spoiled
    }

    /// Writes the copy, then the file: only the second makes the change, so one that fails has changed nothing.
    pub(crate) fn write(&mut self, folder: &Path) -> Result<(), RegisterError> {
        let bytes = self.bytes()?;
        let copy = copy(folder);
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent).map_err(RegisterError::file(parent))?;
        }
        write_whole(&copy, &bytes)?;
        write_whole(&path(folder), &bytes)
    }

    /// Brings the file and its copy in step: a crash, or the drive, may have left one behind.
    pub(crate) fn mend(&mut self, folder: &Path) -> Result<(), RegisterError> {
        if self.is_spoiled() {
            return Ok(());
        }
        let bytes = self.bytes()?;
        let in_step = |file: PathBuf| contents(&file).is_some_and(|found| found == bytes);
        if in_step(path(folder)) && in_step(copy(folder)) { Ok(()) } else { self.write(folder) }
    }

    fn bytes(&mut self) -> Result<Vec<u8>, RegisterError> {
        if self.is_spoiled() {
            return Err(RegisterError::KeysDamaged);
        }
        self.check = self.fingerprint();
        let bytes = serde_json::to_vec_pretty(self).map_err(RegisterError::damaged);
        self.check = None;
        bytes
    }

    pub(crate) fn slots(&self) -> Vec<KeySlot> {
        let remembering = |slot: &ComputerSlot| Remembering {
            computer: slot.computer.clone(),
            since: slot.wrapped.added_at,
        };
        let slot = |slot: &OfficerSlot| KeySlot {
            officer: slot.officer.clone(),
            added_at: slot.wrapped.added_at,
            remembered_on: self
                .computers
                .iter()
                .filter(|computer| computer.officer == slot.officer.id)
                .map(remembering)
                .collect(),
        };
        self.officers.iter().map(slot).collect()
    }

    pub(crate) fn register(&self) -> Uuid {
        self.register
    }

    /// The officer and the data key, if name and passphrase fit.
    pub(crate) fn unlock(&self, name: &str, passphrase: &Passphrase) -> Option<(Actor, DataKey)> {
        let slot = self.officers.iter().find(|slot| same_name(&slot.officer.name, name))?;
        let key =
            slot.wrapped.open(passphrase.bytes(), &officer_binding(self.register, &slot.officer), MOST)?;
        Some((slot.officer.clone(), key))
    }

    pub(crate) fn recover(&self, key: &RecoveryKey) -> Option<DataKey> {
        self.recovery.open(key.bytes(), &recovery_binding(self.register), MOST)
    }

    /// The officer whom this computer remembers, and the data key.
    pub(crate) fn remembered(&self, key: &ComputerKey) -> Option<(Actor, DataKey)> {
        self.computers.iter().find_map(|slot| {
            let officer = self.officers.iter().map(|slot| &slot.officer).find(|it| it.id == slot.officer)?;
            let binding = computer_binding(self.register, officer, &slot.computer);
            // All of them are tried, unasked, when the program starts.
            Some((officer.clone(), slot.wrapped.open(key.bytes(), &binding, RANDOM)?))
        })
    }

    /// Lets a computer open the register for an officer; what it held for them before opens nothing from now on.
    pub(crate) fn remember(
        &mut self,
        officer: &Actor,
        computer: &str,
        key: &DataKey,
        now: DateTime<Utc>,
    ) -> Result<ComputerKey, RegisterError> {
        if !self.officers.iter().any(|slot| slot.officer == *officer) {
            return Err(RegisterError::UnknownOfficer);
        }
        let secret = ComputerKey::random()?;
        let binding = computer_binding(self.register, officer, computer);
        let wrapped = Wrapped::seal(key, secret.bytes(), &binding, RANDOM, now)?;
        self.forget(officer.id, computer);
        self.computers.push(ComputerSlot { officer: officer.id, computer: computer.to_owned(), wrapped });
        Ok(secret)
    }

    /// Takes a computer's slot for an officer away, if there is one.
    pub(crate) fn forget(&mut self, officer: Uuid, computer: &str) {
        self.computers.retain(|slot| slot.officer != officer || slot.computer != computer);
    }

    pub(crate) fn add(
        &mut self,
        officer: Actor,
        passphrase: &Passphrase,
        key: &DataKey,
        now: DateTime<Utc>,
    ) -> Result<(), RegisterError> {
        if let Some(taken) = self
            .officers
            .iter()
            .find(|slot| slot.officer.id == officer.id || same_name(&slot.officer.name, &officer.name))
        {
            return Err(RegisterError::OfficerExists { name: taken.officer.name.clone() });
        }
        let binding = officer_binding(self.register, &officer);
        let wrapped = Wrapped::seal(key, passphrase.strong_enough()?.bytes(), &binding, self.effort, now)?;
        self.officers.push(OfficerSlot { officer, wrapped });
        Ok(())
    }

    pub(crate) fn remove(&mut self, officer: Uuid) -> Result<(), RegisterError> {
        let place = self
            .officers
            .iter()
            .position(|slot| slot.officer.id == officer)
            .ok_or(RegisterError::UnknownOfficer)?;
        if self.officers.len() == 1 {
            return Err(RegisterError::LastOfficer);
        }
        self.officers.remove(place);
        self.computers.retain(|slot| slot.officer != officer);
        Ok(())
    }

    /// Gives an officer another passphrase, and a slot if there is none. Every computer forgets them: whoever knew the old
    /// passphrase may have had one of them remember it.
    pub(crate) fn set(
        &mut self,
        officer: Actor,
        passphrase: &Passphrase,
        key: &DataKey,
        now: DateTime<Utc>,
    ) -> Result<(), RegisterError> {
        passphrase.strong_enough()?;
        self.officers.retain(|slot| slot.officer.id != officer.id);
        self.computers.retain(|slot| slot.officer != officer.id);
        self.add(officer, passphrase, key, now)
    }

    pub(crate) fn new_recovery(
        &mut self,
        key: &DataKey,
        now: DateTime<Utc>,
    ) -> Result<RecoveryKey, RegisterError> {
        let recovery = RecoveryKey::random()?;
        self.recovery =
            Wrapped::seal(key, recovery.bytes(), &recovery_binding(self.register), self.effort, now)?;
        Ok(recovery)
    }
}

impl Wrapped {
    fn seal(
        key: &DataKey,
        secret: &[u8],
        binding: &[u8],
        effort: Effort,
        now: DateTime<Utc>,
    ) -> Result<Wrapped, RegisterError> {
        let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
        getrandom::fill(&mut salt)
            .and_then(|()| getrandom::fill(&mut nonce))
            .map_err(|_| RegisterError::NoRandomness)?;
        let wrapping = derived(secret, &salt, effort)
            .ok_or_else(|| RegisterError::damaged("the key derivation was refused"))?;
        let sealed = XChaCha20Poly1305::new_from_slice(&wrapping)
            .ok()
            .and_then(|cipher| {
                cipher.encrypt(&XNonce::from(nonce), Payload { msg: key.bytes(), aad: binding }).ok()
            })
            .ok_or_else(|| RegisterError::damaged("the key could not be wrapped"))?;
        Ok(Wrapped {
            added_at: now,
            effort,
            salt: BASE64.encode(&salt),
            nonce: BASE64.encode(&nonce),
            key: BASE64.encode(&sealed),
        })
    }

    /// Nothing, too, when it asks for more work than `most`.
    fn open(&self, secret: &[u8], binding: &[u8], most: Effort) -> Option<DataKey> {
        let Effort { memory, passes, lanes } = self.effort;
        if memory > most.memory || passes > most.passes || lanes > most.lanes {
            return None;
        }
        let salt = BASE64.decode(self.salt.as_bytes()).ok()?;
        let nonce: [u8; NONCE] = BASE64.decode(self.nonce.as_bytes()).ok()?.try_into().ok()?;
        let sealed = BASE64.decode(self.key.as_bytes()).ok()?;
        let wrapping = derived(secret, &salt, self.effort)?;
        let payload = Payload { msg: sealed.as_slice(), aad: binding };
        let opened =
            XChaCha20Poly1305::new_from_slice(&wrapping).ok()?.decrypt(&XNonce::from(nonce), payload).ok()?;
        DataKey::from_bytes(&Zeroizing::new(opened))
    }
}

fn derived(secret: &[u8], salt: &[u8], effort: Effort) -> Option<Zeroizing<Vec<u8>>> {
    let params = Params::new(effort.memory, effort.passes, effort.lanes, Some(32)).ok()?;
    let mut key = Zeroizing::new(vec![0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, &mut key)
        .ok()?;
    Some(key)
}

/// What a slot is bound to: it cannot be moved to another register, officer or name.
fn officer_binding(register: Uuid, officer: &Actor) -> Vec<u8> {
    [
        b"register keys 1: officer".as_slice(),
        register.as_bytes(),
        officer.id.as_bytes(),
        officer.name.as_bytes(),
    ]
    .concat()
}

/// A slot for a computer is also bound to the officer's name and the computer's: nobody makes one out to somebody else.
fn computer_binding(register: Uuid, officer: &Actor, computer: &str) -> Vec<u8> {
    [
        b"register keys 1: computer".as_slice(),
        register.as_bytes(),
        officer.id.as_bytes(),
        &(officer.name.len() as u64).to_be_bytes(),
        officer.name.as_bytes(),
        computer.as_bytes(),
    ]
    .concat()
}

fn recovery_binding(register: Uuid) -> Vec<u8> {
    [b"register keys 1: recovery".as_slice(), register.as_bytes()].concat()
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
