//! Whatever a value holds, it is printed as it is or refused: it is never markup.

use letters::{Fault, as_printed};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::desk;

/// Each kind of place in which a value may stand, with what comes right before and after it.
const PLACES: [(&str, &str); 9] = [
    ("paragraph", "Q{{ value }}Q"),
    ("start of a paragraph", "{{ value }}Q"),
    ("bold", "**Q{{ value }}**Q"),
    ("tight bold", "Q**{{ value }}**s"),
    ("heading", "# Q{{ value }}Q"),
    ("list", "- {{ value }}Q"),
    ("table", "| h |\n|--|\n| {{ value }}Q |"),
    ("signoff", "```signoff\nYours\n{{ value }}Q\n```"),
    ("form", "```form\n[ ] {{ value }}Q\n{{ value }}Q: ____\n```"),
];

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The value as it came out of the PDF, or nothing if it was refused.
#[track_caller]
fn assert_printed_or_refused(value: &str) -> bool {
    let facts = json!({ "value": value });
    let mut printed = true;
    for (place, template) in PLACES {
        match desk::typeset(template, &facts) {
            Ok(letter) => {
                let found = squeezed(&desk::words_of(&letter.pdf));
                let wanted = squeezed(&as_printed(value));
                assert!(found.contains(&wanted), "{place}: {value:?} as {wanted:?} is not in {found:?}");
            }
            Err(faults) => {
                printed = false;
                let named = Some("value".to_owned());
                for fault in faults {
                    match fault {
                        Fault::MissingGlyph { field, .. } => assert_eq!(field, named, "{place}: {value:?}"),
                        Fault::MissingFact { field } => {
                            assert_eq!((field.as_str(), as_printed(value)), ("value", String::new()));
                        }
                        other => panic!("{place}: {value:?}: {other:?}"),
                    }
                }
            }
        }
    }
    printed
}

fn all_strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| all_strings(item, found)),
        Value::Object(entries) => entries.values().for_each(|entry| all_strings(entry, found)),
        _ => {}
    }
}

#[test]
fn every_naughty_string_is_printed_exactly_or_refused() {
    let list: Value = serde_json::from_str(include_str!("../data/blns.json")).unwrap();
    let mut strings = vec![];
    all_strings(&list, &mut strings);
    let printed = strings.iter().filter(|text| assert_printed_or_refused(text)).count();
    assert!(printed > 300, "only {printed} of {} were printed", strings.len());
}

#[test]
fn names_in_the_scripts_we_print_are_printed_exactly() {
    let list: Value = serde_json::from_str(include_str!("../data/person-names-by-language.json")).unwrap();
    let mut names = vec![];
    all_strings(&list, &mut names);
    names.sort();
    names.dedup();
    let facts = json!({ "names": names });
    let Err(faults) = desk::typeset("{% for n in names %}\n- {{ n }}\n{% endfor %}", &facts) else {
        panic!("some names are in scripts that are not bundled");
    };
    let refused: Vec<String> = faults
        .into_iter()
        .map(|fault| match fault {
            Fault::MissingGlyph { text, .. } => text,
            other => panic!("{other:?}"),
        })
        .collect();
    let printable: Vec<&String> = names.iter().filter(|name| !refused.iter().any(|r| as_printed(name).contains(r))).collect();
    assert!(printable.len() > 100, "{} of {} names", printable.len(), names.len());
    let letter = desk::typeset("{% for n in names %}\n- {{ n }}\n{% endfor %}", &json!({ "names": printable })).unwrap();
    let found = squeezed(&desk::words_of(&letter.pdf));
    for name in printable {
        assert!(found.contains(&squeezed(&as_printed(name))), "{name:?}");
    }
}

#[test]
fn the_languages_of_british_business_names_are_printed() {
    for value in [
        "Ffŵl Ŷd Cyf",
        "Zoë Ó Súilleabháin & Łukasz Żółć",
        "Nguyễn Thị Ễ",
        "Ελληνική Εταιρεία",
        "Общество «Ромашка»",
        "株式会社テスト",
        "北京科技有限公司",
        "A*Star_Ltd #1 <b>",
        "office fulfil Griffiths Caerffili",
        "£1,000 – €5 “quoted” ‘single’ 5′ ½ № ™",
    ] {
        assert!(assert_printed_or_refused(value), "{value} was refused");
    }
}

#[test]
fn spaces_between_words_survive_line_breaks() {
    let value = "one two three four five six seven eight nine ten ".repeat(12);
    let letter = desk::typeset("{{ value }}", &json!({ "value": value })).unwrap();
    assert!(desk::words_of(&letter.pdf).contains(value.trim()));
}

#[test]
fn a_word_wider_than_the_page_is_broken_rather_than_cut_off() {
    let value = "w".repeat(400);
    let letter = desk::typeset("{{ value }}", &json!({ "value": value })).unwrap();
    assert!(squeezed(&desk::words_of(&letter.pdf)).contains(&value));
    for word in desk::boxes_of_words(&letter.pdf) {
        assert!(word.x_max < 210.0 - 15.0, "{word:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_printed_exactly_or_refused(value in ".{0,30}") {
        assert_printed_or_refused(&value);
    }

    #[test]
    fn any_text_we_can_print_is_printed_exactly(
        value in r"[ -~\u{a0}-\u{17f}ΑΒΓαβγάέАБВабв株式会社\u{300}\u{301}\u{308}]{1,40}"
    ) {
        assert_printed_or_refused(&value);
    }

    #[test]
    fn markup_is_only_text(value in r"[*_`~#>|\[\]()!&;:{}%<>/\\$=+.\-1a \n\t]{1,30}") {
        prop_assume!(!as_printed(&value).is_empty());
        assert!(assert_printed_or_refused(&value));
    }
}
