//! A screen that nobody looks at, with a session bus, as a desktop has.
use std::process::{Command, Stdio};

use crate::{bus::Bus, running::Running};

/// Xvfb on a display of its own and a message bus of its own.
pub(crate) struct Display {
    number: String,
    bus: Bus,
    _screen: Running,
}

impl Display {
    pub(crate) fn start(width: u32, height: u32) -> Self {
        let screen = format!("{width}x{height}x24");
        let (screen, number) = Running::start_and_read_line(
            Command::new("Xvfb")
                // It takes the first display that is free, and says which.
                .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"])
                .stderr(Stdio::null()),
        );
        Self { number: format!(":{number}"), bus: Bus::start(), _screen: screen }
    }

    /// Lets a program draw here.
    pub(crate) fn lend_to(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.number)
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }
}
