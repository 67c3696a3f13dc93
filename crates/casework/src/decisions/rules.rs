//! The rules that answer before an award: each a function from facts to a finding, in one registry by its id.

use super::{facts::AwardFacts, money_rules};
use crate::{awards::Quote, findings::Finding, money::Pence, officers::Role, when};

/// A rule: its id, what it is about, and what it finds.
pub struct Rule {
    /// Its id; several rows may share one where a rule has several edges.
    pub id: &'static str,
    /// What it is about, for the list of passed checks.
    pub about: &'static str,
    /// What it finds, if anything.
    pub check: fn(&AwardFacts) -> Option<Finding>,
}

const SUBSIDY_ACT_36: &str = "Subsidy Control Act 2022, s.36";

/// Every rule an award is checked against.
pub const RULES: &[Rule] = &[
    Rule { id: "R-01", about: "Subsidy headroom", check: headroom },
    Rule { id: "R-03", about: "Subsidy declaration on the form", check: assistance_declared },
    Rule { id: "R-11", about: "Publication in the subsidy database", check: publication },
    Rule { id: "R-17", about: "Windsor Framework", check: northern_ireland },
    Rule { id: "R-40", about: "Amount", check: amount_known },
    Rule { id: "R-40", about: "Smallest and largest award", check: value_limits },
    Rule { id: "R-40", about: "Intervention rate", check: intervention },
    Rule { id: "R-42", about: "VAT", check: money_rules::vat },
    Rule { id: "R-43", about: "Who is paid", check: money_rules::paid_to },
    Rule { id: "match", about: "Match", check: money_rules::match_funding },
    Rule { id: "match-cash", about: "Match in cash", check: money_rules::match_in_cash },
    Rule { id: "R-49", about: "Other public funding", check: public_funding },
    Rule { id: "R-49", about: "The same work twice", check: same_work },
    Rule { id: "R-50", about: "Round budget", check: budget },
    Rule { id: "R-55", about: "No start before award", check: no_start_before_award },
    Rule { id: "R-57", about: "In time", check: in_time },
    Rule { id: "R-59", about: "Earlier vouchers in the register", check: earlier_vouchers },
    Rule { id: "R-59-answer", about: "Earlier vouchers as answered", check: earlier_answered },
    Rule { id: "R-60", about: "Segregation of duties", check: segregation },
    Rule { id: "R-61", about: "Delegated limit", check: delegated_limit },
    Rule { id: "declaration", about: "Declaration", check: declaration },
    Rule { id: "size", about: "Size", check: size },
    Rule { id: "area", about: "Area", check: area },
    Rule { id: "provider", about: "Knowledge provider", check: provider },
];

/// What all rules say, gravest first, and how many had nothing to say.
pub fn check(facts: &AwardFacts) -> (Vec<Finding>, u32) {
    let mut findings: Vec<Finding> = RULES.iter().filter_map(|rule| (rule.check)(facts)).collect();
    findings.sort_by_key(|finding| finding.severity);
    let passed = RULES.len().saturating_sub(findings.len());
    (findings, u32::try_from(passed).unwrap_or(u32::MAX))
}

/// assistance in the applicable period must not pass the limit of its kind, this award included.
pub fn headroom(facts: &AwardFacts) -> Option<Finding> {
    let room = facts.headroom.as_ref()?;
    let assistance = facts.programme.assistance()?;
    (room.left < Pence::ZERO).then(|| {
        let over = Pence(-room.left.0);
        Finding::block(
            assistance.rule,
            format!("The award would pass the subsidy limit by {}.", over.shown()),
        )
        .detail(format!(
            "{} had {} from {} to {}; this award {}; limit {}.",
            room.enterprise,
            room.used.shown(),
            when::day_short(room.from),
            when::day_short(room.to),
            room.this_award.shown(),
            room.limit.shown()
        ))
        .fix(if room.this_award > over {
            format!("Award at most {}, or correct the ledger.", (room.this_award - over).shown())
        } else {
            "Nothing is left to award unless the ledger is wrong.".to_owned()
        })
        .source(format!("Subsidy Control Act 2022, s.{}(1)", assistance.section))
        .field("assistance_declared")
    })
}

/// without the applicant’s answer nobody knows what else was given.
pub fn assistance_declared(facts: &AwardFacts) -> Option<Finding> {
    let room = facts.headroom.as_ref()?;
    let near = room.limit.0 / 2 < room.used.0 + room.this_award.0;
    (near && room.left >= Pence::ZERO).then(|| {
        Finding::inform(
            "R-03",
            format!("{} of the subsidy limit is left after this award.", room.left.shown()),
        )
        .detail(format!("Counted since {}: {}.", when::day_short(room.from), room.used.shown()))
        .source(SUBSIDY_ACT_36)
    })
}

