//! The window is not trusted: what a tampered page asks for is refused here, whatever the screen offers.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases,
    decisions::Outcome,
    forms::{self, Noun},
    money::Pence,
    officers::{self, Role},
    problem::{Code, Problem},
    programmes,
};
use office::{Office, application, office, pounds, values};
use register::Passphrase;
use uuid::Uuid;

/// The desk's own officer goes on in another role.
fn becomes(office: &mut Office, role: &str) {
    let own = office.desk.officer().unwrap().id;
    forms::save(&mut office.desk, Noun::Officer, Some(own), &values(&[("role", role)])).unwrap();
}

fn newest(office: &Office) -> i64 {
    office.desk.register().journal(None, 1).unwrap()[0].seq
}

fn refused<T: std::fmt::Debug>(result: Result<T, Problem>, words: &str) {
    let problem = result.unwrap_err();
    assert!(matches!(problem.code, Code::Refused | Code::Invalid | Code::NotFound), "{problem:?}");
    assert!(problem.message.contains(words), "{problem:?}");
}

#[test]
fn an_auditor_changes_nothing_neither_by_a_form_nor_by_undo_nor_by_redo() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.set(case, &[("title", "Another title")]);
    let entry = newest(&office);
    office.desk.undo(entry).unwrap();
    becomes(&mut office, "auditor");
    let before = newest(&office);
    let words = "Auditors read and check";
    refused(forms::save(&mut office.desk, Noun::Voucher, Some(case), &values(&[("title", "Mine")])), words);
    refused(office.desk.undo(before - 2), words);
    refused(office.desk.redo(), words);
    refused(cases::move_case(&mut office.desk, case, "withdrawn", None), words);
    refused(office.decides(Outcome::Award, &[(case, None)], &[]), words);
    assert_eq!(newest(&office), before, "the journal has no new entry");
}

#[test]
fn an_officer_neither_sets_nor_undoes_what_only_a_manager_may_set() {
    let mut office = office();
    programmes::set_approval_limit(&mut office.desk, office.programme, Role::Officer, Some(pounds(5_000)))
        .unwrap();
    programmes::set_approval_limit(&mut office.desk, office.programme, Role::Officer, Some(pounds(1_000)))
        .unwrap();
    let lowered = newest(&office);
    becomes(&mut office, "officer");
    let promoted = newest(&office);
    let words = "may not";
    refused(
        programmes::set_approval_limit(
            &mut office.desk,
            office.programme,
            Role::Officer,
            Some(pounds(9_000)),
        ),
        words,
    );
    let newcomer = values(&[("name", "Eve (test)"), ("role", "manager")]);
    refused(officers::add(&mut office.desk, &newcomer, &Passphrase::new("seven quiet foxes")), words);
    refused(forms::save(&mut office.desk, Noun::Officer, None, &newcomer), words);
    let own = office.desk.officer().unwrap().id;
    refused(forms::save(&mut office.desk, Noun::Officer, Some(own), &values(&[("role", "manager")])), words);
    refused(officers::remove(&mut office.desk, own), words);
    // Undoing the lower limit would raise it again, undoing the own role would give it back.
    refused(office.desk.undo(lowered), words);
    refused(office.desk.undo(promoted), words);
    assert_eq!(newest(&office), promoted, "the journal has no new entry");
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.set(case, &[("title", "Another title")]);
    let entry = newest(&office);
    office.desk.undo(entry).unwrap();
    office.desk.redo().unwrap();
}

#[test]
fn awards_over_the_limit_below_zero_or_past_all_counting_are_refused() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    for amount in [pounds(5_001), Pence(-1), Pence::ZERO, Pence(i64::MIN), Pence(i64::MAX)] {
        let decided = office.decides(Outcome::Award, &[(case, Some(amount))], &[]).unwrap();
        assert!(decided.entry.is_none() && decided.decided.is_empty(), "{amount:?}: {decided:?}");
        assert!(decided.refused[0].findings.iter().any(|finding| finding.rule == "R-40"), "{decided:?}");
    }
    let block = office.decides(Outcome::Award, &[(case, Some(pounds(5_001)))], &[("R-40", "Please.")]);
    assert!(block.unwrap().decided.is_empty(), "no reason lifts a block");
    assert_eq!(office.stage(case), "submitted");
}

