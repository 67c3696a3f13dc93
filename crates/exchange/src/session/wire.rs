//! An import as the window sees it. Amounts are text in pounds, days are ISO.

use casework::{applications::SameBusiness, findings::Finding};
use serde::{Deserialize, Serialize};

/// A column of the file and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportColumn {
    /// Counted from 0.
    pub index: u32,
    /// Its heading.
    pub heading: String,
    /// Some of what stands under it.
    pub samples: Vec<String>,
    /// The field it holds; none is left out.
    pub field: Option<String>,
    /// What an officer should know about it.
    pub note: Option<String>,
}

/// A field that a column can be taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportField {
    /// Its name in code.
    pub name: String,
    /// Its name on the screen.
    pub label: String,
    /// Whether an application cannot be recorded without it.
    pub required: bool,
}

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportSheet {
    /// The session it is in.
    pub session: String,
    /// Without folders.
    pub file_name: String,
    /// What the file was taken for, in words.
    pub read_as: String,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The row of the headings.
    pub header_row: u32,
    /// How many rows stand under them.
    pub rows: u32,
    /// The columns.
    pub columns: Vec<ImportColumn>,
    /// What columns can be taken for.
    pub fields: Vec<ImportField>,
    /// The remembered mapping that fits this file.
    pub mapping_name: Option<String>,
    /// All mappings remembered.
    pub mappings: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// It is taken, and nothing about it needs a look.
    Ready,
    /// It is taken, and something about it is worth a look.
    Warned,
    /// It cannot be taken.
    Refused,
    /// The register, or an earlier row, holds it already.
    Held,
}

/// A cell of a row and what was read from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportValue {
    /// The field.
    pub field: String,
    /// Its name on the screen.
    pub label: String,
    /// The heading in the file.
    pub heading: String,
    /// The cell as received.
    pub as_received: String,
    /// What was read; nothing when it was empty, left out or refused.
    pub value: Option<String>,
    /// Whether an officer typed it.
    pub mended: bool,
}

/// A row and the verdict on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportRow {
    /// As the spreadsheet counts.
    pub row: u32,
    /// What becomes of it.
    pub state: RowState,
    /// The business, as read or else as received.
    pub business: String,
    /// The company number, as read or else as received.
    pub company_number: String,
    /// The amount asked for, as read or else as received.
    pub asked: String,
    /// The day it was received, as read or else as received.
    pub received: String,
    /// The case that holds it, or the earlier row of the file.
    pub reference: Option<String>,
    /// All that is to be said about it.
    pub findings: Vec<Finding>,
    /// A business of the register that it may come from.
    pub same_as: Option<SameBusiness>,
    /// Its cells.
    pub values: Vec<ImportValue>,
}

/// The verdicts on a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportCheck {
    /// In the order of the file.
    pub rows: Vec<ImportRow>,
    /// How many are taken without a remark.
    pub ready: u32,
    /// How many are taken and worth a look.
    pub warned: u32,
    /// How many cannot be taken.
    pub refused: u32,
    /// How many are held already.
    pub held: u32,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Imported {
    /// Its entry in the journal, by which it is undone; none when nothing was taken.
    #[specta(type = Option<u32>)]
    pub entry: Option<i64>,
    /// How many rows were taken.
    pub taken: u32,
    /// How many were not.
    pub left: u32,
    /// The references given, in the order of the file.
    pub references: Vec<String>,
}
