//! A manager changes what a letter says, sees the letter it makes, and takes it back.
use journeys::Desk;

#[test]
fn a_manager_changes_what_a_letter_says_and_takes_it_back_by_name() {
    let desk = Desk::practice();
    desk.click("Settings");
    desk.click("Letter templates");
    desk.sees("The program’s own text");
    desk.click("Change the words…");
    desk.sees("Page 1 of");
    desk.cannot_press("Save as version 2", "Nothing is changed.");

    desk.click_role("textbox", "Words of the letter");
    desk.press("Ctrl+End");
    desk.write("{{ award.amuont|money }}");
    desk.sees("“award.amuont” is not a fact of a voucher.");
    desk.press("Ctrl+S");
    desk.sees("Is “award.amount” meant?");
    desk.click("Cancel");
    desk.click("Change the words…");
    desk.sees("Page 1 of");
    desk.no_longer_sees("is not a fact of a voucher.");

    desk.click_role("textbox", "Words of the letter");
    desk.press("Ctrl+End");
    desk.write("We wish your project well.");
    desk.press("Ctrl+S");
    desk.sees("Award letter: letters to come say what you wrote.");
    desk.sees("Written by Robin Practice");
    desk.sees("We wish your project well.");
    desk.press("Ctrl+Z");
    desk.sees("Undone: Award letter: text, version 2.");
    desk.sees("The program’s own text");
    desk.no_longer_sees("We wish your project well.");
}
