//! A change, journalled and durable, against the same UPDATE in SQLCipher with nothing around it.

use anyhow::Result;
use casework::forms::{self, Noun};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    Run, bare, fiction, office,
    report::Row,
    timing::{Times, ratio},
};

/// Measured in turns, so that a slow moment of the disk falls on all alike.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    let mut desk = office::of(run)?;
    let copy = run.folder.join("bare.db");
    bare::remove(&copy)?;
    let baseline = bare::encrypted_copy(&desk, &copy)?;
    let cases: Vec<Uuid> = desk
        .reader()
        .prepare("SELECT id FROM cases ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (mut bare, mut journalled, mut saved) = (Times::default(), Times::default(), Times::default());
    let statement = "UPDATE cases SET provider_as_given = ?2 WHERE id = ?1";
    let update = |connection: &Connection, case: Uuid, text: &str| {
        connection.prepare_cached(statement)?.execute((case, text))
    };
    // What has not been read since the start is read from the disk, by either side.
    for turn in 0..run.turns + 20 {
        let case = cases[fiction::mixed(turn) % cases.len()];
        let text = format!("University of Marlbrook (practice), {turn} of {}", Uuid::now_v7());
        let (mut warm_bare, mut warm_journalled, mut warm_saved) = Default::default();
        let warm = turn < 20;
        let times = if warm { &mut warm_bare } else { &mut bare };
        times.take(|| Ok(update(&baseline, case, &text)?))?;
        let times = if warm { &mut warm_journalled } else { &mut journalled };
        times.take(|| {
            desk.register_mut()
                .change::<_, anyhow::Error>("Provider (practice)", |tx| Ok(update(tx, case, &text)?))
        })?;
        let times = if warm { &mut warm_saved } else { &mut saved };
        let form = office::values(&[("title", &format!("Changed in turn {turn}, {}", Uuid::now_v7()))]);
        times.take(|| Ok(forms::save(&mut desk, Noun::Voucher, Some(case), &form)?))?;
    }
    bare::remove(&copy)?;
    let row = |what: &str, must, times: &Times| {
        let half = ratio(times.median(), bare.median());
        Row {
            what: format!("{what}, {} cases", run.cases),
            must,
            baseline: format!("the same UPDATE in SQLCipher, FULL: {}", bare.shown()),
            is: format!("{}: {half:.2} ×", times.shown()),
            met: must.map(|_| half <= 2.0),
        }
    };
    Ok(vec![
        row("a change, journalled and durable (median / p99)", Some("≤ 2 ×"), &journalled),
        row("a title saved on its form: checked, journalled, indexed", None, &saved),
    ])
}
