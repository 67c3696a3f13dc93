//! `voucher-desk`: reads its arguments and opens the window.
// A console window behind the desk would only puzzle an officer.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

use desk_window::{bindings, launch::Launch};

fn main() -> ExitCode {
    // A workbook from outside is read by this same program in a child with bounds.
    exchange::child::run_if_child();
    let outcome = match Launch::from_arguments(std::env::args_os().skip(1)) {
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
        Ok(Launch::ExportBindings(file)) => bindings::export(&file).map_err(|error| error.to_string()),
        Ok(launch) => desk_window::run(launch).map_err(|error| error.to_string()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("voucher-desk: {message}");
            ExitCode::FAILURE
        }
    }
}
