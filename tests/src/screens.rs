//! Every screen of the window and every question it asks, and how to get there on the practice office.
//!
//! Pictures are taken of them, and they are searched for what cannot be seen, read or reached. To add a screen, add a
//! line: its name and the steps from any other.
use crate::Desk;

/// A screen's name and how to get there.
pub type Screen = (&'static str, fn(&Desk));

/// All of them.
pub const SCREENS: &[Screen] = &[
    ("today", |desk| desk.click("Today")),
    ("cases", |desk| desk.click("Cases")),
    ("palette", |desk| {
        desk.press("Ctrl+K");
        desk.sees_role("dialog", "Go to or do anything");
    }),
    ("keys", |desk| {
        desk.press("?");
        desk.sees_role("dialog", "Keys");
    }),
    ("new-case", |desk| action(desk, "New placement")),
    ("decide", |desk| {
        desk.click("To decide");
        desk.sees("30 cases");
        desk.press("/");
        desk.press("Down");
        desk.press("Ctrl+A");
        desk.sees("30 selected");
        desk.click("Decide…");
        desk.sees("afterwards.");
    }),
    ("which-letter", |desk| {
        desk.click("Owed a letter");
        desk.sees("33 cases");
        desk.press("/");
        desk.press("Down");
        desk.press("Home");
        desk.sees("1 of 33");
        desk.press("L");
        desk.sees_role("dialog", "Which letter, for 1 case?");
    }),
    ("batch", |desk| {
        desk.press("L");
        desk.click("Partnership confirmation");
        desk.sees("Page 1 of");
    }),
    ("printer", |desk| {
        desk.click("Change…");
        desk.sees_role("dialog", "Printer");
    }),
    ("undo", |desk| {
        desk.click("Offers near expiry");
        desk.sees("3 cases");
        desk.click("Undo: Issued");
        desk.sees_role("dialog", "Undo “Issued");
    }),
    ("import", |desk| action(desk, "Import applications")),
    ("organisations", |desk| desk.click("Organisations")),
    ("edit-organisation", |desk| desk.click("Edit…")),
    ("people", |desk| desk.click("People")),
    ("letters", |desk| {
        desk.click_role("button", "Letters");
        desk.sees("Page 1 of");
    }),
    ("money", |desk| desk.click("Money")),
    ("programmes", |desk| settings(desk, "Programmes and rounds")),
    ("office", |desk| settings(desk, "Office")),
    ("officers", |desk| settings(desk, "Officers")),
    ("templates", |desk| settings(desk, "Letter templates")),
    ("template-text", |desk| {
        desk.click("Change the words…");
        desk.sees("Page 1 of");
    }),
    ("register", |desk| settings(desk, "Register")),
    ("appearance", |desk| settings(desk, "Appearance")),
    ("about", |desk| settings(desk, "About")),
];

/// Goes there, from wherever the window is, and waits until it stands still.
pub fn go(desk: &Desk, screen: &Screen) {
    desk.leave_questions();
    (screen.1)(desk);
    desk.settles();
}

/// Finds an action by its name, with Ctrl+K, and does it.
pub(crate) fn action(desk: &Desk, name: &str) {
    desk.press("Ctrl+K");
    desk.type_into("Go to or do anything", name);
    desk.press("Enter");
    desk.settles();
}

/// Finds a voucher's case by its reference, with Ctrl+K, and opens it.
pub fn open_voucher(desk: &Desk, reference: &str) {
    desk.press("Ctrl+K");
    desk.type_into("Go to or do anything", reference);
    desk.sees_role("option", reference);
    desk.press("Enter");
    desk.sees(&format!("{reference} · Innovation voucher"));
}

fn settings(desk: &Desk, part: &str) {
    desk.click("Settings");
    desk.click(part);
}
