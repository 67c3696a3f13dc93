//! The practice office: a register of visibly fictitious programmes, organisations and some 300 cases in all stages, three
//! years deep, made by one seeded function through the same use-cases as the window.

mod chance;
mod partners;
mod people_and_places;
mod vouchers;

use std::path::Path;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use register::{Passphrase, RecoveryKey, Unlock};
use uuid::Uuid;

use crate::{
    desk::Desk,
    forms::{self, Noun, Values},
    money::Pence,
    officers::{self, Role},
    problem::Problem,
    programmes, when,
};
use chance::Chance;

/// Who works in the practice office by day.
pub const OFFICER: &str = "Robin Practice";
/// Who pays there, because the one who records a claim does not pay it.
pub const FINANCE: &str = "Sam Ledger (practice)";
/// What the office is called.
pub const OFFICE: &str = "Marlbrook Vouchers";

/// The same seed always makes the same office.
const SEED: u64 = 20_261_123;

/// How many days ago the rounds closed. The newest is half decided.
const CLOSED_DAYS_AGO: [i64; 6] = [880, 690, 500, 310, 160, 40];

/// One thing that happens on a day.
struct Event {
    on: DateTime<Utc>,
    what: What,
}

enum What {
    /// Applications of a round arrive together, as a file.
    Vouchers(usize),
    /// The panel sits: half of a round is decided.
    Panel {
        round: usize,
        half: usize,
    },
    Move {
        title: String,
        to: &'static str,
        fill: Vec<(&'static str, String)>,
    },
    Placement(Box<partners::Plan>),
}

/// Makes the practice office in a new folder.
pub fn make(
    folder: &Path,
    passphrase: &Passphrase,
    now: DateTime<Utc>,
) -> Result<(Desk, RecoveryKey), Problem> {
    let start = now - Duration::days(3 * 365);
    let (mut desk, recovery) = Desk::create(folder, OFFICE, OFFICER, passphrase, start)?;
    let mut chance = Chance::new(SEED);
    let places = people_and_places::set_up(&mut desk, &mut chance)?;
    let programmes = programmes_and_rounds(&mut desk, now)?;
    officers::add(&mut desk, &values(&[("name", FINANCE), ("role", "finance")]), passphrase)?;
    let mut world = World { places, programmes, chance, now };
    let mut events = vouchers::events(&mut world);
    events.extend(partners::events(&mut world));
    events.sort_by_key(|event| event.on);
    let mut unpaid = Vec::new();
    for year in 0..3 {
        let until = start + Duration::days(365 * (year + 1));
        let (before, after) = events.into_iter().partition::<Vec<_>, _>(|event| event.on < until);
        events = after;
        for event in before {
            desk.at(event.on);
            happen(&mut desk, &mut world, event.what, &mut unpaid)?;
        }
        desk = pay(desk, folder, passphrase, until.min(now) - Duration::hours(2), &mut unpaid)?;
    }
    desk.at(now);
    Ok((desk, recovery))
}

/// Everything that the events draw on.
struct World {
    places: people_and_places::Places,
    programmes: Programmes,
    chance: Chance,
    now: DateTime<Utc>,
}

struct Programmes {
    voucher: Uuid,
    /// Newest last, with opening and closing day.
    rounds: Vec<(Uuid, NaiveDate, NaiveDate)>,
    placement: Uuid,
    partnership: Uuid,
}

fn happen(
    desk: &mut Desk,
    world: &mut World,
    what: What,
    unpaid: &mut Vec<(String, String)>,
) -> Result<(), Problem> {
    match what {
        What::Vouchers(round) => vouchers::arrive(desk, world, round),
        What::Panel { round, half } => vouchers::panel(desk, round, half, world.programmes.rounds.len() - 1),
        What::Move { title, to, fill } => {
            if to == "paid" {
                unpaid.push((title, fill.into_iter().next().map(|(_, amount)| amount).unwrap_or_default()));
                return Ok(());
            }
            step(desk, &title, to, &fill)
        }
        What::Placement(plan) => partners::record(desk, world, &plan),
    }
}

/// Fills in what a stage needs and moves the case there. A case that a rule stops on the way stays where it is, as in life.
fn step(desk: &mut Desk, title: &str, to: &str, fill: &[(&str, String)]) -> Result<(), Problem> {
    let Some(id) = crate::cases::store::by_title(desk.reader(), title)? else { return Ok(()) };
    let case = crate::cases::get(desk, id)?;
    let follows = crate::stages::find(case.kind, &case.stage).is_some_and(|stage| stage.next.contains(&to));
    if !follows {
        return Ok(());
    }
    let mut filled: Vec<(&str, &str)> = fill.iter().map(|(field, value)| (*field, value.as_str())).collect();
    // A claim comes with proof of the business's own part.
    let brought = match crate::awards::store::of_case(desk.reader(), id)? {
        Some(award) if to == "claimed" => Some((award.eligible_cost - award.amount).to_string()),
        _ => None,
    };
    if let Some(brought) = &brought {
        filled.push(("match_cash", brought.as_str()));
    }
    if !filled.is_empty() {
        forms::save(desk, crate::cases::noun(case.kind), Some(id), &values(&filled))?;
    }
    match crate::cases::move_case(desk, id, to, None) {
        Ok(_) => Ok(()),
        Err(problem) if problem.code == crate::problem::Code::Refused => Ok(()),
        Err(problem) => Err(problem),
    }
}

/// The finance officer comes in at the year's end and pays what was claimed.
fn pay(
    desk: Desk,
    folder: &Path,
    passphrase: &Passphrase,
    at: DateTime<Utc>,
    unpaid: &mut Vec<(String, String)>,
) -> Result<Desk, Problem> {
    let unlock =
        |name: &str| Unlock::Passphrase { officer_name: name.to_owned(), passphrase: passphrase.clone() };
    desk.close()?;
    let mut desk = Desk::open(folder, unlock(FINANCE), at)?;
    desk.at(at);
    for (title, amount) in unpaid.drain(..) {
        let fill = [("paid", amount), ("paid_on", when::day_of(at).to_string())];
        step(&mut desk, &title, "paid", &fill)?;
    }
    desk.close()?;
    Desk::open(folder, unlock(OFFICER), at)
}

fn programmes_and_rounds(desk: &mut Desk, now: DateTime<Utc>) -> Result<Programmes, Problem> {
    let shared =
        [("funder_name", "Marlbrook Combined Authority (practice)"), ("decide_within_working_days", "30")];
    let mut programme = |own: &[(&str, &str)]| -> Result<Uuid, Problem> {
        let all: Vec<(&str, &str)> = own.iter().chain(&shared).copied().collect();
        Ok(forms::save(desk, Noun::Programme, None, &values(&all))?.id)
    };
    let voucher = programme(&[
        ("code", "MIV"),
        ("name", "Marlbrook Innovation Vouchers"),
        ("value_min", "1000"),
        ("value_max", "5000"),
        ("subsidy_route_reason", "The benefit goes to one business; each award is far below the limit."),
        ("awards_per_business", "2"),
        ("look_back_months", "36"),
        ("eligible_area", "Marlbrook\nAshford Mere\nHollin Vale\nSaltley Bridge"),
        (
            "publication_statement",
            "We publish the names of businesses that hold a voucher, the amount and the purpose.",
        ),
    ])?;
    let placement = programme(&[
        ("code", "MGP"),
        ("name", "Marlbrook Graduate Placements"),
        ("instrument", "placement"),
        ("value_max", "4000"),
        ("graduate_within_years", "3"),
        ("intervention_rate", "50"),
        ("size_test", "headcount"),
        ("subsidy_route", "mfa"),
    ])?;
    let partnership = programme(&[
        ("code", "MKP"),
        ("name", "Marlbrook Knowledge Partnerships"),
        ("instrument", "partnership"),
        ("intervention_rate", "67"),
        ("size_test", "none"),
        ("subsidy_route", "not_subsidy"),
        ("subsidy_route_reason", "We introduce the partners and pay nothing."),
    ])?;
    programmes::set_approval_limit(desk, voucher, Role::Officer, Some(Pence::pounds(2_500)))?;
    let mut rounds = Vec::new();
    for (number, closed) in (1..).zip(CLOSED_DAYS_AGO) {
        let opens = when::day_of(now - Duration::days(closed + 42));
        let closes = when::add_days(opens, 42);
        let id = forms::save(
            desk,
            Noun::Round,
            None,
            &values(&[
                ("programme_id", &voucher.to_string()),
                ("name", &format!("Round {number}")),
                ("opens_at", &format!("{opens}T09:00")),
                ("closes_at", &format!("{closes}T17:00")),
                ("budget", "140000"),
                ("rules_as_of", &opens.to_string()),
            ]),
        )?
        .id;
        rounds.push((id, opens, closes));
    }
    Ok(Programmes { voucher, rounds, placement, partnership })
}

/// A form from pairs.
fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), Some((*value).to_owned()))).collect()
}

/// An instant on a day at a working hour.
fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    day.and_hms_opt(hour, 15, 0).and_then(when::local).unwrap_or_default()
}
