//! Printing through CUPS, on Linux and macOS, by its own programs with lists of arguments and never a shell.
//!
//! `lpstat` and `lpoptions` say which printers there are, `lp` prints, `ipptool` says how many copies a printer takes
//! and what became of a job: `lpstat` has one word, "completed", for printed and for cancelled.
use std::{
    ffi::{OsStr, OsString},
    io::{ErrorKind, Write},
    path::Path,
    process::{Command, Stdio},
};

use super::{
    JobId, JobState, MOST_COPIES, PrintOptions, PrintingError, Queue, Sides,
    cups_answers::{self, Choices},
};

/// Asks how many copies a printer takes.
const COPIES_QUESTION: &str = r#"{
  NAME "copies"
  OPERATION Get-Printer-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR keyword requested-attributes copies-supported
  DISPLAY copies-supported
}
"#;

/// Asks what became of a job.
const JOB_QUESTION: &str = r#"{
  NAME "job"
  OPERATION Get-Job-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR integer job-id $job
  ATTR keyword requested-attributes job-state
  DISPLAY job-state
}
"#;

/// A CUPS server, by default the one that CUPS's own settings name.
#[derive(Debug, Clone)]
pub(super) struct Spooler {
    server: Option<String>,
}

impl Spooler {
    pub(super) fn of_this_computer() -> Self {
        Self { server: None }
    }

    pub(super) fn of_server(server: &str) -> Self {
        Self { server: Some(server.to_owned()) }
    }

    pub(super) fn queues(&self) -> Result<Vec<Queue>, PrintingError> {
        // With no printer at all, `lpstat -e` says so by failing in silence.
        let names = match self.ask("lpstat", &["-e"]) {
            Err(PrintingError::Refused(reason)) if reason.is_empty() => return Ok(Vec::new()),
            answer => answer?,
        };
        let default = cups_answers::default_queue(&self.ask("lpstat", &["-d"])?);
        names.lines().map(|name| self.queue(name.trim(), default.as_deref())).collect()
    }

    fn queue(&self, name: &str, default: Option<&str>) -> Result<Queue, PrintingError> {
        let settings = cups_answers::settings(&self.ask("lpoptions", &["-p", name])?);
        // A raw queue has no options at all, and lpoptions calls that a failure.
        let choices = match self.ask("lpoptions", &["-p", name, "-l"]) {
            Ok(answer) => Choices::read(&answer),
            Err(PrintingError::Refused(_)) => Choices::default(),
            Err(error) => return Err(error),
        };
        let description = settings.get("printer-info").filter(|info| !info.is_empty());
        Ok(Queue {
            name: name.to_owned(),
            description: description.map_or_else(|| name.to_owned(), Clone::clone),
            is_default: default == Some(name),
            accepting: settings.get("printer-is-accepting-jobs").is_none_or(|answer| answer == "true"),
            sides: choices.sides,
            trays: choices.trays,
            max_copies: self.max_copies(name),
        })
    }

    /// Only a bound for the screen's number box, so a server that does not say is taken at CUPS's own bound.
    fn max_copies(&self, queue: &str) -> u32 {
        self.ask_ipp(queue, COPIES_QUESTION, &[])
            .ok()
            .and_then(|answer| cups_answers::upper_bound(&answer))
            .map_or(MOST_COPIES, |most| most.min(MOST_COPIES))
    }

    pub(super) fn print(
        &self,
        queue: &str,
        file: &Path,
        options: &PrintOptions,
    ) -> Result<JobId, PrintingError> {
        check_name(queue)?;
        let mut arguments: Vec<OsString> =
            ["-d", queue, "-n", &options.copies.to_string(), "-t", &options.title]
                .into_iter()
                // Letters are laid out for their envelope's window to the millimetre: never shrink them to fit.
                .chain(["-o", "print-scaling=none", "-o", "collate=true"])
                .map(OsString::from)
                .collect();
        if let Some(sides) = options.sides {
            arguments.extend(["-o".into(), format!("sides={}", keyword(sides)).into()]);
        }
        if let Some(tray) = &options.tray {
            check_name(tray)?;
            arguments.extend(["-o".into(), format!("InputSlot={tray}").into()]);
        }
        arguments.extend(["--".into(), file.into()]);
        let answer = self.ask("lp", &arguments)?;
        cups_answers::job(&answer).map(JobId).ok_or(PrintingError::Answer(answer))
    }

