//! What must hold before a placement moves on. Source of the rules: domain brief, section 4.11, and the law each one names.

use chrono::NaiveDate;

use super::guards::{Guard, GuardFacts};
use crate::{findings::Finding, money::Pence, office::Limit, when};

/// The guards of placements.
pub(super) const GUARDS: &[Guard] = &[
    Guard { id: "R-80", check: agreement_before_start },
    Guard { id: "R-81", check: insurance_for_the_whole_placement },
    Guard { id: "R-81-cover", check: insurance_cover },
    Guard { id: "R-82", check: high_risk_is_visited },
    Guard { id: "R-83", check: minimum_wage },
    Guard { id: "R-83-rise", check: minimum_wage_rises },
    Guard { id: "R-84", check: weekly_hours },
    Guard { id: "R-84-visa", check: hours_of_a_visa },
    Guard { id: "R-85", check: not_employed_already },
    Guard { id: "R-86", check: recent_graduate },
    Guard { id: "R-87", check: subsidy_within_programme },
    Guard { id: "R-87-claim", check: claim_after_wages },
    Guard { id: "R-89", check: placements_of_the_host },
];

/// Wage bands: as stored, and the code of the limit that holds for them. Whoever gives no band counts as an adult.
pub(super) const WAGE_BANDS: [(&str, &str); 4] = [
    ("adult", "minimum_wage"),
    ("18_to_20", "minimum_wage_18_to_20"),
    ("under_18", "minimum_wage_under_18"),
    ("apprentice", "minimum_wage_apprentice"),
];

/// What the facts say of wages, in the placement's own band.
#[derive(Clone, Debug, Default)]
pub struct Wages {
    /// The day the placement starts, or the day of the move where no start is planned.
    pub from: NaiveDate,
    /// The rate in force on that day; none where the register holds none.
    pub at_start: Option<Limit>,
    /// The rate in force on the last day.
    pub at_end: Option<Limit>,
}

/// An earlier placement of the same enterprise that the programme funds or funded.
#[derive(Clone, Debug)]
pub struct EarlierPlacement {
    /// Its reference.
    pub reference: String,
    /// When its funding was decided.
    pub funded_on: NaiveDate,
}

const SIGNATURES: [(&str, &str); 3] = [
    ("host_signed_on", "the host"),
    ("student_signed_on", "the student"),
    ("provider_signed_on", "the provider"),
];

/// “the host, the student and the provider”
fn listed(names: &[&str]) -> String {
    match names {
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
        [] => String::new(),
    }
}

/// signed by all three before the start.
fn agreement_before_start(facts: &GuardFacts) -> Option<Finding> {
    const SOURCE: &str = "Programme terms: signed by all three before the start";
    let unsigned: Vec<&str> =
        SIGNATURES.into_iter().filter(|(field, _)| facts.day(field).is_none()).map(|(_, who)| who).collect();
    if !unsigned.is_empty() {
        return Some(
            Finding::block("R-80", format!("The agreement is not signed by {}.", listed(&unsigned)))
                .fix("Record each signature’s date.")
                .source(SOURCE),
        );
    }
    let started = facts.day("started_on")?;
    let last = SIGNATURES.into_iter().filter_map(|(field, _)| facts.day(field)).max()?;
    (last > started).then(|| {
        Finding::block("R-80", "The placement began before the last signature.")
            .detail(format!("Began {}, last signature {}.", when::day_short(started), when::day_short(last)))
            .fix("Correct the date if it is wrong.")
            .source(SOURCE)
            .field("started_on")
    })
}

/// the host is insured to the last day.
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

/// for at least what the law asks.
fn insurance_cover(facts: &GuardFacts) -> Option<Finding> {
    let cover = facts.money("insurance_cover")?;
    let least = facts.insurance_least.as_ref()?;
    (cover < least.amount).then(|| {
        Finding::block(
            "R-81-cover",
            format!("Insurance of {} is below the least of {}.", cover.shown(), least.amount.shown()),
        )
        .fix("Ask the host for a certificate of at least that sum.")
        .source(least.source.clone())
        .field("insurance_cover")
    })
}

/// a host of high risk is visited before it is accepted.
fn high_risk_is_visited(facts: &GuardFacts) -> Option<Finding> {
    (facts.text("risk") == Some("high") && facts.day("site_visited_on").is_none()).then(|| {
        Finding::warn("R-82", "The risk is high, and no visit to the site is recorded.")
            .fix("Visit, and record the day as “Site visited on”; or give the reason why no visit is needed.")
            .source("Health and Safety at Work etc. Act 1974, s.3; programme terms")
            .field("site_visited_on")
    })
}

