//! Cells as values: each read where it can be read one way, and every doubt said as a finding.

pub mod days;
mod row;
pub mod rules;
mod text;

pub use row::{Columns, Mended, RowCells, RowReading, read_row};

use casework::{
    findings::Finding,
    identifiers,
    money::{NotAnAmount, Pence},
    when,
};
use chrono::{DateTime, Utc};

use crate::{
    columns::Field,
    read::{Cell, Value},
};
use days::{Moment, Order};

/// Where a value comes from.
#[derive(Debug)]
pub struct Place<'a> {
    /// What it is.
    pub field: &'static Field,
    /// The heading of its column.
    pub heading: &'a str,
    /// Its column, counted from 0.
    pub column: usize,
    /// Its row, as the spreadsheet counts.
    pub row: u32,
    /// Its text as received.
    pub received: &'a str,
}

/// A value, if there is one, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value.
    pub value: Option<T>,
    /// What an officer should know.
    pub findings: Vec<Finding>,
}

impl<T> Reading<T> {
    fn none() -> Reading<T> {
        Reading { value: None, findings: Vec::new() }
    }

    fn of(value: T) -> Reading<T> {
        Reading { value: Some(value), findings: Vec::new() }
    }

    fn but(finding: Finding) -> Reading<T> {
        Reading { value: None, findings: vec![finding] }
    }

    fn say(mut self, finding: Option<Finding>) -> Reading<T> {
        self.findings.extend(finding);
        self
    }
}

/// What people write into a cell that they have nothing to write in.
const NOTHING: [&str; 9] = ["", "-", "–", "—", ".", "n/a", "na", "n.a.", "not applicable"];
/// What people write for no pounds at all.
const NO_MONEY: [&str; 5] = ["none", "nil", "no", "zero", "nothing"];
const YES: [&str; 11] =
    ["yes", "y", "true", "1", "agreed", "agree", "i agree", "confirmed", "i confirm", "✓", "ja"];
const NO: [&str; 6] = ["no", "n", "false", "0", "not agreed", "✗"];
/// Words after a number of employees that change nothing.
const STAFF_WORDS: [&str; 8] =
    ["fte", "ftes", "employees", "employee", "staff", "people", "full time", "full-time"];

fn is_one_of(words: &[&str], text: &str) -> bool {
    words.contains(&text.trim().to_lowercase().as_str())
}

/// Whether the cell holds something to read; a formula's error is said instead of read.
fn something<T>(place: &Place, cell: &Cell) -> Result<(), Reading<T>> {
    if matches!(cell.value, Value::Error) {
        let error = if place.field.required {
            rules::CELL_ERROR.at(place)
        } else {
            rules::LEFT_OUT.with(place, "The formula in the spreadsheet could not be worked out.")
        };
        return Err(Reading::but(error));
    }
    if is_one_of(&NOTHING, &cell.text) {
        return Err(if place.field.required {
            Reading::but(rules::MISSING.at(place))
        } else {
            Reading::none()
        });
    }
    Ok(())
}

/// Text of any kind, whole, outer spaces taken off.
pub fn words(place: &Place, cell: &Cell) -> Reading<String> {
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    let (clean, invisible) = text::clean(&cell.text);
    if clean.is_empty() {
        return if place.field.required { Reading::but(rules::MISSING.at(place)) } else { Reading::none() };
    }
    let is_name =
        ["business", "contact_name", "given_name", "family_name", "town"].contains(&place.field.name);
    let lost = if is_name { text::has_lost_letters_in_name(&clean) } else { text::has_lost_letters(&clean) };
    let length = clean.chars().count();
    Reading::of(clean.clone())
        .say(invisible.then(|| rules::INVISIBLE.at(place)))
        .say(lost.then(|| rules::LOST_CHARACTERS.at(place)))
        .say((length > text::LONG).then(|| rules::LONG.with(place, &format!("It has {length} characters."))))
        .say(text::looks_like_formula(&clean).then(|| rules::FORMULA_TEXT.at(place)))
}

