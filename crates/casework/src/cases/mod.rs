//! Cases: a voucher, a placement or a partnership, from enquiry to follow-up.

pub mod guards;
mod intake;
pub(crate) mod list;
mod move_case;
pub mod placement_guards;
mod query;
mod record;
mod record_by_hand;
pub(crate) mod store;

pub(crate) use intake::Intake;
pub(crate) use list::understood;
pub use list::{
    Ahead, CaseList, CaseQuery, CaseSort, SelectionSum, ids, list, of_organisation, of_person, read_ahead,
    selection_sum,
};
pub(crate) use move_case::may_be_set;
pub use move_case::{accept_finding, edit, fill_and_move, move_case};
pub use query::{BadQuery, Filter, parse as parse_query};
pub use record::{CaseRecord, NextAction, NextStep, Step, StepState, record};
pub(crate) use record_by_hand::{NewCase, record_by_hand, start};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{desk::Desk, forms::Noun, money::Pence, problem::Problem, stages::CaseKind};

/// What all kinds of case share, as rules and letters need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: CaseKind,
    /// Its reference: `WMIV-2026-0147`.
    pub reference: String,
    /// Its programme.
    pub programme_id: Uuid,
    /// Its round.
    pub round_id: Option<Uuid>,
    /// The business, or the host.
    pub organisation_id: Uuid,
    /// The knowledge provider.
    pub provider_id: Option<Uuid>,
    /// The knowledge provider as the applicant wrote it.
    pub provider_as_given: Option<String>,
    /// The contact letters go to.
    pub contact_id: Option<Uuid>,
    /// The lead academic or mentor.
    pub academic_id: Option<Uuid>,
    /// Where it stands, by the stage table’s id.
    pub stage: String,
    /// Since when.
    pub stage_since: NaiveDate,
    /// Its title.
    pub title: String,
    /// What is needed.
    pub need: Option<String>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// How it came.
    pub channel: Option<String>,
    /// What was asked for, net of VAT.
    pub asked: Option<Pence>,
    /// What the work costs, net of VAT.
    pub project_cost: Option<Pence>,
    /// What falls due next.
    pub due: Option<NaiveDate>,
    /// Who recorded it.
    pub recorded_by: Uuid,
}

/// A case in a list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CaseRow {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// Its kind.
    pub kind: CaseKind,
    /// Its programme’s code.
    pub programme: String,
    /// Its round’s name.
    pub round: Option<String>,
    /// Where it stands.
    pub stage: String,
    /// As an officer says it.
    pub stage_label: String,
    /// The business’s name.
    pub business: String,
    /// Its title.
    pub title: String,
    /// What was asked for.
    pub asked: Option<Pence>,
    /// What was awarded.
    pub awarded: Option<Pence>,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// What falls due.
    pub due: Option<NaiveDate>,
    /// How far off that is, in words.
    pub due_words: Option<String>,
    /// How pressing it is.
    pub tone: Tone,
    /// The exception to mark on its row.
    pub mark: Option<String>,
}

/// How pressing a due day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Past its day.
    Late,
    /// Today or in the next two days.
    Soon,
    /// Later, or not due at all.
    Calm,
}

impl Tone {
    pub(crate) fn of(due: Option<NaiveDate>, today: NaiveDate) -> Tone {
        match due.map(|due| (due - today).num_days()) {
            Some(days) if days < 0 => Tone::Late,
            Some(days) if days <= 2 => Tone::Soon,
            _ => Tone::Calm,
        }
    }
}

/// The form of a kind of case.
pub const fn noun(kind: CaseKind) -> Noun {
    match kind {
        CaseKind::Voucher => Noun::Voucher,
        CaseKind::Placement => Noun::Placement,
        CaseKind::Partnership => Noun::Partnership,
    }
}

/// The case of this id.
pub fn get(desk: &Desk, id: Uuid) -> Result<Case, Problem> {
    store::get(desk.reader(), id)
}

/// The case of this reference.
pub fn by_reference(desk: &Desk, reference: &str) -> Result<Case, Problem> {
    store::by_reference(desk.reader(), reference)?.ok_or_else(|| {
        Problem::not_found(format!("There is no case {reference}.")).fix("Look for it under Cases.")
    })
}
