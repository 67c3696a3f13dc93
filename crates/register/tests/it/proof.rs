//! Verification finds what was done behind the register's back.

use register::{DataKey, Register};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::office::*;

/// A register with a few entries, closed; and its key.
fn written() -> (TempDir, DataKey) {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let moved = move_to(&mut register, case, "offered");
    issue_letter(&mut register, case, "L-1");
    register.undo(moved).unwrap();
    assert_sound(&register);
    let key = register.data_key().unwrap();
    drop(register);
    (folder, key)
}

/// What verification says after an intruder with the key did this.
fn after(tamper: impl FnOnce(&Connection)) -> Vec<String> {
    let (folder, key) = written();
    let intruder = behind(folder.path(), &key);
    intruder
        .execute_batch(
            "DROP TRIGGER journal_is_kept; DROP TRIGGER journal_is_whole; DROP TRIGGER journal_is_appended;
             DROP TRIGGER journal_part_is_kept; DROP TRIGGER journal_part_is_whole;",
        )
        .unwrap();
    tamper(&intruder);
    drop(intruder);
    let found = open(folder.path()).verify().unwrap();
    assert_eq!(found.sound, found.faults.is_empty());
    found.faults
}

fn run(sql: &'static str) -> impl FnOnce(&Connection) {
    move |intruder| intruder.execute_batch(sql).unwrap()
}

#[test]
fn a_register_as_it_was_written_is_sound() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
}

#[test]
fn a_changed_entry_is_found() {
    for sql in [
        "UPDATE journal SET label = 'Something else' WHERE seq = 2",
        "UPDATE journal SET actor_name = 'Ben Okafor' WHERE seq = 2",
        "UPDATE journal SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2",
        "UPDATE journal SET device = 'elsewhere' WHERE seq = 2",
        "UPDATE journal SET kind = 'redo' WHERE seq = 2",
        "UPDATE journal SET schema = 7 WHERE seq = 2",
        "UPDATE journal_part SET plain = CAST(replace(CAST(plain AS TEXT), 'enquiry', 'awarded') AS BLOB) WHERE seq = 2",
        "UPDATE journal_part SET personal = CAST(replace(CAST(personal AS TEXT), 'Brook', 'Crook') AS BLOB) WHERE seq = 1",
        "UPDATE journal_part SET digests = zeroblob(64) WHERE seq = 2",
    ] {
        let faults = after(run(sql));
        assert!(faults.iter().any(|fault| fault.starts_with("Entry ")), "{sql}: {faults:?}");
    }
}

#[test]
fn a_dropped_entry_is_found_wherever_it_stood() {
    for seq in 1..=5 {
        let faults = after(|intruder| {
            for table in ["journal", "journal_part", "journal_record", "journal_undone"] {
                intruder.execute(&format!("DELETE FROM {table} WHERE seq = ?1"), [seq]).unwrap();
            }
            intruder.execute("DELETE FROM journal_undone WHERE undone_by = ?1", [seq]).unwrap();
        });
        assert!(!faults.is_empty(), "entry {seq} is missing");
        let named = format!("The journal jumps from entry {} to entry {}.", seq - 1, seq + 1);
        assert_eq!(
            faults.contains(&named),
            seq < 5,
            "the gap is named, but for the last, which only the tables betray: {faults:?}"
        );
    }
}

#[test]
fn an_added_entry_is_found() {
    let faults = after(run(
        "INSERT INTO journal SELECT 6, at, actor, actor_name, device, 'Forged', kind, of, schema, records, parts, hash, hash
         FROM journal WHERE seq = 5;",
    ));
    assert!(
        faults.contains(&"Entry 6 was altered.".to_owned())
            || faults.iter().any(|fault| fault.contains("Entry 6")),
        "{faults:?}"
    );
}

#[test]
fn entries_that_changed_places_are_found() {
    let faults = after(run(
        "UPDATE journal SET seq = 99 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 99;
         UPDATE journal_part SET seq = 99 WHERE seq = 2; UPDATE journal_part SET seq = 2 WHERE seq = 3; UPDATE journal_part SET seq = 3 WHERE seq = 99;",
    ));
    assert!(faults.contains(&"Entry 2 does not follow the one before it.".to_owned()), "{faults:?}");
}

#[test]
fn a_record_changed_added_or_dropped_outside_the_journal_is_found() {
    for sql in [
        "UPDATE cases SET stage = 'awarded', amount = 500000",
        "UPDATE businesses SET phone = '1' WHERE phone IS NULL",
        "DELETE FROM letters",
        "INSERT INTO businesses (id, name) VALUES (x'00112233445566778899aabbccddeeff', 'Ghost')",
    ] {
        assert!(!after(run(sql)).is_empty(), "{sql}");
    }
}

#[test]
fn personal_values_that_nobody_erased_are_missed() {
    let faults = after(run("UPDATE journal_part SET personal = NULL WHERE seq = 1"));
    assert!(faults.iter().any(|fault| fault.contains("nobody erased")), "{faults:?}");
}

