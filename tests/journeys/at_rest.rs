//! What an officer sees, types and searches for in the window stands readable in no file of the computer.
use std::{
    fs,
    path::{Path, PathBuf},
};

use journeys::Opening;
use memchr::memmem;
use tempfile::TempDir;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The files under these folders that hold one of the words, in either of the ways that a web view writes text.
fn holding(folders: &[&Path], words: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in folders.iter().flat_map(|folder| files(folder)) {
        // Sockets and what is gone meanwhile are no files to read.
        let Ok(bytes) = fs::read(&path) else { continue };
        for word in words {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if [word.as_bytes(), &wide].iter().any(|form| memmem::find(&bytes, form).is_some()) {
                found.push((path.clone(), (*word).to_owned()));
            }
        }
    }
    found
}

#[test]
fn no_file_of_the_account_holds_what_was_seen_typed_or_searched_for_in_the_window() {
    let temporary = TempDir::new().unwrap();
    let desk = Opening::practice().environment("TMPDIR", &temporary.path().display().to_string()).open();
    desk.sees("Today");
    desk.click("Cases");
    desk.press("/");
    for letter in "kestrel".chars() {
        desk.press(&letter.to_string());
    }
    desk.sees("Kestrel Alloys");
    desk.click("Keep this view…");
    desk.type_into("Name", "Quicksilver round");
    desk.click("Keep");
    desk.sees("View “Quicksilver round” kept");
    desk.click("People");
    desk.click("Edit…");
    desk.type_into("Job title", "Thimblerigger");
    desk.click("Save");
    desk.sees("Thimblerigger");
    desk.click("Letters");
    desk.sees("as issued");

    let words =
        ["Kestrel", "kestrel", "Quicksilver", "Thimblerigger", "Marlbrook Innovation", "(practice) Ltd"];
    let look = |words: &[&str]| holding(&[desk.home(), temporary.path()], words);
    assert_eq!(look(&words), [], "while the register is open");
    desk.press("Ctrl+Shift+L");
    desk.sees("Open a register");
    assert_eq!(look(&words), [], "after it was closed");
    assert!(!look(&["Robin Practice"]).is_empty(), "the looking works: keys.json names who unlocks");
}
