//! The office that is attacked: one programme, one round, some awarded vouchers, set up through the use-cases.

use std::{
    fs,
    path::{Path, PathBuf},
};

use casework::{
    Desk,
    applications::{self, Application, ImportFile},
    cases,
    decisions::{self, DecideCase, DecisionInput, Outcome},
    forms::{self, Noun, Values},
    letters,
    money::Pence,
    officers,
    problem::Problem,
    programmes,
};
use exchange::{child::Reader, session::ImportSession};
use register::{ComputerKey, Passphrase, RecoveryKey, Unlock};
use tempfile::TempDir;
use uuid::Uuid;

/// A Monday within the round's days for decisions.
pub const TODAY: &str = "2026-11-23T09:30:00Z";
pub const OFFICE: &str = "Marlbrook (test)";
/// Vouchers that are awarded before an attack begins.
pub const AWARDED: usize = 8;
/// Rows of the file that is imported.
pub const ROWS: usize = 60;
const BUDGET: i64 = 140_000;
const AWARD: i64 = 4_950;

/// A closed register, and what opens it without a passphrase's slowness.
pub struct Office {
    pub folder: PathBuf,
    pub key: ComputerKey,
    pub recovery: RecoveryKey,
    _holds: Option<TempDir>,
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("seven quiet foxes")
}

pub fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), Some((*value).to_owned()))).collect()
}

impl Default for Office {
    fn default() -> Office {
        Office::new()
    }
}

impl Office {
    /// In a folder of its own, which goes with it.
    pub fn new() -> Office {
        let holds = tempfile::tempdir().unwrap();
        let office = Office::within(holds.path());
        Office { _holds: Some(holds), ..office }
    }

    /// In a folder that somebody else removes.
    pub fn within(drive: &Path) -> Office {
        let folder = drive.join("office.vdesk");
        let now = TODAY.parse().unwrap();
        let (mut desk, recovery) = Desk::create(&folder, OFFICE, "Ada Manager", &passphrase(), now).unwrap();
        let key = officers::remember_on_this_computer(&mut desk).unwrap();
        let (programme, round) = programme_and_round(&mut desk);
        let file = ImportFile { name: "first.csv".into(), sha256: String::new(), mapping: "Forms".into() };
        let batch = (0..AWARDED).map(|number| (application(number), None)).collect();
        applications::record(&mut desk, &file, programme, Some(round), batch, &|_| true).unwrap();
        for id in cases::ids(&desk, "").unwrap() {
            award(&mut desk, id).unwrap();
        }
        desk.close().unwrap();
        Office { folder, key, recovery, _holds: None }
    }

    /// The same, for a copy of it elsewhere.
    pub fn at(&self, folder: PathBuf) -> Office {
        Office { folder, key: self.key.clone(), recovery: self.recovery.clone(), _holds: None }
    }

    pub fn unlock(&self) -> Unlock {
        Unlock::Remembered(self.key.clone())
    }

    pub fn open(&self) -> Desk {
        Desk::open(&self.folder, self.unlock(), TODAY.parse().unwrap()).unwrap()
    }
}

pub fn programme_and_round(desk: &mut Desk) -> (Uuid, Uuid) {
    let programme =
        [("code", "WMIV"), ("name", "Marlbrook Vouchers"), ("value_min", "1000"), ("value_max", "5000")];
    let programme = forms::save(desk, Noun::Programme, None, &values(&programme)).unwrap().id;
    let round = [
        ("programme_id", programme.to_string()),
        ("name", "Round 1".to_owned()),
        ("opens_at", "01/10/2026 09:00".to_owned()),
        ("closes_at", "20/11/2026 17:00".to_owned()),
        ("budget", BUDGET.to_string()),
    ];
    let round: Vec<(&str, &str)> = round.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let round = forms::save(desk, Noun::Round, None, &values(&round)).unwrap().id;
    (programme, round)
}

