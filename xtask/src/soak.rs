//! `cargo xtask soak`: the long forms of attacks whose short forms are among the ordinary tests.
use std::time::Instant;

use anyhow::{Result, bail};

use crate::{
    packages::{Consent, Purpose, ensure},
    steps::{cargo, run},
};

/// One attack: its heading, how cargo is called, and what is set in its environment.
struct Attack {
    heading: &'static str,
    cargo: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

/// `VDESK_SOAK` multiplies the counts of a test that knows it. The whole workspace is named, so that its crates are built with
/// the features that the other tests have built them with.
const ATTACKS: &[Attack] = &[
    Attack {
        heading: "kill -9 at 500 random moments",
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "killed::"],
        env: &[("VDESK_SOAK", "20")],
    },
    Attack {
        heading: "a byte of every file and page turned",
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "damage::"],
        env: &[("VDESK_SOAK", "20")],
    },
    Attack {
        heading: "files to import: any bytes, cut off and altered workbooks",
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "--", "no_bytes", "cut_off"],
        env: &[("VDESK_SOAK", "200")],
    },
    Attack {
        heading: "queries of anything",
        cargo: &["test", "--quiet", "--workspace", "--test", "any_text", "any_query"],
        env: &[("VDESK_SOAK", "1000")],
    },
    Attack {
        heading: "templates and facts of anything",
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "any_template"],
        env: &[("VDESK_SOAK", "200")],
    },
    Attack {
        heading: "keys.json and the journal's tables of anything",
        cargo: &["test", "--quiet", "--workspace", "--test", "it", "any_bytes"],
        env: &[("VDESK_SOAK", "100")],
    },
];

/// Runs every attack, or those whose heading holds a word; goes on after one that fails, and names them at the end.
pub fn soak(words: &[String], consent: Consent) -> Result<()> {
    ensure(Purpose::BuildCommand, consent)?;
    let chosen = ATTACKS
        .iter()
        .filter(|attack| words.is_empty() || words.iter().any(|word| attack.heading.contains(word.as_str())));
    let mut failed = Vec::new();
    for attack in chosen {
        println!("\n== {}", attack.heading);
        let start = Instant::now();
        let mut command = cargo(attack.cargo);
        command.envs(attack.env.iter().copied());
        if let Err(error) = run(command) {
            eprintln!("{error:#}");
            failed.push(attack.heading);
        }
        println!("{:.0} s  {}", start.elapsed().as_secs_f64(), attack.heading);
    }
    if !failed.is_empty() {
        bail!("the register did not hold against: {}", failed.join(", "));
    }
    Ok(())
}
