//! Devices with the Tasmota firmware, by its HTTP commands:
//! <https://tasmota.github.io/docs/Commands/#with-web-requests> and, for `Status 8`,
//! <https://tasmota.github.io/docs/Commands/#management>.
//!
//! `StatusSNS.ENERGY.Power` is watts, given to 1 W unless `WattRes` says otherwise;
//! `StatusSNS.ENERGY.Total` is kilowatt-hours, given to 0.001 kWh (3,600 J) unless `EnergyRes`
//! says otherwise. So coarse a counter needs hours; the power is the better view of a short run.
//! Devices with several channels have lists there. A reader of a house meter's telegrams
//! (<https://tasmota.github.io/docs/Smart-Meter-Interface/>) has a sensor and fields as its user's script
//! names them, which must be named here too.

mod fields;

use super::super::text::printable;
use super::super::{EnergyMeter, MeterDescriptor, MeterError, Reading};
use super::address::{Address, Schemes};
use super::environment::variable;
use super::http::{DEADLINE, HttpTransport, Transport};
use super::opening::Opening;
use super::remote::RemoteMeter;
use fields::{Fields, Part};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use std::time::Duration;

const PASSWORD: &str = "HASHWATT_TASMOTA_PASSWORD";
const LOGIN: &str = "set the environment variable HASHWATT_TASMOTA_PASSWORD to its web password";
/// The key of the sensors' readings in an answer to `Status 8`.
const SENSORS: &str = "StatusSNS";
/// What may not stand in a URL's query as it is: all but letters, digits and `-._~` (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One value of a Tasmota device: its power or its energy.
#[derive(Debug)]
pub struct TasmotaMeter(RemoteMeter);

