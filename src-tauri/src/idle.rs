//! Locking the desk when nobody has been there for a while. The shell does it, so a page that hangs cannot keep it open.
use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant, SystemTime},
};

use tauri::{AppHandle, Manager};

use crate::{
    preferences::LockAfter,
    state::{State, tell},
};

/// A moment by both of the computer's clocks: the steady one stands still while the computer sleeps, and the one on the
/// wall can be set back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    steady: Instant,
    wall: SystemTime,
}

impl Moment {
    /// Now.
    pub fn now() -> Self {
        Self { steady: Instant::now(), wall: SystemTime::now() }
    }

    /// How long after another moment this is, by the clock that went further.
    fn since(self, earlier: Moment) -> Duration {
        let wall = self.wall.duration_since(earlier.wall).unwrap_or_default();
        self.steady.saturating_duration_since(earlier.steady).max(wall)
    }
}

/// When somebody was last there, and how long the desk waits for them.
pub(crate) struct Idle(Mutex<Watched>);

struct Watched {
    seen: Moment,
    limit: LockAfter,
}

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(2);

impl Idle {
    /// Somebody is there, and the desk waits as long as this.
    pub fn new(limit: LockAfter) -> Self {
        Self(Mutex::new(Watched { seen: Moment::now(), limit }))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Watched) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Somebody was there at this moment.
    pub fn seen(&self, now: Moment) {
        self.with(|watched| watched.seen = now);
    }

    /// How long the desk waits.
    pub fn limit(&self) -> LockAfter {
        self.with(|watched| watched.limit)
    }

    /// Waits as long as this from now on.
    pub fn set_limit(&self, limit: LockAfter) {
        self.with(|watched| watched.limit = limit);
    }

    /// Whether nobody was there for as long as the desk waits.
    pub fn is_over(&self, now: Moment) -> bool {
        self.with(|watched| watched.limit.time().is_some_and(|limit| now.since(watched.seen) >= limit))
    }
}

/// Locks the desk whenever its time is over, for as long as the program runs.
pub(crate) fn watch(app: AppHandle) {
    thread::spawn(move || {
        loop {
            thread::sleep(EVERY);
            match app.state::<State>().lock_if_idle(Moment::now()) {
                // The page asks how the desk stands, and finds it locked.
                Ok(true) => tell(&app, Vec::new()),
                Ok(false) => {}
                Err(problem) => {
                    eprintln!("voucher-desk: {problem}");
                    tell(&app, Vec::new());
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::PathBuf;

    use casework::Desk;

    use super::*;
    use crate::state::Open;

    const MINUTE: Duration = Duration::from_secs(60);

    fn after(start: Moment) -> impl Fn(u32) -> Moment {
        move |minutes| Moment { steady: start.steady + minutes * MINUTE, wall: start.wall + minutes * MINUTE }
    }

    fn open(limit: u32) -> State {
        let state = State::default();
        state.idle.set_limit(LockAfter::of_minutes(limit));
        let desk =
            Desk::in_memory("Marlbrook (test)", "Ada Manager", "2026-11-23T09:30:00Z".parse().unwrap());
        state.put(Open { desk: desk.unwrap(), folder: PathBuf::new(), practice: false }).unwrap();
        state
    }

    #[test]
    fn the_desk_locks_when_nobody_was_there_for_as_long_as_it_waits_and_not_a_minute_sooner() {
        let state = open(15);
        let after = after(Moment::now());
        state.idle.seen(after(0));
        assert!(!state.lock_if_idle(after(14)).unwrap() && state.is_open());
        state.idle.seen(after(14));
        assert!(!state.lock_if_idle(after(28)).unwrap(), "somebody came back");
        assert!(state.lock_if_idle(after(29)).unwrap());
        assert!(!state.is_open(), "nothing is open, so no key is held");
        assert!(!state.lock_if_idle(after(99)).unwrap(), "there is nothing left to lock");
    }

    #[test]
    fn opening_a_register_counts_as_being_there_and_never_means_never() {
        let state = open(0);
        assert!(!state.lock_if_idle(after(Moment::now())(10_000)).unwrap());
        let waiting = Idle::new(LockAfter::default());
        assert!(!waiting.is_over(Moment::now()));
        assert!(waiting.is_over(after(Moment::now())(15)), "fifteen minutes where nothing was chosen");
    }

    #[test]
    fn the_hours_that_a_computer_slept_count_and_a_clock_set_back_gives_none_away() {
        let state = open(15);
        let start = Moment::now();
        state.idle.seen(start);
        let set_back = Moment { steady: start.steady + 15 * MINUTE, wall: start.wall - 60 * MINUTE };
        assert!(state.idle.is_over(set_back));
        let woken = Moment { steady: start.steady, wall: start.wall + 180 * MINUTE };
        assert!(state.lock_if_idle(woken).unwrap());
    }
}
