//! A robot works in the window: a minute here, an hour in `cargo xtask soak robot`.
use std::{
    env,
    time::{Duration, Instant},
};

use journeys::{Opening, PrintShop, Robot};

const MINUTE: Duration = Duration::from_secs(60);

/// How long the robot works, and how much of what the window held after its warm-up it may hold at the end.
struct Shift {
    length: Duration,
    warm_up: Duration,
    most: f64,
}

impl Shift {
    /// What the web view compiles and keeps in the first minutes is no growth; that is for a long shift to tell.
    fn asked_for() -> Self {
        match env::var("VDESK_ROBOT_MINUTES") {
            Ok(minutes) => {
                let length = MINUTE.mul_f64(minutes.parse().expect("a number of minutes"));
                Self { length, warm_up: (5 * MINUTE).min(length / 3), most: 1.2 }
            }
            Err(_) => Self { length: MINUTE, warm_up: Duration::ZERO, most: 1.5 },
        }
    }
}

/// Bytes that the window and its web view hold.
fn held(robot: &Robot, start: Instant, rounds: usize) -> u64 {
    let held = robot.memory();
    let all = held.values().sum();
    let mut parts: Vec<_> = held.iter().map(|(name, bytes)| format!("{name} {}", bytes >> 20)).collect();
    parts.sort();
    let minutes = start.elapsed().as_secs_f64() / 60.0;
    let page = robot.minutes_on_this_page();
    println!(
        "{minutes:5.1} min  round {rounds:3}  {:4} MiB: {}; page of {page:.1} min",
        all >> 20,
        parts.join(", ")
    );
    all
}

/// Times as much at the end as at the beginning, by the lowest of up to three samples: what was let go is not given back to
/// the system at once.
fn growth(samples: &[u64]) -> f64 {
    let few = (samples.len() / 2).min(3);
    let lowest = |samples: &[u64]| samples.iter().min().copied().unwrap_or_default() as f64;
    lowest(&samples[samples.len() - few..]) / lowest(&samples[..few])
}

#[test]
fn a_robot_at_work_meets_no_error_and_the_window_does_not_grow() {
    let shift = Shift::asked_for();
    let seed = env::var("VDESK_ROBOT_SEED").map_or(1, |it| it.parse().expect("a number"));
    println!("seed {seed}");
    let shop = PrintShop::open();
    // An hour is not to end with one minute in which the computer had other things to do.
    let desk = Opening::practice().environment("CUPS_SERVER", &shop.address()).patience(MINUTE).open();
    let mut robot = Robot::at(&desk, seed).only(env::var("VDESK_ROBOT_WORK").unwrap_or_default());
    let start = Instant::now();
    let mut samples = Vec::new();
    for round in 1.. {
        robot.works_a_round();
        let held = held(&robot, start, round);
        if start.elapsed() >= shift.warm_up {
            samples.push(held);
        }
        if start.elapsed() >= shift.length && samples.len() >= 2 {
            break;
        }
    }
    println!("{:#?}", robot.done());
    let growth = growth(&samples);
    println!("{growth:.2} times as much as after the warm-up");
    assert!(growth <= shift.most, "the window holds {growth:.2} times of what it held after its warm-up");
}

#[test]
fn growth_is_told_from_the_lowest_of_the_first_and_the_last_samples() {
    assert!((growth(&[100, 130]) - 1.3).abs() < 1e-9);
    assert!((growth(&[100, 160, 120, 500, 140, 121, 200]) - 1.21).abs() < 1e-9);
}
