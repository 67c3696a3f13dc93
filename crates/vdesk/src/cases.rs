//! Cases from the command line.

use std::path::Path;

use casework::{
    Desk,
    cases::{self, Case, CaseQuery, CaseSort},
    decisions::{self, Accept, DecideCase, DecisionInput},
    findings::{Finding, Severity},
    forms::{self, Noun},
    money::Pence,
    problem::Problem,
};
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    answers::{Answer, in_a_line},
    arguments::{Common, Outcome},
    open::{desk, desk_as_of},
    programme::pairs,
};

pub(crate) fn list(
    common: &Common,
    folder: &Path,
    query: &str,
    as_of: Option<NaiveDate>,
) -> Result<Answer, Problem> {
    let desk = desk_as_of(common, folder, as_of)?;
    let found = cases::list(
        &desk,
        &CaseQuery {
            text: query.to_owned(),
            sort: CaseSort::Reference,
            descending: false,
            offset: 0,
            limit: u32::MAX,
        },
    )?;
    let json = found
        .rows
        .iter()
        .map(|row| {
            json!({
                "reference": row.reference, "kind": row.kind, "programme": row.programme, "round": row.round, "stage": row.stage,
                "business": row.business, "title": row.title, "asked": row.asked, "awarded": row.awarded, "due": row.due,
                "received": row.received_on,
            })
        })
        .collect();
    let mut lines: Vec<String> = found
        .rows
        .iter()
        .map(|row| {
            let amount = row.awarded.or(row.asked).map(Pence::shown).unwrap_or_default();
            format!("{}  {:<18}  {:>9}  {}", row.reference, row.stage_label, amount, row.business)
        })
        .collect();
    lines.push(format!(
        "{} cases, asked {}, awarded {}",
        found.total,
        found.asked.shown(),
        found.awarded.shown()
    ));
    Ok(Answer::new(Value::Array(json), lines))
}

pub(crate) fn show(
    common: &Common,
    folder: &Path,
    reference: &str,
    as_of: Option<NaiveDate>,
) -> Result<Answer, Problem> {
    let desk = desk_as_of(common, folder, as_of)?;
    shown(&desk, &cases::by_reference(&desk, reference)?)
}

fn shown(desk: &Desk, case: &Case) -> Result<Answer, Problem> {
    let record = cases::record(desk, case.id)?;
    let mut json = json!(record);
    let row = cases::list(
        desk,
        &CaseQuery {
            text: record.reference.clone(),
            sort: CaseSort::Reference,
            descending: false,
            offset: 0,
            limit: 50,
        },
    )?
    .rows
    .into_iter()
    .find(|row| row.id == case.id);
    json["money"] = json!({
        "asked": case.asked, "project_cost": case.project_cost, "awarded": row.as_ref().and_then(|row| row.awarded),
        "headroom": record.headroom,
    });
    json["letters"] = record
        .letters
        .iter()
        .map(|letter| json!({ "number": letter.number, "kind": letter.kind, "sha256": letter.sha256, "issued": letter.issued_on, "withdrawn": letter.withdrawn_on }))
        .collect();
    let mut lines = vec![
        format!("{}  {}", record.reference, record.business.name),
        record.title.clone(),
        record.standing.clone(),
    ];
    for group in &record.groups {
        let filled = group.facts.iter().filter(|fact| !fact.shown.is_empty());
        lines.extend(filled.map(|fact| format!("  {:<28} {}", fact.label, fact.shown)));
    }
    lines.extend(record.findings.iter().map(in_a_line));
    lines.extend(record.letters.iter().map(|letter| {
        let withdrawn = letter.withdrawn_on.map(|day| format!(", withdrawn {day}")).unwrap_or_default();
        format!("{}  {}  issued {}{withdrawn}", letter.number, letter.label, letter.issued_on)
    }));
    Ok(Answer::new(json, lines))
}

pub(crate) fn history(
    common: &Common,
    folder: &Path,
    reference: &str,
    as_of: Option<NaiveDate>,
) -> Result<Answer, Problem> {
    let desk = desk_as_of(common, folder, as_of)?;
    let case = cases::by_reference(&desk, reference)?;
    let lines = cases::record(&desk, case.id)?.history;
    let mut text = Vec::new();
    for line in &lines {
        text.push(format!(
            "{}  {}  {} (entry {}){}",
            line.at.format("%Y-%m-%d %H:%M"),
            line.by,
            line.label,
            line.entry,
            if line.undone { " undone" } else { "" }
        ));
        for change in &line.changes {
            let (old, new) =
                (change.old.as_deref().unwrap_or("nothing"), change.new.as_deref().unwrap_or("nothing"));
            text.push(format!("    {}: {old} → {new}", change.label));
        }
    }
    Ok(Answer::new(json!(lines), text))
}

