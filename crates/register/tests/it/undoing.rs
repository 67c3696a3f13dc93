//! Undo and redo.

use register::{EntryKind, Register, RegisterError};
use rusqlite::params;
use uuid::Uuid;

use crate::office::*;

fn labels(entries: &[register::Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.label.as_str()).collect()
}

#[test]
fn an_undo_is_an_entry_that_names_what_it_undid() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let renamed = rename(&mut register, business, "Brook Metals");
    let undone = register.undo(renamed).unwrap();
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Alloys"));
    assert_eq!(undone.tables, ["businesses"]);
    let told = register.entry(undone.entry).unwrap();
    assert_eq!(
        (told.label.as_str(), told.kind, told.of),
        ("Undo: Rename to Brook Metals", EntryKind::Undo, vec![renamed])
    );
    assert_eq!(register.entry(renamed).unwrap().undone_by, Some(undone.entry));
    assert_eq!(dump(register.reader(), &["words"]).matches("Alloys").count(), 1, "derived data follows");
}

#[test]
fn an_entry_is_undone_once() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let renamed = rename(&mut register, business, "Brook Metals");
    let undo = register.undo(renamed).unwrap().entry;
    assert!(matches!(register.undo(renamed), Err(RegisterError::CannotUndo { .. })));
    assert!(
        matches!(register.undo(undo), Err(RegisterError::CannotUndo { .. })),
        "an undo is redone, not undone"
    );
    assert!(matches!(register.undo(99), Err(RegisterError::NoSuchEntry { seq: 99 })));
}

#[test]
fn an_old_entry_takes_along_what_was_built_on_it_and_nothing_else() {
    let mut register = in_memory();
    let brook = add_business(&mut register, "Brook Alloys");
    let other = add_business(&mut register, "Other");
    let (case, added) = add_case(&mut register, brook);
    rename(&mut register, other, "Another");
    move_to(&mut register, case, "offered");
    let (_, noted) = {
        let id = Uuid::now_v7();
        (
            id,
            act(&mut register, "Note", |tx| {
                Ok(tx.execute("INSERT INTO notes VALUES (?1, ?2, 'b')", [id, case])?)
            }),
        )
    };
    let plan = register.undo_plan(added).unwrap();
    assert_eq!(plan.refused, None);
    assert_eq!(labels(&plan.also), ["Note", "Move to offered"]);
    assert_eq!(count(register.reader(), "cases"), 1, "a plan changes nothing");
    let undone = register.undo(added).unwrap();
    assert_eq!(labels(&undone.undone), ["Note", "Move to offered", "Add a case"]);
    assert_eq!((count(register.reader(), "cases"), count(register.reader(), "notes")), (0, 0));
    assert_eq!(name_of(&register, other).as_deref(), Some("Another"), "what has nothing to do with it stays");
    assert_eq!(register.entry(noted).unwrap().undone_by, Some(undone.entry));
    let redone = register.redo().unwrap();
    assert_eq!(labels(&redone.undone), ["Note", "Move to offered", "Add a case"]);
    assert_eq!((count(register.reader(), "cases"), count(register.reader(), "notes")), (1, 1));
    assert_sound(&register);
}

#[test]
fn what_was_undone_already_is_not_taken_along() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let first = rename(&mut register, business, "First");
    let second = rename(&mut register, business, "Second");
    register.undo(second).unwrap();
    assert_eq!(register.undo_plan(first).unwrap().also, []);
    register.undo(first).unwrap();
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Alloys"));
}

#[test]
fn a_letter_is_withdrawn_with_what_led_to_it_and_keeps_its_number() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, added) = add_case(&mut register, business);
    let (letter, _) = issue_letter(&mut register, case, "L-1");
    let plan = register.undo_plan(added).unwrap();
    assert_eq!(plan.withdraws, [("letters".to_owned(), letter.as_bytes().to_vec())]);
    register.undo(added).unwrap();
    let withdrawn =
        |register: &Register| text(register, "SELECT withdrawn_at FROM letters WHERE id = ?1", letter);
    let first = withdrawn(&register).expect("the letter is marked, not deleted");
    assert_eq!(count(register.reader(), "cases"), 0);
    let redone = register.redo().unwrap();
    assert_eq!(withdrawn(&register), None, "a redo lifts the mark");
    let again = register.undo_plan(redone.entry).unwrap();
    assert_eq!(again.withdraws.len(), 1, "and undoing the redo sets it again");
    register.undo(redone.entry).unwrap();
    assert!(withdrawn(&register).unwrap() > first, "at the instant of that undo");
    assert_sound(&register);
}

#[test]
fn an_update_of_a_letter_is_undone_as_any_other() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let (letter, _) = issue_letter(&mut register, case, "L-1");
    let printed = act(&mut register, "Print", |tx| {
        Ok(tx.execute("UPDATE letters SET printed = 'now' WHERE id = ?1", [letter])?)
    });
    register.undo(printed).unwrap();
    assert_eq!(text(&register, "SELECT printed FROM letters WHERE id = ?1", letter), None);
    assert_eq!(text(&register, "SELECT withdrawn_at FROM letters WHERE id = ?1", letter), None);
}

