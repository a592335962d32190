//! Checks of a tip against the known history of the main network.
//!
//! Test networks use the same formats. Their difficulty is far lower, or their height does not
//! match the time.

use hashwatt::econ::network::Epochs;
use hashwatt::plausible::{MAINNET_DIFFICULTY, PlausibilityWarning};
use hashwatt::pow::{Difficulty, RETARGET_INTERVAL, TARGET_SPACING};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The minimum ratio to the last known difficulty: since 2013 the difficulty has never fallen by
/// more than half.
const MIN_RATIO: f64 = 0.1;
/// The maximum ratio, by which the difficulty may rise at once, as in one retarget, and again in
/// each year since: the rise was less than 3 in every year from 2019 on.
const MAX_RATIO: f64 = 4.0;
/// The maximum block rate relative to the target: it was 1.3 in the fastest year, 2010.
const MAX_BLOCK_RATE: f64 = 1.5;
const YEAR_S: f64 = 365.25 * 86_400.0;

/// The last epoch with a known start.
struct LastEpoch {
    height: u32,
    start: Timestamp,
    difficulty: Difficulty,
}

impl LastEpoch {
    fn from_epochs(epochs: &Epochs) -> Option<Self> {
        epochs.all().iter().rev().find_map(|epoch| {
            let start = TimeZone::UTC.to_timestamp(epoch.began()?).ok()?;
            Some(Self { height: epoch.first_height(), start, difficulty: epoch.difficulty() })
        })
    }

    fn seconds_until(&self, time: Timestamp) -> f64 {
        time.duration_since(self.start).as_secs_f64().max(0.0)
    }
}

/// Checks that the main network may have a difficulty at a time; returns a warning if it is unusual.
///
/// # Errors
/// Why it must be from another network.
pub(super) fn check_difficulty(
    value: Difficulty,
    time: Timestamp,
) -> Result<Option<PlausibilityWarning>, String> {
    let warning = MAINNET_DIFFICULTY.check(value).map_err(|error| {
        let (least, greatest) = (error.least, error.greatest);
        format!(
            "difficulty is {}, which is that of a test network or a fork; the main network's is \
             {least} to {greatest} in these years",
            value.value()
        )
    })?;
    let last = last_epoch()?;
    let years = last.seconds_until(time) / YEAR_S;
    let ratio = value.value() / last.difficulty.value();
    if (MIN_RATIO..=MAX_RATIO.powf(1.0 + years)).contains(&ratio) {
        return Ok(warning);
    }
    Err(format!(
        "difficulty is {value}, inconsistent with the main network's {} of {}",
        last.difficulty,
        day(last.start)
    ))
}

/// Checks that the main network may have a height at a time.
///
/// # Errors
/// Why it must be from another network.
pub(super) fn check_height(value: u32, time: Timestamp) -> Result<(), String> {
    let last = last_epoch()?;
    let blocks = last.seconds_until(time) / TARGET_SPACING.as_seconds();
    let max = f64::from(last.height + RETARGET_INTERVAL) + MAX_BLOCK_RATE * blocks;
    if value >= last.height && f64::from(value) <= max {
        return Ok(());
    }
    Err(format!(
        "height is {value}, which is that of a test network or a fork; the main network was at {} on {}",
        last.height,
        day(last.start)
    ))
}

fn last_epoch() -> Result<LastEpoch, String> {
    let epochs = Epochs::shipped().map_err(|error| error.to_string())?;
    LastEpoch::from_epochs(epochs)
        .ok_or_else(|| "no epoch of the main network has a date".to_owned())
}

fn day(time: Timestamp) -> String {
    TimeZone::UTC.to_datetime(time).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::units::Seconds;

    fn later(years: f64) -> Timestamp {
        let seconds = Seconds::from_days(365.25 * years).as_seconds() as i64;
        last_epoch().unwrap().start + jiff::SignedDuration::from_secs(seconds)
    }

    fn scaled(ratio: f64) -> Difficulty {
        Difficulty::new(last_epoch().unwrap().difficulty.value() * ratio).unwrap()
    }

    #[test]
    fn difficulty_inconsistent_with_last_known_one_is_refused() {
        for (ratio, years) in [(1.0, 0.0), (0.5, 0.3), (0.12, 8.0), (3.0, 0.3), (15.0, 1.0)] {
            assert_eq!(check_difficulty(scaled(ratio), later(years)), Ok(None), "{ratio} {years}");
        }
        for (ratio, years) in [(0.09, 1.0), (4.5, 0.0), (17.0, 1.0)] {
            let message = check_difficulty(scaled(ratio), later(years)).unwrap_err();
            assert!(message.contains("inconsistent"), "{message}");
        }
        // The minimum of testnet4, that of signet, and the main network's in 2016.
        for test in [1.0, 0.004, 2e11] {
            let message = check_difficulty(Difficulty::new(test).unwrap(), later(0.5)).unwrap_err();
            assert!(
                message.starts_with("difficulty is ") && message.contains("test network"),
                "{message}"
            );
        }
        let unusual = check_difficulty(scaled(1e4), later(9.0)).unwrap();
        assert_eq!(unusual.map(|warning| warning.name), Some(MAINNET_DIFFICULTY.name));
    }

    #[test]
    fn height_inconsistent_with_time_is_refused() {
        let at = last_epoch().unwrap().height;
        for (more, years) in [(0, 0.0), (2016, 0.0), (52_560, 1.0), (75_000, 1.0), (0, 1.0)] {
            assert_eq!(check_height(at + more, later(years)), Ok(()), "{more} {years}");
        }
        for (height, years) in
            [(0, 0.0), (118_000, 0.5), (at - 1, 0.5), (at + 90_000, 1.0), (4_900_000, 5.0)]
        {
            let message = check_height(height, later(years)).unwrap_err();
            assert!(message.contains(&format!("height is {height}")), "{message}");
        }
    }
}
