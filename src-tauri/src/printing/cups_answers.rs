//! Reading what CUPS's programs print.
use std::collections::BTreeMap;

use super::{JobState, Sides, Tray};

/// What of a printer's options a letter needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choices {
    pub sides: Vec<Sides>,
    pub trays: Vec<Tray>,
}

impl Default for Choices {
    fn default() -> Self {
        Self { sides: vec![Sides::One], trays: Vec::new() }
    }
}

impl Choices {
    /// From `lpoptions -l`: lines such as `InputSlot/Media Source: *Tray1 Letterhead`.
    pub(super) fn read(answer: &str) -> Self {
        let mut choices = Self::default();
        for line in answer.lines() {
            let Some((option, values)) = line.split_once(": ") else { continue };
            let key = option.split('/').next().unwrap_or(option);
            let values = values.split_whitespace().map(|value| value.trim_start_matches('*'));
            match key {
                "Duplex" | "sides" => {
                    let mut sides = vec![Sides::One];
                    sides.extend(values.filter_map(two_sided));
                    choices.sides = sides;
                }
                "InputSlot" => choices.trays = values.map(tray).collect(),
                _ => {}
            }
        }
        choices
    }
}

fn two_sided(value: &str) -> Option<Sides> {
    match value {
        "DuplexNoTumble" | "two-sided-long-edge" => Some(Sides::TwoLongEdge),
        "DuplexTumble" | "two-sided-short-edge" => Some(Sides::TwoShortEdge),
        _ => None,
    }
}

fn tray(key: &str) -> Tray {
    Tray { key: key.to_owned(), label: spaced(key) }
}

/// `ManualFeed` as "Manual feed", `Tray2` as "Tray 2", `by-pass-tray` as "By pass tray".
fn spaced(key: &str) -> String {
    let mut label = String::new();
    let mut before = ' ';
    for c in key.chars() {
        if c == '-' || c == '_' {
            label.push(' ');
        } else if before.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit()) {
            label.push(' ');
            label.extend(c.to_lowercase());
        } else if label.is_empty() {
            label.extend(c.to_uppercase());
        } else {
            label.push(c);
        }
        before = c;
    }
    label
}

/// From `lpoptions -p`: `copies=1 printer-info='Front office' printer-location printer-state=3`. Quotes may stand
/// around a value, and a backslash before any character of it.
pub(super) fn settings(answer: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut characters = answer.trim().chars().peekable();
    while characters.peek().is_some() {
        let (mut name, mut value) = (String::new(), String::new());
        let (mut in_value, mut quote) = (false, None);
        while let Some(c) = characters.next() {
            let part = if in_value { &mut value } else { &mut name };
            match c {
                '\\' => part.extend(characters.next()),
                _ if quote == Some(c) => quote = None,
                '\'' | '"' if quote.is_none() => quote = Some(c),
                '=' if !in_value => in_value = true,
                _ if c.is_whitespace() && quote.is_none() => break,
                _ => part.push(c),
            }
        }
        if !name.is_empty() {
            found.insert(name, value);
        }
    }
    found
}

/// From `lpstat -d`: `system default destination: Front_Office`.
pub(super) fn default_queue(answer: &str) -> Option<String> {
    answer.trim().rsplit_once(": ").map(|(_, name)| name.to_owned())
}

/// From `lp`: `request id is Front_Office-12 (1 file(s))`.
pub(super) fn job(answer: &str) -> Option<String> {
    let (_, rest) = answer.split_once("request id is ")?;
    rest.split_whitespace().next().filter(|id| id.contains('-')).map(str::to_owned)
}

/// From `ipptool -c`: a heading, then the value of one attribute.
pub(super) fn job_state(answer: &str) -> JobState {
    match answer.lines().nth(1).unwrap_or_default().trim() {
        "pending" => JobState::Waiting,
        "pending-held" => JobState::Held,
        "processing" => JobState::Printing,
        "processing-stopped" => JobState::Stopped,
        "completed" => JobState::Printed,
        "canceled" => JobState::Cancelled,
        "aborted" => JobState::Failed,
        _ => JobState::Unknown,
    }
}

/// From `ipptool -c`: a heading, then a range such as `1-9999`.
pub(super) fn upper_bound(answer: &str) -> Option<u32> {
    answer.lines().nth(1)?.trim().rsplit('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_and_trays_are_read_from_the_options() {
        let choices = Choices::read(
            "PageSize/Media Size: *A4 Letter Custom.WIDTHxHEIGHT\n\
             Duplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble\n\
             InputSlot/Media Source: *Auto Tray1 ManualFeed by-pass-tray\n",
        );
        assert_eq!(choices.sides, [Sides::One, Sides::TwoLongEdge, Sides::TwoShortEdge]);
        let trays: Vec<_> =
            choices.trays.iter().map(|tray| (tray.key.as_str(), tray.label.as_str())).collect();
        assert_eq!(
            trays,
            [
                ("Auto", "Auto"),
                ("Tray1", "Tray 1"),
                ("ManualFeed", "Manual feed"),
                ("by-pass-tray", "By pass tray")
            ],
            "the key is kept for the system, the label is for people"
        );
    }

    #[test]
    fn a_printer_without_options_prints_one_side_from_wherever_it_likes() {
        assert_eq!(Choices::read(""), Choices { sides: vec![Sides::One], trays: vec![] });
    }

    #[test]
    fn settings_may_be_quoted_escaped_or_empty() {
        let settings = settings(
            "copies=1 printer-info='Front office' printer-is-accepting-jobs=true printer-location \
             printer-make-and-model=O\\'Neill\\ 7 printer-state=3",
        );
        assert_eq!(settings["printer-info"], "Front office");
        assert_eq!(settings["printer-location"], "", "an attribute without a value is there, and empty");
        assert_eq!(settings["printer-make-and-model"], "O'Neill 7");
        assert_eq!(settings["printer-state"], "3", "reading goes on after a quoted value");
    }

    #[test]
    fn the_default_is_named_or_absent() {
        assert_eq!(
            default_queue("system default destination: Front_Office\n").as_deref(),
            Some("Front_Office")
        );
        assert_eq!(default_queue("no system default destination\n"), None);
    }

    #[test]
    fn the_job_is_read_from_what_lp_says() {
        assert_eq!(job("request id is Front-Office-12 (1 file(s))\n").as_deref(), Some("Front-Office-12"));
        assert_eq!(job("lp: something else\n"), None, "no job is better than a wrong one");
    }

    #[test]
    fn cancelled_is_told_from_printed() {
        let state = |word: &str| job_state(&format!("job-state\n{word}\n"));
        assert_eq!(state("completed"), JobState::Printed);
        assert_eq!(state("canceled"), JobState::Cancelled);
        assert_eq!(state("aborted"), JobState::Failed);
        assert_eq!(state("processing-stopped"), JobState::Stopped);
        assert_eq!(job_state("job-state\n"), JobState::Unknown, "CUPS has forgotten the job");
    }

    #[test]
    fn the_most_copies_is_the_end_of_the_range() {
        assert_eq!(upper_bound("copies-supported\n1-9999\n"), Some(9999));
        assert_eq!(upper_bound("copies-supported\n"), None);
    }
}
