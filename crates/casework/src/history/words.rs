//! A stored value as an officer reads it: as its form shows it, or where it stands in no form, as this table says.

use register::{RecordChange, Value};
use uuid::Uuid;

use crate::{
    cases, decisions,
    desk::Desk,
    forms, letters,
    money::{Pence, Rate},
    stages::{self, CaseKind},
    store::Stored,
    when,
};

/// What a column that stands in no form holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Nothing that an officer reads, or what the line around it says already.
    Nothing,
    Money,
    Share,
    YesNo,
    Stage,
    Letter,
    Reasons,
}

/// Table, column and what it holds; an empty table stands for all.
const COLUMNS: &[(&str, &str, Holds)] = &[
    ("", "id", Holds::Nothing),
    ("", "case_id", Holds::Nothing),
    ("", "name_key", Holds::Nothing),
    ("", "fingerprint", Holds::Nothing),
    ("", "blob", Holds::Nothing),
    ("", "sha256", Holds::Nothing),
    ("", "facts", Holds::Nothing),
    ("", "columns", Holds::Nothing),
    ("", "amount", Holds::Money),
    ("", "budget", Holds::Money),
    ("cases", "stage", Holds::Stage),
    ("cases", "stage_since", Holds::Nothing),
    ("cases", "recorded_by", Holds::Nothing),
    ("stage_moves", "from_stage", Holds::Nothing),
    ("stage_moves", "to_stage", Holds::Nothing),
    ("stage_moves", "recorded_at", Holds::Nothing),
    ("stage_moves", "officer_id", Holds::Nothing),
    ("decisions", "outcome", Holds::Stage),
    ("decisions", "officer_id", Holds::Nothing),
    ("decisions", "reasons", Holds::Reasons),
    ("awards", "decision_id", Holds::Nothing),
    ("awards", "eligible_cost", Holds::Money),
    ("awards", "vat_amount", Holds::Money),
    ("awards", "vat_eligible", Holds::YesNo),
    ("awards", "paid_to_provider", Holds::Money),
    ("awards", "intervention_rate", Holds::Share),
    ("accepted_findings", "officer_id", Holds::Nothing),
    ("letters", "reference", Holds::Nothing),
    ("letters", "kind", Holds::Letter),
    ("letters", "issued_by", Holds::Nothing),
    ("letter_deliveries", "letter_id", Holds::Nothing),
];

fn holds(table: &str, column: &str) -> Option<Holds> {
    let listed = COLUMNS.iter().find(|(of, name, _)| *name == column && (of.is_empty() || *of == table));
    listed.map(|(.., holds)| *holds)
}

/// Whether an officer reads the column at all.
pub(super) fn says_something(table: &str, column: &str) -> bool {
    holds(table, column) != Some(Holds::Nothing)
}

/// A value in words; none where there is nothing.
pub(super) fn of(desk: &Desk, record: &RecordChange, column: &str, value: &Value) -> Option<String> {
    let table = record.table.as_str();
    let stored = match value {
        Value::Null => return None,
        Value::Integer(number) => Stored::Int(*number),
        Value::Real(number) => return Some(number.to_string()),
        Value::Text(text) => Stored::Text(text.clone()),
        Value::Blob(bytes) => Stored::Id(Uuid::from_slice(bytes).ok()?),
    };
    if let Some(field) = forms::field_of_column(table, column) {
        return Some(forms::shown(desk, field, &stored));
    }
    Some(match (holds(table, column), &stored) {
        (Some(Holds::Money), Stored::Int(pence)) => Pence(*pence).shown(),
        (Some(Holds::Share), Stored::Int(rate)) => Rate(*rate).shown(),
        (Some(Holds::YesNo), Stored::Int(yes)) => (if *yes == 0 { "No" } else { "Yes" }).to_owned(),
        (Some(Holds::Stage), Stored::Text(stage)) => stage_label(desk, record, stage),
        (Some(Holds::Letter), Stored::Text(kind)) => {
            letters::kind(kind).map_or_else(|| kind.clone(), |known| known.label.to_owned())
        }
        (Some(Holds::Reasons), Stored::Text(codes)) => {
            codes.split(',').map(reason).collect::<Vec<_>>().join(", ")
        }
        (_, Stored::Int(number)) => number.to_string(),
        (_, Stored::Text(text)) => text.parse().map_or_else(|_| text.clone(), when::day_in_words),
        (_, Stored::Id(id)) => forms::store::any_name(desk.reader(), *id).unwrap_or_else(|| id.to_string()),
        (_, Stored::Null) => return None,
    })
}

/// What the stage is called for a case of this kind; for one that is gone, what any kind of case calls it.
fn stage_label(desk: &Desk, record: &RecordChange, id: &str) -> String {
    let case = Uuid::from_slice(&record.key).ok().and_then(|id| cases::get(desk, id).ok());
    let kinds = case.map_or_else(|| CaseKind::ALL.to_vec(), |case| vec![case.kind]);
    let known = kinds.iter().chain(&CaseKind::ALL).find_map(|kind| stages::find(*kind, id));
    known.map_or_else(|| id.replace('_', " "), |stage| stage.label.to_owned())
}

fn reason(code: &str) -> &str {
    let code = code.trim();
    decisions::REASONS.iter().find(|(known, ..)| *known == code).map_or(code, |(_, label, _)| label)
}
