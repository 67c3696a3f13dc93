//! Facts into the template: strict, and with every value sealed.

use std::collections::HashSet;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, OutputSpan, OutputSpanKind, UndefinedBehavior};

use crate::wording;
use crate::{Fault, Letter, sealed};

/// What the engine may spend on one letter, in its instructions or in 64 bytes that it writes. A letter takes some
/// thousands; a template whose loops stand in loops would otherwise take the program with it.
const FUEL: u64 = 100_000;

/// A template made ready to be filled in.
pub(crate) struct Template {
    environment: Environment<'static>,
    /// What each `{{ … }}` asks for, in order.
    asked: Vec<String>,
}

/// A template with its facts in place. Values are still sealed.
pub(crate) struct Merged {
    pub text: String,
    spans: Vec<OutputSpan>,
    asked: Arc<Template>,
}

impl Merged {
    /// The name of a field, as the template writes it.
    pub fn field_name(&self, field: sealed::FieldIndex) -> Option<String> {
        self.asked.asked.get(field).cloned()
    }

    /// The line of the template that wrote a line of the merged text. Both count from 1.
    pub fn template_line(&self, merged_line: u32) -> u32 {
        let before = usize::try_from(merged_line.saturating_sub(1)).unwrap_or(usize::MAX);
        let at: usize = self.text.split_inclusive('\n').take(before).map(str::len).sum();
        let Some(span) = self.spans.iter().find(|span| span.output_range().end > at) else {
            return merged_line;
        };
        let into = match span.kind() {
            OutputSpanKind::Raw => self.text.get(span.output_range().start..at).unwrap_or_default(),
            _ => "",
        };
        u32::try_from(span.line() + into.matches('\n').count()).unwrap_or(u32::MAX)
    }
}

impl Template {
    pub fn new(text: &str) -> Result<Template, Fault> {
        if let Some(at) = text.find(sealed::is_reserved) {
            let line = 1 + text[..at].matches('\n').count();
            return Err(fault_at(line, "a private-use character stands here; delete it".into()));
        }
        let mut asked = vec![];
        let marked = mark_fields(text, &mut asked);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| template_fault(&error))?);
        // What a macro or a captured block returns is finished text and must not be sealed a second time: an
        // escaping mode of our own makes the engine keep that apart.
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("sealed".into()));
        environment.set_formatter(|out, _, value| Ok(out.write_str(&value.to_string())?));
        environment.set_fuel(Some(FUEL));
        add_filters(&mut environment);
        environment.add_template_owned("letter", marked).map_err(|error| template_fault(&error))?;
        Ok(Template { environment, asked })
    }

    /// Every fact that the template may ask for, sorted.
    pub fn fields(&self) -> Vec<String> {
        let Ok(template) = self.environment.get_template("letter") else { return vec![] };
        let globals: HashSet<&str> = self.environment.globals().map(|(name, _)| name).collect();
        let mut fields: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        fields.retain(|field| {
            let root = field.split('.').next().unwrap_or(field);
            root != "letter" && !globals.contains(root)
        });
        fields.sort();
        fields
    }

    pub fn merge(self: &Arc<Template>, letter: &Letter) -> Result<Merged, Vec<Fault>> {
        let (year, month, day) = letter.date;
        let Some(date) = wording::date(year, month, day) else {
            return Err(vec![Fault::MissingFact { field: "letter.date".into() }]);
        };
        let own = minijinja::context! {
            letter => minijinja::context! { number => letter.number.unwrap_or("Draft"), date, title => letter.title },
        };
        let facts = Value::from(Serde(letter.facts));
        let template =
            self.environment.get_template("letter").map_err(|error| vec![template_fault(&error)])?;
        let (text, spans) = template
            .render_with_spans(minijinja::context! { ..own, ..facts })
            .map_err(|error| vec![self.render_fault(&error)])?;
        let missing = sealed::missing_in(&text);
        if missing.is_empty() {
            return Ok(Merged { text, spans, asked: Arc::clone(self) });
        }
        let named = missing.into_iter().filter_map(|field| self.asked.get(field).cloned());
        let mut seen = HashSet::new();
        Err(named.filter(|f| seen.insert(f.clone())).map(|field| Fault::MissingFact { field }).collect())
    }

    /// An attribute of something that is missing stops the merge at once; the words at that place name it.
    fn render_fault(&self, error: &Error) -> Fault {
        if error.kind() != ErrorKind::UndefinedError {
            return template_fault(error);
        }
        let source = self.environment.get_template("letter").ok().map(|t| t.source().to_owned());
        let place = error.range().and_then(|range| source.as_deref()?.get(range).map(str::to_owned));
        match place {
            Some(field) if !field.is_empty() => Fault::MissingFact { field: fact_name(&field) },
            _ => template_fault(error),
        }
    }
}

