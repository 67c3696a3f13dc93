//! Both sample files, imported into a register as an officer would.

use std::collections::BTreeMap;

use casework::{
    Desk,
    findings::Severity,
    forms::{self, Noun, Values},
};
use exchange::{
    child::Reader,
    read,
    session::{ImportCheck, ImportRow, ImportSession, REASON_HEADING, RowState},
};
use uuid::Uuid;

use crate::data;

const FORMS: &str = "applications/innovation-voucher-applications-forms-7.xlsx";
const PARTNER: &str = "applications/partner-applications-7.csv";

/// An office with one voucher programme of at most £5,000 and a round that closed on 13 November 2026.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) programme: Uuid,
    pub(crate) round: Uuid,
}

impl Office {
    pub(crate) fn new() -> Office {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let mut desk = Desk::in_memory("Marlbrook Practice Office", "Robin Practice", now).unwrap();
        let programme = save(
            &mut desk,
            Noun::Programme,
            &[
                ("code", "MIV"),
                ("name", "Marlbrook Innovation Vouchers"),
                ("value_min", "1000"),
                ("value_max", "5000"),
            ],
        );
        let round = save(
            &mut desk,
            Noun::Round,
            &[
                ("programme_id", &programme.to_string()),
                ("name", "Round 1"),
                ("opens_at", "2026-10-01T09:00"),
                ("closes_at", "2026-11-13T17:00"),
                ("budget", "140000"),
                ("rules_as_of", "2026-10-01"),
            ],
        );
        Office { desk, programme, round }
    }

    fn open(&self, file: &str) -> ImportSession {
        ImportSession::open_with(Reader::Unbounded, &data(file), &|| true).unwrap()
    }

    /// Checks with the columns as they were found.
    fn check(&self, session: &mut ImportSession, mapping: &str) -> ImportCheck {
        let columns: Vec<Option<String>> =
            session.sheet(&self.desk).unwrap().columns.into_iter().map(|column| column.field).collect();
        session.check(&self.desk, self.programme, Some(self.round), &columns, mapping).unwrap()
    }
}

fn save(desk: &mut Desk, noun: Noun, values: &[(&str, &str)]) -> Uuid {
    let values: Values =
        values.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned()))).collect();
    forms::save(desk, noun, None, &values).unwrap().id
}

fn row(check: &ImportCheck, number: u32) -> &ImportRow {
    check.rows.iter().find(|row| row.row == number).unwrap()
}

/// How many rows each rule speaks of, blocks and warnings only.
fn by_rule(check: &ImportCheck) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in &check.rows {
        let mut rules: Vec<&str> = row
            .findings
            .iter()
            .filter(|finding| finding.severity != Severity::Inform)
            .map(|finding| finding.rule.as_str())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *counts.entry(rule.to_owned()).or_default() += 1;
        }
    }
    counts
}

fn counts(check: &ImportCheck) -> [u32; 4] {
    [check.ready, check.warned, check.refused, check.held]
}

/// The reasons that a table of expectations lists: `IMP-20 18`.
fn reasons(check: &ImportCheck) -> Vec<String> {
    by_rule(check).into_iter().map(|(rule, rows)| format!("{rule} {rows}")).collect()
}

#[test]
fn the_form_export_is_judged_row_by_row_as_an_officer_would() {
    let office = Office::new();
    let mut session = office.open(FORMS);
    let check = office.check(&mut session, "Forms 2026");
    assert_eq!(check.rows.len(), 63);
    assert_eq!(counts(&check), [16, 41, 3, 3], "ready, warned, refused, held");
    assert_eq!(
        reasons(&check),
        [
            "IMP-03 2",
            "IMP-07 1",
            "IMP-20 18",
            "IMP-22 12",
            "IMP-23 2",
            "IMP-25 8",
            "IMP-NUMBER-TWICE 3",
            "R-40 24",
            "R-57 3"
        ]
    );
    for (number, state, rule) in [
        (2, RowState::Ready, None),
        (4, RowState::Warned, Some("IMP-25")), // asks for £12,000.50 of a work of £8,000
        (11, RowState::Warned, Some("IMP-23")), // no answer to the declaration
        (13, RowState::Refused, Some("IMP-07")), // “Ltd”
        (23, RowState::Warned, Some("IMP-22")), // declaration “No”
        (35, RowState::Refused, Some("IMP-03")), // “5k”
        (40, RowState::Warned, Some("IMP-20")), // “about 20” people, “£1.2m” turnover
        (44, RowState::Warned, Some("IMP-41")), // “12 FTE”
        (51, RowState::Refused, Some("IMP-03")),
        (62, RowState::Held, Some("IMP-45")), // row 31 in capitals
    ] {
        let row = row(&check, number);
        let has = rule.is_none_or(|rule| row.findings.iter().any(|finding| finding.rule == rule));
        assert!(row.state == state && has, "row {number}: {:?} {:?}", row.state, row.findings);
    }
    assert_eq!(row(&check, 62).reference.as_deref(), Some("row 31"));
    assert_eq!(row(&check, 34).company_number, "02686822", "a lost zero is put back");
    assert_eq!(row(&check, 23).company_number, "", "“n/a” is no number and no fault");
    assert_eq!((row(&check, 35).asked.as_str(), row(&check, 36).asked.as_str()), ("5k", "5000.00"));
    assert_eq!(row(&check, 4).received, "2026-10-15", "57 minutes after midnight in summer time");
    let fix = row(&check, 35).findings[0].fix.clone().unwrap();
    assert!(fix.contains("cell S35"), "{fix}");
}

