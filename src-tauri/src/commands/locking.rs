//! When the desk locks itself.
use casework::problem::Problem;
use tauri::State as Held;

use crate::{
    idle::Moment,
    preferences::{LockAfter, Preferences},
    state::State,
};

/// The page says that somebody is there: a key was pressed or the pointer moved.
#[tauri::command]
#[specta::specta]
pub fn somebody_is_there(held: Held<State>) {
    held.idle.seen(Moment::now());
}

/// After how many minutes without input the desk locks itself; 0 is never.
#[tauri::command]
#[specta::specta]
pub fn lock_after(held: Held<State>) -> u32 {
    held.idle.limit().minutes()
}

/// Sets after how many minutes without input the desk locks itself, on this computer.
#[tauri::command(async)]
#[specta::specta]
pub fn set_lock_after(held: Held<State>, minutes: u32) -> Result<(), Problem> {
    let limit = LockAfter::of_minutes(minutes);
    held.idle.set_limit(limit);
    Preferences { lock_after: limit, ..Preferences::load() }.save()
}
