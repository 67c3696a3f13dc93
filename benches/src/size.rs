//! How large a register is, and what makes it so.

use anyhow::Result;
use std::fs;

use crate::{Run, bare, office, report::Row};

/// The largest parts, by table and index.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    let desk = office::of(run)?;
    let beside = bare::beside(&desk)?;
    let mut parts: Vec<(String, i64)> = beside
        .prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let all: i64 = parts.iter().map(|(_, bytes)| bytes).sum();
    for (name, bytes) in &parts {
        eprintln!("  {:>8.1} MB  {name}", *bytes as f64 / 1e6);
    }
    parts.truncate(6);
    let shares: Vec<String> = parts
        .iter()
        .map(|(name, bytes)| format!("{name} {:.0} %", *bytes as f64 * 100.0 / all as f64))
        .collect();
    let folder = desk.register().folder().map(|folder| folder.join("register.db"));
    let bytes = folder.and_then(|path| fs::metadata(path).ok()).map_or(0, |file| file.len());
    Ok(vec![Row {
        what: format!("size of a register with {} cases", run.cases),
        must: None,
        baseline: shares.join(", "),
        is: format!("{:.0} MB", bytes as f64 / 1e6),
        met: None,
    }])
}
