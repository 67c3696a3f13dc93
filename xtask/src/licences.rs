//! The list of parts and their licences that the program shows under Settings, About.
use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::steps::top;

/// Fonts and data that no package manager lists.
const BUNDLED: [(&str, &str, &str); 4] = [
    ("Noto Sans (letters)", "2020", "OFL-1.1"),
    ("Droid Sans Fallback (letters)", "6.0.1", "Apache-2.0"),
    ("Inter (window)", "variable", "OFL-1.1"),
    ("GOV.UK bank holidays", "2012 to 2028", "OGL-UK-3.0"),
];

/// Licences that let a part be shipped in a program under any terms, so that a part under one of these needs no question.
const TAKEN: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    // Its own files stay under it; nothing else of the program does.
    "MPL-2.0",
    "OFL-1.1",
    "OGL-UK-3.0",
    "Unicode-3.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
    // SQLite's and zlib's words in place of a licence.
    "blessing",
    "Apache-2.0 WITH LLVM-exception",
];

/// Parts whose licence is not in their manifest, each with where it stands.
const READ_BY_HAND: [(&str, &str); 1] = [("svelte-toolbelt", "MIT, in the LICENSE of its package")];

/// Writes `src-tauri/licences.json` from what Cargo and npm have locked.
pub fn write() -> Result<()> {
    let file = file();
    fs::write(&file, listed(&parts()?)?).with_context(|| file.display().to_string())
}

/// Where the list is stale, and parts under a licence that nobody has agreed to.
pub fn breaches() -> Result<Vec<String>> {
    let parts = parts()?;
    let mut breaches: Vec<String> = parts
        .iter()
        .filter(|(name, _, licence)| !is_taken(licence) && !READ_BY_HAND.iter().any(|(it, _)| it == name))
        .map(|(name, version, licence)| {
            format!("{name} {version} is under {licence:?}: see xtask/src/licences.rs")
        })
        .collect();
    if fs::read_to_string(file()).unwrap_or_default() != listed(&parts)? {
        breaches.push("src-tauri/licences.json is stale: run cargo xtask licences".into());
    }
    breaches.extend(strays()?);
    Ok(breaches)
}

/// Whether a choice that the licence leaves needs only licences that are taken.
fn is_taken(licence: &str) -> bool {
    let taken = |wanted: &spdx::LicenseReq| TAKEN.contains(&wanted.to_string().as_str());
    spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX).is_ok_and(|parsed| parsed.evaluate(taken))
}

/// What is locked from elsewhere than the public registry, or without a checksum that says what it is.
fn strays() -> Result<Vec<String>> {
    const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let crates = fs::read_to_string(top().join("Cargo.lock"))?;
    let sources = crates.lines().filter(|line| line.starts_with("source = ") && *line != REGISTRY);
    let mut strays: Vec<String> = sources.map(|line| format!("Cargo.lock has {line}")).collect();
    for (path, package) in npm_lock()?["packages"].as_object().into_iter().flatten() {
        if !path.is_empty() && package["integrity"].is_null() {
            strays.push(format!("ui/package-lock.json has no checksum for {path}"));
        }
    }
    Ok(strays)
}

fn file() -> PathBuf {
    top().join("src-tauri/licences.json")
}

type Part = (String, String, String);

fn parts() -> Result<Vec<Part>> {
    let mut parts: Vec<Part> = BUNDLED
        .iter()
        .map(|(name, version, licence)| ((*name).into(), (*version).into(), (*licence).into()))
        .collect();
    parts.extend(crates()?);
    parts.extend(npm_packages()?);
    parts.sort();
    parts.dedup();
    Ok(parts)
}

fn listed(parts: &[Part]) -> Result<String> {
    let lines: Vec<Value> = parts
        .iter()
        .map(|(name, version, licence)| json!({ "name": name, "version": version, "licence": licence }))
        .collect();
    Ok(serde_json::to_string_pretty(&lines)? + "\n")
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or("not stated").to_owned()
}

fn crates() -> Result<Vec<(String, String, String)>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(top())
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("what cargo metadata says")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let foreign = packages.iter().filter(|package| !package["source"].is_null());
    Ok(foreign
        .map(|package| (text(package, "name"), text(package, "version"), text(package, "license")))
        .collect())
}

fn npm_lock() -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(top().join("ui/package-lock.json"))?)?)
}

/// What is shipped of npm: the packages that are not for development alone.
fn npm_packages() -> Result<Vec<(String, String, String)>> {
    let lock = npm_lock()?;
    let packages = lock["packages"].as_object().context("the lock of npm lists no packages")?;
    let shipped = packages.iter().filter(|(path, package)| !path.is_empty() && package["dev"] != json!(true));
    Ok(shipped
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path).to_owned();
            (name, text(package, "version"), text(package, "license"))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_taken_when_one_choice_of_its_licence_is() {
        for licence in ["MIT", "GPL-3.0-only OR MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert!(is_taken(licence), "{licence}");
        }
        for licence in ["GPL-3.0-only", "not stated", "MIT AND GPL-3.0-only", "(MIT OR ISC) AND GPL-3.0-only"]
        {
            assert!(!is_taken(licence), "{licence} is a question for a person");
        }
    }
}
