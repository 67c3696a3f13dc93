//! Finding things by their words.

pub(crate) mod store;

use serde::Serialize;
use uuid::Uuid;

use crate::{desk::Desk, problem::Problem};

/// One thing found.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Hit {
    /// What it is.
    pub noun: HitNoun,
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum HitNoun {
    /// A case.
    Case,
    /// An organisation.
    Organisation,
    /// A person.
    Person,
}

/// What is found by every word of `text`, newest first.
pub fn find(desk: &Desk, text: &str, limit: u32) -> Result<Vec<Hit>, Problem> {
    match match_all(text) {
        None => Ok(Vec::new()),
        Some(words) => store::find(desk.reader(), &words, limit),
    }
}

/// What a person typed, as a query for the index: every word, each as a beginning. Nothing typed can be an operator.
pub(crate) fn match_all(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::match_all;

    #[test]
    fn what_is_typed_is_looked_for_and_never_understood_as_an_operator() {
        assert_eq!(
            match_all("brook OR NOT alloys*").as_deref(),
            Some("\"brook\"* \"OR\"* \"NOT\"* \"alloys\"*")
        );
        assert_eq!(match_all("\"'); DROP").as_deref(), Some("\"DROP\"*"));
        assert_eq!(match_all("  --  "), None);
    }
}
