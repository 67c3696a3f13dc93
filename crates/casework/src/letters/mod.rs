//! Letters about cases: what is missing, the preview, issuing under a number, and where they went.

mod facts;
mod issue;
mod link;
pub(crate) mod owed;
pub(crate) mod store;
pub(crate) mod templates;

pub use issue::{IssueOutcome, Issued, issue};
pub use owed::owed;
pub use templates::{Template, templates, try_template, write_template};

use std::io::Write;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    cases,
    desk::{Desk, Hand},
    findings::Finding,
    organisations::Page,
    problem::Problem,
    saving::Unsaved,
    stages::CaseKind,
    store::Tx,
};

/// A kind of letter.
#[derive(Clone, Copy, Debug)]
pub struct LetterKind {
    /// Its id: `award`.
    pub kind: &'static str,
    /// What officers call it.
    pub label: &'static str,
    /// The kind of case it is about.
    pub for_kind: CaseKind,
    /// Whether it is the notification of assistance that the Subsidy Control Act 2022 limits (ss.37(1), 39): where a programme
    /// gives none, it is not sent.
    notifies_assistance: bool,
    template: &'static str,
    max_pages: u32,
}

/// Every kind of letter this version makes, with the text a new register starts with.
pub const KINDS: &[LetterKind] = &[
    LetterKind {
        kind: "award",
        label: "Award letter",
        for_kind: CaseKind::Voucher,
        notifies_assistance: false,
        template: include_str!("templates/award.md"),
        max_pages: 4,
    },
    LetterKind {
        kind: "mfa_notification",
        label: "Subsidy notification",
        for_kind: CaseKind::Voucher,
        notifies_assistance: true,
        template: include_str!("templates/mfa_notification.md"),
        max_pages: 4,
    },
    LetterKind {
        kind: "unsuccessful",
        label: "Unsuccessful application",
        for_kind: CaseKind::Voucher,
        notifies_assistance: false,
        template: include_str!("templates/unsuccessful.md"),
        max_pages: 2,
    },
    LetterKind {
        kind: "placement_confirmation",
        label: "Placement confirmation",
        for_kind: CaseKind::Placement,
        notifies_assistance: false,
        template: include_str!("templates/placement_confirmation.md"),
        max_pages: 3,
    },
    LetterKind {
        kind: "partnership_confirmation",
        label: "Partnership confirmation",
        for_kind: CaseKind::Partnership,
        notifies_assistance: false,
        template: include_str!("templates/partnership_confirmation.md"),
        max_pages: 2,
    },
];

/// The kind of this id.
pub fn kind(id: &str) -> Option<&'static LetterKind> {
    KINDS.iter().find(|kind| kind.kind == id)
}

pub(crate) fn known(id: &str) -> Result<&'static LetterKind, Problem> {
    kind(id).ok_or_else(|| {
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.kind).collect();
        Problem::invalid("kind", format!("There is no letter “{id}”."))
            .fix(format!("Letters are: {}.", kinds.join(", ")))
    })
}

/// An issued letter in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LetterRow {
    /// Its id.
    pub id: Uuid,
    /// Its number: `WMIV-2026-0147/L01`. Never used again.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// What officers call the kind.
    pub label: String,
    /// The case it is about.
    pub case_id: Uuid,
    /// The case’s reference when it was issued.
    pub reference: String,
    /// Whom it was addressed to.
    pub to: String,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// By whom.
    pub issued_by: String,
    /// How many pages it has.
    pub pages: u32,
    /// The fingerprint of its PDF.
    pub sha256: String,
    /// Where it was printed.
    pub printed: Vec<Printing>,
    /// When it was withdrawn, by an undo of what led to it.
    pub withdrawn_on: Option<NaiveDate>,
    /// The number of the letter that took its place.
    pub superseded_by: Option<String>,
}

/// One printing of a letter.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Printing {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// On which queue.
    pub queue: String,
    /// How many copies.
    pub copies: u32,
}

/// A kind of letter that can be made for some of the chosen cases.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LetterChoice {
    /// Its id: `award`.
    pub kind: String,
    /// What officers call it.
    pub label: String,
    /// The cases it would be made for: those that owe it; where none does, all that may have it.
    pub cases: Vec<Uuid>,
    /// Whether these cases owe it.
    pub owed: bool,
}

/// A letter that could be issued.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LetterDraft {
    /// Its case.
    pub case_id: Uuid,
    /// The case’s reference.
    pub reference: String,
    /// Whom it would go to.
    pub to: String,
    /// How many pages it would have.
    pub pages: Option<u32>,
    /// Whether it can be issued.
    pub ready: bool,
    /// What is missing or wrong, each with the field where it is filled.
    pub findings: Vec<Finding>,
}

