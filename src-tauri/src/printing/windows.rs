//! Printing on Windows, by its own PowerShell: .NET lists the printers and takes the job, and the system's PDF reader
//! (`Windows.Data.Pdf`, part of Windows 10 and later) draws the pages, so no other program need be installed.
//!
//! The script stands beside this file and answers in JSON. **It has not been run by the developers, who have no
//! Windows machine**: what is tested is the reading of its answers.
use std::{io::ErrorKind, path::Path, process::Command};

use serde::{Deserialize, de::DeserializeOwned};

use super::{JobId, JobState, PrintOptions, PrintingError, Queue, Sides};

const SCRIPT: &str = include_str!("windows.ps1");

/// The Windows print spooler.
#[derive(Debug, Clone)]
pub(super) struct Spooler;

/// What the script prints in place of an answer when it failed.
#[derive(Deserialize)]
struct Refusal {
    refused: String,
}

#[derive(Deserialize)]
struct Sent {
    job: u32,
}

#[derive(Deserialize)]
struct Stands {
    state: JobState,
}

// Elsewhere it is compiled for its tests alone, which start no PowerShell.
#[cfg_attr(not(windows), allow(dead_code))]
impl Spooler {
    pub(super) fn of_this_computer() -> Self {
        Self
    }

    pub(super) fn queues(&self) -> Result<Vec<Queue>, PrintingError> {
        ask(&[("VD_VERB", "queues".into())])
    }

    pub(super) fn print(
        &self,
        queue: &str,
        file: &Path,
        options: &PrintOptions,
    ) -> Result<JobId, PrintingError> {
        let file = file.to_str().ok_or_else(|| PrintingError::Name(file.display().to_string()))?;
        let sent: Sent = ask(&[
            ("VD_VERB", "print".into()),
            ("VD_QUEUE", queue.into()),
            ("VD_FILE", file.into()),
            ("VD_TITLE", options.title.clone()),
            ("VD_COPIES", options.copies.to_string()),
            ("VD_SIDES", options.sides.map(word).unwrap_or_default().into()),
            ("VD_TRAY", options.tray.clone().unwrap_or_default()),
        ])?;
        Ok(JobId(format!("{queue}-{}", sent.job)))
    }

    pub(super) fn job_state(&self, job: &JobId) -> Result<JobState, PrintingError> {
        let (queue, number) =
            job.0.rsplit_once('-').ok_or_else(|| PrintingError::Answer(format!("job {}", job.0)))?;
        let stands: Stands =
            ask(&[("VD_VERB", "state".into()), ("VD_QUEUE", queue.into()), ("VD_JOB", number.into())])?;
        Ok(stands.state)
    }
}

/// .NET's own word.
fn word(sides: Sides) -> &'static str {
    match sides {
        Sides::One => "Simplex",
        Sides::TwoLongEdge => "Vertical",
        Sides::TwoShortEdge => "Horizontal",
    }
}

/// Runs the script. What it works on goes in by environment variables, which no quoting can turn into code.
fn ask<T: DeserializeOwned>(question: &[(&str, String)]) -> Result<T, PrintingError> {
    let mut command = Command::new("powershell.exe");
    command
        .args(["-NoProfile", "-NonInteractive", "-Command", SCRIPT])
        .envs(question.iter().map(|(name, value)| (name, value)));
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        // CREATE_NO_WINDOW: no console flashes up behind the desk.
        command.creation_flags(0x0800_0000);
    }
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => PrintingError::NoPrintingSystem { program: "powershell.exe" },
        _ => error.into(),
    })?;
    read(&String::from_utf8_lossy(&output.stdout))
}

/// The script's answer, or the reason it gave for having none.
fn read<T: DeserializeOwned>(answer: &str) -> Result<T, PrintingError> {
    let answer = answer.trim_start_matches('\u{feff}').trim();
    if let Ok(Refusal { refused }) = serde_json::from_str(answer) {
        return Err(PrintingError::Refused(refused));
    }
    serde_json::from_str(answer).map_err(|error| PrintingError::Answer(format!("{error}: {answer}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printers_are_read_from_the_scripts_json() {
        let queues: Vec<Queue> = read(
            r#"[{"name":"Front Office","description":"HP by the door","is_default":true,"accepting":true,
                 "sides":["one","two_long_edge","two_short_edge"],"trays":[{"key":"Tray 2","label":"Tray 2"}],
                 "max_copies":999}]"#,
        )
        .unwrap();
        assert_eq!(queues[0].sides, [Sides::One, Sides::TwoLongEdge, Sides::TwoShortEdge]);
        assert_eq!(queues[0].trays[0].key, "Tray 2");
    }

    #[test]
    fn a_refusal_keeps_the_systems_words() {
        let refused = read::<Vec<Queue>>(r#"{"refused":"The printer name is invalid."}"#).unwrap_err();
        assert_eq!(refused.to_string(), "the printing system refused: The printer name is invalid.");
    }

    #[test]
    fn an_answer_that_is_not_json_is_said_to_be_unreadable() {
        assert!(matches!(read::<Sent>("Active code page: 850"), Err(PrintingError::Answer(_))));
    }

    #[test]
    fn the_script_answers_with_our_words_and_takes_nets() {
        for state in ["waiting", "held", "printing", "stopped", "printed", "cancelled", "failed", "unknown"] {
            assert!(serde_json::from_value::<JobState>(state.into()).is_ok(), "{state} is a word of ours");
        }
        assert!(SCRIPT.contains("'two_long_edge'") && word(Sides::TwoLongEdge) == "Vertical");
    }
}
