//! Shelly plugs and relays of the second generation and later, over their RPC on HTTP:
//! <https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Switch#status> and
//! <https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/PM1#status>.
//!
//! `apower` is the "last measured instantaneous active power (in Watts)", given to 0.1 W;
//! `aenergy.total` the "total energy consumed in Watt-hours", given to 0.001 Wh (3.6 J). Three
//! decimals are what the devices print, no promise of accuracy.

use super::super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, Raw, Reading};
use super::address::{Address, Schemes};
use super::descriptor::{descriptor, plug_tolerance};
use super::http::{DEADLINE, HttpTransport, Stage, Transport};
use super::json;
use super::remote::{RemoteMeter, fetch};
use crate::units::{Joules, Seconds, Watts};
use std::sync::Arc;
use std::time::Duration;

const LOGIN: &str = "its password protection (digest) is not supported; turn it off in the \
                     device's settings under Authentication while measuring";
/// No relay of theirs switches so much. Only used to tell a reset from a step.
const CEILING: Watts = Watts::from_watts(100_000.0);
/// Counts of 0.001 Wh in a watt-hour.
const COUNTS_PER_WH: f64 = 1000.0;
const POWER_REFRESH: Seconds = Seconds::from_seconds(1.0);
/// How often the total moves is not documented; the `by_minute` values beside it are complete
/// once a minute, so that is the longest.
const ENERGY_REFRESH: Seconds = Seconds::from_seconds(60.0);
/// The components that measure, with a relay and without.
const COMPONENTS: [&str; 2] = ["Switch", "PM1"];

/// One value of a Shelly, read over HTTP: its power or its energy.
#[derive(Debug)]
pub struct ShellyMeter(RemoteMeter);

