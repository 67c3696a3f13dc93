//! The forms of the three kinds of case: what they share, then what only one has.

use super::{Field, FieldKind as K};

const fn case(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("cases", group, name, label, kind)
}
const fn voucher(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("vouchers", group, name, label, kind)
}
const fn placement(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("placements", group, name, label, kind)
}
const fn partnership(group: &'static str, name: &'static str, label: &'static str, kind: K) -> Field {
    Field::new("partnerships", group, name, label, kind)
}

const PROGRAMME: Field = case("Application", "programme_id", "Programme", K::Programme).required();
const ROUND: Field = case("Application", "round_id", "Round", K::Round);
const CHANNEL: Field = case("Application", "channel", "Came by", K::Choice).choices(&[
    ("web", "Web form"),
    ("email", "E-mail"),
    ("phone", "Telephone"),
    ("event", "Event"),
    ("referral", "Referral"),
    ("import", "Imported file"),
    ("visit", "Visit"),
]);
const RECEIVED: Field = case("Application", "received_at", "Received", K::Instant).hint("Left empty: now");

pub(super) const VOUCHER: &[Field] = &[
    PROGRAMME,
    ROUND,
    case("Application", "organisation_id", "Business", K::Organisation).required(),
    case("Application", "contact_id", "Contact", K::Person),
    case("Application", "title", "Project title", K::Text).required(),
    case("Application", "need", "What they need", K::Long),
    case("Application", "provider_id", "Knowledge provider", K::Provider),
    case("Application", "academic_id", "Lead academic", K::Person),
    RECEIVED,
    CHANNEL,
    case("Money", "asked", "Asked for", K::Money),
    case("Money", "project_cost", "Cost of the work quoted", K::Money).hint("Without VAT"),
    voucher("Money", "cost_includes_vat", "The cost includes VAT", K::YesNo)
        .hint("Only where the quote gives one sum; then the cost above is with VAT"),
    voucher("Money", "vat_amount", "VAT on the quote", K::Money).hint("Left empty: at the rate of the day"),
    voucher("Money", "quote_reference", "Quote reference", K::Text),
    voucher("Money", "quote_date", "Quote date", K::Day),
    voucher("Money", "match_cash", "Match in cash", K::Money),
    voucher("Money", "match_in_kind", "Match in kind", K::Money),
    voucher("Money", "other_funding", "Other public funding", K::Text),
    voucher("Money", "other_funding_amount", "Of how much", K::Money),
    voucher("Checks", "declaration", "Declaration made", K::YesNo),
    voucher("Checks", "assistance_declared", "Assistance declared", K::Money)
        .hint("Minimal financial assistance and like aid in this and the last two financial years"),
    voucher("Checks", "earlier_vouchers", "Earlier vouchers, as answered", K::Text),
    voucher("Checks", "eligibility_checked_on", "Eligibility checked on", K::Day),
    voucher("Checks", "score", "Score", K::Number),
    voucher("Dates", "planned_start", "Planned start", K::Day),
    voucher("Dates", "planned_end", "Planned end", K::Day),
    voucher("Dates", "subsidy_declaration_on", "Subsidy declaration received", K::Day),
    voucher("Dates", "accepted_on", "Offer accepted on", K::Day),
    voucher("Dates", "work_started_on", "Work started on", K::Day),
    voucher("Dates", "work_ended_on", "Work ended on", K::Day),
    voucher("Dates", "final_report_on", "Final report received", K::Day),
    voucher("Claim", "claimed", "Claimed", K::Money),
    voucher("Claim", "claimed_on", "Claimed on", K::Day),
    voucher("Claim", "paid", "Paid", K::Money),
    voucher("Claim", "paid_on", "Paid on", K::Day),
];

