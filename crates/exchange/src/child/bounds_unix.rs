//! Bounds on a child, where the kernel keeps them.

use std::{
    os::unix::process::ExitStatusExt,
    process::{Command, ExitStatus},
};

use rustix::process::{Resource, Rlimit, Signal, setrlimit};

/// Bounds this process. A bound that the system does not take is not a reason to refuse the file: the parent
/// ends the child when its time is over.
pub(super) fn set(memory: u64, seconds: u64) {
    let bound = |resource, limit| {
        let _ = setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) });
    };
    bound(Resource::As, already_mapped().saturating_add(memory));
    // Should the parent be gone, nobody else ends a child that never comes to an end.
    bound(Resource::Cpu, seconds.saturating_add(1));
    // A core file would leave applicants' data on the disk.
    bound(Resource::Core, 0);
}

/// The program and its libraries, a window's among them, count towards the bound before anything is read.
fn already_mapped() -> u64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|pages| pages.split(' ').next()?.parse::<u64>().ok())
        .map_or(0, |pages| pages.saturating_mul(u64::try_from(rustix::param::page_size()).unwrap_or(4096)))
}

/// Whether the kernel ended it for its time.
pub(super) fn ended_for_time(status: ExitStatus) -> bool {
    let times_up = [Signal::XCPU, Signal::KILL].map(Signal::as_raw);
    status.signal().is_some_and(|signal| times_up.contains(&signal))
}

/// Nothing needs preparing.
pub(super) fn prepare(_: &mut Command) {}
