//! What the register says about applications before they are recorded.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Application, Judgement, store};
use crate::{
    desk::Desk,
    findings::Finding,
    identifiers::{name_key, same_key},
    organisations::same_business::{self, Described},
    problem::Problem,
    programmes,
    stages::CaseKind,
    when,
};

/// Judges applications against the register and against each other, in the order of the file.
pub fn judge(
    desk: &Desk,
    programme: Uuid,
    round: Option<Uuid>,
    applications: &[Application],
) -> Result<Vec<Judgement>, Problem> {
    let programme = programmes::store::get(desk.reader(), programme)?;
    programme.takes(CaseKind::Voucher)?;
    let round = round.map(|id| programmes::store::round_by_id(desk.reader(), id)).transpose()?.flatten();
    let numbers = by_number(applications);
    let mut earlier = Earlier::default();
    applications
        .iter()
        .map(|application| {
            let same_as = same_business::find(
                desk,
                &Described {
                    name: &application.business,
                    company_number: application.company_number.as_deref(),
                    postcode: application.postcode.as_deref(),
                },
            )?;
            let in_register =
                match (store::by_fingerprint(desk.reader(), &application.fingerprint)?, &same_as) {
                    (None, Some(held)) => store::same_application(desk.reader(), held.id, application)?,
                    (held, _) => held,
                };
            let in_file = || earlier.same_application(application).map(|row| format!("row {row}"));
            let mut judgement = Judgement {
                held_as: in_register.or_else(in_file),
                same_as: same_as.clone(),
                findings: Vec::new(),
            };
            if let Some(row) = same_number_other_name(&numbers, application) {
                judgement.findings.push(
                    Finding::warn(
                        "IMP-NUMBER-TWICE",
                        format!("Row {row} gives the same company number to another name."),
                    )
                    .detail("One of the two is a mistake, or the business changed its name.")
                    .fix("Look the number up before awarding either."),
                );
            }
            if let Some(held) = &same_as {
                judgement.findings.push(if held.accepted {
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
            if let Some(most) = programme.value_max.filter(|most| application.asked > *most) {
                judgement.findings.push(
                    Finding::warn(
                        "R-40",
                        format!(
                            "Asks for {}, more than the largest award of {}.",
                            application.asked.shown(),
                            most.shown()
                        ),
                    )
                    .source(format!("{}, value limits", programme.name))
                    .field("asked"),
                );
            }
            if let Some(closes) = round
                .as_ref()
                .and_then(|round| round.closes_at)
                .filter(|closes| application.received_at > *closes)
            {
                judgement.findings.push(
                    Finding::warn(
                        "R-57",
                        format!("Came after the round closed on {}.", when::instant_in_words(closes)),
                    )
                    .source("Round’s closing time")
                    .field("received"),
                );
            }
            if let Some(provider) = &application.provider
                && same_business::provider_named(desk, provider)?.is_none()
            {
                judgement.findings.push(
                    Finding::inform(
                        "IMP-PROVIDER",
                        format!("“{provider}” is not among the knowledge providers."),
                    )
                    .detail("It is kept as written.")
                    .fix("Choose the provider on the case."),
                );
            }
            earlier.add(application);
            Ok(judgement)
        })
        .collect()
}

/// The applications of the same file that came before.
#[derive(Default)]
struct Earlier {
    by_fingerprint: HashMap<String, u32>,
    by_number: HashMap<String, Vec<Seen>>,
    by_key: HashMap<String, Vec<Seen>>,
}

#[derive(Clone)]
struct Seen {
    row: u32,
    key: String,
    title: String,
    asked: i64,
}

impl Earlier {
    fn add(&mut self, application: &Application) {
        let seen = Seen {
            row: application.row,
            key: name_key(&application.business),
            title: application.title.trim().to_lowercase(),
            asked: application.asked.0,
        };
        self.by_fingerprint.insert(application.fingerprint.clone(), application.row);
        if let Some(number) = &application.company_number {
            self.by_number.entry(number.clone()).or_default().push(seen.clone());
        }
        self.by_key.entry(seen.key.clone()).or_default().push(seen);
    }

    /// The row that holds the same application: the same business, title and amount.
    fn same_application(&self, application: &Application) -> Option<u32> {
        if let Some(row) = self.by_fingerprint.get(&application.fingerprint) {
            return Some(*row);
        }
        let title = application.title.trim().to_lowercase();
        let same = |seen: &&Seen| seen.title == title && seen.asked == application.asked.0;
        let numbered = application.company_number.as_ref().and_then(|number| self.by_number.get(number));
        let named = self.by_key.get(&name_key(&application.business));
        numbered.into_iter().chain(named).flatten().find(same).map(|seen| seen.row)
    }
}

/// The rows of the file by company number, with their folded names.
fn by_number(applications: &[Application]) -> HashMap<&str, Vec<(u32, String)>> {
    let mut numbers: HashMap<&str, Vec<(u32, String)>> = HashMap::new();
    for application in applications {
        if let Some(number) = &application.company_number {
            numbers.entry(number).or_default().push((application.row, name_key(&application.business)));
        }
    }
    numbers
}

/// Another row of the file that gives the same company number to another name, whichever comes first.
fn same_number_other_name(
    numbers: &HashMap<&str, Vec<(u32, String)>>,
    application: &Application,
) -> Option<u32> {
    let key = name_key(&application.business);
    let rows = numbers.get(application.company_number.as_deref()?)?;
    rows.iter().find(|(_, other)| !same_key(other, &key)).map(|(row, _)| *row)
}
