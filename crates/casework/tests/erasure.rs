//! A person is erased for good: not while a case is open or a letter must be kept, and the chain outlives it.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{Desk, cases, forms, letters, people, problem::Problem, search};
use chrono::{DateTime, Duration, Utc};
use office::{Office, TODAY, application, office};
use uuid::Uuid;

const REASON: &str = "asked for on 3 December";

/// An office with a case of Zoë Sample's that was withdrawn.
fn withdrawn() -> (Office, Uuid, Uuid) {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let person = cases::get(&office.desk, case).unwrap().contact_id.unwrap();
    cases::move_case(&mut office.desk, case, "withdrawn", None).unwrap();
    (office, case, person)
}

fn years_on(desk: &mut Desk, years: i64) {
    desk.at(TODAY.parse::<DateTime<Utc>>().unwrap() + Duration::days(366 * years));
}

fn refused(result: Result<people::Erased, Problem>) -> String {
    result.unwrap_err().message
}

#[test]
fn an_erased_person_is_nowhere_to_be_found_and_the_chain_still_verifies() {
    let (mut office, case, person) = withdrawn();
    let erased = people::erase(&mut office.desk, person, REASON).unwrap();
    assert_eq!((erased.letters, erased.backups_before), (0, 0));
    let seen = format!(
        "{:?} {:?} {:?}",
        people::record(&office.desk, person).unwrap(),
        cases::record(&office.desk, case).unwrap(),
        search::find(&office.desk, "Sample", 10).unwrap()
    );
    assert!(!seen.contains("Sample") && !seen.contains("zoe@example.org"), "{seen}");
    let proof = office.desk.register().verify().unwrap();
    assert_eq!((proof.sound, proof.erased), (true, 1), "{:?}", proof.faults);
    let said = office.desk.register().journal(None, 1).unwrap().remove(0).label;
    assert_eq!(said, format!("Erase personal details: {REASON}"));
}

#[test]
fn a_person_with_a_part_in_an_open_case_is_not_erased() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let person = cases::get(&office.desk, case).unwrap().contact_id.unwrap();
    let why = refused(people::erase(&mut office.desk, person, REASON));
    assert!(why.contains("WMIV-2026-0001") && why.contains("open"), "{why}");
}

#[test]
fn a_letter_is_kept_for_the_years_of_its_programme_and_then_goes_with_the_person() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let person = cases::get(&office.desk, case).unwrap().contact_id.unwrap();
    office.decides(casework::decisions::Outcome::Reject, &[(case, None)], &[]).unwrap();
    let letter =
        letters::issue(&mut office.desk, "unsuccessful", &[case], &|_| true).unwrap()[0].letter_id.unwrap();
    let why = refused(people::erase(&mut office.desk, person, REASON));
    assert!(why.contains("WMIV-2026-0001/L01") && why.contains("23 November 2033"), "{why}");
    years_on(&mut office.desk, 8);
    assert_eq!(people::erase(&mut office.desk, person, REASON).unwrap().letters, 1);
    assert!(letters::pdf(&office.desk, letter).is_err(), "the PDF is gone");
    let kept = letters::get(&office.desk, letter).unwrap();
    assert_eq!(
        (kept.number.as_str(), kept.to.as_str(), kept.sha256.len()),
        ("WMIV-2026-0001/L01", "Erased", 64)
    );
    assert!(office.desk.register().verify().unwrap().sound);
}

#[test]
fn the_reason_is_needed_and_may_not_name_them() {
    let (mut office, _, person) = withdrawn();
    assert!(refused(people::erase(&mut office.desk, person, " ")).contains("not filled in"));
    assert!(refused(people::erase(&mut office.desk, person, "zoë sample asked")).contains("names them"));
}

#[test]
fn an_officer_who_is_no_manager_erases_nobody() {
    let (mut office, _, person) = withdrawn();
    let me = office.desk.officer().unwrap().id;
    forms::save(&mut office.desk, forms::Noun::Officer, Some(me), &office::values(&[("role", "officer")]))
        .unwrap();
    assert!(refused(people::erase(&mut office.desk, person, REASON)).contains("may not erase"));
    assert_eq!(people::record(&office.desk, person).unwrap().name, "Zoë Sample");
}
