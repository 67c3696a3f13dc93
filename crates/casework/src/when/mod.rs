//! Days, instants and working days. A day is civil, an instant is UTC, what people read and write is the
//! time of the United Kingdom.

mod working_days;

pub use working_days::Nation;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Europe::London;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as people write it: `23/11/2026`, `23-11-2026`, `23 November 2026`, `23 Nov 2026`, `2026-11-23`.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y"]
        .iter()
        .find_map(|shape| NaiveDate::parse_from_str(text.trim(), shape).ok())
        .filter(|day| (1900..2200).contains(&day.year()))
}

/// An instant as people write it, in the time of the United Kingdom; without a time it is the start of the day.
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text.trim()) {
        return Some(instant.with_timezone(&Utc));
    }
    let naive =
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y, %H:%M"]
            .iter()
            .find_map(|shape| NaiveDateTime::parse_from_str(text.trim(), shape).ok())
            .or_else(|| read_day(text).and_then(|day| day.and_hms_opt(0, 0, 0)))?;
    local(naive)
}

/// What the clock on a wall in the United Kingdom says, as an instant.
/// In the hour that is skipped in spring there is none; in the hour that is repeated in autumn the first counts.
pub fn local(naive: NaiveDateTime) -> Option<DateTime<Utc>> {
    London.from_local_datetime(&naive).earliest().map(|instant| instant.with_timezone(&Utc))
}

/// The civil day in the United Kingdom at this instant.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&London).date_naive()
}

/// The last instant of a day in the United Kingdom.
pub fn evening(day: NaiveDate) -> DateTime<Utc> {
    let midnight = add_days(day, 1).and_hms_opt(0, 0, 0).and_then(local);
    midnight.map_or(DateTime::<Utc>::MAX_UTC, |midnight| midnight - chrono::Duration::microseconds(1))
}

/// As it is stored: `2026-11-23T15:00:00Z`.
pub fn stored_instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads what `stored_instant` wrote.
pub fn parse_stored(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|instant| instant.with_timezone(&Utc))
}

/// As a form's field holds it: `2026-11-23T15:00`, local.
pub fn form_instant(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&London).format("%Y-%m-%dT%H:%M").to_string()
}

/// `23 November 2026`.
pub fn day_in_words(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year())
}

/// `23 Nov 2026`, for lists.
pub fn day_short(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), &MONTHS[day.month0() as usize][..3], day.year())
}

/// `23 November 2026, 3pm` or `…, 5:30pm`.
pub fn instant_in_words(instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&London);
    let (afternoon, hour) = local.hour12();
    let minutes = match local.minute() {
        0 => String::new(),
        minutes => format!(":{minutes:02}"),
    };
    format!("{}, {hour}{minutes}{}", day_in_words(local.date_naive()), if afternoon { "pm" } else { "am" })
}

/// How far off a day is, as an officer says it: `1 day over`, `today`, `tomorrow`, `25 Nov`.
pub fn due_in_words(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        -1 => "1 day over".to_owned(),
        late if late < 0 => format!("{} days over", -late),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ if due.year() == today.year() => {
            day_short(due).rsplit_once(' ').map_or_else(String::new, |(day, _)| day.to_owned())
        }
        _ => day_short(due),
    }
}

/// The same day of the month that many months on, or the month's last day.
pub fn add_months(day: NaiveDate, months: i64) -> NaiveDate {
    let months = chrono::Months::new(u32::try_from(months.max(0)).unwrap_or(0));
    day.checked_add_months(months).unwrap_or(NaiveDate::MAX)
}

/// That many calendar days on.
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(chrono::Duration::days(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_read_as_it_is_written_here_and_the_31st_of_february_is_none() {
        for written in
            ["23/11/2026", "2026-11-23", "23 November 2026", "23 Nov 2026", "23-11-2026", "23-Nov-2026"]
        {
            assert_eq!(read_day(written), Some(day("2026-11-23")), "{written}");
        }
        for written in ["31/02/2026", "11/23/2026", "soon", "23/11/26", ""] {
            assert_eq!(read_day(written), None, "{written}");
        }
    }

    #[test]
    fn a_closing_time_is_kept_through_summer_time() {
        let closes = read_instant("30/06/2026 17:00").unwrap();
        assert_eq!(stored_instant(closes), "2026-06-30T16:00:00Z");
        assert_eq!(instant_in_words(closes), "30 June 2026, 5pm");
        assert_eq!(form_instant(closes), "2026-06-30T17:00");
        assert_eq!(instant_in_words(read_instant("2026-12-01T15:30").unwrap()), "1 December 2026, 3:30pm");
    }

    #[test]
    fn a_due_day_is_said_as_an_officer_would() {
        let today = day("2026-11-23");
        for (due, words) in [
            ("2026-11-20", "3 days over"),
            ("2026-11-22", "1 day over"),
            ("2026-11-23", "today"),
            ("2026-11-24", "tomorrow"),
            ("2026-12-01", "1 Dec"),
            ("2027-01-04", "4 Jan 2027"),
        ] {
            assert_eq!(due_in_words(day(due), today), words);
        }
    }
}
