//! What must hold before a placement moves on, at its edges, with its source (domain brief, section 4.11).
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    cases,
    findings::Severity::{self, Block, Warn},
};
use office::{Office, office_with};
use uuid::Uuid;

fn placements(terms: &[(&str, &str)]) -> Office {
    let mut all = vec![("instrument", "placement"), ("value_max", "4000"), ("intervention_rate", "50")];
    all.extend(terms);
    office_with(&all)
}

/// What one rule says about a move, gravest first; none when it says nothing.
fn says(office: &mut Office, case: Uuid, to: &str, rule: &str) -> Option<Severity> {
    let problem = cases::move_case(&mut office.desk, case, to, None).err()?;
    assert!(problem.findings.iter().all(|finding| finding.fix.is_some()), "{:#?}", problem.findings);
    problem.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.severity).min()
}

const HOST: [(&str, &str); 5] = [
    ("insurer", "Test Mutual"),
    ("insurance_expires", "31/12/2027"),
    ("insurance_cover", "5000000"),
    ("safety_checked_on", "20/11/2026"),
    ("risk", "low"),
];
const FUNDING: [(&str, &str); 5] = [
    ("subsidy", "2500"),
    ("funding_decided_on", "23/11/2026"),
    ("employer", "host"),
    ("pay_rate", "13.50"),
    ("hours_per_week", "35"),
];

/// Sets fields and goes on; later pairs take the place of earlier ones.
fn goes(office: &mut Office, case: Uuid, to: &str, fields: &[(&str, &str)]) {
    office.set(case, fields);
    cases::move_case(&mut office.desk, case, to, None).unwrap();
}

fn host_checked(office: &mut Office) -> Uuid {
    let case = office.proposes_placement("Brook Alloys Ltd", &[]);
    goes(office, case, "host_checked", &HOST);
    case
}

fn funded(office: &mut Office) -> Uuid {
    let case = host_checked(office);
    goes(office, case, "funded", &FUNDING);
    case
}

#[test]
fn r_80_the_agreement_is_signed_by_all_three_before_the_start() {
    let mut office = placements(&[]);
    let case = ended(&mut office, "confirmed");
    for (started, says_it) in [("09/01/2027", Some(Block)), ("10/01/2027", None)] {
        office.set(case, &[("started_on", started)]);
        assert_eq!(says(&mut office, case, "started", "R-80"), says_it, "last signature on 10 January");
    }
}

#[test]
fn r_81_the_host_is_insured_to_the_last_day_for_five_million_pounds() {
    // Employers’ Liability (Compulsory Insurance) Act 1969; Regulations 1998, reg.3.
    for (runs_to, cover, rule, says_it) in [
        ("01/04/2027", "5000000", "R-81", Some(Block)),
        ("02/04/2027", "5000000", "R-81", None),
        ("02/04/2027", "4999999.99", "R-81-cover", Some(Block)),
    ] {
        let mut office = placements(&[]);
        let case = office.proposes_placement("Brook Alloys Ltd", &[]);
        office.set(case, &HOST);
        office.set(case, &[("insurance_expires", runs_to), ("insurance_cover", cover)]);
        assert_eq!(says(&mut office, case, "host_checked", rule), says_it, "to {runs_to} for {cover}");
    }
}

#[test]
fn r_82_a_host_of_high_risk_is_visited() {
    for (risk, visited, says_it) in
        [("medium", "", None), ("high", "", Some(Warn)), ("high", "20/11/2026", None)]
    {
        let mut office = placements(&[]);
        let case = office.proposes_placement("Brook Alloys Ltd", &[]);
        office.set(case, &HOST);
        office.set(case, &[("risk", risk), ("site_visited_on", visited)]);
        assert_eq!(says(&mut office, case, "host_checked", "R-82"), says_it, "{risk}, visited {visited}");
    }
}

