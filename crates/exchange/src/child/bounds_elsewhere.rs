//! Bounds on a child where the kernel offers none that a process can set on itself: the parent keeps the time,
//! and memory is bounded by what the system has.

use std::process::{Command, ExitStatus};

/// Nothing can be bound from within.
pub(super) fn set(_: u64, _: u64) {}

/// Nobody but the parent ends it for its time.
pub(super) fn ended_for_time(_: ExitStatus) -> bool {
    false
}

/// Without a console window flashing up.
pub(super) fn prepare(command: &mut Command) {
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    #[cfg(not(windows))]
    let _ = command;
}
