//! Days as people write them. Whether 04/11/2026 is in April or November is proved by the column, or not read.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// What the column shows about the order of day and month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Day first, as this cell shows: `19/10/2026`.
    DayFirst(String),
    /// Month first, as this cell shows: `10/19/2026`.
    MonthFirst(String),
    /// No cell shows it.
    Unproved,
    /// One cell shows the one, another the other.
    Mixed(String, String),
}

/// A day, or a time on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// As a clock on the wall shows it.
    Local(NaiveDateTime),
    /// With its distance from Greenwich written with it.
    Instant(DateTime<Utc>),
}

/// Why a text is not one day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADay {
    /// It is not written as a date.
    #[error("It is not written as a date.")]
    Unreadable,
    /// The calendar has no such day.
    #[error("The calendar has no such day.")]
    NoSuchDay,
    /// Both orders give a day, and nothing proves one.
    #[error("It is {} or {}, and {}.", in_words(.0), in_words(.1), .2)]
    TwoDays(NaiveDate, NaiveDate, &'static str),
    /// A day before there were such applications, or far ahead.
    #[error("The year {0} cannot be meant.")]
    Year(i32),
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn in_words(day: &NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The order of day and month that the cells of a column prove.
pub fn order<'a>(cells: impl IntoIterator<Item = &'a str>) -> Order {
    let (mut day_first, mut month_first) = (None, None);
    for cell in cells {
        let Some((first, second, _)) = date_part(cell).and_then(|part| figures(&part)) else { continue };
        match (first, second) {
            (13..=31, 1..=12) => day_first = day_first.or_else(|| Some(cell.trim().to_owned())),
            (1..=12, 13..=31) => month_first = month_first.or_else(|| Some(cell.trim().to_owned())),
            _ => {}
        }
    }
    match (day_first, month_first) {
        (Some(day), None) => Order::DayFirst(day),
        (None, Some(month)) => Order::MonthFirst(month),
        (None, None) => Order::Unproved,
        (Some(day), Some(month)) => Order::Mixed(day, month),
    }
}

/// Reads a day, with or without a time.
pub fn read(text: &str, order: &Order) -> Result<Moment, NotADay> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return sane(instant.naive_local()).map(|_| Moment::Instant(instant.with_timezone(&Utc)));
    }
    let (date, time) = split_time(text).ok_or(NotADay::Unreadable)?;
    let day = match date_tokens(&date) {
        Some(Written::Known(year, month, day)) => {
            NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADay::NoSuchDay)?
        }
        Some(Written::Figures(first, second, year)) => by_order(first, second, year, order)?,
        None => return Err(NotADay::Unreadable),
    };
    sane(day.and_time(time)).map(Moment::Local)
}

/// Refuses what a slip of the keyboard or a spreadsheet's day nought makes of a date.
pub(crate) fn sane(moment: NaiveDateTime) -> Result<NaiveDateTime, NotADay> {
    if (1990..2100).contains(&moment.year()) { Ok(moment) } else { Err(NotADay::Year(moment.year())) }
}

fn by_order(first: u32, second: u32, year: i32, order: &Order) -> Result<NaiveDate, NotADay> {
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    match (order, day_first, month_first) {
        (_, None, None) => Err(NotADay::NoSuchDay),
        (_, Some(day), Some(same)) if day == same => Ok(day),
        (Order::DayFirst(_), day, _) | (Order::MonthFirst(_), _, day) => day.ok_or(NotADay::NoSuchDay),
        (Order::Unproved | Order::Mixed(..), Some(day), None)
        | (Order::Unproved | Order::Mixed(..), None, Some(day)) => Ok(day),
        (Order::Unproved, Some(one), Some(other)) => {
            Err(NotADay::TwoDays(one, other, "no row of the file shows which"))
        }
        (Order::Mixed(..), Some(one), Some(other)) => {
            Err(NotADay::TwoDays(one, other, "rows of the file are written in both ways"))
        }
    }
}

enum Written {
    /// Year, month, day.
    Known(i32, u32, u32),
    /// Two figures of which either may be the day, and the year.
    Figures(u32, u32, i32),
}

/// The part before the time, and the time; midnight when there is none.
fn split_time(text: &str) -> Option<(String, NaiveTime)> {
    let spaced = text.replace(['\u{a0}', '\u{202f}', ','], " ");
    // `2026-10-19T08:15` has its time after a T.
    let spaced = match spaced.split_once('T') {
        Some((date, time)) if date.ends_with(|c: char| c.is_ascii_digit()) && time.contains(':') => {
            format!("{date} {time}")
        }
        _ => spaced,
    };
    let mut date = Vec::new();
    let mut time: Option<String> = None;
    for token in spaced.split_whitespace() {
        let lower = token.to_lowercase();
        match &mut time {
            Some(time) if ["am", "pm", "a.m.", "p.m."].contains(&lower.as_str()) => {
                time.push_str(&lower.replace('.', ""))
            }
            None if token.contains(':') => time = Some(lower),
            _ if lower == "at" => {}
            _ => date.push(token),
        }
    }
    let time = match time {
        None => NaiveTime::MIN,
        Some(time) => ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S%p", "%I:%M%p"]
            .iter()
            .find_map(|shape| NaiveTime::parse_from_str(&time, shape).ok())?,
    };
    Some((date.join(" "), time))
}

fn date_part(text: &str) -> Option<String> {
    split_time(text.trim()).map(|(date, _)| date)
}

/// Three figures between separators, the last the year.
fn figures(date: &str) -> Option<(u32, u32, i32)> {
    match date_tokens(date)? {
        Written::Figures(first, second, year) => Some((first, second, year)),
        Written::Known(..) => None,
    }
}

