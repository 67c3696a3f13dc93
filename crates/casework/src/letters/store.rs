use register::Register;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{LetterRow, NewLetter, Printing, kind};
use crate::{
    desk::Hand,
    organisations::Page,
    problem::Problem,
    store::{Reader, Tx},
    when,
};

fn letter(row: &Row) -> rusqlite::Result<LetterRow> {
    let id: String = row.get("kind")?;
    Ok(LetterRow {
        id: row.get("id")?,
        number: row.get("number")?,
        label: kind(&id).map_or_else(|| id.clone(), |known| known.label.to_owned()),
        kind: id,
        case_id: row.get("case_id")?,
        reference: row.get("reference")?,
        to: row.get("recipient")?,
        issued_on: row.get("issued_on")?,
        issued_by: row.get("issued_by")?,
        pages: row.get("pages")?,
        sha256: row.get("sha256")?,
        printed: Vec::new(),
        withdrawn_on: row
            .get::<_, Option<String>>("withdrawn_at")?
            .and_then(|at| when::parse_stored(&at))
            .map(when::day_of),
        superseded_by: row.get("superseded_by")?,
    })
}

fn with_printings(reader: &Reader, mut letters: Vec<LetterRow>) -> Result<Vec<LetterRow>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT * FROM letter_deliveries WHERE letter_id = ?1 AND how = 'print' ORDER BY at, id",
    )?;
    for letter in &mut letters {
        let rows = statement.query_map([letter.id], |row| {
            let at: String = row.get("at")?;
            Ok(Printing {
                at: when::parse_stored(&at).unwrap_or_default(),
                by: row.get("officer")?,
                queue: row.get("place")?,
                copies: row.get("copies")?,
            })
        })?;
        letter.printed = rows.collect::<Result<_, _>>()?;
    }
    Ok(letters)
}

pub(super) fn get(reader: &Reader, id: Uuid) -> Result<Option<LetterRow>, Problem> {
    let found =
        reader.prepare_cached("SELECT * FROM letters WHERE id = ?1")?.query_row([id], letter).optional()?;
    Ok(with_printings(reader, found.into_iter().collect())?.pop())
}

pub(super) fn of_case(reader: &Reader, case: Uuid) -> Result<Vec<LetterRow>, Problem> {
    let mut statement =
        reader.prepare_cached("SELECT * FROM letters WHERE case_id = ?1 ORDER BY number DESC")?;
    let letters = statement.query_map([case], letter)?.collect::<Result<_, _>>()?;
    with_printings(reader, letters)
}

pub(super) fn list(reader: &Reader, text: &str, offset: u32, limit: u32) -> Result<Page<LetterRow>, Problem> {
    // Letters are found by number and recipient; there are few enough a year to look through.
    let like = format!("%{}%", text.trim().replace(['%', '_'], ""));
    let filter = "(?1 = '%%' OR number LIKE ?1 OR recipient LIKE ?1)";
    let total = reader
        .prepare_cached(&format!("SELECT count(*) FROM letters WHERE {filter}"))?
        .query_row([&like], |row| row.get(0))?;
    let mut statement = reader.prepare_cached(&format!(
        "SELECT * FROM letters WHERE {filter} ORDER BY id DESC LIMIT ?2 OFFSET ?3"
    ))?;
    let rows = statement.query_map(params![like, limit, offset], letter)?.collect::<Result<_, _>>()?;
    Ok(Page { rows: with_printings(reader, rows)?, total })
}

pub(super) fn blob_of(reader: &Reader, id: Uuid) -> Result<Option<Vec<u8>>, Problem> {
    Ok(reader
        .prepare_cached("SELECT blob FROM letters WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// How many letters a reference has had, withdrawn ones counted.
pub(super) fn last_number(reader: &Reader, reference: &str) -> Result<u32, Problem> {
    Ok(reader
        .prepare_cached("SELECT coalesce(max(CAST(substr(number, instr(number, '/L') + 2) AS INTEGER)), 0) FROM letters WHERE reference = ?1")?
        .query_row([reference], |row| row.get(0))?)
}

/// Whether a letter of this kind was issued for a case and stands.
pub(crate) fn stands(reader: &Reader, case: Uuid, kind: &str) -> Result<bool, Problem> {
    Ok(reader
        .prepare_cached("SELECT 1 FROM letters WHERE case_id = ?1 AND kind = ?2 AND withdrawn_at IS NULL")?
        .exists((case, kind))?)
}

pub(super) fn insert(tx: &Tx, hand: &Hand, letter: &NewLetter) -> Result<(), Problem> {
    let blob = Register::store_blob(tx, letter.pdf)?;
    // A letter of the same kind that still stands is superseded by this one: a correction is a new letter.
    tx.prepare_cached(
        "UPDATE letters SET superseded_by = ?3 WHERE case_id = ?1 AND kind = ?2 AND withdrawn_at IS NULL AND superseded_by IS NULL",
    )?
    .execute((letter.case_id, letter.kind, letter.number))?;
    tx.prepare_cached(
        "INSERT INTO letters (id, case_id, reference, number, kind, template_version, recipient, facts, sha256, blob, pages, issued_on, issued_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        letter.id,
        letter.case_id,
        letter.reference,
        letter.number,
        letter.kind,
        letter.template_version,
        letter.recipient,
        letter.facts,
        letter.sha256,
        blob.as_slice(),
        letter.pages,
        hand.today.to_string(),
        hand.officer.name
    ])?;
    Ok(())
}

pub(super) fn insert_delivery(
    tx: &Tx,
    hand: &Hand,
    letter: Uuid,
    how: &str,
    place: &str,
    copies: u32,
) -> Result<(), Problem> {
    tx.prepare_cached("INSERT INTO letter_deliveries (id, letter_id, at, officer, how, place, copies) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![Uuid::now_v7(), letter, when::stored_instant(hand.now), hand.officer.name, how, place, copies])?;
    Ok(())
}
