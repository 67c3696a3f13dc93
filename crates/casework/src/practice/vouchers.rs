//! Six rounds of practice vouchers, each at the stage its age suggests.

use chrono::Duration;

use super::{Event, What, World, at};
use crate::{
    applications::{self, Application, ImportFile},
    cases,
    decisions::{self, Accept, DecideCase, DecisionInput, Outcome},
    desk::Desk,
    findings::Severity,
    money::Pence,
    problem::Problem,
    when,
};

const MATTERS: &[&str] = &[
    "Fatigue testing of a recycled-aluminium bracket",
    "A sensor that hears a bearing fail",
    "Shelf life of an oat-based drink",
    "A safer glaze for hand-thrown ware",
    "Sorting mixed textiles by spectrum",
    "A quieter heat pump",
    "Prototype of a folding ramp",
    "Life-cycle assessment of moulded pulp",
    "Machine vision for weld seams",
    "A starter culture for rye bread",
    "Hydrogen-ready valve seats",
    "Drone survey of timber stands",
];
const A_ROUND: usize = 40;
/// Days after the closing on which the panel sits; the even numbers first.
const PANELS: [i64; 2] = [24, 32];

pub(super) fn title(round: usize, number: usize) -> String {
    format!("{} ({}-{})", MATTERS[(round * 7 + number) % MATTERS.len()], round + 1, number + 1)
}

pub(super) fn events(world: &mut World) -> Vec<Event> {
    let mut events = Vec::new();
    for round in 0..world.programmes.rounds.len() {
        let (_, _, closes) = world.programmes.rounds[round];
        events.push(Event { on: at(closes, 17) + Duration::hours(1), what: What::Vouchers(round) });
        let sits = |days: i64, half: usize| Event {
            on: at(when::add_days(closes, days), 14),
            what: What::Panel { round, half },
        };
        events.extend([sits(PANELS[0], 0), sits(PANELS[1], 1)]);
        for number in 0..A_ROUND {
            let mut life = life(world, round, number);
            // In the two newest rounds there is work of every kind left to do.
            match world.programmes.rounds.len() - round {
                1 => life.truncate([0, 1, 3, 2, 0, 1, 2, 2][number % 8]),
                2 => life.truncate(4 + number % 4),
                _ => {}
            }
            events.extend(life);
        }
    }
    let now = world.now;
    events.retain(|event| event.on < now);
    events
}

/// What becomes of one application after its round closed.
fn life(world: &mut World, round: usize, number: usize) -> Vec<Event> {
    let (_, _, closes) = world.programmes.rounds[round];
    let title = title(round, number);
    let chance = &mut world.chance;
    let day = |days: i64| when::add_days(closes, days);
    let step = |on, to, fill| Event { on: at(on, 11), what: What::Move { title: title.clone(), to, fill } };
    let text = |day: chrono::NaiveDate| day.to_string();
    let mut events = vec![
        step(day(5 + chance.between(0, 5)), "checked", vec![("eligibility_checked_on", text(day(5)))]),
        step(day(14 + chance.between(0, 4)), "assessed", vec![("score", chance.between(48, 94).to_string())]),
    ];
    if chance.percent(8) {
        events.push(step(day(19), "withdrawn", vec![]));
        return events;
    }
    let decided = PANELS[number % 2];
    let accepted = decided + chance.between(4, 12);
    if chance.percent(9) {
        events.push(step(day(accepted), "declined", vec![]));
        return events;
    }
    events.push(step(
        day(accepted),
        "accepted",
        vec![("accepted_on", text(day(accepted))), ("subsidy_declaration_on", text(day(accepted)))],
    ));
    let started = accepted + chance.between(5, 30);
    events.push(step(day(started), "in_progress", vec![("work_started_on", text(day(started)))]));
    if chance.percent(7) {
        events.push(step(day(started + 150), "expired", vec![]));
        return events;
    }
    let ended = started + chance.between(40, 110);
    events.push(step(day(ended), "complete", vec![("work_ended_on", text(day(ended)))]));
    let amount = chance.between(10, 20) * 50;
    let claimed = vec![
        ("claimed", amount.to_string()),
        ("claimed_on", text(day(ended + 12))),
        ("final_report_on", text(day(ended + 10))),
    ];
    events.push(step(day(ended + 12), "claimed", claimed));
    events.push(step(day(ended + 20), "paid", vec![("paid", amount.to_string())]));
    events.push(step(day(ended + 400), "closed", vec![]));
    events
}