#[test]
fn r_83_pay_is_at_least_the_minimum_wage_of_the_start_for_the_age_band() {
    // National Minimum Wage Regulations 2015: rates from April 2025 and April 2026.
    for (start, end, band, pay, says_it) in [
        ("31/03/2026", "30/04/2026", "", "12.20", Some(Block)),
        ("31/03/2026", "31/03/2026", "", "12.21", None),
        ("01/04/2026", "30/06/2026", "", "12.70", Some(Block)),
        ("01/04/2026", "30/06/2026", "", "12.71", None),
        ("01/04/2026", "30/06/2026", "18_to_20", "10.84", Some(Block)),
        ("01/04/2026", "30/06/2026", "18_to_20", "10.85", None),
        ("01/04/2026", "30/06/2026", "under_18", "7.99", Some(Block)),
        ("01/04/2026", "30/06/2026", "apprentice", "8.00", None),
        ("31/03/2024", "31/03/2024", "", "20", Some(Warn)),
    ] {
        let mut office = placements(&[]);
        let case = host_checked(&mut office);
        office.set(case, &FUNDING);
        office.set(
            case,
            &[("planned_start", start), ("planned_end", end), ("wage_band", band), ("pay_rate", pay)],
        );
        assert_eq!(says(&mut office, case, "funded", "R-83"), says_it, "{pay} from {start}, {band}");
    }
}

#[test]
fn r_83_a_rate_that_rises_before_the_end_wants_a_reason() {
    let mut office = placements(&[]);
    let case = host_checked(&mut office);
    office.set(case, &FUNDING);
    office
        .set(case, &[("planned_start", "01/03/2026"), ("planned_end", "01/04/2026"), ("pay_rate", "12.70")]);
    assert_eq!(says(&mut office, case, "funded", "R-83-rise"), Some(Warn), "£12.71 on the last day");
    office.set(case, &[("planned_end", "31/03/2026")]);
    assert_eq!(says(&mut office, case, "funded", "R-83-rise"), None);
}

#[test]
fn r_83_a_placement_that_a_course_requires_is_exempt_for_a_year_at_most_and_never_a_graduate() {
    // National Minimum Wage Regulations 2015, reg.53.
    for (exemption, kind, end, says_it) in [
        ("", "student", "02/04/2027", Some(Block)),
        ("course", "student", "10/01/2028", None),
        ("course", "student", "11/01/2028", Some(Block)),
        ("course", "graduate", "02/04/2027", Some(Block)),
        ("volunteer", "graduate", "02/04/2027", None),
    ] {
        let mut office = placements(&[]);
        let case = host_checked(&mut office);
        office.set(case, &FUNDING);
        office.set(
            case,
            &[
                ("pay_rate", "1"),
                ("wage_exemption", exemption),
                ("placement_type", kind),
                ("planned_end", end),
                ("insurance_expires", "31/12/2028"),
            ],
        );
        assert_eq!(says(&mut office, case, "funded", "R-83"), says_it, "{exemption}, {kind}, to {end}");
    }
}

#[test]
fn r_84_the_week_has_48_hours_at_most_and_a_visa_may_allow_fewer() {
    // Working Time Regulations 1998, reg.4.
    for (hours, says_it) in [("48", None), ("48.01", Some(Warn))] {
        let mut office = placements(&[]);
        let case = host_checked(&mut office);
        office.set(case, &FUNDING);
        office.set(case, &[("hours_per_week", hours)]);
        assert_eq!(says(&mut office, case, "funded", "R-84"), says_it, "{hours}");
    }
    for (limit, says_it) in [("", None), ("35", None), ("20", Some(Warn))] {
        let mut office = placements(&[]);
        let case = funded(&mut office);
        office.set(case, &[("hours_limit", limit)]);
        assert_eq!(says(&mut office, case, "selected", "R-84-visa"), says_it, "35 hours, allowed {limit}");
    }
}

#[test]
fn r_85_whoever_works_for_the_host_already_is_no_new_placement() {
    for (answer, says_it) in [("no", None), ("yes", Some(Warn)), ("", Some(Warn))] {
        let mut office = placements(&[]);
        let case = funded(&mut office);
        office.set(case, &[("employed_by_host", answer)]);
        assert_eq!(says(&mut office, case, "selected", "R-85"), says_it, "answered {answer}");
    }
}

#[test]
fn r_86_a_graduate_graduated_within_the_programmes_years() {
    for (years, kind, graduated, says_it) in [
        ("2", "graduate", "11/01/2025", None),
        ("2", "graduate", "10/01/2025", Some(Warn)),
        ("3", "graduate", "10/01/2025", None),
        ("2", "graduate", "", Some(Warn)),
        ("2", "student", "", None),
        ("", "graduate", "", None),
    ] {
        let mut office = placements(&[("graduate_within_years", years)]);
        let case = funded(&mut office);
        office.set(case, &[("placement_type", kind), ("graduated_on", graduated)]);
        assert_eq!(
            says(&mut office, case, "selected", "R-86"),
            says_it,
            "{kind} of {graduated}, {years} years, from 11 January 2027"
        );
    }
}

