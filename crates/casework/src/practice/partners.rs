//! Practice placements and partnerships, each as far along as its age suggests.

use chrono::{DateTime, Duration, Utc};

use super::{Event, What, World, at, values};
use crate::{
    desk::Desk,
    forms::{self, Noun},
    problem::Problem,
    stages::CaseKind,
    when,
};

/// A placement or partnership to record on a day.
pub(super) struct Plan {
    kind: CaseKind,
    title: String,
    business: usize,
    provider: usize,
    student: usize,
    received: DateTime<Utc>,
}

const PLACEMENTS: usize = 34;
const PARTNERSHIPS: usize = 30;
const ROLES: &[&str] = &[
    "Process engineer",
    "Data analyst",
    "Materials technologist",
    "Marketing researcher",
    "Software developer",
];
const AIMS: &[&str] = &[
    "Digital twin of a kiln",
    "Low-carbon packaging",
    "Robotic handling of castings",
    "Assistive kitchen tools",
    "Predictive maintenance",
];

pub(super) fn events(world: &mut World) -> Vec<Event> {
    let mut events = Vec::new();
    for number in 0..PLACEMENTS {
        events.extend(placement(world, number));
    }
    for number in 0..PARTNERSHIPS {
        events.extend(partnership(world, number));
    }
    let now = world.now;
    events.retain(|event| event.on < now);
    events
}

fn plan(world: &mut World, kind: CaseKind, title: String, days_ago: i64, number: usize) -> Plan {
    let chance = &mut world.chance;
    Plan {
        kind,
        title,
        business: chance.below(world.places.businesses.len()),
        provider: chance.below(world.places.providers.len()),
        student: number % world.places.students.len(),
        received: at(when::day_of(world.now - Duration::days(days_ago)), 10),
    }
}

type Steps = Vec<(i64, &'static str, Vec<(&'static str, String)>)>;

fn life(plan: Plan, steps: Steps) -> Vec<Event> {
    let (title, received) = (plan.title.clone(), plan.received);
    let mut events = vec![Event { on: received, what: What::Placement(Box::new(plan)) }];
    events.extend(steps.into_iter().map(|(days, to, fill)| Event {
        on: received + Duration::days(days),
        what: What::Move { title: title.clone(), to, fill },
    }));
    events
}

fn placement(world: &mut World, number: usize) -> Vec<Event> {
    let days_ago = 1_000 - 29 * number as i64;
    let title = format!("{} ({})", AIMS[number % AIMS.len()], number + 1);
    let plan = plan(world, CaseKind::Placement, title, days_ago, number);
    let day = |days: i64| when::add_days(when::day_of(plan.received), days).to_string();
    let supervisor = world.places.businesses[plan.business].contact_id.to_string();
    let student = world.places.students[plan.student].to_string();
    let steps = vec![
        (
            3,
            "proposal",
            vec![
                ("role_title", ROLES[number % ROLES.len()].to_owned()),
                ("placement_type", "graduate".to_owned()),
                ("planned_start", day(60)),
                ("planned_end", day(144)),
                ("supervisor_id", supervisor),
            ],
        ),
        (
            10,
            "host_checked",
            vec![
                ("insurer", "Practice Mutual".to_owned()),
                ("insurance_number", format!("PM-{number:04}")),
                ("insurance_expires", day(365)),
                ("insurance_cover", "10000000".to_owned()),
                ("safety_checked_on", day(9)),
                ("risk", "low".to_owned()),
            ],
        ),
        (
            17,
            "funded",
            vec![
                ("subsidy", "2500".to_owned()),
                ("funding_decided_on", day(17)),
                ("employer", "host".to_owned()),
                ("pay_rate", "13.50".to_owned()),
                ("hours_per_week", "35".to_owned()),
            ],
        ),
        (20, "advertised", vec![("advertised_on", day(20))]),
        (
            38,
            "selected",
            vec![
                ("student_id", student),
                ("selected_on", day(38)),
                ("right_to_work_on", day(38)),
                ("employed_by_host", "no".to_owned()),
                ("graduated_on", day(-240)),
            ],
        ),
        (42, "agreement_out", vec![]),
        (
            52,
            "confirmed",
            vec![
                ("host_signed_on", day(48)),
                ("student_signed_on", day(50)),
                ("provider_signed_on", day(52)),
            ],
        ),
        (60, "started", vec![("started_on", day(60))]),
        (100, "reviewed", vec![("reviewed_on", day(100))]),
        (144, "ended", vec![("ended_on", day(144))]),
        (
            160,
            "claimed",
            vec![("wages_paid_on", day(158)), ("claimed", "2500".to_owned()), ("claimed_on", day(160))],
        ),
        (170, "paid", vec![("paid", "2500".to_owned())]),
        // The finance officer pays at the year's end, and what became of the graduate is asked after that.
        (560, "outcome", vec![("outcome", "retained".to_owned())]),
    ];
    let mut steps = steps;
    if number % 11 == 10 {
        steps.truncate(4);
        steps.push((50, "no_candidate", vec![]));
    }
    life(plan, steps)
}

