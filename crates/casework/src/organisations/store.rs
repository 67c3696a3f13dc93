use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Organisation, OrganisationRow, Page};
use crate::{
    problem::Problem,
    search,
    store::{Reader, Tx},
};

fn organisation(row: &Row) -> rusqlite::Result<Organisation> {
    let id: Uuid = row.get("id")?;
    Ok(Organisation {
        id,
        name: row.get("name")?,
        trading_name: row.get("trading_name")?,
        legal_form: row.get("legal_form")?,
        company_number: row.get("company_number")?,
        address: row
            .get::<_, Option<String>>("address")?
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
        town: row.get("town")?,
        postcode: row.get("postcode")?,
        area: row.get("area")?,
        employees: row.get("employees")?,
        turnover: row.get("turnover")?,
        balance_sheet: row.get("balance_sheet")?,
        vat_registered: row.get("vat_registered")?,
    })
}

pub(crate) fn get(reader: &Reader, id: Uuid) -> Result<Organisation, Problem> {
    reader
        .prepare_cached("SELECT * FROM organisations WHERE id = ?1")?
        .query_row([id], organisation)
        .optional()?
        .ok_or_else(|| Problem::not_found("This organisation is no longer in the register."))
}

/// everyone under common control with the organisation ?1, however many links lie between (Subsidy Control Act 2022,
/// ss.7 and 8). Opens a statement, which then names `enterprise`. Its members are few, so they are read first: a CROSS JOIN
/// keeps the planner from going through all organisations or cases for them.
pub(crate) const ENTERPRISE: &str = "WITH RECURSIVE enterprise (id) AS (
    SELECT ?1
    UNION SELECT o.id FROM enterprise e CROSS JOIN organisations o ON o.group_root_id = e.id
    UNION SELECT o.group_root_id FROM enterprise e CROSS JOIN organisations o ON o.id = e.id WHERE o.group_root_id IS NOT NULL)";

/// Everyone under common control with it, itself among them, by name.
pub(crate) fn enterprise(reader: &Reader, id: Uuid) -> Result<Vec<Organisation>, Problem> {
    let mut statement = reader.prepare_cached(&format!(
        "{ENTERPRISE} SELECT o.* FROM enterprise e CROSS JOIN organisations o ON o.id = e.id ORDER BY o.name COLLATE NOCASE"
    ))?;
    let members = statement.query_map([id], organisation)?;
    Ok(members.collect::<Result<_, _>>()?)
}

fn row(row: &Row) -> rusqlite::Result<OrganisationRow> {
    Ok(OrganisationRow {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        town: row.get("town")?,
        postcode: row.get("postcode")?,
        company_number: row.get("company_number")?,
        cases: row.get("cases")?,
    })
}

pub(super) fn list(
    reader: &Reader,
    text: &str,
    kind: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<Page<OrganisationRow>, Problem> {
    let words = search::match_all(text);
    let filter = "FROM organisations o WHERE (?1 IS NULL OR o.kind = ?1)
         AND (?2 IS NULL OR o.id IN (SELECT d.id FROM search s JOIN search_documents d ON d.rid = s.rowid
                                     WHERE search MATCH ?2 AND d.noun = 'organisation'))";
    let total = reader
        .prepare_cached(&format!("SELECT count(*) {filter}"))?
        .query_row(params![kind, words], |row| row.get(0))?;
    let mut statement = reader.prepare_cached(&format!(
        "SELECT o.*, (SELECT count(*) FROM cases c WHERE c.organisation_id = o.id OR c.provider_id = o.id) AS cases
         {filter} ORDER BY o.name COLLATE NOCASE LIMIT ?3 OFFSET ?4"
    ))?;
    let rows = statement.query_map(params![kind, words, limit, offset], row)?.collect::<Result<_, _>>()?;
    Ok(Page { rows, total })
}

/// Organisations of a kind that could be the one described: the same number, the same folded name, or the same postcode.
pub(super) fn candidates(
    reader: &Reader,
    kind: &str,
    company_number: Option<&str>,
    name_key: &str,
    postcode: Option<&str>,
) -> Result<Vec<(Organisation, String)>, Problem> {
    let mut statement = reader.prepare_cached(
        // The sign keeps the planner from going through all businesses.
        "SELECT * FROM organisations WHERE +kind = ?1 AND (company_number = ?2 OR name_key = ?3)
         UNION SELECT * FROM organisations WHERE +kind = ?1 AND postcode = ?4
         LIMIT 200",
    )?;
    let found = statement.query_map(params![kind, company_number, name_key, postcode], |row| {
        Ok((organisation(row)?, row.get("name_key")?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every provider with its folded name; there are a few hundred at most.
pub(super) fn providers(reader: &Reader) -> Result<Vec<(Uuid, String)>, Problem> {
    let mut statement =
        reader.prepare_cached("SELECT id, name_key FROM organisations WHERE kind = 'provider'")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

pub(crate) struct NewBusiness<'a> {
    pub name: &'a str,
    pub name_key: &'a str,
    pub company_number: Option<&'a str>,
    pub address: Option<&'a str>,
    pub town: Option<&'a str>,
    pub postcode: Option<&'a str>,
    pub employees: Option<i64>,
    pub turnover: Option<i64>,
    pub phone: Option<&'a str>,
}

pub(crate) fn insert_business(tx: &Tx, new: &NewBusiness) -> Result<Uuid, Problem> {
    let id = Uuid::now_v7();
    tx.prepare_cached(
        "INSERT INTO organisations (id, name, name_key, kind, company_number, address, town, postcode, employees, turnover, phone, source)
         VALUES (?1, ?2, ?3, 'business', ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'import')",
    )?
    .execute(params![
        id,
        new.name,
        new.name_key,
        new.company_number,
        new.address,
        new.town,
        new.postcode,
        new.employees,
        new.turnover,
        new.phone
    ])?;
    Ok(id)
}
