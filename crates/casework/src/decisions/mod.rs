//! Decisions on vouchers: what the rules say first, then award, reject or defer, one case or many.

mod decide;
pub mod facts;
mod money_rules;
pub mod rules;
pub(crate) mod store;

pub use decide::{
    Accept, CaseDecision, DecideCase, Decided, DecidedCase, DecisionInput, DecisionPreview, RefusedCase,
    RoundEffect, decide, preview,
};

use serde::{Deserialize, Serialize};

use crate::{
    cases::{self, Case},
    desk::Desk,
    findings::Finding,
    money::Pence,
    problem::Problem,
    stages::{self, CaseKind},
    store::Reader,
};

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Offer the voucher.
    Award,
    /// Say no, with reasons.
    Reject,
    /// Ask for more, or wait for the next panel.
    Defer,
}

impl Outcome {
    /// The stage it leads to.
    pub const fn stage(self) -> &'static str {
        match self {
            Outcome::Award => "offered",
            Outcome::Reject => "rejected",
            Outcome::Defer => "deferred",
        }
    }

    /// What was done, in words.
    pub const fn done(self) -> &'static str {
        match self {
            Outcome::Award => "Awarded",
            Outcome::Reject => "Rejected",
            Outcome::Defer => "Deferred",
        }
    }
}

/// The standard reasons for saying no, with the sentence a letter makes of each.
/// Source: the reasons most often given by voucher funders (domain brief, section 1.6).
pub const REASONS: &[(&str, &str, &str)] = &[
    (
        "not_eligible_business",
        "The applicant is not eligible",
        "the applicant does not meet the programme’s conditions for businesses",
    ),
    (
        "not_eligible_work",
        "The work is not eligible",
        "the work described is not of a kind that the programme can pay for",
    ),
    (
        "too_little_information",
        "Too little information",
        "the application did not give enough information to assess it",
    ),
    (
        "low_innovation",
        "Too little that is new",
        "the project showed too little that would be new to the business or its market",
    ),
    ("low_impact", "Too little benefit", "the expected benefit was small for the amount asked"),
    ("not_additional", "Would happen anyway", "the project seemed likely to go ahead without the voucher"),
    (
        "deliverability",
        "Hard to deliver",
        "the plan, the time or the provider left doubt that the work could be delivered",
    ),
    ("budget", "The budget is used up", "the round’s budget went to applications that scored higher"),
    (
        "subsidy_limit",
        "Over the subsidy limit",
        "the award would have taken the enterprise over the limit for minimal financial assistance",
    ),
];

/// What the rules say about awarding a case, with warnings already accepted marked so. Without an amount, the amount that the
/// programme would propose. Cases that no award can be made on have no findings.
pub fn findings(desk: &Desk, case: &Case, amount: Option<Pence>) -> Result<Vec<Finding>, Problem> {
    Ok(findings_and_passed(desk, case, amount)?.0)
}

pub(crate) fn findings_and_passed(
    desk: &Desk,
    case: &Case,
    amount: Option<Pence>,
) -> Result<(Vec<Finding>, u32), Problem> {
    if !can_be_decided(case, Outcome::Award) {
        return Ok((Vec::new(), 0));
    }
    let officer = desk.officer()?;
    let facts = facts::gather(desk.reader(), &officer, case, amount, desk.today())?;
    let (mut findings, passed) = rules::check(&facts);
    mark_accepted(desk.reader(), case, &mut findings)?;
    Ok((findings, passed))
}

fn mark_accepted(reader: &Reader, case: &Case, findings: &mut [Finding]) -> Result<(), Problem> {
    let accepted = cases::store::accepted(reader, case.id)?;
    for finding in findings {
        finding.accepted =
            accepted.iter().find(|(rule, _)| *rule == finding.rule).map(|(_, accepted)| accepted.clone());
    }
    Ok(())
}

/// Whether the stage table lets a case be decided so.
pub(crate) fn can_be_decided(case: &Case, outcome: Outcome) -> bool {
    case.kind == CaseKind::Voucher
        && stages::find(case.kind, &case.stage).is_some_and(|stage| stage.next.contains(&outcome.stage()))
}
