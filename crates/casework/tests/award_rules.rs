//! Every rule that answers before an award, at its edges, with its source.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    decisions::{self, DecideCase, DecisionInput, Outcome},
    findings::Severity::{Block, Inform, Warn},
    forms::{self, Noun},
    letters, officers,
};
use office::{application, office, office_with, pounds, values};

#[test]
fn an_application_that_keeps_to_every_rule_has_nothing_but_advice_against_it() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let open: Vec<_> =
        office.findings(case, None).into_iter().filter(|finding| finding.severity != Inform).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert_eq!(office.awards(case, None).decided[0].amount, Some(pounds(4_950)), "75% of £6,600");
}

#[test]
fn r_40_an_award_keeps_to_the_smallest_the_largest_and_the_intervention_rate() {
    // Programme terms: £1,000 to £5,000, 75 % of the cost.
    for (cost, amount, says) in [
        (Some(10_000), 5_000, None),
        (Some(10_000), 5_001, Some(Block)),
        (Some(10_000), 1_000, None),
        (Some(10_000), 999, Some(Block)),
        (Some(4_000), 3_000, None),
        (Some(4_000), 3_001, Some(Block)),
        (None, 3_000, Some(Block)),
    ] {
        let mut office = office();
        let mut given = application("Brook Alloys Ltd");
        given.project_cost = cost.map(pounds);
        let case = office.imports_one(given);
        assert_eq!(office.says(case, Some(pounds(amount)), "R-40"), says, "{amount} of {cost:?}");
    }
}

#[test]
fn r_01_the_award_must_not_take_the_enterprise_over_the_limit() {
    // Subsidy Control Act 2022, s.36(1): £315,000.
    for (declared, says) in [(0, None), (310_050, None), (310_051, Some(Block)), (314_999, Some(Block))] {
        let mut office = office();
        let mut given = application("Brook Alloys Ltd");
        given.assistance_declared = Some(pounds(declared));
        let case = office.imports_one(given);
        assert_eq!(office.says(case, None, "R-01"), says, "declared £{declared}, award £4,950");
    }
}

#[test]
fn r_04_everyone_under_common_control_counts_as_one_enterprise() {
    // Subsidy Control Act 2022, ss.7 and 8.
    let mut office = office();
    let mut parent = application("Brook Holdings Ltd");
    parent.assistance_declared = Some(pounds(312_000));
    let cases = office.imports(vec![parent, application("Brook Alloys Ltd")]);
    assert_eq!(office.says(cases[1], None, "R-01"), None, "two enterprises");
    let parent = casework::cases::get(&office.desk, cases[0]).unwrap().organisation_id;
    office.set_business(cases[1], &[("group_root_id", &parent.to_string())]);
    assert_eq!(office.says(cases[1], None, "R-01"), Some(Block), "one enterprise");
}

#[test]
fn r_02_what_was_given_before_the_window_does_not_count() {
    // Subsidy Control Act 2022, s.36(2): this financial year and the two before.
    let mut office = office();
    let mut old = application("Brook Alloys Ltd");
    old.assistance_declared = Some(pounds(314_000));
    old.received_at = "2024-03-31T10:00:00Z".parse().unwrap();
    let mut new = application("Brook Alloys Ltd");
    new.title = "Another matter".to_owned();
    new.fingerprint = "another".to_owned();
    let cases = office.imports(vec![old, new]);
    assert_eq!(
        office.says(cases[1], None, "R-01"),
        None,
        "declared on 31 March 2024, a day before the window"
    );
}

#[test]
fn r_50_a_round_that_would_be_overspent_wants_a_reason() {
    let mut office = office();
    let cases = office.imports((1..=5).map(|number| application(&format!("Business {number}"))).collect());
    for case in &cases[..4] {
        assert_eq!(office.awards(*case, None).decided.len(), 1);
    }
    assert_eq!(office.says(cases[4], None, "R-50"), Some(Warn), "£200 is left of £20,000");
    assert!(office.awards(cases[4], None).decided.is_empty(), "a warning without a reason stops");
    let decided = office
        .decides(Outcome::Award, &[(cases[4], None)], &[("R-50", "The funder agreed to over-offer.")])
        .unwrap();
    assert_eq!(decided.decided.len(), 1);
}

