//! A computer may open the register for an officer without a passphrase: who lets it, who takes that back.
#![allow(missing_docs, clippy::unwrap_used)]

use casework::{
    Desk,
    officers::{self, OfficerRow},
    problem::{Code, Problem},
};
use register::{ComputerKey, Passphrase, Unlock};
use tempfile::TempDir;

const NOW: &str = "2026-11-23T09:30:00Z";

fn phrase(name: &str) -> Passphrase {
    Passphrase::new(format!("the long phrase of {name}"))
}

/// Ada, a manager, and Ben, a programme officer, on a drive.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("office.vdesk");
    let (mut desk, _) =
        Desk::create(&made, "Marlbrook (test)", "Ada Manager", &phrase("Ada Manager"), NOW.parse().unwrap())
            .unwrap();
    let ben = [("name", "Ben Officer"), ("role", "officer")];
    let ben = ben.iter().map(|(field, value)| ((*field).to_owned(), Some((*value).to_owned()))).collect();
    officers::add(&mut desk, &ben, &phrase("Ben Officer")).unwrap();
    folder
}

fn with(office: &TempDir, unlock: Unlock) -> Result<Desk, Problem> {
    Desk::open(&office.path().join("office.vdesk"), unlock, NOW.parse().unwrap())
}

fn opened_by(office: &TempDir, name: &str) -> Desk {
    with(office, Unlock::Passphrase { officer_name: name.into(), passphrase: phrase(name) }).unwrap()
}

fn by_itself(office: &TempDir, key: &ComputerKey) -> Result<String, Code> {
    let desk = with(office, Unlock::Remembered(key.clone())).map_err(|problem| problem.code)?;
    Ok(desk.officer().unwrap().name)
}

fn row(desk: &Desk, name: &str) -> OfficerRow {
    officers::list(desk).unwrap().into_iter().find(|row| row.name == name).unwrap()
}

#[test]
fn a_computer_opens_the_register_in_the_name_of_whoever_let_it_and_every_officer_can_be_asked_again() {
    let office = office();
    let mut desk = opened_by(&office, "Ben Officer");
    let key = officers::remember_on_this_computer(&mut desk).unwrap();
    assert!(officers::is_remembered_on_this_computer(&desk).unwrap());
    let ben = row(&desk, "Ben Officer");
    assert_eq!(ben.computers, [desk.register().device()]);
    assert!(row(&desk, "Ada Manager").computers.is_empty());
    drop(desk);
    assert_eq!(by_itself(&office, &key).unwrap(), "Ben Officer");

    let mut desk = opened_by(&office, "Ada Manager");
    officers::forget_computer(&mut desk, ben.id, &ben.computers[0]).unwrap();
    assert!(row(&desk, "Ben Officer").computers.is_empty());
    let entry = desk.register().journal(None, 1).unwrap().remove(0);
    assert_eq!(entry.label, "Had a computer ask for the passphrase again");
    drop(desk);
    assert_eq!(by_itself(&office, &key), Err(Code::WrongPassphrase));
    opened_by(&office, "Ben Officer");
}

#[test]
fn letting_a_computer_open_the_register_is_undone_and_done_again_like_anything_else() {
    let office = office();
    let mut desk = opened_by(&office, "Ben Officer");
    let key = officers::remember_on_this_computer(&mut desk).unwrap();
    let entry = desk.register().next_undo().unwrap().unwrap();
    assert_eq!(entry.label, "Let a computer open the register");
    desk.undo(entry.seq).unwrap();
    assert!(!officers::is_remembered_on_this_computer(&desk).unwrap());
    drop(desk);
    assert_eq!(by_itself(&office, &key), Err(Code::WrongPassphrase), "what is undone opens nothing");
    opened_by(&office, "Ben Officer").redo().unwrap();
    assert_eq!(by_itself(&office, &key).unwrap(), "Ben Officer");
}

#[test]
fn what_was_taken_from_a_computer_does_not_come_back_by_undo() {
    let office = office();
    let mut desk = opened_by(&office, "Ben Officer");
    let key = officers::remember_on_this_computer(&mut desk).unwrap();
    officers::forget_this_computer(&mut desk).unwrap();
    let entry = desk.register().next_undo().unwrap().unwrap();
    desk.undo(entry.seq).unwrap();
    assert!(!officers::is_remembered_on_this_computer(&desk).unwrap(), "its slot is gone for good");
    drop(desk);
    assert_eq!(by_itself(&office, &key), Err(Code::WrongPassphrase));
}

#[test]
fn an_officer_takes_nothing_from_anothers_computer() {
    let office = office();
    let mut desk = opened_by(&office, "Ada Manager");
    officers::remember_on_this_computer(&mut desk).unwrap();
    let ada = row(&desk, "Ada Manager");
    drop(desk);
    let mut desk = opened_by(&office, "Ben Officer");
    let refused = officers::forget_computer(&mut desk, ada.id, &ada.computers[0]).unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert_eq!(row(&desk, "Ada Manager").computers.len(), 1);
}

#[test]
fn in_the_register_stands_no_secret_of_a_computer() {
    let office = office();
    let mut desk = opened_by(&office, "Ben Officer");
    let key = officers::remember_on_this_computer(&mut desk).unwrap();
    desk.close().unwrap();
    let keys = std::fs::read_to_string(office.path().join("office.vdesk/keys.json")).unwrap();
    assert!(keys.contains("computers") && !keys.contains(key.to_text().as_str()));
}
