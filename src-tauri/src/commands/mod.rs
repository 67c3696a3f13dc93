//! What the page may ask: one file per noun, each command three lines: take the desk, call the use-case, return.
//!
//! To add one: a function with `#[tauri::command] #[specta::specta]` in its noun's file here, a line in `list.rs`, and
//! `cargo xtask bindings`.
mod cases;
mod decisions;
mod forms;
mod import;
mod journal;
mod letters;
mod licences;
mod locking;
mod paper;
mod people;
mod programmes;
mod remembering;
mod start;
mod views;

use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

pub(crate) use remembering::open_early;

use crate::events::{Changed, Progress};

/// The listed commands as tauri-specta wants them.
macro_rules! listed {
    ($($file:ident::$command:ident),* $(,)?) => { collect_commands![$($file::$command),*] };
}

/// The commands and events with their types, from which come both the handler and `ui/src/lib/bindings.ts`.
pub(crate) fn every_command() -> Builder<Wry> {
    Builder::new()
        .commands(include!("list.rs"))
        .events(collect_events![Changed, Progress])
        .error_handling(ErrorHandlingMode::Throw)
        // Pence and counts are 64-bit here and stay far below 2^53, where JavaScript's numbers stop being exact.
        .dangerously_cast_bigints_to_number()
}
