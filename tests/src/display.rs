//! A screen that nobody looks at, with a session bus, as a desktop has.
use std::{
    io::Write,
    process::{Command, Stdio},
};

use tempfile::NamedTempFile;

use crate::running::Running;

/// A bus on which no service is started on demand: a desktop's portals and keyrings would outlive the test.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Xvfb on a display of its own and a message bus of its own.
pub(crate) struct Display {
    number: String,
    bus: String,
    _programs: [Running; 2],
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
        let mut settings = NamedTempFile::new().expect("a temporary file");
        settings.write_all(BUS.as_bytes()).expect("the bus's settings can be written");
        let (session, bus) = Running::start_and_read_line(
            Command::new("dbus-daemon")
                .arg("--config-file")
                .arg(settings.path())
                .args(["--print-address=1", "--nofork", "--nopidfile"])
                .stderr(Stdio::null()),
        );
        Self { number: format!(":{number}"), bus, _programs: [screen, session] }
    }

    /// Lets a program draw here.
    pub(crate) fn lend_to(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.number)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }
}
