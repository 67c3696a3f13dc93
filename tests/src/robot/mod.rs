//! An officer who never tires: looks, searches, changes, decides, writes and prints letters, and takes back what was done.
mod work;

use std::{
    collections::{BTreeMap, HashMap},
    thread::sleep,
    time::{Duration, Instant},
};

use fastrand::Rng;
use serde_json::{Value, json};

use crate::Desk;
use work::WORK;

/// For how long memory has not gone down any more once what is free was given back.
const SETTLED: Duration = Duration::from_secs(5);

/// The robot at a window on the practice office that prints in a [`crate::PrintShop`].
pub struct Robot<'desk> {
    desk: &'desk Desk,
    chance: Rng,
    done: BTreeMap<&'static str, usize>,
    only: String,
}

impl<'desk> Robot<'desk> {
    /// Takes its seat. The same seed draws the same work.
    pub fn at(desk: &'desk Desk, seed: u64) -> Self {
        desk.sees("Today");
        let robot = Self { desk, chance: Rng::with_seed(seed), done: BTreeMap::new(), only: String::new() };
        robot.listens();
        robot
    }

    /// From now on hears what the page complains of; a desk that was locked begins with a new page.
    fn listens(&self) {
        self.desk.script(include_str!("listen.js"), json!([]));
    }

    /// Does only the pieces whose name holds one of these, parted by "|", to find which of them something comes from.
    pub fn only(mut self, name: String) -> Self {
        self.only = name;
        self
    }

    /// Does each piece of work once, in an order and on records that it draws. What a piece changed is undone before the
    /// next, so that after many rounds the desk stands as after the first. Stops at the first complaint.
    pub fn works_a_round(&mut self) {
        let before = self.newest_change();
        let mut order: Vec<_> =
            WORK.iter().filter(|(name, _)| self.only.split('|').any(|word| name.contains(word))).collect();
        self.chance.shuffle(&mut order);
        for (name, piece) in order {
            piece(self);
            self.puts_back(&before);
            let complaints = self.complaints();
            if complaints != json!([]) {
                self.desk.stop(&format!("{name}, without a complaint: {complaints:#}"));
            }
            *self.done.entry(name).or_default() += 1;
        }
    }

    /// Bytes that the window and its web view hold, by their names, once the web view has let go of what nobody holds.
    pub fn memory(&self) -> HashMap<String, u64> {
        self.desk.until("the web view has collected its garbage", || {
            self.desk.script(include_str!("sweep.js"), json!([])) == true
        });
        let sum = |held: &HashMap<String, u64>| held.values().sum::<u64>();
        let mut lowest = self.desk.memory();
        let mut fell = Instant::now();
        // What is free goes back to the system by and by.
        while fell.elapsed() < SETTLED {
            sleep(Duration::from_millis(500));
            let now = self.desk.memory();
            if sum(&now) < sum(&lowest) {
                (lowest, fell) = (now, Instant::now());
            }
        }
        lowest
    }

    /// For how long the page has been there: one that is left gives back much of what it held.
    pub fn minutes_on_this_page(&self) -> f64 {
        self.desk.script("return performance.now() / 60_000", json!([])).as_f64().unwrap_or_default()
    }

    /// How often each piece of work was done.
    pub fn done(&self) -> &BTreeMap<&'static str, usize> {
        &self.done
    }

    /// What the page complained of since it was asked last: alerts, and errors and warnings in its console.
    pub fn complaints(&self) -> Value {
        self.desk.script("return window.complaints.splice(0)", json!([]))
    }

    /// What an undo would take back now.
    fn newest_change(&self) -> Value {
        let ask = "window.__TAURI_INTERNALS__.invoke('desk_state').then(arguments[0], arguments[0])";
        self.desk.script_until_called(ask, json!([]))["undo"].take()
    }

    /// Undoes until the desk stands as it did.
    fn puts_back(&self, before: &Value) {
        self.desk.leave_questions();
        self.desk.click("Today");
        loop {
            let now = self.newest_change();
            if now == *before {
                return;
            }
            self.desk.press("Ctrl+Z");
            self.desk.until("the last change is undone", || {
                // It asks first where a letter left the house, or where other changes rest on it.
                let yes = "document.querySelector('[role=dialog] button.go')?.click()";
                self.desk.script(yes, json!([]));
                self.newest_change() != now
            });
            self.desk.settles();
        }
    }

    fn draws<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.chance.usize(..from.len())]
    }
}
