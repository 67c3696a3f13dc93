//! A passphrase that is wrong, lost, or the last there is.

use casework::{
    Desk,
    problem::{Code, Problem},
};
use faults::{
    office::{Office, TODAY, assert_whole, passphrase},
    work::newest,
};
use register::{Passphrase, RecoveryKey, Unlock};

fn with_passphrase(office: &Office, typed: &Passphrase) -> Result<Desk, Problem> {
    let unlock = Unlock::Passphrase { officer_name: "Ada Manager".into(), passphrase: typed.clone() };
    Desk::open(&office.folder, unlock, TODAY.parse().unwrap())
}

#[test]
fn the_recovery_sheet_lets_an_officer_in_who_lost_the_passphrase_and_takes_the_old_one_away() {
    let office = Office::new();
    let printed = office.recovery.printed();
    let new = Passphrase::new("eight loud badgers");
    let typed = RecoveryKey::parse(&printed.to_lowercase()).unwrap();
    let desk = Desk::recover(&office.folder, typed, "Ada Manager", &new, TODAY.parse().unwrap()).unwrap();
    assert_whole(&desk);
    let before = newest(&desk);
    drop(desk);
    let refused = with_passphrase(&office, &passphrase()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code, Code::WrongPassphrase);
    let desk = with_passphrase(&office, &new).unwrap();
    assert_eq!((newest(&desk), desk.officer().unwrap().name.as_str()), (before, "Ada Manager"));
}

#[test]
fn a_wrong_passphrase_is_slow_counted_and_says_nothing_of_which_part_was_wrong() {
    let office = Office::new();
    let wrong = Passphrase::new("seven quiet foxen");
    let started = std::time::Instant::now();
    let words: Vec<String> =
        (0..5).map(|_| with_passphrase(&office, &wrong).map(|_| ()).unwrap_err().message).collect();
    assert!(started.elapsed().as_millis() > 250, "five guesses took only {:?}", started.elapsed());
    assert!(words.iter().all(|said| *said == words[0] && said.contains("name and passphrase")), "{words:?}");
    let sixth = with_passphrase(&office, &passphrase()).map(|_| ()).unwrap_err();
    assert!(sixth.message.contains("Wait"), "{sixth:?}");
}

#[test]
fn the_last_officer_who_can_open_the_register_cannot_be_removed() {
    let office = Office::new();
    let mut desk = office.open();
    let officer = desk.officer().unwrap().id;
    let refused = Problem::from(desk.register_mut().remove_officer(officer).unwrap_err());
    assert!(refused.message.contains("cannot be removed"), "{refused:?}");
    drop(desk);
    assert_whole(&with_passphrase(&office, &passphrase()).unwrap());
}
