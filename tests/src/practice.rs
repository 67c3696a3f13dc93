//! The practice office, made once and lent to every journey that asks for it: making it takes some seconds.
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::desk::program;

/// The day it is made on. Its stages, numbers and what they owe come from it, whatever day the journeys run on.
const DAY: &str = "2026-11-24";
/// An older one may be another program's.
const FRESH: Duration = Duration::from_secs(6 * 60 * 60);

/// Copies the practice office to where the program looks for it under `data`.
pub(crate) fn lend_to(data: &Path) {
    let made = made();
    let own = data.join("voucher-desk/practice.vdesk");
    copy(&made, &own);
}

fn made() -> PathBuf {
    let journeys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/journeys");
    fs::create_dir_all(&journeys).expect("a folder for journeys");
    // Journeys may run in processes of their own; one makes it, the others wait.
    let lock = fs::File::create(journeys.join("practice.lock")).expect("a lock");
    lock.lock().expect("the lock");
    let folder = journeys.join(format!("practice-{DAY}.vdesk"));
    let age = fs::metadata(folder.join("keys.json"))
        .and_then(|file| file.modified())
        .ok()
        .and_then(|at| at.elapsed().ok());
    if age.is_none_or(|age| age > FRESH) {
        fs::remove_dir_all(&folder).ok();
        let mut vdesk = Command::new(program("vdesk"));
        vdesk
            .arg("new")
            .arg(&folder)
            .args(["--sample", "--today", DAY])
            .env("VDESK_PASSPHRASE", "practice office");
        let status = vdesk.stdout(std::process::Stdio::null()).status();
        assert!(status.expect("vdesk starts").success(), "the practice office is made");
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the practice office can be read") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
