//! Limits of law are dated rows that a manager adds to, each change journalled and undoable.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases,
    findings::Severity::Block,
    forms::{self, Noun},
    office as the_office,
    when::Nation,
};
use office::{Office, application, office, pounds, values};
use uuid::Uuid;

const RAISED: [(&str, &str); 4] = [
    ("code", "mfa"),
    ("amount", "400000"),
    ("valid_from", "01/01/2027"),
    ("source", "The Subsidy Control (Test) Regulations 2027, reg.2"),
];

fn in_force(office: &Office) -> (String, String) {
    let rows = the_office::limits(&office.desk).unwrap();
    let row = rows.iter().find(|row| row.code == "mfa" && row.in_force).unwrap();
    (row.label.clone(), row.amount.clone())
}

#[test]
fn a_limit_that_changes_holds_from_its_day_and_a_round_keeps_the_one_it_was_opened_with() {
    let mut office = office();
    let mut given = application("Brook Alloys Ltd");
    given.assistance_declared = Some(pounds(312_000));
    let case = office.imports_one(given);
    forms::save(&mut office.desk, Noun::Limit, None, &values(&RAISED)).unwrap();
    assert_eq!(in_force(&office).1, "£315,000");
    office.desk.at("2027-01-01T09:00:00Z".parse().unwrap());
    assert_eq!(in_force(&office).1, "£400,000");
    assert_eq!(office.says(case, None, "R-01"), Some(Block), "the round was opened in November");
    let round = Some(office.round);
    forms::save(&mut office.desk, Noun::Round, round, &values(&[("rules_as_of", "01/01/2027")])).unwrap();
    assert_eq!(office.says(case, None, "R-01"), None);
}

#[test]
fn adding_a_limit_is_undone_by_name() {
    let mut office = office();
    let entry = forms::save(&mut office.desk, Noun::Limit, None, &values(&RAISED)).unwrap().entry.unwrap();
    let label = office.desk.register().journal(None, 1).unwrap()[0].label.clone();
    assert_eq!(label, "New limit Minimal financial assistance to an enterprise");
    let with = the_office::limits(&office.desk).unwrap().len();
    office.desk.undo(entry).unwrap();
    assert_eq!(the_office::limits(&office.desk).unwrap().len(), with - 1);
}

#[test]
fn a_limit_that_stands_keeps_its_amount_and_no_two_begin_on_one_day() {
    let mut office = office();
    let id = forms::save(&mut office.desk, Noun::Limit, None, &values(&RAISED)).unwrap().id;
    let mut edit = |fields: &[(&str, &str)], id: Option<Uuid>| {
        forms::save(&mut office.desk, Noun::Limit, id, &values(fields)).map_err(|problem| problem.field)
    };
    assert_eq!(edit(&[("amount", "1")], Some(id)).unwrap_err().as_deref(), Some("amount"));
    assert_eq!(edit(&[("valid_from", "01/01/2020")], Some(id)).unwrap_err().as_deref(), Some("valid_from"));
    edit(&[("amount", "400000"), ("valid_to", "31/12/2030")], Some(id)).unwrap();
    assert_eq!(edit(&RAISED, None).unwrap_err().as_deref(), Some("valid_from"));
    let mut without_source = RAISED;
    without_source[3].1 = "";
    assert_eq!(edit(&without_source, None).unwrap_err().as_deref(), Some("source"));
}

#[test]
fn clocks_pass_over_the_bank_holidays_of_the_offices_nation() {
    // GOV.UK: 30 November is St Andrew’s Day in Scotland. An enquiry is answered within two working days.
    for (nation, due) in [("england_and_wales", "2026-12-01"), ("scotland", "2026-12-02")] {
        let mut office = office();
        forms::save(&mut office.desk, Noun::Office, Some(Uuid::nil()), &values(&[("nation", nation)]))
            .unwrap();
        office.desk.at("2026-11-27T09:00:00Z".parse().unwrap());
        let business =
            office.records(Noun::Organisation, &[("name", "Brook Alloys Ltd"), ("kind", "business")]);
        let (programme, business) = (office.programme.to_string(), business.to_string());
        let case = office.records(
            Noun::Voucher,
            &[("programme_id", &programme), ("organisation_id", &business), ("title", "A quieter kiln")],
        );
        assert_eq!(cases::get(&office.desk, case).unwrap().due.unwrap().to_string(), due, "{nation}");
    }
}

#[test]
fn a_due_day_past_the_last_known_year_of_bank_holidays_says_so() {
    let mut office = office();
    let said = |office: &Office, case| {
        let findings = cases::record(&office.desk, case).unwrap().findings;
        findings.into_iter().find(|finding| finding.rule == "bank-holidays").map(|finding| finding.message)
    };
    let known = office.imports_one(application("Brook Alloys Ltd"));
    assert_eq!(said(&office, known), None);
    let after = Nation::EnglandAndWales.known_until() + chrono::Days::new(2);
    let mut given = application("Ångström Tooling Ltd");
    given.received_at = after.and_hms_opt(10, 0, 0).unwrap().and_utc();
    let beyond = office.imports_one(given);
    assert_eq!(said(&office, beyond).as_deref(), Some("Bank holidays are known to 31 December 2028."));
}
