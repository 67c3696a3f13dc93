//! What the register says about applications before they are recorded.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Application, Judgement, store};
use crate::{
    desk::Desk,
    findings::Finding,
    identifiers::{name_key, same_key},
    organisations::same_business::{self, Described, Providers},
    problem::Problem,
    programmes::{self, Programme, Round},
    stages::CaseKind,
    when,
};

/// What applications are judged by: the rules of the programme and round, and the names of the knowledge providers.
#[derive(Debug)]
pub struct Judge {
    programme: Programme,
    round: Option<Round>,
    providers: Providers,
}

impl Judge {
    /// The judge of applications to this programme and round.
    pub fn of(desk: &Desk, programme: Uuid, round: Option<Uuid>) -> Result<Judge, Problem> {
        let programme = programmes::store::get(desk.reader(), programme)?;
        programme.takes(CaseKind::Voucher)?;
        Ok(Judge {
            programme,
            round: round.map(|id| programmes::store::round_by_id(desk.reader(), id)).transpose()?.flatten(),
            providers: Providers::of(desk)?,
        })
    }

    /// What the register says about one application, whatever else is in its file.
    pub fn alone(&self, desk: &Desk, application: &Application) -> Result<Judgement, Problem> {
        let same_as = same_business::find(
            desk,
            &Described {
                name: &application.business,
                company_number: application.company_number.as_deref(),
                postcode: application.postcode.as_deref(),
            },
        )?;
        let held_as = match (store::by_fingerprint(desk.reader(), &application.fingerprint)?, &same_as) {
            (None, Some(held)) => store::same_application(desk.reader(), held.id, application)?,
            (held, _) => held,
        };
        let mut findings = Vec::new();
        if let Some(held) = &same_as {
            findings.push(if held.accepted {
                Finding::inform(
                    "IMP-SAME-BUSINESS",
                    format!("Recorded with {}, which the register holds.", held.name),
                )
                .detail(format!("It has {}.", held.because.join(" and ")))
            } else {
                Finding::warn("IMP-PERHAPS-SAME", format!("Perhaps the same business as {}.", held.name))
                    .detail(format!("It has {}.", held.because.join(" and ")))
                    .fix("Say whether it is the same; it is recorded as a new business otherwise.")
            });
        }
        if let Some(most) = self.programme.value_max.filter(|most| application.asked > *most) {
            findings.push(
                Finding::warn(
                    "R-40",
                    format!(
                        "Asks for {}, more than the largest award of {}.",
                        application.asked.shown(),
                        most.shown()
                    ),
                )
                .source(format!("{}, value limits", self.programme.name))
                .field("asked"),
            );
        }
        let closes = self.round.as_ref().and_then(|round| round.closes_at);
        if let Some(closes) = closes.filter(|closes| application.received_at > *closes) {
            findings.push(
                Finding::warn(
                    "R-57",
                    format!("Came after the round closed on {}.", when::instant_in_words(closes)),
                )
                .source("Round’s closing time")
                .field("received"),
            );
        }
        if let Some(provider) = &application.provider
            && self.providers.named(provider).is_none()
        {
            findings.push(
                Finding::inform(
                    "IMP-PROVIDER",
                    format!("“{provider}” is not among the knowledge providers."),
                )
                .detail("It is kept as written.")
                .fix("Choose the provider on the case."),
            );
        }
        Ok(Judgement { held_as, same_as, findings })
    }
}

/// What the other rows of its file say about an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The earlier row that is the same application.
    pub same_as_row: Option<u32>,
    /// A row that gives the same company number to another name.
    pub number_twice: Option<u32>,
}

impl Judgement {
    /// With what the other rows of its file say.
    pub fn beside(mut self, beside: &Beside) -> Judgement {
        if let Some(row) = beside.number_twice {
            self.findings.insert(
                0,
                Finding::warn(
                    "IMP-NUMBER-TWICE",
                    format!("Row {row} gives the same company number to another name."),
                )
                .detail("One of the two is a mistake, or the business changed its name.")
                .fix("Look the number up before awarding either."),
            );
        }
        self.held_as = self.held_as.or(beside.same_as_row.map(|row| format!("row {row}")));
        self
    }
}

/// Judges the applications of a file by each other, in its order. It asks no register, and takes a moment for thousands.
pub fn beside_each_other(applications: &[&Application]) -> Vec<Beside> {
    let keys: Vec<String> = applications.iter().map(|application| name_key(&application.business)).collect();
    let mut numbers: HashMap<&str, Vec<(u32, &str)>> = HashMap::new();
    for (application, key) in applications.iter().zip(&keys) {
        if let Some(number) = &application.company_number {
            let names = numbers.entry(number).or_default();
            // One row for each of some names is enough to tell that there are two.
            if names.len() < 20 && !names.iter().any(|(_, other)| other == key) {
                names.push((application.row, key));
            }
        }
    }
    let mut earlier = Earlier::default();
    let judged = applications.iter().zip(&keys).map(|(application, key)| {
        let names = application.company_number.as_deref().and_then(|number| numbers.get(number));
        let other = names.and_then(|names| names.iter().find(|(_, other)| !same_key(other, key)));
        let title = application.title.trim().to_lowercase();
        let beside = Beside {
            same_as_row: earlier.same_application(application, key, &title),
            number_twice: other.map(|(row, _)| *row),
        };
        earlier.add(application, key, &title);
        beside
    });
    judged.collect()
}

/// The applications of the same file that came before: each by its fingerprint, and by business, title and amount.
#[derive(Default)]
struct Earlier<'a> {
    by_fingerprint: HashMap<&'a str, u32>,
    by_number: HashMap<(&'a str, String, i64), u32>,
    by_key: HashMap<(String, String, i64), u32>,
}

impl<'a> Earlier<'a> {
    fn add(&mut self, application: &'a Application, key: &str, title: &str) {
        let (row, asked) = (application.row, application.asked.0);
        self.by_fingerprint.insert(&application.fingerprint, row);
        if let Some(number) = &application.company_number {
            self.by_number.entry((number, title.to_owned(), asked)).or_insert(row);
        }
        self.by_key.entry((key.to_owned(), title.to_owned(), asked)).or_insert(row);
    }

    /// The row that holds the same application: the same business, title and amount.
    fn same_application(&self, application: &'a Application, key: &str, title: &str) -> Option<u32> {
        let asked = application.asked.0;
        let numbered = || {
            let number = application.company_number.as_deref()?;
            self.by_number.get(&(number, title.to_owned(), asked))
        };
        let named = || self.by_key.get(&(key.to_owned(), title.to_owned(), asked));
        self.by_fingerprint.get(application.fingerprint.as_str()).or_else(numbered).or_else(named).copied()
    }
}
