use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Application, ImportFile, Mapping};
use crate::{
    desk::Hand,
    problem::Problem,
    store::{Reader, Tx},
    when,
};

/// The case that was imported from the same row.
pub(super) fn by_fingerprint(reader: &Reader, fingerprint: &str) -> Result<Option<String>, Problem> {
    Ok(reader
        .prepare_cached("SELECT reference FROM cases WHERE fingerprint = ?1")?
        .query_row([fingerprint], |row| row.get(0))
        .optional()?)
}

/// The business’s case with the same title and amount.
pub(super) fn same_application(
    reader: &Reader,
    business: Uuid,
    application: &Application,
) -> Result<Option<String>, Problem> {
    Ok(reader
        .prepare_cached(
            "SELECT reference FROM cases WHERE organisation_id = ?1 AND trim(title) = ?2 COLLATE NOCASE AND asked = ?3 AND kind = 'voucher' LIMIT 1",
        )?
        .query_row(params![business, application.title.trim(), application.asked.0], |row| row.get(0))
        .optional()?)
}

pub(super) fn fill_voucher(tx: &Tx, id: Uuid, application: &Application) -> Result<(), Problem> {
    tx.prepare_cached(
        "UPDATE vouchers SET earlier_vouchers = ?2, assistance_declared = ?3, declaration = ?4 WHERE id = ?1",
    )?
    .execute(params![
        id,
        application.earlier_vouchers,
        application.assistance_declared.map(|amount| amount.0),
        application.declaration
    ])?;
    Ok(())
}

pub(super) fn insert_import(tx: &Tx, file: &ImportFile, taken: usize, hand: &Hand) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO imports (id, file_name, sha256, mapping, taken, imported_at, officer_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![Uuid::now_v7(), file.name, file.sha256, file.mapping, taken as i64, when::stored_instant(hand.now), hand.officer.id],
    )?;
    Ok(())
}

pub(super) fn mappings(reader: &Reader) -> Result<Vec<Mapping>, Problem> {
    let mut statement =
        reader.prepare_cached("SELECT name, columns FROM import_mappings ORDER BY name COLLATE NOCASE")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (name, columns) = row?;
        // A mapping that cannot be read is a mapping without columns: the officer matches them again.
        Ok(Mapping { name, columns: serde_json::from_str(&columns).unwrap_or_default() })
    })
    .collect()
}

pub(super) fn put_mapping(tx: &Tx, name: &str, columns: &str) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO import_mappings (id, name, columns) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET columns = excluded.columns",
        params![Uuid::now_v7(), name, columns],
    )?;
    Ok(())
}
