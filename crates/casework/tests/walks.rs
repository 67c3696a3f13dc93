//! Random days of work: whatever officers do, undoing all of it is the morning, doing it again is the evening, no money is lost,
//! and no case stands where its stage table does not let it.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use std::collections::BTreeMap;

use casework::{
    Desk,
    cases::{self, CaseRecord},
    decisions::Outcome,
    forms::{self, FieldKind, Noun, Values},
    letters,
    money::Pence,
    officers::Role,
    problem::Problem,
    programmes,
    stages::{self, CaseKind},
};
use office::{Office, application, office_with, values};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

/// One thing done, by number; what it is and to whom follows from the office as it stands.
type Step = (u8, u16, u16);

fn walks(cases: u32) -> ProptestConfig {
    // `PROPTEST_CASES` asks for longer walks.
    if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default()
    } else {
        ProptestConfig::with_cases(cases)
    }
}

/// Every row of every journalled table, by table and id. `standing` rows are those that left the house.
fn dump(desk: &Desk, standing: bool) -> BTreeMap<String, Vec<Vec<String>>> {
    let reader = desk.reader();
    let mut tables = reader
        .prepare(
            "SELECT name FROM sqlite_master m WHERE type = 'table' AND name NOT LIKE 'register_%' AND name NOT LIKE 'search%'
             AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'id')
             AND (name IN ('letters', 'letter_deliveries')) = ?1 ORDER BY name",
        )
        .unwrap();
    let names: Vec<String> =
        tables.query_map([standing], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() >= if standing { 2 } else { 19 }, "{names:?}");
    names
        .into_iter()
        .map(|name| {
            let columns: Vec<String> = {
                let statement = reader.prepare(&format!("SELECT * FROM {name}")).unwrap();
                statement.column_names().map(|column| format!("quote({column})")).collect()
            };
            let mut rows =
                reader.prepare(&format!("SELECT {} FROM {name} ORDER BY id", columns.join(", "))).unwrap();
            let rows = rows
                .query_map([], |row| {
                    (0..columns.len()).map(|at| row.get(at)).collect::<Result<Vec<String>, _>>()
                })
                .unwrap()
                .map(Result::unwrap)
                .collect();
            (name, rows)
        })
        .collect()
}

/// What is derived from the tables, but for the numbers that documents are known by.
fn derived(desk: &Desk) -> Vec<Vec<String>> {
    let case = "hex(id), reference, kind, stage, hex(programme_id), hex(round_id), hex(organisation_id), received_at, due, asked, awarded";
    [
        "SELECT kind || stage || hex(programme_id) || hex(round_id) || worth, cases || ' ' || asked || ' ' || awarded
         FROM case_totals WHERE cases <> 0",
        "SELECT hex(case_id), '' FROM letters_owed",
        "SELECT hex(id) || noun, body FROM search_documents",
        &format!("SELECT hex(id), json_array({case}) FROM search_cases"),
        "SELECT hex(d.id), hex(c.id) FROM search_documents d LEFT JOIN search_cases c ON c.rid = d.rid WHERE d.noun = 'case'",
        // Each word with the documents that it stands in.
        "SELECT w.term, hex(d.id) FROM search_words w JOIN search_documents d ON d.rid = w.doc",
    ]
    .into_iter()
    .map(|sql| {
        let mut rows = desk.reader().prepare(&format!("{sql} ORDER BY 1, 2")).unwrap();
        let rows = rows.query_map([], |row| Ok(format!("{:?}", (row.get_ref(0)?, row.get_ref(1)?)))).unwrap();
        rows.map(Result::unwrap).collect()
    })
    .collect()
}

/// Making it all anew changes nothing.
fn what_is_derived_is_what_the_tables_say(desk: &mut Desk) {
    let kept = derived(desk);
    desk.register_mut().rebuild_derived().unwrap();
    assert_eq!(kept, derived(desk));
}

fn number(desk: &Desk, sql: &str, id: Uuid) -> i64 {
    desk.reader().query_row(sql, [id], |row| row.get(0)).unwrap()
}

