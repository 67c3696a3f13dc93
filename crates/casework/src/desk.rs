//! The desk: a register that is open, the officer who opened it, and the present moment.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use letters::Press;
use register::{Actor, BackupInfo, Changed, Passphrase, RecoveryKey, Register, RegisterError, Unlock};
use uuid::Uuid;

use crate::{
    cases::list::counted::Counted,
    office,
    officers::{self, Officer, Role},
    problem::{Code, Problem},
    schema::SCHEMA,
    store::{Reader, Tx},
    when,
};

/// An open register and who works with it.
pub struct Desk {
    register: Register,
    press: Arc<Press>,
    now: DateTime<Utc>,
    /// The day looked back to.
    past: Option<NaiveDate>,
    counted: Counted,
    changed: Vec<String>,
}

/// Who makes a change, and when.
#[derive(Clone, Debug)]
pub struct Hand {
    /// The officer.
    pub officer: Officer,
    /// The instant.
    pub now: DateTime<Utc>,
    /// The civil day.
    pub today: NaiveDate,
}

/// A record to be erased, and the content hash of the file that belongs to it.
pub(crate) struct Erasing {
    pub table: &'static str,
    pub id: Uuid,
    pub file: Option<Vec<u8>>,
}

impl Desk {
    /// Makes a register in a new folder, its first officer a manager, and sets the office up.
    pub fn create(
        folder: &Path,
        office_name: &str,
        officer_name: &str,
        passphrase: &Passphrase,
        now: DateTime<Utc>,
    ) -> Result<(Desk, RecoveryKey), Problem> {
        let actor = first_actor(officer_name)?;
        let (register, recovery) = Register::create(folder, &SCHEMA, actor, passphrase)?;
        let mut desk = Desk {
            register,
            press: press()?,
            now,
            past: None,
            counted: Counted::default(),
            changed: Vec::new(),
        };
        match office::set_up(desk.at(now), office_name) {
            Ok(()) => Ok((desk, recovery)),
            Err(problem) => {
                desk.register.unmake();
                Err(problem)
            }
        }
    }

    /// A register that is gone with the program: for tests, and for trying things out.
    pub fn in_memory(office_name: &str, officer_name: &str, now: DateTime<Utc>) -> Result<Desk, Problem> {
        let register = Register::in_memory(&SCHEMA, first_actor(officer_name)?)?;
        let mut desk = Desk {
            register,
            press: press()?,
            now,
            past: None,
            counted: Counted::default(),
            changed: Vec::new(),
        };
        office::set_up(desk.at(now), office_name)?;
        Ok(desk)
    }

    /// Opens a register.
    pub fn open(folder: &Path, unlock: Unlock, now: DateTime<Utc>) -> Result<Desk, Problem> {
        let by_computer = matches!(unlock, Unlock::Remembered(_));
        let mut desk = Desk {
            register: Register::open(folder, &SCHEMA, unlock)?,
            press: press()?,
            now,
            past: None,
            counted: Counted::default(),
            changed: Vec::new(),
        };
        desk.at(now);
        if by_computer && !officers::computers::may_open(&desk)? {
            return Err(RegisterError::NotRemembered.into());
        }
        // The program was ended between making the register and setting the office up in it.
        if desk.register.is_read_only().is_none() && desk.register.journal(None, 1)?.is_empty() {
            let name = folder.file_stem().unwrap_or(folder.as_os_str()).to_string_lossy();
            office::set_up(&mut desk, &name)?;
        }
        Ok(desk)
    }

    /// Opens a register with its printed recovery key, and gives the officer a new passphrase.
    pub fn recover(
        folder: &Path,
        key: RecoveryKey,
        officer: &str,
        passphrase: &Passphrase,
        now: DateTime<Utc>,
    ) -> Result<Desk, Problem> {
        let slot = Register::slots(folder)?.into_iter().find(|slot| slot.officer.name == officer);
        let slot = slot.ok_or_else(|| {
            Problem::not_found(format!("{officer} is not among the officers of this register."))
                .fix("Choose a name from the list.")
        })?;
        Desk::open(
            folder,
            Unlock::Recovery { key, as_officer: Some((slot.officer, passphrase.clone())) },
            now,
        )
    }

    /// Puts a backup, or the newest that can be read, in the place of a register that is closed everywhere. One that still
    /// opens knows who may not replace it; one that does not has nobody's role to ask for.
    pub fn restore(
        folder: &Path,
        backup: Option<&str>,
        unlock: Unlock,
        now: DateTime<Utc>,
    ) -> Result<BackupInfo, Problem> {
        match Desk::open(folder, unlock.clone(), now).and_then(|desk| desk.may_change()) {
            Err(problem) if matches!(problem.code, Code::Refused | Code::WrongPassphrase) => Err(problem),
            _ => Ok(match backup {
                Some(backup) => Register::restore(folder, backup, unlock)?,
                None => Register::restore_last_good(folder, unlock)?,
            }),
        }
    }