/// at least the minimum wage of the day the placement starts, unless an exemption is recorded that holds.
fn minimum_wage(facts: &GuardFacts) -> Option<Finding> {
    const LAW: &str = "National Minimum Wage Act 1998, s.1; National Minimum Wage Regulations 2015";
    let exemption = facts.text("wage_exemption");
    if exemption == Some("course") {
        return exemption_of_a_course(facts);
    }
    if exemption.is_some() {
        return None;
    }
    let pay = facts.money("pay_rate")?;
    let Some(least) = &facts.wages.at_start else {
        return Some(
            Finding::warn(
                "R-83",
                format!("No minimum wage is recorded for {}.", when::day_in_words(facts.wages.from)),
            )
            .fix("A manager adds the rate under Settings, Limits of law; or give what you checked as the reason.")
            .source(LAW)
            .field("pay_rate"),
        );
    };
    (pay < least.amount).then(|| {
        Finding::block(
            "R-83",
            format!("{} an hour is below the minimum wage of {}.", pay.shown(), least.amount.shown()),
        )
        .detail("A lower rate holds for the young and for apprentices; a placement that a course requires may be exempt.")
        .fix("Agree a higher rate, or record the age band or the exemption.")
        .source(least.source.clone())
        .field("pay_rate")
    })
}

/// The exemption of a course is for students, and for a year at most.
fn exemption_of_a_course(facts: &GuardFacts) -> Option<Finding> {
    let finding = |message: &str| {
        Finding::block("R-83", message)
            .fix("Pay at least the minimum wage, or correct the exemption.")
            .source("National Minimum Wage Regulations 2015, reg.53")
            .field("wage_exemption")
    };
    if facts.text("placement_type") == Some("graduate") {
        return Some(finding("A graduate is on no course that could require the placement."));
    }
    let (starts, ends) = (facts.day("planned_start")?, facts.day("planned_end")?);
    (ends >= when::add_months(starts, 12)).then(|| {
        finding("A placement that a course requires is exempt for a year at most.").detail(format!(
            "From {} to {}.",
            when::day_short(starts),
            when::day_short(ends)
        ))
    })
}

/// a rate that is already known to rise before the placement ends.
fn minimum_wage_rises(facts: &GuardFacts) -> Option<Finding> {
    if facts.text("wage_exemption").is_some() {
        return None;
    }
    let pay = facts.money("pay_rate")?;
    let (now, then) = (facts.wages.at_start.as_ref()?, facts.wages.at_end.as_ref()?);
    (pay >= now.amount && pay < then.amount).then(|| {
        Finding::warn(
            "R-83-rise",
            format!("The minimum wage rises to {} before the placement ends.", then.amount.shown()),
        )
        .detail(format!("Agreed: {} an hour.", pay.shown()))
        .fix("Agree the higher rate from that day, and give that as the reason.")
        .source(then.source.clone())
        .field("pay_rate")
    })
}

/// the working week.
fn weekly_hours(facts: &GuardFacts) -> Option<Finding> {
    let hours = facts.money("hours_per_week")?;
    (hours > Pence::pounds(48)).then(|| {
        Finding::warn("R-84", "More than 48 hours a week are planned.")
            .fix("Plan fewer, or give the signed opt-out as the reason.")
            .source("Working Time Regulations 1998, reg.4")
            .field("hours_per_week")
    })
}

/// a visa may allow fewer hours, in term time often 20.
fn hours_of_a_visa(facts: &GuardFacts) -> Option<Finding> {
    let (hours, most) = (facts.money("hours_per_week")?, facts.money("hours_limit")?);
    (hours > most).then(|| {
        Finding::warn("R-84-visa", "More hours a week are planned than the candidate may work.")
            .detail(format!("{hours} planned, {most} allowed."))
            .fix("Plan fewer, or give the reason: the weeks lie outside of term.")
            .source("Immigration Rules, Appendix Student")
            .field("hours_per_week")
    })
}

