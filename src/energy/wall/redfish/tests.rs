use super::super::super::{MeterQuantity, RawValue};
use super::super::http::{ErrorResponse, TransportError};
use super::super::remote::mock::MockTransport;
use super::*;
use crate::units::Watts;

const LIST: &str = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1U"}]}"#;
const TWO: &str = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/Self/"},
    {"@odata.id":"/redfish/v1/Chassis/GPU_Tray"}]}"#;
const OLD: &str = r#"{"PowerControl":[{"PowerConsumedWatts":590},{"PowerConsumedWatts":7}]}"#;
const NEW: &str = r#"{"PowerWatts":{"Reading":601.5},"EnergykWh":{"Reading":12.345}}"#;

fn wire(pages: &[(&str, &str)]) -> Arc<MockTransport> {
    let wire = Arc::new(MockTransport::default());
    for (end, page) in pages {
        wire.set(end, Ok(page));
    }
    wire
}

fn open(url: &str, wire: &Arc<MockTransport>) -> Result<Vec<RedfishMeter>, MeterError> {
    let address = Address::parse(url, Schemes::HttpsOrHttp).unwrap();
    RedfishMeter::open_over(&address, Arc::clone(wire) as _)
}

fn power(url: &str, wire: &Arc<MockTransport>) -> f64 {
    let mut meters = open(url, wire).unwrap();
    let is_power = matches!(meters[0].descriptor().quantity, MeterQuantity::Power { .. });
    assert!(is_power, "{:?}", meters[0].descriptor());
    match meters[0].read().unwrap().raw() {
        RawValue::Power(power) => power.as_watts(),
        other => panic!("{other:?}"),
    }
}

fn refused(url: &str, wire: &Arc<MockTransport>) -> String {
    let error = open(url, wire).unwrap_err();
    assert!(matches!(error, MeterError::BadSetting { .. }), "{error}");
    error.to_string()
}

#[test]
fn older_page_gives_power_only() {
    let wire = wire(&[("/v1/Chassis", LIST), ("/1U/Power", OLD)]);
    let meters = open("bmc", &wire).unwrap();
    assert_eq!(meters.len(), 1);
    assert_eq!(meters[0].descriptor().id, "redfish https://bmc#1U power");
    assert_eq!(power("bmc", &wire), 590.0);
}

#[test]
fn newer_page_gives_power_and_energy_in_one_fetch() {
    let wire = wire(&[("/v1/Chassis", LIST), ("/1U/EnvironmentMetrics", NEW)]);
    let mut meters = open("bmc", &wire).unwrap();
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(601.5)));
    assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(12_345));
    // Without a valid reading on this page, the power is read from the older page.
    wire.set("/1U/Power", Ok(OLD));
    for reading in ["null", "0", "-5", "\"601\"", "1e9"] {
        let page = format!(r#"{{"PowerWatts":{{"Reading":{reading}}}}}"#);
        wire.set("/1U/EnvironmentMetrics", Ok(&page));
        assert_eq!(power("bmc", &wire), 590.0, "{reading}");
    }
}

#[test]
fn links_are_followed_unchanged() {
    let wire = wire(&[
        ("/redfish/v1/", r#"{"Chassis":{"@odata.id":"/redfish/v1/Enclosures/"}}"#),
        ("/redfish/v1/Enclosures/", r#"{"Members":[{"@odata.id":"/redfish/v1/E/a:b%20c/"}]}"#),
        (
            "/redfish/v1/E/a:b%20c/",
            r#"{"Power":{"@odata.id":"/redfish/v1/E/a:b%20c/Power.1/"},"PowerSubsystem":{}}"#,
        ),
        ("/redfish/v1/E/a:b%20c/Power.1/", OLD),
    ]);
    assert_eq!(power("bmc", &wire), 590.0);
    // None of the usual paths was tried in addition.
    assert!(
        wire.requests().iter().all(|url| !url.contains("/v1/Chassis")),
        "{:?}",
        wire.requests()
    );
    assert_eq!(power("bmc#a:b c", &wire), 590.0);
}

#[test]
fn only_chassis_with_power_is_used_and_invalid_members_are_skipped() {
    let odd = r#"{"Members":[{"@odata.id":"http://elsewhere/x"}, 7, {},
        {"@odata.id":"/redfish/v1/Chassis/Enclosure.0:RAID.1"},
        {"@odata.id":"/redfish/v1/Chassis/Broken"},
        {"@odata.id":"/redfish/v1/Chassis/Main"}]}"#;
    let wire = wire(&[("/v1/Chassis", odd), ("/Main/Power", OLD), ("/Broken/Power", "<html>")]);
    wire.set("/Broken", Err(TransportError::ErrorResponse(ErrorResponse::new(403))));
    assert_eq!(open("bmc", &wire).unwrap()[0].descriptor().id, "redfish https://bmc#Main power");
    assert!(wire.requests().iter().all(|url| url.starts_with("https://bmc/redfish/v1/")));
}

