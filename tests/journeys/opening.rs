//! The window opens.
use journeys::Opening;

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
