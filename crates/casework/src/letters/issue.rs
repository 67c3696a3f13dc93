//! Making letters: facts are gathered one after the other, pages are set on all cores, and what is issued is kept in one change.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Datelike;
use letters::{Fault, Letter, Press, Stationery, Typeset};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    LetterDraft, LetterKind, NewLetter, facts, known, link, number, owed, store, store_letter, templates,
};
use crate::{
    awards,
    cases::{self, Case},
    desk::Desk,
    findings::Finding,
    office,
    problem::{Code, Problem},
    programmes, stages, when,
};

/// What became of one letter.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Issued {
    /// Its case.
    pub case_id: Uuid,
    /// The case’s reference.
    pub reference: String,
    /// The letter’s id.
    pub letter_id: Option<Uuid>,
    /// Its number.
    pub number: Option<String>,
    /// How many pages it has.
    pub pages: u32,
    /// The fingerprint of its PDF.
    pub sha256: Option<String>,
    /// What became of it.
    pub outcome: IssueOutcome,
    /// What stood in the way.
    pub findings: Vec<Finding>,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum IssueOutcome {
    /// Issued under its number.
    Issued,
    /// Something is missing or wrong.
    Refused,
    /// The officer cancelled before it was made.
    Cancelled,
}

/// A letter with its facts, ready to be set.
struct Prepared {
    case: Case,
    facts: Value,
    recipient: String,
    title: String,
    number: Option<String>,
    /// What speaks against it before it is set.
    refused: Vec<Finding>,
}

/// What all letters of a batch share.
struct Batch<'a> {
    kind: &'a LetterKind,
    version: u32,
    template: String,
    stationery: Stationery,
    date: (i32, u32, u32),
}

fn batch<'a>(desk: &Desk, kind: &'a LetterKind) -> Result<Batch<'a>, Problem> {
    let template = templates::store::in_force(desk.reader(), kind.kind)?;
    let today = desk.today();
    Ok(Batch {
        kind,
        version: template.number,
        template: template.text,
        stationery: facts::stationery(&office::get(desk)?),
        date: (today.year(), today.month(), today.day()),
    })
}

fn prepare(desk: &Desk, batch: &Batch, case: Uuid, numbered: bool) -> Result<Prepared, Problem> {
    let case = cases::get(desk, case)?;
    let refused = against(desk, &case, batch.kind)?.into_iter().collect();
    let facts = facts::gather(desk, &case)?;
    let recipient = facts["recipient"]["name"].as_str().unwrap_or_default().to_owned();
    let number = if numbered {
        Some(number(&case.reference, store::last_number(desk.reader(), &case.reference)?))
    } else {
        None
    };
    Ok(Prepared {
        title: format!("{} {}", batch.kind.label, case.reference),
        case,
        facts,
        recipient,
        number,
        refused,
    })
}

/// What speaks against a letter about this case, whatever its facts.
fn against(desk: &Desk, case: &Case, kind: &LetterKind) -> Result<Option<Finding>, Problem> {
    if case.kind != kind.for_kind {
        let (is, wanted) = (case.kind.name(), kind.for_kind.name());
        let message = format!("{} is a {is}; this letter is for a {wanted}.", case.reference);
        return Ok(Some(Finding::block("letter", message)));
    }
    if !has_come_to(case, kind) {
        let stage = stages::label(case.kind, &case.stage);
        let message = format!("{} is “{stage}”; this letter comes later.", case.reference);
        return Ok(Some(Finding::block("letter", message).fix("Take the step it speaks of first.")));
    }
    let programme = programmes::store::get(desk.reader(), case.programme_id)?;
    if !owed::is_asked_for(kind, &programme.subsidy_route) {
        let message = format!("{} gives no assistance that must be notified.", programme.name);
        return Ok(Some(Finding::block("letter", message).source("Subsidy Control Act 2022, s.37(1)")));
    }
    offer_closed(desk, case)
}

/// An offer that nobody can take up any more is not sent.
fn offer_closed(desk: &Desk, case: &Case) -> Result<Option<Finding>, Problem> {
    let open = stages::find(case.kind, &case.stage)
        .is_some_and(|stage| stage.clock == stages::Clock::Award("accept_by"));
    if !open {
        return Ok(None);
    }
    let award = awards::store::of_case(desk.reader(), case.id)?;
    Ok(award.filter(|award| award.accept_by < desk.today()).map(|award| {
        let last = when::day_in_words(award.accept_by);
        Finding::block("letter", format!("The offer was open until {last}."))
            .fix("Record that the offer lapsed. If it was never sent, undo the award and award it again.")
            .source("The offer letter")
    }))
}

