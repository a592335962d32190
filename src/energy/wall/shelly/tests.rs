use super::super::super::{METER_SPEC_FORMS, MeterQuantity, RawValue};
use super::super::http::{ErrorResponse, TransportError};
use super::super::remote::mock::MockTransport;
use super::*;
use crate::uncertainty::Scope;
use crate::units::Watts;

const PLUG: &str = r#"{"id":0,"output":true,"apower":8.9,"voltage":237.5,
    "aenergy":{"total":6.532,"by_minute":[45.199,47.141,88.397],"minute_ts":1626935779}}"#;

fn wire(pages: &[(&str, &str)]) -> Arc<MockTransport> {
    let wire = Arc::new(MockTransport::default());
    for (end, page) in pages {
        wire.set(end, Ok(page));
    }
    wire
}

fn open(url: &str, wire: &Arc<MockTransport>) -> Result<Vec<ShellyMeter>, MeterError> {
    ShellyMeter::open_over(url, Arc::clone(wire) as _)
}

/// The power in watts, the energy in counts and the joules of a count.
fn read(url: &str, wire: &Arc<MockTransport>) -> (f64, u64, f64) {
    let mut meters = open(url, wire).unwrap();
    let MeterQuantity::CumulativeEnergy { per_count, .. } = meters[1].descriptor().quantity else {
        panic!("{:?}", meters[1].descriptor());
    };
    match (meters[0].read().unwrap().raw(), meters[1].read().unwrap().raw()) {
        (RawValue::Power(power), RawValue::Count(count)) => {
            (power.as_watts(), count, per_count.as_joules())
        }
        other => panic!("{other:?}"),
    }
}

/// A device of the second generation with this status page and a page for `Switch` 2.
fn second(status: &str) -> Arc<MockTransport> {
    wire(&[
        ("/shelly", r#"{"gen":2,"app":"Plus2PM","auth_en":false}"#),
        ("/rpc/Shelly.GetStatus", status),
        ("/rpc/Switch.GetStatus?id=2", PLUG),
    ])
}

#[test]
fn plug_power_and_energy_share_one_subject_and_one_fetch() {
    let wire = second(&format!(r#"{{"sys":{{}},"switch:2":{PLUG}}}"#));
    let mut meters = open("plug", &wire).unwrap();
    let pages = ["/shelly", "/rpc/Shelly.GetStatus", "/rpc/Switch.GetStatus?id=2"];
    assert_eq!(wire.requests(), pages.map(|page| format!("http://plug{page}")));
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(8.9)));
    assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(6532));
    assert_eq!(read("plug#switch:2", &wire), (8.9, 6532, 3.6));
    let (power, energy) = (meters[0].descriptor(), meters[1].descriptor());
    assert_eq!((power.scope, &power.subject), (Scope::NodeWall, &energy.subject));
    assert_eq!(power.id, "shelly http://plug#switch:2 power");
    assert_ne!(power.id, energy.id);
}

