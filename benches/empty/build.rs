//! What every Tauri program does before it is built.

fn main() {
    tauri_build::build();
}
