//! Files that are made to do harm, or that no program should have written: each is read rightly or refused in words,
//! by a child that stays within its time and memory.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use exchange::{
    FileTrouble,
    child::Reader,
    read::{Sheet, Value},
};
use rust_xlsxwriter::{Format, Formula, Workbook};
use tempfile::TempDir;

use crate::{data, reading_child, times};

/// What the child is allowed for a file below a megabyte, and what it takes to start and end it on a busy computer.
const ALLOWED: Duration = Duration::from_secs(10 + 5);

fn read(path: &Path) -> Result<Sheet, FileTrouble> {
    let started = Instant::now();
    let answer = reading_child::reader().read(path, None);
    let small = fs::metadata(path).is_ok_and(|file| file.len() < 1024 * 1024);
    assert!(!small || started.elapsed() < ALLOWED, "{}: {:?}", path.display(), started.elapsed());
    answer
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn reads(name: &str, bytes: &[u8]) -> Sheet {
    read(&file(name, bytes).1).unwrap()
}

fn refuses(name: &str, bytes: &[u8], words: &str) {
    let trouble = read(&file(name, bytes).1).unwrap_err();
    assert!(trouble.to_string().contains(words), "{name}: {trouble}");
    assert!(trouble.fix().ends_with('.'), "and it is said what to do");
}

fn texts(sheet: &Sheet, row: usize) -> Vec<&str> {
    sheet.rows[row].cells.iter().map(|cell| cell.text.as_str()).collect()
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

#[test]
fn a_file_that_is_none_or_too_large_is_refused_before_it_is_read() {
    refuses("applications.xlsx", b"", "The file is empty");
    refuses("applications.csv", b"   \r\n  ", "nothing in the file");
    let (folder, huge) = file("huge.csv", b"");
    fs::File::create(&huge).unwrap().set_len(1 << 30).unwrap();
    let started = Instant::now();
    assert_eq!(read(&huge), Err(FileTrouble::TooBig(100)));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(matches!(read(folder.path()), Err(FileTrouble::Unopened(_))), "a folder");
}

#[test]
fn a_file_is_what_its_bytes_say_and_not_what_its_name_says() {
    let book = workbook(|sheet| {
        for (row, cells) in (0u32..).zip([["Organisation", "Title"], ["Brook Alloys Ltd", "Valves"]]) {
            sheet.write_row(row, 0, cells).unwrap();
        }
    });
    for name in ["applications.csv", "applications.xls", "applications.pdf", "no ending", "=cmd|'.xlsx"] {
        assert_eq!(texts(&reads(name, &book), 0), ["Brook Alloys Ltd", "Valves"], "{name}");
    }
    let text = b"Organisation,Title\r\nBrook Alloys Ltd,Valves\r\n";
    assert_eq!(texts(&reads("applications.xlsx", text), 0), ["Brook Alloys Ltd", "Valves"]);
    refuses("applications.xlsx", b"%PDF-1.7\n...", "The file is a PDF");
    refuses(
        "applications.xlsx",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        "neither a workbook nor a text file",
    );
    refuses("applications.xlsx", b"<!DOCTYPE html><table><tr><td>Organisation", "a web page");
    refuses("applications.xlsx", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a ZIP archive");
}

#[test]
fn a_workbook_with_a_password_is_refused_as_such_whatever_it_is_called() {
    for locked in ["calamine-pass_protected.xlsx", "sheetjs-password_2002_40_xor.xls"] {
        let bytes = fs::read(data("spreadsheets").join(locked)).unwrap();
        refuses("applications.csv", &bytes, "protected by a password");
    }
}

#[test]
fn text_in_utf_16_and_ragged_rows_are_read_cell_by_cell() {
    let text = "Organisation\tTitle\tAmount\r\nŁódź Söhne\r\n\r\nBrook\tVälve\t5000\tand more\r\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for bytes in [
        [b"\xff\xfe".as_slice(), &wide(u16::to_le_bytes)].concat(),
        [b"\xfe\xff".as_slice(), &wide(u16::to_be_bytes)].concat(),
        wide(u16::to_le_bytes),
        [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
    ] {
        let sheet = reads("applications.txt", &bytes);
        assert_eq!(sheet.headings, ["Organisation", "Title", "Amount", "Column D"], "{}", sheet.read_as);
        assert_eq!(texts(&sheet, 0), ["Łódź Söhne"]);
        assert_eq!(texts(&sheet, 1), ["Brook", "Välve", "5000", "and more"]);
        assert_eq!(sheet.rows[1].number, 4, "as the spreadsheet counts");
    }
    refuses(
        "applications.csv",
        b"Organisation,Title\r\n\"Brook,Valves\r\nWell,Pumps\r\n",
        "in row 2 is never closed",
    );
}

#[test]
fn a_cell_with_a_formula_a_link_an_error_or_a_long_text_is_read_as_the_officer_sees_it() {
    let long = "wörd ".repeat(1_000);
    let headings = ["Organisation", "Title", "Amount", "Text"];
    let book = workbook(|sheet| {
        sheet.write_row(0, 0, headings).unwrap();
        let link = "=HYPERLINK(\"http://example.org\",\"here\")";
        for (column, formula, shows) in [(0, "=1+1", "2"), (1, link, "here"), (2, "=1/0", "#DIV/0!")] {
            sheet.write_formula(1, column, Formula::new(formula).set_result(shows)).unwrap();
        }
        sheet.write_string(1, 3, &long).unwrap();
        sheet.write_string(2, 0, "=cmd|' /C calc'!A0").unwrap();
        sheet.merge_range(3, 0, 3, 3, "merged", &Format::new()).unwrap();
    });
    let sheet = reads("applications.xlsx", &book);
    assert_eq!(sheet.headings, headings);
    assert_eq!(texts(&sheet, 0), ["2", "here", "#DIV/0!", long.as_str()]);
    assert_eq!(sheet.rows[0].cells[2].value, Value::Error);
    assert_eq!(texts(&sheet, 1), ["=cmd|' /C calc'!A0"]);
    assert_eq!(texts(&sheet, 2), ["merged"]);
}

#[test]
fn two_thousand_columns_are_read_from_text_and_from_a_workbook() {
    let line = |text: &str| (0..2_000).map(|at| format!("{text}{at}")).collect::<Vec<_>>();
    let text = [line("h").join(","), line("v").join(","), String::new()].join("\n");
    let book = workbook(|sheet| {
        sheet.write_row(0, 0, line("h")).unwrap();
        sheet.write_row(1, 0, line("v")).unwrap();
    });
    for bytes in [text.as_bytes(), &book] {
        let sheet = reads("wide", bytes);
        assert_eq!((sheet.headings.len(), sheet.rows[0].cell(1_999).text.as_str()), (2_000, "v1999"));
    }
}

#[test]
fn more_rows_than_any_programme_has_are_refused_and_not_cut() {
    refuses("applications.csv", "a,b\n".repeat(250_002).as_bytes(), "more than 250000 rows");
}

#[test]
fn a_sheet_with_nothing_between_its_opposite_corners_is_read_in_its_time() {
    let book = workbook(|sheet| {
        sheet.write_string(0, 0, "Organisation").unwrap();
        sheet.write_string(1_048_575, 16_383, "the last cell").unwrap();
    });
    assert!(book.len() < 10_000, "{}", book.len());
    let sheet = reads("applications.xlsx", &book);
    assert_eq!((sheet.headings[0].as_str(), sheet.headings.len()), ("Organisation", 16_384));
    assert_eq!(sheet.rows[0].number, 1_048_576);
    assert_eq!(sheet.rows[0].cell(16_383).text, "the last cell");
}

#[test]
fn a_workbook_cut_off_or_altered_anywhere_is_read_or_refused_and_never_hangs() {
    let whole = fs::read(data("applications/innovation-voucher-applications-forms-7.xlsx")).unwrap();
    let (_folder, path) = file("damaged.xlsx", b"");
    let places = 16 * times();
    for at in (1..places).map(|part| whole.len() * part / places) {
        fs::write(&path, &whole[..at]).unwrap();
        let trouble = read(&path).expect_err("cut off");
        assert!(matches!(trouble, FileTrouble::Damaged(_) | FileTrouble::OtherKind(_)), "{at}: {trouble}");
        let mut altered = whole.clone();
        altered[at] ^= 0x5a;
        fs::write(&path, &altered).unwrap();
        if let Err(trouble) = read(&path) {
            assert!(!matches!(trouble, FileTrouble::NoAnswer(_)), "{at}: {trouble}");
        }
    }
}

/// What the kernel says the child held at most, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(path: &Path) -> u64 {
    const SCRIPT: &str = "import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let Reader::Program(program) = reading_child::reader() else { unreachable!("the tests read in a child") };
    let said =
        std::process::Command::new("python3").args(["-c", SCRIPT]).arg(program).arg(path).output().unwrap();
    String::from_utf8_lossy(&said.stdout).trim().parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn the_child_holds_a_gigabyte_at_most_and_little_for_a_list_of_applications() {
    let (_folder, bomb) = file("bomb.xlsx", b"");
    reading_child::write_bomb(&bomb);
    let held = peak(&bomb);
    assert!((100_000..1_150_000).contains(&held), "the bomb goes off, within bounds: {held} kB");
    let held = peak(&data("applications/innovation-voucher-applications-forms-7.xlsx"));
    assert!(held < 100_000, "{held} kB");
    for folder in ["spreadsheets", "csv"] {
        for found in fs::read_dir(data(folder)).unwrap() {
            let path = found.unwrap().path();
            let started = Instant::now();
            let held = peak(&path);
            assert!(started.elapsed() < ALLOWED, "{}: {:?}", path.display(), started.elapsed());
            assert!(held < 1_150_000, "{}: {held} kB", path.display());
        }
    }
}
