//! A desk that nobody sits at locks itself.
use std::time::Duration;

use journeys::Desk;
use serde_json::json;

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
