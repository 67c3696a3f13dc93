//! Whatever an intruder who holds the key does to the journal and to what it made, verification tells it, in bounded time.

use std::time::{Duration, Instant};

use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestRunner};
use register::{Register, Value};
use rusqlite::{Connection, params_from_iter, types::ValueRef};

use crate::office::*;

/// Multiplied in the long form.
fn times() -> u32 {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// What verification covers. What the domain derives from its tables is not proof of anything, and a file that no record
/// refers to may come and go; the register's own counters of its form are read when it is opened.
const COVERED: [&str; 9] = [
    "journal",
    "journal_part",
    "journal_record",
    "journal_undone",
    "blobs",
    "businesses",
    "cases",
    "notes",
    "letters",
];

/// One thing that an intruder does. Numbers count on from the first row or column, round and round.
#[derive(Clone, Debug)]
enum Deed {
    Set {
        table: usize,
        row: usize,
        column: usize,
        to: NewValue,
    },
    Drop {
        table: usize,
        row: usize,
    },
    /// A row once more, with another value in one column.
    Add {
        table: usize,
        row: usize,
        column: usize,
        to: NewValue,
    },
    /// Two rows change what they hold in a column: entries, parts or records in another order.
    Swap {
        table: usize,
        rows: (usize, usize),
        column: usize,
    },
}

#[derive(Clone, Debug)]
enum NewValue {
    Any(Value),
    /// What another row holds there.
    OfRow(usize),
    /// What stands there, with a bit turned.
    Turned(usize),
    /// What stands there, cut off.
    Cut(usize),
    /// What stands there, and more.
    Longer(Vec<u8>),
    /// Text that is none.
    NoText(Vec<u8>),
}

fn new_value() -> impl Strategy<Value = NewValue> {
    const SAID: [&str; 12] =
        ["", "[]", "[1]", "[ ]", "[1,2]", "[[[[", "{}", "null", "do", "undo", "erase", "Asha Patel"];
    // Empty lines by the million, in a few hundred bytes.
    let bomb = zstd::bulk::compress(&vec![b'\n'; 16 << 20], 3).unwrap();
    prop_oneof![
        4 => any::<usize>().prop_map(NewValue::OfRow),
        4 => any::<usize>().prop_map(NewValue::Turned),
        2 => any::<usize>().prop_map(NewValue::Cut),
        2 => vec(any::<u8>(), 1..4).prop_map(NewValue::Longer),
        2 => (-2i64..12).prop_map(|number| NewValue::Any(number.into())),
        1 => any::<i64>().prop_map(|number| NewValue::Any(number.into())),
        1 => any::<f64>().prop_map(|number| NewValue::Any(number.into())),
        2 => select(SAID.as_slice()).prop_map(|text| NewValue::Any(text.to_owned().into())),
        1 => ".{0,40}".prop_map(|text| NewValue::Any(text.into())),
        2 => vec(any::<u8>(), 0..80).prop_map(|bytes| NewValue::Any(bytes.into())),
        1 => vec(any::<u8>(), 1..8).prop_map(NewValue::NoText),
        1 => Just(NewValue::Any(Value::Null)),
        1 => Just(NewValue::Any(bomb.into())),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = any::<usize>;
    prop_oneof![
        6 => (at(), at(), at(), new_value())
            .prop_map(|(table, row, column, to)| Deed::Set { table, row, column, to }),
        1 => (at(), at()).prop_map(|(table, row)| Deed::Drop { table, row }),
        2 => (at(), at(), at(), new_value())
            .prop_map(|(table, row, column, to)| Deed::Add { table, row, column, to }),
        2 => (at(), (at(), at()), at())
            .prop_map(|(table, rows, column)| Deed::Swap { table, rows, column }),
    ]
}

/// A table as it stands.
struct Found {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Found {
    /// How many of its columns, from the first, are its key.
    fn keys(&self) -> usize {
        match self.name {
            "journal_part" => 2,
            "journal_record" => 3,
            _ => 1,
        }
    }

    /// Which row is meant.
    fn clause(&self) -> String {
        let keys: Vec<String> =
            self.columns[..self.keys()].iter().map(|column| format!("{column} IS ?")).collect();
        keys.join(" AND ")
    }

    /// What comes in the place of a value, and how SQL is told it.
    fn replaced(&self, row: usize, column: usize, to: &NewValue) -> (Value, &'static str) {
        let held = &self.rows[row][column];
        let altered = |alter: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = match held {
                Value::Blob(bytes) => bytes.clone(),
                Value::Text(text) => text.clone().into_bytes(),
                Value::Integer(number) => number.to_le_bytes().to_vec(),
                Value::Real(number) => number.to_le_bytes().to_vec(),
                Value::Null => Vec::new(),
            };
            alter(&mut bytes);
            match held {
                Value::Text(_) => String::from_utf8_lossy(&bytes).into_owned().into(),
                Value::Integer(_) | Value::Real(_) => {
                    bytes.resize(8, 0);
                    i64::from_le_bytes(bytes.try_into().unwrap()).into()
                }
                Value::Blob(_) | Value::Null => bytes.into(),
            }
        };
        let value = match to {
            NewValue::Any(value) => value.clone(),
            NewValue::OfRow(other) => self.rows[other % self.rows.len()][column].clone(),
            NewValue::Turned(bit) => altered(&|bytes| {
                let bits = bytes.len() * 8;
                if bits > 0 {
                    bytes[bit % bits / 8] ^= 1 << (bit % 8);
                }
            }),
            NewValue::Cut(at) => altered(&|bytes| bytes.truncate(at % bytes.len().max(1))),
            NewValue::Longer(more) => altered(&|bytes| bytes.extend(more)),
            NewValue::NoText(bytes) => return (bytes.clone().into(), "CAST(? AS TEXT)"),
        };
        (value, "?")
    }
}

fn found(intruder: &Connection, name: &'static str) -> Found {
    let mut statement = intruder.prepare_cached(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let width = columns.len();
    // Text that is none cannot be read as text.
    let value = |row: &rusqlite::Row<'_>, column| match row.get_ref(column).unwrap() {
        ValueRef::Text(bytes) if std::str::from_utf8(bytes).is_err() => format!("no text: {bytes:?}").into(),
        other => other.try_into().unwrap(),
    };
    let rows = statement
        .query_map([], |row| Ok((0..width).map(|column| value(row, column)).collect()))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    Found { name, columns, rows }
}

/// What the tables say; the same thing said otherwise is the same.
fn said(intruder: &Connection) -> Vec<Vec<Vec<Value>>> {
    let said = COVERED.map(|name| {
        let Found { columns, mut rows, .. } = found(intruder, name);
        for row in &mut rows {
            let digests = columns.iter().position(|column| column == "digests").map(|at| row[at].clone());
            for (column, value) in columns.iter().zip(row.iter_mut()) {
                *value = match (name, column.as_str(), &*value) {
                    ("journal", "of", Value::Text(list)) => match serde_json::from_str::<Vec<i64>>(list) {
                        Ok(list) => format!("{list:?}").into(),
                        Err(_) => continue,
                    },
                    ("journal_part", "plain" | "personal", Value::Blob(packed)) => {
                        match zstd::bulk::decompress(packed, 1 << 20) {
                            Ok(lines) => lines.into(),
                            Err(_) => continue,
                        }
                    }
                    ("journal_part", "personal", Value::Null) => {
                        let Some(Value::Blob(digests)) = &digests else { continue };
                        vec![b'\n'; (digests.len() / 64).saturating_sub(1)].into()
                    }
                    _ => continue,
                };
            }
        }
        rows
    });
    said.to_vec()
}

/// Does it, as far as the tables take it.
fn does(intruder: &Connection, deed: &Deed) {
    let (Deed::Set { table, .. }
    | Deed::Drop { table, .. }
    | Deed::Add { table, .. }
    | Deed::Swap { table, .. }) = deed;
    let table = found(intruder, COVERED[table % COVERED.len()]);
    let (rows, columns) = (table.rows.len(), table.columns.len());
    // A file that nothing refers to may come and go.
    if rows == 0 || table.name == "blobs" && matches!(deed, Deed::Drop { .. } | Deed::Add { .. }) {
        return;
    }
    let run = |sql: &str, values: Vec<Value>| {
        let _ = intruder.prepare_cached(sql).unwrap().execute(params_from_iter(values));
    };
    let clause = table.clause();
    let key = |row: &[Value]| row[..table.keys()].to_vec();
    let set = |row: &[Value], column: usize, (to, mark): (Value, &str)| {
        let sql = format!("UPDATE {} SET {} = {mark} WHERE {clause}", table.name, table.columns[column]);
        run(&sql, [vec![to], key(row)].concat());
    };
    match deed {
        Deed::Set { row, column, to, .. } => {
            let (row, column) = (row % rows, column % columns);
            set(&table.rows[row], column, table.replaced(row, column, to));
        }
        Deed::Drop { row, .. } => {
            run(&format!("DELETE FROM {} WHERE {clause}", table.name), key(&table.rows[row % rows]));
        }
        Deed::Add { row, column, to, .. } => {
            let (row, column) = (row % rows, column % columns);
            let (mut values, mut marks) = (table.rows[row].clone(), vec!["?"; columns]);
            (values[column], marks[column]) = table.replaced(row, column, to);
            run(&format!("INSERT INTO {} VALUES ({})", table.name, marks.join(", ")), values);
        }
        Deed::Swap { rows: (one, other), column, .. } => {
            let (one, other, column) = (&table.rows[one % rows], &table.rows[other % rows], column % columns);
            let to = |value: &Value| (value.clone(), "?");
            if column < table.keys() {
                // A key is free before it is taken: through one that nobody has.
                let aside = match &one[column] {
                    Value::Integer(_) => Value::Integer(7_777),
                    _ => Value::Blob(vec![7; 16]),
                };
                let mut moved = one.clone();
                moved[column] = aside.clone();
                set(one, column, to(&aside));
                set(other, column, to(&one[column]));
                set(&moved, column, to(&other[column]));
            } else {
                set(one, column, to(&other[column]));
                set(other, column, to(&one[column]));
            }
        }
    }
}

/// Some years of an office in a few entries: undone, redone, left the house, erased, and written to after that.
fn lived() -> Register {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    let moved = move_to(&mut register, case, "offered");
    register.undo(moved).unwrap();
    register.redo().unwrap();
    issue_letter(&mut register, case, "L-1");
    act(&mut register, "Write a long note", |tx| {
        let insert = "INSERT INTO notes (id, case_id, body) VALUES (?1, ?2, ?3)";
        Ok(tx.execute(insert, rusqlite::params![uuid::Uuid::now_v7(), case, "they rang ".repeat(90)])?)
    });
    act(&mut register, "Keep an invoice", |tx| {
        Register::store_blob(tx, b"an invoice")?;
        Ok(tx.execute("UPDATE businesses SET weight = 1.5, logo = x'00ff' WHERE id = ?1", [business])?)
    });
    let leaver = add_business(&mut register, "Jo Bloggs");
    rename(&mut register, leaver, "Jo Bloggs-Brown");
    register.erase_personal("businesses", leaver.as_bytes(), "they asked").unwrap();
    act(&mut register, "They came back", |tx| {
        Ok(tx.execute("UPDATE businesses SET phone = '0121' WHERE id = ?1", [leaver])?)
    });
    register
}

/// An entry of two parts, as an import leaves.
fn imported() -> Register {
    let mut register = in_memory();
    act(&mut register, "Import", |tx| {
        let mut insert = tx.prepare("INSERT INTO businesses (id, name) VALUES (?1, ?2)")?;
        for number in 0..258 {
            insert.execute(rusqlite::params![uuid::Uuid::now_v7(), format!("Business {number}")])?;
        }
        Ok(())
    });
    register
}

/// Lets an intruder in behind the register, whose guards are gone.
fn let_in(register: &Register) -> &Connection {
    let intruder = register.reader();
    intruder
        .execute_batch(
            "PRAGMA query_only = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
             DROP TRIGGER journal_is_kept; DROP TRIGGER journal_is_whole; DROP TRIGGER journal_is_appended;
             DROP TRIGGER journal_part_is_kept; DROP TRIGGER journal_part_is_whole;",
        )
        .unwrap();
    intruder
}

fn attacked(register: &Register, cases: u32) {
    let intruder = let_in(register);
    let untouched = said(intruder);
    assert_sound(register);
    let config = ProptestConfig { cases: cases * times(), failure_persistence: None, ..Default::default() };
    TestRunner::new(config)
        .run(&vec(deed(), 1..4), |deeds| {
            intruder.execute_batch("SAVEPOINT intrusion").unwrap();
            for deed in &deeds {
                does(intruder, deed);
            }
            let same = said(intruder) == untouched;
            let started = Instant::now();
            let verified = register.verify();
            let took = started.elapsed();
            intruder.execute_batch("ROLLBACK TO intrusion; RELEASE intrusion").unwrap();
            match verified {
                Ok(verified) => {
                    prop_assert_eq!(verified.sound, same, "{:?}", verified.faults);
                    prop_assert_eq!(verified.sound, verified.faults.is_empty());
                }
                Err(error) => prop_assert!(false, "it does not tell: {error}"),
            }
            prop_assert!(took < Duration::from_secs(10), "{took:?}");
            Ok(())
        })
        .unwrap();
    assert_sound(register);
}

#[test]
fn whatever_is_done_behind_a_register_s_back_is_told_by_verification() {
    attacked(&lived(), 950);
}

#[test]
fn whatever_is_done_to_an_entry_of_several_parts_is_told_by_verification() {
    attacked(&imported(), 50);
}
