//! The bundled typefaces. Nothing is ever taken from the computer's own fonts, so that every machine prints
//! the same letter.

use std::collections::HashMap;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontData};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use crate::PressError;

/// The families in the order in which a glyph is looked for.
pub(crate) const FAMILIES: &str = "Noto Sans, Droid Sans Fallback";

const FILES: [(&str, &[u8]); 5] = [
    ("NotoSans-Regular", include_bytes!("../fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold", include_bytes!("../fonts/NotoSans-Bold.ttf")),
    ("NotoSans-Italic", include_bytes!("../fonts/NotoSans-Italic.ttf")),
    ("NotoSans-BoldItalic", include_bytes!("../fonts/NotoSans-BoldItalic.ttf")),
    // Han, kana and a little more, for names of businesses; one weight.
    ("DroidSansFallback", include_bytes!("../fonts/DroidSansFallbackFull.ttf")),
];

/// The face of running text.
pub(crate) const REGULAR: FaceIndex = 0;

/// How many of the faces letters are commonly set in.
pub(crate) const HOUSE_FACES: usize = 4;

/// Which face.
pub(crate) type FaceIndex = usize;

/// One face, with what a PDF must say about it. Lengths are in thousandths of an em.
pub(crate) struct Face {
    pub name: &'static str,
    pub data: &'static [u8],
    pub ascent: i64,
    pub descent: i64,
    pub cap_height: i64,
    pub italic_angle: i64,
    pub stem_width: i64,
    pub bounds: [i64; 4],
    /// Advance of each glyph.
    pub widths: Vec<i32>,
    /// The character that each glyph stands for, where it stands for one.
    pub characters: Vec<Option<char>>,
    pub space: u16,
    blob: Blob<u8>,
}

/// All faces, loaded once and shared.
pub(crate) struct Faces {
    pub list: Vec<Face>,
    by_blob: HashMap<u64, FaceIndex>,
}

impl Faces {
    pub fn load() -> Result<Faces, PressError> {
        let list = FILES.iter().map(|(name, data)| Face::load(name, data)).collect::<Result<Vec<_>, _>>()?;
        let by_blob = list.iter().enumerate().map(|(index, face)| (face.blob.id(), index)).collect();
        Ok(Faces { list, by_blob })
    }

    /// A font context of these faces only, for one thread.
    pub fn context(&self) -> FontContext {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for face in &self.list {
            collection.register_fonts(face.blob.clone(), None);
        }
        FontContext { collection, source_cache: SourceCache::default() }
    }

    pub fn index_of(&self, font: &FontData) -> Option<FaceIndex> {
        self.by_blob.get(&font.data.id()).copied()
    }

    pub fn get(&self, index: FaceIndex) -> Option<&Face> {
        self.list.get(index)
    }
}

impl Face {
    fn load(name: &'static str, data: &'static [u8]) -> Result<Face, PressError> {
        let refuse = |problem: String| PressError::Font { face: name, problem };
        let font = FontRef::new(data).map_err(|error| refuse(error.to_string()))?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(metrics.units_per_em);
        let thousandths = |units: f32| (units * 1000.0 / em).round() as i64;
        let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let widths = (0..advances.glyph_count())
            .map(|glyph| (advances.advance_width(glyph.into()).unwrap_or(0.0) * 1000.0 / em).round() as i32)
            .collect();
        let space = font.charmap().map(' ').and_then(|glyph| u16::try_from(glyph.to_u32()).ok());
        let bounds =
            metrics.bounds.ok_or_else(|| refuse("it does not say how large its glyphs are".into()))?;
        let weight = font.os2().map_or(400, |os2| os2.us_weight_class());
        let regular = 50.0 + (f32::from(weight) / 65.0).powi(2);
        Ok(Face {
            name,
            data,
            ascent: thousandths(metrics.ascent),
            descent: thousandths(metrics.descent),
            cap_height: thousandths(metrics.cap_height.unwrap_or(metrics.ascent)),
            italic_angle: metrics.italic_angle.round() as i64,
            stem_width: regular.round() as i64,
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(thousandths),
            widths,
            characters: characters(&font, usize::from(metrics.glyph_count)),
            space: space.ok_or_else(|| refuse("it has no space".into()))?,
            blob: Blob::new(Arc::new(data)),
        })
    }
}

/// Several characters may share a glyph; the first is what the glyph is read out as.
fn characters(font: &FontRef, glyphs: usize) -> Vec<Option<char>> {
    let mut mappings: Vec<(u32, u32)> =
        font.charmap().mappings().map(|(c, glyph)| (c, glyph.to_u32())).collect();
    mappings.sort_unstable();
    let mut characters = vec![None; glyphs];
    for (code, glyph) in mappings {
        let Some(character) = char::from_u32(code) else { continue };
        // Presentation forms are ligatures of letters that shaping finds by itself; private-use characters say
        // nothing to a reader.
        let unreadable = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{fb00}'..='\u{fb06}');
        let slot = usize::try_from(glyph).ok().and_then(|glyph| characters.get_mut(glyph));
        if let Some(slot @ None) = slot
            && !unreadable
            && !character.is_control()
        {
            *slot = Some(if character == '\u{a0}' { ' ' } else { character });
        }
    }
    characters
}
