//! The key ring of a desktop, as GNOME keeps it.
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{
    bus::Bus,
    running::{Running, wait_until},
};

/// A key ring of its own, unlocked as it is when an officer has signed in to the computer.
pub struct KeyRing {
    bus: Bus,
    _home: TempDir,
    _daemon: Running,
}

impl KeyRing {
    /// Starts one with nothing in it.
    pub fn unlocked() -> Self {
        let bus = Bus::start();
        let home = TempDir::new().expect("a temporary folder");
        let daemon = Running::start_and_tell(
            Command::new("gnome-keyring-daemon")
                .args(["--foreground", "--unlock", "--components=secrets"])
                .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
                .env("HOME", home.path())
                .env("XDG_DATA_HOME", home.path())
                .env("XDG_RUNTIME_DIR", home.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
            "what the officer signed in with",
        );
        let file = home.path().join("keyrings/login.keyring");
        wait_until("the key ring is there", || file.exists());
        Self { bus, _home: home, _daemon: daemon }
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` has to be for a program that is to find it.
    pub fn address(&self) -> &str {
        self.bus.address()
    }
}
