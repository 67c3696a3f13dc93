//! `cargo xtask tidy`: the house rules that no compiler knows.
mod advisories;
mod layers;
mod names;
mod sizes;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::licences;
use crate::steps::{cargo, program, read, top};

/// A file of the repository.
pub struct Source {
    /// Its path from the top, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Checks every house rule and prints each breach.
pub fn tidy() -> Result<()> {
    let sources = sources()?;
    let metadata =
        read(cargo(&["metadata", "--format-version", "1", "--no-deps"])).context("the dependencies")?;
    let mut breaches = layers::dependencies(&serde_json::from_str(&metadata)?);
    for source in &sources {
        breaches.extend(layers::names_above_its_layer(source));
        breaches.extend(names::banned(source));
        breaches.extend(sizes::too_long(source));
    }
    breaches.extend(sizes::needless(&sources));
    breaches.extend(licences::breaches()?);
    breaches.extend(advisories::breaches()?);
    if breaches.is_empty() {
        println!("{} files keep the house rules", sources.len());
        return Ok(());
    }
    breaches.iter().for_each(|breach| println!("{breach}"));
    bail!("{} breaches of the house rules", breaches.len())
}

/// Every text file that git knows or would take.
fn sources() -> Result<Vec<Source>> {
    let list = read(program("git", &["ls-files", "--cached", "--others", "--exclude-standard", "-z"]))?;
    let mut sources = Vec::new();
    for path in list.split('\0').filter(|path| is_source(path)) {
        // Deleted, and not yet committed so.
        if top().join(path).exists() {
            let text = fs::read_to_string(top().join(path)).with_context(|| path.to_owned())?;
            sources.push(Source { path: path.to_owned(), text });
        }
    }
    Ok(sources)
}

fn is_source(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|it| it.to_str()).unwrap_or_default();
    ["rs", "svelte", "ts", "js", "sql", "css", "toml"].contains(&ending)
}
