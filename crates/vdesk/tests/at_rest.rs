//! Without a key nothing of the data can be read: not in the database, its log or its backups, and not in temporary files.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod office;

use std::{
    fs,
    path::{Path, PathBuf},
};

use office::{FORMS, Office};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn holding(folder: &Path, what: &str) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        bytes.windows(what.len()).any(|window| window == what.as_bytes())
    };
    files(folder).into_iter().filter(holds).collect()
}

#[test]
fn no_file_of_a_register_its_backups_or_its_temporary_folder_holds_a_name_a_title_or_an_amount() {
    let office = Office::new();
    office.imports(FORMS);
    office.says(&["decide", "@", "WMIV-2026-0001", "award"]);
    office.says(&["letters", "@", "--kind", "award", "stage:offered", "--out", "OUT"]);
    office.says(&["backup", "@"]);
    let register = office.folder.path().join("office.vdesk");
    assert!(files(&register.join("backups")).len() > 2, "there are backups to look into");
    let cases = office.says(&["cases", "@"]);
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 57);
    for case in cases {
        for field in ["reference", "business", "title", "asked"] {
            let value = case[field].as_str().unwrap();
            // A byte or three can stand anywhere by chance.
            if value.len() > 5 {
                let found = holding(&register, value);
                assert!(found.is_empty(), "{field} {value} stands in {found:?}");
            }
        }
    }
    assert!(
        holding(&register, "SQLite format 3").is_empty(),
        "nor is any file a database that opens without its key"
    );
    assert!(
        !holding(&register, "Ada Manager").is_empty(),
        "the looking works: keys.json names who can unlock"
    );
    assert_eq!(files(&office.temporary()), Vec::<PathBuf>::new(), "nothing is left in the temporary folder");
    let letters = files(&office.folder.path().join("letters"));
    let others: Vec<_> =
        files(office.folder.path()).into_iter().filter(|path| !path.starts_with(&register)).collect();
    assert_eq!(others, letters, "letters are where the officer said, and nowhere else");
    assert_eq!(letters.len(), 1);
}
