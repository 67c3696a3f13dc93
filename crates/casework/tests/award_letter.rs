//! The award letter’s table says who pays whom, penny for penny, under each of a programme’s terms.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use std::{io::Write, process::Command};

use casework::letters;
use office::{application, office_with, pounds};

/// The words of an award letter, one space between each.
fn letter(terms: &[(&str, &str)], case: &[(&str, &str)], registered: &str, asked: i64) -> String {
    let mut office = office_with(terms);
    let mut given = application("Brook Alloys Ltd");
    given.project_cost = Some(pounds(5_000));
    given.asked = pounds(asked);
    let id = office.imports_one(given);
    office.set(id, case);
    office.set_business(id, &[("vat_registered", registered)]);
    let decided = office.awards(id, None);
    assert!(decided.refused.is_empty(), "{:#?}", decided.refused);
    let issued = letters::issue(&mut office.desk, "award", &[id], &|_| true).unwrap();
    let pdf = letters::pdf(&office.desk, issued[0].letter_id.unwrap()).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&pdf).unwrap();
    let text =
        Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(file.path()).arg("-").output().unwrap();
    String::from_utf8(text.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(letter: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(letter.contains(sentence), "“{sentence}” is not in: {letter}");
    }
}

#[test]
fn r_43_the_provider_is_paid_net_and_the_business_pays_the_vat() {
    let letter = letter(&[("intervention_rate", "100")], &[], "yes", 5_000);
    says(
        &letter,
        &[
            "Aston University’s charge, without VAT £5,000",
            "VAT at 20% £1,000",
            "Aston University invoices in all £6,000",
            "We pay, at most 100% of the charge £5,000",
            "You pay towards the charge £0",
            "You pay as VAT £1,000",
            "You pay in all £1,000",
            "We pay £5,000 to Aston University, and you pay it £1,000. We never pay VAT.",
        ],
    );
}

#[test]
fn r_43_a_business_that_is_paid_itself_pays_the_provider_in_full() {
    let letter = letter(&[("paid_to", "business")], &[], "yes", 3_750);
    says(
        &letter,
        &["You pay in all £2,250", "You pay Aston University the £6,000 in full, and we pay £3,750 to you."],
    );
}

#[test]
fn r_43_where_both_are_paid_the_letter_says_how_much_each_and_the_parts_make_the_award() {
    let letter = letter(&[("paid_to", "split"), ("provider_share", "33.33")], &[], "yes", 3_333);
    says(
        &letter,
        &[
            "of it to Aston University £1,110.88",
            "of it to you £2,222.12",
            "We pay £1,110.88 to Aston University, you pay it £4,889.12, and we pay £2,222.12 to you.",
            "You pay in all £2,667",
        ],
    );
}

#[test]
fn r_42_vat_that_the_business_cannot_recover_is_shared_where_the_programme_says_so() {
    let terms = [("vat_rule", "if_not_recoverable")];
    let shared = letter(&terms, &[], "no", 5_000);
    says(
        &shared,
        &[
            "We pay, at most 75% of the charge with its VAT £4,500",
            "You pay towards the charge and its VAT £1,500",
            "You pay in all £1,500",
            "because you are not registered for VAT",
        ],
    );
    assert!(!shared.contains("You pay as VAT"), "{shared}");
    let inside = letter(&terms, &[("cost_includes_vat", "yes")], "no", 5_000);
    says(
        &inside,
        &["charge, without VAT £4,166.67", "VAT at 20% £833.33", "£5,000", "£3,750", "You pay in all £1,250"],
    );
    let recovered = letter(&terms, &[], "yes", 5_000);
    says(
        &recovered,
        &["£3,750", "You pay in all £2,250", "We do not pay VAT, which a registered business recovers."],
    );
}

#[test]
fn r_44_vat_is_shown_as_the_provider_quoted_it() {
    let letter = letter(&[("intervention_rate", "50")], &[("vat_amount", "1150")], "yes", 5_000);
    says(&letter, &["VAT as quoted £1,150", "invoices in all £6,150", "You pay in all £3,650"]);
}
