//! The folder of a register.

use std::fs;

use register::{Register, RegisterError};

use crate::office::*;

fn refused(folder: &std::path::Path) -> RegisterError {
    Register::open_with(folder, &SCHEMA, as_asha(), &QUICK).map(|_| ()).unwrap_err()
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    assert_eq!(
        name_of(&register, business).as_deref(),
        Some("Brook Alloys"),
        "the reader sees what was committed"
    );
    register.close().unwrap();
    assert_eq!(name_of(&open(folder.path()), business).as_deref(), Some("Brook Alloys"));
}

#[test]
fn long_work_reads_through_a_connection_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let reader = register.another_reader().unwrap().unwrap();
    add_business(&mut register, "Brook Alloys");
    let seen = std::thread::spawn(move || {
        assert!(reader.execute("DELETE FROM businesses", []).is_err());
        count(&reader, "businesses")
    });
    assert_eq!(seen.join().unwrap(), 1);
    assert!(in_memory().another_reader().unwrap().is_none());
}

#[test]
fn no_file_of_the_register_betrays_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    add_business(&mut register, "Zyxwvut Castings");
    register.change("Keep", |tx| Register::store_blob(tx, b"Zyxwvut Castings, invoice")).unwrap();
    let mut seen = 0;
    let mut look = || {
        let mut files = vec![folder.path().to_owned()];
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            for betrayal in [&b"Zyxwvut"[..], b"SQLite format 3", b"CREATE TABLE"] {
                assert!(
                    !bytes.windows(betrayal.len()).any(|window| window == betrayal),
                    "{} betrays it",
                    path.display()
                );
            }
            seen += 1;
        }
    };
    look();
    register.close().unwrap();
    look();
    assert!(seen >= 8, "database, log and backup were looked at");
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.docx"), "mine").unwrap();
    let made = Register::create_with(folder.path(), &SCHEMA, asha(), &passphrase(), &QUICK).map(|_| ());
    assert!(matches!(made, Err(RegisterError::FolderInUse { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_empty_foreign_or_headless_folder_is_no_register() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(refused(folder.path()), RegisterError::NotARegister { .. }));
    drop(create(&folder.path().join("one")));
    let database = folder.path().join("one/register.db");
    fs::write(&database, "").unwrap();
    assert!(matches!(refused(&folder.path().join("one")), RegisterError::NotARegister { .. }));
    fs::write(&database, "not a database, but long enough to be taken for one".repeat(200)).unwrap();
    assert!(matches!(refused(&folder.path().join("one")), RegisterError::Damaged { .. }));
    fs::remove_file(&database).unwrap();
    assert!(matches!(refused(&folder.path().join("one")), RegisterError::NotARegister { .. }));
}

#[test]
fn a_creation_that_fails_can_be_tried_again_in_the_same_folder() {
    static BROKEN: register::Schema = register::Schema {
        migrations: &[register::Migration::new(1, "broken", "CREATE TABLE nonsense (")],
        tables: &[],
        derived: None,
        after_change: None,
    };
    let folder = tempfile::tempdir().unwrap();
    let failed = Register::create_with(folder.path(), &BROKEN, asha(), &passphrase(), &QUICK).map(|_| ());
    assert!(matches!(failed, Err(RegisterError::Upgrade { name: "broken", .. })));
    create(folder.path());
}

#[test]
fn a_real_key_derivation_takes_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (register, _) = Register::create(folder.path(), &SCHEMA, asha(), &passphrase()).unwrap();
    drop(register);
    let keys = fs::read_to_string(folder.path().join("keys.json")).unwrap();
    for least in ["\"memory\": 65536", "\"passes\": 3", "\"lanes\": 4"] {
        assert!(keys.contains(least), "{keys}");
    }
}

#[test]
fn temporary_tables_and_sorts_stay_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (register, _) = create(folder.path());
    let built_so: bool = register
        .reader()
        .query_row("SELECT sqlite_compileoption_used('TEMP_STORE=2')", [], |row| row.get(0))
        .unwrap();
    let kept_so: i64 = register.reader().query_row("PRAGMA temp_store", [], |row| row.get(0)).unwrap();
    assert!(
        built_so && kept_so != 1,
        "memory unless a file is asked for, and none is (temp_store {kept_so})"
    );
}

/// Files that SQLite opened to sort in; they are unlinked at once, so only the process still knows them.
#[cfg(target_os = "linux")]
fn files_sorted_in() -> usize {
    let open = fs::read_dir("/proc/self/fd").unwrap();
    let targets = open.filter_map(|file| fs::read_link(file.unwrap().path()).ok());
    targets.filter(|target| target.to_string_lossy().contains("etilqs_")).count()
}

#[cfg(target_os = "linux")]
#[test]
fn while_a_register_is_open_and_sorts_more_than_its_cache_no_file_can_be_read_without_its_key() {
    const MANY: &str = "
        WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 400000)
        SELECT (SELECT max(name) FROM businesses) || number FROM numbers ORDER BY 1 DESC";
    let first_of = |connection: &rusqlite::Connection| {
        let mut statement = connection.prepare(MANY).unwrap();
        let mut rows = statement.query([]).unwrap();
        let first: String = rows.next().unwrap().unwrap().get(0).unwrap();
        (first, files_sorted_in())
    };
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    for number in 0..50 {
        add_business(&mut register, &format!("Quillfeather Bindery {number:02}"));
    }
    let (first, files) = first_of(register.reader());
    assert_eq!((first.as_str(), files), ("Quillfeather Bindery 4999999", 0));
    let mut looked_into = Vec::new();
    for file in
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).filter(|it| it.is_file())
    {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"Quillfeather"), "{}", file.display());
        looked_into.push(file.file_name().unwrap().to_string_lossy().into_owned());
    }
    assert!(looked_into.iter().any(|name| name.ends_with(".db-wal")), "open: {looked_into:?}");

    // SQLite as most systems have it leaves such a file for this very question; this one has none even when asked to.
    let _such_a_file = fs::File::create(folder.path().join("etilqs_control")).unwrap();
    assert_eq!(files_sorted_in(), 1, "the looking finds one that is there");
}
