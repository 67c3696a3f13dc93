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
            let answer = self.vdesk("import", &[&file.to_string_lossy(), "--programme", "WMIV"])?;
            let count = |name: &str| answer[name].as_u64().unwrap_or_default();
            println!(
                "{} rows: {} ready, {} with warnings, {} refused",
                count("rows"),
                count("ready"),
                count("warned"),
                count("refused")
            );
        }
        println!("\n== decisions");
        let cases = self.vdesk("cases", &["stage:assessment"])?;
        let references: Vec<&str> =
            cases.as_array().into_iter().flatten().filter_map(|case| case["reference"].as_str()).collect();
        for (reference, decision) in references.iter().zip(["award", "award", "reject"]) {
            let reason = ["--reason", "Scored by the panel"];
            let answer = self.vdesk("decide", &[&[*reference, decision], reason.as_slice()].concat())?;
            println!("{reference}: {decision}, now {}", answer["stage"]);
        }
        println!("\n== letters");
        let out = self.folder.join("letters");
        let letters = self.vdesk("letters", &["--kind", "award", "--out", &out.to_string_lossy()])?;
        for letter in letters["issued"].as_array().into_iter().flatten() {
            println!("{} {}", letter["number"], letter["file"]);
        }
        println!("\n== undo, and proof that the register is sound");
        println!("undone: {}", self.vdesk("undo", &[])?["undone"]["label"]);
        let proof = self.vdesk("verify", &[])?;
        println!("sound: {}, {} entries, head {}", proof["sound"], proof["entries"], proof["head"]);
        println!("\nregister: {}\nletters:  {}", self.register.display(), out.display());
        Ok(())
    }

    /// Runs one verb on the register, shows it as one would type it, and returns its answer.
    fn vdesk(&self, verb: &str, arguments: &[&str]) -> Result<Value> {
        let mut command = Command::new(target().join("debug/vdesk"));
        command.arg(verb).arg(&self.register).args(arguments).arg("--json");
        command.env("VDESK_PASSPHRASE", "practice makes perfect");
        println!("$ {}", spelled(&command));
        // A rule's refusal (1) is an answer like any other; only a wrong use of the command stops the demo.
        let output = command.output().context("vdesk did not start")?;
        let answer = String::from_utf8_lossy(&output.stdout);
        let words = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => Ok(serde_json::from_str(&answer).unwrap_or(Value::Null)),
            Some(1) => {
                println!("refused: {}", words.trim());
                Ok(serde_json::from_str(&answer).unwrap_or(Value::Null))
            }
            _ => bail!("failed: {}\n{words}", spelled(&command)),
        }
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
