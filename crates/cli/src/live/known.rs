//! What the known history of the main network allows a tip to be.
//!
//! Test networks have the same forms of headers and answers. Their difficulty is far below, or their height is
//! out of step with time.

use hashwatt::econ::network::Epochs;
use hashwatt::plausible::{MAINNET_DIFFICULTY, PlausibilityWarning};
use hashwatt::pow::{Difficulty, RETARGET_INTERVAL, TARGET_SPACING};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The difficulty never lost more than half since 2013: a tenth of the last known one is another network's.
const MIN_RATIO: f64 = 0.1;
/// It may rise by so much at once, which is what one retarget can, and in each year since: it was less than
/// 3 in every year from 2019 on.
const MAX_RATIO: f64 = 4.0;
/// Blocks came at 1.3 times their pace in the fastest year, 2010.
const FASTEST_PACE: f64 = 1.5;
const YEAR_S: f64 = 365.25 * 86_400.0;

/// The last epoch whose beginning is known.
struct Known {
    height: u32,
    began: Timestamp,
    difficulty: Difficulty,
}

impl Known {
    fn of(epochs: &Epochs) -> Option<Self> {
        epochs.all().iter().rev().find_map(|epoch| {
            let began = TimeZone::UTC.to_timestamp(epoch.began()?).ok()?;
            Some(Self { height: epoch.first_height(), began, difficulty: epoch.difficulty() })
        })
    }

    fn seconds_until(&self, time: Timestamp) -> f64 {
        time.duration_since(self.began).as_secs_f64().max(0.0)
    }
}

/// A difficulty that the main network may have at a time, with the doubt where it is unusual.
///
/// # Errors
/// What shows that it is another network's.
pub(super) fn difficulty(
    value: Difficulty,
    time: Timestamp,
) -> Result<Option<PlausibilityWarning>, String> {
    let doubt = MAINNET_DIFFICULTY.check(value).map_err(|error| {
        let (least, greatest) = (error.least, error.greatest);
        format!(
            "difficulty is {}, of a test network or a fork; that of the main network is from \
             {least} to {greatest} these years",
            value.value()
        )
    })?;
    let known = known()?;
    let years = known.seconds_until(time) / YEAR_S;
    let ratio = value.value() / known.difficulty.value();
    if (MIN_RATIO..=MAX_RATIO.powf(1.0 + years)).contains(&ratio) {
        return Ok(doubt);
    }
    Err(format!(
        "difficulty is {value}, out of step with the main network's {} of {}",
        known.difficulty,
        day(known.began)
    ))
}

/// A height that the main network may have at a time.
///
/// # Errors
/// What shows that it is another network's.
pub(super) fn height(value: u32, time: Timestamp) -> Result<(), String> {
    let known = known()?;
    let blocks = known.seconds_until(time) / TARGET_SPACING.as_seconds();
    let most = f64::from(known.height + RETARGET_INTERVAL) + FASTEST_PACE * blocks;
    if value >= known.height && f64::from(value) <= most {
        return Ok(());
    }
    Err(format!(
        "height is {value}, of a test network or a fork; the main network was at {} on {}",
        known.height,
        day(known.began)
    ))
}

fn known() -> Result<Known, String> {
    let epochs = Epochs::shipped().map_err(|error| error.to_string())?;
    Known::of(epochs).ok_or_else(|| "no epoch of the main network has a date".to_owned())
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
        known().unwrap().began + jiff::SignedDuration::from_secs(seconds)
    }

    fn times(ratio: f64) -> Difficulty {
        Difficulty::new(known().unwrap().difficulty.value() * ratio).unwrap()
    }

    #[test]
    fn difficulty_of_the_main_network_is_in_step_with_the_last_known_one() {
        for (ratio, years) in [(1.0, 0.0), (0.5, 0.3), (0.12, 8.0), (3.0, 0.3), (15.0, 1.0)] {
            assert_eq!(difficulty(times(ratio), later(years)), Ok(None), "{ratio} {years}");
        }
        for (ratio, years) in [(0.09, 1.0), (4.5, 0.0), (17.0, 1.0)] {
            let told = difficulty(times(ratio), later(years)).unwrap_err();
            assert!(told.contains("out of step"), "{told}");
        }
        // Of testnet4 at its least, of signet, and what was the main network's in 2016.
        for test in [1.0, 0.004, 2e11] {
            let told = difficulty(Difficulty::new(test).unwrap(), later(0.5)).unwrap_err();
            assert!(told.starts_with("difficulty is ") && told.contains("test network"), "{told}");
        }
        let odd = difficulty(times(1e4), later(9.0)).unwrap();
        assert_eq!(odd.map(|doubt| doubt.name), Some(MAINNET_DIFFICULTY.name));
    }

    #[test]
    fn height_of_the_main_network_is_in_step_with_time() {
        let at = known().unwrap().height;
        for (more, years) in [(0, 0.0), (2016, 0.0), (52_560, 1.0), (75_000, 1.0), (0, 1.0)] {
            assert_eq!(height(at + more, later(years)), Ok(()), "{more} {years}");
        }
        for (height, years) in
            [(0, 0.0), (118_000, 0.5), (at - 1, 0.5), (at + 90_000, 1.0), (4_900_000, 5.0)]
        {
            let told = super::height(height, later(years)).unwrap_err();
            assert!(told.contains(&format!("height is {height}")), "{told}");
        }
    }
}
