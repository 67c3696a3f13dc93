//! What letters say is an office's to write.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{
    forms::{self, Noun},
    letters::{self, Template},
    problem::{Code, Problem},
};
use office::{Office, application, office, values};

const OWN: &str = "Our own words";

fn award(office: &Office) -> Template {
    letters::templates(&office.desk).unwrap().into_iter().find(|template| template.kind == "award").unwrap()
}

fn writes(office: &mut Office, text: &str) -> Result<Option<i64>, Problem> {
    letters::write_template(&mut office.desk, "award", text)
}

#[test]
fn letters_to_come_say_what_a_manager_wrote_issued_ones_keep_their_words_and_one_undo_takes_it_back() {
    let mut office = office();
    let cases = office.imports(vec![application("Brook Alloys Ltd"), application("Kestrel Optics Ltd")]);
    cases.iter().for_each(|case| drop(office.awards(*case, None)));
    let before = award(&office);
    assert_eq!((before.version, &before.written_by, &before.own_text), (1, &None, &None));
    let issued = letters::issue(&mut office.desk, "award", &cases[..1], &|_| true).unwrap();
    let pdf = letters::pdf(&office.desk, issued[0].letter_id.unwrap()).unwrap();

    let text = before.text.replace("I am pleased to offer", &format!("{OWN}: we offer"));
    let entry = writes(&mut office, &text).unwrap().unwrap();
    let after = award(&office);
    assert_eq!(after.version, 2);
    assert_eq!(after.written_by.as_deref(), Some("Ada Manager"));
    assert_eq!(after.own_text.as_ref(), Some(&before.text), "the program's text can be had back");
    assert_ne!(
        letters::preview(&office.desk, "award", cases[1]).unwrap(),
        letters::try_template(&office.desk, "award", &before.text).unwrap(),
    );
    assert_eq!(letters::pdf(&office.desk, issued[0].letter_id.unwrap()).unwrap(), pdf);
    assert_eq!(writes(&mut office, &text.replace('\n', "\r\n")).unwrap(), None, "nothing changed");

    office.desk.undo(entry).unwrap();
    assert_eq!(award(&office), before);
    office.desk.redo().unwrap();
    writes(&mut office, &before.text).unwrap().unwrap();
    let back = award(&office);
    assert_eq!((back.version, back.written_by, back.own_text), (3, None, None));
}

#[test]
fn a_text_that_no_letter_could_be_made_from_is_refused_with_the_place_and_the_fix() {
    let mut office = office();
    let text = award(&office).text;
    for (wrong, says) in [
        ("", "The letter says nothing."),
        (
            &*text.replace("award.accept_by|date", "award.acept_by|date"),
            "“award.acept_by” is not a fact of a voucher.",
        ),
        (&text.replace("{% if programme.mfa %}", "{% if programme.mfa"), "Line 67"),
        (&format!("{text}{{{{ placement.student }}}}"), "“placement.student” is not a fact of a voucher."),
    ] {
        let problem = writes(&mut office, wrong).unwrap_err();
        assert!(problem.message.contains(says), "{problem:?}");
        assert_eq!(problem.field.as_deref(), Some("text"), "{problem:?}");
        assert_eq!(letters::try_template(&office.desk, "award", wrong).unwrap_err(), problem);
    }
    let near = writes(&mut office, &text.replace("award.accept_by|date", "award.acept_by|date")).unwrap_err();
    assert!(near.fix.unwrap().contains("Is “award.accept_by” meant?"));
    assert_eq!(award(&office).version, 1);
}

#[test]
fn a_text_is_tried_on_the_newest_case_and_where_there_is_none_that_is_said() {
    let office = office();
    let problem = letters::try_template(&office.desk, "award", &award(&office).text).unwrap_err();
    assert_eq!((problem.code, &*problem.message), (Code::NotFound, "No case has come to this letter yet."));
}

#[test]
fn only_managers_change_what_letters_say() {
    let mut office = office();
    let text = award(&office).text + "\nOne more line.\n";
    let ada = office.desk.officer().unwrap().id;
    forms::save(&mut office.desk, Noun::Officer, Some(ada), &values(&[("role", "officer")])).unwrap();
    let problem = writes(&mut office, &text).unwrap_err();
    assert_eq!(problem.code, Code::Refused);
    assert_eq!(award(&office).version, 1);
}
