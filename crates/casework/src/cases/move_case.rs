//! Moving a case along its stages, editing its facts, and accepting a warning with a reason.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Case, CaseRecord, get,
    guards::{self, GuardFacts},
    noun,
    placement_guards::{self, Wages},
    record, store,
};
use crate::{
    awards, decisions,
    desk::Desk,
    findings::Finding,
    forms::{self, Values},
    letters, office,
    problem::{Code, Problem},
    programmes,
    stages::{self, CaseKind, Clock, Path, Stage},
    subsidy, when,
};

/// What stands in the way of entering a stage: fields not filled in, and guards.
pub(crate) fn in_the_way(desk: &Desk, case: &Case, stage: &Stage) -> Result<Vec<Finding>, Problem> {
    in_the_way_with(desk, case, stage, forms::values_of(desk, noun(case.kind), case.id)?)
}

/// The same for a case whose fields hold these values.
fn in_the_way_with(desk: &Desk, case: &Case, stage: &Stage, values: Values) -> Result<Vec<Finding>, Problem> {
    let mut findings: Vec<Finding> = stage
        .needs
        .iter()
        .filter(|field| values.get(**field).is_none_or(Option::is_none))
        .map(|name| {
            let label = forms::field(noun(case.kind), name).map_or(*name, |field| field.label);
            Finding::block("missing", format!("{label} is not recorded."))
                .field(*name)
                .fix(format!("Fill in “{label}”."))
                .source(format!("Stage “{}”", stage.label))
        })
        .collect();
    if !stage.guards.is_empty() {
        let facts = guard_facts(desk, case.clone(), values)?;
        findings.extend(
            stage.guards.iter().filter_map(|id| guards::find(id)).filter_map(|guard| (guard.check)(&facts)),
        );
    }
    let accepted = store::accepted(desk.reader(), case.id)?;
    for finding in &mut findings {
        finding.accepted =
            accepted.iter().find(|(rule, _)| *rule == finding.rule).map(|(_, accepted)| accepted.clone());
    }
    Ok(findings)
}

fn guard_facts(desk: &Desk, case: Case, values: Values) -> Result<GuardFacts, Problem> {
    let today = desk.today();
    let text = |field: &str| values.get(field).and_then(Option::as_deref);
    let day = |field: &str| text(field).and_then(|day| day.parse().ok());
    let band = text("wage_band").unwrap_or("adult");
    let code =
        placement_guards::WAGE_BANDS.iter().find(|(known, _)| *known == band).map_or(band, |(_, code)| code);
    // A limit that is not recorded is a finding of the guard that wants it, not an error of every move.
    let limit = |code: &str, day| office::limit_on(desk, code, day).ok();
    let from = day("planned_start").unwrap_or(today);
    let wages =
        Wages { from, at_start: limit(code, from), at_end: limit(code, day("planned_end").unwrap_or(from)) };
    let programme = programmes::store::get(desk.reader(), case.programme_id)?;
    let earlier_placements = match case.kind {
        CaseKind::Placement => {
            store::earlier_placements(desk.reader(), &case, programme.counts_since(today))?
        }
        CaseKind::Voucher | CaseKind::Partnership => Vec::new(),
    };
    Ok(GuardFacts {
        award: awards::store::of_case(desk.reader(), case.id)?,
        notified: letters::store::stands(desk.reader(), case.id, "mfa_notification")?,
        insurance_least: limit("employers_liability", from),
        wages,
        earlier_placements,
        programme,
        same_hand_claimed: store::moved_by(desk.reader(), case.id, "claimed")? == Some(desk.officer()?.id),
        today,
        values,
        case,
    })
}

/// Moves a case to a stage that may follow the one it is on. What only a decision may do is refused here.
pub fn move_case(desk: &mut Desk, id: Uuid, to: &str, note: Option<&str>) -> Result<CaseRecord, Problem> {
    fill_and_move(desk, id, to, &Values::new(), note)
}

