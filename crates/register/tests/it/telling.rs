//! What the journal tells.

use register::{EntryKind, FieldChange, Operation, RegisterError, Value};
use rusqlite::params;
use uuid::Uuid;

use crate::office::*;

#[test]
fn a_change_is_told_with_who_where_what_and_how_much() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let told = register.journal(None, 10).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].label, "Add Brook Alloys");
    assert_eq!(told[0].actor, asha());
    assert_eq!((told[0].seq, told[0].kind, told[0].records), (1, EntryKind::Do, 1));
    assert!(!told[0].device.is_empty());
    let changes = register.entry_changes(1).unwrap();
    assert_eq!(
        (changes[0].table.as_str(), changes[0].key.as_slice()),
        ("businesses", business.as_bytes().as_slice())
    );
    assert_eq!(changes[0].operation, Operation::Inserted);
}

#[test]
fn an_action_that_changes_nothing_leaves_no_entry() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let changed: Done<usize> = register.change("Save", |tx| {
        tx.execute("UPDATE businesses SET name = 'Other' WHERE id = ?1", [business])?;
        Ok(tx.execute("UPDATE businesses SET name = 'Brook Alloys' WHERE id = ?1", [business])?)
    });
    let changed = changed.unwrap();
    assert_eq!((changed.entry, changed.tables), (None, vec![]));
    assert_eq!(register.journal(None, 10).unwrap().len(), 1);
}

#[test]
fn a_refused_action_leaves_nothing_behind() {
    let mut register = in_memory();
    let before = dump(register.reader(), &ALL);
    let refused: Done<()> = register.change("Half an action", |tx| {
        tx.execute("INSERT INTO businesses (id, name) VALUES (?1, 'Half')", [Uuid::now_v7()])?;
        Err(RegisterError::NothingToRedo)
    });
    assert!(refused.is_err());
    assert_eq!(dump(register.reader(), &ALL), before);
    assert_eq!(register.journal(None, 10).unwrap(), []);
}

#[test]
fn a_record_has_a_history_newest_first_with_old_and_new_values() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    add_business(&mut register, "Another");
    rename(&mut register, business, "Brook Metals");
    let history = register.history("businesses", business.as_bytes()).unwrap();
    assert_eq!(
        history.iter().map(|(entry, _)| entry.label.as_str()).collect::<Vec<_>>(),
        ["Rename to Brook Metals", "Add Brook Alloys"]
    );
    let change = FieldChange {
        field: "name".into(),
        old: Value::Text("Brook Alloys".into()),
        new: Value::Text("Brook Metals".into()),
    };
    assert_eq!(history[0].1.fields, [change]);
    assert!(
        register.history("cases", business.as_bytes()).unwrap().is_empty(),
        "a history is of one table's record"
    );
}

#[test]
fn every_kind_of_value_returns_exactly_as_it_was() {
    let mut register = in_memory();
    let odd = "Ünïcode \"quotes\" \\ \n line\u{0} and nul";
    for weight in [0.1 + 0.2, f64::MIN_POSITIVE / 3.0, 1e300, 2.0, f64::INFINITY] {
        let id = Uuid::now_v7();
        act(&mut register, "Add", |tx| {
            tx.execute(
                "INSERT INTO businesses (id, name, weight, logo, colour) VALUES (?1, ?2, ?3, ?4, NULL)",
                params![id, odd, weight, [0u8, 255, 10]],
            )?;
            Ok(())
        });
        let added = dump(register.reader(), &ALL);
        register.undo(register.next_undo().unwrap().unwrap().seq).unwrap();
        register.redo().unwrap();
        assert_eq!(dump(register.reader(), &ALL), added, "weight {weight}");
        let (_, change) = register.history("businesses", id.as_bytes()).unwrap().remove(0);
        let told = |name: &str| change.fields.iter().find(|field| field.field == name).unwrap().new.clone();
        assert_eq!(told("name"), Value::Text(odd.into()));
        assert!(matches!(told("weight"), Value::Real(told) if told.to_bits() == weight.to_bits()));
        assert_eq!(told("logo"), Value::Blob(vec![0, 255, 10]));
        assert_eq!(told("colour"), Value::Null, "an emptied default is told");
    }
    assert_sound(&register);
}

#[test]
fn a_page_of_the_journal_follows_the_one_before() {
    let mut register = in_memory();
    for number in 1..=7 {
        add_business(&mut register, &format!("Business {number}"));
    }
    let seqs =
        |before| register.journal(before, 3).unwrap().iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!((seqs(None), seqs(Some(5)), seqs(Some(2))), (vec![7, 6, 5], vec![4, 3, 2], vec![1]));
}

#[test]
fn the_reader_cannot_write_and_the_journal_cannot_be_changed() {
    let mut register = in_memory();
    add_business(&mut register, "Brook Alloys");
    assert!(register.reader().execute("DELETE FROM businesses", []).is_err());
    for sql in [
        "UPDATE journal SET label = 'x'",
        "DELETE FROM journal",
        "DELETE FROM journal_part",
        "UPDATE journal_part SET plain = x''",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ] {
        let tried: Done<usize> = register.change("Rewrite the past", |tx| Ok(tx.execute(sql, [])?));
        assert!(tried.is_err(), "{sql} should be refused");
    }
    assert_sound(&register);
}

#[test]
fn a_file_is_kept_once_for_its_content_and_found_by_its_hash() {
    let mut register = in_memory();
    let hash = register.change("Keep", |tx| register::Register::store_blob(tx, b"a letter")).unwrap().value;
    let again =
        register.change("Keep again", |tx| register::Register::store_blob(tx, b"a letter")).unwrap().value;
    assert_eq!(hash, again);
    assert_eq!(count(register.reader(), "blobs"), 1);
    assert_eq!(register.blob(&hash).unwrap(), b"a letter");
    assert!(matches!(register.blob(&[0; 32]), Err(RegisterError::NoSuchBlob)));
}

#[test]
fn what_left_the_house_cannot_be_deleted() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let (letter, _) = issue_letter(&mut register, case, "L-1");
    let tried: Done<usize> = register
        .change("Delete a letter", |tx| Ok(tx.execute("DELETE FROM letters WHERE id = ?1", [letter])?));
    assert!(matches!(tried, Err(RegisterError::StandingRow { table }) if table == "letters"));
    assert_eq!(count(register.reader(), "letters"), 1);
}
