//! The forms of organisations, people, programmes, rounds, the office and its officers.

use super::{Field, FieldKind as K};
use crate::office::limits::LIMITS;

const fn organisation(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("organisations", group, name, label, kind)
}
const fn person(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("people", group, name, label, kind)
}
const fn programme(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("programmes", group, name, label, kind)
}
const fn round(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("rounds", group, name, label, kind)
}
const fn office(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("office", group, name, label, kind)
}
const fn officer(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("officers", group, name, label, kind)
}

const fn limit(name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("statutory_limits", "Limit", name, label, kind)
}

pub(super) const LEGAL_FORMS: &[(&str, &str)] = &[
    ("limited", "Limited company"),
    ("plc", "Public limited company"),
    ("llp", "Limited liability partnership"),
    ("partnership", "Partnership"),
    ("sole_trader", "Sole trader"),
    ("cic", "Community interest company"),
    ("charity", "Charity"),
    ("cio", "Charitable incorporated organisation"),
    ("cooperative", "Co-operative or mutual"),
    ("royal_charter", "Royal Charter body"),
    ("public_body", "Public body"),
    ("overseas", "Overseas company"),
    ("other", "Other"),
];

pub(super) const ORGANISATION: &[Field] = &[
    organisation("Name", "name", "Registered name", K::Text)
        .required()
        .hint("As it stands on the letter’s first line"),
    organisation("Name", "trading_name", "Trading name", K::Text),
    organisation("Name", "kind", "What it is to us", K::Choice)
        .starts("business")
        .required()
        .choices(&[("business", "Business"), ("provider", "Knowledge provider")]),
    organisation("Name", "legal_form", "Legal form", K::Choice).choices(LEGAL_FORMS),
    organisation("Numbers", "company_number", "Company number", K::CompanyNumber)
        .hint("Eight characters; leading zeros are restored"),
    organisation("Numbers", "charity_number", "Charity number", K::Text),
    organisation("Numbers", "ukprn", "UKPRN", K::Text)
        .hint("Knowledge providers: eight digits starting with 1"),
    organisation("Numbers", "ror", "ROR identifier", K::Text),
    organisation("Where", "address", "Address", K::Long),
    organisation("Where", "town", "Post town", K::Text),
    organisation("Where", "postcode", "Postcode", K::Postcode),
    organisation("Where", "area", "Local authority", K::Text).hint("The council area where it trades"),
    organisation("Size", "employees", "Staff, full-time equivalent", K::Decimal),
    organisation("Size", "turnover", "Annual turnover", K::Money),
    organisation("Size", "balance_sheet", "Balance sheet total", K::Money),
    organisation("Size", "size", "Size by the programme’s test", K::Choice).choices(&[
        ("micro", "Micro"),
        ("small", "Small"),
        ("medium", "Medium"),
        ("large", "Large"),
    ]),
    organisation("Size", "vat_registered", "Registered for VAT", K::YesNo),
    organisation("Contact", "phone", "Telephone", K::Text),
    organisation("Contact", "website", "Website", K::Text),
    organisation("Enterprise", "group_root_id", "Under common control with", K::Organisation)
        .hint("Counts as one enterprise for the subsidy limit (Subsidy Control Act 2022, ss.7 and 8)"),
];

pub(super) const PERSON: &[Field] = &[
    person("Name", "name", "Full name", K::Text).required().hint("As they write it"),
    person("Name", "title", "Title", K::Text).hint("Only if they use one: Ms, Dr, Professor"),
    person("Name", "family_name", "Family name", K::Text),
    person("Name", "salutation", "Letters begin “Dear …”", K::Text)
        .hint("Left empty: title and family name, or the full name"),
    person("Work", "organisation_id", "Organisation", K::Organisation),
    person("Work", "job_title", "Job title", K::Text),
    person("Contact", "email", "E-mail", K::Email),
    person("Contact", "phone", "Telephone", K::Text),
    person("Contact", "address", "Own address", K::Long).hint("Left empty: the organisation’s"),
    person("Contact", "may_contact", "May be told of other support", K::YesNo),
];

