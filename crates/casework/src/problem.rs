//! Why something could not be done, in a form that every screen can explain.

use serde::Serialize;

use crate::findings::Finding;

/// The kinds of problem a screen answers differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// What was entered cannot be taken; a field is named.
    Invalid,
    /// A rule or the officer's role forbids it.
    Refused,
    /// It is not, or no longer, in the register.
    NotFound,
    /// The register is locked.
    Locked,
    /// The passphrase or recovery key does not open the register.
    WrongPassphrase,
    /// Somebody else has the register open for writing.
    ReadOnly,
    /// What it rests on was changed since.
    ChangedSince,
    /// A file could not be read or written.
    File,
    /// The printer did not take it.
    Printer,
    /// The officer cancelled.
    Cancelled,
    /// The register or one of its files is damaged.
    Damaged,
    /// A fault of the program.
    Internal,
}

/// A problem, in words an officer understands: what happened, what was kept, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// What happened.
    pub message: String,
    /// The field it is about.
    pub field: Option<String>,
    /// What to do.
    pub fix: Option<String>,
    /// The findings that stand in the way.
    pub findings: Vec<Finding>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(code: Code, message: impl Into<String>) -> Problem {
        Problem { code, message: message.into(), field: None, fix: None, findings: Vec::new() }
    }

    /// A field that cannot be taken as entered.
    pub fn invalid(field: &str, message: impl Into<String>) -> Problem {
        Problem { field: Some(field.to_owned()), ..Problem::new(Code::Invalid, message) }
    }

    /// Something that is not in the register.
    pub fn not_found(what: impl Into<String>) -> Problem {
        Problem::new(Code::NotFound, what)
    }

    /// Refused by rules.
    pub fn refused(message: impl Into<String>, findings: Vec<Finding>) -> Problem {
        Problem { findings, ..Problem::new(Code::Refused, message) }
    }

    /// With what to do.
    pub fn fix(mut self, fix: impl Into<String>) -> Problem {
        self.fix = Some(fix.into());
        self
    }
}
