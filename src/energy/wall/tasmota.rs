//! Devices with the Tasmota firmware, through its HTTP commands:
//! <https://tasmota.github.io/docs/Commands/#with-web-requests> and, for `Status 8`,
//! <https://tasmota.github.io/docs/Commands/#management>.
//!
//! `StatusSNS.ENERGY.Power` is in watts with a resolution of 1 W, unless changed with `WattRes`;
//! `StatusSNS.ENERGY.Total` is in kilowatt-hours with a resolution of 0.001 kWh (3,600 J), unless
//! changed with `EnergyRes`. A counter this coarse needs hours; for a short run use the power. Devices
//! with several channels have lists there. A reader of an electricity meter's telegrams
//! (<https://tasmota.github.io/docs/Smart-Meter-Interface/>) has sensors and fields with names from
//! the user's script, which must be given here too.

mod fields;

use super::super::text::printable;
use super::super::{EnergyMeter, MeterDescriptor, MeterError, Reading};
use super::address::{Address, Schemes};
use super::environment::variable;
use super::http::{DEADLINE, HttpTransport, Transport};
use super::opening::Opening;
use super::remote::RemoteMeter;
use fields::{FieldSelector, Fields};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use std::time::Duration;

const PASSWORD: &str = "HASHWATT_TASMOTA_PASSWORD";
const LOGIN: &str = "set the environment variable HASHWATT_TASMOTA_PASSWORD to its web password";
/// The key of the sensors' readings in a response to `Status 8`.
const SENSORS: &str = "StatusSNS";
/// The characters to escape in a URL's query: all but letters, digits and `-._~` (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One value of a Tasmota device: its power or its energy.
#[derive(Debug)]
pub struct TasmotaMeter(RemoteMeter);

impl TasmotaMeter {
    /// Opens the power and the energy at `http://HOST[:PORT][#PART]`. Both measure the same subject:
    /// they are compared and not added. The part is a channel, counted from 1 as on the device; it
    /// must be given if there are several. If the device has only one total for all channels, a
    /// channel has a power and no energy. For the telegrams of an electricity meter, the part gives
    /// the field of the power in W and optionally that of the energy in kWh:
    /// `#MT175.Power_cur,MT175.Total_in`. The web password is read from the environment variable
    /// `HASHWATT_TASMOTA_PASSWORD` and never shown; it is sent unencrypted. A request may take up to
    /// 2 s; requests with transient errors are repeated for up to 10 s in total.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, a channel or a field that does not exist or must
    /// be given, or a password that is not valid UTF-8; [`MeterError::NotPresent`] if the device is
    /// unreachable, [`MeterError::PermissionDenied`] if the password is missing or wrong,
    /// [`MeterError::Unsupported`] if the device does not measure, and [`MeterError::Busy`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for failed requests and invalid
    /// responses.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// Like [`Self::open`], but with another deadline for each request.
    ///
    /// # Errors
    /// Those of [`Self::open`].
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
        let fragment = FieldSelector::parse(address.fragment.as_deref())?;
        let login = password.map(|password| {
            format!("&user=admin&password={}", utf8_percent_encode(password, RESERVED))
        });
        let page = format!("/cm?cmnd=Status%208{}", login.as_deref().unwrap_or_default());
        let opening = Opening::new(&transport, &address.base, "tasmota", LOGIN);
        let device = match &address.fragment {
            Some(fragment) => format!("{}#{}", opening.device, printable(fragment, 60)),
            None => opening.device.clone(),
        };
        let fields = Fields::select(&device, &opening.require(&page)?, &fragment)?;
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
    use super::super::remote::mock::MockTransport;
    use super::*;
    use crate::units::Watts;

