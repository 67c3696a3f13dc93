//! What a program at work has open: the register's own files and the file that the officer chose, and no other file of any kind.
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use faults::{
    office::{Office, applications_file},
    work::Work,
};

use crate::at_work::AtWork;

/// A process and those that it started.
fn family(process: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten();
    let started = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok());
    let started: Vec<u32> = started
        .flat_map(|ids| ids.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect();
    std::iter::once(process).chain(started.into_iter().flat_map(family)).collect()
}

/// Every path that a process and its children have open at this moment. What has no path (a pipe, a socket) is left out.
fn open_now(process: u32) -> impl Iterator<Item = PathBuf> {
    let folders = family(process).into_iter().map(|id| format!("/proc/{id}/fd"));
    let links = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    links.filter_map(|link| fs::read_link(link.ok()?.path()).ok()).filter(|path| path.is_absolute())
}

/// Raised when the work is over, however it ends.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What was open at any of many moments, until an officer at this work has done it so many times.
fn opened(work: Work, times: usize, office: &Office) -> BTreeSet<PathBuf> {
    let mut officer = AtWork::begin(work, &office.folder, &office.key);
    let (process, done) = (officer.id(), AtomicBool::new(false));
    let seen = thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                seen.extend(open_now(process));
                thread::yield_now();
            }
            seen
        });
        let over = Over(&done);
        for _ in 0..times {
            officer.next_entry();
        }
        drop(over);
        looking.join().unwrap()
    });
    officer.killed_after(Duration::ZERO);
    seen
}

/// Devices, and the libraries that a program is put together from when it starts.
fn is_the_systems(path: &Path) -> bool {
    ["/dev", "/proc", "/sys", "/usr", "/lib", "/etc/ld.so.cache"].iter().any(|place| path.starts_with(place))
}

#[test]
fn importing_and_issuing_letters_makes_and_opens_no_file_beside_the_registers_own_and_the_chosen_one() {
    let office = Office::new();
    let chosen = office.folder.with_file_name("applications.csv");
    fs::write(&chosen, applications_file()).unwrap();
    // A folder's time is that of the last file that came or went in it.
    let beside = || fs::metadata(chosen.parent().unwrap()).unwrap().modified().unwrap();
    let before = beside();
    let mut seen = opened(Work::Import, 4, &office);
    seen.extend(opened(Work::Letters, 4, &office));
    assert_eq!(beside(), before, "a temporary file came or went");
    assert!(seen.contains(&office.folder.join("register.db")), "it was looked at while it worked: {seen:?}");
    let strange: Vec<_> = seen
        .iter()
        .filter(|path| !path.starts_with(&office.folder) && **path != chosen && !is_the_systems(path))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
