//! The facts a letter is made from, as its template names them.

use letters::{Stationery, Window};
use serde_json::{Map, Value, json};

use crate::{
    awards,
    cases::{self, Case},
    decisions,
    desk::Desk,
    forms,
    money::{Pence, Rate},
    office::{self, Office},
    officers::Officer,
    organisations::{self, Organisation},
    people::{self, Person},
    problem::Problem,
    programmes::{self, Programme},
    stages::CaseKind,
    subsidy, when,
};

/// Everything a template may ask for about a case. What is not recorded is left out; a template that needs it says so.
pub(super) fn gather(desk: &Desk, case: &Case) -> Result<Value, Problem> {
    let reader = desk.reader();
    let office = office::get(desk)?;
    let programme = programmes::store::get(reader, case.programme_id)?;
    let business = organisations::store::get(reader, case.organisation_id)?;
    let contact = case.contact_id.map(|id| people::store::get(reader, id)).transpose()?;
    let provider = case.provider_id.map(|id| organisations::store::get(reader, id)).transpose()?;
    let mut facts = Map::new();
    facts.insert("office".into(), office_facts(&office));
    facts.insert("officer".into(), officer_facts(&desk.officer()?, &office));
    facts.insert("recipient".into(), recipient(&business, contact.as_ref()));
    facts.insert(
        "business".into(),
        kept(json!({ "name": business.name, "company_number": business.company_number })),
    );
    facts.insert("programme".into(), programme_facts(&programme));
    facts.insert("provider".into(), kept(json!({ "name": provider.map(|provider| provider.name) })));
    facts.insert("case".into(), case_facts(desk, case)?);
    match case.kind {
        CaseKind::Voucher => {
            facts.insert("award".into(), award_facts(desk, case, &programme)?);
            facts.insert("subsidy".into(), subsidy_facts(desk, case, &programme)?);
            facts.insert("decision".into(), decision_facts(desk, case)?);
        }
        CaseKind::Placement => {
            facts.insert("placement".into(), placement_facts(desk, case)?);
        }
        CaseKind::Partnership => {
            facts.insert("partnership".into(), partnership_facts(desk, case)?);
        }
    }
    Ok(Value::Object(facts))
}

/// The same object without its nulls: a fact that is not there must be missing, not printed as nothing.
fn kept(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect()),
        other => other,
    }
}

fn office_facts(office: &Office) -> Value {
    kept(json!({
        "name": office.name,
        "address": office.address,
        "signatory_name": office.signatory_name,
        "signatory_title": office.signatory_title,
        "privacy_notice": office.privacy_notice,
        "complaints_contact": office.complaints_contact,
    }))
}

fn officer_facts(officer: &Officer, office: &Office) -> Value {
    let own: Vec<&str> = [&officer.phone, &officer.email].into_iter().filter_map(Option::as_deref).collect();
    let contact = if own.is_empty() {
        office.contact.iter().take(2).map(String::as_str).collect::<Vec<_>>()
    } else {
        own
    };
    kept(json!({
        "name": officer.name,
        "job_title": officer.job_title,
        "contact": (!contact.is_empty()).then(|| contact.join(" or ")),
    }))
}

fn recipient(business: &Organisation, contact: Option<&Person>) -> Value {
    let address =
        contact.map(|person| &person.address).filter(|lines| !lines.is_empty()).unwrap_or(&business.address);
    // Where nobody is named, the letter goes to the business; the salutation and the close go together.
    let (name, dear, close) = match contact {
        Some(person) => (person.name.clone(), person.addressed(), "Yours sincerely"),
        None => (business.name.clone(), "Sir or Madam".to_owned(), "Yours faithfully"),
    };
    kept(json!({
        "name": name,
        "dear": dear,
        "close": close,
        "organisation": business.name,
        "street": address.first(),
        "more_lines": address.get(1..).unwrap_or_default(),
        "town": business.town,
        "postcode": business.postcode,
    }))
}

