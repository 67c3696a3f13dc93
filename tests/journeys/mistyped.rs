//! What was mistyped is refused where it stands: nothing else is kept in its place.
use journeys::{Desk, screens::open_voucher};

/// A case of the practice office that was received and is not decided.
const CASE: &str = "MIV-2026-0068";

fn opens_the_case(desk: &Desk) {
    desk.sees("Owed a letter");
    open_voucher(desk, CASE);
}

#[test]
fn an_amount_that_is_none_is_refused_in_its_form_and_mended_there() {
    let desk = Desk::practice();
    desk.click("Settings");
    desk.click("Programmes and rounds");
    desk.click("Edit Marlbrook Innovation Vouchers");
    desk.type_into("Largest award", "4,95O");
    desk.press("Enter");
    desk.sees("“4,95O” is not an amount");
    desk.type_into("Largest award", "4,950");
    desk.press("Enter");
    desk.sees("Marlbrook Innovation Vouchers changed.");
    desk.press("Ctrl+Z");
    desk.sees("Undone");
}

#[test]
fn a_fact_is_not_left_as_it_was_in_silence_when_what_was_typed_is_none() {
    let desk = Desk::practice();
    opens_the_case(&desk);
    desk.click("Change Asked for");
    desk.type_into("Asked for", "2.100,00");
    desk.press("Enter");
    desk.sees("“2.100,00” can be read two ways");
    desk.type_into("Asked for", "2,100");
    desk.press("Enter");
    desk.sees("Asked for £2,100");
    desk.click("Change Received");
    desk.type_into("Received", "31/2/2026");
    desk.press("Enter");
    desk.sees("There is no day “31/2/2026”");
    desk.press("Escape");
    desk.no_longer_sees("There is no day");
}

#[test]
fn nothing_is_awarded_while_what_stands_in_the_field_is_no_amount() {
    let desk = Desk::practice();
    opens_the_case(&desk);
    desk.press("D");
    desk.sees_role("dialog", &format!("Award {CASE}"));
    desk.type_into(&format!("Award to {CASE}"), "2,1OO");
    desk.press("Enter");
    desk.sees(&format!("{CASE}: “2,1OO” is not an amount."));
    desk.type_into(&format!("Award to {CASE}"), "2,100");
    desk.sees("Award £2,100");
    desk.press("Enter");
    desk.sees(&format!("{CASE} awarded, £2,100."));
}
