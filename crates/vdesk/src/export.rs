//! What leaves the register as a plain file: the list of cases, the journal.

use std::path::{Path, PathBuf};

use casework::{
    cases::{CaseQuery, CaseSort},
    problem::{Code, Problem},
    saving,
};
use exchange::export;
use register::PersonalValues;
use serde_json::json;

use crate::{answers::Answer, arguments::Common, open::desk};

pub(crate) fn cases(
    common: &Common,
    folder: &Path,
    format: export::Format,
    query: &str,
    out: &Path,
) -> Result<Answer, Problem> {
    let desk = desk(common, folder)?;
    let query = CaseQuery {
        text: query.to_owned(),
        sort: CaseSort::Reference,
        descending: false,
        offset: 0,
        limit: u32::MAX,
    };
    let (bytes, cases) = export::cases(&desk, &query, format)?;
    let path = saving::save(&whole(out)?, &bytes)?;
    Ok(Answer::new(
        json!({ "file": path, "cases": cases, "query": query.text }),
        vec![format!("{cases} cases in {}", path.display())],
    ))
}

pub(crate) fn journal(
    common: &Common,
    folder: &Path,
    query: &str,
    out: &Path,
    without_personal: bool,
) -> Result<Answer, Problem> {
    if !query.is_empty() {
        return Err(Problem::invalid("query", "The journal is exported whole: a query chooses cases only.")
            .fix("Leave the query out."));
    }
    let desk = desk(common, folder)?;
    let (personal, said) = if without_personal {
        (PersonalValues::LeftOut, "without personal values")
    } else {
        (PersonalValues::Stated, "personal values and all: keep it safe, and delete it when it has served")
    };
    let exported = desk.register().export_journal(&saving::place(&whole(out)?)?, personal)?;
    Ok(Answer::new(
        json!({ "file": out, "entries": exported.entries, "head": exported.head, "personal": personal }),
        vec![format!("{}: {} entries, head {}, {said}.", out.display(), exported.entries, exported.head)],
    ))
}

fn whole(out: &Path) -> Result<PathBuf, Problem> {
    std::path::absolute(out).map_err(|error| Problem::new(Code::File, format!("{}: {error}.", out.display())))
}
