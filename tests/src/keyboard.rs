//! The window as an officer uses it who has no pointer. After each key the focus must be somewhere, and be seen there.
use serde_json::{Value, json};

use crate::Desk;

const FOCUS: &str = concat!(include_str!("names.js"), include_str!("focus.js"));
/// More stops than any screen has.
const STOPS: usize = 120;

/// The keys of an open window.
pub struct Keyboard<'desk>(pub &'desk Desk);

impl Keyboard<'_> {
    /// Presses keys together, such as `Ctrl+K`; whatever they do, the focus is not lost.
    pub fn press(&self, keys: &str) {
        self.0.press(keys);
        self.0.until(&format!("the focus is kept and seen after {keys}"), || {
            let focus = self.focus();
            focus["lost"] == false && focus["seen"] == true
        });
    }

    /// Goes on with Tab until the thing of this name has the focus.
    pub fn to(&self, name: &str) {
        for _ in 0..STOPS {
            if self.has(name) {
                return;
            }
            self.press("Tab");
        }
        self.0.stop(&format!("{name:?} cannot be reached with Tab; the focus is on {}", self.focus()));
    }

    /// Waits until the thing of this name has the focus by itself.
    pub fn at(&self, name: &str) {
        self.0.until(&format!("the focus comes to {name:?}"), || self.has(name));
    }

    /// Goes to the button, link or tab of this name and presses Enter.
    pub fn activate(&self, name: &str) {
        self.to(name);
        self.press("Enter");
    }

    /// Types where the focus is.
    pub fn write(&self, text: &str) {
        self.0.write(text);
    }

    /// Goes to the field of this label and writes into it.
    pub fn fill(&self, label: &str, text: &str) {
        self.to(label);
        self.write(text);
    }

    /// The same where something stands in the field already.
    pub fn refill(&self, label: &str, text: &str) {
        self.to(label);
        self.press("Ctrl+A");
        self.write(text);
    }

    /// Goes to the list of this label and down it to the choice.
    pub fn choose(&self, label: &str, choice: &str) {
        self.to(label);
        self.press("Home");
        for _ in 0..STOPS {
            let at = self.0.script("return document.activeElement.selectedOptions?.[0]?.text", json!([]));
            if at == choice {
                return;
            }
            self.press("Down");
        }
        self.0.stop(&format!("{choice:?} is not among the choices of {label:?}"));
    }

    /// Goes to the field of this label, writes a part of a name, and takes the record of that name.
    pub fn pick(&self, label: &str, part: &str, name: &str) {
        self.fill(label, part);
        self.0.sees_role("option", name);
        self.press("Enter");
    }

    /// Finds and does an action by its name, with Ctrl+K.
    pub fn does(&self, action: &str) {
        self.press("Ctrl+K");
        self.at("Go to or do anything");
        self.write(action);
        self.press("Enter");
    }

    fn has(&self, name: &str) -> bool {
        self.focus()["name"].as_str().is_some_and(|it| it == name || it.starts_with(&format!("{name} ")))
    }

    fn focus(&self) -> Value {
        self.0.script(FOCUS, json!([]))
    }
}
