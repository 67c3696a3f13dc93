//! A desk that nobody sits at locks itself; a computer may be asked to open it at its start.
use std::time::Duration;

use journeys::{Desk, KeyRing, Opening};
use serde_json::json;
use tempfile::TempDir;

use crate::round::{makes_a_register, unlocks_it_again};

#[test]
fn the_desk_locks_itself_after_a_minute_and_gives_what_was_typed_back_to_the_same_officer() {
    let desk = Desk::practice();
    desk.click("Settings");
    desk.click("Register");
    desk.choose("Lock when nobody is there for", "1 minute");
    desk.click("Organisations");
    desk.click("Edit…");
    desk.type_into("Trading name", "Half a thought");
    desk.sees_within(Duration::from_secs(90), "Open the practice office");
    let words = desk.words();
    assert!(!words.contains("Trading name") && !words.contains("(practice) Ltd"), "{words}");

    desk.click("Open the practice office");
    desk.sees("Today");
    desk.click("Organisations");
    desk.click("Edit…");
    let typed =
        "return [...document.querySelectorAll('[role=dialog] input')].map((field) => field.value).join()";
    desk.until("what was typed is there again", || {
        desk.script(typed, json!([])).as_str().is_some_and(|values| values.contains("Half a thought"))
    });
}

#[test]
fn a_desk_that_locks_leaves_the_page_and_all_that_it_knew() {
    let desk = Desk::practice();
    desk.sees("Owed a letter");
    desk.script("window.known = document.body.innerText", json!([]));
    desk.press("Ctrl+Shift+L");
    desk.sees("Open the practice office");
    assert_eq!(desk.script("return window.known ?? 'nothing'", json!([])), "nothing");
}

#[test]
fn what_was_searched_for_and_ticked_waits_for_its_officer_over_a_lock() {
    let desk = Desk::practice();
    desk.click("To decide");
    desk.press("Ctrl+A");
    desk.sees("selected");
    desk.press("Ctrl+Shift+L");
    desk.sees("Open the practice office");
    assert!(!desk.words().contains("selected"), "{}", desk.words());

    desk.click("Open the practice office");
    desk.sees("selected");
    desk.sees("stage: submitted");
}

/// Starts the program of an officer whose files stay here, with this key ring.
fn open_with(ring: &KeyRing, home: &TempDir) -> Desk {
    let opening = Opening::with_arguments(&[]).at_home(home.path());
    opening.environment("DBUS_SESSION_BUS_ADDRESS", ring.address()).open()
}

/// Makes a register, locks it, and unlocks it with the wish to be remembered.
fn asks_to_be_remembered(desk: &Desk, home: &TempDir) {
    makes_a_register(desk, home.path());
    desk.press("Ctrl+Shift+L");
    desk.sees("Unlock office");
    desk.type_into("Passphrase", "seven quiet foxes");
    desk.click_role("checkbox", "Open without the passphrase on this computer");
    desk.click("Unlock");
}

#[test]
fn a_computer_that_remembers_its_officer_opens_at_the_start_asks_after_a_lock_and_forgets_on_request() {
    let ring = KeyRing::unlocked();
    let home = tempfile::tempdir().unwrap();
    let open = || open_with(&ring, &home);
    let desk = open();
    asks_to_be_remembered(&desk, &home);
    desk.sees("Today");
    drop(desk);

    let desk = open();
    desk.sees("Today");
    desk.press("Ctrl+Shift+L");
    desk.sees("Unlock office");
    assert!(!desk.words().contains("Today"), "{}", desk.words());
    unlocks_it_again(&desk);
    desk.click("Settings");
    desk.click("Officers");
    desk.sees("without a passphrase on");
    desk.click("Register");
    desk.click_role("checkbox", "Open without the passphrase when Voucher Desk starts on this computer");
    desk.sees("asks for your passphrase again");
    drop(desk);

    let desk = open();
    unlocks_it_again(&desk);
    desk.click("Settings");
    desk.click("Register");
    desk.sees("Had a computer ask for the passphrase again");
    desk.sees("Let a computer open the register");
}

#[test]
fn a_computer_that_was_told_elsewhere_to_forget_says_so_once() {
    let ring = KeyRing::unlocked();
    let home = tempfile::tempdir().unwrap();
    let open = || open_with(&ring, &home);
    let desk = open();
    makes_a_register(&desk, home.path());
    desk.click("Settings");
    desk.click("Register");
    desk.click_role("checkbox", "Open without the passphrase when Voucher Desk starts on this computer");
    desk.sees("From the next start");
    desk.click("Officers");
    desk.click("Forget");
    desk.sees("for the passphrase again");
    drop(desk);
    let desk = open();
    desk.sees("This computer no longer remembers how to open the register");
    drop(desk);
    let desk = open();
    desk.sees("Unlock office");
    assert!(!desk.words().contains("no longer remembers"), "{}", desk.words());
}

#[test]
fn a_computer_without_a_key_ring_says_so_and_opens_the_register_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    let desk = Opening::with_arguments(&[]).at_home(home.path()).open();
    asks_to_be_remembered(&desk, &home);
    desk.sees("The key ring of this computer cannot be used");
    desk.sees("Today");
}
