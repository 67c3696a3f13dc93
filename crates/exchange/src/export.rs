//! Lists of the register as files for a spreadsheet.

use casework::{
    Desk,
    cases::{self, CaseQuery, CaseRow},
    problem::Problem,
    standing,
};

use crate::write::{self, Out, Table};

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values in UTF-8.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// A column of the list: its heading and what it takes from a case.
type Column = (&'static str, fn(&CaseRow) -> Out);

/// What the list of cases shows, in its order.
const CASES: [Column; 11] = [
    ("Case", |row| row.reference.as_str().into()),
    ("Kind", |row| row.kind.name().into()),
    ("Programme", |row| row.programme.as_str().into()),
    ("Round", |row| row.round.as_deref().unwrap_or_default().into()),
    ("Stage", |row| row.stage_label.as_str().into()),
    ("Business", |row| row.business.as_str().into()),
    ("Project", |row| row.title.as_str().into()),
    ("Received", |row| Out::Day(row.received_on)),
    ("Asked", |row| Out::Amount(row.asked)),
    ("Awarded", |row| Out::Amount(row.awarded)),
    ("Due", |row| Out::Day(row.due)),
];

/// The cases that a query finds, as a file, and how many they are. A workbook says on a second sheet what was asked.
pub fn cases(desk: &Desk, query: &CaseQuery, format: Format) -> Result<(Vec<u8>, u32), Problem> {
    let found = cases::list(desk, &CaseQuery { offset: 0, limit: u32::MAX, ..query.clone() })?;
    let table = Table {
        headings: CASES.iter().map(|(heading, _)| (*heading).to_owned()).collect(),
        rows: found.rows.iter().map(|row| CASES.iter().map(|(_, of)| of(row)).collect()).collect(),
    };
    let bytes = match format {
        Format::Csv => write::csv(&table)?,
        Format::Xlsx => write::xlsx(&[("Cases", &table), ("Query", &asked(desk, query, found.total)?)])?,
    };
    Ok((bytes, found.total))
}

fn asked(desk: &Desk, query: &CaseQuery, total: u32) -> Result<Table, Problem> {
    let standing = standing::standing(desk)?;
    let all = query.text.trim().is_empty();
    let row = |name: &str, value: Out| vec![name.into(), value];
    Ok(Table {
        headings: ["What", "Value"].map(str::to_owned).to_vec(),
        rows: vec![
            row("Query", if all { "All cases".into() } else { query.text.as_str().into() }),
            row("Cases", total.to_string().into()),
            row("Office", standing.office_name.into()),
            row("Made on", Out::Day(Some(desk.today()))),
            row("Made by", standing.officer.into()),
        ],
    })
}
