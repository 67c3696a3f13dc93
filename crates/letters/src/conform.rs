//! The pass that makes printpdf's document a tagged, archival one with nothing in it left to chance.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::PressError;
use crate::emit::{self, Used};
use crate::faces::{Face, FaceIndex, Faces};
use crate::house::House;
use crate::logo::Picture;
use crate::objects::{count, dictionary, integers, name, text};
use crate::structure;
use crate::subset::{Subset, deflate};
use crate::tags::Tree;
use crate::xmp;

/// Page content deflates to nearly the same length at a middle effort, in a third of the time.
pub(crate) const EFFORT: u32 = 4;

/// What a file says about itself.
pub(crate) struct Identity<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub language: &'a str,
    pub date: (i32, u32, u32),
    /// Everything the file is made from: the same content gives the same file.
    pub seed: [u8; 32],
}

/// What the press holds for all letters.
pub(crate) struct Shared<'a> {
    pub faces: &'a Faces,
    pub house: &'a House,
    pub logo: Option<&'a Picture>,
    /// The deflated sRGB profile.
    pub colour_profile: &'a [u8],
}

fn broken(error: lopdf::Error) -> PressError {
    PressError::Write(error.to_string())
}

/// Finishes printpdf's document and writes it.
pub(crate) fn finish(
    mut document: Document,
    tree: &Tree,
    used: &Used,
    shared: &Shared,
    identity: &Identity,
) -> Result<Vec<u8>, PressError> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    resources(&mut document, &pages, used, shared)?;
    for page in &pages {
        deflate_content(&mut document, *page)?;
    }
    let root = structure::write(&mut document, tree, &pages)?;
    let outlines = structure::bookmarks(&mut document, tree, &pages);
    describe(&mut document, root, outlines, shared.colour_profile, identity)?;
    write(document)
}

/// Metadata, language, colour intent, identifiers and dates.
pub(crate) fn describe(
    document: &mut Document,
    structure_root: ObjectId,
    outlines: Option<ObjectId>,
    colour_profile: &[u8],
    identity: &Identity,
) -> Result<(), PressError> {
    let (year, month, day) = identity.date;
    let id: Vec<u8> = identity.seed.iter().copied().take(16).collect();
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let packet = xmp::packet(&xmp::About {
        title: identity.title,
        author: identity.author,
        language: identity.language,
        moment: &format!("{year:04}-{month:02}-{day:02}T00:00:00Z"),
        id: &hex,
    });
    let metadata = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    let metadata = document.add_object(Stream::new(metadata, packet.into_bytes()).with_compression(false));
    let profile = deflated([("N", Object::Integer(3))], colour_profile.to_vec())?;
    let profile = document.add_object(profile);
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB IEC61966-2.1")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    document.version = "1.7".into();
    let catalog = document.catalog_mut().map_err(broken)?;
    catalog.remove(b"PageLayout");
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", text(identity.language));
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalog.set("StructTreeRoot", structure_root);
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
    }
    let moment = text(&format!("D:{year:04}{month:02}{day:02}000000Z"));
    let mut information = dictionary([
        ("Title", text(identity.title)),
        ("Creator", text(xmp::PRODUCER)),
        ("Producer", text(xmp::PRODUCER)),
        ("CreationDate", moment.clone()),
        ("ModDate", moment),
    ]);
    if !identity.author.is_empty() {
        information.set("Author", text(identity.author));
    }
    let information = document.add_object(information);
    if let Ok(Object::Reference(old)) = document.trailer.get(b"Info") {
        let old = *old;
        document.objects.remove(&old);
    }
    document.trailer.set("Info", information);
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

pub(crate) fn write(mut document: Document) -> Result<Vec<u8>, PressError> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(1_000)
        .compression_level(EFFORT)
        .build();
    let mut bytes = Vec::with_capacity(64 * 1024);
    document.save_with_options(&mut bytes, options).map_err(|error| PressError::Write(error.to_string()))?;
    Ok(bytes)
}

/// SHA-256 in lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One resource dictionary for all pages: our fonts and the logo.
fn resources(
    document: &mut Document,
    pages: &[ObjectId],
    used: &Used,
    shared: &Shared,
) -> Result<(), PressError> {
    let mut fonts = Dictionary::new();
    for index in &used.house {
        if let (Some(face), Some(subset)) = (shared.faces.get(*index), shared.house.subsets.get(*index)) {
            set_font(document, &mut fonts, *index, false, face, subset)?;
        }
    }
    for (index, rare) in &used.rare {
        let Some(face) = shared.faces.get(*index) else { continue };
        let subset = Subset::new(face, &rare.glyphs, flate2::Compression::new(EFFORT))?;
        set_font(document, &mut fonts, *index, true, face, &subset)?;
    }
    let mut resources = dictionary([("Font", Object::Dictionary(fonts))]);
    if let (true, Some(picture)) = (used.logo, shared.logo) {
        let logo = add_picture(document, picture)?;
        resources.set("XObject", dictionary([(emit::LOGO, Object::Reference(logo))]));
    }
    let resources = document.add_object(resources);
    for (number, page) in pages.iter().enumerate() {
        let old = {
            let page = document.get_object_mut(*page).and_then(Object::as_dict_mut).map_err(broken)?;
            let old = page.get(b"Resources").and_then(Object::as_reference).ok();
            page.set("Resources", resources);
            page.set("StructParents", count(number));
            page.set("Tabs", name("S"));
            for unneeded in ["Annots", "TrimBox", "CropBox"] {
                page.remove(unneeded.as_bytes());
            }
            old
        };
        drop_with_parts(document, old);
    }
    Ok(())
}