fn programme_facts(programme: &Programme) -> Value {
    kept(json!({
        "name": programme.name,
        "code": programme.code,
        "funder": programme.funder_name,
        "paid_to": programme.paid_to,
        "mfa": programme.assistance().is_some(),
        "assistance": programme.assistance().map(|assistance| assistance.name),
        "section": programme.assistance().map(|assistance| assistance.section),
        "procedure": programme.assistance().map(|assistance| assistance.procedure),
        "shares_vat": programme.vat_rule == "if_not_recoverable",
        "pay_within": programme.pay_within_working_days,
        "retention_years": programme.retention_years,
        "appeal_days": programme.appeal_working_days,
        "awards_per_business": programme.awards_per_business,
        "publication": programme.publication_statement,
    }))
}

fn case_facts(desk: &Desk, case: &Case) -> Result<Value, Problem> {
    let quote = match case.kind {
        CaseKind::Voucher => cases::store::value(desk.reader(), "vouchers", "quote_reference", case.id)?
            .text()
            .map(str::to_owned),
        _ => None,
    };
    let round =
        case.round_id.map(|id| programmes::store::round_by_id(desk.reader(), id)).transpose()?.flatten();
    Ok(kept(json!({
        "reference": case.reference,
        "title": case.title,
        "received_on": case.received_at.map(|at| when::day_of(at).to_string()),
        "quote_reference": quote,
        "round": round.map(|round| round.name),
    })))
}

fn award_facts(desk: &Desk, case: &Case, programme: &Programme) -> Result<Value, Problem> {
    let Some(award) = awards::store::of_case(desk.reader(), case.id)? else { return Ok(json!({})) };
    let vat_rate = Rate(office::limit_on(desk, "vat", award.offered_on)?.amount.0);
    let quote = award.quote(vat_rate);
    let payments = award.payments(programme, vat_rate);
    Ok(json!({
        "amount": award.amount.0,
        "charge": quote.net.0,
        "eligible_cost": award.eligible_cost.0,
        "rate": award.intervention_rate.shown(),
        "match": (award.eligible_cost - award.amount).0,
        "vat_rate": vat_rate.shown(),
        "vat": quote.vat.0,
        "vat_at_rate": quote.vat == quote.net.share_rounded_half_up(vat_rate),
        "vat_shared": quote.vat_eligible,
        "gross": quote.gross().0,
        "business_pays": payments.business_bears.0,
        "to_provider": payments.to_provider.0,
        "to_business": payments.to_business.0,
        "business_to_provider": payments.business_to_provider.0,
        "offered_on": award.offered_on.to_string(),
        "accept_by": award.accept_by.to_string(),
        "start_by": award.start_by.to_string(),
        "expires_on": award.expires_on.to_string(),
        "claim_by": award.claim_by.to_string(),
    }))
}

fn subsidy_facts(desk: &Desk, case: &Case, programme: &Programme) -> Result<Value, Problem> {
    let round =
        case.round_id.map(|id| programmes::store::round_by_id(desk.reader(), id)).transpose()?.flatten();
    let proposed = subsidy::Proposed {
        case_id: case.id,
        amount: Pence::ZERO,
        rules_as_of: round.map_or(desk.today(), |round| round.rules_as_of),
        limit: programme.assistance().map_or("mfa", |assistance| assistance.route),
    };
    let room = subsidy::headroom(desk, case.organisation_id, Some(proposed), desk.today())?;
    let ours: Vec<_> = room.lines.iter().filter(|line| line.source == "ours").collect();
    let total: Pence = ours.iter().map(|line| line.amount).sum();
    let declared: Pence =
        room.lines.iter().filter(|line| line.source == "declared").map(|line| line.amount).sum();
    Ok(json!({
        "limit": room.limit.0,
        "window_from": room.from.to_string(),
        "window_to": room.to.to_string(),
        "ours": ours.iter().map(|line| json!({
            "given_on": line.given_on.map(|day| day.to_string()),
            "what": line.what,
            "amount": line.amount.0,
        })).collect::<Vec<_>>(),
        "ours_total": total.0,
        "declared": declared.0,
    }))
}

