//! kill -9 at a random moment of an officer's work, and a pause of the whole computer.

use std::{
    fs,
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

use casework::{Desk, cases, letters};
use exchange::child::Reader;
use faults::{
    office::{
        AWARDED, Office, ROWS, TODAY, applications_file, assert_whole, copy_folder, import, passphrase,
        programme_and_round, without_letter,
    },
    times, upgrade,
    work::{Work, newest},
};
use register::{BackupReason, ComputerKey, Register, RegisterError, Unlock};
use rustix::process::Signal;

use crate::at_work::{AtWork, opened_again};

const FEW: usize = 5;

/// Anywhere in the first `most` milliseconds.
fn random_moment(most: u64) -> Duration {
    Duration::from_micros(RandomState::new().build_hasher().finish() % (most * 1_000))
}

/// Kills an officer at this work again and again in one office; looks at it after each.
fn kill_again_and_again(work: Work, most: u64, look: impl Fn(&Office, &mut Desk)) {
    let office = Office::new();
    fs::write(office.folder.with_file_name("applications.csv"), applications_file()).unwrap();
    for round in 0..times(FEW) {
        let moment = random_moment(most);
        let said = AtWork::begin(work, &office.folder, &office.key).killed_after(moment);
        let mut desk = opened_again(&office);
        assert_whole(&desk);
        let kept = newest(&desk);
        let said = said.unwrap_or(0);
        assert!(kept >= said, "round {round}, {moment:?}: entry {said} was done, but {kept} is the last");
        look(&office, &mut desk);
    }
}

#[test]
fn killed_in_a_stream_of_changes_each_action_is_there_whole_or_not_at_all() {
    kill_again_and_again(Work::Changes, 400, |_, desk| {
        let open = cases::ids(desk, "stage:submitted").unwrap().len();
        assert!(open <= 1, "one award at a time is taken back");
    });
}

#[test]
fn killed_in_an_import_all_its_rows_are_there_or_none_and_it_can_be_done_again() {
    kill_again_and_again(Work::Import, 1_500, |office, desk| {
        let held = cases::ids(desk, "").unwrap().len();
        assert!(held == AWARDED || held == AWARDED + ROWS, "{held} cases");
        let file = office.folder.with_file_name("applications.csv");
        let (_, taken) = import(desk, Reader::Unbounded, &file).unwrap();
        assert_eq!(usize::try_from(taken).unwrap(), AWARDED + ROWS - held, "what is held is not taken twice");
        assert_whole(desk);
    });
}

#[test]
fn killed_in_a_batch_of_letters_no_number_is_lost_and_the_batch_can_be_issued_again() {
    kill_again_and_again(Work::Letters, 1_500, |_, desk| {
        let owed = without_letter(desk).unwrap();
        assert!(owed.is_empty() || owed.len() == AWARDED, "half a batch is there");
        letters::issue(desk, "award", &owed, &|_| true).unwrap();
        assert!(without_letter(desk).unwrap().is_empty());
        for id in cases::ids(desk, "").unwrap() {
            let of_case = letters::of_case(desk, id).unwrap();
            let standing: Vec<_> = of_case.iter().filter(|letter| letter.withdrawn_on.is_none()).collect();
            assert_eq!(standing.len(), 1, "exactly one letter each");
            assert!(letters::pdf(desk, standing[0].id).unwrap().starts_with(b"%PDF"));
        }
        assert_whole(desk);
    });
}

#[test]
fn killed_in_a_backup_what_is_listed_can_be_restored_and_nothing_half_stays() {
    kill_again_and_again(Work::Backup, 600, |office, desk| {
        let listed = Register::backups(&office.folder).unwrap();
        let copy = tempfile::tempdir().unwrap();
        let elsewhere = office.at(copy.path().join("office.vdesk"));
        copy_folder(&office.folder, &elsewhere.folder);
        Register::restore(&elsewhere.folder, &listed[0].name, office.unlock()).unwrap();
        assert_whole(&elsewhere.open());
        desk.register_mut().backup().unwrap();
        let half = fs::read_dir(office.folder.join("backups"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("unverified") || name.ends_with(".new"))
            .count();
        assert_eq!(half, 0, "what the crash left is cleared away");
    });
}

#[test]
fn killed_in_an_upgrade_the_tables_are_the_old_ones_or_the_new_and_the_next_opening_ends_it() {
    let made = tempfile::tempdir().unwrap();
    let before = made.path().join("before.vdesk");
    let key = upgrade::create(&before);
    for round in 0..times(FEW) {
        let folder = made.path().join(format!("{round}.vdesk"));
        copy_folder(&before, &folder);
        let moment = random_moment(400);
        AtWork::begin(Work::Upgrade, &folder, &key).killed_after(moment);
        match upgrade::open(&folder, &upgrade::OLD, &key) {
            Ok(old) => assert_eq!(upgrade::at_stage(&old, "old"), upgrade::RECORDS, "{moment:?}"),
            Err(RegisterError::Newer { found: 2, .. }) => {}
            Err(other) => panic!("{moment:?}: {other}"),
        }
        let upgraded = upgrade::open(&folder, &upgrade::NEW, &key).unwrap();
        assert_eq!(upgrade::at_stage(&upgraded, "new"), upgrade::RECORDS);
        let proof = upgraded.verify().unwrap();
        assert!(proof.sound, "{:#?}", proof.faults);
        assert_eq!(proof.entries, 2, "the start and one upgrade");
        drop(upgraded);
        let backups = Register::backups(&folder).unwrap();
        let kept = backups.iter().find(|backup| backup.reason == BackupReason::BeforeUpgrade).unwrap();
        let unlock = Unlock::Remembered(key.clone());
        Register::restore(&folder, &kept.name, unlock).unwrap();
        let back = upgrade::open(&folder, &upgrade::OLD, &key).unwrap();
        assert_eq!(upgrade::at_stage(&back, "old"), upgrade::RECORDS, "the backup before it opens as it was");
    }
}

#[test]
fn killed_while_a_register_is_made_what_its_passphrase_opens_is_an_office_to_work_in() {
    let made = tempfile::tempdir().unwrap();
    let nobody = ComputerKey::from_text(&"00".repeat(32)).unwrap();
    for round in 0..times(FEW) {
        let folder = made.path().join(format!("{round}.vdesk"));
        let at_work = AtWork::begin(Work::Create, &folder, &nobody);
        // Before its key slots are written there is no register, and that takes longest.
        while !folder.join("keys.json").exists() {
            std::thread::yield_now();
        }
        let moment = random_moment(12);
        at_work.killed_after(moment);
        let unlock = Unlock::Passphrase { officer_name: "Ada Manager".into(), passphrase: passphrase() };
        let mut desk = Desk::open(&folder, unlock, TODAY.parse().unwrap()).unwrap();
        assert_eq!(desk.officer().unwrap().name, "Ada Manager", "{moment:?}");
        assert!(desk.register().verify().unwrap().sound, "{moment:?}");
        programme_and_round(&mut desk);
    }
}

#[test]
fn a_computer_that_sleeps_in_the_middle_of_an_action_holds_the_register_and_goes_on_afterwards() {
    let office = Office::new();
    for _ in 0..times(3) {
        let at_work = AtWork::begin(Work::Changes, &office.folder, &office.key);
        std::thread::sleep(random_moment(150));
        at_work.signal(Signal::STOP);
        let second = office.open();
        let why = second.register().is_read_only().expect("the sleeper still has it");
        assert_eq!(why.who, "Ada Manager");
        assert_whole(&second);
        let seen = newest(&second);
        drop(second);
        at_work.signal(Signal::CONT);
        let said = at_work.killed_after(Duration::from_millis(250)).expect("it went on");
        assert!(said > seen, "entry {said} was done after it woke, and {seen} while it slept");
        assert_whole(&office.open());
    }
}
