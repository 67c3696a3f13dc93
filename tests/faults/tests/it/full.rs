//! A drive that is full at any write: the officer is told, nothing is half kept, and work goes on when there is room.

use std::fs;

use casework::{
    Desk, cases, letters,
    problem::{Code, Problem},
    saving,
};
use exchange::child::Reader;
use faults::{
    drive::Drive,
    office::{
        self, AWARDED, Office, ROWS, TODAY, applications_file, assert_whole, import, passphrase,
        without_letter,
    },
    work::newest,
};
use register::{Actor, Passphrase, Register};
use uuid::Uuid;

const MEGABYTES: usize = 48;
/// A page of the drive: less room than one more of these is no different.
const STEP: u64 = 4_096;

/// The words of a drive that is full: what happened, what was kept, what to do.
fn assert_said(problem: &Problem, room: u64) {
    assert_eq!(problem.code, Code::File, "{room} bytes: {problem:?}");
    assert!(problem.message.contains("full"), "{room} bytes: {problem:?}");
    assert!(
        problem.message.contains("kept") || problem.message.contains("as it was"),
        "{room} bytes: {problem:?}"
    );
    assert!(problem.fix.as_deref().is_some_and(|fix| fix.contains("Make room")), "{room} bytes: {problem:?}");
}

/// Tries an action with less room than it needs, in steps that widen, until it has enough. After each refusal the register
/// is whole and as it was. Gives how often it was refused.
fn squeezed(drive: &Drive, desk: &mut Desk, act: impl Fn(&mut Desk) -> Result<(), Problem>) -> usize {
    let mut refusals = 0;
    let mut room = 0;
    loop {
        let before = seen(desk);
        drive.leave(room);
        match act(desk) {
            Err(problem) => {
                assert_said(&problem, room);
                assert_eq!(seen(desk), before, "{room} bytes: nothing was kept");
                refusals += 1;
            }
            Ok(()) => break,
        }
        assert!(refusals < 200, "it is refused for ever");
        // Every page at first, where the write places are; then ever wider.
        room = (room + STEP).max(room * 5 / 4 / STEP * STEP);
    }
    drive.make_room();
    assert_whole(desk);
    act_again(desk);
    refusals
}

/// How many cases there are, how many hold an award, and how many of those have no letter. How an import's columns were
/// matched is remembered by itself, and may be kept though its rows were not.
fn seen(desk: &Desk) -> [usize; 3] {
    [
        cases::ids(desk, "").unwrap().len(),
        office::awarded(desk).unwrap().len(),
        without_letter(desk).unwrap().len(),
    ]
}

/// Work goes on.
fn act_again(desk: &mut Desk) {
    let newest = desk.register().next_undo().unwrap().unwrap();
    desk.undo(newest.seq).unwrap();
    desk.redo().unwrap();
}

