//! Working days by a nation's bank holidays. Source of the days: GOV.UK bank holidays, Open Government Licence v3.0.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

/// A nation with bank holidays of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nation {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

type Days = LazyLock<Vec<NaiveDate>>;

/// One ISO day a line.
fn read(lines: &str) -> Vec<NaiveDate> {
    lines.lines().filter_map(|line| line.trim().parse().ok()).collect()
}

static ENGLAND_AND_WALES: Days = LazyLock::new(|| read(include_str!("bank_holidays_england_and_wales.txt")));
static SCOTLAND: Days = LazyLock::new(|| read(include_str!("bank_holidays_scotland.txt")));
static NORTHERN_IRELAND: Days = LazyLock::new(|| read(include_str!("bank_holidays_northern_ireland.txt")));

impl Nation {
    /// The nation of this name, as the office's form stores it.
    pub fn named(name: &str) -> Nation {
        match name {
            "scotland" => Nation::Scotland,
            "northern_ireland" => Nation::NorthernIreland,
            _ => Nation::EnglandAndWales,
        }
    }

    fn bank_holidays(self) -> &'static [NaiveDate] {
        match self {
            Nation::EnglandAndWales => &ENGLAND_AND_WALES,
            Nation::Scotland => &SCOTLAND,
            Nation::NorthernIreland => &NORTHERN_IRELAND,
        }
    }

    /// The last day up to which bank holidays are announced. Beyond it, only weekends are passed over.
    pub fn known_until(self) -> NaiveDate {
        let last = self.bank_holidays().last().map_or(0, Datelike::year);
        NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(NaiveDate::MIN)
    }

    fn works_on(self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && self.bank_holidays().binary_search(&day).is_err()
    }

    /// The day that many working days after this one.
    pub fn add_working_days(self, from: NaiveDate, days: i64) -> NaiveDate {
        let mut left = days.max(0);
        let mut day = from;
        while left > 0 {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
            if self.works_on(day) {
                left -= 1;
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::Nation::{EnglandAndWales, NorthernIreland, Scotland};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_pass_over_weekends_and_bank_holidays() {
        for (from, days, to, why) in [
            ("2026-11-20", 1, "2026-11-23", "a Friday"),
            ("2026-12-24", 1, "2026-12-29", "Boxing Day 2026 moves to Monday"),
            ("2026-11-23", 20, "2026-12-21", "four weeks"),
        ] {
            assert_eq!(EnglandAndWales.add_working_days(day(from), days), day(to), "{why}");
        }
    }

    #[test]
    fn each_nation_keeps_its_own_bank_holidays() {
        // GOV.UK, bank holidays of 2026 and 2027.
        for (from, england, scotland, northern_ireland, why) in [
            ("2026-11-27", "2026-11-30", "2026-12-01", "2026-11-30", "St Andrew’s Day"),
            ("2027-01-01", "2027-01-04", "2027-01-05", "2027-01-04", "2 January, moved to Monday 4"),
            ("2026-03-16", "2026-03-17", "2026-03-17", "2026-03-18", "St Patrick’s Day"),
            ("2026-07-10", "2026-07-13", "2026-07-13", "2026-07-14", "the Battle of the Boyne"),
            ("2026-04-02", "2026-04-07", "2026-04-06", "2026-04-07", "Easter Monday, not in Scotland"),
            (
                "2026-08-28",
                "2026-09-01",
                "2026-08-31",
                "2026-09-01",
                "Scotland’s summer holiday is early in August",
            ),
        ] {
            for (nation, next) in
                [(EnglandAndWales, england), (Scotland, scotland), (NorthernIreland, northern_ireland)]
            {
                assert_eq!(nation.add_working_days(day(from), 1), day(next), "{why}, {nation:?}");
            }
        }
    }

    #[test]
    fn the_last_year_that_is_known_is_the_same_in_all_nations() {
        for nation in [EnglandAndWales, Scotland, NorthernIreland] {
            assert_eq!(nation.known_until(), day("2028-12-31"));
        }
    }
}
