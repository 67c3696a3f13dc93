//! Everything the window shows of one case, with what may be done next first.

use serde::Serialize;
use uuid::Uuid;

use super::{Case, CaseRow, get, list, move_case::in_the_way, noun};
use crate::{
    awards, decisions,
    desk::Desk,
    facts::{self, FactGroup},
    findings::Finding,
    history::{self, HistoryLine},
    letters::{self, LetterRow},
    money::Pence,
    office, organisations, people,
    problem::Problem,
    programmes,
    stages::{self, CaseKind, Clock, Path},
    subsidy::{self, Headroom},
    when,
};

/// One case as the window shows it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CaseRecord {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// Its kind.
    pub kind: CaseKind,
    /// Its programme.
    pub programme: Named,
    /// Its round.
    pub round: Option<Named>,
    /// Its title.
    pub title: String,
    /// The business or host.
    pub business: Named,
    /// Where it stands.
    pub stage: String,
    /// As an officer says it.
    pub stage_label: String,
    /// Where it stands in a sentence.
    pub standing: String,
    /// The usual path and how far it is.
    pub steps: Vec<Step>,
    /// What may be done next; the first is the usual thing.
    pub next: Vec<NextStep>,
    /// What the rules say about it now.
    pub findings: Vec<Finding>,
    /// How many rules had nothing to say.
    pub passed: u32,
    /// The enterprise’s subsidy headroom with this award.
    pub headroom: Option<Headroom>,
    /// Its facts, grouped as its form is.
    pub groups: Vec<FactGroup>,
    /// Its people.
    pub people: Vec<CasePerson>,
    /// The business’s other cases.
    pub other_cases: Vec<CaseRow>,
    /// Its letters, newest first.
    pub letters: Vec<LetterRow>,
    /// What was done with it, newest first.
    pub history: Vec<HistoryLine>,
}

/// A record by id and name.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A person with a part in a case.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CasePerson {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their part.
    pub role: String,
    /// Their job title.
    pub job_title: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// A stage of the usual path.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Step {
    /// The stage.
    pub stage: String,
    /// As an officer says it.
    pub label: String,
    /// Whether it is behind, here or ahead.
    pub state: StepState,
}

/// Whether a stage is behind, here or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Ahead,
}

/// What can be done from a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NextAction {
    /// Award.
    Award,
    /// Reject.
    Reject,
    /// Defer.
    Defer,
    /// Move to the stage in `to`.
    Move,
    /// Make the letter in `letter`.
    Letter,
}

/// One thing that may be done next, with what stands in its way.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct NextStep {
    /// What.
    pub action: NextAction,
    /// The stage it leads to.
    pub to: Option<String>,
    /// The letter it makes.
    pub letter: Option<String>,
    /// What the button says.
    pub label: String,
    /// A line under it.
    pub explains: Option<String>,
    /// Whether it is the one filled button.
    pub filled: bool,
    /// What is missing or blocks.
    pub missing: Vec<Finding>,
}

/// The record of one case.
pub fn record(desk: &Desk, id: Uuid) -> Result<CaseRecord, Problem> {
    let case = get(desk, id)?;
    let programme = programmes::store::get(desk.reader(), case.programme_id)?;
    let round = case
        .round_id
        .map(|round| programmes::store::round_by_id(desk.reader(), round))
        .transpose()?
        .flatten();
    let (mut findings, passed) = decisions::findings_and_passed(desk, &case, None)?;
    findings.extend(beyond_the_calendar(desk, &case)?);
    let letters = letters::of_case(desk, id)?;
    let own_table = case.kind.table();
    Ok(CaseRecord {
        next: next_steps(desk, &case, &programme, &letters, &findings)?,
        steps: steps(&case),
        standing: standing(desk, &case),
        headroom: headroom(desk, &case, &programme, round.as_ref())?,
        groups: facts::groups(desk, noun(case.kind), id)?,
        people: case_people(desk, &case)?,
        other_cases: list::of_organisation(desk, case.organisation_id)?
            .into_iter()
            .filter(|row| row.id != id)
            .collect(),
        history: history::of(desk, &related(desk, id, own_table)?)?,
        business: Named {
            id: case.organisation_id,
            name: organisations::store::get(desk.reader(), case.organisation_id)?.name,
        },
        programme: Named { id: programme.id, name: programme.name },
        round: round.map(|round| Named { id: round.id, name: round.name }),
        stage_label: stages::label(case.kind, &case.stage),
        reference: case.reference,
        kind: case.kind,
        title: case.title,
        stage: case.stage,
        letters,
        findings,
        passed,
        id,
    })
}