    /// Moves the desk to this moment. The shell does so before each use-case; rules never read a clock.
    pub fn at(&mut self, now: DateTime<Utc>) -> &mut Desk {
        self.now = now;
        self.register.set_clock(move || now);
        self
    }

    /// Sets the instant of a piece of work, and opens the register anew if its drive failed to read in the last.
    pub fn ready(&mut self, now: DateTime<Utc>) -> Result<&mut Desk, Problem> {
        if self.register.reconnect()? {
            self.counted.forget();
        }
        Ok(self.at(now))
    }

    /// Shows the register as it stood at the end of a day: every answer is the one of that evening, and nothing can be
    /// changed. Without a day it shows the present again.
    pub fn look_back(&mut self, day: Option<NaiveDate>) -> Result<(), Problem> {
        self.register.look_at_present();
        self.past = None;
        self.counted.forget();
        let Some(day) = day else { return Ok(()) };
        let begun = when::day_of(self.register.entry(1)?.at);
        if day > self.today() {
            return Err(Problem::invalid("day", format!("{} is yet to come.", when::day_in_words(day)))
                .fix("Choose a day up to today."));
        }
        if day < begun {
            return Err(Problem::invalid(
                "day",
                format!(
                    "There is nothing from before {}, when the register was made.",
                    when::day_in_words(begun)
                ),
            )
            .fix("Choose that day or a later one."));
        }
        self.register.look_back(when::evening(day))?;
        self.past = Some(day);
        Ok(())
    }

    /// The day looked back to, if any.
    pub fn looks_back_to(&self) -> Option<NaiveDate> {
        self.past
    }

    /// The present moment, or the end of the day looked back to.
    pub fn now(&self) -> DateTime<Utc> {
        self.past.map_or(self.now, when::evening)
    }

    /// The civil day, or the one looked back to.
    pub fn today(&self) -> NaiveDate {
        when::day_of(self.now())
    }

    /// What reads the register.
    pub fn reader(&self) -> &Reader {
        self.register.reader()
    }

    /// What each case counts in the sums of a search.
    pub(crate) fn counted(&self) -> &Counted {
        &self.counted
    }

    /// The register itself, for what concerns the register and not the domain: keys, backups, verification.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The register itself, to change keys or take a backup.
    pub fn register_mut(&mut self) -> &mut Register {
        &mut self.register
    }

    /// Closes the register; a backup is taken if anything changed since the last.
    pub fn close(self) -> Result<(), Problem> {
        Ok(self.register.close()?)
    }

    /// What typesets letters; can be shared with other threads.
    pub fn press(&self) -> Arc<Press> {
        Arc::clone(&self.press)
    }

    /// The officer who unlocked the register.
    pub fn officer(&self) -> Result<Officer, Problem> {
        officers::store::by_id(self.register.present(), self.register.actor().id)?.ok_or_else(|| {
            Problem::not_found("Your entry among the officers is missing.").fix("Ask a manager to add you.")
        })
    }

    /// Refuses auditors: they read and check; nothing is ever changed in their name.
    pub fn may_change(&self) -> Result<Officer, Problem> {
        let officer = self.officer()?;
        if officer.role == Role::Auditor {
            return Err(Problem::new(
                Code::Refused,
                "Auditors read and check, they do not change the register.",
            )
            .fix("Ask a programme officer to do it."));
        }
        Ok(officer)
    }

    /// Undo and redo are changes too: what only a manager may set, nobody else sets back.
    fn may_take_back(
        &self,
        entries: impl FnOnce(&Register) -> Result<Vec<i64>, RegisterError>,
    ) -> Result<(), Problem> {
        if self.may_change()?.role == Role::Manager {
            return Ok(());
        }
        for entry in entries(&self.register)? {
            let changes = self.register.entry_changes(entry)?;
            if changes.iter().any(|change| officers::SET_BY_MANAGERS.contains(&change.table.as_str())) {
                return officers::only_managers(self, "undo or redo what a manager has set");
            }
        }
        Ok(())
    }

