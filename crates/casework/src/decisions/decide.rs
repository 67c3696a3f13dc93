//! Deciding: one case or many, each checked by the rules with what was decided before it in the same go.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Outcome, can_be_decided, facts, mark_accepted, rules, store};
use crate::{
    awards::{self, Award, Quote},
    cases::{self, Case},
    desk::{Desk, Hand},
    findings::{Finding, Severity, any_block},
    money::Pence,
    office, organisations,
    problem::{Code, Problem},
    programmes, stages,
    store::Tx,
    subsidy, when,
};

/// What is to be decided.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct DecisionInput {
    /// The outcome for all of them.
    pub outcome: Outcome,
    /// Which cases.
    pub cases: Vec<DecideCase>,
    /// Reason codes, for a rejection.
    pub reasons: Vec<String>,
    /// Feedback that goes into the letter.
    pub feedback: String,
    /// A note for the file that does not.
    pub note: String,
}

/// One case to decide.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct DecideCase {
    /// Which.
    pub id: Uuid,
    /// The amount; none means what the programme proposes.
    pub amount: Option<Pence>,
    /// Warnings taken with a reason.
    pub accepted: Vec<Accept>,
}

/// A warning taken with a reason.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Accept {
    /// The rule.
    pub rule: String,
    /// The reason.
    pub reason: String,
}

/// What was decided, and what was refused.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Decided {
    /// The journal entry; none when nothing was decided.
    #[specta(type = Option<u32>)]
    pub entry: Option<i64>,
    /// The cases decided.
    pub decided: Vec<DecidedCase>,
    /// The cases a rule refused.
    pub refused: Vec<RefusedCase>,
}

/// A case that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct DecidedCase {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// Where it stands now.
    pub stage: String,
    /// What was awarded.
    pub amount: Option<Pence>,
    /// What the rules said, accepted warnings and things worth knowing.
    pub findings: Vec<Finding>,
}

/// A case that a rule refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct RefusedCase {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// What stands in the way.
    pub findings: Vec<Finding>,
}

/// What a decision would do, before it is made.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DecisionPreview {
    /// Case by case.
    pub cases: Vec<CaseDecision>,
    /// How many can be decided.
    pub count: u32,
    /// How many a rule stops.
    pub blocked: u32,
    /// What the awards come to.
    pub sum: Pence,
    /// What it does to each round’s money.
    pub rounds: Vec<RoundEffect>,
}

/// What a decision would do to one case.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CaseDecision {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// The business.
    pub business: String,
    /// What was asked for.
    pub asked: Option<Pence>,
    /// What would be awarded.
    pub amount: Option<Pence>,
    /// What the rules say.
    pub findings: Vec<Finding>,
    /// Whether a rule stops it.
    pub blocked: bool,
    /// Whether what stops it is the amount: with another it could be decided.
    pub another_amount_would_do: bool,
    /// The warnings that want a reason, by rule.
    pub needs_reason: Vec<String>,
}

/// What a decision does to a round’s money.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RoundEffect {
    /// The round.
    pub round: String,
    /// Its budget.
    pub budget: Pence,
    /// Left before.
    pub left_before: Pence,
    /// Left after.
    pub left_after: Pence,
}

struct Judged {
    case: Case,
    amount: Option<Pence>,
    findings: Vec<Finding>,
}

impl Judged {
    fn is_open(&self) -> bool {
        self.findings.iter().any(Finding::is_open)
    }
}

/// Decides. Cases that a rule refuses are left as they are and named; the others are decided in one change.
pub fn decide(desk: &mut Desk, input: &DecisionInput) -> Result<Decided, Problem> {
    complete(input)?;
    let label = label(desk, input)?;
    let mut refused = Vec::new();
    let done = desk.change(&label, |tx, hand| {
        let (mut decided, mut left) = (Vec::new(), Vec::new());
        for wanted in &input.cases {
            for accept in &wanted.accepted {
                accept_in(tx, hand, wanted.id, accept)?;
            }
            let judged = judge(tx, hand, input.outcome, wanted)?;
            if judged.is_open() {
                left.push(RefusedCase {
                    id: wanted.id,
                    reference: judged.case.reference,
                    findings: judged.findings,
                });
                continue;
            }
            carry_out(tx, hand, input, &judged)?;
            decided.push(DecidedCase {
                id: wanted.id,
                reference: judged.case.reference,
                stage: input.outcome.stage().to_owned(),
                amount: judged.amount.filter(|_| input.outcome == Outcome::Award),
                findings: judged.findings,
            });
        }
        if decided.is_empty() {
            // Nothing is decided, so nothing is kept: not the reasons given on the way either.
            refused = left;
            return Err(Problem::new(Code::Cancelled, "Nothing was decided."));
        }
        Ok((decided, left))
    });
    match done {
        Ok(changed) => {
            Ok(Decided { entry: changed.entry, decided: changed.value.0, refused: changed.value.1 })
        }
        Err(problem) if problem.code == Code::Cancelled => {
            Ok(Decided { entry: None, decided: Vec::new(), refused })
        }
        Err(problem) => Err(problem),
    }
}

