//! Where things stand on the paper, in millimetres, as another program finds them in the PDF.

use letters::{Part, PlacedBox, Stationery, Typeset, Window};
use serde_json::{Value, json};

use crate::desk::{self, Word};

struct Zone {
    x: (f32, f32),
    y: (f32, f32),
}

/// What always shows through the window: domain rule, not this crate's own numbers.
const UK_DL: Zone = Zone { x: (22.0, 98.0), y: (57.0, 81.0) };
const C5: Zone = Zone { x: (24.6, 120.0), y: (39.5, 66.3) };

fn addressed(window: Window, lines: usize) -> Typeset {
    let lines: Vec<String> = (1..=lines).map(|n| format!("Adrline{n} Àgjpqy")).collect();
    let template = "```address\n{% for l in lines %}\n{{ l }}\n{% endfor %}\n```\n\n```refs\nDate: {{ letter.date }}\n```\n\nBodytext";
    let stationery = Stationery { window, ..desk::stationery() };
    desk::typeset_on(&stationery, template, &json!({ "lines": lines })).unwrap()
}

fn part(letter: &Typeset, what: Part) -> PlacedBox {
    *letter.boxes.iter().find(|placed| placed.what == what).unwrap_or_else(|| panic!("no {what:?}"))
}

fn words_with<'a>(words: &'a [Word], start: &'a str) -> impl Iterator<Item = &'a Word> {
    words.iter().filter(move |word| word.text.starts_with(start))
}

#[track_caller]
fn assert_inside(zone: &Zone, placed: &PlacedBox, what: &str) {
    let inside = placed.x_mm >= zone.x.0 - 0.05
        && placed.x_mm + placed.w_mm <= zone.x.1 + 0.05
        && placed.y_mm >= zone.y.0 - 0.05
        && placed.y_mm + placed.h_mm <= zone.y.1 + 0.05;
    assert!(inside, "{what}: {placed:?}");
}

#[test]
fn an_address_of_one_to_seven_lines_shows_in_the_window() {
    for (window, zone) in [(Window::UkDl, UK_DL), (Window::C5, C5)] {
        for lines in 1..=7 {
            let letter = addressed(window, lines);
            let what = format!("{window:?} with {lines} lines");
            assert_inside(&zone, &part(&letter, Part::AddressBlock), &what);
            let words = desk::boxes_of_words(&letter.pdf);
            let address: Vec<_> = words_with(&words, "Adrline").collect();
            assert_eq!(address.len(), lines, "{what}");
            for word in address {
                // The font's own box is a third taller than its letters; the letters are what must show.
                let slack = (word.y_max - word.y_min) * 0.2;
                assert!(word.x_min >= zone.x.0 && word.x_max <= zone.x.1, "{what}: {word:?}");
                assert!(word.y_min + slack >= zone.y.0 && word.y_max - slack <= zone.y.1, "{what}: {word:?}");
            }
        }
    }
}

#[test]
fn nothing_but_the_address_can_show_in_a_dl_window() {
    for word in desk::boxes_of_words(&addressed(Window::UkDl, 7).pdf) {
        let may_show = word.x_max > 10.0 && word.x_min < 110.0 && word.y_max > 46.5 && word.y_min < 91.5;
        assert!(!may_show || word.text.starts_with("Adrline") || word.text.starts_with("Àg"), "{word:?}");
    }
}

#[test]
fn the_text_begins_below_the_window() {
    for window in [Window::UkDl, Window::C5] {
        let letter = addressed(window, 7);
        assert!(part(&letter, Part::Body).y_mm >= 94.9, "{window:?}");
        let words = desk::boxes_of_words(&letter.pdf);
        assert!(words_with(&words, "Bodytext").all(|word| word.y_min >= 94.9), "{window:?}");
    }
}

#[test]
fn a_nudge_moves_the_address_and_nothing_else() {
    let nudged = Stationery { nudge_mm: (1.5, -2.0), ..desk::stationery() };
    let template = "```address\nAdrline\n```\n\nBodytext";
    let find = |stationery: &Stationery| {
        let letter = desk::typeset_on(stationery, template, &json!({})).unwrap();
        let words = desk::boxes_of_words(&letter.pdf);
        let place = |start: &str| words_with(&words, start).map(|w| (w.x_min, w.y_min)).next().unwrap();
        (place("Adrline"), place("Bodytext"))
    };
    let ((x, y), body) = find(&desk::stationery());
    let ((nudged_x, nudged_y), nudged_body) = find(&nudged);
    assert!((nudged_x - x - 1.5).abs() < 0.02 && (nudged_y - y + 2.0).abs() < 0.02, "{nudged_x} {nudged_y}");
    assert_eq!(body, nudged_body);
}

