//! Several finished letters as one file, for one print job: one structure tree, each font carried once.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use crate::conform::{self, Identity};
use crate::objects::{count, dictionary, name};
use crate::structure;
use crate::{PressError, xmp};

/// What a file was, apart from its objects.
struct Taken {
    pages: Vec<ObjectId>,
    title: Object,
    language: Object,
    /// `YYYYMMDD`
    day: String,
    /// The element that holds the whole letter.
    element: ObjectId,
    /// What each page's marked content belongs to.
    parents: Vec<ObjectId>,
}

pub(crate) fn combine(title: &str, pdfs: &[&[u8]], colour_profile: &[u8]) -> Result<Vec<u8>, PressError> {
    let mut document = Document::with_version("1.7");
    let (pages_id, root, whole) =
        (document.new_object_id(), document.new_object_id(), document.new_object_id());
    let mut known = HashMap::new();
    let mut taken = vec![];
    let mut hash = Sha256::new();
    hash.update(title);
    for (place, pdf) in pdfs.iter().enumerate() {
        hash.update(Sha256::digest(pdf));
        let refuse = |problem: String| PressError::Combine { number: place + 1, problem };
        let one = take(&mut document, pdf, &mut known).map_err(|problem| refuse(problem.to_string()))?;
        taken.push(one.ok_or_else(|| refuse("it was not written by this press".into()))?);
    }
    let mut pages: Vec<Object> = vec![];
    let mut numbers = vec![];
    for letter in &taken {
        for (page, parents) in letter.pages.iter().zip(&letter.parents) {
            numbers.extend([count(pages.len()), Object::Reference(*parents)]);
            set(&mut document, *page, "StructParents", count(pages.len()));
            set(&mut document, *page, "Parent", Object::Reference(pages_id));
            pages.push(Object::Reference(*page));
        }
        for (key, value) in [
            ("S", name("Part")),
            ("P", Object::Reference(whole)),
            ("T", letter.title.clone()),
            ("Lang", letter.language.clone()),
        ] {
            set(&mut document, letter.element, key, value);
        }
    }
    let parent_tree = document.add_object(dictionary([("Nums", Object::Array(numbers))]));
    let letters = taken.iter().map(|letter| Object::Reference(letter.element)).collect();
    document.set_object(
        whole,
        dictionary([
            ("Type", name("StructElem")),
            ("S", name("Document")),
            ("P", Object::Reference(root)),
            ("K", Object::Array(letters)),
        ]),
    );
    document.set_object(
        root,
        dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Reference(whole)),
            ("ParentTree", Object::Reference(parent_tree)),
            ("ParentTreeNextKey", count(pages.len())),
        ]),
    );
    let bookmarks: Vec<_> =
        taken.iter().filter_map(|letter| Some((letter.title.clone(), *letter.pages.first()?))).collect();
    let outlines = structure::outline(&mut document, &bookmarks);
    let page_tree =
        dictionary([("Type", name("Pages")), ("Count", count(pages.len())), ("Kids", Object::Array(pages))]);
    document.set_object(pages_id, page_tree);
    let catalog = document.add_object(dictionary([
        ("Type", name("Catalog")),
        ("Pages", Object::Reference(pages_id)),
        ("PageMode", name("UseOutlines")),
    ]));
    document.trailer.set("Root", catalog);
    let language = taken.first().and_then(|letter| letter.language.as_str().ok());
    let language = language.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let identity = Identity {
        title,
        author: "",
        language: language.as_deref().unwrap_or("en-GB"),
        date: last_day(&taken),
        seed: hash.finalize().into(),
    };
    conform::describe(&mut document, root, outlines, colour_profile, &identity)?;
    document.prune_objects();
    document.renumber_objects();
    conform::write(document)
}

