//! Several finished letters as one file, for one print job: one structure tree, each font carried once.

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};
use std::io::{self, Write};

use lopdf::{Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use crate::conform::{self, Identity};
use crate::objects::{count, dictionary, name};
use crate::structure;
use crate::written::Written;
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

/// Writes the letters to `out` one by one, as they come; beside the file's own tables only one of them is held.
pub(crate) fn combine<E: From<PressError>>(
    title: &str,
    letters: impl IntoIterator<Item = Result<Vec<u8>, E>>,
    colour_profile: &[u8],
    out: &mut dyn Write,
) -> Result<(), E> {
    let mut document = Document::with_version("1.7");
    let (page_tree, root, whole) =
        (document.new_object_id(), document.new_object_id(), document.new_object_id());
    let mut file = Written::begin(out, document.max_id).map_err(PressError::Out)?;
    let mut shared = HashMap::new();
    let (mut taken, mut hash) = (vec![], Sha256::new());
    hash.update(title);
    let mut first_page = 0;
    for (place, pdf) in letters.into_iter().enumerate() {
        let pdf = pdf?;
        hash.update(Sha256::digest(&pdf));
        let refuse = |problem: String| PressError::Combine { number: place + 1, problem };
        let letter = Incoming::read(&pdf).map_err(|problem| refuse(problem.to_string()))?;
        let letter = letter.ok_or_else(|| refuse("it was not written by this press".into()))?;
        let of = Of { page_tree, whole, first_page };
        let one = letter.put(&mut file, &mut shared, of).map_err(PressError::Out)?;
        first_page += one.pages.len();
        taken.push(one);
    }
    document.max_id = file.last();
    let pages = taken.iter().flat_map(|letter| &letter.pages).map(|page| Object::Reference(*page)).collect();
    let parents = taken.iter().flat_map(|letter| &letter.parents).enumerate();
    let numbers = parents.flat_map(|(page, parents)| [count(page), Object::Reference(*parents)]).collect();
    let parent_tree = document.add_object(dictionary([("Nums", Object::Array(numbers))]));
    let elements = taken.iter().map(|letter| Object::Reference(letter.element)).collect();
    document.set_object(
        whole,
        dictionary([
            ("Type", name("StructElem")),
            ("S", name("Document")),
            ("P", Object::Reference(root)),
            ("K", Object::Array(elements)),
        ]),
    );
    document.set_object(
        root,
        dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Reference(whole)),
            ("ParentTree", Object::Reference(parent_tree)),
            ("ParentTreeNextKey", count(first_page)),
        ]),
    );
    let bookmarks: Vec<_> =
        taken.iter().filter_map(|letter| Some((letter.title.clone(), *letter.pages.first()?))).collect();
    let outlines = structure::outline(&mut document, &bookmarks);
    let kids = [("Type", name("Pages")), ("Count", count(first_page)), ("Kids", Object::Array(pages))];
    document.set_object(page_tree, dictionary(kids));
    let catalog = document.add_object(dictionary([
        ("Type", name("Catalog")),
        ("Pages", Object::Reference(page_tree)),
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
    for (id, object) in document.objects {
        file.put(id, object).map_err(PressError::Out)?;
    }
    Ok(file.end(document.max_id, &document.trailer).map_err(PressError::Out)?)
}

/// What of the combined file a letter is to know.
#[derive(Clone, Copy)]
struct Of {
    page_tree: ObjectId,
    /// The element that holds all letters.
    whole: ObjectId,
    /// The number of the letter's first page, counted from 0.
    first_page: usize,
}

/// A letter by its own numbers.
struct Incoming {
    objects: BTreeMap<ObjectId, Object>,
    letter: Taken,
}

impl Incoming {
    /// Reads a letter; nothing if the file was not written by this press.
    fn read(pdf: &[u8]) -> lopdf::Result<Option<Incoming>> {
        let source = Document::load_mem(pdf)?;
        let information =
            source.trailer.get(b"Info").and_then(|info| source.dereference(info))?.1.as_dict()?;
        if information.get(b"Producer").and_then(Object::as_str).ok() != Some(xmp::PRODUCER.as_bytes()) {
            return Ok(None);
        }
        let created = information.get(b"CreationDate").and_then(Object::as_str)?;
        let catalog = source.catalog()?;
        let tree = source.get_object(catalog.get(b"StructTreeRoot")?.as_reference()?)?.as_dict()?;
        let parent_tree = source.get_object(tree.get(b"ParentTree")?.as_reference()?)?.as_dict()?;
        let numbers = parent_tree.get(b"Nums")?.as_array()?;
        let letter = Taken {
            title: information.get(b"Title")?.clone(),
            day: String::from_utf8_lossy(created).trim_start_matches("D:").chars().take(8).collect(),
            language: catalog.get(b"Lang")?.clone(),
            element: tree.get(b"K")?.as_reference()?,
            parents: numbers
                .iter()
                .skip(1)
                .step_by(2)
                .map(Object::as_reference)
                .collect::<lopdf::Result<_>>()?,
            pages: source.get_pages().into_values().collect(),
        };
        Ok(Some(Incoming { objects: source.objects, letter }))
    }

    /// Writes its pages and what hangs on them, and says what it is in the combined file. `shared` are the fonts and pictures
    /// that are written already.
    fn put(
        mut self,
        file: &mut Written<'_>,
        shared: &mut HashMap<[u8; 32], ObjectId>,
        of: Of,
    ) -> io::Result<Taken> {
        // Where it hangs on is told last, as it goes by the numbers of the whole file.
        for page in &self.letter.pages {
            remove(&mut self.objects, *page, b"Parent");
        }
        remove(&mut self.objects, self.letter.element, b"P");
        let mut needed = BTreeSet::new();
        let starts = [self.letter.element];
        for id in self.letter.pages.iter().chain(&self.letter.parents).chain(&starts) {
            need(&self.objects, *id, &mut needed);
        }
        let mut numbers = HashMap::new();
        for id in &needed {
            share(&mut self.objects, *id, file, shared, &mut numbers)?;
        }
        for id in self.objects.keys().filter(|id| needed.contains(id)) {
            numbers.insert(*id, file.number());
        }
        let new = |id: &ObjectId| numbers.get(id).copied().unwrap_or(*id);
        let letter = Taken {
            pages: self.letter.pages.iter().map(new).collect(),
            parents: self.letter.parents.iter().map(new).collect(),
            element: new(&self.letter.element),
            ..self.letter
        };
        for (old, mut object) in self.objects {
            let Some(id) = numbers.get(&old).copied() else { continue };
            redirect(&mut object, &numbers);
            if let (Some(page), Object::Dictionary(entries)) =
                (letter.pages.iter().position(|page| *page == id), &mut object)
            {
                entries.set("StructParents", count(of.first_page + page));
                entries.set("Parent", of.page_tree);
            }
            if let (true, Object::Dictionary(entries)) = (id == letter.element, &mut object) {
                entries.set("S", name("Part"));
                entries.set("P", of.whole);
                entries.set("T", letter.title.clone());
                entries.set("Lang", letter.language.clone());
            }
            file.put(id, object)?;
        }
        Ok(letter)
    }
}

fn remove(objects: &mut BTreeMap<ObjectId, Object>, id: ObjectId, key: &[u8]) {
    if let Some(Object::Dictionary(entries)) = objects.get_mut(&id) {
        entries.remove(key);
    }
}

/// Collects an object and all that it leads to.
fn need(objects: &BTreeMap<ObjectId, Object>, id: ObjectId, needed: &mut BTreeSet<ObjectId>) {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if let Some(object) = objects.get(&id)
            && needed.insert(id)
        {
            each_reference(object, &mut |id| open.push(id));
        }
    }
}

/// Writes a font or a picture with the parts it is made of, unless the same is written already. They do not lead back to
/// themselves, so what a part is now called is known before the whole is compared.
fn share(
    objects: &mut BTreeMap<ObjectId, Object>,
    id: ObjectId,
    file: &mut Written<'_>,
    shared: &mut HashMap<[u8; 32], ObjectId>,
    numbers: &mut HashMap<ObjectId, ObjectId>,
) -> io::Result<()> {
    if !objects.get(&id).is_some_and(is_shared) {
        return Ok(());
    }
    let Some(mut object) = objects.remove(&id) else { return Ok(()) };
    let mut parts = vec![];
    each_reference(&object, &mut |part| parts.push(part));
    for part in parts {
        share(objects, part, file, shared, numbers)?;
    }
    redirect(&mut object, numbers);
    let mut hash = Sha256::new();
    match &object {
        Object::Stream(stream) => {
            hash.update(format!("{:?}", stream.dict));
            hash.update(&stream.content);
        }
        whole => hash.update(format!("{whole:?}")),
    }
    let number = match shared.entry(hash.finalize().into()) {
        Entry::Occupied(known) => *known.get(),
        Entry::Vacant(free) => {
            let number = *free.insert(file.number());
            file.put(number, object)?;
            number
        }
    };
    numbers.insert(id, number);
    Ok(())
}

fn is_shared(object: &Object) -> bool {
    match object {
        Object::Stream(_) => true,
        Object::Dictionary(entries) => {
            entries.get_type().is_ok_and(|kind| matches!(kind, b"Font" | b"FontDescriptor"))
        }
        _ => false,
    }
}

fn each_reference(object: &Object, visit: &mut dyn FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => visit(*id),
        Object::Array(items) => items.iter().for_each(|item| each_reference(item, visit)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, value)| each_reference(value, visit)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| each_reference(value, visit)),
        _ => {}
    }
}

fn redirect(object: &mut Object, numbers: &HashMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => *id = numbers.get(id).copied().unwrap_or(*id),
        Object::Array(items) => items.iter_mut().for_each(|item| redirect(item, numbers)),
        Object::Dictionary(entries) => entries.iter_mut().for_each(|(_, value)| redirect(value, numbers)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| redirect(value, numbers)),
        _ => {}
    }
}

/// The last day on any of the letters: the file cannot be older.
fn last_day(taken: &[Taken]) -> (i32, u32, u32) {
    let day = taken.iter().map(|letter| letter.day.as_str()).max().unwrap_or_default();
    let part = |range: std::ops::Range<usize>| day.get(range).and_then(|digits| digits.parse().ok());
    let year = day.get(0..4).and_then(|digits| digits.parse().ok());
    (year.unwrap_or(2000), part(4..6).unwrap_or(1), part(6..8).unwrap_or(1))
}
