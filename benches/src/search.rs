//! From a key press to the results, in the store.

use anyhow::Result;
use casework::search;

use crate::{Run, fiction, office, report::Row, timing::Times};

/// What is typed, letter by letter.
const TYPED: &[&str] = &[
    "component testing",
    "composite",
    "kestrel optics",
    "hydrogen valve",
    "practice",
    "MIV-2026-01",
    "marlbrook sensors",
    "a process for the material",
    "Łódź Street",
    "example",
    "zzz nothing",
];
/// As many as the palette shows.
const SHOWN: u32 = 20;

/// Every beginning of every text, as it is typed, and names of businesses.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    let desk = office::of(run)?;
    let mut presses: Vec<String> = Vec::new();
    for text in TYPED {
        let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
        presses.extend(ends.map(|end| text[..end].to_owned()));
    }
    presses.extend(
        (0..40).map(|turn| fiction::business(fiction::mixed(turn) % fiction::businesses(run.cases)).0),
    );
    let mut all = Times::default();
    let mut slowest = (std::time::Duration::ZERO, String::new());
    for round in 0..=run.turns.div_ceil(20) {
        if round == 1 {
            all = Times::default();
        }
        for press in &presses {
            let started = std::time::Instant::now();
            all.take(|| Ok(search::find(&desk, press, SHOWN)?))?;
            if round > 0 && started.elapsed() > slowest.0 {
                slowest = (started.elapsed(), press.clone());
            }
        }
    }
    eprintln!("  the slowest: {slowest:?}");
    Ok(vec![Row {
        what: format!("key press to results in the store (median / p99), {} cases", run.cases),
        must: Some("p99 ≤ 8 ms"),
        baseline: "half a frame".to_owned(),
        is: all.shown(),
        met: Some(all.p99().as_micros() <= 8_000),
    }])
}