/// The applications of a round, recorded as an import.
pub(super) fn arrive(desk: &mut Desk, world: &mut World, round: usize) -> Result<(), Problem> {
    let (round_id, opens, _) = world.programmes.rounds[round];
    let mut arrived = Vec::new();
    for number in 0..A_ROUND {
        let business = &world.places.businesses[(round * 31 + number * 3) % world.places.businesses.len()];
        let chance = &mut world.chance;
        let cost = Pence::pounds(chance.between(14, 34) * 200);
        let provider = world.places.providers[chance.below(world.places.providers.len())].1;
        let application = Application {
            row: u32::try_from(number + 2).unwrap_or(u32::MAX),
            external_reference: Some(format!("R{}-{:03}", round + 1, number + 1)),
            received_at: at(when::add_days(opens, chance.between(1, 41)), 10),
            business: business.name.clone(),
            company_number: Some(business.number.clone()),
            contact_name: Some(business.contact.clone()),
            given_name: None,
            family_name: None,
            email: Some(business.email.clone()),
            phone: None,
            address: Some(business.street.clone()),
            town: Some(business.town.to_owned()),
            postcode: Some(business.postcode.clone()),
            employees: Some(business.staff * 100),
            turnover: None,
            provider: Some(provider.to_owned()),
            title: title(round, number),
            need: format!(
                "We make things at {} and want to know whether this can be done better. The work would take about {} weeks.",
                business.town,
                chance.between(3, 14)
            ),
            asked: Pence::pounds(5_000).min(cost.share_rounded_down(crate::money::Rate(7_500))),
            project_cost: Some(cost),
            earlier_vouchers: Some("No".to_owned()),
            assistance_declared: Some(Pence::pounds(*chance.of(&[0, 0, 0, 5_000, 18_750, 120_000, 311_000]))),
            declaration: Some(!chance.percent(3)),
            may_contact: Some(chance.percent(60)),
            fingerprint: format!("practice-{round}-{number}"),
        };
        arrived.push((application, Some(business.id)));
    }
    let file = ImportFile {
        name: format!("round-{}-applications.xlsx", round + 1),
        sha256: String::new(),
        mapping: "Practice form".to_owned(),
    };
    applications::record(desk, &file, world.programmes.voucher, Some(round_id), arrived, &|_| true)?;
    Ok(())
}

/// The panel awards what the rules allow, warnings taken with a reason, and rejects what they stop. The notification goes with
/// each offer, or nothing could be accepted.
pub(super) fn panel(desk: &mut Desk, round: usize, half: usize, newest: usize) -> Result<(), Problem> {
    let (mut awards, mut rejections) = (Vec::new(), Vec::new());
    for number in (half..A_ROUND).step_by(2) {
        let Some(id) = cases::store::by_title(desk.reader(), &title(round, number))? else { continue };
        let case = cases::get(desk, id)?;
        // In the newest round the panel has only seen what was assessed.
        if !decisions::can_be_decided(&case, Outcome::Award)
            || (round == newest && (half == 1 || case.stage != "assessed"))
        {
            continue;
        }
        let findings = decisions::findings(desk, &case, None)?;
        if findings.iter().any(|finding| finding.severity == Severity::Block) {
            rejections.push(DecideCase { id, amount: None, accepted: Vec::new() });
            continue;
        }
        let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warn);
        let mut accepted: Vec<Accept> = warnings.map(|finding| accept(&finding.rule)).collect();
        // Awards of the same panel may use the budget up.
        if accepted.iter().all(|accept| accept.rule != "R-50") {
            accepted.push(accept("R-50"));
        }
        awards.push(DecideCase { id, amount: None, accepted });
    }
    let decide =
        |desk: &mut Desk, outcome: Outcome, cases: Vec<DecideCase>| -> Result<Vec<uuid::Uuid>, Problem> {
            if cases.is_empty() {
                return Ok(Vec::new());
            }
            let rejected = outcome == Outcome::Reject;
            let input = DecisionInput {
                outcome,
                cases,
                reasons: if rejected { vec!["not_eligible_business".to_owned()] } else { Vec::new() },
                feedback: if rejected {
                    "The idea was clear. The checks stood in the way; the letter says which.".to_owned()
                } else {
                    String::new()
                },
                note: String::new(),
            };
            Ok(decisions::decide(desk, &input)?.decided.into_iter().map(|case| case.id).collect())
        };
    decide(desk, Outcome::Reject, rejections)?;
    let awarded = decide(desk, Outcome::Award, awards)?;
    crate::letters::issue(desk, "mfa_notification", &awarded, &|_| true)?;
    if round < newest {
        crate::letters::issue(desk, "award", &awarded, &|_| true)?;
    }
    Ok(())
}

fn accept(rule: &str) -> Accept {
    Accept {
        rule: rule.to_owned(),
        reason: "Looked at by the practice panel; a different purpose.".to_owned(),
    }
}
