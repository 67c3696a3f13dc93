//! Two-page letters with their own facts, tagged and archival, each its own file, against Typst's PDF/UA-1 of the same text.
//! Rates are letters a processor second, so that what else the machine does counts for neither.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use ::letters::{Letter, Press, Stationery, Typeset};
use anyhow::{Context, Result, ensure};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

use crate::{Run, report::Row, timing};

const TEMPLATE: &str = include_str!("../../../crates/letters/tests/templates/grant.md");
const TYPST: &str = "typst==0.15.2";
/// The argument by which a child knows that it is to combine letters and say how much memory that took.
const COMBINE: &str = "--combine-letters";
const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// Rates, memory of a combined file, and how many cores a batch keeps busy.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    fs::create_dir_all(&run.folder)?;
    let press = Press::new().context("the press")?;
    let all: Vec<Value> = (0..run.letters as u32).map(facts).collect();
    for facts in all.iter().take(3) {
        typeset(&press, facts)?;
    }
    let (before, mut bytes, mut pages) = (processor_seconds(), 0, 0);
    for facts in &all {
        let letter = typeset(&press, facts)?;
        bytes += letter.pdf.len();
        pages = letter.pages;
    }
    let ours = all.len() as f64 / (processor_seconds() - before);
    let mut rows = vec![on_all_cores(&press, &all)?];
    // A test's program neither fetches Typst nor is a child of its own.
    if cfg!(test) {
        return Ok(rows);
    }
    let typst = typst(run, &all)?;
    ensure!(typst.pages == pages, "Typst's letter has {} pages and ours {pages}", typst.pages);
    let times = ours / typst.rate;
    rows.insert(
        0,
        Row {
            what: format!("letters of {pages} pages, tagged, a processor second"),
            must: Some("≥ 2 ×"),
            baseline: format!(
                "{TYPST}, PDF/UA-1, same text: {:.1}, {} kB each",
                typst.rate,
                typst.bytes / 1000
            ),
            is: format!("{ours:.1}, {} kB each: {times:.1} ×", bytes / all.len() / 1000),
            met: Some(times >= 2.0),
        },
    );
    rows.push(combined()?);
    Ok(rows)
}

/// A batch as the product sets it: the letters of a batch are shared out over all cores.
fn on_all_cores(press: &Press, all: &[Value]) -> Result<Row> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (before, started) = (processor_seconds(), Instant::now());
    std::thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(facts) = all.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                typeset(press, facts)?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| anyhow::bail!("a worker fell")))
    })?;
    let (took, wall) = (processor_seconds() - before, started.elapsed());
    Ok(Row {
        what: format!("{} letters by one press shared by {cores} threads", all.len()),
        must: None,
        baseline: format!("{cores} cores"),
        is: format!("{}, {:.2} cores kept busy", timing::shown(wall), took / wall.as_secs_f64()),
        met: None,
    })
}

struct Baseline {
    rate: f64,
    pages: u32,
    bytes: usize,
}

