//! The window opens.
use journeys::Opening;

#[test]
fn the_window_opens_and_says_whose_desk_it_is() {
    let desk = Opening::with_arguments(&[]).open();
    desk.sees("Voucher Desk");
    println!("{}", desk.screenshot("opening").display());
}
