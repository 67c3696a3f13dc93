//! Whatever a value holds, it is printed as it is or refused: it is never markup.

use letters::{Fault, Stationery, Window, as_printed};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::desk;

/// Every kind of place in which a value may stand, with something right beside it that it must not join.
const EVERYWHERE: &str = "\
```address
Q{{ value }}Q
```

```refs
Ref: Q{{ value }}Q
```

Q{{ value }}Q

{{ value }}Q

**Q{{ value }}**Q

Q**{{ value }}**s

# Q{{ value }}Q

- {{ value }}Q

| h |
|--|
| {{ value }}Q |

```form
[ ] {{ value }}Q
{{ value }}Q: ____
```

```signoff
Yours
{{ value }}Q
```
";
const PLACES: usize = 11;

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The value as it came out of the PDF, or nothing if it was refused.
#[track_caller]
fn assert_printed_or_refused(value: &str) -> bool {
    let facts = json!({ "value": value });
    let wide = Stationery { window: Window::None, ..desk::stationery() };
    match desk::typeset_on(&wide, EVERYWHERE, &facts) {
        Ok(letter) => {
            let found = squeezed(&desk::words_of(&letter.pdf));
            let wanted = squeezed(&as_printed(value));
            let times = found.match_indices(&wanted).count();
            assert!(times >= PLACES, "{value:?} as {wanted:?} is {times} times in {found:?}");
            true
        }
        Err(faults) => {
            for fault in faults {
                match fault {
                    Fault::MissingGlyph { field, .. } => {
                        assert_eq!(field.as_deref(), Some("value"), "{value:?}")
                    }
                    Fault::MissingFact { field } => {
                        assert_eq!((field.as_str(), as_printed(value)), ("value", String::new()));
                    }
                    Fault::LineTooLong { what, .. } => assert_eq!(what, "The address"),
                    other => panic!("{value:?}: {other:?}"),
                }
            }
            false
        }
    }
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
    assert!(printed > 250, "only {printed} of {} were printed", strings.len());
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
    let printable: Vec<&String> =
        names.iter().filter(|name| !refused.iter().any(|r| as_printed(name).contains(r))).collect();
    assert!(printable.len() > 100, "{} of {} names", printable.len(), names.len());
    let letter =
        desk::typeset("{% for n in names %}\n- {{ n }}\n{% endfor %}", &json!({ "names": printable }))
            .unwrap();
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
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

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
