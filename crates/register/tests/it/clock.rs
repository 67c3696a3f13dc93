//! A computer's clock is set back, or was wrong for a while.

use chrono::{DateTime, TimeDelta, Utc};
use register::{BackupReason, Register};

use crate::office::*;

fn noon() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn set_clock(register: &mut Register, at: DateTime<Utc>) {
    register.set_clock(move || at);
}

#[test]
fn undo_and_proof_go_by_the_order_of_the_journal_and_not_by_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    set_clock(&mut register, noon());
    let business = add_business(&mut register, "Brook Alloys");
    rename(&mut register, business, "Brook Metals");
    set_clock(&mut register, noon() - TimeDelta::days(400));
    let last = rename(&mut register, business, "Brook Castings");
    assert_sound(&register);
    let key = business.as_bytes();
    let told: Vec<i64> =
        register.history("businesses", key).unwrap().iter().map(|(entry, _)| entry.seq).collect();
    assert_eq!(told, [3, 2, 1], "the history is in the order in which it was done");
    assert_eq!(register.next_undo().unwrap().unwrap().seq, last);
    register.undo(last).unwrap();
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Metals"));
    assert_eq!(register.next_undo().unwrap().unwrap().seq, 2);
    register.redo().unwrap();
    assert_eq!(name_of(&register, business).as_deref(), Some("Brook Castings"));
    assert_sound(&register);
}

#[test]
fn a_year_under_a_wrong_clock_does_not_stop_the_daily_backup_nor_cost_the_good_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    for number in 0..12 {
        set_clock(&mut register, noon() + TimeDelta::days(4_000 + number));
        add_business(&mut register, &format!("Brook Alloys {number}"));
        register.backup().unwrap();
    }
    set_clock(&mut register, noon());
    add_business(&mut register, "Other");
    let made = register.backup_if_due().unwrap().expect("a backup is due, whatever the year of the last one");
    assert_eq!(made.reason, BackupReason::Daily);
    add_business(&mut register, "Another");
    assert_eq!(register.backup_if_due().unwrap(), None, "a day has not passed since the one just made");
    for day in 1..=20 {
        set_clock(&mut register, noon() + TimeDelta::days(day));
        add_business(&mut register, &format!("Of day {day}"));
        let made = register.backup_if_due().unwrap().expect("one a day");
        let kept = Register::backups(folder.path()).unwrap();
        assert!(kept.contains(&made), "the backup of day {day} is there after thinning");
    }
    let days = Register::backups(folder.path()).unwrap();
    let of_this_year = days.iter().filter(|backup| backup.at <= noon() + TimeDelta::days(20)).count();
    assert!(of_this_year >= 7, "seven days are kept, {of_this_year} are there");
}

#[test]
fn on_a_share_the_second_reads_the_newest_backup_also_after_a_wrong_clock() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) =
        Register::create_with(folder.path(), &SCHEMA, asha(), &passphrase(), &SHARE).unwrap();
    set_clock(&mut first, Utc::now() + TimeDelta::days(4_000));
    let business = add_business(&mut first, "Brook Alloys");
    first.backup().unwrap();
    set_clock(&mut first, Utc::now());
    rename(&mut first, business, "Brook Metals");
    let newest = first.backup().unwrap();
    let second = Register::open_with(folder.path(), &SCHEMA, as_asha(), &SHARE).unwrap();
    assert_eq!(second.is_read_only().unwrap().as_of, Some(newest.at));
    assert_eq!(name_of(&second, business).as_deref(), Some("Brook Metals"));
}
