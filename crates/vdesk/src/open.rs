//! Opening a register from the command line.

use std::{env, fs, path::Path};

use casework::{
    Desk,
    problem::{Code, Problem},
    when,
};
use chrono::{DateTime, NaiveDate, Utc};
use register::{Passphrase, Register, Unlock};

use crate::arguments::Common;

/// The present moment, or the working morning of `--today`.
pub(crate) fn now(common: &Common) -> DateTime<Utc> {
    let chosen = common.today.and_then(|day| day.and_hms_opt(9, 0, 0)).and_then(when::local);
    chosen.unwrap_or_else(Utc::now)
}

pub(crate) fn passphrase(common: &Common) -> Result<Passphrase, Problem> {
    if let Some(file) = &common.passphrase_file {
        let text = fs::read_to_string(file).map_err(|error| {
            Problem::new(Code::File, format!("{} could not be read: {error}.", file.display()))
        })?;
        return Ok(Passphrase::new(text.lines().next().unwrap_or_default()));
    }
    env::var("VDESK_PASSPHRASE").map(Passphrase::new).map_err(|_| {
        Problem::new(Code::Invalid, "No passphrase is given.")
            .fix("Use --passphrase-file FILE, or set VDESK_PASSPHRASE.")
    })
}

/// Who opens it: `--as`, or the only officer there is.
pub(crate) fn officer(common: &Common, register: &Path) -> Result<String, Problem> {
    if let Some(name) = &common.officer {
        return Ok(name.clone());
    }
    let slots = Register::slots(register)?;
    match slots.as_slice() {
        [one] => Ok(one.officer.name.clone()),
        many => {
            let names: Vec<&str> = many.iter().map(|slot| slot.officer.name.as_str()).collect();
            Err(Problem::new(Code::Invalid, "Several officers can open this register.")
                .fix(format!("Say which: --as {}.", names.join(" or --as "))))
        }
    }
}

pub(crate) fn unlock(common: &Common, register: &Path) -> Result<Unlock, Problem> {
    Ok(Unlock::Passphrase { officer_name: officer(common, register)?, passphrase: passphrase(common)? })
}

pub(crate) fn desk(common: &Common, register: &Path) -> Result<Desk, Problem> {
    Desk::open(register, unlock(common, register)?, now(common))
}

/// The desk as it stands, or as it stood at the end of a day.
pub(crate) fn desk_as_of(common: &Common, register: &Path, day: Option<NaiveDate>) -> Result<Desk, Problem> {
    let mut desk = desk(common, register)?;
    desk.look_back(day)?;
    Ok(desk)
}
