//! The texts that letters are made from: the program's own, and what a manager wrote in their place.

pub(crate) mod store;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::{KINDS, LetterKind, issue, known};
use crate::{
    cases,
    desk::Desk,
    officers,
    problem::Problem,
    stages::{self, CaseKind},
    store::Tx,
};

/// A template as officers read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Template {
    /// The kind of letter.
    pub kind: String,
    /// What officers call it.
    pub label: String,
    /// Its version; letters name the version they were made from.
    pub version: u32,
    /// Its text.
    pub text: String,
    /// Who wrote this version; none where it is the program's own.
    pub written_by: Option<String>,
    /// When.
    pub written_on: Option<NaiveDate>,
    /// The program's own text, where another is in force.
    pub own_text: Option<String>,
    /// The facts that a text of this kind may ask for.
    pub fields: Vec<String>,
    /// Where its statements of law come from, as its comments say.
    pub sources: Vec<String>,
}

/// A version of a template as it is stored.
pub(super) struct Version {
    pub number: u32,
    pub text: String,
    pub written_by: Option<String>,
    pub written_on: Option<NaiveDate>,
}

/// The templates in force.
pub fn templates(desk: &Desk) -> Result<Vec<Template>, Problem> {
    KINDS.iter().map(|kind| in_force(desk, kind)).collect()
}

fn in_force(desk: &Desk, kind: &LetterKind) -> Result<Template, Problem> {
    let Version { number, text, written_by, written_on } = store::in_force(desk.reader(), kind.kind)?;
    let sources = text.split("{#").skip(1).filter_map(|rest| rest.split_once("#}"));
    let sources = sources.map(|(comment, _)| comment.trim_matches(['-', ' ']).to_owned()).collect();
    Ok(Template {
        sources,
        kind: kind.kind.to_owned(),
        label: kind.label.to_owned(),
        version: number,
        own_text: (text != kind.template).then(|| kind.template.to_owned()),
        text,
        written_by,
        written_on,
        fields: facts_about(kind.for_kind).into_iter().collect(),
    })
}

/// Puts a text in force for letters to come; issued letters keep their own. The program's own text, given back, is followed by
/// what later versions of the program say; another stays until it is changed here.
pub fn write_template(desk: &mut Desk, kind: &str, text: &str) -> Result<Option<i64>, Problem> {
    officers::only_managers(desk, "change what letters say")?;
    let kind = known(kind)?;
    let text = text.replace("\r\n", "\n");
    check(kind, &text)?;
    let held = store::in_force(desk.reader(), kind.kind)?;
    let own = text == kind.template;
    if text == held.text && own == held.written_by.is_none() {
        return Ok(None);
    }
    let version = held.number + 1;
    let label = format!("{}: text, version {version}", kind.label);
    let changed = desk.change(&label, |tx, hand| {
        let writer = (!own).then_some((hand.officer.name.as_str(), hand.today));
        Ok(store::insert(tx, kind.kind, version, &text, writer)?)
    })?;
    Ok(changed.entry)
}

/// The letter that a text would make of the newest case that the letter can be about, marked as a draft.
pub fn try_template(desk: &Desk, kind: &str, text: &str) -> Result<Vec<u8>, Problem> {
    let kind = known(kind)?;
    check(kind, text)?;
    let mut newest = None;
    for stage in stages::stages(kind.for_kind).iter().filter(|stage| stage.letters.contains(&kind.kind)) {
        newest = newest.max(cases::store::newest_at(desk.reader(), kind.for_kind, stage.id)?);
    }
    let Some(case) = newest else {
        return Err(Problem::not_found("No case has come to this letter yet.")
            .fix("Try the text in the practice office, which has a case for every letter."));
    };
    issue::preview_of(desk, kind, case, text)
}

/// A text that no letter could be made from is not kept: it must be understood, and ask only for facts there are.
fn check(kind: &LetterKind, text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return Err(Problem::invalid("text", "The letter says nothing.").fix("Write what it is to say."));
    }
    let asked = letters::fields(text).map_err(|fault| {
        Problem::invalid("text", fault.message()).fix("Mend that line; nothing was changed.")
    })?;
    let facts = facts_about(kind.for_kind);
    let Some(unknown) = asked.into_iter().find(|field| !facts.contains(field.as_str())) else {
        return Ok(());
    };
    let near = facts.iter().max_by(|a, b| {
        let close = |fact: &str| strsim::jaro_winkler(fact, &unknown);
        close(a).total_cmp(&close(b))
    });
    let message = format!("“{unknown}” is not a fact of a {}.", kind.for_kind.name());
    Err(Problem::invalid("text", message).fix(near.map_or_else(String::new, |near| {
        format!("Is “{near}” meant? The facts there are stand beside the text.")
    })))
}

/// The facts that letters about this kind of case can give: those that the program's own texts ask for.
fn facts_about(kind: CaseKind) -> BTreeSet<String> {
    let own = KINDS.iter().filter(|letter| letter.for_kind == kind);
    own.flat_map(|letter| letters::fields(letter.template).unwrap_or_default()).collect()
}

pub(crate) fn insert_first(tx: &Tx) -> Result<(), Problem> {
    KINDS.iter().try_for_each(|kind| Ok(store::insert(tx, kind.kind, 1, kind.template, None)?))
}
