//! The match: what a business brings beside an award. Source: the programme's terms (domain brief, section 3.1).

use crate::{
    findings::{Finding, Severity},
    money::Pence,
    programmes::Programme,
};

/// What is wanted of a business, and what it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The cost that is shared, less the award and other public money.
    pub wanted: Pence,
    /// Brought in cash, where recorded.
    pub cash: Option<Pence>,
    /// Brought in kind, where recorded.
    pub in_kind: Option<Pence>,
}

impl Match {
    /// What is wanted beside an award of a shared cost.
    pub fn wanted(eligible: Pence, amount: Pence, other_funding: Pence) -> Pence {
        (eligible - amount - other_funding).max(Pence::ZERO)
    }

    /// Enough, and of the right kind. What nobody recorded weighs `unrecorded`.
    pub fn enough(self, programme: &Programme, unrecorded: Severity) -> Option<Finding> {
        let (what, field, recorded) = match programme.match_kind.as_str() {
            "cash" => ("in cash", "match_cash", self.cash),
            "in_kind" => ("in kind", "match_in_kind", self.in_kind),
            "either" => ("in cash or in kind", "match_cash", self.both()),
            _ => return None,
        };
        let wanted = self.wanted.shown();
        let finding = match recorded {
            None if self.wanted == Pence::ZERO => return None,
            None => Finding {
                severity: unrecorded,
                ..Finding::inform("match", format!("A match of {wanted} {what} is wanted; none is recorded."))
            }
            .fix("Record what the business brings, at the latest with its claim."),
            Some(recorded) if recorded >= self.wanted => return None,
            Some(recorded) => Finding::block(
                "match",
                format!("The match of {} {what} is less than the {wanted} wanted.", recorded.shown()),
            )
            .detail("Wanted: the cost that is shared, less this award and other public funding.")
            .fix("Ask the business for the rest."),
        };
        Some(finding.source(format!("{}, match {what}", programme.name)).field(field))
    }

    /// Where the match may be either, a share of it must be cash.
    pub fn in_cash(self, programme: &Programme) -> Option<Finding> {
        let least = programme.match_cash_min.filter(|_| programme.match_kind == "either")?;
        self.both()?;
        let (cash, wanted) = (self.cash.unwrap_or_default(), self.wanted.share_rounded_half_up(least));
        (cash < wanted).then(|| {
            Finding::block(
                "match-cash",
                format!("{} of the match is in cash; at least {} must be.", cash.shown(), wanted.shown()),
            )
            .detail(format!("{} of the match wanted.", least.shown()))
            .fix("Ask the business for more in cash.")
            .source(format!("{}, match in cash at least", programme.name))
            .field("match_cash")
        })
    }

    fn both(self) -> Option<Pence> {
        (self.cash.is_some() || self.in_kind.is_some())
            .then(|| self.cash.unwrap_or_default() + self.in_kind.unwrap_or_default())
    }
}
