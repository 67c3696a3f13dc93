//! How the window feels: launch, memory at rest, key press to painted results, each beside an empty Tauri window in the same
//! sitting. `cargo xtask bench window [--cases N] [--launches N] [--presses N]` prints a Markdown table.
// A step that fails has nothing better to do than to stop its run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod launch;
mod typing;

use anyhow::{Context, Result, bail};
use bench_office::{Run, office, report};

/// The empty window's program, in `benches/empty`.
const EMPTY: &str = "empty-window";

fn main() -> Result<()> {
    let mut run = Run::default();
    let (mut launches, mut presses) = (7, 100);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || -> Result<usize> {
            Ok(words.next().context("a number is missing")?.replace('_', "").parse()?)
        };
        match word.as_str() {
            "--cases" => run.cases = number()?,
            "--launches" => launches = number()?,
            "--presses" => presses = number()?,
            _ => bail!("{word:?} is not known: --cases, --launches, --presses"),
        }
    }
    let register = office::folder(&run)?;
    let register = register.to_str().context("a path in UTF-8")?;
    // Each part takes minutes: with none of the other it is measured alone.
    let mut rows = Vec::new();
    if launches > 0 {
        rows.extend(launch::rows(register, run.cases, launches));
    }
    if presses > 0 {
        rows.extend(typing::rows(register, run.cases, presses));
    }
    println!("{}", report::table(&rows));
    Ok(())
}
