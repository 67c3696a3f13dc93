//! Identifiers as people write them: brought to their one right shape, or refused with the reason.
//! Pure functions; a right shape never proves that what it names exists.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// An identifier in its one right shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The value to keep.
    pub value: String,
    /// What was mended, in words; nothing when it stood right.
    pub repair: Option<String>,
    /// What speaks against it although its shape is right.
    pub doubt: Option<String>,
}

/// Why a text is not such an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Nothing was written.
    #[error("nothing is written")]
    Empty,
    /// It has not the shape of one.
    #[error("“{written}” is not {what}")]
    Shape {
        /// What it was to be, with its article.
        what: &'static str,
        /// As written.
        written: String,
    },
    /// The shape is right, its check digits are not.
    #[error("“{written}” is not {what}: its check digits do not fit, so it was mistyped")]
    CheckDigits {
        /// What it was to be, with its article.
        what: &'static str,
        /// As written.
        written: String,
    },
}

type Judgement = Result<Judged, Unusable>;

fn shape(what: &'static str, written: &str) -> Unusable {
    match written.trim() {
        "" => Unusable::Empty,
        written => Unusable::Shape { what, written: written.to_owned() },
    }
}

fn judged(value: String, written: &str) -> Judged {
    let repair = (value != written.trim()).then(|| format!("“{}” is written {value}.", written.trim()));
    Judged { value, repair, doubt: None }
}

