//! An auditor without the program: the very script that stands in docs/proof.md, on what `vdesk export` wrote.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod office;

use std::{fs, path::Path, process::Command};

use office::{FORMS, Office};
use serde_json::{Value, json};

const DOCS: &str = include_str!("../../../docs/proof.md");

/// A register after an import, two decisions and a letter; its journal, and the auditor's script beside it.
struct Audit {
    office: Office,
    journal: Vec<String>,
    head: String,
    letter: String,
}

/// How an audit ended, and what it said.
struct Found {
    sound: bool,
    said: String,
}

impl Audit {
    fn new() -> Audit {
        let office = Office::new();
        office.imports(FORMS);
        office.says(&["decide", "@", "WMIV-2026-0001", "award"]);
        office.says(&["decide", "@", "WMIV-2026-0016", "reject", "--reason", "low_innovation"]);
        let letters = office.says(&["letters", "@", "--kind", "award", "stage:offered", "--out", "OUT"]);
        let letter = letters["issued"][0]["file"].as_str().unwrap().to_owned();
        let head = office.says(&["verify", "@"])["head"].as_str().unwrap().to_owned();
        let mut audit = Audit { office, journal: Vec::new(), head, letter };
        audit.journal = audit.exported(&[]);
        let script = DOCS.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        fs::write(audit.file("audit.py"), script).unwrap();
        audit
    }

    fn file(&self, name: &str) -> String {
        self.office.folder.path().join(name).display().to_string()
    }

    fn exported(&self, options: &[&str]) -> Vec<String> {
        let out = self.file("exported.jsonl");
        self.office.says(&[&["export", "@", "--format", "journal", "--out", &out], options].concat());
        fs::read_to_string(out).unwrap().lines().map(str::to_owned).collect()
    }

    /// Runs the script with nothing but Python's own library.
    fn of(&self, journal: &[String], and: &[&str]) -> Found {
        let file = self.file("journal.jsonl");
        fs::write(&file, journal.join("\n") + "\n").unwrap();
        let output = Command::new("python3")
            .args(["-I", "-S", &self.file("audit.py"), &file])
            .args(and)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        Found { sound: output.status.success(), said }
    }

    /// The journal with one of its lines changed.
    fn with(&self, line: usize, change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut journal = self.journal.clone();
        let mut value = serde_json::from_str(&journal[line]).unwrap();
        change(&mut value);
        journal[line] = value.to_string();
        journal
    }

    fn finds(&self, journal: &[String], fault: &str) {
        let found = self.of(journal, &[]);
        assert!(!found.sound && found.said.contains(fault), "{fault} should be found, but: {}", found.said);
    }

    /// The line of the import, which brought businesses and people.
    fn import(&self) -> usize {
        self.journal.iter().position(|line| line.contains("Imported 57 applications")).unwrap()
    }

    fn last(&self) -> usize {
        self.journal.len() - 1
    }
}

/// The record of this table in the import, with personal values.
fn of_table<'a>(line: &'a mut Value, table: &str) -> &'a mut Value {
    let records = line["records"].as_array_mut().unwrap();
    let is_wanted = |record: &Value| {
        record["plain"].as_str().unwrap().contains(&format!("\"table\":\"{table}\""))
            && !record["personal"].is_null()
    };
    records.iter_mut().find(|record| is_wanted(record)).unwrap()
}

fn text_changed(value: &mut Value, from: &str, to: &str) {
    let text = value.as_str().unwrap();
    assert!(text.contains(from), "{from} stands in {text}");
    *value = json!(text.replacen(from, to, 1));
}

#[test]
fn an_auditor_without_the_program_recomputes_the_chain_and_knows_a_letter_by_its_fingerprint() {
    let audit = Audit::new();
    let found = audit.of(&audit.journal, &[&audit.head, &audit.letter]);
    assert!(found.sound, "{}", found.said);
    assert!(found.said.contains(&format!("head {}", audit.head)), "{}", found.said);
    assert!(found.said.contains("WMIV-2026-0001/L01"), "{}", found.said);
    let changed = Path::new(&audit.letter).with_file_name("changed.pdf").display().to_string();
    let mut pdf = fs::read(&audit.letter).unwrap();
    *pdf.last_mut().unwrap() ^= 1;
    fs::write(&changed, pdf).unwrap();
    let found = audit.of(&audit.journal, &[&changed]);
    assert!(!found.sound && found.said.contains("not a letter that the journal knows"), "{}", found.said);
}

