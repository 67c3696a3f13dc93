//! How the memory of the web view goes back to the system.

use webkit2gtk::glib;

/// Pieces of 256 KiB and more are taken from the system each by itself and given back at once, and what is smaller comes from
/// two stores in place of one for every few threads.
const ALLOCATION: [(&str, &str); 2] = [("MALLOC_MMAP_THRESHOLD_", "262144"), ("MALLOC_ARENA_MAX", "2")];

/// Has the web view give back what it has let go. Left alone, glibc keeps ever more of it in stores that seldom shrink, and a
/// window that is looked at all day only grows (ARCHITECTURE.md). To be called before there are threads; the web view's
/// processes take it over when they start. What whoever looks after the computer has set stands.
pub fn of_the_web_view_is_given_back() {
    for (name, value) in ALLOCATION {
        if let Err(error) = glib::setenv(name, value, false) {
            eprintln!("voucher-desk: {error}");
        }
    }
}