/// An application that no rule has anything against.
fn application(number: usize) -> Application {
    Application {
        row: u32::try_from(number).unwrap() + 2,
        external_reference: None,
        received_at: "2026-11-02T10:00:00Z".parse().unwrap(),
        business: format!("{} Alloys Ltd (practice)", NAMES[number % NAMES.len()]),
        company_number: None,
        contact_name: Some("Zoë Sample".to_owned()),
        given_name: None,
        family_name: None,
        email: Some("zoe@example.org".to_owned()),
        phone: None,
        address: Some("1 Mill Road".to_owned()),
        town: Some("Marlbrook".to_owned()),
        postcode: Some("MB1 1AA".to_owned()),
        employees: Some(1_200),
        turnover: Some(Pence::pounds(900_000)),
        provider: Some("Aston University".to_owned()),
        title: format!("A better valve {number}"),
        need: "We want to know whether it holds.".to_owned(),
        asked: Pence::pounds(AWARD),
        project_cost: Some(Pence::pounds(6_600)),
        earlier_vouchers: Some("No".to_owned()),
        assistance_declared: None,
        declaration: Some(true),
        may_contact: None,
        fingerprint: format!("first {number}"),
    }
}

const NAMES: [&str; AWARDED] =
    ["Brook", "Ångström", "Harrow", "Copperfield", "Juniper", "Quarry", "Teasel", "Wharf"];

/// Awards it, and gives the journal's entry.
pub fn award(desk: &mut Desk, case: Uuid) -> Result<i64, Problem> {
    let input = DecisionInput {
        outcome: Outcome::Award,
        cases: vec![DecideCase { id: case, amount: None, accepted: Vec::new() }],
        reasons: Vec::new(),
        feedback: String::new(),
        note: String::new(),
    };
    Ok(decisions::decide(desk, &input)?.entry.expect("nothing stands against the award"))
}

/// The applications of a file, as delimited text.
pub fn applications_file() -> String {
    let mut text = "Organisation;Date received;Title of project;Description;Grant requested\n".to_owned();
    for row in 0..ROWS {
        text += &format!(
            "Imported Works {row} Ltd (practice);2026-11-02;Valve {row};Help with a valve;{AWARD}\n"
        );
    }
    text
}

/// Imports the file as an officer would, and gives the entry and how many rows it took.
pub fn import(desk: &mut Desk, reader: Reader, file: &Path) -> Result<(Option<i64>, u32), Problem> {
    let programme = programmes::by_code(desk, "WMIV")?.id;
    let round = programmes::list(desk)?[0].rounds[0].id;
    let mut session = ImportSession::open_with(reader, file, &|| true)?;
    let columns: Vec<Option<String>> =
        session.sheet(desk)?.columns.into_iter().map(|column| column.field).collect();
    session.check(desk, programme, Some(round), &columns, "Forms")?;
    let imported = session.commit(desk, &|_, _| true)?;
    Ok((imported.entry, imported.taken))
}

/// Awarded cases, oldest first.
pub fn awarded(desk: &Desk) -> Result<Vec<Uuid>, Problem> {
    those(cases::ids(desk, "")?, |id| Ok(cases::get(desk, id)?.stage == "offered"))
}

/// Awarded cases that hold no letter that stands.
pub fn without_letter(desk: &Desk) -> Result<Vec<Uuid>, Problem> {
    those(awarded(desk)?, |id| {
        Ok(letters::of_case(desk, id)?.iter().all(|letter| letter.withdrawn_on.is_some()))
    })
}

fn those(ids: Vec<Uuid>, wanted: impl Fn(Uuid) -> Result<bool, Problem>) -> Result<Vec<Uuid>, Problem> {
    ids.into_iter().map(|id| Ok(wanted(id)?.then_some(id))).filter_map(Result::transpose).collect()
}

/// What must hold of the office whenever it is opened, whatever befell it.
pub fn assert_whole(desk: &Desk) {
    let proof = desk.register().verify().unwrap();
    assert!(proof.sound, "{:#?}", proof.faults);
    // Counted from the awards, against stages that the same actions moved.
    let spent = Pence::pounds(AWARD * i64::try_from(awarded(desk).unwrap().len()).unwrap());
    let round = &programmes::list(desk).unwrap()[0].rounds[0];
    assert_eq!(Pence(round.left.0 + spent.0), Pence::pounds(BUDGET), "an award is half recorded");
    for id in cases::ids(desk, "").unwrap() {
        let case = cases::get(desk, id).unwrap();
        let mut numbers: Vec<String> =
            letters::of_case(desk, id).unwrap().into_iter().map(|letter| letter.number).collect();
        // L100 comes after L99.
        numbers.sort_by_key(|number| (number.len(), number.clone()));
        let in_a_row: Vec<String> =
            (1..=numbers.len()).map(|number| format!("{}/L{number:02}", case.reference)).collect();
        assert_eq!(numbers, in_a_row, "a letter's number is used twice, or skipped without a trace");
    }
}

/// Copies a register's folder, as it lies there.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy_folder(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).unwrap();
        }
    }
}
