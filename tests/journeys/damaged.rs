//! A register that the drive spoiled, and its way back.
use std::fs;

use journeys::Opening;

use crate::round::makes_a_register;

#[test]
fn a_damaged_register_is_restored_from_the_start_screen() {
    let home = tempfile::tempdir().unwrap();
    let desk = Opening::with_arguments(&[]).at_home(home.path()).open();
    makes_a_register(&desk, home.path());
    desk.press("Ctrl+Shift+L");
    desk.sees("Unlock office");
    fs::write(home.path().join("office.vdesk/register.db"), "what a drive leaves when it fails").unwrap();
    desk.type_into("Passphrase", "seven quiet foxes");
    desk.click("Unlock");
    desk.sees("The register is damaged, or its drive");
    desk.click("Restore the last good backup");
    desk.sees("is in place");
    desk.click("Settings");
    desk.click("Programmes and rounds");
    desk.sees("New programme…");
}
