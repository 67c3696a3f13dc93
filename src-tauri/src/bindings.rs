//! `ui/src/lib/bindings.ts`: the page's view of the commands, generated, committed, and tested for staleness.
use std::path::Path;

use specta_typescript::Typescript;

use crate::commands::every_command;

const HEADER: &str =
    "// Written by `cargo xtask bindings` from src-tauri/src/commands. Change those, never this.\n";

/// Writes the TypeScript of every command, event and type to `path`.
pub fn export(path: &Path) -> Result<(), specta_typescript::Error> {
    every_command().export(Typescript::default().header(HEADER), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_bindings_are_those_of_the_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        export(&fresh).unwrap();
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/bindings.ts");
        assert_eq!(
            std::fs::read_to_string(committed).unwrap_or_default(),
            std::fs::read_to_string(fresh).unwrap(),
            "ui/src/lib/bindings.ts is stale: run `cargo xtask bindings`"
        );
    }
}
