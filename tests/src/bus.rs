//! A session bus, as a desktop has one.
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

/// A message bus of its own.
pub(crate) struct Bus {
    address: String,
    _daemon: Running,
}

impl Bus {
    pub(crate) fn start() -> Self {
        let mut settings = NamedTempFile::new().expect("a temporary file");
        settings.write_all(BUS.as_bytes()).expect("the bus's settings can be written");
        let (daemon, address) = Running::start_and_read_line(
            Command::new("dbus-daemon")
                .arg("--config-file")
                .arg(settings.path())
                .args(["--print-address=1", "--nofork", "--nopidfile"])
                .stderr(Stdio::null()),
        );
        Self { address, _daemon: daemon }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}
