//! The structure tree and the bookmarks as PDF objects.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::PressError;
use crate::objects::{count, dictionary, name, text};
use crate::tags::{Attribute, DOCUMENT, Element, Kid, Tree};

/// Writes the tree; its root.
pub(crate) fn write(
    document: &mut Document,
    tree: &Tree,
    pages: &[ObjectId],
) -> Result<ObjectId, PressError> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = tree.elements.iter().map(|_| document.new_object_id()).collect();
    let mut parents: Vec<BTreeMap<i64, ObjectId>> = vec![BTreeMap::new(); pages.len()];
    for (number, (element, id)) in tree.elements.iter().zip(&ids).enumerate() {
        let parent = if number == DOCUMENT { Some(&root) } else { ids.get(element.parent) };
        let parent = parent.copied().unwrap_or(root);
        for kid in &element.kids {
            if let Kid::Content(page, mark) = kid
                && let Some(page) = parents.get_mut(*page)
            {
                page.insert(*mark, *id);
            }
        }
        document.set_object(*id, element_object(element, parent, &ids, pages));
    }
    let mut numbers = vec![];
    for (page, marks) in parents.into_iter().enumerate() {
        let list = document.add_object(marks.into_values().map(Object::Reference).collect::<Vec<_>>());
        numbers.extend([count(page), Object::Reference(list)]);
    }
    let parent_tree = document.add_object(dictionary([("Nums", Object::Array(numbers))]));
    let first = ids.first().copied().unwrap_or(root);
    document.set_object(
        root,
        dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Reference(first)),
            ("ParentTree", Object::Reference(parent_tree)),
            ("ParentTreeNextKey", count(pages.len())),
        ]),
    );
    Ok(root)
}

fn element_object(element: &Element, parent: ObjectId, ids: &[ObjectId], pages: &[ObjectId]) -> Dictionary {
    let home = element.kids.iter().find_map(|kid| match kid {
        Kid::Content(page, _) => Some(*page),
        Kid::Element(_) => None,
    });
    let page_of = |page: usize| pages.get(page).copied().map(Object::Reference);
    let mut kids = vec![];
    for kid in &element.kids {
        match kid {
            Kid::Element(kid) => kids.extend(ids.get(*kid).copied().map(Object::Reference)),
            Kid::Content(page, mark) if Some(*page) == home => kids.push(Object::Integer(*mark)),
            Kid::Content(page, mark) => {
                let mut content = dictionary([("Type", name("MCR")), ("MCID", Object::Integer(*mark))]);
                content.extend_page(page_of(*page));
                kids.push(Object::Dictionary(content));
            }
        }
    }
    let mut object = dictionary([
        ("Type", name("StructElem")),
        ("S", name(element.tag)),
        ("P", Object::Reference(parent)),
    ]);
    object.extend_page(home.and_then(page_of));
    match kids.len() {
        0 => {}
        1 => object.set("K", kids.swap_remove(0)),
        _ => object.set("K", kids),
    }
    if let Some(alt) = &element.alt {
        object.set("Alt", text(alt));
    }
    if let Some(attribute) = element.attribute {
        object.set("A", attribute_object(attribute));
    }
    object
}

trait ExtendPage {
    fn extend_page(&mut self, page: Option<Object>);
}

impl ExtendPage for Dictionary {
    fn extend_page(&mut self, page: Option<Object>) {
        if let Some(page) = page {
            self.set("Pg", page);
        }
    }
}

fn attribute_object(attribute: Attribute) -> Dictionary {
    let list = |numbering: &str| dictionary([("O", name("List")), ("ListNumbering", name(numbering))]);
    let head = |scope: &str| dictionary([("O", name("Table")), ("Scope", name(scope))]);
    match attribute {
        Attribute::Bullets => list("Disc"),
        Attribute::Numbers => list("Decimal"),
        Attribute::Unmarked => list("Square"),
        Attribute::HeadOfColumn => head("Column"),
        Attribute::HeadOfRow => head("Row"),
        Attribute::BoundingBox(corners) => dictionary([
            ("O", name("Layout")),
            ("Placement", name("Block")),
            ("BBox", Object::Array(corners.map(Object::Real).to_vec())),
        ]),
    }
}

/// A bookmark for each heading; none if there are no headings.
pub(crate) fn bookmarks(document: &mut Document, tree: &Tree, pages: &[ObjectId]) -> Option<ObjectId> {
    let page_of = |element: usize| {
        tree.elements.get(element)?.kids.iter().find_map(|kid| match kid {
            Kid::Content(page, _) => pages.get(*page).copied(),
            Kid::Element(_) => None,
        })
    };
    let entries: Vec<(Object, ObjectId)> =
        tree.bookmarks.iter().filter_map(|b| Some((text(&b.title), page_of(b.element)?))).collect();
    outline(document, &entries)
}

/// A flat list of bookmarks, each to the top of a page.
pub(crate) fn outline(document: &mut Document, entries: &[(Object, ObjectId)]) -> Option<ObjectId> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let (first, last) = (ids.first()?, ids.last()?);
    for (place, ((title, page), id)) in entries.iter().zip(&ids).enumerate() {
        let destination =
            vec![Object::Reference(*page), name("XYZ"), Object::Null, Object::Null, Object::Null];
        let mut entry = dictionary([
            ("Title", title.clone()),
            ("Parent", Object::Reference(root)),
            ("Dest", Object::Array(destination)),
        ]);
        let previous = place.checked_sub(1).and_then(|place| ids.get(place));
        for (key, neighbour) in [("Prev", previous), ("Next", ids.get(place + 1))] {
            if let Some(neighbour) = neighbour {
                entry.set(key, *neighbour);
            }
        }
        document.set_object(*id, entry);
    }
    document.set_object(
        root,
        dictionary([
            ("Type", name("Outlines")),
            ("First", Object::Reference(*first)),
            ("Last", Object::Reference(*last)),
            ("Count", count(ids.len())),
        ]),
    );
    Some(root)
}
