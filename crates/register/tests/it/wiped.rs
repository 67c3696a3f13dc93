//! What opens a register does not stay in the program's memory once the register is closed.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
};

use crate::office::*;

/// Kept so that the test itself does not hold what it looks for.
fn masked(secret: &[u8]) -> Vec<u8> {
    secret.iter().map(|byte| byte ^ 0xa5).collect()
}

/// How often it stands in the memory that this process writes to. Its own copy is masked, as is what was read to look.
fn held(masked: &[u8]) -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut window = vec![0u8; 1 << 20];
    let mut found = 0;
    for map in maps.lines().filter(|map| map.contains(" rw") && !map.contains("[v")) {
        let (from, to) = map.split_whitespace().next().and_then(|range| range.split_once('-')).unwrap();
        let (mut at, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        while at < to {
            let length = usize::try_from(to - at).unwrap().min(window.len());
            let Ok(read) = memory.read_at(&mut window[..length], at) else { break };
            let own = window.as_ptr() as u64;
            let is_own = |place: u64| (own..own + (1 << 20)).contains(&place);
            window[..read].iter_mut().for_each(|byte| *byte ^= 0xa5);
            found += (0..read.saturating_sub(masked.len() - 1))
                .filter(|&place| window[place..].starts_with(masked) && !is_own(at + place as u64))
                .count();
            window.fill(0);
            if read <= masked.len() {
                break;
            }
            // Neighbouring windows overlap by as much as could straddle them.
            at += (read - masked.len() + 1) as u64;
        }
    }
    found
}

#[test]
fn the_key_of_a_register_is_in_memory_while_it_is_open_and_nowhere_after_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut register, recovery) = create(folder.path());
    drop(recovery);
    add_business(&mut register, "Brook Alloys");
    register.close().unwrap();

    let mut register = open(folder.path());
    add_business(&mut register, "Kestrel Optics");
    let (bytes, text) = {
        let key = register.data_key().unwrap();
        let text = key.to_text();
        let bytes: Vec<u8> =
            (0..32).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap() ^ 0xa5).collect();
        (bytes, masked(text.as_bytes()))
    };
    assert!(held(&bytes) > 0, "an open register works with its key, or this test looks in the wrong place");
    register.close().unwrap();
    assert_eq!((held(&bytes), held(&text)), (0, 0), "as bytes, and as SQLCipher is told it");
}
