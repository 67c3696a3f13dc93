//! Is the desk there?
use serde::Serialize;
use specta::Type;

/// Which program answers.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Pong {
    /// The product's name.
    pub product: String,
    /// Its version, as in `Cargo.toml`.
    pub version: String,
}

/// Answers with the program's name and version: the page's first call, which shows that the desk behind it is there.
#[tauri::command]
#[specta::specta]
pub fn ping() -> Pong {
    Pong { product: "Voucher Desk".into(), version: env!("CARGO_PKG_VERSION").into() }
}
