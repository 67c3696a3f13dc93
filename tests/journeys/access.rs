//! Every screen can be seen, read and heard by everybody.
use std::fs;

use journeys::{
    Desk, Opening,
    screens::{SCREENS, go},
};
use serde_json::{Value, json};

const READABLE: &str = include_str!("../src/readable.js");
/// pdf.js leaves a canvas of no size beside the page's landmarks; nobody meets it.
const CHECK: &str = r#"
    const done = arguments[arguments.length - 1];
    axe.run({ exclude: [".hiddenCanvasElement"] }, { resultTypes: ["violations"] }).then(
      ({ violations }) => done(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))),
      (error) => done([String(error)]));
"#;

fn axe() -> String {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(file).expect("the screens' packages are installed") + "; window.axe = axe;"
}

/// What is wrong on all screens in this look, each with the screen's name.
fn faults(desk: &Desk, look: Value, checked_by_axe: bool) -> Vec<String> {
    desk.look(look.clone());
    if checked_by_axe {
        desk.script(&axe(), json!([]));
    }
    let mut faults = Vec::new();
    for screen in SCREENS {
        go(desk, screen);
        let mut found = vec![desk.script(READABLE, json!([]))];
        if checked_by_axe {
            found.push(desk.script_until_called(CHECK, json!([])));
        }
        let found = found.iter().filter_map(Value::as_array).flatten();
        faults.extend(found.map(|fault| format!("{look} {}: {fault}", screen.0)));
    }
    faults
}

#[test]
fn nothing_on_any_screen_is_hidden_from_a_reader_of_any_kind() {
    let desk = Opening::practice().open();
    let mut found = Vec::new();
    for look in [
        json!({ "theme": "light" }),
        json!({ "theme": "dark" }),
        json!({ "theme": "light", "contrast": "more" }),
        json!({ "theme": "dark", "contrast": "more" }),
    ] {
        found.extend(faults(&desk, look, true));
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn all_words_can_be_read_at_twice_their_size() {
    let desk = Opening::practice().open();
    let found = faults(&desk, json!({ "theme": "light", "text": 200 }), false);
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn what_was_done_and_what_went_wrong_is_said_aloud() {
    let desk = Opening::practice().open();
    let said = |role: &str| {
        let script = "return [...document.querySelectorAll(`[role=${arguments[0]}]`)].map((it) => it.innerText).join(' ')";
        desk.script(script, json!([role])).as_str().unwrap_or_default().to_owned()
    };
    desk.click("Cases");
    desk.sees("304 cases");
    assert!(said("status").contains("304 cases"), "what was found: {}", said("status"));
    desk.press("Ctrl+Z");
    desk.sees("Undone:");
    assert!(said("status").contains("Undone:"), "what was undone: {}", said("status"));
    desk.type_into("Search in cases", "due:<someday");
    desk.press("Enter");
    desk.sees("“due:<someday” is not understood.");
    assert!(
        said("alert").contains("“due:<someday” is not understood."),
        "what went wrong: {}",
        said("alert")
    );
}

#[test]
fn nothing_moves_for_those_who_asked_for_stillness() {
    let desk = Opening::practice().still().open();
    desk.sees("Today");
    assert_eq!(desk.script("return matchMedia('(prefers-reduced-motion: reduce)').matches", json!([])), true);
    let moving = r#"return [...document.querySelectorAll("*")].filter((e) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(e);
        const longest = (list) => Math.max(...list.split(",").map((it) => parseFloat(it) * (/ms/.test(it) ? 1 : 1000)));
        return longest(transitionDuration) > 1 || (animationName !== "none" && longest(animationDuration) > 1);
    }).map((e) => e.outerHTML.slice(0, 120))"#;
    assert_eq!(desk.script(moving, json!([])), json!([]));
}
