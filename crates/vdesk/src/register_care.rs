//! What concerns the register itself: making it, undo, proof, backups.

use std::path::Path;

use casework::{Desk, history, practice, problem::Problem};
use serde_json::json;

use crate::{
    answers::Answer,
    arguments::Common,
    open::{self, desk, now, passphrase},
};

pub(crate) fn new(common: &Common, folder: &Path, sample: bool, office: &str) -> Result<Answer, Problem> {
    let passphrase = passphrase(common)?;
    let officer = common
        .officer
        .clone()
        .unwrap_or_else(|| if sample { practice::OFFICER.to_owned() } else { "Manager".to_owned() });
    let (desk, recovery) = if sample {
        practice::make(folder, &passphrase, now(common))?
    } else {
        Desk::create(folder, office, &officer, &passphrase, now(common))?
    };
    let officer = desk.officer()?.name;
    desk.close()?;
    let key = recovery.printed();
    Ok(Answer::new(
        json!({ "register": folder, "officer": officer, "recovery_key": key.as_str() }),
        vec![
            format!("Made {} for {officer}.", folder.display()),
            format!("Recovery key, to print and lock away: {}", key.as_str()),
        ],
    ))
}

pub(crate) fn undo(common: &Common, folder: &Path, entry: Option<i64>) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let entry = match entry {
        Some(entry) => entry,
        None => {
            desk.register()
                .next_undo()?
                .filter(|entry| entry.seq > 1)
                .ok_or_else(|| Problem::not_found("There is nothing to undo."))?
                .seq
        }
    };
    let plan = desk.register().undo_plan(entry)?;
    if let Some(reason) = plan.refused {
        return Err(Problem::refused(reason, Vec::new()));
    }
    let undone = desk.undo(entry)?;
    desk.close()?;
    let mut lines = vec![format!("Undone: {} (entry {entry}).", plan.entry.label)];
    lines.extend(plan.also.iter().map(|also| format!("  and with it: {} (entry {}).", also.label, also.seq)));
    Ok(Answer::new(
        json!({
            "entry": undone.entry,
            "undone": { "entry": plan.entry.seq, "label": plan.entry.label },
            "also": plan.also.iter().map(|also| json!({ "entry": also.seq, "label": also.label })).collect::<Vec<_>>(),
        }),
        lines,
    ))
}

pub(crate) fn redo(common: &Common, folder: &Path) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let redone = desk.redo()?;
    desk.close()?;
    let labels: Vec<&str> = redone.undone.iter().map(|entry| entry.label.as_str()).collect();
    Ok(Answer::new(
        json!({ "entry": redone.entry, "redone": labels }),
        labels.iter().map(|label| format!("Done again: {label}.")).collect(),
    ))
}

pub(crate) fn journal(common: &Common, folder: &Path, limit: usize) -> Result<Answer, Problem> {
    let desk = desk(common, folder)?;
    let lines = history::journal(&desk, None, limit)?;
    let text = lines
        .iter()
        .map(|line| {
            format!(
                "{:>5}  {}  {}  {}{}",
                line.entry,
                line.at.format("%Y-%m-%d %H:%M"),
                line.by,
                line.label,
                if line.undone { "  (undone)" } else { "" }
            )
        })
        .collect();
    Ok(Answer::new(json!(lines), text))
}

pub(crate) fn verify(common: &Common, folder: &Path) -> Result<Answer, Problem> {
    let desk = desk(common, folder)?;
    let proof = desk.register().verify()?;
    let mut lines = vec![format!(
        "{}: {} entries, head {}.",
        if proof.sound { "Sound" } else { "NOT sound" },
        proof.entries,
        proof.head
    )];
    lines.extend(proof.faults.iter().map(|fault| format!("  ✗ {fault}")));
    Ok(Answer {
        refused: !proof.sound,
        ..Answer::new(
            json!({ "sound": proof.sound, "entries": proof.entries, "head": proof.head, "faults": proof.faults, "erased": proof.erased }),
            lines,
        )
    })
}

pub(crate) fn backup(common: &Common, folder: &Path) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let backup = desk.register_mut().backup()?;
    Ok(Answer::new(
        json!({ "backup": backup.name, "at": backup.at, "entries": backup.entries, "head": backup.head, "bytes": backup.bytes }),
        vec![format!(
            "{} ({} entries, {} bytes), opened and checked.",
            backup.name, backup.entries, backup.bytes
        )],
    ))
}

pub(crate) fn restore(common: &Common, folder: &Path, backup: Option<&str>) -> Result<Answer, Problem> {
    let unlock = open::unlock(common, folder)?;
    let restored = Desk::restore(folder, backup, unlock, now(common))?;
    Ok(Answer::new(
        json!({ "restored": restored.name, "at": restored.at, "entries": restored.entries, "head": restored.head }),
        vec![format!("Restored {} with {} entries.", restored.name, restored.entries)],
    ))
}