#[test]
fn r_49_the_same_work_is_not_paid_for_twice() {
    let mut office = office();
    let mut again = application("Brook Alloys Ltd");
    again.fingerprint = "again".to_owned();
    let cases = office.imports(vec![application("Brook Alloys Ltd"), again]);
    assert_eq!(office.says(cases[1], None, "R-49"), None);
    office.awards(cases[0], None);
    assert_eq!(office.says(cases[1], None, "R-49"), Some(Block));
}

#[test]
fn r_49_public_money_is_at_most_the_cost() {
    for (other, says) in [("1650", None), ("1651", Some(Block))] {
        let mut office = office();
        let case = office.imports_one(application("Brook Alloys Ltd"));
        office.set(case, &[("other_funding_amount", other)]);
        assert_eq!(office.says(case, None, "R-49"), says, "£4,950 and £{other} of £6,600");
    }
}

#[test]
fn r_55_work_that_begins_before_the_award_is_not_paid() {
    for (start, says) in [("22/11/2026", Some(Block)), ("23/11/2026", None), ("11/01/2027", None)] {
        let mut office = office();
        let case = office.imports_one(application("Brook Alloys Ltd"));
        office.set(case, &[("planned_start", start)]);
        assert_eq!(office.says(case, None, "R-55"), says, "planned {start}, decided on 23 November");
    }
}

#[test]
fn r_57_an_application_after_the_closing_time_is_an_approvers_matter() {
    for (received, says) in [("2026-11-20T17:00:00Z", None), ("2026-11-20T17:00:01Z", Some(Warn))] {
        let mut office = office();
        let mut given = application("Brook Alloys Ltd");
        given.received_at = received.parse().unwrap();
        let case = office.imports_one(given);
        assert_eq!(office.says(case, None, "R-57"), says, "{received}; closed at 5pm");
    }
}

#[test]
fn r_59_a_business_has_at_most_so_many_awards() {
    let mut office = office_with(&[("awards_per_business", "2")]);
    let applications = (1..=3)
        .map(|number| {
            let mut given = application("Brook Alloys Ltd");
            given.title = format!("Matter {number}");
            given.fingerprint = format!("matter {number}");
            given
        })
        .collect();
    let cases = office.imports(applications);
    assert_eq!(office.says(cases[0], None, "R-59"), None);
    office.awards(cases[0], None);
    assert_eq!(office.says(cases[1], None, "R-59"), Some(Warn), "one of two");
    office.decides(Outcome::Award, &[(cases[1], None)], &[("R-59", "A different purpose.")]).unwrap();
    assert_eq!(office.says(cases[2], None, "R-59"), Some(Block), "two of two");
}

#[test]
fn r_59_an_earlier_voucher_that_the_applicant_names_wants_a_reason() {
    let mut office = office_with(&[("awards_per_business", "1")]);
    let mut given = application("Brook Alloys Ltd");
    given.earlier_vouchers = Some("Yes - 2024, £5,000".to_owned());
    let case = office.imports_one(given);
    assert_eq!(office.says(case, None, "R-59-answer"), Some(Warn));
}

#[test]
fn r_60_who_enters_an_application_by_hand_does_not_award_it() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    assert_eq!(office.says(case, None, "R-60"), None, "the applicant wrote it");
    let business = casework::cases::get(&office.desk, case).unwrap().organisation_id;
    let programme = office.programme.to_string();
    let by_hand = forms::save(
        &mut office.desk,
        Noun::Voucher,
        None,
        &values(&[
            ("programme_id", &programme),
            ("organisation_id", &business.to_string()),
            ("title", "By hand"),
            ("asked", "2000"),
        ]),
    )
    .unwrap()
    .id;
    casework::cases::move_case(&mut office.desk, by_hand, "submitted", None).unwrap();
    assert_eq!(office.says(by_hand, None, "R-60"), Some(Block));
}

#[test]
fn r_61_nobody_awards_more_than_their_delegated_limit() {
    use officers::Role;
    for (limit, says) in [(None, None), (Some(4_950), None), (Some(4_949), Some(Block))] {
        let mut office = office();
        let case = office.imports_one(application("Brook Alloys Ltd"));
        let programme = office.programme;
        casework::programmes::set_approval_limit(
            &mut office.desk,
            programme,
            Role::Manager,
            limit.map(pounds),
        )
        .unwrap();
        assert_eq!(office.says(case, None, "R-61"), says, "a manager’s limit {limit:?}");
    }
}

