//! Workbooks: XLSX, XLSM, XLSB, XLS and ODS. Values as last calculated; macros and formulas are never run.

use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx,
    XlsxError,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Cell, Grid, Kind, MOST_CELLS, MOST_ROWS, Row, Value};
use crate::FileTrouble;

type Bytes<'a> = Cursor<&'a [u8]>;

enum Workbook<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// Reads the sheet asked for, or the first with something in it; visible sheets before hidden ones.
pub(super) fn read(bytes: &[u8], kind: Kind, wanted: Option<&str>) -> Result<Grid, FileTrouble> {
    let mut workbook = open(bytes, kind)?;
    let metadata = match &workbook {
        Workbook::Xlsx(book) => book.sheets_metadata(),
        Workbook::Xlsb(book) => book.sheets_metadata(),
        Workbook::Xls(book) => book.sheets_metadata(),
        Workbook::Ods(book) => book.sheets_metadata(),
    };
    let mut listed: Vec<(bool, String)> = metadata
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.visible != SheetVisible::Visible, sheet.name.clone()))
        .collect();
    let sheets: Vec<String> = listed.iter().map(|(_, name)| name.clone()).collect();
    listed.sort_by_key(|(hidden, _)| *hidden);
    if let Some(wanted) = wanted {
        listed.retain(|(_, name)| name == wanted);
        if listed.is_empty() {
            return Err(FileTrouble::NoSuchSheet(wanted.to_owned()));
        }
    }
    for (_, name) in &listed {
        let rows = rows(cells(&mut workbook, name, kind)?)?;
        if !rows.is_empty() {
            let read_as = format!("{}, sheet “{name}”", kind.in_words());
            return Ok(Grid { read_as, sheets, sheet: Some(name.clone()), rows });
        }
    }
    Err(FileTrouble::NoData(match wanted {
        Some(name) => format!("the sheet “{name}”"),
        None => "any sheet of the workbook".to_owned(),
    }))
}

fn open(bytes: &[u8], kind: Kind) -> Result<Workbook<'_>, FileTrouble> {
    let damaged = || FileTrouble::Damaged(kind.in_words().to_owned());
    let bytes = Cursor::new(bytes);
    match kind {
        Kind::Xlsx => match Xlsx::new(bytes) {
            Ok(book) => Ok(Workbook::Xlsx(Box::new(book))),
            Err(XlsxError::Password) => Err(FileTrouble::Protected),
            Err(_) => Err(damaged()),
        },
        Kind::Xlsb => Xlsb::new(bytes).map(|book| Workbook::Xlsb(Box::new(book))).map_err(|_| damaged()),
        Kind::Xls => match Xls::new(bytes) {
            Ok(book) => Ok(Workbook::Xls(Box::new(book))),
            Err(XlsError::Password) => Err(FileTrouble::Protected),
            Err(_) => Err(damaged()),
        },
        Kind::Ods => match Ods::new(bytes) {
            Ok(book) => Ok(Workbook::Ods(Box::new(book))),
            Err(OdsError::Password) => Err(FileTrouble::Protected),
            Err(_) => Err(damaged()),
        },
        Kind::Text => Err(FileTrouble::Unknown),
    }
}

/// The cells with something in them: row, column, cell, counted from 0.
type Cells = Vec<(u32, u32, Cell)>;

fn cells(workbook: &mut Workbook, name: &str, kind: Kind) -> Result<Cells, FileTrouble> {
    let damaged = || FileTrouble::Damaged(kind.in_words().to_owned());
    let mut cells = Cells::new();
    match workbook {
        // Cell by cell: a lone cell in the last corner of the sheet would else ask for all cells before it.
        Workbook::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
            while let Some(cell) = reader.next_cell().map_err(|_| damaged())? {
                keep(&mut cells, cell.get_position(), as_received_ref(cell.get_value()))?;
            }
        }
        Workbook::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
            while let Some(cell) = reader.next_cell().map_err(|_| damaged())? {
                keep(&mut cells, cell.get_position(), as_received_ref(cell.get_value()))?;
            }
        }
        Workbook::Xls(book) => keep_range(&mut cells, &book.worksheet_range(name).map_err(|_| damaged())?)?,
        Workbook::Ods(book) => keep_range(&mut cells, &book.worksheet_range(name).map_err(|_| damaged())?)?,
    }
    Ok(cells)
}

