//! The register as it stood.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::office::*;

fn on(day: u32) -> DateTime<Utc> {
    format!("2026-03-{day:02}T12:00:00Z").parse().unwrap()
}

fn names(past: &Connection) -> Vec<String> {
    let mut statement = past.prepare("SELECT body FROM words ORDER BY body").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn each_day_shows_what_there_was_with_what_is_derived_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, _) = create(folder.path());
    register.set_clock(|| on(1));
    let business = add_business(&mut register, "Brook Alloys");
    let (case, _) = add_case(&mut register, business);
    register.set_clock(|| on(3));
    let renamed = rename(&mut register, business, "Brook Metals");
    issue_letter(&mut register, case, "L-1");
    register.set_clock(|| on(5));
    register.undo(renamed).unwrap();
    assert_eq!(
        names(&register.as_it_stood_on(on(1) - chrono::TimeDelta::hours(1)).unwrap()),
        Vec::<String>::new()
    );
    let second = register.as_it_stood_on(on(2)).unwrap();
    assert_eq!(
        (names(&second), count(&second, "letters")),
        (vec!["Brook Alloys".to_owned()], 0),
        "a letter not yet issued is not there"
    );
    let fourth = register.as_it_stood_on(on(4)).unwrap();
    assert_eq!((names(&fourth), count(&fourth, "letters")), (vec!["Brook Metals".to_owned()], 1));
    assert_eq!(names(&register.as_it_stood_on(on(6)).unwrap()), ["Brook Alloys"]);
    assert!(fourth.execute("DELETE FROM cases", []).is_err(), "the past cannot be changed");
}
