//! A programme is for vouchers, placements or partnerships, or for all three.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    applications::Judge,
    forms::{self, Noun},
    problem::Problem,
};
use office::{application, office_with, values};
use uuid::Uuid;

fn record_by_hand(office: &mut office::Office, noun: Noun) -> Result<Uuid, Problem> {
    let business = forms::save(
        &mut office.desk,
        Noun::Organisation,
        None,
        &values(&[("name", "Brook Alloys (practice)"), ("kind", "business")]),
    )
    .unwrap();
    let case = values(&[
        ("programme_id", &office.programme.to_string()),
        ("organisation_id", &business.id.to_string()),
        ("title", "A better bracket"),
    ]);
    forms::save(&mut office.desk, noun, None, &case).map(|saved| saved.id)
}

#[test]
fn a_programme_takes_cases_of_its_own_kind_and_a_mixed_one_takes_all() {
    let kinds =
        [("voucher", Noun::Voucher), ("placement", Noun::Placement), ("partnership", Noun::Partnership)];
    for instrument in ["voucher", "placement", "partnership", "mixed"] {
        for (kind, noun) in kinds {
            let mut office = office_with(&[("instrument", instrument)]);
            match record_by_hand(&mut office, noun) {
                Ok(_) => assert!(instrument == kind || instrument == "mixed", "{instrument} took a {kind}"),
                Err(problem) => {
                    assert!(instrument != kind && instrument != "mixed", "{instrument}: {problem:?}");
                    assert_eq!(problem.field.as_deref(), Some("programme_id"));
                    assert_eq!(
                        problem.message,
                        format!("Marlbrook Vouchers is for {instrument}s, not for {kind}s.")
                    );
                }
            }
        }
    }
}

#[test]
fn applications_for_vouchers_are_not_judged_by_the_rules_of_a_placement_programme() {
    let office = office_with(&[("instrument", "placement")]);
    let refused = Judge::of(&office.desk, office.programme, None).unwrap_err();
    assert_eq!(refused.message, "Marlbrook Vouchers is for placements, not for vouchers.");
}

#[test]
fn a_programme_with_vouchers_becomes_mixed_and_nothing_that_leaves_them_behind() {
    let mut office = office_with(&[("instrument", "voucher")]);
    office.imports(vec![application("Brook Alloys Ltd"), application("Mill Optics Ltd")]);
    let becomes = |office: &mut office::Office, instrument: &str| {
        let id = Some(office.programme);
        forms::save(&mut office.desk, Noun::Programme, id, &values(&[("instrument", instrument)]))
    };
    let refused = becomes(&mut office, "placement").unwrap_err();
    assert_eq!(refused.message, "For: the programme has 2 vouchers.");
    assert_eq!(refused.field.as_deref(), Some("instrument"));
    becomes(&mut office, "mixed").unwrap();
    record_by_hand(&mut office, Noun::Placement).unwrap();
    let refused = becomes(&mut office, "voucher").unwrap_err();
    assert_eq!(refused.message, "For: the programme has one placement.");
}

#[test]
fn a_case_is_not_moved_to_a_programme_that_does_not_take_its_kind() {
    let mut office = office_with(&[("instrument", "voucher")]);
    let voucher = office.imports_one(application("Brook Alloys Ltd"));
    let placements = office.records(
        Noun::Programme,
        &[("code", "MGP"), ("name", "Graduate Placements"), ("instrument", "placement")],
    );
    let moved = values(&[("programme_id", &placements.to_string())]);
    let refused = forms::save(&mut office.desk, Noun::Voucher, Some(voucher), &moved).unwrap_err();
    assert_eq!(refused.message, "Graduate Placements is for placements, not for vouchers.");
}

#[test]
fn the_smallest_award_stays_below_the_largest_whichever_of_the_two_is_written() {
    let mut office = office_with(&[("value_min", "1000"), ("value_max", "5000")]);
    let programme = office.programme;
    for (fields, field) in [
        (&[("value_min", "6000"), ("value_max", "5500")][..], "value_max"),
        (&[("value_min", "5000.01")], "value_min"),
        (&[("value_max", "999.99")], "value_max"),
    ] {
        let refused = forms::save(&mut office.desk, Noun::Programme, Some(programme), &values(fields));
        let problem = refused.unwrap_err();
        assert_eq!(problem.field.as_deref(), Some(field), "{fields:?}");
        assert_eq!(problem.message, "“Smallest award” is more than “Largest award”.");
    }
    let both = values(&[("value_min", "6000"), ("value_max", "7000")]);
    forms::save(&mut office.desk, Noun::Programme, Some(programme), &both).unwrap();
    let largest = values(&[("value_max", "")]);
    forms::save(&mut office.desk, Noun::Programme, Some(programme), &largest).unwrap();
}
