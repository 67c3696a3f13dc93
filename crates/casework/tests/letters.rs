//! Which letters a selection of cases may have.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{decisions::Outcome, letters};
use office::{Office, application, office};
use uuid::Uuid;

/// Each letter that is offered, for which cases, and whether it is owed.
fn offered(office: &Office, cases: &[Uuid]) -> Vec<(String, Vec<Uuid>, bool)> {
    let choices = letters::choices(&office.desk, cases).unwrap();
    choices.into_iter().map(|choice| (choice.kind, choice.cases, choice.owed)).collect()
}

#[test]
fn a_mixed_selection_is_offered_each_letter_with_the_cases_that_owe_it() {
    let mut office = office();
    let cases = office.imports(
        ["Brook Alloys Ltd", "Ångström Tooling Ltd", "Fox Lane Foods Ltd", "Kestrel Optics Ltd"]
            .map(application)
            .into(),
    );
    let [brook, angstrom, fox, kestrel] = cases[..] else { panic!("four cases") };
    assert_eq!(offered(&office, &cases), [], "nobody is written to before a decision");

    office.awards(brook, None);
    office.awards(angstrom, None);
    office.decides(Outcome::Reject, &[(fox, None)], &[]).unwrap();
    let notified = ("mfa_notification".to_owned(), vec![brook, angstrom], true);
    let rejected = ("unsuccessful".to_owned(), vec![fox], true);
    assert_eq!(
        offered(&office, &cases),
        [("award".to_owned(), vec![brook, angstrom], true), notified.clone(), rejected.clone()]
    );

    letters::issue(&mut office.desk, "award", &[brook], &|_| true).unwrap();
    assert_eq!(
        offered(&office, &cases),
        [("award".to_owned(), vec![angstrom], true), notified, rejected],
        "who has it owes it no more"
    );
    assert_eq!(offered(&office, &[kestrel]), []);
    assert!(
        offered(&office, &[brook]).contains(&("award".to_owned(), vec![brook], false)),
        "alone, it may be made again"
    );
}
