use uuid::Uuid;

use super::View;
use crate::{
    problem::Problem,
    store::{Reader, Tx},
};

pub(super) fn of(reader: &Reader, officer: Uuid) -> Result<Vec<View>, Problem> {
    let mut statement =
        reader.prepare_cached("SELECT id, name, text FROM views WHERE officer_id = ?1 ORDER BY id")?;
    let rows = statement
        .query_map([officer], |row| Ok(View { id: row.get(0)?, name: row.get(1)?, text: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn keep(tx: &Tx, officer: Uuid, name: &str, text: &str) -> Result<Uuid, Problem> {
    Ok(tx.query_row(
        "INSERT INTO views (id, officer_id, name, text) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (officer_id, name) DO UPDATE SET text = excluded.text RETURNING id",
        (Uuid::now_v7(), officer, name, text),
        |row| row.get(0),
    )?)
}

/// Answers whether it was there.
pub(super) fn remove(tx: &Tx, officer: Uuid, id: Uuid) -> Result<bool, Problem> {
    Ok(tx.execute("DELETE FROM views WHERE id = ?1 AND officer_id = ?2", (id, officer))? == 1)
}
