//! What the award rules look at, gathered once per case.

use chrono::{DateTime, NaiveDate, Utc};

use super::store;
use crate::{
    awards::{self, Quote},
    cases::{self, Case},
    money::Pence,
    office::store::limit_on,
    officers::{Officer, Role},
    organisations::{self, Organisation},
    problem::Problem,
    programmes::{self, Programme, Round},
    store::Reader,
    subsidy::{self, Headroom, Proposed},
    when,
};

/// The facts of a proposed award. Rules read these and nothing else.
#[derive(Clone, Debug)]
pub struct AwardFacts {
    /// The day of the decision.
    pub today: NaiveDate,
    /// The programme’s rules.
    pub programme: Programme,
    /// The round, with its money as it is before this award.
    pub round: Option<Round>,
    /// The business.
    pub business: Organisation,
    /// The amount to award.
    pub amount: Option<Pence>,
    /// What was asked for.
    pub asked: Option<Pence>,
    /// What the provider charges, where the cost is recorded.
    pub quote: Option<Quote>,
    /// Whether the cost was recorded with VAT inside.
    pub cost_includes_vat: bool,
    /// What the business brings in cash, where recorded.
    pub match_cash: Option<Pence>,
    /// What it brings in kind.
    pub match_in_kind: Option<Pence>,
    /// Other public money for the same work.
    pub other_funding: Pence,
    /// The enterprise’s headroom with this award; none where the programme gives no subsidy by this route.
    pub headroom: Option<Headroom>,
    /// Awards over this need an entry in the public database.
    pub transparency: Pence,
    /// Earlier awards of the programme to the enterprise in the time looked back: reference, amount, day.
    pub earlier: Vec<(String, Pence, NaiveDate)>,
    /// What the applicant answered about earlier vouchers.
    pub earlier_answered: Option<String>,
    /// Another case of the business with the same title that holds an award.
    pub same_work_awarded: Option<String>,
    /// Whether the declaration was made.
    pub declaration: Option<bool>,
    /// Whether a knowledge provider of the register is named.
    pub provider: Option<String>,
    /// The provider as the applicant wrote it.
    pub provider_as_given: Option<String>,
    /// When the application was received.
    pub received_at: Option<DateTime<Utc>>,
    /// When the work is planned to begin.
    pub planned_start: Option<NaiveDate>,
    /// When the work began, if it did.
    pub work_started_on: Option<NaiveDate>,
    /// Who decides.
    pub officer: Officer,
    /// Up to what amount their role may award; none where no limit is recorded.
    pub delegated: Option<Pence>,
    /// Whether the one who decides entered the application by hand.
    pub entered_by_decider: bool,
}

/// Gathers the facts of awarding a case. Without an amount, of awarding what the programme would propose.
pub(crate) fn gather(
    reader: &Reader,
    officer: &Officer,
    case: &Case,
    amount: Option<Pence>,
    today: NaiveDate,
) -> Result<AwardFacts, Problem> {
    let programme = programmes::store::get(reader, case.programme_id)?;
    let round = case.round_id.map(|id| programmes::store::round_by_id(reader, id)).transpose()?.flatten();
    let business = organisations::store::get(reader, case.organisation_id)?;
    let quote = awards::store::quote(reader, case, &programme, &business, today)?;
    let amount = amount.or_else(|| awards::proposed(&programme, case.asked, quote));
    let rules_as_of = round.as_ref().map_or(today, |round| round.rules_as_of);
    let voucher = |column: &str| cases::store::value(reader, "vouchers", column, case.id);
    let day = |column: &str| voucher(column).map(|stored| stored.text().and_then(|text| text.parse().ok()));
    let headroom = programme
        .assistance()
        .map(|assistance| {
            let limit = assistance.route;
            let proposed =
                Proposed { case_id: case.id, amount: amount.unwrap_or_default(), rules_as_of, limit };
            subsidy::headroom_in(reader, business.id, Some(proposed), today)
        })
        .transpose()?;
    let money = |column: &str| voucher(column).map(|stored| stored.int().map(Pence));
    Ok(AwardFacts {
        today,
        amount,
        asked: case.asked,
        quote,
        cost_includes_vat: voucher("cost_includes_vat")?.int() == Some(1),
        match_cash: money("match_cash")?,
        match_in_kind: money("match_in_kind")?,
        other_funding: money("other_funding_amount")?.unwrap_or_default(),
        headroom,
        transparency: limit_on(reader, "transparency", rules_as_of)?.amount,
        earlier: awards::store::earlier(
            reader,
            business.id,
            programme.id,
            programme.counts_since(today),
            case.id,
        )?,
        earlier_answered: voucher("earlier_vouchers")?.text().map(str::to_owned),
        same_work_awarded: store::same_work_awarded(reader, case)?,
        declaration: voucher("declaration")?.int().map(|yes| yes == 1),
        provider: case
            .provider_id
            .map(|id| organisations::store::get(reader, id).map(|provider| provider.name))
            .transpose()?,
        provider_as_given: case.provider_as_given.clone(),
        received_at: case.received_at,
        planned_start: day("planned_start")?,
        work_started_on: day("work_started_on")?,
        delegated: programmes::store::limit(reader, programme.id, officer.role.name())?,
        entered_by_decider: case.recorded_by == officer.id && case.channel.as_deref() != Some("import"),
        officer: officer.clone(),
        programme,
        round,
        business,
    })
}

impl AwardFacts {
    /// Whether the round had closed when the application came.
    pub fn late(&self) -> bool {
        let closes = self.round.as_ref().and_then(|round| round.closes_at);
        matches!((self.received_at, closes), (Some(received), Some(closes)) if received > closes)
    }

    /// The most that the intervention rate allows, if the cost is known.
    pub fn share_of_cost(&self) -> Option<Pence> {
        self.quote.map(|quote| quote.eligible().share_rounded_down(self.programme.intervention_rate))
    }

    /// Whether the officer may decide at all.
    pub fn may_decide(&self) -> bool {
        matches!(self.officer.role, Role::Officer | Role::Manager)
    }

    /// The closing time in words.
    pub fn closed_in_words(&self) -> String {
        self.round.as_ref().and_then(|round| round.closes_at).map(when::instant_in_words).unwrap_or_default()
    }
}
