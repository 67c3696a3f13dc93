//! An officer at work in a process of their own.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use casework::Desk;
use faults::{
    office::Office,
    work::{READY, Work},
};
use register::ComputerKey;
use rustix::process::{Pid, Signal, kill_process};

/// The officer's program.
pub const OFFICER: &str = env!("CARGO_BIN_EXE_officer");

/// A worker that has begun.
pub struct AtWork {
    child: Child,
    says: BufReader<ChildStdout>,
    refused: Vec<String>,
}

impl AtWork {
    pub fn begin(work: Work, folder: &Path, key: &ComputerKey) -> AtWork {
        let at_work = AtWork::begin_by(Command::new(OFFICER), work, folder, key);
        assert_eq!(at_work.refused, [""; 0], "it was refused the office");
        at_work
    }

    /// Begins by a command that takes the work and the office as its last words.
    pub fn begin_by(mut command: Command, work: Work, folder: &Path, key: &ComputerKey) -> AtWork {
        let mut child = command
            .args([work.name(), folder.to_str().unwrap()])
            .env("VDESK_KEY", key.to_text().as_str())
            // Where a temporary file would be made, it is seen.
            .env("TMPDIR", folder.parent().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        let mut at_work = AtWork { child, says, refused: Vec::new() };
        loop {
            match at_work.next_line() {
                ready if ready == READY => return at_work,
                refusal => at_work.refused.push(refusal),
            }
        }
    }

    /// What it was refused before it began.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// Kills it, and gives the last entry that it said was done. Nothing was refused.
    pub fn killed_after(self, moment: Duration) -> Option<i64> {
        std::thread::sleep(moment);
        let said = self.kill();
        let entry = |line: &String| line.parse().unwrap_or_else(|_| panic!("it was refused: {line}"));
        said.iter().map(entry).next_back()
    }

    /// Kills it, and gives what it said since it was listened to.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        let mut said = String::new();
        self.says.read_to_string(&mut said).unwrap();
        let ended = self.child.wait().unwrap();
        assert_eq!(ended.signal(), Some(9), "it ended before it was killed: {}", complaint(&mut self.child));
        said.lines().map(str::to_owned).collect()
    }

    /// The next entry that it says is done.
    pub fn next_entry(&mut self) -> i64 {
        let line = self.next_line();
        line.parse().unwrap_or_else(|_| panic!("it was refused: {line}"))
    }

    /// What it says next.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        if self.says.read_line(&mut line).unwrap() == 0 {
            panic!("the officer went: {}", complaint(&mut self.child));
        }
        line.trim().to_owned()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

/// Opens the office: the lock goes with the process, and with a child that it was just about to start.
pub fn opened_again(office: &Office) -> Desk {
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        let desk = office.open();
        if desk.register().is_read_only().is_none() {
            return desk;
        }
        assert!(Instant::now() < end, "the lock outlived the process");
    }
}

fn complaint(child: &mut Child) -> String {
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}
