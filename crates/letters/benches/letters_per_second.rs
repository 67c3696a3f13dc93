//! How many two-page letters a second, each with its own facts: `cargo bench -p letters`.
//!
//! A plain harness: what counts is the rate over a batch, with and without a second thread, not the time of a
//! single call.

#![expect(clippy::expect_used, clippy::panic, reason = "a bench that cannot run has nothing to report")]

use std::time::Instant;

use letters::{Letter, Press, Stationery};
use serde_json::{Value, json};

const TEMPLATE: &str = include_str!("../tests/templates/grant.md");

fn main() {
    let letters: u32 = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(400);
    let start = Instant::now();
    let press = Press::new().expect("the bundled fonts load");
    println!("press ready in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let facts: Vec<Value> = (0..letters).map(facts).collect();
    let (first, rest) = facts.split_at(facts.len().min(3));
    for facts in first {
        print(&press, facts);
    }
    for threads in [1, 2] {
        let start = Instant::now();
        let (bytes, pages) = std::thread::scope(|scope| {
            let press = &press;
            let share = rest.len().div_ceil(threads);
            let workers: Vec<_> = rest
                .chunks(share)
                .map(|share| {
                    scope.spawn(move || {
                        share
                            .iter()
                            .map(|facts| print(press, facts))
                            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
                    })
                })
                .collect();
            workers
                .into_iter()
                .filter_map(|worker| worker.join().ok())
                .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        });
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{threads} thread(s): {:.1} letters/s ({:.2} ms each), {} bytes and {:.2} pages a letter",
            rest.len() as f64 / seconds,
            seconds * 1000.0 * threads as f64 / rest.len() as f64,
            bytes / rest.len(),
            f64::from(pages) / rest.len() as f64,
        );
    }
    let pdfs: Vec<Vec<u8>> = facts.iter().take(200).map(|facts| typeset(&press, facts).pdf).collect();
    let slices: Vec<&[u8]> = pdfs.iter().map(Vec::as_slice).collect();
    let start = Instant::now();
    let combined = press.combine("Batch", &slices).expect("our own letters combine");
    println!(
        "combined {} letters in {:.0} ms: {} bytes a letter",
        slices.len(),
        start.elapsed().as_secs_f64() * 1000.0,
        combined.len() / slices.len()
    );
}

fn print(press: &Press, facts: &Value) -> (usize, u32) {
    let typeset = typeset(press, facts);
    (typeset.pdf.len(), typeset.pages)
}

fn typeset(press: &Press, facts: &Value) -> letters::Typeset {
    let stationery = Stationery {
        sender_name: "Harbourside Foundation".into(),
        sender_lines: ["14 Quayside Office Park", "Bristol BS1 6FL", "0117 496 0100"]
            .map(String::from)
            .into(),
        ..Stationery::default()
    };
    let letter = Letter {
        template: TEMPLATE,
        facts,
        stationery: &stationery,
        number: facts["ref"].as_str(),
        date: (2026, 11, 23),
        title: "Grant award letter",
        language: "en-GB",
        max_pages: None,
    };
    press.typeset(&letter).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Facts that differ from letter to letter, as in a real batch.
fn facts(n: u32) -> Value {
    let first = ["Zoë", "Łukasz", "Siân", "Amara", "Griff", "Nguyễn"][n as usize % 6];
    let last = ["Ó Súilleabháin", "Żółć", "Fforde-Griffiths", "Okafor", "Patel"][n as usize % 5];
    let org = format!("{last} & {first} Ffŵl Cyf {n}");
    let years = ["two", "three", "five"][n as usize % 3];
    let place = ["Ynys Môn", "South Shields", "Fife and Angus", "Caerffili"][n as usize % 4];
    let months = ["April", "July", "October", "January"];
    let conditions = [
        "Your signed acceptance slip, and bank details",
        "A progress report on form RF2",
        "Evidence of match funding (offer letters)",
        "Your final report, with audited figures",
    ];
    let total = 500_000 + n * 12_300;
    let payments: Vec<Value> = (1..=3 + n % 3)
        .map(|k| {
            let at = k as usize % 4;
            let date = format!("{}\u{a0}{}\u{a0}2027", 1 + (n + k) % 28, months[at]);
            json!({ "date": date, "cond": conditions[at], "amount": total / (3 + n % 3) })
        })
        .collect();
    json!({
        "address": [format!("{first} {last}"), org, format!("{} Sea View Terrace", 1 + n % 200), "Trefriw", "Conwy", "LL27 0JH"],
        "salutation": format!("{first} {last}"), "ref": format!("HF-2026-{:05}", n + 1), "total": total,
        "project": format!("A*Star_{n} <b>"), "org": org, "years": years,
        "place": place,
        "applied": format!("{} June 2026", 1 + n % 28), "report": "30 September 2027", "embargo": "5 January 2027",
        "deadline": "21 December 2026", "officer": "Ffion Jeffreys", "ext": format!("{:03}", 100 + n % 800),
        "signatory": "Eleanor Fforde-Griffiths", "payments": payments,
    })
}
