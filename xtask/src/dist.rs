//! `cargo xtask dist`: packages for Debian and Fedora with both programs.
use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::{
    chores::build_screens,
    packages::{self, Consent, Purpose},
    steps::{Steps, cargo, npm, on_path, program, read, run, target, top},
};

/// The bundler, where the screens' own dependencies do not bring it.
const BUNDLER: &str = "@tauri-apps/cli@2.12";

/// Builds both programs for release, packs them, and looks into the packages.
pub fn dist(consent: Consent) -> Result<()> {
    let mut steps = Steps::new();
    steps.take("system packages", || packages::ensure(Purpose::BuildWindow, consent))?;
    build_screens(&mut steps)?;
    steps.take("programs, optimised", || {
        run(cargo(&["build", "--release", "--package", "vdesk", "--package", "voucher-desk"]))
    })?;
    steps.take("packages", bundle)?;
    steps.take("what is in them", || {
        for ending in ["deb", "rpm"] {
            let package = newest(ending)?;
            inspect(&package, ending)?;
        }
        Ok(())
    })?;
    steps.report();
    Ok(())
}

fn bundle() -> Result<()> {
    // `bundle` packs what is built; `build` would build again, with features of its own.
    // The second program is named here, because only here is it known where cargo put it.
    let vdesk = json!({ "/usr/bin/vdesk": target().join("release/vdesk") });
    let linux = json!({ "deb": { "files": vdesk }, "rpm": { "files": vdesk } });
    let settings = json!({ "bundle": { "linux": linux } }).to_string();
    let words = ["bundle", "--bundles", "deb,rpm", "--ci", "--config", &settings];
    let mut command = if top().join("ui/node_modules/.bin/tauri").exists() {
        npm(&[&["exec", "--", "tauri"], words.as_slice()].concat())
    } else {
        npm(&[&["exec", "--yes", "--package", BUNDLER, "--", "tauri"], words.as_slice()].concat())
    };
    // The bundler looks for the shell below the folder it starts in.
    command.env("TAURI_APP_PATH", top().join("src-tauri"));
    run(command)
}

/// A package that lacks one of these would install and disappoint. (dpkg-deb lists paths without the first stroke.)
const MUST_HOLD: &[&str] = &[
    "usr/bin/voucher-desk",
    "usr/bin/vdesk",
    "usr/share/mime/packages/voucher-desk.xml",
    ".desktop",
    "usr/share/icons/hicolor/128x128/apps/voucher-desk.png",
];

fn inspect(package: &Path, ending: &str) -> Result<()> {
    let tool = if ending == "deb" { "dpkg-deb" } else { "rpm" };
    if !on_path(tool) {
        println!("not looked into, since {tool} is not here:");
        return Ok(());
    }
    let option = if ending == "deb" { "-c" } else { "-qpl" };
    let list = read(program(tool, &[option.as_ref(), package.as_os_str()]))?;
    println!("{:.1} MB  {}", package.metadata()?.len() as f64 / 1e6, package.display());
    if ending == "deb" {
        weigh(&list);
    }
    for path in MUST_HOLD {
        ensure!(list.contains(path), "{} holds no {path}:\n{list}", package.display());
    }
    Ok(())
}

/// Prints what makes a package its size: its files from 0.1 MB up, unpacked.
fn weigh(list: &str) {
    for line in list.lines() {
        let mut words = line.split_whitespace();
        let bytes = words.nth(2).and_then(|size| size.parse::<f64>().ok()).unwrap_or_default();
        if bytes >= 1e5 {
            println!("  {:>6.1} MB  {}", bytes / 1e6, words.next_back().unwrap_or_default());
        }
    }
}

fn newest(ending: &str) -> Result<PathBuf> {
    let folder = target().join("release/bundle").join(ending);
    let list = fs::read_dir(&folder).with_context(|| format!("nothing in {}", folder.display()))?;
    let packages = list.filter_map(|entry| Some(entry.ok()?.path()));
    let packages = packages.filter(|path| path.extension().is_some_and(|it| it == ending));
    let newest = packages.max_by_key(|path| path.metadata().and_then(|it| it.modified()).ok());
    match newest {
        Some(package) => Ok(package),
        None => bail!("no .{ending} in {}", folder.display()),
    }
}
