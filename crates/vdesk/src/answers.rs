//! What is printed, and how the command ends: 0 done, 1 refused (nothing changed), 2 usage.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use casework::{
    findings::{Finding, Severity},
    problem::Problem,
};
use serde_json::{Value, json};

/// An answer in both forms.
pub(crate) struct Answer {
    pub json: Value,
    pub lines: Vec<String>,
    /// Refused by a rule: the answer says by which, and the command ends with 1.
    pub refused: bool,
}

impl Answer {
    pub(crate) fn new(json: Value, lines: Vec<String>) -> Answer {
        Answer { json, lines, refused: false }
    }

    pub(crate) fn print(&self, as_json: bool) -> ExitCode {
        if self.refused {
            for line in &self.lines {
                eprintln!("vdesk: {line}");
            }
        }
        let text = match (as_json, self.refused) {
            (true, _) => format!("{:#}", self.json),
            (false, false) => self.lines.join("\n"),
            (false, true) => return ExitCode::from(1),
        };
        // A reader that stopped reading (`vdesk cases | head`) is no failure of the command.
        let _ = writeln!(io::stdout(), "{text}");
        if self.refused { ExitCode::from(1) } else { ExitCode::SUCCESS }
    }
}

/// Says what stood in the way, on standard error.
pub(crate) fn refuse(problem: &Problem, as_json: bool) -> ExitCode {
    let mut said = problem.message.clone();
    if let Some(fix) = &problem.fix {
        said.push(' ');
        said.push_str(fix);
    }
    eprintln!("vdesk: {said}");
    for finding in &problem.findings {
        eprintln!("  {}", in_a_line(finding));
    }
    if as_json {
        let _ = writeln!(io::stdout(), "{:#}", json!({ "problem": problem }));
    }
    ExitCode::from(1)
}

/// A finding in one line.
pub(crate) fn in_a_line(finding: &Finding) -> String {
    let mark = match finding.severity {
        Severity::Block => "✗",
        Severity::Warn if finding.accepted.is_some() => "✓",
        Severity::Warn => "!",
        Severity::Inform => "·",
    };
    let parts = [Some(finding.message.as_str()), finding.detail.as_deref(), finding.fix.as_deref()];
    let source = finding
        .source
        .as_ref()
        .map(|source| format!(" ({}, {source})", finding.rule))
        .unwrap_or_else(|| format!(" ({})", finding.rule));
    let sentences = parts
        .into_iter()
        .flatten()
        .map(|part| if part.ends_with(['.', '!', '?']) { part.to_owned() } else { format!("{part}.") });
    format!("{mark} {}{source}", sentences.collect::<Vec<_>>().join(" "))
}
