//! What must hold before a case may enter a stage, beyond fields being filled in. Rules by id, facts in, finding out.

use chrono::NaiveDate;

use super::Case;
use crate::{awards::Award, findings::Finding, forms::Values, money::Pence, programmes::Programme, when};

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
    /// The minimum wage an hour on the day the placement starts.
    pub minimum_wage: Option<Pence>,
    /// Whoever records the payment also recorded the claim.
    pub same_hand_claimed: bool,
    /// The day the move takes effect.
    pub today: NaiveDate,
}

impl GuardFacts {
    fn day(&self, field: &str) -> Option<NaiveDate> {
        self.values.get(field)?.as_ref()?.parse().ok()
    }

    fn money(&self, field: &str) -> Option<Pence> {
        self.values.get(field)?.as_ref()?.parse().ok()
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
    GUARDS.iter().find(|guard| guard.id == id)
}

/// All guards.
pub const GUARDS: &[Guard] = &[
    Guard { id: "R-05", check: notification_first },
    Guard { id: "R-06", check: declaration_before_giving },
    Guard { id: "accepted-in-time", check: accepted_in_time },
    Guard { id: "lapsed-after-date", check: lapsed_after_date },
    Guard { id: "R-41", check: claim_within_award },
    Guard { id: "R-55", check: no_start_before_award },
    Guard { id: "R-60-payment", check: another_hand_pays },
    Guard { id: "R-80", check: agreement_before_start },
    Guard { id: "R-81", check: insurance_for_the_whole_placement },
    Guard { id: "R-83", check: minimum_wage },
    Guard { id: "R-84", check: weekly_hours },
    Guard { id: "R-87", check: subsidy_within_programme },
    Guard { id: "ends-after-start", check: ends_after_start },
];

fn notification_first(facts: &GuardFacts) -> Option<Finding> {
    (facts.programme.subsidy_route == "mfa" && !facts.notified).then(|| {
        Finding::block("R-05", "The subsidy notification has not been issued.")
            .detail("It must go first: it states the gross value and asks for written confirmation that the limit is kept.")
            .fix("Issue the letter “Minimal financial assistance notification”.")
            .source("Subsidy Control Act 2022, s.37(1) and (2)")
    })
}

fn declaration_before_giving(facts: &GuardFacts) -> Option<Finding> {
    (facts.programme.subsidy_route == "mfa" && facts.day("subsidy_declaration_on").is_none()).then(|| {
        Finding::block("R-06", "The signed subsidy declaration is not back.")
            .detail("Nothing may be given until the business has confirmed in writing.")
            .fix("Record the day it came back as “Subsidy declaration received”.")
            .source("Subsidy Control Act 2022, s.37(3)")
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

fn agreement_before_start(facts: &GuardFacts) -> Option<Finding> {
    let unsigned: Vec<&str> = [
        ("host_signed_on", "the host"),
        ("student_signed_on", "the student"),
        ("provider_signed_on", "the provider"),
    ]
    .into_iter()
    .filter(|(field, _)| facts.day(field).is_none())
    .map(|(_, who)| who)
    .collect();
    if !unsigned.is_empty() {
        return Some(
            Finding::block("R-80", format!("The agreement is not signed by {}.", unsigned.join(" and ")))
                .fix("Record each signature’s date.")
                .source("Programme terms: signed by all three before the start"),
        );
    }
    let started = facts.day("started_on")?;
    let last = ["host_signed_on", "student_signed_on", "provider_signed_on"]
        .into_iter()
        .filter_map(|field| facts.day(field))
        .max()?;
    (last > started).then(|| {
        Finding::block("R-80", "The placement began before the last signature.")
            .detail(format!("Began {}, last signature {}.", when::day_short(started), when::day_short(last)))
            .fix("Correct the date if it is wrong.")
            .source("Programme terms: signed by all three before the start")
            .field("started_on")
    })
}

fn insurance_for_the_whole_placement(facts: &GuardFacts) -> Option<Finding> {
    let runs_to = facts.day("insurance_expires")?;
    let ends = facts.day("planned_end")?;
    (runs_to < ends).then(|| {
        Finding::block("R-81", "The host’s insurance ends before the placement.")
            .detail(format!(
                "Insured to {}, placement to {}.",
                when::day_short(runs_to),
                when::day_short(ends)
            ))
            .fix("Ask the host for the renewed certificate.")
            .source("Employers’ Liability (Compulsory Insurance) Act 1969")
            .field("insurance_expires")
    })
}

fn minimum_wage(facts: &GuardFacts) -> Option<Finding> {
    let pay = facts.money("pay_rate")?;
    let least = facts.minimum_wage?;
    (pay < least).then(|| {
        Finding::warn("R-83", format!("{} an hour is below the minimum wage of {}.", pay.shown(), least.shown()))
            .detail("Exempt only if the course requires the placement and it lasts a year at most, or the rate for a younger age applies.")
            .fix("Agree a higher rate, or give the exemption as the reason.")
            .source("National Minimum Wage Act 1998; rate as dated in the register’s limits")
            .field("pay_rate")
    })
}

fn weekly_hours(facts: &GuardFacts) -> Option<Finding> {
    let hours = facts.money("hours_per_week")?;
    (hours > Pence::pounds(48)).then(|| {
        Finding::warn("R-84", "More than 48 hours a week are planned.")
            .source("Working Time Regulations 1998, reg.4")
            .field("hours_per_week")
    })
}

fn subsidy_within_programme(facts: &GuardFacts) -> Option<Finding> {
    let subsidy = facts.money("subsidy")?;
    let most = facts.programme.value_max?;
    (subsidy > most).then(|| {
        Finding::block(
            "R-87",
            format!("A subsidy of {} is over the programme’s {}.", subsidy.shown(), most.shown()),
        )
        .fix("Agree a lower subsidy.")
        .source(format!("{}, largest award", facts.programme.name))
        .field("subsidy")
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
