//! One byte of a closed register is not what it was: that is noticed, or does no harm. A wrong value is never shown.

use std::{
    fs,
    path::{Path, PathBuf},
};

use register::{Passphrase, Register, RegisterError, Unlock};
use tempfile::TempDir;

use crate::office::*;

/// A page of the database.
const PAGE: usize = 4_096;

/// What an officer sees of a register, and what its journal says.
fn seen(register: &Register) -> Result<String, RegisterError> {
    let journal = register.journal(None, 1_000)?;
    let told: Vec<_> =
        journal.iter().map(|entry| register.entry_changes(entry.seq)).collect::<Result<_, _>>()?;
    Ok(format!("{} {journal:?} {told:?}", dump(register.reader(), &ALL)))
}

/// A closed register of some pages, with a backup, and what it shows.
fn closed() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    register.add_officer(ben(), &Passphrase::new("another long phrase")).unwrap();
    for number in 0..12 {
        let business = add_business(&mut register, &format!("Brook Alloys {number}"));
        let (case, _) = add_case(&mut register, business);
        issue_letter(&mut register, case, &format!("L-{number}"));
    }
    register.change("Keep", |tx| Register::store_blob(tx, &[7; 9_000])).unwrap();
    let shown = seen(&register).unwrap();
    register.close().unwrap();
    (folder, shown)
}

/// What came of opening a damaged register and looking at all of it.
enum Came {
    /// It was refused, or verification named it.
    Noticed,
    /// What is shown is right.
    Right,
}

fn looked_at(folder: &Path, officer: Unlock, shown: &str, what: &str) -> Came {
    let register = match Register::open_with(folder, &SCHEMA, officer, &QUICK) {
        Ok(register) => register,
        Err(RegisterError::Damaged { .. }) => return Came::Noticed,
        Err(other) => panic!("{what}: not said to be damaged, but: {other}"),
    };
    let verified = register.verify().unwrap();
    // `dump` stops at a page that cannot be read; verification has named it by then.
    if !verified.sound {
        return Came::Noticed;
    }
    assert_eq!(seen(&register).unwrap(), shown, "{what}: a wrong value is shown");
    Came::Right
}

/// Turns one bit of a byte, looks, and turns it back.
fn with_a_flip(path: &Path, at: usize, look: impl FnOnce()) {
    let whole = fs::read(path).unwrap();
    let mut flipped = whole.clone();
    flipped[at] ^= 1 << (at % 8);
    fs::write(path, flipped).unwrap();
    look();
    fs::write(path, whole).unwrap();
}

fn length(path: &Path) -> usize {
    usize::try_from(fs::metadata(path).unwrap().len()).unwrap()
}

/// Multiplied in the long form.
fn times() -> usize {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

#[test]
fn a_flipped_byte_in_any_page_of_the_database_is_noticed() {
    let (folder, shown) = closed();
    let database = folder.path().join("register.db");
    let pages = length(&database) / PAGE;
    assert!(pages > 20, "{pages} pages");
    for page in 0..pages {
        // Its first bytes, one in its middle, and its seal.
        for step in 0..3 * times() {
            let at = page * PAGE + (step * 1_361 + page) % PAGE;
            with_a_flip(&database, at, || {
                let what = format!("byte {at}");
                let came = looked_at(folder.path(), as_asha(), &shown, &what);
                assert!(matches!(came, Came::Noticed), "{what} is not noticed");
            });
        }
    }
    assert!(matches!(looked_at(folder.path(), as_asha(), &shown, "nothing"), Came::Right));
}

#[test]
fn a_flipped_byte_in_the_key_file_opens_by_its_copy_and_one_in_the_copy_harms_nobody() {
    let (folder, shown) = closed();
    for file in ["keys.json", "backups/keys.json"] {
        let keys = folder.path().join(file);
        for at in (0..length(&keys)).step_by(if times() > 1 { 1 } else { 7 }) {
            with_a_flip(&keys, at, || {
                let what = format!("byte {at} of {file}");
                let came = looked_at(folder.path(), as_asha(), &shown, &what);
                assert!(matches!(came, Came::Right), "{what}");
                let ben = Unlock::Passphrase {
                    officer_name: "Ben Okafor".into(),
                    passphrase: Passphrase::new("another long phrase"),
                };
                assert!(matches!(looked_at(folder.path(), ben, &shown, &what), Came::Right), "{what}");
            });
        }
    }
}

#[test]
fn a_damaged_key_file_is_mended_from_its_copy_and_never_spoils_it() {
    let (folder, _) = closed();
    let keys = folder.path().join("keys.json");
    let whole = fs::read_to_string(&keys).unwrap();
    fs::write(&keys, whole.replacen("Ben Okafor", "Ben Okafar", 1)).unwrap();
    let mut register = open(folder.path());
    register.change_passphrase(&passphrase(), &Passphrase::new("a longer phrase yet")).unwrap();
    drop(register);
    for file in ["keys.json", "backups/keys.json"] {
        let names: Vec<String> =
            Register::slots(folder.path()).unwrap().into_iter().map(|slot| slot.officer.name).collect();
        assert_eq!(names, ["Ben Okafor", "Asha Patel"], "without {file}");
        fs::remove_file(folder.path().join("keys.json")).unwrap();
        fs::copy(folder.path().join("backups/keys.json"), &keys).unwrap();
    }
}

#[test]
fn when_both_key_files_are_damaged_the_officer_is_told_so_and_not_that_the_passphrase_is_wrong() {
    let (folder, _) = closed();
    for file in ["keys.json", "backups/keys.json"] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        // The wrapped key itself.
        fs::write(&path, text.replace("\"key\": \"", "\"key\": \"AAAA")).unwrap();
    }
    let refused = Register::open_with(folder.path(), &SCHEMA, as_asha(), &QUICK).map(|_| ());
    assert!(matches!(&refused, Err(RegisterError::KeysDamaged)), "{refused:?}");
}

