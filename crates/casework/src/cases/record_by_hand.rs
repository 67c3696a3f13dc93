//! New cases: by hand, or from an import.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Intake, store};
use crate::{
    desk::{Desk, Hand},
    forms::{self, Checked, Saved},
    money::Pence,
    problem::Problem,
    programmes,
    stages::{self, CaseKind},
    store::{Stored, Tx},
    when,
};

/// What a new case starts with.
pub(crate) struct NewCase {
    pub kind: CaseKind,
    pub programme_id: Uuid,
    pub round_id: Option<Uuid>,
    pub organisation_id: Uuid,
    pub provider_id: Option<Uuid>,
    pub provider_as_given: Option<String>,
    pub contact_id: Option<Uuid>,
    pub title: String,
    pub need: Option<String>,
    pub received_at: DateTime<Utc>,
    pub channel: Option<String>,
    pub asked: Option<Pence>,
    pub project_cost: Option<Pence>,
    pub external_reference: Option<String>,
    pub fingerprint: Option<String>,
}

/// Stores a new case on a stage and gives it its reference.
pub(crate) fn start(
    tx: &Tx,
    hand: &Hand,
    intake: &mut Intake,
    case: &NewCase,
    stage: &str,
) -> Result<(Uuid, String), Problem> {
    let id = Uuid::now_v7();
    let beginning = intake.begin(tx, id, case, stage)?;
    store::insert(tx, id, case, stage, &beginning, hand.officer.id)?;
    store::keep_move(
        tx,
        &store::Move {
            case_id: id,
            from: None,
            to: stage,
            due: beginning.due,
            effective_on: beginning.received_on,
            recorded_at: &when::stored_instant(hand.now),
            officer: hand.officer.id,
            note: None,
        },
    )?;
    Ok((id, beginning.reference))
}

/// Records a case from its checked form.
pub(crate) fn record_by_hand(desk: &mut Desk, kind: CaseKind, checked: Checked) -> Result<Saved, Problem> {
    let value = |name: &str| checked.iter().find(|(field, _)| field.name == name).map(|(_, stored)| stored);
    let id_of = |name: &str| value(name).and_then(Stored::id);
    let text = |name: &str| value(name).and_then(|stored| stored.text().map(str::to_owned));
    let money = |name: &str| value(name).and_then(Stored::int).map(Pence);
    let (Some(programme_id), Some(organisation_id), Some(title)) =
        (id_of("programme_id"), id_of("organisation_id"), text("title"))
    else {
        return Err(Problem::invalid("title", "Programme, organisation and title are needed."));
    };
    let received_at =
        text("received_at").and_then(|stored| when::parse_stored(&stored)).unwrap_or(desk.now());
    let case = NewCase {
        kind,
        programme_id,
        round_id: id_of("round_id").or(programmes::Openings::of(desk, programme_id)?.round_for(received_at)),
        organisation_id,
        provider_id: id_of("provider_id"),
        provider_as_given: None,
        contact_id: id_of("contact_id"),
        title,
        need: text("need"),
        received_at,
        channel: text("channel"),
        asked: money("asked"),
        project_cost: money("project_cost"),
        external_reference: None,
        fingerprint: None,
    };
    let first = stages::stages(kind)[0].id;
    let label = format!("New {}: {}", kind.name(), case.title);
    let changed = desk.change(&label, |tx, hand| {
        let (id, reference) = start(tx, hand, &mut Intake::default(), &case, first)?;
        // What the shared start does not hold: the academic, and everything of the case's own kind.
        let rest: Vec<_> = checked
            .iter()
            .filter(|(field, _)| field.table != "cases" || field.name == "academic_id")
            .collect();
        let mut tables: Vec<&str> = rest.iter().map(|(field, _)| field.table).collect();
        tables.sort_unstable();
        tables.dedup();
        for table in tables {
            let columns: Vec<(&str, Stored)> = rest
                .iter()
                .filter(|(field, _)| field.table == table)
                .map(|(field, stored)| (field.name, stored.clone()))
                .collect();
            forms::store::update(tx, table, id, &columns)?;
        }
        Ok((id, reference))
    })?;
    let (id, reference) = changed.value;
    Ok(Saved { id, reference: Some(reference), entry: changed.entry })
}
