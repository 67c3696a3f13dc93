//! What a rule says about facts: never a yes or no, always a sentence with its source and what to do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot be done until mended.
    Block,
    /// It can be done with a recorded reason.
    Warn,
    /// Worth knowing.
    Inform,
}

/// One answer of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Finding {
    /// The rule's id in the registry: `R-01`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// A sentence an officer would say.
    pub message: String,
    /// The facts behind it.
    #[serde(default)]
    pub detail: Option<String>,
    /// What to do about it.
    #[serde(default)]
    pub fix: Option<String>,
    /// Where the rule comes from: `Subsidy Control Act 2022, s.36`.
    #[serde(default)]
    pub source: Option<String>,
    /// The field it speaks of.
    #[serde(default)]
    pub field: Option<String>,
    /// The column of an imported file it speaks of.
    #[serde(default)]
    pub column: Option<String>,
    /// Set when a warning was accepted with a reason.
    #[serde(default)]
    pub accepted: Option<Accepted>,
}

/// Who accepted a warning, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Accepted {
    /// The officer's name.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
    /// The reason in the officer's words.
    pub reason: String,
}

impl Finding {
    /// A finding that stops the action.
    pub fn block(rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Block, message)
    }

    /// A finding that wants a reason.
    pub fn warn(rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Warn, message)
    }

    /// A finding worth knowing.
    pub fn inform(rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Inform, message)
    }

    fn new(rule: &str, severity: Severity, message: impl Into<String>) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity,
            message: message.into(),
            detail: None,
            fix: None,
            source: None,
            field: None,
            column: None,
            accepted: None,
        }
    }

    /// With the facts behind it.
    pub fn detail(mut self, detail: impl Into<String>) -> Finding {
        self.detail = Some(detail.into());
        self
    }

    /// With what to do about it.
    pub fn fix(mut self, fix: impl Into<String>) -> Finding {
        self.fix = Some(fix.into());
        self
    }

    /// With where the rule comes from.
    pub fn source(mut self, source: impl Into<String>) -> Finding {
        self.source = Some(source.into());
        self
    }

    /// About this field.
    pub fn field(mut self, field: impl Into<String>) -> Finding {
        self.field = Some(field.into());
        self
    }

    /// About this column of an imported file.
    pub fn column(mut self, column: impl Into<String>) -> Finding {
        self.column = Some(column.into());
        self
    }

    /// Whether it still stops or wants a reason.
    pub fn is_open(&self) -> bool {
        match self.severity {
            Severity::Block => true,
            Severity::Warn => self.accepted.is_none(),
            Severity::Inform => false,
        }
    }
}

/// Whether any of these stops the action.
pub fn any_block(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Block)
}