#[test]
fn the_declaration_the_size_the_area_and_the_provider_are_looked_at() {
    type Edit = fn(&mut casework::applications::Application);
    let cases: [(&str, Edit, _); 9] = [
        ("declaration", |given| given.declaration = Some(false), Some(Block)),
        ("declaration", |given| given.declaration = None, Some(Block)),
        // EU Recommendation 2003/361: fewer than 250 staff.
        ("size", |given| given.employees = Some(24_900), None),
        ("size", |given| given.employees = Some(25_000), Some(Block)),
        ("size", |given| given.employees = None, Some(Warn)),
        ("size", |given| given.turnover = Some(pounds(60_000_000)), Some(Warn)),
        ("area", |given| given.town = Some("Elsewhere".to_owned()), Some(Warn)),
        ("area", |given| given.town = Some("marlbrook".to_owned()), None),
        ("provider", |given| given.provider = Some("Not sure yet".to_owned()), Some(Warn)),
    ];
    for (rule, change, says) in cases {
        let mut office = office_with(&[("eligible_area", "Marlbrook\nHollin Vale")]);
        let mut given = application("Brook Alloys Ltd");
        change(&mut given);
        let what = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            given.declaration, given.employees, given.turnover, given.town, given.provider
        );
        let case = office.imports_one(given);
        assert_eq!(office.says(case, None, rule), says, "{rule}: {what}");
    }
}

#[test]
fn r_17_a_northern_ireland_business_wants_a_look_at_the_windsor_framework() {
    let mut office = office();
    let mut given = application("Brook Alloys Ltd");
    given.postcode = Some("BT7 1NN".to_owned());
    let case = office.imports_one(given);
    assert_eq!(office.says(case, None, "R-17"), Some(Warn));
}

#[test]
fn a_block_is_not_lifted_by_a_reason_and_nothing_is_kept_of_a_refused_decision() {
    let mut office = office();
    let mut given = application("Brook Alloys Ltd");
    given.declaration = Some(false);
    let case = office.imports_one(given);
    let before = office.desk.register().journal(None, 1).unwrap()[0].seq;
    let decided =
        office.decides(Outcome::Award, &[(case, None)], &[("declaration", "They will send it.")]).unwrap();
    assert_eq!(decided.entry, None);
    assert_eq!(decided.refused[0].findings[0].rule, "declaration");
    assert_eq!(office.stage(case), "submitted");
    assert_eq!(
        office.desk.register().journal(None, 1).unwrap()[0].seq,
        before,
        "no entry, no accepted warning"
    );
}

#[test]
fn a_preview_says_of_a_case_that_is_stopped_whether_another_amount_would_do() {
    let mut office = office();
    let (mut dear, mut undeclared) = (application("Brook Alloys Ltd"), application("Kestrel Optics Ltd"));
    dear.assistance_declared = Some(pounds(312_000));
    undeclared.declaration = Some(false);
    let sound = application("Saffron Tooling Ltd");
    let cases = office.imports(vec![dear, undeclared, sound]);
    let cases = cases.iter().map(|id| DecideCase { id: *id, amount: None, accepted: Vec::new() }).collect();
    let input = DecisionInput {
        outcome: Outcome::Award,
        cases,
        reasons: Vec::new(),
        feedback: String::new(),
        note: String::new(),
    };
    let preview = decisions::preview(&mut office.desk, &input).unwrap();
    let told: Vec<_> =
        preview.cases.iter().map(|case| (case.blocked, case.another_amount_would_do)).collect();
    assert_eq!(told, [(true, true), (true, false), (false, false)]);
}

#[test]
fn in_a_bulk_decision_each_case_is_checked_with_those_before_it_and_the_refused_are_named() {
    let mut office = office();
    let cases = office.imports((1..=5).map(|number| application(&format!("Business {number}"))).collect());
    let chosen: Vec<_> = cases.iter().map(|case| (*case, None)).collect();
    let decided = office.decides(Outcome::Award, &chosen, &[]).unwrap();
    assert_eq!(
        (decided.decided.len(), decided.refused.len()),
        (4, 1),
        "£19,800 of £20,000, the fifth over it"
    );
    assert_eq!(decided.refused[0].findings[0].rule, "R-50");
    office.desk.undo(decided.entry.unwrap()).unwrap();
    assert!(cases.iter().all(|case| office.stage(*case) == "submitted"), "one undo takes all of it back");
}