#[test]
fn a_partners_file_is_judged_row_by_row_as_an_officer_would() {
    let office = Office::new();
    let mut session = office.open(PARTNER);
    let sheet = session.sheet(&office.desk).unwrap();
    assert_eq!(sheet.read_as, "text with semicolons between columns, Windows-1252");
    assert_eq!(sheet.columns[1].note.as_deref(), Some("Read with the day first, as 19/10/2026 shows."));
    let check = office.check(&mut session, "Partner");
    assert_eq!(check.rows.len(), 42);
    assert_eq!(counts(&check), [6, 32, 2, 2], "ready, warned, refused, held");
    assert_eq!(
        reasons(&check),
        [
            "IMP-03 1",
            "IMP-07 1",
            "IMP-20 23",
            "IMP-21 16",
            "IMP-22 5",
            "IMP-23 1",
            "IMP-25 6",
            "IMP-NUMBER-TWICE 2",
            "R-40 14",
            "R-57 2"
        ]
    );
    for (number, value) in [(3, "2026-11-09"), (4, "2026-10-15"), (14, "2026-11-04"), (43, "2026-10-11")] {
        assert_eq!(row(&check, number).received, value, "row {number}");
    }
    assert_eq!(row(&check, 42).reference.as_deref(), Some("row 2"), "FF?L CYMRU CYF");
}

#[test]
fn what_is_taken_is_taken_once_and_a_second_import_finds_it_held() {
    let mut office = Office::new();
    let mut session = office.open(FORMS);
    office.check(&mut session, "Forms 2026");
    session.remember_columns(&mut office.desk).unwrap();
    let imported = session.commit(&mut office.desk, &|_, _| true).unwrap();
    assert_eq!((imported.taken, imported.left, imported.references.len()), (57, 6, 57));
    assert!(imported.entry.is_some());
    let again = session.commit(&mut office.desk, &|_, _| true).unwrap();
    assert_eq!((again.entry, again.taken, again.left), (None, 0, 6), "a second click takes nothing");

    let mut second = office.open(FORMS);
    assert_eq!(
        second.sheet(&office.desk).unwrap().mapping_name.as_deref(),
        Some("Forms 2026"),
        "the columns are remembered"
    );
    let check = office.check(&mut second, "Forms 2026");
    assert_eq!(counts(&check), [0, 0, 3, 60]);
    assert_eq!(row(&check, 2).reference.as_ref(), imported.references.first());

    let mut partner = office.open(PARTNER);
    let sheet = partner.sheet(&office.desk).unwrap();
    assert_eq!((sheet.mapping_name, sheet.mappings), (None, vec!["Forms 2026".to_owned()]));
    let check = office.check(&mut partner, "");
    assert_eq!(
        (check.refused, check.held),
        (2, 40),
        "the partner sends the same applications: {:?}",
        counts(&check)
    );
}

#[test]
fn a_refused_row_is_mended_in_place() {
    let mut office = Office::new();
    let mut session = office.open(FORMS);
    office.check(&mut session, "");
    let refused = session.mend(&office.desk, 35, "asked", "5.000,00").unwrap();
    assert_eq!((refused.state, refused.findings[0].rule.as_str()), (RowState::Refused, "IMP-02"));
    let mended = session.mend(&office.desk, 35, "asked", "5,000.00").unwrap();
    assert_eq!((mended.state, mended.asked.as_str()), (RowState::Warned, "5000.00"));
    let asked = mended.values.iter().find(|value| value.field == "asked").unwrap();
    assert_eq!((asked.as_received.as_str(), asked.mended), ("5k", true));
    let ready = session.mend(&office.desk, 35, "email", "").unwrap();
    assert_eq!(
        ready.state,
        RowState::Ready,
        "the warning about “none” is answered by leaving it out: {:?}",
        ready.findings
    );
    assert!(session.mend(&office.desk, 35, "nonsense", "x").is_err());
    assert!(session.mend(&office.desk, 999, "asked", "1").is_err());
    assert_eq!(session.commit(&mut office.desk, &|_, _| true).unwrap().taken, 58);
    let mut second = office.open(FORMS);
    let check = office.check(&mut second, "");
    assert_eq!(row(&check, 35).state, RowState::Refused, "“5k” is no amount in the file still");
}

