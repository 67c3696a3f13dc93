//! A whole round without a window: two files in, decisions, letters, undo, redo, proof.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod office;

use std::{collections::BTreeMap, process::Command};

use office::{FORMS, Office, PARTNER, sample};
use serde_json::Value;

fn by_reason(import: &Value, state: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let weight = if state == "refused" { "block" } else { "warn" };
    for verdict in import["verdicts"].as_array().unwrap().iter().filter(|verdict| verdict["state"] == state) {
        for finding in
            verdict["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == weight)
        {
            *counts.entry(finding["rule"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn the_forms_workbook_is_taken_row_by_row_and_nothing_is_taken_twice() {
    let office = Office::new();
    let first = office.imports(FORMS);
    assert_eq!(
        (&first["rows"], &first["ready"], &first["warned"], &first["refused"], &first["already_held"]),
        (&63.into(), &16.into(), &41.into(), &3.into(), &3.into())
    );
    assert_eq!(
        by_reason(&first, "refused"),
        BTreeMap::from([("IMP-03".into(), 2), ("IMP-07".into(), 1)]),
        "5k twice, “Ltd” once"
    );
    println!("{:#?}", by_reason(&first, "warned"));
    let again = office.imports(FORMS);
    assert_eq!(
        (&again["entry"], &again["already_held"]),
        (&Value::Null, &60.into()),
        "57 held, and the three that were held in the file"
    );
    let partner = office.imports(PARTNER);
    assert_eq!(
        (&partner["already_held"], &partner["refused"]),
        (&40.into(), &2.into()),
        "the partner sends the same applications"
    );
    assert_eq!(office.says(&["cases", "@"]).as_array().unwrap().len(), 57);
}

#[test]
fn the_partners_file_alone_is_taken_with_its_lost_characters_said() {
    let office = Office::new();
    let import = office.imports(PARTNER);
    println!(
        "{:#?}",
        (
            &import["ready"],
            &import["warned"],
            &import["refused"],
            &import["already_held"],
            by_reason(&import, "warned")
        )
    );
    let sum: i64 = ["ready", "warned", "refused", "already_held"]
        .iter()
        .map(|state| import[*state].as_i64().unwrap())
        .sum();
    assert_eq!(sum, 42, "every row has a verdict");
    let lost = import["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|verdict| verdict["business"] == "Ff?l Cymru Cyf")
        .unwrap();
    assert_eq!(lost["state"], "warned", "ŵ was lost before the file came");
    let again = office.imports(PARTNER);
    assert_eq!(again["entry"], Value::Null);
}

#[test]
fn a_dry_run_changes_nothing_and_gives_no_reference() {
    let office = Office::new();
    let dry =
        office.says(&["import", "@", sample(FORMS).to_str().unwrap(), "--programme", "WMIV", "--dry-run"]);
    assert_eq!(dry["entry"], Value::Null);
    assert!(dry["verdicts"].as_array().unwrap().iter().all(|verdict| {
        verdict.get("reference").is_none_or(|held| held.as_str().unwrap().starts_with("row"))
    }));
    assert!(office.says(&["cases", "@"]).as_array().unwrap().is_empty());
}

#[test]
fn a_round_is_decided_its_letters_made_undone_and_done_again_and_the_chain_holds() {
    let office = Office::new();
    let import = office.imports(FORMS)["entry"].to_string();
    let offered = office.says(&["decide", "@", "WMIV-2026-0001", "award"]);
    assert_eq!(offered["stage"], "offered");
    let refused =
        office.refuses(&["decide", "@", "WMIV-2026-0010", "award", "--reason", "They asked nicely."]);
    assert_eq!(refused["entry"], Value::Null);
    let blocks: Vec<&Value> = refused["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "block")
        .map(|finding| &finding["rule"])
        .collect();
    assert_eq!(
        blocks,
        ["R-01", "declaration"],
        "over the subsidy limit, and no declaration: no reason lifts a block"
    );
    office.refuses(&["decide", "@", "WMIV-2026-0002", "award"]);
    office.says(&["decide", "@", "WMIV-2026-0002", "award", "--reason", "Two people, seen on a visit."]);
    office.says(&[
        "decide",
        "@",
        "WMIV-2026-0016",
        "reject",
        "--reason",
        "low_innovation",
        "--feedback",
        "The plan was clear.",
    ]);
    let letters = office.says(&["letters", "@", "--kind", "award", "stage:offered", "--out", "OUT"]);
    let issued = letters["issued"].as_array().unwrap();
    assert_eq!(issued.len(), 2);
    assert_eq!(issued[0]["number"], "WMIV-2026-0001/L01");
    let count = |answer: &Value| answer["issued"].as_array().unwrap().len();
    for query in ["stage:offered", ""] {
        let twice = office.says(&["letters", "@", "--kind", "award", query, "--out", "OUT"]);
        assert_eq!(
            (count(&twice), twice["refused"].as_array().unwrap().len()),
            (0, 0),
            "nobody gets a letter twice"
        );
    }
    let again =
        office.says(&["letters", "@", "--kind", "award", "WMIV-2026-0001", "--again", "--out", "OUT"]);
    assert_eq!((count(&again), &again["issued"][0]["number"]), (1, &"WMIV-2026-0001/L02".into()));
    let pdf = std::fs::read(issued[0]["file"].as_str().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let shown = office.says(&["show", "@", "WMIV-2026-0001"]);
    assert_eq!((&shown["stage"], &shown["letters"][1]["sha256"]), (&"offered".into(), &issued[0]["sha256"]));
    let undone = office.says(&["undo", "@", &import]);
    assert_eq!(undone["undone"]["entry"].to_string(), import);
    assert!(!undone["also"].as_array().unwrap().is_empty(), "decisions and letters rest on the import");
    assert!(office.says(&["cases", "@"]).as_array().unwrap().is_empty());
    office.says(&["redo", "@"]);
    assert_eq!(office.says(&["show", "@", "WMIV-2026-0001"])["stage"], "offered");
    let history = office.says(&["history", "@", "WMIV-2026-0001"]);
    assert!(history.as_array().unwrap().iter().any(|line| line["label"] == "Awarded WMIV-2026-0001"));
    let proof = office.says(&["verify", "@"]);
    assert_eq!(proof["sound"], true, "{proof}");
    office.says(&["backup", "@"]);
}

#[test]
fn wrong_usage_ends_with_2_and_a_wrong_passphrase_says_no_more_than_that() {
    let office = Office::new();
    let usage = Command::new(env!("CARGO_BIN_EXE_vdesk")).arg("decide").output().unwrap();
    assert_eq!(usage.status.code(), Some(2));
    let wrong = Command::new(env!("CARGO_BIN_EXE_vdesk"))
        .args(["cases", office.folder.path().join("office.vdesk").to_str().unwrap()])
        .env("VDESK_PASSPHRASE", "not the passphrase")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("do not open the register") && !said.contains("test"), "{said}");
}

#[test]
fn a_damaged_register_says_so_and_is_restored_from_the_last_good_backup_without_naming_it() {
    let office = Office::new();
    office.imports(FORMS);
    let held = office.says(&["cases", "@"]);
    let database = office.folder.path().join("office.vdesk/register.db");
    for lost in [&b"not a database"[..], b""] {
        std::fs::write(&database, lost).unwrap();
        let problem = office.refuses(&["cases", "@"])["problem"].clone();
        assert_eq!(problem["code"], "damaged");
        assert!(problem["fix"].as_str().unwrap().contains("vdesk restore"), "{problem}");
        office.says(&["restore", "@"]);
        assert_eq!(office.says(&["cases", "@"]), held);
        assert_eq!(office.says(&["verify", "@"])["sound"], true);
    }
}
