//! The desktop shell of Voucher Desk: commands, the window, printing. It holds no rule and no SQL: those are
//! `casework`'s.
pub mod bindings;
mod commands;
pub mod launch;
pub mod printing;

use launch::Launch;

/// Opens the window and stays until it is closed. Commands find `launch` in the app's state.
pub fn run(launch: Launch) -> tauri::Result<()> {
    let commands = commands::every_command();
    tauri::Builder::default()
        .manage(launch)
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            Ok(())
        })
        .run(tauri::generate_context!())
}
