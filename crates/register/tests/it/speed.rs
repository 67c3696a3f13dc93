//! Nothing grows worse than the work it does.

use std::time::Instant;

use rusqlite::params;
use uuid::Uuid;

use crate::office::*;

/// 10,000 rows come in, go and return; a record's history does not unpack them all.
#[test]
fn an_import_of_many_rows_is_undone_and_redone() {
    let mut register = in_memory();
    let business = add_business(&mut register, "Brook Alloys");
    let ids: Vec<Uuid> = (0..10_000).map(|_| Uuid::now_v7()).collect();
    let import = act(&mut register, "Import", |tx| {
        let mut insert = tx.prepare("INSERT INTO cases VALUES (?1, ?2, 'enquiry', ?3)")?;
        for (number, id) in ids.iter().enumerate() {
            insert.execute(params![id, business, number as i64])?;
        }
        Ok(())
    });
    assert_eq!(register.entry(import).unwrap().records, 10_000);
    let started = Instant::now();
    assert_eq!(register.history("cases", ids[5_000].as_bytes()).unwrap().len(), 1);
    assert!(started.elapsed().as_millis() < 200, "one record's history took {:?}", started.elapsed());
    register.undo(import).unwrap();
    assert_eq!(count(register.reader(), "cases"), 0);
    register.redo().unwrap();
    assert_eq!(count(register.reader(), "cases"), 10_000);
    assert_sound(&register);
}

/// Run by hand with `--release -- --ignored --nocapture`: a journalled durable change against the bare UPDATE.
#[test]
#[ignore = "a measurement"]
fn a_journalled_change_against_the_bare_update() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    let business = add_business(&mut register, "Brook Alloys");
    let ids: Vec<Uuid> = (0..100_000).map(|_| Uuid::now_v7()).collect();
    let started = Instant::now();
    let import = act(&mut register, "Import", |tx| {
        let mut insert = tx.prepare("INSERT INTO cases VALUES (?1, ?2, 'enquiry', ?3)")?;
        for (number, id) in ids.iter().enumerate() {
            insert.execute(params![id, business, number as i64])?;
        }
        Ok(())
    });
    println!("import of 100,000 rows: {:?}", started.elapsed());
    let mut journalled = Vec::new();
    for turn in 0..1_000 {
        let id = ids[turn * 7_919 % ids.len()];
        let started = Instant::now();
        move_to(&mut register, id, &format!("stage {turn}"));
        journalled.push(started.elapsed().as_micros());
    }
    let started = Instant::now();
    let plan = register.undo_plan(import).unwrap();
    println!("plan to undo the import, {} also: {:?}", plan.also.len(), started.elapsed());
    let started = Instant::now();
    assert_sound(&register);
    println!("verify: {:?}", started.elapsed());
    let started = Instant::now();
    register.undo(import).unwrap();
    println!("undo the import: {:?}", started.elapsed());
    let started = Instant::now();
    register.redo().unwrap();
    println!("redo it: {:?}", started.elapsed());
    let key = register.data_key().unwrap();
    drop(register);
    let bare = behind(folder.path(), &key);
    bare.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;").unwrap();
    let mut plain = Vec::new();
    for turn in 0..1_000 {
        let id = ids[turn * 7_919 % ids.len()];
        let started = Instant::now();
        bare.prepare_cached("UPDATE cases SET stage = ?2 WHERE id = ?1")
            .unwrap()
            .execute(params![id, format!("again {turn}")])
            .unwrap();
        plain.push(started.elapsed().as_micros());
    }
    for (name, mut took) in [("journalled", journalled), ("bare", plain)] {
        took.sort_unstable();
        println!("{name}: p50 {} µs, p99 {} µs", took[500], took[990]);
    }
}
