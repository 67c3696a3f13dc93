//! Between what is written in a field and what is stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Field, FieldKind, Noun, form, record_of, store};
use crate::{
    desk::Desk,
    findings::Finding,
    identifiers,
    money::{NotAnAmount, Pence, Rate},
    problem::Problem,
    store::Stored,
    when,
};

/// What a form holds: field name → text, or nothing.
pub type Values = BTreeMap<String, Option<String>>;

/// 100 %.
const WHOLE: i64 = 10_000;
/// More days, months or points than anything has; beyond it, days can no longer be counted on from today.
const MOST_COUNTED: i64 = 9_999;

/// What is written in a field, as it is stored; or a finding that names the field and the fix.
pub fn parse(field: &Field, written: Option<&str>) -> Result<Stored, Finding> {
    let Some(text) = written.map(str::trim).filter(|text| !text.is_empty()) else {
        return if field.required {
            Err(wrong(field, format!("{} is not filled in.", field.label), "Fill it in."))
        } else {
            Ok(Stored::Null)
        };
    };
    let unreadable = |what: &str, example: &str| {
        wrong(field, format!("{}: “{text}” is not {what}.", field.label), format!("Write it like {example}."))
    };
    Ok(match field.kind {
        FieldKind::Text | FieldKind::Long => Stored::Text(text.to_owned()),
        FieldKind::Money => match text.parse::<Pence>() {
            Ok(amount) if amount < Pence::ZERO => {
                return Err(wrong(
                    field,
                    format!("{}: “{text}” is less than nothing.", field.label),
                    "Write what it is without a sign.",
                ));
            }
            Ok(amount) => Stored::Int(amount.0),
            Err(NotAnAmount::TwoWays(_)) => {
                return Err(wrong(
                    field,
                    format!("{}: “{text}” can be read two ways.", field.label),
                    "Write pounds with a point for pence: 5,000.00.",
                ));
            }
            Err(_) => return Err(unreadable("an amount", "5,000 or 918.75")),
        },
        FieldKind::Percent => Stored::Int(
            hundredths(text.trim_end_matches('%').trim())
                .filter(|share| *share <= WHOLE)
                .ok_or_else(|| unreadable("a share", "50 or 33.33"))?,
        ),
        FieldKind::Decimal => {
            Stored::Int(hundredths(text).ok_or_else(|| unreadable("a number", "12 or 12.5"))?)
        }
        FieldKind::Number => {
            let number = text.parse::<i64>().ok().filter(|number| (0..=MOST_COUNTED).contains(number));
            Stored::Int(number.ok_or_else(|| unreadable("a whole number from 0 to 9,999", "12"))?)
        }
        FieldKind::Day => {
            Stored::Text(when::read_day(text).ok_or_else(|| unreadable("a date", "23/11/2026"))?.to_string())
        }
        FieldKind::Instant => Stored::Text(when::stored_instant(
            when::read_instant(text).ok_or_else(|| unreadable("a date and time", "23/11/2026 15:00"))?,
        )),
        FieldKind::YesNo => match text.to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Stored::Int(1),
            "no" | "n" | "false" | "0" => Stored::Int(0),
            _ => return Err(unreadable("yes or no", "yes")),
        },
        FieldKind::Choice => {
            let known = field
                .choices
                .iter()
                .find(|(value, label)| *value == text || label.eq_ignore_ascii_case(text));
            Stored::Text(
                known.ok_or_else(|| unreadable("one of the choices", &choices_in_words(field)))?.0.to_owned(),
            )
        }
        FieldKind::Organisation
        | FieldKind::Provider
        | FieldKind::Person
        | FieldKind::Programme
        | FieldKind::Round => {
            Stored::Id(Uuid::parse_str(text).map_err(|_| unreadable("in the register", "one of the list"))?)
        }
        FieldKind::Email => {
            if !identifiers::is_email(text) {
                return Err(unreadable("an e-mail address", "name@example.org"));
            }
            Stored::Text(text.to_owned())
        }
        FieldKind::Postcode => {
            Stored::Text(identifiers::postcode(text).map_err(|_| unreadable("a postcode", "B4 7ET"))?.value)
        }
        FieldKind::CompanyNumber => Stored::Text(
            identifiers::company_number(text)
                .map_err(|_| unreadable("a company number", "01234567 or SC012345"))?
                .value,
        ),
    })
}

fn wrong(field: &Field, message: String, fix: impl Into<String>) -> Finding {
    Finding::block("FORM", message).field(field.name).fix(fix)
}

fn choices_in_words(field: &Field) -> String {
    field.choices.iter().map(|(_, label)| format!("“{label}”")).collect::<Vec<_>>().join(" or ")
}

/// `12.5` → 1250. At most two decimals, no sign.
fn hundredths(text: &str) -> Option<i64> {
    let pence: Pence = text.parse().ok()?;
    (pence.0 >= 0 && !text.contains(['£', 'G'])).then_some(pence.0)
}

/// What is stored, as the form writes it.
pub(crate) fn written(field: &Field, stored: &Stored) -> Option<String> {
    match (field.kind, stored) {
        (_, Stored::Null) => None,
        (FieldKind::Money, Stored::Int(pence)) => Some(Pence(*pence).to_string()),
        (FieldKind::Percent | FieldKind::Decimal, Stored::Int(hundredths)) => {
            let text = Pence(*hundredths).to_string();
            Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
                .map(|bare| if bare.is_empty() { "0".into() } else { bare })
        }
        (FieldKind::YesNo, Stored::Int(value)) => Some(if *value == 1 { "yes" } else { "no" }.to_owned()),
        (_, Stored::Int(number)) => Some(number.to_string()),
        (FieldKind::Instant, Stored::Text(text)) => {
            Some(when::parse_stored(text).map_or_else(|| text.clone(), when::form_instant))
        }
        (_, Stored::Text(text)) => Some(text.clone()),
        (_, Stored::Id(id)) => Some(id.to_string()),
    }
}

/// What is stored, as an officer reads it. Ids are shown by the name of what they point at.
pub fn shown(desk: &Desk, field: &Field, stored: &Stored) -> String {
    match (field.kind, stored) {
        (_, Stored::Null) => String::new(),
        (FieldKind::Money, Stored::Int(pence)) => Pence(*pence).shown(),
        (FieldKind::Percent, Stored::Int(rate)) => Rate(*rate).shown(),
        (FieldKind::Day, Stored::Text(text)) => {
            text.parse::<NaiveDate>().map_or_else(|_| text.clone(), when::day_in_words)
        }
        (FieldKind::Instant, Stored::Text(text)) => {
            when::parse_stored(text).map_or_else(|| text.clone(), when::instant_in_words)
        }
        (FieldKind::YesNo, Stored::Int(value)) => if *value == 1 { "Yes" } else { "No" }.to_owned(),
        (FieldKind::Choice, Stored::Text(text)) => field
            .choices
            .iter()
            .find(|(value, _)| value == text)
            .map_or_else(|| text.clone(), |(_, label)| (*label).to_owned()),
        (_, Stored::Id(id)) => store::name_of(desk.reader(), field.kind, *id).unwrap_or_default(),
        _ => written(field, stored).unwrap_or_default(),
    }
}

/// Everything a noun's form holds for one record.
pub fn values_of(desk: &Desk, noun: Noun, id: Uuid) -> Result<Values, Problem> {
    let id = record_of(desk, noun, id)?;
    let stored = store::read(desk.reader(), form(noun), id)?.unwrap_or_default();
    Ok(form(noun)
        .iter()
        .zip(&stored)
        .map(|(field, value)| (field.name.to_owned(), written(field, value)))
        .collect())
}