#[test]
fn no_amount_share_or_count_is_below_zero_or_too_large_to_be_added_up() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    for (noun, id, field, value) in [
        (Noun::Voucher, case, "asked", "-5000"),
        (Noun::Voucher, case, "asked", "92233720368547758.07"),
        (Noun::Voucher, case, "project_cost", "100000000000.01"),
        (Noun::Programme, office.programme, "value_min", "-1"),
        (Noun::Programme, office.programme, "intervention_rate", "100.01"),
        (Noun::Programme, office.programme, "accept_within_days", "-1"),
        (Noun::Programme, office.programme, "accept_within_days", "9223372036854775807"),
        (Noun::Programme, office.programme, "decide_within_working_days", "1000000000"),
        (Noun::Round, office.round, "budget", "-0.01"),
    ] {
        let saved = forms::save(&mut office.desk, noun, Some(id), &values(&[(field, value)]));
        assert_eq!(saved.unwrap_err().field.as_deref(), Some(field), "{value}");
    }
    let limit = |office: &mut Office, amount| {
        programmes::set_approval_limit(&mut office.desk, office.programme, Role::Officer, Some(amount))
    };
    refused(limit(&mut office, Pence(-1)), "less than nothing");
    for asked in ["amount:>92233720368547758.07", "amount:<-92233720368547758.07", "due:<65535d"] {
        let _ = cases::ids(&office.desk, asked);
    }
}

#[test]
fn an_id_of_another_kind_is_not_taken() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let other = office.imports_one(application("Larkfield Testing Ltd"));
    let business = cases::get(&office.desk, case).unwrap().organisation_id;
    let before = newest(&office);
    for (noun, id) in [
        (Noun::Placement, case),
        (Noun::Voucher, business),
        (Noun::Organisation, case),
        (Noun::Person, Uuid::nil()),
        (Noun::Programme, office.round),
        (Noun::Officer, business),
        (Noun::Office, business),
    ] {
        let field = if matches!(noun, Noun::Placement | Noun::Voucher) { "title" } else { "name" };
        let saved = forms::save(&mut office.desk, noun, Some(id), &values(&[(field, "Mine")]));
        assert_eq!(saved.unwrap_err().code, Code::NotFound, "{noun:?} {id}");
        assert!(forms::values_of(&office.desk, noun, id).is_err(), "{noun:?} {id}");
    }
    for (field, value) in [
        ("provider_id", business),
        ("round_id", office.programme),
        ("contact_id", business),
        ("organisation_id", other),
    ] {
        let value = value.to_string();
        let saved = forms::save(&mut office.desk, Noun::Voucher, Some(case), &values(&[(field, &value)]));
        assert_eq!(saved.unwrap_err().field.as_deref(), Some(field));
    }
    for text in ["not an id", "../../etc/passwd", "' OR 1=1 --"] {
        let saved = forms::save(&mut office.desk, Noun::Voucher, Some(case), &values(&[("round_id", text)]));
        assert_eq!(saved.unwrap_err().field.as_deref(), Some("round_id"));
    }
    assert_eq!(newest(&office), before, "the journal has no new entry");
}

#[test]
fn a_case_is_charged_to_a_round_of_its_own_programme_only() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let mut terms = forms::values_of(&office.desk, Noun::Programme, office.programme).unwrap();
    terms.insert("code".to_owned(), Some("OTHR".to_owned()));
    let other = forms::save(&mut office.desk, Noun::Programme, None, &terms).unwrap().id;
    let round = values(&[("programme_id", &other.to_string()), ("name", "Round 1"), ("budget", "9000000")]);
    let round = forms::save(&mut office.desk, Noun::Round, None, &round).unwrap().id.to_string();
    let saved = forms::save(&mut office.desk, Noun::Voucher, Some(case), &values(&[("round_id", &round)]));
    assert_eq!(saved.unwrap_err().field.as_deref(), Some("round_id"));
    let both = values(&[("round_id", &round), ("programme_id", &other.to_string())]);
    forms::save(&mut office.desk, Noun::Voucher, Some(case), &both).unwrap();
}

#[test]
fn an_awarded_case_keeps_its_business_programme_and_round_whichever_command_is_called() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    let other = office.imports_one(application("Larkfield Testing Ltd"));
    let other = cases::get(&office.desk, other).unwrap().organisation_id.to_string();
    office.awards(case, None);
    let saved =
        forms::save(&mut office.desk, Noun::Voucher, Some(case), &values(&[("organisation_id", &other)]));
    refused(saved, "An awarded case keeps");
    refused(cases::edit(&mut office.desk, case, "round_id", None), "An awarded case keeps");
}

#[test]
fn a_stage_is_only_reached_by_the_stage_table_and_a_decision_only_by_deciding() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    refused(cases::move_case(&mut office.desk, case, "paid", None), "cannot follow");
    refused(cases::move_case(&mut office.desk, case, "'; DROP TABLE cases; --", None), "There is no stage");
    refused(cases::edit(&mut office.desk, case, "stage", Some("paid")), "There is no field");
    refused(cases::edit(&mut office.desk, case, "reference", Some("WMIV-2026-9999")), "There is no field");
    refused(cases::accept_finding(&mut office.desk, case, "R-61", "Because."), "says nothing");
    office.set(case, &[]);
    refused(cases::move_case(&mut office.desk, case, "offered", None), "");
    assert_eq!(office.stage(case), "submitted");
}
