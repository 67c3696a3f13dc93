//! The sheet of paper and what is drawn on it. Lengths are points from the top left corner.

use std::sync::Arc;

use crate::letter::{Part, PlacedBox};
use crate::shape::SetText;

/// Points in so many millimetres.
pub(crate) const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// A4.
pub(crate) const WIDTH: f32 = mm(210.0);
pub(crate) const HEIGHT: f32 = mm(297.0);
/// Where text begins and ends: the address begins here too, so that the page has one left edge.
pub(crate) const LEFT: f32 = mm(25.0);
pub(crate) const RIGHT: f32 = WIDTH - mm(22.0);
pub(crate) const MEASURE: f32 = RIGHT - LEFT;
/// The second column of the letterhead: sender, date, references.
pub(crate) const SIDE: f32 = mm(133.0);
/// Where text begins on a page that continues.
pub(crate) const CONTINUED: f32 = mm(30.0);
/// Where text ends on every page.
pub(crate) const BOTTOM: f32 = HEIGHT - mm(26.0);
/// Baseline of the foot, inside what printers can reach.
pub(crate) const FOOT: f32 = HEIGHT - mm(13.0);

/// How text looks, apart from the styles within it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub size: f32,
    /// From baseline to baseline.
    pub lead: f32,
    pub bold: bool,
    pub tabular: bool,
    /// 0 is black.
    pub grey: f32,
}

pub(crate) const BODY: Look = Look { size: 11.0, lead: 14.6, bold: false, tabular: false, grey: 0.0 };
pub(crate) const SUBJECT: Look = Look { size: 13.0, lead: 17.0, bold: true, ..BODY };
pub(crate) const HEADING: Look = Look { bold: true, ..BODY };
pub(crate) const TABLE: Look = Look { size: 10.0, lead: 13.2, ..BODY };
pub(crate) const FORM: Look = Look { size: 10.0, lead: 13.2, ..BODY };
pub(crate) const SIDE_TEXT: Look = Look { size: 9.0, lead: 12.4, ..BODY };
pub(crate) const SMALL: Look = Look { size: 8.5, lead: 11.6, grey: 0.35, ..BODY };

impl Look {
    /// From the top of a line to its baseline.
    pub fn baseline(&self) -> f32 {
        // Half of what Noto Sans rises above the line's middle more than it falls below it.
        self.lead / 2.0 + 0.388 * self.size
    }
}

/// What a drawing means to a reader who does not see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mark {
    /// Part of the text: an element of the structure tree.
    Element(usize),
    /// Running head, foot, rule: not read out.
    Artifact(Artifact),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Artifact {
    Head,
    Foot,
    Layout,
    Watermark,
}

#[derive(Clone)]
pub(crate) enum Shape {
    /// A line of set text; `y` is its baseline.
    Text { set: Arc<SetText>, line: usize, grey: f32 },
    /// A straight line to (`x` + `dx`, `y` + `dy`).
    Rule { dx: f32, dy: f32, thickness: f32, grey: f32, dashed: bool },
    /// A box to tick, with its top left corner at `x`, `y`.
    Tick { side: f32 },
    /// The logo, with its top left corner at `x`, `y`.
    Logo { width: f32, height: f32 },
    /// Large pale words across the page.
    Watermark { set: Arc<SetText> },
}

#[derive(Clone)]
pub(crate) struct Draw {
    pub x: f32,
    pub y: f32,
    pub mark: Mark,
    pub shape: Shape,
}

impl Draw {
    pub fn text(set: &Arc<SetText>, line: usize, x: f32, y: f32, look: Look, mark: Mark) -> Draw {
        Draw { x, y, mark, shape: Shape::Text { set: Arc::clone(set), line, grey: look.grey } }
    }

    pub fn rule(x: f32, y: f32, dx: f32, thickness: f32, grey: f32) -> Draw {
        let shape = Shape::Rule { dx, dy: 0.0, thickness, grey, dashed: false };
        Draw { x, y, mark: Mark::Artifact(Artifact::Layout), shape }
    }

    pub fn down(x: f32, y: f32, dy: f32, thickness: f32, grey: f32) -> Draw {
        let shape = Shape::Rule { dx: 0.0, dy, thickness, grey, dashed: false };
        Draw { x, y, mark: Mark::Artifact(Artifact::Layout), shape }
    }

    pub fn lowered(mut self, by: f32) -> Draw {
        self.y += by;
        self
    }
}

/// A rectangle on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub const fn from_mm(x: f32, y: f32, width: f32, height: f32) -> Area {
        Area { x: mm(x), y: mm(y), width: mm(width), height: mm(height) }
    }

    pub fn placed(&self, what: Part, page: usize) -> PlacedBox {
        let to_mm = |points: f32| points * 25.4 / 72.0;
        PlacedBox {
            what,
            page: u32::try_from(page + 1).unwrap_or(u32::MAX),
            x_mm: to_mm(self.x),
            y_mm: to_mm(self.y),
            w_mm: to_mm(self.width),
            h_mm: to_mm(self.height),
        }
    }
}

/// One finished side.
#[derive(Default)]
pub(crate) struct Page {
    pub draws: Vec<Draw>,
}
