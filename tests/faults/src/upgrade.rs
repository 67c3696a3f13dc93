//! A register whose tables are upgraded in a step long enough to be cut short.

use std::path::Path;

use register::{
    Actor, ComputerKey, Effort, Migration, Passphrase, Register, RegisterError, Schema, Settings, Table,
    Unlock,
};
use uuid::Uuid;

pub const RECORDS: i64 = 6_000;

const START: &str = "
    CREATE TABLE records (id BLOB PRIMARY KEY, stage TEXT NOT NULL) STRICT;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
        INSERT INTO records SELECT CAST(printf('%016d', i) AS BLOB), 'old' FROM n;";
const RENAME: Migration = Migration::new(
    2,
    "stages renamed",
    "ALTER TABLE records ADD COLUMN note TEXT; UPDATE records SET stage = 'new', note = hex(id);",
);
const FIRST: Migration = Migration::new(1, "start", START);
const TABLES: &[Table] = &[Table { name: "records", personal: &[], standing: None }];

/// As the program of yesterday knows it.
pub static OLD: Schema = Schema { migrations: &[FIRST], tables: TABLES, derived: None, after_change: None };
/// As the program of today knows it.
pub static NEW: Schema =
    Schema { migrations: &[FIRST, RENAME], tables: TABLES, derived: None, after_change: None };

pub fn officer() -> Actor {
    Actor { id: Uuid::from_u128(1), name: "Ada Manager".into() }
}

pub fn create(folder: &Path) -> ComputerKey {
    let quick = Settings { effort: Effort { memory: 8, passes: 1, lanes: 1 }, network: None };
    let phrase = Passphrase::new("seven quiet foxes");
    let (mut register, _) = Register::create_with(folder, &OLD, officer(), &phrase, &quick).unwrap();
    let key = register.remember_on_this_computer().unwrap();
    register.close().unwrap();
    key
}

pub fn open(folder: &Path, schema: &'static Schema, key: &ComputerKey) -> Result<Register, RegisterError> {
    Register::open(folder, schema, Unlock::Remembered(key.clone()))
}

/// How many records are at a stage.
pub fn at_stage(register: &Register, stage: &str) -> i64 {
    let sql = "SELECT count(*) FROM records WHERE stage = ?1";
    register.reader().query_row(sql, [stage], |row| row.get(0)).unwrap()
}
