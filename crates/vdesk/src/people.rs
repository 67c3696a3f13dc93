//! People from the command line.

use std::path::Path;

use casework::{people, problem::Problem};
use serde_json::json;

use crate::{answers::Answer, arguments::Common, open::desk};

pub(crate) fn erase(common: &Common, folder: &Path, person: &str, reason: &str) -> Result<Answer, Problem> {
    let mut desk = desk(common, folder)?;
    let found = people::list(&desk, person, 0, u32::MAX)?.rows;
    let same = |value: Option<&str>| value.is_some_and(|value| value.eq_ignore_ascii_case(person.trim()));
    let theirs: Vec<_> =
        found.iter().filter(|row| same(Some(&row.name)) || same(row.email.as_deref())).collect();
    let [one] = theirs.as_slice() else {
        return Err(Problem::not_found(format!("{} people have this name or e-mail address.", theirs.len()))
            .fix("Give the whole e-mail address. Who stands at several businesses is erased in the window, one by one."));
    };
    let erased = people::erase(&mut desk, one.id, reason)?;
    desk.close()?;
    Ok(Answer::new(
        json!({ "erased": 1, "letters": erased.letters, "backups_before": erased.backups_before }),
        vec![format!(
            "Erased one person and {} letters. {} backups from before still hold them until they are thinned out.",
            erased.letters, erased.backups_before
        )],
    ))
}
