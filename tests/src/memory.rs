//! What a program and those it started hold of the computer's memory.
use std::{collections::HashMap, fs};

/// Bytes by the name of the program, each page that several share counted in parts (PSS).
pub(crate) fn below(root: u32) -> HashMap<String, u64> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect();
    let mut family = vec![root];
    let mut held = HashMap::new();
    while let Some(id) = family.pop() {
        family.extend(parents.iter().filter(|(_, parent)| *parent == id).map(|(child, _)| child));
        if id != root
            && let Some(bytes) = share(id)
        {
            let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            *held.entry(name.trim().to_owned()).or_default() += bytes;
        }
    }
    held
}

/// The program that started this one. A program's name may hold spaces and brackets, so what follows it is read.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn share(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? << 10)
}