impl TasmotaMeter {
    /// The power and the energy at `http://HOST[:PORT][#PART]`. Both see the same joules: they are
    /// compared, not added. The part is a channel, counted from 1 as the device's own are, which
    /// must be named where there are several; where the device has one total for all channels, a
    /// channel's power comes without it. For a house meter's telegrams it is the fields of the
    /// power in W and, if there is one, of the energy in kWh: `#MT175.Power_cur,MT175.Total_in`.
    /// The web password is taken from the environment variable `HASHWATT_TASMOTA_PASSWORD` and
    /// never shown; it travels unencrypted. A request may take 2 s; a device that asks for time is
    /// waited for, up to 10 s in all.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, a channel or a field that is not there or must
    /// be named, or a password that is no text; [`MeterError::NotPresent`] where nobody answers,
    /// [`MeterError::PermissionDenied`] where the password is missing or wrong,
    /// [`MeterError::Unsupported`] where the device does not measure, and [`MeterError::Busy`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for answers that are none.
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
        let part = Part::parse(address.part.as_deref())?;
        let login = password.map(|password| {
            format!("&user=admin&password={}", utf8_percent_encode(password, RESERVED))
        });
        let page = format!("/cm?cmnd=Status%208{}", login.as_deref().unwrap_or_default());
        let opening = Opening::new(&transport, &address.base, "tasmota", LOGIN);
        let device = match &address.part {
            Some(part) => format!("{}#{}", opening.device, printable(part, 60)),
            None => opening.device.clone(),
        };
        let fields = Fields::choose(&device, &opening.need(&page)?, &part)?;
        let views = fields.views(&device).into_iter();
        let views = views.map(|(descriptor, extract)| (page.clone(), descriptor, extract));
        Ok(opening.meters(views.collect())?.into_iter().map(Self).collect())
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

#[cfg(test)]
mod tests {
    use super::super::super::{MeterQuantity, RawValue};
    use super::super::http::TransportError;
    use super::super::remote::played::Played;
    use super::*;
    use crate::units::Watts;

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
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(100.0)));
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(123_456));
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
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(9.0)));
        let mut meters = open("plug#2", &several("[1.5,2.5]")).unwrap();
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(2500));
    }

    #[test]
    fn the_password_goes_out_escaped_and_is_never_shown() {
        let wire = Arc::new(Played::default());
        wire.set("&user=admin&password=a%26b%20%C3%A4", Ok(ONE));
        let open = || TasmotaMeter::open_over("plug", Arc::clone(&wire) as _, Some("a&b ä"));
        let mut meters = open().unwrap();
        let shown = format!("{meters:?} {:?}", meters[0].descriptor());
        assert!(!shown.contains("a%26b") && !shown.contains("a&b"), "{shown}");
        wire.set(
            "&password=a%26b%20%C3%A4",
            Err(TransportError::Unreachable { reason: "x".to_owned(), remedy: "r" }),
        );
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
        let told = open("plug", r#"{"StatusSNS":{"Time":"2024-01-01T00:00:00"}}"#).unwrap_err();
        assert!(matches!(told, MeterError::Unsupported { .. }));
        assert!(told.to_string().contains("no ENERGY; it has no sensor"), "{told}");
        let told = open("plug", r#"{"Command":"Unknown"}"#).unwrap_err();
        assert!(matches!(told, MeterError::Malformed { .. }), "{told}");
        assert!(told.to_string().contains("StatusSNS"), "{told}");
    }

    const TELEGRAM: &str = r#"{"StatusSNS":{"Time":"2026-01-01T00:00:00","Switch1":"ON",
        "E320":{"Meter_id":"0a","Total_out":7.25,"Total_in":4321.0987,"Power_now":612.5}}}"#;

    #[test]
    fn a_house_meters_fields_are_named_by_the_user() {
        let mut meters = open("reader#E320.Power_now,E320.Total_in", TELEGRAM).unwrap();
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(612.5)));
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(43_210_987));
        let MeterQuantity::CumulativeEnergy { per_count, .. } = meters[1].descriptor().quantity
        else {
            panic!("{:?}", meters[1].descriptor());
        };
        assert_eq!(per_count.as_joules(), 360.0);
        let descriptor = meters[0].descriptor();
        assert!(descriptor.caveat.as_deref().unwrap().contains("behind that meter"));
        assert_eq!(open("reader#E320.Power_now", TELEGRAM).unwrap().len(), 1);
    }

    #[test]
    fn without_a_sensor_of_its_own_what_it_has_is_told_with_a_form_that_works() {
        let told = open("reader", TELEGRAM).unwrap_err();
        assert!(matches!(told, MeterError::Unsupported { .. }));
        let told = told.to_string();
        let has = "no ENERGY; it has E320 with Meter_id, Power_now, Total_in, Total_out";
        assert!(told.contains(has), "{told}");
        let form = told.rsplit_once("such as ").unwrap().1;
        assert_eq!(form, "#E320.Power_now,E320.Total_in");
        assert_eq!(open(&format!("reader{form}"), TELEGRAM).unwrap().len(), 2);
    }

    #[test]
    fn named_fields_that_are_missing_or_no_watts_are_refused_in_words() {
        let told = open("reader#E320.Power", TELEGRAM).unwrap_err();
        assert!(matches!(told, MeterError::BadSetting { .. }));
        assert!(told.to_string().contains("no E320.Power; it has E320 with"), "{told}");
        let told = open("reader#E320.Meter_id", TELEGRAM).unwrap_err();
        assert!(matches!(told, MeterError::Malformed { .. }));
        assert!(told.to_string().contains("E320.Meter_id: \"0a\" is no number"), "{told}");
        let fed = TELEGRAM.replace("612.5", "-612.5");
        let told = open("reader#E320.Power_now", &fed).unwrap_err().to_string();
        assert!(told.contains("Power_now: -612.5 is negative, power fed back"), "{told}");
    }

    #[test]
    fn other_parts_are_refused_with_the_forms() {
        for bad in ["one", "-1", "99999", ".a", "a.", "a.b,", "a.b,c", "a.b,c.d,e.f"] {
            let told = open(&format!("plug#{bad}"), ONE).unwrap_err();
            assert!(matches!(told, MeterError::BadSetting { .. }), "{bad}: {told}");
            assert!(told.to_string().contains("#MT175.Power_cur"), "{bad}: {told}");
        }
    }
}
