//! A drive that fails now and then, at any read, write or flush: `strace` has the system say so of single calls.

use std::{
    fs,
    ops::RangeInclusive,
    process::{Command, Stdio},
};

use faults::{
    office::{Office, applications_file, assert_whole},
    times,
    work::{Work, newest},
};

use crate::at_work::{AtWork, OFFICER, opened_again};

/// What the database asks of a drive.
const CALLS: [&str; 4] = ["pread64", "pwrite64", "fdatasync,fsync", "ftruncate,unlink,rename"];
const FEW: usize = 3;
/// Calls after which the system has loaded the program.
const LOADED: usize = 8;
/// Actions after which a failure that was not met yet will not be.
const ENOUGH: usize = 10;

/// Whether this account may look into its own processes.
fn can_fail() -> bool {
    let tried = Command::new("strace").args(["-D", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        println!("skipped: strace is not here, or may not do its work");
    }
    can
}

/// The officer's program at a drive that fails from one of these calls to another, counted from the program's start.
fn failing(calls: &str, which: &RangeInclusive<usize>) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e"]).arg(format!("trace={calls}"));
    strace.arg("-e").arg(format!("inject={calls}:error=EIO:when={}..{}", which.start(), which.end()));
    strace.arg(OFFICER);
    strace
}

/// The words of a drive that fails: what happened, what was kept, what to do. What was not read may also be damage.
fn assert_said(refusal: &str, when: &str) {
    assert!(refusal.starts_with("File: ") || refusal.starts_with("Damaged: "), "{when}: {refusal}");
    assert!(refusal.contains("drive"), "{when}: {refusal}");
    assert!(refusal.contains("kept") || refusal.contains("as it was"), "{when}: {refusal}");
    assert!(refusal.contains("heck that") || refusal.contains("Check the drive"), "{when}: {refusal}");
}

/// Has the officer do this work at a drive that fails, and gives how often something was refused. After a refusal the next
/// actions are done.
fn work_at_a_failing_drive(work: Work, office: &Office, calls: &str) -> usize {
    let first = fastrand::usize(LOADED..=300);
    let which = first..=first + fastrand::usize(0..=6);
    let when = format!("{work:?}, {calls} {which:?}");
    let mut officer = AtWork::begin_by(failing(calls, &which), work, &office.folder, &office.key);
    let mut refused = officer.refused().to_vec();
    let (mut done, mut since) = (Vec::new(), 0);
    while done.len() < ENOUGH && (refused.is_empty() || since < 3) {
        let said = officer.next_line();
        match said.parse::<i64>() {
            Ok(entry) => {
                done.push(entry);
                since += 1;
            }
            Err(_) => {
                refused.push(said);
                since = 0;
            }
        }
        assert!(refused.len() < 20, "{when}: it is refused for ever, {refused:#?}");
    }
    officer.kill();
    for refusal in &refused {
        assert_said(refusal, &when);
    }
    let desk = opened_again(office);
    assert_whole(&desk);
    assert!(done.last().is_none_or(|entry| newest(&desk) >= *entry), "{when}: what was done is kept");
    refused.len()
}

#[test]
fn at_a_drive_that_fails_each_action_is_done_whole_or_refused_and_work_goes_on_after() {
    if !can_fail() {
        return;
    }
    let mut refused = 0;
    for work in [Work::Changes, Work::Import, Work::Letters, Work::Backup] {
        let office = Office::new();
        fs::write(office.folder.with_file_name("applications.csv"), applications_file()).unwrap();
        for calls in CALLS {
            for _ in 0..times(FEW) {
                refused += work_at_a_failing_drive(work, &office, calls);
            }
        }
    }
    assert!(refused > 0, "no call failed");
}