/// The name of a business: not only its legal form.
pub fn business(place: &Place, cell: &Cell) -> Reading<String> {
    let reading = words(place, cell);
    match &reading.value {
        Some(name) if identifiers::is_only_a_legal_form(name) => Reading::but(rules::ONLY_A_FORM.at(place)),
        _ => reading,
    }
}

/// An amount of pounds.
pub fn amount(place: &Place, cell: &Cell) -> Reading<Pence> {
    let no_money = place.field.name == "assistance_declared" && is_one_of(&NO_MONEY, &cell.text);
    if no_money {
        return Reading::of(Pence::ZERO).say(Some(rules::READ_AS.with(place, "£0")));
    }
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    let left_out = |why: &str| Reading::but(rules::LEFT_OUT.with(place, why));
    let required = place.field.required;
    match whole_pence(cell).parse::<Pence>() {
        Ok(amount) if required && amount <= Pence::ZERO => Reading::but(rules::NOTHING_ASKED.at(place)),
        Ok(amount) if amount < Pence::ZERO => left_out("It is less than nothing."),
        Ok(amount) => Reading::of(amount),
        Err(NotAnAmount::TwoWays(_)) if required => Reading::but(rules::TWO_AMOUNTS.at(place)),
        Err(_) if required => Reading::but(rules::NO_AMOUNT.at(place)),
        Err(NotAnAmount::TwoWays(_)) => left_out("It can be read two ways, and an amount is never guessed."),
        Err(NotAnAmount::Unreadable(_) | NotAnAmount::Empty) => {
            left_out("It is not an amount in figures, and an amount is never guessed.")
        }
    }
}

/// A sum of binary fractions may stand as 4999.990000000001; the spreadsheet shows 4,999.99.
fn whole_pence(cell: &Cell) -> String {
    let rounded = match (&cell.value, cell.text.parse::<f64>()) {
        (Value::Number, Ok(number)) => Some((format!("{number:.2}"), number)),
        _ => None,
    };
    match rounded {
        Some((text, number)) if text.parse::<f64>().is_ok_and(|near| (near - number).abs() < 1e-6) => text,
        _ => cell.text.clone(),
    }
}

/// A day of receipt, as an instant; a day alone is its start.
pub fn received(place: &Place, cell: &Cell, order: &Order, now: DateTime<Utc>) -> Reading<DateTime<Utc>> {
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    let moment = match &cell.value {
        Value::Moment(moment) => days::sane(*moment).map(Moment::Local),
        Value::Text | Value::Number | Value::YesNo(_) | Value::Error => days::read(&cell.text, order),
    };
    let instant = match moment {
        Ok(Moment::Instant(instant)) => instant,
        // The hour that is skipped in spring is on no clock; what wrote it counted in UTC.
        Ok(Moment::Local(local)) => when::local(local).unwrap_or_else(|| local.and_utc()),
        Err(error @ days::NotADay::TwoDays(..)) => {
            return Reading::but(rules::TWO_DAYS.with(place, &error.to_string()));
        }
        Err(error) => return Reading::but(rules::NO_DAY.with(place, &error.to_string())),
    };
    let ahead = when::day_of(instant) > when::day_of(now);
    Reading::of(instant).say(ahead.then(|| rules::DOUBTFUL.with(place, "That day is still to come.")))
}