fn fault_at(line: usize, message: String) -> Fault {
    Fault::Template { line: u32::try_from(line).unwrap_or(u32::MAX), message }
}

fn template_fault(error: &Error) -> Fault {
    let message = match error.kind() {
        ErrorKind::OutOfFuel => "this goes on and on; a letter is shorter".to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
    };
    fault_at(error.line().unwrap_or(1), message)
}

/// `award.amount` from `(award.amount | money)|__fact(7)`
fn fact_name(expression: &str) -> String {
    let end = expression.find('|').unwrap_or(expression.len());
    expression[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).to_owned()
}

/// Rewrites each `{{ expression }}` to `{{ (expression)|__fact(n) }}`, so that what is printed is sealed and
/// what is missing is known by the words that ask for it.
fn mark_fields(text: &str, asked: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes().get(1) {
            Some(b'{') => match closing(rest, "}}") {
                Some(end) => {
                    mark_expression(&rest[..end], asked, &mut out);
                    rest = &rest[end..];
                    continue;
                }
                None => rest.len(),
            },
            Some(b'%') if is_tag(rest, "raw") => rest
                .match_indices("{%")
                .find(|(at, _)| is_tag(&rest[*at..], "endraw"))
                .map_or(rest.len(), |(at, _)| at),
            Some(b'%') => closing(rest, "%}").unwrap_or(rest.len()),
            Some(b'#') => rest.find("#}").map_or(rest.len(), |end| end + 2),
            _ => 1,
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}

fn is_tag(text: &str, name: &str) -> bool {
    text.strip_prefix("{%")
        .map(|inner| inner.trim_start_matches(['-', '+']).trim_start())
        .and_then(|inner| inner.strip_prefix(name))
        .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Where a tag ends, past strings that may hold the closing mark.
fn closing(text: &str, mark: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if text[at..].starts_with(mark) => return Some(at + mark.len()),
            None => {}
        }
    }
    None
}

fn mark_expression(tag: &str, asked: &mut Vec<String>, out: &mut String) {
    let inner = tag.strip_prefix("{{").and_then(|t| t.strip_suffix("}}")).unwrap_or(tag);
    let trims = |c: Option<char>| c.filter(|c| matches!(c, '-' | '+'));
    let before = trims(inner.chars().next());
    let inner = if before.is_some() { &inner[1..] } else { inner };
    let after = trims(inner.chars().last());
    let inner = if after.is_some() { &inner[..inner.len() - 1] } else { inner };
    out.push_str("{{");
    out.extend(before);
    out.push_str(&format!(" ({inner})|__fact({}) ", asked.len()));
    out.extend(after);
    out.push_str("}}");
    asked.push(fact_name(inner));
}

fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("__fact", |value: Value, field: usize| {
        if value.is_safe() {
            return value;
        }
        let text = if value.is_none() { String::new() } else { value.to_string() };
        let printed = sealed::as_printed(&text);
        Value::from_safe_string(if printed.is_empty() {
            sealed::missing(field)
        } else {
            sealed::seal(field, &printed)
        })
    });
    // A missing value goes through each filter untouched, to be named where it is printed.
    environment.add_filter("money", |value: Value| with(value, |v| amount(v).map(wording::money)));
    environment
        .add_filter("money_words", |value: Value| with(value, |v| amount(v).map(wording::money_words)));
    environment.add_filter("date", |value: Value| {
        with(value, |v| {
            let text = v.as_str().unwrap_or_default();
            wording::iso_date(text).ok_or_else(|| refuse(format!("“{v}” is not a date such as 2026-11-23")))
        })
    });
    environment.add_filter("number", |value: Value| {
        with(value, |v| {
            u64::try_from(v.clone())
                .map(wording::grouped)
                .map_err(|_| refuse(format!("“{v}” is not a whole number")))
        })
    });
    environment.add_filter("and_list", |value: Value, options: Kwargs| {
        let attribute: Option<String> = options.get("attribute")?;
        options.assert_all_used()?;
        with(value, |v| {
            let mut items = vec![];
            for item in v.try_iter()? {
                let item = match &attribute {
                    Some(name) => item.get_attr(name)?,
                    None => item,
                };
                items.push(item.to_string());
            }
            Ok(wording::and_list(&items))
        })
    });
    environment
        .add_filter("together", |value: Value| with(value, |v| Ok(v.to_string().replace(' ', "\u{a0}"))));
}

