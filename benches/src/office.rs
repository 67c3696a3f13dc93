//! Registers of any size, made once through the product's own functions and kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use casework::{
    Desk,
    applications::{self, ImportFile},
    forms::{self, Noun, Values},
};
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use register::{Passphrase, Unlock};
use rusqlite::{Transaction, params};
use uuid::Uuid;

use crate::{Run, fiction};

/// Raised when registers made by an earlier generator do not serve any more.
const EDITION: u32 = 6;
const OFFICER: &str = "Robin Practice";
/// What opens the registers.
pub const PASSPHRASE: &str = "practice makes perfect";
/// Applications to one change.
const BATCH: usize = 50_000;
/// The programme that applications are made to.
pub const PROGRAMME: &str = "MIV";
const ROUNDS: usize = 40;

/// The moment at which every bench stands.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).single().unwrap_or_default()
}

/// The register of a run, opened; made first where it is not kept.
pub fn of(run: &Run) -> Result<Desk> {
    let folder = folder(run)?;
    let unlock = Unlock::Passphrase { officer_name: OFFICER.into(), passphrase: Passphrase::new(PASSPHRASE) };
    Desk::open(&folder, unlock, now()).context("opening it")
}

/// The folder of a run's register; made first where it is not kept.
pub fn folder(run: &Run) -> Result<PathBuf> {
    let folder = run.folder.join(format!("{}-cases-{EDITION}.vdesk", run.cases));
    if !folder.exists() {
        let unfinished = folder.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        eprintln!("making a register of {} cases", run.cases);
        fill(&mut empty(&unfinished)?, run.cases)?;
        fs::rename(&unfinished, &folder)?;
    }
    Ok(folder)
}

/// A register with a programme, its rounds and a provider, and nothing else.
pub fn empty(folder: &Path) -> Result<Desk> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    let passphrase = Passphrase::new(PASSPHRASE);
    let (mut desk, _) = Desk::create(folder, "Marlbrook Vouchers (practice)", OFFICER, &passphrase, now())?;
    forms::save(
        &mut desk,
        Noun::Organisation,
        None,
        &values(&[("name", "University of Marlbrook (practice)"), ("kind", "provider")]),
    )?;
    let programme = forms::save(
        &mut desk,
        Noun::Programme,
        None,
        &values(&[
            ("code", PROGRAMME),
            ("name", "Marlbrook Innovation Vouchers (practice)"),
            ("value_max", "5000"),
            ("decide_within_working_days", "30"),
        ]),
    )?
    .id;
    let first = now().date_naive() - Duration::days(3_660);
    let rounds: Vec<Values> = (0..ROUNDS)
        .map(|number| {
            let day = |at: usize| (first + Duration::days((at * 3_700 / ROUNDS) as i64)).to_string();
            values(&[
                ("programme_id", &programme.to_string()),
                ("name", &format!("Round {}", number + 1)),
                ("opens_at", &format!("{}T00:00", day(number))),
                ("closes_at", &format!("{}T23:59", day(number + 1))),
                ("budget", "5000000"),
                ("rules_as_of", &day(number)),
            ])
        })
        .collect();
    forms::save_all(&mut desk, "Rounds (practice)", Noun::Round, &rounds)?;
    Ok(desk)
}

