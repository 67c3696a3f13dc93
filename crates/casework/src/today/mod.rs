//! What is due today: the first thing an officer sees in the morning.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    cases::{self, CaseQuery, CaseRow, CaseSort, NextAction, NextStep, Tone},
    desk::Desk,
    letters,
    money::Pence,
    problem::Problem,
    programmes,
    stages::{self, Stage},
};

/// The day’s work and the open round’s money.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Today {
    /// Overdue, today, and soon.
    pub groups: Vec<TodayGroup>,
    /// The money of the newest round.
    pub round: Option<RoundMoney>,
}

/// Lines under one heading.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TodayGroup {
    /// The heading.
    pub title: String,
    /// How pressing it is.
    pub tone: Tone,
    /// The lines.
    pub lines: Vec<TodayLine>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TodayLine {
    /// The case.
    pub case_id: Uuid,
    /// Its reference.
    pub reference: String,
    /// What to do: `Decide`.
    pub heading: String,
    /// The business it is about.
    pub text: String,
    /// What was awarded, or else asked for.
    pub amount: Option<Pence>,
    /// When it is due, in words.
    pub due_words: String,
    /// How pressing it is.
    pub tone: Tone,
    /// What the button at its end does; none where the case must be opened.
    pub action: Option<NextStep>,
}

/// A round’s money in parts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RoundMoney {
    /// Its name.
    pub name: String,
    /// Its budget.
    pub budget: Pence,
    /// What may still be awarded.
    pub left: Pence,
    /// What the rest is.
    pub parts: Vec<MoneyPart>,
}

/// A part of a round’s money.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MoneyPart {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: Pence,
}

/// At most this many lines a group; the list of cases shows the rest.
const LINES: u32 = 50;

/// What is due, and how the newest round stands.
pub fn today(desk: &Desk) -> Result<Today, Problem> {
    let mut groups: Vec<TodayGroup> = Vec::new();
    for row in due(desk, "due:<7d")? {
        let days = row.due.map_or(0, |due| (due - desk.today()).num_days());
        let title = match days {
            late if late < 0 => "Overdue",
            0 => "Today",
            _ => "This week",
        };
        let line = line(row);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.lines.push(line),
            None => groups.push(TodayGroup {
                title: title.to_owned(),
                tone: if days < 0 { Tone::Late } else { Tone::Calm },
                lines: vec![line],
            }),
        }
    }
    let owed = due(desk, "owed:letter")?;
    if !owed.is_empty() {
        let lines = owed
            .into_iter()
            .map(|row| TodayLine {
                action: letter_step(&row),
                heading: "Letter owed".to_owned(),
                ..line(row)
            })
            .collect();
        groups.push(TodayGroup { title: "Letters owed".to_owned(), tone: Tone::Calm, lines });
    }
    Ok(Today { groups, round: newest_round(desk)? })
}

fn due(desk: &Desk, text: &str) -> Result<Vec<CaseRow>, Problem> {
    let query =
        CaseQuery { text: text.to_owned(), sort: CaseSort::Due, descending: false, offset: 0, limit: LINES };
    Ok(cases::list(desk, &query)?.rows)
}

fn line(row: CaseRow) -> TodayLine {
    let stage = stages::find(row.kind, &row.stage);
    let action = stage.and_then(|stage| usual_step(&row, stage));
    let heading = match (&action, row.stage.as_str()) {
        (_, "offered") => "Acceptance awaited".to_owned(),
        (Some(step), _) => step.label.trim_end_matches('…').to_owned(),
        (None, _) => row.stage_label.clone(),
    };
    TodayLine {
        case_id: row.id,
        heading,
        text: row.business,
        amount: row.awarded.or(row.asked),
        due_words: row.due_words.unwrap_or_default(),
        tone: row.tone,
        reference: row.reference,
        action,
    }
}

/// The usual step from a stage. What stands in its way is looked at when it is taken.
fn usual_step(row: &CaseRow, stage: &Stage) -> Option<NextStep> {
    let next = stage.next.iter().filter_map(|id| stages::find(row.kind, id));
    let decided = next.clone().any(|next| next.by_decision);
    let usual = next.clone().next()?;
    Some(NextStep {
        action: if decided { NextAction::Award } else { NextAction::Move },
        to: Some(if decided { "offered" } else { usual.id }.to_owned()),
        letter: None,
        label: if decided { "Decide…".to_owned() } else { usual.verb.to_owned() },
        explains: None,
        filled: false,
        missing: Vec::new(),
    })
}

/// The letter that a case's stage owes.
fn letter_step(row: &CaseRow) -> Option<NextStep> {
    let kind = stages::find(row.kind, &row.stage)?.letters.first()?;
    let label = letters::kind(kind)?.label;
    Some(NextStep {
        action: NextAction::Letter,
        to: None,
        letter: Some((*kind).to_owned()),
        label: label.to_owned(),
        explains: None,
        filled: false,
        missing: Vec::new(),
    })
}

fn newest_round(desk: &Desk) -> Result<Option<RoundMoney>, Problem> {
    let Some(round) = programmes::store::newest_round(desk.reader())? else { return Ok(None) };
    let parts = programmes::store::money_by_stage(desk.reader(), round.id)?;
    let sum = |stages: &[&str]| -> Pence {
        parts.iter().filter(|(stage, _)| stages.contains(&stage.as_str())).map(|(_, amount)| *amount).sum()
    };
    let labelled = [
        ("Paid", sum(&["paid", "closed"])),
        ("Accepted", sum(&["accepted", "in_progress", "complete", "claimed"])),
        ("Offered", sum(&["offered"])),
    ];
    Ok(Some(RoundMoney {
        parts: labelled
            .into_iter()
            .map(|(label, amount)| MoneyPart { label: label.to_owned(), amount })
            .collect(),
        left: round.left(),
        name: round.name,
        budget: round.budget,
    }))
}
