//! The rules about VAT, the match, and who is paid.

use super::facts::AwardFacts;
use crate::{
    awards::Match,
    findings::{Finding, Severity},
};

const VAT_SOURCE: &str = "Value Added Tax Act 1994, ss.24 to 26: a registered business recovers its VAT";

/// VAT is not in the cost of a business that recovers it; else as the programme says.
pub fn vat(facts: &AwardFacts) -> Option<Finding> {
    let shares_vat = facts.programme.vat_rule == "if_not_recoverable";
    let terms = format!("{}, VAT", facts.programme.name);
    match (facts.business.vat_registered, facts.cost_includes_vat) {
        (Some(true), true) => Some(
            Finding::block("R-42", "VAT is inside the cost, and the business can recover it.")
                .fix("Record the cost without VAT, and answer no to “The cost includes VAT”.")
                .source(VAT_SOURCE)
                .field("project_cost"),
        ),
        (_, true) if !shares_vat => Some(
            Finding::block("R-42", "VAT is inside the cost, and the programme never pays VAT.")
                .fix("Record the cost without VAT, and answer no to “The cost includes VAT”.")
                .source(terms)
                .field("project_cost"),
        ),
        (None, true) => Some(
            Finding::block("R-42", "VAT is inside the cost, and nobody knows whether the business can recover it.")
                .fix("Ask whether the business is registered for VAT, and record the answer.")
                .source(terms)
                .field("vat_registered"),
        ),
        (None, false) => Some(
            Finding::inform("R-42", "It is not known whether the business is registered for VAT.")
                .detail(if shares_vat {
                    "Until it is, the award is reckoned without VAT, and the business pays the VAT on the provider’s invoice."
                } else {
                    "Amounts are net of VAT; the business pays the VAT on the provider’s invoice."
                })
                .source("Programme terms: VAT excluded where recoverable")
                .field("vat_registered"),
        ),
        (Some(false), true) | (Some(_), false) => None,
    }
}

/// where provider and business are both paid, the programme says how much each.
pub fn paid_to(facts: &AwardFacts) -> Option<Finding> {
    (facts.programme.paid_to == "split" && facts.programme.provider_share.is_none()).then(|| {
        Finding::block("R-43", "The programme pays provider and business, and does not say how much each.")
            .fix("A manager sets “Share paid to the provider” under Settings, Programmes.")
            .source(format!("{}, paid to", facts.programme.name))
    })
}

/// The business brings the match that the programme asks for. An application form seldom asks for it, so before an award what
/// nobody recorded is only said; the claim is not taken without it.
pub fn match_funding(facts: &AwardFacts) -> Option<Finding> {
    brought(facts)?.enough(&facts.programme, Severity::Inform)
}

/// Of a match that may be either, a share is cash.
pub fn match_in_cash(facts: &AwardFacts) -> Option<Finding> {
    brought(facts)?.in_cash(&facts.programme)
}

fn brought(facts: &AwardFacts) -> Option<Match> {
    let wanted = Match::wanted(facts.quote?.eligible(), facts.amount?, facts.other_funding);
    Some(Match { wanted, cash: facts.match_cash, in_kind: facts.match_in_kind })
}
