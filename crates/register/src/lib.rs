//! One encrypted, journalled SQLite file that an office owns. It knows no domain.
//!
//! A domain hands over a [`Schema`]; everything it writes goes through [`Register::change`], which captures what
//! changed and appends it to a hash-chained journal in the same transaction. From that one journal come history,
//! undo and redo that outlast a restart, proof, and the register as it stood on a date.
//!
//! A register is a folder: `register.db` (SQLCipher), `keys.json` (the data key, wrapped once for each officer and
//! once for a printed recovery key, and for each computer that an officer is remembered on), `backups/`, and while it is open, a lock that says who has it open and where.

mod backup;
mod blobs;
mod change;
mod derived;
mod device;
mod erase;
mod error;
mod export;
mod file;
mod journal;
mod migrate;
mod past;
mod register;
mod schema;
mod shape;
mod undo;
mod verify;

pub use rusqlite::types::Value;

#[doc(hidden)]
pub use crate::file::{Settings, keys::Effort};
pub use crate::{
    backup::{BackupInfo, BackupReason},
    change::Changed,
    error::RegisterError,
    export::{Exported, PersonalValues},
    file::{
        keys::{KeySlot, Remembering},
        open::Unlock,
        secret::{ComputerKey, DataKey, Passphrase, RecoveryKey},
    },
    journal::{Entry, EntryKind, Erased, FieldChange, RecordChange},
    register::{ReadOnlyWhy, Register},
    schema::{Actor, AfterChange, Migration, Operation, Schema, Table, TouchedRow},
    undo::{UndoPlan, Undone},
    verify::Verification,
};
