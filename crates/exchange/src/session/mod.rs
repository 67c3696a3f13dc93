//! An import from the choice of a file to the recording of its rows. Nothing is in the register before
//! [`ImportSession::commit`].

mod judging;
mod mapping;
mod verdict;
mod wire;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use casework::{
    Desk,
    applications::{self, Application, Beside, ImportFile, Judge, Judgement, Mapping},
    problem::Problem,
    saving,
};
use uuid::Uuid;

pub use wire::{
    ImportCheck, ImportColumn, ImportField, ImportRow, ImportSheet, ImportValue, Imported, RowState,
};

use crate::{
    cells::{Columns, Mended, RowReading, days::Order},
    child::Reader,
    columns::FIELDS,
    read::Sheet,
    write::{self, Out, Table},
};

/// The heading of the column that says why a row was not taken.
pub const REASON_HEADING: &str = "Why it was not taken";

/// An import under way.
#[derive(Debug)]
pub struct ImportSession {
    id: Uuid,
    path: PathBuf,
    reader: Reader,
    sheet: Sheet,
    mended: Mended,
    /// What officers said about rows that may come from a business the register holds.
    same: BTreeMap<u32, bool>,
    anyway: BTreeSet<u32>,
    recorded: BTreeMap<u32, String>,
    checked: Option<Checked>,
}

/// The rows as last judged, from the first on.
#[derive(Debug)]
struct Checked {
    programme: Uuid,
    round: Option<Uuid>,
    mapping: Mapping,
    columns: Columns,
    order: Order,
    judge: Judge,
    /// The newest entry of the journal when judging began: until there is a newer, the judgements hold.
    as_of: i64,
    readings: Vec<RowReading>,
    /// For each row that is an application and not recorded, what the register says about it.
    alone: BTreeMap<u32, Judgement>,
    /// The same for what the other rows of the file say about it.
    beside: BTreeMap<u32, Beside>,
}

impl ImportSession {
    /// Opens a file, in a child process of this program. When `go_on` says no, the child is ended.
    pub fn open(path: &Path, go_on: &dyn Fn() -> bool) -> Result<ImportSession, Problem> {
        ImportSession::open_with(Reader::this_program()?, path, go_on)
    }

    /// Opens a file by this reader.
    pub fn open_with(
        reader: Reader,
        path: &Path,
        go_on: &dyn Fn() -> bool,
    ) -> Result<ImportSession, Problem> {
        let sheet = reader.read_while(path, None, go_on)?;
        Ok(ImportSession {
            id: Uuid::now_v7(),
            path: path.to_owned(),
            reader,
            sheet,
            mended: Mended::new(),
            same: BTreeMap::new(),
            anyway: BTreeSet::new(),
            recorded: BTreeMap::new(),
            checked: None,
        })
    }

    /// The session's id.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Turns to another sheet of the workbook; what was mended in the one before is dropped.
    pub fn choose_sheet(&mut self, sheet: &str) -> Result<(), Problem> {
        let id = self.id;
        let sheet = self.reader.read(&self.path, Some(sheet))?;
        *self = ImportSession {
            id,
            path: std::mem::take(&mut self.path),
            reader: self.reader.clone(),
            sheet,
            mended: Mended::new(),
            same: BTreeMap::new(),
            anyway: BTreeSet::new(),
            recorded: BTreeMap::new(),
            checked: None,
        };
        Ok(())
    }

    /// The file, with what each column was taken for: by a remembered mapping that fits, else by its heading.
    pub fn sheet(&self, desk: &Desk) -> Result<ImportSheet, Problem> {
        Ok(mapping::sheet(self.id, &self.sheet, &applications::mappings(desk)?))
    }

    /// Says whether a row comes from the business of the register that it seems to come from.
    pub fn same_business(&mut self, row: u32, accepted: bool) -> Result<ImportRow, Problem> {
        self.checked_row(row)?;
        self.same.insert(row, accepted);
        self.row(row)
    }

    /// Says whether a row is taken although it is held already.
    pub fn take_anyway(&mut self, row: u32, take: bool) -> Result<ImportRow, Problem> {
        self.checked_row(row)?;
        if take {
            self.anyway.insert(row);
        } else {
            self.anyway.remove(&row);
        }
        self.row(row)
    }

