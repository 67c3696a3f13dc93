//! Checks a filled-in form and stores it, in one change with a label that names what was done.

use serde::Serialize;
use uuid::Uuid;

use super::{Field, FieldKind, Noun, Values, field, form, parse, record_of, store};
use crate::{
    cases,
    desk::{Desk, Hand},
    findings::Finding,
    identifiers::name_key,
    office::limits,
    officers::only_managers,
    problem::Problem,
    programmes,
    store::{Stored, Tx},
};

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Saved {
    /// Its id.
    pub id: Uuid,
    /// The reference of a case.
    pub reference: Option<String>,
    /// The journal entry; none when nothing changed.
    #[specta(type = Option<u32>)]
    pub entry: Option<i64>,
}

/// A checked field and what will be stored in it.
pub(crate) type Checked = Vec<(&'static Field, Stored)>;

/// Saves a form: a new record without an id, else changes to the record of that id.
/// Fields that `values` does not name stay as they are; in a new record they hold what its form starts with. Nothing is stored when any field cannot be taken.
pub fn save(desk: &mut Desk, noun: Noun, id: Option<Uuid>, values: &Values) -> Result<Saved, Problem> {
    if matches!(noun, Noun::Programme | Noun::Round | Noun::Office | Noun::Officer | Noun::Limit) {
        only_managers(desk, "change programmes, rounds, the office, officers or limits of law")?;
    }
    let id = id.map(|id| record_of(desk, noun, id)).transpose()?;
    let checked = checked(desk, noun, id, values)?;
    match (noun.case_kind(), id) {
        (Some(kind), None) => cases::record_by_hand(desk, kind, checked),
        _ => {
            let label = label(desk, noun, id, &checked)?;
            let changed = desk.change(&label, |tx, hand| write(tx, hand, noun, id, &checked))?;
            Ok(Saved { id: changed.value, reference: None, entry: changed.entry })
        }
    }
}

/// Saves the same form for several new records as one change.
pub fn save_all(desk: &mut Desk, label: &str, noun: Noun, all: &[Values]) -> Result<Vec<Uuid>, Problem> {
    let checked = all.iter().map(|values| check(desk, noun, None, values)).collect::<Result<Vec<_>, _>>()?;
    let changed = desk.change(label, |tx, hand| {
        checked.iter().map(|one| write(tx, hand, noun, None, one)).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(changed.value)
}

/// What is filled in, checked, as it will be stored.
pub(crate) fn checked(
    desk: &Desk,
    noun: Noun,
    id: Option<Uuid>,
    values: &Values,
) -> Result<Checked, Problem> {
    let mut checked = check(desk, noun, id, values)?;
    if let (Some(_), Some(id)) = (noun.case_kind(), id) {
        cases::may_be_set(desk, id, checked.iter().map(|(field, _)| field.name))?;
    }
    of_the_same_programme(desk, noun, id, &mut checked)?;
    Ok(checked)
}

fn check(desk: &Desk, noun: Noun, id: Option<Uuid>, values: &Values) -> Result<Checked, Problem> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut checked = Vec::new();
    for name in values.keys().filter(|name| field(noun, name).is_none()) {
        findings.push(Finding::block("FORM", format!("There is no field “{name}”.")).field(name.as_str()));
    }
    for field in form(noun) {
        let written = match values.get(field.name) {
            Some(value) => value.as_deref(),
            None if id.is_none() && (field.required || field.start.is_some()) => field.start,
            None => continue,
        };
        match parse(field, written) {
            Ok(stored) => match points_nowhere(desk, field, &stored)? {
                Some(finding) => findings.push(finding),
                None => checked.push((field, stored)),
            },
            Err(finding) => findings.push(finding),
        }
    }
    let held = match id {
        Some(id) if noun == Noun::Limit || names_half_a_pair(&checked) => {
            store::read(desk.reader(), form(noun), id)?.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    findings.extend(beyond_the_fields(noun, &checked, &held));
    if noun == Noun::Limit {
        findings.extend(limit_of_law(desk, id, &checked, &held)?);
    }
    if let (Noun::Programme, Some(id)) = (noun, id) {
        let instrument = checked.iter().find(|(field, _)| field.name == "instrument");
        if let Some(instrument) = instrument.and_then(|(_, stored)| stored.text()) {
            findings.extend(programmes::leaves_cases_behind(desk, id, instrument)?);
        }
    }
    match findings.first() {
        None => Ok(checked),
        Some(first) => Err(Problem {
            field: first.field.clone(),
            fix: first.fix.clone(),
            findings: findings.clone(),
            ..Problem::invalid("", first.message.clone())
        }),
    }
}

fn points_nowhere(desk: &Desk, field: &Field, stored: &Stored) -> Result<Option<Finding>, Problem> {
    let table = match field.kind {
        FieldKind::Organisation | FieldKind::Provider => "organisations",
        FieldKind::Person => "people",
        FieldKind::Programme => "programmes",
        FieldKind::Round => "rounds",
        _ => return Ok(None),
    };
    let Some(id) = stored.id() else { return Ok(None) };
    let mut held = store::exists(desk.reader(), table, id)?;
    if held && field.kind == FieldKind::Provider {
        held = store::text(desk.reader(), table, "kind", id)?.as_deref() == Some("provider");
    }
    Ok((!held).then(|| {
        Finding::block("FORM", format!("{}: what was chosen is not in the register.", field.label))
            .field(field.name)
            .fix("Choose again.")
    }))
}

/// A case is of a programme that takes its kind, and charged to a round of it: one of another is refused, and a case that
/// changes its programme leaves its round.
fn of_the_same_programme(
    desk: &Desk,
    noun: Noun,
    id: Option<Uuid>,
    checked: &mut Checked,
) -> Result<(), Problem> {
    let (Some(kind), Some(field)) = (noun.case_kind(), field(noun, "round_id")) else { return Ok(()) };
    let given =
        |name: &str| checked.iter().find(|(field, _)| field.name == name).map(|(_, stored)| stored.id());
    let (programme, round) = (given("programme_id"), given("round_id"));
    if programme.is_none() && round.is_none() {
        return Ok(());
    }
    if let Some(programme) = programme.flatten() {
        programmes::store::get(desk.reader(), programme)?.takes(kind)?;
    }
    let case = id.map(|id| cases::get(desk, id)).transpose()?;
    let programme = programme.flatten().or(case.as_ref().map(|case| case.programme_id));
    let Some(charged) = round.unwrap_or(case.and_then(|case| case.round_id)) else { return Ok(()) };
    let own = programmes::store::round_by_id(desk.reader(), charged)?.map(|round| round.programme_id);
    match (own == programme, round) {
        (true, _) => {}
        (false, None) => checked.push((field, Stored::Null)),
        (false, Some(_)) => {
            return Err(Problem::invalid("round_id", "The round belongs to another programme.")
                .fix("Choose a round of the case’s own programme."));
        }
    }
    Ok(())
}

fn limit_of_law(
    desk: &Desk,
    id: Option<Uuid>,
    checked: &Checked,
    held: &[Stored],
) -> Result<Option<Finding>, Problem> {
    let text = |name: &str| {
        checked.iter().find(|(field, _)| field.name == name).and_then(|(_, stored)| stored.text())
    };
    if id.is_some() {
        let held: Vec<(&str, &Stored)> = form(Noun::Limit).iter().map(|field| field.name).zip(held).collect();
        let changed = checked.iter().filter(|(field, stored)| !held.contains(&(field.name, stored)));
        return Ok(limits::only_ended(&changed.map(|(field, _)| field.name).collect::<Vec<_>>()));
    }
    match (text("code"), text("valid_from")) {
        (Some(code), Some(from)) => limits::begins_twice(desk, code, from),
        _ => Ok(None),
    }
}

/// Of two fields of a form the one that may not be beyond the other.
const PAIRS: [(&str, &str); 5] = [
    ("value_min", "value_max"),
    ("opens_at", "closes_at"),
    ("valid_from", "valid_to"),
    ("planned_start", "planned_end"),
    ("starts_on", "ends_on"),
];

/// Whether only one of two is written, so that the other must be read.
fn names_half_a_pair(checked: &Checked) -> bool {
    let named = |name: &str| checked.iter().any(|(field, _)| field.name == name);
    PAIRS.iter().any(|(least, most)| named(least) != named(most))
}

/// What a single field cannot tell: of those that are written now, and beside them those that are held, in the order of the form.
fn beyond_the_fields(noun: Noun, checked: &Checked, held: &[Stored]) -> Vec<Finding> {
    let value = |name: &str| checked.iter().find(|(field, _)| field.name == name).map(|(_, stored)| stored);
    let beside = |name: &str| {
        let held = form(noun).iter().zip(held).find(|(field, _)| field.name == name);
        value(name).or(held.map(|(_, stored)| stored))
    };
    let mut findings = Vec::new();
    if let (Noun::Programme, Some(Stored::Text(code))) = (noun, value("code")) {
        let shape = (2..=8).contains(&code.len())
            && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !shape {
            findings.push(
                Finding::block("FORM", format!("Code: “{code}” is not 2 to 8 capitals or digits."))
                    .field("code")
                    .fix("Write it like WMIV."),
            );
        }
    }
    for (least, most) in PAIRS {
        if value(least).is_none() && value(most).is_none() {
            continue;
        }
        let reversed = match (beside(least), beside(most)) {
            (Some(Stored::Int(from)), Some(Stored::Int(to))) if from > to => "more than",
            (Some(Stored::Text(from)), Some(Stored::Text(to))) if from > to => "after",
            _ => continue,
        };
        if let (Some(first), Some(second)) = (field(noun, least), field(noun, most)) {
            findings.push(
                Finding::block("FORM", format!("“{}” is {reversed} “{}”.", first.label, second.label))
                    .field(if value(most).is_some() { most } else { least })
                    .fix("Exchange the two, or correct one."),
            );
        }
    }
    findings
}

/// What the change is called in the journal. Labels cannot be erased, so they never name a person or a business.
fn label(desk: &Desk, noun: Noun, id: Option<Uuid>, checked: &Checked) -> Result<String, Problem> {
    let (what, named_by) = match noun {
        Noun::Organisation => ("organisation", None),
        Noun::Person => ("person", None),
        Noun::Officer => ("officer", None),
        Noun::Office => ("office", None),
        Noun::Limit => ("limit", Some("code")),
        Noun::Programme => ("programme", Some("name")),
        Noun::Round => ("round", Some("name")),
        Noun::Voucher | Noun::Placement | Noun::Partnership => ("case", Some("reference")),
    };
    let name = match (named_by, id) {
        (None, _) => None,
        (Some(column), Some(id)) => store::text(desk.reader(), form(noun)[0].table, column, id)?,
        (Some(column), None) => checked
            .iter()
            .find(|(field, _)| field.name == column)
            .and_then(|(_, stored)| stored.text().map(str::to_owned)),
    };
    let name = if noun == Noun::Limit { name.map(|code| limits::label(&code).to_owned()) } else { name };
    let subject = name
        .map_or_else(|| what.to_owned(), |name| if what == "case" { name } else { format!("{what} {name}") });
    let fields: Vec<String> = checked.iter().map(|(field, _)| field.label.to_lowercase()).collect();
    Ok(match (id, fields.as_slice()) {
        (None, _) => format!("New {subject}"),
        (Some(_), [one]) => format!("Changed {subject}: {one}"),
        (Some(_), _) => format!("Changed {subject}"),
    })
}

/// Stores what was checked, within a change.
pub(crate) fn write(
    tx: &Tx,
    hand: &Hand,
    noun: Noun,
    id: Option<Uuid>,
    checked: &Checked,
) -> Result<Uuid, Problem> {
    let mut columns: Vec<(&str, &str, Stored)> =
        checked.iter().map(|(field, stored)| (field.table, field.name, stored.clone())).collect();
    derive(hand, noun, id.is_none(), &mut columns);
    let key = id.unwrap_or_else(Uuid::now_v7);
    let mut tables: Vec<&str> = columns.iter().map(|(table, ..)| *table).collect();
    tables.dedup();
    tables.sort_unstable();
    tables.dedup();
    for table in tables {
        let own: Vec<(&str, Stored)> = columns
            .iter()
            .filter(|(of, ..)| *of == table)
            .map(|(_, name, stored)| (*name, stored.clone()))
            .collect();
        match id {
            Some(_) => store::update(tx, table, key, &own)?,
            None => store::insert(tx, table, key, &own)?,
        }
    }
    Ok(key)
}

/// Columns that follow from what was filled in.
fn derive(hand: &Hand, noun: Noun, new: bool, columns: &mut Vec<(&str, &str, Stored)>) {
    let text = |columns: &[(&str, &str, Stored)], wanted: &str| {
        columns
            .iter()
            .find(|(_, name, _)| *name == wanted)
            .and_then(|(_, _, stored)| stored.text().map(str::to_owned))
    };
    match noun {
        Noun::Organisation => {
            if let Some(name) = text(columns, "name") {
                columns.push(("organisations", "name_key", Stored::Text(name_key(&name))));
            }
        }
        Noun::Round if new && text(columns, "rules_as_of").is_none() => {
            columns.retain(|(_, name, _)| *name != "rules_as_of");
            columns.push(("rounds", "rules_as_of", Stored::Text(hand.today.to_string())));
        }
        _ => {}
    }
}
