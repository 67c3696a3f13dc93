//! Text from strangers: what cannot be seen in it, and what was lost on its way.

pub(crate) use crate::write::looks_like_formula as may_run;

/// From here on an officer should know how long a text is.
pub(crate) const LONG: usize = 5_000;

/// Without outer spaces and without characters that cannot be seen; whether there were such.
pub(crate) fn clean(text: &str) -> (String, bool) {
    let lines =
        text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let clean: String = lines.chars().filter(|c| !is_invisible(*c)).collect();
    let removed = clean.len() != lines.len();
    (clean.trim().to_owned(), removed)
}

/// Controls, marks of byte order and marks that turn the direction of what follows. The joiners U+200C and
/// U+200D stay: some scripts are written with them.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A formula where a name or a sentence is expected. A dash or a plus that begins a sentence is none.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    may_run(text) && !text.starts_with(['-', '－', '+', '＋'])
        || text.starts_with(['-', '+']) && text.contains(['(', '|', '!'])
}

/// A question mark in a name stands for a letter that the sender's encoding did not know.
pub(crate) fn has_lost_letters_in_name(text: &str) -> bool {
    text.contains('?') || is_damaged(text)
}

/// In sentences a question mark is a question mark, unless a letter follows it at once.
pub(crate) fn has_lost_letters(text: &str) -> bool {
    let is_address = |word: &str| word.contains("://") || word.contains("www.") || word.contains('=');
    let inside = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        letters.windows(2).any(|pair| matches!(pair, ['?', next] if next.is_alphanumeric()))
    };
    is_damaged(text) || text.split_whitespace().any(|word| !is_address(word) && inside(word))
}

/// A replacement character, or UTF-8 that was read as Windows-1252 (`Ã©` for `é`).
fn is_damaged(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let second = |c: char| {
        matches!(
            c,
            '\u{80}'
                ..='\u{bf}'
                    | '€'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | 'Š'
                    | '‹'
                    | 'Œ'
                    | 'Ž'
                    | '‘'
                    | '“'
                    | '”'
                    | '•'
                    | '–'
                    | '—'
                    | '˜'
                    | '™'
                    | 'š'
                    | '›'
                    | 'œ'
                    | 'ž'
                    | 'Ÿ'
        )
    };
    text.contains('\u{fffd}')
        || text.contains("â€")
        || letters.windows(2).any(|pair| matches!(pair, ['Ã' | 'Â' | 'Å' | 'Ä', next] if second(*next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_letters_are_seen_in_names_and_in_sentences() {
        for name in ["?ukasz", "?ó??", "Nguy?n", "Ff?l Cymru Cyf", "Fran\u{fffd}ois", "MÃ¼ller"] {
            assert!(has_lost_letters_in_name(name), "{name}");
        }
        for name in ["Müller & Søn", "O’Neill", "Ângela", "株式会社テスト"] {
            assert!(!has_lost_letters_in_name(name), "{name}");
        }
        for sentence in ["our caf?s lose heat", "Weâ€™d like help", "a ?ód? partner"] {
            assert!(has_lost_letters(sentence), "{sentence}");
        }
        for sentence in [
            "Could a sensor tell us?",
            "Why?? We do not know",
            "see https://example.com/?a=b",
            "“Why?”",
            "lasts (why?)",
        ] {
            assert!(!has_lost_letters(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_taken_out_and_lines_stay() {
        assert_eq!(clean("  Trailing Spaces Ltd \u{a0}"), ("Trailing Spaces Ltd".into(), false));
        assert_eq!(clean("one\r\ntwo\rthree"), ("one\ntwo\nthree".into(), false));
        assert_eq!(clean("Bad\u{0}\u{202e}Ltd"), ("BadLtd".into(), true));
        assert_eq!(clean("\u{feff}Ref"), ("Ref".into(), true));
    }

    #[test]
    fn a_formula_is_told_from_a_sentence() {
        for formula in ["=SUM(A1:A9) Ltd", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3+cmd(1)"] {
            assert!(looks_like_formula(formula), "{formula}");
        }
        for sentence in ["- a list", "+44 7700 900123", "a=b", "A*Star_Ltd #1 <b>"] {
            assert!(!looks_like_formula(sentence), "{sentence}");
        }
    }
}