/// whoever works for the host already is no new placement.
fn not_employed_already(facts: &GuardFacts) -> Option<Finding> {
    let message = match facts.text("employed_by_host") {
        Some("no") => return None,
        Some(_) => "The candidate already works for the host.",
        None => "It is not recorded whether the candidate already works for the host.",
    };
    Some(
        Finding::warn("R-85", message)
            .fix("Ask, and record the answer; or give the reason.")
            .source("Programme terms: the candidate is not already employed by the host")
            .field("employed_by_host"),
    )
}

/// graduated at most so many years before the start.
fn recent_graduate(facts: &GuardFacts) -> Option<Finding> {
    let years = facts.programme.graduate_within_years?;
    if facts.text("placement_type") != Some("graduate") {
        return None;
    }
    let source = format!("{}, graduated within {years} years", facts.programme.name);
    let Some(graduated) = facts.day("graduated_on") else {
        return Some(
            Finding::warn("R-86", "The day of graduation is not recorded.")
                .fix("Ask, and record it; or give the reason why it is recent beyond doubt.")
                .source(source)
                .field("graduated_on"),
        );
    };
    let starts = facts.wages.from;
    (starts > when::add_months(graduated, years.saturating_mul(12))).then(|| {
        Finding::warn("R-86", format!("The candidate graduated more than {years} years before the start."))
            .detail(format!("Graduated {}, starts {}.", when::day_short(graduated), when::day_short(starts)))
            .fix("Choose another candidate, or give the reason.")
            .source(source)
            .field("graduated_on")
    })
}

/// not more than the programme's largest award, nor than its share of the cost.
fn subsidy_within_programme(facts: &GuardFacts) -> Option<Finding> {
    let subsidy = facts.money("subsidy")?;
    let rate = facts.programme.intervention_rate;
    let share = facts.money("project_cost").map(|cost| cost.share_rounded_down(rate));
    let (most, what) = [
        (facts.programme.value_max, "largest award".to_owned()),
        (share, format!("intervention rate {}", rate.shown())),
    ]
    .into_iter()
    .filter_map(|(most, what)| most.map(|most| (most, what)))
    .min_by_key(|(most, _)| *most)?;
    (subsidy > most).then(|| {
        Finding::block(
            "R-87",
            format!("A subsidy of {} is over the programme’s {}.", subsidy.shown(), most.shown()),
        )
        .fix("Agree a lower subsidy.")
        .source(format!("{}, {what}", facts.programme.name))
        .field("subsidy")
    })
}

/// claimed after the wages were paid, and not more than was agreed.
fn claim_after_wages(facts: &GuardFacts) -> Option<Finding> {
    const SOURCE: &str = "Programme terms: claim after the wages are paid, with payslips";
    let claimed_on = facts.day("claimed_on")?;
    let Some(paid) = facts.day("wages_paid_on") else {
        return Some(
            Finding::block("R-87-claim", "It is not recorded that the wages are paid.")
                .fix("See the payslips, and record the last pay day as “Wages paid on”.")
                .source(SOURCE)
                .field("wages_paid_on"),
        );
    };
    if paid > claimed_on {
        return Some(
            Finding::block("R-87-claim", "The claim came before the wages were paid.")
                .detail(format!("Claimed {}, paid {}.", when::day_short(claimed_on), when::day_short(paid)))
                .fix("Ask for the claim again once the wages are paid.")
                .source(SOURCE)
                .field("claimed_on"),
        );
    }
    let (claimed, subsidy) = (facts.money("claimed")?, facts.money("subsidy")?);
    (claimed > subsidy).then(|| {
        Finding::block(
            "R-87-claim",
            format!("The claim of {} is more than the subsidy of {}.", claimed.shown(), subsidy.shown()),
        )
        .fix("Claim at most the subsidy agreed.")
        .source("Programme terms: at most the subsidy agreed is paid")
        .field("claimed")
    })
}

/// a host has at most so many placements in the time looked back.
fn placements_of_the_host(facts: &GuardFacts) -> Option<Finding> {
    let most = facts.programme.awards_per_business?;
    let had = i64::try_from(facts.earlier_placements.len()).unwrap_or(i64::MAX);
    let last = facts.earlier_placements.first()?;
    (had >= most).then(|| {
        Finding::block("R-89", format!("The host has had {had} of {most} placements it may have."))
            .detail(format!("The last: {}, funded {}.", last.reference, when::day_short(last.funded_on)))
            .fix("Withdraw this one, or wait until the earlier falls out of the time looked back.")
            .source(format!("{}, awards a business may have", facts.programme.name))
    })
}