/// Committed is the sum of open awards; every case has the award its stage says, and the ledger holds just that.
fn no_money_is_lost(desk: &Desk) {
    for round in programmes::list(desk).unwrap().into_iter().flat_map(|programme| programme.rounds) {
        let open = number(
            desk,
            "SELECT coalesce(sum(a.amount), 0) FROM awards a JOIN cases c ON c.id = a.case_id WHERE c.round_id = ?1 AND a.released_on IS NULL",
            round.id,
        );
        assert_eq!(round.committed, Pence(open), "{}", round.name);
        assert_eq!(round.left, round.budget - round.committed, "{}", round.name);
    }
    for id in cases::ids(desk, "kind:voucher").unwrap() {
        let case = cases::get(desk, id).unwrap();
        let holds = ["offered", "accepted", "in_progress", "complete", "claimed", "paid", "closed"];
        let open = number(desk, "SELECT count(*) FROM awards WHERE case_id = ?1 AND released_on IS NULL", id);
        assert_eq!(
            open,
            i64::from(holds.contains(&case.stage.as_str())),
            "{} is {}",
            case.reference,
            case.stage
        );
        let awarded = number(
            desk,
            "SELECT coalesce(sum(amount), 0) FROM awards WHERE case_id = ?1 AND released_on IS NULL",
            id,
        );
        let entered =
            number(desk, "SELECT coalesce(sum(amount), 0) FROM subsidy_entries WHERE case_id = ?1", id);
        assert_eq!(awarded, entered, "{}: what the ledger holds", case.reference);
    }
}

fn pick<T>(all: &[T], by: u16) -> Option<&T> {
    all.get(usize::from(by) % all.len().max(1))
}

/// Something that a field can hold.
fn anything(desk: &Desk, field: &forms::Field, by: u16) -> Option<String> {
    Some(match field.kind {
        FieldKind::Money => format!("{}.{:02}", u32::from(by) * 3, by % 100),
        FieldKind::Percent | FieldKind::Number | FieldKind::Decimal => (by % 90 + 1).to_string(),
        FieldKind::Day => (desk.today() + chrono::Days::new(u64::from(by % 90))).to_string(),
        FieldKind::Choice => pick(field.choices, by)?.0.to_owned(),
        FieldKind::YesNo => if by.is_multiple_of(2) { "yes" } else { "no" }.to_owned(),
        FieldKind::Text | FieldKind::Long => format!("Words {by}"),
        FieldKind::Email => format!("p{by}@example.org"),
        FieldKind::Person => pick(&casework::people::list(desk, "", 0, 20).unwrap().rows, by)?.id.to_string(),
        FieldKind::Provider => {
            pick(&casework::organisations::list(desk, "", Some("provider"), 0, 20).unwrap().rows, by)?
                .id
                .to_string()
        }
        _ => return None,
    })
}

/// A form with one random field of a noun.
fn an_edit(desk: &Desk, noun: Noun, which: u16, by: u16) -> Values {
    let fields: Vec<_> = forms::form(noun).iter().filter(|field| !KEPT.contains(&field.name)).collect();
    let field = pick(&fields, which).unwrap();
    let text = anything(desk, field, by);
    values(&[(field.name, text.as_deref().unwrap_or_default())])
}

/// The route says whether a ledger is kept at all, and an officer's role whether anything can be done.
const KEPT: [&str; 4] = ["subsidy_route", "role", "code", "fold_marks"];

