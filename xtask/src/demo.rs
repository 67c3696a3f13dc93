//! `cargo xtask demo`: an office's morning by the command alone, for a computer with no display.
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    packages::{Consent, Purpose, ensure},
    steps::{cargo, run, spelled, target, top},
};

/// The practice office's programme of vouchers, one of its officers, and a passphrase of our own.
const PROGRAMME: &str = "MIV";
const OFFICER: &str = "Robin Practice";
const PASSPHRASE: &str = "practice office";

/// Builds `vdesk` and goes through import, decisions, letters, undo and verification with it.
pub fn demo(consent: Consent) -> Result<()> {
    ensure(Purpose::BuildCommand, consent)?;
    run(cargo(&["build", "--quiet", "--package", "vdesk"]))?;
    let folder = target().join("demo");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Demo { register: folder.join("Practice.vdesk"), folder }.play()
}

struct Demo {
    folder: PathBuf,
    register: PathBuf,
}

impl Demo {
    fn play(&self) -> Result<()> {
        println!("\n== a register with the practice office");
        self.vdesk("new", &["--sample"])?;
        for file in applications()? {
            println!("\n== applications from {}", file.display());
            let answer = self.vdesk("import", &[&file.to_string_lossy(), "--programme", PROGRAMME])?;
            println!(
                "{} rows: {} ready, {} worth a look, {} refused, {} held already",
                answer["rows"], answer["ready"], answer["warned"], answer["refused"], answer["already_held"]
            );
        }
        println!("\n== decisions");
        self.decide()?;
        println!("\n== letters");
        let out = self.folder.join("letters");
        let letters =
            self.vdesk("letters", &["--kind", "award", "--out", &out.to_string_lossy(), "stage:offered"])?;
        let issued = list(&letters["issued"]);
        for letter in issued.iter().take(5) {
            println!("{}  {}", text(&letter["number"]), text(&letter["file"]));
        }
        println!("{} letters", issued.len());
        println!("\n== undo, and proof that the register is sound");
        println!("undone: {}", text(&self.vdesk("undo", &[])?["undone"]["label"]));
        let proof = self.vdesk("verify", &[])?;
        ensure_sound(&proof)?;
        println!("sound: {} entries, head {}", proof["entries"], text(&proof["head"]));
        println!("\nregister: {} (passphrase: {PASSPHRASE})", self.register.display());
        println!("letters:  {}", out.display());
        Ok(())
    }

    /// Awards the first assessed cases; the rules have their say on each.
    fn decide(&self) -> Result<()> {
        let query = ["stage:assessed", &format!("programme:{PROGRAMME}")].join(" ");
        let cases = self.vdesk("cases", &[&query])?;
        for case in list(&cases).iter().take(6) {
            let reference = text(&case["reference"]);
            let reason = ["award", "--reason", "Scored by the panel"];
            match self.ask("decide", &[&[reference], reason.as_slice()].concat())? {
                Answer::Done(answer) => println!("{reference}: now {}", text(&answer["stage"])),
                Answer::Refused(words) => println!("{words}"),
            }
        }
        Ok(())
    }

    /// Runs one verb that has to succeed.
    fn vdesk(&self, verb: &str, arguments: &[&str]) -> Result<Value> {
        match self.ask(verb, arguments)? {
            Answer::Done(answer) => Ok(answer),
            Answer::Refused(words) => bail!("{words}"),
        }
    }

    /// Runs one verb on the register and shows it as one would type it.
    fn ask(&self, verb: &str, arguments: &[&str]) -> Result<Answer> {
        let mut command = Command::new(target().join("debug/vdesk"));
        command.arg(verb).arg(&self.register).args(arguments);
        // Before there is a register, nobody can open it.
        if verb != "new" {
            command.args(["--as", OFFICER]);
        }
        println!("$ {}", spelled(&command));
        let output = command
            .arg("--json")
            .env("VDESK_PASSPHRASE", PASSPHRASE)
            .output()
            .context("vdesk did not start")?;
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        match output.status.code() {
            // `new` has nothing to answer in JSON.
            Some(0) => Ok(Answer::Done(serde_json::from_slice(&output.stdout).unwrap_or_default())),
            Some(1) => Ok(Answer::Refused(words)),
            _ => bail!("failed: {}\n{words}", spelled(&command)),
        }
    }
}

/// What `vdesk` says: done, or refused by a rule, with the reason.
enum Answer {
    Done(Value),
    Refused(String),
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("nothing")
}

fn ensure_sound(proof: &Value) -> Result<()> {
    match proof["sound"].as_bool() {
        Some(true) => Ok(()),
        _ => bail!("the register is not sound: {}", proof["faults"]),
    }
}

/// The sample application files.
fn applications() -> Result<Vec<PathBuf>> {
    let folder = top().join("tests/data/applications");
    let list = fs::read_dir(&folder).with_context(|| format!("no samples in {}", folder.display()))?;
    let mut files: Vec<PathBuf> = list.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| is_table(file));
    files.sort();
    files.truncate(2);
    Ok(files)
}

fn is_table(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ["csv", "xlsx", "ods"].iter().any(|it| ending == *it))
}