#[test]
fn several_channels_require_a_named_channel() {
    let wire = second(&format!(r#"{{"switch:1":{PLUG},"switch:2":{PLUG},"input:0":{{}}}}"#));
    let error = open("plug", &wire).unwrap_err();
    assert!(matches!(error, MeterError::BadSetting { .. }));
    assert!(error.to_string().contains("#switch:1, #switch:2"), "{error}");
    let error = open("plug#7", &wire).unwrap_err();
    assert!(matches!(error, MeterError::BadSetting { .. }));
    assert!(error.to_string().contains("no channel 7; it has: 1, 2"), "{error}");
    assert_eq!(read("plug#2", &wire).0, 8.9);
}

#[test]
fn device_without_a_sensor_lists_its_components() {
    let wire = second(r#"{"sys":{},"switch:0":{"id":0,"output":true},"input:0":{}}"#);
    for url in ["plug", "plug#0"] {
        let error = open(url, &wire).unwrap_err();
        assert!(matches!(error, MeterError::Unsupported { .. }));
        assert!(error.to_string().contains("a Plus2PM with input:0, switch:0"), "{error}");
    }
}

#[test]
fn three_phases_are_read_together_or_singly() {
    let em = r#"{"id":0,"a_act_power":100.5,"b_act_power":-3.0,"total_act_power":400.25}"#;
    let data = r#"{"id":0,"total_act":1000.75,"a_total_act_energy":200.5,"b_total_act_energy":1}"#;
    let wire = wire(&[
        ("/shelly", r#"{"gen":2,"app":"Pro3EM","profile":"triphase"}"#),
        ("/rpc/EM.GetStatus?id=0", em),
        ("/rpc/EMData.GetStatus?id=0", data),
    ]);
    // Without and with the page of all components.
    for _ in 0..2 {
        assert_eq!(read("plug", &wire), (400.25, 100_075, 36.0));
        assert_eq!(read("plug#a", &wire), (100.5, 20_050, 36.0));
        let message = open("plug#b", &wire).unwrap_err().to_string();
        assert!(message.contains("b_act_power: -3 is negative: power fed back"), "{message}");
        wire.set("/rpc/Shelly.GetStatus", Ok(&format!(r#"{{"em:0":{em},"emdata:0":{data}}}"#)));
    }
}

#[test]
fn clamps_are_distinguished_from_the_relay() {
    let wire = wire(&[
        ("/shelly", r#"{"gen":3,"app":"EMG3"}"#),
        ("/rpc/EM1.GetStatus?id=0", r#"{"act_power":77.5}"#),
        ("/rpc/EM1Data.GetStatus?id=0", r#"{"total_act_energy":12.34}"#),
        ("/rpc/Shelly.GetStatus", r#"{"switch:0":{"output":true},"em1:0":{"act_power":77.5}}"#),
    ]);
    assert_eq!(read("plug", &wire), (77.5, 1234, 36.0));
    let both = format!(r#"{{"switch:0":{PLUG},"em1:0":{{"act_power":77.5}}}}"#);
    wire.set("/rpc/Shelly.GetStatus", Ok(&both));
    let message = open("plug#0", &wire).unwrap_err().to_string();
    assert!(
        message.contains("#switch:0, #em1:0") || message.contains("#em1:0, #switch:0"),
        "{message}"
    );
    assert_eq!(read("plug#em1:0", &wire).0, 77.5);
}

#[test]
fn generation_1_meters_count_watt_minutes_and_clamps_watt_hours() {
    let wire = wire(&[
        ("/shelly", r#"{"type":"SHPLG-S","auth":false}"#),
        ("/meter/0", r#"{"power":55.25,"is_valid":true,"total":90000}"#),
    ]);
    assert_eq!(read("plug", &wire), (55.25, 90_000, 60.0));
    wire.set("/meter/0", Ok(r#"{"power":55.25,"is_valid":false,"total":90000}"#));
    let message = open("plug", &wire).unwrap_err().to_string();
    assert!(message.contains("is_valid: false"), "{message}");
    let one = r#"{"power":10.5,"is_valid":true,"total":5.3}"#;
    wire.set("/status", Ok(&format!(r#"{{"emeters":[{one},{one},{one}],"relays":[{{}}]}}"#)));
    wire.set("/emeter/2", Ok(one));
    let message = open("plug", &wire).unwrap_err().to_string();
    assert!(message.contains("#emeter:0, #emeter:1, #emeter:2"), "{message}");
    assert_eq!(read("plug#2", &wire), (10.5, 53, 360.0));
}

#[test]
fn channel_refused_by_an_unlisted_device_shows_its_message() {
    let wire = wire(&[("/rpc/Switch.GetStatus?id=0", PLUG), ("/rpc/Switch.GetStatus?id=1", PLUG)]);
    let body = r#"{"code":-105,"message":"Argument 'id', value 5 not found!"}"#.to_owned();
    let response = ErrorResponse { body, ..ErrorResponse::new(500) };
    wire.set("/rpc/Switch.GetStatus?id=5", Err(TransportError::ErrorResponse(response)));
    let error = open("plug#5", &wire).unwrap_err();
    assert!(matches!(error, MeterError::BadSetting { .. }));
    let expected = "Argument 'id', value 5 not found: the device has no channel 5; it has: 0, 1";
    assert!(error.to_string().contains(expected), "{error}");
    // The first of two channels is not taken for the only one.
    let message = open("plug", &wire).unwrap_err().to_string();
    assert!(message.contains("#switch:0, #switch:1"), "{message}");
}

#[test]
fn other_device_is_unsupported_and_offline_device_is_not_present() {
    let wire = wire(&[]);
    let error = open("plug", &wire).unwrap_err();
    assert!(matches!(error, MeterError::Unsupported { .. }));
    assert!(error.to_string().contains("none of the pages of a Shelly"), "{error}");
    wire.set("/rpc/Shelly.GetDeviceInfo", Ok(r#"{"gen":2,"app":"Pro3EM"}"#));
    let message = open("plug#1", &wire).unwrap_err().to_string();
    assert!(message.contains("a Pro3EM without a supported component"), "{message}");
    wire.set(
        "/shelly",
        Err(TransportError::Unreachable { reason: "refused".to_owned(), remedy: "r" }),
    );
    assert!(matches!(open("plug", &wire), Err(MeterError::NotPresent { .. })));
}

#[test]
fn errors_during_a_run_are_transient_except_a_login() {
    let wire = wire(&[("/rpc/Switch.GetStatus?id=0", PLUG)]);
    let mut meters = open("plug", &wire).unwrap();
    let mut error = |error| {
        wire.set("/rpc/Switch.GetStatus?id=0", Err(error));
        meters[0].read().unwrap_err()
    };
    let unreachable =
        error(TransportError::Unreachable { reason: "refused".to_owned(), remedy: "r" });
    assert!(matches!(unreachable, MeterError::NoAnswer { .. }));
    let late = error(TransportError::Timeout);
    assert!(matches!(late, MeterError::Timeout { .. }) && late.is_transient());
    let busy = error(TransportError::ErrorResponse(ErrorResponse::new(429)));
    assert!(matches!(busy, MeterError::Busy { .. }) && busy.is_transient());
    let login = error(TransportError::ErrorResponse(ErrorResponse::new(401)));
    assert!(matches!(login, MeterError::PermissionDenied { .. }) && !login.is_transient());
    assert!(login.to_string().contains("digest"), "{login}");
    // The remedy names an existing kind of meter and does not change the device.
    assert!(
        login.to_string().contains("csv:FILE") && METER_SPEC_FORMS.contains(&"csv:FILE"),
        "{login}"
    );
}
