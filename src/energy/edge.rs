//! Reading a counter at the moment at which it changes.
//!
//! A counter that is renewed every 100 ms tells at any moment the energy of up to 100 ms ago: two
//! readings 10 s apart err by up to 1 %. At the moment of a change it is fresh.

use super::clock::Clock;
use super::{EnergyMeter, MeterError, MeterQuantity, Reading};
use std::time::Duration;

/// Looks per refresh: the change is known to a hundredth of it.
const LOOKS: u32 = 100;
/// No thread wakes more often, and none needs to look more seldom.
const SHORTEST: Duration = Duration::from_micros(20);
const LONGEST: Duration = Duration::from_millis(1);
/// Counters are renewed less regularly than they say.
const REFRESHES: u32 = 20;
const LEAST_PATIENCE: Duration = Duration::from_millis(250);
const MOST_PATIENCE: Duration = Duration::from_secs(3);

/// Reads a counter right after it has changed, so that the reading's time is that of its value;
/// anything else is read at once.
///
/// # Errors
/// The meter's, and [`MeterError::Stuck`] where no change comes.
pub(crate) fn read_at_edge(
    meter: &mut dyn EnergyMeter,
    clock: &dyn Clock,
) -> Result<Reading, MeterError> {
    let first = meter.read()?;
    let descriptor = meter.descriptor();
    let refresh = Duration::try_from_secs_f64(descriptor.refresh.as_seconds()).unwrap_or_default();
    let is_counter = matches!(descriptor.quantity, MeterQuantity::CumulativeEnergy { .. });
    if !is_counter || refresh.is_zero() {
        return Ok(first);
    }
    let pause = (refresh / LOOKS).clamp(SHORTEST, LONGEST);
    let patience = (refresh * REFRESHES).clamp(LEAST_PATIENCE, MOST_PATIENCE);
    let begun = first.before;
    let mut last = first;
    loop {
        clock.sleep(pause);
        let next = meter.read()?;
        if next.raw != last.raw {
            // The change came after the last look began.
            return Ok(Reading { before: last.before, fresh: true, ..next });
        }
        let waited = next.after.saturating_duration_since(begun);
        if waited > patience {
            let meter = meter.descriptor().id.clone();
            return Err(MeterError::Stuck { meter, millis: waited.as_millis() });
        }
        last = next;
    }
}
