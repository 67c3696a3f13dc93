//! Applications as they arrive from outside: judged against the register, then recorded as cases.

mod judge;
mod record;
pub(crate) mod store;

pub use judge::{Beside, Judge, beside_each_other};
pub use record::{mappings, record, save_mapping};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{findings::Finding, money::Pence};

/// One application read from a row of a file, every value parsed and none guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The row in the file, counted as the spreadsheet counts (the heading is usually row 1).
    pub row: u32,
    /// The sender's own reference.
    pub external_reference: Option<String>,
    /// When it was received. A file that gives only a day means the start of that day.
    pub received_at: DateTime<Utc>,
    /// The business as written, outer spaces removed.
    pub business: String,
    /// Eight characters, normalised.
    pub company_number: Option<String>,
    /// The contact's name as written, when the file has it in one column.
    pub contact_name: Option<String>,
    /// The contact's given name.
    pub given_name: Option<String>,
    /// The contact's family name.
    pub family_name: Option<String>,
    /// An e-mail address of a usable shape.
    pub email: Option<String>,
    /// The telephone number as written; a lost leading zero is restored.
    pub phone: Option<String>,
    /// Street address, as written.
    pub address: Option<String>,
    /// Post town.
    pub town: Option<String>,
    /// With one space before the inward part.
    pub postcode: Option<String>,
    /// Full-time equivalents in hundredths.
    pub employees: Option<i64>,
    /// Annual turnover.
    pub turnover: Option<Pence>,
    /// The research organisation as written.
    pub provider: Option<String>,
    /// Project title.
    pub title: String,
    /// The problem or opportunity and the help needed.
    pub need: String,
    /// The amount asked for, net of VAT.
    pub asked: Pence,
    /// The cost of the work quoted, net of VAT.
    pub project_cost: Option<Pence>,
    /// What was answered about earlier vouchers.
    pub earlier_vouchers: Option<String>,
    /// Minimal financial assistance and like aid declared for this and the last two financial years.
    pub assistance_declared: Option<Pence>,
    /// Whether the declaration was made.
    pub declaration: Option<bool>,
    /// Whether other support may be offered to them.
    pub may_contact: Option<bool>,
    /// blake3 over the cells as received: the same row again is the same application.
    pub fingerprint: String,
}

/// A business in the register that the application's may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct SameBusiness {
    /// The organisation held.
    pub id: Uuid,
    /// Its name in the register.
    pub name: String,
    /// Its post town.
    pub town: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Its company number.
    pub company_number: Option<String>,
    /// What speaks for it, in words: “the same company number”.
    pub because: Vec<String>,
    /// Whether it is taken as the same unless the officer says otherwise.
    pub accepted: bool,
}

/// What the register says about one application before it is recorded.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The case that already holds it, by reference, or the earlier row of the same file (“row 30”).
    pub held_as: Option<String>,
    /// The business it seems to come from.
    pub same_as: Option<SameBusiness>,
    /// Further findings: over the programme's maximum, late, an earlier voucher …
    pub findings: Vec<Finding>,
}

/// Where a batch of applications came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// The file's name without folders.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The name of the column mapping used.
    pub mapping: String,
}

/// How the columns of a kind of file are read, remembered by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The officer's name for it: “Forms 2026”.
    pub name: String,
    /// Heading as written → field name; headings not listed are left out.
    pub columns: Vec<(String, String)>,
}

/// What an import recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// The journal entry, one for the whole import; none when nothing was taken.
    pub entry: Option<i64>,
    /// The references given, in the order of the applications.
    pub references: Vec<String>,
}