pub(crate) fn set(
    common: &Common,
    folder: &Path,
    reference: &str,
    fields: &[String],
) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let case = cases::by_reference(&desk, reference)?;
    for (field, value) in pairs(fields)? {
        let (noun, id, field) = match field.split_once('.') {
            Some(("business", field)) => (Noun::Organisation, Some(case.organisation_id), field.to_owned()),
            Some(("contact", field)) => (Noun::Person, case.contact_id, field.to_owned()),
            _ => (cases::noun(case.kind), Some(case.id), field),
        };
        let id = id.ok_or_else(|| Problem::not_found(format!("{reference} has no contact.")))?;
        forms::save(&mut desk, noun, Some(id), &[(field, value)].into())?;
    }
    let answer = shown(&desk, &cases::get(&desk, case.id)?)?;
    desk.close()?;
    Ok(answer)
}

pub(crate) fn move_case(
    common: &Common,
    folder: &Path,
    reference: &str,
    stage: &str,
) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let case = cases::by_reference(&desk, reference)?;
    let record = cases::move_case(&mut desk, case.id, stage, None)?;
    desk.close()?;
    Ok(Answer::new(
        json!({ "reference": record.reference, "stage": record.stage }),
        vec![format!("{} {}", record.reference, record.standing)],
    ))
}

/// What to decide.
pub(crate) struct Wanted<'a> {
    pub outcome: Outcome,
    pub amount: Option<&'a str>,
    pub reasons: &'a [String],
    pub accept: &'a [String],
    pub feedback: &'a str,
}

pub(crate) fn decide(
    common: &Common,
    folder: &Path,
    reference: &str,
    wanted: &Wanted,
) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let case = cases::by_reference(&desk, reference)?;
    let amount = wanted
        .amount
        .map(|text| {
            text.parse::<Pence>().map_err(|error| Problem::invalid("amount", format!("--amount: {error}.")))
        })
        .transpose()?;
    let outcome = match wanted.outcome {
        Outcome::Award => decisions::Outcome::Award,
        Outcome::Reject => decisions::Outcome::Reject,
        Outcome::Defer => decisions::Outcome::Defer,
    };
    let mut accepted: Vec<Accept> = wanted
        .accept
        .iter()
        .map(|pair| {
            let (rule, reason) = pair
                .split_once('=')
                .ok_or_else(|| Problem::invalid("accept", format!("“{pair}” is not RULE=REASON.")))?;
            Ok(Accept { rule: rule.to_owned(), reason: reason.to_owned() })
        })
        .collect::<Result<_, Problem>>()?;
    let reason = wanted.reasons.join("; ");
    if outcome == decisions::Outcome::Award && !reason.is_empty() {
        // One reason for all open warnings; blocks are never lifted by it.
        let open: Vec<Finding> = decisions::findings(&desk, &case, amount)?;
        let warnings =
            open.into_iter().filter(|finding| finding.severity == Severity::Warn && finding.is_open());
        accepted.extend(warnings.map(|finding| Accept { rule: finding.rule, reason: reason.clone() }));
    }
    let input = DecisionInput {
        outcome,
        cases: vec![DecideCase { id: case.id, amount, accepted }],
        reasons: if outcome == decisions::Outcome::Reject { wanted.reasons.to_vec() } else { Vec::new() },
        feedback: wanted.feedback.to_owned(),
        note: if outcome == decisions::Outcome::Defer { reason } else { String::new() },
    };
    let decided = decisions::decide(&mut desk, &input)?;
    let stage = cases::get(&desk, case.id)?.stage;
    desk.close()?;
    let findings: Vec<Finding> = match (decided.decided.first(), decided.refused.first()) {
        (Some(done), _) => done.findings.clone(),
        (None, Some(refused)) => refused.findings.clone(),
        (None, None) => Vec::new(),
    };
    let refused = decided.entry.is_none();
    let mut lines =
        vec![if refused { format!("{reference}: refused.") } else { format!("{reference}: {stage}.") }];
    lines.extend(findings.iter().map(in_a_line));
    Ok(Answer {
        refused,
        ..Answer::new(
            json!({ "reference": case.reference, "stage": stage, "entry": decided.entry, "findings": findings }),
            lines,
        )
    })
}
