//! The computers that open the register for an officer without asking for the passphrase.

use register::{ComputerKey, KeySlot};
use uuid::Uuid;

use super::{only_managers, store};
use crate::{desk::Desk, problem::Problem};

/// Lets this computer open the register for the officer at the desk. What is given back belongs in its key ring.
pub fn remember_on_this_computer(desk: &mut Desk) -> Result<ComputerKey, Problem> {
    desk.may_change()?;
    let key = desk.register_mut().remember_on_this_computer()?;
    let computer = desk.register().device().to_owned();
    desk.change("Let a computer open the register", |tx, hand| {
        store::forget_computer(tx, hand.officer.id, &computer, hand.now)?;
        store::remember_computer(tx, hand.officer.id, &computer, hand.now)
    })?;
    Ok(key)
}

/// Has a computer ask an officer for the passphrase again: one’s own, or as a manager anybody’s.
pub fn forget_computer(desk: &mut Desk, officer: Uuid, computer: &str) -> Result<(), Problem> {
    if desk.officer()?.id != officer {
        only_managers(desk, "have other officers’ computers forget them")?;
    }
    desk.register_mut().forget_computer(officer, computer)?;
    desk.change("Had a computer ask for the passphrase again", |tx, hand| {
        store::forget_computer(tx, officer, computer, hand.now)
    })?;
    Ok(())
}

/// Has this computer ask the officer at the desk for the passphrase again.
pub fn forget_this_computer(desk: &mut Desk) -> Result<(), Problem> {
    let (officer, computer) = (desk.officer()?.id, desk.register().device().to_owned());
    forget_computer(desk, officer, &computer)
}

/// Whether this computer opens the register for the officer at the desk.
pub fn is_remembered_on_this_computer(desk: &Desk) -> Result<bool, Problem> {
    let (register, slots) = (desk.register(), desk.register().key_slots()?);
    let Some(slot) = slots.iter().find(|slot| slot.officer.id == register.actor().id) else {
        return Ok(false);
    };
    Ok(opening(desk, slot)?.iter().any(|computer| computer == register.device()))
}

/// Whether this computer may open the register for the officer at the desk: it was let, and that was not undone.
pub(crate) fn may_open(desk: &Desk) -> Result<bool, Problem> {
    let register = desk.register();
    store::remembers(register.present(), register.actor().id, register.device())
}

/// The computers that open the register for the officer of a slot: those that may and can.
pub(super) fn opening(desk: &Desk, slot: &KeySlot) -> Result<Vec<String>, Problem> {
    let mut opening = Vec::new();
    for remembering in &slot.remembered_on {
        if store::remembers(desk.reader(), slot.officer.id, &remembering.computer)? {
            opening.push(remembering.computer.clone());
        }
    }
    Ok(opening)
}
