//! Delimited text: its encoding, its separator, its records.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Cell, Grid, MOST_CELLS, MOST_ROWS, Row};
use crate::{FileTrouble, write};

/// What may stand between cells, as it is called.
const SEPARATORS: [(char, &str); 4] = [(',', "commas"), (';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
/// The separator is judged by this many records.
const JUDGED_BY: usize = 200;

pub(super) fn read(bytes: &[u8]) -> Result<Grid, FileTrouble> {
    let (text, encoding) = decode(bytes)?;
    let (separator, text) = match declared(&text) {
        Some(declared) => declared,
        None => (separator(&text), text.as_str()),
    };
    let mut rows = Vec::new();
    let mut filled = 0;
    let mut records = Records::new(text, separator);
    while let Some(record) = records.next_record() {
        // Rows without cells are counted, so that row numbers are those the spreadsheet shows.
        if record.iter().all(String::is_empty) {
            continue;
        }
        filled += record.len();
        if rows.len() >= MOST_ROWS || filled > MOST_CELLS {
            return Err(FileTrouble::TooMany(format!("{MOST_ROWS} rows")));
        }
        let cells = record.into_iter().map(|text| Cell::text(write::unguarded(text))).collect();
        rows.push(Row { number: records.row, cells });
    }
    if let Some(row) = records.never_closed {
        return Err(FileTrouble::QuoteNeverClosed(row));
    }
    // A single line without a separator is a note, not a table.
    if rows.len() < 2 && rows.iter().all(|row| row.cells.len() < 2) {
        return Err(if rows.is_empty() {
            FileTrouble::NoData("the file".to_owned())
        } else {
            FileTrouble::Unknown
        });
    }
    let between = SEPARATORS.iter().find(|(c, _)| *c == separator).map_or_else(
        || format!("“{separator}” between columns"),
        |(_, name)| format!("{name} between columns"),
    );
    Ok(Grid { read_as: format!("text with {between}, {encoding}"), sheets: Vec::new(), sheet: None, rows })
}

/// The text and the name of its encoding.
fn decode(bytes: &[u8]) -> Result<(String, String), FileTrouble> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None => without_mark(bytes)?,
    };
    let (text, _, _) = encoding.decode(bytes);
    let strange = text.chars().filter(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t')).count();
    if marked.is_none() && strange * 50 > text.chars().count() {
        return Err(FileTrouble::Unknown);
    }
    let name = if encoding == WINDOWS_1252 { "Windows-1252" } else { encoding.name() };
    Ok((text.into_owned(), name.to_owned()))
}

fn without_mark(bytes: &[u8]) -> Result<&'static Encoding, FileTrouble> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 2;
    // Western text in UTF-16 has a zero in every other place, and text in nothing else has any.
    if bytes.contains(&0) {
        return match (zeros(0) * 2 > bytes.len(), zeros(1) * 2 > bytes.len()) {
            (true, false) => Ok(UTF_16BE),
            (false, true) => Ok(UTF_16LE),
            _ => Err(FileTrouble::Unknown),
        };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(Some(b"uk"), chardetng::Utf8Detection::Deny))
}

/// A first line `sep=;`, as Excel writes and hides it.
fn declared(text: &str) -> Option<(char, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim_end_matches('\r');
    let mark = first.get(..4).filter(|mark| mark.eq_ignore_ascii_case("sep="))?;
    let mut separator = first.get(mark.len()..)?.chars();
    match (separator.next(), separator.next()) {
        (Some(c), None) => Some((c, rest)),
        _ => None,
    }
}

/// The separator by which most records have the same number of cells, more than one.
fn separator(text: &str) -> char {
    let score = |separator: char| {
        let mut records = Records::new(text, separator);
        let mut widths: Vec<usize> = Vec::new();
        while widths.len() < JUDGED_BY {
            match records.next_record() {
                Some(record) if record.iter().all(String::is_empty) => {}
                Some(record) => widths.push(record.len()),
                None => break,
            }
        }
        let often = |width: usize| widths.iter().filter(|other| **other == width).count();
        let (times, width) = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| (often(*width), *width))
            .max()
            .unwrap_or_default();
        // Cells that go on after their closing quotation mark show that the cut is in the wrong places.
        let wrong = records.torn + usize::from(records.never_closed.is_some()) * JUDGED_BY;
        (times.saturating_sub(wrong), width)
    };
    let mut best = (',', score(','));
    for (separator, _) in SEPARATORS {
        let found = score(separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    best.0
}

/// Cuts text into records as RFC 4180 does, and as leniently as Excel: a quotation mark inside a cell that
/// did not begin with one is text, and any of CR, LF and CRLF ends a record.
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    row: u32,
    torn: usize,
    never_closed: Option<u32>,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Records<'a> {
        Records { rest: text.chars().peekable(), separator, row: 0, torn: 0, never_closed: None }
    }

    fn next_record(&mut self) -> Option<Vec<String>> {
        self.rest.peek()?;
        self.row = self.row.saturating_add(1);
        let mut record = Vec::new();
        loop {
            let (cell, more) = self.cell();
            record.push(cell);
            if !more {
                return Some(record);
            }
        }
    }

    /// A cell, and whether another follows in the record.
    fn cell(&mut self) -> (String, bool) {
        let mut cell = String::new();
        let quoted = self.rest.next_if_eq(&'"').is_some();
        let mut open = quoted;
        while let Some(c) = self.rest.next() {
            if open {
                match c {
                    '"' if self.rest.next_if_eq(&'"').is_some() => cell.push('"'),
                    '"' => open = false,
                    _ => cell.push(c),
                }
                continue;
            }
            match c {
                _ if c == self.separator => return (cell, true),
                '\r' => {
                    self.rest.next_if_eq(&'\n');
                    return (cell, false);
                }
                '\n' => return (cell, false),
                _ => {
                    self.torn += usize::from(quoted);
                    cell.push(c);
                }
            }
        }
        if open {
            self.never_closed = self.never_closed.or(Some(self.row));
        }
        (cell, false)
    }
}
