//! The subsidy ledger: what an enterprise had of minimal financial assistance and like aid, and what is left
//! of the limit on a given day.

pub(crate) mod store;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::{desk::Desk, money::Pence, office, organisations, problem::Problem};

/// What is left of the limit for an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Headroom {
    /// The enterprise, by the name of the organisation asked about.
    pub enterprise: String,
    /// All that are under common control with it.
    pub members: Vec<String>,
    /// The limit as it stood when the round was opened, or on the day.
    pub limit: Pence,
    /// Counted in the window without this award.
    pub used: Pence,
    /// The award asked about.
    pub this_award: Pence,
    /// The limit less both; negative when it would be passed.
    pub left: Pence,
    /// The window's first day.
    pub from: NaiveDate,
    /// The day asked about.
    pub to: NaiveDate,
    /// What was counted.
    pub lines: Vec<LedgerLine>,
    /// Where the limit comes from.
    pub source: String,
}

/// One thing that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LedgerLine {
    /// When it was given; none for a sum declared without dates.
    pub given_on: Option<NaiveDate>,
    /// What it was.
    pub what: String,
    /// How much, gross.
    pub amount: Pence,
    /// `ours` or `declared`.
    pub source: String,
}

/// The first day of the applicable period: the elapsed part of the financial year and the two before it (R-02,
/// Subsidy Control Act 2022, s.36(2) and (7)). A financial year begins on 1 April.
pub fn window_start(day: NaiveDate) -> NaiveDate {
    let this_year = if day.month() >= 4 { day.year() } else { day.year() - 1 };
    NaiveDate::from_ymd_opt(this_year - 2, 4, 1).unwrap_or(NaiveDate::MIN)
}

/// An award asked about.
#[derive(Clone, Copy, Debug)]
pub struct Proposed {
    /// Its case; what the ledger already holds of it is not counted twice.
    pub case_id: Uuid,
    /// Its gross amount.
    pub amount: Pence,
    /// Limits as they stood on this day.
    pub rules_as_of: NaiveDate,
    /// The code of the limit that it must keep to.
    pub limit: &'static str,
}

/// The headroom of an organisation's enterprise on a day.
pub fn headroom(
    desk: &Desk,
    organisation: Uuid,
    proposed: Option<Proposed>,
    day: NaiveDate,
) -> Result<Headroom, Problem> {
    headroom_in(desk.reader(), organisation, proposed, day)
}

/// As `headroom`, inside a transaction.
pub(crate) fn headroom_in(
    reader: &crate::store::Reader,
    organisation: Uuid,
    proposed: Option<Proposed>,
    day: NaiveDate,
) -> Result<Headroom, Problem> {
    let from = window_start(day);
    let (code, as_of) = proposed.map_or(("mfa", day), |award| (award.limit, award.rules_as_of));
    let office::Limit { amount: limit, source } = office::store::limit_on(reader, code, as_of)?;
    let enterprise = organisations::store::get(reader, organisation)?;
    let members = organisations::store::enterprise(reader, organisation)?;
    let own_case = proposed.map(|award| award.case_id);
    let mut lines = store::entries(reader, organisation, from, day, own_case)?;
    lines.extend(declared(reader, organisation, from, day, &lines)?);
    lines.sort_by_key(|line| line.given_on);
    let used: Pence = lines.iter().map(|line| line.amount).sum();
    let this_award = proposed.map_or(Pence::ZERO, |award| award.amount);
    Ok(Headroom {
        enterprise: enterprise.name,
        members: members.into_iter().map(|member| member.name).collect(),
        limit,
        used,
        this_award,
        left: limit - used - this_award,
        from,
        to: day,
        lines,
        source,
    })
}

/// A business declares one sum of everything it had, ours included. Only what our own ledger did not know on the day of
/// the declaration is therefore counted on top, and of several declarations the one that adds most.
fn declared(
    reader: &crate::store::Reader,
    member: Uuid,
    from: NaiveDate,
    day: NaiveDate,
    ours: &[LedgerLine],
) -> Result<Option<LedgerLine>, Problem> {
    let declarations = store::declarations(reader, member, from, day)?;
    let beyond = declarations.into_iter().map(|declaration| {
        let known: Pence = ours
            .iter()
            .filter(|line| line.given_on.is_some_and(|given| given <= declaration.on))
            .map(|line| line.amount)
            .sum();
        (declaration.amount - known, declaration)
    });
    Ok(beyond.filter(|(more, _)| *more > Pence::ZERO).max_by_key(|(more, _)| *more).map(
        |(more, declaration)| LedgerLine {
            given_on: None,
            what: format!(
                "declared with {} on {}",
                declaration.reference,
                crate::when::day_short(declaration.on)
            ),
            amount: more,
            source: "declared".to_owned(),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_this_financial_year_and_the_two_before() {
        for (day, from) in [
            ("2026-11-23", "2024-04-01"),
            ("2027-03-31", "2024-04-01"),
            ("2027-04-01", "2025-04-01"),
            ("2026-04-01", "2024-04-01"),
            ("2026-03-31", "2023-04-01"),
            ("2026-01-01", "2023-04-01"),
        ] {
            assert_eq!(
                window_start(day.parse().unwrap()),
                from.parse::<NaiveDate>().unwrap(),
                "Subsidy Control Act 2022, s.36(7), on {day}"
            );
        }
    }
}
