//! Taking times, and what is said of many.

use std::time::{Duration, Instant};

use anyhow::Result;
use rustix::time::{ClockId, clock_gettime};

/// How long one thing took each time, by the clock on the wall and of the processor's time alone. The second is what the first
/// would be on a machine that does nothing else and has read the file already.
#[derive(Default)]
pub struct Times {
    wall: Vec<Duration>,
    own: Vec<Duration>,
}

impl Times {
    /// Does it once more.
    pub fn take<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let (started, own) = (Instant::now(), processor_time());
        let done = work()?;
        self.own.push(processor_time().saturating_sub(own));
        self.wall.push(started.elapsed());
        Ok(done)
    }

    /// One more that was measured elsewhere, by the clock alone.
    pub fn note(&mut self, time: Duration) {
        self.wall.push(time);
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.wall.len()
    }

    /// Half of them took less.
    pub fn median(&self) -> Duration {
        percentile(&self.wall, 50)
    }

    /// One in a hundred took longer.
    pub fn p99(&self) -> Duration {
        percentile(&self.wall, 99)
    }

    /// Median and 99th percentile in words, and those of the processor's time where it is known.
    pub fn shown(&self) -> String {
        let both = |times: &[Duration]| {
            format!("{} / {}", shown(percentile(times, 50)), shown(percentile(times, 99)))
        };
        match self.own.as_slice() {
            [] => both(&self.wall),
            own => format!("{} ({} of the processor)", both(&self.wall), both(own)),
        }
    }
}

/// The time that `share` of a hundred stayed within.
fn percentile(times: &[Duration], share: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

/// What this thread used of a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// A time in the unit that suits it.
pub fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        long if long >= 1.0 => format!("{long:.1} s"),
        short if short >= 0.001 => format!("{:.1} ms", short * 1e3),
        tiny => format!("{:.0} µs", tiny * 1e6),
    }
}

/// How many times as long.
pub fn ratio(ours: Duration, baseline: Duration) -> f64 {
    ours.as_secs_f64() / baseline.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_99th_percentile_of_a_hundred_is_the_last_but_one() {
        let wall: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        let times = Times { own: wall.iter().map(|time| *time / 2).collect(), wall };
        assert_eq!(times.median(), Duration::from_millis(50));
        assert_eq!(times.p99(), Duration::from_millis(99));
        assert_eq!(times.shown(), "50.0 ms / 99.0 ms (25.0 ms / 49.5 ms of the processor)");
    }
}
