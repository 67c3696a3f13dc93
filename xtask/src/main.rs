//! Set-up and chores: `cargo xtask VERB`. Nothing here is part of the product.
mod chores;
mod demo;
mod dist;
mod licences;
mod packages;
mod soak;
mod steps;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};
use packages::Consent;

const USAGE: &str = "\
usage: cargo xtask VERB [--yes]

  run          open the window on a fictitious practice office
  demo         the same work without a window: import, decide, letters, undo, verify
  test         every check and test, as the continuous integration runs them
  soak         the long forms of the attacks: kills, full drives, damage, an hour in the window [WORD ...] [MINUTES]
  tidy         the house rules alone
  bindings     write ui/src/lib/bindings.ts from the commands in src-tauri
  licences     write src-tauri/licences.json from what Cargo and npm have locked
  screenshots  a picture of each screen into target/screenshots [NAME ...]
  dist         .deb and .rpm packages of both programs
  bench        the speed tests in benches/ [GROUP ...]; bench window: launch, memory and typing in the window

What the computer lacks is named and installed first. --yes, or CI in the environment, installs without asking.
";

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let yes = words.iter().any(|word| word == "--yes");
    words.retain(|word| word != "--yes");
    let consent = if yes || std::env::var_os("CI").is_some() { Consent::Given } else { Consent::Ask };
    let Some((verb, rest)) = words.split_first() else {
        print!("{USAGE}");
        return ExitCode::from(2);
    };
    match carry_out(verb, rest, consent) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(verb: &str, rest: &[String], consent: Consent) -> Result<()> {
    match verb {
        "run" => chores::run(consent),
        "demo" => demo::demo(consent),
        "test" => test::test(consent),
        "soak" => soak::soak(rest, consent),
        "tidy" => tidy::tidy(),
        "bindings" => chores::bindings(consent),
        "licences" => licences::write(),
        "screenshots" => chores::screenshots(rest, consent),
        "dist" => dist::dist(consent),
        "bench" => chores::bench(rest, consent),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("there is no chore called {verb:?}\n{USAGE}"),
    }
}