#[test]
fn undo_goes_back_step_by_step_and_redo_returns_until_something_new_is_done() {
    let mut register = in_memory();
    let business = add_business(&mut register, "One");
    rename(&mut register, business, "Two");
    rename(&mut register, business, "Three");
    let mut seen = Vec::new();
    for _ in 0..2 {
        let next = register.next_undo().unwrap().unwrap();
        register.undo(next.seq).unwrap();
        seen.push(name_of(&register, business).unwrap());
    }
    for _ in 0..2 {
        assert!(register.next_redo().unwrap().is_some());
        register.redo().unwrap();
        seen.push(name_of(&register, business).unwrap());
    }
    assert_eq!(seen, ["Two", "One", "Two", "Three"]);
    assert_eq!(register.next_redo().unwrap(), None);
    let next = register.next_undo().unwrap().unwrap();
    assert_eq!(next.label, "Redo: Rename to Three");
    let undone = register.undo(next.seq).unwrap();
    assert_eq!(register.entry(undone.entry).unwrap().label, "Undo: Rename to Three");
    rename(&mut register, business, "Four");
    assert_eq!(register.next_redo().unwrap(), None, "something new was done");
    assert!(matches!(register.redo(), Err(RegisterError::NothingToRedo)));
}

#[test]
fn undo_and_redo_outlast_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let renamed = rename(&mut register, business, "Brook Metals");
    drop(register);
    let mut register = open(folder.path());
    assert_eq!(register.next_undo().unwrap().unwrap().seq, renamed);
    register.undo(renamed).unwrap();
    drop(register);
    let mut register = open(folder.path());
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Alloys"));
    register.redo().unwrap();
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Metals"));
}

#[test]
fn a_unique_value_taken_since_stands_in_the_way_and_the_plan_says_so() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let code = |register: &mut Register, id: Uuid, code: &str| {
        act(register, "Give a code", |tx| {
            Ok(tx.execute("UPDATE businesses SET code = ?2 WHERE id = ?1", params![id, code])?)
        })
    };
    code(&mut register, business, "B1");
    let changed = code(&mut register, business, "B2");
    act(&mut register, "Add another", |tx| {
        Ok(tx.execute(
            "INSERT INTO businesses (id, name, code) VALUES (?1, 'Other', 'B1')",
            [Uuid::now_v7()],
        )?)
    });
    let plan = register.undo_plan(changed).unwrap();
    assert!(plan.refused.unwrap().contains("stands in the way"));
    let before = dump(register.reader(), &ALL);
    assert!(matches!(register.undo(changed), Err(RegisterError::CannotUndo { .. })));
    assert_eq!(dump(register.reader(), &ALL), before, "a refused undo leaves everything as it was");
}

#[test]
fn a_record_changed_behind_the_journal_stops_the_undo() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let renamed = rename(&mut register, business, "Brook Metals");
    behind(folder.path(), &register.data_key().unwrap())
        .execute("UPDATE businesses SET name = 'Forged'", [])
        .unwrap();
    assert!(
        matches!(register.undo(renamed), Err(RegisterError::ChangedSince { table, .. }) if table == "businesses")
    );
    assert_eq!(name_of(&register, business).as_deref(), Some("Forged"));
}

#[test]
fn an_action_that_deleted_a_parent_and_its_children_is_undone_whole() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    for body in ["one", "two"] {
        act(&mut register, "Note", |tx| {
            Ok(tx.execute("INSERT INTO notes VALUES (?1, ?2, ?3)", params![Uuid::now_v7(), case, body])?)
        });
    }
    let before = dump(register.reader(), &ALL);
    let deleted = act(&mut register, "Delete", |tx| {
        tx.execute("DELETE FROM cases", [])?;
        Ok(tx.execute("DELETE FROM businesses", [])?)
    });
    assert_eq!(
        register.entry(deleted).unwrap().records,
        4,
        "what a foreign key took along is journalled too"
    );
    register.undo(deleted).unwrap();
    assert_eq!(dump(register.reader(), &ALL), before);
    register.redo().unwrap();
    assert_eq!(count(register.reader(), "businesses"), 0);
    assert_sound(&register);
}

#[test]
fn a_deleted_case_returns_together_with_the_business_that_was_deleted_after_it() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let before = dump(register.reader(), &ALL);
    let first =
        act(
            &mut register,
            "Delete the case",
            |tx| Ok(tx.execute("DELETE FROM cases WHERE id = ?1", [case])?),
        );
    act(&mut register, "Delete the business", |tx| {
        Ok(tx.execute("DELETE FROM businesses WHERE id = ?1", [business])?)
    });
    assert_eq!(labels(&register.undo_plan(first).unwrap().also), ["Delete the business"]);
    register.undo(first).unwrap();
    assert_eq!(dump(register.reader(), &ALL), before);
}