const SUBSIDY_ROUTES: &[(&str, &str)] = &[
    ("mfa", "Minimal financial assistance"),
    ("spei", "Assistance for services of public economic interest"),
    ("not_subsidy", "Not a subsidy"),
    ("scheme", "Under a published subsidy scheme"),
    ("streamlined", "Streamlined route"),
];

/// New programmes start with the defaults of the domain brief, section 9.
pub(super) const PROGRAMME: &[Field] = &[
    programme("Programme", "code", "Code", K::Text)
        .required()
        .hint("2 to 8 capitals or digits; every reference begins with it"),
    programme("Programme", "name", "Name", K::Text).required(),
    programme("Programme", "instrument", "For", K::Choice).starts("voucher").required().choices(&[
        ("voucher", "Vouchers"),
        ("placement", "Placements"),
        ("partnership", "Partnerships"),
        ("mixed", "All three"),
    ]),
    programme("Programme", "funder_name", "Funder", K::Text),
    programme("Money", "value_min", "Smallest award", K::Money),
    programme("Money", "value_max", "Largest award", K::Money),
    programme("Money", "intervention_rate", "Intervention rate", K::Percent)
        .starts("75")
        .required()
        .hint("Share of eligible cost that we pay"),
    programme("Money", "match_kind", "Match", K::Choice).starts("cash").required().choices(&[
        ("none", "None"),
        ("cash", "In cash"),
        ("in_kind", "In kind"),
        ("either", "Cash or in kind"),
    ]),
    programme("Money", "match_cash_min", "Of it in cash, at least", K::Percent)
        .hint("Where the match is cash or in kind; empty: nothing need be cash"),
    programme("Money", "paid_to", "Paid to", K::Choice).starts("provider").required().choices(&[
        ("provider", "The knowledge provider"),
        ("business", "The business"),
        ("split", "Both"),
    ]),
    programme("Money", "provider_share", "Share paid to the provider", K::Percent)
        .hint("Where both are paid; the rest goes to the business"),
    programme("Money", "vat_rule", "VAT", K::Choice).starts("never").required().choices(&[
        ("never", "Never paid by us"),
        ("if_not_recoverable", "Only where the business cannot recover it"),
    ]),
    programme("Who", "size_test", "Size test", K::Choice).starts("eu_2003_361").required().choices(&[
        ("eu_2003_361", "EU Recommendation 2003/361"),
        ("ca_2006", "Companies Act 2006, from 6 April 2025"),
        ("headcount", "Headcount only, fewer than 250"),
        ("none", "None"),
    ]),
    programme("Who", "eligible_area", "Eligible area", K::Long)
        .hint("Council areas or post towns, one on a line; empty means anywhere"),
    programme("Who", "awards_per_business", "Awards a business may have", K::Number),
    programme("Who", "look_back_months", "Counted over the last months", K::Number)
        .hint("Empty: over the programme’s life"),
    programme("Who", "graduate_within_years", "Graduated within the last years", K::Number)
        .hint("Placements of graduates; empty: no limit"),
    programme("Subsidy", "subsidy_route", "Subsidy route", K::Choice)
        .starts("mfa")
        .required()
        .choices(SUBSIDY_ROUTES),
    programme("Subsidy", "subsidy_route_reason", "Why this route", K::Long)
        .hint("Kept for the auditor; never silent"),
    programme("Subsidy", "subsidy_control_number", "Scheme number", K::Text).hint("SC and five digits"),
    programme("Clocks", "decide_within_working_days", "Decide within (working days)", K::Number)
        .starts("20")
        .required(),
    programme("Clocks", "accept_within_days", "Accept within (days)", K::Number).starts("14").required(),
    programme("Clocks", "start_within_days", "Start within (days)", K::Number).starts("60").required(),
    programme("Clocks", "validity_months", "Voucher valid for (months)", K::Number).starts("6").required(),
    programme("Clocks", "claim_within_days", "Claim within (days after the end)", K::Number)
        .starts("30")
        .required(),
    programme("Clocks", "pay_within_working_days", "Pay within (working days)", K::Number)
        .starts("10")
        .required(),
    programme("Clocks", "appeal_working_days", "Appeal within (working days)", K::Number)
        .starts("20")
        .hint("Empty: decisions are final"),
    programme("Records", "retention_years", "Keep records (years)", K::Number).starts("7").required(),
    programme("Records", "publication_statement", "What we publish", K::Long),
];

