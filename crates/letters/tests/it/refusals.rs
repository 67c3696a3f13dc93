//! What must be mended first is said before anything is printed, all at once, in words an officer can act on.

use letters::{Fault, Letter, Logo, Stationery, fields};
use serde_json::json;

use crate::desk;

fn missing(field: &str) -> Fault {
    Fault::MissingFact { field: field.into() }
}

fn address(lines: &[&str]) -> Result<letters::Typeset, Vec<Fault>> {
    desk::typeset(
        "```address\n{% for l in lines %}\n{{ l }}\n{% endfor %}\n```\n\nText",
        &json!({ "lines": lines }),
    )
}

#[test]
fn a_missing_fact_is_named() {
    let mut facts = desk::facts();
    facts["award"].as_object_mut().unwrap().remove("match");
    facts["officer"]["name"] = json!("");
    assert_eq!(
        desk::typeset(desk::OFFER, &facts).unwrap_err(),
        [missing("award.match"), missing("officer.name")]
    );
    assert_eq!(missing("award.match").message(), "The letter needs “award.match”, which is not recorded.");
}

#[test]
fn a_letter_without_any_facts_names_the_first_thing_it_needs() {
    assert_eq!(desk::typeset(desk::OFFER, &json!({})).unwrap_err(), [missing("recipient.lines")]);
}

#[test]
fn a_character_that_no_font_has_is_refused_and_never_blank() {
    let faults = desk::typeset("Dear {{ name }}, שלום", &json!({ "name": "Zoë 🙂 ☃" })).unwrap_err();
    let glyph = |text: &str, field: Option<&str>| Fault::MissingGlyph {
        text: text.into(),
        field: field.map(String::from),
    };
    assert!(faults.contains(&glyph("🙂", Some("name"))), "{faults:?}");
    assert!(faults.contains(&glyph("☃", Some("name"))), "{faults:?}");
    assert!(faults.contains(&glyph("ש", None)), "{faults:?}");
    assert_eq!(faults.len(), 6, "{faults:?}");
}

#[test]
fn a_replacement_character_is_damage_and_is_refused() {
    let faults = desk::typeset("{{ name }}", &json!({ "name": "Caf\u{fffd}" })).unwrap_err();
    assert!(matches!(&faults[..], [Fault::MissingGlyph { text, .. }] if text == "\u{fffd}"), "{faults:?}");
}

#[test]
fn an_address_line_too_wide_for_the_window_is_refused() {
    let long = "The Very Long Name of a Business That Cannot Possibly Fit Through a Window Ltd";
    let faults = address(&["A", long, "B1 1AA"]).unwrap_err();
    assert_eq!(faults, [Fault::LineTooLong { what: "The address".into(), text: long.into() }]);
}

#[test]
fn an_address_of_more_lines_than_the_window_shows_is_refused() {
    let faults = address(&["1", "2", "3", "4", "5", "6", "7", "8"]).unwrap_err();
    assert!(matches!(&faults[..], [Fault::LineTooLong { what, .. }] if what == "The address"), "{faults:?}");
}

#[test]
fn a_letter_of_too_many_pages_is_refused() {
    let (facts, stationery) = (desk::facts(), desk::stationery());
    let letter = Letter {
        template: desk::OFFER,
        facts: &facts,
        stationery: &stationery,
        number: None,
        date: (2026, 11, 23),
        title: "T",
        language: "en-GB",
        max_pages: Some(1),
    };
    let faults = desk::press().typeset(&letter).unwrap_err();
    assert!(matches!(faults[..], [Fault::TooManyPages { allowed: 1, .. }]), "{faults:?}");
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    let (facts, stationery) = (json!({}), desk::stationery());
    let letter = Letter {
        template: "x",
        facts: &facts,
        stationery: &stationery,
        number: None,
        date: (2026, 2, 30),
        title: "T",
        language: "en-GB",
        max_pages: None,
    };
    assert_eq!(desk::press().typeset(&letter).unwrap_err(), [missing("letter.date")]);
}

#[test]
fn a_broken_template_names_its_own_line_whatever_was_merged_above_it() {
    let template = "{% for n in list %}\n- {{ n }}\n{% endfor %}\n\n[x](https://example.com)\n";
    let faults = desk::typeset(template, &json!({ "list": [1, 2, 3, 4, 5] })).unwrap_err();
    assert!(matches!(faults[..], [Fault::Template { line: 5, .. }]), "{faults:?}");
}

#[test]
fn an_unknown_fence_is_refused() {
    let faults = desk::typeset("```adress\nx\n```", &json!({})).unwrap_err();
    assert!(faults[0].message().contains("“adress” is no part of a letter"), "{faults:?}");
}

#[test]
fn a_logo_that_is_no_picture_is_refused() {
    let stationery =
        Stationery { logo: Some(Logo { png: vec![1, 2, 3], alt: "x".into() }), ..desk::stationery() };
    let faults = desk::typeset_on(&stationery, "x", &json!({})).unwrap_err();
    assert!(matches!(faults[..], [Fault::Stationery { .. }]), "{faults:?}");
}

#[test]
fn a_letter_without_title_or_language_is_refused() {
    let (facts, stationery) = (json!({}), desk::stationery());
    let letter = Letter {
        template: "x",
        facts: &facts,
        stationery: &stationery,
        number: None,
        date: (2026, 11, 23),
        title: " ",
        language: "",
        max_pages: None,
    };
    assert_eq!(
        desk::press().typeset(&letter).unwrap_err(),
        [missing("letter.title"), missing("letter.language")]
    );
}

#[test]
fn a_logo_that_nothing_is_said_about_is_refused() {
    let logo = Some(Logo { alt: " ".into(), ..desk::logo() });
    let stationery = Stationery { logo, sender_name: String::new(), ..desk::stationery() };
    let faults = desk::typeset_on(&stationery, "x", &json!({})).unwrap_err();
    assert!(matches!(faults[..], [Fault::Stationery { .. }]), "{faults:?}");
}

#[test]
fn a_row_taller_than_a_page_is_refused() {
    let faults =
        desk::typeset("| a |\n|--|\n| {{ v }} |", &json!({ "v": "word ".repeat(3000) })).unwrap_err();
    assert!(
        matches!(&faults[..], [Fault::LineTooLong { what, .. }] if what == "A row of a table"),
        "{faults:?}"
    );
}

#[test]
fn a_template_says_what_it_may_ask_for() {
    let asked = fields(desk::DECLARATION).unwrap();
    assert_eq!(
        asked,
        ["amount", "limit", "ours", "recipient.lines", "return_by", "window.from", "window.to"]
    );
}

#[test]
fn a_file_from_elsewhere_is_not_combined() {
    for pdf in [&b"%PDF-1.4 rubbish"[..], b""] {
        let error = desk::combined("x", &[pdf]).unwrap_err();
        assert!(error.to_string().starts_with("document 1 cannot be combined"), "{error}");
    }
}
