//! What is filled in by hand: forms in the running text, and the slip to cut off.

use std::sync::Arc;

use crate::Fault;
use crate::blocks::{Text, plain, words};
use crate::compose::{Column, Composer, UNBROKEN};
use crate::fences::{Blank, FormLine};
use crate::flow::Item;
use crate::letter::{Part, PlacedBox, Stationery};
use crate::page::{
    self, Area, Artifact, Draw, FORM, HEADING, LEFT, Look, MEASURE, Mark, RIGHT, SUBJECT, Shape, mm,
};
use crate::shape::SetText;
use crate::table::Ruling;
use crate::tags::{Attribute, Bookmark, DOCUMENT};
use crate::window;

/// Height of a line to write on, and of one to sign on.
const WRITE: f32 = 28.0;
const SIGN: f32 = 40.0;
const TICK: f32 = 9.5;
const TICK_INDENT: f32 = 17.0;
/// The slip's right-hand column, clear of what a window may show.
const SLIP_SIDE: f32 = mm(118.0);
const SLIP_TEXT: Look = Look { size: 9.5, lead: 12.6, ..FORM };

/// The slip, drawn from the page's top left corner, and where it begins.
pub(crate) struct Slip {
    pub top: f32,
    pub draws: Vec<Draw>,
    pub boxes: Vec<(Part, Area)>,
}

impl Slip {
    pub fn placed(&self, page: usize) -> impl Iterator<Item = PlacedBox> {
        self.boxes.iter().map(move |(part, area)| area.placed(*part, page))
    }
}

