//! The practice office is an office like any other: every kind of case, every stage its age allows, every letter.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use casework::{
    Desk, cases, letters, practice,
    stages::{self, CaseKind},
};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use register::Passphrase;

fn office() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-23T09:30:00Z".parse().unwrap();
    let (desk, _) =
        practice::make(&folder.path().join("practice.vdesk"), &Passphrase::new("practice office"), now)
            .unwrap();
    (folder, desk)
}

#[test]
fn the_practice_office_holds_some_300_cases_of_all_kinds_in_all_stages_and_its_chain_is_sound() {
    let (_folder, desk) = office();
    let mut at_stage: BTreeMap<(CaseKind, String), u32> = BTreeMap::new();
    for id in cases::ids(&desk, "").unwrap() {
        let case = cases::get(&desk, id).unwrap();
        *at_stage.entry((case.kind, case.stage)).or_default() += 1;
    }
    println!("{at_stage:#?}");
    let total: u32 = at_stage.values().sum();
    assert!((280..=340).contains(&total), "{total} cases");
    for stage in stages::stages(CaseKind::Voucher) {
        let filled = at_stage.keys().any(|(kind, at)| *kind == CaseKind::Voucher && at == stage.id);
        let rare = ["enquiry", "cancelled", "lapsed", "deferred"].contains(&stage.id);
        assert!(filled || rare, "no voucher is {}", stage.label);
    }
    let proof = desk.register().verify().unwrap();
    assert!(proof.sound, "{:?}", proof.faults);
}

/// Every practice letter is another text, so another length, another set of glyphs and another last byte of each stream.
#[test]
fn every_letter_that_a_practice_case_may_have_can_be_issued_and_keeps_the_standards() {
    let (_folder, mut desk) = office();
    for kind in letters::KINDS {
        let owed: Vec<_> = cases::ids(&desk, "")
            .unwrap()
            .into_iter()
            .filter(|id| {
                let case = cases::get(&desk, *id).unwrap();
                case.kind == kind.for_kind
                    && stages::find(case.kind, &case.stage)
                        .is_some_and(|stage| stage.letters.contains(&kind.kind))
            })
            .collect();
        let drafts = letters::drafts(&desk, kind.kind, &owed).unwrap();
        assert!(!drafts.is_empty(), "no case for {}", kind.label);
        // Offers that nobody took up are there to be recorded as lapsed; nothing else stands in a letter's way.
        let (closed, ready): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| {
            draft.findings.iter().any(|finding| finding.message.starts_with("The offer was open until"))
        });
        assert!(closed.len() <= 3, "{closed:#?}");
        for draft in &ready {
            assert!(draft.ready, "{} for {}: {:#?}", kind.label, draft.reference, draft.findings);
        }
        let owed: Vec<_> = ready.into_iter().map(|draft| draft.case_id).collect();
        for letter in letters::issue(&mut desk, kind.kind, &owed, &|_| true).unwrap() {
            let pdf = letters::pdf(&desk, letter.letter_id.unwrap()).unwrap();
            for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
                let options = ValidationOptions::default().profile(profile);
                let report = validate_pdf_bytes(&pdf, &options).unwrap();
                assert!(report.is_compliant, "{:?}, {profile}: {report:#?}", letter.number);
            }
        }
    }
}
