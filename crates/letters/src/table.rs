//! Tables: columns as wide as their words ask for, heads that stand again on the next page.

use std::rc::Rc;
use std::sync::Arc;

use crate::Fault;
use crate::blocks::{Table, Text, words};
use crate::compose::{Column, Composer, UNBROKEN};
use crate::flow::{Head, Item};
use crate::page::{self, Artifact, Draw, Look, Mark, Shape, TABLE};
use crate::shape::SetText;
use crate::tags::Attribute;

const GUTTER: f32 = 14.0;
const PADDING: f32 = 4.0;
/// Least height of a row that is written in by hand.
const HAND: f32 = 24.0;

/// How a table is ruled.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Ruling {
    /// Hairlines between rows: to be read.
    Rows,
    /// A grid: to be written in.
    Grid,
}

/// A set cell: its lines, element, and left edge.
struct Cell {
    set: Arc<SetText>,
    element: usize,
    x: f32,
    width: f32,
    right: bool,
}

impl Composer<'_> {
    pub fn table(&mut self, table: &Table, column: Column) {
        self.ruled_table(table, column, Ruling::Rows);
    }

    pub fn ruled_table(&mut self, table: &Table, column: Column, ruling: Ruling) {
        let widths = self.column_widths(table, column.width, ruling);
        let element = self.tree.add(column.parent, "Table");
        let headless = table.head.iter().all(|cell| words(cell).trim().is_empty());
        let mut head = None;
        let start = self.items.len();
        if !headless {
            let section = self.tree.add(element, "THead");
            let look = Look { bold: true, size: 9.5, ..TABLE };
            let cells = self.row(&table.head, table, &widths, column, section, look, ruling, true);
            let mut item = row_item(&cells, look, ruling, column, &widths);
            item.keep = true;
            item.gap = under(self.items.last());
            if ruling == Ruling::Rows {
                item.draws.push(Draw::rule(column.x, item.height, column.width, 0.9, 0.0));
            }
            head = Some(Rc::new(repeated(&item)));
            self.items.push(item);
        }
        let section = self.tree.add(element, "TBody");
        let rows = table.rows.len();
        for (place, row) in table.rows.iter().enumerate() {
            let cells = self.row(row, table, &widths, column, section, TABLE, ruling, headless);
            let mut item = row_item(&cells, TABLE, ruling, column, &widths);
            if item.height
                > page::BOTTOM - page::CONTINUED - head.as_ref().map_or(0.0, |head: &Rc<Head>| head.height)
            {
                let text = row.iter().map(words).collect::<Vec<_>>().join(" ").chars().take(60).collect();
                self.faults.push(Fault::LineTooLong { what: "A row of a table".into(), text });
            }
            item.head.clone_from(&head);
            // A single row is not left alone under the heads, nor at the top of the next page.
            item.keep = rows > 1 && (place == 0 || place + 2 == rows);
            if headless && place == 0 {
                item.gap = under(self.items.last());
            }
            if ruling == Ruling::Rows {
                let strong =
                    place + 1 == rows || (is_total(table.rows.get(place + 1)) && !is_total(Some(row)));
                let (thickness, grey) = if strong { (0.9, 0.0) } else { (0.4, 0.6) };
                item.draws.push(Draw::rule(column.x, item.height, column.width, thickness, grey));
            }
            self.items.push(item);
        }
        if ruling == Ruling::Grid
            && let Some(first) = self.items.get_mut(start)
        {
            first.draws.push(Draw::rule(column.x, 0.0, column.width, 0.5, 0.3));
        }
        // Space below the table.
        self.items.push(Item { height: 3.0, ..Item::default() });
    }

    #[expect(clippy::too_many_arguments, reason = "a row is all of these")]
    fn row(
        &mut self,
        row: &[Text],
        table: &Table,
        widths: &[f32],
        column: Column,
        section: usize,
        look: Look,
        ruling: Ruling,
        heads: bool,
    ) -> Vec<Cell> {
        let row_element = self.tree.add(section, "TR");
        let in_head = std::ptr::eq(row.as_ptr(), table.head.as_ptr());
        let mut x = column.x;
        let mut cells = vec![];
        for (place, width) in widths.iter().enumerate() {
            let element = match (in_head, heads && place == 0) {
                (true, _) => self.tree.add_with(row_element, "TH", Attribute::HeadOfColumn),
                (false, true) => self.tree.add_with(row_element, "TH", Attribute::HeadOfRow),
                (false, false) => self.tree.add(row_element, "TD"),
            };
            let right = table.right.get(place).copied().unwrap_or(false);
            let inset = if ruling == Ruling::Grid { PADDING } else { 0.0 };
            let look = Look { tabular: right, ..look };
            let empty = vec![];
            let text = row.get(place).unwrap_or(&empty);
            let set = self.set(text, width - 2.0 * inset, look);
            cells.push(Cell { set, element, x: x + inset, width: width - 2.0 * inset, right });
            x += width + if ruling == Ruling::Grid { 0.0 } else { GUTTER };
        }
        cells
    }

    /// What each column asks for if there is room; otherwise room is shared in proportion to what each could
    /// use beyond its longest word.
    fn column_widths(&mut self, table: &Table, width: f32, ruling: Ruling) -> Vec<f32> {
        let columns = table.head.len();
        let (mut least, mut most) = (vec![12.0_f32; columns], vec![12.0_f32; columns]);
        let bold_head = Look { bold: true, size: 9.5, ..TABLE };
        let rows = std::iter::once((&table.head, bold_head)).chain(table.rows.iter().map(|row| (row, TABLE)));
        for (row, look) in rows {
            for (place, text) in row.iter().enumerate().take(columns) {
                let tabular = table.right.get(place).copied().unwrap_or(false);
                let set = self.set(text, UNBROKEN, Look { tabular, ..look });
                let (Some(least), Some(most)) = (least.get_mut(place), most.get_mut(place)) else { continue };
                // A hair more than the words take, or rounding would break the line.
                let inset = if ruling == Ruling::Grid { 2.0 * PADDING } else { 0.0 } + 0.5;
                *most = most.max(set.width + inset);
                *least = least.max(if tabular { set.width } else { set.widest_word } + inset);
            }
        }
        let gutters = if ruling == Ruling::Grid { 0.0 } else { GUTTER * columns.saturating_sub(1) as f32 };
        let room = (width - gutters).max(1.0);
        let (all_least, all_most): (f32, f32) = (least.iter().sum(), most.iter().sum());
        if all_most <= room {
            let headless = table.head.iter().all(|cell| words(cell).trim().is_empty());
            return spread(&most, table, room - all_most, ruling, headless);
        }
        if all_least >= room {
            return least.iter().map(|least| least * room / all_least).collect();
        }
        let share = (room - all_least) / (all_most - all_least);
        least.iter().zip(&most).map(|(least, most)| least + (most - least) * share).collect()
    }
}

