//! The practice office's own letterhead, its knowledge providers, businesses and people. Every name says that it is made up.

use uuid::Uuid;

use super::{chance::Chance, values};
use crate::{
    desk::Desk,
    forms::{self, Noun, Values},
    office,
    problem::Problem,
};

pub(super) struct Places {
    pub providers: Vec<(Uuid, &'static str, Uuid)>,
    pub businesses: Vec<Business>,
    pub students: Vec<Uuid>,
}

pub(super) struct Business {
    pub id: Uuid,
    pub name: String,
    pub number: String,
    pub contact: String,
    pub contact_id: Uuid,
    pub email: String,
    pub street: String,
    pub town: &'static str,
    pub postcode: String,
    pub staff: i64,
}

const PROVIDERS: &[&str] = &[
    "University of Marlbrook",
    "Marlbrook College of Technology",
    "Ashford Mere Institute",
    "Hollin Vale Materials Centre",
];
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
    "Uxbridge",
    "Vale",
    "Wye",
    "Yarrow",
    "Zephyr",
    "Ó Briain",
    "Penrose",
    "Larch",
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
];
const SUFFIX: &[&str] = &["Ltd", "Ltd", "Ltd", "CIC", "LLP", "plc"];
const GIVEN: &[&str] = &[
    "Adaeze", "Björn", "Chidi", "Dilys", "Eilidh", "Fatima", "Giorgos", "Hana", "Ieuan", "Jadwiga", "Kofi",
    "Łucja", "Mei", "Niamh", "Owen", "Priya", "Ruth", "Siân", "Tomasz", "Zoë",
];
const FAMILY: &[&str] =
    &["Example", "Sample", "Fiction", "Practice", "Specimen", "Placeholder", "Pattern", "Rehearsal"];
const STREETS: &[&str] = &["Foundry Lane", "Canal Street", "High Street", "Mill Road", "Science Park"];
pub(super) const TOWNS: &[&str] = &["Marlbrook", "Ashford Mere", "Hollin Vale", "Saltley Bridge"];

pub(super) fn set_up(desk: &mut Desk, chance: &mut Chance) -> Result<Places, Problem> {
    let office = office::get(desk)?.id;
    forms::save(
        desk,
        Noun::Office,
        Some(office),
        &values(&[
            ("address", "1 Practice Square\nMarlbrook\nMB9 1AA"),
            ("phone", "01632 960001"),
            ("email", "vouchers@marlbrook.example"),
            ("website", "marlbrook.example"),
            ("signatory_name", "Terry Approver (practice)"),
            ("signatory_title", "Head of Innovation"),
            ("privacy_notice", "marlbrook.example/privacy"),
            ("complaints_contact", "the Complaints Officer, 1 Practice Square, Marlbrook MB9 1AA"),
            ("fold_marks", "yes"),
        ]),
    )?;
    Ok(Places {
        providers: providers(desk)?,
        businesses: businesses(desk, chance)?,
        students: students(desk, chance)?,
    })
}

fn providers(desk: &mut Desk) -> Result<Vec<(Uuid, &'static str, Uuid)>, Problem> {
    PROVIDERS
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let town = TOWNS[at % TOWNS.len()];
            let id = forms::save(
                desk,
                Noun::Organisation,
                None,
                &values(&[
                    ("name", name),
                    ("kind", "provider"),
                    ("address", "Campus Way"),
                    ("town", town),
                    ("postcode", "MB9 2AB"),
                ]),
            )?
            .id;
            let academic = format!("{} {}", GIVEN[at * 3], FAMILY[at]);
            let academic = forms::save(
                desk,
                Noun::Person,
                None,
                &values(&[
                    ("name", &academic),
                    ("title", "Dr"),
                    ("family_name", FAMILY[at]),
                    ("organisation_id", &id.to_string()),
                    ("job_title", "Reader in Practice"),
                ]),
            )?
            .id;
            Ok((id, *name, academic))
        })
        .collect()
}

fn businesses(desk: &mut Desk, chance: &mut Chance) -> Result<Vec<Business>, Problem> {
    let mut made: Vec<Business> = Vec::new();
    for at in 0..150usize {
        let name = format!(
            "{} {} (practice) {}",
            FIRST[at % FIRST.len()],
            SECOND[(at / FIRST.len() + at) % SECOND.len()],
            chance.of(SUFFIX)
        );
        let given = *chance.of(GIVEN);
        let family = *chance.of(FAMILY);
        made.push(Business {
            id: Uuid::nil(),
            contact_id: Uuid::nil(),
            number: format!("{:08}", 101 + at),
            contact: format!("{given} {family}"),
            email: format!("{}.{at}@example.org", family.to_lowercase()),
            street: format!("{} {}", chance.between(1, 240), chance.of(STREETS)),
            town: chance.of::<&str>(TOWNS),
            postcode: format!(
                "MB{} {}{}{}",
                chance.between(1, 9),
                chance.between(1, 9),
                chance.of(&['A', 'B', 'D', 'E']),
                chance.of(&['A', 'B', 'D', 'E'])
            ),
            staff: *chance.of(&[1, 3, 7, 12, 23, 48, 51, 120, 249]),
            name,
        });
    }
    let organisations: Vec<Values> = made
        .iter()
        .map(|business| {
            values(&[
                ("name", &business.name),
                ("kind", "business"),
                ("legal_form", "limited"),
                ("company_number", &business.number),
                ("address", &business.street),
                ("town", business.town),
                ("area", business.town),
                ("postcode", &business.postcode),
                ("employees", &business.staff.to_string()),
                ("turnover", &(business.staff * 80_000).to_string()),
                ("vat_registered", if business.staff > 3 { "yes" } else { "no" }),
            ])
        })
        .collect();
    let ids = forms::save_all(desk, "Practice businesses", Noun::Organisation, &organisations)?;
    let people: Vec<Values> = made
        .iter()
        .zip(&ids)
        .map(|(business, id)| {
            values(&[
                ("name", &business.contact),
                ("organisation_id", &id.to_string()),
                ("job_title", "Director"),
                ("email", &business.email),
                ("phone", "01632 960123"),
            ])
        })
        .collect();
    let contacts = forms::save_all(desk, "Practice contacts", Noun::Person, &people)?;
    for ((business, id), contact) in made.iter_mut().zip(ids).zip(contacts) {
        business.id = id;
        business.contact_id = contact;
    }
    Ok(made)
}

fn students(desk: &mut Desk, chance: &mut Chance) -> Result<Vec<Uuid>, Problem> {
    let all: Vec<Values> = (0..24)
        .map(|at| {
            values(&[
                ("name", &format!("{} Student-{}", chance.of(GIVEN), at + 1)),
                ("job_title", "Graduate (practice)"),
            ])
        })
        .collect();
    forms::save_all(desk, "Practice students", Noun::Person, &all)
}