fn related<'a>(desk: &Desk, id: Uuid, own_table: &'a str) -> Result<Vec<(&'a str, Uuid)>, Problem> {
    let mut records = vec![("cases", id), (own_table, id)];
    records.extend(super::store::related(desk.reader(), id)?);
    Ok(records)
}

fn steps(case: &Case) -> Vec<Step> {
    let path: Vec<_> = stages::stages(case.kind)
        .iter()
        .filter(|stage| stage.path == Path::Main || stage.id == "closed")
        .collect();
    let here = path.iter().position(|stage| stage.id == case.stage);
    path.iter()
        .enumerate()
        .map(|(at, stage)| Step {
            stage: stage.id.to_owned(),
            label: stage.label.to_owned(),
            state: match here {
                Some(here) if at < here => StepState::Done,
                Some(here) if at == here => StepState::Now,
                _ => StepState::Ahead,
            },
        })
        .collect()
}

/// A day counted in working days past the last year of which bank holidays are announced.
fn beyond_the_calendar(desk: &Desk, case: &Case) -> Result<Option<Finding>, Problem> {
    let known = office::get(desk)?.nation.known_until();
    let counted = stages::find(case.kind, &case.stage)
        .is_some_and(|stage| matches!(stage.clock, Clock::WorkingDays(_) | Clock::ToDecide | Clock::ToPay));
    Ok(case.due.filter(|due| counted && *due > known).map(|due| {
        Finding::inform("bank-holidays", format!("Bank holidays are known to {}.", when::day_in_words(known)))
            .detail(format!(
                "The due day, {}, passes over weekends only after that.",
                when::day_in_words(due)
            ))
            .fix("Look the bank holidays of that year up, and update Voucher Desk when they are announced.")
            .source("GOV.UK, bank holidays")
    }))
}

fn standing(desk: &Desk, case: &Case) -> String {
    let stage = stages::label(case.kind, &case.stage);
    let since = when::day_short(case.stage_since);
    match case.due {
        Some(due) if due < desk.today() => {
            format!("{stage} since {since}. The next step is {}.", when::due_in_words(due, desk.today()))
        }
        Some(due) => {
            format!("{stage} since {since}. The next step is due {}.", when::due_in_words(due, desk.today()))
        }
        None => format!("{stage} since {since}."),
    }
}

fn headroom(
    desk: &Desk,
    case: &Case,
    programme: &programmes::Programme,
    round: Option<&programmes::Round>,
) -> Result<Option<Headroom>, Problem> {
    let (CaseKind::Voucher, Some(assistance)) = (case.kind, programme.assistance()) else { return Ok(None) };
    let award = awards::store::of_case(desk.reader(), case.id)?;
    let amount = match award {
        Some(award) => Some(award.amount),
        None => proposed(desk, case, programme)?,
    };
    let proposed = subsidy::Proposed {
        case_id: case.id,
        amount: amount.unwrap_or_default(),
        rules_as_of: round.map_or(desk.today(), |round| round.rules_as_of),
        limit: assistance.route,
    };
    subsidy::headroom(desk, case.organisation_id, Some(proposed), desk.today()).map(Some)
}

