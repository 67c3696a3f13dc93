//! Whatever people type or paste: stored and shown as typed, found by its words, printed or refused by name.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use std::collections::BTreeMap;

use casework::{
    applications, cases,
    decisions::Outcome,
    forms::{self, FieldKind, Noun, Values},
    history, letters,
    problem::Code,
    search,
};
use office::{application, office, office_with, values};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestRunner};
use serde_json::Value;
use uuid::Uuid;

/// The big list of naughty strings, and names in the scripts and shapes of 63 languages.
fn texts() -> Vec<String> {
    let list: Value = serde_json::from_str(include_str!("../../letters/tests/data/blns.json")).unwrap();
    let names: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> =
        serde_json::from_str(include_str!("../../letters/tests/data/person-names-by-language.json")).unwrap();
    let list = list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
    let names = names
        .values()
        .flat_map(|shapes| shapes.values())
        .map(|parts| parts.values().cloned().collect::<Vec<_>>().join(" "));
    let mut texts: Vec<String> =
        list.chain(names).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    // Beyond what people type: a command's option, an end of text, a change of direction, letters for a template's seal.
    texts.extend(
        [
            "--out=/etc/passwd",
            "-o raw",
            "a\0b",
            "\u{202e}evil\u{202c}",
            "{{ secret }}",
            "{% raw %}",
            "\u{e000}\u{e001}",
        ]
        .map(str::to_owned),
    );
    texts.push("x".repeat(100_000));
    texts.sort();
    texts.dedup();
    texts
}

fn searched(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The record of each noun that text is put into, field by field.
fn records(office: &mut office::Office) -> Vec<(Noun, Uuid)> {
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let held = cases::get(&office.desk, case).unwrap();
    let mut new = |noun, extra: &[(&str, &str)]| {
        let (programme, organisation) = (office.programme.to_string(), held.organisation_id.to_string());
        let mut given =
            values(&[("programme_id", &programme), ("organisation_id", &organisation), ("title", "T")]);
        given.extend(values(extra));
        forms::save(&mut office.desk, noun, None, &given).unwrap().id
    };
    let placement = new(Noun::Placement, &[]);
    let partnership = new(Noun::Partnership, &[]);
    let own = office.desk.officer().unwrap().id;
    vec![
        (Noun::Organisation, held.organisation_id),
        (Noun::Person, held.contact_id.unwrap()),
        (Noun::Voucher, case),
        (Noun::Placement, placement),
        (Noun::Partnership, partnership),
        (Noun::Programme, office.programme),
        (Noun::Round, office.round),
        (Noun::Office, Uuid::nil()),
        (Noun::Officer, own),
    ]
}

#[test]
fn any_text_goes_through_every_field_of_every_form_as_it_was_typed() {
    let mut office = office_with(&[("instrument", "mixed")]);
    let texts = texts();
    for (noun, id) in records(&mut office) {
        let fields: Vec<&str> = forms::form(noun)
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Text | FieldKind::Long) && field.name != "code")
            .map(|field| field.name)
            .collect();
        assert!(!fields.is_empty(), "{noun:?}");
        // Each text in one field, each field with many texts: all fields of the form in one change.
        for some in texts.chunks(fields.len()) {
            let given: Values = fields
                .iter()
                .zip(some)
                .map(|(field, text)| ((*field).to_owned(), Some(text.clone())))
                .collect();
            forms::save(&mut office.desk, noun, Some(id), &given).unwrap();
            let held = forms::values_of(&office.desk, noun, id).unwrap();
            for (field, text) in &given {
                assert_eq!(held.get(field), Some(text), "{noun:?} {field}");
            }
        }
    }
    let newest = history::journal(&office.desk, None, 1).unwrap()[0].entry;
    let shown = history::changes_of(&office.desk, newest).unwrap();
    assert!(texts.contains(shown[0].new.as_ref().unwrap()), "the history shows it as typed: {shown:?}");
    assert!(office.desk.register().verify().unwrap().sound);
}

