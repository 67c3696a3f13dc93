//! The key ring of the operating system, for what opens a register on this computer without its passphrase.
//!
//! Which key ring that is stands here alone: the Secret Service on Linux (GNOME Keyring, KWallet), the Keychain on macOS, the
//! Credential Manager on Windows.
#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use casework::problem::{Code, Problem};
#[cfg(target_os = "linux")]
use dbus_secret_service_keyring_store::Store;
use keyring_core::{Entry, Error, api::CredentialStoreApi};
use register::ComputerKey;
use uuid::Uuid;
#[cfg(windows)]
use windows_native_keyring_store::Store;
use zeroize::Zeroizing;

const SERVICE: &str = "Voucher Desk";
/// Windows would carry it to every computer that the account signs in to.
#[cfg(windows)]
const MODIFIERS: &[(&str, &str)] = &[("persistence", "Local")];
#[cfg(not(windows))]
const MODIFIERS: &[(&str, &str)] = &[];

/// What the key ring holds for one register.
pub(crate) struct KeyRing(Entry);

impl KeyRing {
    /// Reaches the key ring; the system may ask the officer to unlock it.
    pub fn of(register: Uuid) -> Result<Self, Problem> {
        let modifiers = MODIFIERS.iter().copied().collect();
        let entry =
            Store::new().and_then(|store| store.build(SERVICE, &register.to_string(), Some(&modifiers)));
        Ok(Self(entry.map_err(problem)?))
    }

    /// Keeps the key, in place of one kept before.
    pub fn keep(&self, key: &ComputerKey) -> Result<(), Problem> {
        self.0.set_password(&key.to_text()).map_err(problem)
    }

    /// The key that is kept.
    pub fn recall(&self) -> Result<Option<ComputerKey>, Problem> {
        match self.0.get_password().map(Zeroizing::new) {
            Ok(text) => Ok(Some(ComputerKey::from_text(&text)?)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(problem(error)),
        }
    }

    /// Lets go of the key, if there is one.
    pub fn forget(&self) -> Result<(), Problem> {
        match self.0.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(problem(error)),
        }
    }
}

fn problem(error: Error) -> Problem {
    let message = match error {
        Error::NoStorageAccess(_) => "The key ring of this computer stayed locked.".to_owned(),
        other => format!("The key ring of this computer cannot be used ({other})."),
    };
    Problem::new(Code::File, message).fix("The register opens with your passphrase as before.")
}