#[test]
fn the_slip_is_the_last_third_and_its_return_address_shows_in_a_window_of_its_own() {
    let letter = desk::offer();
    let slip = part(&letter, Part::Slip);
    assert_eq!((slip.page, slip.y_mm.round()), (letter.pages, 198.0));
    let zone = Zone { x: UK_DL.x, y: (UK_DL.y.0 + 198.0, UK_DL.y.1 + 198.0) };
    let placed = part(&letter, Part::SlipReturnAddress);
    assert_inside(&zone, &placed, "return address");
    let within = [placed.y_mm, placed.y_mm + placed.h_mm];
    for word in desk::boxes_of_words(&letter.pdf).iter().filter(|word| word.page == letter.pages) {
        let may_show = word.x_max > 10.0 && word.x_min < 110.0 && word.y_max > 244.5 && word.y_min < 289.5;
        assert!(!may_show || (word.y_min > within[0] - 1.0 && word.y_max < within[1] + 1.0), "{word:?}");
    }
}

#[test]
fn the_slip_says_the_amount_in_figures_and_in_words() {
    let text = desk::words_of(&desk::offer().pdf);
    let slip = text.split("Acceptance of offer").nth(1).expect("a slip");
    assert!(slip.contains("£5,000 (five thousand pounds)"), "{slip}");
    assert_eq!(slip.matches('☐').count(), 2, "{slip}");
}

fn long_table() -> Typeset {
    let rows: Vec<Value> =
        (1..=70).map(|n| json!({ "what": format!("Row{n}"), "pence": n * 12_345 })).collect();
    let template = "```address\nMs Patel\n```\n\n| Thing | Amount |\n|:--|--:|\n{% for r in rows %}\n| {{ r.what }} | {{ r.pence|money }} |\n{% endfor %}\n";
    desk::typeset(template, &json!({ "rows": rows })).unwrap()
}

#[test]
fn a_table_over_three_pages_repeats_its_heads_but_reads_them_out_once() {
    let letter = long_table();
    assert_eq!(letter.pages, 3);
    let words = desk::boxes_of_words(&letter.pdf);
    let pages: Vec<u32> = words_with(&words, "Thing").map(|word| word.page).collect();
    assert_eq!(pages, [1, 2, 3]);
    let tagged = String::from_utf8(desk::tool("pdfinfo", &["-struct-text", "FILE"], &letter.pdf)).unwrap();
    assert_eq!(tagged.matches("\"Thing\"").count(), 1, "{tagged}");
    assert_eq!(tagged.matches(" TH").count() - tagged.matches(" THead").count(), 2, "{tagged}");
    assert!((1..=70).all(|n| tagged.contains(&format!("\"Row{n}\""))));
}

#[test]
fn figures_in_a_right_aligned_column_end_at_one_edge() {
    let words = desk::boxes_of_words(&long_table().pdf);
    let edges: Vec<f32> = words_with(&words, "£").map(|word| word.x_max).collect();
    assert_eq!(edges.len(), 70);
    assert!(edges.iter().all(|edge| (edge - edges[0]).abs() < 0.05), "{edges:?}");
}

#[test]
fn every_page_is_numbered_and_later_pages_say_whose_they_are() {
    let letter = long_table();
    let words = desk::boxes_of_words(&letter.pdf);
    for page in 1..=3 {
        let line: Vec<&str> =
            words.iter().filter(|word| word.page == page).map(|word| word.text.as_str()).collect();
        let line = line.join(" ");
        assert!(line.contains(&format!("Page {page} of 3")), "{line}");
        let head = line.contains("WMIV-2026-0147/L01")
            && line.contains("23 November 2026")
            && line.contains("Patel");
        assert!(page == 1 || head, "{line}");
    }
}

