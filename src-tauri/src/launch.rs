//! What the program was asked to open, from its arguments.
use std::{ffi::OsString, path::PathBuf};

/// What stands on the command line of `voucher-desk`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Launch {
    /// Nothing named: the page asks which register to open.
    Welcome,
    /// `--practice`: the fictitious practice office, made afresh where it is missing.
    Practice,
    /// A register named by path, as when its icon is double-clicked.
    Register(PathBuf),
    /// `--export-bindings FILE`: write the page's types and end. For `cargo xtask bindings`, so not in the usage.
    ExportBindings(PathBuf),
}

/// Arguments that mean nothing here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("voucher-desk: {0}\nusage: voucher-desk [--practice | REGISTER.vdesk]")]
pub struct UsageError(String);

impl Launch {
    /// Reads the arguments after the program's own name.
    pub fn from_arguments(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, UsageError> {
        let Some(first) = arguments.next() else { return Ok(Self::Welcome) };
        let launch = match first.to_str() {
            Some("--practice") => Self::Practice,
            Some("--export-bindings") => Self::ExportBindings(
                arguments.next().ok_or(UsageError("--export-bindings needs a file".into()))?.into(),
            ),
            Some(flag) if flag.starts_with("--") => {
                return Err(UsageError(format!("unknown option {flag}")));
            }
            _ => Self::Register(first.into()),
        };
        match arguments.next() {
            Some(extra) => Err(UsageError(format!("one register at a time; what is {}?", extra.display()))),
            None => Ok(launch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Launch, UsageError> {
        Launch::from_arguments(arguments.iter().map(OsString::from))
    }

    #[test]
    fn arguments_name_what_to_open() {
        assert_eq!(read(&[]), Ok(Launch::Welcome), "no argument asks the officer");
        assert_eq!(read(&["--practice"]), Ok(Launch::Practice));
        assert_eq!(read(&["/a/Office.vdesk"]), Ok(Launch::Register("/a/Office.vdesk".into())));
    }

    #[test]
    fn a_second_register_or_an_unknown_option_is_refused() {
        assert!(read(&["a.vdesk", "b.vdesk"]).is_err(), "two registers would leave one unopened in silence");
        assert!(read(&["--practise"]).is_err(), "a misspelt option is not a register");
    }
}
