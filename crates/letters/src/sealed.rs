//! Values sealed against the text around them.
//!
//! A value may hold any character that Markdown or the template language gives a meaning to. Escaping is not
//! enough (`**{{ name }}**s` breaks when the name ends in punctuation), so each byte of a value becomes one
//! private-use character, which both see as a letter, and is opened again after parsing. A second range of
//! private-use characters says which field the value came from.

use unicode_normalization::UnicodeNormalization;

const BYTES: u32 = 0xE000;
const FIELDS: u32 = 0xE100;
const FIELDS_END: u32 = 0xF800;
const MISSING: char = '\u{F8F0}';
/// Stands before a line that must be read as running text, whatever it begins with.
pub(crate) const INLINE: char = '\u{F8F1}';

/// Which `{{ … }}` of the template, in order.
pub(crate) type FieldIndex = usize;

/// A piece of opened text and the field it came from.
#[derive(Debug, PartialEq)]
pub(crate) struct Opened {
    pub text: String,
    pub field: Option<FieldIndex>,
}

/// Whether a template's own text uses a character that is kept for sealing.
pub(crate) fn is_reserved(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// The value as letters that nothing can misread.
pub(crate) fn seal(field: FieldIndex, value: &str) -> String {
    let value = as_printed(value);
    let mut out = String::with_capacity(3 * (value.len() + 1));
    out.extend(field_mark(field));
    out.extend(value.bytes().filter_map(|byte| char::from_u32(BYTES + u32::from(byte))));
    out
}

/// Stands in the text where a fact should be.
pub(crate) fn missing(field: FieldIndex) -> String {
    let mut out = String::from(MISSING);
    out.extend(field_mark(field));
    out
}

fn field_mark(field: FieldIndex) -> Option<char> {
    let index = u32::try_from(field).ok().filter(|index| FIELDS + index < FIELDS_END)?;
    char::from_u32(FIELDS + index)
}

/// The fields whose facts are missing, in the order in which the text asks for them.
pub(crate) fn missing_in(text: &str) -> Vec<FieldIndex> {
    let after = text.split(MISSING).skip(1);
    let mut found: Vec<_> = after.filter_map(|rest| rest.chars().next().and_then(field_of)).collect();
    let mut seen = std::collections::HashSet::new();
    found.retain(|field| seen.insert(*field));
    found
}

fn field_of(c: char) -> Option<FieldIndex> {
    let code = u32::from(c);
    (FIELDS..FIELDS_END).contains(&code).then(|| usize::try_from(code - FIELDS).ok()).flatten()
}

/// Text with its values opened again, cut where a value begins or ends.
pub(crate) fn open(text: &str) -> Vec<Opened> {
    let mut out: Vec<Opened> = vec![];
    let mut bytes: Vec<u8> = vec![];
    let mut field = None;
    let mut push = |text: &str, field: Option<FieldIndex>| match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.field == field => last.text.push_str(text),
        _ => out.push(Opened { text: text.into(), field }),
    };
    let mut plain = String::new();
    for c in text.chars() {
        let code = u32::from(c);
        if let Some(byte) = code.checked_sub(BYTES).and_then(|b| u8::try_from(b).ok()) {
            push(&plain, None);
            plain.clear();
            bytes.push(byte);
            continue;
        }
        push(&String::from_utf8_lossy(&bytes), field);
        bytes.clear();
        match field_of(c) {
            Some(index) => field = Some(index),
            None if is_reserved(c) => {}
            None => plain.push(c),
        }
    }
    push(&String::from_utf8_lossy(&bytes), field);
    push(&plain, None);
    out
}

/// How a value is printed: composed, on one line, single-spaced, without characters that have no picture.
///
/// Everything else in the value is printed exactly, or refused as [`crate::Fault::MissingGlyph`].
pub fn as_printed(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut gap = None;
    for c in value.chars().filter(|c| !is_ignorable(*c)).flat_map(without_ligature).nfc() {
        let stays_together = matches!(c, '\u{a0}' | '\u{202f}');
        if stays_together || c.is_whitespace() || c.is_control() {
            gap = Some(gap.unwrap_or(false) | stays_together);
            continue;
        }
        if let Some(stays_together) = gap.take()
            && !out.is_empty()
        {
            out.push(if stays_together { '\u{a0}' } else { ' ' });
        }
        out.push(c);
    }
    out
}

/// Default-ignorable code points: joiners, direction marks, variation selectors, soft hyphens.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters for the ligatures that old PDFs and word processors leave behind when copied from.
fn without_ligature(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_to_itself_and_names_its_field() {
        let sealed = format!("Dear {}!", seal(3, "A*_`# | <b>Ł"));
        assert_eq!(
            open(&sealed),
            [
                Opened { text: "Dear ".into(), field: None },
                Opened { text: "A*_`# | <b>Ł".into(), field: Some(3) },
                Opened { text: "!".into(), field: None },
            ]
        );
    }

    #[test]
    fn two_values_side_by_side_stay_apart() {
        let opened = open(&(seal(0, "é") + &seal(1, "b")));
        assert_eq!(
            opened.iter().map(|o| (o.text.as_str(), o.field)).collect::<Vec<_>>(),
            [("é", Some(0)), ("b", Some(1))]
        );
    }

    #[test]
    fn a_value_cannot_pretend_to_be_sealed() {
        let value = "\u{e041}\u{f8f0}";
        assert_eq!(open(&seal(0, value))[0].text, value);
        assert!(missing_in(&seal(0, value)).is_empty());
    }

    #[test]
    fn missing_facts_are_listed_once_in_order() {
        assert_eq!(missing_in(&format!("a{}b{}c{}", missing(4), missing(1), missing(4))), [4, 1]);
    }

    #[test]
    fn a_value_is_printed_on_one_line_without_invisible_characters() {
        assert_eq!(as_printed("  a\r\n\tb\u{200b}\u{202e}c \u{a0} d\u{0} "), "a bc\u{a0}d");
        assert_eq!(as_printed("e\u{301} o\u{fb03}ce"), "é office");
    }
}
