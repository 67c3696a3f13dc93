//! Letters from the command line.

use std::{fs, path::Path};

use casework::{
    Desk, cases,
    letters::{self as desk_letters, IssueOutcome},
    problem::{Code, Problem},
    saving,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    answers::{Answer, in_a_line},
    arguments::Common,
    open::desk,
};

/// Which letters, and where to.
pub(crate) struct Wanted<'a> {
    pub kind: &'a str,
    pub query: &'a str,
    pub out: &'a Path,
    pub combined: bool,
    /// Also where one of the kind stands: the new one takes its place.
    pub again: bool,
    pub dry_run: bool,
}

pub(crate) fn letters(common: &Common, folder: &Path, wanted: &Wanted) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let ids = chosen(&desk, wanted)?;
    if wanted.dry_run {
        return dry_run(&desk, wanted, &ids);
    }
    let out =
        fs::create_dir_all(wanted.out).and_then(|()| std::path::absolute(wanted.out)).map_err(|error| {
            Problem::new(Code::File, format!("{} could not be made: {error}.", wanted.out.display()))
                .fix("Nothing was issued. Choose another folder.")
        })?;
    let issued = desk_letters::issue(&mut desk, wanted.kind, &ids, &|_| true)?;
    let (mut json_issued, mut json_refused, mut lines, mut made) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for letter in &issued {
        match (letter.outcome, letter.letter_id, &letter.number) {
            (IssueOutcome::Issued, Some(id), Some(number)) => {
                let path = out.join(desk_letters::file_name(number));
                saving::save(&path, &desk_letters::pdf(&desk, id)?).map_err(unsaved)?;
                lines.push(format!("{number}  {} pages  {}", letter.pages, path.display()));
                json_issued.push(json!({
                    "reference": letter.reference, "number": number, "kind": wanted.kind, "file": path,
                    "sha256": letter.sha256, "pages": letter.pages,
                }));
                made.push(id);
            }
            _ => {
                lines.push(format!("{}  refused", letter.reference));
                lines.extend(letter.findings.iter().map(|finding| format!("    {}", in_a_line(finding))));
                json_refused.push(json!({ "reference": letter.reference, "findings": letter.findings }));
            }
        }
    }
    if !made.is_empty() {
        desk_letters::record_delivery(&mut desk, &made, "save", &wanted.out.display().to_string(), 1)?;
    }
    let mut json = json!({ "issued": json_issued, "refused": json_refused });
    if wanted.combined && !made.is_empty() {
        let path = out.join(format!("{}-letters.pdf", wanted.kind));
        saving::save_from(&path, |out| desk_letters::combine(&desk, &made, out)).map_err(unsaved)?;
        lines.push(format!("All in one file: {}", path.display()));
        json["combined"] = json!(path);
    }
    desk.close()?;
    lines.push(format!("{} issued, {} refused", made.len(), issued.len() - made.len()));
    Ok(Answer { refused: made.is_empty() && !issued.is_empty(), ..Answer::new(json, lines) })
}

/// The cases to make the letter for. Without a query, all that owe it; with one, all that match. Either way, a command that is
/// run twice sends nobody the same letter again.
fn chosen(desk: &Desk, wanted: &Wanted) -> Result<Vec<Uuid>, Problem> {
    let matching = cases::ids(desk, wanted.query)?;
    if wanted.again {
        return Ok(matching);
    }
    if wanted.query.trim().is_empty() {
        return desk_letters::owed(desk, wanted.kind, &matching);
    }
    let mut without = Vec::new();
    for id in matching {
        if !desk_letters::has(desk, wanted.kind, id)? {
            without.push(id);
        }
    }
    Ok(without)
}

fn dry_run(desk: &Desk, wanted: &Wanted, ids: &[Uuid]) -> Result<Answer, Problem> {
    let drafts = desk_letters::drafts(desk, wanted.kind, ids)?;
    let lines = drafts
        .iter()
        .map(|draft| match draft.pages {
            Some(pages) => format!("{}  {} pages  to {}", draft.reference, pages, draft.to),
            None => format!(
                "{}  {}",
                draft.reference,
                draft.findings.iter().map(in_a_line).collect::<Vec<_>>().join(" ")
            ),
        })
        .collect();
    let refused: Vec<Value> = drafts
        .iter()
        .filter(|draft| !draft.ready)
        .map(|draft| json!({ "reference": draft.reference, "findings": draft.findings }))
        .collect();
    let ready: Vec<Value> = drafts
        .iter()
        .filter(|draft| draft.ready)
        .map(|draft| json!({ "reference": draft.reference, "pages": draft.pages }))
        .collect();
    Ok(Answer::new(json!({ "issued": [], "ready": ready, "refused": refused }), lines))
}

fn unsaved(problem: Problem) -> Problem {
    let kept = "The letters are issued and kept in the register; save them again from there.";
    let fix = problem.fix.clone().unwrap_or_default();
    problem.fix(format!("{fix} {kept}"))
}