fn date_tokens(date: &str) -> Option<Written> {
    let mut tokens: Vec<&str> = date.split([' ', '/', '-', '.']).filter(|token| !token.is_empty()).collect();
    if tokens.len() == 4 && tokens.first().is_some_and(|first| is_weekday(first)) {
        tokens.remove(0);
    }
    let [first, second, third] = tokens[..] else { return None };
    if let (4, Some(year), Some(month), Some(day)) =
        (first.len(), figure(first), figure(second), figure(third))
    {
        return Some(Written::Known(i32::try_from(year).ok()?, month, day));
    }
    if let Some(month) = month(second) {
        return Some(Written::Known(year(third)?, month, ordinal(first)?));
    }
    if let Some(month) = month(first) {
        return Some(Written::Known(year(third)?, month, ordinal(second)?));
    }
    Some(Written::Figures(figure(first)?, figure(second)?, year(third)?))
}

fn figure(token: &str) -> Option<u32> {
    (token.len() <= 4 && token.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| token.parse().ok())
        .flatten()
}

/// `9` or `9th`.
fn ordinal(token: &str) -> Option<u32> {
    let lower = token.to_lowercase();
    figure(["st", "nd", "rd", "th"].iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower))
}

/// Four figures, or two for a year of this century.
fn year(token: &str) -> Option<i32> {
    let year = i32::try_from(figure(token)?).ok()?;
    match token.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn month(token: &str) -> Option<u32> {
    let lower = token.to_lowercase();
    let known = |name: &str| {
        name == lower
            || (lower.len() == 3 && name.starts_with(&lower))
            || (lower == "sept" && name == "september")
    };
    MONTHS.iter().position(|name| known(name)).and_then(|at| u32::try_from(at + 1).ok())
}

fn is_weekday(token: &str) -> bool {
    let lower = token.to_lowercase();
    lower.len() >= 3
        && ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .iter()
            .any(|day| day.starts_with(&lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, order: &Order) -> String {
        match read(text, order) {
            Ok(Moment::Local(moment)) => moment.format("%Y-%m-%d %H:%M").to_string(),
            Ok(Moment::Instant(instant)) => instant.format("%Y-%m-%d %H:%MZ").to_string(),
            Err(error) => format!("{error}"),
        }
    }

    #[test]
    fn a_day_is_read_however_it_is_written_when_it_can_be_one_day_only() {
        for (text, day) in [
            ("2026-10-15", "2026-10-15 00:00"),
            ("09-Nov-26", "2026-11-09 00:00"),
            ("9 November 2026", "2026-11-09 00:00"),
            ("Mon 9th Nov 2026", "2026-11-09 00:00"),
            ("November 9, 2026", "2026-11-09 00:00"),
            ("19/10/2026", "2026-10-19 00:00"),
            ("10/19/2026 8:15:00 AM", "2026-10-19 08:15"),
            ("19/10/26 08:15", "2026-10-19 08:15"),
            ("19.10.2026 at 14:30", "2026-10-19 14:30"),
            ("11/11/2026", "2026-11-11 00:00"),
            ("2026-10-19T08:15", "2026-10-19 08:15"),
            ("2026-10-19T08:15:00+01:00", "2026-10-19 07:15Z"),
            ("31/02/2026", "The calendar has no such day."),
            ("30 Feb 2026", "The calendar has no such day."),
            ("04/11/2026", "It is 4 November 2026 or 11 April 2026, and no row of the file shows which."),
            ("soon", "It is not written as a date."),
            ("46314", "It is not written as a date."),
            ("19/10", "It is not written as a date."),
            ("October 2026", "It is not written as a date."),
            ("19/10/2026 25:00", "It is not written as a date."),
            ("01/01/1900", "The year 1900 cannot be meant."),
        ] {
            assert_eq!(shown(text, &Order::Unproved), day, "{text}");
        }
    }

    #[test]
    fn a_column_proves_its_order_by_a_day_above_twelve() {
        let british = order(["09-Nov-26", "04/11/2026", "19/10/2026", "2026-10-25"]);
        assert_eq!(british, Order::DayFirst("19/10/2026".into()));
        assert_eq!(shown("04/11/2026", &british), "2026-11-04 00:00");
        assert_eq!(shown("10/19/2026", &british), "The calendar has no such day.");
        let american = order(["04/11/2026", "10/19/2026 08:00"]);
        assert_eq!(shown("04/11/2026", &american), "2026-04-11 00:00");
        assert_eq!(order(["04/11/2026", "11/11/2026"]), Order::Unproved);
        let mixed = order(["19/10/2026", "10/19/2026"]);
        assert_eq!(shown("19/10/2026", &mixed), "2026-10-19 00:00", "only one order gives a day");
        assert!(shown("04/11/2026", &mixed).contains("both ways"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reading_of_days_panic(text in "\\PC{0,24}", date in "[0-9]{1,4}[/. -][0-9A-Za-z]{1,4}[/. -][0-9]{1,4}") {
            for text in [text, date] {
                let _ = read(&text, &order([text.as_str()]));
            }
        }

        #[test]
        fn every_day_is_read_back_from_the_ways_it_is_written(days in 0i64..36_000) {
            let day = NaiveDate::from_ymd_opt(1995, 1, 1).unwrap() + chrono::Duration::days(days);
            for shape in ["%Y-%m-%d", "%d/%m/%Y", "%-d %B %Y", "%a %d %b %Y", "%d.%m.%Y"] {
                let read = read(&day.format(shape).to_string(), &Order::DayFirst(String::new()));
                proptest::prop_assert_eq!(read, Ok(Moment::Local(day.and_time(NaiveTime::MIN))), "{}", shape);
            }
        }
    }
}
