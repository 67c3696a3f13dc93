use letters::{Stationery, Typeset, Window};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use serde_json::json;

use crate::desk;

#[track_caller]
fn assert_conforms(what: &str, pdf: &[u8]) {
    desk::tool("qpdf", &["--check", "FILE"], pdf);
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(pdf, &options).expect("the validator reads the file");
        assert!(report.is_compliant, "{what}, {profile}: {report:#?}");
    }
}

fn assert_letter_conforms(what: &str, letter: &Typeset) {
    assert_conforms(what, &letter.pdf);
}

#[test]
fn an_offer_letter_is_pdf_ua_1_and_pdf_a_2a() {
    assert_letter_conforms("offer", &desk::offer());
}

#[test]
fn a_form_is_pdf_ua_1_and_pdf_a_2a() {
    assert_letter_conforms("form", &desk::typeset(desk::DECLARATION, &desk::facts()).unwrap());
}

#[test]
fn a_logo_with_soft_edges_keeps_the_standards() {
    let stationery = Stationery { logo: Some(desk::logo()), ..desk::stationery() };
    assert_letter_conforms("logo", &desk::typeset_on(&stationery, desk::OFFER, &desk::facts()).unwrap());
}

#[test]
fn stationery_with_hardly_anything_on_it_keeps_the_standards() {
    for sender_lines in [vec![], vec!["A\nB\u{0}".to_owned()]] {
        let stationery = Stationery { sender_lines, ..Stationery::default() };
        assert_letter_conforms("bare", &desk::typeset_on(&stationery, "Text", &json!({})).unwrap());
    }
}

#[test]
fn a_draft_keeps_the_standards() {
    let (facts, stationery) = (desk::facts(), desk::stationery());
    let draft = letters::Letter {
        template: desk::OFFER,
        facts: &facts,
        stationery: &stationery,
        number: None,
        date: (2026, 11, 23),
        title: "Draft",
        language: "cy",
        max_pages: None,
    };
    assert_letter_conforms("draft", &desk::press().typeset(&draft).unwrap());
}

#[test]
fn rare_letters_marks_and_scripts_keep_the_standards() {
    let facts = json!({ "value": "株式会社テスト Nguyễn Ελληνικά Кириллица z̈ x̌̃ q̣ 1⁄2 ffi" });
    let letter = desk::typeset("# {{ value }}\n\n*{{ value }}* **{{ value }}**", &facts).unwrap();
    assert_letter_conforms("scripts", &letter);
}

#[test]
fn a_table_over_three_pages_keeps_the_standards() {
    let rows: Vec<_> = (1..=90).map(|n| json!({ "n": n })).collect();
    let template = "| No. | Amount |\n|--:|--:|\n{% for r in rows %}\n| {{ r.n }} | £1 |\n{% endfor %}\n";
    let letter = desk::typeset(template, &json!({ "rows": rows })).unwrap();
    assert!(letter.pages >= 3, "{} pages", letter.pages);
    assert_letter_conforms("long table", &letter);
}

#[test]
fn nested_lists_and_a_letter_without_any_fence_keep_the_standards() {
    let letter = desk::typeset("- a\n  1. b\n  2. c\n\n     d\n- e\n\n---\n\nf", &json!({})).unwrap();
    assert_letter_conforms("lists", &letter);
}

#[test]
fn a_window_test_page_keeps_the_standards() {
    for window in [Window::UkDl, Window::C5, Window::None] {
        let stationery = Stationery { window, ..desk::stationery() };
        assert_letter_conforms("test page", &desk::press().window_test_page(&stationery).unwrap());
    }
}

#[test]
fn combined_letters_are_one_file_that_keeps_the_standards() {
    let (offer, form) = (desk::offer(), desk::typeset(desk::DECLARATION, &desk::facts()).unwrap());
    let rare = desk::typeset("# 株式会社\n\n{{ v }}", &json!({ "v": "テスト" })).unwrap();
    let letters = [&offer.pdf[..], &form.pdf, &offer.pdf, &rare.pdf];
    let pdf = desk::combined("Letters of 23 November 2026", &letters).unwrap();
    assert_conforms("combined", &pdf);
    let pages = String::from_utf8(desk::tool("qpdf", &["--show-npages", "FILE"], &pdf)).unwrap();
    assert_eq!(pages.trim(), (2 * offer.pages + form.pages + rare.pages).to_string());
    assert!(pdf.len() < offer.pdf.len() + form.pdf.len(), "fonts are carried once: {} bytes", pdf.len());
    assert_eq!(desk::words_of(&pdf).matches("Acceptance of offer").count(), 2);
    let outline =
        String::from_utf8(desk::tool("qpdf", &["--json", "--json-key=outlines", "FILE"], &pdf)).unwrap();
    assert_eq!(outline.matches("Offer of innovation voucher to Zoë").count(), 4, "{outline}");
}

#[test]
fn the_validator_would_notice_a_letter_without_its_structure() {
    let pdf = desk::offer().pdf;
    let mut document = lopdf::Document::load_mem(&pdf).unwrap();
    document.catalog_mut().unwrap().remove(b"StructTreeRoot");
    let mut broken = vec![];
    document.save_to(&mut broken).unwrap();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        assert!(!validate_pdf_bytes(&broken, &options).unwrap().is_compliant, "{profile}");
    }
}
