//! Lists of cases: a page in an order, with count and sums of the whole.

use anyhow::Result;
use casework::{
    Desk,
    cases::{self, CaseQuery, CaseSort},
    standing, today,
};
use rusqlite::Connection;

use crate::{Run, bare, office, report::Row, timing::Times};

/// What an officer asks for: query, order, descending, offset.
const ASKED: &[(&str, CaseSort, bool, u32)] = &[
    ("", CaseSort::Received, true, 0),
    ("", CaseSort::Received, false, 0),
    ("", CaseSort::Reference, false, 0),
    ("", CaseSort::Reference, true, 0),
    ("", CaseSort::Business, false, 0),
    ("", CaseSort::Stage, false, 0),
    ("", CaseSort::Asked, true, 0),
    ("", CaseSort::Awarded, true, 0),
    ("", CaseSort::Due, false, 0),
    ("", CaseSort::Received, true, 500),
    ("stage:offered", CaseSort::Due, false, 0),
    ("stage:submitted", CaseSort::Received, true, 0),
    ("stage:closed", CaseSort::Received, true, 0),
    ("kind:voucher", CaseSort::Received, true, 0),
    ("round:\"Round 7\"", CaseSort::Reference, false, 0),
    ("programme:MIV", CaseSort::Business, false, 0),
    ("amount:>4000", CaseSort::Asked, true, 0),
    ("due:<14d", CaseSort::Due, false, 0),
    ("received:>2026-10-01", CaseSort::Received, true, 0),
    ("owed:letter", CaseSort::Due, false, 0),
    ("hydrogen", CaseSort::Received, true, 0),
    ("comp", CaseSort::Received, true, 0),
    ("component stage:offered", CaseSort::Due, false, 0),
    ("kestrel", CaseSort::Business, false, 0),
];
const PAGE: u32 = 100;

/// The first of `ASKED` in plain SQLite, as one would write it by hand.
const BY_HAND: [&str; 2] = [
    "SELECT count(*), coalesce(sum(c.asked), 0), coalesce(sum(a.amount), 0)
     FROM cases c LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL",
    "SELECT c.id, c.reference, c.stage, o.name, c.title, c.asked, a.amount, c.received_at, c.due
     FROM cases c JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN awards a ON a.case_id = c.id AND a.released_on IS NULL ORDER BY c.received_at DESC LIMIT 100",
];

/// Each query as often as there are turns; the row is the slowest of them.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    let desk = office::of(run)?;
    let copy = run.folder.join("plain.db");
    let plain = bare::plain_copy(&desk, &copy)?;
    plain.execute_batch("PRAGMA cache_size = -49152")?;
    let mut by_hand = Times::default();
    let mut asked: Vec<Times> = ASKED.iter().map(|_| Times::default()).collect();
    let (mut rail, mut day) = (Times::default(), Times::default());
    for turn in 0..run.turns + 1 {
        if turn == 1 {
            // The first turn filled the caches.
            by_hand = Times::default();
            asked = ASKED.iter().map(|_| Times::default()).collect();
            (rail, day) = Default::default();
        }
        by_hand.take(|| read_all(&plain))?;
        for (one, times) in ASKED.iter().zip(&mut asked) {
            times.take(|| list(&desk, one))?;
        }
        rail.take(|| Ok(standing::standing(&desk)?))?;
        day.take(|| Ok(today::today(&desk)?))?;
    }
    bare::remove(&copy)?;
    for ((text, sort, descending, offset), times) in ASKED.iter().zip(&asked) {
        let order = if *descending { "down" } else { "up" };
        eprintln!("  {:<62} {text:?} by {sort:?} {order} from {offset}", times.shown());
    }
    let baseline = format!("all by day received, by hand in plain SQLite: {}", by_hand.shown());
    let slowest = asked.iter().max_by_key(|times| times.median());
    let row = |what: String, times: &Times| Row {
        what: format!("{what}, {} cases", run.cases),
        must: Some("p99 ≤ 30 ms"),
        baseline: baseline.clone(),
        is: times.shown(),
        met: Some(times.p99().as_millis() < 30),
    };
    Ok(vec![
        Row {
            what: format!(
                "list, sort, filter, count: the slowest of {} queries, {} cases",
                ASKED.len(),
                run.cases
            ),
            must: Some("p99 ≤ 30 ms"),
            baseline: baseline.clone(),
            is: slowest.map(Times::shown).unwrap_or_default(),
            met: Some(asked.iter().all(|times| times.p99().as_millis() < 30)),
        },
        row("the first list: all, newest first (median / p99)".to_owned(), &asked[0]),
        row("the counts of the rail".to_owned(), &rail),
        row("Today".to_owned(), &day),
    ])
}

fn list(desk: &Desk, (text, sort, descending, offset): &(&str, CaseSort, bool, u32)) -> Result<u32> {
    let query = CaseQuery {
        text: (*text).to_owned(),
        sort: *sort,
        descending: *descending,
        offset: *offset,
        limit: PAGE,
    };
    Ok(cases::list(desk, &query)?.total)
}

fn read_all(plain: &Connection) -> Result<usize> {
    let mut rows = 0;
    for sql in BY_HAND {
        let mut statement = plain.prepare_cached(sql)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            rows += usize::from(row.get_ref(0).is_ok());
        }
    }
    Ok(rows)
}
