//! Real workbooks, altered: in the parts of their archive, in their streams and in their bytes. Each is read or refused in words, in
//! the time and memory of the child that reads it.
//!
//! A child for each would take hours. So a worker, bounded as a child is, reads one after another in itself; what ends the worker, or
//! makes a library stumble in a place not seen before, is read once more by a real child, whose answer is the one that counts.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Seek, SeekFrom, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::{Command, Stdio},
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use exchange::{
    FileTrouble::{self, Damaged, TooLong, TooMany, TooMuch},
    read,
};
use fastrand::Rng;
use rustix::process::{Resource, Rlimit, setrlimit};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{data, reading_child, times};

/// Cases of the short form.
const CASES: u64 = 500;
/// What a child is allowed, and what it takes to start and end it on a busy computer.
const ALLOWED: Duration = Duration::from_secs(10 + 5);
/// How long the worker may be at one, and what it may hold beyond the program itself. A child has ten seconds and a gigabyte.
const PATIENCE: Duration = Duration::from_secs(2);
const MEMORY: u64 = 128 * 1024 * 1024;
/// Of those that ask for more time or memory, the first few are given to a child, and then one in so many.
const JUDGED: (usize, usize) = (4, 64);
/// Set for the worker: the first and the last case, and where it writes which it is at and what made it stumble.
const WORK: &str = "VDESK_ALTERED_WORKBOOKS";

/// The smallest workbooks of each kind that have something of their own: dates, errors, merged cells, repeated rows, no cell
/// references, another prefix for names.
const WORKBOOKS: [&str; 16] = [
    "calamine-inlineStr_cdata.xlsx",
    "calamine-nonstandard-xml-ns-prefix.xlsx",
    "calamine-date_1904.xlsx",
    "calamine-date_iso.xlsx",
    "frictionless-merged-cells.xlsx",
    "frictionless-preserve-formatting.xlsx",
    "php-without_cell_reference.xlsx",
    "calamine-errors.xlsx",
    "calamine-date.xlsb",
    "calamine-date.xls",
    "frictionless-table-with-booleans.xls",
    "xlrd-ragged.xls",
    "poi-DateFormats.xls",
    "calamine-number_rows_repeated.ods",
    "calamine-issues.ods",
    "sheetjs-AutoFilter.ods",
];

/// What is written over a place in a part: numbers at the edge, and what the readers look for.
const WORDS: [&[u8]; 36] = [
    b"0",
    b"-1",
    b"1e308",
    b"NaN",
    b"65536",
    b"1048577",
    b"2147483648",
    b"4294967295",
    b"4294967296",
    b"99999999999999999999",
    b"XFD1048576",
    b"A0",
    b"ZZZZZZZ1",
    b"A4294967296",
    b" r=\"XFD1048576\"",
    b" t=\"s\"",
    b" t=\"d\"",
    b" t=\"b\"",
    b" t=\"e\"",
    b" s=\"99999\"",
    b" count=\"4294967295\"",
    b" ref=\"A1:XFD1048576\"",
    b" table:number-columns-repeated=\"4294967295\"",
    b" table:number-rows-repeated=\"4294967295\"",
    b" office:value-type=\"date\"",
    b"<row>",
    b"</row>",
    b"<c>",
    b"<v>",
    b"</v>",
    b"<!--",
    b"<![CDATA[",
    b"&#0;",
    b"&lol;",
    b"\xff\xfe",
    b"\0\0\0\0",
];

/// A workbook and, where it is an archive, its parts.
struct Original {
    name: &'static str,
    whole: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
}

static ORIGINALS: LazyLock<Vec<Original>> = LazyLock::new(|| {
    let original = |name: &&'static str| {
        let whole = fs::read(data("spreadsheets").join(name)).unwrap();
        let mut parts = Vec::new();
        if let Ok(mut archive) = ZipArchive::new(Cursor::new(&whole)) {
            for index in 0..archive.len() {
                let mut part = archive.by_index(index).unwrap();
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes).unwrap();
                parts.push((part.name().unwrap().into_owned(), bytes));
            }
        }
        Original { name, whole, parts }
    };
    WORKBOOKS.iter().map(original).collect()
});

