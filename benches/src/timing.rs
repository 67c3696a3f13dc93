//! Taking times, and what is said of many.

use std::time::{Duration, Instant};

use anyhow::Result;

/// How long one thing took each time.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does it once more.
    pub fn take<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let started = Instant::now();
        let done = work()?;
        self.0.push(started.elapsed());
        Ok(done)
    }

    /// The time that `share` of a hundred stayed within.
    pub fn percentile(&self, share: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * share).div_ceil(100).saturating_sub(1);
        sorted.get(at).copied().unwrap_or_default()
    }

    /// Half of them took less.
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// One in a hundred took longer.
    pub fn p99(&self) -> Duration {
        self.percentile(99)
    }

    /// Median and 99th percentile in words.
    pub fn shown(&self) -> String {
        format!("{} / {}", shown(self.median()), shown(self.p99()))
    }
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
        let times = Times((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!(times.median(), Duration::from_millis(50));
        assert_eq!(times.p99(), Duration::from_millis(99));
        assert_eq!(times.shown(), "50.0 ms / 99.0 ms");
    }
}
