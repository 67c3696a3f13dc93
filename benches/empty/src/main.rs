//! A Tauri window with next to nothing in it: what the web view costs before there is any desk.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
