//! An officer's own views: questions to the list of cases, with a name.

mod store;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    cases,
    desk::Desk,
    forms::Saved,
    problem::{Code, Problem},
};

/// The longest name that the sidebar shows, in characters.
const NAME: usize = 40;

/// A question with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct View {
    /// Its id.
    pub id: Uuid,
    /// What the officer calls it.
    pub name: String,
    /// What stands in the query box.
    pub text: String,
}

/// The views of the officer at the desk, in the order in which they were kept.
pub fn own(desk: &Desk) -> Result<Vec<View>, Problem> {
    store::of(desk.reader(), desk.officer()?.id)
}

/// Keeps a question under a name; one that has the name already is replaced.
pub fn keep(desk: &mut Desk, name: &str, text: &str) -> Result<Saved, Problem> {
    let (name, text) = (name.trim(), text.trim());
    if name.is_empty() || name.chars().count() > NAME {
        return Err(Problem::invalid("name", format!("The view needs a name of up to {NAME} characters."))
            .fix("Write one, such as “Spring round”."));
    }
    if text.is_empty() {
        return Err(
            Problem::invalid("text", "There is no search to keep.").fix("Search for something first.")
        );
    }
    cases::understood(desk, text)?;
    let changed = desk.change("Kept a view", |tx, hand| store::keep(tx, hand.officer.id, name, text))?;
    Ok(Saved { id: changed.value, reference: None, entry: changed.entry })
}

/// Removes one of the officer's own views.
pub fn remove(desk: &mut Desk, id: Uuid) -> Result<Saved, Problem> {
    let changed =
        desk.change("Removed a view", |tx, hand| match store::remove(tx, hand.officer.id, id)? {
            true => Ok(()),
            false => Err(Problem::new(Code::NotFound, "This view is no longer in the register.")),
        })?;
    Ok(Saved { id, reference: None, entry: changed.entry })
}