/// What the programme would award.
fn proposed(desk: &Desk, case: &Case, programme: &programmes::Programme) -> Result<Option<Pence>, Problem> {
    let business = organisations::store::get(desk.reader(), case.organisation_id)?;
    let quote = awards::store::quote(desk.reader(), case, programme, &business, desk.today())?;
    Ok(awards::proposed(programme, case.asked, quote))
}

fn case_people(desk: &Desk, case: &Case) -> Result<Vec<CasePerson>, Problem> {
    let mut parts = vec![(case.contact_id, "Contact"), (case.academic_id, "Lead academic")];
    if case.kind == CaseKind::Placement {
        for (field, role) in [("student_id", "Student"), ("supervisor_id", "Supervisor")] {
            parts.push((super::store::value(desk.reader(), "placements", field, case.id)?.id(), role));
        }
    }
    parts
        .into_iter()
        .filter_map(|(id, role)| id.map(|id| (id, role)))
        .map(|(id, role)| {
            let person = people::store::get(desk.reader(), id)?;
            Ok(CasePerson {
                id,
                name: person.name,
                role: role.to_owned(),
                job_title: person.job_title,
                email: person.email,
                phone: person.phone,
            })
        })
        .collect()
}

/// Letters first where one is owed, then what the stage table offers, the usual one filled.
fn next_steps(
    desk: &Desk,
    case: &Case,
    programme: &programmes::Programme,
    letters: &[LetterRow],
    findings: &[Finding],
) -> Result<Vec<NextStep>, Problem> {
    let Some(stage) = stages::find(case.kind, &case.stage) else { return Ok(Vec::new()) };
    let mut steps: Vec<NextStep> = Vec::new();
    for kind in stage.letters {
        let made = letters.iter().any(|letter| letter.kind == *kind && letter.withdrawn_on.is_none());
        let wanted = *kind != "mfa_notification" || programme.assistance().is_some();
        if !made
            && wanted
            && let Some(known) = letters::kind(kind)
        {
            steps.push(NextStep {
                action: NextAction::Letter,
                to: None,
                letter: Some((*kind).to_owned()),
                label: format!("{}…", known.label),
                explains: Some("Read it, then issue and print it.".to_owned()),
                filled: false,
                missing: Vec::new(),
            });
        }
    }
    for next in stage.next {
        let Some(next) = stages::find(case.kind, next) else { continue };
        let (action, label, explains, missing) = match (next.by_decision, next.id) {
            (true, "offered") => {
                let amount = proposed(desk, case, programme)?;
                (
                    NextAction::Award,
                    amount.map_or("Award…".to_owned(), |amount| format!("Award {}", amount.shown())),
                    Some("Awarding sets the offer’s dates; the letters come next."),
                    findings.iter().filter(|finding| finding.is_open()).cloned().collect(),
                )
            }
            (true, "rejected") => (NextAction::Reject, "Reject…".to_owned(), None, Vec::new()),
            (true, _) => (NextAction::Defer, "Defer…".to_owned(), None, Vec::new()),
            (false, _) => {
                let missing = if next.path == Path::End && next.needs.is_empty() && next.guards.is_empty() {
                    Vec::new()
                } else {
                    in_the_way(desk, case, next)?.into_iter().filter(Finding::is_open).collect()
                };
                (NextAction::Move, next.verb.to_owned(), None, missing)
            }
        };
        steps.push(NextStep {
            action,
            to: Some(next.id.to_owned()),
            letter: None,
            label,
            explains: explains.map(str::to_owned),
            filled: false,
            missing,
        });
    }
    // The filled button is the award where one can be made, else the first thing the list offers.
    let usual = steps.iter().position(|step| step.action == NextAction::Award).unwrap_or(0);
    if usual < steps.len() {
        steps[..=usual].rotate_right(1);
        steps[0].filled = true;
    }
    Ok(steps)
}
