//! The press: fonts loaded once, letters typeset in parallel.

use crate::{Fault, Letter, PressError, Stationery, Typeset};

/// Fonts and colour profile, loaded once and shared by all threads.
pub struct Press {}

impl Press {
    /// Loads the bundled fonts.
    pub fn new() -> Result<Press, PressError> {
        Ok(Press {})
    }
    /// The PDF, or every fault that must be mended first.
    pub fn typeset(&self, letter: &Letter) -> Result<Typeset, Vec<Fault>> {
        Err(vec![Fault::Template { line: 1, message: format!("{} cannot be typeset yet", letter.title) }])
    }
    /// Several finished PDFs as one file for one print job.
    pub fn combine(&self, title: &str, _pdfs: &[&[u8]]) -> Result<Vec<u8>, PressError> {
        Err(PressError::Write(title.into()))
    }
    /// A page that shows whether printer and envelope agree.
    pub fn window_test_page(&self, stationery: &Stationery) -> Result<Typeset, Vec<Fault>> {
        Err(vec![Fault::Stationery { message: stationery.sender_name.clone() }])
    }
}

/// Every fact that the template may ask for.
pub fn fields(_template: &str) -> Result<Vec<String>, Fault> {
    Ok(vec![])
}

/// An amount of money in words.
pub fn money_words(pence: i64) -> String {
    pence.to_string()
}