/// What the decision would do: the decision itself, taken back before it is kept.
pub fn preview(desk: &mut Desk, input: &DecisionInput) -> Result<DecisionPreview, Problem> {
    let mut preview =
        DecisionPreview { cases: Vec::new(), count: 0, blocked: 0, sum: Pence::ZERO, rounds: Vec::new() };
    let rounds = rounds_of(desk, input)?;
    let tried = desk.change("Preview", |tx, hand| {
        for wanted in &input.cases {
            let judged = judge(tx, hand, input.outcome, wanted)?;
            let blocked = any_block(&judged.findings);
            if blocked {
                preview.blocked += 1;
            } else {
                preview.count += 1;
                preview.sum = preview.sum
                    + judged.amount.filter(|_| input.outcome == Outcome::Award).unwrap_or_default();
                carry_out(tx, hand, input, &judged)?;
            }
            let another_amount_would_do =
                blocked && input.outcome == Outcome::Award && smallest_would_do(tx, hand, &judged.case)?;
            preview.cases.push(CaseDecision {
                id: wanted.id,
                business: crate::organisations::store::get(tx, judged.case.organisation_id)?.name,
                reference: judged.case.reference,
                asked: judged.case.asked,
                amount: judged.amount.filter(|_| input.outcome == Outcome::Award),
                needs_reason: judged
                    .findings
                    .iter()
                    .filter(|finding| finding.severity == Severity::Warn && finding.is_open())
                    .map(|finding| finding.rule.clone())
                    .collect(),
                findings: judged.findings,
                another_amount_would_do,
                blocked,
            });
        }
        for before in &rounds {
            let after =
                programmes::store::round_by_id(tx, before.id)?.map_or(before.left(), |round| round.left());
            preview.rounds.push(RoundEffect {
                round: before.name.clone(),
                budget: before.budget,
                left_before: before.left(),
                left_after: after,
            });
        }
        Err::<(), _>(Problem::new(Code::Cancelled, "Preview"))
    });
    match tried {
        Err(problem) if problem.code != Code::Cancelled => Err(problem),
        _ => Ok(preview),
    }
}

/// a rejection carries reasons.
fn complete(input: &DecisionInput) -> Result<(), Problem> {
    let known = |code: &String| super::REASONS.iter().any(|(reason, ..)| reason == code);
    if let Some(code) = input.reasons.iter().find(|code| !known(code)) {
        return Err(Problem::invalid("reasons", format!("There is no reason “{code}”.")));
    }
    if input.outcome == Outcome::Reject && input.reasons.is_empty() {
        return Err(Problem::invalid("reasons", "A rejection needs a reason (R-67).")
            .fix("Choose one or more; the letter says them."));
    }
    if input.outcome == Outcome::Defer && input.note.trim().is_empty() {
        return Err(Problem::invalid("note", "A deferral needs a note (R-67).").fix("Write what is awaited."));
    }
    if input.cases.is_empty() {
        return Err(Problem::invalid("cases", "No case is chosen."));
    }
    Ok(())
}

fn label(desk: &Desk, input: &DecisionInput) -> Result<String, Problem> {
    Ok(match input.cases.as_slice() {
        [one] => format!("{} {}", input.outcome.done(), cases::get(desk, one.id)?.reference),
        many => format!("{} {} cases", input.outcome.done(), many.len()),
    })
}

fn rounds_of(desk: &Desk, input: &DecisionInput) -> Result<Vec<programmes::Round>, Problem> {
    let mut rounds: Vec<programmes::Round> = Vec::new();
    for wanted in &input.cases {
        if let Some(id) = cases::get(desk, wanted.id)?.round_id
            && !rounds.iter().any(|round| round.id == id)
            && let Some(round) = programmes::store::round_by_id(desk.reader(), id)?
        {
            rounds.push(round);
        }
    }
    Ok(rounds)
}