/// The workbook of this number, altered; the same at each run.
fn altered(case: u64) -> (&'static str, Vec<u8>) {
    let mut rng = Rng::with_seed(case);
    let original = &ORIGINALS[rng.usize(..ORIGINALS.len())];
    if original.parts.is_empty() || rng.u8(..8) == 0 {
        let mut bytes = original.whole.clone();
        alter(&mut bytes, &mut rng);
        return (original.name, bytes);
    }
    let mut parts = original.parts.clone();
    for _ in 0..rng.usize(1..3) {
        let part = rng.usize(..parts.len());
        match rng.u8(..16) {
            0 => drop(parts.remove(part)),
            1 => parts[part].1 = parts[rng.usize(..parts.len())].1.clone(),
            2 => parts[part].0 = parts[rng.usize(..parts.len())].0.clone(),
            _ => alter(&mut parts[part].1, &mut rng),
        }
        if parts.is_empty() {
            break;
        }
    }
    (original.name, archived(&parts))
}

/// As an archive that is quickly written: what is packed, and how, is for the attack on whole files.
fn archived(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        // A name that is there already is refused.
        if writer.start_file(name.as_str(), stored).is_ok() {
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// Does one to four things to some bytes.
fn alter(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(1..5) {
        if bytes.is_empty() {
            return;
        }
        let at = rng.usize(..bytes.len());
        let end = (at + rng.usize(1..64)).min(bytes.len());
        match rng.u8(..10) {
            0 => bytes[at] ^= 1 << rng.u8(..8),
            1 => bytes[at] = rng.u8(..),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                let to = rng.usize(..bytes.len());
                bytes.splice(to..to, again.iter().copied().cycle().take(again.len() * rng.usize(1..40)));
            }
            5 => {
                let number: u32 =
                    [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0xffff_fffe, u32::MAX][rng.usize(..8)];
                for (byte, new) in bytes[at..].iter_mut().zip(number.to_le_bytes()) {
                    *byte = new;
                }
            }
            6 => drop(bytes.splice(at..at, WORDS[rng.usize(..WORDS.len())].iter().copied())),
            7 => {
                // A number in the text becomes another.
                let digit = |byte: &u8| byte.is_ascii_digit();
                if let Some(from) = bytes[at..].iter().position(digit).map(|skip| at + skip) {
                    let to =
                        bytes[from..].iter().position(|byte| !digit(byte)).map_or(bytes.len(), |n| from + n);
                    drop(bytes.splice(from..to, WORDS[rng.usize(..14)].iter().copied()));
                }
            }
            8 => {
                // What stands between quotation marks becomes something else.
                let quote = |byte: &u8| *byte == b'"';
                if let Some(from) = bytes[at..].iter().position(quote).map(|skip| at + skip + 1)
                    && let Some(to) = bytes[from..].iter().position(quote).map(|length| from + length)
                {
                    drop(bytes.splice(from..to, WORDS[rng.usize(..WORDS.len())].iter().copied()));
                }
            }
            _ => bytes[at..end].fill(WORDS[rng.usize(..WORDS.len())][0]),
        }
    }
}

/// What the worker tells while it works: where it is, then each place in a source where something panicked, and the case.
struct Told(fs::File);

impl Told {
    fn at(&mut self, case: u64) {
        self.0.seek(SeekFrom::Start(0)).unwrap();
        self.0.write_all(&case.to_le_bytes()).unwrap();
    }
}

static PANICKED_AT: Mutex<Option<String>> = Mutex::new(None);

/// The worker's part; without its orders there is nothing to do.
#[test]
#[ignore = "the worker of the attack below"]
fn worker() {
    let Ok(orders) = std::env::var(WORK) else { return };
    let [from, to, told, stumbles] = orders.split(' ').collect::<Vec<_>>()[..] else { panic!("{orders}") };
    let mut told = Told(fs::OpenOptions::new().write(true).open(told).unwrap());
    let mut stumbles = fs::OpenOptions::new().append(true).open(stumbles).unwrap();
    let mapped: u64 =
        fs::read_to_string("/proc/self/statm").unwrap().split(' ').next().unwrap().parse().unwrap();
    let most = Some(mapped * rustix::param::page_size() as u64 + MEMORY);
    setrlimit(Resource::As, Rlimit { current: most, maximum: most }).unwrap();
    std::panic::set_hook(Box::new(|panic| {
        *PANICKED_AT.lock().unwrap() = panic.location().map(ToString::to_string);
    }));
    let mut seen = BTreeMap::<String, u64>::new();
    for case in from.parse().unwrap()..to.parse().unwrap() {
        told.at(case);
        let (name, bytes) = altered(case);
        if catch_unwind(AssertUnwindSafe(|| read::read(&bytes, name, None).map(drop))).is_err() {
            let place = PANICKED_AT.lock().unwrap().take().unwrap_or_default();
            if *seen.entry(place.clone()).and_modify(|times| *times += 1).or_insert(1) == 1 {
                writeln!(stumbles, "{case} {place}").unwrap();
            }
        }
    }
    told.at(u64::MAX);
}

/// Where a worker was when it ended, and whether it had to be ended.
fn work(from: u64, to: u64, folder: &Path) -> (u64, bool) {
    let (told, stumbles) = (folder.join("told"), folder.join("stumbles"));
    let at = || fs::read(&told).ok().and_then(|bytes| Some(u64::from_le_bytes(bytes.try_into().ok()?)));
    fs::write(&told, from.to_le_bytes()).unwrap();
    let mut worker = Command::new(std::env::current_exe().unwrap())
        .args(["altered_workbooks::worker", "--exact", "--ignored"])
        .env(WORK, format!("{from} {to} {} {}", told.display(), stumbles.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut case, mut since) = (at(), Instant::now());
    loop {
        if worker.try_wait().unwrap().is_some() {
            return (at().unwrap_or(from), false);
        }
        // Half-written is not there yet.
        let now = at().or(case);
        if now != case {
            (case, since) = (now, Instant::now());
        } else if since.elapsed() > PATIENCE {
            worker.kill().unwrap();
            worker.wait().unwrap();
            return (case.unwrap_or(from), true);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What a real child says of a case.
fn judged(case: u64, folder: &Path) -> Result<(), FileTrouble> {
    let (name, bytes) = altered(case);
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    let started = Instant::now();
    let answer = reading_child::reader().read(&path, None).map(drop);
    assert!(started.elapsed() < ALLOWED, "{case}: {:?}", started.elapsed());
    answer
}

#[test]
fn a_workbook_altered_within_is_read_or_refused_in_words_in_its_time_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stumbles"), "").unwrap();
    // A long run may go on where one was stopped.
    let first: u64 = std::env::var("VDESK_FIRST").ok().and_then(|first| first.parse().ok()).unwrap_or(0);
    let cases = CASES * u64::try_from(times()).unwrap();
    let (mut from, mut ended, mut slow) = (first, 0usize, 0usize);
    while from < first + cases {
        let (case, hung) = work(from, first + cases, folder.path());
        if case == u64::MAX {
            break;
        }
        if ended < JUDGED.0 || ended.is_multiple_of(JUDGED.1) || hung && slow < JUDGED.0 {
            let answer = judged(case, folder.path());
            println!("case {case}, {}, ended the worker; the child says {answer:?}", altered(case).0);
            let in_bounds =
                |trouble: &FileTrouble| matches!(trouble, TooMuch(_) | TooLong(_) | Damaged(_) | TooMany(_));
            assert!(answer.as_ref().map_or_else(in_bounds, |()| true), "case {case}: {answer:?}");
        }
        ended += 1;
        slow += usize::from(hung);
        from = case + 1;
    }
    let stumbles = fs::read_to_string(folder.path().join("stumbles")).unwrap();
    let places: BTreeMap<&str, u64> = stumbles
        .lines()
        .rev()
        .filter_map(|line| line.split_once(' '))
        .map(|(case, place)| (place, case.parse().unwrap()))
        .collect();
    for (place, case) in &places {
        let answer = judged(*case, folder.path());
        println!("a library stumbles at {place}, as in case {case}, {}", altered(*case).0);
        assert!(!place.contains("crates/exchange"), "our own reader panics at {place} in case {case}");
        assert!(matches!(answer, Err(Damaged(_))), "case {case}: {answer:?}");
    }
    assert!(
        ended * 20 < usize::try_from(cases).unwrap(),
        "{ended} of {cases} ended the worker: is it at work?"
    );
    println!(
        "{cases} workbooks; {} asked for more than {} MB, {slow} for more than {PATIENCE:?}",
        ended - slow,
        MEMORY >> 20
    );
}