/// Adds a letter's objects to the document; nothing if the file was not written by this press.
fn take(
    document: &mut Document,
    pdf: &[u8],
    known: &mut HashMap<[u8; 32], ObjectId>,
) -> lopdf::Result<Option<Taken>> {
    let mut source = Document::load_mem(pdf)?;
    source.renumber_objects_with(document.max_id + 1);
    let information = source.trailer.get(b"Info").and_then(|info| source.dereference(info))?.1.as_dict()?;
    if information.get(b"Producer").and_then(Object::as_str).ok() != Some(xmp::PRODUCER.as_bytes()) {
        return Ok(None);
    }
    let title = information.get(b"Title")?.clone();
    let created = information.get(b"CreationDate").and_then(Object::as_str)?;
    let day = String::from_utf8_lossy(created).trim_start_matches("D:").chars().take(8).collect();
    let catalog = source.catalog()?;
    let language = catalog.get(b"Lang")?.clone();
    let tree = source.get_object(catalog.get(b"StructTreeRoot")?.as_reference()?)?.as_dict()?;
    let element = tree.get(b"K")?.as_reference()?;
    let parent_tree = source.get_object(tree.get(b"ParentTree")?.as_reference()?)?.as_dict()?;
    let numbers = parent_tree.get(b"Nums")?.as_array()?;
    let parents =
        numbers.iter().skip(1).step_by(2).map(Object::as_reference).collect::<lopdf::Result<_>>()?;
    let pages = source.get_pages().into_values().collect();
    document.max_id = source.max_id;
    document.objects.extend(without_copies(source.objects, known));
    Ok(Some(Taken { pages, title, language, day, element, parents }))
}

/// The objects, with fonts and pictures that are known already replaced by those.
fn without_copies(
    mut objects: BTreeMap<ObjectId, Object>,
    known: &mut HashMap<[u8; 32], ObjectId>,
) -> BTreeMap<ObjectId, Object> {
    // What refers to a copy becomes a copy itself once the reference is replaced: a font program, then its
    // descriptor, then the font.
    loop {
        let mut copies = HashMap::new();
        for (id, object) in &objects {
            let Some(hash) = shareable(object) else { continue };
            let first = *known.entry(hash).or_insert(*id);
            if first != *id {
                copies.insert(*id, first);
            }
        }
        if copies.is_empty() {
            return objects;
        }
        objects.retain(|id, _| !copies.contains_key(id));
        objects.values_mut().for_each(|object| redirect(object, &copies));
    }
}

fn shareable(object: &Object) -> Option<[u8; 32]> {
    let is_font = |entries: &Dictionary| {
        entries.get_type().is_ok_and(|kind| matches!(kind, b"Font" | b"FontDescriptor"))
    };
    let mut hash = Sha256::new();
    match object {
        Object::Stream(stream) => {
            hash.update(format!("{:?}", stream.dict));
            hash.update(&stream.content);
        }
        Object::Dictionary(entries) if is_font(entries) => hash.update(format!("{entries:?}")),
        _ => return None,
    }
    Some(hash.finalize().into())
}

fn redirect(object: &mut Object, copies: &HashMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => *id = copies.get(id).copied().unwrap_or(*id),
        Object::Array(items) => items.iter_mut().for_each(|item| redirect(item, copies)),
        Object::Dictionary(entries) => entries.iter_mut().for_each(|(_, value)| redirect(value, copies)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| redirect(value, copies)),
        _ => {}
    }
}

fn set(document: &mut Document, id: ObjectId, key: &str, value: Object) {
    if let Ok(Object::Dictionary(entries)) = document.get_object_mut(id) {
        entries.set(key, value);
    }
}

/// The last day on any of the letters: the file cannot be older.
fn last_day(taken: &[Taken]) -> (i32, u32, u32) {
    let day = taken.iter().map(|letter| letter.day.as_str()).max().unwrap_or_default();
    let part = |range: std::ops::Range<usize>| day.get(range).and_then(|digits| digits.parse().ok());
    let year = day.get(0..4).and_then(|digits| digits.parse().ok());
    (year.unwrap_or(2000), part(4..6).unwrap_or(1), part(6..8).unwrap_or(1))
}
