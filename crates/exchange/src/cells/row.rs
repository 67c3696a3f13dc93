//! A row as an application, or the reasons why it is none.

use std::{borrow::Cow, collections::BTreeMap};

use casework::{
    applications::Application,
    findings::{Finding, any_block},
    when,
};
use chrono::{DateTime, Utc};

use super::{Place, Reading, days::Order, people, rules};
use crate::{
    columns::{FIELDS, field},
    read::{Cell, Row},
};

/// What officers typed in place of cells: by row and field.
pub type Mended = BTreeMap<(u32, &'static str), String>;

/// Which column holds which field.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The headings of all columns.
    pub headings: Vec<String>,
    /// The column of each field that has one.
    pub by_field: BTreeMap<&'static str, usize>,
}

/// A row as received, with what was mended in it.
#[derive(Clone, Copy, Debug)]
pub struct RowCells<'a> {
    /// Which column holds which field.
    pub columns: &'a Columns,
    /// The row.
    pub row: &'a Row,
    /// What was typed in place of cells.
    pub mended: &'a Mended,
}

impl<'a> RowCells<'a> {
    /// The column of a field and its cell as received.
    pub fn received(&self, field: &str) -> Option<(usize, &'a Cell)> {
        let column = *self.columns.by_field.get(field)?;
        Some((column, self.row.cell(column)))
    }

    /// What was typed in place of the cell.
    pub fn mended(&self, field: &'static str) -> Option<&'a str> {
        self.mended.get(&(self.row.number, field)).map(String::as_str)
    }

    /// Where a field is, and what is to be read for it.
    fn at<T>(&self, name: &'static str, read: impl FnOnce(&Place, &Cell) -> T) -> Option<T> {
        let field = field(name)?;
        let (column, as_received) = self.received(name)?;
        let cell = match self.mended(name) {
            Some(mended) => Cow::Owned(Cell::text(mended)),
            None => Cow::Borrowed(as_received),
        };
        let heading = self.columns.headings.get(column).map_or("", String::as_str);
        Some(read(&Place { field, heading, column, row: self.row.number, received: &cell.text }, &cell))
    }
}

/// What was made of a row.
#[derive(Clone, Debug)]
pub struct RowReading {
    /// The application, unless something blocks.
    pub application: Option<Application>,
    /// All that is to be said about its cells.
    pub findings: Vec<Finding>,
    /// The values read, as text, by field.
    pub values: Vec<(&'static str, String)>,
}

/// Reads a row. `order` is what the column of dates proves, `now` the present moment.
pub fn read_row(received: RowCells, order: &Order, now: DateTime<Utc>) -> RowReading {
    let mut cells = Cells { received, findings: Vec::new(), values: Vec::new() };
    let money = |pence: &casework::money::Pence| pence.to_string();
    let text = String::clone;
    let answer = |yes: &bool| if *yes { "yes" } else { "no" }.to_owned();

    let received_at = cells.read(
        "received",
        |place, cell| {
            // An officer in the United Kingdom types the day first, whatever the sender does.
            let mended = received.mended("received").is_some();
            let own = Order::DayFirst(String::new());
            super::received(place, cell, if mended { &own } else { order }, now)
        },
        |instant| when::form_instant(*instant),
    );
    let business = cells.read("business", super::business, text);
    let title = cells.read("title", super::words, text);
    let need = cells.read("need", super::words, text);
    let asked = cells.read("asked", super::amount, money);
    let company_number = cells.read("company_number", super::company_number, text);
    let external_reference = cells.read("external_reference", super::words, text);
    let contact_name = cells.read("contact_name", super::words, text);
    let given_name = cells.read("given_name", super::words, text);
    let family_name = cells.read("family_name", super::words, text);
    let email = cells.read("email", super::email, text);
    let phone = cells.read("phone", super::phone, text);
    let address = cells.read("address", super::words, text);
    let town = cells.read("town", super::words, text);
    let postcode = cells.read("postcode", super::postcode, text);
    let employees = cells.read("employees", super::employees, |hundredths| people(*hundredths));
    let turnover = cells.read("turnover", super::amount, money);
    let provider = cells.read("provider", super::words, text);
    let project_cost = cells.read("project_cost", super::amount, money);
    let earlier_vouchers = cells.read("earlier_vouchers", super::words, text);
    let assistance_declared = cells.read("assistance_declared", super::amount, money);
    let declaration = cells.read("declaration", super::yes_or_no, answer);
    let may_contact = cells.read("may_contact", super::yes_or_no, answer);

    if let (Some(asked), Some(cost)) = (asked, project_cost)
        && asked > cost
    {
        cells.say("asked", |place| {
            rules::ABOVE_COST
                .with(place, &format!("It asks for {}; the work costs {}.", asked.shown(), cost.shown()))
        });
    }
    let fingerprint = fingerprint(received);
    let application = match (received_at, business, title, need, asked) {
        (Some(received_at), Some(business), Some(title), Some(need), Some(asked))
            if !any_block(&cells.findings) =>
        {
            Some(Application {
                row: received.row.number,
                external_reference,
                received_at,
                business,
                company_number,
                contact_name,
                given_name,
                family_name,
                email,
                phone,
                address,
                town,
                postcode,
                employees,
                turnover,
                provider,
                title,
                need,
                asked,
                project_cost,
                earlier_vouchers,
                assistance_declared,
                declaration,
                may_contact,
                fingerprint,
            })
        }
        _ => None,
    };
    // What stops the row is said first.
    cells.findings.sort_by_key(|finding| finding.severity);
    RowReading { application, findings: cells.findings, values: cells.values }
}

struct Cells<'a> {
    received: RowCells<'a>,
    findings: Vec<Finding>,
    values: Vec<(&'static str, String)>,
}

impl Cells<'_> {
    fn read<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Place, &Cell) -> Reading<T>,
        shown: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        let reading = self.received.at(name, read)?;
        self.findings.extend(reading.findings);
        if let Some(value) = &reading.value {
            self.values.push((name, shown(value)));
        }
        reading.value
    }

    fn say(&mut self, name: &'static str, finding: impl FnOnce(&Place) -> Finding) {
        self.findings.extend(self.received.at(name, |place, _| finding(place)));
    }
}

/// The same cells again are the same application, whatever an officer mends meanwhile.
fn fingerprint(received: RowCells) -> String {
    let mut hash = blake3::Hasher::new();
    for field in FIELDS {
        let text = received.received(field.name).map_or("", |(_, cell)| cell.text.trim());
        hash.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().to_hex().to_string()
}
