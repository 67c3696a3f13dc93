//! Personal values can be erased, and the proof outlives them.

use register::{EntryKind, Register, RegisterError, Value};
use rusqlite::params;
use uuid::Uuid;

use crate::{office::*, pages};

const REASON: &str = "retention, seven years";

#[test]
fn an_erased_person_is_gone_from_row_and_journal_and_the_chain_still_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let jo = add_business(&mut register, "Jo Bloggs");
    let other = add_business(&mut register, "Other");
    rename(&mut register, jo, "Joanna Bloggs");
    let head = register.verify().unwrap();
    let erased = register.erase_personal("businesses", jo.as_bytes(), REASON).unwrap();
    assert_eq!(register.entry(erased).unwrap().kind, EntryKind::Erase);
    assert_eq!(name_of(&register, jo).as_deref(), Some("Erased"), "a column that may not be empty says so");
    let found = register.verify().unwrap();
    assert_eq!((found.sound, found.erased, found.entries), (true, 2, head.entries + 1), "{:?}", found.faults);
    for (entry, change) in register.history("businesses", jo.as_bytes()).unwrap().iter().skip(1) {
        let told = change.erased.as_ref().unwrap_or_else(|| panic!("entry {} says it was erased", entry.seq));
        assert_eq!((told.entry, told.reason.as_str(), &told.by), (erased, REASON, &asha()));
        assert!(!format!("{:?}", change.fields).contains("Bloggs"));
        assert!(change.fields.iter().all(|field| field.field != "name"));
    }
    assert_eq!(name_of(&register, other).as_deref(), Some("Other"));
    let (_, change) = register.history("businesses", other.as_bytes()).unwrap().remove(0);
    assert!(
        change.erased.is_none() && change.fields.iter().any(|field| field.new == Value::Text("Other".into()))
    );
    let everywhere = format!("{:?}", dump(register.reader(), &ALL));
    assert!(!everywhere.contains("Bloggs"), "derived data forgets too");
}

#[test]
fn undo_across_an_erasure_is_refused_with_its_reason() {
    let mut register = in_memory();
    let jo = add_business(&mut register, "Jo Bloggs");
    let renamed = rename(&mut register, jo, "Joanna Bloggs");
    let erased = register.erase_personal("businesses", jo.as_bytes(), REASON).unwrap();
    let why = register.undo_plan(renamed).unwrap().refused.unwrap();
    assert!(why.contains(REASON), "{why}");
    assert!(matches!(register.undo(renamed), Err(RegisterError::CannotUndo { .. })));
    assert!(matches!(register.undo(erased), Err(RegisterError::CannotUndo { .. })));
    assert_eq!(register.next_redo().unwrap(), None);
}

#[test]
fn what_was_deleted_can_still_be_erased_from_the_journal() {
    let mut register = in_memory();
    let jo = add_business(&mut register, "Jo Bloggs");
    let deleted =
        act(&mut register, "Delete", |tx| Ok(tx.execute("DELETE FROM businesses WHERE id = ?1", [jo])?));
    register.erase_personal("businesses", jo.as_bytes(), REASON).unwrap();
    let found = register.verify().unwrap();
    assert_eq!((found.sound, found.erased), (true, 2), "{:?}", found.faults);
    assert!(register.undo_plan(deleted).unwrap().refused.is_some());
}

#[test]
fn one_of_many_in_an_import_is_erased_alone() {
    let mut register = in_memory();
    let ids: Vec<Uuid> = (0..600).map(|_| Uuid::now_v7()).collect();
    act(&mut register, "Import", |tx| {
        for (number, id) in ids.iter().enumerate() {
            tx.execute(
                "INSERT INTO businesses (id, name) VALUES (?1, ?2)",
                params![id, format!("Person {number}")],
            )?;
        }
        Ok(())
    });
    register.erase_personal("businesses", ids[300].as_bytes(), REASON).unwrap();
    let found = register.verify().unwrap();
    assert_eq!((found.sound, found.erased), (true, 1), "{:?}", found.faults);
    let kept = register.entry_changes(1).unwrap();
    assert_eq!(kept.iter().filter(|change| change.erased.is_some()).count(), 1);
    assert_eq!(kept.len(), 600);
}

#[test]
fn a_look_back_past_an_erasure_shows_it_as_erased() {
    let mut register = in_memory();
    let jo = add_business(&mut register, "Jo Bloggs");
    let at = register.entry(1).unwrap().at;
    act(&mut register, "Delete", |tx| Ok(tx.execute("DELETE FROM businesses WHERE id = ?1", [jo])?));
    register.erase_personal("businesses", jo.as_bytes(), REASON).unwrap();
    let past = register.as_it_stood_on(at).unwrap();
    let name: String = past.query_row("SELECT name FROM businesses", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "Erased");
}

#[test]
fn only_a_known_record_of_a_table_with_personal_columns_can_be_erased() {
    let mut register = in_memory();
    let unknown = register.erase_personal("businesses", Uuid::now_v7().as_bytes(), REASON);
    assert!(matches!(unknown, Err(RegisterError::NoSuchRecord { .. })));
    assert!(register.erase_personal("cases", Uuid::now_v7().as_bytes(), REASON).is_err());
    assert!(register.erase_personal("nowhere", Uuid::now_v7().as_bytes(), REASON).is_err());
    assert_eq!(register.journal(None, 9).unwrap(), []);
}

#[test]
fn once_swept_no_page_of_the_file_or_of_a_new_backup_holds_what_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let key = register.data_key().unwrap();
    let holds = |what: &str| pages::holding(folder.path(), &key, what.as_bytes());
    // Enough of them that rows move between pages and leave copies behind.
    let ids: Vec<Uuid> =
        (0..400).map(|number| add_business(&mut register, &format!("Person {number}"))).collect();
    let jo = ids[200];
    // Labels name nobody: they cannot be erased.
    let named = |register: &mut Register, name: &str| {
        act(register, "Rename", |tx| {
            Ok(tx.execute("UPDATE businesses SET name = ?2 WHERE id = ?1", params![jo, name])?)
        })
    };
    named(&mut register, "Zebedee Quillfeather");
    register.close().unwrap();
    let mut register = open(folder.path());
    named(&mut register, "Zebedee Quillfeather-Okonkwo of Nether Hollin");
    assert_eq!(holds("Quillfeather").len(), 3, "database, log and backup: {:?}", holds("Quillfeather"));
    register.erase_personal("businesses", jo.as_bytes(), REASON).unwrap();
    register.sweep().unwrap();
    let before = register.backup().unwrap();
    let left = holds("Quillfeather");
    assert_eq!(left.len(), 1, "only the backup from before: {left:?}");
    assert!(!left[0].contains(&before.name), "{left:?}");
    assert!(!holds("Person 399").is_empty(), "the pages are read rightly");
    let found = register.verify().unwrap();
    assert_eq!((found.sound, found.erased), (true, 3), "{:?}", found.faults);
}