#[test]
fn an_officer_can_take_a_row_that_is_held_already() {
    let mut office = Office::new();
    let mut session = office.open(FORMS);
    office.check(&mut session, "");
    let taken = session.take_anyway(62, true).unwrap();
    assert_eq!(taken.state, RowState::Warned);
    assert!(taken.findings.iter().any(|finding| finding.rule == "IMP-46"), "{:?}", taken.findings);
    assert_eq!(session.take_anyway(62, false).unwrap().state, RowState::Held);
    session.take_anyway(62, true).unwrap();
    assert_eq!(session.commit(&mut office.desk, &|_, _| true).unwrap().taken, 58);
}

#[test]
fn rows_that_cannot_be_taken_are_saved_as_received_mended_elsewhere_and_imported() {
    let office = Office::new();
    let mut session = office.open(FORMS);
    office.check(&mut session, "");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.csv");
    session.save_rest(&path).unwrap();
    let rest = read::open(&path, None).unwrap();
    assert_eq!(rest.read_as, "text with commas between columns, UTF-8");
    assert_eq!(rest.rows.len(), 3);
    assert_eq!(rest.headings.last().map(String::as_str), Some(REASON_HEADING));
    let original = read::open(&data(FORMS), None).unwrap();
    for (saved, number) in rest.rows.iter().zip([13, 35, 51]) {
        let received = original.rows.iter().find(|row| row.number == number).unwrap();
        for column in 0..original.headings.len() {
            assert_eq!(
                saved.cell(column).text.replace("\r\n", "\n"),
                received.cell(column).text.replace("\r\n", "\n"),
                "row {number}"
            );
        }
        assert!(!saved.cell(original.headings.len()).text.is_empty(), "and why");
    }
    let mended = std::fs::read_to_string(&path).unwrap().replace("\"5k\"", "\"5,000\"");
    std::fs::write(&path, mended).unwrap();
    let mut again = ImportSession::open_with(Reader::Unbounded, &path, &|| true).unwrap();
    let check = office.check(&mut again, "");
    assert_eq!((check.rows.len(), check.refused), (3, 1), "only “Ltd” is left");
}

const ONE: &str = "Organisation;Date received;Title of project;Description;Grant requested;Postcode\nHarrow Bearings plc;19/10/2026;Valve;Help;5000;B4 7ET\n";