#[test]
fn any_text_is_listed_found_by_its_words_and_printed_or_refused_by_name() {
    let mut office = office();
    let texts: Vec<String> = texts().into_iter().filter(|text| text.len() < 10_000).collect();
    // In places of their own: names that differ in a mark alone are one business where the postcode is one.
    let arrived = (0..)
        .zip(&texts)
        .map(|(place, text): (u32, _)| applications::Application {
            postcode: Some(format!("MB{place} 1AA")),
            title: text.clone(),
            contact_name: Some(text.clone()),
            fingerprint: text.clone(),
            ..application(text)
        })
        .collect();
    let ids = office.imports(arrived);
    for (id, text) in ids.iter().zip(&texts) {
        let record = cases::record(&office.desk, *id).unwrap();
        assert_eq!((&record.title, &record.business.name), (text, text));
        // A query may be refused in words, for `stage:` and the like mean something there; it never fails.
        match cases::ids(&office.desk, text) {
            Ok(found) => assert!(found.contains(id) || !searched(text), "{text:?} is not in its own list"),
            Err(problem) => assert!(problem.fix.is_some(), "{problem:?}"),
        }
        let found = search::find(&office.desk, text, 200).unwrap();
        // What half of all texts begin with may lie past the first two hundred hits.
        if searched(text) && found.len() < 200 {
            assert!(found.iter().any(|hit| hit.id == *id), "{text:?} is not found");
        }
    }
    let all: Vec<_> = ids.iter().map(|id| (*id, None)).collect();
    let decided = office.decides(Outcome::Reject, &all, &[]).unwrap();
    assert_eq!(decided.decided.len(), ids.len());
    let drafts = letters::drafts(&office.desk, "unsuccessful", &ids).unwrap();
    let ready = drafts.iter().filter(|draft| draft.ready).count();
    for (draft, text) in drafts.iter().zip(&texts).filter(|(draft, _)| !draft.ready) {
        let said: Vec<&str> = draft.findings.iter().map(|finding| finding.message.as_str()).collect();
        // A text of nothing that shows is as good as none.
        let blank = ::letters::as_printed(text).is_empty();
        let named = ["cannot be printed", "does not fit"];
        let why = |said: &&str| {
            named.iter().any(|why| said.contains(why)) || blank && said.contains("is not recorded")
        };
        assert!(said.iter().all(why) && !said.is_empty(), "{text:?}: {said:?}");
        let plain = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        assert!(
            !plain || said[0].contains("does not fit"),
            "{text:?} is what a printer has letters for: {said:?}"
        );
    }
    // About half of the names are in scripts that no bundled font has.
    assert!(ready * 2 > drafts.len(), "{ready} of {} can be printed", drafts.len());
    let issued = letters::issue(&mut office.desk, "unsuccessful", &ids, &|_| true).unwrap();
    assert_eq!(issued.iter().filter(|letter| letter.letter_id.is_some()).count(), ready);
}

/// What queries are made of, and what they are not.
const PIECES: [&str; 44] = [
    "stage:",
    "kind:",
    "programme:",
    "round:",
    "amount:",
    "due:",
    "received:",
    "owed:",
    "letter",
    "offered",
    "voucher",
    "WMIV",
    "\"Round 1\"",
    "\"",
    "'",
    ">",
    "<",
    "=",
    "<=",
    ",",
    " ",
    ":",
    "*",
    "-",
    "+",
    "(",
    ")",
    "^",
    "{",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "body:",
    "today",
    "14d",
    "65535d",
    "2026-11-23",
    "0000-00-00",
    "5000",
    "100000000000.01",
    "\u{0}",
    "\u{301}",
    "brook",
];

#[test]
fn any_query_is_answered_or_refused_with_how_to_write_it_and_never_fails() {
    let mut office = office();
    office.imports_one(application("Brook Alloys Ltd"));
    let times = std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let config = ProptestConfig { cases: 1_000 * times, failure_persistence: None, ..Default::default() };
    let piece = prop_oneof![4 => select(PIECES.as_slice()).prop_map(str::to_owned), 1 => ".{0,8}"];
    TestRunner::new(config)
        .run(&vec(piece, 0..16).prop_map(|pieces| pieces.concat()), |query| {
            let started = std::time::Instant::now();
            match cases::ids(&office.desk, &query) {
                Ok(found) => prop_assert!(found.len() <= 1),
                Err(problem) => {
                    prop_assert!(problem.code == Code::Invalid, "{problem:?}");
                    prop_assert!(problem.fix.is_some());
                }
            }
            prop_assert!(search::find(&office.desk, &query, 50).is_ok());
            prop_assert!(started.elapsed().as_secs() < 5);
            Ok(())
        })
        .unwrap();
}
