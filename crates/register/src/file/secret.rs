//! Secrets: passphrases, the data key, the printed recovery key. Wiped from memory when dropped, never shown by accident.

use std::fmt;

use data_encoding::{Encoding, HEXLOWER, Specification};
use zeroize::Zeroizing;

use crate::RegisterError;

/// A passphrase as it was typed.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Fewer characters are refused for a new passphrase.
    pub const SHORTEST: usize = 8;

    /// Takes a passphrase.
    pub fn new(typed: impl Into<String>) -> Passphrase {
        Passphrase(Zeroizing::new(typed.into()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(crate) fn strong_enough(&self) -> Result<&Passphrase, RegisterError> {
        if self.0.chars().count() < Self::SHORTEST { Err(RegisterError::WeakPassphrase) } else { Ok(self) }
    }
}

/// The key of the database.
// On the heap: an array would leave a copy on the stack wherever it is moved, which nothing wipes.
#[derive(Clone)]
pub struct DataKey(Zeroizing<Vec<u8>>);

/// Its bytes.
const KEY: usize = 32;

impl DataKey {
    pub(crate) fn random() -> Result<DataKey, RegisterError> {
        let mut key = Zeroizing::new(vec![0; KEY]);
        getrandom::fill(&mut key).map_err(|_| RegisterError::NoRandomness)?;
        Ok(DataKey(key))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<DataKey> {
        (bytes.len() == KEY).then(|| DataKey(Zeroizing::new(bytes.to_vec())))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As text, as SQLCipher is told it.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(self.bytes()))
    }
}

/// The secret that a computer's key ring keeps for one officer. It opens their slot for that computer, and is not the key of
/// the database: it is worth nothing once the slot is gone, and names nobody else.
#[derive(Clone)]
pub struct ComputerKey(Zeroizing<Vec<u8>>);

impl ComputerKey {
    pub(crate) fn random() -> Result<ComputerKey, RegisterError> {
        Ok(ComputerKey(DataKey::random()?.0))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As text, for the key ring.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(self.bytes()))
    }

    /// From the text in the key ring.
    pub fn from_text(text: &str) -> Result<ComputerKey, RegisterError> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| RegisterError::NotRemembered)?;
        Ok(ComputerKey(Zeroizing::new(bytes)))
    }
}

/// The key that is printed and put in a safe: seven groups of four characters, the last two a check.
#[derive(Clone)]
pub struct RecoveryKey(Zeroizing<Vec<u8>>);

/// Bytes of the secret: 128 bits.
const SECRET: usize = 16;
/// Characters that check the rest.
const CHECKS: usize = 2;
const GROUP: usize = 4;

impl RecoveryKey {
    pub(crate) fn random() -> Result<RecoveryKey, RegisterError> {
        let mut secret = Zeroizing::new(vec![0; SECRET]);
        getrandom::fill(&mut secret).map_err(|_| RegisterError::NoRandomness)?;
        Ok(RecoveryKey(secret))
    }

    /// Reads what was printed. Case, spaces, hyphens, and O for 0 or I for 1 do not matter.
    pub fn parse(typed: &str) -> Result<RecoveryKey, RegisterError> {
        let alphabet = alphabet().ok_or(RegisterError::WrongRecoveryKey)?;
        let typed: String = typed.chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
        let (secret, check) = typed
            .split_at_checked(typed.len().saturating_sub(CHECKS))
            .ok_or(RegisterError::WrongRecoveryKey)?;
        let bytes =
            Zeroizing::new(alphabet.decode(secret.as_bytes()).map_err(|_| RegisterError::WrongRecoveryKey)?);
        if bytes.len() != SECRET || check_of(&alphabet, &bytes) != canonical(check) {
            return Err(RegisterError::WrongRecoveryKey);
        }
        Ok(RecoveryKey(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As it is printed.
    pub fn printed(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        if let Some(alphabet) = alphabet() {
            let signs = Zeroizing::new(alphabet.encode(self.bytes()) + &check_of(&alphabet, self.bytes()));
            for (place, sign) in signs.chars().enumerate() {
                if place > 0 && place % GROUP == 0 {
                    text.push('-');
                }
                text.push(sign);
            }
        }
        text
    }
}

/// Crockford's: no I, L, O or U, and those that are easily misread are taken for what they look like.
fn alphabet() -> Option<Encoding> {
    let mut alphabet = Specification::new();
    alphabet.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    alphabet.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLl");
    alphabet.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    alphabet.encoding().ok()
}

fn check_of(alphabet: &Encoding, secret: &[u8]) -> String {
    let digest = blake3::derive_key("register keys 1: check of a recovery key", secret);
    alphabet.encode(&digest).chars().take(CHECKS).collect()
}

fn canonical(check: &str) -> String {
    check.to_uppercase().replace('O', "0").replace(['I', 'L'], "1")
}

macro_rules! unseen {
    ($($secret:ty),*) => {$(
        impl fmt::Debug for $secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($secret), "(not shown)"))
            }
        }
    )*};
}

unseen!(Passphrase, DataKey, ComputerKey, RecoveryKey);
