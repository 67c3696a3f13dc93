//! The same letter is the same file: in any thread, process and order.

use std::{
    cell::Cell,
    io::{self, Write},
};

use letters::{Press, PressError, Typeset};
use serde_json::json;

use crate::desk;

const OTHERS: [&str; 4] = ["株式会社", "Nguyễn Ễ", "Ω Ж x\u{308}\u{301}", "plain"];

fn rare(press: &Press, name: &str) -> Typeset {
    let (facts, stationery) = (json!({ "name": name }), desk::stationery());
    let letter = letters::Letter {
        template: "Dear {{ name }}, **{{ name }}**",
        facts: &facts,
        stationery: &stationery,
        number: Some("N"),
        date: (2026, 11, 23),
        title: "T",
        language: "en-GB",
        max_pages: None,
    };
    press.typeset(&letter).unwrap()
}

#[test]
fn the_same_letter_twice_is_the_same_bytes() {
    assert_eq!(desk::offer(), desk::offer());
}

#[test]
fn the_order_of_letters_changes_none_of_them() {
    let (one, other) = (Press::new().unwrap(), Press::new().unwrap());
    let forwards: Vec<_> = OTHERS.iter().map(|name| rare(&one, name)).collect();
    let mut backwards: Vec<_> = OTHERS.iter().rev().map(|name| rare(&other, name)).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
}

#[test]
fn letters_made_side_by_side_are_the_same_as_one_after_the_other() {
    let press = desk::press();
    let alone: Vec<_> = OTHERS.iter().map(|name| rare(press, name)).collect();
    let make = || (0..5).map(|_| OTHERS.iter().map(|name| rare(press, name)).collect()).collect();
    let together: Vec<Vec<Vec<Typeset>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(make)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(together.into_iter().flatten().all(|letters| letters == alone));
}

#[test]
fn another_process_makes_the_same_bytes() {
    // The test program runs itself; the child only prints what it made.
    const ASKED: &str = "LETTERS_TEST_PRINT_HASH";
    let hashes = || {
        let rare = OTHERS.iter().rev().map(|name| rare(desk::press(), name).sha256);
        rare.chain([desk::offer().sha256]).collect::<Vec<_>>().join(" ")
    };
    if std::env::var_os(ASKED).is_some() {
        println!("HASHES {}", hashes());
        return;
    }
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "same_bytes::another_process_makes_the_same_bytes", "--nocapture"])
        .env(ASKED, "1")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(output.contains(&format!("HASHES {}", hashes())), "{output}");
}

#[test]
fn the_hash_is_that_of_the_file() {
    let letter = desk::offer();
    let output = String::from_utf8(desk::tool("sha256sum", &["FILE"], &letter.pdf)).unwrap();
    assert!(output.starts_with(&letter.sha256), "{output}");
}

#[test]
fn combining_twice_is_the_same_bytes() {
    let (a, b) = (desk::offer().pdf, rare(desk::press(), OTHERS[0]).pdf);
    let combined = || desk::combined("Both", &[&a, &b]).unwrap();
    assert_eq!(combined(), combined());
}

#[test]
fn another_number_is_another_file() {
    let (facts, stationery) = (desk::facts(), desk::stationery());
    let make = |number| {
        let letter = letters::Letter {
            template: "x",
            facts: &facts,
            stationery: &stationery,
            number,
            date: (2026, 11, 23),
            title: "T",
            language: "en-GB",
            max_pages: None,
        };
        desk::press().typeset(&letter).unwrap().sha256
    };
    assert_ne!(make(Some("A")), make(Some("B")));
    assert_ne!(make(Some("Draft")), make(None));
}

/// Counts what is written, and takes no more than so much.
struct Counting<'a> {
    written: &'a Cell<usize>,
    room: usize,
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.get() + bytes.len() > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.written.set(self.written.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_letter_is_written_before_the_next_is_asked_for() {
    let letters = [desk::offer().pdf, rare(desk::press(), OTHERS[0]).pdf];
    let (written, mut when_asked) = (Cell::new(0), vec![]);
    let each = letters.iter().map(|letter| {
        when_asked.push(written.get());
        Ok::<_, PressError>(letter.clone())
    });
    desk::press().combine("Both", each, &mut Counting { written: &written, room: usize::MAX }).unwrap();
    assert!(when_asked[0] < 100, "{when_asked:?}");
    assert!(when_asked[1] > letters[0].len() / 2, "{when_asked:?} of {}", letters[0].len());
}

#[test]
fn a_drive_that_is_full_in_the_middle_of_a_combined_file_is_told_from_a_letter_that_cannot_be_read() {
    let letter = desk::offer().pdf;
    let (written, room) = (Cell::new(0), letter.len());
    let each = (0..20).map(|_| Ok::<_, PressError>(letter.clone()));
    let error = desk::press().combine("Many", each, &mut Counting { written: &written, room }).unwrap_err();
    assert!(matches!(error, PressError::Out(error) if error.kind() == io::ErrorKind::StorageFull));
}
