//! A page that was tampered with calls the commands itself, past every screen: each call that a rule forbids is refused.
use journeys::Desk;
use serde_json::{Value, json};

const INVOKE: &str = "const [command, given, answer] = arguments;
    window.__TAURI_INTERNALS__.invoke(command, given).then(
        (done) => answer({ done }),
        (refused) => answer({ refused }),
    );";

fn calls(desk: &Desk, command: &str, given: Value) -> Value {
    desk.script_until_called(INVOKE, json!([command, given]))
}

#[track_caller]
fn gets(desk: &Desk, command: &str, given: Value) -> Value {
    let answer = calls(desk, command, given);
    assert!(answer.get("refused").is_none(), "{command}: {answer}");
    answer["done"].clone()
}

/// The refusal is a problem of this kind, or, where none is named, the shell's own word.
#[track_caller]
fn is_refused(desk: &Desk, command: &str, given: Value, code: &str, words: &str) {
    let answer = calls(desk, command, given.clone());
    let refused = answer.get("refused").unwrap_or_else(|| panic!("{command} {given}: {answer}"));
    assert_eq!(refused["code"].as_str().unwrap_or_default(), code, "{command} {given}: {refused}");
    assert!(refused.to_string().contains(words), "{command} {given}: {refused}");
}

fn newest_entry(desk: &Desk) -> Value {
    gets(desk, "journal", json!({ "before": null, "limit": 1 }))[0]["entry"].clone()
}

/// The officer at the desk goes on in another role.
fn becomes(desk: &Desk, role: &str) -> String {
    let name = gets(desk, "desk_state", json!({}))["officer"].clone();
    let officers = gets(desk, "officers", json!({}));
    let own = officers.as_array().unwrap().iter().find(|officer| officer["name"] == name).unwrap();
    gets(desk, "save", json!({ "noun": "officer", "id": own["id"], "values": { "role": role } }));
    own["id"].as_str().unwrap().to_owned()
}

fn first_of(desk: &Desk, query: &str) -> Value {
    gets(desk, "case_ids", json!({ "text": query }))[0].clone()
}

fn award(case: &Value, amount: &str) -> Value {
    let cases =
        json!([{ "id": case, "amount": amount, "accepted": [{ "rule": "R-40", "reason": "Please." }] }]);
    json!({ "input": { "outcome": "award", "cases": cases, "reasons": [], "feedback": "", "note": "" } })
}

