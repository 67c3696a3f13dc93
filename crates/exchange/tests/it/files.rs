//! Every file of the collection is read, or refused in words that say what it is.

use exchange::{FileTrouble, read};

use crate::{data, times};

/// What the first heading and the first row under it are to be.
enum Expected {
    Read(&'static str, &'static str),
    Refused(&'static str),
}
use Expected::{Read, Refused};

const PASSWORD: &str = "protected by a password";
const DAMAGED: &str = "is damaged";
const NOTHING: &str = "There is nothing in any sheet";

const SPREADSHEETS: &[(&str, Expected)] = &[
    ("calamine-OOM_alloc3.xls", Refused(DAMAGED)),
    ("calamine-any_sheets.xlsb", Read("1 | 2", "2: 3 | 4")),
    ("calamine-capitalized_wbook_stream.xls", Refused(NOTHING)),
    ("calamine-date.ods", Read("2021-01-01 | 15", "2: 2021-01-01T10:10:10 | 16")),
    ("calamine-date.xls", Read("2021-01-01 | 15", "2: 2021-01-02 | 16")),
    ("calamine-date.xlsb", Read("2021-01-01 | 15", "2: 2021-01-02 | 16")),
    ("calamine-date_1904.xlsx", Read("2021-01-01 | 15", "2: 2021-01-02 | 16")),
    ("calamine-date_iso.xlsx", Read("2021-01-01", "2: 2021-01-01T10:10:10")),
    ("calamine-empty_sheet.xlsx", Refused(NOTHING)),
    ("calamine-encoded_entities.xlsx", Read("&", "")),
    ("calamine-errors.xlsx", Read("#DIV/0!", "2: #NAME?")),
    ("calamine-has_x000D_.xlsx", Read("ABC DEF", "")),
    (
        "calamine-header-row.xlsx",
        Read("Columns | Column A | Column B | Column C", "10: put data here | 1 | 2 | 3"),
    ),
    ("calamine-inlineStr_cdata.xlsx", Read("Hello CDATA | World", "2: 12345 | NormalText")),
    ("calamine-inventory-table.xlsx", Read("Item | Type | Quantity", "2: 1 | Apple | 50")),
    ("calamine-issues.ods", Read("1", "2: 1.5")),
    (
        "calamine-merged_range.xlsx",
        Read("A1 | B1 | C1 | Column D | E1 | F1 | G1 | H1", "3: A3 | B3 | C3 |  | E3 | F3 | G3 | H3"),
    ),
    ("calamine-nonstandard-xml-ns-prefix.xlsx", Read("a | b", "2: 1 | 3")),
    ("calamine-number_rows_repeated.ods", Read("A | B", "2: C | D")),
    ("calamine-pass_protected.xlsx", Refused(PASSWORD)),
    ("calamine-too_small.xls", Refused("neither a workbook nor a text file")),
    ("calamine-vba.xlsm", Refused(NOTHING)),
    ("frictionless-merged-cells.xlsx", Read("data", "")),
    (
        "frictionless-multiline-headers.xlsx",
        Read(
            "Region | Caloric contribution | Cumulative impact of changes on cost of food basket | Column D",
            "4:  |  | from previous quarter | from baseline (%)",
        ),
    ),
    (
        "frictionless-preserve-formatting.xlsx",
        Read(
            "empty | 0 | 0.00 | 0.0000 | 0.00000 | 0.0000# | m/d/yy | d-mmm | mm/dd/yy | mmddyy | mmddyyam/pmdd",
            "2:  | 1000.5577 | 1000.5577 | 1000.5577 | 1000.5577 | 1000.5577 | 2040-05-20 | 2040-05-20 | 2040-05-20 | 2040-05-20 | 2040-05-20",
        ),
    ),
    ("frictionless-sheet2.xlsx", Read("id | name", "2: 1 | english")),
    ("frictionless-table-with-booleans.xls", Read("id | boolean", "2: 1 | TRUE")),
    (
        "openpyxl-empty_no_dimensions.xlsx",
        Read(
            "This is cell A1 in Sheet 1 | Column B | Column C | Column D | Column E | Column F | Column G",
            "5:  |  |  |  |  |  | This is cell G5",
        ),
    ),
    (
        "openpyxl-guess_types.xlsx",
        Read("3.14 | 3.14 | 3/14/15 | 0.15 | 0.15", "2: 3.14 | 3.14 | 3/14/15 | 3E5"),
    ),
    ("openpyxl-null_file.xlsx", Refused("The file is empty")),
    ("pandas-testdateoverflow.xlsx", Read("DateColWithBigInt | StringCol", "2: 2016-03-12 | Marc Johnson")),
    (
        "php-Zip-Windows-Directory-Separator.xlsx",
        Read("Key ID | Key | English | …", "2: 184323 | mail_SPDR35Removal_title_032023 | Dev Update | …"),
    ),
    (
        "php-without_cell_reference.xlsx",
        Read("1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10", "2: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10"),
    ),
    ("poi-DateFormats.xls", Read("US date | 2007-08-10", "2: US date | 2007-08-10")),
    ("poi-SampleSS.strict.xlsx", Read("2nd row | 2nd row 2nd column", "4: This one is red")),
    ("poi-poc-xmlbomb.xlsx", Refused(DAMAGED)),
    (
        "sheetjs-AutoFilter.ods",
        Read(
            "Code | Format | Library | Notes | Importance",
            "2: 5 | XLSX (Excel 2007+) | js-xlsx | Strict Open XML Spreadsheet, Excel Workbook | 1",
        ),
    ),
    ("sheetjs-ErrorTypes.xlsx", Read("Error | Bang | Que | …", "2: #NULL! | #NULL! | #NULL? | …")),
    ("sheetjs-LO7322.fods", Refused("a flat OpenDocument file, which is not read here")),
    ("sheetjs-author_snowman.xml", Refused("a workbook of the Excel 2003 XML kind, which is not read here")),
    ("sheetjs-password_2002_40_xor.xls", Refused(PASSWORD)),
    (
        "sheetjs-sheet_visibility.xlsx",
        Read("v | i | s | i | b | l | e", "2: 118 | 105 | 115 | 105 | 98 | 108 | 101"),
    ),
    ("sheetjs-text_and_numbers.xlsx", Read("English | Hello | World", "2: Hebrew | שלום | עולם")),
    ("sheetjs-write.slk", Refused("a SYLK file, which is not read here")),
    (
        "sheetjs-xlsx-stream-d-date-cell.xlsx",
        Read("String | てすと | &'\";<> | &amp;", "2: Integer | 1 | 2 | -3"),
    ),
    ("xlrd-ragged.xls", Read("a | b | c | Column D", "2: d | e")),
];

const DELIMITED: &[(&str, Expected)] = &[
    ("frictionless-blank-rows.csv", Read("id | name | age", "2: 1101 | John | 30")),
    ("frictionless-bom.csv", Read("id | name", "2: 1 | english")),
    ("frictionless-countries-truefalsevalues.csv", Read("id | value", "2: 1 | yes")),
    (
        "frictionless-duplicate-headers.csv",
        Read("id | name | id | age | id", "2: 1101 | John | 0 | 30 | 001101"),
    ),
    ("frictionless-issue-1009-semicolon.csv", Read("fieldNameA | fieldNameB", "2: 0123 | c")),
    ("frictionless-latin1.csv", Read("id | name", "2: 1 | english")),
    ("frictionless-leading-zeros.csv", Read("value", "2: 01")),
    ("frictionless-skip-rows-before-headers.csv", Read("id | name", "3: 1 | english")),
    (
        "frictionless-structure-errors.csv",
        Read("id | name | age | Column D | Column E | Column F", "2: 1101 | John | 30"),
    ),
    ("frictionless-without-rows.csv", Read("id | name", "")),
    ("pandas-unicode_series.csv", Read("1617 | King of New York (1990)", "2: 1618 | All Things Fair (1996)")),
    ("php-NumberFormatTest.de.csv", Read("-123 | 1.234 | 12.345,67", "2: 123,4567 | 123,456789012")),
    ("php-backslash.csv", Read("field 1 | field 2\\", "2: field 3\\ | field 4")),
    (
        "php-line_break_in_enclosure_with_escaped_quotes.csv",
        Read("Name | Copy | URL", "2: Test | This is a \"test csv file\"\n…"),
    ),
    ("php-linend.mac.csv", Read("A | 1", "2: 2 | 3")),
    ("php-premiere.utf16be.csv", Read("première | second | troisième", "2: Quatrième | cinquième | sixième")),
    (
        "php-premiere.utf16lebom.csv",
        Read("première | second | troisième", "2: Quatrième | cinquième | sixième"),
    ),
    ("php-premiere.utf32lebom.csv", Refused("text in UTF-32, which is not read here")),
    ("php-premiere.win1252.csv", Read("première | second | troisième", "2: Quatrième | cinquième | sixième")),
    ("php-sep.csv", Read("A | 1", "2: 2 | 3")),
    (
        "sheetjs-number_format_russian.1.csv",
        Read(
            "Format | Value | B Fmt | VBA Fmt | Fmt | Column F | Column G",
            "2: 0 | -12345,6789 | General |  |  |  | ",
        ),
    ),
    (
        "spectrum-comma_in_quotes.csv",
        Read("first | last | address | city | zip", "2: John | Doe | 120 any st. | Anytown, WW | 08123"),
    ),
    ("spectrum-empty.csv", Read("a | b | c", "2: 1 |  | ")),
    ("spectrum-escaped_quotes.csv", Read("a | b", "2: 1 | ha \"ha\" ha")),
    ("spectrum-json.csv", Read("key | val", "2: 1 | {\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}")),
    ("spectrum-newlines_crlf.csv", Read("a | b | c", "2: 1 | 2 | 3")),
    ("spectrum-utf8.csv", Read("a | b | c", "2: 1 | 2 | 3")),
];

fn check(folder: &str, table: &[(&str, Expected)]) {
    let listed: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    for entry in std::fs::read_dir(data(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(listed.contains(&name.as_str()) || name.ends_with(".json"), "{name} is not in the table");
    }
    for (name, expected) in table {
        match (read::open(&data(folder).join(name), None), expected) {
            (Ok(sheet), Read(headings, first)) => {
                assert!(matches(&sheet.headings.join(" | "), headings), "{name}: {:?}", sheet.headings);
                let row = sheet.rows.first().map_or_else(String::new, |row| {
                    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                    format!("{}: {}", row.number, cells.join(" | "))
                });
                assert!(matches(&row, first), "{name}: {row:?}");
            }
            (Err(trouble), Refused(words)) => {
                assert!(trouble.to_string().contains(words), "{name}: {trouble}")
            }
            (Ok(sheet), Refused(_)) => panic!("{name} is read: {:?}", sheet.headings),
            (Err(trouble), Read(..)) => panic!("{name}: {trouble}"),
        }
    }
}

fn matches(found: &str, expected: &str) -> bool {
    match expected.strip_suffix('…') {
        Some(beginning) => found.starts_with(beginning),
        None => found == expected,
    }
}

#[test]
fn every_workbook_of_the_collection_is_read_or_refused_in_words() {
    check("spreadsheets", SPREADSHEETS);
}

#[test]
fn every_delimited_file_of_the_collection_is_read_or_refused_in_words() {
    check("csv", DELIMITED);
}

#[test]
fn rows_keep_the_numbers_the_spreadsheet_shows() {
    let sheet = read::read(b"Title\n\nid,name\n1,\"two\nlines\"\n\n2,x\n", "blank.csv", None).unwrap();
    assert_eq!(sheet.heading_row, 3);
    assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 6]);
}

