//! Words to lines of glyphs. Each text is set once per width and style, and remembered.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use parley::layout::{Glyph, Line, Run};
use parley::{
    FontContext, FontFamily, FontStyle, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use crate::blocks::Span;
use crate::faces::{self, FaceIndex, Faces};
use crate::house::House;

/// How a text is set, apart from the styles within it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// In points.
    pub size: f32,
    pub bold: bool,
    /// Figures of one width, to stand under each other.
    pub tabular: bool,
}

/// A text set in lines.
pub(crate) struct SetText {
    pub lines: Vec<SetLine>,
    /// Clusters that no face has, by their place in the text.
    pub missing: Vec<(Range<usize>, String)>,
    /// Width of the widest line.
    pub width: f32,
    /// Width of the widest part that cannot be broken.
    pub widest_word: f32,
    pub size: f32,
}

/// A line: stretches of glyphs, placed from the line's own start.
pub(crate) struct SetLine {
    pub stretches: Vec<Stretch>,
    /// Without the space at its end.
    pub width: f32,
}

/// Glyphs of one face that follow each other.
pub(crate) struct Stretch {
    pub face: FaceIndex,
    /// Whether the glyphs are outside the house subset, so that each letter carries its own.
    pub rare: bool,
    pub x: f32,
    pub rise: f32,
    /// Where the glyphs alone would not be read out rightly: the words for this stretch and those after it,
    /// up to the one that closes them.
    pub opens: Option<String>,
    pub closes: bool,
    pub glyphs: Vec<SetGlyph>,
}

pub(crate) struct SetGlyph {
    pub glyph: u16,
    /// What moves the next glyph back, in thousandths of an em.
    pub shift: i32,
    /// What the glyph stands for.
    pub text: String,
}

/// Sets text. One for each thread that is at work.
pub(crate) struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    remembered: HashMap<Vec<u8>, Arc<SetText>>,
}

/// Most paragraphs of a batch are the same; a batch of many templates must still not grow without end.
const REMEMBERED: usize = 4_000;

impl Setter {
    pub fn new(faces: &Faces) -> Setter {
        Setter { fonts: faces.context(), layouts: LayoutContext::new(), remembered: HashMap::new() }
    }

    /// The text in lines no wider than `width` points.
    pub fn set(
        &mut self,
        faces: &Faces,
        house: &House,
        spans: &[Span],
        width: f32,
        style: Style,
    ) -> Arc<SetText> {
        let key = key(spans, width, style);
        if let Some(known) = self.remembered.get(&key) {
            return Arc::clone(known);
        }
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let mut layout = self.lay_out(spans, &text, style);
        let widest_word = layout.calculate_content_widths().min;
        layout.break_all_lines(Some(width));
        let mut set = SetText { lines: vec![], missing: vec![], width: 0.0, widest_word, size: style.size };
        for line in layout.lines() {
            let mut tracer = Tracer {
                faces,
                house,
                text: &text,
                size: style.size,
                x: 0.0,
                stretches: vec![],
                missing: vec![],
            };
            let line = tracer.line(&line);
            set.missing.append(&mut tracer.missing);
            set.width = set.width.max(line.width);
            set.lines.push(line);
        }
        let set = Arc::new(set);
        if self.remembered.len() >= REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(key, Arc::clone(&set));
        set
    }

    /// Each cluster of the text with its glyphs, for finding out which glyphs a house subset needs.
    pub fn glyphs(
        &mut self,
        faces: &Faces,
        spans: &[Span],
        style: Style,
    ) -> Vec<(FaceIndex, Vec<u16>, String)> {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let mut layout = self.lay_out(spans, &text, style);
        layout.break_all_lines(None);
        let mut found = vec![];
        for line in layout.lines() {
            for run in line.runs() {
                let Some(face) = faces.index_of(run.font()) else { continue };
                for (range, glyphs) in clusters(&run) {
                    let glyphs = glyphs.iter().filter_map(|glyph| u16::try_from(glyph.id).ok()).collect();
                    found.push((face, glyphs, text.get(range).unwrap_or_default().to_owned()));
                }
            }
        }
        found
    }

    fn lay_out(&mut self, spans: &[Span], text: &str, style: Style) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(faces::FAMILIES.into())));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.0)));
        // A word wider than the column is broken rather than run off the paper.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        if style.tabular {
            builder.push_default(StyleProperty::FontFeatures("'tnum' 1".into()));
        }
        let mut start = 0;
        for span in spans {
            let range = start..start + span.text.len();
            start = range.end;
            if span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if span.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range);
            }
        }
        builder.build(text)
    }
}

fn key(spans: &[Span], width: f32, style: Style) -> Vec<u8> {
    let mut key = Vec::with_capacity(spans.iter().map(|span| span.text.len() + 6).sum::<usize>() + 12);
    key.extend(width.to_bits().to_le_bytes());
    key.extend(style.size.to_bits().to_le_bytes());
    key.extend([u8::from(style.bold), u8::from(style.tabular)]);
    for span in spans {
        key.extend([u8::from(span.bold) | u8::from(span.italic) << 1]);
        key.extend(span.text.len().to_le_bytes());
        key.extend(span.text.as_bytes());
    }
    key
}