#[test]
fn without_personal_values_the_chain_is_the_same_and_the_file_names_nobody() {
    let audit = Audit::new();
    let bare = audit.exported(&["--without-personal"]);
    let found = audit.of(&bare, &[&audit.head]);
    assert!(found.sound && found.said.contains(&audit.head), "{}", found.said);
    assert!(bare.iter().all(|line| !line.contains("salt")), "no personal text is left");
    let mut import = serde_json::from_str(&audit.journal[audit.import()]).unwrap();
    let person: Value =
        serde_json::from_str(of_table(&mut import, "people")["personal"].as_str().unwrap()).unwrap();
    let email = person["fields"].as_array().unwrap().iter().find(|field| field[0] == "email").unwrap()[2]
        .as_str()
        .unwrap();
    assert!(audit.journal.iter().any(|line| line.contains(email)), "it is there where it is stated");
    assert!(bare.iter().all(|line| !line.contains(email)), "{email} should not be in the file");
}

#[test]
fn a_changed_value_is_found() {
    let audit = Audit::new();
    let import = audit.import();
    let plain = audit.with(import, |line| {
        text_changed(
            &mut of_table(line, "people")["plain"],
            "\"source\",null,\"import\"",
            "\"source\",null,\"window\"",
        );
    });
    audit.finds(&plain, "a record of people was changed");
    let personal = audit.with(import, |line| {
        text_changed(&mut of_table(line, "people")["personal"], "@", "@another.");
    });
    audit.finds(&personal, "personal values of people were changed");
    let digests = audit.with(import, |line| {
        let record = of_table(line, "people");
        record["personal"] = Value::Null;
        record["digests"][1] = json!("00".repeat(32));
    });
    audit.finds(&digests, "was changed");
    let label =
        audit.with(audit.last(), |line| text_changed(&mut line["entry"], "\"label\":\"", "\"label\":\"Not "));
    audit.finds(&label, &format!("entry {} was changed", audit.last()));
    let who = audit.with(2, |line| text_changed(&mut line["entry"], "Ada Manager", "Eve Manager"));
    audit.finds(&who, "entry 2 was changed");
}

#[test]
fn what_was_erased_is_in_no_line_and_the_chain_holds_with_the_head_that_was_noted_before() {
    let audit = Audit::new();
    audit.office.says(&["decide", "@", "WMIV-2026-0006", "reject", "--reason", "low_innovation"]);
    let shown = audit.office.says(&["show", "@", "WMIV-2026-0006"]);
    let email = shown["people"][0]["email"].as_str().unwrap_or_else(|| panic!("{shown}"));
    audit.office.says(&["erase", "@", email, "--reason", "asked for on 3 December"]);
    let journal = audit.exported(&[]);
    let found = audit.of(&journal, &[&audit.head]);
    assert!(found.sound && found.said.contains("erased"), "{}", found.said);
    assert!(audit.journal.iter().any(|line| line.contains(email)), "it was there before");
    assert!(journal.iter().all(|line| !line.contains(email)), "{email} should not be in the file");
}

#[test]
fn personal_values_that_nobody_erased_are_missed() {
    let audit = Audit::new();
    let journal = audit.with(audit.import(), |line| of_table(line, "people")["personal"] = Value::Null);
    audit.finds(&journal, "personal values of people are missing that nobody erased");
}

#[test]
fn a_dropped_added_or_moved_entry_is_found() {
    let audit = Audit::new();
    let mut dropped = audit.journal.clone();
    dropped.remove(3);
    audit.finds(&dropped, "entry 4 does not follow the one before it");
    let mut added = audit.journal.clone();
    added.insert(4, added[3].clone());
    audit.finds(&added, "entry 3 does not follow the one before it");
    let mut moved = audit.journal.clone();
    moved.swap(2, 3);
    audit.finds(&moved, "entry 3 does not follow the one before it");
    let mut record_dropped = audit.journal.clone();
    record_dropped = {
        let mut line: Value = serde_json::from_str(&record_dropped[audit.import()]).unwrap();
        line["records"].as_array_mut().unwrap().pop();
        record_dropped[audit.import()] = line.to_string();
        record_dropped
    };
    audit.finds(&record_dropped, &format!("entry {} was changed", audit.import()));
}

#[test]
fn an_end_that_was_cut_off_is_found_by_the_count_or_by_a_head_noted_elsewhere() {
    let audit = Audit::new();
    let mut cut = audit.journal.clone();
    let last: Value = serde_json::from_str(&cut.pop().unwrap()).unwrap();
    audit.finds(
        &cut,
        &format!("the file states {} entries, but {} stand in it", audit.last(), audit.last() - 1),
    );
    let mut opening: Value = serde_json::from_str(&cut[0]).unwrap();
    opening["entries"] = json!(audit.last() - 1);
    opening["head"] = last["prev"].clone();
    cut[0] = opening.to_string();
    assert!(audit.of(&cut, &[]).sound, "a chain cut with care is sound in itself");
    let found = audit.of(&cut, &[&audit.head]);
    assert!(!found.sound && found.said.contains("is not in this chain"), "{}", found.said);
}
