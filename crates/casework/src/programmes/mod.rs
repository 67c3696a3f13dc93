//! Programmes and their rounds: whose rules, whose money, until when.

pub(crate) mod store;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    desk::Desk,
    findings::Finding,
    money::{Pence, Rate},
    officers::{Role, only_managers},
    problem::Problem,
    stages::CaseKind,
};

/// A programme's rules, as rules and letters need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: Uuid,
    /// Its code; references begin with it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for: a kind of case, or mixed.
    pub instrument: String,
    /// Who funds it.
    pub funder_name: Option<String>,
    /// `mfa`, `spei`, `not_subsidy`, `scheme` or `streamlined`.
    pub subsidy_route: String,
    /// `eu_2003_361`, `ca_2006`, `headcount` or `none`.
    pub size_test: String,
    /// Council areas or towns; empty means anywhere.
    pub eligible_area: Vec<String>,
    /// The smallest award.
    pub value_min: Option<Pence>,
    /// The largest award.
    pub value_max: Option<Pence>,
    /// The share of eligible cost that is paid.
    pub intervention_rate: Rate,
    /// `none`, `cash`, `in_kind` or `either`: what the business brings.
    pub match_kind: String,
    /// The share of the match that must be cash, where it may be either.
    pub match_cash_min: Option<Rate>,
    /// `provider`, `business` or `split`.
    pub paid_to: String,
    /// Of what is paid, the provider's share where both are paid.
    pub provider_share: Option<Rate>,
    /// `never` or `if_not_recoverable`.
    pub vat_rule: String,
    /// How many awards a business may have.
    pub awards_per_business: Option<i64>,
    /// Counted over how many months; none means over the programme's life.
    pub look_back_months: Option<i64>,
    /// Graduates are placed within so many years of graduation.
    pub graduate_within_years: Option<i64>,
    /// Days to accept an offer.
    pub accept_within_days: i64,
    /// Days to start.
    pub start_within_days: i64,
    /// Months a voucher is valid.
    pub validity_months: i64,
    /// Days to claim after the end.
    pub claim_within_days: i64,
    /// Working days to decide.
    pub decide_within_working_days: i64,
    /// Working days to pay.
    pub pay_within_working_days: i64,
    /// Working days to appeal; none means decisions are final.
    pub appeal_working_days: Option<i64>,
    /// Years that records are kept.
    pub retention_years: i64,
    /// What is published.
    pub publication_statement: Option<String>,
}

impl Programme {
    /// Refuses a kind of case that the programme is not for: its rules, clocks and letters would be the wrong ones.
    pub fn takes(&self, kind: CaseKind) -> Result<(), Problem> {
        if self.instrument == kind.name() || self.instrument == "mixed" {
            return Ok(());
        }
        Err(Problem::invalid(
            "programme_id",
            format!("{} is for {}s, not for {}s.", self.name, self.instrument, kind.name()),
        )
        .fix("Choose another programme, or change what this one is for under Settings."))
    }

    /// The limit on assistance that its route keeps to, and the Act's section; none where it gives no such assistance.
    pub fn assistance(&self) -> Option<&'static Assistance> {
        Assistance::of_route(&self.subsidy_route)
    }

    /// The first day from which earlier awards count against how many a business may have.
    pub fn counts_since(&self, today: NaiveDate) -> NaiveDate {
        let months = self.look_back_months.and_then(|months| u32::try_from(months).ok());
        months
            .and_then(|months| today.checked_sub_months(chrono::Months::new(months)))
            .unwrap_or(NaiveDate::MIN)
    }
}

/// A kind of assistance that the Subsidy Control Act 2022 limits per enterprise, after notification and confirmation.
#[derive(Debug, PartialEq, Eq)]
pub struct Assistance {
    /// The programme's subsidy route, and the code of the limit.
    pub route: &'static str,
    /// As letters name it.
    pub name: &'static str,
    /// The rule that keeps its limit.
    pub rule: &'static str,
    /// The section that limits it.
    pub section: &'static str,
    /// The section that says how it is given.
    pub procedure: &'static str,
}

impl Assistance {
    /// The assistance that programmes of this subsidy route give; none where it is limited otherwise.
    pub fn of_route(route: &str) -> Option<&'static Assistance> {
        ASSISTANCE.iter().find(|assistance| assistance.route == route)
    }
}

/// Both kinds count against both limits (ss.36(1) and 38(1)).
pub const ASSISTANCE: [Assistance; 2] = [
    Assistance {
        route: "mfa",
        name: "minimal financial assistance",
        rule: "R-01",
        section: "36",
        procedure: "37",
    },
    Assistance {
        route: "spei",
        name: "assistance for services of public economic interest",
        rule: "R-15",
        section: "38",
        procedure: "39",
    },
];