/// printpdf's own resource dictionaries are empty; they would only take up space.
fn drop_with_parts(document: &mut Document, id: Option<ObjectId>) {
    let Some(Object::Dictionary(old)) = id.and_then(|id| document.objects.remove(&id)) else { return };
    for (_, part) in old.iter() {
        if let Ok(part) = part.as_reference() {
            document.objects.remove(&part);
        }
    }
}

fn set_font(
    document: &mut Document,
    fonts: &mut Dictionary,
    index: FaceIndex,
    rare: bool,
    face: &Face,
    subset: &Subset,
) -> Result<(), PressError> {
    let full = format!("{}+{}", subset.tag, face.name);
    let program = deflated([("Length1", count(subset.plain_length))], subset.program.clone())?;
    let program = document.add_object(program);
    const NONSYMBOLIC: i64 = 1 << 5;
    const ITALIC: i64 = 1 << 6;
    let descriptor = document.add_object(dictionary([
        ("Type", name("FontDescriptor")),
        ("FontName", name(&full)),
        ("Flags", Object::Integer(NONSYMBOLIC | if face.italic_angle == 0 { 0 } else { ITALIC })),
        ("FontBBox", integers(face.bounds)),
        ("ItalicAngle", Object::Integer(face.italic_angle)),
        ("Ascent", Object::Integer(face.ascent)),
        ("Descent", Object::Integer(face.descent)),
        ("CapHeight", Object::Integer(face.cap_height)),
        ("StemV", Object::Integer(face.stem_width)),
        ("FontFile2", Object::Reference(program)),
    ]));
    let system =
        [("Registry", text("Adobe")), ("Ordering", text("Identity")), ("Supplement", Object::Integer(0))];
    let widths = integers(subset.widths.iter().map(|width| i64::from(*width)));
    let descendant = dictionary([
        ("Type", name("Font")),
        ("Subtype", name("CIDFontType2")),
        ("BaseFont", name(&full)),
        ("CIDSystemInfo", Object::Dictionary(dictionary(system))),
        ("FontDescriptor", Object::Reference(descriptor)),
        ("CIDToGIDMap", name("Identity")),
        ("DW", Object::Integer(1000)),
        ("W", Object::Array(vec![Object::Integer(0), widths])),
    ]);
    let to_unicode = document.add_object(deflated([], subset.to_unicode.clone())?);
    let font = document.add_object(dictionary([
        ("Type", name("Font")),
        ("Subtype", name("Type0")),
        ("BaseFont", name(&full)),
        ("Encoding", name("Identity-H")),
        ("DescendantFonts", Object::Array(vec![Object::Dictionary(descendant)])),
        ("ToUnicode", Object::Reference(to_unicode)),
    ]));
    fonts.set(emit::font_name(index, rare), font);
    Ok(())
}

fn add_picture(document: &mut Document, picture: &Picture) -> Result<ObjectId, PressError> {
    let image = |space: &str, data: &[u8]| {
        let entries = [
            ("Type", name("XObject")),
            ("Subtype", name("Image")),
            ("Width", Object::Integer(picture.width.into())),
            ("Height", Object::Integer(picture.height.into())),
            ("ColorSpace", name(space)),
            ("BitsPerComponent", Object::Integer(8)),
        ];
        deflated(entries, data.to_vec())
    };
    let mut colour = image("DeviceRGB", &picture.colour)?;
    if let Some(opacity) = &picture.opacity {
        let mask = document.add_object(image("DeviceGray", opacity)?);
        colour.dict.set("SMask", mask);
    }
    Ok(document.add_object(colour))
}

/// A stream whose bytes are deflated already.
///
/// A last byte that is a carriage return would read as one line end with the line feed before `endstream`, and leave the
/// stream's length in doubt (ISO 19005-2, 6.1.7.1). Such bytes, one stream in 256, are deflated once more.
pub(crate) fn deflated<'a>(
    entries: impl IntoIterator<Item = (&'a str, Object)>,
    mut bytes: Vec<u8>,
) -> Result<Stream, PressError> {
    let mut filters = vec![name("FlateDecode")];
    while bytes.last() == Some(&b'\r') {
        bytes = deflate(&bytes, flate2::Compression::none())?;
        filters.push(name("FlateDecode"));
    }
    let mut entries = dictionary(entries);
    entries.set("Filter", if filters.len() == 1 { filters.remove(0) } else { Object::Array(filters) });
    Ok(Stream::new(entries, bytes).with_compression(false))
}

fn deflate_content(document: &mut Document, page: ObjectId) -> Result<(), PressError> {
    let page = document.get_object(page).and_then(Object::as_dict).map_err(broken)?;
    let content = page.get(b"Contents").and_then(Object::as_reference).map_err(broken)?;
    let stream = document.get_object_mut(content).and_then(Object::as_stream_mut).map_err(broken)?;
    *stream = deflated([], deflate(&stream.content, flate2::Compression::new(EFFORT))?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_whose_deflated_bytes_end_in_a_carriage_return_is_written_so_that_they_do_not() {
        // The last byte of deflated bytes is one of their checksum: one content in 256 ends so.
        let content = (0_u32..).map(|number| number.to_string()).find(|content| {
            deflate(content.as_bytes(), flate2::Compression::best()).unwrap().last() == Some(&b'\r')
        });
        let content = content.unwrap();
        let plain = deflate(content.as_bytes(), flate2::Compression::best()).unwrap();
        let stream = deflated([], plain).unwrap();
        assert_ne!(stream.content.last(), Some(&b'\r'));
        assert_eq!(stream.decompressed_content().unwrap(), content.as_bytes(), "it reads as before");
    }
}
