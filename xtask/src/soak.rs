//! `cargo xtask soak`: the long forms of attacks whose short forms are among the ordinary tests.
use std::time::Instant;

use anyhow::{Result, bail};

use crate::{
    chores::build_screens,
    packages::{Consent, Purpose, ensure},
    steps::{Steps, cargo, run},
};

/// One attack: its heading, what it needs, how cargo is called, and what is set in its environment.
struct Attack {
    heading: &'static str,
    purpose: Purpose,
    cargo: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

/// `VDESK_SOAK` multiplies the counts of a test that knows it. The whole workspace is named, so that its crates are built with
/// the features that the other tests have built them with.
const ATTACKS: [Attack; 11] = [
    Attack {
        heading: "kill -9 at 500 random moments",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "killed::"],
        env: &[("VDESK_SOAK", "20")],
    },
    Attack {
        heading: "a byte of every file and page turned",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "damage::"],
        env: &[("VDESK_SOAK", "20")],
    },
    Attack {
        heading: "a drive that fails at single calls",
        purpose: Purpose::Test,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "failing::"],
        env: &[("VDESK_SOAK", "20")],
    },
    Attack {
        heading: "files to import: any bytes",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "no_bytes"],
        env: &[("VDESK_SOAK", "4000")],
    },
    Attack {
        heading: "workbooks cut off, a child for each",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "cut_off_or_altered"],
        env: &[("VDESK_SOAK", "200")],
    },
    Attack {
        heading: "workbooks altered within",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "altered_workbooks", "--nocapture"],
        env: &[("VDESK_SOAK", "2000")],
    },
    Attack {
        heading: "queries of anything",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "any_text", "any_query"],
        env: &[("VDESK_SOAK", "1000")],
    },
    Attack {
        heading: "templates and facts of anything",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "any_template"],
        env: &[("VDESK_SOAK", "10500")],
    },
    Attack {
        heading: "keys.json of anything",
        purpose: Purpose::BuildWindow,
        cargo: &["test", "--quiet", "--workspace", "--lib", "any_key_file"],
        env: &[("VDESK_SOAK", "1000")],
    },
    Attack {
        heading: "the journal's tables altered behind the register",
        purpose: Purpose::BuildCommand,
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "any_journal"],
        env: &[("VDESK_SOAK", "1000")],
    },
    Attack {
        heading: "a robot at work in the window for an hour",
        purpose: Purpose::Test,
        cargo: &[
            "test",
            "--quiet",
            "--workspace",
            "--test",
            "journeys",
            "--",
            "a_robot_at_work",
            "--nocapture",
        ],
        env: &[(MINUTES, "60")],
    },
];

/// How long the robot works.
const MINUTES: &str = "VDESK_ROBOT_MINUTES";

/// Runs every attack, or those whose heading holds a word; goes on after one that fails, and names them at the end. A number
/// is the robot's minutes.
pub fn soak(words: &[String], consent: Consent) -> Result<()> {
    let (minutes, words): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.parse::<f64>().is_ok());
    let chosen: Vec<&Attack> = ATTACKS
        .iter()
        .filter(|attack| words.is_empty() || words.iter().any(|word| attack.heading.contains(word.as_str())))
        .collect();
    let Some(purpose) = chosen.iter().map(|attack| attack.purpose).max() else {
        bail!("no attack is called that; there are:\n{}", ATTACKS.map(|attack| attack.heading).join("\n"));
    };
    ensure(purpose, consent)?;
    if purpose >= Purpose::BuildWindow {
        build_screens(&mut Steps::new())?;
    }
    // The attacks on files start it as the program that reads; cargo builds it unasked only with all tests.
    run(cargo(&["build", "--quiet", "--workspace", "--example", "look"]))?;
    let mut failed = Vec::new();
    for attack in chosen {
        println!("\n== {}", attack.heading);
        let start = Instant::now();
        let mut command = cargo(attack.cargo);
        command.envs(attack.env.iter().copied());
        command.envs(minutes.last().map(|minutes| (MINUTES, minutes)));
        if let Err(error) = run(command) {
            eprintln!("{error:#}");
            failed.push(attack.heading);
        }
        println!("{:.0} s  {}", start.elapsed().as_secs_f64(), attack.heading);
    }
    if !failed.is_empty() {
        bail!("the product did not hold against: {}", failed.join(", "));
    }
    Ok(())
}
