//! Programs that a test starts, and ends by their own ids.
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// A program of ours. It ends when this is dropped, as it is when the test panics.
pub(crate) struct Running {
    name: String,
    child: Child,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::spawn(command.stdin(Stdio::null()))
    }

    /// Starts a program that reads what it is told before it begins.
    pub(crate) fn start_and_tell(command: &mut Command, words: &str) -> Self {
        let mut running = Self::spawn(command.stdin(Stdio::piped()));
        let mut stdin = running.child.stdin.take().expect("it was asked for");
        stdin.write_all(words.as_bytes()).expect("the program listens");
        running
    }

    fn spawn(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("{name} did not start ({error}): `cargo xtask test` installs what the journeys need")
        });
        Self { name, child }
    }

    /// Starts a program that says on its first line where it can be found.
    pub(crate) fn start_and_read_line(command: &mut Command) -> (Self, String) {
        let mut running = Self::start(command.stdout(Stdio::piped()));
        let mut line = String::new();
        let stdout = running.child.stdout.take().expect("it was asked for");
        BufReader::new(stdout).read_line(&mut line).expect("the program's first line");
        assert!(!line.trim().is_empty(), "{} ended without saying where it is", running.name);
        (running, line.trim().to_owned())
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs, in words.
    pub(crate) fn state(&mut self) -> String {
        match self.child.try_wait() {
            Ok(None) => format!("{} runs", self.name),
            Ok(Some(status)) => format!("{} ended: {status}", self.name),
            Err(error) => format!("{} cannot be asked: {error}", self.name),
        }
    }

    /// Waits until the program answers on its port.
    pub(crate) fn wait_for_port(&mut self, port: u16) {
        wait_until(&format!("{} answers on port {port}", self.name), || {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("{} ended at once: {status}", self.name);
            }
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing more to do here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr()).expect("a free port").port()
}

/// Asks again until the answer is yes, for at most the time that a slow machine needs.
pub(crate) fn wait_until(what: &str, answer: impl FnMut() -> bool) {
    wait_within(PATIENCE, what, answer);
}

/// The same where a step takes its time by design.
pub(crate) fn wait_within(patience: Duration, what: &str, mut answer: impl FnMut() -> bool) {
    let end = Instant::now() + patience;
    while !answer() {
        assert!(Instant::now() < end, "waited {} s in vain until {what}", patience.as_secs());
        sleep(Duration::from_millis(50));
    }
}

/// How long a step may take before it counts as failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
