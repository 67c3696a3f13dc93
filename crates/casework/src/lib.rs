//! The casework of innovation vouchers, knowledge-exchange placements and partnerships: its nouns, its rules and its
//! use-cases. It knows no screen; every write goes through [`Desk`] into the register's journal.

pub mod applications;
pub mod awards;
pub mod cases;
pub mod decisions;
mod desk;
pub mod facts;
pub mod findings;
pub mod forms;
pub mod history;
pub mod identifiers;
pub mod letters;
pub mod money;
pub mod office;
pub mod officers;
pub mod organisations;
pub mod people;
pub mod practice;
pub mod problem;
pub mod programmes;
pub mod saving;
mod schema;
pub mod search;
pub mod stages;
pub mod standing;
mod store;
pub mod subsidy;
pub mod today;
pub mod views;
pub mod when;

pub use desk::Desk;
