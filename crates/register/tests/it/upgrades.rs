//! Older and newer registers.

use register::{BackupReason, EntryKind, Migration, Register, RegisterError, Schema, Settings};
use tempfile::TempDir;

use crate::office::*;

static SECOND: Schema = Schema {
    migrations: &[
        Migration::new(1, "start", START),
        Migration::new(
            2,
            "regions",
            "ALTER TABLE businesses ADD COLUMN region TEXT NOT NULL DEFAULT 'west';
                  UPDATE cases SET stage = 'application' WHERE stage = 'enquiry';",
        ),
    ],
    ..SCHEMA_LIKE
};

static FAILING: Schema = Schema {
    migrations: &[
        Migration::new(1, "start", START),
        Migration::new(2, "torn", "UPDATE cases SET stage = 'torn'; INSERT INTO nowhere VALUES (1);"),
    ],
    ..SCHEMA_LIKE
};

static REBUILT: Schema = Schema {
    migrations: &[
        Migration::new(1, "start", START),
        Migration::new(2, "rebuild", "CREATE TABLE fresh (id BLOB PRIMARY KEY, business BLOB NOT NULL REFERENCES businesses, stage TEXT NOT NULL) STRICT;
                  INSERT INTO fresh SELECT id, business, stage FROM cases;
                  DROP TABLE cases;
                  ALTER TABLE fresh RENAME TO cases;"),
    ],
    ..SCHEMA_LIKE
};

const SCHEMA_LIKE: Schema = Schema { migrations: &[], tables: &TABLES, derived: None, after_change: None };

fn written() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    add_case(&mut register, business);
    let (case, _) = add_case(&mut register, business);
    move_to(&mut register, case, "offered");
    folder
}

fn with(folder: &TempDir, schema: &'static Schema, settings: &Settings) -> Result<Register, RegisterError> {
    Register::open_with(folder.path(), schema, as_asha(), settings)
}

fn stages(register: &Register) -> Vec<String> {
    let mut statement = register.reader().prepare("SELECT stage FROM cases ORDER BY id").unwrap();
    let stages = statement.query_map([], |row| row.get(0)).unwrap();
    stages.collect::<Result<_, _>>().unwrap()
}

#[test]
fn an_older_register_is_upgraded_after_a_backup_and_the_rows_it_changed_are_told() {
    let folder = written();
    let mut register = with(&folder, &SECOND, &QUICK).unwrap();
    assert_eq!(stages(&register), ["application", "offered"]);
    let told = register.journal(None, 1).unwrap().remove(0);
    assert_eq!((told.label.as_str(), told.kind, told.records), ("Upgrade: regions", EntryKind::Upgrade, 1));
    assert_sound(&register);
    let backup = Register::backups(folder.path()).unwrap().remove(0);
    assert_eq!((backup.reason, backup.schema, backup.entries), (BackupReason::BeforeUpgrade, 1, 4));
    assert!(register.undo(told.seq).is_err());
    let moved = register.next_undo().unwrap().unwrap();
    register.undo(moved.seq).unwrap();
    assert_eq!(stages(&register), ["application", "enquiry"], "what the upgrade did not touch can be undone");
    let why = register.undo_plan(2).unwrap().refused.unwrap();
    assert!(why.contains("regions"), "{why}");
    drop(register);
    let again = with(&folder, &SECOND, &QUICK).unwrap();
    assert_eq!(Register::backups(folder.path()).unwrap().len(), 1, "once is enough");
    assert_sound(&again);
}

#[test]
fn the_backup_before_an_upgrade_opens_in_the_older_program() {
    let folder = written();
    drop(with(&folder, &SECOND, &QUICK).unwrap());
    assert!(matches!(with(&folder, &SCHEMA, &QUICK), Err(RegisterError::Newer { found: 2, known: 1 })));
    let backup = Register::backups(folder.path()).unwrap().remove(0);
    Register::restore(folder.path(), &backup.name, as_asha()).unwrap();
    assert_eq!(stages(&with(&folder, &SCHEMA, &QUICK).unwrap()), ["enquiry", "offered"]);
}

#[test]
fn a_step_that_fails_leaves_the_register_as_it_was() {
    let folder = written();
    let failed = with(&folder, &FAILING, &QUICK).map(|_| ());
    assert!(matches!(failed, Err(RegisterError::Upgrade { name: "torn", .. })));
    let register = with(&folder, &SCHEMA, &QUICK).unwrap();
    assert_eq!(stages(&register), ["enquiry", "offered"]);
    assert_sound(&register);
}

#[test]
fn a_table_that_is_rebuilt_keeps_its_rows_and_those_that_refer_to_it() {
    let folder = written();
    let mut register = with(&folder, &REBUILT, &QUICK).unwrap();
    assert_eq!(stages(&register), ["enquiry", "offered"]);
    assert_sound(&register);
    let moved = register.next_undo().unwrap().unwrap();
    register.undo(moved.seq).unwrap();
    assert_eq!(stages(&register), ["enquiry", "enquiry"]);
}

#[test]
fn whoever_comes_second_with_a_newer_program_waits() {
    let folder = written();
    let _first = with(&folder, &SCHEMA, &QUICK).unwrap();
    assert!(matches!(with(&folder, &SECOND, &QUICK), Err(RegisterError::UpgradeWaits)));
}
