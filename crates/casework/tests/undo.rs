//! Whatever an officer did can be taken back by name, and what left the house stays on record.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases::{self, CaseQuery, CaseSort},
    forms::{self, Noun},
    letters, organisations,
};
use office::{Office, application, office};

/// What an officer sees of the whole register.
fn seen(office: &Office) -> String {
    let query = CaseQuery {
        text: String::new(),
        sort: CaseSort::Reference,
        descending: false,
        offset: 0,
        limit: 1_000,
    };
    let cases = cases::list(&office.desk, &query).unwrap();
    let businesses = organisations::list(&office.desk, "", None, 0, 1_000).unwrap();
    let rounds = casework::programmes::list(&office.desk).unwrap();
    format!("{cases:?} {businesses:?} {rounds:?}")
}

#[test]
fn a_day_of_work_undone_step_by_step_is_the_morning_and_done_again_is_the_evening() {
    let mut office = office();
    let mut mornings = vec![seen(&office)];
    let first = office.desk.register().journal(None, 1).unwrap()[0].seq;
    let cases = office.imports(vec![application("Brook Alloys Ltd"), application("Ångström Tooling Ltd")]);
    mornings.push(seen(&office));
    office.set(cases[0], &[("planned_start", "11/01/2027"), ("score", "74")]);
    mornings.push(seen(&office));
    office.set_business(cases[1], &[("name", "Ångström Tools Ltd"), ("employees", "23")]);
    mornings.push(seen(&office));
    office.awards(cases[0], None);
    mornings.push(seen(&office));
    letters::issue(&mut office.desk, "award", &[cases[0]], &|_| true).unwrap();
    mornings.push(seen(&office));
    let person = casework::cases::get(&office.desk, cases[0]).unwrap().contact_id;
    forms::save(&mut office.desk, Noun::Person, person, &office::values(&[("phone", "01632 960123")]))
        .unwrap();
    let evening = seen(&office);
    while let Some(entry) = office.desk.register().next_undo().unwrap().filter(|entry| entry.seq > first) {
        office.desk.undo(entry.seq).unwrap();
        assert_eq!(seen(&office), mornings.pop().unwrap(), "after undoing “{}”", entry.label);
    }
    assert!(mornings.is_empty(), "every step was undone");
    while office.desk.register().next_redo().unwrap().is_some() {
        office.desk.redo().unwrap();
    }
    assert_eq!(seen(&office), evening);
    assert!(office.desk.register().verify().unwrap().sound);
}

#[test]
fn undoing_an_award_withdraws_its_letter_and_its_number_is_never_given_again() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let award = office.awards(case, None).entry.unwrap();
    letters::issue(&mut office.desk, "award", &[case], &|_| true).unwrap();
    office.desk.undo(award).unwrap();
    assert_eq!(office.stage(case), "submitted");
    let withdrawn = letters::of_case(&office.desk, case).unwrap();
    assert_eq!(
        (withdrawn[0].number.as_str(), withdrawn[0].withdrawn_on.is_some()),
        ("WMIV-2026-0001/L01", true)
    );
    assert!(
        letters::pdf(&office.desk, withdrawn[0].id).unwrap().starts_with(b"%PDF"),
        "what was sent can still be read"
    );
    office.awards(case, None);
    let again = letters::issue(&mut office.desk, "award", &[case], &|_| true).unwrap();
    assert_eq!(again[0].number.as_deref(), Some("WMIV-2026-0001/L02"));
}