fn accept_in(tx: &Tx, hand: &Hand, case: Uuid, accept: &Accept) -> Result<(), Problem> {
    if accept.reason.trim().is_empty() {
        return Err(Problem::invalid(
            "reason",
            format!("The warning {} is accepted without a reason.", accept.rule),
        )
        .fix("Write the reason."));
    }
    cases::store::accept(tx, case, &accept.rule, accept.reason.trim(), hand.officer.id, hand.today)
}

fn judge(tx: &Tx, hand: &Hand, outcome: Outcome, wanted: &DecideCase) -> Result<Judged, Problem> {
    let case = cases::store::get(tx, wanted.id)?;
    let mut findings = Vec::new();
    if !can_be_decided(&case, outcome) {
        let stage = stages::label(case.kind, &case.stage);
        findings.push(
            Finding::block(
                "stage",
                format!(
                    "{} is “{stage}”; it cannot be {} now.",
                    case.reference,
                    outcome.done().to_lowercase()
                ),
            )
            .fix("Only open voucher applications are decided.")
            .source("Stage table"),
        );
        return Ok(Judged { amount: None, case, findings });
    }
    let facts = facts::gather(tx, &hand.officer, &case, wanted.amount, hand.today)?;
    match outcome {
        Outcome::Award => findings.extend(rules::check(&facts).0),
        // Saying no or not yet is no award, but it is a decision: only who may decide does it.
        Outcome::Reject | Outcome::Defer if !facts.may_decide() => {
            findings.extend(rules::delegated_limit(&facts))
        }
        Outcome::Reject | Outcome::Defer => {}
    }
    mark_accepted(tx, &case, &mut findings)?;
    Ok(Judged { amount: facts.amount, case, findings })
}

/// Whether nothing would stop the smallest award that the programme makes.
fn smallest_would_do(tx: &Tx, hand: &Hand, case: &Case) -> Result<bool, Problem> {
    let smallest = programmes::store::get(tx, case.programme_id)?.value_min.unwrap_or(Pence(1));
    let wanted = DecideCase { id: case.id, amount: Some(smallest), accepted: Vec::new() };
    Ok(!any_block(&judge(tx, hand, Outcome::Award, &wanted)?.findings))
}

fn carry_out(tx: &Tx, hand: &Hand, input: &DecisionInput, judged: &Judged) -> Result<(), Problem> {
    let case = &judged.case;
    let programme = programmes::store::get(tx, case.programme_id)?;
    let amount = judged.amount.filter(|_| input.outcome == Outcome::Award);
    let decision = store::insert(
        tx,
        &store::NewDecision {
            case_id: case.id,
            outcome: input.outcome,
            amount,
            decided_on: hand.today,
            officer: hand.officer.id,
            reasons: &input.reasons,
            feedback: &input.feedback,
            note: &input.note,
        },
    )?;
    if let Some(amount) = amount {
        let business = organisations::store::get(tx, case.organisation_id)?;
        let quote = awards::store::quote(tx, case, &programme, &business, hand.today)?;
        let quote = quote.unwrap_or(Quote { net: Pence::ZERO, vat: Pence::ZERO, vat_eligible: false });
        let terms = Award::terms(&programme, amount, quote, hand.today);
        awards::store::insert(tx, case.id, decision, &terms)?;
        if let Some(assistance) = programme.assistance() {
            let giver = office::store::get(tx)?.name;
            subsidy::store::enter(
                tx,
                assistance.route,
                case.organisation_id,
                case.id,
                &giver,
                amount,
                hand.today,
            )?;
        }
    }
    let stage = input.outcome.stage();
    let clock = stages::find(case.kind, stage).map_or(stages::Clock::None, |stage| stage.clock);
    let due = awards::due_day(tx, case.id, clock, &programme, hand.today)?;
    cases::store::put_on_stage(
        tx,
        &cases::store::Move {
            case_id: case.id,
            from: Some(&case.stage),
            to: stage,
            due,
            effective_on: hand.today,
            recorded_at: &when::stored_instant(hand.now),
            officer: hand.officer.id,
            note: Some(input.note.trim()).filter(|note| !note.is_empty()),
        },
    )
}
