//! How fast the product is. `cargo xtask bench [GROUP …] [--cases N,N …] [--turns N]` measures each group of rows against its
//! baseline in one run and prints a Markdown table; with several sizes it shows how each figure grows.

mod bare;
mod change;
mod headroom;
mod import;
mod letters;
mod lists;
mod search;
mod size;

use anyhow::{Context, Result, bail};
use bench_office::{Run, fiction, office, report, timing};
use report::Row;

/// A group of rows that belong together.
struct Group {
    name: &'static str,
    rows: fn(&Run) -> Result<Vec<Row>>,
    /// Whether it is measured on a register of each size.
    by_size: bool,
}

const GROUPS: &[Group] = &[
    Group { name: "change", rows: change::rows, by_size: true },
    Group { name: "lists", rows: lists::rows, by_size: true },
    Group { name: "search", rows: search::rows, by_size: true },
    Group { name: "headroom", rows: headroom::rows, by_size: true },
    Group { name: "import", rows: import::rows, by_size: false },
    Group { name: "letters", rows: letters::rows, by_size: false },
    Group { name: "size", rows: size::rows, by_size: true },
];

fn main() -> Result<()> {
    exchange::child::run_if_child();
    if letters::combine_if_child()? {
        return Ok(());
    }
    let mut run = Run::default();
    let mut sizes = vec![run.cases];
    let mut wanted: Vec<String> = Vec::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || -> Result<usize> {
            Ok(words.next().context("a number is missing")?.replace('_', "").parse()?)
        };
        match word.as_str() {
            "--cases" => {
                let given = words.next().context("a number is missing")?.replace('_', "");
                sizes = given.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            "--turns" => run.turns = number()?,
            "--imported" => run.imported = number()?,
            "--letters" => run.letters = number()?,
            name if GROUPS.iter().any(|group| group.name == name) => wanted.push(word),
            _ => bail!("there is no group {word:?}; groups are: {}", names()),
        }
    }
    let mut rows = Vec::new();
    for group in
        GROUPS.iter().filter(|group| wanted.is_empty() || wanted.iter().any(|name| name == group.name))
    {
        for (at, cases) in sizes.iter().enumerate() {
            run.cases = *cases;
            if at == 0 || group.by_size {
                rows.extend((group.rows)(&run).context(group.name)?);
            }
        }
    }
    println!("{}", report::table(&rows));
    Ok(())
}

fn names() -> String {
    GROUPS.iter().map(|group| group.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_rows_can_be_measured_on_a_small_register() {
        let folder = tempfile::tempdir().unwrap();
        let run = Run { folder: folder.path().to_owned(), cases: 300, turns: 2, imported: 40, letters: 3 };
        for group in GROUPS {
            let rows = (group.rows)(&run).unwrap_or_else(|error| panic!("{}: {error:#}", group.name));
            assert!(!rows.is_empty(), "{}", group.name);
        }
    }
}
