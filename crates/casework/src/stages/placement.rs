//! The stages of a placement.

use super::{Clock, Stage, stage};

pub(super) const STAGES: &[Stage] = &[
    stage("enquiry", "Enquiry", "Back to enquiry")
        .then(&["proposal", "withdrawn"])
        .due(Clock::WorkingDays(2)),
    stage("proposal", "Role proposed", "Record the role")
        .then(&["host_checked", "withdrawn"])
        .needs(&["role_title", "placement_type", "planned_start", "planned_end", "supervisor_id"])
        .due(Clock::WorkingDays(10)),
    stage("host_checked", "Host checked", "Record the host checks")
        .then(&["funded", "host_failed", "withdrawn"])
        .needs(&["insurer", "insurance_expires", "safety_checked_on", "risk"])
        .guards(&["R-81", "R-81-cover", "R-82"])
        .due(Clock::WorkingDays(10)),
    stage("funded", "Funding agreed", "Agree the funding")
        .then(&["advertised", "selected", "withdrawn"])
        .needs(&["subsidy", "funding_decided_on", "employer", "pay_rate", "hours_per_week"])
        .guards(&["R-83", "R-83-rise", "R-84", "R-87", "R-89"])
        .due(Clock::Days(14)),
    stage("advertised", "Advertised", "Record the advert")
        .then(&["selected", "no_candidate", "withdrawn"])
        .needs(&["advertised_on"])
        .due(Clock::Days(28)),
    stage("selected", "Candidate selected", "Record the candidate")
        .then(&["agreement_out", "advertised", "withdrawn"])
        .needs(&["student_id", "selected_on", "right_to_work_on", "provider_id"])
        .guards(&["R-83", "R-84-visa", "R-85", "R-86"])
        .due(Clock::WorkingDays(5)),
    stage("agreement_out", "Agreement out", "Send the agreement")
        .then(&["confirmed", "withdrawn"])
        .due(Clock::On("planned_start"))
        .letters(&["placement_confirmation"]),
    stage("confirmed", "Confirmed", "Record all signatures")
        .then(&["started", "withdrawn"])
        .needs(&["host_signed_on", "student_signed_on", "provider_signed_on"])
        .guards(&["R-80", "R-81"])
        .due(Clock::On("planned_start"))
        .letters(&["placement_confirmation"]),
    stage("started", "Started", "Record the start")
        .then(&["reviewed", "ended", "ended_early"])
        .needs(&["started_on"])
        .guards(&["R-80", "R-81"])
        .due(Clock::WorkingDays(10)),
    stage("reviewed", "Reviewed", "Record the mid-point review")
        .then(&["ended", "ended_early"])
        .needs(&["reviewed_on"])
        .due(Clock::On("planned_end")),
    stage("ended", "Ended", "Record the end")
        .then(&["claimed", "outcome"])
        .needs(&["ended_on"])
        .due(Clock::Days(30)),
    stage("claimed", "Claimed", "Record the claim")
        .then(&["paid"])
        .needs(&["claimed", "claimed_on"])
        .guards(&["R-87-claim"])
        .due(Clock::ToPay),
    stage("paid", "Paid", "Record the payment")
        .then(&["outcome"])
        .needs(&["paid", "paid_on"])
        .guards(&["R-60-payment"]),
    stage("outcome", "Outcome known", "Record the outcome").ends().needs(&["outcome"]),
    stage("host_failed", "Host not accepted", "Record that the host cannot be accepted").ends(),
    stage("no_candidate", "No candidate", "Record that nobody was found").ends(),
    stage("ended_early", "Ended early", "Record the early end").ends().needs(&["ended_on"]),
    stage("withdrawn", "Withdrawn", "Record the withdrawal").ends(),
];
