//! An officer's own views of the list of cases.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{Desk, officers, views};
use office::{TODAY, office, values};
use register::{Passphrase, Unlock};

fn names(desk: &Desk) -> Vec<(String, String)> {
    views::own(desk).unwrap().into_iter().map(|view| (view.name, view.text)).collect()
}

fn view(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn a_view_is_kept_under_its_name_replaced_removed_and_all_of_it_undone() {
    let mut office = office();
    let desk = &mut office.desk;
    views::keep(desk, " Spring round ", "round:Spring ").unwrap();
    let metal = views::keep(desk, "Metal", "alloys stage:offered").unwrap();
    views::keep(desk, "Spring round", "round:Spring amount:>4000").unwrap();
    let both = [view("Spring round", "round:Spring amount:>4000"), view("Metal", "alloys stage:offered")];
    assert_eq!(names(desk), both);
    let removed = views::remove(desk, metal.id).unwrap();
    assert_eq!(names(desk), both[..1]);
    desk.undo(removed.entry.unwrap()).unwrap();
    assert_eq!(names(desk), both);
    let replaced = desk.register().next_undo().unwrap().unwrap();
    assert_eq!(replaced.label, "Kept a view", "no label of the journal says what was searched for");
    desk.undo(replaced.seq).unwrap();
    assert_eq!(names(desk)[0], view("Spring round", "round:Spring"));
}

#[test]
fn a_view_without_a_name_or_with_a_search_that_cannot_be_read_is_refused_with_the_fix() {
    let mut office = office();
    let long = "n".repeat(41);
    for (name, text, field) in [
        ("  ", "alloys", Some("name")),
        (&long, "alloys", Some("name")),
        ("All", " ", Some("text")),
        ("Late", "due:soonish", None),
    ] {
        let refused = views::keep(&mut office.desk, name, text).unwrap_err();
        assert_eq!(refused.field.as_deref(), field, "{refused:?}");
        assert!(refused.fix.is_some(), "{refused:?}");
    }
    assert_eq!(names(&office.desk), []);
}

#[test]
fn views_are_the_officers_own_and_nobody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("office.vdesk");
    let phrase = |name: &str| Passphrase::new(format!("the long phrase of {name}"));
    let (mut desk, _) =
        Desk::create(&folder, "Marlbrook (test)", "Ada Manager", &phrase("Ada"), TODAY.parse().unwrap())
            .unwrap();
    officers::add(&mut desk, &values(&[("name", "Ben Officer"), ("role", "officer")]), &phrase("Ben"))
        .unwrap();
    let metal = views::keep(&mut desk, "Metal", "alloys").unwrap();
    desk.close().unwrap();

    let unlock = Unlock::Passphrase { officer_name: "Ben Officer".into(), passphrase: phrase("Ben") };
    let mut desk = Desk::open(&folder, unlock, TODAY.parse().unwrap()).unwrap();
    assert_eq!(names(&desk), []);
    let refused = views::remove(&mut desk, metal.id).unwrap_err();
    assert_eq!(refused.message, "This view is no longer in the register.");
    views::keep(&mut desk, "Metal", "kestrel").unwrap();
    assert_eq!(names(&desk), [view("Metal", "kestrel")]);
}