/// What the register holds, what the officer says of the row: the state of the row and the business of the case.
fn business_taken(held_name: &str, says: Option<bool>) -> (RowState, bool) {
    let mut office = Office::new();
    let held = save(
        &mut office.desk,
        Noun::Organisation,
        &[("name", held_name), ("kind", "business"), ("postcode", "B4 7ET")],
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.csv");
    std::fs::write(&path, ONE).unwrap();
    let mut session = ImportSession::open_with(Reader::Unbounded, &path, &|| true).unwrap();
    let mut state = row(&office.check(&mut session, ""), 2).state;
    if let Some(accepted) = says {
        let said = session.same_business(2, accepted).unwrap();
        assert_eq!(said.same_as.as_ref().map(|same| same.accepted), Some(accepted));
        assert!(said.findings.iter().any(|finding| finding.message.ends_with("as you said.")), "{said:?}");
        state = said.state;
    }
    let imported = session.commit(&mut office.desk, &|_, _| true).unwrap();
    let case = casework::cases::by_reference(&office.desk, &imported.references[0]).unwrap();
    (state, case.organisation_id == held)
}

#[test]
fn a_business_is_the_one_held_when_the_register_is_sure_or_the_officer_says_so() {
    let question = "Harrow Bearing & Sons";
    assert_eq!(business_taken(question, None), (RowState::Warned, false), "a question is open");
    assert_eq!(business_taken(question, Some(true)), (RowState::Ready, true));
    assert_eq!(business_taken(question, Some(false)), (RowState::Ready, false));
    assert_eq!(business_taken("Harrow Bearings plc", None), (RowState::Ready, true), "the register is sure");
    assert_eq!(business_taken("Harrow Bearings plc", Some(false)), (RowState::Ready, false));
}

#[test]
fn mending_one_row_gives_every_row_the_verdict_that_judging_all_again_would() {
    let office = Office::new();
    let mut session = office.open(FORMS);
    office.check(&mut session, "");
    let columns: Vec<Option<String>> =
        session.sheet(&office.desk).unwrap().columns.into_iter().map(|column| column.field).collect();
    // The number of another business, the same application as an earlier row, what cannot be read, and back again.
    let first = session.verdicts().unwrap().rows[0].clone();
    let value = |name: &str| {
        first.values.iter().find(|value| value.field == name).and_then(|value| value.value.clone()).unwrap()
    };
    for (row, field, text) in [
        (35, "asked", "5,000".to_owned()),
        (10, "company_number", value("company_number")),
        (20, "business", value("business")),
        (20, "title", value("title")),
        (20, "asked", value("asked")),
        (11, "asked", "5k".to_owned()),
        (20, "asked", "4,999".to_owned()),
        (10, "company_number", String::new()),
    ] {
        let mended = session.mend(&office.desk, row, field, &text).unwrap();
        let after = session.verdicts().unwrap();
        assert_eq!(after.rows.iter().find(|other| other.row == row), Some(&mended));
        let again = session.check(&office.desk, office.programme, Some(office.round), &columns, "").unwrap();
        assert_eq!(after, again, "row {row}, {field}");
    }
    // What is said of other rows: two names under one number, and the same application twice.
    let twice = session.mend(&office.desk, 10, "company_number", &value("company_number")).unwrap();
    assert!(twice.findings.iter().any(|finding| finding.rule == "IMP-NUMBER-TWICE"), "{twice:?}");
    let other = session.verdicts().unwrap();
    assert!(row(&other, first.row).findings.iter().any(|finding| finding.rule == "IMP-NUMBER-TWICE"));
}

#[test]
fn an_import_that_is_stopped_leaves_the_register_as_it_was_and_keeps_the_columns_by_their_name() {
    let mut office = Office::new();
    let before = office.desk.register().journal(None, 1).unwrap()[0].seq;
    let mut session = office.open(FORMS);
    office.check(&mut session, "Forms 2026");
    session.remember_columns(&mut office.desk).unwrap();
    session.remember_columns(&mut office.desk).unwrap();
    let heard = std::cell::RefCell::new(Vec::new());
    let problem = session
        .commit(&mut office.desk, &|done, total| {
            heard.borrow_mut().push((done, total));
            done < 30
        })
        .unwrap_err();
    assert_eq!(problem.code, casework::problem::Code::Cancelled);
    assert!(problem.message.contains("nothing of it was recorded"), "{problem}");
    assert_eq!(heard.borrow().last(), Some(&(30, 57)));
    assert!(casework::cases::ids(&office.desk, "").unwrap().is_empty());
    let journal = office.desk.register().journal(None, 5).unwrap();
    assert_eq!(
        (journal[0].seq, journal[0].label.as_str()),
        (before + 1, "Remembered the columns “Forms 2026”")
    );
    let second = office.open(FORMS);
    assert_eq!(second.sheet(&office.desk).unwrap().mapping_name.as_deref(), Some("Forms 2026"));
    assert_eq!(
        session.commit(&mut office.desk, &|_, _| true).unwrap().taken,
        57,
        "it can be taken after all"
    );
}

#[test]
fn a_file_whose_rows_are_not_all_judged_is_not_recorded() {
    let mut office = Office::new();
    let mut session = office.open(FORMS);
    let columns: Vec<Option<String>> =
        session.sheet(&office.desk).unwrap().columns.into_iter().map(|column| column.field).collect();
    session.choose_columns(&office.desk, office.programme, Some(office.round), &columns, "").unwrap();
    assert!(session.verdicts().is_err() && session.commit(&mut office.desk, &|_, _| true).is_err());
    assert_eq!(session.judge_some(&office.desk).unwrap(), Some((63, 63)));
    assert_eq!(session.judge_some(&office.desk).unwrap(), None);
    assert_eq!(session.verdicts().unwrap().rows.len(), 63);
}

#[test]
fn columns_are_chosen_rightly_or_the_choice_is_refused_in_words() {
    let office = Office::new();
    let mut session = office.open(FORMS);
    assert!(
        session.mend(&office.desk, 2, "asked", "1").unwrap_err().message.contains("have not been chosen")
    );
    let found: Vec<Option<String>> =
        session.sheet(&office.desk).unwrap().columns.into_iter().map(|column| column.field).collect();
    let mut without = found.clone();
    without[18] = None;
    let mut twice = found;
    twice[19] = Some("asked".to_owned());
    for (columns, words) in
        [(without, "No column is chosen for: Asked for."), (twice, "“Asked for” is chosen for two columns")]
    {
        let problem =
            session.check(&office.desk, office.programme, Some(office.round), &columns, "").unwrap_err();
        assert!(problem.message.contains(words), "{}", problem.message);
        assert_eq!(problem.field.as_deref(), Some("columns"));
    }
}
