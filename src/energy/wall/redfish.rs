//! Management controllers with Redfish (DMTF DSP0266; the schemas `Power`, DSP0268 6.88, and
//! the newer `EnvironmentMetrics`, <https://redfish.dmtf.org/schemas/v1/>).
//!
//! `PowerControl[0].PowerConsumedWatts` and `PowerWatts.Reading` are watts, as a rule whole;
//! `EnergykWh.Reading` is kilowatt-hours, taken in steps of 1 Wh (3,600 J). How often a
//! controller renews them is its own affair; 10 s is taken, the slow end of what they do.

mod login;

use super::super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, Raw, Reading};
use super::address::{Address, Schemes, bad_url};
use super::descriptor::{controller_tolerance, descriptor};
use super::http::{Stage, Transport};
use super::json;
use super::remote::{Extract, RemoteMeter, fetch};
use crate::units::{Joules, Seconds, Watts};
use login::LOGIN;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// A controller does TLS on a small processor: it gets more time than a plug.
const DEADLINE: Duration = Duration::from_secs(5);
const CHASSIS: &str = "/redfish/v1/Chassis";
/// No node draws more. Only used to tell a reset from a step.
const CEILING: Watts = Watts::from_watts(100_000.0);
/// Counts of 1 Wh in a kilowatt-hour.
const COUNTS_PER_KWH: f64 = 1000.0;
const REFRESH: Seconds = Seconds::from_seconds(10.0);

const NEW_POWER: [&str; 2] = ["PowerWatts", "Reading"];
const NEW_ENERGY: [&str; 2] = ["EnergykWh", "Reading"];
const OLD_POWER: [&str; 3] = ["PowerControl", "0", "PowerConsumedWatts"];

/// One value of a chassis: its power or its energy.
#[derive(Debug)]
pub struct RedfishMeter(RemoteMeter);

impl RedfishMeter {
    /// The power, and the energy where the controller has one, of a chassis at
    /// `https://HOST[:PORT][#CHASSIS]`; a bare host means HTTPS. Of several chassis one must be
    /// named. Both see the same joules: they are compared, not added. A request may take 5 s.
    ///
    /// The login is taken from the environment variables `HASHWATT_REDFISH_USER` and
    /// `HASHWATT_REDFISH_PASSWORD`, and sent over HTTPS or within the machine only. Certificates
    /// are verified, against Mozilla's list or the file of `HASHWATT_REDFISH_CA` (PEM); there is
    /// no way around it.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, the environment, or a chassis that must be
    /// named; [`MeterError::NotPresent`] where nobody answers, [`MeterError::PermissionDenied`]
    /// where the login or the certificate is refused, [`MeterError::Unsupported`] where the
    /// chassis has no power figure, and [`MeterError::Timeout`] or [`MeterError::Malformed`] for
    /// answers that are none.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// As [`Self::open`], with another deadline for each request.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::HttpsOrHttp)?;
        let transport = login::transport(&address, deadline, &login::environment)?;
        Self::open_over(&address, Arc::new(transport))
    }

    fn open_over(
        address: &Address,
        transport: Arc<dyn Transport>,
    ) -> Result<Vec<Self>, MeterError> {
        let controller = format!("redfish {}", address.base);
        let get = |page: &str, meter: &str| {
            let url = format!("{}{page}", address.base);
            fetch(&*transport, &url, meter, LOGIN, Stage::Opening)
        };
        let chassis = match &address.part {
            Some(chassis) if is_id(chassis) => chassis.clone(),
            Some(_) => return Err(bad_url("what stands after `#` is no chassis' id")),
            None => only_chassis(&controller, &get(CHASSIS, &controller)?)?,
        };
        let device = format!("{controller}#{chassis}");
        let new_page = format!("{CHASSIS}/{chassis}/EnvironmentMetrics");
        let new = match get(&new_page, &device) {
            Ok(page) => Some(page),
            // Controllers from before 2020 have the older page alone.
            Err(MeterError::Unsupported { .. }) => None,
            Err(error) => return Err(error),
        };
        let has = |path: &[&str]| new.as_ref().is_some_and(|page| json::find(page, path).is_some());
        let old_page = format!("{CHASSIS}/{chassis}/Power");
        let power_page = if has(&NEW_POWER) { &new_page } else { &old_page };
        let power_path: &'static [&'static str] =
            if has(&NEW_POWER) { &NEW_POWER } else { &OLD_POWER };
        let meter = |what: &str, quantity, page: &str, extract: Extract| {
            let tolerance = Some(controller_tolerance());
            let id = format!("{device} {what}");
            Self(RemoteMeter {
                transport: Arc::clone(&transport),
                url: format!("{}{page}", address.base),
                login: LOGIN,
                descriptor: Arc::new(descriptor(id, quantity, REFRESH, tolerance, None)),
                extract,
            })
        };
        let mut meters = vec![meter(
            "power",
            MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None },
            power_page,
            Box::new(move |id, page| power(id, page, power_path)),
        )];
        if has(&NEW_ENERGY) {
            let energy = MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_kwh(1.0) / COUNTS_PER_KWH,
                wrap_modulus: None,
                ceiling: CEILING,
            };
            let extract: Extract = Box::new(|id, page| {
                json::counts(id, page, &NEW_ENERGY, COUNTS_PER_KWH).map(Raw::Count)
            });
            meters.push(meter("energy", energy, &new_page, extract));
        }
        for meter in &mut meters {
            meter.read()?;
        }
        Ok(meters)
    }
}

impl EnergyMeter for RedfishMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        self.0.read()
    }
}

