//! Money: whole pence, checked arithmetic, rounding named where it happens.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount in pence. On the wire and in `--json` it is text in pounds: `"4950.00"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, specta::Type)]
#[specta(type = String)]
pub struct Pence(pub i64);

/// Why a text is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAmount {
    /// Nothing was written.
    #[error("no amount is given")]
    Empty,
    /// It could be two different amounts, so none is taken.
    #[error("“{0}” can be read two ways")]
    TwoWays(String),
    /// Not a number of pounds.
    #[error("“{0}” is not an amount")]
    Unreadable(String),
}

impl Pence {
    /// No money.
    pub const ZERO: Pence = Pence(0);

    /// The largest amount that is read, £100 billion: the amounts of a whole register can still be added up.
    pub const MOST: Pence = Pence::pounds(100_000_000_000);

    /// Whole pounds.
    pub const fn pounds(pounds: i64) -> Pence {
        Pence(pounds * 100)
    }

    /// The sum, or `None` past what a 64-bit amount of pence can hold.
    pub fn checked_add(self, other: Pence) -> Option<Pence> {
        self.0.checked_add(other.0).map(Pence)
    }

    /// A share of this amount, rounded down to the penny (R-51: intensity rounds down).
    pub fn share_rounded_down(self, rate: Rate) -> Pence {
        // i128: an amount times ten thousand can pass i64 before the division.
        let share = (i128::from(self.0) * i128::from(rate.0)).div_euclid(10_000);
        Pence(i64::try_from(share).unwrap_or(i64::MAX))
    }

    /// A share of this amount, rounded half up to the penny (R-51: a line of money).
    pub fn share_rounded_half_up(self, rate: Rate) -> Pence {
        self.part_rounded_half_up(rate.0, 10_000)
    }

    /// So many of so many parts of this amount, rounded half up to the penny.
    pub fn part_rounded_half_up(self, parts: i64, of: i64) -> Pence {
        let twice = i128::from(self.0) * i128::from(parts) * 2 + i128::from(of);
        Pence(i64::try_from(twice.div_euclid(i128::from(of) * 2)).unwrap_or(i64::MAX))
    }

    /// As an officer reads it: `£5,000`, `£918.75`.
    pub fn shown(self) -> String {
        let sign = if self.0 < 0 { "−" } else { "" };
        let pence = self.0.unsigned_abs();
        let digits = (pence / 100).to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        match pence % 100 {
            0 => format!("{sign}£{grouped}"),
            odd => format!("{sign}£{grouped}.{odd:02}"),
        }
    }
}

impl std::iter::Sum for Pence {
    fn sum<I: Iterator<Item = Pence>>(amounts: I) -> Pence {
        amounts.fold(Pence::ZERO, |total, amount| Pence(total.0.saturating_add(amount.0)))
    }
}