fn with(value: Value, write: impl FnOnce(&Value) -> Result<String, Error>) -> Result<Value, Error> {
    if value.is_undefined() || value.is_none() { Ok(value) } else { write(&value).map(Value::from) }
}

/// Whole numbers are pence; text is pounds, as in `4950.00`.
fn amount(value: &Value) -> Result<i64, Error> {
    let pence = match value.kind() {
        ValueKind::Number => i64::try_from(value.clone()).ok(),
        _ => value.as_str().and_then(wording::pence),
    };
    pence.ok_or_else(|| refuse(format!("“{value}” is not an amount of money")))
}

fn refuse(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merge(template: &str, facts: serde_json::Value) -> Result<String, Vec<Fault>> {
        let template = Arc::new(Template::new(template).map_err(|fault| vec![fault])?);
        let letter = Letter {
            template: "",
            facts: &facts,
            stationery: &crate::Stationery::default(),
            number: Some("N1"),
            date: (2026, 11, 3),
            title: "T",
            language: "en-GB",
            max_pages: None,
        };
        let merged = template.merge(&letter)?;
        Ok(sealed::open(&merged.text).into_iter().map(|piece| piece.text).collect())
    }

    fn missing(template: &str, facts: serde_json::Value) -> Vec<String> {
        let named = |fault| match fault {
            Fault::MissingFact { field } => field,
            other => panic!("{other:?}"),
        };
        merge(template, facts).expect_err("a fact is missing").into_iter().map(named).collect()
    }

    #[test]
    fn filters_write_money_dates_and_lists() {
        let facts = json!({ "pence": 91_875, "pounds": "4950.00", "on": "2026-11-03", "who": ["A", "B", "C"], "n": 12345 });
        let text = merge(
            "{{ pence|money }}; {{ pounds|money }}; {{ pounds|money_words }}; {{ on|date }}; {{ who|and_list }}; {{ n|number }}",
            facts,
        );
        assert_eq!(
            text.unwrap(),
            "£918.75; £4,950; four thousand nine hundred and fifty pounds; 3\u{a0}November\u{a0}2026; A, B and C; 12,345"
        );
    }

    #[test]
    fn the_letter_knows_its_own_number_and_date() {
        assert_eq!(
            merge("{{ letter.number }} {{ letter.date }}", json!({})).unwrap(),
            "N1 3\u{a0}November\u{a0}2026"
        );
    }

    #[test]
    fn every_missing_fact_is_named_at_once() {
        let facts = json!({ "here": "x", "empty": " ", "null": null });
        assert_eq!(
            missing("{{ here }} {{ empty }} {{ null }} {{ gone|money }} {{- nowhere -}} {{ \"}}\" }}", facts),
            ["empty", "null", "gone", "nowhere"]
        );
    }

    #[test]
    fn a_part_of_something_missing_is_named() {
        assert_eq!(missing("a {{ award.amount|money }}", json!({})), ["award.amount"]);
    }

    #[test]
    fn a_missing_list_is_not_an_empty_list() {
        assert_eq!(missing("{% for p in payments %}{{ p }}{% endfor %}", json!({})), ["payments"]);
    }

    #[test]
    fn a_condition_may_ask_for_what_is_not_there() {
        assert_eq!(merge("{% if second %}{{ second }}{% else %}one{% endif %}", json!({})).unwrap(), "one");
    }

    #[test]
    fn raw_text_and_comments_are_left_alone() {
        assert_eq!(merge("{# {{ a }} #}{% raw %}{{ b }}{% endraw %}", json!({})).unwrap(), "{{ b }}");
    }

    #[test]
    fn a_macro_is_not_sealed_twice() {
        let template = "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(\"*\") }}";
        assert_eq!(merge(template, json!({})).unwrap(), "<*>");
    }

    #[test]
    fn a_broken_template_names_the_line() {
        let fault = merge("one\n{% if %}", json!({})).unwrap_err();
        assert!(matches!(fault[..], [Fault::Template { line: 2, .. }]), "{fault:?}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_said_in_words() {
        let faults = merge("{{ on|date }}", json!({ "on": "tomorrow" })).unwrap_err();
        assert!(faults[0].message().contains("“tomorrow” is not a date"), "{faults:?}");
    }

    #[test]
    fn fields_lists_what_a_template_may_ask_for() {
        let template = Template::new(
            "{{ letter.date }} {{ a.b|money }} {% for p in list %}{{ p.x }}{% endfor %}{% if c %}{{ range(3) }}{% endif %}",
        );
        assert_eq!(template.unwrap().fields(), ["a.b", "c", "list"]);
    }
}
