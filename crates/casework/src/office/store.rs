use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::{Limit, Office, knowledge_providers::Provider, limits::Held, statutory_limits::StatutoryLimit};
use crate::{
    identifiers::name_key,
    money::Pence,
    problem::Problem,
    store::{Reader, Tx},
    when::Nation,
};

fn office(row: &Row) -> rusqlite::Result<Office> {
    let contact = ["phone", "email", "website"]
        .into_iter()
        .filter_map(|column| row.get::<_, Option<String>>(column).transpose())
        .collect::<rusqlite::Result<_>>()?;
    Ok(Office {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row
            .get::<_, Option<String>>("address")?
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
        contact,
        registered_line: row.get("registered_line")?,
        signatory_name: row.get("signatory_name")?,
        signatory_title: row.get("signatory_title")?,
        privacy_notice: row.get("privacy_notice")?,
        complaints_contact: row.get("complaints_contact")?,
        nation: Nation::named(&row.get::<_, String>("nation")?),
        window: row.get("window")?,
        nudge: (row.get("nudge_right")?, row.get("nudge_down")?),
        fold_marks: row.get("fold_marks")?,
    })
}

pub(crate) fn get(reader: &Reader) -> Result<Office, Problem> {
    reader
        .prepare_cached("SELECT * FROM office LIMIT 1")?
        .query_row([], office)
        .optional()?
        .ok_or_else(|| Problem::not_found("The office is not set up."))
}

pub(super) fn insert(tx: &Tx, name: &str, signatory: &str) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO office (id, name, signatory_name) VALUES (?1, ?2, ?3)",
        (Uuid::now_v7(), name, signatory),
    )?;
    Ok(())
}

pub(super) fn insert_limit(tx: &Tx, limit: &StatutoryLimit) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO statutory_limits (id, code, amount, valid_from, source) VALUES (?1, ?2, ?3, ?4, ?5)",
        (Uuid::now_v7(), limit.code, limit.amount.0, limit.from, limit.source),
    )?;
    Ok(())
}

pub(crate) fn limit_on(reader: &Reader, code: &str, day: NaiveDate) -> Result<Limit, Problem> {
    reader
        .prepare_cached(
            "SELECT amount, source FROM statutory_limits
             WHERE code = ?1 AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to >= ?2)
             ORDER BY valid_from DESC LIMIT 1",
        )?
        .query_row((code, day.to_string()), |row| {
            Ok(Limit { amount: Pence(row.get(0)?), source: row.get(1)? })
        })
        .optional()?
        .ok_or_else(|| {
            Problem::not_found(format!("No limit “{code}” is recorded for {day}."))
                .fix("Add it under Settings, Limits, with its source.")
        })
}

pub(super) fn limits(reader: &Reader) -> Result<Vec<Held>, Problem> {
    let mut statement = reader
        .prepare_cached("SELECT id, code, amount, valid_from, valid_to, source FROM statutory_limits")?;
    let rows = statement.query_map([], |row| {
        Ok(Held {
            id: row.get(0)?,
            code: row.get(1)?,
            amount: Pence(row.get(2)?),
            from: row.get(3)?,
            to: row.get(4)?,
            source: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn insert_provider(tx: &Tx, provider: &Provider) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO organisations (id, name, name_key, kind, ukprn, ror, source)
         VALUES (?1, ?2, ?3, 'provider', ?4, ?5, 'provided')",
        (Uuid::now_v7(), provider.name, name_key(provider.name), provider.ukprn, provider.ror),
    )?;
    Ok(())
}
