//! From what a template asks for to the form where an officer fills it in.

use letters::Fault;

use crate::{
    findings::Finding,
    problem::{Code, Problem},
};

/// The facts of letters, in an officer’s words, and the record and field that hold each: `noun.field`.
const FACTS: &[(&str, &str, &str)] = &[
    ("recipient.name", "The contact’s name", "case.contact_id"),
    ("recipient.dear", "The contact’s name", "case.contact_id"),
    ("recipient.organisation", "The business’s name", "organisation.name"),
    ("recipient.street", "The address", "organisation.address"),
    ("recipient.town", "The post town", "organisation.town"),
    ("recipient.postcode", "The postcode", "organisation.postcode"),
    ("office.signatory_name", "Who signs", "office.signatory_name"),
    ("office.address", "The office’s address", "office.address"),
    ("provider.name", "The knowledge provider", "case.provider_id"),
    ("case.title", "The project title", "case.title"),
    ("case.received_on", "The day it was received", "case.received_at"),
    ("award.amount", "The award", "decision"),
    ("decision.decided_on", "The decision", "decision"),
    ("decision.reasons", "The reasons for the decision", "decision"),
    ("placement.student", "The student or graduate", "case.student_id"),
    ("placement.role_title", "The role", "case.role_title"),
    ("placement.supervisor", "The supervisor", "case.supervisor_id"),
    ("placement.planned_start", "The start", "case.planned_start"),
    ("placement.planned_end", "The end", "case.planned_end"),
    ("placement.hours", "The hours a week", "case.hours_per_week"),
    ("placement.pay_rate", "The pay", "case.pay_rate"),
    ("placement.employer", "The employer of record", "case.employer"),
    ("placement.subsidy", "The subsidy", "case.subsidy"),
    ("placement.insurer", "The insurer", "case.insurer"),
    ("placement.insurance_expires", "The end of the insurance", "case.insurance_expires"),
    ("partnership.type", "The type of partnership", "case.partnership_type"),
    ("partnership.signed_on", "The day of the last signature", "case.signed_on"),
    ("partnership.starts_on", "The start", "case.starts_on"),
    ("partnership.ends_on", "The end", "case.ends_on"),
    ("partnership.agreement_basis", "The agreement’s basis", "case.agreement_basis"),
];

/// A fault of typesetting as a finding that says where to mend it.
pub(super) fn finding(fault: &Fault) -> Finding {
    match fault {
        Fault::MissingFact { field } => {
            let known =
                FACTS.iter().find(|(fact, ..)| fact == field || field.starts_with(&format!("{fact}.")));
            // An award's days and sums all come from the decision.
            let (words, place) = match known {
                Some((_, words, place)) => ((*words).to_owned(), Some(*place)),
                None if field.starts_with("award.") => ("The award".to_owned(), Some("decision")),
                None => (format!("“{field}”"), None),
            };
            let finding = Finding::block("letter", format!("{words} is not recorded."))
                .fix("Fill it in; the letter is never printed with a blank.");
            match place {
                Some(place) => finding.field(place),
                None => finding,
            }
        }
        other => Finding::block("letter", other.message()).fix(other.fix()),
    }
}

/// Faults as one problem.
pub(super) fn problem(faults: &[Fault]) -> Problem {
    let findings: Vec<Finding> = faults.iter().map(finding).collect();
    let message = findings
        .first()
        .map_or_else(|| "The letter cannot be made.".to_owned(), |first| first.message.clone());
    Problem { findings, ..Problem::new(Code::Refused, message) }
}
