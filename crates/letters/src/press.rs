//! The press: fonts loaded once, letters typeset in parallel.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::Compression;
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use crate::blocks::{Block, Text, words};
use crate::compose::{Composer, MAIN};
use crate::conform::{self, Identity, Shared};
use crate::emit;
use crate::faces::Faces;
use crate::fences::{Fence, FormLine};
use crate::flow;
use crate::form::Slip;
use crate::house::House;
use crate::letter::{Part, Window};
use crate::logo::Picture;
use crate::merge::{Merged, Template};
use crate::page::{Area, Draw, LEFT, MEASURE, Page};
use crate::sealed::as_printed;
use crate::shape::Setter;
use crate::subset::deflate;
use crate::tags::Tree;
use crate::{Fault, Letter, PressError, Stationery, Typeset, blocks, combine, test_page};

const COLOUR_PROFILE: &[u8] = include_bytes!("../fonts/sRGB-v4.icc");

/// Changes whenever the same letter would come out as other bytes.
const EDITION: &str = "letters 1";

/// How many templates and logos are kept ready.
const KEPT: usize = 64;

/// Fonts, colour profile and whatever else all letters share, loaded once. Threads may typeset side by side.
pub struct Press {
    faces: Faces,
    house: House,
    colour_profile: Vec<u8>,
    setters: Mutex<Vec<Setter>>,
    templates: Mutex<HashMap<String, Arc<Template>>>,
    logos: Mutex<HashMap<[u8; 32], Arc<Picture>>>,
}

/// A letter's parts by where they stand.
#[derive(Default)]
struct Parts {
    address: Vec<Text>,
    refs: Vec<(Text, Text)>,
    slip: Option<(Vec<FormLine>, Vec<Text>)>,
}

impl Press {
    /// Loads the bundled fonts.
    pub fn new() -> Result<Press, PressError> {
        let faces = Faces::load()?;
        let house = House::new(&faces)?;
        Ok(Press {
            faces,
            house,
            colour_profile: deflate(COLOUR_PROFILE, Compression::best())?,
            setters: Mutex::default(),
            templates: Mutex::default(),
            logos: Mutex::default(),
        })
    }

    /// The PDF, or every fault that must be mended first.
    pub fn typeset(&self, letter: &Letter) -> Result<Typeset, Vec<Fault>> {
        self.typeset_over(letter, &[])
    }

    /// A letter on a first page that has something drawn on it already.
    fn typeset_over(&self, letter: &Letter, under: &[Draw]) -> Result<Typeset, Vec<Fault>> {
        let unnamed = unnamed(letter);
        if !unnamed.is_empty() {
            return Err(unnamed);
        }
        let template = self.template(letter.template).map_err(|fault| vec![fault])?;
        let merged = template.merge(letter)?;
        let blocks = blocks::parse(&merged.text).map_err(|fault| {
            vec![match fault {
                Fault::Template { line, message } => {
                    Fault::Template { line: merged.template_line(line), message }
                }
                other => other,
            }]
        })?;
        let logo = self.logo(letter.stationery).map_err(|fault| vec![fault])?;
        let mut setter = locked(&self.setters).pop().unwrap_or_else(|| Setter::new(&self.faces));
        let result = self.compose(letter, &merged, &blocks, logo.as_deref(), &mut setter, under);
        locked(&self.setters).push(setter);
        result
    }

