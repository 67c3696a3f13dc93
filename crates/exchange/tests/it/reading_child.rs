//! The child process that reads files, and what happens to it when a file asks for too much.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use exchange::{FileTrouble, child::Reader, read};
use flate2::{Compress, Compression, Crc, FlushCompress};

use crate::data;

/// A program whose `main` begins as ours does; cargo builds it before the tests.
pub(crate) fn reader() -> Reader {
    let tests = std::env::current_exe().unwrap();
    let program: PathBuf = tests.ancestors().nth(2).unwrap().join("examples").join("look");
    assert!(program.exists(), "build it with: cargo build -p exchange --example look");
    Reader::Program(program)
}

#[test]
fn a_child_reads_what_the_program_itself_would() {
    for file in [
        "applications/innovation-voucher-applications-forms-7.xlsx",
        "applications/partner-applications-7.csv",
        "spreadsheets/poi-DateFormats.xls",
    ] {
        assert_eq!(reader().read(&data(file), None), read::open(&data(file), None), "{file}");
    }
    assert_eq!(
        reader().read(&data("spreadsheets/calamine-pass_protected.xlsx"), None),
        Err(FileTrouble::Protected)
    );
    assert!(matches!(reader().read(&data("nowhere.csv"), None), Err(FileTrouble::Unopened(_))));
    let second = reader().read(&data("spreadsheets/sheetjs-sheet_visibility.xlsx"), Some("Hidden"));
    assert_eq!(second.map(|sheet| sheet.sheet), Ok(Some("Hidden".to_owned())));
}

#[test]
fn hostile_files_are_refused_quickly() {
    for file in ["spreadsheets/calamine-OOM_alloc3.xls", "spreadsheets/poi-poc-xmlbomb.xlsx"] {
        let started = Instant::now();
        assert!(reader().read(&data(file), None).is_err(), "{file}");
        assert!(started.elapsed() < Duration::from_secs(10), "{file}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_small_file_that_unpacks_to_gigabytes_ends_the_child_and_not_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = folder.path().join("applications.xlsx");
    write_bomb(&bomb);
    assert!(std::fs::metadata(&bomb).unwrap().len() < 4_000_000);
    let trouble = reader().read(&bomb, None).unwrap_err();
    assert_eq!(trouble, FileTrouble::TooMuch(1024));
}

/// A workbook whose one text is three gigabytes of the letter a.
pub(crate) fn write_bomb(path: &Path) {
    const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let sixteen = vec![b'a'; 16 << 20];
    let mut strings = squeezed(
        br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>"#,
        FlushCompress::Full,
    );
    let block = squeezed(&sixteen, FlushCompress::Full);
    for _ in 0..192 {
        strings.extend(&block);
    }
    strings.extend(squeezed(b"</t></si></sst>", FlushCompress::Finish));
    let plain = |text: &str| {
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        (squeezed(text.as_bytes(), FlushCompress::Finish), text.len() as u32, sum.sum())
    };
    let parts = [
        ("[Content_Types].xml", plain(TYPES)),
        ("_rels/.rels", plain(ROOT)),
        ("xl/workbook.xml", plain(BOOK)),
        ("xl/_rels/workbook.xml.rels", plain(LINKS)),
        ("xl/worksheets/sheet1.xml", plain(SHEET)),
        ("xl/sharedStrings.xml", (strings, u32::MAX - 1, 0)),
    ];
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, (bytes, size, sum)) in &parts {
        let offset = file.len() as u32;
        let sizes = [*sum, bytes.len() as u32, *size].map(u32::to_le_bytes).concat();
        let head = |out: &mut Vec<u8>| {
            out.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
            out.extend(&sizes);
            out.extend((name.len() as u16).to_le_bytes());
        };
        file.extend(b"PK\x03\x04");
        head(&mut file);
        file.extend([0, 0]);
        file.extend(name.as_bytes());
        file.extend(bytes);
        list.extend(b"PK\x01\x02\x14\0");
        head(&mut list);
        list.extend([0; 12]);
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let at = file.len() as u32;
    file.extend(&list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([parts.len() as u16, parts.len() as u16].map(u16::to_le_bytes).concat());
    file.extend((list.len() as u32).to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    std::fs::File::create(path).unwrap().write_all(&file).unwrap();
}

/// A piece of a DEFLATE stream that can be joined to others.
fn squeezed(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut squeezed = Vec::with_capacity(bytes.len() / 500 + 1024);
    Compress::new(Compression::best(), false).compress_vec(bytes, &mut squeezed, flush).unwrap();
    squeezed
}
