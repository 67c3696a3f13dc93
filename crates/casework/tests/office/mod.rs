//! A small office in memory, set up through the same use-cases as the window, so that a test reads as a sentence.
#![allow(missing_docs, dead_code)]

use casework::{
    Desk,
    applications::{self, Application, ImportFile},
    cases,
    decisions::{self, Accept, DecideCase, Decided, DecisionInput, Outcome},
    findings::{Finding, Severity},
    forms::{self, Noun, Values},
    money::Pence,
    organisations,
    problem::Problem,
    programmes,
};
use uuid::Uuid;

/// A Monday; the subsidy window opens on 1 April 2024.
pub const TODAY: &str = "2026-11-23T09:30:00Z";

pub struct Office {
    pub desk: Desk,
    pub programme: Uuid,
    pub round: Uuid,
}

pub fn values(pairs: &[(&str, &str)]) -> Values {
    pairs
        .iter()
        .map(|(field, value)| ((*field).to_owned(), (!value.is_empty()).then(|| (*value).to_owned())))
        .collect()
}

pub fn pounds(pounds: i64) -> Pence {
    Pence::pounds(pounds)
}

/// An office with a voucher programme of £1,000 to £5,000 at 75 % and a round of £20,000.
pub fn office() -> Office {
    office_with(&[])
}

/// The same, with other terms of the programme.
pub fn office_with(terms: &[(&str, &str)]) -> Office {
    set_up(Desk::in_memory("Marlbrook (test)", "Ada Manager", TODAY.parse().unwrap()).unwrap(), terms)
}

/// The same, on a desk that is empty.
pub fn set_up(mut desk: Desk, terms: &[(&str, &str)]) -> Office {
    let mut fields =
        vec![("code", "WMIV"), ("name", "Marlbrook Vouchers"), ("value_min", "1000"), ("value_max", "5000")];
    fields.retain(|(field, _)| !terms.iter().any(|(other, _)| other == field));
    fields.extend(terms);
    let programme = forms::save(&mut desk, Noun::Programme, None, &values(&fields)).unwrap().id;
    let round = forms::save(
        &mut desk,
        Noun::Round,
        None,
        &values(&[
            ("programme_id", &programme.to_string()),
            ("name", "Round 1"),
            ("opens_at", "01/10/2026 09:00"),
            ("closes_at", "20/11/2026 17:00"),
            ("budget", "20000"),
        ]),
    )
    .unwrap()
    .id;
    let office = programmes::list(&desk).unwrap();
    assert_eq!(office[0].rounds[0].left, pounds(20_000));
    Office { desk, programme, round }
}

/// An application that no rule has anything against.
pub fn application(business: &str) -> Application {
    Application {
        row: 2,
        external_reference: None,
        received_at: "2026-11-02T10:00:00Z".parse().unwrap(),
        business: business.to_owned(),
        company_number: None,
        contact_name: Some("Zoë Sample".to_owned()),
        given_name: None,
        family_name: None,
        email: Some("zoe@example.org".to_owned()),
        phone: None,
        address: Some("1 Mill Road".to_owned()),
        town: Some("Marlbrook".to_owned()),
        postcode: Some("MB1 1AA".to_owned()),
        employees: Some(1_200),
        turnover: Some(pounds(900_000)),
        provider: Some("Aston University".to_owned()),
        title: format!("A better {business}"),
        need: "We want to know whether it holds.".to_owned(),
        asked: pounds(4_950),
        project_cost: Some(pounds(6_600)),
        earlier_vouchers: Some("No".to_owned()),
        assistance_declared: None,
        declaration: Some(true),
        may_contact: None,
        fingerprint: format!("row of {business}"),
    }
}

impl Office {
    /// Imports applications as one file, each as a new business.
    pub fn imports(&mut self, applications: Vec<Application>) -> Vec<Uuid> {
        self.imports_as(applications.into_iter().map(|application| (application, None)).collect())
    }

    pub fn imports_as(&mut self, applications: Vec<(Application, Option<Uuid>)>) -> Vec<Uuid> {
        let file =
            ImportFile { name: "applications.xlsx".into(), sha256: String::new(), mapping: "Forms".into() };
        let recorded = applications::record(
            &mut self.desk,
            &file,
            self.programme,
            Some(self.round),
            applications,
            &|_| true,
        )
        .unwrap();
        recorded
            .references
            .iter()
            .map(|reference| cases::by_reference(&self.desk, reference).unwrap().id)
            .collect()
    }

