//! Forms: what may be filled in for each noun, as data. Screens draw it, `save` checks and stores it,
//! histories take their labels from it.

mod case_fields;
mod places;
mod save;
pub(crate) mod store;
mod values;

pub(crate) use save::{Checked, checked, write};
pub use save::{Saved, save, save_all};
pub(crate) use values::written;
pub use values::{Values, parse, shown, values_of};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{cases, desk::Desk, office, problem::Problem, stages::CaseKind};

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// A business or a knowledge provider.
    Organisation,
    /// A contact.
    Person,
    /// A voucher case.
    Voucher,
    /// A placement case.
    Placement,
    /// A partnership case.
    Partnership,
    /// A programme and its rules.
    Programme,
    /// A round of a programme.
    Round,
    /// The office whose register it is.
    Office,
    /// Somebody who works with the register.
    Officer,
    /// A limit of law, from a day on.
    Limit,
}

/// How a field is written and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Long,
    /// An amount in pounds.
    Money,
    /// A share: 50 or 33.33.
    Percent,
    /// A civil date.
    Day,
    /// An instant, written as local time of the United Kingdom.
    Instant,
    /// A whole number.
    Number,
    /// A number with up to two decimals, such as full-time equivalents.
    Decimal,
    /// Yes or no.
    YesNo,
    /// One of the choices.
    Choice,
    /// An organisation of the register.
    Organisation,
    /// A knowledge provider of the register.
    Provider,
    /// A person of the register.
    Person,
    /// A programme.
    Programme,
    /// A round.
    Round,
    /// An e-mail address.
    Email,
    /// A postcode.
    Postcode,
    /// A company number.
    CompanyNumber,
}

/// One thing that may be filled in.
#[derive(Clone, Copy, Debug, Serialize, specta::Type)]
pub struct Field {
    /// The column's name.
    pub name: &'static str,
    /// What the screen calls it.
    pub label: &'static str,
    /// How it is written.
    pub kind: FieldKind,
    /// Whether the form cannot be saved without it.
    pub required: bool,
    /// A line of help.
    pub hint: Option<&'static str>,
    /// For a choice: value and label.
    #[serde(serialize_with = "as_pairs")]
    #[specta(type = Vec<Choice>)]
    pub choices: &'static [(&'static str, &'static str)],
    /// What a new form starts with.
    pub start: Option<&'static str>,
    /// The heading it stands under.
    pub group: &'static str,
    /// The table that holds it.
    #[serde(skip)]
    pub(crate) table: &'static str,
}

/// One choice of a field.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Choice {
    /// What is stored.
    pub value: &'static str,
    /// What the screen says.
    pub label: &'static str,
}

fn as_pairs<S: serde::Serializer>(
    choices: &&'static [(&'static str, &'static str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(choices.iter().map(|(value, label)| Choice { value, label }))
}

impl Field {
    const fn new(
        table: &'static str,
        group: &'static str,
        name: &'static str,
        label: &'static str,
        kind: FieldKind,
    ) -> Field {
        Field { name, label, kind, required: false, hint: None, choices: &[], start: None, group, table }
    }

    const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = Some(hint);
        self
    }

    const fn starts(mut self, value: &'static str) -> Field {
        self.start = Some(value);
        self
    }

    const fn choices(mut self, choices: &'static [(&'static str, &'static str)]) -> Field {
        self.choices = choices;
        self
    }
}

impl Noun {
    /// The kind of case it is, if it is one.
    const fn case_kind(self) -> Option<CaseKind> {
        match self {
            Noun::Voucher => Some(CaseKind::Voucher),
            Noun::Placement => Some(CaseKind::Placement),
            Noun::Partnership => Some(CaseKind::Partnership),
            _ => None,
        }
    }
}

/// The record that a form is about; an id of another noun's is not found. There is one office; the nil id means it, so
/// that a screen need not know its id.
pub(crate) fn record_of(desk: &Desk, noun: Noun, id: Uuid) -> Result<Uuid, Problem> {
    if noun == Noun::Office && id.is_nil() {
        return Ok(office::get(desk)?.id);
    }
    let held = match noun.case_kind() {
        Some(kind) => cases::get(desk, id).is_ok_and(|case| case.kind == kind),
        None => store::exists(desk.reader(), form(noun)[0].table, id)?,
    };
    if held {
        return Ok(id);
    }
    Err(Problem::not_found("This is no longer in the register.")
        .fix("It may have been undone; look in the journal."))
}

/// The fields of a noun in the order of its form.
pub fn form(noun: Noun) -> &'static [Field] {
    match noun {
        Noun::Organisation => places::ORGANISATION,
        Noun::Person => places::PERSON,
        Noun::Programme => places::PROGRAMME,
        Noun::Round => places::ROUND,
        Noun::Office => places::OFFICE,
        Noun::Officer => places::OFFICER,
        Noun::Limit => places::LIMIT,
        Noun::Voucher => case_fields::VOUCHER,
        Noun::Placement => case_fields::PLACEMENT,
        Noun::Partnership => case_fields::PARTNERSHIP,
    }
}

/// The field of this name in a noun's form.
pub fn field(noun: Noun, name: &str) -> Option<&'static Field> {
    form(noun).iter().find(|field| field.name == name)
}

const ALL: [Noun; 10] = [
    Noun::Organisation,
    Noun::Person,
    Noun::Voucher,
    Noun::Placement,
    Noun::Partnership,
    Noun::Programme,
    Noun::Round,
    Noun::Office,
    Noun::Officer,
    Noun::Limit,
];

/// The first form’s field that is stored in this column.
pub(crate) fn field_of_column(table: &str, column: &str) -> Option<&'static Field> {
    ALL.iter().flat_map(|noun| form(*noun)).find(|field| field.table == table && field.name == column)
}

/// What a column is called in histories: the label of the first form that has it, else the column's own name in words.
pub fn label_of(table: &str, column: &str) -> String {
    field_of_column(table, column).map_or_else(|| in_words(column), |field| field.label.to_owned())
}

fn in_words(column: &str) -> String {
    let bare = column.strip_suffix("_id").unwrap_or(column).replace('_', " ");
    let mut letters = bare.chars();
    let words: String =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    words.replace("Vat ", "VAT ")
}
