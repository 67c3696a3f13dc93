//! Running other programs, each under a heading, and stopping at the first that fails.
use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// The repository's top folder.
pub fn top() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| top().join("target"), PathBuf::from)
}

/// Whether a program of this name can be found.
pub fn on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// A program that will start in the repository's top folder.
pub fn program(name: &str, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(top());
    command
}

/// The cargo that runs this chore.
pub fn cargo(arguments: &[&str]) -> Command {
    program(&env::var("CARGO").unwrap_or_else(|_| "cargo".into()), arguments)
}

/// npm in the `ui` folder.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = program("npm", arguments);
    command.current_dir(top().join("ui"));
    command
}

/// Runs a program to its end; failing is an error that names it.
pub fn run(mut command: Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} did not start"))?;
    if !status.success() {
        bail!("failed ({status}): {}", spelled(&command));
    }
    Ok(())
}

/// Runs a program to its end and returns what it printed.
pub fn read(mut command: Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{} did not start", spelled(&command)))?;
    if !output.status.success() {
        bail!("failed: {}\n{}", spelled(&command), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The command as one would type it, to repeat it by hand.
pub fn spelled(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    let quoted = |word: &OsStr| match word.to_string_lossy() {
        word if word.contains([' ', '"', '$']) => format!("'{word}'"),
        word => word.into_owned(),
    };
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

/// A series of steps with headings, and how long each took.
pub struct Steps {
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// None yet.
    pub fn new() -> Self {
        Self { taken: Vec::new() }
    }

    /// Takes one step.
    pub fn take(&mut self, heading: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {heading}");
        let start = Instant::now();
        step().with_context(|| format!("stopped at: {heading}"))?;
        self.taken.push((heading, start.elapsed()));
        Ok(())
    }

    /// Prints how long each took.
    pub fn report(&self) {
        println!("\n== all passed");
        for (heading, time) in &self.taken {
            println!("{:>6.1} s  {heading}", time.as_secs_f64());
        }
        let sum: Duration = self.taken.iter().map(|(_, time)| *time).sum();
        println!("{:>6.1} s  together", sum.as_secs_f64());
    }
}
