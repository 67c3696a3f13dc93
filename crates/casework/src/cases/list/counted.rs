//! What the cases that words find come to. A beginning like “s” finds nearly every case, and to look each up in the database
//! takes four times as long as to find it: what each counts is held here for as long as the register stands as it does.

use std::cell::RefCell;

use crate::{money::Pence, problem::Problem, store::Reader};

/// How many cases, what they ask for, and what they were awarded.
pub(super) type Sums = (u32, Pence, Pence);

/// What every case counts, in the order of the index of words.
#[derive(Default)]
pub(crate) struct Counted(RefCell<Held>);

#[derive(Default)]
struct Held {
    stands: Option<Standing>,
    cases: Vec<Case>,
}

/// What differs as soon as anything was written, by this program or by another.
type Standing = (i64, u64);

struct Case {
    rid: i64,
    asked: Pence,
    awarded: Pence,
}

impl Counted {
    /// What the cases among these rows of the index come to. The rows are in their order.
    pub(super) fn sums(&self, reader: &Reader, found: &[i64]) -> Result<Sums, Problem> {
        let stands = standing(reader)?;
        let mut held = self.0.borrow_mut();
        if held.stands != Some(stands) {
            *held = Held { stands: Some(stands), cases: read(reader)? };
        }
        let mut found = found.iter().copied().peekable();
        let mut sums = (0, Pence::ZERO, Pence::ZERO);
        for case in &held.cases {
            while found.next_if(|rid| *rid < case.rid).is_some() {}
            if found.next_if_eq(&case.rid).is_some() {
                sums = (sums.0 + 1, sums.1 + case.asked, sums.2 + case.awarded);
            }
        }
        Ok(sums)
    }

    /// See [`super::read_ahead`].
    pub(super) fn read_ahead(&self, reader: &Reader, from: i64) -> Result<Option<i64>, Problem> {
        let to: Option<i64> = reader
            .prepare_cached(
                "SELECT max(rid) FROM (SELECT rid FROM search_cases WHERE rid > ?1 ORDER BY rid LIMIT 2000)",
            )?
            .query_row([from], |row| row.get(0))?;
        if to.is_none() {
            self.sums(reader, &[])?;
        }
        Ok(to)
    }

    /// Forgets it all: another day of the register is read from here on.
    pub(crate) fn forget(&self) {
        self.0.take();
    }
}

fn standing(reader: &Reader) -> Result<Standing, Problem> {
    let version = reader.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
    Ok((version, reader.total_changes()))
}

fn read(reader: &Reader) -> Result<Vec<Case>, Problem> {
    let mut all = reader.prepare_cached(
        "SELECT rid, coalesce(asked, 0), coalesce(awarded, 0) FROM search_cases ORDER BY rid",
    )?;
    let rows = all.query_map([], |row| {
        Ok(Case { rid: row.get(0)?, asked: Pence(row.get(1)?), awarded: Pence(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