impl Composer<'_> {
    /// A form, in the running text.
    pub fn form(&mut self, lines: &[FormLine], column: Column) {
        let starts = self.label_widths(lines);
        for (place, line) in lines.iter().enumerate() {
            let next_writes = matches!(lines.get(place + 1), Some(FormLine::Write(_)));
            match line {
                FormLine::Heading(text) => {
                    let element = self.tree.add(column.parent, "H2");
                    self.tree.bookmarks.push(Bookmark { title: words(text), element });
                    self.paragraph(text, column, HEADING, element, 13.0, true);
                }
                FormLine::Paragraph(text) => {
                    let element = self.tree.add(column.parent, "P");
                    self.paragraph(text, column, FORM, element, 7.0, false);
                }
                FormLine::Tick(_) => {}
                FormLine::Write(blanks) => {
                    let (height, draws) = self.blanks(blanks, &starts, column, 0.0);
                    self.items.push(Item { height, draws, keep: next_writes, ..Item::default() });
                }
                FormLine::Table(table) => self.ruled_table(table, column, Ruling::Grid),
            }
            if matches!(line, FormLine::Tick(_))
                && !matches!(place.checked_sub(1).and_then(|p| lines.get(p)), Some(FormLine::Tick(_)))
            {
                let ticks = lines.iter().skip(place).map_while(|line| match line {
                    FormLine::Tick(text) => Some(text),
                    _ => None,
                });
                self.ticks(&ticks.collect::<Vec<_>>(), column);
            }
        }
        self.items.push(Item { height: 4.0, ..Item::default() });
    }

    fn ticks(&mut self, texts: &[&Text], column: Column) {
        let list = self.tree.add_with(column.parent, "L", Attribute::Unmarked);
        for text in texts {
            let item = self.tree.add(list, "LI");
            let label = self.tree.add(item, "Lbl");
            let body = self.tree.add(item, "LBody");
            let inner = Column { x: column.x + TICK_INDENT, width: column.width - TICK_INDENT, parent: body };
            let at = self.items.len();
            self.paragraph(text, inner, FORM, body, 6.0, false);
            if let Some(line) = self.items.get_mut(at) {
                line.draws.insert(0, tick(column.x, FORM.baseline(), label));
            }
        }
    }

    /// The widest label at each place of a row, so that the lines to write on begin under each other.
    fn label_widths(&mut self, lines: &[FormLine]) -> Vec<f32> {
        let mut widths = vec![];
        for line in lines {
            let FormLine::Write(blanks) = line else { continue };
            for (place, blank) in blanks.iter().enumerate() {
                let width = self.set(&blank.label, UNBROKEN, FORM).width;
                match widths.get_mut(place) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        widths
    }

    /// Labels with lines to write on, side by side: height, and drawings from `top`.
    fn blanks(&mut self, blanks: &[Blank], starts: &[f32], column: Column, top: f32) -> (f32, Vec<Draw>) {
        let height = if blanks.iter().any(|blank| blank.to_sign) { SIGN } else { WRITE };
        let gutter = 14.0;
        let each = (column.width + gutter) / blanks.len().max(1) as f32 - gutter;
        let line = top + height - 5.0;
        let mut draws = vec![];
        for (place, blank) in blanks.iter().enumerate() {
            let x = column.x + (each + gutter) * place as f32;
            let element = self.tree.add(column.parent, "P");
            let set = self.set(&blank.label, each * 0.6, FORM);
            let first = line - FORM.lead * set.lines.len().saturating_sub(1) as f32 - 2.0;
            for place in 0..set.lines.len() {
                let y = first + FORM.lead * place as f32;
                draws.push(Draw::text(&set, place, x, y, FORM, Mark::Element(element)));
            }
            let label = starts.get(place).copied().unwrap_or(0.0).min(each * 0.6).max(set.width);
            let from = x + label + 7.0;
            draws.push(Draw::rule(from, line, x + each - from, 0.6, 0.25));
        }
        (height, draws)
    }

    /// The part to cut off: words at the left, lines to fill in at the right, the return address where the
    /// window of a DL envelope shows it.
    pub fn slip(&mut self, lines: &[FormLine], return_to: &[Text], stationery: &Stationery) -> Slip {
        let inset = mm(8.0);
        let text_width = if return_to.is_empty() { MEASURE * 0.55 } else { SLIP_SIDE - mm(8.0) - LEFT };
        let left = Column { x: LEFT, width: text_width, parent: DOCUMENT };
        let right = Column { x: SLIP_SIDE, width: RIGHT - SLIP_SIDE, parent: DOCUMENT };
        let mut draws = vec![];
        let (mut y_head, mut y_left, mut y_right) = (inset, 0.0_f32, 0.0_f32);
        let mut list = None;
        let starts = self.label_widths(lines);
        for line in lines {
            if !matches!(line, FormLine::Tick(_)) {
                list = None;
            }
            match line {
                FormLine::Heading(text) => {
                    let look = Look { size: 12.0, lead: 15.6, ..SUBJECT };
                    let element = self.tree.add(DOCUMENT, "H2");
                    self.tree.bookmarks.push(Bookmark { title: words(text), element });
                    let set = self.set(text, MEASURE, look);
                    y_head += self.lines(&set, look, LEFT, y_head, element, &mut draws) + 4.0;
                }
                FormLine::Paragraph(text) => {
                    let element = self.tree.add(DOCUMENT, "P");
                    let set = self.set(text, left.width, SLIP_TEXT);
                    let top = y_head.max(y_left);
                    y_left = top + self.lines(&set, SLIP_TEXT, LEFT, top, element, &mut draws) + 5.0;
                }
                FormLine::Tick(text) => {
                    let list =
                        *list.get_or_insert_with(|| self.tree.add_with(DOCUMENT, "L", Attribute::Unmarked));
                    let item = self.tree.add(list, "LI");
                    let label = self.tree.add(item, "Lbl");
                    let body = self.tree.add(item, "LBody");
                    let set = self.set(text, left.width - TICK_INDENT, SLIP_TEXT);
                    let top = y_head.max(y_left);
                    draws.push(tick(LEFT, top + SLIP_TEXT.baseline(), label));
                    y_left =
                        top + self.lines(&set, SLIP_TEXT, LEFT + TICK_INDENT, top, body, &mut draws) + 3.5;
                }
                FormLine::Write(blanks) => {
                    let top = y_head.max(y_right);
                    let (height, mut drawn) = self.blanks(blanks, &starts, right, top - 8.0);
                    y_right = top + height;
                    draws.append(&mut drawn);
                }
                // Refused when the fence was read.
                FormLine::Table(_) => {}
            }
        }
        // The slip is a third of the page; it grows upwards when its words would show in the window.
        let shows = if return_to.is_empty() { window::SLIP - mm(12.0) } else { window::SLIP_SHOWS };
        let grown = (y_left - 5.0 - shows).max(y_right - (window::SLIP - mm(16.0))).max(0.0);
        let height = window::SLIP + grown;
        let top = page::HEIGHT - height;
        if top < page::CONTINUED {
            self.faults.push(Fault::LineTooLong {
                what: "The slip".into(),
                text: "its words take more than a page".into(),
            });
        }
        let mut draws: Vec<Draw> = draws.into_iter().map(|draw| draw.lowered(top)).collect();
        let mut boxes = vec![(Part::Slip, Area { x: 0.0, y: top, width: page::WIDTH, height })];
        if !return_to.is_empty() {
            let zone = window::slip_zone(stationery);
            let (address, area) = self.address(return_to, zone, true, "The return address");
            draws.extend(address);
            boxes.push((Part::SlipReturnAddress, area));
        }
        let shape = Shape::Rule { dx: page::WIDTH, dy: 0.0, thickness: 0.6, grey: 0.35, dashed: true };
        draws.push(Draw { x: 0.0, y: top, mark: Mark::Artifact(Artifact::Layout), shape });
        let cut = Look { size: 7.5, lead: 10.0, grey: 0.35, ..FORM };
        let set = self.set(&plain("Cut here and return this part"), UNBROKEN, cut);
        draws.push(Draw::text(&set, 0, LEFT, top - 3.0, cut, Mark::Artifact(Artifact::Layout)));
        Slip { top: top - mm(6.0), draws, boxes }
    }

    /// Draws all lines from `top`; the height they take.
    pub fn lines(
        &self,
        set: &Arc<SetText>,
        look: Look,
        x: f32,
        top: f32,
        element: usize,
        draws: &mut Vec<Draw>,
    ) -> f32 {
        for line in 0..set.lines.len() {
            let y = top + look.baseline() + look.lead * line as f32;
            draws.push(Draw::text(set, line, x, y, look, Mark::Element(element)));
        }
        look.lead * set.lines.len() as f32
    }
}

/// A box to tick, standing on the baseline.
fn tick(x: f32, baseline: f32, label: usize) -> Draw {
    Draw { x, y: baseline - TICK + 1.2, mark: Mark::Element(label), shape: Shape::Tick { side: TICK } }
}
