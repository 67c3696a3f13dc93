//! A picture of every screen, light and dark, at two sizes: `cargo xtask screenshots`.
//!
//! The table below is the whole list. To add a screen, add a line: its name and the steps from the practice office's
//! first screen.
use journeys::{Desk, Opening};

/// A screen's name and how to get there.
type Screen = (&'static str, fn(&Desk));

const SCREENS: &[Screen] = &[
    ("today", |desk| desk.click("Today")),
    ("cases", |desk| desk.click("Cases")),
    ("organisations", |desk| desk.click("Organisations")),
    ("people", |desk| desk.click("People")),
    ("letters", |desk| desk.click("Letters")),
    ("money", |desk| desk.click("Money")),
    ("settings", |desk| desk.click("Settings")),
];

const SIZES: &[(u32, u32)] = &[(1280, 800), (1920, 1080)];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for &(width, height) in SIZES {
        for dark in [false, true] {
            let opening = Opening::practice().size(width, height);
            let desk = if dark { opening.dark() } else { opening }.open();
            for (name, go) in
                SCREENS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|it| it == name))
            {
                go(&desk);
                let shade = if dark { "dark" } else { "light" };
                println!("{}", desk.screenshot(&format!("{name}-{width}-{shade}")).display());
            }
        }
    }
}
