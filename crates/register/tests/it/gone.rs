//! The folder of an open register is taken away, or replaced by another.

use std::fs;

use register::{Register, RegisterError};

use crate::office::*;

#[cfg(unix)]
#[test]
fn a_change_in_a_register_whose_folder_is_gone_is_refused_and_not_lost_in_silence() {
    let drive = tempfile::tempdir().unwrap();
    let folder = drive.path().join("office.vdesk");
    let (mut register, _) = create(&folder);
    let business = add_business(&mut register, "Brook Alloys");
    let away = drive.path().join("away");
    fs::rename(&folder, &away).unwrap();
    let refused: Done<usize> =
        register.change("Rename", |tx| Ok(tx.execute("UPDATE businesses SET name = 'Lost'", [])?));
    assert!(matches!(refused, Err(RegisterError::Gone { .. })), "{refused:?}");
    assert!(matches!(register.undo(1), Err(RegisterError::Gone { .. })));
    assert!(matches!(register.backup(), Err(RegisterError::Gone { .. })));
    assert!(!folder.exists(), "nothing was made where the register was");
    fs::rename(&away, &folder).unwrap();
    rename(&mut register, business, "Brook Metals");
    drop(register);
    let register = open(&folder);
    assert_eq!(
        name_of(&register, business).as_deref(),
        Some("Brook Metals"),
        "once it is back, work goes on"
    );
    assert_sound(&register);
}

#[cfg(unix)]
#[test]
fn a_change_in_a_register_that_was_replaced_by_another_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let database = folder.path().join("register.db");
    let copy = folder.path().join("copy");
    fs::copy(&database, &copy).unwrap();
    fs::rename(&copy, &database).unwrap();
    let refused: Done<usize> =
        register.change("Rename", |tx| Ok(tx.execute("UPDATE businesses SET name = 'Lost'", [])?));
    assert!(matches!(refused, Err(RegisterError::Gone { .. })), "{refused:?}");
    assert_eq!(
        name_of(&register, business).as_deref(),
        Some("Brook Alloys"),
        "what was committed can still be read"
    );
}

#[test]
fn a_register_from_a_newer_program_says_so_and_is_left_as_it_is() {
    static NEWER: register::Schema = register::Schema {
        migrations: &[
            register::Migration::new(1, "start", START),
            register::Migration::new(2, "later", "CREATE TABLE later (id BLOB PRIMARY KEY) STRICT;"),
        ],
        ..SCHEMA
    };
    let folder = tempfile::tempdir().unwrap();
    drop(Register::create_with(folder.path(), &NEWER, asha(), &passphrase(), &QUICK).unwrap());
    let before = fs::read(folder.path().join("register.db")).unwrap();
    let refused = Register::open_with(folder.path(), &SCHEMA, as_asha(), &QUICK).map(|_| ()).unwrap_err();
    assert!(matches!(refused, RegisterError::Newer { found: 2, known: 1 }));
    assert!(refused.to_string().contains("newer version of the program"));
    assert_eq!(fs::read(folder.path().join("register.db")).unwrap(), before);
}
