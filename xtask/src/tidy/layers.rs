//! Who may know whom: dependencies point one way.
use serde_json::Value;

use super::Source;

/// Which workspace crates each may depend on. A crate that is not here may depend on none.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("register", &[]),
    ("letters", &[]),
    ("casework", &["register", "letters"]),
    ("exchange", &["casework"]),
    ("vdesk", &["register", "casework", "exchange"]),
    ("voucher-desk", &["register", "casework", "exchange"]),
    // Tests and benches look at the product from outside, through any of its doors.
    ("journeys", &["register", "letters", "casework", "exchange", "voucher-desk", "benches", "faults"]),
    ("faults", &["register", "letters", "casework", "exchange"]),
    ("benches", &["register", "letters", "casework", "exchange"]),
    ("empty-window", &[]),
    ("xtask", &[]),
];

/// A name from outside that only some files may say.
struct Reserved {
    name: &'static str,
    /// How naming it looks in code.
    marks: &'static [&'static str],
    /// Where it is allowed: a folder ends in `/`, `**` stands for any folders between.
    allowed: &'static [&'static str],
}

const RESERVED: &[Reserved] = &[
    Reserved {
        name: "rusqlite",
        marks: &["rusqlite::", "use rusqlite", "rusqlite.workspace"],
        allowed: &[
            "crates/register/",
            "crates/casework/**/store.rs",
            "crates/casework/src/schema",
            "crates/casework/Cargo.toml",
            "benches/",
        ],
    },
    Reserved {
        name: "printpdf",
        marks: &["printpdf::", "use printpdf", "printpdf.workspace"],
        allowed: &["crates/letters/"],
    },
    Reserved {
        name: "tauri",
        marks: &["tauri::", "tauri.workspace"],
        allowed: &["src-tauri/", "benches/empty/"],
    },
    Reserved {
        name: "@tauri-apps",
        marks: &["from \"@tauri-apps", "from '@tauri-apps", "import(\"@tauri-apps"],
        // The bindings are generated, and only desk.ts may import them in turn.
        allowed: &["ui/src/lib/desk.ts", "ui/src/lib/bindings.ts"],
    },
    Reserved {
        name: "a custom property of an element",
        marks: &["style:--", "setProperty(\"--", "setProperty('--"],
        // The web view keeps a style of every element below one whose custom properties change, each time anew and for good.
        allowed: &["ui/src/styles/tokens.css"],
    },
    Reserved {
        name: "a setting of type outside the scale",
        marks: &["font-size:", "font-family:", "font-variant-numeric:", "var(--font)"],
        // The web view takes 3 ms to find the typeface of each that the first screen has.
        allowed: &["ui/src/styles/"],
    },
];

/// Workspace crates that depend upwards or sideways, from `cargo metadata`.
pub fn dependencies(metadata: &Value) -> Vec<String> {
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let members: Vec<&str> = packages().filter_map(|package| package["name"].as_str()).collect();
    let mut breaches = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        let allowed = MAY_DEPEND_ON.iter().find(|(it, _)| *it == name).map(|(_, allowed)| *allowed);
        if allowed.is_none() {
            breaches.push(format!("{name}: say in xtask/src/tidy/layers.rs what this crate may depend on"));
        }
        // A crate's tests may use what its product code may not.
        let used = package["dependencies"].as_array().into_iter().flatten();
        for used in used.filter(|it| it["kind"] != "dev").filter_map(|it| it["name"].as_str()) {
            if members.contains(&used) && !allowed.unwrap_or_default().contains(&used) {
                breaches.push(format!("{name} must not depend on {used}"));
            }
        }
    }
    breaches
}

/// Names in a file that its place forbids.
pub fn names_above_its_layer(source: &Source) -> Vec<String> {
    // The rules themselves name what they forbid; the workspace's manifest lists every crate.
    if source.path.starts_with("xtask/src/tidy/") || source.path == "Cargo.toml" {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    for reserved in RESERVED.iter().filter(|it| !it.allowed.iter().any(|at| stands_in(&source.path, at))) {
        for (number, line) in source.text.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            if !is_comment && reserved.marks.iter().any(|mark| says(line, mark)) {
                breaches.push(format!(
                    "{}:{}: {} is for {} alone",
                    source.path,
                    number + 1,
                    reserved.name,
                    reserved.allowed.join(", ")
                ));
            }
        }
    }
    breaches
}

/// The mark as a word of its own: `tauri::`, and not the end of `my_tauri::`.
fn says(line: &str, mark: &str) -> bool {
    line.match_indices(mark)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'))
}

fn stands_in(path: &str, place: &str) -> bool {
    match place.split_once("**") {
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => path.starts_with(place),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_dependency_that_points_upwards_is_found() {
        let metadata = json!({ "packages": [
            { "name": "register", "dependencies": [{ "name": "casework", "kind": null }] },
            { "name": "casework", "dependencies": [{ "name": "register", "kind": null }] },
        ] });
        assert_eq!(dependencies(&metadata), ["register must not depend on casework"]);
    }

    #[test]
    fn tests_may_use_more_and_unknown_crates_must_be_placed() {
        let metadata = json!({ "packages": [
            { "name": "letters", "dependencies": [{ "name": "register", "kind": "dev" }] },
            { "name": "register", "dependencies": [] },
            { "name": "newcomer", "dependencies": [] },
        ] });
        let breaches = dependencies(&metadata);
        assert_eq!(breaches.len(), 1, "{breaches:?}");
        assert!(breaches[0].starts_with("newcomer: "));
    }

    #[test]
    fn sql_stays_in_the_stores() {
        let bad = "use rusqlite::Connection;\n";
        let found = names_above_its_layer(&source("crates/casework/src/cases/rules.rs", bad));
        assert_eq!(found.len(), 1, "rules know no SQL: {found:?}");
        assert!(found[0].starts_with("crates/casework/src/cases/rules.rs:1: rusqlite"));
        for good in [
            "crates/casework/src/cases/store.rs",
            "crates/casework/src/schema/mod.rs",
            "crates/register/src/open.rs",
        ] {
            assert!(names_above_its_layer(&source(good, bad)).is_empty(), "{good} may");
        }
    }

    #[test]
    fn the_shell_and_the_window_have_one_door_each() {
        assert_eq!(names_above_its_layer(&source("crates/vdesk/src/main.rs", "tauri::Builder")).len(), 1);
        assert!(names_above_its_layer(&source("crates/vdesk/src/main.rs", "// not tauri::x")).is_empty());
        let import = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(names_above_its_layer(&source("ui/src/App.svelte", import)).len(), 1);
        assert!(names_above_its_layer(&source("ui/src/lib/desk.ts", import)).is_empty());
        for style in
            ["<div style:--columns={template}>", "  font-size: 1.3rem;", "font: 600 1.5rem/2rem var(--font);"]
        {
            assert_eq!(
                names_above_its_layer(&source("ui/src/parts/VirtualTable.svelte", style)).len(),
                1,
                "{style}"
            );
        }
        assert!(
            names_above_its_layer(&source("ui/src/parts/Button.svelte", "font: var(--head);")).is_empty()
        );
    }
}
