//! What officers say about rows, without a register.

use casework::{applications::SameBusiness, findings::Finding};

use super::*;
use crate::read;

const FILE: &str = "Organisation;Date received;Title of project;Description;Grant requested\nHarrow Bearings plc;19/10/2026;Valve;Help;5000\n";

/// A session of one row, of which the register says that its business may be one it holds.
fn session(accepted: bool) -> (ImportSession, Uuid) {
    let sheet = read::read(FILE.as_bytes(), "one.csv", None).unwrap();
    let fields = ["business", "received", "title", "need", "asked"].map(|field| Some(field.to_owned()));
    let columns = mapping::columns(&sheet, &fields).unwrap();
    let held = Uuid::now_v7();
    let judgement = Judgement {
        held_as: None,
        same_as: Some(SameBusiness {
            id: held,
            name: "Harrow Bearing".into(),
            town: None,
            postcode: None,
            company_number: None,
            because: vec!["nearly the same name".into()],
            accepted,
        }),
        findings: vec![Finding::warn("IMP-PERHAPS-SAME", "Perhaps the same business as Harrow Bearing.")],
    };
    let now = "2026-11-23T10:00:00Z".parse().unwrap();
    let mended = Mended::new();
    let order = Order::DayFirst(String::new());
    let readings = sheet
        .rows
        .iter()
        .map(|row| read_row(RowCells { columns: &columns, row, mended: &mended }, &order, now))
        .collect();
    let checked = Checked {
        programme: held,
        round: None,
        mapping: mapping::remembered("", &columns),
        columns,
        order,
        readings,
        judgements: BTreeMap::from([(2, judgement)]),
    };
    let session = ImportSession {
        id: held,
        path: PathBuf::new(),
        reader: Reader::Unbounded,
        sheet,
        mended,
        same: BTreeMap::new(),
        anyway: BTreeSet::new(),
        recorded: BTreeMap::new(),
        checked: Some(checked),
    };
    (session, held)
}

fn business_taken(session: &ImportSession) -> Option<Uuid> {
    session.accepted_business(session.checked.as_ref().unwrap(), 2)
}

#[test]
fn a_business_is_the_one_held_when_the_register_is_sure_or_the_officer_says_so() {
    let (mut session, held) = session(false);
    assert_eq!(
        (session.row(2).unwrap().state, business_taken(&session)),
        (RowState::Warned, None),
        "a question is open"
    );
    let yes = session.same_business(2, true).unwrap();
    assert_eq!((yes.state, business_taken(&session)), (RowState::Ready, Some(held)));
    assert_eq!(yes.findings[0].message, "Recorded with Harrow Bearing, as you said.");
    let no = session.same_business(2, false).unwrap();
    assert_eq!((no.state, business_taken(&session)), (RowState::Ready, None));
    assert!(no.same_as.is_some_and(|same| !same.accepted));
}

#[test]
fn an_officer_can_say_that_it_is_another_business() {
    let (mut session, held) = session(true);
    assert_eq!(business_taken(&session), Some(held), "the register is sure");
    session.same_business(2, false).unwrap();
    assert_eq!(business_taken(&session), None);
}
