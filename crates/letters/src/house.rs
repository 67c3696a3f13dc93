//! The house subset: the glyphs that nearly every letter needs, cut and deflated once for the whole press.
//!
//! Its glyphs never depend on a letter, so a letter's bytes do not depend on what was typeset before. A letter
//! with rarer glyphs carries a second, small subset of its own.

use std::collections::{BTreeMap, HashMap};

use flate2::Compression;

use crate::PressError;
use crate::blocks::Span;
use crate::faces::{Face, FaceIndex, Faces, HOUSE_FACES};
use crate::shape::{Setter, Style};
use crate::subset::Subset;

/// One subset for each face that letters are commonly set in.
pub(crate) struct House {
    pub subsets: Vec<Subset>,
    /// Glyphs that stand for other text than their character map says: ligatures and figures of one width.
    texts: HashMap<(FaceIndex, u16), String>,
}

impl House {
    pub fn new(faces: &Faces) -> Result<House, PressError> {
        let mut setter = Setter::new(faces);
        let mut texts = HashMap::new();
        let mut wanted: Vec<BTreeMap<u16, String>> = vec![BTreeMap::new(); HOUSE_FACES];
        for (bold, italic, tabular) in styles() {
            let style = Style { size: 10.0, bold: false, tabular };
            let span = Span { text: house_text(), bold, italic, field: None };
            for (face, glyphs, said) in setter.glyphs(faces, &[span], style) {
                let (Some(metrics), Some(wanted)) = (faces.get(face), wanted.get_mut(face)) else { continue };
                for glyph in &glyphs {
                    let own = metrics.characters.get(usize::from(*glyph)).copied().flatten();
                    let text = own.map_or_else(|| said.clone(), String::from);
                    if own.is_none() && glyphs.len() == 1 {
                        texts.entry((face, *glyph)).or_insert_with(|| text.clone());
                    }
                    wanted.entry(*glyph).or_insert(text);
                }
            }
        }
        let cut = |(face, glyphs): (&Face, BTreeMap<u16, String>)| {
            let glyphs: Vec<_> = glyphs.into_iter().filter(|(glyph, _)| *glyph != 0).collect();
            Subset::new(face, &glyphs, Compression::best())
        };
        let subsets = faces.list.iter().zip(wanted).map(cut).collect::<Result<_, _>>()?;
        Ok(House { subsets, texts })
    }

    /// The code of a glyph in its face's house subset.
    pub fn code(&self, face: FaceIndex, glyph: u16) -> Option<u16> {
        self.subsets.get(face)?.code(glyph)
    }

    /// What a glyph is read out as.
    pub fn text_of(&self, metrics: &Face, face: FaceIndex, glyph: u16) -> Option<String> {
        let own = metrics.characters.get(usize::from(glyph)).copied().flatten();
        own.map(String::from).or_else(|| self.texts.get(&(face, glyph)).cloned())
    }
}

fn styles() -> impl Iterator<Item = (bool, bool, bool)> {
    (0..8).map(|n| (n & 1 != 0, n & 2 != 0, n & 4 != 0))
}

/// Basic Latin, Latin-1, the letters of Welsh, Irish and Polish, common punctuation, and what they join to.
fn house_text() -> String {
    let singles = (' '..='~').chain('\u{a1}'..='ÿ').filter(|c| *c != '\u{ad}');
    let letters = "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĠġĢģĦħĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚțẀẁẂẃẄẅỲỳ";
    let marks = "‐‑–—‘’‚“”„†•…‰‹›€™−\u{a0}";
    let mut text: String =
        singles.chain(letters.chars()).chain(marks.chars()).flat_map(|c| [c, ' ']).collect();
    text.push_str("ff fi fl ffi ffl fj ffj ft fft tt Th 0123456789");
    text
}