/// Records applications as an import does, a batch to a change, and moves them along by their age.
fn fill(desk: &mut Desk, cases: usize) -> Result<()> {
    let programme = casework::programmes::by_code(desk, PROGRAMME)?.id;
    let businesses = fiction::businesses(cases);
    let mut known: Vec<Uuid> = Vec::with_capacity(businesses);
    for start in (0..cases).step_by(BATCH) {
        let batch = (start..cases.min(start + BATCH))
            .map(|number| {
                (fiction::application(number, cases, now()), known.get(number % businesses).copied())
            })
            .collect();
        let file = ImportFile {
            name: format!("practice-{start}.csv"),
            sha256: String::new(),
            mapping: String::new(),
        };
        applications::record(desk, &file, programme, None, batch, &|_| true)?;
        if known.len() < businesses {
            let mut statement = desk.reader().prepare(
                "SELECT id FROM organisations WHERE company_number IS NOT NULL ORDER BY company_number",
            )?;
            known = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        }
        desk.register_mut()
            .change::<_, anyhow::Error>("Moved along (practice)", |tx| move_along(tx, start, cases))?;
        eprintln!("  {} of {cases}", cases.min(start + BATCH));
    }
    desk.register_mut().change::<_, anyhow::Error>("Groups (practice)", |tx| {
        // One business in ten belongs to a group of up to ten.
        for (at, member) in known.iter().enumerate().filter(|(at, _)| at % 10 == 3) {
            tx.execute(
                "UPDATE organisations SET group_root_id = ?2 WHERE id = ?1",
                (member, known[at / 100 * 100]),
            )?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Where a case of this age stands: stage, and whether it holds an award.
fn stands(number: usize, cases: usize) -> (&'static str, bool) {
    let chance = fiction::mixed(number + 5) % 100;
    // Work in hand is a few thousand cases at most, however long the register's past is.
    let age = cases - number;
    let (young, middling) = (1_000.min(cases / 5), 4_000.min(cases / 2));
    match chance {
        _ if age < young / 2 => ("submitted", false),
        _ if age < young => (["checked", "assessed", "deferred"][chance % 3], false),
        0..30 => ("rejected", false),
        30..36 => ("withdrawn", false),
        _ if age < middling => {
            (["offered", "accepted", "in_progress", "complete", "claimed"][chance % 5], true)
        }
        36..42 => ("lapsed", false),
        42..50 => ("paid", true),
        _ => ("closed", true),
    }
}

fn move_along(tx: &Transaction<'_>, start: usize, cases: usize) -> Result<()> {
    let mut held = tx.prepare(
        "SELECT c.id, c.organisation_id, c.asked, c.received_at, c.project_cost FROM cases c WHERE c.fingerprint = ?1",
    )?;
    let mut moved = tx.prepare("UPDATE cases SET stage = ?2, due = ?3 WHERE id = ?1")?;
    let mut decided = tx.prepare(
        "INSERT INTO decisions (id, case_id, outcome, amount, decided_on, officer_id)
         SELECT ?1, ?2, ?3, ?4, ?5, o.id FROM officers o LIMIT 1",
    )?;
    let mut awarded = tx.prepare(
        "INSERT INTO awards (id, case_id, decision_id, amount, eligible_cost, intervention_rate, offered_on, accept_by,
                             start_by, expires_on, claim_by)
         VALUES (?1, ?2, ?3, ?4, ?5, 7500, ?6, ?6, ?6, ?6, ?6)",
    )?;
    let mut entered = tx.prepare(
        "INSERT INTO subsidy_entries (id, organisation_id, case_id, kind, giver, ours, amount, given_on)
         VALUES (?1, ?2, ?3, 'mfa', 'Marlbrook Vouchers (practice)', 1, ?4, ?5)",
    )?;
    // Letters without their files: what lists and counts read of them.
    let mut written = tx.prepare(
        "INSERT INTO letters (id, case_id, reference, number, kind, template_version, recipient, facts, sha256, blob, pages,
                              issued_on, issued_by)
         SELECT ?1, c.id, c.reference, c.reference || '/L01', ?3, 1, 'A business (practice)', '{}', '', x'00', 2, ?4, 'Robin Practice'
         FROM cases c WHERE c.id = ?2",
    )?;
    for number in start..cases.min(start + BATCH) {
        let (case, business, asked, received, cost): (Uuid, Uuid, i64, String, i64) = held
            .query_row([format!("practice-{number}")], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })?;
        let (stage, award) = stands(number, cases);
        let received: NaiveDate = received.get(..10).unwrap_or_default().parse()?;
        let decided_on = (received + Duration::days(30)).to_string();
        let open = !matches!(stage, "rejected" | "withdrawn" | "lapsed" | "paid" | "closed" | "deferred");
        let due = now().date_naive() + Duration::days((fiction::mixed(number) % 90) as i64 - 10);
        moved.execute(params![case, stage, open.then(|| due.to_string())])?;
        if award || stage == "rejected" {
            let decision = Uuid::now_v7();
            let outcome = if award { "award" } else { "reject" };
            decided.execute(params![decision, case, outcome, award.then_some(asked), decided_on])?;
            // Some of the newest still wait for theirs.
            if cases - number > 2_000 || !number.is_multiple_of(4) {
                let kind = if award { "award" } else { "unsuccessful" };
                written.execute(params![Uuid::now_v7(), case, kind, decided_on])?;
            }
            if award {
                awarded.execute(params![Uuid::now_v7(), case, decision, asked, cost, decided_on])?;
                entered.execute(params![Uuid::now_v7(), business, case, asked, decided_on])?;
            }
        }
    }
    Ok(())
}

/// A form from pairs.
pub fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), Some((*value).to_owned()))).collect()
}