#[test]
fn a_change_an_import_and_a_batch_of_letters_are_refused_whole_and_done_when_there_is_room() {
    let Some(drive) = Drive::new(MEGABYTES) else { return };
    let office = Office::within(drive.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("applications.csv");
    fs::write(&file, applications_file()).unwrap();
    let mut desk = office.open();
    let first = desk.register().next_undo().unwrap().unwrap();
    desk.undo(first.seq).unwrap();
    let case = cases::ids(&desk, "stage:submitted").unwrap()[0];
    let mut refusals = squeezed(&drive, &mut desk, |desk| office::award(desk, case).map(drop));
    refusals += squeezed(&drive, &mut desk, |desk| {
        letters::issue(desk, "award", &without_letter(desk).unwrap(), &|_| true).map(|_| ())
    });
    assert!(without_letter(&desk).unwrap().is_empty());
    refusals += squeezed(&drive, &mut desk, |desk| import(desk, Reader::Unbounded, &file).map(|_| ()));
    assert_eq!(cases::ids(&desk, "").unwrap().len(), AWARDED + ROWS);
    assert!(refusals >= 12, "it was squeezed only {refusals} times");
    desk.close().unwrap();
    assert_whole(&office.open());
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing_half_and_closing_keeps_the_work() {
    let Some(drive) = Drive::new(MEGABYTES) else { return };
    let office = Office::within(drive.path());
    let mut desk = office.open();
    let case = cases::ids(&desk, "").unwrap()[0];
    letters::issue(&mut desk, "award", &[case], &|_| true).unwrap();
    let refusals = squeezed(&drive, &mut desk, |desk| Ok(desk.register_mut().backup().map(|_| ())?));
    assert!(refusals >= 3, "it was squeezed only {refusals} times");
    let owed = without_letter(&desk).unwrap();
    letters::issue(&mut desk, "award", &owed, &|_| true).unwrap();
    let done = newest(&desk);
    let listed = Register::backups(&office.folder).unwrap();
    drive.leave(2 * STEP);
    let problem = desk.close().unwrap_err();
    assert_said(&problem, 2 * STEP);
    assert!(problem.message.contains("everything in it is kept"), "{problem:?}");
    drive.make_room();
    assert_eq!(Register::backups(&office.folder).unwrap(), listed);
    let half = fs::read_dir(office.folder.join("backups"))
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("unverified"));
    assert_eq!(half.count(), 0, "what took room without use is gone");
    let desk = office.open();
    assert_eq!(newest(&desk), done);
    assert_whole(&desk);
}

#[test]
fn a_new_officer_who_finds_no_room_in_the_key_file_can_be_added_when_there_is() {
    let Some(drive) = Drive::new(MEGABYTES) else { return };
    let office = Office::within(drive.path());
    let mut desk = office.open();
    let ben = Actor { id: Uuid::now_v7(), name: "Ben Officer".into() };
    let phrase = Passphrase::new("another long phrase");
    for room in [0, 1_024] {
        drive.leave(room);
        let problem = Problem::from(desk.register_mut().add_officer(ben.clone(), &phrase).unwrap_err());
        assert_said(&problem, room);
        let names: Vec<String> =
            desk.register().key_slots().unwrap().into_iter().map(|slot| slot.officer.name).collect();
        assert_eq!(names, ["Ada Manager"], "{room} bytes");
    }
    drive.make_room();
    desk.register_mut().add_officer(ben, &phrase).unwrap();
    drop(desk);
    let unlock =
        register::Unlock::Passphrase { officer_name: "Ada Manager".into(), passphrase: passphrase() };
    drop(Desk::open(&office.folder, unlock, TODAY.parse().unwrap()).unwrap());
    assert_eq!(Register::slots(&office.folder).unwrap().len(), 2);
}

#[test]
fn a_register_that_finds_no_room_to_be_made_leaves_its_folder_empty() {
    let Some(drive) = Drive::new(8) else { return };
    let folder = drive.path().join("new.vdesk");
    let mut refusals = 0;
    for room in [0, 4, 16, 64, 128, 256, 512, 1_024].map(|kilobytes| kilobytes * 1_024) {
        drive.leave(room);
        let made =
            Desk::create(&folder, "Marlbrook (test)", "Ada Manager", &passphrase(), TODAY.parse().unwrap());
        let Err(problem) = made.map(|_| ()) else { break };
        assert_said(&problem, room);
        let left: Vec<_> =
            fs::read_dir(&folder).into_iter().flatten().map(|file| file.unwrap().path()).collect();
        assert!(left.is_empty(), "{room} bytes: {left:?}");
        refusals += 1;
    }
    assert!(refusals >= 4, "{refusals}");
    drive.make_room();
    let _ = fs::remove_dir_all(&folder);
    Desk::create(&folder, "Marlbrook (test)", "Ada Manager", &passphrase(), TODAY.parse().unwrap()).unwrap();
}

#[test]
fn a_restore_that_finds_no_room_leaves_the_register_as_it_is() {
    let Some(drive) = Drive::new(MEGABYTES) else { return };
    let office = Office::within(drive.path());
    let backup = Register::backups(&office.folder).unwrap().remove(0);
    let mut desk = office.open();
    let owed = without_letter(&desk).unwrap();
    letters::issue(&mut desk, "award", &owed, &|_| true).unwrap();
    let done = newest(&desk);
    drop(desk);
    for room in [0, 16, 256].map(|kilobytes| kilobytes * 1_024) {
        drive.leave(room);
        let refused = Register::restore(&office.folder, &backup.name, office.unlock()).unwrap_err();
        assert_said(&Problem::from(refused), room);
        assert!(!office.folder.join("register.db.coming").exists(), "{room} bytes");
        drive.make_room();
        assert_eq!(newest(&office.open()), done, "{room} bytes");
    }
    Register::restore(&office.folder, &backup.name, office.unlock()).unwrap();
    assert!(newest(&office.open()) < done);
}

#[test]
fn a_letter_that_finds_no_room_as_a_file_leaves_no_half_file_and_the_one_before_it_stays() {
    let Some(drive) = Drive::new(4) else { return };
    let office = Office::new();
    let mut desk = office.open();
    let case = office::awarded(&desk).unwrap()[0];
    letters::issue(&mut desk, "award", &[case], &|_| true).unwrap();
    let letter = letters::of_case(&desk, case).unwrap().remove(0);
    let pdf = letters::pdf(&desk, letter.id).unwrap();
    let file = drive.path().join(letters::file_name(&letter.number));
    let room = u64::try_from(pdf.len()).unwrap() / 2;
    drive.leave(room);
    let problem = saving::save(&file, &pdf).unwrap_err();
    assert_eq!(problem.code, Code::File);
    assert!(
        problem.message.contains("full") && problem.fix.unwrap().contains("Make room"),
        "{}",
        problem.message
    );
    let names =
        || -> Vec<_> { fs::read_dir(drive.path()).unwrap().map(|file| file.unwrap().file_name()).collect() };
    assert_eq!(names(), ["ballast"], "no half letter lies about");
    drive.make_room();
    saving::save(&file, &pdf).unwrap();
    assert_eq!(fs::read(&file).unwrap(), pdf);
    drive.leave(room);
    saving::save(&file, &[0; 300_000]).unwrap_err();
    assert_eq!(fs::read(&file).unwrap(), pdf, "the letter saved before is untouched");
}