impl std::ops::Add for Pence {
    type Output = Pence;
    fn add(self, other: Pence) -> Pence {
        Pence(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Pence {
    type Output = Pence;
    fn sub(self, other: Pence) -> Pence {
        Pence(self.0.saturating_sub(other.0))
    }
}

/// Text in pounds with two decimals, no sign of currency: `4950.00`.
impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

/// Reads what people write in pounds and nothing that could mean two amounts:
/// `5000`, `£5,000.00`, `GBP 4999.99`, `12000.5`; not `5.000,00`, `5k`, `5,00`.
impl FromStr for Pence {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Pence, NotAnAmount> {
        let written = text.trim().replace(['\u{a0}', '\u{202f}'], " ");
        let bare = written
            .strip_prefix('£')
            .or_else(|| written.strip_prefix("GBP"))
            .or_else(|| written.strip_suffix("GBP"))
            .unwrap_or(&written)
            .trim();
        if bare.is_empty() {
            return Err(NotAnAmount::Empty);
        }
        let unreadable = || NotAnAmount::Unreadable(text.trim().to_owned());
        let (negative, bare) = match bare.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, bare),
        };
        if !bare.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.') {
            return Err(unreadable());
        }
        let (whole, pence) = match bare.rsplit_once('.') {
            None => (bare, ""),
            Some((whole, pence)) => (whole, pence),
        };
        // A comma after the point, or a group that is not of three digits, is somebody else's notation.
        if pence.contains(',') || whole.contains('.') {
            return Err(NotAnAmount::TwoWays(text.trim().to_owned()));
        }
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        if whole.contains(',') {
            let wrong = first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3);
            if wrong {
                return Err(NotAnAmount::TwoWays(text.trim().to_owned()));
            }
        }
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        // `1.234` may be a thousand and more in another country's notation; `12000.5` cannot.
        let pence = match pence.len() {
            0 if bare.ends_with('.') => return Err(unreadable()),
            0 => 0,
            1 => pence.parse::<i64>().map_err(|_| unreadable())? * 10,
            2 => pence.parse::<i64>().map_err(|_| unreadable())?,
            3 if digits.len() <= 3 => return Err(NotAnAmount::TwoWays(text.trim().to_owned())),
            _ => return Err(unreadable()),
        };
        if digits.is_empty() {
            return Err(unreadable());
        }
        let amount = digits
            .parse::<i64>()
            .ok()
            .and_then(|pounds| pounds.checked_mul(100))
            .and_then(|whole| whole.checked_add(pence))
            .filter(|amount| *amount <= Pence::MOST.0)
            .ok_or_else(unreadable)?;
        Ok(Pence(if negative { -amount } else { amount }))
    }
}

impl Serialize for Pence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pence, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A share in hundredths of a percent: 7500 is 75 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(pub i64);

impl Rate {
    /// As an officer reads it: `75%`, `33.33%`.
    pub fn shown(self) -> String {
        match self.0 % 100 {
            0 => format!("{}%", self.0 / 100),
            odd => format!("{}.{odd:02}%", self.0 / 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_written_in_pounds_and_never_guessed() {
        for (written, pence) in [
            ("5000", 500_000),
            ("£5,000.00", 500_000),
            ("GBP 4999.99", 499_999),
            ("12000.5", 1_200_050),
            ("12000.50 ", 1_200_050),
            ("5,000", 500_000),
            ("£1,250,000", 125_000_000),
            ("0", 0),
            ("-3.20", -320),
        ] {
            assert_eq!(written.parse(), Ok(Pence(pence)), "{written}");
        }
        for written in ["5.000,00", "5,00", "1.234", "50,000,0"] {
            assert!(matches!(written.parse::<Pence>(), Err(NotAnAmount::TwoWays(_))), "{written}");
        }
        for written in [
            "5k",
            "up to 5k",
            "£1.2m",
            "five",
            "1.",
            ".",
            "12.3456",
            "99999999999999999999",
            "100000000000.01",
        ] {
            assert!(matches!(written.parse::<Pence>(), Err(NotAnAmount::Unreadable(_))), "{written}");
        }
        assert_eq!("".parse::<Pence>(), Err(NotAnAmount::Empty));
    }

    #[test]
    fn an_amount_is_shown_with_pence_only_if_there_are_some() {
        assert_eq!(Pence::pounds(5_000).shown(), "£5,000");
        assert_eq!(Pence(91_875).shown(), "£918.75");
        assert_eq!(Pence(123_456_700).shown(), "£1,234,567");
        assert_eq!(Pence(-5).shown(), "−£0.05");
    }

    #[test]
    fn a_share_is_rounded_down_to_the_penny() {
        assert_eq!(Pence(99_999).share_rounded_down(Rate(5_000)), Pence(49_999), "R-51");
        assert_eq!(Pence::pounds(6_600).share_rounded_down(Rate(7_500)), Pence::pounds(4_950), "R-51");
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_is_read_back(pence in -1_000_000_000_000i64..1_000_000_000_000) {
            proptest::prop_assert_eq!(Pence(pence).to_string().parse(), Ok(Pence(pence)));
            proptest::prop_assert_eq!(Pence(pence).shown().replace('−', "-").replace("-£", "-").parse(), Ok(Pence(pence)));
        }
    }
}
