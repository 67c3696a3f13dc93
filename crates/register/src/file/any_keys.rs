//! Whatever stands in `keys.json` and its copy, the register opens as it is, for the officer whose secret it is, or is refused in
//! words, in bounded time and memory; and where one of the two is untouched, every secret opens it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Settings, attempts,
    keys::{Effort, copy, path},
    open::unlocked,
    secret::DataKey,
};
use crate::{Actor, Migration, Passphrase, Register, RegisterError, Schema, Table, Unlock};

static SCHEMA: Schema = Schema {
    migrations: &[Migration::new(
        1,
        "start",
        "CREATE TABLE notes (id BLOB PRIMARY KEY, body TEXT) STRICT, WITHOUT ROWID;",
    )],
    tables: &[Table { name: "notes", personal: &["body"], standing: None }],
    derived: None,
    after_change: None,
};

/// The least work that a guess of two lanes may cost: with one they would not be written down.
const QUICK: Settings = Settings { effort: Effort { memory: 16, passes: 1, lanes: 2 }, network: Some(false) };

/// Multiplied in the long form.
fn times() -> u32 {
    std::env::var("VDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// A register of two officers, each remembered on a computer.
struct Office {
    folder: tempfile::TempDir,
    key: DataKey,
    keys: Vec<u8>,
    /// Everything that opens it, and whom it opens it for.
    secrets: Vec<(Unlock, Actor)>,
}

fn officer(number: u128, name: &str) -> Actor {
    Actor { id: Uuid::from_u128(number), name: name.to_owned() }
}

fn open(folder: &Path, unlock: Unlock) -> Result<Register, RegisterError> {
    Register::open_with(folder, &SCHEMA, unlock, &QUICK)
}

fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let officers = [officer(1, "Asha Patel"), officer(2, "Ben Okafor")];
    let passphrase = |officer: &Actor| Passphrase::new(format!("correct horse {}", officer.name));
    let by_passphrase = |officer: &Actor| Unlock::Passphrase {
        officer_name: officer.name.clone(),
        passphrase: passphrase(officer),
    };
    let (mut register, recovery) =
        Register::create_with(folder.path(), &SCHEMA, officers[0].clone(), &passphrase(&officers[0]), &QUICK)
            .unwrap();
    register.add_officer(officers[1].clone(), &passphrase(&officers[1])).unwrap();
    let key = register.data_key().unwrap();
    drop(register);
    let nobody = Actor { id: Uuid::nil(), name: "Recovery key".into() };
    let mut secrets = vec![(Unlock::Recovery { key: recovery, as_officer: None }, nobody)];
    for officer in officers {
        let mut register = open(folder.path(), by_passphrase(&officer)).unwrap();
        let remembered = Unlock::Remembered(register.remember_on_this_computer().unwrap());
        secrets.extend([(remembered, officer.clone()), (by_passphrase(&officer), officer)]);
    }
    let keys = fs::read(path(folder.path())).unwrap();
    Office { folder, key, keys, secrets }
}

/// A change to a file of JSON.
#[derive(Clone, Debug)]
enum Change {
    /// Another value in the place of the one that is this far on.
    Value(usize, Value),
    /// What stands in one place, in another too.
    Copied(usize, usize),
    /// The place is gone.
    Gone(usize),
    /// A list holds all that it holds so many times.
    Repeated(usize, usize),
    /// Other bytes from this place on.
    Bytes(usize, Vec<u8>),
    /// Nothing from this place on.
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(9),
        json!(-1),
        json!(1024 * 1024 + 1),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("A".repeat(50_000)),
        json!("not base64"),
        json!("Asha Patel"),
        json!("Ben Okafor"),
        json!(Uuid::from_u128(2)),
        json!([]),
        json!({}),
        json!([[[[[[]]]]]]),
        json!("2026-13-45T99:99:99Z"),
    ];
    let at = any::<usize>;
    prop_oneof![
        6 => (at(), select(values)).prop_map(|(at, value)| Change::Value(at, value)),
        4 => (at(), at()).prop_map(|(from, to)| Change::Copied(from, to)),
        2 => at().prop_map(Change::Gone),
        1 => (at(), select(vec![0, 2, 2, 2, 30])).prop_map(|(at, times)| Change::Repeated(at, times)),
        6 => (at(), vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Bytes(at, bytes)),
        2 => at().prop_map(Change::Cut),
    ]
}

