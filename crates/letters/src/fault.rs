//! Why a letter was refused. A fault is found before anything is printed; there is never a blank on paper.

use serde::Serialize;

/// Something that must be mended before the letter can be printed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Fault {
    /// The template asks for a fact that is not there, or is empty.
    #[error("The letter needs “{field}”, which is not recorded.")]
    MissingFact {
        /// The fact as the template names it, for example `recipient.name`.
        field: String,
    },
    /// A character that none of the fonts can print.
    #[error("“{text}” cannot be printed{}.", where_from(.field))]
    MissingGlyph {
        /// The character, with any marks on it.
        text: String,
        /// The fact it came from; none if it stands in the template itself.
        field: Option<String>,
    },
    /// The letter is longer than it may be.
    #[error("The letter takes {pages} pages; {allowed} are allowed.")]
    TooManyPages {
        /// Pages it takes.
        pages: u32,
        /// Pages it may take.
        allowed: u32,
    },
    /// Something is too large for the space that the page has for it.
    #[error("{what} does not fit: “{text}”.")]
    LineTooLong {
        /// What does not fit, as the start of a sentence: `The address`.
        what: String,
        /// The line in question.
        text: String,
    },
    /// The template cannot be read.
    #[error("Line {line} of the template: {message}")]
    Template {
        /// Line, counted from 1.
        line: u32,
        /// What is wrong there.
        message: String,
    },
    /// The stationery cannot be used.
    #[error("{message}")]
    Stationery {
        /// What is wrong with it.
        message: String,
    },
}

impl Fault {
    /// What is wrong, in plain words.
    pub fn message(&self) -> String {
        self.to_string()
    }

    /// What to do about it, in plain words.
    pub fn fix(&self) -> String {
        match self {
            Fault::MissingFact { field } => format!("Record “{field}”, or take it out of the template."),
            Fault::MissingGlyph { field: Some(field), .. } => {
                format!("Write “{field}” with characters that can be printed.")
            }
            Fault::MissingGlyph { field: None, .. } => "Take the character out of the template.".into(),
            Fault::TooManyPages { allowed, .. } => {
                format!("Shorten the text, or let the template have more than {allowed} pages.")
            }
            Fault::LineTooLong { .. } => "Shorten the line, or spread it over two.".into(),
            Fault::Template { .. } => "Mend the template.".into(),
            Fault::Stationery { .. } => "Mend the stationery in the settings.".into(),
        }
    }
}

fn where_from(field: &Option<String>) -> String {
    field.as_ref().map(|field| format!(" (in “{field}”)")).unwrap_or_default()
}

/// The press itself failed: never the fault of a letter's words.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// A bundled font cannot be read.
    #[error("the font {face} cannot be used: {problem}")]
    Font {
        /// The face.
        face: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A PDF to combine cannot be read, or was not made by this crate.
    #[error("document {number} cannot be combined: {problem}")]
    Combine {
        /// Its place in the list, counted from 1.
        number: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The PDF could not be made.
    #[error("the PDF could not be written: {0}")]
    Write(String),
    /// Where the PDF was to go took no more of it.
    #[error("the PDF could not be written: {0}")]
    Out(#[source] std::io::Error),
}