#[test]
fn several_chassis_with_power_require_a_named_chassis() {
    let wire = wire(&[("/v1/Chassis", TWO), ("/GPU_Tray/Power", OLD), ("/Self/Power", OLD)]);
    let result = refused("bmc", &wire);
    assert!(result.contains("Self, GPU_Tray") && result.contains("#Self"), "{result}");
    assert_eq!(power("bmc#GPU_Tray", &wire), 590.0);
    let result = refused("bmc#Tray", &wire);
    assert!(result.contains("no chassis `Tray`; it has: Self, GPU_Tray"), "{result}");
    for invalid in ["bmc#..", "bmc#a/b", "bmc#a?b"] {
        refused(invalid, &wire);
    }
}

#[test]
fn more_chassis_than_are_searched_require_a_named_chassis() {
    let member = |n| format!(r#"{{"@odata.id":"/redfish/v1/Chassis/C{n}"}}"#);
    let members: Vec<_> = (0..33).map(member).collect();
    let list = format!(r#"{{"Members":[{}]}}"#, members.join(","));
    let wire = wire(&[("/v1/Chassis", &list), ("/C32/Power", OLD)]);
    let result = refused("bmc", &wire);
    assert!(result.contains("33 chassis") && result.contains("at most 32"), "{result}");
    assert_eq!(wire.requests().len(), 2);
    assert_eq!(power("bmc#C32", &wire), 590.0);
}

#[test]
fn machine_without_power_lists_what_was_found() {
    let parts = r#"{"PowerControl":[{"Name":"CPU Sub-system Power","PowerConsumedWatts":5}]}"#;
    let wire = wire(&[
        ("/v1/Chassis", TWO),
        ("/Chassis/Self/", r#"{"PowerSubsystem":{"@odata.id":"/x"}}"#),
        ("/GPU_Tray/Power", parts),
    ]);
    let error = open("bmc", &wire).unwrap_err();
    assert!(matches!(error, MeterError::Unsupported { .. }));
    let message = error.to_string();
    for found in ["Self has PowerSubsystem", "GPU_Tray has PowerControl of parts only: CPU"] {
        assert!(message.contains(found), "{message}");
    }
}

#[test]
fn machine_entry_keeps_its_name_during_a_run() {
    let list = |watts| {
        format!(
            r#"{{"PowerControl":[{{"Name":"Memory Power","PowerConsumedWatts":30}},
                {{"Name":"System Power","PowerConsumedWatts":{watts}}}]}}"#
        )
    };
    let wire = wire(&[("/v1/Chassis", LIST), ("/1U/Power", &list("480"))]);
    let mut meters = open("bmc", &wire).unwrap();
    assert_eq!(meters[0].descriptor().id, "redfish https://bmc#1U power `System Power`");
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(480.0)));
    wire.set("/1U/Power", Ok(&list("null")));
    let error = meters[0].read().unwrap_err();
    assert!(matches!(error, MeterError::Malformed { .. }), "{error}");
}

#[test]
fn invalid_member_list_is_refused() {
    for (list, unsupported) in [
        (r#"{"Members":[]}"#, true),
        (r#"{}"#, false),
        (r#"{"Members":3}"#, false),
        (r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/../../etc"}]}"#, false),
        (r#"{"Members":[{"@odata.id":"http://elsewhere/"}]}"#, false),
        (r#"{"Members":[{}]}"#, false),
    ] {
        let error = open("bmc", &wire(&[("/v1/Chassis", list)])).unwrap_err();
        let is_right = match unsupported {
            true => matches!(error, MeterError::Unsupported { .. }),
            false => matches!(error, MeterError::Malformed { .. }),
        };
        assert!(is_right, "{list}: {error}");
    }
}

#[test]
fn zero_watts_are_malformed() {
    let zero = r#"{"PowerControl":[{"PowerConsumedWatts":0}]}"#;
    let message = open("bmc#1U", &wire(&[("/1U/Power", zero)])).unwrap_err().to_string();
    assert!(message.contains("PowerConsumedWatts: 0 W"), "{message}");
}

#[test]
fn required_login_is_reported_before_other_errors() {
    let wire = wire(&[("/v1/Chassis", TWO)]);
    let response = TransportError::ErrorResponse(ErrorResponse::new(401));
    wire.set("/GPU_Tray/Power", Err(response.clone()));
    assert!(matches!(open("bmc", &wire), Err(MeterError::PermissionDenied { .. })));
    wire.set("/v1/Chassis", Err(response));
    let error = open("bmc", &wire).unwrap_err();
    assert!(matches!(error, MeterError::PermissionDenied { .. }));
    assert!(error.to_string().contains("HASHWATT_REDFISH_USER"), "{error}");
}