fn decision_facts(desk: &Desk, case: &Case) -> Result<Value, Problem> {
    let Some(decision) = decisions::store::latest(desk.reader(), case.id)? else { return Ok(json!({})) };
    let reasons: Vec<&str> = decision
        .reasons
        .iter()
        .filter_map(|code| decisions::REASONS.iter().find(|(known, ..)| known == code))
        .map(|(_, _, sentence)| *sentence)
        .collect();
    Ok(kept(json!({
        "decided_on": decision.decided_on.to_string(),
        "reasons": if reasons.is_empty() { Value::Null } else { json!(reasons) },
        "feedback": decision.feedback,
    })))
}

/// A field of a case’s form as an officer reads it; nothing when it is empty.
fn shown(desk: &Desk, case: &Case, table: &str, name: &str) -> Result<Option<String>, Problem> {
    let stored = cases::store::value(desk.reader(), table, name, case.id)?;
    let Some(field) = forms::field(cases::noun(case.kind), name) else { return Ok(None) };
    Ok(Some(forms::shown(desk, field, &stored)).filter(|text| !text.is_empty()))
}

fn placement_facts(desk: &Desk, case: &Case) -> Result<Value, Problem> {
    let words = |name: &str| shown(desk, case, "placements", name);
    let raw = |name: &str| cases::store::value(desk.reader(), "placements", name, case.id);
    Ok(kept(json!({
        "student": words("student_id")?,
        "supervisor": words("supervisor_id")?,
        "role_title": words("role_title")?,
        "site": words("site")?,
        "employer": words("employer")?.map(|employer| employer.to_lowercase()),
        "hours": words("hours_per_week")?.map(|hours| format!("{hours} hours")),
        "insurer": words("insurer")?,
        "pay_rate": raw("pay_rate")?.int(),
        "subsidy": raw("subsidy")?.int(),
        "planned_start": raw("planned_start")?.text(),
        "planned_end": raw("planned_end")?.text(),
        "insurance_expires": raw("insurance_expires")?.text(),
    })))
}

fn partnership_facts(desk: &Desk, case: &Case) -> Result<Value, Problem> {
    let words = |name: &str| shown(desk, case, "partnerships", name);
    let raw = |name: &str| cases::store::value(desk.reader(), "partnerships", name, case.id);
    let academic = case.academic_id.map(|id| people::store::get(desk.reader(), id)).transpose()?;
    Ok(kept(json!({
        "type": words("partnership_type")?,
        "agreement_basis": words("agreement_basis")?,
        "ip_basis": words("ip_basis")?,
        "funder": words("funder")?,
        "grant": raw("grant_awarded")?.int(),
        "signed_on": raw("signed_on")?.text(),
        "starts_on": raw("starts_on")?.text(),
        "ends_on": raw("ends_on")?.text(),
        "review_on": raw("review_on")?.text(),
        "academic": academic.map(|person| person.name),
    })))
}

/// The office’s letterhead and envelope as the press takes them.
pub(super) fn stationery(office: &Office) -> Stationery {
    let millimetres = |hundredths: i64| hundredths as f32 / 100.0;
    Stationery {
        sender_name: office.name.clone(),
        sender_lines: office.address.iter().chain(&office.contact).cloned().collect(),
        registered_line: office.registered_line.clone(),
        window: match office.window.as_str() {
            "c5" => Window::C5,
            "none" => Window::None,
            _ => Window::UkDl,
        },
        nudge_mm: (millimetres(office.nudge.0), millimetres(office.nudge.1)),
        fold_marks: office.fold_marks,
        ..Stationery::default()
    }
}