/// A round and its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: Uuid,
    /// Its programme.
    pub programme_id: Uuid,
    /// Its name.
    pub name: String,
    /// When it opens.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// Its budget.
    pub budget: Pence,
    /// Awarded and not released.
    pub committed: Pence,
    /// The day whose statutory limits it was opened with.
    pub rules_as_of: NaiveDate,
}

impl Round {
    /// What may still be awarded.
    pub fn left(&self) -> Pence {
        self.budget - self.committed
    }
}

/// A programme in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ProgrammeRow {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: String,
    /// How many cases it has.
    pub cases: u32,
    /// Its rounds, newest last.
    pub rounds: Vec<RoundRow>,
    /// Up to what amount each role may award.
    pub approval_limits: Vec<ApprovalLimit>,
}

/// A round in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RoundRow {
    /// Its id.
    pub id: Uuid,
    /// Its programme.
    pub programme_id: Uuid,
    /// Its name.
    pub name: String,
    /// When it opens.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// Its budget.
    pub budget: Pence,
    /// Awarded and not released.
    pub committed: Pence,
    /// What may still be awarded.
    pub left: Pence,
    /// How many cases it has.
    pub cases: u32,
}

/// A delegated limit.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ApprovalLimit {
    /// Of this role.
    pub role: Role,
    /// None where no limit is recorded: a manager may then award any amount, an officer none.
    pub amount: Option<Pence>,
}

/// All programmes with their rounds.
pub fn list(desk: &Desk) -> Result<Vec<ProgrammeRow>, Problem> {
    store::rows(desk.reader())
}

/// The programme of this code.
pub fn by_code(desk: &Desk, code: &str) -> Result<Programme, Problem> {
    let id = store::id_of_code(desk.reader(), code)?.ok_or_else(|| {
        Problem::not_found(format!("There is no programme “{code}”."))
            .fix("Programmes are set up under Settings.")
    })?;
    store::get(desk.reader(), id)
}

/// A programme stays for the kinds of case that it has: changed, its rules, clocks and letters would be the wrong ones for them.
pub(crate) fn leaves_cases_behind(
    desk: &Desk,
    programme: Uuid,
    instrument: &str,
) -> Result<Option<Finding>, Problem> {
    let left = store::cases_by_kind(desk.reader(), programme)?.into_iter();
    let left: Vec<String> = left
        .filter(|(kind, _)| instrument != "mixed" && instrument != kind)
        .map(|(kind, cases)| match cases {
            1 => format!("one {kind}"),
            _ => format!("{cases} {kind}s"),
        })
        .collect();
    Ok((!left.is_empty()).then(|| {
        Finding::block("FORM", format!("For: the programme has {}.", left.join(" and ")))
            .field("instrument")
            .fix("Choose what holds them too, as All three; or set up another programme.")
    }))
}

/// When a round is open.
pub(crate) struct Opening {
    round: Uuid,
    opens_at: Option<DateTime<Utc>>,
    closes_at: Option<DateTime<Utc>>,
}

/// When each round of a programme is open.
pub(crate) struct Openings(Vec<Opening>);

impl Openings {
    pub(crate) fn of(desk: &Desk, programme: Uuid) -> Result<Openings, Problem> {
        Ok(Openings(store::openings(desk.reader(), programme)?))
    }

    /// The round that an application received at this instant belongs to: the one that was open, else the newest.
    pub(crate) fn round_for(&self, received: DateTime<Utc>) -> Option<Uuid> {
        let open = |round: &Opening| {
            round.opens_at.is_none_or(|opens| opens <= received)
                && round.closes_at.is_none_or(|closes| closes >= received)
        };
        let newest = self.0.iter().max_by_key(|round| (open(round), round.opens_at, round.round));
        newest.map(|round| round.round)
    }
}

/// Sets up to what amount a role may award in a programme; nothing removes the limit. Managers only.
pub fn set_approval_limit(
    desk: &mut Desk,
    programme: Uuid,
    role: Role,
    amount: Option<Pence>,
) -> Result<(), Problem> {
    only_managers(desk, "set approval limits")?;
    if amount.is_some_and(|amount| amount < Pence::ZERO) {
        return Err(
            Problem::invalid("amount", "The limit is less than nothing.").fix("Write 0 for no awards.")
        );
    }
    let name = store::get(desk.reader(), programme)?.name;
    let label = match amount {
        Some(amount) => format!("{name}: a {} may award up to {}", role.label(), amount.shown()),
        None => format!("{name}: no limit for a {}", role.label()),
    };
    desk.change(&label, |tx, _| store::set_limit(tx, programme, role.name(), amount))?;
    Ok(())
}
