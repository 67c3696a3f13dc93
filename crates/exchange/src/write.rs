//! Tables out: CSV that Excel opens rightly and no formula hides in, and XLSX in which text stays text.

use std::borrow::Cow;

use casework::money::Pence;
use chrono::{Datelike, NaiveDate};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::FileTrouble;

/// What goes into a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// Text, which stays text whatever it looks like.
    Text(String),
    /// An amount in pounds, which a workbook can add up.
    Amount(Option<Pence>),
    /// A civil day, which a workbook can sort by.
    Day(Option<NaiveDate>),
}

impl From<String> for Out {
    fn from(text: String) -> Out {
        Out::Text(text)
    }
}

impl From<&str> for Out {
    fn from(text: &str) -> Out {
        Out::Text(text.to_owned())
    }
}

impl Out {
    /// As CSV writes it: `4950.00`, an ISO day, text that no spreadsheet takes for a formula.
    fn in_csv(&self) -> String {
        match self {
            Out::Text(text) => guarded(text),
            Out::Amount(amount) => amount.map(|amount| amount.to_string()).unwrap_or_default(),
            Out::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<Out>>,
}

/// RFC 4180 in UTF-8 with a byte order mark, without which Excel takes it for Windows-1252.
pub fn csv(table: &Table) -> Result<Vec<u8>, FileTrouble> {
    let unwritten = |error: csv::Error| FileTrouble::Unwritten(error.to_string());
    let mut writer = WriterBuilder::new()
        // Every cell in quotation marks: the separator can then be told from the cells by any reader.
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(table.headings.iter().map(|heading| guarded(heading))).map_err(unwritten)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(Out::in_csv)).map_err(unwritten)?;
    }
    writer.into_inner().map_err(|error| FileTrouble::Unwritten(error.to_string()))
}

/// A workbook of these sheets. Text is text, so that nothing is calculated and no zero is lost.
pub fn xlsx(sheets: &[(&str, &Table)]) -> Result<Vec<u8>, FileTrouble> {
    let unwritten = |error: XlsxError| FileTrouble::Unwritten(error.to_string());
    let mut workbook = Workbook::new();
    for (name, table) in sheets {
        let page = workbook.add_worksheet();
        page.set_name(*name).and_then(|page| page.set_freeze_panes(1, 0)).map_err(unwritten)?;
        fill(page, table).map_err(unwritten)?;
    }
    workbook.save_to_buffer().map_err(unwritten)
}

fn fill(page: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_num_format("@");
    let text = Format::new().set_num_format("@");
    let amount = Format::new().set_num_format("#,##0.00");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in (0u16..).zip(&table.headings) {
        page.write_string_with_format(0, column, name, &heading)?;
    }
    for (row, cells) in (1u32..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Out::Text(written) => page.write_string_with_format(row, column, fitted(written), &text)?,
                // Pence past 2^53 would be rounded; no amount that is read comes near.
                Out::Amount(Some(pence)) => {
                    page.write_number_with_format(row, column, pence.0 as f64 / 100.0, &amount)?
                }
                Out::Day(Some(on)) => match in_excel(*on) {
                    Some(on) => page.write_datetime_with_format(row, column, on, &day)?,
                    None => page.write_string_with_format(row, column, on.to_string(), &text)?,
                },
                Out::Amount(None) | Out::Day(None) => page,
            };
        }
    }
    page.autofit();
    Ok(())
}

/// Excel holds so much in a cell, in UTF-16; a text that is longer ends in “[…]”, so that nobody takes it for the whole.
const LONGEST_CELL: usize = 32_767;

fn fitted(text: &str) -> Cow<'_, str> {
    const MORE: &str = " […]";
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return text.into();
    }
    let kept: String = text.chars().take(LONGEST_CELL / 2 - MORE.len()).collect();
    (kept + MORE).into()
}

/// A day as Excel counts them; before 1900 it has none.
fn in_excel(day: NaiveDate) -> Option<ExcelDateTime> {
    let (month, on) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, on).ok()
}

/// Whether a spreadsheet might run this text as a formula (OWASP, CSV injection). Plain numbers are harmless.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && text.parse::<f64>().is_err()
}

/// With an apostrophe before what might run as a formula; [`unguarded`] takes it off again.
fn guarded(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Without the apostrophe that [`csv`], or another careful writer, put before it.
pub(crate) fn unguarded(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(bare) if looks_like_formula(bare) => bare.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read;

    fn table(rows: Vec<Vec<String>>) -> Table {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Out::from).collect()).collect();
        Table {
            headings: ["Organisation", "Title of project", "Grant requested"].map(str::to_owned).to_vec(),
            rows,
        }
    }

    fn read_back(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = read::read(bytes, "written", None).unwrap();
        sheet.rows.iter().map(|row| (0..3).map(|column| row.cell(column).text.clone()).collect()).collect()
    }

    #[test]
    fn a_formula_in_a_cell_is_text_for_the_spreadsheet_and_unchanged_for_us() {
        for text in ["=1+1", "+44 7700 900123", "-2+3", "@SUM(A1)", "\t=1", "'=1", "''@x", "＝1"] {
            let written = csv(&table(vec![vec![text.into(), "t".into(), "1".into()]])).unwrap();
            let lines = String::from_utf8(written.clone()).unwrap();
            assert!(lines.contains(&format!("\"'{text}\"")), "{lines}");
            assert_eq!(read_back(&written)[0][0], text);
        }
        for harmless in ["-3.20", "O'Neill", "'tis", "5-a-side", "a=b"] {
            assert_eq!(guarded(harmless), harmless);
        }
    }

    #[test]
    fn zeros_and_long_numbers_stay_as_they_are_in_a_workbook() {
        let rows = vec![vec!["00000482".into(), "=SUM(A1)".into(), "5000.00".into()]];
        assert_eq!(read_back(&xlsx(&[("Rest", &table(rows.clone()))]).unwrap()), rows);
    }

    #[test]
    fn a_text_too_long_for_a_cell_of_a_workbook_is_cut_with_a_mark_and_kept_whole_in_csv() {
        for text in ["x".repeat(32_767), "🙂".repeat(16_383), "x".repeat(40_000), "🙂".repeat(20_000)] {
            let rows = vec![vec![text.clone(), "b".to_owned(), "c".to_owned()]];
            let cell = read_back(&xlsx(&[("Rest", &table(rows.clone()))]).unwrap()).remove(0).remove(0);
            let whole = text.encode_utf16().count() <= LONGEST_CELL;
            assert_eq!((cell == text, cell.ends_with(" […]")), (whole, !whole), "{}", text.len());
            assert_eq!(read_back(&csv(&table(rows.clone())).unwrap()), rows);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn any_text_written_as_csv_comes_back(rows in prop::collection::vec(("[^\\s]\\PC{0,12}", any::<String>(), ".{0,6}"), 1..6)) {
            let rows: Vec<Vec<String>> = rows.into_iter().map(|(a, b, c)| vec![a, b, c]).collect();
            prop_assert_eq!(read_back(&csv(&table(rows.clone())).unwrap()), rows);
        }

        #[test]
        fn any_text_written_as_a_workbook_comes_back(rows in prop::collection::vec(("[^\\s]\\PC{0,12}", any::<String>(), ".{0,6}"), 1..4)) {
            let rows: Vec<Vec<String>> = rows.into_iter().map(|(a, b, c)| vec![a, b, c]).collect();
            prop_assert_eq!(read_back(&xlsx(&[("Rest", &table(rows.clone()))]).unwrap()), rows);
        }
    }
}