#[test]
fn a_rejection_carries_reasons_and_its_letter_says_them() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let none = casework::decisions::decide(
        &mut office.desk,
        &casework::decisions::DecisionInput {
            outcome: Outcome::Reject,
            cases: vec![casework::decisions::DecideCase { id: case, amount: None, accepted: vec![] }],
            reasons: vec![],
            feedback: String::new(),
            note: String::new(),
        },
    );
    assert_eq!(none.unwrap_err().field.as_deref(), Some("reasons"), "R-67");
    office.decides(Outcome::Reject, &[(case, None)], &[]).unwrap();
    assert_eq!(office.stage(case), "rejected");
    assert!(letters::drafts(&office.desk, "unsuccessful", &[case]).unwrap()[0].ready);
}

#[test]
fn r_42_vat_is_not_shared_with_a_business_that_recovers_it_and_else_as_the_programme_says() {
    // Value Added Tax Act 1994, ss.24 to 26. The cost is £6,600, the share 75 %.
    for (terms, registered, inside, says, proposed) in [
        ("never", "yes", "no", None, 495_000),
        ("never", "yes", "yes", Some(Block), 412_500),
        ("never", "no", "no", None, 495_000),
        ("never", "no", "yes", Some(Block), 412_500),
        ("never", "", "no", Some(Inform), 495_000),
        ("if_not_recoverable", "yes", "no", None, 495_000),
        ("if_not_recoverable", "yes", "yes", Some(Block), 412_500),
        ("if_not_recoverable", "no", "no", None, 500_000),
        ("if_not_recoverable", "no", "yes", None, 495_000),
        ("if_not_recoverable", "", "no", Some(Inform), 495_000),
        ("if_not_recoverable", "", "yes", Some(Block), 412_500),
    ] {
        let mut office = office_with(&[("vat_rule", terms)]);
        let mut given = application("Brook Alloys Ltd");
        given.asked = pounds(5_000);
        let case = office.imports_one(given);
        office.set(case, &[("cost_includes_vat", inside)]);
        office.set_business(case, &[("vat_registered", registered)]);
        let what = format!("{terms}, registered {registered}, VAT inside {inside}");
        assert_eq!(office.says(case, None, "R-42"), says, "{what}");
        if says != Some(Block) {
            let award = office.awards(case, None).decided[0].amount;
            assert_eq!(award, Some(casework::money::Pence(proposed)), "{what}");
        }
    }
}

#[test]
fn r_43_provider_and_business_are_both_paid_only_where_the_programme_says_how_much_each() {
    for (share, says) in [("", Some(Block)), ("60", None), ("100", None)] {
        let mut office = office_with(&[("paid_to", "split"), ("provider_share", share)]);
        let case = office.imports_one(application("Brook Alloys Ltd"));
        assert_eq!(office.says(case, None, "R-43"), says, "provider’s share {share}");
    }
}

#[test]
fn the_match_covers_what_the_intervention_rate_leaves_and_is_of_the_kind_asked_for() {
    // £6,600 less £4,950 leaves £1,650.
    for (kind, cash, in_kind, other, says) in [
        ("none", "", "", "", None),
        ("cash", "", "", "", Some(Inform)),
        ("cash", "1650", "", "", None),
        ("cash", "1649.99", "", "", Some(Block)),
        ("cash", "1649.99", "5000", "", Some(Block)),
        ("cash", "1150", "", "500", None),
        ("cash", "1149.99", "", "500", Some(Block)),
        ("in_kind", "", "1650", "", None),
        ("in_kind", "5000", "1649.99", "", Some(Block)),
        ("either", "650", "1000", "", None),
        ("either", "650", "999.99", "", Some(Block)),
    ] {
        let mut office = office_with(&[("match_kind", kind)]);
        let case = office.imports_one(application("Brook Alloys Ltd"));
        office
            .set(case, &[("match_cash", cash), ("match_in_kind", in_kind), ("other_funding_amount", other)]);
        assert_eq!(office.says(case, None, "match"), says, "{kind}: {cash} and {in_kind}, other {other}");
    }
}