/// Controllers that cannot measure say 0 W; a machine that runs this draws more.
fn power(meter: &str, page: &Value, path: &[&str]) -> Result<Raw, MeterError> {
    match json::number(meter, page, path)? {
        watts if watts > 0.0 => Ok(Raw::Power(Watts::from_watts(watts))),
        _ => Err(MeterError::malformed(meter, &format!("{}: 0 W", path.join(".")))),
    }
}

/// What may stand in a page's address without being escaped.
fn is_id(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_~.".contains(c);
    !text.is_empty() && text.chars().all(is_plain) && !text.chars().all(|c| c == '.')
}

/// The one member of the collection.
fn only_chassis(controller: &str, collection: &Value) -> Result<String, MeterError> {
    let wrong = |what: &str| MeterError::malformed(controller, &format!("Members: {what}"));
    let members = json::find(collection, &["Members"]).ok_or_else(|| wrong("missing"))?;
    let members = members.as_array().ok_or_else(|| wrong("is no list"))?;
    let id = |member: &Value| {
        let path = json::find(member, &["@odata.id"]).and_then(Value::as_str)?;
        let id = path.trim_end_matches('/').strip_prefix(CHASSIS)?.strip_prefix('/')?;
        is_id(id).then(|| id.to_owned())
    };
    let ids = members
        .iter()
        .map(|member| id(member).ok_or_else(|| wrong("@odata.id is no chassis")))
        .collect::<Result<Vec<_>, _>>()?;
    match ids.as_slice() {
        [] => Err(MeterError::Unsupported {
            meter: controller.to_owned(),
            reason: "it lists no chassis".to_owned(),
        }),
        [id] => Ok(id.clone()),
        [first, ..] => Err(bad_url(&format!(
            "the controller has several chassis: {}; add the machine's own, such as #{first}",
            ids.join(", ")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::remote::played::Played;
    use super::*;

    const LIST: &str = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1U"}]}"#;
    const OLD: &str = r#"{"PowerControl":[{"PowerConsumedWatts":590},{"PowerConsumedWatts":7}]}"#;
    const NEW: &str = r#"{"PowerWatts":{"Reading":601.5},"EnergykWh":{"Reading":12.345}}"#;

    fn wire(pages: &[(&str, &str)]) -> Arc<Played> {
        let wire = Arc::new(Played::default());
        for (end, page) in pages {
            wire.set(end, Ok(page));
        }
        wire
    }

    fn open(url: &str, wire: &Arc<Played>) -> Result<Vec<RedfishMeter>, MeterError> {
        let address = Address::parse(url, Schemes::HttpsOrHttp).unwrap();
        RedfishMeter::open_over(&address, Arc::clone(wire) as _)
    }

    #[test]
    fn the_older_page_gives_power_alone() {
        let wire = wire(&[("/v1/Chassis", LIST), ("/1U/Power", OLD)]);
        let mut meters = open("bmc", &wire).unwrap();
        assert_eq!(meters.len(), 1);
        assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(590.0)));
        assert_eq!(meters[0].descriptor().id, "redfish https://bmc#1U power");
    }

    #[test]
    fn the_newer_page_gives_both() {
        let wire = wire(&[("/v1/Chassis", LIST), ("/1U/EnvironmentMetrics", NEW)]);
        let mut meters = open("bmc", &wire).unwrap();
        assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(601.5)));
        assert_eq!(meters[1].read().unwrap().raw(), Raw::Count(12_345));
        // A page without the reading leaves the power to the older one.
        wire.set("/1U/EnvironmentMetrics", Ok(r#"{"PowerWatts":{"Reading":null}}"#));
        assert!(matches!(open("bmc", &wire), Err(MeterError::Unsupported { .. })));
        wire.set("/1U/Power", Ok(OLD));
        assert_eq!(open("bmc", &wire).unwrap().len(), 1);
    }

    #[test]
    fn of_several_chassis_one_is_named() {
        let two = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/Self/"},
            {"@odata.id":"/redfish/v1/Chassis/GPU_Tray"}]}"#;
        let wire = wire(&[("/v1/Chassis", two), ("/GPU_Tray/Power", OLD)]);
        let told = open("bmc", &wire).unwrap_err();
        assert!(matches!(told, MeterError::BadSetting { .. }));
        let told = told.to_string();
        assert!(told.contains("Self, GPU_Tray") && told.contains("#Self"), "{told}");
        assert_eq!(open("bmc#GPU_Tray", &wire).unwrap().len(), 1);
        for bad in ["bmc#..", "bmc#a/b", "bmc#a?b"] {
            assert!(matches!(open(bad, &wire), Err(MeterError::BadSetting { .. })), "{bad}");
        }
    }

    #[test]
    fn a_list_that_leads_elsewhere_is_refused() {
        for (list, unsupported) in [
            (r#"{"Members":[]}"#, true),
            (r#"{}"#, false),
            (r#"{"Members":3}"#, false),
            (r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/../../etc"}]}"#, false),
            (r#"{"Members":[{"@odata.id":"http://elsewhere/"}]}"#, false),
            (r#"{"Members":[{}]}"#, false),
        ] {
            let told = open("bmc", &wire(&[("/v1/Chassis", list)])).unwrap_err();
            let is_right = match unsupported {
                true => matches!(told, MeterError::Unsupported { .. }),
                false => matches!(told, MeterError::Malformed { .. }),
            };
            assert!(is_right, "{list}: {told}");
        }
    }

    #[test]
    fn zero_watts_are_no_reading() {
        let zero = r#"{"PowerControl":[{"PowerConsumedWatts":0}]}"#;
        let told = open("bmc#1U", &wire(&[("/1U/Power", zero)])).unwrap_err().to_string();
        assert!(told.contains("PowerConsumedWatts: 0 W"), "{told}");
    }
}
