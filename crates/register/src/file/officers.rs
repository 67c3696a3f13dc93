//! Key slots of an open register: officers come, go and change their passphrase.

use uuid::Uuid;

use super::{
    keys::{KeyFile, KeySlot},
    secret::{ComputerKey, DataKey, Passphrase, RecoveryKey},
};
use crate::{Actor, Register, RegisterError};

impl Register {
    /// Who can unlock this register. Nobody, for one in memory.
    pub fn key_slots(&self) -> Result<Vec<KeySlot>, RegisterError> {
        match &self.home {
            Some(home) => Register::slots(&home.folder),
            None => Ok(Vec::new()),
        }
    }

    /// Lets another officer unlock the register.
    pub fn add_officer(&mut self, officer: Actor, passphrase: &Passphrase) -> Result<(), RegisterError> {
        let now = (self.clock)();
        self.change_keys(|keys, key| keys.add(officer, passphrase, key, now))
    }

    /// Takes an officer's slot away. The last is refused.
    pub fn remove_officer(&mut self, officer: Uuid) -> Result<(), RegisterError> {
        self.change_keys(|keys, _| keys.remove(officer))
    }

    /// Changes the passphrase of the officer who has unlocked the register; they prove the old one.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), RegisterError> {
        let (officer, now) = (self.actor.clone(), (self.clock)());
        self.change_keys(|keys, key| {
            keys.unlock(&officer.name, old).ok_or(RegisterError::WrongPassphrase { failures: 1 })?;
            keys.set(officer, new, key, now)
        })
    }

    /// Makes a new recovery key to be printed. The old one opens nothing from now on.
    pub fn new_recovery_key(&mut self) -> Result<RecoveryKey, RegisterError> {
        let now = (self.clock)();
        self.change_keys(|keys, key| keys.new_recovery(key, now))
    }

    /// Lets this computer open the register for the officer who has unlocked it. What is given back belongs in the key ring
    /// of the operating system and nowhere else; what was given before opens nothing from now on.
    pub fn remember_on_this_computer(&mut self) -> Result<ComputerKey, RegisterError> {
        let (officer, computer, now) = (self.actor.clone(), self.device.clone(), (self.clock)());
        self.change_keys(|keys, key| keys.remember(&officer, &computer, key, now))
    }

    /// Has a computer open the register for an officer no longer. One that did not stays as it was.
    pub fn forget_computer(&mut self, officer: Uuid, computer: &str) -> Result<(), RegisterError> {
        self.change_keys(|keys, _| {
            keys.forget(officer, computer);
            Ok(())
        })
    }

    /// The key of the database, to look behind the register. None for a register in memory.
    pub fn data_key(&self) -> Option<DataKey> {
        self.home.as_ref().map(|home| home.key.clone())
    }

    fn change_keys<T>(
        &mut self,
        change: impl FnOnce(&mut KeyFile, &DataKey) -> Result<T, RegisterError>,
    ) -> Result<T, RegisterError> {
        self.writable()?;
        let home = self.home.as_ref().ok_or(RegisterError::UnknownOfficer)?;
        let mut keys = KeyFile::read(&home.folder)?;
        let done = change(&mut keys, &home.key)?;
        keys.write(&home.folder)?;
        Ok(done)
    }
}