/// Those of these cases that a letter of this kind can be about.
pub(super) fn may_have(desk: &Desk, cases: &[Case], kind: &LetterKind) -> Result<Vec<Uuid>, Problem> {
    let mut able = Vec::new();
    for case in cases {
        if against(desk, case, kind)?.is_none() {
            able.push(case.id);
        }
    }
    Ok(able)
}

/// Whether the stage table offers the letter at the case’s stage, or at one that it must have passed to get there.
fn has_come_to(case: &Case, kind: &LetterKind) -> bool {
    let offers = |stage: &stages::Stage| stage.letters.contains(&kind.kind);
    let Some(here) = stages::find(case.kind, &case.stage) else {
        return false;
    };
    if offers(here) {
        return true;
    }
    let table = stages::stages(case.kind);
    let at = table.iter().position(|stage| stage.id == case.stage);
    let first = table.iter().position(offers);
    let past = matches!((at, first), (Some(at), Some(first)) if at > first);
    past && table.iter().any(|stage| offers(stage) && stage.path == stages::Path::Main)
        && here.path == stages::Path::Main
}

fn set(press: &Press, batch: &Batch, prepared: &Prepared) -> Result<Typeset, Vec<Fault>> {
    press.typeset(&Letter {
        template: &batch.template,
        facts: &prepared.facts,
        stationery: &batch.stationery,
        number: prepared.number.as_deref(),
        date: batch.date,
        title: &prepared.title,
        language: "en-GB",
        max_pages: Some(batch.kind.max_pages),
    })
}

/// Sets every letter, on all cores, in whatever order; `go_on` is asked before each and told after each.
fn set_all(
    press: &Press,
    batch: &Batch,
    all: &[Prepared],
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Vec<Option<Result<Typeset, Vec<Fault>>>> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(all.len().max(1));
    let mut set_letters: Vec<Option<Result<Typeset, Vec<Fault>>>> = (0..all.len()).map(|_| None).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    while go_on(done.load(Ordering::Relaxed)) {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(prepared) = all.get(at) else { break };
                        if prepared.refused.is_empty() {
                            own.push((at, set(press, batch, prepared)));
                        }
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    own
                })
            })
            .collect();
        for worker in workers {
            for (at, result) in worker.join().unwrap_or_default() {
                set_letters[at] = Some(result);
            }
        }
    });
    go_on(done.load(Ordering::Relaxed));
    set_letters
}

pub(super) fn try_all(desk: &Desk, kind: &LetterKind, ids: &[Uuid]) -> Result<Vec<LetterDraft>, Problem> {
    let batch = batch(desk, kind)?;
    let all = ids.iter().map(|id| prepare(desk, &batch, *id, false)).collect::<Result<Vec<_>, _>>()?;
    let results = set_all(&desk.press(), &batch, &all, &|_| true);
    Ok(all
        .into_iter()
        .zip(results)
        .map(|(prepared, result)| {
            let (pages, findings) = match result {
                Some(Ok(typeset)) => (Some(typeset.pages), Vec::new()),
                Some(Err(faults)) => (None, faults.iter().map(link::finding).collect()),
                None => (None, prepared.refused),
            };
            LetterDraft {
                case_id: prepared.case.id,
                reference: prepared.case.reference,
                to: prepared.recipient,
                pages,
                ready: findings.is_empty(),
                findings,
            }
        })
        .collect())
}

pub(super) fn preview(desk: &Desk, kind: &LetterKind, case: Uuid) -> Result<Vec<u8>, Problem> {
    let batch = batch(desk, kind)?;
    let prepared = prepare(desk, &batch, case, false)?;
    if !prepared.refused.is_empty() {
        let message = prepared.refused[0].message.clone();
        return Err(Problem::refused(message, prepared.refused));
    }
    shown(desk, &batch, &prepared)
}