#[test]
fn a_flipped_byte_in_a_backup_or_its_facts_is_noticed_before_it_is_restored() {
    let (folder, shown) = closed();
    let info = Register::backups(folder.path()).unwrap().remove(0);
    let backup = folder.path().join("backups").join(format!("{}.db", info.name));
    for page in 0..length(&backup) / PAGE {
        let at = page * PAGE + (page * 977) % PAGE;
        with_a_flip(&backup, at, || {
            let restored = Register::restore(folder.path(), &info.name, as_asha());
            assert!(matches!(restored, Err(RegisterError::BackupUnsound { .. })), "byte {at}: {restored:?}");
        });
    }
    let facts = backup.with_extension("json");
    for at in (0..length(&facts)).step_by(if times() > 1 { 1 } else { 5 }) {
        with_a_flip(&facts, at, || {
            for listed in Register::backups(folder.path()).unwrap() {
                if Register::restore(folder.path(), &listed.name, as_asha()).is_ok() {
                    let came =
                        looked_at(folder.path(), as_asha(), &shown, &format!("byte {at} of the facts"));
                    assert!(matches!(came, Came::Right), "byte {at} of the facts");
                }
            }
        });
    }
}

/// What a crash leaves behind: the last changes are only in the log.
fn crashed() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path()).0.close().unwrap();
    let mut register = open(folder.path());
    for number in 0..6 {
        add_business(&mut register, &format!("Brook Alloys {number}"));
    }
    let shown = seen(&register).unwrap();
    let left = tempfile::tempdir().unwrap();
    for file in ["register.db", "register.db-wal", "keys.json"] {
        fs::copy(folder.path().join(file), left.path().join(file)).unwrap();
    }
    (left, shown)
}

#[test]
fn a_flipped_byte_in_the_log_that_a_crash_left_is_noticed_where_it_costs_a_change() {
    let (left, shown) = crashed();
    let log = length(&left.path().join("register.db-wal"));
    let (mut noticed, mut harmless) = (0, 0);
    // The header, then headers of frames and what is in them.
    let places = (0..32).chain((32..log).step_by(2_111 / times().min(16)));
    for at in places {
        let copy = tempfile::tempdir().unwrap();
        for file in ["register.db", "register.db-wal", "keys.json"] {
            fs::copy(left.path().join(file), copy.path().join(file)).unwrap();
        }
        let path = copy.path().join("register.db-wal");
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        match looked_at(copy.path(), as_asha(), &shown, &format!("byte {at} of the log")) {
            Came::Noticed => noticed += 1,
            Came::Right => harmless += 1,
        }
    }
    assert!(noticed > 40, "{noticed} noticed, {harmless} harmless");
}

