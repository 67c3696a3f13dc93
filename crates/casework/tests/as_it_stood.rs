//! Looking back answers what the desk answered on that evening.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    Desk,
    cases::{self, CaseQuery, CaseSort},
    decisions::Outcome,
    forms::{self, Noun},
    letters, organisations, programmes,
};
use chrono::{DateTime, Duration, Utc};
use office::{Office, TODAY, application, office, pounds, values};
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

/// Something an officer does; `usize` picks the case, round and round through those there are.
#[derive(Clone, Debug)]
enum Work {
    Import(usize),
    Award(usize),
    Reject(usize),
    Ask(usize, i64),
    Rename(usize),
    Budget(i64),
    Letter(usize),
    Undo,
    Redo,
}

fn work() -> impl Strategy<Value = Work> {
    prop_oneof![
        3 => (1..4_usize).prop_map(Work::Import),
        4 => any::<usize>().prop_map(Work::Award),
        2 => any::<usize>().prop_map(Work::Reject),
        2 => (any::<usize>(), 1_000..4_900_i64).prop_map(|(case, asked)| Work::Ask(case, asked)),
        2 => any::<usize>().prop_map(Work::Rename),
        1 => (10..40_i64).prop_map(|thousands| Work::Budget(thousands * 1_000)),
        1 => any::<usize>().prop_map(Work::Letter),
        2 => Just(Work::Undo),
        1 => Just(Work::Redo),
    ]
}

fn morning(day: usize) -> DateTime<Utc> {
    TODAY.parse::<DateTime<Utc>>().unwrap() + Duration::days(i64::try_from(day).unwrap())
}

fn ids(desk: &Desk) -> Vec<Uuid> {
    cases::ids(desk, "").unwrap()
}

/// Does it as far as rules and stages let: what they refuse changes nothing.
fn does(office: &mut Office, work: &Work, serial: &mut usize) {
    let held = ids(&office.desk);
    let case = |pick: &usize| (!held.is_empty()).then(|| held[pick % held.len()]);
    match work {
        Work::Import(count) => {
            let applications = (0..*count).map(|_| {
                *serial += 1;
                application(&format!("Brook Alloys {serial} Ltd"))
            });
            office.imports(applications.collect());
        }
        Work::Award(pick) => {
            drop(case(pick).map(|case| office.decides(Outcome::Award, &[(case, None)], &[])))
        }
        Work::Reject(pick) => {
            drop(case(pick).map(|case| office.decides(Outcome::Reject, &[(case, None)], &[])))
        }
        Work::Ask(pick, asked) => {
            drop(
                case(pick).map(|case| cases::edit(&mut office.desk, case, "asked", Some(&asked.to_string()))),
            );
        }
        Work::Rename(pick) => {
            *serial += 1;
            if let Some(case) = case(pick) {
                office.set_business(case, &[("name", &format!("Mill Tooling {serial} Ltd"))]);
            }
        }
        Work::Budget(budget) => {
            let budget = values(&[("budget", &budget.to_string())]);
            forms::save(&mut office.desk, Noun::Round, Some(office.round), &budget).unwrap();
        }
        Work::Letter(pick) => {
            drop(case(pick).map(|case| letters::issue(&mut office.desk, "award", &[case], &|_| true)));
        }
        Work::Undo => {
            let entry = office.desk.register().next_undo().unwrap();
            // The programme and its round are what the tests stand on.
            if let Some(entry) = entry.filter(|entry| entry.seq > 3) {
                office.desk.undo(entry.seq).unwrap();
            }
        }
        Work::Redo => drop(office.desk.redo()),
    }
}

/// All that an officer sees, but for what may be typed into: the past may not.
fn seen(desk: &Desk) -> Value {
    let query = CaseQuery {
        text: String::new(),
        sort: CaseSort::Reference,
        descending: false,
        offset: 0,
        limit: 1_000,
    };
    let records: Vec<_> = ids(desk).into_iter().map(|id| cases::record(desk, id).unwrap()).collect();
    let businesses = organisations::list(desk, "", None, 0, 1_000).unwrap().rows;
    let businesses: Vec<_> =
        businesses.into_iter().map(|row| organisations::record(desk, row.id).unwrap()).collect();
    let found = cases::ids(desk, "tooling stage:offered,submitted").unwrap();
    let mut seen = serde_json::json!([
        cases::list(desk, &query).unwrap(),
        programmes::list(desk).unwrap(),
        records,
        businesses,
        found
    ]);
    forget_editable(&mut seen);
    seen
}

fn forget_editable(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("editable");
            map.values_mut().for_each(forget_editable);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_editable),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_evening_looked_back_to_is_as_it_was_seen_that_evening(
        days in proptest::collection::vec(proptest::collection::vec(work(), 0..5), 2..6)
    ) {
        let mut office = office();
        let (mut evenings, mut serial) = (Vec::new(), 0);
        for (day, tasks) in days.iter().enumerate() {
            office.desk.at(morning(day));
            for task in tasks {
                does(&mut office, task, &mut serial);
            }
            evenings.push(seen(&office.desk));
        }
        for (day, evening) in evenings.iter().enumerate() {
            office.desk.look_back(Some(morning(day).date_naive())).unwrap();
            prop_assert_eq!(&seen(&office.desk), evening, "the evening of day {}", day);
        }
        office.desk.look_back(None).unwrap();
        prop_assert_eq!(Some(&seen(&office.desk)), evenings.last());
    }
}

#[test]
fn an_award_of_the_next_day_does_not_yet_weigh_on_the_budget_or_the_headroom() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.desk.at(morning(1));
    office.awards(case, None);
    let left = |desk: &Desk| programmes::list(desk).unwrap()[0].rounds[0].left;
    let used = |desk: &Desk| {
        let business = cases::get(desk, case).unwrap().organisation_id;
        organisations::record(desk, business).unwrap().headroom.unwrap().used
    };
    assert_eq!((left(&office.desk), used(&office.desk)), (pounds(15_050), pounds(4_950)));
    office.desk.look_back(Some(morning(0).date_naive())).unwrap();
    assert_eq!((left(&office.desk), used(&office.desk)), (pounds(20_000), pounds(0)));
    assert_eq!(office.stage(case), "submitted");
}

#[test]
fn the_past_cannot_be_changed() {
    let mut office = office();
    let case = office.imports_one(application("Brook Alloys Ltd"));
    office.desk.at(morning(1));
    office.desk.look_back(Some(morning(0).date_naive())).unwrap();
    let refused = cases::edit(&mut office.desk, case, "asked", Some("2000")).unwrap_err();
    assert!(refused.message.contains("as it stood on 23 November 2026"), "{}", refused.message);
    let last = office.desk.register().journal(None, 1).unwrap()[0].seq;
    assert!(office.desk.undo(last).is_err() && office.desk.redo().is_err());
    let groups = cases::record(&office.desk, case).unwrap().groups;
    assert!(groups.iter().flat_map(|group| &group.facts).all(|fact| !fact.editable));
    office.desk.look_back(None).unwrap();
    cases::edit(&mut office.desk, case, "asked", Some("2000")).unwrap();
}

#[test]
fn a_day_before_the_register_or_after_today_is_refused_with_why() {
    let mut office = office();
    for (day, why) in [(-1, "from before 23 November 2026"), (1, "yet to come")] {
        let day = (morning(0) + Duration::days(day)).date_naive();
        assert!(office.desk.look_back(Some(day)).unwrap_err().message.contains(why));
        assert_eq!(office.desk.looks_back_to(), None);
    }
}
