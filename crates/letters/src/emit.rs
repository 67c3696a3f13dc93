//! Drawings to page content, by way of printpdf's operators.
//!
//! Text is shown with codes of our own subsets, so fonts stay out of printpdf's hands: it would embed each one
//! anew for every letter.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Color, DictItem, FontId, Greyscale, Line, LineDashPattern, LinePoint, Mm, Op, PdfFontHandle, PdfPage,
    Point, Pt, TextMatrix,
};

use crate::faces::{FaceIndex, Faces, REGULAR};
use crate::house::House;
use crate::page::{self, Artifact, Draw, Mark, Page, Shape};
use crate::shape::{SetText, Stretch};
use crate::tags::{Kid, Tree};

/// The name by which page content calls the logo.
pub(crate) const LOGO: &str = "Logo";

/// Glyphs of one letter that are outside the house subset.
#[derive(Default)]
pub(crate) struct Rare {
    codes: BTreeMap<u16, u16>,
    /// Glyphs in the order of their codes, and what each stands for.
    pub glyphs: Vec<(u16, String)>,
}

/// Fonts that the pages call for.
#[derive(Default)]
pub(crate) struct Used {
    pub house: BTreeSet<FaceIndex>,
    pub rare: BTreeMap<FaceIndex, Rare>,
    pub logo: bool,
}

/// The name by which page content calls a font.
pub(crate) fn font_name(face: FaceIndex, rare: bool) -> String {
    format!("{}{face}", if rare { "R" } else { "H" })
}

/// All pages as printpdf pages; what they show is entered in the structure tree.
pub(crate) fn pages(pages: &[Page], faces: &Faces, house: &House, tree: &mut Tree) -> (Vec<PdfPage>, Used) {
    let mut used = Used::default();
    let space = faces.get(REGULAR).map_or(0, |face| face.space);
    let emitted = pages.iter().enumerate().map(|(number, page)| {
        let mut pen = Pen {
            house,
            space,
            used: &mut used,
            tree,
            page: number,
            ops: vec![],
            marks: 0,
            open: None,
            font: None,
            grey: None,
        };
        for draw in &page.draws {
            pen.draw(draw);
        }
        pen.close();
        PdfPage::new(Mm(210.0), Mm(297.0), pen.ops)
    });
    let emitted = emitted.collect();
    (emitted, used)
}

struct Pen<'a> {
    house: &'a House,
    space: u16,
    used: &'a mut Used,
    tree: &'a mut Tree,
    page: usize,
    ops: Vec<Op>,
    marks: i64,
    /// The marked content that is open.
    open: Option<Mark>,
    /// Font, kind and size that were last chosen.
    font: Option<(FaceIndex, bool, f32)>,
    grey: Option<f32>,
}

