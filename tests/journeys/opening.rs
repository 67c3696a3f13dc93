//! The window opens.
use journeys::{Desk, Opening};
use serde_json::json;

#[test]
fn the_window_opens_and_says_whose_desk_it_is() {
    let desk = Opening::with_arguments(&[]).open();
    desk.sees("Voucher Desk");
    println!("{}", desk.screenshot("opening").display());
}

#[test]
fn a_practice_office_that_is_being_made_says_so() {
    let desk = Opening::with_arguments(&[]).open();
    desk.click("Open the practice office");
    desk.sees("Making the practice office…");
}

#[test]
fn today_has_as_many_lines_as_it_counts_also_where_they_are_more_than_a_window_shows() {
    let desk = Desk::practice();
    let counted = "return [...document.querySelectorAll('.lines h2')]
        .map((group) => Number(group.lastElementChild.textContent)).reduce((all, one) => all + one, 0)";
    let shown = "return document.querySelectorAll('.lines li').length";
    desk.until("every line stands there", || {
        let lines = desk.script(shown, json!([])).as_u64();
        lines > Some(40) && lines == desk.script(counted, json!([])).as_u64()
    });
}
