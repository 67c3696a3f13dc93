//! Deciding vouchers.
use casework::{
    decisions::{self, DecideCase, Decided, DecisionInput, DecisionPreview, Outcome},
    money::Pence,
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State as Held};
use uuid::Uuid;

use crate::state::State;

/// A standard reason for saying no.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// What the screen calls it.
    pub label: String,
}

/// A case and the amount to look at.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct Proposed {
    /// The case.
    pub id: Uuid,
    /// The amount; none means what the programme proposes.
    pub amount: Option<Pence>,
}

/// The standard reasons for saying no.
#[tauri::command]
#[specta::specta]
pub fn decision_reasons() -> Vec<Reason> {
    decisions::REASONS
        .iter()
        .map(|(code, label, _)| Reason { code: (*code).to_owned(), label: (*label).to_owned() })
        .collect()
}

/// What a decision would do.
#[tauri::command(async)]
#[specta::specta]
pub fn decision_preview(
    app: AppHandle,
    held: Held<State>,
    outcome: Outcome,
    cases: Vec<Proposed>,
) -> Result<DecisionPreview, Problem> {
    let cases = cases
        .into_iter()
        .map(|case| DecideCase { id: case.id, amount: case.amount, accepted: Vec::new() })
        .collect();
    let input =
        DecisionInput { outcome, cases, reasons: Vec::new(), feedback: String::new(), note: String::new() };
    held.change(&app, |desk| decisions::preview(desk, &input))
}

/// Decides.
#[tauri::command(async)]
#[specta::specta]
pub fn decide(app: AppHandle, held: Held<State>, input: DecisionInput) -> Result<Decided, Problem> {
    held.change(&app, |desk| decisions::decide(desk, &input))
}
