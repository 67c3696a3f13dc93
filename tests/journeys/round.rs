//! A voucher round, from an empty desk to printed letters, undone and done again.
use journeys::{Desk, Opening, PrintShop};

const APPLICATIONS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/applications/innovation-voucher-applications-forms-7.xlsx");

fn makes_a_register(desk: &Desk) {
    desk.click("Make a register…");
    desk.type_into("Name of the office", "Marlbrook (test)");
    desk.type_into("Your name", "Ada Manager");
    desk.type_into("Folder", &desk.home().join("office.vdesk").display().to_string());
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

#[test]
fn a_round_from_an_empty_desk_to_imported_cases_and_back() {
    let shop = PrintShop::open();
    let desk = Opening::with_arguments(&[]).environment("CUPS_SERVER", &shop.address()).open();
    makes_a_register(&desk);
    sets_up_a_programme_and_a_round(&desk);
    imports_the_workbook(&desk);
}
