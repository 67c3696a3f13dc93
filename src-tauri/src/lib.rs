//! The desktop shell of Voucher Desk: commands, the window, printing. It holds no rule and no SQL: those are
//! `casework`'s.
pub mod bindings;
mod commands;
#[cfg(target_os = "linux")]
mod drawing;
mod events;
mod idle;
mod key_ring;
pub mod launch;
mod memory;
mod preferences;
pub mod printing;
mod state;

use launch::Launch;
use state::State;
use tauri::Manager;

/// Opens the window and stays until it is closed.
pub fn run(launch: Launch) -> tauri::Result<()> {
    // A web view takes longer to start than a register to open.
    let early = std::thread::spawn({
        let launch = launch.clone();
        move || commands::open_early(&launch)
    });
    let commands = commands::every_command();
    let app = tauri::Builder::default()
        .manage(State::beginning(early))
        .manage(launch)
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            #[cfg(target_os = "linux")]
            for window in app.webview_windows().values() {
                drawing::without_a_card(window)?;
            }
            idle::watch(app.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        // Closing takes the register's backup; what goes wrong with it must not keep the window from closing.
        if let tauri::RunEvent::Exit = event
            && let Err(problem) = app.state::<State>().lock()
        {
            eprintln!("voucher-desk: {problem}");
        }
    });
    Ok(())
}