/// The letter that another text would make of a case, whatever else speaks against sending it.
pub(super) fn preview_of(desk: &Desk, kind: &LetterKind, case: Uuid, text: &str) -> Result<Vec<u8>, Problem> {
    let batch = Batch { template: text.to_owned(), ..batch(desk, kind)? };
    let prepared = prepare(desk, &batch, case, false)?;
    shown(desk, &batch, &prepared)
}

fn shown(desk: &Desk, batch: &Batch, prepared: &Prepared) -> Result<Vec<u8>, Problem> {
    set(&desk.press(), batch, prepared).map(|typeset| typeset.pdf).map_err(|faults| link::problem(&faults))
}

pub(super) fn recovery_sheet(desk: &Desk, register: &str, key: &str) -> Result<Vec<u8>, Problem> {
    let office = office::get(desk)?;
    let today = desk.today();
    let facts = serde_json::json!({ "register": register, "key": key, "officer": desk.officer()?.name, "office": { "name": office.name } });
    let sheet = Letter {
        template: include_str!("templates/recovery_sheet.md"),
        facts: &facts,
        stationery: &Stationery {
            window: letters::Window::None,
            fold_marks: false,
            ..facts::stationery(&office)
        },
        number: Some("Recovery sheet"),
        date: (today.year(), today.month(), today.day()),
        title: "Recovery sheet",
        language: "en-GB",
        max_pages: Some(1),
    };
    desk.press().typeset(&sheet).map(|typeset| typeset.pdf).map_err(|faults| link::problem(&faults))
}

/// Issues letters of a kind for these cases. Those that cannot be made are named; the others are kept under their numbers in
/// one change. `go_on` hears how many are done, and stops the rest by answering no.
pub fn issue(
    desk: &mut Desk,
    kind: &str,
    ids: &[Uuid],
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Vec<Issued>, Problem> {
    let kind = known(kind)?;
    let batch = batch(desk, kind)?;
    let mut unique = ids.to_vec();
    unique.sort_unstable();
    unique.dedup();
    if unique.len() != ids.len() {
        return Err(Problem::new(Code::Invalid, "A case is chosen twice.").fix("Choose each case once."));
    }
    let all = ids.iter().map(|id| prepare(desk, &batch, *id, true)).collect::<Result<Vec<_>, _>>()?;
    let results = set_all(&desk.press(), &batch, &all, go_on);
    let mut issued: Vec<Issued> = Vec::with_capacity(all.len());
    let mut made: Vec<(usize, Uuid, Typeset)> = Vec::new();
    for (at, (prepared, result)) in all.iter().zip(results).enumerate() {
        let mut line = Issued {
            case_id: prepared.case.id,
            reference: prepared.case.reference.clone(),
            letter_id: None,
            number: None,
            pages: 0,
            sha256: None,
            outcome: IssueOutcome::Refused,
            findings: prepared.refused.clone(),
        };
        match result {
            Some(Ok(typeset)) => {
                let id = Uuid::now_v7();
                line.letter_id = Some(id);
                line.number = prepared.number.clone();
                line.pages = typeset.pages;
                line.sha256 = Some(typeset.sha256.clone());
                line.outcome = IssueOutcome::Issued;
                made.push((at, id, typeset));
            }
            Some(Err(faults)) => line.findings = faults.iter().map(link::finding).collect(),
            None if line.findings.is_empty() => line.outcome = IssueOutcome::Cancelled,
            None => {}
        }
        issued.push(line);
    }
    if made.is_empty() {
        return Ok(issued);
    }
    let label = match made.as_slice() {
        [(at, ..)] => format!("Issued {}", issued[*at].number.clone().unwrap_or_default()),
        many => format!("Issued {} letters: {}", many.len(), kind.label.to_lowercase()),
    };
    desk.change(&label, |tx, hand| {
        made.iter().try_for_each(|(at, id, typeset)| {
            let prepared = &all[*at];
            store_letter(
                tx,
                hand,
                &NewLetter {
                    id: *id,
                    case_id: prepared.case.id,
                    reference: &prepared.case.reference,
                    number: prepared.number.as_deref().unwrap_or_default(),
                    kind: kind.kind,
                    template_version: batch.version,
                    recipient: &prepared.recipient,
                    facts: &prepared.facts.to_string(),
                    pdf: &typeset.pdf,
                    sha256: &typeset.sha256,
                    pages: typeset.pages,
                },
            )
        })
    })?;
    Ok(issued)
}