pub(super) const PLACEMENT: &[Field] = &[
    PROGRAMME,
    ROUND,
    case("Application", "organisation_id", "Host", K::Organisation).required(),
    case("Application", "contact_id", "Host contact", K::Person),
    case("Application", "title", "Project", K::Text).required(),
    case("Application", "need", "What the host needs", K::Long),
    case("Application", "provider_id", "Education provider", K::Provider),
    case("Application", "academic_id", "Mentor at the provider", K::Person),
    RECEIVED,
    CHANNEL,
    placement("Role", "role_title", "Role", K::Text),
    placement("Role", "placement_type", "Type", K::Choice).choices(&[
        ("student", "Student placement"),
        ("graduate", "Graduate internship"),
        ("secondment", "Secondment"),
        ("ktp_associate", "KTP associate"),
        ("project", "PhD or Masters project"),
    ]),
    placement("Role", "student_id", "Student or graduate", K::Person),
    placement("Role", "supervisor_id", "Supervisor at the host", K::Person),
    placement("Role", "employer", "Employer of record", K::Choice).choices(&[
        ("host", "The host"),
        ("provider", "The provider"),
        ("agency", "An agency"),
    ]),
    placement("Role", "site", "Site", K::Text),
    placement("Role", "hours_per_week", "Hours a week", K::Decimal),
    placement("Role", "pay_rate", "Pay an hour", K::Money),
    placement("Role", "wage_band", "Minimum wage of", K::Choice)
        .hint("The band only, never a date of birth; left empty: 21 and over")
        .choices(&[
            ("adult", "21 and over"),
            ("18_to_20", "18 to 20"),
            ("under_18", "Under 18"),
            ("apprentice", "An apprentice"),
        ]),
    placement("Role", "wage_exemption", "Exempt from the minimum wage", K::Choice).choices(&[
        ("course", "The course requires the placement, a year at most"),
        ("shadowing", "Work shadowing only"),
        ("volunteer", "A voluntary worker of a charity or like body"),
    ]),
    case("Money", "asked", "Subsidy asked for", K::Money),
    case("Money", "project_cost", "Cost of the placement", K::Money),
    placement("Money", "subsidy", "Subsidy agreed", K::Money),
    placement("Money", "funding_decided_on", "Funding decided on", K::Day),
    placement("Host checks", "insurer", "Employers’ liability insurer", K::Text),
    placement("Host checks", "insurance_number", "Policy number", K::Text),
    placement("Host checks", "insurance_expires", "Insurance runs to", K::Day),
    placement("Host checks", "insurance_cover", "Insured for", K::Money),
    placement("Host checks", "safety_checked_on", "Health and safety checked on", K::Day),
    placement("Host checks", "risk", "Risk", K::Choice).choices(&[
        ("low", "Low"),
        ("medium", "Medium"),
        ("high", "High"),
    ]),
    placement("Host checks", "site_visited_on", "Site visited on", K::Day)
        .hint("Asked for where the risk is high"),
    placement("Candidate", "advertised_on", "Advertised on", K::Day),
    placement("Candidate", "selected_on", "Selected on", K::Day),
    placement("Candidate", "right_to_work_on", "Right to work shown on", K::Day)
        .hint("The outcome only; no copies of documents"),
    placement("Candidate", "hours_limit", "Hours a week they may work", K::Decimal)
        .hint("Only where a visa limits them; in term time often 20"),
    placement("Candidate", "employed_by_host", "Already works for the host", K::YesNo),
    placement("Candidate", "graduated_on", "Graduated on", K::Day),
    placement("Dates", "planned_start", "Starts", K::Day),
    placement("Dates", "planned_end", "Ends", K::Day),
    placement("Signatures", "host_signed_on", "Host signed on", K::Day),
    placement("Signatures", "student_signed_on", "Student signed on", K::Day),
    placement("Signatures", "provider_signed_on", "Provider signed on", K::Day),
    placement("Dates", "started_on", "Started on", K::Day),
    placement("Dates", "reviewed_on", "Mid-point review on", K::Day),
    placement("Dates", "ended_on", "Ended on", K::Day),
    placement("Claim", "wages_paid_on", "Wages paid on", K::Day)
        .hint("The last pay day, as the payslips show"),
    placement("Claim", "claimed", "Claimed", K::Money),
    placement("Claim", "claimed_on", "Claimed on", K::Day),
    placement("Claim", "paid", "Paid", K::Money),
    placement("Claim", "paid_on", "Paid on", K::Day),
    placement("Dates", "outcome", "Outcome", K::Choice).choices(&[
        ("retained", "Kept on by the host"),
        ("other_job", "Other work"),
        ("self_employed", "Self-employed"),
        ("study", "Further study"),
        ("none", "None yet"),
    ]),
];

