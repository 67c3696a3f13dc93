//! Giving the computer back what a closed register took.

/// Gives back the memory that was let go. glibc does so by itself only at the end of its heaps, so that a desk that closed and
/// opened its register a hundred times held 40 MiB more than it needed (ARCHITECTURE.md).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "glibc has no safe door, and no crate that we know offers one")]
pub(crate) fn give_back() {
    // SAFETY: it takes no pointer, and glibc has every thread that allocates wait for it.
    unsafe { libc::malloc_trim(0) };
}

/// Other systems' allocators give back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs;

    use super::*;

    /// Pages that the program holds in memory.
    fn held() -> usize {
        fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap()
    }

    #[test]
    fn what_was_let_go_between_things_that_are_held_is_given_back() {
        let before = held();
        let mut pages: Vec<Option<Box<[u8]>>> = (0..20_000).map(|_| Some(vec![1; 4096].into())).collect();
        let all = held() - before;
        for (number, page) in pages.iter_mut().enumerate() {
            if number % 10 != 0 {
                *page = None;
            }
        }
        give_back();
        let left = held().saturating_sub(before);
        assert!(left * 2 < all, "{left} of {all} pages are still held");
    }
}
