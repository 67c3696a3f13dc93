//! What stands in fixed places: letterhead, address, references, running heads and feet, fold marks.

use crate::Fault;
use crate::blocks::{Text, plain, words};
use crate::compose::{Composer, UNBROKEN};
use crate::letter::{Part, PlacedBox, Stationery, Window};
use crate::logo::Picture;
use crate::page::{self, Area, Artifact, Draw, LEFT, Look, Mark, RIGHT, SIDE, SIDE_TEXT, SUBJECT, Shape, mm};
use crate::sealed::as_printed;
use crate::tags::DOCUMENT;
use crate::window::{self, ADDRESS_LOOKS};

/// The first page's fixed parts.
pub(crate) struct Top {
    pub draws: Vec<Draw>,
    pub boxes: Vec<PlacedBox>,
    /// Where the running text begins.
    pub body: f32,
}

/// A line with a space after it: lines set apart would run together when read out.
pub(crate) fn spaced(line: &Text) -> Text {
    line.iter().cloned().chain(plain(" ")).collect()
}

impl Composer<'_> {
    pub fn top(
        &mut self,
        stationery: &Stationery,
        logo: Option<&Picture>,
        address: &[Text],
        refs: &[(Text, Text)],
    ) -> Top {
        let places = window::places(stationery);
        let mut top = Top { draws: vec![], boxes: vec![], body: places.body };
        self.name_or_logo(stationery, logo, &mut top);
        let sender_end = self.sender(stationery, logo.is_some(), &mut top);
        if !address.is_empty() {
            let (draws, area) = self.address(address, places.address, places.zone.is_some(), "The address");
            top.draws.extend(draws);
            top.boxes.push(area.placed(Part::AddressBlock, 0));
            if places.zone.is_none() {
                top.body = top.body.max(area.y + area.height + mm(10.0));
            }
        }
        let refs_top = places.address.y.max(sender_end + mm(5.0));
        if !refs.is_empty() {
            let end = self.refs(refs, refs_top, &mut top);
            top.body = top.body.max(end + mm(8.0));
        }
        top.body = top.body.max(sender_end + mm(8.0));
        top
    }

    fn name_or_logo(&mut self, stationery: &Stationery, logo: Option<&Picture>, top: &mut Top) {
        let y = mm(13.0);
        let area = match (logo, &stationery.logo) {
            (Some(picture), Some(logo)) => {
                let scale = (mm(60.0) / picture.width as f32).min(mm(18.0) / picture.height as f32);
                let (width, height) = (picture.width as f32 * scale, picture.height as f32 * scale);
                let figure = self.tree.add(DOCUMENT, "Figure");
                let bounds = [LEFT, page::HEIGHT - y - height, LEFT + width, page::HEIGHT - y];
                let alt = as_printed(&logo.alt);
                let alt = if alt.is_empty() { as_printed(&stationery.sender_name) } else { alt };
                self.tree.describe(figure, &alt, bounds);
                let shape = Shape::Logo { width, height };
                top.draws.push(Draw { x: LEFT, y, mark: Mark::Element(figure), shape });
                Area { x: LEFT, y, width, height }
            }
            _ if stationery.sender_name.trim().is_empty() => return,
            _ => {
                let look = Look { size: 15.0, lead: 18.5, ..SUBJECT };
                let element = self.tree.add(DOCUMENT, "P");
                let set = self.set(&plain(&as_printed(&stationery.sender_name)), SIDE - LEFT - mm(8.0), look);
                let height = self.lines(&set, look, LEFT, y, element, &mut top.draws);
                Area { x: LEFT, y, width: set.width, height }
            }
        };
        top.boxes.push(area.placed(Part::Letterhead, 0));
    }

    /// The sender's lines in the side column; where they end.
    fn sender(&mut self, stationery: &Stationery, with_name: bool, top: &mut Top) -> f32 {
        let start = mm(13.6);
        let name = with_name.then_some((stationery.sender_name.as_str(), true));
        let lines = stationery.sender_lines.iter().map(|line| (line.as_str(), false));
        let element = self.tree.add(DOCUMENT, "P");
        let mut y = start;
        for (line, bold) in name.into_iter().chain(lines).filter(|(line, _)| !line.trim().is_empty()) {
            let look = Look { bold, grey: if bold { 0.0 } else { 0.25 }, ..SIDE_TEXT };
            let set = self.set(&spaced(&plain(&as_printed(line))), RIGHT - SIDE, look);
            y += self.lines(&set, look, SIDE, y, element, &mut top.draws);
        }
        if y > start {
            let area = Area { x: SIDE, y: start, width: RIGHT - SIDE, height: y - start };
            top.boxes.push(area.placed(Part::Sender, 0));
        }
        y
    }

    fn refs(&mut self, refs: &[(Text, Text)], start: f32, top: &mut Top) -> f32 {
        let label_look = Look { grey: 0.35, ..SIDE_TEXT };
        let labels: Vec<_> =
            refs.iter().map(|(label, _)| self.set(&spaced(label), UNBROKEN, label_look)).collect();
        let indent = labels.iter().map(|label| label.width).fold(0.0, f32::max) + 9.0;
        let mut y = start;
        for (label, (_, value)) in labels.iter().zip(refs) {
            let element = self.tree.add(DOCUMENT, "P");
            self.lines(label, label_look, SIDE, y, element, &mut top.draws);
            let set = self.set(value, RIGHT - SIDE - indent, SIDE_TEXT);
            y += self.lines(&set, SIDE_TEXT, SIDE + indent, y, element, &mut top.draws).max(SIDE_TEXT.lead)
                + 1.0;
        }
        let area = Area { x: SIDE, y: start, width: RIGHT - SIDE, height: y - start };
        top.boxes.push(area.placed(Part::Date, 0));
        y
    }

    /// An address in its zone, as large as fits; what does not fit at the smallest size is a fault.
    pub fn address(&mut self, lines: &[Text], zone: Area, bound: bool, what: &str) -> (Vec<Draw>, Area) {
        let rows = lines.len() as f32;
        let mut chosen = None;
        for look in ADDRESS_LOOKS {
            let sets: Vec<_> = lines.iter().map(|line| self.set(&spaced(line), UNBROKEN, look)).collect();
            let width = sets.iter().map(|set| set.width).fold(0.0, f32::max);
            let fits = width <= zone.width && (!bound || rows * look.lead <= zone.height + 0.05);
            chosen = Some((look, sets, width));
            if fits {
                break;
            }
        }
        let Some((look, sets, width)) = chosen else { return (vec![], zone) };
        let too_tall = bound && rows * look.lead > zone.height + 0.05;
        for (set, line) in sets.iter().zip(lines).filter(|(set, _)| set.width > zone.width) {
            debug_assert!(set.width > 0.0);
            self.faults.push(Fault::LineTooLong { what: what.into(), text: words(line) });
        }
        if too_tall {
            let text = format!("{} lines, of which {} fit", lines.len(), (zone.height / look.lead).floor());
            self.faults.push(Fault::LineTooLong { what: what.into(), text });
        }
        let element = self.tree.add(DOCUMENT, "P");
        let mut draws = vec![];
        let mut y = zone.y;
        for set in &sets {
            y += self.lines(set, look, zone.x, y, element, &mut draws);
        }
        (draws, Area { x: zone.x, y: zone.y, width, height: y - zone.y })
    }

    /// Head, foot, fold marks and draft mark of one page.
    pub fn running_parts(
        &mut self,
        stationery: &Stationery,
        page: usize,
        pages: usize,
        head: &str,
        draft: bool,
    ) -> Vec<Draw> {
        let mut draws = vec![];
        if draft {
            let look = Look { size: 130.0, lead: 130.0, bold: true, tabular: false, grey: 0.9 };
            let set = self.set(&plain("DRAFT"), UNBROKEN, look);
            let (x, y) = (page::WIDTH / 2.0, page::HEIGHT / 2.0);
            draws.push(Draw {
                x,
                y,
                mark: Mark::Artifact(Artifact::Watermark),
                shape: Shape::Watermark { set },
            });
        }
        if page > 0 {
            draws.push(self.running(head, LEFT, mm(16.0), false, Artifact::Head));
            let mut rule = Draw::rule(LEFT, mm(19.0), RIGHT - LEFT, 0.4, 0.6);
            rule.mark = Mark::Artifact(Artifact::Head);
            draws.push(rule);
        }
        let number = format!("Page {} of {pages}", page + 1);
        draws.push(self.running(&number, RIGHT, page::FOOT, true, Artifact::Foot));
        if let (0, Some(line)) = (page, stationery.registered_line.as_deref()) {
            let look = page::SMALL;
            let set = self.set(
                &plain(&as_printed(line)),
                RIGHT - LEFT - mm(28.0),
                Look { size: 7.5, lead: 9.6, ..look },
            );
            let first = page::FOOT - 9.6 * set.lines.len().saturating_sub(1) as f32;
            for place in 0..set.lines.len() {
                let y = first + 9.6 * place as f32;
                draws.push(Draw::text(&set, place, LEFT, y, look, Mark::Artifact(Artifact::Foot)));
            }
        }
        if stationery.fold_marks && page == 0 {
            // Thirds for DL and whatever is like it; C5 takes the sheet folded once.
            let folds: &[f32] = if stationery.window == Window::C5 { &[148.5] } else { &[99.0, 198.0] };
            draws.extend(folds.iter().map(|y| Draw::rule(mm(5.0), mm(*y), mm(4.0), 0.4, 0.6)));
        }
        draws
    }
}