    fn compose(
        &self,
        letter: &Letter,
        merged: &Merged,
        blocks: &[Block],
        logo: Option<&Picture>,
        setter: &mut Setter,
        under: &[Draw],
    ) -> Result<Typeset, Vec<Fault>> {
        let stationery = letter.stationery;
        let mut composer = Composer {
            faces: &self.faces,
            house: &self.house,
            setter,
            merged: Some(merged),
            tree: Tree::new(),
            items: vec![],
            faults: vec![],
        };
        let parts = parts(blocks);
        let top = composer.top(stationery, logo, &parts.address, &parts.refs);
        composer.blocks(blocks, MAIN);
        let slip = parts.slip.map(|(lines, return_to)| composer.slip(&lines, &return_to, stationery));
        let items = std::mem::take(&mut composer.items);
        let columns = flow::paginate(&items, top.body);
        let (mut pages, mut boxes) = (vec![], top.boxes);
        for (number, column) in columns.iter().enumerate() {
            if column.bottom > column.top {
                let area =
                    Area { x: LEFT, y: column.top, width: MEASURE, height: column.bottom - column.top };
                boxes.push(area.placed(Part::Body, number));
            }
            pages.push(Page { draws: column.draws.clone() });
        }
        if let Some(first) = pages.first_mut() {
            first.draws.splice(0..0, under.iter().cloned().chain(top.draws));
        }
        if let Some(slip) = slip {
            let end = columns.last().map_or(0.0, |column| column.bottom);
            place_slip(slip, end, &mut pages, &mut boxes);
        }
        let (year, month, day) = letter.date;
        let date = crate::wording::date(year, month, day).unwrap_or_default();
        let to = parts.address.first().map(words).unwrap_or_default();
        let head = [letter.number.unwrap_or("Draft"), &date, &to];
        let head = head.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("  ·  ");
        let count = pages.len();
        for (number, page) in pages.iter_mut().enumerate() {
            let running = composer.running_parts(stationery, number, count, &head, letter.number.is_none());
            page.draws.splice(0..0, running);
        }
        let allowed = letter.max_pages.unwrap_or(u32::MAX);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if count > allowed {
            composer.faults.push(Fault::TooManyPages { pages: count, allowed });
        }
        if !composer.faults.is_empty() {
            return Err(composer.faults);
        }
        let identity = Identity {
            title: &as_printed(letter.title),
            author: &as_printed(&stationery.sender_name),
            language: letter.language,
            date: letter.date,
            seed: seed(letter, merged),
        };
        let pdf = self
            .write(&pages, composer.tree, logo, &identity)
            .map_err(|error| vec![Fault::Template { line: 1, message: error.to_string() }])?;
        Ok(Typeset { sha256: conform::sha256(&pdf), pdf, pages: count, boxes })
    }

    fn write(
        &self,
        pages: &[Page],
        mut tree: Tree,
        logo: Option<&Picture>,
        identity: &Identity,
    ) -> Result<Vec<u8>, PressError> {
        let (pages, used) = emit::pages(pages, &self.faces, &self.house, &mut tree);
        let mut document = PdfDocument::new(identity.title);
        document.pages = pages;
        // Our own text operators are “unknown” to printpdf, which writes them only if told that they are safe.
        let options =
            PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
        let document = printpdf::to_lopdf_doc(&document, &options, &mut vec![]);
        let shared =
            Shared { faces: &self.faces, house: &self.house, logo, colour_profile: &self.colour_profile };
        conform::finish(document, &tree, &used, &shared, identity)
    }

    /// Writes several finished PDFs of this press to `out` as one file for one print job. It is tagged like each of them, has
    /// a bookmark for each, and carries each font once. They are asked for one after another, and each is let go once it is
    /// written.
    pub fn combine<E: From<PressError>>(
        &self,
        title: &str,
        pdfs: impl IntoIterator<Item = Result<Vec<u8>, E>>,
        out: &mut dyn Write,
    ) -> Result<(), E> {
        combine::combine(title, pdfs, &self.colour_profile, out)
    }

    /// A page that shows whether printer, fold and envelope agree.
    pub fn window_test_page(&self, stationery: &Stationery) -> Result<Typeset, Vec<Fault>> {
        let window = match stationery.window {
            Window::UkDl => "Window of a DL envelope",
            Window::C5 => "Window of a C5 envelope",
            Window::Custom { .. } => "Your own window",
            Window::None => "No window",
        };
        let (right, down) = stationery.nudge_mm;
        let nudge = |mm: f32| format!("{mm:.1} mm").replace('-', "−");
        let facts =
            serde_json::json!({ "window": window, "nudge": { "right": nudge(right), "down": nudge(down) } });
        let letter = Letter {
            template: test_page::TEMPLATE,
            facts: &facts,
            stationery,
            number: Some("Test"),
            // The page is about the window, not about the day: it is the same on every day.
            date: (2000, 1, 1),
            title: "Window test page",
            language: "en-GB",
            max_pages: Some(1),
        };
        self.typeset_over(&letter, &test_page::frames(stationery))
    }