fn works(office: &mut Office, (what, which, by): Step) -> Result<(), Problem> {
    let ids = cases::ids(&office.desk, "").unwrap();
    let case = pick(&ids, which).copied();
    let business = |office: &Office| case.map(|case| cases::get(&office.desk, case).unwrap().organisation_id);
    match (what % 14, case) {
        (0, _) | (_, None) => {
            let mut given = application(&format!("Business {}", by % 6));
            given.title = format!("Matter {which}");
            given.fingerprint = format!("row {which} {by}");
            given.asked = Pence(i64::from(by % 50) * 10_000 + 100_000);
            office.imports(vec![given]);
        }
        (1, Some(case)) => {
            let noun = cases::noun(cases::get(&office.desk, case)?.kind);
            let edit = an_edit(&office.desk, noun, by, which);
            forms::save(&mut office.desk, noun, Some(case), &edit)?;
        }
        (2 | 3, Some(case)) => {
            let outcome =
                [Outcome::Award, Outcome::Award, Outcome::Reject, Outcome::Defer][usize::from(by % 4)];
            let second = pick(&ids, by).copied().filter(|second| *second != case);
            let chosen: Vec<_> =
                [Some(case), second].into_iter().flatten().map(|case| (case, None)).collect();
            let reason = "Looked at.";
            office.decides(outcome, &chosen, &[("R-50", reason), ("size", reason), ("R-59", reason)])?;
        }
        (4..=6, Some(case)) => {
            let held = cases::get(&office.desk, case)?;
            let next = stages::find(held.kind, &held.stage).unwrap().next;
            // The usual way for most, so that days get far.
            if let Some(to) = if by.is_multiple_of(5) { pick(next, by) } else { next.first() } {
                fill(office, case, to, which);
                if *to == "accepted" {
                    letters::issue(&mut office.desk, "mfa_notification", &[case], &|_| true)?;
                    office.set(case, &[("subsidy_declaration_on", "24/11/2026")]);
                }
                cases::move_case(&mut office.desk, case, to, None)?;
            }
        }
        (7, Some(case)) => {
            let kinds = letters::choices(&office.desk, &[case])?;
            if let Some(kind) = pick(&kinds, by) {
                let issued = letters::issue(&mut office.desk, &kind.kind, &[case], &|_| true)?;
                let ids: Vec<Uuid> = issued.iter().filter_map(|letter| letter.letter_id).collect();
                if !ids.is_empty() && by.is_multiple_of(2) {
                    letters::record_delivery(&mut office.desk, &ids, "save", "letter.pdf", 1)?;
                }
            }
        }
        (8, Some(_)) => {
            let edit = an_edit(&office.desk, Noun::Organisation, by, which);
            let business = business(office);
            forms::save(&mut office.desk, Noun::Organisation, business, &edit)?;
        }
        (9, Some(case)) => {
            let person = cases::get(&office.desk, case)?.contact_id;
            let edit = an_edit(&office.desk, Noun::Person, by, which);
            if person.is_some() {
                forms::save(&mut office.desk, Noun::Person, person, &edit)?;
            }
        }
        (10, Some(_)) => {
            let noun = if by.is_multiple_of(3) { Noun::Round } else { Noun::Programme };
            let id = if noun == Noun::Round { office.round } else { office.programme };
            let edit = an_edit(&office.desk, noun, which, by);
            forms::save(&mut office.desk, noun, Some(id), &edit)?;
        }
        (11, Some(_)) => {
            let amount = (!by.is_multiple_of(4)).then(|| Pence(i64::from(by) * 100));
            let role = if which.is_multiple_of(2) { Role::Officer } else { Role::Manager };
            programmes::set_approval_limit(&mut office.desk, office.programme, role, amount)?;
        }
        (12, Some(_)) => {
            let me = office.desk.officer()?.id;
            let edit = an_edit(&office.desk, Noun::Officer, which, by);
            forms::save(&mut office.desk, Noun::Officer, Some(me), &edit)?;
            let edit = an_edit(&office.desk, Noun::Office, which, by);
            forms::save(&mut office.desk, Noun::Office, Some(Uuid::nil()), &edit)?;
        }
        (_, Some(_)) => {
            let day = office.desk.today() + chrono::Days::new(u64::from(by) + 1);
            let limit = values(&[
                ("code", ["mfa", "vat", "minimum_wage"][usize::from(which % 3)]),
                ("amount", &(u32::from(by) + 1).to_string()),
                ("valid_from", &day.to_string()),
                ("source", "A test"),
            ]);
            forms::save(&mut office.desk, Noun::Limit, None, &limit)?;
        }
    }
    Ok(())
}

/// Fills in what a stage asks for.
fn fill(office: &mut Office, case: Uuid, to: &str, by: u16) {
    let kind = cases::get(&office.desk, case).unwrap().kind;
    let noun = cases::noun(kind);
    let mut filled = Values::new();
    for name in stages::find(kind, to).unwrap().needs {
        let field = forms::field(noun, name).unwrap();
        filled.insert((*name).to_owned(), anything(&office.desk, field, by));
    }
    filled.retain(|_, value| value.is_some());
    if !filled.is_empty() {
        // A day that would end before it starts is refused, as at the screen; the stage then says what is missing.
        let _ = forms::save(&mut office.desk, noun, Some(case), &filled);
    }
}

fn newest(desk: &Desk) -> i64 {
    desk.register().journal(None, 1).unwrap()[0].seq
}

