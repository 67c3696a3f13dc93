//! A picture of every screen, light and dark, at two sizes: `cargo xtask screenshots`. The table of screens is
//! `journeys::screens`.
use journeys::{
    Opening,
    screens::{SCREENS, go},
};

const SIZES: &[(u32, u32)] = &[(1280, 800), (1920, 1080)];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for &(width, height) in SIZES {
        for dark in [false, true] {
            let opening = Opening::practice().size(width, height);
            let desk = if dark { opening.dark() } else { opening }.open();
            // From here on it hears keys.
            desk.sees("Owed a letter");
            for screen in
                SCREENS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|it| it == name))
            {
                go(&desk, screen);
                let shade = if dark { "dark" } else { "light" };
                println!("{}", desk.screenshot(&format!("{}-{width}-{shade}", screen.0)).display());
            }
        }
    }
}
