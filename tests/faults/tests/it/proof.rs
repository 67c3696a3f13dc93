//! Proof in a session in which other things happen.

use std::fs;

use exchange::child::Reader;
use faults::office::{Office, applications_file, assert_whole, import};

#[test]
fn a_register_verified_before_and_after_an_import_is_sound_both_times_for_whoever_looks() {
    let office = Office::new();
    let file = office.folder.with_file_name("applications.csv");
    fs::write(&file, applications_file()).unwrap();
    let (mut desk, second) = (office.open(), office.open());
    assert!(second.register().is_read_only().is_some());
    for _ in 0..3 {
        assert_whole(&desk);
        assert_whole(&second);
        let (entry, _) = import(&mut desk, Reader::Unbounded, &file).unwrap();
        assert_whole(&desk);
        assert_whole(&second);
        desk.undo(entry.unwrap()).unwrap();
    }
}