/// The letters that can be made for these cases, those that are owed first. A selection may hold cases of any kind and stage.
pub fn choices(desk: &Desk, ids: &[Uuid]) -> Result<Vec<LetterChoice>, Problem> {
    let cases = ids.iter().map(|id| cases::get(desk, *id)).collect::<Result<Vec<_>, _>>()?;
    let mut choices = Vec::new();
    for kind in KINDS {
        let owed = owed::owing(desk, kind, ids)?;
        let is_owed = !owed.is_empty();
        let for_cases = if is_owed { owed } else { issue::may_have(desk, &cases, kind)? };
        if !for_cases.is_empty() {
            let (kind, label) = (kind.kind.to_owned(), kind.label.to_owned());
            choices.push(LetterChoice { kind, label, cases: for_cases, owed: is_owed });
        }
    }
    choices.sort_by_key(|choice| !choice.owed);
    Ok(choices)
}

/// Whether a letter of this kind was issued for the case and stands.
pub fn has(desk: &Desk, kind: &str, case: Uuid) -> Result<bool, Problem> {
    store::stands(desk.reader(), case, known(kind)?.kind)
}

/// What each of these letters would be: its pages, or what is missing.
pub fn drafts(desk: &Desk, kind: &str, ids: &[Uuid]) -> Result<Vec<LetterDraft>, Problem> {
    let kind = known(kind)?;
    issue::try_all(desk, kind, ids)
}

/// The PDF a letter would be, marked as a draft.
pub fn preview(desk: &Desk, kind: &str, case: Uuid) -> Result<Vec<u8>, Problem> {
    issue::preview(desk, known(kind)?, case)
}

/// The PDF of an issued letter, as it was issued.
pub fn pdf(desk: &Desk, id: Uuid) -> Result<Vec<u8>, Problem> {
    let blob = store::blob_of(desk.reader(), id)?
        .ok_or_else(|| Problem::not_found("This letter is not in the register."))?;
    Ok(desk.register().blob(&blob)?)
}

/// The content hash of a letter's PDF.
pub(crate) fn file_of(desk: &Desk, id: Uuid) -> Result<Option<Vec<u8>>, Problem> {
    store::blob_of(desk.reader(), id)
}

/// Issued letters that every word of `text` begins a part of, newest first.
pub fn list(desk: &Desk, text: &str, offset: u32, limit: u32) -> Result<Page<LetterRow>, Problem> {
    store::list(desk.reader(), text, offset, limit)
}

/// The letters of a case, newest first.
pub fn of_case(desk: &Desk, case: Uuid) -> Result<Vec<LetterRow>, Problem> {
    store::of_case(desk.reader(), case)
}

/// The letter of this id.
pub fn get(desk: &Desk, id: Uuid) -> Result<LetterRow, Problem> {
    store::get(desk.reader(), id)?.ok_or_else(|| Problem::not_found("This letter is not in the register."))
}

/// Writes down where letters went: printed on a queue, or saved to a file.
pub fn record_delivery(
    desk: &mut Desk,
    letters: &[Uuid],
    how: &str,
    place: &str,
    copies: u32,
) -> Result<Option<i64>, Problem> {
    let done = if how == "print" { "Printed" } else { "Saved" };
    let label = match letters {
        [one] => format!("{done} {}", get(desk, *one)?.number),
        many => format!("{done} {} letters", many.len()),
    };
    let changed = desk.change(&label, |tx, hand| {
        letters.iter().try_for_each(|letter| store::insert_delivery(tx, hand, *letter, how, place, copies))
    })?;
    Ok(changed.entry)
}

/// A page that shows whether addresses stand in the window of the office’s envelopes.
pub fn window_test(desk: &Desk) -> Result<Vec<u8>, Problem> {
    let stationery = facts::stationery(&crate::office::get(desk)?);
    desk.press().window_test_page(&stationery).map(|page| page.pdf).map_err(|faults| link::problem(&faults))
}

/// The sheet with the recovery key, to print and lock away. It is kept nowhere.
pub fn recovery_sheet(desk: &Desk, register: &str, key: &str) -> Result<Vec<u8>, Problem> {
    issue::recovery_sheet(desk, register, key)
}

/// Writes several issued letters to `out` as one file for one print job; one letter after another is read and let go.
pub fn combine(desk: &Desk, letters: &[Uuid], out: &mut dyn Write) -> Result<(), Unsaved> {
    desk.press().combine("Letters", letters.iter().map(|id| Ok(pdf(desk, *id)?)), out)
}

/// The name of the file a letter is saved in: its number, where a slash would mean a folder.
pub fn file_name(number: &str) -> String {
    format!("{}.pdf", number.replace('/', "-"))
}

/// The number of the next letter of a case. A number that was withdrawn is not used again.
fn number(reference: &str, earlier: u32) -> String {
    format!("{reference}/L{:02}", earlier + 1)
}

/// What a letter is stored with.
pub(crate) struct NewLetter<'a> {
    pub id: Uuid,
    pub case_id: Uuid,
    pub reference: &'a str,
    pub number: &'a str,
    pub kind: &'a str,
    pub template_version: u32,
    pub recipient: &'a str,
    pub facts: &'a str,
    pub pdf: &'a [u8],
    pub sha256: &'a str,
    pub pages: u32,
}

fn store_letter(tx: &Tx, hand: &Hand, letter: &NewLetter) -> Result<(), Problem> {
    store::insert(tx, hand, letter)
}
