//! Businesses and knowledge providers.

mod record;
pub(crate) mod same_business;
pub(crate) mod store;

pub use record::{OrganisationRecord, record};

use serde::Serialize;
use uuid::Uuid;

use crate::{desk::Desk, problem::Problem};

/// An organisation as rules and letters need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// Its registered name.
    pub name: String,
    /// Its trading name.
    pub trading_name: Option<String>,
    /// Its legal form, as in the form’s choices.
    pub legal_form: Option<String>,
    /// Eight characters.
    pub company_number: Option<String>,
    /// Street address, a line each.
    pub address: Vec<String>,
    /// Post town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Council area.
    pub area: Option<String>,
    /// Full-time equivalents in hundredths.
    pub employees: Option<i64>,
    /// Annual turnover in pence.
    pub turnover: Option<i64>,
    /// Balance sheet total in pence.
    pub balance_sheet: Option<i64>,
    /// Registered for VAT.
    pub vat_registered: Option<bool>,
}

/// An organisation in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OrganisationRow {
    /// Its id.
    pub id: Uuid,
    /// Its registered name.
    pub name: String,
    /// `business` or `provider`.
    pub kind: String,
    /// Post town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Company number.
    pub company_number: Option<String>,
    /// How many cases it has.
    pub cases: u32,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Page<T> {
    /// The rows asked for.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

/// Organisations whose name, number or postcode begin with every word of `text`, by name.
pub fn list(
    desk: &Desk,
    text: &str,
    kind: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<Page<OrganisationRow>, Problem> {
    store::list(desk.reader(), text, kind, offset, limit)
}
