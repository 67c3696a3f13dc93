//! Applications that nobody wrote: every business and person says that it is made up. The same number always gives the same
//! application.

use casework::{applications::Application, money::Pence};
use chrono::{DateTime, Duration, NaiveTime, Utc};

/// Businesses that apply; each of them several times where there are more cases than businesses.
pub const MOST_BUSINESSES: usize = 60_000;

const PLACES: &[&str] =
    &["Marlbrook", "Ashford Mere", "Hollin Vale", "Saltley Bridge", "Practice Regis", "Sampleton"];
const FIRST: &[&str] = &[
    "Ångström",
    "Blythe",
    "Brook",
    "Cwm Derw",
    "Dosanjh",
    "Eko",
    "Fox Lane",
    "Gwynedd",
    "Hollin",
    "Iqbal",
    "Kestrel",
    "Łódź Street",
    "Meridian",
    "Nant-y-Moch",
    "Old Forge",
    "Pemberton",
    "Quayside",
    "Ravensbourne",
    "Saffron",
    "Tamar",
];
const SECOND: &[&str] = &[
    "Alloys",
    "Tooling",
    "Saddlers",
    "Precision",
    "Robotics",
    "Sensors",
    "Glazing",
    "Textiles",
    "Optics",
    "Bakery",
    "Timber",
    "Acoustics",
    "Foods",
    "Composites",
    "Polymers",
    "Castings",
];
const GIVEN: &[&str] =
    &["Adaeze", "Björn", "Chidi", "Dilys", "Eilidh", "Fatima", "Giorgos", "Hana", "Ieuan", "Zoë"];
const FAMILY: &[&str] =
    &["Example", "Sample", "Fiction", "Practice", "Specimen", "Placeholder", "Pattern", "Rehearsal"];
const WORDS: &[&str] = &[
    "testing",
    "of",
    "a",
    "component",
    "for",
    "the",
    "material",
    "sensor",
    "with",
    "prototype",
    "recycled",
    "and",
    "process",
    "composite",
    "machine",
    "low",
    "carbon",
    "to",
    "measure",
    "shelf",
    "life",
    "in",
    "packaging",
    "software",
    "model",
    "design",
    "battery",
    "coating",
    "efficient",
    "vision",
    "weld",
    "assessment",
    "laboratory",
    "hydrogen",
    "valve",
    "timber",
    "survey",
    "fatigue",
    "bracket",
    "culture",
    "glaze",
    "spectrum",
    "textile",
    "sorting",
    "bearing",
    "quieter",
    "heat",
    "pump",
    "folding",
    "ramp",
    "moulded",
    "pulp",
    "drone",
    "starter",
    "rye",
    "bread",
    "safer",
    "drink",
    "oat",
    "aluminium",
    "calibration",
];

/// Turns a number into one that looks like chance: splitmix64.
pub fn mixed(seed: usize) -> usize {
    let mut mixed = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) as usize
}

fn of<'a>(choices: &[&'a str], seed: usize) -> &'a str {
    choices[mixed(seed) % choices.len()]
}

/// Words in which a few stand often and many seldom, as in what people write.
fn words(seed: usize, count: usize) -> String {
    let word = |at: usize| {
        let chance = mixed(seed.wrapping_mul(64).wrapping_add(at));
        // One word in eight is a part number or a name that stands nowhere else.
        if chance.is_multiple_of(8) {
            format!("{}{}", of(SECOND, chance / 8).to_lowercase(), chance / 64 % 5_000)
        } else {
            let skewed = (chance / 8 % 1_000) * (chance / 8_000 % 1_000) / 1_000;
            WORDS[skewed * WORDS.len() / 1_000].to_owned()
        }
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// The name of a business, and its company number.
pub fn business(number: usize) -> (String, String) {
    let name = format!("{} {} {number} Ltd (practice)", of(FIRST, number), of(SECOND, number + 7));
    (name, format!("9{number:07}"))
}

/// How many businesses stand behind so many applications.
pub fn businesses(applications: usize) -> usize {
    (applications * 6 / 10).clamp(1, MOST_BUSINESSES)
}

/// Application `number` of `all`. The last was received on the day before `now`, the first ten years earlier.
pub fn application(number: usize, all: usize, now: DateTime<Utc>) -> Application {
    let chance = mixed(number);
    let applicant = number % businesses(all);
    let (business, company_number) = business(applicant);
    let (given, family) = (of(GIVEN, applicant), of(FAMILY, applicant + 3));
    let day = now.date_naive() - Duration::days(((all - number) * 3_650 / all.max(1)) as i64 + 1);
    let cost = Pence::pounds(((chance % 40 + 10) * 200) as i64);
    Application {
        row: (number % 1_000_000 + 2) as u32,
        external_reference: Some(format!("PRACTICE-{number:07}")),
        received_at: day
            .and_time(NaiveTime::from_hms_opt(10, (chance % 60) as u32, 0).unwrap_or_default())
            .and_utc(),
        contact_name: Some(format!("{given} {family}")),
        given_name: None,
        family_name: None,
        email: Some(format!("office@business{applicant}.example")),
        phone: Some(format!("01632 96{:04}", applicant % 10_000)),
        address: Some(format!("{} Practice Lane", applicant % 300 + 1)),
        town: Some(of(PLACES, applicant).to_owned()),
        postcode: Some(format!("ZZ{} {}ZZ", applicant / 10 % 99 + 1, applicant % 10)),
        employees: Some(((applicant % 240 + 1) * 100) as i64),
        turnover: Some(Pence::pounds((applicant % 9_000 * 1_000) as i64)),
        provider: Some("University of Marlbrook (practice)".to_owned()),
        title: words(number * 2, 6),
        need: words(number * 2 + 1, 32),
        asked: Pence::pounds(5_000).min(Pence(cost.0 * 3 / 4)),
        project_cost: Some(cost),
        earlier_vouchers: Some("No".to_owned()),
        assistance_declared: Some(Pence::pounds([0, 0, 0, 5_000, 18_750][chance / 7 % 5])),
        declaration: Some(true),
        may_contact: Some(chance.is_multiple_of(3)),
        fingerprint: format!("practice-{number}"),
        business,
        company_number: Some(company_number),
    }
}
