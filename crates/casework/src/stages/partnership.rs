//! The stages of a partnership.

use super::{Clock, Stage, stage};

pub(super) const STAGES: &[Stage] = &[
    stage("lead", "Lead", "Back to lead").then(&["scoping", "withdrawn"]).due(Clock::WorkingDays(2)),
    stage("scoping", "Scoping", "Begin scoping")
        .then(&["matched", "no_match", "withdrawn"])
        .needs(&["need", "partnership_type"])
        .due(Clock::WorkingDays(10)),
    stage("matched", "Matched", "Record the match")
        .then(&["proposal", "heads_of_terms", "withdrawn"])
        .needs(&["provider_id", "contact_id", "academic_id", "matched_on"])
        .due(Clock::Days(28)),
    stage("proposal", "Proposal", "Begin the bid")
        .then(&["submitted", "withdrawn"])
        .needs(&["funder", "call", "call_closes"])
        .due(Clock::On("call_closes")),
    stage("submitted", "Submitted", "Record the submission")
        .then(&["awarded", "unsuccessful", "withdrawn"])
        .needs(&["submitted_on", "asked"])
        .due(Clock::Days(90)),
    stage("awarded", "Awarded", "Record the award")
        .then(&["heads_of_terms", "withdrawn"])
        .needs(&["grant_awarded", "funder_decided_on"])
        .due(Clock::Days(30)),
    stage("heads_of_terms", "Heads of terms", "Record heads of terms")
        .then(&["signed", "withdrawn"])
        .needs(&["heads_of_terms_on", "ip_basis"])
        .due(Clock::Days(60)),
    stage("signed", "Agreement signed", "Record the signatures")
        .then(&["live", "withdrawn"])
        .needs(&["signed_on", "agreement_basis", "starts_on", "ends_on"])
        .guards(&["ends-after-start"])
        .due(Clock::On("starts_on"))
        .letters(&["partnership_confirmation"]),
    stage("live", "Live", "Record the start")
        .then(&["closing", "ended_early"])
        .due(Clock::On("review_on"))
        .letters(&["partnership_confirmation"]),
    stage("closing", "Closing", "Begin closing").then(&["complete"]).due(Clock::Days(60)),
    stage("complete", "Complete", "Complete the case").then(&["renewed"]).needs(&["outcome"]),
    stage("renewed", "Renewed", "Record the renewal").ends(),
    stage("no_match", "No match", "Record that no match was found").ends(),
    stage("unsuccessful", "Bid unsuccessful", "Record that the bid failed").ends(),
    stage("ended_early", "Ended early", "Record the early end").ends().needs(&["outcome"]),
    stage("withdrawn", "Withdrawn", "Record the withdrawal").ends(),
];
