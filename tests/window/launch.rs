//! From the start of the program to a list that can be used, and the memory that it holds when left alone.
use std::{
    thread::sleep,
    time::{Duration, UNIX_EPOCH},
};

use bench_office::{
    office,
    report::Row,
    timing::{Times, ratio},
};
use journeys::{Desk, KeyRing, Opening};
use serde_json::json;
use tempfile::TempDir;

use crate::EMPTY;

const MARKED: &str = include_str!("marked.js");
const PAINTED: &str = include_str!("painted.js");
/// When its first words were painted, by the web view's own account, in milliseconds since 1970.
const FIRST_PAINT: &str = "const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint ? performance.timeOrigin + paint.startTime : null;";
/// How long nobody touches the window before its memory is taken.
const REST: Duration = Duration::from_secs(20);

/// A computer that opens the register without the passphrase.
struct Remembering {
    ring: KeyRing,
    home: TempDir,
}

impl Remembering {
    fn of(register: &str) -> Self {
        let it = Self { ring: KeyRing::unlocked(), home: TempDir::new().expect("a temporary folder") };
        let window = it.open(register);
        window.click_role("checkbox", "Open without the passphrase on this computer");
        opens_the_register(&window);
        it
    }

    fn open(&self, register: &str) -> Desk {
        Opening::with_arguments(&[register])
            .at_home(self.home.path())
            .environment("DBUS_SESSION_BUS_ADDRESS", self.ring.address())
            .open()
    }
}

/// What several launches took, and what the last windows held.
#[derive(Default)]
struct Launches {
    times: Times,
    memory: Vec<u64>,
}

/// Rows about starting, against an empty window that is started in turn with it.
pub fn rows(register: &str, cases: usize, launches: usize) -> Vec<Row> {
    let (mut empty, mut desk) = (Launches::default(), Launches::default());
    let (mut asking, mut unlocking, mut listing) = (Times::default(), Times::default(), Times::default());
    let (remembering, mut remembered) = (Remembering::of(register), Times::default());
    // The first of each reads its program from the drive, and a register may take its backup of the day: not counted.
    for turn in 0..=launches {
        let counts = turn > 0;
        let window = Opening::of(EMPTY).open();
        let painted = first_paint(&window);
        if counts {
            empty.times.note(painted);
            empty.memory.push(at_rest(&window));
        }
        drop(window);

        let window = remembering.open(register);
        // By the page's own marks: the driver comes to the window later than an officer's eye does.
        let opened = marked(&window, "today") - since_asked(&window);
        if counts {
            remembered.note(milliseconds(opened));
        }
        drop(window);

        let window = Opening::with_arguments(&[register]).open();
        shows(&window, "input[type=password]");
        let asks = marked(&window, "asks for the passphrase") - since_asked(&window);
        let opens = opens_the_register(&window);
        let lists = opens_the_list(&window);
        if counts {
            asking.note(milliseconds(asks));
            unlocking.note(opens);
            listing.note(lists);
            desk.times.note(milliseconds(asks) + opens);
            desk.memory.push(at_rest(&window));
        }
        eprintln!(
            "  {turn}: empty {:.0} ms, Today with the key ring after {opened:.0} ms, asks for the passphrase after {asks:.0} ms, Today {:.0} ms after that, Cases {:.0} ms",
            painted.as_secs_f64() * 1e3,
            opens.as_secs_f64() * 1e3,
            lists.as_secs_f64() * 1e3,
        );
    }
    let (times, most) = (ratio(desk.times.median(), empty.times.median()), 1.5);
    let unasked = ratio(remembered.median(), empty.times.median());
    let (held, bare) = (middle(&mut desk.memory), middle(&mut empty.memory));
    let (memory, most_memory) = (held as f64 / bare as f64, 1.3);
    vec![
        Row {
            what: format!("launch to usable list at {cases} cases"),
            must: Some("≤ 1.5 ×"),
            baseline: format!("empty window, painted: {}", empty.times.shown()),
            is: format!(
                "{}: {times:.1} × (asks for the passphrase {}; from Enter to Today {}; to Cases {} more)",
                desk.times.shown(),
                asking.shown(),
                unlocking.shown(),
                listing.shown()
            ),
            met: Some(times <= most),
        },
        Row {
            what: format!("the same where the key ring has the passphrase's place, at {cases} cases"),
            must: Some("≤ 1.5 ×"),
            baseline: "the same".into(),
            is: format!("{}: {unasked:.1} ×", remembered.shown()),
            met: Some(unasked <= most),
        },
        Row {
            what: format!("memory at rest, the list of {cases} cases open"),
            must: Some("≤ 1.3 ×"),
            baseline: format!("empty window: {} MiB", bare >> 20),
            is: format!("{} MiB: {memory:.1} ×", held >> 20),
            met: Some(memory <= most_memory),
        },
    ]
}

fn milliseconds(time: f64) -> Duration {
    Duration::from_secs_f64(time.max(0.0) / 1e3)
}

fn since_asked(window: &Desk) -> f64 {
    window.asked_for().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1e3
}

/// The moment at which the page marked that this was painted.
fn marked(window: &Desk, what: &str) -> f64 {
    window.script_until_called(MARKED, json!([what])).as_f64().expect("a moment")
}

/// The moment at which this stood on the screen.
fn shows(window: &Desk, selector: &str) -> f64 {
    window.script_until_called(PAINTED, json!([selector])).as_f64().expect("a moment")
}

fn first_paint(window: &Desk) -> Duration {
    shows(window, "p");
    let painted = window.script(FIRST_PAINT, json!([])).as_f64().expect("it was painted");
    milliseconds(painted - since_asked(window))
}

fn acted(window: &Desk) -> f64 {
    window.script("return window.acted", json!([])).as_f64().expect("something was pressed")
}

/// Unlocks, and answers how long it took from Enter to the first lines of Today.
pub fn opens_the_register(window: &Desk) -> Duration {
    window.script(include_str!("acted.js"), json!([]));
    window.type_into("Passphrase", office::PASSPHRASE);
    window.press("Enter");
    let shown = shows(window, ".lines li");
    milliseconds(shown - acted(window))
}

/// Opens the list of cases, and answers how long it took to its first rows.
pub fn opens_the_list(window: &Desk) -> Duration {
    window.click("Cases");
    let shown = shows(window, ".rows [role=row] .ref");
    milliseconds(shown - acted(window))
}

fn at_rest(window: &Desk) -> u64 {
    sleep(REST);
    let held = window.memory();
    let parts: Vec<_> = held.iter().map(|(name, bytes)| format!("{name} {}", bytes >> 20)).collect();
    eprintln!("    {} MiB at rest: {}", held.values().sum::<u64>() >> 20, parts.join(", "));
    held.values().sum()
}

fn middle(of: &mut [u64]) -> u64 {
    of.sort_unstable();
    of.get(of.len() / 2).copied().unwrap_or_default()
}