/// Lines of running text on each page, from top to bottom, by their first words.
fn lines_by_page(letter: &Typeset) -> Vec<Vec<String>> {
    let words = desk::boxes_of_words(&letter.pdf);
    (1..=letter.pages)
        .map(|page| {
            let body = words
                .iter()
                .filter(|w| w.page == page && w.y_min > 25.0 && w.y_max < 275.0 && w.x_min < 25.5);
            body.map(|word| word.text.clone()).collect()
        })
        .collect()
}

#[test]
fn no_paragraph_leaves_a_single_line_on_either_page() {
    for above in 30..44 {
        let filler = (0..above).map(|_| "F\\\n").collect::<String>();
        let template = format!("{filler}F\n\n{}", "Para ".repeat(70).trim());
        let pages = lines_by_page(&desk::typeset(&template, &json!({})).unwrap());
        for page in &pages {
            let lines = page.iter().filter(|word| *word == "Para").count();
            assert_ne!(lines, 1, "{above}: {pages:?}");
        }
    }
}

#[test]
fn a_heading_is_never_the_last_thing_on_a_page() {
    for above in 30..44 {
        let filler = (0..above).map(|_| "F\\\n").collect::<String>();
        let template = format!("{filler}F\n\n## Heading\n\n{}", "Para ".repeat(70).trim());
        let pages = lines_by_page(&desk::typeset(&template, &json!({})).unwrap());
        for page in &pages {
            assert_ne!(page.last().map(String::as_str), Some("Heading"), "{above}: {pages:?}");
        }
    }
}

#[test]
fn a_signature_never_stands_alone_on_a_page() {
    for above in 20..44 {
        let filler = (0..above).map(|_| "F\\\n").collect::<String>();
        let template =
            format!("{filler}F\n\n{}\n\n```signoff\nYours sincerely\nName\n```", "Para ".repeat(40).trim());
        let pages = lines_by_page(&desk::typeset(&template, &json!({})).unwrap());
        let last = pages.iter().find(|page| page.iter().any(|word| word == "Yours")).unwrap();
        assert!(last.iter().filter(|word| *word == "Para").count() >= 2, "{above}: {pages:?}");
        assert!(last.iter().any(|word| word == "Name"), "{above}: {pages:?}");
    }
}

#[test]
fn an_offer_reads_from_top_to_bottom_as_it_was_written() {
    let text = desk::words_of(&desk::offer().pdf);
    let order = [
        "Ms Siân Ó Súilleabháin Managing Director Brook Alloys & Castings Ltd Unit 4, Foundry Lane Smethwick B66 2AA",
        "Dear Ms Ó Súilleabháin",
        "Offer of innovation voucher: £5,000 – low-waste sand casting",
        "The offer is open until 21 December 2026.",
        "What Net VAT Gross Binder trials, 12 days £4,800 £960 £5,760 Microscopy and test pieces £1,118.75 £223.75 £1,342.50",
        "Latest end 28 May 2027",
        "1. the acceptance slip on the last page",
        "Dr Łukasz Żółć",
        "Yours sincerely Eleanor Fforde-Griffiths Head of Business Innovation",
        "Enc: Declaration of minimal financial assistance",
        "Acceptance of offer WMIV-2026-0147/L01",
    ];
    let mut from = 0;
    for part in order {
        // The project's lead is named twice, so each part is looked for after the last.
        let place = text[from.min(text.len())..].find(part).or_else(|| text.find(part));
        assert!(place.is_some(), "{part:?} is not in {text}");
        from += if part.starts_with("Dr") { 0 } else { place.unwrap_or(0) };
    }
}

#[test]
fn what_is_read_out_follows_the_order_of_the_page() {
    let tagged =
        String::from_utf8(desk::tool("pdfinfo", &["-struct-text", "FILE"], &desk::offer().pdf)).unwrap();
    let place = |words: &str| tagged.find(words).unwrap_or_else(|| panic!("{words:?} is not in {tagged}"));
    let places =
        ["Siân", "Dear Ms", "Offer of innovation", "Binder trials", "Yours sincerely", "Acceptance of offer"]
            .map(place);
    assert!(places.is_sorted(), "{places:?}");
    assert!(!tagged.contains("Page 1 of"), "running parts are not read out");
    assert!(
        tagged.contains("Unit 4, Foundry Lane Smethwick B66 2AA"),
        "lines of an address must not run together: {tagged}"
    );
}
