//! Recording applications as cases, the whole file as one change.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Application, ImportFile, Mapping, Recorded, store};
use crate::{
    cases::{Intake, NewCase, start},
    desk::Desk,
    identifiers::{name_key, same_key},
    money::Pence,
    organisations::{same_business::Providers, store as organisations},
    people::store as people,
    problem::{Code, Problem},
    programmes,
    stages::CaseKind,
    store::Tx,
};

/// Records applications as submitted vouchers. With each, the organisation it was accepted as the same as.
/// Applications of one file from the same business are recorded with one organisation. `go_on` hears how many are
/// recorded; when it says no, nothing is.
pub fn record(
    desk: &mut Desk,
    file: &ImportFile,
    programme: Uuid,
    round: Option<Uuid>,
    applications: Vec<(Application, Option<Uuid>)>,
    go_on: &dyn Fn(usize) -> bool,
) -> Result<Recorded, Problem> {
    if applications.is_empty() {
        return Ok(Recorded { entry: None, references: Vec::new() });
    }
    let providers = Providers::of(desk)?;
    let openings = programmes::Openings::of(desk, programme)?;
    let count = applications.len();
    let label =
        format!("Imported {count} application{} from {}", if count == 1 { "" } else { "s" }, file.name);
    let changed = desk.change(&label, |tx, hand| {
        let mut intake = Intake::default();
        let mut businesses = Businesses::default();
        let mut given = Vec::with_capacity(count);
        for (application, same_as) in &applications {
            if !go_on(given.len()) {
                return Err(Problem::new(
                    Code::Cancelled,
                    "The import was stopped; nothing of it was recorded.",
                ));
            }
            let business = match same_as {
                Some(id) => *id,
                None => businesses.of(tx, application)?,
            };
            let contact = contact(tx, business, application)?;
            let (id, reference) = start(
                tx,
                hand,
                &mut intake,
                &NewCase {
                    kind: CaseKind::Voucher,
                    programme_id: programme,
                    round_id: round.or_else(|| openings.round_for(application.received_at)),
                    organisation_id: business,
                    provider_id: application.provider.as_deref().and_then(|name| providers.named(name)),
                    provider_as_given: application.provider.clone(),
                    contact_id: contact,
                    title: application.title.clone(),
                    need: Some(application.need.clone()),
                    received_at: application.received_at,
                    channel: Some("import".to_owned()),
                    asked: Some(application.asked),
                    project_cost: application.project_cost,
                    external_reference: application.external_reference.clone(),
                    fingerprint: Some(application.fingerprint.clone()),
                },
                "submitted",
            )?;
            store::fill_voucher(tx, id, application)?;
            given.push(reference);
        }
        store::insert_import(tx, file, given.len(), hand)?;
        Ok(given)
    })?;
    Ok(Recorded { entry: changed.entry, references: changed.value })
}

/// The businesses that this file has brought so far.
#[derive(Default)]
struct Businesses {
    by_number: HashMap<String, Vec<(String, Uuid)>>,
    by_key: HashMap<String, Vec<(Option<String>, Uuid)>>,
}

impl Businesses {
    fn of(&mut self, tx: &Tx, application: &Application) -> Result<Uuid, Problem> {
        let key = name_key(&application.business);
        let number = application.company_number.as_deref();
        let by_number = number.and_then(|number| {
            self.by_number.get(number)?.iter().find(|(name, _)| same_key(name, &key)).map(|(_, id)| *id)
        });
        // The same name and postcode, and no company number that says otherwise.
        let by_key = || {
            let same =
                self.by_key.get(&format!("{key}|{}", application.postcode.as_deref().unwrap_or_default()))?;
            same.iter()
                .find(|(held, _)| held.is_none() || number.is_none() || held.as_deref() == number)
                .map(|(_, id)| *id)
        };
        if let Some(id) = by_number.or_else(by_key) {
            return Ok(id);
        }
        let id = organisations::insert_business(
            tx,
            &organisations::NewBusiness {
                name: &application.business,
                name_key: &key,
                company_number: number,
                address: application.address.as_deref(),
                town: application.town.as_deref(),
                postcode: application.postcode.as_deref(),
                employees: application.employees,
                turnover: application.turnover.map(|turnover: Pence| turnover.0),
                phone: application.phone.as_deref(),
            },
        )?;
        if let Some(number) = number {
            self.by_number.entry(number.to_owned()).or_default().push((key.clone(), id));
        }
        let place = format!("{key}|{}", application.postcode.as_deref().unwrap_or_default());
        self.by_key.entry(place).or_default().push((number.map(str::to_owned), id));
        Ok(id)
    }
}

fn contact(tx: &Tx, business: Uuid, application: &Application) -> Result<Option<Uuid>, Problem> {
    let joined = || {
        let parts: Vec<&str> = [&application.given_name, &application.family_name]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let Some(name) = application.contact_name.clone().or_else(joined) else { return Ok(None) };
    if let Some(held) = people::at_organisation(tx, business, &name, application.email.as_deref())? {
        return Ok(Some(held));
    }
    people::insert(
        tx,
        &people::NewPerson {
            organisation_id: business,
            name: &name,
            given_name: application.given_name.as_deref(),
            family_name: application.family_name.as_deref(),
            email: application.email.as_deref(),
            phone: application.phone.as_deref(),
            may_contact: application.may_contact,
        },
    )
    .map(Some)
}

/// The column mappings that are remembered, by name.
pub fn mappings(desk: &Desk) -> Result<Vec<Mapping>, Problem> {
    store::mappings(desk.reader())
}

/// Remembers a column mapping under its name; an earlier one of that name is replaced.
pub fn save_mapping(desk: &mut Desk, mapping: &Mapping) -> Result<(), Problem> {
    if mapping.name.trim().is_empty() {
        return Err(Problem::invalid("mapping_name", "The columns have no name to be remembered by.")
            .fix("Name them, for example “Forms 2026”."));
    }
    if mappings(desk)?.contains(mapping) {
        return Ok(());
    }
    let columns = serde_json::to_string(&mapping.columns)
        .map_err(|error| Problem::new(Code::Internal, format!("The columns could not be kept: {error}")))?;
    desk.change(&format!("Remembered the columns “{}”", mapping.name), |tx, _| {
        store::put_mapping(tx, &mapping.name, &columns)
    })?;
    Ok(())
}
