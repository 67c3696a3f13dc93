//! Files in and out: applications from spreadsheets and delimited text, tables to both.
//!
//! Nothing is guessed: every cell is kept as received, read only where it can be read one way, and each
//! mending is said. Files from strangers are opened in a child process with bounds on memory and time.

pub mod cells;
pub mod child;
pub mod columns;
pub mod export;
pub mod read;

pub mod session;
mod trouble;
pub mod write;

pub use trouble::FileTrouble;