impl ShellyMeter {
    /// The power and the energy of one channel, at `http://HOST[:PORT][#CHANNEL]`; channel 0
    /// where none is named. Both see the same joules: they are compared, not added. A request
    /// may take 2 s.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, [`MeterError::NotPresent`] where nobody
    /// answers, [`MeterError::PermissionDenied`] where a password is wanted,
    /// [`MeterError::Unsupported`] where the device has no such channel, and
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for answers that are none.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// As [`Self::open`], with another deadline for each request.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        Self::open_over(url, Arc::new(HttpTransport::new(deadline)))
    }

    fn open_over(url: &str, transport: Arc<dyn Transport>) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::Http)?;
        let channel = address.channel()?.unwrap_or(0);
        let device = format!("shelly {}#{channel}", address.base);
        let mut reason = None;
        for component in COMPONENTS {
            let page = format!("{}/rpc/{component}.GetStatus?id={channel}", address.base);
            match fetch(&*transport, &page, &device, LOGIN, Stage::Opening) {
                Ok(_) => return Self::both(&device, &page, &transport),
                Err(error @ MeterError::Unsupported { .. }) => reason = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(reason.unwrap_or(MeterError::Unsupported {
            meter: device,
            reason: "it has no component that measures".to_owned(),
        }))
    }

    fn both(
        device: &str,
        page: &str,
        transport: &Arc<dyn Transport>,
    ) -> Result<Vec<Self>, MeterError> {
        let meter = |descriptor: MeterDescriptor, extract| {
            Self(RemoteMeter {
                transport: Arc::clone(transport),
                url: page.to_owned(),
                login: LOGIN,
                descriptor: Arc::new(descriptor),
                extract,
            })
        };
        let power = MeterQuantity::Power {
            resolution: Watts::from_watts(0.1),
            averaging: Some(Seconds::ZERO),
        };
        let energy = MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_kwh(1e-3) / COUNTS_PER_WH,
            wrap_modulus: None,
            ceiling: CEILING,
        };
        let name = |what| format!("{device} {what}");
        let tolerance = || Some(plug_tolerance());
        let mut meters = vec![
            meter(
                descriptor(name("power"), power, POWER_REFRESH, tolerance(), None),
                Box::new(|id, page| {
                    let power = json::number(id, page, &["apower"])?;
                    Ok(Raw::Power(Watts::from_watts(power)))
                }),
            ),
            meter(
                descriptor(name("energy"), energy, ENERGY_REFRESH, tolerance(), None),
                Box::new(|id, page| {
                    json::counts(id, page, &["aenergy", "total"], COUNTS_PER_WH).map(Raw::Count)
                }),
            ),
        ];
        // A device without a sensor has the page and not the fields.
        for meter in &mut meters {
            meter.read()?;
        }
        Ok(meters)
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

#[cfg(test)]
mod tests {
    use super::super::http::{Refusal, TransportError};
    use super::super::remote::played::Played;
    use super::*;
    use crate::uncertainty::Scope;

    const STATUS: &str = r#"{"id":0,"output":true,"apower":8.9,"voltage":237.5,
        "aenergy":{"total":6.532,"by_minute":[45.199,47.141,88.397],"minute_ts":1626935779}}"#;

    #[test]
    fn two_views_of_one_subject() {
        let wire = Arc::new(Played::default());
        wire.set("/rpc/Switch.GetStatus?id=2", Ok(STATUS));
        let mut meters = ShellyMeter::open_over("plug#2", Arc::clone(&wire) as _).unwrap();
        assert_eq!(meters.len(), 2);
        assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(8.9)));
        assert_eq!(meters[1].read().unwrap().raw(), Raw::Count(6532));
        let MeterQuantity::CumulativeEnergy { per_count, .. } = meters[1].descriptor().quantity
        else {
            panic!("{:?}", meters[1].descriptor());
        };
        assert!((per_count.as_joules() - 3.6).abs() < 1e-12);
        let (power, energy) = (meters[0].descriptor(), meters[1].descriptor());
        assert_eq!((power.scope, &power.subject), (Scope::NodeWall, &energy.subject));
        assert_ne!(power.id, energy.id);
    }

    #[test]
    fn a_meter_without_a_relay_is_found() {
        let wire = Arc::new(Played::default());
        wire.set("/rpc/PM1.GetStatus?id=0", Ok(STATUS));
        assert_eq!(ShellyMeter::open_over("plug", Arc::clone(&wire) as _).unwrap().len(), 2);
        assert!(wire.asked()[0].ends_with("/rpc/Switch.GetStatus?id=0"));
    }

    #[test]
    fn no_component_is_unsupported_and_a_lost_one_is_gone() {
        let wire = Arc::new(Played::default());
        let open = || ShellyMeter::open_over("plug", Arc::clone(&wire) as _);
        assert!(matches!(open(), Err(MeterError::Unsupported { .. })));
        wire.set("Switch.GetStatus?id=0", Ok(STATUS));
        let mut meters = open().unwrap();
        let refused = || TransportError::Unreachable("refused".to_owned());
        wire.set("Switch.GetStatus?id=0", Err(refused()));
        assert!(matches!(meters[0].read(), Err(MeterError::NoAnswer { .. })));
        assert!(matches!(open(), Err(MeterError::NotPresent { .. })));
        wire.set("Switch.GetStatus?id=0", Err(TransportError::Timeout));
        assert!(matches!(meters[1].read(), Err(MeterError::Timeout { millis: 1500, .. })));
        wire.set("Switch.GetStatus?id=0", Err(TransportError::Refused(Refusal::of(401))));
        let told = meters[0].read().unwrap_err();
        assert!(matches!(told, MeterError::PermissionDenied { .. }));
        assert!(told.to_string().contains("digest"), "{told}");
    }

    #[test]
    fn power_that_flows_back_is_no_reading() {
        let wire = Arc::new(Played::default());
        wire.set("id=0", Ok(r#"{"apower":-11.2,"aenergy":{"total":1}}"#));
        let told = ShellyMeter::open_over("plug", wire).unwrap_err();
        assert!(matches!(told, MeterError::Malformed { .. }));
        assert!(told.to_string().contains("apower: -11.2 is negative"), "{told}");
    }

    #[test]
    fn a_relay_without_a_sensor_names_the_field() {
        let wire = Arc::new(Played::default());
        wire.set("id=0", Ok(r#"{"id":0,"output":true}"#));
        let told = ShellyMeter::open_over("plug", wire).unwrap_err().to_string();
        assert!(told.contains("apower: missing"), "{told}");
    }
}
