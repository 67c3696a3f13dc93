//! Which row holds the headings: titles and remarks often stand above them.

use super::Row;
use crate::columns;

/// Headings are looked for this far down.
const LOOKED_AT: usize = 40;
/// With this many columns known by their wording, a row is the heading without doubt.
const ENOUGH_KNOWN: usize = 3;

/// The index of the heading row among rows that are not blank.
pub(super) fn find(rows: &[Row]) -> Option<usize> {
    let top = rows.get(..LOOKED_AT).unwrap_or(rows);
    by_wording(top).or_else(|| by_shape(top))
}

fn by_wording(top: &[Row]) -> Option<usize> {
    let known = |row: &Row| {
        let headings: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
        columns::count_known(&headings)
    };
    top.iter()
        .enumerate()
        .map(|(at, row)| (known(row), std::cmp::Reverse(at)))
        .max()
        .filter(|(count, _)| *count >= ENOUGH_KNOWN)
        .map(|(_, at)| at.0)
}

/// The first row that is about as wide as most: titles and remarks are narrower.
fn by_shape(top: &[Row]) -> Option<usize> {
    let often = |width: usize| top.iter().filter(|row| row.filled() == width).count();
    let usual = top.iter().map(Row::filled).max_by_key(|width| (*width > 1, often(*width), *width))?;
    top.iter().position(|row| row.filled() * 10 >= usual * 6)
}
