//! Which backups are kept: the newest of each of 7 days, 5 weeks and 12 months, and always the last three.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};

const LAST: usize = 3;
const DAYS: usize = 7;
const WEEKS: usize = 5;
const MONTHS: usize = 12;

/// Whether each backup is kept; `newest_first` are their times.
pub(super) fn kept(newest_first: &[DateTime<Utc>]) -> Vec<bool> {
    let mut kept: Vec<bool> = (0..newest_first.len()).map(|place| place < LAST).collect();
    let day = |at: &DateTime<Utc>| (at.year(), at.ordinal());
    let week = |at: &DateTime<Utc>| (at.iso_week().year(), at.iso_week().week());
    let month = |at: &DateTime<Utc>| (at.year(), at.month());
    newest_of_each(newest_first, day, DAYS, &mut kept);
    newest_of_each(newest_first, week, WEEKS, &mut kept);
    newest_of_each(newest_first, month, MONTHS, &mut kept);
    kept
}

fn newest_of_each(
    times: &[DateTime<Utc>],
    span: impl Fn(&DateTime<Utc>) -> (i32, u32),
    most: usize,
    kept: &mut [bool],
) {
    let mut seen = BTreeSet::new();
    for (at, kept) in times.iter().zip(kept) {
        if seen.len() < most && seen.insert(span(at)) {
            *kept = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn every(hours: i64, count: i32) -> Vec<DateTime<Utc>> {
        let newest: DateTime<Utc> = "2026-06-30T17:00:00Z".parse().unwrap();
        (0..count).map(|number| newest - TimeDelta::hours(hours) * number).collect()
    }

    #[test]
    fn a_year_of_daily_backups_is_thinned_to_days_weeks_and_months() {
        let kept = kept(&every(24, 400));
        assert!(kept[..7].iter().all(|kept| *kept), "the last seven days stay");
        let many = kept.iter().filter(|kept| **kept).count();
        assert!(
            (18..=24).contains(&many),
            "7 days, 5 weeks and 12 months overlap a little, but {many} were kept"
        );
        assert!(kept[330..365].iter().any(|kept| *kept), "one from eleven months ago stays");
    }

    #[test]
    fn the_last_three_stay_though_they_are_of_one_day() {
        assert_eq!(kept(&every(1, 6)), [true, true, true, false, false, false]);
    }

    #[test]
    fn thinning_what_was_thinned_removes_nothing_more() {
        let times = every(24, 400);
        let left: Vec<_> =
            times.iter().zip(kept(&times)).filter(|(_, kept)| *kept).map(|(at, _)| *at).collect();
        assert!(kept(&left).iter().all(|kept| *kept));
    }
}