fn keep_range(cells: &mut Cells, range: &calamine::Range<Data>) -> Result<(), FileTrouble> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let place =
            (top + u32::try_from(row).unwrap_or(u32::MAX), left + u32::try_from(column).unwrap_or(u32::MAX));
        keep(cells, place, as_received(data))?;
    }
    Ok(())
}

fn keep(cells: &mut Cells, (row, column): (u32, u32), cell: Cell) -> Result<(), FileTrouble> {
    if cell.text.is_empty() {
        return Ok(());
    }
    if cells.len() >= MOST_CELLS {
        return Err(FileTrouble::TooMany(format!("{MOST_CELLS} filled cells")));
    }
    cells.push((row, column, cell));
    Ok(())
}

fn rows(mut cells: Cells) -> Result<Vec<Row>, FileTrouble> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut rows: Vec<Row> = Vec::new();
    for (row, column, cell) in cells {
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|last| last.number != number) {
            if rows.len() >= MOST_ROWS {
                return Err(FileTrouble::TooMany(format!("{MOST_ROWS} rows")));
            }
            rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            let column = usize::try_from(column).unwrap_or(usize::MAX).min(16_384);
            last.cells.resize(column, Cell::default());
            last.cells.push(cell);
        }
    }
    Ok(rows)
}

fn as_received_ref(data: &DataRef) -> Cell {
    match data {
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::String(text) => Cell::text(text.as_str()),
        other => as_received(&Data::from(other.clone())),
    }
}

fn as_received(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::default(),
        Data::String(text) | Data::DurationIso(text) => Cell::text(text.as_str()),
        Data::Int(number) => Cell { text: number.to_string(), value: Value::Number },
        Data::Float(number) => Cell { text: number.to_string(), value: Value::Number },
        Data::Bool(yes) => {
            Cell { text: if *yes { "TRUE" } else { "FALSE" }.to_owned(), value: Value::YesNo(*yes) }
        }
        Data::Error(error) => Cell { text: error.to_string(), value: Value::Error },
        Data::DateTime(serial) => moment(serial),
        Data::DateTimeIso(text) => match read_iso(text) {
            Some(moment) => Cell { text: text.clone(), value: Value::Moment(moment) },
            None => Cell::text(text.as_str()),
        },
    }
}

/// Serials beyond these are no day (31 December 9999).
const LAST_SERIAL: f64 = 2_958_466.0;

fn moment(serial: &ExcelDateTime) -> Cell {
    let number = serial.as_f64();
    let plain = || Cell { text: number.to_string(), value: Value::Number };
    if !(0.0..LAST_SERIAL).contains(&number) {
        return plain();
    }
    let Some(exact) = serial.as_datetime() else { return plain() };
    // A serial is a fraction of a day; what was meant is a whole second.
    let moment = if exact.nanosecond() >= 500_000_000 { exact + chrono::Duration::seconds(1) } else { exact };
    let moment = moment.with_nanosecond(0).unwrap_or(moment);
    if serial.is_duration() || number < 1.0 {
        return Cell::text(moment.format("%H:%M:%S").to_string());
    }
    let shape = match (moment.time() == NaiveTime::MIN, moment.second()) {
        (true, _) => "%Y-%m-%d",
        (false, 0) => "%Y-%m-%d %H:%M",
        (false, _) => "%Y-%m-%d %H:%M:%S",
    };
    Cell { text: moment.format(shape).to_string(), value: Value::Moment(moment) }
}

fn read_iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim_end_matches('Z');
    text.parse::<NaiveDateTime>()
        .ok()
        .or_else(|| text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN)))
}