/// Full-time equivalents in hundredths.
pub fn employees(place: &Place, cell: &Cell) -> Reading<i64> {
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    let lower = cell.text.trim().to_lowercase();
    let bare = STAFF_WORDS.iter().fold(lower.clone(), |text, word| {
        text.strip_suffix(word).map_or_else(|| text.clone(), |bare| bare.trim_end().to_owned())
    });
    let left_out = |why: &str| Reading::but(rules::LEFT_OUT.with(place, why));
    if matches!(cell.value, Value::Moment(_)) {
        return left_out("A spreadsheet turned it into a date.");
    }
    if !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return left_out("It is not a number in figures, and a number is never guessed.");
    }
    // A number of people is written as an amount of pounds is: groups of three, a point, at most two decimals.
    match bare.parse::<Pence>() {
        Ok(Pence(hundredths)) => {
            let read_as = rules::READ_AS.with(place, &people(hundredths));
            Reading::of(hundredths).say((bare != lower).then_some(read_as))
        }
        Err(_) => left_out("It is not a number of people."),
    }
}

/// Hundredths as people write them: `12`, `12.5`.
pub(crate) fn people(hundredths: i64) -> String {
    Pence(hundredths).to_string().trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A yes or no.
pub fn yes_or_no(place: &Place, cell: &Cell) -> Reading<bool> {
    let declaration = place.field.name == "declaration";
    if declaration && is_one_of(&NOTHING, &cell.text) {
        return Reading::but(rules::DECLARATION_MISSING.at(place));
    }
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    match (is_one_of(&YES, &cell.text), is_one_of(&NO, &cell.text)) {
        (true, _) => Reading::of(true),
        (_, true) => Reading::of(false).say(declaration.then(|| rules::NOT_DECLARED.at(place))),
        _ => Reading::but(rules::LEFT_OUT.with(place, "It is neither a yes nor a no.")),
    }
}

/// A company number, its zeros put back.
pub fn company_number(place: &Place, cell: &Cell) -> Reading<String> {
    if is_one_of(&["none", "no", "nil", "sole trader", "not registered", "not incorporated"], &cell.text) {
        return Reading::none();
    }
    identifier(
        place,
        cell,
        identifiers::company_number,
        "A company number has eight characters, like 01234567 or SC012345.",
    )
}

/// A postcode, or an Irish Eircode.
pub fn postcode(place: &Place, cell: &Cell) -> Reading<String> {
    let either = |text: &str| {
        identifiers::postcode(text).or_else(|refused| identifiers::eircode(text).map_err(|_| refused))
    };
    // A space or a capital letter is not worth a remark.
    let quiet = |text: &str| either(text).map(|judged| identifiers::Judged { repair: None, ..judged });
    identifier(place, cell, quiet, "It is not a whole postcode, like B4 7ET.")
}

/// A telephone number as written, its lost zero put back.
pub fn phone(place: &Place, cell: &Cell) -> Reading<String> {
    identifier(place, cell, identifiers::uk_phone, "It is not a telephone number.")
}

/// An e-mail address.
pub fn email(place: &Place, cell: &Cell) -> Reading<String> {
    let judge = |text: &str| {
        if identifiers::is_email(text) {
            Ok(identifiers::Judged { value: text.trim().to_owned(), repair: None, doubt: None })
        } else {
            Err(identifiers::Unusable::Shape { what: "an e-mail address", written: text.to_owned() })
        }
    };
    let why = if text::has_lost_letters_in_name(&cell.text) {
        "It has lost characters, and nothing would arrive there."
    } else {
        "It is not an e-mail address."
    };
    identifier(place, cell, judge, why)
}

fn identifier(
    place: &Place,
    cell: &Cell,
    judge: impl FnOnce(&str) -> Result<identifiers::Judged, identifiers::Unusable>,
    why_not: &str,
) -> Reading<String> {
    if let Err(reading) = something(place, cell) {
        return reading;
    }
    match judge(&text::clean(&cell.text).0) {
        Ok(judged) => Reading::of(judged.value)
            .say(judged.repair.map(|repair| rules::MENDED.with(place, &repair)))
            .say(judged.doubt.map(|doubt| rules::DOUBTFUL.with(place, &doubt))),
        Err(_) => Reading::but(rules::LEFT_OUT.with(place, why_not)),
    }
}

#[cfg(test)]
mod tests;
