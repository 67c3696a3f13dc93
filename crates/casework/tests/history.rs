//! What was done with a case is read in an officer’s words, not in the register’s.
#![allow(missing_docs, clippy::unwrap_used)]

mod office;

use casework::{cases, decisions::Outcome, letters};
use office::{Office, application, office};
use uuid::Uuid;

/// The newest line of a case’s history, each change as “what: before → after”.
fn newest(office: &Office, case: Uuid) -> Vec<String> {
    let record = cases::record(&office.desk, case).unwrap();
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "empty".to_owned());
    let line = &record.history[0];
    line.changes.iter().map(|it| format!("{}: {} → {}", it.label, shown(&it.old), shown(&it.new))).collect()
}

#[test]
fn an_award_a_letter_and_a_rejection_are_told_in_words_with_money_shares_and_stages_as_they_are_called() {
    let mut office = office();
    let cases = office.imports(vec![application("Brook Alloys Ltd"), application("Kestrel Optics Ltd")]);
    office.awards(cases[0], None);
    let award = newest(&office, cases[0]);
    for said in [
        "Stage: Submitted → Offered",
        "Outcome: empty → Offered",
        "Amount: empty → £4,950",
        "Eligible cost: empty → £6,600",
        "Intervention rate: empty → 75%",
        "VAT eligible: empty → No",
        "Accept by: empty → 7 December 2026",
    ] {
        assert!(award.iter().any(|line| line == said), "{said}: {award:#?}");
    }
    for unsaid in ["Decision", "Officer", "Case"] {
        assert!(award.iter().all(|line| !line.starts_with(&format!("{unsaid}:"))), "{unsaid}: {award:#?}");
    }

    letters::issue(&mut office.desk, "mfa_notification", &cases[..1], &|_| true).unwrap();
    let letter = newest(&office, cases[0]);
    assert!(letter.contains(&"Kind: empty → Subsidy notification".to_owned()), "{letter:#?}");

    office.decides(Outcome::Reject, &[(cases[1], None)], &[]).unwrap();
    let rejection = newest(&office, cases[1]);
    assert!(rejection.contains(&"Stage: Submitted → Rejected".to_owned()), "{rejection:#?}");
    assert!(
        rejection.iter().any(|line| line.starts_with("Reasons: empty → ") && !line.contains('_')),
        "{rejection:#?}"
    );
}