fn partnership(world: &mut World, number: usize) -> Vec<Event> {
    let days_ago = 1_020 - 33 * number as i64;
    let title = format!("{}, together ({})", AIMS[(number + 2) % AIMS.len()], number + 1);
    let plan = plan(world, CaseKind::Partnership, title, days_ago, number);
    let day = |days: i64| when::add_days(when::day_of(plan.received), days).to_string();
    let ktp = number.is_multiple_of(2);
    let mut steps: Steps = vec![
        (4, "scoping", vec![("partnership_type", if ktp { "ktp" } else { "mou" }.to_owned())]),
        (20, "matched", vec![("matched_on", day(20)), ("first_meeting_on", day(14))]),
    ];
    if ktp {
        steps.extend([
            (
                35,
                "proposal",
                vec![
                    ("funder", "Practice Funding Body".to_owned()),
                    ("call", "KTP (practice)".to_owned()),
                    ("call_closes", day(75)),
                ],
            ),
            (70, "submitted", vec![("submitted_on", day(70)), ("asked", "168000".to_owned())]),
        ]);
        if number % 6 == 4 {
            steps.push((130, "unsuccessful", vec![]));
            return life(plan, steps);
        }
        steps.push((
            130,
            "awarded",
            vec![("grant_awarded", "160000".to_owned()), ("funder_decided_on", day(130))],
        ));
    }
    steps.extend([
        (150, "heads_of_terms", vec![("heads_of_terms_on", day(150)), ("ip_basis", "joint".to_owned())]),
        (
            190,
            "signed",
            vec![
                ("signed_on", day(190)),
                ("agreement_basis", "lambert".to_owned()),
                ("starts_on", day(200)),
                ("ends_on", day(700)),
                ("review_on", day(560)),
            ],
        ),
        (200, "live", vec![]),
        (700, "closing", vec![]),
        (
            730,
            "complete",
            vec![("outcome", "The new line is in use; the partners go on together.".to_owned())],
        ),
    ]);
    life(plan, steps)
}

pub(super) fn record(desk: &mut Desk, world: &World, plan: &Plan) -> Result<(), Problem> {
    let business = &world.places.businesses[plan.business];
    let (provider, _, academic) = world.places.providers[plan.provider];
    let (noun, programme) = match plan.kind {
        CaseKind::Placement => (Noun::Placement, world.programmes.placement),
        _ => (Noun::Partnership, world.programmes.partnership),
    };
    forms::save(
        desk,
        noun,
        None,
        &values(&[
            ("programme_id", &programme.to_string()),
            ("organisation_id", &business.id.to_string()),
            ("contact_id", &business.contact_id.to_string()),
            ("provider_id", &provider.to_string()),
            ("academic_id", &academic.to_string()),
            ("title", &plan.title),
            ("need", "To learn from each other (practice)."),
            ("channel", "referral"),
        ]),
    )?;
    Ok(())
}
