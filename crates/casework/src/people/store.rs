use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Person, PersonRow};
use crate::{
    organisations::Page,
    problem::Problem,
    search,
    store::{Reader, Tx},
};

fn person(row: &Row) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get("id")?,
        name: row.get("name")?,
        title: row.get("title")?,
        family_name: row.get("family_name")?,
        salutation: row.get("salutation")?,
        job_title: row.get("job_title")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        address: row
            .get::<_, Option<String>>("address")?
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
        organisation_id: row.get("organisation_id")?,
    })
}

fn row(row: &Row) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: row.get("id")?,
        name: row.get("name")?,
        job_title: row.get("job_title")?,
        organisation: row.get("organisation")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
    })
}

const ROWS: &str =
    "SELECT p.*, o.name AS organisation FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id";

pub(crate) fn get(reader: &Reader, id: Uuid) -> Result<Person, Problem> {
    reader
        .prepare_cached("SELECT * FROM people WHERE id = ?1")?
        .query_row([id], person)
        .optional()?
        .ok_or_else(|| Problem::not_found("This person is no longer in the register."))
}

pub(super) fn list(reader: &Reader, text: &str, offset: u32, limit: u32) -> Result<Page<PersonRow>, Problem> {
    let words = search::match_all(text);
    let filter =
        "(?1 IS NULL OR p.id IN (SELECT d.id FROM search s JOIN search_documents d ON d.rid = s.rowid
                                         WHERE search MATCH ?1 AND d.noun = 'person'))";
    let total = reader
        .prepare_cached(&format!("SELECT count(*) FROM people p WHERE {filter}"))?
        .query_row([&words], |row| row.get(0))?;
    let mut statement = reader.prepare_cached(&format!(
        "{ROWS} WHERE {filter} ORDER BY p.name COLLATE NOCASE LIMIT ?2 OFFSET ?3"
    ))?;
    let rows = statement.query_map(params![words, limit, offset], row)?.collect::<Result<_, _>>()?;
    Ok(Page { rows, total })
}

pub(super) fn of_organisation(reader: &Reader, id: Uuid) -> Result<Vec<PersonRow>, Problem> {
    let mut statement = reader
        .prepare_cached(&format!("{ROWS} WHERE p.organisation_id = ?1 ORDER BY p.name COLLATE NOCASE"))?;
    Ok(statement.query_map([id], row)?.collect::<Result<_, _>>()?)
}

/// The person of this name or e-mail address at an organisation.
pub(crate) fn at_organisation(
    reader: &Reader,
    organisation: Uuid,
    name: &str,
    email: Option<&str>,
) -> Result<Option<Uuid>, Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT id FROM people WHERE organisation_id = ?1 AND (name = ?2 COLLATE NOCASE OR email = ?3 COLLATE NOCASE) LIMIT 1",
        )?
        .query_row(params![organisation, name, email], |row| row.get(0))
        .optional()?)
}

pub(crate) struct NewPerson<'a> {
    pub organisation_id: Uuid,
    pub name: &'a str,
    pub given_name: Option<&'a str>,
    pub family_name: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub may_contact: Option<bool>,
}

pub(crate) fn insert(tx: &Tx, new: &NewPerson) -> Result<Uuid, Problem> {
    let id = Uuid::now_v7();
    tx.prepare_cached(
        "INSERT INTO people (id, organisation_id, name, given_name, family_name, email, phone, may_contact, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'import')",
    )?
    .execute(params![id, new.organisation_id, new.name, new.given_name, new.family_name, new.email, new.phone, new.may_contact])?;
    Ok(id)
}
