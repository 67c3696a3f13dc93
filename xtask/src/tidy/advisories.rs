//! Known weaknesses of the parts that others made, as `cargo deny` and `npm audit` tell of them.
use anyhow::{Context, Result};
use serde_json::Value;

use crate::steps::{cargo, npm, on_path};

/// Weaknesses of npm's parts that cannot be met here, by their address, each with its reason.
const BORNE: [(&str, &str); 0] = [];

/// Weaknesses that are known today. Where nobody can be asked, that is said, and nothing else is held up: the parts are the
/// same as before.
pub fn breaches() -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    // npm answers an unreachable registry in JSON too. It would try for minutes.
    let mut audit =
        npm(&["audit", "--json", "--package-lock-only", "--fetch-retries=0", "--fetch-timeout=20000"]);
    match audit.output().ok().and_then(|answer| weaknesses(&answer.stdout)) {
        Some(found) => breaches.extend(found),
        None => println!("not asked: npm audit, whose registry cannot be reached from here"),
    }
    if !on_path("cargo-deny") {
        println!("not asked: cargo deny, which is not installed (cargo install cargo-deny)");
    } else if !deny(&["fetch", "db"])? {
        println!("not asked: cargo deny, whose database of advisories cannot be reached from here");
    } else if !deny(&["--offline", "check", "advisories"])? {
        breaches.push("Cargo.lock has crates with known weaknesses: see above, and .cargo/deny.toml".into());
    }
    Ok(breaches)
}

/// Whether `cargo deny` is content.
fn deny(words: &[&str]) -> Result<bool> {
    let mut command = cargo(&["deny", "--log-level", "off", "--all-features"]);
    Ok(command.args(words).status().context("cargo deny did not start")?.success())
}

/// What `npm audit --json` found; nothing where it was not answered.
fn weaknesses(answer: &[u8]) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let mut found = Vec::new();
    for (name, part) in answer["vulnerabilities"].as_object()? {
        // A part is listed by name alone for what it rests on.
        for weakness in part["via"].as_array().into_iter().flatten().filter(|via| via.is_object()) {
            let says = |word: &str| weakness[word].as_str().unwrap_or("unknown").to_owned();
            if BORNE.iter().all(|(url, _)| *url != says("url")) {
                found.push(format!(
                    "npm’s {name} {} has a known weakness ({}): {}, {}",
                    says("range"),
                    says("severity"),
                    says("title"),
                    says("url")
                ));
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_with_a_known_weakness_is_named_and_what_rests_on_it_is_not() {
        let answer = br#"{ "auditReportVersion": 2, "vulnerabilities": {
            "left": { "via": [{ "title": "Reads too far", "severity": "high", "range": "<1.2.3", "url": "https://example.org/1" }] },
            "right": { "via": ["left"] } } }"#;
        assert_eq!(
            weaknesses(answer).unwrap(),
            ["npm’s left <1.2.3 has a known weakness (high): Reads too far, https://example.org/1"]
        );
    }

    #[test]
    fn parts_without_one_pass() {
        assert_eq!(weaknesses(br#"{ "auditReportVersion": 2, "vulnerabilities": {} }"#), Some(Vec::new()));
    }

    #[test]
    fn a_registry_that_does_not_answer_says_nothing_of_the_parts() {
        assert_eq!(weaknesses(br#"{ "message": "405 Method Not Allowed", "statusCode": 405 }"#), None);
        assert_eq!(weaknesses(b""), None);
    }
}
