//! What every bench stands on: registers of any size, times, and the table of figures.

pub mod fiction;
pub mod office;
pub mod report;
pub mod timing;

use std::path::PathBuf;

/// What a run may use.
pub struct Run {
    /// The folder in which registers are made and kept.
    pub folder: PathBuf,
    /// How many cases the register has.
    pub cases: usize,
    /// How often each thing is done.
    pub turns: usize,
    /// How many applications the file to import has.
    pub imported: usize,
    /// How many letters are set.
    pub letters: usize,
}

impl Default for Run {
    fn default() -> Self {
        Self { folder: kept(), cases: 100_000, turns: 200, imported: 50_000, letters: 400 }
    }
}

/// Registers are made once and kept, as a large one takes minutes.
fn kept() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target")).join("benches")
}
