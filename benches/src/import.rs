//! A file of applications, from its bytes to journalled, searchable cases, against `sqlite3 .import` of the same file.

use std::{fs, path::Path, process::Command};

use anyhow::{Result, ensure};
use casework::{Desk, applications::Application, programmes};
use exchange::{child::Reader, session::ImportSession};

use crate::{
    Run, fiction, office,
    report::Row,
    timing::{Times, ratio, shown},
};

const HEADINGS: &[&str] = &[
    "Application reference",
    "Date received",
    "Business name",
    "Company number",
    "Contact name",
    "Email",
    "Phone",
    "Address",
    "Town",
    "Postcode",
    "Employees",
    "Turnover",
    "University",
    "Project title",
    "Need",
    "Amount requested",
    "Project cost",
    "Assistance declared",
];

/// The table that the baseline fills: text in all columns, and as many indexes as an organisation and its case have.
const TABLE: &str = "
    CREATE TABLE applications (reference TEXT PRIMARY KEY, received TEXT, business TEXT, company_number TEXT, contact TEXT,
        email TEXT, phone TEXT, address TEXT, town TEXT, postcode TEXT, employees TEXT, turnover TEXT, university TEXT,
        title TEXT, need TEXT, asked TEXT, cost TEXT, declared TEXT);
    CREATE INDEX by_received ON applications (received);
    CREATE INDEX by_business ON applications (business COLLATE NOCASE);
    CREATE INDEX by_number ON applications (company_number);
    CREATE INDEX by_contact ON applications (contact COLLATE NOCASE);
    CREATE INDEX by_postcode ON applications (postcode);
    CREATE INDEX by_asked ON applications (asked);
    CREATE INDEX by_title ON applications (title);
    CREATE VIRTUAL TABLE words USING fts5 (reference, business, title, need, content = 'applications',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5', detail = none);";

/// Three times each, in turn, into a new register and a new database.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    fs::create_dir_all(&run.folder)?;
    let file = run.folder.join("applications.csv");
    write(&file, run.imported)?;
    let (mut bare, mut indexed, mut ours) = (Times::default(), Times::default(), Times::default());
    for _ in 0..3.min(run.turns) {
        bare.take(|| sqlite3(run, &file, false))?;
        indexed.take(|| sqlite3(run, &file, true))?;
        let folder = run.folder.join("import.vdesk");
        remove(&folder)?;
        let mut desk = office::empty(&folder)?;
        ours.take(|| import(&mut desk, &file, run.imported))?;
        drop(desk);
        remove(&folder)?;
    }
    let size = fs::metadata(&file)?.len() as f64 / 1e6;
    let row = |what: &str, must, baseline: &Times| {
        let times = ratio(ours.median(), baseline.median());
        Row {
            what: format!(
                "import of {} applications ({size:.0} MB of CSV): read, judged, recorded, indexed",
                run.imported
            ),
            must,
            baseline: format!("{what}: {}", shown(baseline.median())),
            is: format!("{}: {times:.1} ×", shown(ours.median())),
            met: must.map(|_| times <= 3.0),
        }
    };
    Ok(vec![
        row("`sqlite3 .import` of the same file into one plain table with 8 indexes", Some("≤ 3 ×"), &bare),
        row("the same, and the same words in FTS5", None, &indexed),
    ])
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn import(desk: &mut Desk, file: &Path, rows: usize) -> Result<()> {
    let programme = programmes::by_code(desk, office::PROGRAMME)?.id;
    let said = |what: &str, started: std::time::Instant| eprintln!("  {what}: {}", shown(started.elapsed()));
    let started = std::time::Instant::now();
    let mut session = ImportSession::open_with(reader(), file, &|| true)?;
    let sheet = session.sheet(desk)?;
    said("read", started);
    let columns: Vec<_> = sheet.columns.iter().map(|column| column.field.clone()).collect();
    let started = std::time::Instant::now();
    let check = session.check(desk, programme, None, &columns, "Practice form")?;
    said("judged", started);
    let started = std::time::Instant::now();
    let imported = session.commit(desk, &|_, _| true)?;
    said("recorded", started);
    let refused = check.rows.iter().find(|row| row.reference.is_some() || !row.findings.is_empty());
    ensure!(
        imported.taken as usize == rows,
        "{} of {rows} were taken, such as not {refused:?}",
        imported.taken
    );
    Ok(())
}

/// As in the product a child of this program; a test's program is no such child.
fn reader() -> Reader {
    if cfg!(test) { Reader::Unbounded } else { Reader::this_program().unwrap_or(Reader::Unbounded) }
}

fn sqlite3(run: &Run, file: &Path, words: bool) -> Result<()> {
    let database = run.folder.join("import.db");
    crate::bare::remove(&database)?;
    // What the ordinary tests run on need not have it.
    if cfg!(test) {
        return Ok(());
    }
    let fill = if words { "INSERT INTO words (words) VALUES ('rebuild');" } else { "" };
    let status = Command::new("sqlite3")
        .arg(&database)
        .args([TABLE, &format!(".import --csv --skip 1 \"{}\" applications", file.display()), fill])
        .status()?;
    ensure!(status.success(), "sqlite3 ended with {status}");
    crate::bare::remove(&database)
}

fn write(file: &Path, rows: usize) -> Result<()> {
    let mut writer = csv::Writer::from_path(file)?;
    writer.write_record(HEADINGS)?;
    for number in 0..rows {
        writer.write_record(cells(&fiction::application(number, rows, office::now())))?;
    }
    Ok(writer.flush()?)
}

fn cells(application: &Application) -> [String; HEADINGS.len()] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let pounds = |pence: i64| format!("{}.{:02}", pence / 100, pence % 100);
    [
        text(&application.external_reference),
        application.received_at.format("%Y-%m-%d %H:%M").to_string(),
        application.business.clone(),
        text(&application.company_number),
        text(&application.contact_name),
        text(&application.email),
        text(&application.phone),
        text(&application.address),
        text(&application.town),
        text(&application.postcode),
        application.employees.map(|hundredths| (hundredths / 100).to_string()).unwrap_or_default(),
        application.turnover.map(|turnover| pounds(turnover.0)).unwrap_or_default(),
        text(&application.provider),
        application.title.clone(),
        application.need.clone(),
        pounds(application.asked.0),
        application.project_cost.map(|cost| pounds(cost.0)).unwrap_or_default(),
        application.assistance_declared.map(|sum| pounds(sum.0)).unwrap_or_default(),
    ]
}
