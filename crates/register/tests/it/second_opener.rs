//! One writes; whoever comes second reads, and is told who writes.

use std::{
    fs::{self, File},
    thread,
    time::Duration,
};

use register::{Passphrase, Register, RegisterError, Settings, Unlock};

use crate::office::*;

fn second(folder: &std::path::Path, settings: &Settings) -> Register {
    Register::open_with(folder, &SCHEMA, as_asha(), settings).unwrap()
}

#[test]
fn the_second_reads_what_the_first_writes_and_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) = create(folder.path());
    let business = add_business(&mut first, "Brook Alloys");
    let mut second = second(folder.path(), &QUICK);
    let why = second.is_read_only().expect("the second is read-only");
    assert_eq!((why.who.as_str(), why.as_of), ("Asha Patel", None));
    assert!(why.to_string().contains("Asha Patel has the register open on"));
    rename(&mut first, business, "Brook Metals");
    assert_eq!(name_of(&second, business).as_deref(), Some("Brook Metals"), "it sees the register itself");
    let tried: Done<usize> = second.change("Write", |tx| Ok(tx.execute("DELETE FROM businesses", [])?));
    assert!(matches!(tried, Err(RegisterError::ReadOnly { .. })));
    assert!(second.reader().execute("DELETE FROM businesses", []).is_err());
    assert!(matches!(second.undo(1), Err(RegisterError::ReadOnly { .. })));
    assert!(second.undo_plan(1).unwrap().refused.is_some());
    assert!(matches!(second.backup(), Err(RegisterError::ReadOnly { .. })));
    assert!(matches!(second.add_officer(ben(), &passphrase()), Err(RegisterError::ReadOnly { .. })));
    assert_sound(&second);
    second.close().unwrap();
    assert_eq!(first.is_read_only(), None);
    rename(&mut first, business, "Brook Again");
}

#[test]
fn the_next_writes_once_the_first_is_gone_even_without_closing() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _) = create(folder.path());
    drop(first);
    assert_eq!(second(folder.path(), &QUICK).is_read_only(), None);
    // What a crash leaves behind: the note, but no lock.
    let note = r#"{"who":"Ghost","device":"gone","since":"2026-01-01T00:00:00Z","exclusive":false}"#;
    fs::write(folder.path().join("lock.json"), note).unwrap();
    assert_eq!(second(folder.path(), &QUICK).is_read_only(), None);
}

#[test]
fn a_lock_that_another_program_has_for_a_moment_as_it_starts_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    drop(create(folder.path()));
    let lock = File::options().write(true).open(folder.path().join("lock")).unwrap();
    lock.lock().unwrap();
    let starting = thread::spawn(move || {
        thread::sleep(Duration::from_millis(80));
        drop(lock);
    });
    assert_eq!(second(folder.path(), &QUICK).is_read_only(), None);
    starting.join().unwrap();
}

#[test]
fn on_a_share_the_second_reads_the_last_backup_and_is_told_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) =
        Register::create_with(folder.path(), &SCHEMA, asha(), &passphrase(), &SHARE).unwrap();
    let business = add_business(&mut first, "Brook Alloys");
    let none = Register::open_with(folder.path(), &SCHEMA, as_asha(), &SHARE).map(|_| ());
    assert!(matches!(none, Err(RegisterError::ReadOnly { .. })), "without a backup there is nothing to show");
    let backup = first.backup().unwrap();
    rename(&mut first, business, "Brook Metals");
    assert_eq!(name_of(&first, business).as_deref(), Some("Brook Metals"));
    assert!(
        first.reader().execute("DELETE FROM businesses", []).is_err(),
        "the reader is the writer here, and still cannot write"
    );
    let second = second(folder.path(), &SHARE);
    assert_eq!(second.is_read_only().unwrap().as_of, Some(backup.at));
    assert_eq!(name_of(&second, business).as_deref(), Some("Brook Alloys"));
    drop((first, second));
    assert_eq!(name_of(&open(folder.path()), business).as_deref(), Some("Brook Metals"));
}

#[test]
fn a_new_passphrase_waits_until_the_register_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let (_first, key) = create(folder.path());
    let unlock = Unlock::Recovery { key, as_officer: Some((asha(), Passphrase::new("a new passphrase"))) };
    let refused = Register::open_with(folder.path(), &SCHEMA, unlock, &QUICK).map(|_| ());
    assert!(matches!(refused, Err(RegisterError::ReadOnly { .. })));
}
