//! Letters: what is missing, previews, issuing, printing and saving.
use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use casework::{
    Desk,
    findings::Finding,
    letters::{self, IssueOutcome, LetterChoice, LetterDraft, LetterRow, Template},
    organisations::Page,
    problem::Problem,
    saving,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State as Held};
use tauri_specta::Event;
use uuid::Uuid;

use crate::{
    events::Progress,
    printing::{self, PrintChoice},
    state::State,
};

/// What happens to letters once they are issued.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Delivery {
    /// They stay in the register until they are printed or saved.
    Keep,
    /// They are printed.
    Print {
        /// Where and how.
        choice: PrintChoice,
    },
    /// They are saved as PDF files.
    Save {
        /// The folder.
        folder: String,
    },
}

/// What became of one letter.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LetterResult {
    /// Its case.
    pub case_id: Uuid,
    /// The case's reference.
    pub reference: String,
    /// The letter's number.
    pub number: Option<String>,
    /// What became of it.
    pub outcome: LetterOutcome,
    /// Where it was saved.
    pub file: Option<String>,
    /// What stood in the way.
    pub findings: Vec<Finding>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LetterOutcome {
    /// Issued, and neither printed nor saved.
    Issued,
    /// Issued and given to the printer.
    Printed,
    /// Issued and saved.
    Saved,
    /// Something is missing or wrong.
    Refused,
    /// Not made, because the officer stopped the batch.
    Cancelled,
}

/// The letters that can be made for all of these cases.
#[tauri::command(async)]
#[specta::specta]
pub fn letter_choices(held: Held<State>, ids: Vec<Uuid>) -> Result<Vec<LetterChoice>, Problem> {
    held.read(|desk| letters::choices(desk, &ids))
}

/// What each letter would be: its pages, or what is missing.
#[tauri::command(async)]
#[specta::specta]
pub fn letter_drafts(held: Held<State>, kind: String, ids: Vec<Uuid>) -> Result<Vec<LetterDraft>, Problem> {
    held.read(|desk| letters::drafts(desk, &kind, &ids))
}

/// The PDF that a letter would be, in base64.
#[tauri::command(async)]
#[specta::specta]
pub fn letter_preview(held: Held<State>, kind: String, case_id: Uuid) -> Result<String, Problem> {
    held.read(|desk| letters::preview(desk, &kind, case_id)).map(|pdf| BASE64_STANDARD.encode(pdf))
}

/// Issues letters, then prints or saves them, and says what became of each.
#[tauri::command(async)]
#[specta::specta]
pub fn issue_letters(
    app: AppHandle,
    held: Held<State>,
    kind: String,
    ids: Vec<Uuid>,
    delivery: Delivery,
    job: String,
) -> Result<Vec<LetterResult>, Problem> {
    let go_on = held.job(&job);
    let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let say = |done: usize, text: &str| {
        let done = u32::try_from(done).unwrap_or(total);
        // A window that is closing hears nothing, and needs not.
        let _ = Progress { job: job.clone(), done, total, text: text.to_owned() }.emit(&app);
    };
    let issued = held.change(&app, |desk| {
        letters::issue(desk, &kind, &ids, &|done| {
            say(done, "Setting letters");
            go_on()
        })
    })?;
    let mut results = Vec::with_capacity(issued.len());
    for (at, letter) in issued.into_iter().enumerate() {
        let mut result = LetterResult {
            case_id: letter.case_id,
            reference: letter.reference,
            number: letter.number,
            outcome: match letter.outcome {
                IssueOutcome::Issued => LetterOutcome::Issued,
                IssueOutcome::Refused => LetterOutcome::Refused,
                IssueOutcome::Cancelled => LetterOutcome::Cancelled,
            },
            file: None,
            findings: letter.findings,
        };
        if let Some(id) = letter.letter_id
            && go_on()
        {
            say(at, "Printing and saving");
            deliver(&app, &held, id, &delivery, &mut result);
        }
        results.push(result);
    }
    say(results.len(), "Done");
    Ok(results)
}