    pub(super) fn job_state(&self, job: &JobId) -> Result<JobState, PrintingError> {
        let (queue, number) =
            job.0.rsplit_once('-').ok_or_else(|| PrintingError::Answer(format!("job {}", job.0)))?;
        let number: u32 = number.parse().map_err(|_| PrintingError::Answer(format!("job {}", job.0)))?;
        let answer = self.ask_ipp(queue, JOB_QUESTION, &["-d", &format!("job={number}")])?;
        Ok(cups_answers::job_state(&answer))
    }

    /// Runs one of CUPS's programs and returns what it printed.
    fn ask(&self, program: &'static str, arguments: &[impl AsRef<OsStr>]) -> Result<String, PrintingError> {
        let mut command = Command::new(program);
        if let Some(server) = &self.server {
            command.args(["-h", server]);
        }
        run(program, command.args(arguments))
    }

    /// Puts one question to the server in its own protocol; the answer is a table with commas.
    fn ask_ipp(&self, queue: &str, question: &str, arguments: &[&str]) -> Result<String, PrintingError> {
        check_name(queue)?;
        // ipptool takes its question only from a file.
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(question.as_bytes())?;
        let uri = format!("ipp://{}/printers/{queue}", self.host());
        run("ipptool", Command::new("ipptool").arg("-c").args(arguments).arg(uri).arg(file.path()))
    }

    /// The server as part of an address. A socket's path cannot be one, and belongs to this computer.
    fn host(&self) -> String {
        let named = self.server.clone().or_else(|| std::env::var("CUPS_SERVER").ok());
        named.filter(|server| !server.starts_with('/')).unwrap_or_else(|| "localhost".into())
    }
}

/// CUPS's own word.
fn keyword(sides: Sides) -> &'static str {
    match sides {
        Sides::One => "one-sided",
        Sides::TwoLongEdge => "two-sided-long-edge",
        Sides::TwoShortEdge => "two-sided-short-edge",
    }
}

/// Names become arguments and parts of addresses: one that CUPS itself would not allow goes no further.
fn check_name(name: &str) -> Result<(), PrintingError> {
    let allowed = !name.is_empty()
        && !name.starts_with('-')
        && name.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"/#?%'\"\\=,".contains(c));
    if allowed { Ok(()) } else { Err(PrintingError::Name(name.to_owned())) }
}

fn run(program: &'static str, command: &mut Command) -> Result<String, PrintingError> {
    let output = command
        // English for parsing, without losing letters beyond ASCII in names.
        .env("LC_ALL", "C.UTF-8")
        // macOS takes its programs' language from the system's settings, unless this is set.
        .env("SOFTWARE", "")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => PrintingError::NoPrintingSystem { program },
            _ => error.into(),
        })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let reason = String::from_utf8_lossy(&output.stderr);
        let reason = reason.trim().trim_start_matches(program).trim_start_matches(':').trim();
        Err(PrintingError::Refused(reason.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_be_taken_for_an_option_or_an_address_is_refused() {
        for name in ["", "-oRaw", "a b", "a/b", "x%2f", "Tray=1", "a\nb"] {
            assert!(check_name(name).is_err(), "{name:?} must not reach a program's arguments");
        }
        for name in ["Front_Office", "HP-LaserJet.2", "Büro", "Tray1"] {
            assert!(check_name(name).is_ok(), "{name:?} is a good name");
        }
    }
}
