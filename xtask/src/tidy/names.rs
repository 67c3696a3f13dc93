//! Names that say nothing, and notes that belong in no commit.
use super::Source;

/// Files and folders of these names gather what has no place.
const BANNED_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "manager", "misc", "common", "stuff", "shared"];

/// Words that mean "not finished".
const BANNED_WORDS: &[&str] = &["TODO", "FIXME", "XXX", "HACK", "todo!(", "unimplemented!("];

/// Breaches in one file.
pub fn banned(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    for part in source.path.split('/') {
        let name = part.split('.').next().unwrap_or(part);
        if BANNED_NAMES.contains(&name) {
            breaches.push(format!("{}: {name:?} says nothing about what is inside", source.path));
        }
    }
    // The rules themselves name what they forbid.
    if source.path.starts_with("xtask/src/tidy/") || source.path.ends_with("eslint.config.js") {
        return breaches;
    }
    for (number, line) in source.text.lines().enumerate() {
        for word in BANNED_WORDS {
            if line.match_indices(word).any(|(at, _)| stands_alone(line, at, word.len())) {
                breaches.push(format!("{}:{}: finish it, or leave it out: {word}", source.path, number + 1));
            }
        }
    }
    breaches
}

/// Not within a longer word or number, such as a sample reference "XXXX".
fn stands_alone(line: &str, at: usize, length: usize) -> bool {
    let within = |c: char| c.is_alphanumeric() || c == '_';
    !line[..at].ends_with(within) && !line[at + length..].starts_with(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, text: &str) -> usize {
        banned(&Source { path: path.into(), text: text.into() }).len()
    }

    #[test]
    fn names_that_say_nothing_are_found_as_file_and_as_folder() {
        assert_eq!(breaches("ui/src/lib/utils.ts", ""), 1);
        assert_eq!(breaches("crates/casework/src/helpers/dates.rs", ""), 1);
        assert_eq!(breaches("crates/casework/src/commonwealth.rs", ""), 0, "only the whole name counts");
    }

    #[test]
    fn unfinished_work_is_found() {
        assert_eq!(breaches("a.rs", "// TODO: later"), 1);
        assert_eq!(breaches("a.rs", "todo!()"), 1);
        assert_eq!(breaches("a.rs", "let x = \"XXXX-1\"; // a sample"), 0, "a sample reference is no note");
        assert_eq!(breaches("a.ts", "const todos = mastodon"), 0);
    }
}
