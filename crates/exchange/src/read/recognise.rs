//! What kind of file it is, by its bytes: names lie.

use crate::FileTrouble;

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Text,
}

impl Kind {
    /// With its article, for a sentence.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Kind::Xlsx => "an Excel workbook",
            Kind::Xlsb => "a binary Excel workbook",
            Kind::Xls => "an Excel 97–2003 workbook",
            Kind::Ods => "an OpenDocument spreadsheet",
            Kind::Text => "text",
        }
    }
}

/// Bytes a file begins with → what it is, when that is not read.
const OTHER_BEGINNINGS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"ID;P", "a SYLK file"),
    (b"TABLE\r\n0,1", "a DIF file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\0", "a database"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4"),
    (b"\xff\xfe\0\0", "text in UTF-32"),
    (b"\0\0\xfe\xff", "text in UTF-32"),
];

/// Names of parts of a ZIP archive → what the archive is, when it is not a workbook that is read.
const OTHER_ARCHIVES: &[(&[u8], &str)] = &[
    (b"word/document.xml", "a Word document"),
    (b"ppt/presentation.xml", "a PowerPoint presentation"),
    (b"Index/Document.iwa", "a document of Apple Numbers or Pages"),
    (b"opendocument.text", "an OpenDocument text"),
];

/// What stands near the beginning of an XML or HTML file → what it is.
const OTHER_MARKUP: &[(&[u8], &str)] = &[
    (b"urn:schemas-microsoft-com:office:spreadsheet", "a workbook of the Excel 2003 XML kind"),
    (b"office:document", "a flat OpenDocument file"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
];

/// The kind of these bytes, or why they are not read.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, FileTrouble> {
    if bytes.is_empty() {
        return Err(FileTrouble::Empty);
    }
    let other = |what: &str| Err(FileTrouble::OtherKind(what.to_owned()));
    if let Some((_, what)) = OTHER_BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return other(what);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    let start = beginning(bytes, 4096).to_ascii_lowercase();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    if start.starts_with(b"<")
        && let Some((_, what)) =
            OTHER_MARKUP.iter().find(|(mark, _)| holds(start, &mark.to_ascii_lowercase()))
    {
        return other(what);
    }
    Ok(Kind::Text)
}

fn archive(bytes: &[u8]) -> Result<Kind, FileTrouble> {
    // The list of an archive's parts stands at its end, the kind of an OpenDocument file at its beginning.
    let end = bytes.get(bytes.len().saturating_sub(256 * 1024)..).unwrap_or(bytes);
    let start = beginning(bytes, 256);
    if holds(start, b"opendocument.spreadsheet") {
        return Ok(Kind::Ods);
    }
    if let Some((_, what)) = OTHER_ARCHIVES.iter().find(|(mark, _)| holds(end, mark) || holds(start, mark)) {
        return Err(FileTrouble::OtherKind((*what).to_owned()));
    }
    if holds(end, b"workbook.bin") {
        return Ok(Kind::Xlsb);
    }
    // A cut-off archive has lost its list; it still begins as one.
    if holds(end, b"workbook.xml") || holds(end, b"sheet1.xml") || holds(start, b"[Content_Types].xml") {
        return Ok(Kind::Xlsx);
    }
    if holds(end, b"content.xml") {
        return Ok(Kind::Ods);
    }
    Err(FileTrouble::OtherKind("a ZIP archive".to_owned()))
}

fn compound(bytes: &[u8]) -> Result<Kind, FileTrouble> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if holds(bytes, &wide("EncryptedPackage")) || is_locked_xls(bytes) {
        return Err(FileTrouble::Protected);
    }
    if holds(bytes, &wide("WordDocument")) {
        return Err(FileTrouble::OtherKind("a Word document".to_owned()));
    }
    Ok(Kind::Xls)
}

/// An .xls that asks for a password has a FILEPASS record (0x2F) soon after the BOF record (0x0809) that begins
/// its workbook; streams begin at multiples of 64 bytes. [MS-XLS] 2.4.21, 2.4.117.
fn is_locked_xls(bytes: &[u8]) -> bool {
    const FILEPASS: u16 = 0x2f;
    let record = |at: usize| match bytes.get(at..at + 4) {
        Some(&[kind, family, low, high]) => {
            Some((u16::from_le_bytes([kind, family]), usize::from(u16::from_le_bytes([low, high]))))
        }
        _ => None,
    };
    let asks = |start: usize| {
        let mut at = start;
        (0..6).any(|_| match record(at) {
            Some((kind, length)) => {
                at += 4 + length;
                kind == FILEPASS
            }
            None => false,
        })
    };
    (0..bytes.len())
        .step_by(64)
        .any(|at| record(at).is_some_and(|(kind, length)| kind == 0x0809 && length <= 16) && asks(at))
}

fn beginning(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