#[test]
fn a_log_that_a_crash_cut_short_is_no_damage() {
    let (left, _) = crashed();
    let log = left.path().join("register.db-wal");
    let whole = length(&log);
    for cut in [1, 100, 4_120, 4_121, 9_000, whole - 33, whole - 20] {
        let copy = tempfile::tempdir().unwrap();
        for file in ["register.db", "keys.json"] {
            fs::copy(left.path().join(file), copy.path().join(file)).unwrap();
        }
        let bytes = fs::read(&log).unwrap();
        fs::write(copy.path().join("register.db-wal"), &bytes[..whole - cut]).unwrap();
        assert_sound(&open(copy.path()));
    }
}

#[test]
fn the_last_good_backup_brings_back_a_register_that_cannot_be_opened() {
    for lost in [Lost::Scrambled, Lost::Empty, Lost::Gone] {
        let (folder, shown) = closed();
        let mut register = open(folder.path());
        register.backup().unwrap();
        drop(register);
        let newest = Register::backups(folder.path()).unwrap().remove(0);
        scramble(&folder.path().join("backups").join(format!("{}.db", newest.name)));
        lost.happens(&folder.path().join("register.db"));
        let refused = Register::open_with(folder.path(), &SCHEMA, as_asha(), &QUICK).map(|_| ()).unwrap_err();
        assert!(matches!(refused, RegisterError::Damaged { .. }), "{lost:?}: {refused}");
        let restored = Register::restore_last_good(folder.path(), as_asha()).unwrap();
        assert_ne!(restored.name, newest.name, "the newest is damaged too, so the one before it");
        assert!(matches!(looked_at(folder.path(), as_asha(), &shown, "restored"), Came::Right), "{lost:?}");
        let coming: Vec<PathBuf> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.to_string_lossy().contains(".coming"))
            .collect();
        assert!(coming.is_empty(), "{coming:?}");
    }
}

#[test]
fn without_any_good_backup_the_damaged_register_stays_and_that_is_said() {
    let (folder, _) = closed();
    for backup in Register::backups(folder.path()).unwrap() {
        scramble(&folder.path().join("backups").join(format!("{}.db", backup.name)));
    }
    let database = folder.path().join("register.db");
    scramble(&database);
    let left = fs::read(&database).unwrap();
    let refused = Register::restore_last_good(folder.path(), as_asha());
    assert!(matches!(refused, Err(RegisterError::NoGoodBackup)), "{refused:?}");
    assert_eq!(fs::read(&database).unwrap(), left);
}

#[derive(Clone, Copy, Debug)]
enum Lost {
    Scrambled,
    Empty,
    Gone,
}

impl Lost {
    fn happens(self, database: &Path) {
        match self {
            Lost::Scrambled => scramble(database),
            Lost::Empty => fs::write(database, "").unwrap(),
            Lost::Gone => fs::remove_file(database).unwrap(),
        }
    }
}

fn scramble(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    for byte in bytes.iter_mut().take(64) {
        *byte ^= 0x55;
    }
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// What somebody sees who looks while each page of the database is read wrong, then when none is, and after the register was
/// opened anew.
fn looks_through_a_failure(register: &mut Register, database: &Path) -> String {
    let whole = fs::read(database).unwrap();
    let mut misread = whole.clone();
    misread.iter_mut().skip(100).step_by(PAGE).for_each(|byte| *byte ^= 1);
    fs::write(database, &misread).unwrap();
    let refused = seen(register).unwrap_err();
    assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused}");
    fs::write(database, &whole).unwrap();
    assert!(seen(register).is_err(), "its connection is not to be asked again");
    assert!(register.reconnect().unwrap() && !register.reconnect().unwrap());
    seen(register).unwrap()
}

#[test]
fn after_a_page_that_was_not_read_all_is_shown_and_changed_again_once_the_register_is_opened_anew() {
    let (folder, shown) = closed();
    let database = folder.path().join("register.db");
    let (mut writes, mut reads) = (open(folder.path()), open(folder.path()));
    assert_eq!(looks_through_a_failure(&mut writes, &database), shown);
    assert_eq!(looks_through_a_failure(&mut reads, &database), shown);
    assert_eq!(reads.is_read_only().unwrap().who, "Asha Patel");
    add_business(&mut writes, "Brook Alloys again");
    assert!(writes.verify().unwrap().sound);
    assert_eq!(seen(&reads).unwrap(), seen(&writes).unwrap());
    drop(reads);
    writes.close().unwrap();
    let before = seen(&open(folder.path())).unwrap();
    let mut alone = Register::open_with(folder.path(), &SCHEMA, as_asha(), &SHARE).unwrap();
    assert_eq!(looks_through_a_failure(&mut alone, &database), before);
    add_business(&mut alone, "Brook Alloys on a share");
}
