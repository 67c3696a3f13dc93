//! The terms of an award, and the days that follow from them.

mod match_funding;
mod quote;
pub(crate) mod store;

pub use match_funding::Match;
pub use quote::{Payments, Quote, Recorded, part_of_provider, vat_eligible};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    money::{Pence, Rate},
    office,
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
    /// The cost it was reckoned from: net of VAT, unless `vat_eligible`.
    pub eligible_cost: Pence,
    /// The VAT on the provider's invoice; none on awards of earlier versions, where it is at the rate of the day.
    pub vat: Option<Pence>,
    /// Whether VAT is in the eligible cost.
    pub vat_eligible: bool,
    /// What the provider gets of the amount; none on awards of earlier versions, where the programme tells.
    pub paid_to_provider: Option<Pence>,
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
    pub fn terms(programme: &Programme, amount: Pence, quote: Quote, offered_on: NaiveDate) -> Award {
        let accept_by = when::add_days(offered_on, programme.accept_within_days);
        let expires_on = when::add_months(offered_on, programme.validity_months);
        Award {
            amount,
            eligible_cost: quote.eligible(),
            vat: Some(quote.vat),
            vat_eligible: quote.vat_eligible,
            paid_to_provider: Some(part_of_provider(programme, amount)),
            intervention_rate: programme.intervention_rate,
            offered_on,
            accept_by,
            start_by: when::add_days(offered_on, programme.start_within_days),
            expires_on,
            claim_by: when::add_days(expires_on, programme.claim_within_days),
            released_on: None,
        }
    }

    /// The quote behind it; VAT that was not frozen is reckoned at this rate.
    pub fn quote(&self, vat_rate: Rate) -> Quote {
        let vat = self.vat.unwrap_or_else(|| self.eligible_cost.share_rounded_half_up(vat_rate));
        let net = if self.vat_eligible { self.eligible_cost - vat } else { self.eligible_cost };
        Quote { net, vat, vat_eligible: self.vat_eligible }
    }

    /// Who pays whom.
    pub fn payments(&self, programme: &Programme, vat_rate: Rate) -> Payments {
        let part = self.paid_to_provider.unwrap_or_else(|| part_of_provider(programme, self.amount));
        Payments::new(self.quote(vat_rate), self.amount, part)
    }
}

/// The award that a programme would make on a case: the lowest of what is asked, the largest award, and the intervention rate
/// of the cost, rounded down to the penny.
pub fn proposed(programme: &Programme, asked: Option<Pence>, quote: Option<Quote>) -> Option<Pence> {
    let share = quote.map(|quote| quote.eligible().share_rounded_down(programme.intervention_rate));
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
    let working =
        |days| Ok::<_, Problem>(Some(office::store::get(reader)?.nation.add_working_days(from, days)));
    Ok(match clock {
        Clock::None => None,
        Clock::WorkingDays(days) => working(days)?,
        Clock::Days(days) => Some(when::add_days(from, days)),
        Clock::ToDecide => working(programme.decide_within_working_days)?,
        Clock::ToPay => working(programme.pay_within_working_days)?,
        Clock::On(field) => store::day_of_case(reader, case, field)?,
        Clock::Award(column) => store::day_of_award(reader, case, column)?,
    })
}
