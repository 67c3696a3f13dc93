//! Any sequence of actions: undone it is the start, redone it is the end.

use proptest::prelude::*;
use register::{Register, RegisterError};
use rusqlite::{Transaction, params};
use uuid::Uuid;

use crate::office::*;

#[derive(Clone, Debug)]
enum Step {
    AddBusiness,
    Rename(usize),
    Own(usize, usize),
    AddCase(usize),
    Move(usize),
    Note(usize),
    DeleteCase(usize),
    DeleteBusiness(usize),
    Letter(usize),
    Reprint(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..1000usize;
    prop_oneof![
        3 => Just(Step::AddBusiness),
        2 => any().prop_map(Step::Rename),
        1 => (any(), any()).prop_map(|(one, other)| Step::Own(one, other)),
        4 => any().prop_map(Step::AddCase),
        3 => any().prop_map(Step::Move),
        3 => any().prop_map(Step::Note),
        1 => any().prop_map(Step::DeleteCase),
        1 => any().prop_map(Step::DeleteBusiness),
        2 => any().prop_map(Step::Letter),
        1 => any().prop_map(Step::Reprint),
    ]
}

/// An action is one step or a few, so that an entry may touch a record more than once.
fn actions() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 1..4), 1..25)
}

fn some(tx: &Transaction<'_>, table: &str, which: usize) -> Result<Option<Uuid>, RegisterError> {
    let found: Vec<Uuid> = tx
        .prepare(&format!("SELECT id FROM {table} ORDER BY id"))?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found.get(which % found.len().max(1)).copied())
}

fn take(tx: &Transaction<'_>, step: &Step, number: usize) -> Result<(), RegisterError> {
    let id = Uuid::now_v7();
    match step {
        Step::AddBusiness => {
            tx.execute(
                "INSERT INTO businesses (id, name, code) VALUES (?1, ?2, ?3)",
                params![id, format!("B{number}"), id.to_string()],
            )?;
        }
        Step::Rename(which) => {
            let one = some(tx, "businesses", *which)?;
            tx.execute(
                "UPDATE businesses SET name = ?2, weight = ?3, colour = NULL WHERE id = ?1",
                params![one, format!("R{number}"), number as f64 / 3.0],
            )?;
        }
        Step::Own(which, by) => {
            let (one, owner) = (some(tx, "businesses", *which)?, some(tx, "businesses", *by)?);
            tx.execute("UPDATE businesses SET owner = ?2 WHERE id = ?1", params![one, owner])?;
        }
        Step::AddCase(which) => {
            if let Some(business) = some(tx, "businesses", *which)? {
                tx.execute(
                    "INSERT INTO cases VALUES (?1, ?2, 'enquiry', ?3)",
                    params![id, business, number as i64],
                )?;
            }
        }
        Step::Move(which) => {
            let case = some(tx, "cases", *which)?;
            tx.execute("UPDATE cases SET stage = ?2 WHERE id = ?1", params![case, format!("s{number}")])?;
        }
        Step::Note(which) => {
            if let Some(case) = some(tx, "cases", *which)? {
                tx.execute("INSERT INTO notes VALUES (?1, ?2, ?3)", params![id, case, format!("n{number}")])?;
            }
        }
        Step::DeleteCase(which) => {
            let case = some(tx, "cases", *which)?;
            tx.execute("DELETE FROM cases WHERE id = ?1", [case])?;
        }
        Step::DeleteBusiness(which) => {
            let business = some(tx, "businesses", *which)?;
            tx.execute("UPDATE businesses SET owner = NULL WHERE owner = ?1", [business])?;
            tx.execute("DELETE FROM cases WHERE business = ?1", [business])?;
            tx.execute("DELETE FROM businesses WHERE id = ?1", [business])?;
        }
        Step::Letter(which) => {
            if let Some(case) = some(tx, "cases", *which)? {
                tx.execute(
                    "INSERT INTO letters (id, case_id, number) VALUES (?1, ?2, ?3)",
                    params![id, case, id.to_string()],
                )?;
            }
        }
        Step::Reprint(which) => {
            let letter = some(tx, "letters", *which)?;
            tx.execute(
                "UPDATE letters SET printed = ?2 WHERE id = ?1",
                params![letter, format!("p{number}")],
            )?;
        }
    }
    Ok(())
}

/// Takes the actions and gives what the tables were before each that left an entry.
fn walked(register: &mut Register, actions: &[Vec<Step>]) -> Vec<String> {
    let mut before = Vec::new();
    for (number, steps) in actions.iter().enumerate() {
        let was = dump(register.reader(), &MOVABLE);
        let done: Done<()> =
            register.change("Act", |tx| steps.iter().try_for_each(|step| take(tx, step, number)));
        if done.unwrap().entry.is_some() {
            before.push(was);
        }
    }
    before
}

fn standing_letters(register: &Register) -> i64 {
    register
        .reader()
        .query_row("SELECT count(*) FROM letters WHERE withdrawn_at IS NULL", [], |row| row.get(0))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_is_the_start_and_redoing_all_is_the_end(actions in actions()) {
        let mut register = in_memory();
        let mut before = walked(&mut register, &actions);
        let end = dump(register.reader(), &ALL);
        while let Some(next) = register.next_undo().unwrap() {
            let plan = register.undo_plan(next.seq).unwrap();
            prop_assert_eq!(plan.refused, None);
            prop_assert_eq!(register.undo(next.seq).unwrap().undone.len(), 1, "nothing builds on the newest");
            prop_assert_eq!(dump(register.reader(), &MOVABLE), before.pop().unwrap());
        }
        prop_assert!(before.is_empty());
        prop_assert_eq!(standing_letters(&register), 0, "all that left the house is withdrawn");
        while register.next_redo().unwrap().is_some() {
            register.redo().unwrap();
        }
        prop_assert_eq!(dump(register.reader(), &ALL), end);
        assert_sound(&register);
    }

    #[test]
    fn undoing_any_entry_and_redoing_it_is_as_before(actions in actions(), which in 0..1000i64) {
        let mut register = in_memory();
        let entries = walked(&mut register, &actions).len() as i64;
        prop_assume!(entries > 0);
        let end = dump(register.reader(), &ALL);
        let seq = which % entries + 1;
        let plan = register.undo_plan(seq).unwrap();
        prop_assert_eq!(plan.refused, None);
        let undone = register.undo(seq).unwrap();
        prop_assert_eq!(undone.undone.len(), plan.also.len() + 1);
        assert_sound(&register);
        register.redo().unwrap();
        prop_assert_eq!(dump(register.reader(), &ALL), end);
        assert_sound(&register);
    }

    #[test]
    fn looking_back_shows_what_there_was(actions in actions(), which in 0..1000usize) {
        let mut register = in_memory();
        let clock = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
        let ticking = clock.clone();
        let instant = |second: i64| chrono::DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap();
        register.set_clock(move || instant(ticking.fetch_add(1, std::sync::atomic::Ordering::Relaxed)));
        let before = walked(&mut register, &actions);
        prop_assume!(!before.is_empty());
        let entry = which % before.len();
        let at = register.entry(entry as i64 + 1).unwrap().at;
        let past = register.as_it_stood_on(at - chrono::TimeDelta::milliseconds(1)).unwrap();
        prop_assert_eq!(dump(&past, &MOVABLE), before[entry].clone());
    }
}
