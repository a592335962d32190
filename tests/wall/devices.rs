//! The generations of each maker's devices, from the pages that they serve.

use super::{KINDS, LONG, MeterKind, Pages};
use hashwatt::energy::{MeterQuantity, RawValue};
use hashwatt_test_support::http::{Response, Server, pages};

/// The kind of a device, its pages, the part after `#`, and its power, count and joules per count.
type Device = (MeterKind, Pages, &'static str, (f64, u64, f64));

/// The entry of [`KINDS`] with this name.
fn kind(name: &str) -> MeterKind {
    KINDS.into_iter().find(|kind| kind.name == name).unwrap()
}

fn devices() -> Vec<Device> {
    let page = |path, body: &str| (path, Response::ok(body));
    let phases =
        r#"{"a_act_power":700.5,"b_act_power":690,"c_act_power":710,"total_act_power":2100.5}"#;
    let energies = r#"{"a_total_act_energy":10.25,"total_act":31.5}"#;
    let clamps =
        r#"{"switch:0":{"output":false},"em1:0":{"act_power":3},"em1:1":{"act_power":640}}"#;
    let emeters = r#"{"relays":[{}],"emeters":[{"power":1,"total":2},{"power":3,"total":4}]}"#;
    let pro3em = || {
        vec![
            page("/shelly", r#"{"gen":2,"app":"Pro3EM"}"#),
            page("/rpc/Shelly.GetStatus", &format!(r#"{{"em:0":{phases},"emdata:0":{energies}}}"#)),
            page("/rpc/EM.GetStatus?id=0", phases),
            page("/rpc/EMData.GetStatus?id=0", energies),
        ]
    };
    let telegram = r#"{"StatusSNS":{"Time":"x","SML":{"P":512.5,"E_in":1000.0001}}}"#;
    let channels = r#"{"StatusSNS":{"ENERGY":{"Power":[40,60],"Total":[1.5,2.5]}}}"#;
    vec![
        (kind("shelly"), pro3em(), "", (2100.5, 3150, 36.0)),
        (kind("shelly"), pro3em(), "#a", (700.5, 1025, 36.0)),
        (
            kind("shelly"),
            vec![
                page("/shelly", r#"{"gen":2,"app":"ProEM50"}"#),
                page("/rpc/Shelly.GetStatus", clamps),
                page("/rpc/EM1.GetStatus?id=1", r#"{"act_power":640}"#),
                page("/rpc/EM1Data.GetStatus?id=1", r#"{"total_act_energy":6644.9}"#),
            ],
            "#em1:1",
            (640.0, 664_490, 36.0),
        ),
        (
            kind("shelly"),
            vec![
                page("/shelly", r#"{"type":"SHSW-PM","auth":false}"#),
                page("/meter/0", r#"{"power":88.25,"is_valid":true,"total":4242}"#),
            ],
            "",
            (88.25, 4242, 60.0),
        ),
        (
            kind("shelly"),
            vec![
                page("/shelly", r#"{"type":"SHEM","auth":false}"#),
                page("/status", emeters),
                page("/emeter/1", r#"{"power":903.5,"is_valid":true,"total":77.5}"#),
            ],
            "#1",
            (903.5, 775, 360.0),
        ),
        (
            kind("tasmota"),
            vec![page("/cm?cmnd=Status%208", telegram)],
            "#SML.P,SML.E_in",
            (512.5, 10_000_001, 360.0),
        ),
        (kind("tasmota"), vec![page("/cm?cmnd=Status%208", channels)], "#2", (60.0, 2500, 3600.0)),
    ]
}

#[test]
fn every_device_generation_gives_power_and_energy_in_its_units() {
    for (kind, device, part, expected) in devices() {
        let server = Server::new(pages(device));
        let mut meters = (kind.open)(&format!("{}{part}", server.url()), LONG).unwrap();
        let MeterQuantity::CumulativeEnergy { per_count, .. } = meters[1].descriptor().quantity
        else {
            panic!("{:?}", meters[1].descriptor());
        };
        let RawValue::Power(power) = meters[0].read().unwrap().raw() else {
            panic!("{}", kind.name)
        };
        let RawValue::Count(count) = meters[1].read().unwrap().raw() else {
            panic!("{}", kind.name)
        };
        assert_eq!((power.as_watts(), count), (expected.0, expected.1), "{}{part}", kind.name);
        assert!((per_count.as_joules() - expected.2).abs() < 1e-9, "{}{part}", kind.name);
    }
}

#[test]
fn power_and_energy_of_a_device_share_one_fetch() {
    for kind in &KINDS {
        let server = Server::new(pages(kind.pages(Response::ok(kind.valid))));
        let mut meters = (kind.open)(server.url(), LONG).unwrap();
        let fetches = || {
            let requests = server.requests();
            requests.iter().filter(|request| request.path.ends_with(kind.page)).count()
        };
        let before = fetches();
        // If the machine is suspended or busy between the two reads, each has its own fetch.
        const PAIRS: usize = 20;
        let mut shared = 0;
        for _ in 0..PAIRS {
            let (power, energy) = (meters[0].read().unwrap(), meters[1].read().unwrap());
            assert!(power.before() <= energy.before() && power.after() <= energy.after());
            shared += usize::from(power.before() == energy.before());
        }
        assert!(shared > 0, "{}", kind.name);
        assert_eq!(fetches() - before, 2 * PAIRS - shared, "{}", kind.name);
    }
}
