use super::*;

fn fields_of(headings: &[&str], samples: &[&[&str]]) -> Vec<Option<&'static str>> {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let samples: Vec<Vec<String>> =
        samples.iter().map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    match_columns(&headings, &samples).into_iter().map(|matched| matched.field).collect()
}

#[test]
fn the_questions_of_a_form_are_known_and_its_own_columns_are_not_taken_for_answers() {
    let expected = [
        ("ID", Some("external_reference"), "1"),
        ("Start time", None, "2026-10-19 07:58"),
        ("Completion time", Some("received"), "2026-10-19 08:15"),
        ("Email", None, "anonymous"),
        ("Name", None, ""),
        ("Registered name of your business", Some("business"), "Ffŵl Cymru Cyf"),
        ("Companies House number (if you have one)", Some("company_number"), "n/a"),
        ("Your full name", Some("contact_name"), "Aoife"),
        ("Your email address", Some("email"), "a@example.com"),
        ("Telephone", Some("phone"), "0121 496 0000"),
        ("Trading address", Some("address"), "94 Canal Street"),
        ("Town or city", Some("town"), "Walsall"),
        ("Postcode", Some("postcode"), "B1"),
        ("How many people do you employ (full-time equivalent)?", Some("employees"), "1"),
        ("Annual turnover in your last accounts (£)", Some("turnover"), "85000"),
        ("Which research organisation would you like to work with?", Some("provider"), "Aston"),
        ("Project title", Some("title"), "Hydrogen"),
        ("What is the problem or opportunity, and what help do you need?", Some("need"), "Our line"),
        ("How much are you asking for? (£, excluding VAT)", Some("asked"), "3000"),
        ("Total cost of the work quoted (£, excluding VAT)", Some("project_cost"), "12500"),
        ("Have you had an innovation voucher before?", Some("earlier_vouchers"), "no"),
        (
            "Subsidy (minimal financial assistance) received in this and the last two financial years (£)",
            Some("assistance_declared"),
            "none",
        ),
        ("I declare that the information is correct", Some("declaration"), "Yes"),
        ("May we contact you about other support?", Some("may_contact"), "No"),
    ];
    let headings: Vec<&str> = expected.iter().map(|(heading, _, _)| *heading).collect();
    let samples: Vec<&[&str]> = expected.iter().map(|(_, _, sample)| std::slice::from_ref(sample)).collect();
    for ((heading, wanted, _), found) in expected.iter().zip(fields_of(&headings, &samples)) {
        assert_eq!(found, *wanted, "{heading}");
    }
}

#[test]
fn a_partners_short_headings_are_known() {
    let expected = [
        ("Ref", "external_reference"),
        ("Date received", "received"),
        ("Organisation", "business"),
        ("Co. No", "company_number"),
        ("Contact first name", "given_name"),
        ("Contact surname", "family_name"),
        ("E-mail", "email"),
        ("Tel", "phone"),
        ("Address line 1", "address"),
        ("Town", "town"),
        ("Post code", "postcode"),
        ("FTE", "employees"),
        ("T/O", "turnover"),
        ("University", "provider"),
        ("Title of project", "title"),
        ("Description", "need"),
        ("Grant requested", "asked"),
        ("Project cost", "project_cost"),
        ("De minimis / MFA so far", "assistance_declared"),
        ("Declaration", "declaration"),
    ];
    let headings: Vec<&str> = expected.iter().map(|(heading, _)| *heading).collect();
    for ((heading, wanted), found) in expected.iter().zip(fields_of(&headings, &[])) {
        assert_eq!(found, Some(*wanted), "{heading}");
    }
}

#[test]
fn other_wordings_are_known_too() {
    for (heading, wanted) in [
        ("Organisation name", Some("business")),
        ("Co. Reg. No.", Some("company_number")),
        ("Amount sought (£)", Some("asked")),
        ("Who would you like to work with?", Some("provider")),
        ("Job title", None),
        ("Website", None),
        ("Number of jobs created", None),
        ("Address line 2", None),
        ("Charity number", None),
        ("Name", None),
        ("Voucher awarded", None),
    ] {
        assert_eq!(fields_of(&[heading], &[]), [wanted], "{heading}");
    }
}

#[test]
fn what_is_not_certain_is_left_to_the_officer() {
    assert_eq!(fields_of(&["Company", "Organisation"], &[]), [None, None], "either may be the business");
    assert_eq!(fields_of(&["Email", "E-mail"], &[&["anonymous"], &["a@example.com"]]), [None, Some("email")]);
    assert_eq!(fields_of(&["Amount"], &[&["yes", "no idea"]]), [None], "nothing under it is an amount");
    let form = ["ID", "Start time", "Completion time", "Email", "Name", "Organisation name"];
    let signed_in: [&[&str]; 5] =
        [&["1"], &["2026-10-19"], &["2026-10-19"], &["a@example.com"], &["Priya Patel"]];
    assert_eq!(
        fields_of(&form, &signed_in)[3..],
        [Some("email"), Some("contact_name"), Some("business")],
        "nobody else asks"
    );
}

#[test]
fn every_field_has_its_own_name_and_no_wording_means_two() {
    let mut seen = std::collections::BTreeMap::new();
    for field in FIELDS {
        for exact in field.exact.split('|') {
            assert_eq!(seen.insert(exact, field.name), None, "“{exact}” means two fields");
            assert_eq!(plain(exact), exact, "as headings are compared");
        }
    }
    assert_eq!(
        FIELDS.iter().filter(|field| field.required).map(|field| field.name).collect::<Vec<_>>(),
        ["received", "business", "title", "need", "asked"]
    );
}
