//! Plugs with the Tasmota firmware, by its HTTP commands:
//! <https://tasmota.github.io/docs/Commands/#with-web-requests> and, for `Status 8`,
//! <https://tasmota.github.io/docs/Commands/#management>.
//!
//! `StatusSNS.ENERGY.Power` is watts, given to 1 W unless `WattRes` says otherwise;
//! `StatusSNS.ENERGY.Total` is kilowatt-hours, given to 0.001 kWh (3,600 J) unless `EnergyRes`
//! says otherwise. So coarse a counter needs hours; the power is the better view of a short run.

use super::super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, Raw, Reading};
use super::address::{Address, Schemes, bad_url};
use super::descriptor::{descriptor, plug_tolerance};
use super::environment::variable;
use super::http::{DEADLINE, HttpTransport, Stage, Transport};
use super::json;
use super::remote::{Extract, RemoteMeter, fetch};
use crate::units::{Joules, Seconds, Watts};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

const PASSWORD: &str = "HASHWATT_TASMOTA_PASSWORD";
const LOGIN: &str = "set the environment variable HASHWATT_TASMOTA_PASSWORD to its web password";
/// No plug carries so much. Only used to tell a reset from a step.
const CEILING: Watts = Watts::from_watts(100_000.0);
/// What may not stand in a URL's query as it is: all but letters, digits and `-._~` (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Counts of 1 Wh in a kilowatt-hour.
const COUNTS_PER_KWH: f64 = 1000.0;
const POWER_REFRESH: Seconds = Seconds::from_seconds(1.0);
/// One count of 1 Wh takes 10 s at 360 W.
const ENERGY_REFRESH: Seconds = Seconds::from_seconds(10.0);

/// One value of a Tasmota plug: its power or its energy.
#[derive(Debug)]
pub struct TasmotaMeter(RemoteMeter);

impl TasmotaMeter {
    /// The power and the energy at `http://HOST[:PORT][#CHANNEL]`. Both see the same joules: they
    /// are compared, not added. Channels count from 1 as the device's own do, and must be named
    /// where there are several; where the device has one total for all channels, a channel's
    /// power comes without it. The web password is taken from the environment variable
    /// `HASHWATT_TASMOTA_PASSWORD` and never shown; it travels unencrypted. A request may take
    /// 2 s.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, a channel that is not there or must be named,
    /// or a password that is no text; [`MeterError::NotPresent`] where nobody answers,
    /// [`MeterError::PermissionDenied`] where the password is missing or wrong,
    /// [`MeterError::Unsupported`] where the plug does not measure, and [`MeterError::Timeout`]
    /// or [`MeterError::Malformed`] for answers that are none.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// As [`Self::open`], with another deadline for each request.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        let password = variable(PASSWORD, "the web password")?;
        Self::open_over(url, Arc::new(HttpTransport::new(deadline)), password.as_deref())
    }

    fn open_over(
        url: &str,
        transport: Arc<dyn Transport>,
        password: Option<&str>,
    ) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::Http)?;
        let channel = address.channel()?;
        let device = match channel {
            Some(channel) => format!("tasmota {}#{channel}", address.base),
            None => format!("tasmota {}", address.base),
        };
        let login = password.map(|password| {
            format!("&user=admin&password={}", utf8_percent_encode(password, RESERVED))
        });
        let page =
            format!("{}/cm?cmnd=Status%208{}", address.base, login.as_deref().unwrap_or_default());
        let status = fetch(&*transport, &page, &device, LOGIN, Stage::Opening)?;
        let status = energy_of(&device, &status)?;
        let several = status.get("Power").and_then(Value::as_array).map(Vec::len);
        let index = match (several, channel) {
            (Some(several), Some(channel)) if (1..=several).contains(&usize::from(channel)) => {
                Some(usize::from(channel) - 1)
            }
            (None, None | Some(1)) => None,
            (Some(several), _) => {
                return Err(bad_url(&format!(
                    "the device has {several} channels; add #1 to #{several} for the one that \
                     feeds the machine"
                )));
            }
            (None, Some(_)) => {
                return Err(bad_url("the device has one channel; leave out what follows `#`"));
            }
        };
        // One total for all channels is not this channel's.
        let has_energy = several.is_none() || status.get("Total").is_some_and(Value::is_array);
        let mut meters = Self::views(&device, index, has_energy)
            .into_iter()
            .map(|(descriptor, extract)| {
                Self(RemoteMeter {
                    transport: Arc::clone(&transport),
                    url: page.clone(),
                    login: LOGIN,
                    descriptor: Arc::new(descriptor),
                    extract,
                })
            })
            .collect::<Vec<_>>();
        for meter in &mut meters {
            meter.read()?;
        }
        Ok(meters)
    }

    fn views(
        device: &str,
        index: Option<usize>,
        has_energy: bool,
    ) -> Vec<(MeterDescriptor, Extract)> {
        let power = MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None };
        let energy = MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_kwh(1.0) / COUNTS_PER_KWH,
            wrap_modulus: None,
            ceiling: CEILING,
        };
        let name = |what| format!("{device} {what}");
        let tolerance = || Some(plug_tolerance());
        let mut views: Vec<(MeterDescriptor, Extract)> = vec![(
            descriptor(name("power"), power, POWER_REFRESH, tolerance(), None),
            Box::new(move |id, page| {
                energy_of(id, page)?;
                let power = json::number(id, page, &path("Power", index).each_str())?;
                Ok(Raw::Power(Watts::from_watts(power)))
            }),
        )];
        if has_energy {
            views.push((
                descriptor(name("energy"), energy, ENERGY_REFRESH, tolerance(), None),
                Box::new(move |id, page| {
                    energy_of(id, page)?;
                    json::counts(id, page, &path("Total", index).each_str(), COUNTS_PER_KWH)
                        .map(Raw::Count)
                }),
            ));
        }
        views
    }
}

