use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::{Officer, OfficerRow, Role};
use crate::{
    money::Pence,
    problem::Problem,
    store::{Reader, Tx},
    when,
};

fn officer(row: &Row) -> rusqlite::Result<Officer> {
    Ok(Officer {
        id: row.get("id")?,
        name: row.get("name")?,
        role: Role::named(&row.get::<_, String>("role")?),
        job_title: row.get("job_title")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
    })
}

pub(crate) fn by_id(reader: &Reader, id: Uuid) -> Result<Option<Officer>, Problem> {
    Ok(reader.prepare_cached("SELECT * FROM officers WHERE id = ?1")?.query_row([id], officer).optional()?)
}

pub(crate) fn all(reader: &Reader) -> Result<Vec<OfficerRow>, Problem> {
    let mut statement = reader.prepare_cached(
        "SELECT o.id, o.name, o.role, (SELECT max(amount) FROM approval_limits WHERE role = o.role) AS amount
         FROM officers o WHERE o.left_on IS NULL ORDER BY o.name COLLATE NOCASE",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(OfficerRow {
            id: row.get("id")?,
            name: row.get("name")?,
            role: Role::named(&row.get::<_, String>("role")?),
            can_unlock: false,
            computers: Vec::new(),
            limit: row.get::<_, Option<i64>>("amount")?.map(Pence),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn insert_first(tx: &Tx, id: Uuid, name: &str) -> Result<(), Problem> {
    tx.execute("INSERT INTO officers (id, name, role) VALUES (?1, ?2, 'manager')", (id, name))?;
    Ok(())
}

pub(super) fn leave(tx: &Tx, id: Uuid, today: NaiveDate) -> Result<(), Problem> {
    tx.execute("UPDATE officers SET left_on = ?2 WHERE id = ?1", (id, today.to_string()))?;
    Ok(())
}

pub(super) fn remember_computer(
    tx: &Tx,
    officer: Uuid,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO computers (id, officer_id, name, remembered_at) VALUES (?1, ?2, ?3, ?4)",
        (Uuid::now_v7(), officer, name, when::stored_instant(now)),
    )?;
    Ok(())
}

pub(super) fn forget_computer(tx: &Tx, officer: Uuid, name: &str, now: DateTime<Utc>) -> Result<(), Problem> {
    tx.execute(
        "UPDATE computers SET forgotten_at = ?3 WHERE officer_id = ?1 AND name = ?2 AND forgotten_at IS NULL",
        (officer, name, when::stored_instant(now)),
    )?;
    Ok(())
}

pub(super) fn remembers(reader: &Reader, officer: Uuid, name: &str) -> Result<bool, Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT 1 FROM computers WHERE officer_id = ?1 AND name = ?2 AND forgotten_at IS NULL",
        )?
        .exists((officer, name))?)
}
