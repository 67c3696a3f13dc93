//! A page that shows whether printer, fold and envelope agree.

use crate::letter::{Stationery, Window};
use crate::page::{Area, Artifact, Draw, Mark, Shape, mm};
use crate::window;

/// What the page says. It is a letter like any other, so that it is printed like any other.
pub(crate) const TEMPLATE: &str = r#"
```address
{{ window }}
First line of the address
Second line of the address
Third line of the address
Fourth line of the address
AB1 2CD
```

```refs
Right by: {{ nudge.right }}
Down by: {{ nudge.down }}
```

# Window test page

Print this page at its actual size (100%, not “fit to page”), fold it, and put it in the envelope.

1. All six lines of the address must show through the window, wherever the sheet slides to.
2. Nothing outside the dashed frame may show.
3. If a line is hidden, measure how far the window is from the solid frame, change the shift in the settings, and print this page again. The marks on the solid frame stand one millimetre apart.
"#;

/// Frames around what must show and what may show.
pub(crate) fn frames(stationery: &Stationery) -> Vec<Draw> {
    let mut draws = vec![];
    let Some(zone) = window::places(stationery).zone else { return draws };
    frame(zone, false, &mut draws);
    let mut at = 0.0_f32;
    while at <= 20.0 {
        let long = if at.rem_euclid(5.0) < 0.5 { mm(2.0) } else { mm(1.0) };
        draws.push(Draw::down(zone.x + mm(at), zone.y - long, long, 0.3, 0.0));
        draws.push(Draw::rule(zone.x - long, zone.y + mm(at), long, 0.3, 0.0));
        at += 1.0;
    }
    if stationery.window == Window::UkDl {
        frame(window::DL_MAY_SHOW, true, &mut draws);
    }
    draws
}

fn frame(area: Area, dashed: bool, draws: &mut Vec<Draw>) {
    let Area { x, y, width, height } = area;
    for (x, y, dx, dy) in
        [(x, y, width, 0.0), (x, y + height, width, 0.0), (x, y, 0.0, height), (x + width, y, 0.0, height)]
    {
        let shape = Shape::Rule { dx, dy, thickness: 0.5, grey: 0.4, dashed };
        draws.push(Draw { x, y, mark: Mark::Artifact(Artifact::Layout), shape });
    }
}
