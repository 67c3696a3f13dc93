//! What must hold before a case may enter a stage, beyond fields being filled in. Rules by id, facts in, finding out.

use chrono::NaiveDate;

use super::{
    Case,
    placement_guards::{self, EarlierPlacement, Wages},
};
use crate::{
    awards::{Award, Match},
    findings::{Finding, Severity},
    forms::Values,
    money::Pence,
    office::Limit,
    programmes::Programme,
    when,
};

/// What a guard looks at.
#[derive(Clone, Debug)]
pub struct GuardFacts {
    /// The case.
    pub case: Case,
    /// Its programme.
    pub programme: Programme,
    /// Everything its form holds, as the form writes it.
    pub values: Values,
    /// Its award, if one was made and not released.
    pub award: Option<Award>,
    /// Whether the subsidy notification was issued and stands.
    pub notified: bool,
    /// What the law says of the wages of a placement.
    pub wages: Wages,
    /// The least that a host is insured for.
    pub insurance_least: Option<Limit>,
    /// Other placements of the host's enterprise that count, newest first.
    pub earlier_placements: Vec<EarlierPlacement>,
    /// Whoever records the payment also recorded the claim.
    pub same_hand_claimed: bool,
    /// The day the move takes effect.
    pub today: NaiveDate,
}

impl GuardFacts {
    /// What a field holds, as the form writes it.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field)?.as_deref()
    }

    /// What the business brings beside its award.
    fn brought(&self) -> Option<Match> {
        let award = self.award.as_ref()?;
        let other = self.money("other_funding_amount").unwrap_or_default();
        Some(Match {
            wanted: Match::wanted(award.eligible_cost, award.amount, other),
            cash: self.money("match_cash"),
            in_kind: self.money("match_in_kind"),
        })
    }

    /// A day in a field.
    pub(super) fn day(&self, field: &str) -> Option<NaiveDate> {
        self.text(field)?.parse().ok()
    }

    /// An amount in a field; a number with two decimals is read alike, in hundredths.
    pub(super) fn money(&self, field: &str) -> Option<Pence> {
        self.text(field)?.parse().ok()
    }
}

/// A guard: its id, and what it says.
pub struct Guard {
    /// Its id, as the stage tables name it.
    pub id: &'static str,
    /// What it finds, if anything.
    pub check: fn(&GuardFacts) -> Option<Finding>,
}

/// The guard of this id.
pub fn find(id: &str) -> Option<&'static Guard> {
    GUARDS.iter().chain(placement_guards::GUARDS).find(|guard| guard.id == id)
}

/// The guards of vouchers and partnerships.
const GUARDS: &[Guard] = &[
    Guard { id: "R-05", check: notification_first },
    Guard { id: "R-06", check: declaration_before_giving },
    Guard { id: "accepted-in-time", check: accepted_in_time },
    Guard { id: "lapsed-after-date", check: lapsed_after_date },
    Guard { id: "R-41", check: claim_within_award },
    Guard { id: "match", check: match_brought },
    Guard { id: "match-cash", check: match_in_cash },
    Guard { id: "R-55", check: no_start_before_award },
    Guard { id: "R-60-payment", check: another_hand_pays },
    Guard { id: "ends-after-start", check: ends_after_start },
];

fn notification_first(facts: &GuardFacts) -> Option<Finding> {
    facts.programme.assistance().filter(|_| !facts.notified).map(|assistance| {
        Finding::block("R-05", "The subsidy notification has not been issued.")
            .detail("It must go first: it states the gross value and asks for written confirmation that the limit is kept.")
            .fix("Issue the letter “Subsidy notification”.")
            .source(format!("Subsidy Control Act 2022, s.{}(1) and (2)", assistance.procedure))
    })
}

fn declaration_before_giving(facts: &GuardFacts) -> Option<Finding> {
    let missing = facts.day("subsidy_declaration_on").is_none();
    facts.programme.assistance().filter(|_| missing).map(|assistance| {
        Finding::block("R-06", "The signed subsidy declaration is not back.")
            .detail("Nothing may be given until the business has confirmed in writing.")
            .fix("Record the day it came back as “Subsidy declaration received”.")
            .source(format!("Subsidy Control Act 2022, s.{}(3)", assistance.procedure))
            .field("subsidy_declaration_on")
    })
}

fn accepted_in_time(facts: &GuardFacts) -> Option<Finding> {
    let award = facts.award.as_ref()?;
    let accepted = facts.day("accepted_on")?;
    (accepted > award.accept_by).then(|| {
        Finding::warn("accepted-in-time", "The acceptance came after the offer’s last day.")
            .detail(format!(
                "Open until {}, accepted {}.",
                when::day_short(award.accept_by),
                when::day_short(accepted)
            ))
            .source("The offer letter")
            .field("accepted_on")
    })
}

fn lapsed_after_date(facts: &GuardFacts) -> Option<Finding> {
    let award = facts.award.as_ref()?;
    (facts.today <= award.accept_by).then(|| {
        Finding::block(
            "lapsed-after-date",
            format!("The offer is open until {}.", when::day_in_words(award.accept_by)),
        )
        .fix("Wait for the day to pass, or record that they declined.")
        .source("The offer letter")
    })
}

fn claim_within_award(facts: &GuardFacts) -> Option<Finding> {
    let award = facts.award.as_ref()?;
    let claimed = facts.money("claimed")?;
    (claimed > award.amount).then(|| {
        Finding::block(
            "R-41",
            format!("The claim of {} is more than the award of {}.", claimed.shown(), award.amount.shown()),
        )
        .fix("Claim at most the award; the rest is the business’s own.")
        .source("Programme terms: the lower of award and intervention rate × eligible cost is paid")
        .field("claimed")
    })
}

fn match_brought(facts: &GuardFacts) -> Option<Finding> {
    facts.brought()?.enough(&facts.programme, Severity::Warn)
}

fn match_in_cash(facts: &GuardFacts) -> Option<Finding> {
    facts.brought()?.in_cash(&facts.programme)
}

fn no_start_before_award(facts: &GuardFacts) -> Option<Finding> {
    let started = facts.day("work_started_on")?;
    let accepted = facts.day("accepted_on")?;
    (started < accepted).then(|| {
        Finding::block("R-55", "Work began before the offer was accepted.")
            .detail(format!("Began {}, accepted {}.", when::day_short(started), when::day_short(accepted)))
            .fix("Costs before acceptance cannot be paid; correct the date if it is wrong.")
            .source("Programme terms: no start before award")
            .field("work_started_on")
    })
}

fn another_hand_pays(facts: &GuardFacts) -> Option<Finding> {
    facts.same_hand_claimed.then(|| {
        Finding::block("R-60", "You recorded this claim; somebody else must record the payment.")
            .fix("Ask a finance officer or a colleague.")
            .source("Segregation of duties: claim checker and payer differ")
    })
}

fn ends_after_start(facts: &GuardFacts) -> Option<Finding> {
    let (starts, ends) = (facts.day("starts_on")?, facts.day("ends_on")?);
    (ends <= starts).then(|| {
        Finding::block("ends-after-start", "The partnership ends before it starts.")
            .fix("Correct one of the dates.")
            .field("ends_on")
    })
}
