//! The pieces of the robot's work. Each starts from any screen without an open question.
use serde_json::json;

use super::Robot;
use crate::screens::{action, open_voucher};

type Piece = (&'static str, fn(&mut Robot));

/// All of them.
pub(super) const WORK: &[Piece] = &[
    ("goes through the screens", goes_through_the_screens),
    ("searches in the list of cases", searches_in_the_list),
    ("searches with the palette", searches_with_the_palette),
    ("opens one case after another", opens_one_case_after_another),
    ("sorts the list and ticks it all", sorts_and_ticks),
    ("changes an organisation", changes_an_organisation),
    ("decides, and writes and prints the letter", decides_and_writes),
    ("decides many", decides_many),
    ("reads letters before they go", reads_letters_before_they_go),
    ("reads letters that went", reads_letters_that_went),
    ("begins forms and leaves them", begins_forms),
    ("imports a file", imports_a_file),
    ("looks back", looks_back),
    ("makes the text larger and smaller", changes_the_size),
    ("locks and unlocks", locks_and_unlocks),
];

const SCREENS: &[&str] = &["Today", "Cases", "Organisations", "People", "Letters", "Money", "Settings"];
const SETTINGS: &[&str] =
    &["Programmes and rounds", "Office", "Officers", "Letter templates", "Register", "Appearance", "About"];
const VIEWS: &[&str] = &["To decide", "Offers near expiry", "Claims to check", "Owed a letter"];
const QUERIES: &[&str] = &[
    "oat",
    "ltd",
    "MIV-2026",
    "stage:offered",
    "due:<14d",
    "amount:>4000",
    "kind:placement",
    "owed:letter",
    "stage:closed brook",
    "nothing is called this",
];
const WORDS: &[&str] = &["brook", "MIV-2026-00", "larch", "marlbrook", "glaze", "an", "decide", "zzz"];
const FORMS: &[&str] = &["New voucher", "New placement", "New partnership", "New organisation", "New person"];
/// A case of the practice office that is assessed and that no rule has anything against.
const CLEAN: &str = "MIV-2026-0068";
const APPLICATIONS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/applications/partner-applications-7.csv");

fn goes_through_the_screens(robot: &mut Robot) {
    let mut screens = SCREENS.to_vec();
    robot.chance.shuffle(&mut screens);
    for screen in screens {
        robot.desk.click_role("button", screen);
        robot.desk.settles();
    }
    robot.desk.click("Settings");
    for part in SETTINGS {
        robot.desk.click(part);
        robot.desk.settles();
    }
    let view = robot.draws(VIEWS);
    robot.desk.click(view);
    robot.desk.settles();
}

fn asks_for(robot: &Robot, query: &str) {
    shows_all_cases(robot);
    robot.desk.type_into("Search in cases", &format!("{query} "));
    robot.desk.press("Enter");
    robot.desk.settles();
}

fn shows_all_cases(robot: &Robot) {
    robot.desk.click_role("button", "Cases");
    robot.desk.press("/");
    robot.desk.press("Escape");
    robot.desk.sees("304 cases");
    robot.desk.press("Down");
    robot.desk.settles();
}

fn searches_in_the_list(robot: &mut Robot) {
    for _ in 0..4 {
        let query = robot.draws(QUERIES);
        asks_for(robot, query);
    }
    shows_all_cases(robot);
}

fn searches_with_the_palette(robot: &mut Robot) {
    for _ in 0..3 {
        let word = robot.draws(WORDS);
        robot.desk.press("Ctrl+K");
        robot.desk.type_into("Go to or do anything", word);
        robot.desk.settles();
        robot.desk.press("Escape");
        robot.desk.leave_questions();
    }
    open_voucher(robot.desk, CLEAN);
}

fn opens_one_case_after_another(robot: &mut Robot) {
    shows_all_cases(robot);
    robot.desk.press("Home");
    for _ in 0..12 {
        let key = robot.draws(&["Down", "Down", "Down", "PageDown", "Up", "End", "Home"]);
        robot.desk.press(key);
        robot.desk.settles();
    }
}

fn sorts_and_ticks(robot: &mut Robot) {
    shows_all_cases(robot);
    for _ in 0..3 {
        let column = robot.draws(&["Case", "Business", "Stage", "Due"]);
        robot.desk.click_role("button", column);
        robot.desk.settles();
    }
    robot.desk.click_role("button", "Due");
    robot.desk.press("/");
    robot.desk.press("Down");
    robot.desk.settles();
    robot.desk.press("Ctrl+A");
    robot.desk.sees("304 selected");
    robot.desk.settles();
    robot.desk.press("Escape");
    robot.desk.no_longer_sees("304 selected");
}

fn changes_an_organisation(robot: &mut Robot) {
    robot.desk.click_role("button", "Organisations");
    robot.desk.settles();
    robot.desk.click("Edit…");
    let number = format!("01632 96{:04}", robot.chance.u32(..10_000));
    robot.desk.type_into("Telephone", &number);
    robot.desk.click("Save");
    robot.desk.sees(&number);
    robot.desk.settles();
}

fn decides_and_writes(robot: &mut Robot) {
    let desk = robot.desk;
    asks_for(robot, CLEAN);
    desk.sees("1 of 1");
    desk.press("D");
    desk.sees_role("dialog", &format!("Award {CLEAN}"));
    let amount = robot.draws(&["2,100", "1,950", "1,200.50"]);
    desk.type_into(&format!("Award to {CLEAN}"), amount);
    desk.click(&format!("Award £{amount}"));
    desk.sees(&format!("{CLEAN} awarded, £{amount}."));
    desk.press("L");
    desk.click("Award letter");
    desk.sees("1 ready.");
    desk.sees("Page 1 of");
    desk.click("Next page");
    desk.sees("Page 2 of");
    if desk.words().contains("No printer chosen") {
        desk.click("Change…");
        desk.sees("Print on both sides");
        desk.click("Use this printer");
        desk.no_longer_sees("No printer chosen");
    }
    desk.click("Issue and print 1");
    desk.sees("1 letter issued.");
    desk.click("Back to Cases");
    desk.settles();
}

fn decides_many(robot: &mut Robot) {
    let desk = robot.desk;
    desk.click("To decide");
    desk.sees("30 cases");
    desk.press("/");
    desk.press("Down");
    desk.settles();
    desk.press("Ctrl+A");
    desk.sees("30 selected");
    desk.click("Decide…");
    desk.sees("afterwards.");
    for outcome in ["Reject", "Defer", "Award"] {
        desk.click_role("radio", outcome);
        desk.settles();
    }
    desk.leave_questions();
    desk.press("/");
    desk.press("Down");
    desk.press("Escape");
    desk.no_longer_sees("30 selected");
}

fn reads_letters_before_they_go(robot: &mut Robot) {
    let desk = robot.desk;
    desk.click("Owed a letter");
    desk.sees("33 cases");
    desk.press("/");
    desk.press("Down");
    desk.settles();
    desk.press("Ctrl+A");
    desk.sees("33 selected");
    desk.press("L");
    desk.click("Unsuccessful application");
    for _ in 0..3 {
        desk.sees("Page 1 of");
        desk.settles();
        desk.click("Larger");
        desk.click("Smaller");
        desk.script("document.querySelector('[role=grid]')?.focus()", json!([]));
        desk.press("Down");
    }
    desk.click_role("button", "Cases");
    desk.settles();
    desk.press("/");
    desk.press("Down");
    desk.press("Escape");
    desk.no_longer_sees("33 selected");
}

fn reads_letters_that_went(robot: &mut Robot) {
    let desk = robot.desk;
    desk.click_role("button", "Letters");
    desk.sees("Page 1 of");
    desk.press("/");
    desk.press("Down");
    for _ in 0..6 {
        let key = robot.draws(&["Down", "Down", "PageDown", "Up"]);
        desk.press(key);
        desk.settles();
        desk.sees("Page 1 of");
    }
}

fn begins_forms(robot: &mut Robot) {
    for form in FORMS {
        action(robot.desk, form);
        robot.desk.sees_role("dialog", form);
        robot.desk.leave_questions();
    }
    robot.desk.press("?");
    robot.desk.settles();
    robot.desk.leave_questions();
}

fn imports_a_file(robot: &mut Robot) {
    let desk = robot.desk;
    action(desk, "Import applications");
    desk.type_into("File", APPLICATIONS);
    desk.click("Read the file");
    desk.click("Check ");
    desk.click("Import ");
    desk.sees("taken into");
    desk.settles();
}

fn looks_back(robot: &mut Robot) {
    let desk = robot.desk;
    action(desk, "As it stood on");
    desk.type_into("Day", "yesterday");
    desk.click("Show");
    desk.sees("As it stood on the evening of");
    for screen in ["Cases", "Money", "Organisations"] {
        desk.click_role("button", screen);
        desk.settles();
    }
    desk.click("Back to today");
    desk.no_longer_sees("As it stood on the evening of");
}

fn changes_the_size(robot: &mut Robot) {
    for keys in ["Ctrl+=", "Ctrl+=", "Ctrl+-", "Ctrl+-"] {
        robot.desk.press(keys);
        robot.desk.settles();
    }
}

fn locks_and_unlocks(robot: &mut Robot) {
    let desk = robot.desk;
    desk.click("Today");
    desk.press("Ctrl+Shift+L");
    desk.click("Open the practice office");
    desk.sees("Owed a letter");
    robot.listens();
    desk.settles();
}
