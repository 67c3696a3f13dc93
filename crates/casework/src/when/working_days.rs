//! Working days by a nation's bank holidays. Source of the days: GOV.UK bank holidays, Open Government Licence v3.0.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

/// England and Wales, 2023 to 2028, one ISO day a line.
static BANK_HOLIDAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
    include_str!("bank_holidays_england_and_wales.txt")
        .lines()
        .filter_map(|line| line.trim().parse().ok())
        .collect()
});

fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && BANK_HOLIDAYS.binary_search(&day).is_err()
}

/// The day that many working days after this one.
pub fn add_working_days(from: NaiveDate, days: i64) -> NaiveDate {
    let mut left = days.max(0);
    let mut day = from;
    while left > 0 {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// How many working days lie after `from` up to and with `to`.
pub fn working_days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| is_working_day(*day)).count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_pass_over_weekends_and_bank_holidays() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(add_working_days(day("2026-11-20"), 1), day("2026-11-23"), "a Friday");
        assert_eq!(
            add_working_days(day("2026-12-24"), 1),
            day("2026-12-29"),
            "Christmas 2026: Boxing Day moves to Monday"
        );
        assert_eq!(add_working_days(day("2026-11-23"), 20), day("2026-12-21"));
        assert_eq!(working_days_between(day("2026-12-24"), day("2026-12-29")), 1);
        assert_eq!(working_days_between(day("2026-11-23"), day("2026-11-23")), 0);
    }
}