#[test]
fn r_87_the_subsidy_keeps_to_the_largest_award_and_to_the_share_of_the_cost() {
    for (cost, subsidy, says_it) in [
        ("", "4000", None),
        ("", "4000.01", Some(Block)),
        ("5001.01", "2500.50", None),
        ("5001.01", "2500.51", Some(Block)),
    ] {
        let mut office = placements(&[]);
        let case = host_checked(&mut office);
        office.set(case, &FUNDING);
        office.set(case, &[("project_cost", cost), ("subsidy", subsidy)]);
        assert_eq!(says(&mut office, case, "funded", "R-87"), says_it, "{subsidy} of {cost}");
    }
}

/// A placement as far as the stage named, everything in order.
fn ended(office: &mut Office, until: &str) -> Uuid {
    let case = funded(office);
    let student = office.records(casework::forms::Noun::Person, &[("name", "Zoë Sample")]).to_string();
    let provider =
        casework::organisations::list(&office.desk, "Aston", None, 0, 1).unwrap().rows[0].id.to_string();
    let path: [(&str, &[(&str, &str)]); 5] = [
        (
            "selected",
            &[
                ("student_id", &student),
                ("selected_on", "23/11/2026"),
                ("right_to_work_on", "23/11/2026"),
                ("provider_id", &provider),
                ("employed_by_host", "no"),
            ],
        ),
        ("agreement_out", &[]),
        (
            "confirmed",
            &[
                ("host_signed_on", "08/01/2027"),
                ("student_signed_on", "09/01/2027"),
                ("provider_signed_on", "10/01/2027"),
            ],
        ),
        ("started", &[("started_on", "11/01/2027")]),
        ("ended", &[("ended_on", "02/04/2027")]),
    ];
    for (to, fields) in path {
        goes(office, case, to, fields);
        if to == until {
            break;
        }
    }
    case
}

#[test]
fn r_87_the_subsidy_is_claimed_after_the_wages_are_paid_and_is_no_more_than_was_agreed() {
    for (wages_paid, claimed, says_it) in [
        ("", "2500", Some(Block)),
        ("13/04/2027", "2500", Some(Block)),
        ("12/04/2027", "2500.01", Some(Block)),
        ("12/04/2027", "2500", None),
    ] {
        let mut office = placements(&[]);
        let case = ended(&mut office, "ended");
        office
            .set(case, &[("wages_paid_on", wages_paid), ("claimed", claimed), ("claimed_on", "12/04/2027")]);
        assert_eq!(says(&mut office, case, "claimed", "R-87-claim"), says_it, "{claimed}, paid {wages_paid}");
    }
}

#[test]
fn r_89_a_host_has_at_most_so_many_placements_of_the_programme_its_group_included() {
    for (most, host, says_it) in [
        ("", "Brook Alloys Ltd", None),
        ("1", "Brook Alloys Ltd", Some(Block)),
        ("1", "Other Ltd", None),
        ("2", "Brook Alloys Ltd", None),
    ] {
        let mut office = placements(&[("awards_per_business", most)]);
        funded(&mut office);
        let second = office.proposes_placement(host, &[]);
        goes(&mut office, second, "host_checked", &HOST);
        office.set(second, &FUNDING);
        assert_eq!(says(&mut office, second, "funded", "R-89"), says_it, "{host}, {most} at most");
    }
    let mut office = placements(&[("awards_per_business", "1")]);
    let first = funded(&mut office);
    let second = office.proposes_placement("Brook Holdings Ltd", &[]);
    goes(&mut office, second, "host_checked", &HOST);
    office.set(second, &FUNDING);
    let group = cases::get(&office.desk, first).unwrap().organisation_id.to_string();
    office.set_business(second, &[("group_root_id", &group)]);
    assert_eq!(says(&mut office, second, "funded", "R-89"), Some(Block), "one enterprise");
    cases::move_case(&mut office.desk, first, "withdrawn", None).unwrap();
    assert_eq!(says(&mut office, second, "funded", "R-89"), None, "the first came to nothing");
}