impl EnergyMeter for TasmotaMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        self.0.read()
    }
}

/// The keys down to a field, with the channel's index where the field is a list.
struct FieldPath(Vec<String>);

fn path(field: &str, index: Option<usize>) -> FieldPath {
    let keys = ["StatusSNS", "ENERGY", field].map(str::to_owned);
    FieldPath(keys.into_iter().chain(index.map(|index| index.to_string())).collect())
}

impl FieldPath {
    fn each_str(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }
}

/// The part of an answer that holds the energy, or what the device says in place of it.
fn energy_of<'a>(meter: &str, page: &'a Value) -> Result<&'a Value, MeterError> {
    // Without the password Tasmota answers 200 and this field.
    if page.get("WARNING").is_some() {
        return Err(MeterError::PermissionDenied {
            meter: meter.to_owned(),
            remedy: LOGIN.to_owned(),
        });
    }
    let Some(sensors) = json::find(page, &["StatusSNS"]) else {
        return Err(MeterError::malformed(meter, "StatusSNS: missing"));
    };
    sensors.get("ENERGY").ok_or_else(|| MeterError::Unsupported {
        meter: meter.to_owned(),
        reason: "its answer has no StatusSNS.ENERGY: the device has no power sensor".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::http::TransportError;
    use super::super::remote::played::Played;
    use super::*;

    const ONE: &str = r#"{"StatusSNS":{"Time":"2024-01-01T00:00:00","ENERGY":{
        "Total":123.456,"Yesterday":1.0,"Today":0.5,"Power":100,"Voltage":230}}}"#;
    const END: &str = "/cm?cmnd=Status%208";

    fn open(url: &str, answer: &str) -> Result<Vec<TasmotaMeter>, MeterError> {
        let wire = Arc::new(Played::default());
        wire.set(END, Ok(answer));
        TasmotaMeter::open_over(url, wire, None)
    }

    #[test]
    fn power_and_energy_of_one_channel() {
        let mut meters = open("plug", ONE).unwrap();
        assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(100.0)));
        assert_eq!(meters[1].read().unwrap().raw(), Raw::Count(123_456));
        assert_eq!(open("plug#1", ONE).unwrap().len(), 2);
        assert!(matches!(open("plug#2", ONE), Err(MeterError::BadSetting { .. })));
    }

    #[test]
    fn of_several_channels_one_is_named() {
        let several =
            |total| format!(r#"{{"StatusSNS":{{"ENERGY":{{"Power":[7,9],"Total":{total}}}}}}}"#);
        let told = open("plug", &several("1")).unwrap_err().to_string();
        assert!(told.contains("2 channels"), "{told}");
        for bad in ["plug#0", "plug#3"] {
            assert!(matches!(open(bad, &several("1")), Err(MeterError::BadSetting { .. })));
        }
        // One total for all is not the channel's.
        let mut meters = open("plug#2", &several("1")).unwrap();
        assert_eq!(meters.len(), 1);
        assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(9.0)));
        let mut meters = open("plug#2", &several("[1.5,2.5]")).unwrap();
        assert_eq!(meters[1].read().unwrap().raw(), Raw::Count(2500));
    }

    #[test]
    fn the_password_goes_out_escaped_and_is_never_shown() {
        let wire = Arc::new(Played::default());
        wire.set("&user=admin&password=a%26b%20%C3%A4", Ok(ONE));
        let open = || TasmotaMeter::open_over("plug", Arc::clone(&wire) as _, Some("a&b ä"));
        let mut meters = open().unwrap();
        let shown = format!("{meters:?} {:?}", meters[0].descriptor());
        assert!(!shown.contains("a%26b") && !shown.contains("a&b"), "{shown}");
        wire.set("&password=a%26b%20%C3%A4", Err(TransportError::Unreachable("x".to_owned())));
        wire.set("&user=admin&password=a%26b%20%C3%A4", Err(TransportError::Timeout));
        let told = format!("{:?} {:?}", meters[0].read().unwrap_err(), open().unwrap_err());
        assert!(!told.contains("a%26b"), "{told}");
    }

    #[test]
    fn a_missing_password_says_which_variable() {
        let told = open("plug", r#"{"WARNING":"Need user=<username>&password=<password>"}"#);
        let told = told.unwrap_err();
        assert!(matches!(told, MeterError::PermissionDenied { .. }));
        assert!(told.to_string().contains(PASSWORD), "{told}");
    }

    #[test]
    fn a_plug_without_a_sensor_is_unsupported() {
        let told = open("plug", r#"{"StatusSNS":{"Time":"2024-01-01T00:00:00"}}"#);
        assert!(matches!(told, Err(MeterError::Unsupported { .. })));
        let told = open("plug", r#"{"Command":"Unknown"}"#).unwrap_err();
        assert!(matches!(told, MeterError::Malformed { .. }), "{told}");
        assert!(told.to_string().contains("StatusSNS"), "{told}");
    }
}