/// Where each value stands, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (name, entry) in entries {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(entry, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Changes what is JSON in its places, and what is not in its bytes.
fn changed(whole: Vec<u8>, change: &Change) -> Vec<u8> {
    if whole.is_empty() {
        return whole;
    }
    match change {
        Change::Bytes(at, bytes) => {
            let at = at % whole.len();
            return [&whole[..at], bytes, whole.get(at + bytes.len()..).unwrap_or_default()].concat();
        }
        Change::Cut(at) => return whole[..at % whole.len()].to_vec(),
        _ => {}
    }
    let Ok(mut json) = serde_json::from_slice::<Value>(&whole) else { return whole };
    let mut found = Vec::new();
    places(&json, "", &mut found);
    let place = |at: &usize| found[at % found.len()].as_str();
    match change {
        Change::Value(at, value) => *json.pointer_mut(place(at)).unwrap() = value.clone(),
        Change::Copied(from, to) => {
            let value = json.pointer(place(from)).unwrap().clone();
            *json.pointer_mut(place(to)).unwrap() = value;
        }
        Change::Gone(at) => {
            let Some((parent, name)) = place(at).rsplit_once('/') else { return Vec::new() };
            match json.pointer_mut(parent).unwrap() {
                Value::Object(entries) => drop(entries.remove(&name.replace("~1", "/").replace("~0", "~"))),
                Value::Array(items) => drop(items.remove(name.parse().unwrap())),
                _ => unreachable!("only these hold others"),
            }
        }
        Change::Repeated(at, times) => {
            if let Value::Array(items) = json.pointer_mut(place(at)).unwrap() {
                *items = std::iter::repeat_n(items.clone(), *times).flatten().collect();
            }
        }
        Change::Bytes(..) | Change::Cut(_) => unreachable!("done above"),
    }
    serde_json::to_vec(&json).unwrap()
}

/// What stands where the file, or its copy, should.
#[derive(Clone, Debug)]
enum Stands {
    Untouched,
    Changed(Vec<Change>),
    Anything(Vec<u8>),
    Nothing,
}

impl Stands {
    fn bytes(&self, whole: &[u8]) -> Option<Vec<u8>> {
        match self {
            Stands::Untouched => Some(whole.to_vec()),
            Stands::Changed(changes) => Some(changes.iter().fold(whole.to_vec(), changed)),
            Stands::Anything(bytes) => Some(bytes.clone()),
            Stands::Nothing => None,
        }
    }
}

/// The file and its copy.
fn both() -> impl Strategy<Value = [Stands; 2]> {
    let altered = || vec(change(), 1..4).prop_map(Stands::Changed);
    let any = || {
        prop_oneof![
            6 => altered(),
            1 => vec(any::<u8>(), 0..200).prop_map(Stands::Anything),
            1 => Just(Stands::Nothing)
        ]
    };
    prop_oneof![
        3 => altered().prop_map(|stands| [stands.clone(), stands]),
        2 => (any(), any()).prop_map(|(file, copy)| [file, copy]),
        1 => any().prop_map(|file| [file, Stands::Untouched]),
        1 => any().prop_map(|copy| [Stands::Untouched, copy]),
    ]
}

/// Puts them there, in place of what stands there.
fn put(office: &Office, stands: &[Stands; 2]) -> [Option<Vec<u8>>; 2] {
    let folder = office.folder.path();
    let bytes = [stands[0].bytes(&office.keys), stands[1].bytes(&office.keys)];
    for (place, bytes) in [path(folder), copy(folder)].iter().zip(&bytes) {
        match bytes {
            Some(bytes) => fs::write(place, bytes).unwrap(),
            None => drop(fs::remove_file(place)),
        }
    }
    bytes
}