/// Whether the pattern fits: `9` is a digit, `A` a letter, `X` either, all else stands for itself.
fn fits(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern.bytes().zip(text.bytes()).all(|(wanted, is)| match wanted {
            b'9' => is.is_ascii_digit(),
            b'A' => is.is_ascii_uppercase(),
            b'X' => is.is_ascii_digit() || is.is_ascii_uppercase(),
            exact => exact == is,
        })
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number that a spreadsheet wrote with a decimal point: `2686822.0`.
fn without_point_zero(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if digits(whole) && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// Prefixes in use; others are doubted, not refused. Companies House, Uniform Resource Identifiers customer guide.
const COMPANY_PREFIXES: &str = "AC BR CE CS EN ES FC GE GN GS IC IP LP NA NC NF NI NL NO NP NR NV NZ OC OE PC R0 RC RS \
    SA SC SE SF SG SI SL SO SP SR SZ ZC";

/// A company number: eight characters. Zeros that a spreadsheet dropped are put back and said so.
/// The pattern is UK Export Finance's; some mutuals end in a letter.
pub fn company_number(written: &str) -> Judgement {
    let refuse = || shape("a company number", written);
    let bare: String = without_point_zero(written.trim())
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .flat_map(char::to_uppercase)
        .collect();
    let split = bare.find(|c: char| c.is_ascii_digit()).unwrap_or(bare.len());
    let (letters, number) = bare.split_at_checked(split).unwrap_or((&bare, ""));
    let value = match (letters.len(), number.len()) {
        (0, 1..8) if digits(number) => format!("{number:0>8}"),
        (2, 1..6) if digits(number) => format!("{letters}{number:0>6}"),
        _ => bare.clone(),
    };
    let known_shape = ["99999999", "9999999A", "AA999999", "AA99999A", "A9999999", "A999999A"]
        .iter()
        .any(|pattern| fits(pattern, &value));
    if !known_shape || value.bytes().all(|byte| byte == b'0') {
        return Err(refuse());
    }
    let prefix = value.get(..2).unwrap_or_default();
    let doubt = (!digits(prefix) && !COMPANY_PREFIXES.split(' ').any(|known| known == prefix))
        .then(|| format!("Companies House gives no numbers that begin with {prefix}."));
    let repair = if value.len() > bare.len() {
        Some(format!("“{}” is written {value}: spreadsheets drop leading zeros.", written.trim()))
    } else {
        judged(value.clone(), written).repair
    };
    Ok(Judged { value, repair, doubt })
}

/// A UK postcode with one space before the last three characters. `B1` alone is a district, and refused.
/// The pattern is the GOV.UK service's; British Forces and overseas territories have their own.
pub fn postcode(written: &str) -> Judgement {
    let refuse = || shape("a postcode", written);
    let bare: String =
        written.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let odd =
        written.chars().any(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace() && !matches!(c, '-' | '.'));
    if odd {
        return Err(refuse());
    }
    if let Some(number) = bare.strip_prefix("BFPO").filter(|number| digits(number) && number.len() <= 4) {
        return Ok(judged(format!("BFPO {number}"), written));
    }
    let (outward, inward) =
        bare.len().checked_sub(3).and_then(|at| bare.split_at_checked(at)).ok_or_else(refuse)?;
    let outward_known = ["A9", "A99", "A9A", "AA9", "AA99", "AA9A"].iter().any(|pattern| fits(pattern, outward))
        // The second letter is never I or Z.
        && !matches!(outward.as_bytes().get(1), Some(b'I' | b'Z'));
    let special = (outward == "GIR" && inward == "0AA") || (fits("AAAA", outward) && inward == "1ZZ");
    if !(special || (outward_known && fits("9AA", inward))) {
        return Err(refuse());
    }
    let doubt = (!special && inward.contains(['C', 'I', 'K', 'M', 'O', 'V']))
        .then(|| format!("No postcode ends in {inward}: the letters C I K M O V are not used there."));
    Ok(Judged { doubt, ..judged(format!("{outward} {inward}"), written) })
}

/// An Irish Eircode: routing key, space, identifier.
pub fn eircode(written: &str) -> Judgement {
    const LETTERS: &str = "ACDEFHKNPRTVWXY";
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let right = bare.is_ascii()
        && bare.len() == 7
        && bare.chars().enumerate().all(|(at, c)| match at {
            0 => LETTERS.contains(c),
            1 => c.is_ascii_digit(),
            2 => c.is_ascii_digit() || c == 'W',
            _ => c.is_ascii_digit() || LETTERS.contains(c),
        });
    match bare.split_at_checked(3) {
        Some((routing, rest)) if right => Ok(judged(format!("{routing} {rest}"), written)),
        _ => Err(shape("an Eircode", written)),
    }
}

/// A UK provider reference number: eight digits, the first a 1.
pub fn ukprn(written: &str) -> Judgement {
    let bare = without_point_zero(written.trim());
    if fits("19999999", bare) { Ok(judged(bare.to_owned(), written)) } else { Err(shape("a UKPRN", written)) }
}

/// A ROR id, as its full address. Its two last digits are ISO 7064 mod 97-10 over Crockford's base 32.
pub fn ror(written: &str) -> Judgement {
    const CROCKFORD: &str = "0123456789abcdefghjkmnpqrstvwxyz";
    let lower = written.trim().to_lowercase();
    let id =
        lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("ror.org/");
    let refuse = || shape("a ROR id", written);
    let (body, check) = id.strip_prefix('0').and_then(|rest| rest.split_at_checked(6)).ok_or_else(refuse)?;
    let number = body
        .chars()
        .try_fold(0u64, |number, c| Some(number * 32 + u64::try_from(CROCKFORD.find(c)?).ok()?))
        .filter(|_| digits(check) && check.len() == 2)
        .ok_or_else(refuse)?;
    if format!("{:02}", 98 - (number * 100) % 97) != check {
        return Err(Unusable::CheckDigits { what: "a ROR id", written: written.trim().to_owned() });
    }
    Ok(judged(format!("https://ror.org/{id}"), written))
}

/// A UK VAT number of nine digits. Wrong check digits only raise doubt (HMRC knows two series; domain rule: warn).
pub fn vat(written: &str) -> Judgement {
    let bare: String =
        without_point_zero(written.trim()).chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    let bare = bare.to_uppercase();
    let number = bare.strip_prefix("GB").or_else(|| bare.strip_prefix("XI")).unwrap_or(&bare);
    if !fits("999999999", number) {
        return Err(shape("a VAT number", written));
    }
    let figures: Vec<u32> = number.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let weighed: u32 =
        figures.iter().zip([8, 7, 6, 5, 4, 3, 2, 10, 1]).map(|(figure, weight)| figure * weight).sum();
    let doubt = (!weighed.is_multiple_of(97) && !(weighed + 55).is_multiple_of(97))
        .then(|| "Its check digits do not fit; compare it with an invoice.".to_owned());
    Ok(Judged { doubt, ..judged(number.to_owned(), written) })
}

/// A charity number: England and Wales six or seven digits (a linked charity adds `-1`), Scotland `SC0…`,
/// Northern Ireland `NIC1…`.
pub fn charity(written: &str) -> Judgement {
    let bare: String = without_point_zero(written.trim()).chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.to_uppercase();
    let (main, linked) =
        bare.split_once('-').map_or((bare.as_str(), None), |(main, linked)| (main, Some(linked)));
    let known = ["999999", "9999999", "SC099999", "NIC199999"].iter().any(|pattern| fits(pattern, main));
    if known && linked.is_none_or(digits) {
        Ok(judged(bare.clone(), written))
    } else {
        Err(shape("a charity number", written))
    }
}

/// Whether a text has the shape of an e-mail address; letters of any script are allowed (RFC 6531).
/// A question mark, though lawful, is taken for a lost character.
pub fn is_email(written: &str) -> bool {
    let Some((local, domain)) = written.trim().split_once('@') else { return false };
    let dots_right = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    let local_right = (1..=64).contains(&local.chars().count())
        && dots_right(local)
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || is_combining_mark(c) || "!#$%&'*+-/=^_`{|}~.".contains(c));
    let labels: Vec<&str> = domain.split('.').collect();
    local_right
        && labels.len() >= 2
        && labels.last().is_some_and(|last| last.chars().count() >= 2 && !digits(last))
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c) || c == '-')
        })
}

