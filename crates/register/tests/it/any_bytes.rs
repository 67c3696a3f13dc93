//! Whatever stands in the files of a register, opening and verifying answer, in bounded time; nothing panics.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestRunner};
use register::{RecoveryKey, Register, Unlock};
use serde_json::{Value, json};

use crate::office::*;

/// Multiplied in the long form.
fn times() -> u32 {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases: cases * times(),
        failure_persistence: None,
        ..Default::default()
    })
}

/// A change to a file of JSON.
#[derive(Clone, Debug)]
enum Change {
    /// Another value in the place of the one that is this far on.
    Value(usize, Value),
    /// Other bytes from this place on.
    Bytes(usize, Vec<u8>),
    /// Nothing from this place on.
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("A".repeat(50_000)),
        json!("not base64"),
        json!([]),
        json!({}),
        json!([[[[[[]]]]]]),
        json!("2026-13-45T99:99:99Z"),
    ];
    prop_oneof![
        3 => (any::<usize>(), select(values)).prop_map(|(at, value)| Change::Value(at, value)),
        2 => (any::<usize>(), vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Bytes(at, bytes)),
        1 => any::<usize>().prop_map(Change::Cut),
    ]
}

/// Where each value stands, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (name, entry) in entries {
                places(entry, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn changed(whole: &[u8], change: &Change) -> Vec<u8> {
    match change {
        Change::Value(at, value) => {
            let mut json: Value = serde_json::from_slice(whole).unwrap();
            let mut found = Vec::new();
            places(&json, "", &mut found);
            *json.pointer_mut(&found[at % found.len()]).unwrap() = value.clone();
            serde_json::to_vec(&json).unwrap()
        }
        Change::Bytes(at, bytes) => {
            let at = at % whole.len();
            [&whole[..at], bytes, whole.get(at + bytes.len()..).unwrap_or_default()].concat()
        }
        Change::Cut(at) => whole[..at % whole.len()].to_vec(),
    }
}

/// A copy in a folder of its own: failures are counted by folder.
fn copied(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("backups")).unwrap();
    for file in ["register.db", "keys.json", "backups/keys.json"] {
        fs::copy(from.join(file), folder.path().join(file)).unwrap();
    }
    folder
}

#[test]
fn any_keys_file_opens_the_register_as_it_is_or_not_at_all() {
    let original = tempfile::tempdir().unwrap();
    let (mut register, key) = create(original.path());
    add_business(&mut register, "Brook Alloys");
    drop(register);
    let keys = fs::read(original.path().join("keys.json")).unwrap();
    let printed = key.printed();
    runner(96)
        .run(&vec(change(), 1..4), |changes| {
            let folder = copied(original.path());
            let bytes = changes.iter().try_fold(keys.clone(), |bytes, change| {
                // What is no JSON any more only has bytes.
                let is_json = serde_json::from_slice::<Value>(&bytes).is_ok();
                (is_json && !bytes.is_empty()).then(|| changed(&bytes, change))
            });
            let Some(bytes) = bytes else { return Ok(()) };
            for file in ["keys.json", "backups/keys.json"] {
                fs::write(folder.path().join(file), &bytes).unwrap();
            }
            let started = Instant::now();
            let _ = Register::slots(folder.path());
            let recovery = Unlock::Recovery { key: RecoveryKey::parse(&printed).unwrap(), as_officer: None };
            for unlock in [as_asha(), recovery] {
                match Register::open_with(folder.path(), &SCHEMA, unlock, &QUICK) {
                    Ok(register) => prop_assert!(register.verify().unwrap().sound),
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
            }
            prop_assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_value_in_the_journal_s_tables_is_verified_without_a_panic_and_a_changed_one_is_found() {
    const COLUMNS: [(&str, &str); 14] = [
        ("journal", "at"),
        ("journal", "actor"),
        ("journal", "actor_name"),
        ("journal", "device"),
        ("journal", "label"),
        ("journal", "kind"),
        ("journal", "of"),
        ("journal", "schema"),
        ("journal", "records"),
        ("journal", "parts"),
        ("journal", "hash"),
        ("journal_part", "plain"),
        ("journal_part", "personal"),
        ("journal_part", "digests"),
    ];
    let original = tempfile::tempdir().unwrap();
    let (mut register, _) = create(original.path());
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let moved = move_to(&mut register, case, "offered");
    register.undo(moved).unwrap();
    let key = register.data_key().unwrap();
    drop(register);
    let intruder = behind(original.path(), &key);
    intruder
        .execute_batch(
            "DROP TRIGGER journal_is_kept; DROP TRIGGER journal_is_whole; DROP TRIGGER journal_is_appended;
             DROP TRIGGER journal_part_is_kept; DROP TRIGGER journal_part_is_whole;
             PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .unwrap();
    drop(intruder);
    let value = prop_oneof![
        // Nothing at all in the place of personal values is what erasure leaves.
        vec(any::<u8>(), 1..80).prop_map(rusqlite::types::Value::from),
        ".{0,40}".prop_map(rusqlite::types::Value::from),
        any::<i64>().prop_map(rusqlite::types::Value::from),
        (0i64..9).prop_map(rusqlite::types::Value::from),
    ];
    runner(64)
        .run(&(select(COLUMNS.as_slice()), 1i64..=4, value), |((table, column), seq, value)| {
            let folder = copied(original.path());
            let intruder = behind(folder.path(), &key);
            let held = || -> rusqlite::types::Value {
                let sql = format!("SELECT {column} FROM {table} WHERE seq = ?1");
                intruder.query_row(&sql, [seq], |row| row.get(0)).unwrap()
            };
            let was = held();
            // What the column's type or a check does not take cannot stand there.
            let set = format!("UPDATE {table} SET {column} = ?1 WHERE seq = ?2");
            let _ = intruder.execute(&set, (&value, seq));
            let taken = held() != was;
            drop(intruder);
            let started = Instant::now();
            match Register::open_with(folder.path(), &SCHEMA, as_asha(), &QUICK) {
                Ok(register) => match register.verify() {
                    Ok(verified) => {
                        prop_assert_eq!(verified.sound, !taken, "{}.{} {:?}", table, column, value)
                    }
                    Err(error) => prop_assert!(taken, "{error}"),
                },
                Err(error) => prop_assert!(taken, "{error}"),
            }
            prop_assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
            Ok(())
        })
        .unwrap();
}
