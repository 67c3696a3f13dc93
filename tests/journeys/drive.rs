//! A drive that is full, or gone, while the window is open: what was typed stays, and is saved once the drive is well.
use std::fs;

use faults::drive::Drive;
use journeys::{Desk, Opening};

use crate::round::makes_a_register;

/// Types a new organisation and tries to save it.
fn tries_to_save_an_organisation(desk: &Desk) {
    desk.click("Organisations");
    desk.click("New organisation…");
    desk.type_into("Registered name", "Quill Ceramics Ltd");
    desk.click("Save");
}

/// What was typed still stands in its form, and is saved, once, with one more press.
fn saves_it_after_all(desk: &Desk) {
    desk.click("Save");
    desk.sees("Organisation Quill Ceramics Ltd made.");
    desk.sees("13 organisations");
    desk.press("Ctrl+Z");
    desk.sees("Undone");
    desk.sees("12 organisations");
}

#[test]
fn on_a_full_drive_what_was_typed_stays_until_there_is_room() {
    let Some(drive) = Drive::new(48) else { return };
    let desk = Opening::with_arguments(&[]).open();
    makes_a_register(&desk, drive.path());
    drive.leave(0);
    tries_to_save_an_organisation(&desk);
    desk.sees("The drive that holds the register is full");
    desk.sees("Nothing of this action was kept.");
    desk.sees("Make room on that drive");
    drive.make_room();
    saves_it_after_all(&desk);
}

#[test]
fn while_the_drive_is_pulled_out_what_was_typed_stays_and_what_was_read_can_be_looked_at() {
    let place = tempfile::tempdir().unwrap();
    let desk = Opening::with_arguments(&[]).open();
    makes_a_register(&desk, place.path());
    let (there, away) = (place.path().join("office.vdesk"), place.path().join("away"));
    fs::rename(&there, &away).unwrap();
    tries_to_save_an_organisation(&desk);
    desk.sees("Nothing of this action was kept.");
    fs::rename(&away, &there).unwrap();
    saves_it_after_all(&desk);
}
