//! Shelly plugs, relays and energy meters of all generations, over HTTP. They are asked what they are
//! (`/shelly`) and what they have, and then for the smallest page with the values:
//!
//! | generation | component | power, W | energy |
//! |---|---|---|---|
//! | 2 and later | `switch`, `pm1` | `apower` | `aenergy.total`, Wh |
//! | | `em`, three phases | `total_act_power`, of a phase `a_act_power` | `emdata`: `total_act`, of a phase `a_total_act_energy`, Wh |
//! | | `em1`, a clamp | `act_power` | `em1data`: `total_act_energy`, Wh |
//! | 1 | `meter` | `power` | `total`, watt-minutes |
//! | | `emeter` | `power` | `total`, Wh |
//!
//! <https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Switch#status>, the like of `PM1`,
//! `EM`, `EMData`, `EM1` and `EM1Data`, and <https://shelly-api-docs.shelly.cloud/gen1/>. The decimals are
//! what the devices print, no promise of accuracy.

mod channel;
mod components;
mod identity;
mod kinds;

use super::super::{EnergyMeter, MeterDescriptor, MeterError, Reading};
use super::address::{Address, Schemes};
use super::descriptor::{descriptor, plug_tolerance};
use super::http::{DEADLINE, HttpTransport, Transport};
use super::opening::Opening;
use super::remote::RemoteMeter;
use crate::units::Seconds;
use channel::ColumnSpec;
use components::Components;
use identity::Identity;
use std::sync::Arc;
use std::time::Duration;

const LOGIN: &str = "its password protection (digest) is not supported; let a program that knows the \
                     password write a log and give that as csv:FILE, or use another meter";
const POWER_REFRESH: Seconds = Seconds::from_seconds(1.0);
/// How often the total moves is not documented; the `by_minute` values beside it are complete
/// once a minute, so that is the longest.
const ENERGY_REFRESH: Seconds = Seconds::from_seconds(60.0);

/// One value of a Shelly, read over HTTP: its power or its energy.
#[derive(Debug)]
pub struct ShellyMeter(RemoteMeter);

impl ShellyMeter {
    /// The power and the energy of one channel, at `http://HOST[:PORT][#PART]`. The part is a
    /// channel's number (`#0`), a component (`#switch:0`, `#em1:1`, `#meter:0`) or a phase of a
    /// three-phase meter (`#a`); none is needed where one component measures. Both see the same
    /// joules: they are compared, not added. A request may take 2 s; a device that asks for time
    /// is waited for, up to 10 s in all.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, or a part that the device does not have or that
    /// must be named; [`MeterError::NotPresent`] where nobody answers,
    /// [`MeterError::PermissionDenied`] where a password is wanted, [`MeterError::Unsupported`]
    /// where nothing measures, and [`MeterError::Busy`], [`MeterError::Timeout`] or
    /// [`MeterError::Malformed`] for answers that are none.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// As [`Self::open`], with another deadline for each request; a device is waited for up to
    /// five of them, at most 10 s.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        Self::open_over(url, Arc::new(HttpTransport::new(deadline)))
    }

    fn open_over(url: &str, transport: Arc<dyn Transport>) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::Http)?;
        let wanted = ColumnSpec::parse(address.part.as_deref())?;
        let opening = Opening::new(&transport, &address.base, "shelly", LOGIN);
        let identity = Identity::ask(&opening)?;
        wanted.check(identity.generation.kinds())?;
        let all = Components::ask(&opening, &identity, &wanted)?;
        if all.measuring.is_empty() && all.refusal.is_none() {
            return Err(opening.unsupported(nothing(&identity, &all)));
        }
        let chosen = wanted.of(&all, identity.generation.kinds())?;
        let name = |what| format!("{}#{} {what}", opening.device, chosen.name());
        let tolerance = || Some(plug_tolerance());
        let (quantity, extract) = chosen.kind.power();
        let power = descriptor(name("power"), quantity, POWER_REFRESH, tolerance(), None);
        let power = (chosen.kind.power_page(chosen.number), power, extract);
        let (quantity, extract) = chosen.kind.energy();
        let energy = descriptor(name("energy"), quantity, ENERGY_REFRESH, tolerance(), None);
        let energy = (chosen.kind.energy_page(chosen.number), energy, extract);
        Ok(opening.meters(vec![power, energy])?.into_iter().map(Self).collect())
    }
}

impl EnergyMeter for ShellyMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        self.0.read()
    }
}

/// What is said of a device that has nothing to read.
fn nothing(identity: &Identity, all: &Components) -> String {
    let read = kinds::keys(identity.generation.kinds());
    match (all.others.is_empty(), identity.model.as_str()) {
        (true, identity::UNKNOWN) => {
            format!("it answers to none of the pages of a Shelly ({read}); check the address")
        }
        (true, model) => format!("it is a {model} and shows no component that is read ({read})"),
        (false, _) => format!(
            "it is a {} with {}, of which none has a power sensor that is read ({read})",
            identity.model,
            all.names()
        ),
    }
}

#[cfg(test)]
mod tests;
