//! Reading in a child process of the same program, with bounds on memory and time.
//!
//! A workbook of 1 KB can make a reader ask for 8 GB, and an allocation that is refused ends the process: it
//! must not be the process that holds the register. The program's `main` calls [`run_if_child`] first.

#[cfg_attr(unix, path = "bounds_unix.rs")]
#[cfg_attr(not(unix), path = "bounds_elsewhere.rs")]
mod bounds;

use std::{
    ffi::{OsStr, OsString},
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use crate::{FileTrouble, read, read::Sheet};

/// The argument by which a child knows itself.
const MARK: &str = "--read-a-file-for-the-importer";
/// What a child may hold beyond the program itself.
const MEMORY_MB: u64 = 1024;
/// Files below this size are read at once, or something is wrong with them.
const SMALL: u64 = 1024 * 1024;
const SMALL_SECONDS: u64 = 10;
const SECONDS_PER_MB: u64 = 4;
/// What a sheet that may be read can come to; a child that says more is not ours.
const LONGEST_ANSWER: u64 = 768 * 1024 * 1024;
/// The exit code of Rust's own panic, which is the reader stumbling over a damaged file.
const PANICKED: i32 = 101;

/// Who reads files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A child process of this program, whose `main` begins with [`run_if_child`].
    Program(PathBuf),
    /// This process, without bounds: only for files that were just written here, and for tests.
    Unbounded,
}

impl Reader {
    /// A child of the program that runs.
    pub fn this_program() -> Result<Reader, FileTrouble> {
        std::env::current_exe().map(Reader::Program).map_err(|error| FileTrouble::NoAnswer(error.to_string()))
    }

    /// Reads a file; of a workbook the sheet named, or the first with something in it.
    pub fn read(&self, path: &Path, sheet: Option<&str>) -> Result<Sheet, FileTrouble> {
        self.read_while(path, sheet, &|| true)
    }

    /// The same; a child is ended when `go_on` says no.
    pub fn read_while(
        &self,
        path: &Path,
        sheet: Option<&str>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Sheet, FileTrouble> {
        match self {
            Reader::Program(program) => in_child(program, path, sheet, go_on),
            Reader::Unbounded => read::open(path, sheet),
        }
    }
}

/// Reads a file in a child of the program that runs.
pub fn read_in_child(path: &Path, sheet: Option<&str>) -> Result<Sheet, FileTrouble> {
    Reader::this_program()?.read(path, sheet)
}

/// Does a child's work and ends the process, if this process is such a child. Call it first in `main`.
pub fn run_if_child() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(MARK)) {
        return;
    }
    let path = arguments.next().map(PathBuf::from).unwrap_or_default();
    let sheet = arguments.next().map(|sheet| sheet.to_string_lossy().into_owned());
    bounds::set(MEMORY_MB * 1024 * 1024, seconds_for(&path));
    let answer = read::open(&path, sheet.as_deref());
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = serde_json::to_writer(&mut out, &answer).is_ok() && out.flush().is_ok();
    std::process::exit(i32::from(!written));
}

fn seconds_for(path: &Path) -> u64 {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size < SMALL { SMALL_SECONDS } else { SMALL_SECONDS + size / SMALL * SECONDS_PER_MB }
}

fn in_child(
    program: &Path,
    path: &Path,
    sheet: Option<&str>,
    go_on: &dyn Fn() -> bool,
) -> Result<Sheet, FileTrouble> {
    let no_answer = |error: std::io::Error| FileTrouble::NoAnswer(error.to_string());
    // The child may start in another folder on some systems; a relative path would then miss.
    let path = std::path::absolute(path).map_err(|error| FileTrouble::Unopened(error.to_string()))?;
    let mut command = Command::new(program);
    command.arg(MARK).arg(&path).args(sheet.map(OsString::from));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    bounds::prepare(&mut command);
    let mut child = command.spawn().map_err(no_answer)?;
    let listener = child.stdout.take().map(|out| {
        std::thread::spawn(move || {
            let mut answer = Vec::new();
            out.take(LONGEST_ANSWER).read_to_end(&mut answer).map(|_| answer)
        })
    });
    let seconds = seconds_for(&path);
    let status = match wait(&mut child, Duration::from_secs(seconds), go_on).map_err(no_answer)? {
        Ending::Itself(status) => status,
        Ending::TimeIsOver => return Err(FileTrouble::TooLong(seconds)),
        Ending::Stopped => return Err(FileTrouble::Stopped),
    };
    let answer = listener.and_then(|listener| listener.join().ok()).and_then(Result::ok).unwrap_or_default();
    if status.success() {
        return serde_json::from_slice(&answer)
            .unwrap_or_else(|_| Err(FileTrouble::NoAnswer("its answer was cut short".to_owned())));
    }
    Err(why_it_ended(status, seconds))
}

/// How a child came to its end.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    Itself(ExitStatus),
    TimeIsOver,
    Stopped,
}

/// Waits for the child; past the deadline, or when `go_on` says no, it is ended.
fn wait(child: &mut Child, allowed: Duration, go_on: &dyn Fn() -> bool) -> std::io::Result<Ending> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ending::Itself(status));
        }
        let ending = match (go_on(), started.elapsed() > allowed) {
            (true, false) => None,
            (true, true) => Some(Ending::TimeIsOver),
            (false, _) => Some(Ending::Stopped),
        };
        if let Some(ending) = ending {
            child.kill()?;
            child.wait()?;
            return Ok(ending);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn why_it_ended(status: ExitStatus, seconds: u64) -> FileTrouble {
    match status.code() {
        Some(PANICKED) => FileTrouble::Damaged("a workbook or text file".to_owned()),
        Some(1) => FileTrouble::NoAnswer("its answer could not be handed over".to_owned()),
        _ if bounds::ended_for_time(status) => FileTrouble::TooLong(seconds),
        // What is left is Rust's abort when memory is refused.
        _ => FileTrouble::TooMuch(MEMORY_MB),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_child_that_does_not_come_to_an_end_is_ended() {
        let mut child = Command::new("sleep").arg("600").spawn().unwrap();
        let started = Instant::now();
        assert_eq!(wait(&mut child, Duration::from_millis(200), &|| true).unwrap(), Ending::TimeIsOver);
        assert!(started.elapsed() < Duration::from_secs(5));
        assert!(child.try_wait().unwrap().is_some(), "it is gone");
    }

    #[test]
    fn a_child_is_ended_when_the_officer_stops_it() {
        let mut child = Command::new("sleep").arg("600").spawn().unwrap();
        let started = Instant::now();
        let go_on = || started.elapsed() < Duration::from_millis(100);
        assert_eq!(wait(&mut child, Duration::from_secs(600), &go_on).unwrap(), Ending::Stopped);
        assert!(child.try_wait().unwrap().is_some(), "it is gone");
    }

    #[test]
    fn a_program_that_does_not_know_its_part_is_no_reader() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        for program in ["true", "false", "no-such-program"] {
            let answer = Reader::Program(program.into()).read(&file, None);
            assert!(matches!(answer, Err(FileTrouble::NoAnswer(_))), "{program}: {answer:?}");
        }
    }
}
