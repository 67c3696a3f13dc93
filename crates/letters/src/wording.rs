//! Money, dates and lists as a British letter writes them.

const SPACE: char = '\u{a0}';

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

/// `£5,000`, or `£918.75` when there are pence.
pub(crate) fn money(pence: i64) -> String {
    let sign = if pence < 0 { "−" } else { "" };
    let whole = pence.unsigned_abs();
    let pounds = grouped(whole / 100);
    match whole % 100 {
        0 => format!("{sign}£{pounds}"),
        rest => format!("{sign}£{pounds}.{rest:02}"),
    }
}

/// `12,345`
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An amount of money in words: `five thousand pounds`, `nine hundred and eighteen pounds and seventy-five
/// pence`.
pub fn money_words(pence: i64) -> String {
    let whole = pence.unsigned_abs();
    let (pounds, rest) = (whole / 100, whole % 100);
    let minus = if pence < 0 { "minus " } else { "" };
    let pound_words = format!("{} {}", number_words(pounds), if pounds == 1 { "pound" } else { "pounds" });
    let pence_words = format!("{} {}", number_words(rest), if rest == 1 { "penny" } else { "pence" });
    match (pounds, rest) {
        (_, 0) => format!("{minus}{pound_words}"),
        (0, _) => format!("{minus}{pence_words}"),
        _ => format!("{minus}{pound_words} and {pence_words}"),
    }
}

fn number_words(number: u64) -> String {
    const SCALES: [(u64, &str); 6] = [
        (1_000_000_000_000_000_000, "quintillion"),
        (1_000_000_000_000_000, "quadrillion"),
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
    ];
    if number == 0 {
        return "zero".into();
    }
    let mut parts = vec![];
    let mut left = number;
    for (scale, name) in SCALES {
        if left >= scale {
            parts.push(format!("{} {name}", below_thousand(left / scale)));
            left %= scale;
        }
    }
    match left {
        0 => parts.join(" "),
        // British usage: "one thousand and five", but "one thousand two hundred".
        1..100 if !parts.is_empty() => format!("{} and {}", parts.join(" "), below_thousand(left)),
        _ => {
            parts.push(below_thousand(left));
            parts.join(" ")
        }
    }
}

fn below_thousand(number: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let word = |list: &[&'static str], n: u64| {
        list.get(usize::try_from(n).unwrap_or(usize::MAX)).copied().unwrap_or_default()
    };
    let (hundreds, rest) = (number / 100, number % 100);
    let tail = match (rest / 10, rest % 10) {
        (0 | 1, _) => word(&ONES, rest).to_owned(),
        (tens, 0) => word(&TENS, tens).to_owned(),
        (tens, ones) => format!("{}-{}", word(&TENS, tens), word(&ONES, ones)),
    };
    match (hundreds, rest) {
        (0, _) => tail,
        (_, 0) => format!("{} hundred", word(&ONES, hundreds)),
        _ => format!("{} hundred and {tail}", word(&ONES, hundreds)),
    }
}

/// `23 November 2026`, with spaces that do not break; nothing if there is no such day.
pub(crate) fn date(year: i32, month: u32, day: u32) -> Option<String> {
    let name = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&day).then(|| format!("{day}{SPACE}{name}{SPACE}{year}"))
}

/// The day in an ISO date or instant (`2026-11-23`, `2026-11-23T09:30:00Z`), as [`date`] writes it.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    let day = text.split(['T', ' ']).next()?;
    let mut parts = day.splitn(3, '-');
    date(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

/// Pence in an amount written in pounds (`4950.00`, `£4,950`); nothing if it is no amount.
pub(crate) fn pence(text: &str) -> Option<i64> {
    let bare: String = text.chars().filter(|c| !matches!(c, '£' | ',') && !c.is_whitespace()).collect();
    let (sign, bare) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest.to_owned()),
        None => (1, bare),
    };
    let (pounds, rest) = bare.split_once('.').unwrap_or((&bare, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if pounds.is_empty() || !digits(pounds) || !digits(rest) || !matches!(rest.len(), 0..=2) {
        return None;
    }
    let pence: i64 = format!("{rest:0<2}").parse().ok()?;
    pounds.parse::<i64>().ok()?.checked_mul(100)?.checked_add(pence)?.checked_mul(sign)
}

/// `a`, `a and b`, `a, b and c`
pub(crate) fn and_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_shows_pence_only_when_there_are_any() {
        assert_eq!(money(500_000), "£5,000");
        assert_eq!(money(91_875), "£918.75");
        assert_eq!(money(5), "£0.05");
        assert_eq!(money(-123_456_700), "−£1,234,567");
    }

    #[test]
    fn money_is_read_out_as_the_british_say_it() {
        for (pence, words) in [
            (500_000, "five thousand pounds"),
            (91_875, "nine hundred and eighteen pounds and seventy-five pence"),
            (100, "one pound"),
            (1, "one penny"),
            (0, "zero pounds"),
            (100_500, "one thousand and five pounds"),
            (31_500_000, "three hundred and fifteen thousand pounds"),
            (
                123_456_701,
                "one million two hundred and thirty-four thousand five hundred and sixty-seven pounds and one penny",
            ),
            (120_000, "one thousand two hundred pounds"),
            (-2_000, "minus twenty pounds"),
        ] {
            assert_eq!(money_words(pence), words);
        }
        assert!(money_words(i64::MIN).starts_with("minus ninety-two quadrillion"));
    }

    #[test]
    fn a_date_has_no_leading_zero_and_does_not_break() {
        assert_eq!(iso_date("2026-11-03").as_deref(), Some("3\u{a0}November\u{a0}2026"));
        assert_eq!(iso_date("2026-11-23T09:30:00Z").as_deref(), Some("23\u{a0}November\u{a0}2026"));
        assert_eq!(iso_date("2028-02-29").as_deref(), Some("29\u{a0}February\u{a0}2028"));
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "23/11/2026", "", "2026-11"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_in_pounds_are_read_to_the_penny() {
        assert_eq!(pence("4950.00"), Some(495_000));
        assert_eq!(pence("£4,950.5"), Some(495_050));
        assert_eq!(pence("-12"), Some(-1_200));
        for text in ["", "ten", "1.234", "1.2.3", ".", "1e3"] {
            assert_eq!(pence(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_ends_with_and() {
        let list = |n: usize| and_list(&["a", "b", "c"].map(String::from)[..n]);
        assert_eq!(
            (list(0), list(1), list(2), list(3)),
            ("".into(), "a".into(), "a and b".into(), "a, b and c".into())
        );
    }
}
