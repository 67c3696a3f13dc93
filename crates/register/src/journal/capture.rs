//! From SQLite's changeset to records with named columns.

use data_encoding::HEXLOWER;
use rusqlite::{
    Error,
    fallible_streaming_iterator::FallibleStreamingIterator,
    hooks::Action,
    session::{ChangesetItem, Session},
    types::ValueRef,
};

use super::line::{Cell, FieldCells, PersonalLine, PlainLine, line_of};
use crate::{Operation, RegisterError, shape::Shape};

const SALT: usize = 16;

/// One changed record, ready to be written.
pub(crate) struct Captured {
    /// Its table's place in the shape.
    pub(crate) table: usize,
    pub(crate) key: Vec<u8>,
    pub(crate) operation: Operation,
    pub(crate) plain: Vec<u8>,
    /// Empty where nothing personal changed.
    pub(crate) personal: Vec<u8>,
}

/// Whether the personal columns are written down.
#[derive(Clone, Copy)]
pub(crate) enum Personal<'a> {
    Kept,
    /// An erasure must not write down what it erases, and it names the record even where the row itself stays as it is.
    Erased {
        table: &'a str,
        key: &'a [u8],
    },
}

/// The net change of every journalled row, by table and key.
pub(crate) fn captured(
    session: &mut Session<'_>,
    shape: &Shape,
    personal: Personal<'_>,
) -> Result<Vec<Captured>, RegisterError> {
    let mut records = Vec::new();
    if !session.is_empty() {
        let changeset = session.changeset()?;
        let mut items = changeset.iter()?;
        let mut salts = Salts::default();
        while let Some(item) = items.next()? {
            records.push(record(item, shape, personal, &mut salts)?);
        }
    }
    if let Personal::Erased { table, key } = personal
        && let Some(index) = shape.index(table)
        && !records.iter().any(|record| record.table == index && record.key == key)
    {
        let operation = Operation::Updated;
        let line =
            PlainLine { table: table.into(), key: HEXLOWER.encode(key), operation, fields: Vec::new() };
        let (plain, personal) = (line_of(&line)?, Vec::new());
        records.push(Captured { table: index, key: key.to_vec(), operation, plain, personal });
    }
    records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
    Ok(records)
}

fn record(
    item: &ChangesetItem,
    shape: &Shape,
    personal: Personal<'_>,
    salts: &mut Salts,
) -> Result<Captured, RegisterError> {
    let op = item.op()?;
    let index = shape
        .index(op.table_name())
        .ok_or_else(|| RegisterError::Schema(format!("{} is unknown", op.table_name())))?;
    let table = &shape.tables[index];
    let operation = match op.code() {
        Action::SQLITE_INSERT => Operation::Inserted,
        Action::SQLITE_DELETE => Operation::Deleted,
        _ => Operation::Updated,
    };
    if operation == Operation::Deleted && table.standing.is_some() {
        return Err(RegisterError::StandingRow { table: table.name.clone() });
    }
    let (mut key, mut plain, mut kept_apart) = (Vec::new(), Vec::new(), Vec::new());
    for (place, column) in table.columns.iter().enumerate() {
        let old = if operation == Operation::Inserted { None } else { value(item.old_value(place))? };
        let new = if operation == Operation::Deleted { None } else { value(item.new_value(place))? };
        if column.is_key {
            match old.or(new) {
                Some(ValueRef::Blob(bytes)) => key = bytes.to_vec(),
                _ => return Err(RegisterError::Schema(format!("a key in {} is not a blob", table.name))),
            }
            continue;
        }
        // An empty column says nothing in a new or lost record, unless its default would fill it.
        let silent = |side: Option<ValueRef<'_>>| matches!(side, None | Some(ValueRef::Null));
        if silent(old) && silent(new) && (operation == Operation::Updated || !column.has_default) {
            continue;
        }
        let cells: FieldCells = (
            column.name.as_str().into(),
            Cell::of(old.unwrap_or(ValueRef::Null))?,
            Cell::of(new.unwrap_or(ValueRef::Null))?,
        );
        if column.is_personal { kept_apart.push(cells) } else { plain.push(cells) }
    }
    let line =
        PlainLine { table: table.name.as_str().into(), key: HEXLOWER.encode(&key), operation, fields: plain };
    let personal = if kept_apart.is_empty() || matches!(personal, Personal::Erased { .. }) {
        Vec::new()
    } else {
        line_of(&PersonalLine { salt: HEXLOWER.encode(&salts.next()?), fields: kept_apart })?
    };
    Ok(Captured { table: index, plain: line_of(&line)?, personal, key, operation })
}

/// A changeset leaves out the columns of an update that did not change.
fn value(found: rusqlite::Result<ValueRef<'_>>) -> Result<Option<ValueRef<'_>>, RegisterError> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(Error::InvalidColumnIndex(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Random salts, drawn many at a time: an import needs tens of thousands.
#[derive(Default)]
struct Salts {
    drawn: Vec<u8>,
}

impl Salts {
    fn next(&mut self) -> Result<[u8; SALT], RegisterError> {
        if self.drawn.len() < SALT {
            // The first is often the only one.
            let many = if self.drawn.capacity() == 0 { 1 } else { 256 };
            self.drawn.resize(SALT * many, 0);
            getrandom::fill(&mut self.drawn).map_err(|_| RegisterError::NoRandomness)?;
        }
        let mut salt = [0; SALT];
        salt.copy_from_slice(&self.drawn.split_off(self.drawn.len() - SALT));
        Ok(salt)
    }
}
