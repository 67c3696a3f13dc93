//! Where an envelope's window shows the paper through.
//!
//! A folded sheet slides about in its envelope, so there are two zones: what always shows, where the address
//! must stand, and what may show, where nothing else may.

use crate::letter::{Stationery, Window};
use crate::page::{Area, Look, mm};

/// What always shows through the window of a DL envelope (90 × 35 mm, 20 mm from the left and 18 mm up) when an
/// A4 sheet folded in thirds, or a slip of a third of A4, slides 10 mm across and 11 mm up inside it.
const DL: Area = Area::from_mm(22.0, 57.0, 76.0, 24.0);
/// What a DL window may show as the sheet slides.
pub(crate) const DL_MAY_SHOW: Area = Area::from_mm(10.0, 46.0, 100.0, 46.0);
/// Where GOV.UK Notify reads the address on a page that is handed in for printing.
const C5: Area = Area::from_mm(24.6, 39.5, 95.4, 26.8);

/// Height of the slip that fits a DL envelope unfolded.
pub(crate) const SLIP: f32 = mm(99.0);
/// Where, from the slip's own top edge, a window may begin to show it.
pub(crate) const SLIP_SHOWS: f32 = mm(46.0);

/// Where things go on the first page.
pub(crate) struct Places {
    /// The part that always shows; none without a window.
    pub zone: Option<Area>,
    /// Top left corner of the address.
    pub address: Area,
    /// Where the text may begin.
    pub body: f32,
}

pub(crate) fn places(stationery: &Stationery) -> Places {
    let (zone, body) = match stationery.window {
        Window::UkDl => (Some(DL), mm(98.0)),
        Window::C5 => (Some(C5), mm(95.0)),
        Window::None => (None, mm(80.0)),
        Window::Custom { x_mm, y_mm, width_mm, height_mm, body_from_mm } => {
            (Some(Area::from_mm(x_mm, y_mm, width_mm, height_mm)), mm(body_from_mm))
        }
    };
    let zone = zone.map(|zone| nudged(zone, stationery));
    let address = match zone {
        Some(zone) => inset(zone, stationery),
        None => Area::from_mm(25.0, 45.0, 90.0, 200.0),
    };
    Places { zone, address, body }
}

/// Where a slip's return address must stand, from the top left corner of the page.
pub(crate) fn slip_zone(stationery: &Stationery) -> Area {
    let zone = Area { y: crate::page::HEIGHT - SLIP + DL.y, ..DL };
    inset(nudged(zone, stationery), stationery)
}

fn nudged(zone: Area, stationery: &Stationery) -> Area {
    Area { x: zone.x + mm(stationery.nudge_mm.0), y: zone.y + mm(stationery.nudge_mm.1), ..zone }
}

/// The zone from the text's own left edge on, where that edge lies in the zone: the page keeps one left edge.
fn inset(zone: Area, stationery: &Stationery) -> Area {
    let edge = crate::page::LEFT + mm(stationery.nudge_mm.0);
    let by = edge - zone.x;
    if (0.0..mm(5.0)).contains(&by) { Area { x: edge, width: zone.width - by, ..zone } } else { zone }
}

/// The sizes that an address may have, largest first. Below nine points sorting machines fail.
pub(crate) const ADDRESS_LOOKS: [Look; 5] =
    [look(11.0, 13.6), look(10.5, 12.6), look(10.0, 11.33), look(9.5, 10.6), look(9.0, 9.63)];

const fn look(size: f32, lead: f32) -> Look {
    Look { size, lead, bold: false, tabular: false, grey: 0.0 }
}
