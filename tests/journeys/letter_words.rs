//! A manager changes what a letter says, sees the letter it makes, and takes it back; whoever reads one on the screen can point
//! at its words.
use journeys::Desk;
use serde_json::json;

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

#[test]
fn the_words_of_a_letter_lie_over_their_picture_at_every_size() {
    let desk = Desk::practice();
    desk.click_role("button", "Letters");
    desk.sees("Page 1 of");
    let mut wide = 0.0;
    for larger in 0..3 {
        if larger > 0 {
            desk.click("Larger");
        }
        desk.until("each line of words ends where its picture does", || {
            let seen = desk.script(include_str!("lines_of_words.js"), json!([]));
            let drawn = seen["wide"].as_f64().filter(|it| *it > wide && seen["lines"].as_u64() > Some(5));
            wide = drawn.filter(|_| seen["off"] == json!([])).unwrap_or(wide);
            drawn == Some(wide)
        });
    }
}
