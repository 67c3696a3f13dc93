//! Finding things by their words.

pub(crate) mod store;

use std::ops::RangeInclusive;

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;
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
    let words: Vec<String> = words_of(text).split_whitespace().map(|word| format!("\"{word}\"*")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The words of a text and nothing else, as they are indexed and looked for. They are cut here, on both sides, and not by
/// `unicode61` of SQLite: that takes every character younger than Unicode 6.1, such as a mark of direction, for a letter.
fn words_of(text: &str) -> String {
    text.chars().map(|c| if in_a_word(c) { c } else { ' ' }).collect()
}

/// Whether a character is a part of a word here and for SQLite too: letters, figures, private characters, and the commonest
/// accents that stand on their own (`sqlite3Fts5UnicodeIsdiacritic`). A word that SQLite cut once more would be a phrase,
/// and an index without places knows no phrases.
fn in_a_word(c: char) -> bool {
    const ACCENTS: [(u32, u32); 2] = [(0x300, 0x0802_9FDF), (0x320, 0x0003_61F8)];
    // Letters of today that were symbols or marks in Unicode 6.1: circled letters, vowels of New Tai Lue, Vedic signs.
    const CUT: [RangeInclusive<char>; 4] = [
        '\u{24b6}'..='\u{24e9}',
        '\u{1f130}'..='\u{1f189}',
        '\u{19b0}'..='\u{19c9}',
        '\u{1cf2}'..='\u{1cf3}',
    ];
    let accent = ACCENTS.iter().any(|(first, set)| {
        let at = u32::from(c).wrapping_sub(*first);
        at < 32 && set >> at & 1 == 1
    });
    let letter = c.is_alphanumeric() && !is_combining_mark(c) && !CUT.iter().any(|set| set.contains(&c));
    accent || letter || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
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
