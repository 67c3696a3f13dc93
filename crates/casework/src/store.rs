//! The few database types that the nouns' `store.rs` files share.

use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef},
};
use uuid::Uuid;

use crate::problem::Problem;

/// An open transaction, as `Desk::change` hands it out.
pub type Tx<'a> = rusqlite::Transaction<'a>;

/// A connection that only reads.
pub type Reader = rusqlite::Connection;

/// A value as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// Nothing.
    Null,
    /// A number, an amount in pence, hundredths, or yes (1) and no (0).
    Int(i64),
    /// A text, a day or an instant.
    Text(String),
    /// What another record is known by.
    Id(Uuid),
}

impl Stored {
    /// The id, if it is one.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Stored::Id(id) => Some(*id),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Stored::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Stored::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl ToSql for Stored {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Stored::Null => ToSqlOutput::Owned(Value::Null),
            Stored::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Stored::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Stored::Id(id) => ToSqlOutput::Owned(Value::Blob(id.as_bytes().to_vec())),
        })
    }
}

impl FromSql for Stored {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Stored> {
        Ok(match value {
            ValueRef::Null => Stored::Null,
            ValueRef::Integer(number) => Stored::Int(number),
            ValueRef::Text(_) => Stored::Text(value.as_str()?.to_owned()),
            ValueRef::Blob(bytes) => {
                Stored::Id(Uuid::from_slice(bytes).map_err(|error| FromSqlError::Other(Box::new(error)))?)
            }
            ValueRef::Real(_) => return Err(FromSqlError::InvalidType),
        })
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        register::RegisterError::from(error).into()
    }
}
