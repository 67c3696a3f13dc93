//! A provider's quote and who bears which part of it.

use crate::{
    money::{Pence, Rate},
    organisations::Organisation,
    programmes::Programme,
};

/// What a provider charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The charge without VAT.
    pub net: Pence,
    /// The VAT on it.
    pub vat: Pence,
    /// Whether the programme shares the VAT too: only where it says so and the business cannot recover it.
    pub vat_eligible: bool,
}

/// What is recorded of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The cost as recorded.
    pub cost: Pence,
    /// Whether VAT is inside it.
    pub includes_vat: bool,
    /// The VAT as quoted; none means at the rate of the day.
    pub vat: Option<Pence>,
}

impl Quote {
    /// Reckons a quote. VAT at a rate is rounded half up on its line.
    pub fn new(recorded: Recorded, rate: Rate, vat_eligible: bool) -> Quote {
        let Recorded { cost, includes_vat, vat } = recorded;
        let (net, vat) = match (includes_vat, vat) {
            (false, Some(vat)) => (cost, vat),
            (false, None) => (cost, cost.share_rounded_half_up(rate)),
            (true, Some(vat)) => (cost - vat, vat),
            (true, None) => {
                let vat = cost.part_rounded_half_up(rate.0, 10_000 + rate.0);
                (cost - vat, vat)
            }
        };
        Quote { net, vat, vat_eligible }
    }

    /// What the provider invoices in all.
    pub fn gross(self) -> Pence {
        self.net + self.vat
    }

    /// The cost that the programme shares.
    pub fn eligible(self) -> Pence {
        if self.vat_eligible { self.gross() } else { self.net }
    }
}

/// whether a programme shares the VAT of a business. Where nobody knows whether it is registered, it does not.
pub fn vat_eligible(programme: &Programme, business: &Organisation) -> bool {
    programme.vat_rule == "if_not_recoverable" && business.vat_registered == Some(false)
}

/// Who pays whom under an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payments {
    /// We pay the provider.
    pub to_provider: Pence,
    /// We pay the business.
    pub to_business: Pence,
    /// The business pays the provider.
    pub business_to_provider: Pence,
    /// What the business bears in the end.
    pub business_bears: Pence,
}

impl Payments {
    /// Splits an amount of which the provider gets a part.
    pub fn new(quote: Quote, amount: Pence, to_provider: Pence) -> Payments {
        let to_business = amount - to_provider;
        Payments {
            to_provider,
            to_business,
            business_to_provider: quote.gross() - to_provider,
            business_bears: quote.gross() - amount,
        }
    }
}

/// What the provider gets of an award: all, nothing, or its share, rounded down, so that both parts make the award.
pub fn part_of_provider(programme: &Programme, amount: Pence) -> Pence {
    match programme.paid_to.as_str() {
        "business" => Pence::ZERO,
        "split" => amount.share_rounded_down(programme.provider_share.unwrap_or(Rate(10_000))),
        _ => amount,
    }
}