#[test]
fn any_key_file_opens_the_register_as_it_is_for_whose_secret_it_is_or_not_at_all() {
    let office = office();
    let folder = office.folder.path();
    let config = ProptestConfig { cases: 1_000 * times(), failure_persistence: None, ..Default::default() };
    TestRunner::new(config)
        .run(&(both(), 0..16u32), |(stands, whole)| {
            let bytes = put(&office, &stands);
            let one_is_untouched = bytes.iter().flatten().any(|bytes| *bytes == office.keys);
            let started = Instant::now();
            let _ = Register::slots(folder);
            let _ = Register::id(folder);
            let mut opens = None;
            for (unlock, officer) in &office.secrets {
                // A pause after wrong passphrases is not what is attacked.
                attempts::success(folder);
                match unlocked(folder, unlock.clone()) {
                    Ok((actor, key, None)) => {
                        prop_assert_eq!(&actor, officer);
                        prop_assert_eq!(key.bytes(), office.key.bytes());
                        opens = Some((unlock, officer));
                    }
                    Ok((_, _, Some(_))) => prop_assert!(false, "nobody chose another passphrase"),
                    Err(error) => {
                        prop_assert!(!one_is_untouched, "{unlock:?}: {error}");
                        prop_assert!(!error.to_string().is_empty());
                    }
                }
            }
            prop_assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
            // What is opened has been unlocked with the right key: a few show that nothing else hangs on the file.
            if let Some((unlock, officer)) = opens.filter(|_| whole == 0) {
                let register = open(folder, unlock.clone());
                let register = register.map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(register.actor(), officer);
                prop_assert!(register.verify().unwrap().sound);
                drop(register);
                prop_assert!(unlocked(folder, unlock.clone()).is_ok(), "what opening left opens again");
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_key_file_beyond_all_measure_is_not_read() {
    let office = office();
    for place in [path(office.folder.path()), copy(office.folder.path())] {
        fs::File::create(place).unwrap().set_len(1 << 40).unwrap();
    }
    let refused = Register::slots(office.folder.path());
    assert!(matches!(refused, Err(RegisterError::KeysDamaged)), "{refused:?}");
}

/// The keys of the office, changed as a whole, in both places.
fn rewritten(office: &Office, change: impl FnOnce(&mut Value)) {
    let mut keys: Value = serde_json::from_slice(&office.keys).unwrap();
    change(&mut keys);
    let changed = Stands::Anything(serde_json::to_vec(&keys).unwrap());
    put(office, &[changed.clone(), changed]);
}

#[test]
fn a_key_file_that_lists_an_officer_or_a_computer_many_times_is_refused_and_not_multiplied_out() {
    let office = office();
    rewritten(&office, |keys| {
        for slots in ["officers", "computers"] {
            let slots = keys[slots].as_array_mut().unwrap();
            *slots = vec![slots[0].clone(); 1_000];
        }
    });
    let refused = Register::slots(office.folder.path()).map(|slots| slots[0].remembered_on.len());
    assert!(matches!(refused, Err(RegisterError::KeysDamaged)), "{refused:?}");
}

#[test]
fn a_copy_that_is_known_to_be_whole_goes_before_a_file_of_which_nothing_is_known() {
    let office = office();
    let mut keys: Value = serde_json::from_slice(&office.keys).unwrap();
    keys.as_object_mut().unwrap().remove("check");
    keys["recovery"]["salt"] = json!("");
    put(&office, &[Stands::Anything(serde_json::to_vec(&keys).unwrap()), Stands::Untouched]);
    for (unlock, officer) in &office.secrets {
        assert_eq!(unlocked(office.folder.path(), unlock.clone()).unwrap().0, *officer);
    }
}

#[test]
fn a_computer_s_slot_that_asks_for_more_work_than_any_was_made_with_is_refused_at_once() {
    let office = office();
    rewritten(&office, |keys| {
        for slot in keys["computers"].as_array_mut().unwrap() {
            slot["effort"] = json!({ "memory": 256 * 1024, "passes": 16 });
        }
    });
    let started = Instant::now();
    for (unlock, _) in office.secrets.iter().filter(|(unlock, _)| matches!(unlock, Unlock::Remembered(_))) {
        let refused = unlocked(office.folder.path(), unlock.clone());
        assert!(matches!(refused, Err(RegisterError::KeysDamaged)), "{refused:?}");
    }
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}
