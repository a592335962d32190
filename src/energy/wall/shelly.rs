//! Shelly plugs, relays and energy meters of all generations, over HTTP. The model (`/shelly`) and the
//! components are read first, and then the smallest page with the values:
//!
//! | generation | component | power, W | energy |
//! |---|---|---|---|
//! | 2 and later | `switch`, `pm1` | `apower` | `aenergy.total`, Wh |
//! | | `em`, three phases | `total_act_power`, of a phase `a_act_power` | `emdata`: `total_act`, of a phase `a_total_act_energy`, Wh |
//! | | `em1`, a clamp | `act_power` | `em1data`: `total_act_energy`, Wh |
//! | 1 | `meter` | `power` | `total`, watt-minutes |
//! | | `emeter` | `power` | `total`, Wh |
//!
//! <https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Switch#status>, the corresponding
//! pages of `PM1`, `EM`, `EMData`, `EM1` and `EM1Data`, and <https://shelly-api-docs.shelly.cloud/gen1/>.
//! The number of decimals is that of the devices and does not imply accuracy.

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
use channel::ComponentSelector;
use components::Components;
use identity::Identity;
use std::sync::Arc;
use std::time::Duration;

const LOGIN: &str = "its password protection (digest) is not supported; write a log with a program \
                     that has the password and give it as csv:FILE, or use another meter";
const POWER_REFRESH: Seconds = Seconds::from_seconds(1.0);
/// The refresh interval of the total is not documented; the related `by_minute` values are complete
/// once a minute, so that is the maximum.
const ENERGY_REFRESH: Seconds = Seconds::from_seconds(60.0);

/// One value of a Shelly, read over HTTP: its power or its energy.
#[derive(Debug)]
pub struct ShellyMeter(RemoteMeter);

impl ShellyMeter {
    /// Opens the power and the energy of one channel at `http://HOST[:PORT][#PART]`. The part is a
    /// channel's number (`#0`), a component (`#switch:0`, `#em1:1`, `#meter:0`) or a phase of a
    /// three-phase meter (`#a`); it can be omitted if only one component measures. Power and energy
    /// measure the same subject: they are compared and not added. A request may take up to 2 s;
    /// requests with transient errors are repeated for up to 10 s in total.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, or a part that the device does not have or that
    /// must be given; [`MeterError::NotPresent`] if the device is unreachable,
    /// [`MeterError::PermissionDenied`] if a password is required, [`MeterError::Unsupported`] if no
    /// component measures, and [`MeterError::Busy`], [`MeterError::Timeout`] or
    /// [`MeterError::Malformed`] for failed requests and invalid responses.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// Like [`Self::open`], but with another deadline for each request; requests are repeated for up
    /// to five deadlines, at most 10 s.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        Self::open_over(url, Arc::new(HttpTransport::new(deadline)))
    }

    fn open_over(url: &str, transport: Arc<dyn Transport>) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::Http)?;
        let selector = ComponentSelector::parse(address.fragment.as_deref())?;
        let opening = Opening::new(&transport, &address.base, "shelly", LOGIN);
        let identity = Identity::fetch(&opening)?;
        selector.check(identity.generation.kinds())?;
        let all = Components::fetch(&opening, &identity, &selector)?;
        if all.measuring.is_empty() && all.channel_message.is_none() {
            return Err(opening.unsupported(no_sensor_message(&identity, &all)));
        }
        let chosen = selector.select(&all, identity.generation.kinds())?;
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

/// The reason why a device has no component to read.
fn no_sensor_message(identity: &Identity, all: &Components) -> String {
    let read = kinds::keys(identity.generation.kinds());
    match (all.others.is_empty(), identity.model.as_str()) {
        (true, identity::UNKNOWN) => {
            format!("it has none of the pages of a Shelly ({read}); check the address")
        }
        (true, model) => format!("it is a {model} without a supported component ({read})"),
        (false, _) => format!(
            "it is a {} with {}, none of which has a supported power sensor ({read})",
            identity.model,
            all.names()
        ),
    }
}

#[cfg(test)]
mod tests;
