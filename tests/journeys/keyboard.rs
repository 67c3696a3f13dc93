//! The desk without a pointer: the same work by keys alone, with the focus seen at every stop.
use journeys::{Desk, Keyboard, Opening, PrintShop};

use crate::round::APPLICATIONS;

/// Chooses the printer and prints the one letter that is ready.
fn prints_the_letter(desk: &Desk, keys: &Keyboard) {
    desk.sees("1 ready.");
    keys.activate("Change…");
    desk.sees("Print on both sides");
    keys.activate("Use this printer");
    desk.no_longer_sees("Print on both sides");
    keys.press("Ctrl+P");
    desk.sees("1 letter issued.");
}

#[test]
fn an_application_is_found_decided_and_answered_by_keys_alone() {
    let shop = PrintShop::open();
    let desk = Opening::practice().environment("CUPS_SERVER", &shop.address()).open();
    let keys = Keyboard(&desk);
    desk.sees("Today");

    keys.press("Alt+2");
    desk.sees("304 cases");
    keys.press("/");
    keys.write("stage:assessed ");
    keys.press("Enter");
    keys.at("Cases");
    desk.sees("10 cases");
    keys.press("Home");
    keys.press("Down");
    keys.press("Down");
    desk.sees("MIV-2026-0068 · Innovation voucher");
    keys.press("D");
    desk.sees_role("dialog", "Award MIV-2026-0068");
    keys.activate("Award £2,100");
    desk.sees("MIV-2026-0068 awarded, £2,100.");

    keys.press("/");
    keys.press("Escape");
    keys.write("MIV-2026-0068");
    keys.press("Enter");
    keys.at("Cases");
    desk.sees("1 of 1");
    keys.press("L");
    keys.activate("Award letter");
    prints_the_letter(&desk, &keys);
    let paper = shop.paper_of("Test_PDF-1").text();
    assert!(paper.contains("Offer of an innovation voucher of £2,100"), "{paper}");
    keys.activate("Back to Cases");
}

#[test]
fn a_round_is_set_up_imported_mended_and_taken_back_by_keys_alone() {
    let home = tempfile::tempdir().unwrap();
    let desk = Opening::with_arguments(&[]).size(1920, 1080).open();
    let keys = Keyboard(&desk);
    desk.sees("Make a register…");
    keys.activate("Make a register…");
    keys.fill("Name of the office", "Marlbrook (test)");
    keys.fill("Your name", "Ada Manager");
    keys.refill("Folder", &home.path().join("office.vdesk").display().to_string());
    keys.fill("Passphrase", "seven quiet foxes");
    keys.fill("Passphrase again", "seven quiet foxes");
    keys.activate("Make the register");
    desk.sees("The recovery sheet of Marlbrook (test)");
    keys.to("I have put the recovery key in a safe place");
    keys.press("Space");
    keys.activate("Open the register");
    desk.sees("Today");

    keys.does("Go to Settings");
    keys.activate("New programme…");
    keys.fill("Code", "WMIV");
    keys.fill("Name", "West Marlbrook Vouchers");
    keys.fill("Smallest award", "1000");
    keys.fill("Largest award", "5000");
    keys.activate("Save");
    desk.sees("New programme made.");
    keys.activate("New round of West Marlbrook Vouchers");
    keys.fill("Name", "Round 1");
    keys.fill("Budget", "140000");
    keys.activate("Save");
    desk.sees("£140,000");

    keys.does("Import applications");
    keys.fill("File", APPLICATIONS);
    keys.activate("Read the file");
    desk.sees("Companies House number");
    keys.activate("Check 63 rows");
    desk.sees("Cannot be taken");
    keys.refill("Business", "Larkfield Testing Ltd");
    keys.press("Enter");
    desk.sees("Import 58 of 63");
    keys.activate("Import 58 of 63");
    keys.press("Alt+2");
    desk.sees("58 cases");
    keys.press("Ctrl+Z");
    desk.sees("No cases yet");
    keys.press("Ctrl+Shift+Z");
    desk.sees("58 cases");
}

#[test]
fn a_placement_is_brought_to_its_letter_by_keys_alone() {
    let shop = PrintShop::open();
    let desk = Opening::practice().environment("CUPS_SERVER", &shop.address()).open();
    let keys = Keyboard(&desk);
    desk.sees("Today");

    keys.does("New placement case");
    keys.pick("Host", "Larch Tooling", "Larch Tooling");
    keys.fill("Project", "A glaze that needs no lead");
    keys.activate("Save");
    desk.sees("Enquiry since");

    // One letter for the next step, wherever the focus is.
    keys.press("A");
    keys.at("Role");
    keys.write("Glaze chemist");
    keys.choose("Type", "Graduate internship");
    keys.fill("Starts", "1 February 2027");
    keys.fill("Ends", "30 April 2027");
    keys.pick("Supervisor at the host", "Nobody so far", "Add “Nobody so far” as new");
    keys.activate("Record the role");
    desk.sees("Role proposed since");

    keys.press("A");
    keys.at("Employers’ liability insurer");
    keys.write("Marlbrook Mutual");
    keys.fill("Insurance runs to", "31 December 2027");
    keys.fill("Health and safety checked on", "24/11/2026");
    keys.choose("Risk", "Low");
    keys.activate("Record the host checks");
    desk.sees("Host checked since");

    keys.press("A");
    keys.at("Subsidy agreed");
    keys.write("2,500");
    keys.fill("Funding decided on", "24/11/2026");
    keys.choose("Employer of record", "The host");
    keys.fill("Pay an hour", "13.50");
    keys.fill("Hours a week", "35");
    keys.activate("Agree the funding");
    desk.sees("Funding agreed since");

    keys.does("Record the candidate");
    keys.pick("Student or graduate", "Ines Vale", "Add “Ines Vale” as new");
    keys.fill("Selected on", "24/11/2026");
    keys.fill("Right to work shown on", "24/11/2026");
    keys.pick("Education provider", "Ashford", "Ashford Mere Institute");
    keys.choose("Already works for the host", "No");
    keys.fill("Graduated on", "01/07/2026");
    keys.activate("Record the candidate");
    desk.sees("Candidate selected since");

    keys.does("Send the agreement");
    keys.activate("Send the agreement");
    desk.sees("Agreement out since");

    keys.press("A");
    prints_the_letter(&desk, &keys);
    let paper = shop.paper_of("Test_PDF-1").text();
    assert!(paper.contains("Placement confirmed: Ines Vale as Glaze chemist"), "{paper}");
    keys.activate("Back to Cases");
    keys.press("Ctrl+Z");
}
