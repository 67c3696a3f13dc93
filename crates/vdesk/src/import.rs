//! Importing applications from the command line.

use std::{collections::HashMap, fs, path::Path};

use casework::{
    Desk,
    problem::{Code, Problem},
    programmes,
};
use exchange::session::{ImportRow, ImportSession, ImportSheet, RowState};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    answers::{Answer, in_a_line},
    arguments::Common,
    open::desk,
};

/// What to import.
pub(crate) struct Wanted<'a> {
    pub file: &'a Path,
    pub programme: &'a str,
    pub round: Option<&'a str>,
    pub mapping: Option<&'a str>,
    pub dry_run: bool,
    pub rest: Option<&'a Path>,
}

pub(crate) fn import(common: &Common, folder: &Path, wanted: &Wanted) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let programme = programmes::by_code(&desk, wanted.programme)?.id;
    let round = wanted.round.map(|name| round_named(&desk, programme, name)).transpose()?;
    let mut session = ImportSession::open(wanted.file, &|| true)?;
    let sheet = session.sheet(&desk)?;
    let (columns, name) = mapping(&sheet, wanted)?;
    let check = session.check(&desk, programme, round, &columns, &name)?;
    let mut references: HashMap<u32, String> = HashMap::new();
    let mut entry = None;
    if !wanted.dry_run {
        session.remember_columns(&mut desk)?;
        let imported = session.commit(&mut desk, &|_, _| true)?;
        entry = imported.entry;
        let taken = check
            .rows
            .iter()
            .filter(|row| matches!(row.state, RowState::Ready | RowState::Warned))
            .map(|row| row.row);
        references.extend(taken.zip(imported.references));
    }
    if let Some(path) = wanted.rest
        && check.refused > 0
    {
        let path = std::path::absolute(path)
            .map_err(|error| Problem::new(Code::File, format!("{}: {error}.", path.display())))?;
        session.save_rest(&path)?;
    }
    desk.close()?;
    let verdicts: Vec<Value> = check.rows.iter().map(|row| verdict(row, references.get(&row.row))).collect();
    let json = json!({
        "file": sheet.file_name, "read_as": sheet.read_as, "rows": check.rows.len(), "ready": check.ready, "warned": check.warned,
        "refused": check.refused, "already_held": check.held, "entry": entry, "verdicts": verdicts,
    });
    Ok(Answer::new(json, in_words(&sheet, &check.rows, &references, wanted.dry_run)))
}

fn verdict(row: &ImportRow, reference: Option<&String>) -> Value {
    let mut verdict =
        json!({ "row": row.row, "state": row.state, "business": row.business, "findings": row.findings });
    if let Some(reference) = reference.or(row.reference.as_ref()) {
        verdict["reference"] = json!(reference);
    }
    if let Some(same) = &row.same_as {
        verdict["same_as"] = json!(same);
    }
    verdict
}

fn in_words(
    sheet: &ImportSheet,
    rows: &[ImportRow],
    references: &HashMap<u32, String>,
    dry_run: bool,
) -> Vec<String> {
    let count = |state: RowState| rows.iter().filter(|row| row.state == state).count();
    let mut lines = vec![format!("{}: {} rows, read as {}", sheet.file_name, rows.len(), sheet.read_as)];
    for row in rows.iter().filter(|row| row.state != RowState::Ready) {
        let state = match row.state {
            RowState::Refused => "cannot be taken",
            RowState::Held => "already held",
            _ => "worth a look",
        };
        let reference = references.get(&row.row).map(|reference| format!(" {reference}")).unwrap_or_default();
        lines.push(format!("row {:>4}{reference}  {state}  {}", row.row, row.business));
        lines.extend(row.findings.iter().map(|finding| format!("          {}", in_a_line(finding))));
    }
    let taken = if dry_run { "would be taken" } else { "taken" };
    lines.push(format!(
        "{} ready, {} worth a look, {} cannot be taken, {} already held; {} {taken}",
        count(RowState::Ready),
        count(RowState::Warned),
        count(RowState::Refused),
        count(RowState::Held),
        if dry_run { count(RowState::Ready) + count(RowState::Warned) } else { references.len() }
    ));
    lines
}

fn round_named(desk: &Desk, programme: Uuid, name: &str) -> Result<Uuid, Problem> {
    let rounds = programmes::list(desk)?
        .into_iter()
        .flat_map(|row| row.rounds)
        .filter(|round| round.programme_id == programme);
    let found = rounds.clone().find(|round| round.name.eq_ignore_ascii_case(name));
    found.map(|round| round.id).ok_or_else(|| {
        let names: Vec<String> = rounds.map(|round| round.name).collect();
        Problem::not_found(format!("There is no round “{name}”."))
            .fix(format!("Rounds are: {}.", names.join(", ")))
    })
}

/// The columns as recognised, as a file of `heading=field` lines says, or as remembered under a name.
fn mapping(sheet: &ImportSheet, wanted: &Wanted) -> Result<(Vec<Option<String>>, String), Problem> {
    let recognised = || sheet.columns.iter().map(|column| column.field.clone()).collect();
    let Some(mapping) = wanted.mapping else {
        let name = sheet.mapping_name.clone().unwrap_or_else(|| format!("Columns of {}", sheet.file_name));
        return Ok((recognised(), name));
    };
    if sheet.mappings.iter().any(|name| name == mapping) && sheet.mapping_name.as_deref() == Some(mapping) {
        return Ok((recognised(), mapping.to_owned()));
    }
    let path = Path::new(mapping);
    let text = fs::read_to_string(path).map_err(|error| {
        Problem::new(Code::File, format!("The mapping “{mapping}” is neither remembered for this file nor a file that can be read: {error}."))
            .fix("Write a file of lines such as: Co. No=company_number")
    })?;
    let given: HashMap<&str, &str> = text
        .lines()
        .filter_map(|line| line.rsplit_once('='))
        .map(|(heading, field)| (heading.trim(), field.trim()))
        .collect();
    let columns = sheet
        .columns
        .iter()
        .map(|column| {
            given
                .get(column.heading.as_str())
                .map(|field| (*field).to_owned())
                .filter(|field| !field.is_empty())
        })
        .collect();
    let name =
        path.file_stem().map_or_else(|| mapping.to_owned(), |stem| stem.to_string_lossy().into_owned());
    Ok((columns, name))
}