#[test]
fn of_a_match_that_may_be_either_a_share_is_cash() {
    // A third of £1,650 is £549.95 at 33.33 %, rounded half up: 549.945.
    for (least, cash, says) in [
        ("", "0", None),
        ("33.33", "549.95", None),
        ("33.33", "549.94", Some(Block)),
        ("33.33", "", Some(Block)),
    ] {
        let mut office = office_with(&[("match_kind", "either"), ("match_cash_min", least)]);
        let case = office.imports_one(application("Brook Alloys Ltd"));
        office.set(case, &[("match_cash", cash), ("match_in_kind", "1650")]);
        assert_eq!(office.says(case, None, "match-cash"), says, "{least}: {cash} in cash");
    }
}

#[test]
fn r_15_services_of_public_economic_interest_keep_to_a_limit_of_their_own() {
    // Subsidy Control Act 2022, s.38(1): £725,000, minimal financial assistance counted too.
    for (declared, says) in [(720_050, None), (720_051, Some(Block))] {
        let mut office = office_with(&[("subsidy_route", "spei")]);
        let mut given = application("Brook Alloys Ltd");
        given.assistance_declared = Some(pounds(declared));
        let case = office.imports_one(given);
        assert_eq!(office.says(case, None, "R-15"), says, "declared £{declared}, award £4,950");
        assert_eq!(office.says(case, None, "R-01"), None);
    }
}

#[test]
fn r_04_common_control_is_followed_through_every_link() {
    // Subsidy Control Act 2022, ss.7 and 8: A under B, B under C; what C had counts for A.
    let mut office = office();
    let mut top = application("Brook Holdings Ltd");
    top.assistance_declared = Some(pounds(312_000));
    let cases = office.imports(vec![top, application("Brook Group Ltd"), application("Brook Alloys Ltd")]);
    let id = |office: &office::Office, case| {
        casework::cases::get(&office.desk, case).unwrap().organisation_id.to_string()
    };
    let (top, middle) = (id(&office, cases[0]), id(&office, cases[1]));
    office.set_business(cases[2], &[("group_root_id", &middle)]);
    assert_eq!(office.says(cases[2], None, "R-01"), None);
    office.set_business(cases[1], &[("group_root_id", &top)]);
    assert_eq!(office.says(cases[2], None, "R-01"), Some(Block));
    office.set_business(cases[0], &[("group_root_id", &middle)]);
    assert_eq!(office.says(cases[1], None, "R-01"), Some(Block), "a circle ends");
}

#[test]
fn r_02_and_r_16_an_award_counts_from_the_day_it_was_accepted_until_its_year_leaves_the_window() {
    // Subsidy Control Act 2022, ss.2 and 36(2): offered on 31 March 2027, accepted on 1 April, so given in the later year.
    let mut office = office();
    office.desk.at("2027-03-31T09:00:00Z".parse().unwrap());
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.awards(case, None);
    let used = |office: &office::Office, day: &str| {
        let business = casework::cases::get(&office.desk, case).unwrap().organisation_id;
        casework::subsidy::headroom(&office.desk, business, None, day.parse().unwrap()).unwrap().used
    };
    assert_eq!(used(&office, "2029-03-31"), pounds(4_950), "window from 1 April 2026");
    assert_eq!(used(&office, "2029-04-01"), pounds(0), "an offer of 31 March 2027 is out");
    letters::issue(&mut office.desk, "mfa_notification", &[case], &|_| true).unwrap();
    office.set(case, &[("accepted_on", "01/04/2027"), ("subsidy_declaration_on", "31/03/2027")]);
    let moved = office.desk.register().journal(None, 1).unwrap()[0].seq;
    casework::cases::move_case(&mut office.desk, case, "accepted", None).unwrap();
    for (day, counted) in [
        ("2027-03-31", 0),
        ("2027-04-01", 4_950),
        ("2029-04-01", 4_950),
        ("2030-03-31", 4_950),
        ("2030-04-01", 0),
    ] {
        assert_eq!(used(&office, day), pounds(counted), "accepted on 1 April 2027, asked on {day}");
    }
    office.desk.undo(moved + 1).unwrap();
    assert_eq!(used(&office, "2029-04-01"), pounds(0), "undone, it is an offer again");
}