/// A telephone number, kept as written. The zero that a spreadsheet drops is put back and said so.
pub fn uk_phone(written: &str) -> Judgement {
    let text = without_point_zero(written.trim());
    let refuse = || shape("a telephone number", written);
    let main = text.to_lowercase().find(['x', 'e']).map_or(text, |at| text.get(..at).unwrap_or(text));
    if !main
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '+' | '-' | '(' | ')' | '.' | '/'))
    {
        return Err(refuse());
    }
    let figures: String = main.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let lost = |value: String, what: &str| {
        let repair = format!("“{}” is written {value}: spreadsheets drop {what}.", written.trim());
        Ok(Judged { value, repair: Some(repair), doubt: None })
    };
    match (main.trim_start().starts_with('+'), figures.as_bytes().first(), figures.len()) {
        (true, _, 8..=15) | (false, Some(b'0'), 10 | 11) => Ok(judged(text.to_owned(), written)),
        (false, Some(b'0'), 12..=15) if figures.starts_with("00") => Ok(judged(text.to_owned(), written)),
        (false, Some(b'1' | b'2' | b'3' | b'7' | b'8'), 10) => lost(format!("0{text}"), "the leading zero"),
        (false, _, 12) if figures.starts_with("44") => lost(format!("+{text}"), "the plus sign"),
        _ => Err(refuse()),
    }
}

/// Legal forms as they end a name, in English and Welsh (Companies Act 2006 ss.58-59 and its kin).
const LEGAL_FORMS: &[&[&str]] = &[
    &["ltd"],
    &["limited"],
    &["cyf"],
    &["cyfyngedig"],
    &["plc"],
    &["ccc"],
    &["public", "limited", "company"],
    &["cwmni", "cyfyngedig", "cyhoeddus"],
    &["llp"],
    &["limited", "liability", "partnership"],
    &["pac"],
    &["lp"],
    &["limited", "partnership"],
    &["cic"],
    &["community", "interest", "company"],
    &["cbc"],
    &["cwmni", "buddiannau", "cymunedol"],
    &["cio"],
    &["scio"],
    &["inc"],
    &["unlimited"],
];

