//! References: `PROG-YYYY-NNNN`, counted per programme and year.

use std::collections::HashMap;

use uuid::Uuid;

use super::store;
use crate::{problem::Problem, store::Reader};

/// Gives out references within one change.
pub(crate) struct References {
    next: HashMap<(Uuid, i32), u32>,
}

impl References {
    pub(crate) fn new() -> References {
        References { next: HashMap::new() }
    }

    /// The next reference of a programme in a year. A number on a letter that left the house is never given to another
    /// case, even when the case it was about was undone.
    pub(crate) fn next(
        &mut self,
        reader: &Reader,
        programme: Uuid,
        code: &str,
        year: i32,
    ) -> Result<String, Problem> {
        let prefix = format!("{code}-{year}-");
        let number = match self.next.get(&(programme, year)) {
            Some(number) => *number,
            None => store::last_number(reader, &prefix)? + 1,
        };
        self.next.insert((programme, year), number + 1);
        Ok(format!("{prefix}{number:04}"))
    }
}
