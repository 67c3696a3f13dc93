//! A small drive of its own, which can be filled, written-protected and pulled out. It needs the right to mount.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

pub struct Drive {
    folder: TempDir,
}

impl Drive {
    /// A drive of so many megabytes. None, with the reason printed, where mounting is not permitted.
    pub fn new(megabytes: usize) -> Option<Drive> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let path = folder.path().to_str().unwrap();
        if !mount(&["-t", "tmpfs", "-o", &size, "tmpfs", path]) {
            println!("skipped: this account may not mount a drive");
            return None;
        }
        Some(Drive { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Fills it, but for so many bytes.
    pub fn leave(&self, room: u64) {
        self.make_room();
        let mut ballast = File::create(self.ballast()).unwrap();
        let block = vec![0; 64 * 1024];
        // Tmpfs gives what is left of a block before it says that it is full.
        while ballast.write(&block).is_ok_and(|written| written > 0) {}
        let filled = ballast.metadata().unwrap().len();
        ballast.set_len(filled.saturating_sub(room)).unwrap();
    }

    pub fn make_room(&self) {
        let _ = fs::remove_file(self.ballast());
    }

    /// The same files where nothing can be written, not even by root.
    pub fn write_protected(&self) -> ReadOnly {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (self.path().to_str().unwrap(), folder.path().to_str().unwrap());
        assert!(mount(&["--bind", from, to]) && mount(&["-o", "remount,ro,bind", to]));
        ReadOnly { folder }
    }
}

pub struct ReadOnly {
    folder: TempDir,
}

impl ReadOnly {
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        unmount(self.folder.path());
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        unmount(self.folder.path());
    }
}

fn mount(arguments: &[&str]) -> bool {
    let quiet = Command::new("mount").args(arguments).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

fn unmount(path: &Path) {
    // Lazily: a test that failed may still hold files open.
    let _ = Command::new("umount").arg("-l").arg(path).status();
}