#[test]
fn a_tampered_page_reaches_no_other_command_no_other_stage_amount_or_record_and_no_file_of_a_register() {
    let desk = Desk::practice();
    desk.sees("Today");
    let before = newest_entry(&desk);
    let case = first_of(&desk, "kind:voucher stage:submitted");
    for command in ["delete_everything", "plugin:shell|execute", "plugin:fs|read_file", "plugin:window|close"]
    {
        is_refused(&desk, command, json!({ "path": "/etc/passwd", "label": "main" }), "", "not ");
    }
    for (to, code, words) in
        [("paid", "refused", "cannot follow"), ("'; DROP TABLE cases; --", "invalid", "no stage")]
    {
        let given = json!({ "id": case, "to": to, "fill": {}, "note": null });
        is_refused(&desk, "move_case", given, code, words);
    }
    for field in ["stage", "reference", "id", "name = 'x' --"] {
        let given = json!({ "id": case, "field": field, "value": "paid" });
        is_refused(&desk, "edit_case", given, "invalid", "no field");
        let given = json!({ "id": case, "to": "withdrawn", "fill": { field: "paid" }, "note": null });
        is_refused(&desk, "move_case", given, "invalid", "no field");
    }
    for amount in ["1000000", "-1", "92233720368547758.07"] {
        let answer = calls(&desk, "decide", award(&case, amount));
        let decided = &answer["done"];
        assert!(decided["entry"].is_null() && decided["decided"] != json!([case]), "{amount}: {answer}");
        let saved = json!({ "noun": "voucher", "id": case, "values": { "asked": format!("-{amount}") } });
        is_refused(&desk, "save", saved, "invalid", "asked");
    }
    let programme = &gets(&desk, "programmes", json!({}))[0]["id"];
    for (command, id, code) in [
        ("case_record", programme, "not_found"),
        ("person_record", &case, "not_found"),
        ("organisation_record", &case, "not_found"),
        ("letter_pdf", &case, "not_found"),
        ("case_record", &json!("../../etc/passwd"), ""),
        ("case_record", &json!("' OR 1=1 --"), ""),
    ] {
        is_refused(&desk, command, json!({ "id": id }), code, "");
    }
    is_refused(
        &desk,
        "save",
        json!({ "noun": "placement", "id": case, "values": { "title": "Mine" } }),
        "not_found",
        "",
    );
    is_refused(&desk, "import_commit", json!({ "session": "another's" }), "not_found", "");

    let folder = gets(&desk, "desk_state", json!({}))["folder"].as_str().unwrap().to_owned();
    let all = json!({ "text": "", "sort": "reference", "descending": false, "offset": 0, "limit": 0 });
    for path in [
        format!("{folder}/keys.json"),
        format!("{folder}/register.db"),
        format!("{folder}/backups/../cases.csv"),
        "cases.csv".to_owned(),
        String::new(),
    ] {
        is_refused(&desk, "export_cases", json!({ "query": all, "path": path }), "invalid", "");
    }
    let again = json!({ "folder": folder, "office_name": "Mine", "officer_name": "Me", "passphrase": "seven quiet foxes" });
    is_refused(&desk, "create_register", json!({ "input": again }), "file", "");
    assert_eq!(newest_entry(&desk), before, "the journal has no new entry");
    assert_eq!(gets(&desk, "verify", json!({}))["sound"], true);
    let other = json!({ "folder": folder, "officer": "Somebody Else", "passphrase": "practice office" });
    is_refused(&desk, "open_register", other, "wrong_passphrase", "");
}

#[test]
fn a_tampered_page_gives_nobody_another_role_or_limit() {
    let desk = Desk::practice();
    desk.sees("Today");
    let own = becomes(&desk, "officer");
    let before = newest_entry(&desk);
    let programme = gets(&desk, "programmes", json!({}))[0]["id"].clone();
    let newcomer = json!({ "name": "Eve (test)", "role": "manager" });
    for (command, given) in [
        ("set_approval_limit", json!({ "programmeId": programme, "role": "officer", "amount": "9000.00" })),
        ("add_officer", json!({ "values": newcomer, "passphrase": "seven quiet foxes" })),
        ("remove_officer", json!({ "id": own })),
        ("save", json!({ "noun": "officer", "id": null, "values": newcomer })),
        ("save", json!({ "noun": "officer", "id": own, "values": { "role": "manager" } })),
        ("undo", json!({ "entry": before })),
    ] {
        is_refused(&desk, command, given, "refused", "may not");
    }
    assert_eq!(newest_entry(&desk), before, "the journal has no new entry");
}

#[test]
fn a_tampered_page_of_an_auditor_changes_nothing() {
    let desk = Desk::practice();
    desk.sees("Today");
    let case = first_of(&desk, "kind:voucher stage:submitted");
    becomes(&desk, "auditor");
    let before = newest_entry(&desk);
    for (command, given) in [
        ("save", json!({ "noun": "voucher", "id": case, "values": { "title": "Mine" } })),
        ("edit_case", json!({ "id": case, "field": "title", "value": "Mine" })),
        ("move_case", json!({ "id": case, "to": "withdrawn", "fill": {}, "note": null })),
        ("decide", award(&case, "1000.00")),
        ("undo", json!({ "entry": before })),
        ("restore", json!({ "file": "../../register.db", "passphrase": "practice office" })),
    ] {
        is_refused(&desk, command, given, "refused", "Auditors read and check");
    }
    assert_eq!(newest_entry(&desk), before, "the journal has no new entry");
}