/// assistance over the threshold must be on the public database.
pub fn publication(facts: &AwardFacts) -> Option<Finding> {
    let amount = facts.amount?;
    (facts.headroom.is_some() && amount > facts.transparency).then(|| {
        Finding::inform(
            "R-11",
            format!("Awards over {} go into the public subsidy database.", facts.transparency.shown()),
        )
        .fix("Enter it within three months of the decision.")
        .source("Subsidy Control Act 2022, ss.33(3) and 36(4)")
    })
}

/// a Northern Ireland business that makes or trades goods may fall under EU State aid rules instead.
pub fn northern_ireland(facts: &AwardFacts) -> Option<Finding> {
    let there = facts.business.postcode.as_deref().is_some_and(|postcode| postcode.starts_with("BT"))
        || facts.business.company_number.as_deref().is_some_and(|number| number.starts_with("NI"));
    (facts.headroom.is_some() && there).then(|| {
        Finding::warn("R-17", "The business is in Northern Ireland.")
            .detail("If it makes or trades goods, EU de minimis rules may apply instead of minimal financial assistance.")
            .fix("Ask which goods it trades, and give the answer as the reason.")
            .source("Windsor Framework, Article 10")
    })
}

/// an award has an amount.
pub fn amount_known(facts: &AwardFacts) -> Option<Finding> {
    match facts.amount {
        Some(amount) if amount > Pence::ZERO => None,
        _ => Some(
            Finding::block("R-40", "There is no amount to award.")
                .fix("Enter the amount, or record what was asked for.")
                .field("asked"),
        ),
    }
}

/// not less than the programme’s smallest award, not more than its largest.
pub fn value_limits(facts: &AwardFacts) -> Option<Finding> {
    let amount = facts.amount?;
    let source = format!("{}, value limits", facts.programme.name);
    match (facts.programme.value_min, facts.programme.value_max) {
        (_, Some(most)) if amount > most => Some(
            Finding::block(
                "R-40",
                format!("{} is over the largest award of {}.", amount.shown(), most.shown()),
            )
            .fix(format!("Award at most {}.", most.shown()))
            .source(source)
            .field("amount"),
        ),
        (Some(least), _) if amount < least => Some(
            Finding::block(
                "R-40",
                format!("{} is under the smallest award of {}.", amount.shown(), least.shown()),
            )
            .fix(format!("Award at least {}, or reject.", least.shown()))
            .source(source)
            .field("amount"),
        ),
        _ => None,
    }
}

/// not more than the intervention rate of the eligible cost.
pub fn intervention(facts: &AwardFacts) -> Option<Finding> {
    let amount = facts.amount?;
    let rate = facts.programme.intervention_rate;
    let source = format!("{}, intervention rate {}", facts.programme.name, rate.shown());
    match (facts.quote.map(Quote::eligible), facts.share_of_cost()) {
        (Some(cost), Some(most)) => (amount > most).then(|| {
            Finding::block(
                "R-40",
                format!("{} is over {} of the eligible cost.", amount.shown(), rate.shown()),
            )
            .detail(format!("{} of {} is {}.", rate.shown(), cost.shown(), most.shown()))
            .fix(format!("Award at most {}.", most.shown()))
            .source(source)
            .field("amount")
        }),
        _ => Some(
            Finding::block("R-40", "The cost of the work is not recorded.")
                .detail("Without it nobody can tell whether the award keeps to the intervention rate.")
                .fix("Record the provider’s quote as “Cost of the work quoted”.")
                .source(source)
                .field("project_cost"),
        ),
    }
}

/// public money for the work is at most its cost.
pub fn public_funding(facts: &AwardFacts) -> Option<Finding> {
    let (amount, cost) = (facts.amount?, facts.quote?.eligible());
    (facts.other_funding > Pence::ZERO && facts.other_funding + amount > cost).then(|| {
        Finding::block("R-49", "Public funding would be more than the work costs.")
            .detail(format!(
                "This award {}, other public funding {}, cost {}.",
                amount.shown(),
                facts.other_funding.shown(),
                cost.shown()
            ))
            .fix(format!("Award at most {}.", (cost - facts.other_funding).shown()))
            .source("Programme terms: no double funding")
            .field("other_funding_amount")
    })
}

/// the same work is not paid for twice.
pub fn same_work(facts: &AwardFacts) -> Option<Finding> {
    let reference = facts.same_work_awarded.as_ref()?;
    Some(
        Finding::block("R-49", format!("{reference} already holds an award for this work."))
            .detail("The same business, the same project title.")
            .fix("Reject this one, or correct the title if the work differs.")
            .source("Programme terms: no double funding")
            .field("title"),
    )
}