proptest! {
    #![proptest_config(walks(12))]

    #[test]
    fn undoing_all_that_was_done_is_the_start_and_doing_it_again_is_the_end(day in vec(any::<Step>(), 4..20)) {
        let mut office = office_with(&[("instrument", "mixed")]);
        office.imports(vec![application("Brook Alloys Ltd"), application("Ångström Tooling Ltd")]);
        let (first, morning) = (newest(&office.desk), dump(&office.desk, false));
        for step in day {
            // What a rule refuses is no step; that nothing is kept of it, the undoing shows.
            let _ = works(&mut office, step);
            no_money_is_lost(&office.desk);
        }
        what_is_derived_is_what_the_tables_say(&mut office.desk);
        let (evening, sent) = (dump(&office.desk, false), dump(&office.desk, true));
        while let Some(entry) = office.desk.register().next_undo().unwrap().filter(|entry| entry.seq > first) {
            office.desk.undo(entry.seq).unwrap();
            no_money_is_lost(&office.desk);
        }
        prop_assert_eq!(dump(&office.desk, false), morning);
        what_is_derived_is_what_the_tables_say(&mut office.desk);
        let withdrawn = dump(&office.desk, true);
        for (table, rows) in &sent {
            prop_assert_eq!(rows.len(), withdrawn[table].len(), "{} that left the house stay", table);
            for row in &withdrawn[table] {
                prop_assert!(row.last().unwrap() != "NULL", "{} is withdrawn: {:?}", table, row);
            }
        }
        while office.desk.register().next_redo().unwrap().is_some() {
            office.desk.redo().unwrap();
            no_money_is_lost(&office.desk);
        }
        prop_assert_eq!(dump(&office.desk, false), evening);
        what_is_derived_is_what_the_tables_say(&mut office.desk);
        prop_assert_eq!(dump(&office.desk, true), sent);
        prop_assert!(office.desk.register().verify().unwrap().sound);
    }
}

/// A new case of a kind at its first stage.
fn begins(office: &mut Office, kind: CaseKind) -> Uuid {
    let host = office.records(Noun::Organisation, &[("name", "Brook Alloys Ltd"), ("kind", "business")]);
    office.records(Noun::Person, &[("name", "Zoë Sample")]);
    let (programme, host) = (office.programme.to_string(), host.to_string());
    let fields = [("programme_id", programme.as_str()), ("organisation_id", &host), ("title", "A matter")];
    office.records(cases::noun(kind), &fields)
}

fn kind_of(what: u8) -> CaseKind {
    CaseKind::ALL[usize::from(what) % 3]
}

/// What a case looks like, without the findings that only time changes.
fn seen(desk: &Desk, case: Uuid) -> (String, i64) {
    let record: CaseRecord = cases::record(desk, case).unwrap();
    (format!("{:?}{:?}", record.stage, record.groups), newest(desk))
}

proptest! {
    #![proptest_config(walks(48))]

    #[test]
    fn a_case_only_goes_where_its_stage_table_lets_it_and_each_refusal_says_why_and_changes_nothing(
        kind in any::<u8>(),
        steps in vec((any::<bool>(), any::<bool>(), any::<u16>(), any::<u16>()), 1..20),
    ) {
        let kind = kind_of(kind);
        let mut office = office_with(&[("instrument", "mixed")]);
        let case = begins(&mut office, kind);
        for (allowed, filled, which, by) in steps {
            let from = cases::get(&office.desk, case).unwrap().stage;
            let stage = stages::find(kind, &from).unwrap();
            let everywhere: Vec<&str> = stages::stages(kind).iter().map(|stage| stage.id).collect();
            let Some(to) = pick(if allowed { stage.next } else { &everywhere }, which).copied() else { continue };
            if filled {
                fill(&mut office, case, to, by);
            }
            let before = seen(&office.desk, case);
            let target = stages::find(kind, to).unwrap();
            match cases::move_case(&mut office.desk, case, to, None) {
                Ok(record) => {
                    prop_assert_eq!(&record.stage, to);
                    prop_assert!(stage.next.contains(&to), "{} after {}", to, from);
                    prop_assert!(!target.by_decision, "{} is a decision", to);
                    let held = forms::values_of(&office.desk, cases::noun(kind), case).unwrap();
                    for need in target.needs {
                        prop_assert!(held[*need].is_some(), "{} without {}", to, need);
                    }
                }
                Err(problem) => {
                    prop_assert_eq!(seen(&office.desk, case), before);
                    prop_assert!(!problem.message.is_empty());
                    prop_assert!(problem.fix.is_some() || !problem.findings.is_empty(), "{:?}", problem);
                    for finding in problem.findings {
                        prop_assert!(!finding.message.is_empty() && finding.fix.is_some(), "{:?}", finding);
                    }
                }
            }
        }
        let moves: Vec<(Option<String>, String)> = office
            .desk
            .reader()
            .prepare("SELECT from_stage, to_stage FROM stage_moves WHERE case_id = ?1 ORDER BY id")
            .unwrap()
            .query_map([case], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        prop_assert_eq!(&moves[0], &(None, stages::stages(kind)[0].id.to_owned()));
        for pair in moves.windows(2) {
            prop_assert_eq!(pair[1].0.as_ref(), Some(&pair[0].1), "each move begins where the last ended");
            let from = stages::find(kind, &pair[0].1).unwrap();
            prop_assert!(from.next.contains(&pair[1].1.as_str()));
        }
    }
}