/// Typst in a Python environment of its own, made once.
fn typst(run: &Run, all: &[Value]) -> Result<Baseline> {
    let environment = run.folder.join("typst");
    let python = environment.join("bin/python");
    if !environment.join("ready").exists() {
        done(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        done(Command::new(&python).args(["-m", "pip", "install", "--quiet", TYPST]))?;
        fs::write(environment.join("ready"), TYPST)?;
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines: Vec<String> = all.iter().map(Value::to_string).collect();
    let file = run.folder.join("facts.jsonl");
    fs::write(&file, lines.join("\n"))?;
    let said = done(
        Command::new(&python)
            .arg(here.join("src/letters/typst_rate.py"))
            .arg(here.join("src/letters/grant.typ"))
            .arg(&file)
            .arg(here.join("../crates/letters/fonts"))
            .env("RAYON_NUM_THREADS", "1"),
    )?;
    let numbers: Vec<&str> = said.split_whitespace().collect();
    let number =
        |at: usize| -> Result<f64> { Ok(numbers.get(at).context("Typst said too little")?.parse()?) };
    Ok(Baseline {
        rate: all.len() as f64 / number(0)?,
        pages: number(1)? as u32,
        bytes: number(2)? as usize / all.len(),
    })
}

fn done(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

fn combined() -> Result<Row> {
    const MANY: u32 = 1_000;
    let program: PathBuf = std::env::current_exe()?;
    let said = done(Command::new(program).arg(COMBINE).arg(MANY.to_string()))?;
    let peak: f64 = said.trim().parse()?;
    Ok(Row {
        what: format!("{MANY} letters set and combined in one file: peak memory of the process"),
        must: Some("≤ 300 MiB"),
        baseline: String::new(),
        is: format!("{peak:.0} MiB"),
        met: Some(peak <= 300.0),
    })
}

/// Does a child's work, if this process is one.
pub fn combine_if_child() -> Result<bool> {
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() != Some(COMBINE) {
        return Ok(false);
    }
    let many: u32 = words.next().context("how many")?.parse()?;
    let press = Press::new().context("the press")?;
    let letters = (0..many).map(|number| Ok(typeset(&press, &facts(number))?.pdf));
    let folder = std::env::temp_dir().join(format!("letters-{}.pdf", std::process::id()));
    let mut file = BufWriter::new(fs::File::create(&folder)?);
    press.combine::<anyhow::Error>("Batch", letters, &mut file).context("combining")?;
    file.flush()?;
    let bytes = fs::metadata(&folder)?.len();
    fs::remove_file(&folder)?;
    ensure!(bytes > u64::from(many) * 1_000, "what came out is no file of so many letters");
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no peak is told")?;
    let kibibytes: f64 = peak.trim().trim_end_matches(" kB").parse()?;
    println!("{:.1}", kibibytes * 1024.0 / MEBIBYTE);
    Ok(true)
}

/// What this process used of all processors.
fn processor_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn typeset(press: &Press, facts: &Value) -> Result<Typeset> {
    let stationery = Stationery {
        sender_name: "Harbourside Foundation".into(),
        sender_lines: ["14 Quayside Office Park", "Bristol BS1 6FL", "0117 496 0100"]
            .map(String::from)
            .into(),
        ..Stationery::default()
    };
    let letter = Letter {
        template: TEMPLATE,
        facts,
        stationery: &stationery,
        number: facts["ref"].as_str(),
        date: (2026, 11, 23),
        title: "Grant award letter",
        language: "en-GB",
        max_pages: None,
    };
    press.typeset(&letter).map_err(|faults| anyhow::anyhow!("a letter was refused: {faults:?}"))
}

/// Facts that differ from letter to letter, as in a real batch.
fn facts(n: u32) -> Value {
    let first = ["Zoë", "Łukasz", "Siân", "Amara", "Griff", "Nguyễn"][n as usize % 6];
    let last = ["Ó Súilleabháin", "Żółć", "Fforde-Griffiths", "Okafor", "Patel"][n as usize % 5];
    let org = format!("{last} & {first} Ffŵl Cyf {n}");
    let years = ["two", "three", "five"][n as usize % 3];
    let place = ["Ynys Môn", "South Shields", "Fife and Angus", "Caerffili"][n as usize % 4];
    let months = ["April", "July", "October", "January"];
    let conditions = [
        "Your signed acceptance slip, and bank details",
        "A progress report on form RF2",
        "Evidence of match funding (offer letters)",
        "Your final report, with audited figures",
    ];
    let total = 500_000 + n * 12_300;
    let payments: Vec<Value> = (1..=3 + n % 3)
        .map(|k| {
            let at = k as usize % 4;
            let date = format!("{}\u{a0}{}\u{a0}2027", 1 + (n + k) % 28, months[at]);
            json!({ "date": date, "cond": conditions[at], "amount": total / (3 + n % 3) })
        })
        .collect();
    json!({
        "address": [format!("{first} {last}"), org, format!("{} Sea View Terrace", 1 + n % 200), "Trefriw", "Conwy", "LL27 0JH"],
        "salutation": format!("{first} {last}"), "ref": format!("HF-2026-{:05}", n + 1), "total": total,
        "project": format!("A*Star_{n} <b>"), "org": org, "years": years,
        "place": place,
        "applied": format!("{} June 2026", 1 + n % 28), "report": "30 September 2027", "embargo": "5 January 2027",
        "deadline": "21 December 2026", "officer": "Ffion Jeffreys", "ext": format!("{:03}", 100 + n % 800),
        "signatory": "Eleanor Fforde-Griffiths", "payments": payments,
    })
}
