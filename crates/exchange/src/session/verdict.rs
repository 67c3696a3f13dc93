//! The verdict on one row: what its cells say, what the register says, what the officer said.

use casework::{
    applications::{Judgement, SameBusiness},
    findings::{Finding, Severity, any_block},
    problem::Problem,
};

use super::{Checked, ImportRow, ImportSession, ImportValue, RowState, not_checked};
use crate::{
    cells::{Place, RowCells, rules},
    columns::{FIELDS, field},
};

/// What the register says about a business that may be the same; answered by the officer's choice.
const SAME_BUSINESS_RULES: [&str; 2] = ["IMP-SAME-BUSINESS", "IMP-PERHAPS-SAME"];

/// What becomes of a row.
pub(super) struct Weighed {
    pub(super) state: RowState,
    pub(super) findings: Vec<Finding>,
    /// The case or the row that holds it already.
    pub(super) held: Option<String>,
    pub(super) same_as: Option<SameBusiness>,
}

impl ImportSession {
    /// What becomes of a row, and what it shows.
    pub(super) fn verdict(&self, checked: &Checked, index: usize) -> Result<ImportRow, Problem> {
        let Weighed { state, findings, held, same_as } = self.weighed(checked, index)?;
        let (row, reading) =
            self.sheet.rows.get(index).zip(checked.readings.get(index)).ok_or_else(not_checked)?;
        let number = row.number;
        let cells = RowCells { columns: &checked.columns, row, mended: &self.mended };
        let values = values(cells, &reading.values);
        // What could not be read is shown as received; “n/a” where nothing is needed is nothing.
        let complained = |name: &str| findings.iter().any(|finding| finding.field.as_deref() == Some(name));
        let shown = |name: &str| match values.iter().find(|value| value.field == name) {
            Some(ImportValue { value: Some(read), .. }) => read.clone(),
            Some(value) if complained(name) => value.as_received.trim().to_owned(),
            _ => String::new(),
        };
        // Read, it is local time as a form holds it; the list shows the day.
        let day = |value: &ImportValue| {
            value.value.as_deref().and_then(|read| read.split('T').next()).map(str::to_owned)
        };
        let received = values.iter().find(|value| value.field == "received");
        let received = received.and_then(day).unwrap_or_else(|| shown("received"));
        Ok(ImportRow {
            row: number,
            state,
            business: shown("business"),
            company_number: shown("company_number"),
            asked: shown("asked"),
            received,
            reference: self.recorded.get(&number).cloned().or(held),
            findings,
            same_as,
            values,
        })
    }

    /// What becomes of a row, and why.
    pub(super) fn weighed(&self, checked: &Checked, index: usize) -> Result<Weighed, Problem> {
        let (row, reading) =
            self.sheet.rows.get(index).zip(checked.readings.get(index)).ok_or_else(not_checked)?;
        let number = row.number;
        let alone = checked.alone.get(&number).cloned().unwrap_or_default();
        let judgement = match checked.beside.get(&number) {
            Some(beside) => alone.beside(beside),
            None => alone,
        };
        let held = judgement.held_as.clone();
        let anyway = self.anyway.contains(&number);
        let same_as = judgement.same_as.clone().map(|same| SameBusiness {
            accepted: self.same.get(&number).copied().unwrap_or(same.accepted),
            ..same
        });

        let mut findings = reading.findings.clone();
        findings.extend(self.said_by_register(number, judgement, same_as.as_ref()));
        if let Some(held) = &held {
            let rule = if anyway { rules::TAKEN_ANYWAY } else { rules::HELD };
            findings.extend(business_place(number).map(|place| rule.with(&place, held)));
        }
        findings.sort_by_key(|finding| finding.severity);

        let state = if !self.recorded.contains_key(&number) && held.is_some() && !anyway {
            RowState::Held
        } else if reading.application.is_none() || any_block(&findings) {
            RowState::Refused
        } else if findings.iter().any(|finding| finding.severity == Severity::Warn) {
            RowState::Warned
        } else {
            RowState::Ready
        };
        Ok(Weighed { state, findings, held, same_as })
    }

    fn said_by_register(
        &self,
        row: u32,
        judgement: Judgement,
        same_as: Option<&SameBusiness>,
    ) -> Vec<Finding> {
        let mut findings = judgement.findings;
        let (Some(accepted), Some(same)) = (self.same.get(&row), same_as) else { return findings };
        let question =
            findings.iter().position(|finding| SAME_BUSINESS_RULES.contains(&finding.rule.as_str()));
        if let Some(finding) = question.and_then(|at| findings.get_mut(at)) {
            finding.severity = Severity::Inform;
            finding.fix = None;
            finding.message = match accepted {
                true => format!("Recorded with {}, as you said.", same.name),
                false => format!("Recorded as a new business and not with {}, as you said.", same.name),
            };
        }
        findings
    }
}

/// What is said about a whole row is said at its business.
fn business_place(row: u32) -> Option<Place<'static>> {
    Some(Place { field: field("business")?, heading: "", column: 0, row, received: "" })
}

fn values(cells: RowCells, read: &[(&'static str, String)]) -> Vec<ImportValue> {
    FIELDS
        .iter()
        .filter_map(|field| {
            let (column, cell) = cells.received(field.name)?;
            let mended = cells.mended(field.name);
            Some(ImportValue {
                field: field.name.to_owned(),
                label: field.label.to_owned(),
                heading: cells.columns.headings.get(column).cloned().unwrap_or_default(),
                as_received: cell.text.clone(),
                value: read.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.clone()),
                mended: mended.is_some(),
            })
        })
        .collect()
}

/// Why a row was not taken, in one cell.
pub(super) fn reasons(findings: &[Finding]) -> String {
    let blocks = findings.iter().filter(|finding| finding.severity == Severity::Block);
    let sentences: Vec<String> = blocks
        .map(|finding| match &finding.detail {
            Some(detail) => format!("{}: {detail}", finding.message),
            None => finding.message.clone(),
        })
        .collect();
    sentences.join(" ")
}
