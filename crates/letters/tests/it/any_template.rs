//! Whatever a template says, it becomes a letter or a fault that says what is wrong, and it comes to an end.

use std::time::{Duration, Instant};

use letters::Fault;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::desk;

/// What templates are made of, opened and never closed, closed and never opened.
const PIECES: [&str; 58] = [
    "{{ value }}",
    "{{ value|money }}",
    "{{ value|money_words }}",
    "{{ value|date }}",
    "{{ value|number }}",
    "{{ list|and_list }}",
    "{{ value|together }}",
    "{{ value.a.b }}",
    "{{ m(value) }}",
    "{{ range(9) }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{% for i in list %}",
    "{% endfor %}",
    "{% if value %}",
    "{% else %}",
    "{% endif %}",
    "{% raw %}",
    "{% endraw %}",
    "{% set value = list %}",
    "{% macro m(x) %}",
    "{% endmacro %}",
    "{{ value * 9 }}",
    "```address\n",
    "```refs\n",
    "```signoff\n",
    "```enclosures\n",
    "```copies\n",
    "```form\n",
    "```slip\n",
    "```\n",
    "\n",
    "\n\n",
    "\n# ",
    "\n## ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "| a | b |\n|---|--:|\n",
    "| 1 | **2** |\n",
    " | ",
    "**",
    "*",
    "____",
    "________",
    "[ ] ",
    "Ref: ",
    "\n---\n",
    "\\",
    "<b>",
    "![x](y)",
    "\u{202e}",
    "\0",
    "some words ",
];

/// Pieces that can stand one after another, so that most templates made of them reach the paper.
const WHOLE: [&str; 22] = [
    "{{ value }} ",
    "{{ value|string }}\n",
    "**{{ value }}** and *{{ value }}*\n",
    "\n# {{ value }}\n\n",
    "\n## Heading\n\n",
    "\n- {{ value }}\n- b\n\n",
    "\n1. {{ value }}\n2. b\n   - c\n\n",
    "{% for i in list %}{{ i }}, {% endfor %}",
    "{% if value %}{{ value }}{% else %}none{% endif %}",
    "{% raw %}{{ value }}{% endraw %}",
    "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(value) }}",
    "{{ list|and_list }} ",
    "\n\n| a | b |\n|---|--:|\n| {{ value }} | 2 |\n| **t** | **3** |\n\n",
    "\n\n```address\n{{ value }}\nB1 1AA\n```\n\n",
    "\n\n```refs\nDate: {{ letter.date }}\nRef: {{ value }}\n```\n\n",
    "\n\n```signoff\nYours\n---\n{{ value }}\n```\n\n",
    "\n\n```enclosures\n{{ value }}\n```\n\n",
    "\n\n```copies\n{{ value }}\n```\n\n",
    "\n\n```form\n# H\n{{ value }}: ____ | B: ____\n[ ] {{ value }}\n| a | b |\n|:--|--:|\n| | |\n```\n\n",
    "\n\n```slip\n# Back {{ value }}\nName: ____\n> Office\n> B1 1AA\n```\n\n",
    "\n\n---\n\n",
    "Some words that fill a line and break it somewhere, as words do in letters that people write. ",
];

fn template() -> impl Strategy<Value = String> {
    let whole = vec(select(WHOLE.as_slice()), 1..12).prop_map(|pieces| pieces.concat());
    prop_oneof![2 => whole, 1 => broken()]
}

fn broken() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(PIECES.as_slice()).prop_map(str::to_owned), 1 => ".{0,6}"];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{0,40}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(vec![
            json!(null),
            json!(true),
            json!([]),
            json!({}),
            json!({ "a": { "b": "c" } }),
            json!("x".repeat(5_000))
        ]),
    ]
}

/// Multiplied in the long form.
fn times() -> u32 {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96 * times()))]
    #[test]
    fn any_template_with_any_facts_becomes_a_letter_or_a_fault_in_words(template in template(), value in value()) {
        let started = Instant::now();
        match desk::typeset(&template, &json!({ "value": value, "list": [value, "b"] })) {
            Ok(letter) => prop_assert!(letter.pdf.starts_with(b"%PDF")),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|fault| !fault.message().is_empty()));
            }
        }
        prop_assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    }
}

#[test]
fn a_template_that_goes_on_and_on_is_a_fault_at_its_line() {
    let endless = "A\n{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}";
    for template in [endless, "A\n{{ 'x' * 999999999 }}"] {
        let started = Instant::now();
        let faults = desk::typeset(template, &json!({})).unwrap_err();
        assert!(
            matches!(&faults[..], [Fault::Template { line: 2, message }] if message.contains("on and on")),
            "{faults:?}"
        );
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    }
}
