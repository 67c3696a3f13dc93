//! An officer at work until the program is killed: `officer WORK FOLDER`, the key in `VDESK_KEY`.
// A step that fails has nothing better to do than to stop its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{env, path::Path};

use faults::work::Work;
use register::ComputerKey;

fn main() {
    exchange::child::run_if_child();
    let words: Vec<String> = env::args().skip(1).collect();
    let [work, folder] = words.as_slice() else { panic!("usage: officer WORK FOLDER") };
    let key = ComputerKey::from_text(&env::var("VDESK_KEY").unwrap()).unwrap();
    Work::named(work).expect("a kind of work").go_on(Path::new(folder), &key);
}
