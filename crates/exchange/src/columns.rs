//! Which column of a stranger's file holds what, by its heading and by what stands under it.

mod fields;

pub use fields::{FIELDS, Field, field};

use fields::Sort;

/// What a column was taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// The field's name; none when it is not needed or not certain.
    pub field: Option<&'static str>,
    /// What an officer should know about it.
    pub note: Option<String>,
}

/// How sure a match is. Ordered: the surer is taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// A form's own column, used when no question asks for the same.
    Own,
    /// The heading holds a phrase of so many words.
    Phrase(usize),
    /// The heading is known word for word.
    Exact,
}

/// Takes each column for at most one field, and each field for at most one column; what is not certain is
/// left to the officer. `samples` are some cells of each column.
pub fn match_columns(headings: &[String], samples: &[Vec<String>]) -> Vec<Matched> {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let form = is_form_export(&plain);
    let mut matched = vec![Matched::default(); headings.len()];
    let mut claims: Vec<(Sureness, usize, &'static Field)> = Vec::new();
    for (column, heading) in plain.iter().enumerate() {
        let filled = samples.get(column).map(Vec::as_slice).unwrap_or_default();
        let filled: Vec<&str> =
            filled.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if form && let Some(own) = FORM_COLUMNS.iter().find(|own| own.heading == heading) {
            matched[column].note = own.note.map(str::to_owned);
            let anonymous = filled.iter().all(|cell| cell.eq_ignore_ascii_case("anonymous"));
            if let Some(field) = own.field.and_then(field) {
                match own.sure {
                    true => claims.push((Sureness::Exact, column, field)),
                    false if !anonymous => claims.push((Sureness::Own, column, field)),
                    false => {}
                }
            }
            continue;
        }
        for field in FIELDS {
            if let Some(sureness) = sureness(field, heading) {
                if filled.is_empty() || filled.iter().any(|cell| suits(field, cell)) {
                    claims.push((sureness, column, field));
                } else {
                    matched[column].note =
                        Some(format!("Named like “{}”, but nothing under it looks like one.", field.label));
                }
            }
        }
    }
    claims.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    settle(&claims, headings, &mut matched);
    matched
}

fn settle(claims: &[(Sureness, usize, &'static Field)], headings: &[String], matched: &mut [Matched]) {
    let mut given: Vec<&str> = Vec::new();
    let mut disputed: Vec<usize> = Vec::new();
    for (sureness, column, field) in claims {
        if given.contains(&field.name) || disputed.contains(column) || matched[*column].field.is_some() {
            continue;
        }
        let rivals: Vec<usize> = claims
            .iter()
            .filter(|(other, at, wanted)| {
                other == sureness && wanted.name == field.name && matched[*at].field.is_none()
            })
            .map(|(_, at, _)| *at)
            .collect();
        if rivals.len() > 1 {
            for rival in &rivals {
                let others =
                    rivals.iter().filter(|other| *other != rival).filter_map(|other| headings.get(*other));
                let others: Vec<String> = others.map(|heading| format!("“{heading}”")).collect();
                matched[*rival].note =
                    Some(format!("{} may be this column or {}; choose.", field.label, others.join(" or ")));
            }
            disputed.extend(rivals);
            given.push(field.name);
            continue;
        }
        given.push(field.name);
        matched[*column].field = Some(field.name);
    }
}

/// Columns past these do not tell a heading row from another.
const MOST_HEADINGS: usize = 200;

/// How many columns are known by their wording alone.
pub(crate) fn count_known(headings: &[String]) -> usize {
    let mut known: Vec<&str> = headings
        .iter()
        .take(MOST_HEADINGS)
        .filter_map(|heading| {
            let heading = plain(heading);
            // A sentence of a letter may hold a phrase; a heading is a question at most.
            if heading.len() > 160 {
                return None;
            }
            FIELDS
                .iter()
                .filter_map(|field| Some((sureness(field, &heading)?, field.name)))
                .max()
                .map(|(_, name)| name)
        })
        .collect();
    known.sort_unstable();
    known.dedup();
    known.len()
}

fn sureness(field: &Field, heading: &str) -> Option<Sureness> {
    if field.exact.split('|').any(|exact| exact == heading) {
        return Some(Sureness::Exact);
    }
    let longest = |list: &'static str| -> Option<usize> {
        let within = list.split('|').filter(|phrase| !phrase.is_empty() && within(heading, phrase));
        within.map(|phrase| phrase.split(' ').count()).max()
    };
    match longest(field.never) {
        Some(_) => None,
        None => longest(field.phrases).map(Sureness::Phrase),
    }
}

fn within(heading: &str, phrase: &str) -> bool {
    format!(" {heading} ").contains(&format!(" {phrase} "))
}

/// Lower case, letters and digits only, one space between words.
fn plain(heading: &str) -> String {
    let spaced: String = heading.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn suits(field: &Field, cell: &str) -> bool {
    let number = cell.chars().any(|c| c.is_ascii_digit());
    match field.sort {
        Sort::Words | Sort::Answer => true,
        Sort::Figures => number || ["none", "nil", "no", "n/a"].contains(&cell.to_lowercase().as_str()),
        Sort::Email => cell.contains('@'),
    }
}

/// A column that Microsoft Forms puts before the questions.
struct FormColumn {
    heading: &'static str,
    field: Option<&'static str>,
    sure: bool,
    note: Option<&'static str>,
}

/// Microsoft Forms, “Open results in Excel”.
const FORM_COLUMNS: &[FormColumn] = &[
    FormColumn { heading: "id", field: Some("external_reference"), sure: true, note: None },
    FormColumn {
        heading: "start time",
        field: None,
        sure: true,
        note: Some("When the form was opened; it was received at its completion time."),
    },
    FormColumn { heading: "completion time", field: Some("received"), sure: true, note: None },
    FormColumn {
        heading: "email",
        field: Some("email"),
        sure: false,
        note: Some("Microsoft Forms’ own column for who was signed in, not an answer."),
    },
    FormColumn {
        heading: "name",
        field: Some("contact_name"),
        sure: false,
        note: Some("Microsoft Forms’ own column for who was signed in, not an answer."),
    },
    FormColumn {
        heading: "last modified time",
        field: None,
        sure: true,
        note: Some("When the answer was last changed; it was received at its completion time."),
    },
];

fn is_form_export(plain: &[String]) -> bool {
    ["id", "start time", "completion time"].iter().all(|own| plain.iter().any(|heading| heading == own))
}

#[cfg(test)]
mod tests;
