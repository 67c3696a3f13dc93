//! Blocks to items: the running text of a letter.

use std::sync::Arc;

use crate::Fault;
use crate::blocks::{Block, Text, plain, words};
use crate::faces::Faces;
use crate::fences::Fence;
use crate::flow::Item;
use crate::house::House;
use crate::letterhead::spaced;
use crate::merge::Merged;
use crate::page::{self, Artifact, BODY, Draw, HEADING, LEFT, Look, MEASURE, Mark, SUBJECT, TABLE, mm};
use crate::shape::{SetText, Setter, Style};
use crate::tags::{Attribute, Bookmark, DOCUMENT, Tree};

/// Width that no line reaches.
pub(crate) const UNBROKEN: f32 = 1.0e6;
const INDENT: f32 = mm(6.0);

/// What a letter is composed with, and what has come of it so far.
pub(crate) struct Composer<'a> {
    pub faces: &'a Faces,
    pub house: &'a House,
    pub setter: &'a mut Setter,
    pub merged: Option<&'a Merged>,
    pub tree: Tree,
    pub items: Vec<Item>,
    pub faults: Vec<Fault>,
}

/// Where text stands on the line, and what it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub x: f32,
    pub width: f32,
    pub parent: usize,
}

impl Composer<'_> {
    /// Sets text, and notes what no face can print.
    pub fn set(&mut self, text: &Text, width: f32, look: Look) -> Arc<SetText> {
        let style = Style { size: look.size, bold: look.bold, tabular: look.tabular };
        let set = self.setter.set(self.faces, self.house, text, width, style);
        for (range, cluster) in &set.missing {
            // A mark in a value joins the letter before it, which may stand in the template: the value is named.
            let mut end = 0;
            let fields = text.iter().filter_map(|span| {
                let start = end;
                end += span.text.len();
                (start < range.end && range.start < end).then_some(span.field?)
            });
            let field = fields.last().and_then(|field| self.merged?.field_name(field));
            // The running head repeats words of the letter, without their fields.
            let known = self.faults.iter().any(|fault| match fault {
                Fault::MissingGlyph { text, field: known } => {
                    text == cluster && (field.is_none() || *known == field)
                }
                _ => false,
            });
            if !known {
                self.faults.push(Fault::MissingGlyph { text: cluster.clone(), field });
            }
        }
        set
    }

    /// All blocks of a page or list item, in order.
    pub fn blocks(&mut self, blocks: &[Block], column: Column) {
        for (place, block) in blocks.iter().enumerate() {
            let before = self.items.len();
            self.block(block, blocks.get(place + 1), column);
            if column.parent == DOCUMENT && before == 0 {
                self.items.iter_mut().take(1).for_each(|item| item.gap = 0.0);
            }
        }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>, column: Column) {
        match block {
            Block::Heading { level, text } => {
                let (tag, look, gap) =
                    if *level == 1 { ("H1", SUBJECT, 12.0) } else { ("H2", HEADING, 13.0) };
                let element = self.tree.add(column.parent, tag);
                self.tree.bookmarks.push(Bookmark { title: words(text), element });
                self.paragraph(text, column, look, element, gap, true);
            }
            Block::Paragraph(text) => {
                let element = self.tree.add(column.parent, "P");
                // What introduces a list or table, or stands before the signature, must not be left behind.
                let introduces = words(text).trim_end().ends_with(':')
                    && matches!(next, Some(Block::List { .. } | Block::Table(_)));
                let signs = matches!(next, Some(Block::Fence(Fence::Signoff { .. })));
                let under_heading = self.items.last().is_some_and(|item| item.keep);
                let gap = if under_heading { 5.0 } else { 8.0 };
                self.paragraph(text, column, BODY, element, gap, introduces || signs);
            }
            Block::List { first, items } => self.list(*first, items, column),
            Block::Table(table) => self.table(table, column),
            Block::Rule => self.items.push(Item {
                height: 1.0,
                gap: 10.0,
                draws: vec![Draw::rule(column.x, 0.0, column.width, 0.5, 0.6)],
                ..Item::default()
            }),
            Block::Fence(Fence::Signoff { close, signatory }) => self.signoff(close, signatory, column),
            Block::Fence(Fence::Notes { label, lines }) => self.notes(label, lines, column),
            Block::Fence(Fence::Form(lines)) => self.form(lines, column),
            // These stand in fixed places.
            Block::Fence(Fence::Address(_) | Fence::Refs(_) | Fence::Slip { .. }) => {}
        }
    }

    /// Lines of text as items; at least two stay together where a page ends or begins.
    pub fn paragraph(
        &mut self,
        text: &Text,
        column: Column,
        look: Look,
        element: usize,
        gap: f32,
        keep: bool,
    ) {
        let set = self.set(text, column.width, look);
        let lines = set.lines.len();
        for line in 0..lines {
            let last = line + 1 == lines;
            let draw = Draw::text(&set, line, column.x, look.baseline(), look, Mark::Element(element));
            self.items.push(Item {
                height: look.lead,
                gap: if line == 0 { gap } else { 0.0 },
                keep: if last { keep } else { line == 0 || line + 2 == lines || look.bold },
                draws: vec![draw],
                head: None,
            });
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], column: Column) {
        let attribute = if first.is_some() { Attribute::Numbers } else { Attribute::Bullets };
        let list = self.tree.add_with(column.parent, "L", attribute);
        for (place, blocks) in items.iter().enumerate() {
            let item = self.tree.add(list, "LI");
            let label = self.tree.add(item, "Lbl");
            let body = self.tree.add(item, "LBody");
            let sign = match first {
                Some(first) => format!("{}.", first.saturating_add(u64::try_from(place).unwrap_or(u64::MAX))),
                None => "•".into(),
            };
            let sign = self.set(&plain(&sign), UNBROKEN, BODY);
            let inner = Column { x: column.x + INDENT, width: column.width - INDENT, parent: body };
            let at = self.items.len();
            match blocks.split_first() {
                Some((Block::Paragraph(text), rest)) => {
                    let gap = if place == 0 { 5.0 } else { 3.0 };
                    self.paragraph(text, inner, BODY, body, gap, false);
                    self.blocks(rest, inner);
                }
                _ => self.blocks(blocks, inner),
            }
            let offset = if first.is_some() { 0.0 } else { mm(1.6) };
            if let Some(line) = self.items.get_mut(at) {
                line.draws.insert(
                    0,
                    Draw::text(&sign, 0, column.x + offset, BODY.baseline(), BODY, Mark::Element(label)),
                );
            }
        }
    }

    fn signoff(&mut self, close: &Text, signatory: &[Text], column: Column) {
        let element = self.tree.add(column.parent, "P");
        self.paragraph(close, column, BODY, element, 11.0, true);
        for (place, line) in signatory.iter().enumerate() {
            let element = self.tree.add(column.parent, "P");
            // Room to sign by hand.
            let gap = if place == 0 { mm(15.0) } else { 0.0 };
            let look = Look { bold: place == 0, ..BODY };
            self.paragraph(line, column, look, element, gap, place + 1 < signatory.len());
        }
    }

    fn notes(&mut self, label: &str, lines: &[Text], column: Column) {
        let label_width = mm(11.0);
        let inner = Column { x: column.x + label_width, width: column.width - label_width, ..column };
        let heading = self.set(&plain(&format!("{label} ")), UNBROKEN, TABLE);
        let element = self.tree.add(column.parent, "P");
        for (place, line) in lines.iter().enumerate() {
            let at = self.items.len();
            let gap = if place == 0 { 13.0 } else { 1.0 };
            self.paragraph(&spaced(line), inner, TABLE, element, gap, place + 1 < lines.len());
            if place == 0
                && let Some(item) = self.items.get_mut(at)
            {
                let draw = Draw::text(&heading, 0, column.x, TABLE.baseline(), TABLE, Mark::Element(element));
                item.draws.insert(0, draw);
            }
        }
    }

    /// One line of an artifact, flush left at `x` or flush right before it.
    pub fn running(&mut self, text: &str, x: f32, y: f32, flush_right: bool, kind: Artifact) -> Draw {
        let set = self.set(&plain(text), UNBROKEN, page::SMALL);
        let x = if flush_right { x - set.width } else { x };
        Draw::text(&set, 0, x, y, page::SMALL, Mark::Artifact(kind))
    }
}

/// The column of the page's running text.
pub(crate) const MAIN: Column = Column { x: LEFT, width: MEASURE, parent: DOCUMENT };