pub(super) const PARTNERSHIP: &[Field] = &[
    PROGRAMME,
    ROUND,
    case("Application", "organisation_id", "Business", K::Organisation).required(),
    case("Application", "contact_id", "Business contact", K::Person),
    case("Application", "title", "Title", K::Text).required(),
    case("Application", "need", "The challenge", K::Long),
    case("Application", "provider_id", "Research organisation", K::Provider),
    case("Application", "academic_id", "Lead academic", K::Person),
    RECEIVED,
    CHANNEL,
    partnership("Partnership", "partnership_type", "Type", K::Choice).choices(&[
        ("ktp", "Knowledge transfer partnership"),
        ("collaborative", "Collaborative R&D"),
        ("contract_research", "Contract research"),
        ("consultancy", "Consultancy"),
        ("facilities", "Facilities and equipment"),
        ("licence", "Licence"),
        ("mou", "Memorandum of understanding"),
        ("studentship", "Shared studentship"),
    ]),
    partnership("Partnership", "nda_on", "Confidentiality agreed on", K::Day),
    partnership("Partnership", "first_meeting_on", "First meeting on", K::Day),
    partnership("Partnership", "matched_on", "Matched on", K::Day),
    partnership("Bid", "funder", "Funder", K::Text),
    partnership("Bid", "call", "Call", K::Text),
    partnership("Bid", "call_closes", "Call closes", K::Day),
    partnership("Bid", "bid_reference", "Funder’s reference", K::Text),
    partnership("Bid", "submitted_on", "Submitted on", K::Day),
    partnership("Bid", "funder_decided_on", "Funder decided on", K::Day),
    case("Money", "asked", "Grant asked for", K::Money),
    case("Money", "project_cost", "Project cost", K::Money),
    partnership("Money", "grant_awarded", "Grant awarded", K::Money),
    partnership("Money", "value_total", "Value in all", K::Money),
    partnership("Money", "business_cash", "Business pays in cash", K::Money),
    partnership("Money", "in_kind", "In kind", K::Money),
    partnership("Agreement", "heads_of_terms_on", "Heads of terms on", K::Day),
    partnership("Agreement", "agreement_basis", "Agreement", K::Choice).choices(&[
        ("lambert", "Lambert model"),
        ("brunswick", "Brunswick model"),
        ("funder", "Funder’s own"),
        ("own", "Own"),
        ("none", "None (memorandum)"),
    ]),
    partnership("Agreement", "ip_basis", "Results belong to", K::Choice).choices(&[
        ("provider_licence", "The provider, with a licence"),
        ("business", "The business"),
        ("joint", "Both"),
        ("consortium", "As the consortium agreement says"),
    ]),
    partnership("Agreement", "signed_on", "Last signature on", K::Day),
    partnership("Agreement", "starts_on", "Starts", K::Day),
    partnership("Agreement", "ends_on", "Ends", K::Day),
    partnership("Agreement", "review_on", "Review or renew on", K::Day),
    partnership("Agreement", "hebci_head", "HE-BCI head", K::Choice).choices(&[
        ("collaborative", "Collaborative research"),
        ("contract", "Contract research"),
        ("consultancy", "Consultancy"),
        ("facilities", "Facilities and equipment"),
        ("cpd", "CPD and CE"),
        ("regeneration", "Regeneration"),
    ]),
    partnership("Agreement", "outcome", "Outcome", K::Long),
];
