//! Where a folder is: what differs by system. On a network share WAL's shared memory does not work.

use std::{fs, io, path::Path};

/// What tells a file from another of the same name.
pub(crate) type Identity = (u64, u64);

/// The identity of a file; none where the system keeps an open file from being moved or replaced.
#[cfg(unix)]
pub(crate) fn identity(path: &Path) -> io::Result<Option<Identity>> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| Some((file.dev(), file.ino())))
}

/// The identity of a file; none where the system keeps an open file from being moved or replaced.
#[cfg(not(unix))]
pub(crate) fn identity(path: &Path) -> io::Result<Option<Identity>> {
    fs::metadata(path).map(|_| None)
}

/// Whether the folder is on a network share, as far as the system tells.
pub(crate) fn is_on_network(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    if cfg!(windows) { is_unc(&folder) } else { is_network_mount(&folder) }
}

/// A share, or a drive letter that stands for one: Windows resolves both to this form.
fn is_unc(folder: &Path) -> bool {
    let folder = folder.to_string_lossy();
    folder.starts_with(r"\\?\UNC\") || (folder.starts_with(r"\\") && !folder.starts_with(r"\\?\"))
}

const SHARES: [&str; 12] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.gvfsd-fuse",
];

/// Linux lists what is mounted where; systems without the list count as local.
fn is_network_mount(folder: &Path) -> bool {
    let Ok(mounts) = fs::read_to_string("/proc/self/mounts") else { return false };
    let kind = mounts
        .lines()
        .filter_map(|mount| {
            let mut words = mount.split(' ').skip(1);
            Some((words.next()?.replace(r"\040", " "), words.next()?))
        })
        .filter(|(at, _)| folder.starts_with(at))
        .max_by_key(|(at, _)| at.len())
        .map(|(_, kind)| kind);
    kind.is_some_and(|kind| SHARES.contains(&kind))
}
