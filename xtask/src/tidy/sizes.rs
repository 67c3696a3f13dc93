//! A file that is too long has more than one subject.
use super::Source;

/// Lines at which a file is to be split.
const MOST: usize = 500;

/// Files that may be longer, each with the reason.
const MAY_BE_LONGER: &[(&str, &str)] = &[("ui/src/lib/bindings.ts", "generated, and read by nobody")];

/// A breach if this file is too long.
pub fn too_long(source: &Source) -> Option<String> {
    let counts = [".rs", ".svelte", ".ts"].iter().any(|ending| source.path.ends_with(ending));
    let lines = source.text.lines().count();
    let may = MAY_BE_LONGER.iter().any(|(path, _)| *path == source.path);
    (counts && !may && lines > MOST)
        .then(|| format!("{}: {lines} lines; split it by subject, at {MOST} at the latest", source.path))
}

/// Exceptions for files that are gone.
pub fn needless(sources: &[Source]) -> Vec<String> {
    MAY_BE_LONGER
        .iter()
        .filter(|(path, _)| !sources.iter().any(|source| source.path == *path))
        .map(|(path, reason)| format!("xtask/src/tidy/sizes.rs excepts {path} ({reason}), which is gone"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, lines: usize) -> Source {
        Source { path: path.into(), text: "x\n".repeat(lines) }
    }

    #[test]
    fn a_file_may_have_500_lines_and_not_one_more() {
        assert_eq!(too_long(&file("a.rs", 500)), None);
        assert!(too_long(&file("a.rs", 501)).is_some());
        assert_eq!(too_long(&file("a.sql", 501)), None, "a schema is one subject");
        assert_eq!(too_long(&file("ui/src/lib/bindings.ts", 9000)), None, "generated");
    }

    #[test]
    fn an_exception_ends_with_its_file() {
        assert_eq!(needless(&[]).len(), MAY_BE_LONGER.len());
    }
}