impl Pen<'_> {
    fn draw(&mut self, draw: &Draw) {
        if self.open != Some(draw.mark) {
            self.close();
            self.begin(draw);
        }
        match &draw.shape {
            Shape::Text { set, line, grey } => {
                self.fill(*grey);
                self.ops.push(Op::StartTextSection);
                self.line(set, *line, [1.0, 0.0, 0.0, 1.0, draw.x, page::HEIGHT - draw.y]);
                self.ops.push(Op::EndTextSection);
            }
            Shape::Watermark { set } => {
                self.fill(0.9);
                self.ops.push(Op::StartTextSection);
                let (sin, cos) = 52.0_f32.to_radians().sin_cos();
                let (along, below) = (set.width / 2.0, set.size * 0.35);
                let x = draw.x - along * cos + below * sin;
                let y = page::HEIGHT - draw.y - along * sin - below * cos;
                self.line(set, 0, [cos, sin, -sin, cos, x, y]);
                self.ops.push(Op::EndTextSection);
            }
            Shape::Rule { dx, dy, thickness, grey, dashed } => {
                self.stroke(*thickness, *grey, if *dashed { &[5.0, 4.0] } else { &[] });
                self.path(&[(draw.x, draw.y), (draw.x + dx, draw.y + dy)], false);
            }
            Shape::Tick { side } => {
                self.say("☐");
                self.stroke(0.8, 0.0, &[]);
                let (x, y, side) = (draw.x + 0.4, draw.y, *side);
                self.path(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)], true);
                self.unseen_space(x, y + side, side);
                self.ops.push(Op::EndMarkedContent);
            }
            Shape::Logo { width, height } => {
                self.used.logo = true;
                self.raw("q", vec![]);
                let matrix = [*width, 0.0, 0.0, *height, draw.x, page::HEIGHT - draw.y - height];
                self.raw("cm", matrix.map(|v| DictItem::Real(rounded(v))).to_vec());
                self.raw("Do", vec![DictItem::Name(LOGO.into())]);
                self.raw("Q", vec![]);
            }
        }
    }

    fn begin(&mut self, draw: &Draw) {
        let mut properties = BTreeMap::new();
        let tag = match draw.mark {
            Mark::Element(element) => {
                properties.insert("MCID".into(), DictItem::Int(self.marks));
                self.tree.attach(element, Kid::Content(self.page, self.marks));
                self.marks += 1;
                self.tree.elements.get(element).map_or("Span", |element| element.tag)
            }
            Mark::Artifact(kind) => {
                let (class, subtype) = match kind {
                    Artifact::Head => ("Pagination", Some("Header")),
                    Artifact::Foot => ("Pagination", Some("Footer")),
                    Artifact::Watermark => ("Pagination", Some("Watermark")),
                    Artifact::Layout => ("Layout", None),
                };
                properties.insert("Type".into(), DictItem::Name(class.into()));
                if let Some(subtype) = subtype {
                    properties.insert("Subtype".into(), DictItem::Name(subtype.into()));
                }
                "Artifact"
            }
        };
        let properties = DictItem::Dict { map: properties };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.into(), properties });
        self.open = Some(draw.mark);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn fill(&mut self, grey: f32) {
        if self.grey != Some(grey) {
            self.grey = Some(grey);
            let col = Color::Greyscale(Greyscale { percent: grey, icc_profile: None });
            self.ops.push(Op::SetFillColor { col });
        }
    }

    fn stroke(&mut self, thickness: f32, grey: f32, dashes: &[f32]) {
        let col = Color::Greyscale(Greyscale { percent: grey, icc_profile: None });
        self.ops.push(Op::SetOutlineColor { col });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(thickness) });
        let dash = LineDashPattern::new(0.0, dashes);
        self.ops.push(Op::SetLineDashPattern { dash });
    }

    fn path(&mut self, corners: &[(f32, f32)], is_closed: bool) {
        let point = |(x, y): &(f32, f32)| LinePoint {
            p: Point { x: Pt(rounded(*x)), y: Pt(rounded(page::HEIGHT - y)) },
            bezier: false,
        };
        let line = Line { points: corners.iter().map(point).collect(), is_closed };
        self.ops.push(Op::DrawLine { line });
    }

    /// A space to hang words on that belong to something drawn: most readers look for words only where there
    /// are glyphs.
    fn unseen_space(&mut self, x: f32, y: f32, size: f32) {
        let Some(code) = self.house.code(REGULAR, self.space) else { return };
        self.used.house.insert(REGULAR);
        self.ops.push(Op::StartTextSection);
        self.font(REGULAR, false, size);
        let matrix = [1.0, 0.0, 0.0, 1.0, rounded(x), rounded(page::HEIGHT - y)];
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
        self.raw("Tj", vec![DictItem::String { data: code.to_be_bytes().to_vec(), literal: true }]);
        self.ops.push(Op::EndTextSection);
    }

    fn font(&mut self, face: FaceIndex, rare: bool, size: f32) {
        if self.font != Some((face, rare, size)) {
            self.font = Some((face, rare, size));
            let font = PdfFontHandle::External(FontId(font_name(face, rare)));
            self.ops.push(Op::SetFont { font, size: Pt(size) });
        }
    }

    fn raw(&mut self, key: &str, value: Vec<DictItem>) {
        self.ops.push(Op::Unknown { key: key.into(), value });
    }

    /// What follows, up to the end of marked content, is read out as these words.
    fn say(&mut self, words: &str) {
        let map = BTreeMap::from([("ActualText".to_owned(), utf16(words))]);
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
    }

    /// A set line at a text matrix.
    fn line(&mut self, set: &SetText, line: usize, matrix: [f32; 6]) {
        let Some(line) = set.lines.get(line) else { return };
        for stretch in &line.stretches {
            if let Some(actual) = &stretch.opens {
                self.say(actual);
            }
            self.stretch(stretch, set.size, matrix);
            if stretch.closes {
                self.ops.push(Op::EndMarkedContent);
            }
        }
    }

    fn stretch(&mut self, stretch: &Stretch, size: f32, [a, b, c, d, x, y]: [f32; 6]) {
        self.font(stretch.face, stretch.rare, size);
        let (right, up) = (stretch.x, stretch.rise);
        let matrix = [a, b, c, d, rounded(x + right * a + up * c), rounded(y + right * b + up * d)];
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
        let shown = self.shown(stretch);
        self.raw("TJ", vec![DictItem::Array(shown)]);
    }

    fn shown(&mut self, stretch: &Stretch) -> Vec<DictItem> {
        let mut shown = vec![];
        let mut codes: Vec<u8> = vec![];
        for glyph in &stretch.glyphs {
            codes.extend(self.code(stretch, glyph.glyph, &glyph.text).to_be_bytes());
            if glyph.shift != 0 {
                shown.push(DictItem::String { data: std::mem::take(&mut codes), literal: true });
                shown.push(DictItem::Int(i64::from(glyph.shift)));
            }
        }
        if !codes.is_empty() {
            shown.push(DictItem::String { data: codes, literal: true });
        }
        shown
    }

    fn code(&mut self, stretch: &Stretch, glyph: u16, text: &str) -> u16 {
        if !stretch.rare {
            self.used.house.insert(stretch.face);
            return self.house.code(stretch.face, glyph).unwrap_or(0);
        }
        let rare = self.used.rare.entry(stretch.face).or_default();
        if let Some(code) = rare.codes.get(&glyph) {
            return *code;
        }
        rare.glyphs.push((glyph, text.to_owned()));
        // Subsets number their glyphs from 1 in the order in which they are asked for.
        let code = u16::try_from(rare.glyphs.len()).unwrap_or(u16::MAX);
        rare.codes.insert(glyph, code);
        code
    }
}

/// Hundredths of a point: less than any printer's dot.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn utf16(text: &str) -> DictItem {
    let mut data = vec![0xFE, 0xFF];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    DictItem::String { data, literal: false }
}
