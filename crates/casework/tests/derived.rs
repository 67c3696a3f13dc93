//! What is derived from the tables is what the tables say, whatever was done and undone.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::applications::Application;
use casework::{
    cases::{self, Ahead, CaseQuery, CaseSort},
    letters, standing,
};
use office::{Office, application, office, pounds};

fn list(office: &Office, text: &str, sort: CaseSort) -> cases::CaseList {
    let query = CaseQuery { text: text.into(), sort, descending: false, offset: 0, limit: 100 };
    cases::list(&office.desk, &query).unwrap()
}

/// Counts and sums of the whole, by stage and by words, as the screens show them.
fn told(office: &Office) -> String {
    let texts = [
        "",
        "stage:submitted",
        "stage:offered",
        "amount:>4000",
        "kind:voucher",
        "brook",
        "brook amount:<6000",
    ];
    let lists = texts.map(|text| {
        let list = list(office, text, CaseSort::Reference);
        (text, list.total, list.asked, list.awarded)
    });
    let counts = standing::standing(&office.desk).unwrap().counts;
    format!("{lists:?} {} owed of {}", counts.letters_owed, counts.cases)
}

fn assert_derived_is_what_the_tables_say(office: &mut Office, after: &str) {
    let kept = told(office);
    office.desk.register_mut().rebuild_derived().unwrap();
    assert_eq!(kept, told(office), "after {after}");
}

#[test]
fn counts_sums_and_letters_owed_follow_every_change_undo_and_redo() {
    let mut office = office();
    let first = office.desk.register().journal(None, 1).unwrap()[0].seq;
    let cases = office.imports(vec![application("Brook Alloys Ltd"), application("Ångström Tooling Ltd")]);
    assert_derived_is_what_the_tables_say(&mut office, "an import");
    office.awards(cases[0], None);
    assert_derived_is_what_the_tables_say(&mut office, "an award");
    assert_eq!(standing::standing(&office.desk).unwrap().counts.letters_owed, 1);
    let offered = list(&office, "brook stage:offered", CaseSort::Awarded);
    assert_eq!((offered.total, offered.awarded > pounds(0)), (1, true));
    for kind in ["award", "mfa_notification"] {
        letters::issue(&mut office.desk, kind, &[cases[0]], &|_| true).unwrap();
    }
    assert_derived_is_what_the_tables_say(&mut office, "a letter");
    assert_eq!(standing::standing(&office.desk).unwrap().counts.letters_owed, 0);
    cases::move_case(&mut office.desk, cases[0], "declined", None).unwrap();
    assert_derived_is_what_the_tables_say(&mut office, "a release");
    while let Some(entry) = office.desk.register().next_undo().unwrap().filter(|entry| entry.seq > first) {
        office.desk.undo(entry.seq).unwrap();
        assert_derived_is_what_the_tables_say(&mut office, &format!("undoing “{}”", entry.label));
    }
    assert_eq!(list(&office, "", CaseSort::Reference).total, 0);
    while office.desk.register().next_redo().unwrap().is_some() {
        office.desk.redo().unwrap();
        assert_derived_is_what_the_tables_say(&mut office, "a redo");
    }
    assert_eq!(list(&office, "stage:declined", CaseSort::Reference).total, 1);
}

#[test]
fn a_list_gives_the_same_cases_in_every_order_and_those_without_a_value_last() {
    let mut office = office();
    let names = ["Brook Alloys Ltd", "Ångström Tooling Ltd", "Cwm Derw Ltd"];
    let cases = office.imports(names.iter().map(|name| application(name)).collect());
    office.awards(cases[1], None);
    let mut expected: Vec<_> = cases.clone();
    expected.sort_unstable();
    for sort in [
        CaseSort::Reference,
        CaseSort::Business,
        CaseSort::Stage,
        CaseSort::Asked,
        CaseSort::Awarded,
        CaseSort::Due,
        CaseSort::Received,
    ] {
        for text in ["", "kind:voucher", "amount:>1", "ltd"] {
            let mut found: Vec<_> = list(&office, text, sort).rows.into_iter().map(|row| row.id).collect();
            if sort == CaseSort::Awarded {
                assert_eq!(found[0], cases[1], "{text}: the one award comes before the cases without");
            }
            found.sort_unstable();
            assert_eq!(found, expected, "{text:?} by {sort:?}");
        }
    }
}

