//! Which column holds what: remembered, found by wording, chosen by an officer.

use std::collections::BTreeMap;

use casework::{applications::Mapping, problem::Problem};
use uuid::Uuid;

use super::{ImportColumn, ImportSheet, count, offered_fields};
use crate::{
    cells::{
        Columns,
        days::{self, Order},
    },
    columns::{FIELDS, Matched, field, match_columns},
    read::Sheet,
};

/// Shown under a heading.
const SHOWN_SAMPLES: usize = 4;
const SHOWN_LENGTH: usize = 80;
/// Looked at to tell a wrong match.
const JUDGED_SAMPLES: usize = 50;

/// The file as the window shows it before its rows are judged.
pub(super) fn sheet(id: Uuid, sheet: &Sheet, mappings: &[Mapping]) -> ImportSheet {
    let samples: Vec<Vec<String>> = (0..sheet.headings.len()).map(|column| samples(sheet, column)).collect();
    let by_wording = match_columns(&sheet.headings, &samples);
    let fitting = fitting(sheet, mappings);
    let matched = match fitting {
        Some(mapping) => by_mapping(sheet, mapping, by_wording),
        None => by_wording,
    };
    let columns = sheet
        .headings
        .iter()
        .zip(matched)
        .zip(samples)
        .enumerate()
        .map(|(index, ((heading, matched), samples))| ImportColumn {
            index: count(index),
            heading: heading.clone(),
            note: matched.note.or_else(|| order_note(sheet, index, matched.field)),
            samples: shown(samples),
            field: matched.field.map(str::to_owned),
        })
        .collect();
    ImportSheet {
        session: id.to_string(),
        file_name: sheet.file_name.clone(),
        read_as: sheet.read_as.clone(),
        sheets: sheet.sheets.clone(),
        sheet: sheet.sheet.clone(),
        header_row: sheet.heading_row,
        rows: count(sheet.rows.len()),
        columns,
        fields: offered_fields(),
        mapping_name: fitting.map(|mapping| mapping.name.clone()),
        mappings: mappings.iter().map(|mapping| mapping.name.clone()).collect(),
    }
}

fn samples(sheet: &Sheet, column: usize) -> Vec<String> {
    let filled = sheet.rows.iter().map(|row| row.cell(column).text.trim()).filter(|text| !text.is_empty());
    filled.take(JUDGED_SAMPLES).map(str::to_owned).collect()
}

fn shown(samples: Vec<String>) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for sample in samples {
        let short: String = sample.chars().take(SHOWN_LENGTH).collect();
        if shown.len() < SHOWN_SAMPLES && !shown.contains(&short) {
            shown.push(short);
        }
    }
    shown
}

/// The remembered mapping all of whose headings are in the file; of several, the one that reads most.
fn fitting<'a>(sheet: &Sheet, mappings: &'a [Mapping]) -> Option<&'a Mapping> {
    mappings
        .iter()
        .filter(|mapping| !mapping.columns.is_empty())
        .filter(|mapping| mapping.columns.iter().all(|(heading, _)| sheet.headings.contains(heading)))
        .max_by_key(|mapping| (mapping.columns.len(), std::cmp::Reverse(&mapping.name)))
}

fn by_mapping(sheet: &Sheet, mapping: &Mapping, by_wording: Vec<Matched>) -> Vec<Matched> {
    let mut matched: Vec<Matched> =
        by_wording.into_iter().map(|matched| Matched { field: None, note: matched.note }).collect();
    for (heading, name) in &mapping.columns {
        let column = sheet.headings.iter().position(|other| other == heading);
        if let (Some(matched), Some(field)) = (column.and_then(|column| matched.get_mut(column)), field(name))
        {
            *matched = Matched { field: Some(field.name), note: None };
        }
    }
    matched
}

/// What the column of dates proves about the order of day and month.
fn order_note(sheet: &Sheet, column: usize, field: Option<&str>) -> Option<String> {
    if field != Some("received") {
        return None;
    }
    match days::order(sheet.rows.iter().map(|row| row.cell(column).text.as_str())) {
        Order::DayFirst(shown_by) => Some(format!("Read with the day first, as {shown_by} shows.")),
        Order::MonthFirst(shown_by) => Some(format!("Read with the month first, as {shown_by} shows.")),
        Order::Mixed(day, month) => Some(format!(
            "Written in two ways: {day} and {month}. Days that can be read both ways are refused."
        )),
        Order::Unproved => None,
    }
}

/// The columns as chosen, or what is wrong with the choice.
pub(super) fn columns(sheet: &Sheet, chosen: &[Option<String>]) -> Result<Columns, Problem> {
    let wrong = |message: String| Problem::invalid("columns", message);
    let mut by_field = BTreeMap::new();
    for (column, name) in
        chosen.iter().enumerate().filter_map(|(column, name)| Some((column, name.as_ref()?)))
    {
        let field = field(name).ok_or_else(|| wrong(format!("There is no field “{name}”.")))?;
        let heading = sheet.headings.get(column);
        let heading = heading.ok_or_else(|| wrong(format!("The file has no column {}.", column + 1)))?;
        if by_field.insert(field.name, column).is_some() {
            return Err(wrong(format!(
                "“{}” is chosen for two columns, the second “{heading}”.",
                field.label
            ))
            .fix("Leave one of them out."));
        }
    }
    let missing: Vec<&str> = FIELDS
        .iter()
        .filter(|field| field.required && !by_field.contains_key(field.name))
        .map(|field| field.label)
        .collect();
    if !missing.is_empty() {
        return Err(wrong(format!("No column is chosen for: {}.", missing.join(", ")))
            .fix("Choose the columns that hold them; no application is recorded without."));
    }
    Ok(Columns { headings: sheet.headings.clone(), by_field })
}

/// The choice as it is remembered.
pub(super) fn remembered(name: &str, columns: &Columns) -> Mapping {
    let mut chosen: Vec<(usize, &str)> =
        columns.by_field.iter().map(|(field, column)| (*column, *field)).collect();
    chosen.sort_unstable();
    let heading = |column: usize| columns.headings.get(column).cloned().unwrap_or_default();
    Mapping {
        name: name.trim().to_owned(),
        columns: chosen.into_iter().map(|(column, field)| (heading(column), field.to_owned())).collect(),
    }
}
