//! How the window is drawn on a computer without a graphics card.

use std::{env, fs};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux shows its graphics cards; each that can draw is a `renderD…`.
const CARDS: &str = "/dev/dri";

/// Has the web view paint by itself where the way through a graphics card would only be imitated, as in most virtual
/// machines: a frame takes a third of the time so, and the window two thirds of the memory (ARCHITECTURE.md).
pub fn without_a_card(window: &WebviewWindow) -> tauri::Result<()> {
    if has_card() {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

fn has_card() -> bool {
    let told = env::var_os("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value != "0");
    let mut cards = fs::read_dir(CARDS).into_iter().flatten().flatten();
    !told && cards.any(|card| card.file_name().to_string_lossy().starts_with("renderD"))
}