/// what is awarded keeps to the round’s budget.
pub fn budget(facts: &AwardFacts) -> Option<Finding> {
    let amount = facts.amount?;
    let round = facts.round.as_ref()?;
    (amount > round.left()).then(|| {
        Finding::warn(
            "R-50",
            format!("{} has {} left, less than this award.", round.name, round.left().shown()),
        )
        .detail(format!(
            "Budget {}, awarded and not released {}.",
            round.budget.shown(),
            round.committed.shown()
        ))
        .fix("Award less, move it to the next round, or give the reason for over-offering.")
        .source(format!("{}, budget", round.name))
    })
}

/// work that began before the award cannot be paid.
pub fn no_start_before_award(facts: &AwardFacts) -> Option<Finding> {
    let (began, said) = match (facts.work_started_on, facts.planned_start) {
        (Some(started), _) => (started, "Work began"),
        (None, Some(planned)) => (planned, "Work is planned to begin"),
        (None, None) => return None,
    };
    (began < facts.today).then(|| {
        Finding::block("R-55", format!("{said} on {}, before the award.", when::day_in_words(began)))
            .fix("Agree a later start and record it, or reject.")
            .source("Programme terms: no start before award")
            .field(if facts.work_started_on.is_some() { "work_started_on" } else { "planned_start" })
    })
}

/// an application after the closing time is an approver’s matter.
pub fn in_time(facts: &AwardFacts) -> Option<Finding> {
    if !facts.late() {
        return None;
    }
    let message = format!("The application came after the round closed on {}.", facts.closed_in_words());
    let received = facts.received_at.map(when::instant_in_words).unwrap_or_default();
    let finding = if facts.officer.role == Role::Manager {
        Finding::warn("R-57", message).fix("Give the reason for taking it.")
    } else {
        Finding::block("R-57", message).fix("A manager may take it with a reason.")
    };
    Some(finding.detail(format!("Received {received}.")).source("Round’s closing time").field("received_at"))
}

/// a business has at most so many awards in the time looked back.
pub fn earlier_vouchers(facts: &AwardFacts) -> Option<Finding> {
    let most = facts.programme.awards_per_business?;
    let (reference, amount, day) = facts.earlier.first()?;
    let had = i64::try_from(facts.earlier.len()).unwrap_or(i64::MAX);
    let detail = format!("The last: {reference}, {}, offered {}.", amount.shown(), when::day_short(*day));
    let source = format!("{}, awards a business may have", facts.programme.name);
    Some(if had >= most {
        Finding::block("R-59", format!("The business has had {had} of {most} awards it may have."))
            .detail(detail)
            .fix("Reject, or wait until the earlier award falls out of the time looked back.")
            .source(source)
    } else {
        Finding::warn("R-59", format!("The business had an earlier voucher ({had} of {most})."))
            .detail(detail)
            .fix("Give the reason: a different purpose.")
            .source(source)
    })
}

/// what the applicant answered counts too.
pub fn earlier_answered(facts: &AwardFacts) -> Option<Finding> {
    let answer = facts.earlier_answered.as_deref()?;
    let yes = answer.trim().to_lowercase().starts_with('y');
    (yes && facts.programme.awards_per_business.is_some() && facts.earlier.is_empty()).then(|| {
        Finding::warn("R-59-answer", "The applicant says that it had a voucher before.")
            .detail(format!("Answered: “{}”. The register holds none.", answer.trim()))
            .fix("Find out from whom, and give that as the reason.")
            .source(format!("{}, awards a business may have", facts.programme.name))
            .field("earlier_vouchers")
    })
}

/// who entered an application by hand does not award it.
pub fn segregation(facts: &AwardFacts) -> Option<Finding> {
    facts.entered_by_decider.then(|| {
        Finding::block("R-60", "You entered this application by hand, so somebody else must decide it.")
            .fix("Ask a colleague who may approve.")
            .source("Segregation of duties: who enters an application does not approve it")
    })
}

/// nobody awards more than their delegated limit.
pub fn delegated_limit(facts: &AwardFacts) -> Option<Finding> {
    let amount = facts.amount?;
    let role = facts.officer.role.label();
    let source = format!("{}, approval limits", facts.programme.name);
    if !facts.may_decide() {
        return Some(
            Finding::block("R-61", format!("A {role} may not award."))
                .fix("Ask a manager or programme officer.")
                .source(source),
        );
    }
    match facts.delegated {
        Some(limit) => (amount > limit).then(|| {
            Finding::block(
                "R-61",
                format!("{} is over the {} that a {role} may award.", amount.shown(), limit.shown()),
            )
            .fix("Ask somebody with a higher limit.")
            .source(source)
        }),
        None if facts.officer.role == Role::Manager => None,
        None => Some(
            Finding::block("R-61", format!("No approval limit is set for a {role}."))
                .fix("A manager sets it under Settings, Programmes.")
                .source(source),
        ),
    }
}

