use casework::findings::Severity;

use super::*;
use crate::columns::field;

/// What a cell of this field says: its value, and the rules that speak of it.
fn read_text(name: &str, text: &str) -> (Option<String>, Vec<String>) {
    read_cell(name, &Cell::text(text))
}

fn read_cell(name: &str, cell: &Cell) -> (Option<String>, Vec<String>) {
    let place =
        Place { field: field(name).unwrap(), heading: "Heading", column: 18, row: 19, received: &cell.text };
    fn shown<T>(reading: Reading<T>, show: impl FnOnce(T) -> String) -> (Option<String>, Vec<String>) {
        (reading.value.map(show), reading.findings.into_iter().map(|finding| finding.rule).collect())
    }
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    match name {
        "business" => shown(business(&place, cell), |value| value),
        "asked" | "turnover" | "project_cost" | "assistance_declared" => {
            shown(amount(&place, cell), |value| value.to_string())
        }
        "received" => shown(received(&place, cell, &Order::DayFirst("19/10/2026".into()), now), |value| {
            value.to_rfc3339()
        }),
        "employees" => shown(employees(&place, cell), people),
        "declaration" | "may_contact" => shown(yes_or_no(&place, cell), |value| value.to_string()),
        "company_number" => shown(company_number(&place, cell), |value| value),
        "postcode" => shown(postcode(&place, cell), |value| value),
        "phone" => shown(phone(&place, cell), |value| value),
        "email" => shown(email(&place, cell), |value| value),
        _ => shown(words(&place, cell), |value| value),
    }
}

fn check(name: &str, table: &[(&str, Option<&str>, &[&str])]) {
    for (text, value, said) in table {
        let (found, rules) = read_text(name, text);
        assert_eq!(
            (found.as_deref(), rules.iter().map(String::as_str).collect::<Vec<_>>()),
            (*value, said.to_vec()),
            "{name} {text:?}"
        );
    }
}

#[test]
fn the_amount_asked_for_is_read_or_the_row_is_refused() {
    check(
        "asked",
        &[
            ("5000", Some("5000.00"), &[]),
            ("£12,000.50", Some("12000.50"), &[]),
            ("GBP 4999.99", Some("4999.99"), &[]),
            ("12000.50 ", Some("12000.50"), &[]),
            ("5.000,00", None, &["IMP-02"]),
            ("5k", None, &["IMP-03"]),
            ("up to 5k", None, &["IMP-03"]),
            ("£1.2m", None, &["IMP-03"]),
            ("0", None, &["IMP-04"]),
            ("-5", None, &["IMP-04"]),
            ("", None, &["IMP-01"]),
            ("n/a", None, &["IMP-01"]),
        ],
    );
}

#[test]
fn other_amounts_are_read_or_left_out_with_a_warning() {
    check(
        "turnover",
        &[
            ("1,250,000", Some("1250000.00"), &[]),
            ("60000000.0", Some("60000000.00"), &[]),
            ("£1.2m", None, &["IMP-20"]),
            ("-1", None, &["IMP-20"]),
            ("", None, &[]),
            ("none", None, &["IMP-20"]),
        ],
    );
    check(
        "assistance_declared",
        &[("none", Some("0.00"), &["IMP-41"]), ("£314,999", Some("314999.00"), &[]), ("n/a", None, &[])],
    );
    let drifted = Cell { text: "4999.990000000001".into(), value: Value::Number };
    assert_eq!(read_cell("asked", &drifted).0.as_deref(), Some("4999.99"), "what the spreadsheet shows");
    let error = Cell { text: "#N/A".into(), value: Value::Error };
    assert_eq!(read_cell("asked", &error), (None, vec!["IMP-08".into()]));
    assert_eq!(read_cell("turnover", &error), (None, vec!["IMP-20".into()]));
}

#[test]
fn a_day_of_receipt_is_read_in_the_time_of_the_united_kingdom() {
    check(
        "received",
        &[
            ("19/10/2026", Some("2026-10-18T23:00:00+00:00"), &[]),
            ("04/11/2026", Some("2026-11-04T00:00:00+00:00"), &[]),
            ("09-Nov-26", Some("2026-11-09T00:00:00+00:00"), &[]),
            ("31/02/2026", None, &["IMP-05"]),
            ("soon", None, &["IMP-05"]),
            ("46314", None, &["IMP-05"]),
            ("2026-12-24", Some("2026-12-24T00:00:00+00:00"), &["IMP-24"]),
            ("", None, &["IMP-01"]),
        ],
    );
}

#[test]
fn employees_are_counted_and_never_estimated() {
    check(
        "employees",
        &[
            ("12", Some("12"), &[]),
            ("0", Some("0"), &[]),
            ("12.5", Some("12.5"), &[]),
            ("120", Some("120"), &[]),
            ("12 FTE", Some("12"), &["IMP-41"]),
            ("about 20", None, &["IMP-20"]),
            ("10-15", None, &["IMP-20"]),
            ("<10", None, &["IMP-20"]),
            ("-3", None, &["IMP-20"]),
            ("", None, &[]),
        ],
    );
    let turned =
        Cell { text: "2026-10-15".into(), value: Value::Moment("2026-10-15T00:00:00".parse().unwrap()) };
    assert_eq!(read_cell("employees", &turned), (None, vec!["IMP-20".into()]), "10-15 became a date");
}

