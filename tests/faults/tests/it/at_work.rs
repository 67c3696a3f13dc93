//! An officer at work in a process of their own.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use faults::work::{READY, Work};
use register::ComputerKey;
use rustix::process::{Pid, Signal, kill_process};

/// A worker that has begun.
pub struct AtWork {
    child: Child,
    says: BufReader<ChildStdout>,
}

impl AtWork {
    pub fn begin(work: Work, folder: &Path, key: &ComputerKey) -> AtWork {
        let mut child = Command::new(env!("CARGO_BIN_EXE_officer"))
            .args([work.name(), folder.to_str().unwrap()])
            .env("VDESK_KEY", key.to_text().as_str())
            // Where a temporary file would be made, it is seen.
            .env("TMPDIR", folder.parent().unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap());
        let mut word = String::new();
        says.read_line(&mut word).unwrap();
        if word.trim() != READY {
            panic!("the officer never began: {}", complaint(&mut child));
        }
        AtWork { child, says }
    }

    /// Kills it, and gives the last entry that it said was done.
    pub fn killed_after(mut self, moment: Duration) -> Option<i64> {
        std::thread::sleep(moment);
        self.child.kill().unwrap();
        let mut said = String::new();
        self.says.read_to_string(&mut said).unwrap();
        let ended = self.child.wait().unwrap();
        assert_eq!(ended.signal(), Some(9), "it ended before it was killed: {}", complaint(&mut self.child));
        said.lines().filter_map(|line| line.parse().ok()).next_back()
    }

    /// The next entry that it says is done.
    pub fn next_entry(&mut self) -> i64 {
        let mut word = String::new();
        self.says.read_line(&mut word).unwrap();
        word.trim().parse().unwrap_or_else(|_| panic!("the officer went: {}", complaint(&mut self.child)))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

fn complaint(child: &mut Child) -> String {
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    text
}