/// Fills in what the stage asks for and moves the case there, as one change: both are kept, or neither.
pub fn fill_and_move(
    desk: &mut Desk,
    id: Uuid,
    to: &str,
    fill: &Values,
    note: Option<&str>,
) -> Result<CaseRecord, Problem> {
    let case = get(desk, id)?;
    let from = stages::find(case.kind, &case.stage).ok_or_else(|| {
        Problem::new(Code::Refused, format!("The stage “{}” is not known to this version.", case.stage))
    })?;
    let stage = stages::find(case.kind, to)
        .ok_or_else(|| Problem::invalid("to", format!("There is no stage “{to}”.")))?;
    if !from.next.contains(&to) {
        let possible: Vec<&str> = from
            .next
            .iter()
            .map(|next| stages::find(case.kind, next).map_or(*next, |stage| stage.label))
            .collect();
        let then = if possible.is_empty() {
            "Nothing follows it.".to_owned()
        } else {
            format!("After it: {}.", possible.join(", "))
        };
        return Err(Problem::new(
            Code::Refused,
            format!("“{}” cannot follow “{}”.", stage.label, from.label),
        )
        .fix(then));
    }
    if stage.by_decision {
        return Err(Problem::new(Code::Refused, format!("“{}” is a decision.", stage.label))
            .fix("Use Award, Reject or Defer."));
    }
    let noun = noun(case.kind);
    let filled = forms::checked(desk, noun, Some(id), fill)?;
    let mut values = forms::values_of(desk, noun, id)?;
    values
        .extend(filled.iter().map(|(field, stored)| (field.name.to_owned(), forms::written(field, stored))));
    let open: Vec<Finding> =
        in_the_way_with(desk, &case, stage, values)?.into_iter().filter(Finding::is_open).collect();
    if !open.is_empty() {
        return Err(Problem::refused(
            format!("{} cannot be {} yet.", case.reference, stage.label.to_lowercase()),
            open,
        ));
    }
    let programme = programmes::store::get(desk.reader(), case.programme_id)?;
    let label = format!("{}: {}", case.reference, stage.label.to_lowercase());
    desk.change(&label, |tx, hand| {
        forms::write(tx, hand, noun, Some(id), &filled)?;
        // A case that ends unpaid frees what was set aside for it.
        if stage.path == Path::End && stage.id != "closed" && awards::store::release(tx, id, hand.today)? {
            subsidy::store::release(tx, id, stage.label)?;
        }
        if stage.id == "accepted" && programme.assistance().is_some() {
            subsidy::store::give(tx, id, store::given_on(tx, id, hand.today)?)?;
        }
        // The time to decide runs from the round's close, not from each check on the way.
        let due = match (stage.clock, case.due) {
            (Clock::ToDecide, Some(due)) => Some(due),
            _ => awards::due_day(tx, id, stage.clock, &programme, hand.today)?,
        };
        store::put_on_stage(
            tx,
            &store::Move {
                case_id: id,
                from: Some(from.id),
                to: stage.id,
                due,
                effective_on: hand.today,
                recorded_at: &when::stored_instant(hand.now),
                officer: hand.officer.id,
                note: note.filter(|note| !note.trim().is_empty()),
            },
        )
    })?;
    record(desk, id)
}

/// Fields that follow from a case’s programme and decisions, and are not edited in place.
const FIXED: [&str; 3] = ["programme_id", "round_id", "organisation_id"];

/// Refuses to set what an award rests on, once there is one.
pub(crate) fn may_be_set<'a>(
    desk: &Desk,
    id: Uuid,
    mut fields: impl Iterator<Item = &'a str>,
) -> Result<(), Problem> {
    match fields.find(|field| FIXED.contains(field)) {
        Some(field) if awards::store::of_case(desk.reader(), id)?.is_some() => {
            Err(Problem::invalid(field, "An awarded case keeps its programme, its round and its business.")
                .fix("Undo the award first, or record a new case."))
        }
        _ => Ok(()),
    }
}

/// Sets one field of a case.
pub fn edit(desk: &mut Desk, id: Uuid, field: &str, value: Option<&str>) -> Result<CaseRecord, Problem> {
    let case = get(desk, id)?;
    let values: Values = BTreeMap::from([(field.to_owned(), value.map(str::to_owned))]);
    forms::save(desk, noun(case.kind), Some(id), &values)?;
    record(desk, id)
}

/// Accepts a warning of a case with a reason.
pub fn accept_finding(desk: &mut Desk, id: Uuid, rule: &str, reason: &str) -> Result<CaseRecord, Problem> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid("reason", "A warning is accepted with a reason.")
            .fix("Write the reason; the auditor will read it."));
    }
    let case = get(desk, id)?;
    let mut known = decisions::findings(desk, &case, None)?;
    let next = stages::find(case.kind, &case.stage).map_or(&[][..], |stage| stage.next);
    for stage in next.iter().filter_map(|next| stages::find(case.kind, next)) {
        known.extend(in_the_way(desk, &case, stage)?);
    }
    match known.iter().find(|finding| finding.rule == rule).map(|finding| finding.severity) {
        Some(crate::findings::Severity::Warn) => {}
        Some(crate::findings::Severity::Block) => {
            return Err(Problem::new(
                Code::Refused,
                format!("{rule} stops this; a reason does not lift it."),
            )
            .fix("Mend what it names."));
        }
        _ => return Err(Problem::not_found(format!("{rule} says nothing against this case now."))),
    }
    let label = format!("{}: accepted {rule}", case.reference);
    desk.change(&label, |tx, hand| store::accept(tx, id, rule, reason, hand.officer.id, hand.today))?;
    record(desk, id)
}
