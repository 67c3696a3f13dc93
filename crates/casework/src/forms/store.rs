//! Reads and writes the columns that forms name. Table and column names come from the forms' own tables only.

use rusqlite::{Connection, OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::{Field, FieldKind};
use crate::{
    problem::Problem,
    store::{Stored, Tx},
};

/// The stored values of these fields for one record, in their order; none when the record is not held.
pub(crate) fn read(reader: &Connection, fields: &[Field], id: Uuid) -> Result<Option<Vec<Stored>>, Problem> {
    let mut tables: Vec<&str> = Vec::new();
    for field in fields {
        if !tables.contains(&field.table) {
            tables.push(field.table);
        }
    }
    let columns: Vec<String> = fields.iter().map(|field| format!("{}.{}", field.table, field.name)).collect();
    let first = tables[0];
    let joins: String =
        tables[1..].iter().map(|table| format!(" LEFT JOIN {table} ON {table}.id = {first}.id")).collect();
    let sql = format!("SELECT {} FROM {first}{joins} WHERE {first}.id = ?1", columns.join(", "));
    let row = reader
        .prepare_cached(&sql)?
        .query_row([id], |row| {
            (0..fields.len()).map(|at| row.get::<_, Stored>(at)).collect::<Result<Vec<_>, _>>()
        })
        .optional()?;
    Ok(row)
}

/// Adds a row with these columns.
pub(crate) fn insert(tx: &Tx, table: &str, id: Uuid, columns: &[(&str, Stored)]) -> Result<(), Problem> {
    let names: String = columns.iter().map(|(name, _)| format!(", {name}")).collect();
    let marks: String = (0..columns.len()).map(|at| format!(", ?{}", at + 2)).collect();
    let sql = format!("INSERT INTO {table} (id{names}) VALUES (?1{marks})");
    let id = Stored::Id(id);
    let values = std::iter::once(&id).chain(columns.iter().map(|(_, value)| value));
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Sets these columns of a row.
pub(crate) fn update(tx: &Tx, table: &str, id: Uuid, columns: &[(&str, Stored)]) -> Result<(), Problem> {
    if columns.is_empty() {
        return Ok(());
    }
    let sets: Vec<String> =
        columns.iter().enumerate().map(|(at, (name, _))| format!("{name} = ?{}", at + 2)).collect();
    let sql = format!("UPDATE {table} SET {} WHERE id = ?1", sets.join(", "));
    let id = Stored::Id(id);
    let values = std::iter::once(&id).chain(columns.iter().map(|(_, value)| value));
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// The name by which an officer knows what an id of this kind points at.
pub(crate) fn name_of(reader: &Connection, kind: FieldKind, id: Uuid) -> Option<String> {
    let table = match kind {
        FieldKind::Organisation | FieldKind::Provider => "organisations",
        FieldKind::Person => "people",
        FieldKind::Programme => "programmes",
        FieldKind::Round => "rounds",
        _ => return None,
    };
    reader
        .prepare_cached(&format!("SELECT name FROM {table} WHERE id = ?1"))
        .and_then(|mut statement| statement.query_row([id], |row| row.get(0)))
        .ok()
}

/// Whether a row of this table has the id.
pub(crate) fn exists(reader: &Connection, table: &str, id: Uuid) -> Result<bool, Problem> {
    Ok(reader.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.exists([id])?)
}

/// One text column of a record.
pub(crate) fn text(
    reader: &Connection,
    table: &str,
    column: &str,
    id: Uuid,
) -> Result<Option<String>, Problem> {
    Ok(reader
        .prepare_cached(&format!("SELECT {column} FROM {table} WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The name of whatever record has this id, for histories.
pub(crate) fn any_name(reader: &Connection, id: Uuid) -> Option<String> {
    const NAMED: [(&str, &str); 6] = [
        ("organisations", "name"),
        ("people", "name"),
        ("programmes", "name"),
        ("rounds", "name"),
        ("officers", "name"),
        ("cases", "reference"),
    ];
    NAMED.iter().find_map(|(table, column)| text(reader, table, column, id).ok().flatten())
}
