//! Officers: who works with the register, in which role, and up to what amount they may award.

pub(crate) mod computers;
pub(crate) mod store;

pub use computers::{
    forget_computer, forget_this_computer, is_remembered_on_this_computer, remember_on_this_computer,
};

use register::{Actor, Passphrase};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    desk::Desk,
    forms::{self, Noun, Values},
    money::Pence,
    problem::{Code, Problem},
};

/// What an officer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records, checks, and awards within a delegated limit.
    Officer,
    /// Awards, sets programmes, limits and officers.
    Manager,
    /// Pays; does not decide.
    Finance,
    /// Reads and verifies; changes nothing.
    Auditor,
}

impl Role {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Manager => "manager",
            Role::Finance => "finance",
            Role::Auditor => "auditor",
        }
    }

    /// The role of this name; a name not known has the least rights.
    pub fn named(name: &str) -> Role {
        [Role::Officer, Role::Manager, Role::Finance]
            .into_iter()
            .find(|role| role.name() == name)
            .unwrap_or(Role::Auditor)
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Role::Officer => "programme officer",
            Role::Manager => "manager",
            Role::Finance => "finance officer",
            Role::Auditor => "auditor",
        }
    }
}

/// Somebody who works with the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Their id; also the actor's in the journal.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Their job title, for letters.
    pub job_title: Option<String>,
    /// Their e-mail address, for letters.
    pub email: Option<String>,
    /// Their telephone, for letters.
    pub phone: Option<String>,
}

/// An officer in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OfficerRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Whether a passphrase of theirs opens the register.
    pub can_unlock: bool,
    /// The computers that open it for them without a passphrase.
    pub computers: Vec<String>,
    /// The largest delegated limit over all programmes; none where no limit is set.
    pub limit: Option<Pence>,
}

/// All officers who have not left.
pub fn list(desk: &Desk) -> Result<Vec<OfficerRow>, Problem> {
    let slots = desk.register().key_slots()?;
    let mut rows = store::all(desk.reader())?;
    for row in &mut rows {
        if let Some(slot) = slots.iter().find(|slot| slot.officer.id == row.id) {
            row.can_unlock = true;
            row.computers = computers::opening(desk, slot)?;
        }
    }
    Ok(rows)
}

/// Adds an officer with their own passphrase. Managers only.
pub fn add(desk: &mut Desk, values: &Values, passphrase: &Passphrase) -> Result<forms::Saved, Problem> {
    only_managers(desk, "add officers")?;
    let saved = forms::save(desk, Noun::Officer, None, values)?;
    let officer = store::by_id(desk.reader(), saved.id)?
        .ok_or_else(|| Problem::not_found("The officer was not kept."))?;
    desk.register_mut().add_officer(Actor { id: officer.id, name: officer.name }, passphrase)?;
    Ok(saved)
}

/// Removes an officer’s passphrase and marks them as having left. The last that opens the register stays.
pub fn remove(desk: &mut Desk, id: Uuid) -> Result<(), Problem> {
    only_managers(desk, "remove officers")?;
    store::by_id(desk.reader(), id)?
        .ok_or_else(|| Problem::not_found("This officer is no longer in the register."))?;
    if desk.register().key_slots()?.iter().any(|slot| slot.officer.id == id) {
        desk.register_mut().remove_officer(id)?;
    }
    desk.change("Removed an officer", |tx, hand| store::leave(tx, id, hand.today))?;
    Ok(())
}

/// The tables that only managers change.
pub(crate) const SET_BY_MANAGERS: [&str; 7] =
    ["office", "officers", "programmes", "rounds", "approval_limits", "statutory_limits", "templates"];

/// Refuses what only a manager may do.
pub(crate) fn only_managers(desk: &Desk, what: &str) -> Result<(), Problem> {
    match desk.officer()?.role {
        Role::Manager => Ok(()),
        role => Err(Problem::new(Code::Refused, format!("A {} may not {what}.", role.label()))
            .fix("Ask a manager to do it.")),
    }
}
