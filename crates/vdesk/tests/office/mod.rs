//! The office that the tests work in.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// A register in a folder of its own, worked on with the command as a script would.
pub struct Office {
    pub folder: tempfile::TempDir,
}

pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/applications").join(name)
}

pub const FORMS: &str = "innovation-voucher-applications-forms-7.xlsx";
pub const PARTNER: &str = "partner-applications-7.csv";

impl Office {
    /// A new register with a programme of £1,000 to £5,000 at 75 %.
    pub fn new() -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        office.says(&["new", "@", "--office", "Marlbrook (test)", "--as", "Ada Manager"]);
        office.says(&[
            "programme",
            "@",
            "WMIV",
            "--set",
            "name=West Marlbrook Vouchers",
            "--set",
            "value_min=1000",
            "--set",
            "value_max=5000",
        ]);
        office.says(&[
            "programme",
            "@",
            "WMIV",
            "--round",
            "Round 1",
            "--set-round",
            "budget=140000",
            "--set-round",
            "opens_at=2026-10-01T09:00",
            "--set-round",
            "closes_at=2026-11-20T17:00",
        ]);
        office
    }

    /// Where the command may put temporary files.
    pub fn temporary(&self) -> PathBuf {
        let folder = self.folder.path().join("temporary");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let register = self.folder.path().join("office.vdesk").display().to_string();
        let out = self.folder.path().join("letters").display().to_string();
        let arguments = arguments.iter().map(|argument| match *argument {
            "@" => register.as_str(),
            "OUT" => out.as_str(),
            other => other,
        });
        Command::new(env!("CARGO_BIN_EXE_vdesk"))
            .args(arguments)
            .args(["--json", "--today", "2026-11-23"])
            .env("VDESK_PASSPHRASE", "a passphrase for the test")
            .env("TMPDIR", self.temporary())
            .output()
            .unwrap()
    }

    /// The answer of a command that is done.
    pub fn says(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The answer of a command that is refused.
    pub fn refuses(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!output.stderr.is_empty(), "a refusal says why on standard error");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn imports(&self, file: &str) -> Value {
        self.says(&["import", "@", sample(file).to_str().unwrap(), "--programme", "WMIV"])
    }
}
