//! Judging: first the columns, then row after row, some at a time, so that the register is free for others in between.

use std::{collections::BTreeMap, thread};

use casework::{
    Desk,
    applications::{self, Application, Judge},
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{Checked, ImportCheck, ImportRow, ImportSession, count, mapping, not_checked};
use crate::{
    cells::{
        RowCells,
        days::{self, Order},
        read_row,
    },
    columns::field,
    read::Row,
};

/// This many rows are judged in some hundredths of a second.
const AT_ONCE: usize = 200;

impl ImportSession {
    /// Chooses what each column holds; no row is judged yet.
    pub fn choose_columns(
        &mut self,
        desk: &Desk,
        programme: Uuid,
        round: Option<Uuid>,
        columns: &[Option<String>],
        mapping_name: &str,
    ) -> Result<(), Problem> {
        let columns = mapping::columns(&self.sheet, columns)?;
        let mapping = mapping::remembered(mapping_name, &columns);
        let order = match columns.by_field.get("received") {
            Some(column) => days::order(self.sheet.rows.iter().map(|row| row.cell(*column).text.as_str())),
            None => Order::Unproved,
        };
        self.checked = Some(Checked {
            programme,
            round,
            mapping,
            columns,
            order,
            judge: Judge::of(desk, programme, round)?,
            as_of: 0,
            readings: Vec::new(),
            alone: BTreeMap::new(),
            beside: BTreeMap::new(),
        });
        Ok(())
    }

    /// Remembers the chosen columns by their name, as a change of its own: they outlast the import. Without a name they
    /// are not remembered.
    pub fn remember_columns(&self, desk: &mut Desk) -> Result<(), Problem> {
        let checked = self.checked.as_ref().ok_or_else(not_checked)?;
        if checked.mapping.name.is_empty() {
            return Ok(());
        }
        applications::save_mapping(desk, &checked.mapping)
    }

    /// Judges some more rows, and answers how many of how many are judged; none more once all are.
    pub fn judge_some(&mut self, desk: &Desk) -> Result<Option<(u32, u32)>, Problem> {
        let checked = self.checked.as_mut().ok_or_else(not_checked)?;
        let before = checked.readings.len();
        if before == 0 {
            checked.as_of = newest(desk)?;
        }
        let next = self.sheet.rows.get(before..).unwrap_or_default();
        let next = next.get(..AT_ONCE).unwrap_or(next);
        let (columns, order, mended, now) = (&checked.columns, &checked.order, &self.mended, desk.now());
        let readings = on_all_cores(next, |row| read_row(RowCells { columns, row, mended }, order, now));
        for (row, reading) in next.iter().zip(readings) {
            // Rows recorded by this session are no longer judged: they would be found held.
            if let Some(application) = &reading.application
                && !self.recorded.contains_key(&application.row)
            {
                checked.alone.insert(row.number, checked.judge.alone(desk, application)?);
            }
            checked.readings.push(reading);
        }
        if checked.readings.len() == before {
            self.compare()?;
            return Ok(None);
        }
        Ok(Some((count(checked.readings.len()), count(self.sheet.rows.len()))))
    }

    /// Judges every row by these columns.
    pub fn check(
        &mut self,
        desk: &Desk,
        programme: Uuid,
        round: Option<Uuid>,
        columns: &[Option<String>],
        mapping_name: &str,
    ) -> Result<ImportCheck, Problem> {
        self.choose_columns(desk, programme, round, columns, mapping_name)?;
        while self.judge_some(desk)?.is_some() {}
        self.verdicts()
    }

    /// Puts what an officer typed in the place of a cell. An empty text leaves an optional value out. Only this row is
    /// read and looked up again, and the rows are compared anew: nothing else can come out differently.
    pub fn mend(&mut self, desk: &Desk, row: u32, name: &str, value: &str) -> Result<ImportRow, Problem> {
        let field =
            field(name).ok_or_else(|| Problem::invalid("field", format!("There is no field “{name}”.")))?;
        let index = self.checked_row(row)?;
        self.mended.insert((row, field.name), value.to_owned());
        let checked = self.checked.as_mut().ok_or_else(not_checked)?;
        if let (Some(cells), Some(reading)) = (self.sheet.rows.get(index), checked.readings.get_mut(index)) {
            let cells = RowCells { columns: &checked.columns, row: cells, mended: &self.mended };
            *reading = read_row(cells, &checked.order, desk.now());
            checked.alone.remove(&row);
            if let Some(application) = &reading.application
                && !self.recorded.contains_key(&row)
            {
                checked.alone.insert(row, checked.judge.alone(desk, application)?);
            }
        }
        self.compare()?;
        self.row(row)
    }

    /// Judges all rows again if anything was recorded in the register since; `go_on` hears how many of how many.
    pub(super) fn judge_again_if_changed(
        &mut self,
        desk: &Desk,
        go_on: &dyn Fn(u32, u32) -> bool,
    ) -> Result<(), Problem> {
        self.judged()?;
        let checked = self.checked.as_mut().ok_or_else(not_checked)?;
        if checked.as_of == newest(desk)? {
            return Ok(());
        }
        checked.judge = Judge::of(desk, checked.programme, checked.round)?;
        checked.readings.clear();
        checked.alone.clear();
        while let Some((done, total)) = self.judge_some(desk)? {
            if !go_on(done, total) {
                // Where they are in the file, they can be judged again.
                return Err(stopped());
            }
        }
        Ok(())
    }

    /// The rows, all of them judged.
    pub(super) fn judged(&self) -> Result<&Checked, Problem> {
        let all = |checked: &&Checked| checked.readings.len() == self.sheet.rows.len();
        self.checked.as_ref().filter(all).ok_or_else(not_checked)
    }

    fn compare(&mut self) -> Result<(), Problem> {
        let checked = self.checked.as_mut().ok_or_else(not_checked)?;
        let open: Vec<&Application> = checked
            .readings
            .iter()
            .filter_map(|reading| reading.application.as_ref())
            .filter(|application| !self.recorded.contains_key(&application.row))
            .collect();
        let beside = applications::beside_each_other(&open);
        checked.beside = open.iter().map(|application| application.row).zip(beside).collect();
        Ok(())
    }
}

/// What each row comes to, in their order; it follows from the row alone.
fn on_all_cores<T: Send>(rows: &[Row], read: impl Fn(&Row) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = rows.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let read = &read;
        let parts: Vec<_> = rows
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(read).collect::<Vec<T>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// The officer stopped it.
pub(super) fn stopped() -> Problem {
    Problem::new(Code::Cancelled, "It was stopped; nothing of the file was recorded.")
}

fn newest(desk: &Desk) -> Result<i64, Problem> {
    Ok(desk.register().journal(None, 1)?.first().map_or(0, |entry| entry.seq))
}
