//! Registers that earlier programs wrote, one for each version of the tables: today's program opens them, and what was in
//! them is there.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use std::{
    fs,
    path::{Path, PathBuf},
};

use casework::{Desk, cases, letters, organisations};
use office::{TODAY, application, set_up};
use register::{BackupReason, Passphrase, Register, Unlock};

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/registers")
}

/// The version of the tables that this program writes: the number of the last step.
fn version() -> usize {
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema");
    let number = |file: fs::DirEntry| -> Option<usize> {
        file.file_name().to_str()?.strip_suffix(".sql")?.split('_').next()?.parse().ok()
    };
    fs::read_dir(steps).unwrap().filter_map(|file| number(file.unwrap())).max().unwrap()
}

fn passphrase() -> Passphrase {
    Passphrase::new("seven quiet foxes")
}

fn open(folder: &Path) -> Desk {
    let unlock = Unlock::Passphrase { officer_name: "Ada Manager".into(), passphrase: passphrase() };
    Desk::open(folder, unlock, TODAY.parse().unwrap()).unwrap()
}

#[test]
fn a_register_of_every_earlier_version_opens_is_upgraded_and_holds_what_was_in_it() {
    let mut seen = 0;
    for folder in fs::read_dir(kept()).unwrap().map(|folder| folder.unwrap().path()) {
        let number: usize = folder.file_name().unwrap().to_str().unwrap().parse().unwrap();
        let copy = tempfile::tempdir().unwrap();
        for file in ["register.db", "keys.json"] {
            fs::copy(folder.join(file), copy.path().join(file)).unwrap();
        }
        let mut desk = open(copy.path());
        let proof = desk.register().verify().unwrap();
        assert!(proof.sound, "{number}: {:#?}", proof.faults);
        let backups = Register::backups(copy.path()).unwrap();
        let before = backups.iter().filter(|backup| backup.reason == BackupReason::BeforeUpgrade).count();
        assert_eq!(
            before,
            usize::from(number < version()),
            "{number}: a backup before the upgrade, if there was one"
        );
        holds_what_was_in_it(&mut desk);
        desk.close().unwrap();
        holds_what_was_in_it(&mut open(copy.path()));
        seen += 1;
    }
    assert!(seen > 0, "no register is kept in {}", kept().display());
}

fn holds_what_was_in_it(desk: &mut Desk) {
    let awarded = cases::by_reference(desk, "WMIV-2026-0001").unwrap();
    assert_eq!(awarded.stage, "offered");
    let businesses = organisations::list(desk, "Ångström", None, 0, 10).unwrap().rows;
    let names: Vec<&str> = businesses.iter().map(|business| business.name.as_str()).collect();
    assert!(names.contains(&"Ångström Tooling Ltd (practice)"), "{names:?}");
    let letter = letters::of_case(desk, awarded.id).unwrap().remove(0);
    assert_eq!(letter.number, "WMIV-2026-0001/L01");
    assert!(letters::pdf(desk, letter.id).unwrap().starts_with(b"%PDF"));
    assert_eq!(cases::by_reference(desk, "WMIV-2026-0002").unwrap().stage, "submitted");
    for template in letters::templates(desk).unwrap() {
        assert_eq!(
            template.own_text, None,
            "{}: a changed text needs a step of the schema that calls `take_newer_texts`",
            template.label
        );
    }
    let issued = desk.register().next_undo().unwrap().unwrap();
    assert!(issued.label.ends_with("Issued WMIV-2026-0001/L01"), "{}", issued.label);
    desk.undo(issued.seq).unwrap();
    assert!(letters::of_case(desk, awarded.id).unwrap()[0].withdrawn_on.is_some());
    desk.redo().unwrap();
    assert!(letters::of_case(desk, awarded.id).unwrap()[0].withdrawn_on.is_none());
}

#[test]
#[ignore = "writes the register of a new version of the tables into the repository, once"]
fn keep_a_register_of_the_present_version() {
    let folder = kept().join(format!("{:04}", version()));
    let now = TODAY.parse().unwrap();
    let (desk, _) = Desk::create(&folder, "Marlbrook (test)", "Ada Manager", &passphrase(), now).unwrap();
    let mut office = set_up(desk, &[]);
    let cases = office.imports(vec![
        application("Ångström Tooling Ltd (practice)"),
        application("Brook Alloys Ltd (practice)"),
    ]);
    office.awards(cases[0], None);
    letters::issue(&mut office.desk, "award", &cases[..1], &|_| true).unwrap();
    office.desk.close().unwrap();
    fs::remove_dir_all(folder.join("backups")).unwrap();
    fs::remove_file(folder.join("lock")).unwrap();
}