    pub fn imports_one(&mut self, application: Application) -> Uuid {
        self.imports(vec![application])[0]
    }

    /// What the rules say about awarding a case.
    pub fn findings(&self, case: Uuid, amount: Option<Pence>) -> Vec<Finding> {
        decisions::findings(&self.desk, &cases::get(&self.desk, case).unwrap(), amount).unwrap()
    }

    /// The gravest thing that a rule says about a case.
    pub fn says(&self, case: Uuid, amount: Option<Pence>, rule: &str) -> Option<Severity> {
        self.findings(case, amount)
            .into_iter()
            .filter(|finding| finding.rule == rule)
            .map(|finding| finding.severity)
            .min()
    }

    pub fn set(&mut self, case: Uuid, fields: &[(&str, &str)]) {
        let noun = cases::noun(cases::get(&self.desk, case).unwrap().kind);
        forms::save(&mut self.desk, noun, Some(case), &values(fields)).unwrap();
    }

    /// A placement at a host of this name with a role, a start on 11 January 2027 and an end after twelve weeks.
    pub fn proposes_placement(&mut self, host: &str, fields: &[(&str, &str)]) -> Uuid {
        let held = organisations::list(&self.desk, host, None, 0, 10).unwrap().rows;
        let host = match held.iter().find(|held| held.name == host) {
            Some(held) => held.id,
            None => self.records(Noun::Organisation, &[("name", host), ("kind", "business")]),
        };
        let supervisor = self.records(Noun::Person, &[("name", "Sol Supervisor")]);
        let (programme, host, supervisor) =
            (self.programme.to_string(), host.to_string(), supervisor.to_string());
        let mut all = vec![
            ("programme_id", programme.as_str()),
            ("organisation_id", &host),
            ("title", "A quieter kiln"),
            ("role_title", "Process engineer"),
            ("placement_type", "graduate"),
            ("supervisor_id", &supervisor),
            ("planned_start", "11/01/2027"),
            ("planned_end", "02/04/2027"),
        ];
        all.retain(|(field, _)| !fields.iter().any(|(other, _)| other == field));
        all.extend(fields);
        let case = self.records(Noun::Placement, &all);
        cases::move_case(&mut self.desk, case, "proposal", None).unwrap();
        case
    }

    /// Saves a new record.
    pub fn records(&mut self, noun: Noun, fields: &[(&str, &str)]) -> Uuid {
        forms::save(&mut self.desk, noun, None, &values(fields)).unwrap().id
    }

    pub fn set_business(&mut self, case: Uuid, fields: &[(&str, &str)]) {
        let business = cases::get(&self.desk, case).unwrap().organisation_id;
        forms::save(&mut self.desk, Noun::Organisation, Some(business), &values(fields)).unwrap();
    }

    pub fn awards(&mut self, case: Uuid, amount: Option<Pence>) -> Decided {
        self.decides(Outcome::Award, &[(case, amount)], &[]).unwrap()
    }

    pub fn decides(
        &mut self,
        outcome: Outcome,
        cases: &[(Uuid, Option<Pence>)],
        accepted: &[(&str, &str)],
    ) -> Result<Decided, Problem> {
        let accepted: Vec<Accept> = accepted
            .iter()
            .map(|(rule, reason)| Accept { rule: (*rule).to_owned(), reason: (*reason).to_owned() })
            .collect();
        decisions::decide(
            &mut self.desk,
            &DecisionInput {
                outcome,
                cases: cases
                    .iter()
                    .map(|(id, amount)| DecideCase { id: *id, amount: *amount, accepted: accepted.clone() })
                    .collect(),
                reasons: if outcome == Outcome::Reject {
                    vec!["low_innovation".to_owned()]
                } else {
                    Vec::new()
                },
                feedback: String::new(),
                note: if outcome == Outcome::Defer {
                    "Two years’ accounts are awaited.".to_owned()
                } else {
                    String::new()
                },
            },
        )
    }

    pub fn stage(&self, case: Uuid) -> String {
        cases::get(&self.desk, case).unwrap().stage
    }
}
