//! Tables out: CSV that Excel opens rightly and no formula hides in, and XLSX in which text stays text.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use rust_xlsxwriter::{Format, Workbook};

use crate::FileTrouble;

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<String>>,
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
    for row in std::iter::once(&table.headings).chain(&table.rows) {
        writer.write_record(row.iter().map(|cell| guarded(cell))).map_err(unwritten)?;
    }
    writer.into_inner().map_err(|error| FileTrouble::Unwritten(error.to_string()))
}

/// A workbook of one sheet; every cell is text, so that nothing is calculated and no zero is lost.
pub fn xlsx(sheet: &str, table: &Table) -> Result<Vec<u8>, FileTrouble> {
    let unwritten = |error: rust_xlsxwriter::XlsxError| FileTrouble::Unwritten(error.to_string());
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet).map_err(unwritten)?;
    page.set_freeze_panes(1, 0).map_err(unwritten)?;
    let (heading, text) = (Format::new().set_bold().set_num_format("@"), Format::new().set_num_format("@"));
    for (row, cells) in std::iter::once(&table.headings).chain(&table.rows).enumerate() {
        let number = u32::try_from(row).map_err(|error| FileTrouble::Unwritten(error.to_string()))?;
        let format = if row == 0 { &heading } else { &text };
        for (column, cell) in cells.iter().enumerate() {
            let column = u16::try_from(column).map_err(|error| FileTrouble::Unwritten(error.to_string()))?;
            page.write_string_with_format(number, column, cell, format).map_err(unwritten)?;
        }
    }
    workbook.save_to_buffer().map_err(unwritten)
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
        assert_eq!(read_back(&xlsx("Rest", &table(rows.clone())).unwrap()), rows);
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
            prop_assert_eq!(read_back(&xlsx("Rest", &table(rows.clone())).unwrap()), rows);
        }
    }
}
