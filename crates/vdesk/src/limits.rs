//! Limits of law from the command line.

use std::path::Path;

use casework::{
    forms::{self, Noun},
    office,
    problem::Problem,
    when,
};
use serde_json::json;

use crate::{answers::Answer, arguments::Common, open::desk, programme::pairs};

/// Shows the limits; with fields, adds one first.
pub(crate) fn limits(common: &Common, folder: &Path, set: &[String]) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    if !set.is_empty() {
        forms::save(&mut desk, Noun::Limit, None, &pairs(set)?)?;
    }
    let rows = office::limits(&desk)?;
    let lines = rows
        .iter()
        .map(|row| {
            let now = if row.in_force { " (in force)" } else { "" };
            format!("{}: {} from {}{now}; {}", row.label, row.amount, when::day_short(row.from), row.source)
        })
        .collect();
    desk.close()?;
    Ok(Answer::new(json!(rows), lines))
}
