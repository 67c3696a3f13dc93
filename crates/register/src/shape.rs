//! The journalled tables as they stand in the file: their columns, and which are personal.

use std::collections::HashMap;

use rusqlite::{Connection, types::Value};

use crate::{RegisterError, Schema};

/// Every journalled table, in the order of the schema.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) tables: Vec<TableShape>,
    by_name: HashMap<String, usize>,
}

#[derive(Debug)]
pub(crate) struct TableShape {
    pub(crate) name: String,
    /// In the order of the table, the key among them: a changeset numbers columns so.
    pub(crate) columns: Vec<Column>,
    pub(crate) standing: Option<String>,
    /// The tables it holds foreign keys to.
    pub(crate) parents: Vec<String>,
    /// Whether a row may vanish because another one does.
    pub(crate) cascades: bool,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) is_key: bool,
    pub(crate) is_personal: bool,
    pub(crate) not_null: bool,
    pub(crate) has_default: bool,
}

impl Shape {
    pub(crate) fn read(connection: &Connection, schema: &Schema) -> Result<Shape, RegisterError> {
        let mut tables = Vec::with_capacity(schema.tables.len());
        let mut by_name = HashMap::new();
        for table in schema.tables {
            by_name.insert(table.name.to_owned(), tables.len());
            tables.push(TableShape::read(connection, table)?);
        }
        Ok(Shape { tables, by_name })
    }

    /// As far as the tables are there: between two steps of the schema.
    pub(crate) fn present(connection: &Connection, schema: &Schema) -> Result<Shape, RegisterError> {
        let mut shape = Shape { tables: Vec::new(), by_name: HashMap::new() };
        for table in schema.tables {
            let columns = columns(connection, table)?;
            if !columns.is_empty() {
                shape.by_name.insert(table.name.to_owned(), shape.tables.len());
                let (standing, parents, cascades) = (None, Vec::new(), false);
                shape.tables.push(TableShape {
                    name: table.name.to_owned(),
                    columns,
                    standing,
                    parents,
                    cascades,
                });
            }
        }
        Ok(shape)
    }

    pub(crate) fn index(&self, table: &str) -> Option<usize> {
        self.by_name.get(table).copied()
    }

    pub(crate) fn table(&self, table: &str) -> Option<&TableShape> {
        self.tables.get(self.index(table)?)
    }
}

impl TableShape {
    fn read(connection: &Connection, table: &crate::Table) -> Result<TableShape, RegisterError> {
        let refused = |why: &str| RegisterError::Schema(format!("{} {why}", table.name));
        let columns = columns(connection, table)?;
        if columns.is_empty() {
            return Err(refused("is not there"));
        }
        let keys: Vec<&Column> = columns.iter().filter(|column| column.is_key).collect();
        if !matches!(keys.as_slice(), [key] if key.name == "id" && key.kind == "BLOB") {
            return Err(refused("needs one primary key column, id BLOB"));
        }
        for personal in table.personal {
            if !columns.iter().any(|column| column.name == *personal && !column.is_key) {
                return Err(refused(&format!("has no column {personal} to be personal")));
            }
        }
        if let Some(standing) = table.standing {
            let fits = |column: &Column| {
                column.name == standing && column.kind == "TEXT" && !column.not_null && !column.is_personal
            };
            if !columns.iter().any(fits) {
                return Err(refused(&format!("needs a nullable TEXT column {standing}, not personal")));
            }
        }
        let mut foreign =
            connection.prepare("SELECT \"table\", on_delete FROM pragma_foreign_key_list(?1)")?;
        let foreign = foreign
            .query_map([table.name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(TableShape {
            name: table.name.to_owned(),
            columns,
            standing: table.standing.map(str::to_owned),
            cascades: foreign.iter().any(|(_, on_delete)| on_delete == "CASCADE"),
            parents: foreign
                .into_iter()
                .map(|(parent, _)| parent)
                .filter(|parent| parent != table.name)
                .collect(),
        })
    }

    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

fn columns(connection: &Connection, table: &crate::Table) -> Result<Vec<Column>, RegisterError> {
    let sql =
        "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info(?1) ORDER BY cid";
    let mut statement = connection.prepare(sql)?;
    let columns = statement.query_map([table.name], |row| {
        let name: String = row.get(0)?;
        Ok(Column {
            is_personal: table.personal.contains(&name.as_str()),
            kind: row.get(1)?,
            not_null: row.get(2)?,
            has_default: row.get(3)?,
            is_key: row.get::<_, i64>(4)? > 0,
            name,
        })
    })?;
    Ok(columns.collect::<Result<_, _>>()?)
}

impl Column {
    /// What stands in an erased column.
    pub(crate) fn erased(&self) -> Value {
        match (self.not_null, self.kind.as_str()) {
            (false, _) => Value::Null,
            (true, "TEXT") => Value::Text("Erased".into()),
            (true, "BLOB") => Value::Blob(Vec::new()),
            (true, "REAL") => Value::Real(0.0),
            (true, _) => Value::Integer(0),
        }
    }
}

/// A name as SQL wants it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
