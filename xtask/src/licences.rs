//! The list of parts and their licences that the program shows under Settings, About.
use std::{fs, process::Command};

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

/// Writes `src-tauri/licences.json` from what Cargo and npm have locked.
pub fn write() -> Result<()> {
    let mut parts: Vec<(String, String, String)> = BUNDLED
        .iter()
        .map(|(name, version, licence)| ((*name).into(), (*version).into(), (*licence).into()))
        .collect();
    parts.extend(crates()?);
    parts.extend(npm_packages()?);
    parts.sort();
    parts.dedup();
    let lines: Vec<Value> = parts
        .iter()
        .map(|(name, version, licence)| json!({ "name": name, "version": version, "licence": licence }))
        .collect();
    let file = top().join("src-tauri/licences.json");
    fs::write(&file, serde_json::to_string_pretty(&lines)? + "\n").with_context(|| file.display().to_string())
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

/// What is shipped of npm: the packages that are not for development alone.
fn npm_packages() -> Result<Vec<(String, String, String)>> {
    let lock: Value = serde_json::from_str(&fs::read_to_string(top().join("ui/package-lock.json"))?)?;
    let packages = lock["packages"].as_object().context("the lock of npm lists no packages")?;
    let shipped = packages.iter().filter(|(path, package)| !path.is_empty() && package["dev"] != json!(true));
    Ok(shipped
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path).to_owned();
            (name, text(package, "version"), text(package, "license"))
        })
        .collect())
}
