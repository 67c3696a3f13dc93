//! The one query box: words, and `stage:offered due:<14d round:R3 amount:>5000 kind:voucher`.

use chrono::NaiveDate;

use crate::{
    money::Pence,
    search,
    stages::{self, CaseKind},
    when,
};

/// What a query asks for, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The words, as the search index takes them.
    pub words: Option<String>,
    /// Stages by id; empty means any.
    pub stages: Vec<String>,
    /// Kinds; empty means any.
    pub kinds: Vec<CaseKind>,
    /// The programme’s code.
    pub programme: Option<String>,
    /// The round’s name.
    pub round: Option<String>,
    /// The asked or awarded amount is at least this.
    pub at_least: Option<Pence>,
    /// The asked or awarded amount is at most this.
    pub at_most: Option<Pence>,
    /// It falls due on or before this day.
    pub due_by: Option<NaiveDate>,
    /// It was received on or after this day.
    pub received_from: Option<NaiveDate>,
    /// A letter of the stage is owed.
    pub owed_a_letter: bool,
}

impl Filter {
    /// Whether nothing but words, if anything, is asked for.
    pub(super) fn is_words_alone(&self) -> bool {
        *self == Filter { words: self.words.clone(), ..Filter::default() }
    }
}

/// A part of a query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{part}” is not understood. {fix}")]
pub struct BadQuery {
    /// The part.
    pub part: String,
    /// How to write it.
    pub fix: String,
}

/// The fields that a query knows, with an example of each: for help and for completing what is typed.
pub const FIELDS: &[(&str, &str)] = &[
    ("stage", "stage:offered"),
    ("kind", "kind:placement"),
    ("programme", "programme:WMIV"),
    ("round", "round:R3"),
    ("amount", "amount:>5000"),
    ("due", "due:<14d"),
    ("received", "received:>2026-10-01"),
    ("owed", "owed:letter"),
];

/// Reads a query. `today` is what `due:<14d` counts from.
pub fn parse(text: &str, today: NaiveDate) -> Result<Filter, BadQuery> {
    let mut filter = Filter::default();
    let mut words: Vec<&str> = Vec::new();
    for part in parts(text) {
        let Some((field, value)) =
            part.split_once(':').filter(|(field, _)| FIELDS.iter().any(|(known, _)| known == field))
        else {
            words.push(part);
            continue;
        };
        let value = value.trim_matches('"');
        let bad = |fix: &str| BadQuery { part: part.to_owned(), fix: fix.to_owned() };
        match field {
            "stage" => {
                for name in value.split(',') {
                    let wanted = name.trim().to_lowercase().replace([' ', '-'], "_");
                    let known = CaseKind::ALL.iter().flat_map(|kind| stages::stages(*kind)).find(|stage| {
                        stage.id == wanted || stage.label.to_lowercase().replace(' ', "_") == wanted
                    });
                    filter.stages.push(
                        known.ok_or_else(|| bad("Write a stage such as stage:offered."))?.id.to_owned(),
                    );
                }
            }
            "kind" => filter.kinds.push(
                CaseKind::named(value.trim_end_matches('s'))
                    .ok_or_else(|| bad("Write kind:voucher, kind:placement or kind:partnership."))?,
            ),
            "programme" => filter.programme = Some(value.to_owned()),
            "round" => filter.round = Some(value.to_owned()),
            "amount" => {
                let (sign, amount) = compared(value);
                let amount: Pence = amount.parse().map_err(|_| bad("Write it like amount:>5000."))?;
                if sign != '<' {
                    filter.at_least = Some(if sign == '>' { Pence(amount.0 + 1) } else { amount });
                }
                if sign != '>' {
                    filter.at_most = Some(if sign == '<' { Pence(amount.0 - 1) } else { amount });
                }
            }
            "due" => {
                let (sign, day) = compared(value);
                if sign == '>' {
                    return Err(bad("Write it like due:<14d or due:<2026-12-01."));
                }
                filter.due_by = Some(
                    day_from(day, today, 1)
                        .ok_or_else(|| bad("Write it like due:<14d or due:<2026-12-01."))?,
                );
            }
            "received" => {
                let (_, day) = compared(value);
                filter.received_from = Some(
                    day_from(day, today, -1)
                        .ok_or_else(|| bad("Write it like received:>2026-10-01 or received:30d."))?,
                );
            }
            _ => match value {
                "letter" => filter.owed_a_letter = true,
                _ => return Err(bad("Write owed:letter.")),
            },
        }
    }
    filter.words = search::match_all(&words.join(" "));
    Ok(filter)
}

/// The parts of a query: at spaces, but not within quotation marks.
fn parts(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        if c == '"' {
            quoted = !quoted;
        }
        c.is_whitespace() && !quoted
    })
    .filter(|part| !part.is_empty())
    .collect()
}

fn compared(value: &str) -> (char, &str) {
    match value.chars().next() {
        Some(sign @ ('<' | '>')) => (sign, value[1..].trim_start_matches('=')),
        _ => ('=', value),
    }
}

fn day_from(text: &str, today: NaiveDate, direction: i64) -> Option<NaiveDate> {
    match text.strip_suffix('d').and_then(|days| days.parse::<u16>().ok()) {
        Some(days) => Some(when::add_days(today, direction * i64::from(days))),
        None if text == "today" => Some(today),
        None => when::read_day(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn a_query_mixes_words_and_fields() {
        let filter = parse("stage:offered due:<14d amount:>5000 brook al", today()).unwrap();
        assert_eq!(filter.stages, ["offered"]);
        assert_eq!(filter.due_by, Some("2026-12-07".parse().unwrap()));
        assert_eq!(filter.at_least, Some(Pence(500_001)));
        assert_eq!(filter.words.as_deref(), Some("\"brook\"* \"al\"*"));
        assert_eq!(parse("round:\"Round 3\"", today()).unwrap().round.as_deref(), Some("Round 3"));
    }

    #[test]
    fn a_part_that_is_not_understood_is_named_with_how_to_write_it() {
        for bad in ["stage:nowhere", "amount:>lots", "due:soon", "kind:loan", "owed:money"] {
            assert_eq!(parse(bad, today()).unwrap_err().part, bad);
        }
        assert_eq!(
            parse("http://x:y", today()).unwrap().words.as_deref(),
            Some("\"http\"* \"x\"* \"y\"*"),
            "not a field"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_can_be_typed_breaks_the_query(text in ".{0,60}") {
            let _ = parse(&text, today());
        }
    }
}
