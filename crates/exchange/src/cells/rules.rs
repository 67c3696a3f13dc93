//! What the importer may say about a cell: one table of its rules.

use casework::findings::{Finding, Severity};

use super::Place;
use crate::read::address;

/// A rule of the importer. In its wording `{label}`, `{value}` and `{cell}` stand for the field, the cell as
/// received and where it is; `{more}` for what only the reading knows.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// How much it weighs: a row with a block is not taken.
    pub severity: Severity,
    message: &'static str,
    detail: &'static str,
    fix: &'static str,
}

macro_rules! rules {
    ($($constant:ident $id:literal $severity:ident $message:literal, $detail:literal, fix $fix:literal;)*) => {
        $(
            #[doc = $message]
            pub const $constant: &Rule = &Rule {
                id: $id, severity: Severity::$severity, message: $message, detail: $detail, fix: $fix,
            };
        )*
        /// Every rule, in the order of their ids.
        pub const RULES: &[&Rule] = &[$($constant),*];
    };
}

rules! {
    MISSING "IMP-01" Block "{label} is missing", "An application is not recorded without it.",
        fix "Type it here, or fill in cell {cell} of the file and import it again.";
    TWO_AMOUNTS "IMP-02" Block "“{value}” can be read two ways", "An amount is never guessed.",
        fix "Write pounds with a point for pence, like 5,000.00, here or in cell {cell} of the file.";
    NO_AMOUNT "IMP-03" Block "“{value}” is not an amount", "An amount is never guessed, not even a likely one.",
        fix "Write it in figures, like 5,000.00, here or in cell {cell} of the file.";
    NOTHING_ASKED "IMP-04" Block "“{value}” asks for nothing", "{label} must be more than nothing.",
        fix "Ask the applicant, then write the amount here or in cell {cell} of the file.";
    NO_DAY "IMP-05" Block "“{value}” is not a date", "{more}",
        fix "Write it like 16/11/2026, here or in cell {cell} of the file.";
    TWO_DAYS "IMP-06" Block "“{value}” can be two days", "{more}",
        fix "Write it with the month as a word, like 4 Nov 2026, here or in cell {cell} of the file.";
    ONLY_A_FORM "IMP-07" Block "“{value}” is a legal form, not a name", "No business can be told by it.",
        fix "Look the business up by its company number or ask the applicant, then write its name here or in cell {cell} of the file.";
    CELL_ERROR "IMP-08" Block "Cell {cell} says {value}", "A formula in the spreadsheet could not be worked out, so {label} is missing.",
        fix "Type it here, or mend the formula and import the file again.";
    LEFT_OUT "IMP-20" Warn "“{value}” is left out of {label}", "{more}",
        fix "Type the right value here, or take the row without it.";
    LOST_CHARACTERS "IMP-21" Warn "{label} “{value}” has lost characters", "Letters were replaced by question marks or signs before the file was sent.",
        fix "Type it as it should be, or ask the sender for the file as an Excel workbook.";
    NOT_DECLARED "IMP-22" Warn "The declaration is answered “{value}”", "The applicant has not declared that the information is correct.",
        fix "Ask the applicant before deciding.";
    DECLARATION_MISSING "IMP-23" Warn "The declaration is not answered", "Cell {cell} is empty.",
        fix "Ask the applicant before deciding.";
    DOUBTFUL "IMP-24" Warn "{label} “{value}” is doubtful", "{more}",
        fix "Compare it with the application; it is taken as written.";
    ABOVE_COST "IMP-25" Warn "Asks for more than the work is said to cost", "{more}",
        fix "Compare both amounts with the quotation before deciding.";
    MENDED "IMP-40" Inform "{label} mended from “{value}”", "{more}", fix "";
    READ_AS "IMP-41" Inform "{label} “{value}” is read as {more}", "", fix "";
    LONG "IMP-42" Inform "{label} is very long", "{more} It is kept whole.", fix "";
    FORMULA_TEXT "IMP-43" Inform "{label} looks like a formula", "“{value}” is kept as the text it is and never calculated.", fix "";
    INVISIBLE "IMP-44" Inform "{label} held characters that cannot be seen", "They were taken out.", fix "";
    HELD "IMP-45" Inform "Held already as {more}", "The same business asks for the same amount for the same project.",
        fix "Take it all the same if it is another application.";
    TAKEN_ANYWAY "IMP-46" Warn "Taken although it is held already as {more}", "", fix "";
}

impl Rule {
    /// The finding of this rule at this place.
    pub(crate) fn at(&self, place: &Place) -> Finding {
        self.with(place, "")
    }

    /// The finding of this rule at this place, with what only the reading knows.
    pub(crate) fn with(&self, place: &Place, more: &str) -> Finding {
        let fill = |text: &str| {
            // In one pass, so that nothing received is itself read as a placeholder.
            let mut parts = text.split('{');
            let mut filled = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (name, rest) = part.split_once('}').unwrap_or((part, ""));
                match name {
                    "label" => filled.push_str(place.field.label),
                    "cell" => filled.push_str(&address(place.column, place.row)),
                    "more" => filled.push_str(more),
                    _ => filled.push_str(&shortened(place.received)),
                }
                filled.push_str(rest);
            }
            filled
        };
        let finding = match self.severity {
            Severity::Block => Finding::block(self.id, fill(self.message)),
            Severity::Warn => Finding::warn(self.id, fill(self.message)),
            Severity::Inform => Finding::inform(self.id, fill(self.message)),
        };
        let finding = finding.field(place.field.name).column(place.heading);
        let finding = if self.detail.is_empty() { finding } else { finding.detail(fill(self.detail)) };
        if self.fix.is_empty() { finding } else { finding.fix(fill(self.fix)) }
    }
}

/// Long cells are recognised by their beginning.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
