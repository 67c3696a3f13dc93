//! A voucher round, from an empty desk to printed letters, undone and done again.
use std::path::Path;

use journeys::{Desk, Opening, PrintShop};

pub(crate) const APPLICATIONS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/applications/innovation-voucher-applications-forms-7.xlsx");

pub(crate) fn makes_a_register(desk: &Desk, home: &Path) {
    desk.click("Make a register…");
    desk.type_into("Name of the office", "Marlbrook (test)");
    desk.type_into("Your name", "Ada Manager");
    desk.type_into("Folder", &home.join("office.vdesk").display().to_string());
    desk.type_into("Passphrase", "seven quiet foxes");
    desk.type_into("Passphrase again", "seven quiet foxes");
    desk.click("Make the register");
    desk.sees("The recovery sheet of Marlbrook (test)");
    desk.click("I have put the recovery key in a safe place");
    desk.click("Open the register");
    desk.sees("Today");
}

fn sets_up_a_programme_and_a_round(desk: &Desk) {
    desk.click("Settings");
    desk.click("Programmes and rounds");
    desk.click("New programme…");
    desk.type_into("Code", "WMIV");
    desk.type_into("Name", "West Marlbrook Vouchers");
    desk.type_into("Smallest award", "1000");
    desk.type_into("Largest award", "5000");
    desk.click("Save");
    desk.click("New round of West Marlbrook Vouchers");
    desk.type_into("Name", "Round 1");
    desk.type_into("Budget", "140000");
    desk.click("Save");
    desk.sees("£140,000");
}

fn imports_the_workbook(desk: &Desk) {
    desk.click("Cases");
    desk.click("Import applications…");
    desk.type_into("File", APPLICATIONS);
    desk.click("Read the file");
    desk.sees("Companies House number");
    desk.click("Check 63 rows");
    desk.sees("Cannot be taken");
    desk.click_role("tab", "Cannot be taken 3");
    // “Ltd” is no name, and “5k” is no amount: both are mended where they stand.
    desk.type_into("Business", "Larkfield Testing Ltd");
    desk.click("Mend");
    desk.sees("Import 58 of 63");
    desk.sees("“5k” is not an amount");
    desk.type_into("Asked for", "5000");
    desk.click("Mend");
    desk.sees("Import 59 of 63");
    desk.click("Import 59 of 63");
    desk.click("Cases");
    desk.sees("59 cases");
}

/// Ten of them that no rule has anything against. Two have no postcode, so their letters wait.
const TEN: [&str; 10] = ["0004", "0005", "0007", "0011", "0015", "0016", "0019", "0024", "0028", "0030"];

fn decides_ten(desk: &Desk) {
    desk.click_role("button", "Case");
    // The rows are in their new order once the third follows the second.
    desk.sees("7 Dec WMIV-2026-0003");
    for number in TEN {
        desk.click(&format!("Select WMIV-2026-{number}"));
    }
    desk.sees("10 selected");
    desk.click("Decide…");
    desk.sees_role("dialog", "Award 10 cases");
    desk.click("Award 10, £42,499.97");
    desk.no_longer_sees("Award 10 cases");
}

fn issues_and_prints_their_letters(desk: &Desk) {
    for number in TEN {
        desk.click(&format!("Select WMIV-2026-{number}"));
    }
    desk.click("Letters…");
    desk.click("Award letter");
    desk.sees("8 ready.");
    desk.click("Change…");
    desk.sees("Print on both sides");
    desk.click("Use this printer");
    desk.click("Issue and print 8");
    desk.sees("8 letters issued.");
}

fn undoes_the_import_and_what_rests_on_it(desk: &Desk) {
    desk.click("Back to Cases");
    desk.click("Undo: Imported 59 applications from innovation-voucher-applications-forms-7.xlsx");
    desk.sees("marked withdrawn");
    desk.click("Undo it and the 10 later changes");
    desk.sees("No cases yet");
}

pub fn unlocks_it_again(desk: &Desk) {
    desk.sees("Unlock office");
    desk.type_into("Passphrase", "seven quiet foxes");
    desk.click("Unlock");
    desk.sees("Today");
}

#[test]
fn a_round_from_an_empty_desk_to_printed_letters() {
    let shop = PrintShop::open();
    let home = tempfile::tempdir().unwrap();
    let open = || {
        Opening::with_arguments(&[])
            .at_home(home.path())
            .environment("CUPS_SERVER", &shop.address())
            .size(1920, 1080)
            .open()
    };
    let desk = open();
    makes_a_register(&desk, home.path());
    sets_up_a_programme_and_a_round(&desk);
    imports_the_workbook(&desk);
    decides_ten(&desk);
    issues_and_prints_their_letters(&desk);
    let first = shop.paper_of("Test_PDF-1").text();
    assert!(first.contains("Offer of an innovation voucher of £5,000: Oat-based testing"), "{first}");
    assert!(first.contains("A*Star_Ltd #1 <b>"), "a name is printed as it is written: {first}");
    undoes_the_import_and_what_rests_on_it(&desk);
    drop(desk);
    let desk = open();
    unlocks_it_again(&desk);
    desk.press("Ctrl+Shift+Z");
    desk.sees("Done again");
    desk.click("Cases");
    desk.sees("59 cases");
}
