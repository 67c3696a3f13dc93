//! Which letters a case owes: each that its stage offers and its programme asks for, while none of the kind stands. Lists, the
//! rail, batches and the command all read the one list that `store` keeps.

pub(crate) mod store;

use uuid::Uuid;

use super::{LetterKind, known};
use crate::{
    desk::Desk,
    problem::Problem,
    programmes::Assistance,
    stages::{self, CaseKind},
};

/// Those of these cases that owe the letter.
pub fn owed(desk: &Desk, kind: &str, ids: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    owing(desk, known(kind)?, ids)
}

pub(super) fn owing(desk: &Desk, kind: &LetterKind, ids: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    let mut owing = Vec::new();
    for id in ids {
        if store::owes(desk.reader(), *id, kind.kind)? {
            owing.push(*id);
        }
    }
    Ok(owing)
}

/// Whether cases of a programme with this subsidy route are sent the letter at all.
pub(super) fn is_asked_for(letter: &LetterKind, subsidy_route: &str) -> bool {
    !letter.notifies_assistance || Assistance::of_route(subsidy_route).is_some()
}

/// The letters that a stage offers.
fn offered(kind: CaseKind, stage: &str) -> impl Iterator<Item = &'static LetterKind> {
    let letters = stages::find(kind, stage).map_or(&[] as &[&str], |stage| stage.letters);
    letters.iter().filter_map(|letter| super::kind(letter))
}