    const ONE: &str = r#"{"StatusSNS":{"Time":"2024-01-01T00:00:00","ENERGY":{
        "Total":123.456,"Yesterday":1.0,"Today":0.5,"Power":100,"Voltage":230}}}"#;
    const END: &str = "/cm?cmnd=Status%208";

    fn open(url: &str, page: &str) -> Result<Vec<TasmotaMeter>, MeterError> {
        let wire = Arc::new(MockTransport::default());
        wire.set(END, Ok(page));
        TasmotaMeter::open_over(url, wire, None)
    }

    #[test]
    fn single_channel_gives_power_and_energy() {
        let mut meters = open("plug", ONE).unwrap();
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(100.0)));
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(123_456));
        assert_eq!(open("plug#1", ONE).unwrap().len(), 2);
        assert!(matches!(open("plug#2", ONE), Err(MeterError::BadSetting { .. })));
    }

    #[test]
    fn several_channels_require_a_named_channel() {
        let several =
            |total| format!(r#"{{"StatusSNS":{{"ENERGY":{{"Power":[7,9],"Total":{total}}}}}}}"#);
        let message = open("plug", &several("1")).unwrap_err().to_string();
        assert!(message.contains("2 channels"), "{message}");
        for bad in ["plug#0", "plug#3"] {
            assert!(matches!(open(bad, &several("1")), Err(MeterError::BadSetting { .. })));
        }
        // One total for all channels is not that of one channel.
        let mut meters = open("plug#2", &several("1")).unwrap();
        assert_eq!(meters.len(), 1);
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(9.0)));
        let mut meters = open("plug#2", &several("[1.5,2.5]")).unwrap();
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(2500));
    }

    #[test]
    fn password_is_sent_escaped_and_never_shown() {
        let wire = Arc::new(MockTransport::default());
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
        let message = format!("{:?} {:?}", meters[0].read().unwrap_err(), open().unwrap_err());
        assert!(!message.contains("a%26b"), "{message}");
    }

    #[test]
    fn missing_password_names_the_variable() {
        let result = open("plug", r#"{"WARNING":"Need user=<username>&password=<password>"}"#);
        let error = result.unwrap_err();
        assert!(matches!(error, MeterError::PermissionDenied { .. }));
        assert!(error.to_string().contains(PASSWORD), "{error}");
    }

    #[test]
    fn plug_without_a_sensor_is_unsupported() {
        let error = open("plug", r#"{"StatusSNS":{"Time":"2024-01-01T00:00:00"}}"#).unwrap_err();
        assert!(matches!(error, MeterError::Unsupported { .. }));
        assert!(error.to_string().contains("no ENERGY; it has no sensor"), "{error}");
        let error = open("plug", r#"{"Command":"Unknown"}"#).unwrap_err();
        assert!(matches!(error, MeterError::Malformed { .. }), "{error}");
        assert!(error.to_string().contains("StatusSNS"), "{error}");
    }

    const TELEGRAM: &str = r#"{"StatusSNS":{"Time":"2026-01-01T00:00:00","Switch1":"ON",
        "E320":{"Meter_id":"0a","Total_out":7.25,"Total_in":4321.0987,"Power_now":612.5}}}"#;

    #[test]
    fn house_meter_fields_are_selected_by_name() {
        let mut meters = open("reader#E320.Power_now,E320.Total_in", TELEGRAM).unwrap();
        assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(612.5)));
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(43_210_987));
        let MeterQuantity::CumulativeEnergy { per_count, .. } = meters[1].descriptor().quantity
        else {
            panic!("{:?}", meters[1].descriptor());
        };
        assert_eq!(per_count.as_joules(), 360.0);
        let descriptor = meters[0].descriptor();
        assert!(descriptor.caveat.as_deref().unwrap().contains("connected to that meter"));
        assert_eq!(open("reader#E320.Power_now", TELEGRAM).unwrap().len(), 1);
    }

    #[test]
    fn device_without_energy_sensor_suggests_working_field_names() {
        let error = open("reader", TELEGRAM).unwrap_err();
        assert!(matches!(error, MeterError::Unsupported { .. }));
        let message = error.to_string();
        let has = "no ENERGY; it has E320 with Meter_id, Power_now, Total_in, Total_out";
        assert!(message.contains(has), "{message}");
        let form = message.rsplit_once("such as ").unwrap().1;
        assert_eq!(form, "#E320.Power_now,E320.Total_in");
        assert_eq!(open(&format!("reader{form}"), TELEGRAM).unwrap().len(), 2);
    }

    #[test]
    fn missing_or_invalid_named_fields_are_refused_with_the_reason() {
        let error = open("reader#E320.Power", TELEGRAM).unwrap_err();
        assert!(matches!(error, MeterError::BadSetting { .. }));
        assert!(error.to_string().contains("no E320.Power; it has E320 with"), "{error}");
        let error = open("reader#E320.Meter_id", TELEGRAM).unwrap_err();
        assert!(matches!(error, MeterError::Malformed { .. }));
        assert!(error.to_string().contains("E320.Meter_id: \"0a\" is not a number"), "{error}");
        let fed = TELEGRAM.replace("612.5", "-612.5");
        let message = open("reader#E320.Power_now", &fed).unwrap_err().to_string();
        assert!(message.contains("Power_now: -612.5 is negative: power fed back"), "{message}");
    }

    #[test]
    fn invalid_parts_are_refused_with_the_valid_forms() {
        for bad in ["one", "-1", "99999", ".a", "a.", "a.b,", "a.b,c", "a.b,c.d,e.f"] {
            let message = open(&format!("plug#{bad}"), ONE).unwrap_err();
            assert!(matches!(message, MeterError::BadSetting { .. }), "{bad}: {message}");
            assert!(message.to_string().contains("#MT175.Power_cur"), "{bad}: {message}");
        }
    }
}