    /// Undoes an entry, and what rests on it.
    pub fn undo(&mut self, entry: i64) -> Result<register::Undone, Problem> {
        self.may_take_back(|register| {
            let plan = register.undo_plan(entry)?;
            Ok(std::iter::once(entry).chain(plan.also.iter().map(|also| also.seq)).collect())
        })?;
        let undone = self.register.undo(entry)?;
        self.changed.extend(undone.tables.iter().cloned());
        Ok(undone)
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Result<register::Undone, Problem> {
        self.may_take_back(|register| Ok(register.next_redo()?.iter().map(|undo| undo.seq).collect()))?;
        let redone = self.register.redo()?;
        self.changed.extend(redone.tables.iter().cloned());
        Ok(redone)
    }

    /// The tables that changed since this was last asked, for screens to know whether to ask again.
    pub fn take_changed(&mut self) -> Vec<String> {
        let mut tables = std::mem::take(&mut self.changed);
        tables.sort_unstable();
        tables.dedup();
        tables
    }

    /// The one door for writes. `label` is what the officer did, in words; it names the undo.
    pub(crate) fn change<T>(
        &mut self,
        label: &str,
        work: impl FnOnce(&Tx, &Hand) -> Result<T, Problem>,
    ) -> Result<Changed<T>, Problem> {
        let hand = Hand { officer: self.may_change()?, now: self.now(), today: self.today() };
        let changed = self.register.change(label, |tx| work(tx, &hand))?;
        self.changed.extend(changed.tables.iter().cloned());
        Ok(changed)
    }

    /// How many backups there are.
    pub(crate) fn backups(&self) -> Result<u32, Problem> {
        let Some(folder) = self.register.folder() else { return Ok(0) };
        Ok(u32::try_from(Register::backups(folder)?.len()).unwrap_or(u32::MAX))
    }

    /// Erases the personal values of records, and the files that belong to them, for good. The last is erased last, so
    /// that what was interrupted can be begun again. Afterwards no trace is left in the register's file, and a backup is taken.
    pub(crate) fn erase(&mut self, records: &[Erasing], reason: &str) -> Result<(), Problem> {
        for record in records {
            let (key, file) = (record.id.as_bytes(), record.file.as_deref());
            self.register.erase_with_file(record.table, key, file, reason)?;
            self.changed.push(record.table.to_owned());
        }
        self.register.sweep()?;
        if self.register.folder().is_some() {
            self.register.backup()?;
        }
        Ok(())
    }

    /// As `change`, before any officer is recorded.
    pub(crate) fn found(
        &mut self,
        label: &str,
        work: impl FnOnce(&Tx, Uuid, &str) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let actor = self.register.actor().clone();
        self.register.change(label, |tx| work(tx, actor.id, &actor.name))?;
        Ok(())
    }
}

fn first_actor(name: &str) -> Result<Actor, Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::invalid("officer_name", "Your name is not filled in.")
            .fix("The journal names you by it."));
    }
    Ok(Actor { id: Uuid::now_v7(), name: name.to_owned() })
}

fn press() -> Result<Arc<Press>, Problem> {
    use std::sync::OnceLock;
    // Loading the fonts takes a moment; one press serves every desk of the process.
    static PRESS: OnceLock<Arc<Press>> = OnceLock::new();
    if let Some(press) = PRESS.get() {
        return Ok(Arc::clone(press));
    }
    let made = Press::new().map(Arc::new).map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
    Ok(Arc::clone(PRESS.get_or_init(|| made)))
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Problem {
        let code = match &error {
            RegisterError::WrongPassphrase { .. } | RegisterError::NotRemembered => Code::WrongPassphrase,
            RegisterError::ReadOnly { .. } | RegisterError::LookingBack { .. } => Code::ReadOnly,
            RegisterError::ChangedSince { .. } => Code::ChangedSince,
            RegisterError::Damaged { .. } => Code::Damaged,
            RegisterError::Sqlite(_) => Code::Internal,
            _ => Code::File,
        };
        // A drive that fails does so in the middle of things: what became of them must be said.
        let kept = match error {
            RegisterError::DriveFull
            | RegisterError::DriveFullOrFailed
            | RegisterError::NotWritable
            | RegisterError::Drive(_)
            | RegisterError::Damaged { .. }
            | RegisterError::Gone { .. }
            | RegisterError::Sqlite(_) => " Nothing of this action was kept.",
            // Backups, key slots, the lock: none of it holds a case.
            RegisterError::File { .. } => " The register is as it was.",
            _ => "",
        };
        let problem = Problem::new(code, format!("{error}{kept}"));
        match (error.fix(), code) {
            (Some(fix), _) => problem.fix(fix),
            (None, Code::Internal) => problem.fix("Please tell whoever looks after Voucher Desk."),
            (None, _) => problem,
        }
    }
}