#[test]
fn a_list_of_undone_entries_that_lies_is_found() {
    let faults = after(run("DELETE FROM journal_undone"));
    assert!(faults.iter().any(|fault| fault.contains("out of step")), "{faults:?}");
}

#[test]
fn an_index_that_leads_elsewhere_is_found() {
    for sql in [
        "UPDATE journal_record SET part = 7 WHERE seq = 2",
        "UPDATE journal_record SET tbl = 'letters' WHERE seq = 2",
        "UPDATE journal_record SET key = x'00' WHERE seq = 2",
    ] {
        assert_eq!(after(run(sql)), ["The index of the journal is out of step with it."], "{sql}");
    }
}

#[test]
fn an_entry_that_cannot_be_read_is_named_and_no_other() {
    for sql in [
        "UPDATE journal SET of = 'nonsense' WHERE seq = 2",
        "UPDATE journal SET actor = x'00' WHERE seq = 2",
        "UPDATE journal SET schema = -1 WHERE seq = 2",
        "UPDATE journal SET label = CAST(x'ff' AS TEXT) WHERE seq = 2",
    ] {
        assert_eq!(after(run(sql)), ["Entry 2: it cannot be read."], "{sql}");
    }
}

#[test]
fn a_part_that_is_not_in_its_place_or_claims_more_records_than_it_can_hold_is_found() {
    for (sql, fault) in [
        ("UPDATE journal_part SET part = 3 WHERE seq = 2", "Entry 2: its parts are not in their places."),
        (
            "UPDATE journal_part SET records = 9223372036854775807 WHERE seq = 2",
            "Entry 2: a part of the journal has digests missing.",
        ),
    ] {
        assert_eq!(after(run(sql)), [fault], "{sql}");
    }
}

#[test]
fn a_record_that_would_go_with_its_parent_is_missed_while_the_parent_stands() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    act(&mut register, "Write a note", |tx| {
        Ok(tx.execute(
            "INSERT INTO notes (id, case_id, body) VALUES (?1, ?2, 'x')",
            [uuid::Uuid::now_v7(), case],
        )?)
    });
    assert_sound(&register);
    register.reader().execute_batch("PRAGMA query_only = OFF; DELETE FROM notes;").unwrap();
    assert_eq!(register.verify().unwrap().faults, ["A record in notes is not as entry 3 left it."]);
}

#[test]
fn an_erasure_excuses_nothing_that_happens_after_it() {
    for (sql, fault) in [
        (
            "DROP TRIGGER journal_part_is_kept; UPDATE journal_part SET personal = NULL WHERE seq = 3",
            "Entry 3: personal details are missing that nobody erased.",
        ),
        ("UPDATE businesses SET phone = '0121'", "A record in businesses is not as entry 2 left it."),
    ] {
        let mut register = in_memory();
        let business = add_business(&mut register, "Jo Bloggs");
        register.erase_personal("businesses", business.as_bytes(), "they asked").unwrap();
        rename(&mut register, business, "Jo Bloggs");
        assert_sound(&register);
        register.reader().execute_batch(&format!("PRAGMA query_only = OFF; {sql}")).unwrap();
        assert_eq!(register.verify().unwrap().faults, [fault], "{sql}");
    }
}

#[test]
fn a_changed_file_inside_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    register.change("Keep", |tx| Register::store_blob(tx, b"an invoice")).unwrap();
    behind(folder.path(), &register.data_key().unwrap())
        .execute("UPDATE blobs SET content = x'00'", [])
        .unwrap();
    assert!(!register.verify().unwrap().sound);
}

#[test]
fn a_broken_page_is_found() {
    let (folder, _) = written();
    let path = folder.path().join("register.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let sound =
        Register::open_with(folder.path(), &SCHEMA, as_asha(), &QUICK).and_then(|register| register.verify());
    assert!(!sound.is_ok_and(|found| found.sound));
}

#[test]
fn the_head_moves_with_every_entry() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let first = register.verify().unwrap();
    rename(&mut register, business, "Brook Metals");
    let second = register.verify().unwrap();
    assert_eq!((first.entries, second.entries, first.head.len()), (1, 2, 64));
    assert_ne!(first.head, second.head);
}

#[test]
fn what_is_derived_is_made_anew_from_journal_and_tables() {
    let (folder, key) = written();
    let intruder = behind(folder.path(), &key);
    intruder
        .execute_batch("DELETE FROM journal_record; DELETE FROM journal_undone; DELETE FROM words;")
        .unwrap();
    drop(intruder);
    let mut register = open(folder.path());
    assert!(!register.verify().unwrap().sound);
    register.rebuild_derived().unwrap();
    assert_sound(&register);
    assert_eq!(count(register.reader(), "words"), 1);
    assert_eq!(register.entry(3).unwrap().undone_by, Some(5));
}
