//! The part of a face that a PDF carries.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::PressError;
use crate::faces::Face;

/// Some glyphs of a face, ready to embed. The program is deflated once however many letters carry it.
pub(crate) struct Subset {
    /// Six capitals that differ whenever the glyphs do, as PDF asks.
    pub tag: String,
    /// The number by which page content calls a glyph of the face.
    codes: BTreeMap<u16, u16>,
    /// The font program, deflated.
    pub program: Vec<u8>,
    /// Its length before that.
    pub plain_length: usize,
    /// Advance of each code, in thousandths of an em.
    pub widths: Vec<i32>,
    /// The text behind each code, as a deflated character map.
    pub to_unicode: Vec<u8>,
}

impl Subset {
    /// A subset with these glyphs and the text that each stands for. The order decides the codes.
    pub fn new(face: &Face, glyphs: &[(u16, String)], effort: Compression) -> Result<Subset, PressError> {
        let mut remapper = GlyphRemapper::new();
        let mut codes = BTreeMap::new();
        let mut texts = BTreeMap::new();
        for (glyph, text) in glyphs {
            let code = remapper.remap(*glyph);
            codes.insert(*glyph, code);
            texts.entry(code).or_insert(text.as_str());
        }
        let refuse = |problem: String| PressError::Font { face: face.name, problem };
        let program =
            subsetter::subset(face.data, 0, &remapper).map_err(|error| refuse(error.to_string()))?;
        let width = |glyph: u16| face.widths.get(usize::from(glyph)).copied().unwrap_or(0);
        Ok(Subset {
            tag: tag(face.name, glyphs),
            codes,
            plain_length: program.len(),
            program: deflate(&program, effort)?,
            widths: remapper.remapped_gids().map(width).collect(),
            to_unicode: deflate(character_map(&texts).as_bytes(), effort)?,
        })
    }

    pub fn code(&self, glyph: u16) -> Option<u16> {
        self.codes.get(&glyph).copied()
    }
}

pub(crate) fn deflate(bytes: &[u8], effort: Compression) -> Result<Vec<u8>, PressError> {
    let failed = |error: std::io::Error| PressError::Write(error.to_string());
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), effort);
    encoder.write_all(bytes).map_err(failed)?;
    encoder.finish().map_err(failed)
}

fn tag(name: &str, glyphs: &[(u16, String)]) -> String {
    let mut hash = Sha256::new();
    hash.update(name);
    for (glyph, _) in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn character_map(texts: &BTreeMap<u16, &str>) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
         /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let entries: Vec<_> = texts.iter().filter(|(_, text)| !text.is_empty()).collect();
    // The format allows a hundred entries to a section.
    for section in entries.chunks(100) {
        map.push_str(&format!("{} beginbfchar\n", section.len()));
        for (code, text) in section {
            map.push_str(&format!("<{code:04X}> <"));
            for unit in text.encode_utf16() {
                map.push_str(&format!("{unit:04X}"));
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
}
