//! Running text cut into pages.

use std::rc::Rc;

use crate::page::{self, Draw};

/// Something that is never cut: a line of text, a table row.
#[derive(Default)]
pub(crate) struct Item {
    pub height: f32,
    /// Space above, unless it begins a page.
    pub gap: f32,
    /// Stays on one page with the next item.
    pub keep: bool,
    /// Placed from the item's own top edge.
    pub draws: Vec<Draw>,
    /// What stands above the item again where it begins a page: a table's heads.
    pub head: Option<Rc<Head>>,
}

pub(crate) struct Head {
    pub height: f32,
    pub draws: Vec<Draw>,
}

/// One page of running text.
#[derive(Default)]
pub(crate) struct Column {
    pub draws: Vec<Draw>,
    pub top: f32,
    pub bottom: f32,
}

/// Fills pages from the top. The first begins at `start`.
pub(crate) fn paginate(items: &[Item], start: f32) -> Vec<Column> {
    let mut filler =
        Filler { pages: vec![Column { top: start, bottom: start, ..Column::default() }], empty: true };
    let mut rest = items;
    while !rest.is_empty() {
        let kept = 1 + rest.iter().take_while(|item| item.keep).count().min(rest.len() - 1);
        let (chunk, after) = rest.split_at(kept);
        if !filler.fits(chunk) && !filler.empty {
            filler.turn();
        }
        if filler.fits(chunk) {
            chunk.iter().for_each(|item| filler.place(item));
        } else {
            // Taller than a page: what should stay together cannot.
            for item in chunk {
                if !filler.fits(std::slice::from_ref(item)) && !filler.empty {
                    filler.turn();
                }
                filler.place(item);
            }
        }
        rest = after;
    }
    filler.pages
}

struct Filler {
    pages: Vec<Column>,
    empty: bool,
}

impl Filler {
    fn y(&self) -> f32 {
        self.pages.last().map_or(page::CONTINUED, |page| page.bottom)
    }

    fn repeats(&self, item: &Item) -> f32 {
        item.head.as_ref().filter(|_| self.empty).map_or(0.0, |head| head.height)
    }

    fn fits(&self, chunk: &[Item]) -> bool {
        let gaps: f32 = chunk.iter().skip(usize::from(self.empty)).map(|item| item.gap).sum();
        let heights: f32 = chunk.iter().map(|item| item.height).sum();
        let head = chunk.first().map_or(0.0, |item| self.repeats(item));
        self.y() + head + gaps + heights <= page::BOTTOM + 0.01
    }

    fn turn(&mut self) {
        self.pages.push(Column { top: page::CONTINUED, bottom: page::CONTINUED, ..Column::default() });
        self.empty = true;
    }

    fn place(&mut self, item: &Item) {
        let repeated = self.repeats(item);
        let gap = if self.empty { 0.0 } else { item.gap };
        let Some(page) = self.pages.last_mut() else { return };
        if repeated > 0.0
            && let Some(head) = &item.head
        {
            page.draws.extend(head.draws.iter().map(|draw| draw.clone().lowered(page.bottom)));
        }
        let top = page.bottom + repeated + gap;
        page.draws.extend(item.draws.iter().map(|draw| draw.clone().lowered(top)));
        page.bottom = top + item.height;
        self.empty = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(height: f32, keep: bool) -> Item {
        Item { height, keep, draws: vec![Draw::rule(height, 0.0, 1.0, 1.0, 0.0)], ..Item::default() }
    }

    fn heights(pages: &[Column]) -> Vec<Vec<f32>> {
        pages.iter().map(|page| page.draws.iter().map(|draw| draw.x).collect()).collect()
    }

    #[test]
    fn what_is_kept_together_moves_to_the_next_page_together() {
        let room = page::BOTTOM - 100.0;
        let pages = paginate(&[item(room - 50.0, false), item(30.0, true), item(31.0, false)], 100.0);
        assert_eq!(heights(&pages), [vec![room - 50.0], vec![30.0, 31.0]]);
    }

    #[test]
    fn what_is_kept_together_but_taller_than_a_page_is_cut_between_items() {
        let tall = (page::BOTTOM - page::CONTINUED) * 0.6;
        let pages = paginate(&[item(tall, true), item(tall + 1.0, false)], page::CONTINUED);
        assert_eq!(heights(&pages), [vec![tall], vec![tall + 1.0]]);
    }

    #[test]
    fn heads_stand_again_on_each_page_that_a_table_runs_on_to() {
        let head = Rc::new(Head { height: 20.0, draws: vec![Draw::rule(-1.0, 0.0, 1.0, 1.0, 0.0)] });
        let row = || Item { head: Some(Rc::clone(&head)), ..item(300.0, false) };
        let pages = paginate(&[item(20.0, true), row(), row(), row(), row(), row()], page::CONTINUED);
        assert_eq!(heights(&pages), [vec![20.0, 300.0, 300.0], vec![-1.0, 300.0, 300.0], vec![-1.0, 300.0]]);
    }
}
