//! A letter reaches paper through the real printing system.
use std::{path::PathBuf, thread::sleep, time::Duration};

use desk_window::printing::{JobId, JobState, PrintOptions, Printers, Sides};
use journeys::PrintShop;

fn letter() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "data", "letter.pdf"].iter().collect()
}

fn options() -> PrintOptions {
    PrintOptions {
        title: "Award letter – Brook Alloys".into(),
        copies: 2,
        sides: Some(Sides::TwoLongEdge),
        tray: Some("Letterhead".into()),
    }
}

fn end_of(printers: &Printers, job: &JobId) -> JobState {
    for _ in 0..100 {
        let state = printers.job_state(job).unwrap();
        if !matches!(state, JobState::Waiting | JobState::Printing) {
            return state;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("{job:?} does not end");
}

#[test]
fn a_printer_is_offered_with_what_it_can_do() {
    let shop = PrintShop::open();
    let queues = Printers::of_server(&shop.address()).queues().unwrap();
    assert_eq!(queues.len(), 1, "the shop has one queue: {queues:?}");
    let queue = &queues[0];
    assert_eq!((queue.name.as_str(), queue.description.as_str()), (PrintShop::QUEUE, "Front office"));
    assert!(queue.accepting && !queue.is_default, "it takes jobs, and nobody made it the default");
    assert_eq!(queue.sides, [Sides::One, Sides::TwoLongEdge, Sides::TwoShortEdge]);
    let trays: Vec<_> = queue.trays.iter().map(|tray| tray.key.as_str()).collect();
    assert_eq!(trays, ["Tray1", "Letterhead"]);
    assert_eq!(queue.max_copies, 999, "CUPS takes more than anyone means");
}

#[test]
fn a_letter_reaches_paper_as_it_was_asked_for() {
    let shop = PrintShop::open();
    let printers = Printers::of_server(&shop.address());
    let job = printers.print(PrintShop::QUEUE, &letter(), &options()).unwrap();
    let paper = shop.paper_of(&job.0);
    assert!(paper.text().contains("Brook Alloys"), "the letter's words are on the paper: {}", paper.text());
    assert_eq!(paper.title, "Award letter – Brook Alloys");
    assert_eq!(paper.copies, "2");
    assert!(paper.options.contains("InputSlot=Letterhead"), "headed paper: {}", paper.options);
    assert!(paper.options.contains("Duplex=DuplexNoTumble"), "both sides, like a book: {}", paper.options);
    assert!(
        paper.options.contains("print-scaling=none"),
        "the window must meet the address: {}",
        paper.options
    );
    assert_eq!(end_of(&printers, &job), JobState::Printed);
}

#[test]
fn a_printer_that_is_not_there_is_refused_in_words() {
    let shop = PrintShop::open();
    let printers = Printers::of_server(&shop.address());
    let refused = printers.print("Attic", &letter(), &options()).unwrap_err();
    assert!(refused.to_string().contains("does not exist"), "CUPS's own words reach the officer: {refused}");
    let missing = printers.print(PrintShop::QUEUE, "/no/such.pdf".as_ref(), &options()).unwrap_err();
    assert!(missing.to_string().contains("No such file"), "{missing}");
}
