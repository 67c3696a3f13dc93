//! Backups and their return.

use std::fs;

use register::{BackupReason, Register, RegisterError};

use crate::office::*;

#[test]
fn closing_makes_a_backup_if_something_changed_since_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    add_business(&mut register, "Brook Alloys");
    register.close().unwrap();
    let made = Register::backups(folder.path()).unwrap();
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].reason, made[0].entries, made[0].schema), (BackupReason::Closed, 1, 1));
    open(folder.path()).close().unwrap();
    assert_eq!(Register::backups(folder.path()).unwrap().len(), 1, "nothing changed");
}

#[test]
fn a_backup_is_due_a_day_after_the_last_if_something_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    add_business(&mut register, "Brook Alloys");
    assert!(register.backup_if_due().unwrap().is_some());
    add_business(&mut register, "Other");
    assert_eq!(register.backup_if_due().unwrap(), None, "a day has not passed");
    register.set_clock(|| chrono::Utc::now() + chrono::TimeDelta::days(2));
    assert_eq!(register.backup_if_due().unwrap().unwrap().reason, BackupReason::Daily);
    register.set_clock(|| chrono::Utc::now() + chrono::TimeDelta::days(4));
    assert_eq!(register.backup_if_due().unwrap(), None, "nothing changed");
}

#[test]
fn a_restored_backup_is_the_register_of_its_time_and_what_it_replaced_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let backup = register.backup().unwrap();
    rename(&mut register, business, "Wrong");
    let busy = Register::restore(folder.path(), &backup.name, as_asha());
    assert!(matches!(busy, Err(RegisterError::ReadOnly { .. })), "not while it is open");
    drop(register);
    assert_eq!(Register::restore(folder.path(), &backup.name, as_asha()).unwrap(), backup);
    let mut register = open(folder.path());
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Alloys"));
    assert_sound(&register);
    rename(&mut register, business, "Right");
    drop(register);
    let kept = Register::backups(folder.path())
        .unwrap()
        .into_iter()
        .find(|kept| kept.reason == BackupReason::BeforeRestore)
        .unwrap();
    Register::restore(folder.path(), &kept.name, as_asha()).unwrap();
    assert_eq!(name_of(&open(folder.path()), business).as_deref(), Some("Wrong"), "nothing was lost");
}

#[test]
fn a_backup_brings_back_a_register_that_is_damaged_and_the_damaged_file_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let backup = register.backup().unwrap();
    drop(register);
    fs::write(folder.path().join("register.db"), "scrambled".repeat(5_000)).unwrap();
    Register::restore(folder.path(), &backup.name, as_asha()).unwrap();
    assert_eq!(name_of(&open(folder.path()), business).as_deref(), Some("Brook Alloys"));
    let kept = fs::read_dir(folder.path())
        .unwrap()
        .any(|file| file.unwrap().file_name().to_string_lossy().contains("damaged"));
    assert!(kept);
}

#[test]
fn a_damaged_or_unknown_backup_is_refused_and_the_register_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let backup = register.backup().unwrap();
    drop(register);
    let path = folder.path().join("backups").join(format!("{}.db", backup.name));
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(
        Register::restore(folder.path(), &backup.name, as_asha()),
        Err(RegisterError::BackupUnsound { .. })
    ));
    assert!(matches!(
        Register::restore(folder.path(), "../register", as_asha()),
        Err(RegisterError::NoSuchBackup { .. })
    ));
    assert_eq!(name_of(&open(folder.path()), business).as_deref(), Some("Brook Alloys"));
}

#[test]
fn a_backup_that_was_never_verified_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    register.backup().unwrap();
    fs::write(folder.path().join("backups/2099-01-01T000000Z.unverified"), "half").unwrap();
    fs::write(folder.path().join("backups/2099-01-01T000000Z.db"), "half").unwrap();
    assert_eq!(Register::backups(folder.path()).unwrap().len(), 1);
}

#[test]
fn a_backup_is_listed_by_the_note_beside_it_and_never_read_for_that() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    add_business(&mut register, "Brook Alloys");
    register.close().unwrap();
    let backups = folder.path().join("backups");
    let notes = fs::read_dir(&backups).unwrap().map(|file| file.unwrap().path());
    let note = notes.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "json"));
    // Were it read, it would count as one more.
    fs::copy(note.unwrap(), backups.join("large.db")).unwrap();
    assert_eq!(Register::backups(folder.path()).unwrap().len(), 1);
}

#[test]
fn old_backups_are_thinned_as_new_ones_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    for day in 0..12 {
        register
            .set_clock(move || chrono::DateTime::from_timestamp(1_780_000_000 + day * 86_400, 0).unwrap());
        register.backup().unwrap();
    }
    let left = Register::backups(folder.path()).unwrap();
    assert!((8..=10).contains(&left.len()), "{} are left of twelve days", left.len());
    let files = fs::read_dir(folder.path().join("backups")).unwrap().count();
    assert_eq!(files, 2 * left.len() + 1, "file and facts go together, beside the copy of the keys");
}

#[test]
fn what_a_crash_left_of_a_backup_is_cleared_away_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let backups = folder.path().join("backups");
    let stamp = "2026-11-24T120000Z";
    for half in ["unverified", "unverified-journal", "unverified-wal", "json", "json.new"] {
        fs::write(backups.join(format!("{stamp}.{half}")), "half").unwrap();
    }
    fs::write(backups.join("notes of the office.txt"), "not ours").unwrap();
    register.set_clock(|| "2026-11-24T12:00:00Z".parse().unwrap());
    let made = register.backup().unwrap();
    let mut left: Vec<String> = fs::read_dir(&backups)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let expected = [format!("{}.db", made.name), format!("{}.json", made.name)];
    assert_eq!(left[..2], expected);
    assert_eq!(left[2..], ["keys.json", "notes of the office.txt"]);
}

/// Copies a register while it is open: what a crash leaves behind.
fn crashed(folder: &std::path::Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    fs::create_dir(left.path().join("backups")).unwrap();
    for within in ["", "backups"] {
        for file in fs::read_dir(folder.join(within)).unwrap().map(|file| file.unwrap()) {
            if file.path().is_file() && !file.file_name().to_string_lossy().ends_with("-shm") {
                fs::copy(file.path(), left.path().join(within).join(file.file_name())).unwrap();
            }
        }
    }
    left
}

#[test]
fn what_was_committed_before_a_crash_is_there_and_does_not_leak_into_a_restored_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let backup = register.backup().unwrap();
    rename(&mut register, business, "Brook Metals");
    let left = crashed(folder.path());
    assert!(
        fs::metadata(left.path().join("register.db-wal")).unwrap().len() > 0,
        "the last change is only in the log"
    );
    let opened = open(left.path());
    assert_eq!(name_of(&opened, business).as_deref(), Some("Brook Metals"));
    assert_sound(&opened);
    drop(opened);
    let left = crashed(folder.path());
    fs::write(left.path().join("register.db"), "scrambled".repeat(5_000)).unwrap();
    Register::restore(left.path(), &backup.name, as_asha()).unwrap();
    let restored = open(left.path());
    assert_eq!(name_of(&restored, business).as_deref(), Some("Brook Alloys"));
    assert_sound(&restored);
}
