//! What is left of the subsidy limit of an enterprise, before each award.

use anyhow::Result;
use casework::{cases, decisions, subsidy};
use uuid::Uuid;

use crate::{Run, fiction, office, report::Row, timing::Times};

/// Enterprises of all sizes, and the whole set of rules before an award.
pub fn rows(run: &Run) -> Result<Vec<Row>> {
    let desk = office::of(run)?;
    let held: Vec<(Uuid, Uuid)> = desk
        .reader()
        .prepare("SELECT id, organisation_id FROM cases WHERE stage IN ('submitted', 'checked', 'assessed') ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let roots: Vec<Uuid> = desk
        .reader()
        .prepare("SELECT DISTINCT group_root_id FROM organisations WHERE group_root_id IS NOT NULL")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (mut headroom, mut rules) = (Times::default(), Times::default());
    for turn in 0..run.turns * 2 + 20 {
        if turn == 20 {
            (headroom, rules) = Default::default();
        }
        let chance = fiction::mixed(turn);
        let (case, business) = held[chance % held.len()];
        // Every other one is a group.
        let asked = if turn % 2 == 0 {
            business
        } else {
            roots.get(chance % roots.len().max(1)).copied().unwrap_or(business)
        };
        headroom.take(|| Ok(subsidy::headroom(&desk, asked, None, desk.today())?))?;
        let case = cases::get(&desk, case)?;
        rules.take(|| Ok(decisions::findings(&desk, &case, case.asked)?))?;
    }
    Ok(vec![
        Row {
            what: format!("headroom of an enterprise (median / p99), {} cases", run.cases),
            must: Some("p99 ≤ 5 ms"),
            baseline: String::new(),
            is: headroom.shown(),
            met: Some(headroom.p99().as_micros() <= 5_000),
        },
        Row {
            what: format!("every rule before an award, {} cases", run.cases),
            must: None,
            baseline: String::new(),
            is: rules.shown(),
            met: None,
        },
    ])
}
