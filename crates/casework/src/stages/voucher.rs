//! The stages of a voucher.

use super::{Clock, Stage, stage};

pub(super) const STAGES: &[Stage] = &[
    stage("enquiry", "Enquiry", "Back to enquiry")
        .then(&["submitted", "withdrawn"])
        .due(Clock::WorkingDays(2)),
    stage("submitted", "Submitted", "Record as submitted")
        .then(&["checked", "offered", "rejected", "deferred", "withdrawn"])
        .needs(&["title", "asked", "received_at"])
        .due(Clock::ToDecide),
    stage("checked", "Eligible", "Record as eligible")
        .then(&["assessed", "offered", "rejected", "deferred", "withdrawn"])
        .needs(&["eligibility_checked_on", "project_cost"])
        .due(Clock::ToDecide),
    stage("assessed", "Assessed", "Record the assessment")
        .then(&["offered", "rejected", "deferred", "withdrawn"])
        .needs(&["score"])
        .due(Clock::ToDecide),
    stage("offered", "Offered", "Award")
        .then(&["accepted", "declined", "lapsed", "withdrawn"])
        .decided()
        .due(Clock::Award("accept_by"))
        .letters(&["award", "mfa_notification"]),
    stage("accepted", "Accepted", "Record the acceptance")
        .then(&["in_progress", "cancelled", "withdrawn"])
        .needs(&["accepted_on"])
        .guards(&["R-05", "R-06", "accepted-in-time"])
        .due(Clock::Award("start_by")),
    stage("in_progress", "In progress", "Record the start of work")
        .then(&["complete", "expired", "cancelled", "withdrawn"])
        .needs(&["work_started_on", "provider_id"])
        .guards(&["R-55"])
        .due(Clock::Award("expires_on")),
    stage("complete", "Work complete", "Record the end of work")
        .then(&["claimed", "expired", "withdrawn"])
        .needs(&["work_ended_on"])
        .due(Clock::Award("claim_by")),
    stage("claimed", "Claimed", "Record the claim")
        .then(&["paid", "withdrawn"])
        .needs(&["claimed", "claimed_on", "final_report_on"])
        .guards(&["R-41", "match", "match-cash"])
        .due(Clock::ToPay),
    stage("paid", "Paid", "Record the payment")
        .then(&["closed"])
        .needs(&["paid", "paid_on"])
        .guards(&["R-60-payment"]),
    stage("closed", "Closed", "Close the case").ends(),
    stage("deferred", "Deferred", "Defer").aside().decided().then(&[
        "offered",
        "rejected",
        "submitted",
        "withdrawn",
    ]),
    stage("rejected", "Rejected", "Reject").ends().decided().letters(&["unsuccessful"]),
    stage("declined", "Declined", "Record that they declined").ends(),
    stage("lapsed", "Lapsed", "Record that the offer lapsed").ends().guards(&["lapsed-after-date"]),
    stage("cancelled", "Cancelled", "Cancel the award").ends(),
    stage("expired", "Expired", "Record that it expired").ends(),
    stage("withdrawn", "Withdrawn", "Record the withdrawal").ends(),
];
