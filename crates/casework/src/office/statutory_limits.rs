//! The limits of law that a new register starts with. They are rows that an office can end and add to, never constants of a rule.

use crate::money::Pence;

/// A limit that law sets, from a day on.
pub(crate) struct StatutoryLimit {
    pub code: &'static str,
    pub amount: Pence,
    pub from: &'static str,
    pub source: &'static str,
}

const fn limit(
    code: &'static str,
    amount: Pence,
    from: &'static str,
    source: &'static str,
) -> StatutoryLimit {
    StatutoryLimit { code, amount, from, source }
}

pub(super) const FIRST: &[StatutoryLimit] = &[
    limit("mfa", Pence::pounds(315_000), "2022-12-04", "Subsidy Control Act 2022, s.36(1)"),
    limit("spei", Pence::pounds(725_000), "2022-12-04", "Subsidy Control Act 2022, s.38"),
    limit(
        "transparency",
        Pence::pounds(100_000),
        "2022-12-04",
        "Subsidy Control Act 2022, ss.33(2) and 36(4)",
    ),
    // A rate in hundredths of a percent, kept with the limits because it changes as they do.
    limit("vat", Pence(2_000), "2011-01-04", "Value Added Tax Act 1994, s.2(1)"),
    limit(
        "employers_liability",
        Pence::pounds(5_000_000),
        "1999-01-01",
        "Employers’ Liability (Compulsory Insurance) Regulations 1998, reg.3",
    ),
    limit(
        "minimum_wage",
        Pence(1_271),
        "2026-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2026, aged 21 and over",
    ),
    limit(
        "minimum_wage",
        Pence(1_221),
        "2025-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2025, aged 21 and over",
    ),
    limit(
        "minimum_wage",
        Pence(1_144),
        "2024-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2024, aged 21 and over",
    ),
    limit(
        "minimum_wage_18_to_20",
        Pence(1_085),
        "2026-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2026, aged 18 to 20",
    ),
    limit(
        "minimum_wage_18_to_20",
        Pence(1_000),
        "2025-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2025, aged 18 to 20",
    ),
    limit(
        "minimum_wage_18_to_20",
        Pence(860),
        "2024-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2024, aged 18 to 20",
    ),
    limit(
        "minimum_wage_under_18",
        Pence(800),
        "2026-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2026, under 18",
    ),
    limit(
        "minimum_wage_under_18",
        Pence(755),
        "2025-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2025, under 18",
    ),
    limit(
        "minimum_wage_under_18",
        Pence(640),
        "2024-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2024, under 18",
    ),
    limit(
        "minimum_wage_apprentice",
        Pence(800),
        "2026-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2026, apprentices",
    ),
    limit(
        "minimum_wage_apprentice",
        Pence(755),
        "2025-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2025, apprentices",
    ),
    limit(
        "minimum_wage_apprentice",
        Pence(640),
        "2024-04-01",
        "National Minimum Wage Regulations 2015, rates from April 2024, apprentices",
    ),
];