/// The application’s declaration was made.
pub fn declaration(facts: &AwardFacts) -> Option<Finding> {
    (facts.declaration != Some(true)).then(|| {
        let answered = if facts.declaration == Some(false) { "answered no to" } else { "did not answer" };
        Finding::block("declaration", format!("The applicant {answered} the declaration."))
            .detail("Eligible use, no other funding for the same work, aid within the limit, information correct.")
            .fix("Ask for the declaration and record it as “Declaration made”.")
            .source("Application form, declarations")
            .field("declaration")
    })
}

/// The programme’s size test. EU Recommendation 2003/361, Article 2; Companies Act 2006, ss.382 and 465, from 6 April 2025.
pub fn size(facts: &AwardFacts) -> Option<Finding> {
    let source = match facts.programme.size_test.as_str() {
        "eu_2003_361" => "EU Recommendation 2003/361, Annex, Article 2",
        "ca_2006" => "Companies Act 2006, ss.465 and 466, thresholds from 6 April 2025",
        "headcount" => "Programme terms: fewer than 250 staff",
        _ => return None,
    };
    let Some(staff) = facts.business.employees else {
        return Some(
            Finding::warn("size", "The number of staff is not recorded.")
                .fix("Ask, and record it; or give the reason why its size is beyond doubt.")
                .source(source)
                .field("employees"),
        );
    };
    let staff = staff / 100;
    let over_staff = if facts.programme.size_test == "ca_2006" { staff > 250 } else { staff >= 250 };
    let turnover = facts.business.turnover.map(Pence);
    match facts.programme.size_test.as_str() {
        // Two of three must be over; staff and turnover are what applications give.
        "ca_2006" => {
            let over_turnover = turnover.is_some_and(|turnover| turnover > Pence::pounds(54_000_000));
            let over_balance =
                facts.business.balance_sheet.is_some_and(|total| Pence(total) > Pence::pounds(27_000_000));
            let over = [over_staff, over_turnover, over_balance].into_iter().filter(|over| *over).count();
            (over >= 2).then(|| too_large(staff, turnover, source))
        }
        _ if over_staff => Some(too_large(staff, turnover, source)),
        // The test is in euros, and either turnover or balance sheet may pass it.
        "eu_2003_361" if turnover.is_some_and(|turnover| turnover > Pence::pounds(43_000_000)) => Some(
            Finding::warn("size", "Turnover may be over the limit for a small or medium business.")
                .detail(format!(
                    "Turnover {}; the limit is €50 million, or a balance sheet of at most €43 million.",
                    turnover.map(Pence::shown).unwrap_or_default()
                ))
                .fix("Check the balance sheet total, and give what you found as the reason.")
                .source(source)
                .field("turnover"),
        ),
        _ => None,
    }
}

fn too_large(staff: i64, turnover: Option<Pence>, source: &str) -> Finding {
    let turnover = turnover.map(|turnover| format!(", turnover {}", turnover.shown())).unwrap_or_default();
    Finding::block("size", "The business is larger than the programme allows.")
        .detail(format!("{staff} staff{turnover}."))
        .fix("Reject, or correct the number of staff if it is wrong.")
        .source(source)
        .field("employees")
}

/// The eligible area. A postcode district does not tell the council area, so this is never inferred from one.
pub fn area(facts: &AwardFacts) -> Option<Finding> {
    let places = &facts.programme.eligible_area;
    if places.is_empty() {
        return None;
    }
    let own = [facts.business.area.as_deref(), facts.business.town.as_deref()];
    let inside = own
        .iter()
        .flatten()
        .any(|place| places.iter().any(|eligible| eligible.eq_ignore_ascii_case(place.trim())));
    (!inside).then(|| {
        let said = own
            .iter()
            .flatten()
            .next()
            .map_or("not recorded".to_owned(), |place| format!("“{}”", place.trim()));
        Finding::warn("area", "The business does not seem to be in the eligible area.")
            .detail(format!("Its place is {said}; eligible: {}.", places.join(", ")))
            .fix("Look its address up, and give what you found as the reason.")
            .source(format!("{}, eligible area", facts.programme.name))
            .field("area")
    })
}

/// A knowledge provider is named.
pub fn provider(facts: &AwardFacts) -> Option<Finding> {
    facts.provider.is_none().then(|| {
        let given =
            facts.provider_as_given.as_deref().map_or("none".to_owned(), |given| format!("“{given}”"));
        Finding::warn("provider", "No knowledge provider of the register is named.")
            .detail(format!("The application names {given}."))
            .fix("Choose the provider; or give the reason why it can wait.")
            .source("Programme terms")
            .field("provider_id")
    })
}