/// The clusters of a run as they stand from left to right, ligatures whole.
fn clusters<'a>(run: &Run<'a, ()>) -> Vec<(Range<usize>, Vec<Glyph>)> {
    let mut out: Vec<(Range<usize>, Vec<Glyph>)> = vec![];
    for cluster in run.visual_clusters() {
        let range = cluster.text_range();
        let glyphs: Vec<Glyph> = cluster.glyphs().collect();
        match out.last_mut() {
            Some((whole, _)) if cluster.is_ligature_continuation() => whole.end = whole.end.max(range.end),
            _ => out.push((range, glyphs)),
        }
    }
    out
}

/// Turns one laid-out line into stretches.
struct Tracer<'a> {
    faces: &'a Faces,
    house: &'a House,
    text: &'a str,
    size: f32,
    x: f32,
    stretches: Vec<Stretch>,
    missing: Vec<(Range<usize>, String)>,
}

impl Tracer<'_> {
    fn line(&mut self, line: &Line<'_, ()>) -> SetLine {
        let mut width = 0.0;
        for run in line.runs() {
            let Some(face) = self.faces.index_of(run.font()) else { continue };
            let mut pen = Pen { wanted: 0.0, reached: 0.0, start: self.x };
            // Positions run on from one stretch to the next, so that rounding never adds up.
            let mut joins = false;
            for (range, glyphs) in clusters(&run) {
                let said = self.text.get(range.clone()).unwrap_or_default();
                // The replacement character has a glyph, but stands for text that was lost on the way here.
                if glyphs.iter().any(|glyph| glyph.id == 0) || said.contains('\u{fffd}') {
                    self.missing.push((range.clone(), said.to_owned()));
                }
                joins = self.cluster(face, said, &glyphs, &mut pen, joins);
                if !said.chars().all(char::is_whitespace) {
                    width = self.x + pen.points(self.size, pen.wanted);
                }
            }
            self.x += pen.points(self.size, pen.wanted);
        }
        SetLine { stretches: std::mem::take(&mut self.stretches), width }
    }

    /// Adds a cluster; whether the next may follow in the same stretch.
    fn cluster(&mut self, face: FaceIndex, said: &str, glyphs: &[Glyph], pen: &mut Pen, joins: bool) -> bool {
        let Some(metrics) = self.faces.get(face) else { return false };
        let read: String = said.chars().map(|c| if matches!(c, '\u{a0}' | '\n') { ' ' } else { c }).collect();
        if said == "\n" {
            // A broken line has no glyph of its own; without one, words would run together when read out.
            let rare = self.house.code(face, metrics.space).is_none();
            self.place(face, rare, pen, 0.0, None, joins);
            self.push(metrics.space, 0, read);
            return false;
        }
        let plain = match glyphs {
            [only] => {
                let glyph = u16::try_from(only.id).unwrap_or(0);
                only.x == 0.0
                    && only.y == 0.0
                    && self.house.text_of(metrics, face, glyph) == Some(read.clone())
            }
            _ => false,
        };
        let mut joins = joins && plain;
        let mut actual = (!plain).then(|| read.clone());
        for (place, glyph) in glyphs.iter().enumerate() {
            let id = u16::try_from(glyph.id).unwrap_or(0);
            let rare = self.house.code(face, id).is_none();
            let displaced = glyph.x != 0.0 || glyph.y != 0.0;
            let same = self.stretches.last().is_some_and(|last| last.face == face && last.rare == rare);
            if displaced {
                pen.wanted += f64::from(glyph.x * 1000.0 / self.size);
            }
            self.place(face, rare, pen, -glyph.y, actual.take(), joins && same && !displaced);
            if displaced {
                pen.wanted -= f64::from(glyph.x * 1000.0 / self.size);
            }
            pen.wanted += f64::from(glyph.advance * 1000.0 / self.size);
            pen.reached += f64::from(metrics.widths.get(usize::from(id)).copied().unwrap_or(0));
            let shift = (pen.reached - pen.wanted).round();
            pen.reached -= shift;
            // A mark that belongs to the glyph before it says nothing by itself, but every glyph must say something.
            let other = || if place == 0 { read.clone() } else { "\u{200b}".to_owned() };
            let text = self.house.text_of(metrics, face, id).unwrap_or_else(other);
            self.push(id, shift as i32, text);
            joins = !displaced && glyphs.len() == 1;
        }
        if let (false, false, Some(last)) = (plain, glyphs.is_empty(), self.stretches.last_mut()) {
            last.closes = true;
        }
        plain && joins
    }

    /// Makes sure that a stretch is open for the next glyph.
    fn place(
        &mut self,
        face: FaceIndex,
        rare: bool,
        pen: &mut Pen,
        rise: f32,
        actual: Option<String>,
        joins: bool,
    ) {
        let same = self.stretches.last().is_some_and(|last| last.face == face && last.rare == rare);
        if joins && same && actual.is_none() {
            return;
        }
        pen.reached = pen.wanted;
        let x = pen.start + pen.points(self.size, pen.wanted);
        self.stretches.push(Stretch { face, rare, x, rise, opens: actual, closes: false, glyphs: vec![] });
    }

    fn push(&mut self, glyph: u16, shift: i32, text: String) {
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.glyphs.push(SetGlyph { glyph, shift, text });
        }
    }
}

/// Where the next glyph should stand, and where the PDF's own arithmetic would put it, in thousandths of an em.
struct Pen {
    wanted: f64,
    reached: f64,
    start: f32,
}

impl Pen {
    fn points(&self, size: f32, thousandths: f64) -> f32 {
        (thousandths * f64::from(size) / 1000.0) as f32
    }
}
