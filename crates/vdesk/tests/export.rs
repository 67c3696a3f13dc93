//! `vdesk export`: files for others, and never one in the place of a register's own.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use std::fs;

use office::{FORMS, Office};

const KINDS: [&str; 3] = ["csv", "xlsx", "journal"];

#[test]
fn the_list_that_a_query_finds_is_saved_as_it_is_shown() {
    let office = Office::new();
    office.imports(FORMS);
    let out = office.folder.path().join("list.csv");
    let said = office.says(&["export", "@", "--format", "csv", "testing", "--out", out.to_str().unwrap()]);
    let shown = office.says(&["cases", "@", "testing"]).as_array().unwrap().len();
    assert!(shown > 0 && said["cases"] == shown, "{said}");
    let list = fs::read_to_string(&out).unwrap();
    let mut rows = list.lines();
    assert_eq!(
        rows.next().unwrap(),
        "\u{feff}\"Case\",\"Kind\",\"Programme\",\"Round\",\"Stage\",\"Business\",\"Project\",\"Received\",\"Asked\",\"Awarded\",\"Due\""
    );
    assert_eq!(rows.count(), shown);
}

#[test]
fn no_export_is_written_over_a_file_of_a_register() {
    let office = Office::new();
    let register = office.folder.path().join("office.vdesk");
    let held = |file: &str| fs::read(register.join(file)).unwrap();
    let before = held("keys.json");
    for format in KINDS {
        for name in ["keys.json", "register.db", "backups/../list", "new"] {
            let out = register.join(name);
            let said = office.refuses(&["export", "@", "--format", format, "--out", out.to_str().unwrap()]);
            assert!(said.to_string().contains("is the folder of a register"), "{format} {name}: {said}");
        }
    }
    assert_eq!(held("keys.json"), before);
    assert_eq!(office.says(&["verify", "@"])["sound"], true);
}

#[test]
fn the_journal_is_exported_whole_or_not_at_all() {
    let office = Office::new();
    let out = office.folder.path().join("journal.jsonl");
    let said = office.refuses(&[
        "export",
        "@",
        "--format",
        "journal",
        "stage:offered",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(said.to_string().contains("exported whole"), "{said}");
    assert!(!out.exists());
}