/// Prints or saves one letter that is issued. What fails here is said on the letter's line; the letter stays issued.
fn deliver(app: &AppHandle, held: &State, id: Uuid, delivery: &Delivery, result: &mut LetterResult) {
    let done = match delivery {
        Delivery::Keep => return,
        Delivery::Print { choice } => {
            held.change(app, |desk| print_one(desk, id, choice)).map(|()| (LetterOutcome::Printed, None))
        }
        Delivery::Save { folder } => held
            .change(app, |desk| save_one(desk, id, Path::new(folder)))
            .map(|file| (LetterOutcome::Saved, Some(file))),
    };
    match done {
        Ok((outcome, file)) => {
            result.outcome = outcome;
            result.file = file;
        }
        Err(problem) => {
            let finding = Finding::warn("delivery", problem.message);
            result.findings.push(match problem.fix {
                Some(fix) => finding.fix(format!("The letter is issued and kept. {fix}")),
                None => finding.fix("The letter is issued and kept; print or save it again."),
            });
        }
    }
}

fn print_one(desk: &mut Desk, id: Uuid, choice: &PrintChoice) -> Result<(), Problem> {
    let letter = letters::get(desk, id)?;
    printing::print_bytes(&letters::pdf(desk, id)?, &letter.number, choice)?;
    letters::record_delivery(desk, &[id], "print", &choice.queue, choice.copies)?;
    Ok(())
}

fn save_one(desk: &mut Desk, id: Uuid, folder: &Path) -> Result<String, Problem> {
    if !folder.is_absolute() {
        return Err(
            Problem::invalid("folder", "No folder is chosen.").fix("Choose the folder for the files.")
        );
    }
    let letter = letters::get(desk, id)?;
    saving::folder(folder)?;
    let path = folder.join(letters::file_name(&letter.number));
    let place = saving::save(&path, &letters::pdf(desk, id)?)?.display().to_string();
    letters::record_delivery(desk, &[id], "save", &place, 1)?;
    Ok(place)
}

/// Issued letters found by number or recipient.
#[tauri::command(async)]
#[specta::specta]
pub fn letters(held: Held<State>, text: String, offset: u32, limit: u32) -> Result<Page<LetterRow>, Problem> {
    held.read(|desk| letters::list(desk, &text, offset, limit))
}

/// The PDF of an issued letter, in base64.
#[tauri::command(async)]
#[specta::specta]
pub fn letter_pdf(held: Held<State>, id: Uuid) -> Result<String, Problem> {
    held.read(|desk| letters::pdf(desk, id)).map(|pdf| BASE64_STANDARD.encode(pdf))
}

/// Prints letters that are issued.
#[tauri::command(async)]
#[specta::specta]
pub fn print_letters(
    app: AppHandle,
    held: Held<State>,
    ids: Vec<Uuid>,
    choice: PrintChoice,
    job: String,
) -> Result<Vec<LetterResult>, Problem> {
    let go_on = held.job(&job);
    let delivery = Delivery::Print { choice };
    ids.into_iter()
        .map(|id| {
            let letter = held.read(|desk| letters::get(desk, id))?;
            let mut result = LetterResult {
                case_id: letter.case_id,
                reference: letter.reference,
                number: Some(letter.number),
                outcome: if go_on() { LetterOutcome::Issued } else { LetterOutcome::Cancelled },
                file: None,
                findings: Vec::new(),
            };
            if result.outcome == LetterOutcome::Issued {
                deliver(&app, &held, id, &delivery, &mut result);
            }
            Ok(result)
        })
        .collect()
}

/// Saves letters that are issued, and says where.
#[tauri::command(async)]
#[specta::specta]
pub fn save_letters(
    app: AppHandle,
    held: Held<State>,
    ids: Vec<Uuid>,
    folder: String,
) -> Result<Vec<String>, Problem> {
    ids.into_iter().map(|id| held.change(&app, |desk| save_one(desk, id, Path::new(&folder)))).collect()
}

/// Asks a job to stop.
#[tauri::command]
#[specta::specta]
pub fn cancel(held: Held<State>, job: String) {
    held.cancel(&job);
}

/// The templates in force.
#[tauri::command(async)]
#[specta::specta]
pub fn templates(held: Held<State>) -> Result<Vec<Template>, Problem> {
    held.read(letters::templates)
}

/// Puts a text in force for letters to come.
#[tauri::command(async)]
#[specta::specta]
pub fn write_template(
    app: AppHandle,
    held: Held<State>,
    kind: String,
    text: String,
) -> Result<Option<i64>, Problem> {
    held.change(&app, |desk| letters::write_template(desk, &kind, &text))
}

/// The PDF that a text would make of the newest case it can be about, in base64.
#[tauri::command(async)]
#[specta::specta]
pub fn try_template(held: Held<State>, kind: String, text: String) -> Result<String, Problem> {
    held.read(|desk| letters::try_template(desk, &kind, &text)).map(|pdf| BASE64_STANDARD.encode(pdf))
}
