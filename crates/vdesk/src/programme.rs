//! Programmes and rounds from the command line.

use std::path::Path;

use casework::{
    Desk,
    forms::{self, Noun, Values},
    problem::{Code, Problem},
    programmes,
};
use chrono::NaiveDate;
use serde_json::json;

use crate::{answers::Answer, arguments::Common, open::desk_as_of};

/// What to fill in; nothing to only show.
pub(crate) struct Set<'a> {
    pub fields: &'a [String],
    pub round: Option<&'a str>,
    pub of_round: &'a [String],
}

pub(crate) fn programme(
    common: &Common,
    folder: &Path,
    code: &str,
    set: &Set,
    as_of: Option<NaiveDate>,
) -> Result<Answer, Problem> {
    let mut desk = desk_as_of(common, folder, as_of)?;
    let held = programmes::by_code(&desk, code).ok().map(|programme| programme.id);
    let mut values = pairs(set.fields)?;
    if held.is_none() {
        values.insert("code".to_owned(), Some(code.to_uppercase()));
        values.entry("name".to_owned()).or_insert_with(|| Some(code.to_uppercase()));
    }
    let id = match held {
        Some(id) if values.is_empty() => id,
        held => forms::save(&mut desk, Noun::Programme, held, &values)?.id,
    };
    if let Some(name) = set.round {
        let held = programmes::list(&desk)?
            .into_iter()
            .flat_map(|programme| programme.rounds)
            .find(|known| known.programme_id == id && known.name == name);
        let mut values = pairs(set.of_round)?;
        if held.is_none() {
            values.insert("programme_id".to_owned(), Some(id.to_string()));
            values.insert("name".to_owned(), Some(name.to_owned()));
        }
        if held.is_none() || !values.is_empty() {
            forms::save(&mut desk, Noun::Round, held.map(|round| round.id), &values)?;
        }
    }
    let answer = shown(&desk, code)?;
    desk.close()?;
    Ok(answer)
}

fn shown(desk: &Desk, code: &str) -> Result<Answer, Problem> {
    let row = programmes::list(desk)?
        .into_iter()
        .find(|programme| programme.code.eq_ignore_ascii_case(code))
        .ok_or_else(|| Problem::not_found(format!("There is no programme “{code}”.")))?;
    let mut lines = vec![format!("{} {}", row.code, row.name)];
    lines.extend(row.rounds.iter().map(|round| {
        format!(
            "  {}: budget {}, left {}, {} cases",
            round.name,
            round.budget.shown(),
            round.left.shown(),
            round.cases
        )
    }));
    Ok(Answer::new(json!(row), lines))
}

/// `FIELD=VALUE` arguments as a form; an empty value clears the field.
pub(crate) fn pairs(arguments: &[String]) -> Result<Values, Problem> {
    arguments
        .iter()
        .map(|argument| {
            let (field, value) = argument
                .split_once('=')
                .ok_or_else(|| Problem::new(Code::Invalid, format!("“{argument}” is not FIELD=VALUE.")))?;
            Ok((field.to_owned(), (!value.is_empty()).then(|| value.replace("\\n", "\n"))))
        })
        .collect()
}