/// Space above a table: less under a heading, which it belongs to.
fn under(last: Option<&Item>) -> f32 {
    if last.is_some_and(|item| item.keep) { 2.0 } else { 9.0 }
}

/// Room to spare goes to the columns that are read, so that figures stand at the right edge. A table without
/// heads is a list of terms: what a term means stands near it.
fn spread(most: &[f32], table: &Table, spare: f32, ruling: Ruling, headless: bool) -> Vec<f32> {
    if let (true, [terms @ .., last]) = (headless, most) {
        let each = (spare * 0.25 / terms.len().max(1) as f32).min(60.0);
        let mut widths: Vec<f32> = terms.iter().map(|width| width + each).collect();
        widths.push(last + spare - each * terms.len() as f32);
        return widths;
    }
    let reads = |place: usize| ruling == Ruling::Grid || !table.right.get(place).copied().unwrap_or(false);
    let readers: f32 =
        most.iter().enumerate().filter(|(place, _)| reads(*place)).map(|(_, width)| width).sum();
    let widen = |(place, width): (usize, &f32)| {
        if readers > 0.0 && reads(place) { width + spare * width / readers } else { *width }
    };
    most.iter().enumerate().map(widen).collect()
}

fn is_total(row: Option<&Vec<Text>>) -> bool {
    let spans = row.into_iter().flatten().flatten();
    let mut bold = spans.filter(|span| !span.text.trim().is_empty()).map(|span| span.bold).peekable();
    bold.peek().is_some() && bold.all(|bold| bold)
}

fn row_item(cells: &[Cell], look: Look, ruling: Ruling, column: Column, widths: &[f32]) -> Item {
    let lines = cells.iter().map(|cell| cell.set.lines.len()).max().unwrap_or(1).max(1);
    let text = lines as f32 * look.lead + 2.0 * PADDING;
    let height = if ruling == Ruling::Grid && !look.bold { text.max(HAND) } else { text };
    let mut draws = vec![];
    for cell in cells {
        for (place, line) in cell.set.lines.iter().enumerate() {
            let x = if cell.right { cell.x + cell.width - line.width } else { cell.x };
            let y = PADDING + look.baseline() + look.lead * place as f32;
            draws.push(Draw::text(&cell.set, place, x, y, look, Mark::Element(cell.element)));
        }
    }
    if ruling == Ruling::Grid {
        let mut x = column.x;
        draws.push(Draw::down(x, 0.0, height, 0.5, 0.3));
        for width in widths {
            x += width;
            draws.push(Draw::down(x, 0.0, height, 0.5, 0.3));
        }
        draws.push(Draw::rule(column.x, height, column.width, 0.5, 0.3));
    }
    Item { height, draws, ..Item::default() }
}

/// Heads are read out once; where they stand again they are for the eye only.
fn repeated(item: &Item) -> Head {
    let artifact = |draw: &Draw| Draw { mark: Mark::Artifact(Artifact::Layout), ..draw.clone() };
    let draws = item.draws.iter().map(artifact).collect::<Vec<_>>();
    debug_assert!(draws.iter().all(|draw| !matches!(draw.shape, Shape::Logo { .. })));
    Head { height: item.height, draws }
}
