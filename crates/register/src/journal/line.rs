//! How a changed record is written down: a line of JSON with named columns that can be read without this program.

use std::borrow::Cow;

use data_encoding::HEXLOWER;
use rusqlite::types::{Value, ValueRef};
use serde::{Deserialize, Serialize};

use crate::{Operation, RegisterError};

/// The plain part of a changed record.
#[derive(Serialize, Deserialize)]
pub(crate) struct PlainLine<'a> {
    pub(crate) table: Cow<'a, str>,
    pub(crate) key: String,
    pub(crate) operation: Operation,
    pub(crate) fields: Vec<FieldCells<'a>>,
}

/// The personal part of a changed record. The salt keeps a digest from betraying a value that can be guessed.
#[derive(Serialize, Deserialize)]
pub(crate) struct PersonalLine<'a> {
    pub(crate) salt: String,
    pub(crate) fields: Vec<FieldCells<'a>>,
}

/// Column, old value, new value.
pub(crate) type FieldCells<'a> = (Cow<'a, str>, Cell<'a>, Cell<'a>);

/// A value as JSON: null, a whole number and text as they are, `{"real":"1.5"}`, `{"blob":"00ff"}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Cell<'a> {
    Null,
    Integer(i64),
    Text(Cow<'a, str>),
    Marked(Marked),
}

/// Kinds that JSON does not have. A real is kept as text, so that every bit of it returns.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Marked {
    Real(String),
    Blob(String),
}

impl<'a> Cell<'a> {
    pub(crate) fn of(value: ValueRef<'a>) -> Result<Cell<'a>, RegisterError> {
        Ok(match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Marked(Marked::Real(number.to_string())),
            ValueRef::Text(text) => Cell::Text(Cow::Borrowed(std::str::from_utf8(text).map_err(|_| {
                RegisterError::Schema("a text column was given bytes that are not text".into())
            })?)),
            ValueRef::Blob(bytes) => Cell::Marked(Marked::Blob(HEXLOWER.encode(bytes))),
        })
    }

    pub(crate) fn into_value(self) -> Result<Value, RegisterError> {
        Ok(match self {
            Cell::Null => Value::Null,
            Cell::Integer(number) => Value::Integer(number),
            Cell::Text(text) => Value::Text(text.into_owned()),
            Cell::Marked(Marked::Real(number)) => Value::Real(
                number
                    .parse()
                    .map_err(|_| RegisterError::damaged("a number in the journal cannot be read"))?,
            ),
            Cell::Marked(Marked::Blob(hex)) => Value::Blob(bytes_of(&hex)?),
        })
    }
}

pub(crate) fn bytes_of(hex: &str) -> Result<Vec<u8>, RegisterError> {
    HEXLOWER.decode(hex.as_bytes()).map_err(|_| RegisterError::damaged("bytes in the journal cannot be read"))
}

pub(crate) fn line_of(value: &impl Serialize) -> Result<Vec<u8>, RegisterError> {
    serde_json::to_vec(value).map_err(RegisterError::damaged)
}

pub(crate) fn parsed<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, RegisterError> {
    serde_json::from_slice(line).map_err(|_| RegisterError::damaged("a journal row cannot be read"))
}