pub(super) const ROUND: &[Field] = &[
    round("Round", "programme_id", "Programme", K::Programme).required(),
    round("Round", "name", "Name", K::Text).required(),
    round("Round", "opens_at", "Opens", K::Instant),
    round("Round", "closes_at", "Closes", K::Instant).hint("Applications after this moment are late"),
    round("Round", "decide_by", "Decisions by", K::Day),
    round("Round", "budget", "Budget", K::Money).required(),
    round("Round", "rules_as_of", "Limits as they stood on", K::Day).hint("Left empty: today"),
];

pub(super) const OFFICE: &[Field] = &[
    office("Letterhead", "name", "Name of the office", K::Text).required(),
    office("Letterhead", "address", "Address", K::Long),
    office("Letterhead", "phone", "Telephone", K::Text),
    office("Letterhead", "email", "E-mail", K::Email),
    office("Letterhead", "website", "Website", K::Text),
    office("Letterhead", "registered_line", "Registered details", K::Text)
        .hint("Companies and LLPs must print name, number and registered office"),
    office("Signature", "signatory_name", "Letters are signed by", K::Text),
    office("Signature", "signatory_title", "Their job title", K::Text),
    office("Notices", "privacy_notice", "Where the privacy notice is", K::Text),
    office("Notices", "complaints_contact", "Who takes complaints", K::Text),
    office("Clocks", "nation", "Working days of", K::Choice)
        .required()
        .hint("Whose bank holidays the clocks pass over")
        .choices(&[
            ("england_and_wales", "England and Wales"),
            ("scotland", "Scotland"),
            ("northern_ireland", "Northern Ireland"),
        ]),
    office("Envelope", "window", "Window", K::Choice).required().choices(&[
        ("uk_dl", "UK DL, 90 × 35 mm"),
        ("c5", "C5 / GOV.UK Notify"),
        ("none", "No window (labels)"),
    ]),
    office("Envelope", "nudge_right", "Nudge to the right (mm)", K::Decimal),
    office("Envelope", "nudge_down", "Nudge down (mm)", K::Decimal),
    office("Envelope", "fold_marks", "Print fold marks", K::YesNo),
];

pub(crate) const ROLES: &[(&str, &str)] = &[
    ("officer", "Programme officer"),
    ("manager", "Manager"),
    ("finance", "Finance officer"),
    ("auditor", "Auditor"),
];

pub(super) const OFFICER: &[Field] = &[
    officer("Officer", "name", "Name", K::Text).required(),
    officer("Officer", "role", "Role", K::Choice).required().choices(ROLES),
    officer("Officer", "job_title", "Job title", K::Text),
    officer("Officer", "email", "E-mail", K::Email),
    officer("Officer", "phone", "Telephone", K::Text),
];

/// Managers add a row from the day a limit changes; the rows before it stay.
pub(super) const LIMIT: &[Field] = &[
    limit("code", "Limit", K::Choice).required().choices(LIMITS),
    limit("amount", "Amount", K::Money).required().hint("In pounds; for VAT, the rate in percent"),
    limit("valid_from", "From", K::Day).required(),
    limit("valid_to", "To", K::Day).hint("Left empty: until a later row begins"),
    limit("source", "Source", K::Text).required().hint("The Act or regulation, with its section"),
];