    /// Records every row that can be taken, as one change. `go_on` hears how many rows of how many are recorded; when it
    /// says no, none is.
    pub fn commit(&mut self, desk: &mut Desk, go_on: &dyn Fn(u32, u32) -> bool) -> Result<Imported, Problem> {
        self.judge_again_if_changed(desk, &|_, _| go_on(0, 0))?;
        let checked = self.judged()?;
        let mut batch: Vec<(Application, Option<Uuid>)> = Vec::new();
        for (index, reading) in checked.readings.iter().enumerate() {
            let Some(application) = &reading.application else { continue };
            if self.recorded.contains_key(&application.row) {
                continue;
            }
            if matches!(self.weighed(checked, index)?.state, RowState::Ready | RowState::Warned) {
                batch.push((application.clone(), self.accepted_business(checked, application.row)));
            }
        }
        let rows: Vec<u32> = batch.iter().map(|(application, _)| application.row).collect();
        let file = ImportFile {
            name: self.sheet.file_name.clone(),
            sha256: self.sheet.sha256.clone(),
            mapping: checked.mapping.name.clone(),
        };
        let total = count(rows.len());
        let recorded = applications::record(desk, &file, checked.programme, checked.round, batch, &|done| {
            go_on(count(done), total)
        })?;
        self.recorded.extend(rows.iter().copied().zip(recorded.references.iter().cloned()));
        Ok(Imported {
            entry: recorded.entry,
            taken: count(rows.len()),
            left: count(self.sheet.rows.len().saturating_sub(self.recorded.len())),
            references: recorded.references,
        })
    }

    /// Saves the rows that cannot be taken as CSV, with their headings and cells as received and a column
    /// that says why, so that they can be mended and imported again.
    pub fn save_rest(&self, path: &Path) -> Result<PathBuf, Problem> {
        let checked = self.judged()?;
        let mut headings = self.sheet.headings.clone();
        let kept = headings.iter().position(|heading| heading == REASON_HEADING);
        if kept.is_none() {
            headings.push(REASON_HEADING.to_owned());
        }
        let mut rows = Vec::new();
        for (index, row) in self.sheet.rows.iter().enumerate() {
            let verdict = self.verdict(checked, index)?;
            if verdict.state != RowState::Refused {
                continue;
            }
            let mut cells: Vec<Out> =
                (0..self.sheet.headings.len()).map(|column| row.cell(column).text.as_str().into()).collect();
            let reasons = verdict::reasons(&verdict.findings).into();
            match kept.and_then(|column| cells.get_mut(column)) {
                Some(cell) => *cell = reasons,
                None => cells.push(reasons),
            }
            rows.push(cells);
        }
        let bytes = write::csv(&Table { headings, rows })?;
        saving::save(path, &bytes)
    }

    /// What becomes of each row, once all are judged.
    pub fn verdicts(&self) -> Result<ImportCheck, Problem> {
        let checked = self.judged()?;
        let rows = (0..self.sheet.rows.len())
            .map(|index| self.verdict(checked, index))
            .collect::<Result<Vec<_>, _>>()?;
        let of = |state| count(rows.iter().filter(|row| row.state == state).count());
        Ok(ImportCheck {
            ready: of(RowState::Ready),
            warned: of(RowState::Warned),
            refused: of(RowState::Refused),
            held: of(RowState::Held),
            rows,
        })
    }

    fn row(&self, number: u32) -> Result<ImportRow, Problem> {
        let index = self.checked_row(number)?;
        self.verdict(self.judged()?, index)
    }

    fn checked_row(&self, number: u32) -> Result<usize, Problem> {
        self.judged()?;
        self.sheet
            .rows
            .binary_search_by_key(&number, |row| row.number)
            .map_err(|_| Problem::not_found(format!("The file has no row {number} with something in it.")))
    }

    fn accepted_business(&self, checked: &Checked, row: u32) -> Option<Uuid> {
        let same = checked.alone.get(&row)?.same_as.as_ref()?;
        self.same.get(&row).copied().unwrap_or(same.accepted).then_some(same.id)
    }
}

fn not_checked() -> Problem {
    Problem::invalid("columns", "The columns of the file have not been chosen.")
        .fix("Choose what each column holds first.")
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The fields as the window offers them.
fn offered_fields() -> Vec<ImportField> {
    FIELDS
        .iter()
        .map(|field| ImportField {
            name: field.name.to_owned(),
            label: field.label.to_owned(),
            required: field.required,
        })
        .collect()
}
