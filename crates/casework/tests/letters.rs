//! Which letters a selection of cases may have.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases,
    decisions::Outcome,
    findings::Finding,
    forms::{self, Noun},
    letters::{self, IssueOutcome},
    standing,
};
use office::{Office, application, office, office_with, values};
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

#[test]
fn a_case_owes_each_letter_of_its_stage_and_is_counted_once() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.awards(case, None);
    let owed = |office: &Office| {
        let count = standing::standing(&office.desk).unwrap().counts.letters_owed;
        let listed = cases::ids(&office.desk, "owed:letter").unwrap().len();
        assert_eq!(count as usize, listed, "the rail counts what the list shows");
        let kinds = ["award", "mfa_notification"];
        let of_kind = kinds.map(|kind| !letters::owed(&office.desk, kind, &[case]).unwrap().is_empty());
        (count, of_kind)
    };
    assert_eq!(owed(&office), (1, [true, true]));
    letters::issue(&mut office.desk, "award", &[case], &|_| true).unwrap();
    assert_eq!(owed(&office), (1, [false, true]), "the notification is still to go");
    letters::issue(&mut office.desk, "mfa_notification", &[case], &|_| true).unwrap();
    assert_eq!(owed(&office), (0, [false, false]));
}

#[test]
fn a_subsidy_notification_is_owed_only_where_the_programme_gives_such_assistance() {
    let mut office = office_with(&[("subsidy_route", "not_subsidy")]);
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.awards(case, None);
    assert_eq!(offered(&office, &[case]), [("award".to_owned(), vec![case], true)]);
    letters::issue(&mut office.desk, "award", &[case], &|_| true).unwrap();
    assert_eq!(standing::standing(&office.desk).unwrap().counts.letters_owed, 0);
    assert_eq!(
        refusal(&mut office, "mfa_notification", case),
        "Marlbrook Vouchers gives no assistance that must be notified."
    );

    let programme = Some(office.programme);
    forms::save(&mut office.desk, Noun::Programme, programme, &values(&[("subsidy_route", "mfa")])).unwrap();
    assert_eq!(standing::standing(&office.desk).unwrap().counts.letters_owed, 1, "the terms changed");
}

#[test]
fn an_offer_is_not_sent_after_its_last_day_but_its_letter_can_be_made_again_once_accepted() {
    let mut office = office();
    let cases = office.imports(vec![application("Brook Alloys Ltd"), application("Kestrel Optics Ltd")]);
    cases.iter().for_each(|case| drop(office.awards(*case, None)));
    letters::issue(&mut office.desk, "mfa_notification", &cases, &|_| true).unwrap();
    office.set(cases[1], &[("subsidy_declaration_on", "27/11/2026"), ("accepted_on", "27/11/2026")]);
    office.desk.at("2026-12-07T23:30:00Z".parse().unwrap());
    let drafts = letters::drafts(&office.desk, "award", &[cases[0]]).unwrap();
    assert!(drafts[0].ready, "the last day is a day of the offer: {:?}", drafts[0].findings);

    office.desk.at("2026-12-08T00:30:00Z".parse().unwrap());
    let closed = "The offer was open until 7 December 2026.";
    assert_eq!(refusal(&mut office, "award", cases[0]), closed);
    assert_eq!(refusal(&mut office, "mfa_notification", cases[0]), closed);
    cases::move_case(&mut office.desk, cases[1], "accepted", None).unwrap();
    let issued = letters::issue(&mut office.desk, "award", &[cases[1]], &|_| true).unwrap();
    assert_eq!(issued[0].outcome, IssueOutcome::Issued, "{:?}", issued[0].findings);
}

/// What stands in the way of a letter, in the list, in the preview and at the issue alike.
fn refusal(office: &mut Office, kind: &str, case: Uuid) -> String {
    let says = |findings: &[Finding]| {
        findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join(" ")
    };
    let drafted = says(&letters::drafts(&office.desk, kind, &[case]).unwrap()[0].findings);
    let previewed = letters::preview(&office.desk, kind, case).unwrap_err();
    let issued = letters::issue(&mut office.desk, kind, &[case], &|_| true).unwrap();
    assert_eq!(issued[0].outcome, IssueOutcome::Refused);
    assert_eq!((says(&previewed.findings), says(&issued[0].findings)), (drafted.clone(), drafted.clone()));
    drafted
}
