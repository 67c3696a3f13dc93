//! A toy office: businesses, their cases, notes on them, and letters that leave the house.

use std::path::Path;

use register::{
    Actor, Changed, DataKey, Effort, Migration, Passphrase, RecoveryKey, Register, RegisterError, Schema,
    Settings, Table, TouchedRow, Unlock,
};
use rusqlite::{Connection, Transaction, params};
use uuid::Uuid;

pub static SCHEMA: Schema = Schema {
    migrations: &[Migration::new(1, "start", START)],
    tables: &TABLES,
    derived: Some(rebuild),
    after_change: Some(follow),
};

pub const TABLES: [Table; 4] = [
    Table { name: "businesses", personal: &["name", "phone"], standing: None },
    Table { name: "cases", personal: &[], standing: None },
    Table { name: "notes", personal: &["body"], standing: None },
    Table { name: "letters", personal: &["recipient"], standing: Some("withdrawn_at") },
];

pub const START: &str = "
    CREATE TABLE businesses (
        id BLOB PRIMARY KEY, name TEXT NOT NULL, phone TEXT, code TEXT UNIQUE, owner BLOB REFERENCES businesses,
        weight REAL, logo BLOB, colour TEXT DEFAULT 'grey'
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cases (
        id BLOB PRIMARY KEY, business BLOB NOT NULL REFERENCES businesses, stage TEXT NOT NULL, amount INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX cases_business ON cases (business);
    CREATE TABLE notes (
        id BLOB PRIMARY KEY, case_id BLOB NOT NULL REFERENCES cases ON DELETE CASCADE, body TEXT
    ) STRICT;
    CREATE INDEX notes_case ON notes (case_id);
    CREATE TABLE letters (
        id BLOB PRIMARY KEY, case_id BLOB NOT NULL, number TEXT NOT NULL UNIQUE, recipient TEXT, printed TEXT, withdrawn_at TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE words (id BLOB PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;";

fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("DELETE FROM words; INSERT INTO words SELECT id, name FROM businesses;")
}

fn follow(connection: &Connection, touched: &[TouchedRow]) -> rusqlite::Result<()> {
    for row in touched.iter().filter(|row| row.table == "businesses") {
        connection.execute("DELETE FROM words WHERE id = ?1", [&row.key])?;
        connection.execute("INSERT INTO words SELECT id, name FROM businesses WHERE id = ?1", [&row.key])?;
    }
    Ok(())
}

pub fn asha() -> Actor {
    Actor { id: Uuid::from_u128(1), name: "Asha Patel".into() }
}

pub fn ben() -> Actor {
    Actor { id: Uuid::from_u128(2), name: "Ben Okafor".into() }
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery")
}

/// A key derivation that costs nothing, and a folder that is not on a share.
pub const QUICK: Settings =
    Settings { effort: Effort { memory: 8, passes: 1, lanes: 1 }, network: Some(false) };
/// As if the folder were on a network share.
pub const SHARE: Settings = Settings { network: Some(true), ..QUICK };

pub fn in_memory() -> Register {
    Register::in_memory(&SCHEMA, asha()).unwrap()
}

pub fn create(folder: &Path) -> (Register, RecoveryKey) {
    Register::create_with(folder, &SCHEMA, asha(), &passphrase(), &QUICK).unwrap()
}

pub fn open(folder: &Path) -> Register {
    Register::open_with(folder, &SCHEMA, as_asha(), &QUICK).unwrap()
}

pub fn as_asha() -> Unlock {
    Unlock::Passphrase { officer_name: "Asha Patel".into(), passphrase: passphrase() }
}

/// Opens the database behind the register's back, as an intruder with the key would.
pub fn behind(folder: &Path, key: &DataKey) -> Connection {
    let connection = Connection::open(folder.join("register.db")).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.to_text().as_str())).unwrap();
    connection
}

pub type Done<T> = Result<Changed<T>, RegisterError>;

pub fn add_business(register: &mut Register, name: &str) -> Uuid {
    let added: Done<Uuid> = register.change(&format!("Add {name}"), |tx| {
        let id = Uuid::now_v7();
        tx.execute(
            "INSERT INTO businesses (id, name, code) VALUES (?1, ?2, ?3)",
            params![id, name, id.to_string()],
        )?;
        Ok(id)
    });
    added.unwrap().value
}

pub fn rename(register: &mut Register, business: Uuid, name: &str) -> i64 {
    let label = format!("Rename to {name}");
    act(register, &label, |tx| {
        Ok(tx.execute("UPDATE businesses SET name = ?2 WHERE id = ?1", params![business, name])?)
    })
}

pub fn add_case(register: &mut Register, business: Uuid) -> (Uuid, i64) {
    let id = Uuid::now_v7();
    let entry = act(register, "Add a case", |tx| {
        Ok(tx.execute("INSERT INTO cases (id, business, stage) VALUES (?1, ?2, 'enquiry')", [id, business])?)
    });
    (id, entry)
}

pub fn move_to(register: &mut Register, case: Uuid, stage: &str) -> i64 {
    let label = format!("Move to {stage}");
    act(register, &label, |tx| {
        Ok(tx.execute("UPDATE cases SET stage = ?2 WHERE id = ?1", params![case, stage])?)
    })
}

pub fn issue_letter(register: &mut Register, case: Uuid, number: &str) -> (Uuid, i64) {
    let id = Uuid::now_v7();
    let entry = act(register, &format!("Issue letter {number}"), |tx| {
        let insert = "INSERT INTO letters (id, case_id, number, recipient) VALUES (?1, ?2, ?3, 'Jo Bloggs')";
        Ok(tx.execute(insert, params![id, case, number])?)
    });
    (id, entry)
}

pub fn act<T>(
    register: &mut Register,
    label: &str,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, RegisterError>,
) -> i64 {
    register.change(label, work).unwrap().entry.expect("it changes something")
}

pub fn text(register: &Register, sql: &str, id: Uuid) -> Option<String> {
    register.reader().query_row(sql, [id], |row| row.get(0)).unwrap()
}

pub fn name_of(register: &Register, business: Uuid) -> Option<String> {
    text(register, "SELECT name FROM businesses WHERE id = ?1", business)
}

pub fn count(connection: &Connection, table: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// Every row of some tables, as text that can be compared.
pub fn dump(connection: &Connection, tables: &[&str]) -> String {
    let mut dump = String::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY id")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..columns)
                .map(|column| format!("{:?}", row.get::<_, register::Value>(column).unwrap()))
                .collect();
            dump += &format!("{table}: {}\n", values.join(" | "));
        }
    }
    dump
}

/// The tables whose rows vanish when they are undone, and what is derived.
pub const MOVABLE: [&str; 4] = ["businesses", "cases", "notes", "words"];
pub const ALL: [&str; 5] = ["businesses", "cases", "notes", "words", "letters"];

pub fn assert_sound(register: &Register) {
    let found = register.verify().unwrap();
    assert!(found.sound, "the register should verify, but: {:#?}", found.faults);
}
