//! Stages as data: one table per kind of case, read by screens, guards, tests and help alike.
//! Source: the programmes' own procedures, gathered in the domain brief, sections 2.2 to 2.5.

mod partnership;
mod placement;
mod voucher;

use serde::{Deserialize, Serialize};

/// The kinds of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Money for a business to buy help from a knowledge provider.
    Voucher,
    /// A student or graduate working at a host.
    Placement,
    /// A research organisation and a business working together.
    Partnership,
}

impl CaseKind {
    /// All kinds.
    pub const ALL: [CaseKind; 3] = [CaseKind::Voucher, CaseKind::Placement, CaseKind::Partnership];

    /// As it is stored and written in queries.
    pub const fn name(self) -> &'static str {
        match self {
            CaseKind::Voucher => "voucher",
            CaseKind::Placement => "placement",
            CaseKind::Partnership => "partnership",
        }
    }

    /// The table that holds what only this kind has.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            CaseKind::Voucher => "vouchers",
            CaseKind::Placement => "placements",
            CaseKind::Partnership => "partnerships",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<CaseKind> {
        CaseKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How far a stage is along a case's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// On the usual path.
    Main,
    /// Beside it, with a way back.
    Aside,
    /// The case ends here.
    End,
}

/// Where a stage's due day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Nothing falls due.
    None,
    /// Working days after the stage was entered.
    WorkingDays(i64),
    /// Calendar days after the stage was entered.
    Days(i64),
    /// The programme's own number of working days to decide.
    ToDecide,
    /// The programme's own number of working days to pay.
    ToPay,
    /// The day in this field of the case.
    On(&'static str),
    /// The award's own day: accept by, start by, expires, claim by.
    Award(&'static str),
}

/// One stage of one kind of case.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// As it is stored and written in queries: `offered`.
    pub id: &'static str,
    /// As an officer says it.
    pub label: &'static str,
    /// Where on the path it stands.
    pub path: Path,
    /// The stages that may follow; the first is the usual one.
    pub next: &'static [&'static str],
    /// Fields that must be filled in before a case may enter this stage.
    pub needs: &'static [&'static str],
    /// Rules that must hold before a case may enter this stage, by id.
    pub guards: &'static [&'static str],
    /// What falls due while a case stands here.
    pub clock: Clock,
    /// What the officer does next, and what it is called on the button that leads here.
    pub verb: &'static str,
    /// Letters that are owed or offered here, by kind.
    pub letters: &'static [&'static str],
    /// Entered by a decision, not by a plain move.
    pub by_decision: bool,
}

const fn stage(id: &'static str, label: &'static str, verb: &'static str) -> Stage {
    Stage {
        id,
        label,
        path: Path::Main,
        next: &[],
        needs: &[],
        guards: &[],
        clock: Clock::None,
        verb,
        letters: &[],
        by_decision: false,
    }
}

impl Stage {
    const fn then(mut self, next: &'static [&'static str]) -> Stage {
        self.next = next;
        self
    }
    const fn needs(mut self, fields: &'static [&'static str]) -> Stage {
        self.needs = fields;
        self
    }
    const fn guards(mut self, rules: &'static [&'static str]) -> Stage {
        self.guards = rules;
        self
    }
    const fn due(mut self, clock: Clock) -> Stage {
        self.clock = clock;
        self
    }
    const fn letters(mut self, kinds: &'static [&'static str]) -> Stage {
        self.letters = kinds;
        self
    }
    const fn decided(mut self) -> Stage {
        self.by_decision = true;
        self
    }
    const fn aside(mut self) -> Stage {
        self.path = Path::Aside;
        self
    }
    const fn ends(mut self) -> Stage {
        self.path = Path::End;
        self
    }
}

/// The stage table of a kind of case.
pub fn stages(kind: CaseKind) -> &'static [Stage] {
    match kind {
        CaseKind::Voucher => voucher::STAGES,
        CaseKind::Placement => placement::STAGES,
        CaseKind::Partnership => partnership::STAGES,
    }
}

/// The stage of this id.
pub fn find(kind: CaseKind, id: &str) -> Option<&'static Stage> {
    stages(kind).iter().find(|stage| stage.id == id)
}

/// What officers call the stage; its id where a newer register knows one more.
pub fn label(kind: CaseKind, id: &str) -> String {
    find(kind, id).map_or_else(|| id.replace('_', " "), |stage| stage.label.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::forms::{self, Noun};

    #[test]
    fn every_stage_names_stages_fields_and_letters_that_exist() {
        for kind in CaseKind::ALL {
            let noun = match kind {
                CaseKind::Voucher => Noun::Voucher,
                CaseKind::Placement => Noun::Placement,
                CaseKind::Partnership => Noun::Partnership,
            };
            for stage in stages(kind) {
                for next in stage.next {
                    assert!(find(kind, next).is_some(), "{kind:?} {} leads to {next}", stage.id);
                }
                for field in stage.needs {
                    assert!(forms::field(noun, field).is_some(), "{kind:?} {} needs {field}", stage.id);
                }
                for letter in stage.letters {
                    assert!(crate::letters::kind(letter).is_some(), "{kind:?} {} offers {letter}", stage.id);
                }
                for rule in stage.guards {
                    assert!(
                        crate::cases::guards::find(rule).is_some(),
                        "{kind:?} {} guards {rule}",
                        stage.id
                    );
                }
            }
        }
    }

    #[test]
    fn every_stage_can_be_reached_from_the_first_and_only_ends_lead_nowhere() {
        for kind in CaseKind::ALL {
            let mut reached = HashSet::new();
            let mut ahead = vec![stages(kind)[0].id];
            while let Some(id) = ahead.pop() {
                if reached.insert(id) {
                    ahead.extend(find(kind, id).unwrap().next);
                }
            }
            for stage in stages(kind) {
                assert!(reached.contains(stage.id), "{kind:?} {} cannot be reached", stage.id);
                assert_eq!(stage.next.is_empty(), stage.path == Path::End, "{kind:?} {}", stage.id);
            }
        }
    }
}