#[test]
fn a_short_page_of_what_words_find_is_the_beginning_of_a_long_one_in_every_order() {
    let mut office = office();
    let applied = (0..200_i64).map(|number| Application {
        asked: pounds(1_000 + number * 37 % 3_000),
        received_at: format!("2026-11-{:02}T10:00:00Z", number * 7 % 20 + 1).parse().unwrap(),
        need: if number % 9 == 0 { "Nothing." } else { "Practice makes perfect." }.to_owned(),
        ..application(&format!("Brook {} Ltd", ["Alloys", "Tooling", "Foods"][number as usize % 3]))
    });
    let applied = applied.enumerate().map(|(number, application)| Application {
        title: format!("Matter {number}"),
        fingerprint: format!("row {number}"),
        ..application
    });
    let cases = office.imports(applied.collect());
    for case in cases.iter().step_by(70) {
        office.awards(*case, None);
    }
    for sort in [
        CaseSort::Reference,
        CaseSort::Business,
        CaseSort::Stage,
        CaseSort::Asked,
        CaseSort::Awarded,
        CaseSort::Due,
        CaseSort::Received,
    ] {
        for (descending, text) in
            [(false, "practice"), (true, "practice kind:voucher"), (true, "pract amount:>1500")]
        {
            let page = |limit| {
                let query = CaseQuery { text: text.into(), sort, descending, offset: 0, limit };
                let list = cases::list(&office.desk, &query).unwrap();
                (list.total, list.rows.into_iter().map(|row| row.reference).collect::<Vec<_>>())
            };
            // Few rows of many are met by walking all in order, many are gathered and sorted.
            let ((total, short), (same, long)) = (page(1), page(100));
            assert_eq!((total, short.len(), long.len()), (same, 1, 100), "{text} by {sort:?}");
            assert_eq!(short, long[..1], "{text} by {sort:?}, descending {descending}");
        }
    }
    let sums = |office: &Office, text: &str, offset| {
        let query =
            CaseQuery { text: text.into(), sort: CaseSort::Due, descending: false, offset, limit: 10 };
        let list = cases::list(&office.desk, &query).unwrap();
        (list.total, list.asked, list.awarded)
    };
    let before = sums(&office, "practice", 0);
    assert_eq!(sums(&office, "practice kind:voucher", 0), before);
    assert_eq!(sums(&office, "practice kind:voucher", 5_000), before, "beyond the last row too");
    assert_eq!(sums(&office, "practice kind:placement", 0), (0, pounds(0), pounds(0)));
    office.awards(cases[71], None);
    assert_ne!(sums(&office, "practice", 0), before, "the sums follow what is done");
    assert_eq!(sums(&office, "practice", 0), sums(&office, "practice kind:voucher", 0));
}

#[test]
fn reading_ahead_comes_to_an_end_and_a_search_after_it_finds_what_was_written_since() {
    let mut office = office();
    office.imports(vec![application("Brook Alloys Ltd")]);
    let steps =
        std::iter::successors(Some(Ahead::START), |from| cases::read_ahead(&office.desk, *from).unwrap());
    assert_eq!(steps.last(), Some(Ahead::Beginning('z')));
    assert_eq!(list(&office, "b", CaseSort::Reference).total, 1);

    office.imports(vec![Application { fingerprint: "another".to_owned(), ..application("Birch Foods Ltd") }]);
    assert_eq!(list(&office, "b", CaseSort::Reference).total, 2);
}