#[test]
fn another_sheet_is_read_when_it_is_asked_for() {
    let path = data("spreadsheets/sheetjs-sheet_visibility.xlsx");
    let first = read::open(&path, None).unwrap();
    let hidden = first.sheets.iter().find(|sheet| Some(*sheet) != first.sheet.as_ref()).unwrap();
    assert_eq!(read::open(&path, Some(hidden)).unwrap().sheet.as_ref(), Some(hidden));
    assert_eq!(read::open(&path, Some("Nowhere")), Err(FileTrouble::NoSuchSheet("Nowhere".into())));
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    for (bytes, words) in [
        (&b"a,b\n1,\"never closed\n2,3\n"[..], "A quotation mark that opens a cell in row 2 is never closed"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04cut off", "a ZIP archive"),
        (b"PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml cut off", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "is damaged"),
        (b"<!DOCTYPE html><html><table><tr><td>a</td></tr></table>", "a web page"),
        (b"\x01\x02\x03\x00\x05", "neither a workbook nor"),
        (b"\n\n\n", "There is nothing in the file"),
    ] {
        let trouble = read::read(bytes, "file", None).unwrap_err();
        assert!(trouble.to_string().contains(words), "{trouble}");
        assert!(trouble.fix().ends_with('.'), "and what to do");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(u32::try_from(256 * times()).unwrap()))]
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), kind in 0usize..5) {
        let beginnings: [&[u8]; 5] = [b"", b"PK\x03\x04[Content_Types].xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"sep=;\n"];
        let _ = read::read(&[beginnings[kind], &bytes].concat(), "file", None);
    }
}
