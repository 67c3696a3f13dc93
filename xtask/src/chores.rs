//! The short chores: run, bindings, screenshots, bench.
use std::env;

use anyhow::Result;

use crate::{
    demo,
    packages::{Consent, Purpose, ensure},
    steps::{Steps, cargo, npm, program, run as run_program, target, top},
};

/// Opens the window on the practice office. Built for development: it starts sooner, and is fast enough, because
/// what is slow unoptimised (encryption, typesetting) is optimised in that profile too.
pub fn run(consent: Consent) -> Result<()> {
    if cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| env::var_os(name).is_none())
    {
        println!("There is no display here to open a window on: running the demo without one instead.");
        return demo::demo(consent);
    }
    let mut steps = Steps::new();
    steps.take("system packages", || ensure(Purpose::BuildWindow, consent))?;
    build_screens(&mut steps)?;
    steps.take("voucher-desk", || run_program(cargo(&["build", "--package", "voucher-desk"])))?;
    run_program(program(&target().join("debug/voucher-desk").to_string_lossy(), &["--practice"]))
}

/// Installs what the screens are made of and builds them into `ui/dist`.
pub fn build_screens(steps: &mut Steps) -> Result<()> {
    steps.take("npm ci", || run_program(npm(&["ci", "--no-audit", "--no-fund"])))?;
    steps.take("screens", || run_program(npm(&["run", "build"])))
}

/// Writes the page's types.
pub fn bindings(consent: Consent) -> Result<()> {
    ensure(Purpose::BuildWindow, consent)?;
    let file = top().join("ui/src/lib/bindings.ts");
    let mut command = cargo(&["run", "--quiet", "--package", "voucher-desk", "--", "--export-bindings"]);
    command.arg(&file);
    run_program(command)?;
    println!("{}", file.display());
    Ok(())
}

/// A picture of each screen.
pub fn screenshots(names: &[String], consent: Consent) -> Result<()> {
    let mut steps = Steps::new();
    steps.take("system packages", || ensure(Purpose::Test, consent))?;
    build_screens(&mut steps)?;
    steps.take("voucher-desk", || run_program(cargo(&["build", "--quiet", "--package", "voucher-desk"])))?;
    steps.take("pictures", || {
        let mut command = cargo(&["run", "--quiet", "--package", "journeys", "--bin", "screenshots", "--"]);
        command.args(names).env("VOUCHER_DESK_IS_BUILT", "yes");
        run_program(command)
    })
}

/// The speed tests, each against its baseline. `window` measures the window itself, for which it is built as it is shipped.
pub fn bench(arguments: &[String], consent: Consent) -> Result<()> {
    if arguments.first().is_some_and(|group| group == "window") {
        return bench_window(&arguments[1..], consent);
    }
    ensure(Purpose::BuildCommand, consent)?;
    let mut command = cargo(&["run", "--release", "--quiet", "--package", "benches", "--"]);
    command.args(arguments);
    run_program(command)
}

fn bench_window(arguments: &[String], consent: Consent) -> Result<()> {
    let mut steps = Steps::new();
    steps.take("system packages", || ensure(Purpose::Test, consent))?;
    build_screens(&mut steps)?;
    steps.take("programs, optimised", || {
        let programs = ["voucher-desk", "empty-window", "window"].map(|program| ["--bin", program]);
        run_program(cargo(&[&["build", "--release", "--workspace"], programs.as_flattened()].concat()))
    })?;
    steps.take("window", || {
        let mut command = program(&target().join("release/window").to_string_lossy(), arguments);
        command.env("VOUCHER_DESK_IS_BUILT", "yes");
        run_program(command)
    })
}
