use super::super::super::{MeterQuantity, RawValue};
use super::super::http::{Refusal, TransportError};
use super::super::remote::played::Played;
use super::*;
use crate::units::Watts;

const LIST: &str = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1U"}]}"#;
const TWO: &str = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/Self/"},
    {"@odata.id":"/redfish/v1/Chassis/GPU_Tray"}]}"#;
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

fn power(url: &str, wire: &Arc<Played>) -> f64 {
    let mut meters = open(url, wire).unwrap();
    let is_power = matches!(meters[0].descriptor().quantity, MeterQuantity::Power { .. });
    assert!(is_power, "{:?}", meters[0].descriptor());
    match meters[0].read().unwrap().raw() {
        RawValue::Power(power) => power.as_watts(),
        other => panic!("{other:?}"),
    }
}

fn refused(url: &str, wire: &Arc<Played>) -> String {
    let told = open(url, wire).unwrap_err();
    assert!(matches!(told, MeterError::BadSetting { .. }), "{told}");
    told.to_string()
}

#[test]
fn the_older_page_gives_power_alone() {
    let wire = wire(&[("/v1/Chassis", LIST), ("/1U/Power", OLD)]);
    let meters = open("bmc", &wire).unwrap();
    assert_eq!(meters.len(), 1);
    assert_eq!(meters[0].descriptor().id, "redfish https://bmc#1U power");
    assert_eq!(power("bmc", &wire), 590.0);
}

#[test]
fn the_newer_page_gives_both_in_one_fetch() {
    let wire = wire(&[("/v1/Chassis", LIST), ("/1U/EnvironmentMetrics", NEW)]);
    let mut meters = open("bmc", &wire).unwrap();
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(601.5)));
    assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(12_345));
    // A page without the reading, or with none that counts, leaves the power to the older one.
    wire.set("/1U/Power", Ok(OLD));
    for reading in ["null", "0", "-5", "\"601\"", "1e9"] {
        let page = format!(r#"{{"PowerWatts":{{"Reading":{reading}}}}}"#);
        wire.set("/1U/EnvironmentMetrics", Ok(&page));
        assert_eq!(power("bmc", &wire), 590.0, "{reading}");
    }
}

#[test]
fn links_are_followed_as_they_are_given() {
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
    // None of the customary addresses was tried beside them.
    assert!(wire.asked().iter().all(|url| !url.contains("/v1/Chassis")), "{:?}", wire.asked());
    assert_eq!(power("bmc#a:b c", &wire), 590.0);
}

#[test]
fn the_only_chassis_with_a_power_is_taken_and_odd_members_are_skipped() {
    let odd = r#"{"Members":[{"@odata.id":"http://elsewhere/x"}, 7, {},
        {"@odata.id":"/redfish/v1/Chassis/Enclosure.0:RAID.1"},
        {"@odata.id":"/redfish/v1/Chassis/Broken"},
        {"@odata.id":"/redfish/v1/Chassis/Main"}]}"#;
    let wire = wire(&[("/v1/Chassis", odd), ("/Main/Power", OLD), ("/Broken/Power", "<html>")]);
    wire.set("/Broken", Err(TransportError::Refused(Refusal::of(403))));
    assert_eq!(open("bmc", &wire).unwrap()[0].descriptor().id, "redfish https://bmc#Main power");
    assert!(wire.asked().iter().all(|url| url.starts_with("https://bmc/redfish/v1/")));
}

#[test]
fn of_several_chassis_with_a_power_one_is_named() {
    let wire = wire(&[("/v1/Chassis", TWO), ("/GPU_Tray/Power", OLD), ("/Self/Power", OLD)]);
    let told = refused("bmc", &wire);
    assert!(told.contains("Self, GPU_Tray") && told.contains("#Self"), "{told}");
    assert_eq!(power("bmc#GPU_Tray", &wire), 590.0);
    let told = refused("bmc#Tray", &wire);
    assert!(told.contains("no chassis `Tray`; it has: Self, GPU_Tray"), "{told}");
    for bad in ["bmc#..", "bmc#a/b", "bmc#a?b"] {
        refused(bad, &wire);
    }
}

#[test]
fn of_more_chassis_than_are_searched_one_is_named() {
    let member = |n| format!(r#"{{"@odata.id":"/redfish/v1/Chassis/C{n}"}}"#);
    let members: Vec<_> = (0..33).map(member).collect();
    let list = format!(r#"{{"Members":[{}]}}"#, members.join(","));
    let wire = wire(&[("/v1/Chassis", &list), ("/C32/Power", OLD)]);
    let told = refused("bmc", &wire);
    assert!(told.contains("33 chassis") && told.contains("at most 32"), "{told}");
    assert_eq!(wire.asked().len(), 2);
    assert_eq!(power("bmc#C32", &wire), 590.0);
}

#[test]
fn a_machine_without_a_power_figure_is_told_what_was_found() {
    let parts = r#"{"PowerControl":[{"Name":"CPU Sub-system Power","PowerConsumedWatts":5}]}"#;
    let wire = wire(&[
        ("/v1/Chassis", TWO),
        ("/Chassis/Self/", r#"{"PowerSubsystem":{"@odata.id":"/x"}}"#),
        ("/GPU_Tray/Power", parts),
    ]);
    let told = open("bmc", &wire).unwrap_err();
    assert!(matches!(told, MeterError::Unsupported { .. }));
    let told = told.to_string();
    for found in ["Self has PowerSubsystem", "GPU_Tray has PowerControl of parts alone: CPU"] {
        assert!(told.contains(found), "{told}");
    }
}

#[test]
fn the_machines_entry_keeps_its_name_in_a_run() {
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
    let told = meters[0].read().unwrap_err();
    assert!(matches!(told, MeterError::Malformed { .. }), "{told}");
}

#[test]
fn a_list_that_is_none_is_refused() {
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

#[test]
fn a_login_wanted_is_told_before_what_the_others_lack() {
    let wire = wire(&[("/v1/Chassis", TWO)]);
    let refusal = TransportError::Refused(Refusal::of(401));
    wire.set("/GPU_Tray/Power", Err(refusal.clone()));
    assert!(matches!(open("bmc", &wire), Err(MeterError::PermissionDenied { .. })));
    wire.set("/v1/Chassis", Err(refusal));
    let told = open("bmc", &wire).unwrap_err();
    assert!(matches!(told, MeterError::PermissionDenied { .. }));
    assert!(told.to_string().contains("HASHWATT_REDFISH_USER"), "{told}");
}