/// Letters that Unicode does not take apart into a base and a mark, each with what it is compared as.
const FOLDED: [(char, &str); 10] = [
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ð', "d"),
    ('þ', "th"),
];

/// A business name for comparing: case, accents, punctuation, `&`, “and”, legal form and “t/a …” do not count.
/// A character lost on the way stays as `?`; see [`same_key`].
pub fn name_key(name: &str) -> String {
    let (mut words, form) = key_words(name);
    // “Ltd” alone is no name, but two such are not told apart by nothing either.
    if words.is_empty() {
        words = form;
    }
    // Nor are two without a letter or figure, such as “♥” and “&”, taken for one another.
    if words.is_empty() { name.trim().to_lowercase() } else { words.join(" ") }
}

/// Whether a name consists of a legal form and nothing else: “Ltd”.
pub fn is_only_a_legal_form(name: &str) -> bool {
    let (words, form) = key_words(name);
    words.is_empty() && !form.is_empty()
}

/// The words of a name that count, and those of its legal form.
fn key_words(name: &str) -> (Vec<String>, Vec<String>) {
    let lower = name.to_lowercase().replace('\u{fffd}', "?");
    let registered = [" t/a ", " t/as ", " trading as "]
        .iter()
        .filter_map(|marker| lower.find(marker))
        .min()
        .and_then(|at| lower.get(..at))
        .unwrap_or(&lower);
    let mut plain = String::with_capacity(registered.len());
    for c in registered.nfkd().filter(|c| !is_combining_mark(*c)) {
        match FOLDED.iter().find(|(letter, _)| *letter == c) {
            Some((_, folded)) => plain.push_str(folded),
            None if c.is_alphanumeric() || c == '?' => plain.push(c),
            None if matches!(c, '\'' | '’' | '‘' | '`') => {}
            None => plain.push(' '),
        }
    }
    let mut words: Vec<String> = Vec::new();
    let mut after_initial = false;
    for word in plain.split_whitespace().filter(|word| *word != "and") {
        let initial = word.chars().count() == 1;
        match words.last_mut() {
            // `J P Smith`, `J.P. Smith` and `JP Smith` are one.
            Some(last) if initial && after_initial => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        after_initial = initial;
    }
    let mut form = Vec::new();
    while let Some(length) =
        LEGAL_FORMS.iter().filter(|form| ends_in(&words, form)).map(|form| form.len()).max()
    {
        form = words.split_off(words.len() - length);
    }
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    (words, form)
}

fn ends_in(words: &[String], form: &[&str]) -> bool {
    words.len() >= form.len() && words.iter().rev().zip(form.iter().rev()).all(|(word, part)| word == part)
}

/// Whether two keys of [`name_key`] name the same business. A `?` that stands for a lost character matches any
/// one character, as long as enough of the name is left to recognise it by.
pub fn same_key(one: &str, other: &str) -> bool {
    if one == other || !(one.contains('?') || other.contains('?')) {
        return one == other && !one.is_empty();
    }
    if one.chars().count() != other.chars().count() {
        return false;
    }
    let (mut known, mut lost, mut lost_plain) = (0, 0, 0);
    for (a, b) in one.chars().zip(other.chars()) {
        match (a, b) {
            ('?', c) | (c, '?') => {
                lost += 1;
                // Plain letters are never lost, but a key holds them without their accents.
                lost_plain += usize::from(c.is_ascii());
            }
            _ if a == b => known += usize::from(a != ' '),
            _ => return false,
        }
    }
    known >= lost || (known > 0 && lost_plain == 0)
}

#[cfg(test)]
mod tests;
