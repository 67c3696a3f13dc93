//! A file as a sheet: one heading row, the rows under it, every cell as received.

mod delimited;
mod heading;
mod recognise;
mod workbook;

use std::path::Path;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::FileTrouble;
use recognise::Kind;

/// No list of applications comes near this; a larger file is a mistake.
const LARGEST: u64 = 100 * 1024 * 1024;
/// More rows than any programme has had, and few enough to hold.
const MOST_ROWS: usize = 250_000;
/// Cells with something in them.
const MOST_CELLS: usize = 8_000_000;

/// What a cell held besides its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text, or nothing.
    #[default]
    #[serde(rename = "t")]
    Text,
    /// A number; the text is its shortest form.
    #[serde(rename = "n")]
    Number,
    /// A day or a time on a day, by the sheet's own calendar.
    #[serde(rename = "d")]
    Moment(NaiveDateTime),
    /// A yes or no.
    #[serde(rename = "b")]
    YesNo(bool),
    /// What a formula says when it cannot be worked out: `#N/A`.
    #[serde(rename = "e")]
    Error,
}

/// One cell as received.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "(String, Value)", into = "(String, Value)")]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What it held.
    pub value: Value,
}

impl From<(String, Value)> for Cell {
    fn from((text, value): (String, Value)) -> Cell {
        Cell { text, value }
    }
}

impl From<Cell> for (String, Value) {
    fn from(cell: Cell) -> (String, Value) {
        (cell.text, cell.value)
    }
}

impl Cell {
    /// A cell that holds text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), value: Value::Text }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// One row with something in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// As the spreadsheet counts, from 1.
    pub number: u32,
    /// Its cells up to the last with something in it.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in this column; past the last one, nothing.
    pub fn cell(&self, column: usize) -> &Cell {
        static NOTHING: Cell = Cell { text: String::new(), value: Value::Text };
        self.cells.get(column).unwrap_or(&NOTHING)
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The file's name without folders.
    pub file_name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// What it was taken for, in words: “text with semicolons between columns, Windows-1252”.
    pub read_as: String,
    /// The sheets of a workbook; none for text.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The row of the headings.
    pub heading_row: u32,
    /// One for each column.
    pub headings: Vec<String>,
    /// The rows under the headings, blank ones left out.
    pub rows: Vec<Row>,
}

/// What a reader of one kind of file gives.
struct Grid {
    read_as: String,
    sheets: Vec<String>,
    sheet: Option<String>,
    rows: Vec<Row>,
}

/// `S19`: how a spreadsheet names a cell. Columns count from 0, rows from 1.
pub fn address(column: usize, row: u32) -> String {
    format!("{}{row}", column_name(column))
}

fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        name.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    name.iter().rev().collect()
}

/// Reads a file in this process. Files from strangers go through [`crate::child`].
pub fn open(path: &Path, sheet: Option<&str>) -> Result<Sheet, FileTrouble> {
    let unopened = |error: std::io::Error| FileTrouble::Unopened(in_words(&error));
    let size = std::fs::metadata(path).map_err(unopened)?.len();
    if size > LARGEST {
        return Err(FileTrouble::TooBig(LARGEST / 1024 / 1024));
    }
    let bytes = std::fs::read(path).map_err(unopened)?;
    let file_name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    read(&bytes, &file_name, sheet)
}

/// Reads the bytes of a file of this name.
pub fn read(bytes: &[u8], file_name: &str, sheet: Option<&str>) -> Result<Sheet, FileTrouble> {
    let grid = match recognise::kind(bytes)? {
        Kind::Text => delimited::read(bytes)?,
        workbook => workbook::read(bytes, workbook, sheet)?,
    };
    let nothing = || {
        FileTrouble::NoData(match &grid.sheet {
            Some(name) => format!("the sheet “{name}”"),
            None => "the file".to_owned(),
        })
    };
    let mut rows: Vec<Row> = grid.rows.into_iter().filter(|row| row.filled() > 0).collect();
    let heading = heading::find(&rows).ok_or_else(nothing)?;
    let below = rows.split_off(heading + 1);
    let heading = rows.pop().ok_or_else(nothing)?;
    let width = below.iter().map(|row| row.cells.len()).chain([heading.cells.len()]).max().unwrap_or(0);
    let headings = (0..width)
        .map(|column| match heading.cell(column).text.split_whitespace().collect::<Vec<_>>().join(" ") {
            blank if blank.is_empty() => format!("Column {}", column_name(column)),
            heading => heading,
        })
        .collect();
    Ok(Sheet {
        file_name: file_name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        read_as: grid.read_as,
        sheets: grid.sheets,
        sheet: grid.sheet,
        heading_row: heading.number,
        headings,
        rows: below,
    })
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_the_spreadsheet_names_it() {
        for (column, row, name) in
            [(0, 1, "A1"), (18, 19, "S19"), (25, 2, "Z2"), (26, 2, "AA2"), (701, 7, "ZZ7"), (702, 1, "AAA1")]
        {
            assert_eq!(address(column, row), name);
        }
    }
}
