//! The terms of an award, and the days that follow from them.

pub(crate) mod store;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    money::{Pence, Rate},
    problem::Problem,
    programmes::Programme,
    stages::Clock,
    store::Reader,
    when,
};

/// What was awarded, on which terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// How much, at most.
    pub amount: Pence,
    /// The cost it was reckoned from, net of VAT.
    pub eligible_cost: Pence,
    /// The share of eligible cost that is paid.
    pub intervention_rate: Rate,
    /// The day of the offer.
    pub offered_on: NaiveDate,
    /// The offer is open until this day.
    pub accept_by: NaiveDate,
    /// The work must have begun by this day.
    pub start_by: NaiveDate,
    /// The voucher can be used until this day.
    pub expires_on: NaiveDate,
    /// The claim must be in by this day.
    pub claim_by: NaiveDate,
    /// When the commitment was released, if it was.
    pub released_on: Option<NaiveDate>,
}

impl Award {
    /// The terms that a programme gives an award offered on a day.
    pub fn terms(programme: &Programme, amount: Pence, eligible_cost: Pence, offered_on: NaiveDate) -> Award {
        let accept_by = when::add_days(offered_on, programme.accept_within_days);
        let expires_on = when::add_months(offered_on, programme.validity_months);
        Award {
            amount,
            eligible_cost,
            intervention_rate: programme.intervention_rate,
            offered_on,
            accept_by,
            start_by: when::add_days(offered_on, programme.start_within_days),
            expires_on,
            claim_by: when::add_days(expires_on, programme.claim_within_days),
            released_on: None,
        }
    }
}

/// The award that a programme would make on a case: the lowest of what is asked, the largest award, and the intervention rate
/// of the cost, rounded down to the penny.
pub fn proposed(programme: &Programme, asked: Option<Pence>, project_cost: Option<Pence>) -> Option<Pence> {
    let share = project_cost.map(|cost| cost.share_rounded_down(programme.intervention_rate));
    [asked, share, programme.value_max].into_iter().flatten().min()
}

/// The day a stage's clock points at, for a case that entered it on a day.
pub(crate) fn due_day(
    reader: &Reader,
    case: Uuid,
    clock: Clock,
    programme: &Programme,
    from: NaiveDate,
) -> Result<Option<NaiveDate>, Problem> {
    Ok(match clock {
        Clock::None => None,
        Clock::WorkingDays(days) => Some(when::add_working_days(from, days)),
        Clock::Days(days) => Some(when::add_days(from, days)),
        Clock::ToDecide => Some(when::add_working_days(from, programme.decide_within_working_days)),
        Clock::ToPay => Some(when::add_working_days(from, programme.pay_within_working_days)),
        Clock::On(field) => store::day_of_case(reader, case, field)?,
        Clock::Award(column) => store::day_of_award(reader, case, column)?,
    })
}
