//! Shorthand for the objects that PDF files are made of.

use lopdf::{Dictionary, Object, StringFormat};

pub(crate) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

pub(crate) fn dictionary<'a>(entries: impl IntoIterator<Item = (&'a str, Object)>) -> Dictionary {
    entries.into_iter().collect()
}

pub(crate) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

pub(crate) fn integers(values: impl IntoIterator<Item = i64>) -> Object {
    Object::Array(values.into_iter().map(Object::Integer).collect())
}

pub(crate) fn count(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
