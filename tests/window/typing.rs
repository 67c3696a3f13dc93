//! From a key press to the frame in which its results stand on the screen.
use std::time::Duration;

use bench_office::{report::Row, timing::Times};
use journeys::{Desk, Opening};
use serde_json::json;

use crate::{EMPTY, launch};

/// What is typed, letter by letter; of the registers' fictitious businesses and projects.
const TYPED: &[&str] = &[
    "kestrel robotics",
    "hydrogen valve",
    "old forge castings",
    "quieter heat pump",
    "saffron bakery",
    "recycled composite",
    "pemberton acoustics",
    "measure shelf life",
    "dosanjh polymers",
    "spectrum sorting",
];
/// After this long without a further change, what a key brought is there.
const QUIET: Duration = Duration::from_millis(150);
/// A key that changes nothing in this time changes nothing: most letters of a word find what the letters before them found.
const NOTHING: Duration = Duration::from_millis(500);
/// A field in the empty window that repeats below what is typed into it.
const ECHO: &str = "document.body.innerHTML = '<input><p id=\"echo\"></p>';
    const [field, echo] = document.body.children;
    field.oninput = () => (echo.textContent = field.value);
    field.focus();";

/// Rows about typing.
pub fn rows(register: &str, cases: usize, presses: usize) -> Vec<Row> {
    let empty = Opening::of(EMPTY).open();
    empty.script(ECHO, json!([]));
    let echo = typed(&empty, presses, "#echo", || {});
    drop(empty);

    let desk = Opening::with_arguments(&[register]).open();
    launch::opens_the_register(&desk);
    launch::opens_the_list(&desk);
    let list = typed(&desk, presses, ".rows", || {
        desk.press("Escape");
        desk.press("/");
        desk.press("Escape");
        desk.press("/");
    });
    let palette = typed(&desk, presses, "body", || {
        desk.leave_questions();
        desk.press("Ctrl+K");
    });
    [("the list of cases", list), ("the palette", palette)]
        .into_iter()
        .map(|(place, times)| Row {
            what: format!(
                "key press to painted results in {place}, {cases} cases, {} presses",
                times.count()
            ),
            must: Some("p99 ≤ 50 ms"),
            baseline: format!("an empty window repeats the letter: {}", echo.shown()),
            is: times.shown(),
            met: Some(times.p99() <= Duration::from_millis(50)),
        })
        .collect()
}

/// Types until so many presses have changed something at this place. `begin` puts the cursor into an empty field.
fn typed(window: &Desk, presses: usize, place: &str, begin: impl Fn()) -> Times {
    let mut times = Times::default();
    for text in TYPED.iter().cycle().take(4 * TYPED.len()) {
        begin();
        window.settles();
        window.script(include_str!("presses.js"), json!([place]));
        for letter in text.chars() {
            window.press(&if letter == ' ' { "Space".to_owned() } else { letter.to_string() });
            if let Some(took) = last_press(window) {
                times.note(took);
            }
            if times.count() == presses {
                return times;
            }
        }
    }
    times
}

/// How long the last press took, once nothing changes any more.
fn last_press(window: &Desk) -> Option<Duration> {
    let waits = json!([QUIET.as_millis() as u64, NOTHING.as_millis() as u64]);
    let took = window.script_until_called(include_str!("last_press.js"), waits);
    took.as_f64().map(|took| Duration::from_secs_f64(took / 1e3))
}
