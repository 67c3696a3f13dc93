//! The name of this computer, for the journal and the lock.

pub(crate) fn name() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}
