//! The structure tree: what a screen reader reads, in order.

/// What hangs below an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kid {
    Element(usize),
    /// Marked content: page, and its number on that page.
    Content(usize, i64),
}

/// What an element says beyond its tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Attribute {
    Bullets,
    Numbers,
    Unmarked,
    HeadOfColumn,
    HeadOfRow,
    /// Where a figure stands, in PDF's own coordinates.
    BoundingBox([f32; 4]),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub tag: &'static str,
    pub parent: usize,
    pub kids: Vec<Kid>,
    pub alt: Option<String>,
    pub attribute: Option<Attribute>,
}

/// A heading, for the reader's list of bookmarks.
#[derive(Clone, Debug)]
pub(crate) struct Bookmark {
    pub title: String,
    pub element: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub elements: Vec<Element>,
    pub bookmarks: Vec<Bookmark>,
}

/// The element that all others hang from.
pub(crate) const DOCUMENT: usize = 0;

impl Tree {
    pub fn new() -> Tree {
        Tree { elements: vec![Element { tag: "Document", ..Element::default() }], bookmarks: vec![] }
    }

    pub fn add(&mut self, parent: usize, tag: &'static str) -> usize {
        let element = self.elements.len();
        self.elements.push(Element { tag, parent, ..Element::default() });
        self.attach(parent, Kid::Element(element));
        element
    }

    pub fn add_with(&mut self, parent: usize, tag: &'static str, attribute: Attribute) -> usize {
        let element = self.add(parent, tag);
        if let Some(added) = self.elements.get_mut(element) {
            added.attribute = Some(attribute);
        }
        element
    }

    pub fn attach(&mut self, parent: usize, kid: Kid) {
        if let Some(parent) = self.elements.get_mut(parent) {
            parent.kids.push(kid);
        }
    }

    pub fn describe(&mut self, element: usize, alt: &str, bounds: [f32; 4]) {
        if let Some(element) = self.elements.get_mut(element) {
            element.alt = Some(alt.to_owned());
            element.attribute = Some(Attribute::BoundingBox(bounds));
        }
    }
}
