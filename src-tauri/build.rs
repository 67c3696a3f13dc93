//! Tells Tauri which commands exist, from the one list that the shell itself uses, so that a command that is not
//! on it cannot be called and one that is needs no second entry anywhere.
use std::{fs, io, path::Path};

/// The names on the list, without their files.
macro_rules! listed {
    ($($file:ident::$command:ident),* $(,)?) => { &[$(stringify!($command)),*] };
}

const COMMANDS: &[&str] = include!("src/commands/list.rs");

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/commands/list.rs");
    placeholder_page()?;
    permission_set()?;
    tauri_build::try_build(
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS)),
    )
    .map_err(|error| io::Error::other(format!("{error:#}")))
}

/// The shell embeds the built screens, and does not compile without a folder of them. A checkout in which they are
/// not built yet gets a page that says so.
fn placeholder_page() -> io::Result<()> {
    let page = Path::new("../ui/dist/index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all("../ui/dist")?;
    fs::write(
        page,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Voucher Desk</title>\
         <h1>Voucher Desk</h1><p>The screens are not built yet: run <code>cargo xtask run</code>.</p></html>\n",
    )
}

/// One permission that grants each listed command, for the capability file to name.
fn permission_set() -> io::Result<()> {
    let folder = Path::new("permissions");
    let file = folder.join("every-listed-command.toml");
    let grants: Vec<String> =
        COMMANDS.iter().map(|name| format!("\"allow-{}\"", name.replace('_', "-"))).collect();
    let text = format!(
        "[[set]]\nidentifier = \"every-listed-command\"\n\
         description = \"Each command in src/commands/list.rs\"\npermissions = [{}]\n",
        grants.join(", ")
    );
    fs::create_dir_all(folder)?;
    // Writing the same again would make every build look changed.
    if fs::read_to_string(&file).is_ok_and(|old| old == text) { Ok(()) } else { fs::write(file, text) }
}
