//! What must hold before a case moves on, at its edges, with its source.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases,
    forms::{self, Noun},
    letters,
    problem::Code,
};
use office::{Office, application, office, office_with};
use uuid::Uuid;

fn offered(office: &mut Office) -> Uuid {
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.awards(case, None);
    case
}

/// The rules and fields that stand in the way of a move.
fn in_the_way(office: &mut Office, case: Uuid, to: &str) -> Vec<String> {
    match cases::move_case(&mut office.desk, case, to, None) {
        Ok(_) => Vec::new(),
        Err(problem) => {
            assert_eq!(problem.code, Code::Refused, "{problem:?}");
            let said = problem.findings.iter();
            said.map(|finding| {
                finding.field.clone().filter(|_| finding.rule == "missing").unwrap_or(finding.rule.clone())
            })
            .collect()
        }
    }
}

#[test]
fn r_05_and_r_06_nothing_is_given_before_the_notification_and_the_signed_declaration() {
    // Subsidy Control Act 2022, s.37(1) to (3).
    let mut office = office();
    let case = offered(&mut office);
    assert_eq!(in_the_way(&mut office, case, "accepted"), ["accepted_on", "R-05", "R-06"]);
    letters::issue(&mut office.desk, "mfa_notification", &[case], &|_| true).unwrap();
    office.set(case, &[("accepted_on", "24/11/2026")]);
    assert_eq!(in_the_way(&mut office, case, "accepted"), ["R-06"]);
    office.set(case, &[("subsidy_declaration_on", "24/11/2026")]);
    assert!(in_the_way(&mut office, case, "accepted").is_empty());
}

#[test]
fn r_55_and_r_41_work_begins_after_acceptance_and_the_claim_keeps_to_the_award() {
    let mut office = office_with(&[("subsidy_route", "not_subsidy")]);
    let case = offered(&mut office);
    office.set(case, &[("accepted_on", "24/11/2026")]);
    assert!(in_the_way(&mut office, case, "accepted").is_empty());
    office.set(case, &[("work_started_on", "23/11/2026")]);
    assert_eq!(in_the_way(&mut office, case, "in_progress"), ["R-55"]);
    office.set(case, &[("work_started_on", "24/11/2026")]);
    assert!(in_the_way(&mut office, case, "in_progress").is_empty());
    office.set(case, &[("work_ended_on", "10/01/2027")]);
    assert!(in_the_way(&mut office, case, "complete").is_empty());
    office.set(
        case,
        &[
            ("match_cash", "1650"),
            ("claimed", "4950.01"),
            ("claimed_on", "12/01/2027"),
            ("final_report_on", "12/01/2027"),
        ],
    );
    assert_eq!(in_the_way(&mut office, case, "claimed"), ["R-41"], "the award is £4,950");
    office.set(case, &[("claimed", "4950")]);
    assert!(in_the_way(&mut office, case, "claimed").is_empty());
    office.set(case, &[("paid", "4950"), ("paid_on", "20/01/2027")]);
    assert_eq!(
        in_the_way(&mut office, case, "paid"),
        ["R-60"],
        "who recorded the claim does not record the payment"
    );
}

#[test]
fn what_a_stage_asks_for_and_the_move_are_kept_together_or_not_at_all_and_undone_at_once() {
    let mut office = office_with(&[("subsidy_route", "not_subsidy")]);
    let case = offered(&mut office);
    office.set(case, &[("accepted_on", "24/11/2026"), ("match_cash", "1650")]);
    for (to, fields) in [
        ("accepted", &[][..]),
        ("in_progress", &[("work_started_on", "24/11/2026")]),
        ("complete", &[("work_ended_on", "10/01/2027")]),
    ] {
        cases::fill_and_move(&mut office.desk, case, to, &office::values(fields), None).unwrap();
    }
    let claim = |claimed| {
        office::values(&[
            ("claimed", claimed),
            ("claimed_on", "12/01/2027"),
            ("final_report_on", "12/01/2027"),
        ])
    };
    let held =
        |office: &Office| forms::values_of(&office.desk, Noun::Voucher, case).unwrap()["claimed_on"].clone();
    let over = cases::fill_and_move(&mut office.desk, case, "claimed", &claim("4950.01"), None);
    assert_eq!(over.unwrap_err().findings[0].rule, "R-41", "the award is £4,950");
    let unread = cases::fill_and_move(&mut office.desk, case, "claimed", &claim("4,95O"), None);
    assert_eq!(unread.unwrap_err().field.as_deref(), Some("claimed"));
    assert_eq!(held(&office), None, "of a move that is refused nothing is kept");

    cases::fill_and_move(&mut office.desk, case, "claimed", &claim("4950"), None).unwrap();
    assert_eq!((office.stage(case), held(&office).is_some()), ("claimed".to_owned(), true));
    let newest = office.desk.register().next_undo().unwrap().unwrap();
    office.desk.undo(newest.seq).unwrap();
    assert_eq!((office.stage(case), held(&office)), ("complete".to_owned(), None));
}

#[test]
fn a_decision_is_not_a_plain_move_and_a_stage_is_not_skipped() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    for to in ["offered", "accepted", "paid"] {
        assert_eq!(
            cases::move_case(&mut office.desk, case, to, None).unwrap_err().code,
            Code::Refused,
            "{to}"
        );
    }
    assert_eq!(office.stage(case), "submitted");
}

#[test]
fn an_offer_that_is_declined_frees_its_money_and_its_subsidy() {
    let mut office = office();
    let case = offered(&mut office);
    let left = |office: &Office| casework::programmes::list(&office.desk).unwrap()[0].rounds[0].left;
    assert_eq!(left(&office), office::pounds(15_050));
    assert!(in_the_way(&mut office, case, "declined").is_empty());
    assert_eq!(left(&office), office::pounds(20_000));
    let business = cases::get(&office.desk, case).unwrap().organisation_id;
    let room = casework::subsidy::headroom(&office.desk, business, None, office.desk.today()).unwrap();
    assert_eq!(room.used, office::pounds(0), "R-20: a row of its own takes the entry back");
}
