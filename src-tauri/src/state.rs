//! What the shell holds between calls: the open desk, an import under way, jobs that can be cancelled.
use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use casework::{
    Desk,
    problem::{Code, Problem},
};
use chrono::Utc;
use exchange::session::ImportSession;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use uuid::Uuid;

use crate::{
    events::Changed,
    idle::{Idle, Moment},
    memory,
    preferences::Preferences,
};

/// An open register and where it stands.
pub(crate) struct Open {
    pub desk: Desk,
    pub folder: PathBuf,
    /// Whether it is the practice office.
    pub practice: bool,
}

/// An import under way.
pub(crate) struct Importing {
    pub session: ImportSession,
    pub programme: Uuid,
    pub round: Option<Uuid>,
}

/// A register that is being opened while the web view starts.
type Early = JoinHandle<Result<Option<Open>, Problem>>;

/// Everything the shell holds.
pub(crate) struct State {
    open: Mutex<Option<Open>>,
    early: Mutex<Option<Early>>,
    importing: Mutex<HashMap<String, Arc<Mutex<Importing>>>>,
    cancelled: Arc<Mutex<HashSet<String>>>,
    asked: AtomicBool,
    locked: AtomicBool,
    /// When somebody was last there.
    pub idle: Idle,
}

impl Default for State {
    fn default() -> Self {
        State {
            open: Mutex::default(),
            early: Mutex::default(),
            importing: Mutex::default(),
            cancelled: Arc::default(),
            asked: false.into(),
            locked: false.into(),
            idle: Idle::new(Preferences::load().lock_after),
        }
    }
}

/// A lock, also after a command panicked while it held it: the register rolled that command's change back.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nothing_open() -> Problem {
    Problem::new(Code::Locked, "No register is open.").fix("Unlock it with your passphrase.")
}

impl State {
    /// With what was begun before there is a window.
    pub fn beginning(early: Early) -> Self {
        State { early: Some(early).into(), ..State::default() }
    }

    /// What was begun before there was a window, once; waits for it.
    pub fn early(&self) -> Result<Option<Open>, Problem> {
        let early = held(&self.early).take();
        // A thread that panicked opened nothing: the passphrase is asked for.
        early.and_then(|early| early.join().ok()).unwrap_or(Ok(None))
    }

    /// Puts a register on the desk; one that was open before is closed.
    pub fn put(&self, open: Open) -> Result<(), Problem> {
        self.lock()?;
        self.idle.seen(Moment::now());
        *held(&self.open) = Some(open);
        Ok(())
    }

    /// Closes the register, with its backup, and forgets everything about it.
    pub fn lock(&self) -> Result<(), Problem> {
        let Some(open) = self.put_away() else { return Ok(()) };
        let closed = open.desk.close();
        memory::give_back();
        closed
    }

    /// Takes the register off the desk. It is closed, without a backup, as soon as what is given back is dropped.
    pub fn put_away(&self) -> Option<Open> {
        held(&self.importing).clear();
        let open = held(&self.open).take();
        self.locked.fetch_or(open.is_some(), Ordering::Relaxed);
        open
    }

    /// Whether a register was closed since the program started.
    pub fn was_locked(&self) -> bool {
        self.locked.load(Ordering::Relaxed)
    }

    /// Locks when nobody was there for as long as the desk waits. Answers whether it did.
    pub fn lock_if_idle(&self, now: Moment) -> Result<bool, Problem> {
        // Long work holds the desk, and ends before this goes on.
        if !self.is_open() || !self.idle.is_over(now) {
            return Ok(false);
        }
        self.lock().map(|()| true)
    }

    /// Works with the desk as it is now.
    pub fn read<T>(&self, work: impl FnOnce(&Desk) -> Result<T, Problem>) -> Result<T, Problem> {
        self.with_open(|open| work(&open.desk))
    }

    /// Works with all that is known of the open register.
    pub fn with_open<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, Problem>) -> Result<T, Problem> {
        let mut open = held(&self.open);
        let open = open.as_mut().ok_or_else(nothing_open)?;
        open.desk.ready(Utc::now())?;
        work(open)
    }

    /// Changes something, and tells every screen which tables are not what they were.
    pub fn change<T>(
        &self,
        app: &AppHandle,
        work: impl FnOnce(&mut Desk) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let mut open = held(&self.open);
        let open = open.as_mut().ok_or_else(nothing_open)?;
        let desk = open.desk.ready(Utc::now())?;
        let result = work(desk);
        let tables = desk.take_changed();
        if !tables.is_empty() {
            tell(app, tables);
        }
        result
    }

    /// Whether this is the first time it is asked.
    pub fn first_time(&self) -> bool {
        !self.asked.swap(true, Ordering::Relaxed)
    }

    /// Whether a register is open.
    pub fn is_open(&self) -> bool {
        held(&self.open).is_some()
    }

    /// Begins an import, and gives its name.
    pub fn begin_import(&self, importing: Importing) -> String {
        let name = importing.session.id().to_string();
        held(&self.importing).insert(name.clone(), Arc::new(Mutex::new(importing)));
        name
    }

    /// Works with an import under way. Whoever needs the desk too takes it within, and not for long.
    pub fn importing<T>(
        &self,
        name: &str,
        work: impl FnOnce(&mut Importing) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let importing = held(&self.importing).get(name).cloned().ok_or_else(|| {
            Problem::not_found("This import is no longer open.")
                .fix("Choose the file again; nothing of it was recorded.")
        })?;
        work(&mut held(&importing))
    }

    /// Asks a job to stop.
    pub fn cancel(&self, job: &str) {
        held(&self.cancelled).insert(job.to_owned());
    }

    /// Begins a job: an earlier wish to stop one of the same name is forgotten. Answers whether it goes on.
    pub fn job(&self, name: &str) -> impl Fn() -> bool + Sync + use<> {
        held(&self.cancelled).remove(name);
        let (cancelled, name) = (Arc::clone(&self.cancelled), name.to_owned());
        move || !held(&cancelled).contains(&name)
    }
}

/// Does long work on a thread of its own: the few threads of the runtime stay free for the other screens.
pub(crate) async fn long<T: Send + 'static>(
    app: AppHandle,
    work: impl FnOnce(&State, &AppHandle) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let done = tauri::async_runtime::spawn_blocking(move || work(&app.state::<State>(), &app)).await;
    done.unwrap_or_else(|error| Err(Problem::new(Code::Internal, error.to_string())))
}

/// Tells every screen which tables changed.
pub(crate) fn tell(app: &AppHandle, tables: Vec<String>) {
    // A window that is closing hears nothing, and needs not.
    let _ = Changed { tables }.emit(app);
}