    fn template(&self, text: &str) -> Result<Arc<Template>, Fault> {
        if let Some(known) = locked(&self.templates).get(text) {
            return Ok(Arc::clone(known));
        }
        let template = Arc::new(Template::new(text)?);
        let mut templates = locked(&self.templates);
        if templates.len() >= KEPT {
            templates.clear();
        }
        templates.insert(text.to_owned(), Arc::clone(&template));
        Ok(template)
    }

    fn logo(&self, stationery: &Stationery) -> Result<Option<Arc<Picture>>, Fault> {
        let Some(logo) = &stationery.logo else { return Ok(None) };
        let key: [u8; 32] = Sha256::digest(&logo.png).into();
        if let Some(known) = locked(&self.logos).get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let picture = Picture::from_png(&logo.png).map_err(|problem| Fault::Stationery {
            message: format!("The logo cannot be used: {problem}."),
        })?;
        let picture = Arc::new(picture);
        let mut logos = locked(&self.logos);
        if logos.len() >= KEPT {
            logos.clear();
        }
        logos.insert(key, Arc::clone(&picture));
        Ok(Some(picture))
    }
}

/// Every fact that the template may ask for.
pub fn fields(template: &str) -> Result<Vec<String>, Fault> {
    Template::new(template).map(|template| template.fields())
}

/// What these locks guard is only kept ready: whatever state a panic left it in can be used.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a reader program must be told, without which no file keeps the standards.
fn unnamed(letter: &Letter) -> Vec<Fault> {
    let mut faults = vec![];
    for (field, value) in [("letter.title", letter.title), ("letter.language", letter.language)] {
        if as_printed(value).is_empty() {
            faults.push(Fault::MissingFact { field: field.into() });
        }
    }
    let stationery = letter.stationery;
    if let Some(logo) = &stationery.logo
        && as_printed(&logo.alt).is_empty()
        && as_printed(&stationery.sender_name).is_empty()
    {
        let message = "The logo needs words for those who do not see it.".into();
        faults.push(Fault::Stationery { message });
    }
    faults
}

fn parts(blocks: &[Block]) -> Parts {
    let mut parts = Parts::default();
    for block in blocks {
        match block {
            Block::Fence(Fence::Address(lines)) => parts.address.clone_from(lines),
            Block::Fence(Fence::Refs(refs)) => parts.refs.clone_from(refs),
            Block::Fence(Fence::Slip { lines, return_to }) => {
                parts.slip = Some((lines.clone(), return_to.clone()))
            }
            _ => {}
        }
    }
    parts
}

/// At the foot of the last page if there is room, otherwise on a page of its own.
fn place_slip(slip: Slip, end: f32, pages: &mut Vec<Page>, boxes: &mut Vec<crate::PlacedBox>) {
    if end > slip.top || pages.is_empty() {
        pages.push(Page::default());
    }
    let page = pages.len() - 1;
    boxes.extend(slip.placed(page));
    if let Some(last) = pages.last_mut() {
        last.draws.extend(slip.draws);
    }
}

/// A hash of all that a letter is made from.
fn seed(letter: &Letter, merged: &Merged) -> [u8; 32] {
    let stationery = letter.stationery;
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(bytes);
    };
    add(EDITION.as_bytes());
    for text in [
        &merged.text,
        letter.title,
        letter.language,
        letter.number.unwrap_or("\u{0}"),
        &stationery.sender_name,
    ] {
        add(text.as_bytes());
    }
    let layout = format!(
        "{:?}",
        (
            letter.date,
            &stationery.sender_lines,
            &stationery.registered_line,
            stationery.window,
            stationery.nudge_mm,
            stationery.fold_marks
        )
    );
    add(layout.as_bytes());
    if let Some(logo) = &stationery.logo {
        add(&logo.png);
        add(logo.alt.as_bytes());
    }
    hash.finalize().into()
}
