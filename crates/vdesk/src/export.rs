//! What leaves the register as a plain file.

use std::path::Path;

use casework::problem::Problem;
use register::PersonalValues;
use serde_json::json;

use crate::{answers::Answer, arguments::Common, open::desk};

pub(crate) fn journal(
    common: &Common,
    folder: &Path,
    out: &Path,
    without_personal: bool,
) -> Result<Answer, Problem> {
    let desk = desk(common, folder)?;
    let (personal, said) = if without_personal {
        (PersonalValues::LeftOut, "without personal values")
    } else {
        (PersonalValues::Stated, "personal values and all: keep it safe, and delete it when it has served")
    };
    let exported = desk.register().export_journal(out, personal)?;
    Ok(Answer::new(
        json!({ "file": out, "entries": exported.entries, "head": exported.head, "personal": personal }),
        vec![format!("{}: {} entries, head {}, {said}.", out.display(), exported.entries, exported.head)],
    ))
}