#[test]
fn answers_are_yes_or_no_and_a_declaration_not_made_is_said() {
    check(
        "declaration",
        &[
            ("Yes", Some("true"), &[]),
            ("yes ", Some("true"), &[]),
            ("Y", Some("true"), &[]),
            ("True", Some("true"), &[]),
            ("No", Some("false"), &["IMP-22"]),
            ("", None, &["IMP-23"]),
            ("perhaps", None, &["IMP-20"]),
        ],
    );
    check("may_contact", &[("No", Some("false"), &[]), ("", None, &[]), ("maybe", None, &["IMP-20"])]);
}

#[test]
fn identifiers_are_mended_where_certain_and_left_out_where_not() {
    check(
        "company_number",
        &[
            ("2686822", Some("02686822"), &["IMP-40"]),
            ("oc 300358", Some("OC300358"), &["IMP-40"]),
            ("04905896", Some("04905896"), &[]),
            ("n/a", None, &[]),
            ("none", None, &[]),
            ("SC12345678", None, &["IMP-20"]),
            ("ZZ123456", Some("ZZ123456"), &["IMP-24"]),
        ],
    );
    check(
        "postcode",
        &[
            ("B152TT", Some("B15 2TT"), &[]),
            ("cv1 5fb", Some("CV1 5FB"), &[]),
            ("D02 X285", Some("D02 X285"), &[]),
            ("B1", None, &["IMP-20"]),
            ("not known", None, &["IMP-20"]),
            ("", None, &[]),
        ],
    );
    check(
        "phone",
        &[
            ("7700900789", Some("07700900789"), &["IMP-40"]),
            ("+44 7700 900123", Some("+44 7700 900123"), &[]),
            ("none", None, &["IMP-20"]),
        ],
    );
    check(
        "email",
        &[
            ("aoife.ósúilleabháin@example.com", Some("aoife.ósúilleabháin@example.com"), &[]),
            ("priya(at)example.com", None, &["IMP-20"]),
            ("none", None, &["IMP-20"]),
            ("josé.?ó??@example.com", None, &["IMP-20"]),
        ],
    );
}

#[test]
fn text_is_kept_as_it_is_and_what_is_odd_about_it_is_said() {
    check(
        "business",
        &[
            ("  Trailing Spaces Ltd  ", Some("Trailing Spaces Ltd"), &[]),
            ("=SUM(A1:A9) Ltd", Some("=SUM(A1:A9) Ltd"), &["IMP-43"]),
            ("?ó?? Design Ltd", Some("?ó?? Design Ltd"), &["IMP-21"]),
            ("A*Star_Ltd #1 <b>", Some("A*Star_Ltd #1 <b>"), &[]),
            ("Ltd", None, &["IMP-07"]),
            ("", None, &["IMP-01"]),
        ],
    );
    let long = "need ".repeat(1_100);
    let (value, said) = read_text("need", &long);
    assert_eq!((value.as_deref(), said), (Some(long.trim_end()), vec!["IMP-42".to_owned()]));
    check("family_name", &[("?ó??", Some("?ó??"), &["IMP-21"]), ("O'Neill", Some("O'Neill"), &[])]);
    check("need", &[("Could it fail?", Some("Could it fail?"), &[])]);
}

#[test]
fn a_finding_names_the_cell_and_the_way_to_mend_it() {
    let place = Place {
        field: field("asked").unwrap(),
        heading: "Amount sought (£)",
        column: 18,
        row: 19,
        received: "{cell} 5k",
    };
    let finding = rules::NO_AMOUNT.at(&place);
    assert_eq!(
        finding.message, "“{cell} 5k” is not an amount",
        "what was received is not read as a placeholder"
    );
    assert_eq!(
        finding.fix.as_deref(),
        Some("Write it in figures, like 5,000.00, here or in cell S19 of the file.")
    );
    assert_eq!(
        (finding.field.as_deref(), finding.column.as_deref()),
        (Some("asked"), Some("Amount sought (£)"))
    );
}

#[test]
fn rules_have_ids_of_their_own_and_blocks_say_how_to_mend() {
    let ids: std::collections::BTreeSet<_> = rules::RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules::RULES.len());
    let place = Place { field: field("asked").unwrap(), heading: "h", column: 0, row: 1, received: "x" };
    for rule in rules::RULES.iter().filter(|rule| rule.severity == Severity::Block) {
        assert!(rule.at(&place).fix.is_some_and(|fix| fix.contains("here")), "{}", rule.id);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reading_of_a_cell_panic(text in "\\PC{0,32}", wild in proptest::prelude::any::<String>()) {
        for field in crate::columns::FIELDS {
            read_text(field.name, &text);
            read_text(field.name, &wild);
        }
    }
}
