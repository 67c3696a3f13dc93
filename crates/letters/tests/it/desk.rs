//! What the tests typeset, and how they look at it.

use std::io::Write;
use std::process::Command;
use std::sync::OnceLock;

use letters::{Fault, Letter, Logo, Press, PressError, Stationery, Typeset, Window};
use serde_json::Value;

pub const OFFER: &str = include_str!("../templates/offer.md");
pub const DECLARATION: &str = include_str!("../templates/declaration.md");

/// One press for all tests: loading fonts is the slow part.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new().expect("the bundled fonts load"))
}

pub fn facts() -> Value {
    serde_json::from_str(include_str!("../templates/facts.json")).expect("the sample facts are JSON")
}

pub fn stationery() -> Stationery {
    Stationery {
        sender_name: "West Midlands Innovation Vouchers".into(),
        sender_lines: ["16 Summer Lane", "Birmingham B19 3SD", "0121 496 0147"].map(String::from).into(),
        registered_line: Some("Registered charity 1199999".into()),
        logo: None,
        window: Window::UkDl,
        nudge_mm: (0.0, 0.0),
        fold_marks: true,
    }
}

/// A small picture with soft edges.
pub fn logo() -> Logo {
    let mut png = vec![];
    let mut encoder = png::Encoder::new(&mut png, 40, 20);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = (0..800u32).flat_map(|at| [0, 80, 120, (at % 256) as u8]).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    Logo { png, alt: "The programme’s mark: a blue field".into() }
}

/// A letter with everything usual about it but its template and facts.
pub fn typeset(template: &str, facts: &Value) -> Result<Typeset, Vec<Fault>> {
    typeset_on(&stationery(), template, facts)
}

pub fn typeset_on(stationery: &Stationery, template: &str, facts: &Value) -> Result<Typeset, Vec<Fault>> {
    press().typeset(&Letter {
        template,
        facts,
        stationery,
        number: Some("WMIV-2026-0147/L01"),
        date: (2026, 11, 23),
        title: "Offer of innovation voucher to Zoë & Söhne <Ltd>",
        language: "en-GB",
        max_pages: None,
    })
}

/// The letter with every kind of part.
pub fn offer() -> Typeset {
    typeset(OFFER, &facts()).expect("the sample letter has no fault")
}

/// What a reader copies out of the PDF, as a stream of words in the order in which the file shows them.
pub fn words_of(pdf: &[u8]) -> String {
    let output = tool("pdftotext", &["-raw", "-enc", "UTF-8", "FILE", "-"], pdf);
    let text = String::from_utf8(output).expect("pdftotext writes UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs one of the tools that `cargo xtask test` puts in place; `FILE` stands for the PDF.
pub fn tool(name: &str, arguments: &[&str], pdf: &[u8]) -> Vec<u8> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(pdf).expect("the PDF is written");
    let path = file.path().to_str().expect("a plain path").to_owned();
    let arguments =
        arguments.iter().map(|argument| if *argument == "FILE" { path.as_str() } else { *argument });
    let output = Command::new(name).args(arguments).output().unwrap_or_else(|error| {
        panic!("{name} is needed ({error}): run `cargo xtask test`, which puts it in place")
    });
    assert!(
        output.status.success(),
        "{name}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// A word and where it stands, in millimetres from the top left corner.
#[derive(Debug)]
pub struct Word {
    pub page: u32,
    pub x_min: f32,
    pub y_min: f32,
    pub x_max: f32,
    pub y_max: f32,
    pub text: String,
}

/// Every word of a PDF as another program finds it on the paper.
pub fn boxes_of_words(pdf: &[u8]) -> Vec<Word> {
    let html = String::from_utf8(tool("pdftotext", &["-bbox", "-enc", "UTF-8", "FILE", "-"], pdf)).unwrap();
    let number = |line: &str, key: &str| -> f32 {
        let rest = line.split(&format!("{key}=\"")).nth(1).expect("the key");
        rest.split('"').next().and_then(|value| value.parse::<f32>().ok()).expect("a number") * 25.4 / 72.0
    };
    let mut page = 0;
    let mut words = vec![];
    for line in html.lines() {
        if line.contains("<page ") {
            page += 1;
        } else if line.contains("<word ") {
            let text = line.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
            words.push(Word {
                page,
                x_min: number(line, "xMin"),
                y_min: number(line, "yMin"),
                x_max: number(line, "xMax"),
                y_max: number(line, "yMax"),
                text: text.into(),
            });
        }
    }
    words
}

/// Several letters in one file.
pub fn combined(title: &str, letters: &[&[u8]]) -> Result<Vec<u8>, PressError> {
    let mut file = vec![];
    press().combine(title, letters.iter().map(|letter| Ok(letter.to_vec())), &mut file)?;
    Ok(file)
}
