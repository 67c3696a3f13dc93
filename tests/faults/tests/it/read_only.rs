//! A folder that cannot be written to, and one that is pulled out while it is open.

use std::fs;

use casework::{
    Desk, cases,
    problem::{Code, Problem},
};
use exchange::child::Reader;
use faults::{
    drive::Drive,
    office::{Office, TODAY, applications_file, assert_whole, import},
    work::newest,
};

fn assert_said(problem: &Problem) {
    assert_eq!(problem.code, Code::File, "{problem:?}");
    let fix = problem.fix.as_deref().unwrap_or_default();
    assert!(fix.contains("drive"), "{problem:?}");
}

#[test]
fn a_register_on_a_write_protected_drive_says_so_and_opens_once_it_may_be_written() {
    let Some(drive) = Drive::new(32) else { return };
    let office = Office::within(drive.path());
    let protected = drive.write_protected();
    let folder = protected.path().join("office.vdesk");
    let refused = Desk::open(&folder, office.unlock(), TODAY.parse().unwrap()).map(|_| ()).unwrap_err();
    assert_said(&refused);
    assert!(refused.fix.unwrap().contains("you may write there"));
    assert_whole(&office.open());
}

#[test]
fn a_drive_pulled_out_while_the_register_is_open_refuses_every_change_and_loses_none() {
    let Some(drive) = Drive::new(32) else { return };
    let office = Office::within(drive.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("applications.csv");
    fs::write(&file, applications_file()).unwrap();
    let mut desk = office.open();
    let done = newest(&desk);
    let away = drive.path().join("away");
    fs::rename(&office.folder, &away).unwrap();
    let refused = import(&mut desk, Reader::Unbounded, &file).unwrap_err();
    assert_said(&refused);
    assert!(refused.message.contains("Nothing of this action was kept"), "{refused:?}");
    let undo = desk.register().next_undo().unwrap().unwrap();
    assert_said(&desk.undo(undo.seq).unwrap_err());
    assert_said(&desk.register_mut().backup().map_err(Problem::from).unwrap_err());
    assert!(!cases::ids(&desk, "").unwrap().is_empty(), "what was read before can still be looked at");
    fs::rename(&away, &office.folder).unwrap();
    assert_eq!(newest(&desk), done);
    import(&mut desk, Reader::Unbounded, &file).unwrap();
    desk.close().unwrap();
    assert_whole(&office.open());
}
