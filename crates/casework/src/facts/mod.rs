//! A record's facts, grouped as its form is, each with what it shows and where it leads.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    desk::Desk,
    forms::{self, FieldKind, Noun},
    problem::Problem,
};

/// One fact of a record.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Fact {
    /// The field's name.
    pub field: String,
    /// What the screen calls it.
    pub label: String,
    /// As the form writes it.
    pub value: Option<String>,
    /// As an officer reads it.
    pub shown: String,
    /// How it is written.
    pub kind: FieldKind,
    /// Whether it may be edited in place.
    pub editable: bool,
    /// The record it points at.
    pub link: Option<Link>,
}

/// Where a fact leads.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Link {
    /// What it is.
    pub noun: Noun,
    /// Which.
    pub id: Uuid,
}

/// Facts under one heading.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FactGroup {
    /// The heading.
    pub title: String,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// All facts of a record, in the groups and the order of its form.
pub fn groups(desk: &Desk, noun: Noun, id: Uuid) -> Result<Vec<FactGroup>, Problem> {
    let form = forms::form(noun);
    let stored = forms::store::read(desk.reader(), form, id)?.ok_or_else(|| {
        Problem::not_found("This is no longer in the register.")
            .fix("It may have been undone; look in the journal.")
    })?;
    let editable = desk.register().can_be_changed();
    let mut groups: Vec<FactGroup> = Vec::new();
    for (field, value) in form.iter().zip(&stored) {
        let link = value.id().and_then(|id| link_noun(field.kind).map(|noun| Link { noun, id }));
        let fact = Fact {
            field: field.name.to_owned(),
            label: field.label.to_owned(),
            value: forms::written(field, value),
            shown: forms::shown(desk, field, value),
            kind: field.kind,
            editable,
            link,
        };
        match groups.iter_mut().find(|group| group.title == field.group) {
            Some(group) => group.facts.push(fact),
            None => groups.push(FactGroup { title: field.group.to_owned(), facts: vec![fact] }),
        }
    }
    Ok(groups)
}

const fn link_noun(kind: FieldKind) -> Option<Noun> {
    match kind {
        FieldKind::Organisation | FieldKind::Provider => Some(Noun::Organisation),
        FieldKind::Person => Some(Noun::Person),
        FieldKind::Programme => Some(Noun::Programme),
        FieldKind::Round => Some(Noun::Round),
        _ => None,
    }
}

/// The value of a field among these facts.
pub fn value(groups: &[FactGroup], field: &str) -> Option<String> {
    groups
        .iter()
        .flat_map(|group| &group.facts)
        .find(|fact| fact.field == field)
        .and_then(|fact| fact.value.clone())
}
