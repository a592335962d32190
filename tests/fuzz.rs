//! Fuzz tests: reading any data of a miner, a meter or a file gives a value or an error.

use hashwatt::energy::{
    AsicLog, EnergyMeter, LogColumns, MeterError, PowerLog, RedfishMeter, ShellyMeter, TasmotaMeter,
};
use hashwatt::pow::{CompactTarget, Header};
use hashwatt::uncertainty::Scope;
use hashwatt_input::http::replay::with;
use hashwatt_input::http::{ErrorResponse, TransportError};
use hashwatt_test_support::fuzz::{Fuzz, PeakAlloc};
use hashwatt_test_support::headers::BLOCK_125552_HEX;
use std::cell::RefCell;
use std::rc::Rc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const JSON: [&str; 12] =
    ["{", "}", "[", "]", ":", ",", "\"", "null", "true", "false", "\\u0000", "e"];

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn miner_telemetry_is_read_or_refused() {
    let seeds = bytes(&[
        include_str!("vectors/asic_rs.jsonl"),
        include_str!("vectors/pyasic.json"),
        "{\"ip\":\"192.0.2.1\",\"datetime\":\"2026-11-24T09:00:00+05:00\",\"wattage\":3300,\"hashrate\":110.5}\n\
         {\"ip\":\"192.0.2.1\",\"datetime\":\"2026-11-24T09:01:00+05:00\",\"wattage\":3310,\"hashrate\":111.5}\n",
    ]);
    let mut dictionary = JSON.to_vec();
    dictionary.extend([
        "\"hashrate\":",
        "\"wattage\":",
        "\"datetime\":",
        "\"timestamp\":",
        "\"schema_version\":",
        "\"algo\":",
        "\"unit\":",
        "\"rate\":",
        "\"suffix\":",
        "TH/s",
        "\"expected_hashrate\":",
        "\"hashboards\":",
        "\"pools\":",
        "\"ip\":",
        "2026-11-24T09:00:00Z",
        "Generic (Unknown)",
        "\n",
    ]);
    Fuzz { name: "miners' telemetry", seeds, dictionary: &dictionary }.run(|input| {
        let log = AsicLog::parse(&String::from_utf8_lossy(input), "fuzz.json");
        log.and_then(|log| log.run(Scope::AsicBoardDc, None)).is_ok()
    });
}

#[test]
fn header_text_is_read_or_refused() {
    let seeds =
        bytes(&[BLOCK_125552_HEX, &"00".repeat(80), &"ff".repeat(80), "1a44b9f2", "0x1d00ffff"]);
    let dictionary = ["0x", "0X", " ", "\n", "00000000", "ffffffff", "\u{e9}", "g"];
    Fuzz { name: "headers", seeds, dictionary: &dictionary }.run(|input| {
        let text = String::from_utf8_lossy(input);
        let bits = text.parse::<CompactTarget>();
        let target = bits.map(hashwatt::pow::Target::from_compact);
        text.parse::<Header>().is_ok() || target.is_ok_and(|target| target.is_ok())
    });
}

#[test]
fn analyser_log_is_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    let rows = |head: &str, row: &dyn Fn(u32) -> String| {
        (0..40).fold(format!("{head}\n"), |text, n| text + &row(n) + "\n")
    };
    let seeds = bytes(&[
        &rows("time_s,power_w", &|n| format!("{n}.5,{}", 100 + n)),
        &rows("timestamp;watts", &|n| format!("2026-01-31T12:00:{n:02}Z;{n},25")),
        &rows("", &|n| format!("Time,01-31-2026 12:00:{n:02}.000,Watts,60.5,Volts,230.1")),
        &rows("entity_id,state,last_changed", &|n| {
            format!("sensor.p,61.5,2026-01-31T12:00:{n:02}.250Z")
        }),
    ]);
    let dictionary = [
        ",",
        ";",
        "\t",
        "\"",
        "\r\n",
        "\n",
        "time_s",
        "power_w",
        "Time (s)",
        "Power (kW)",
        "Watts",
        "last_changed",
        "2026-10-25T02:30:00",
        "25.10.2026 02:30",
        "unavailable",
        "sep=;",
        "\u{feff}",
        "\u{0}",
        "NaN",
    ];
    Fuzz { name: "power logs", seeds, dictionary: &dictionary }.run(|input| {
        std::fs::write(&file, input).unwrap();
        PowerLog::read(&file, &LogColumns::default()).is_ok()
    });
}

type Opened = Result<Vec<Box<dyn EnergyMeter>>, MeterError>;

/// Repeatedly opens and reads a meter with one mutated page.
fn meter(
    name: &str,
    pages: &[(&'static str, &'static str)],
    words: &[&'static str],
    open: fn() -> Opened,
) {
    let mut dictionary = JSON.to_vec();
    dictionary.extend(words);
    let (valid_pages, mutated) = (pages.to_vec(), Rc::new(RefCell::new((0, String::new()))));
    let current = Rc::clone(&mutated);
    let respond = move |url: &str, _: Option<&str>| {
        let mutated = current.borrow();
        match valid_pages.iter().position(|(path, _)| url.strip_prefix(DEVICE) == Some(*path)) {
            Some(at) if at == mutated.0 => Ok(mutated.1.clone()),
            Some(at) => Ok(valid_pages[at].1.to_owned()),
            None => Err(TransportError::ErrorResponse(ErrorResponse::new(404))),
        }
    };
    with(respond, || {
        for (index, (path, page)) in pages.iter().enumerate() {
            let seeds = bytes(&[*page]);
            Fuzz { name: &format!("{name}{path}"), seeds, dictionary: &dictionary }.run(|input| {
                *mutated.borrow_mut() = (index, String::from_utf8_lossy(input).into_owned());
                open().is_ok_and(|mut meters| meters.iter_mut().all(|m| m.read().is_ok()))
            });
        }
    });
}

fn boxed<M: EnergyMeter + 'static>(meters: Vec<M>) -> Vec<Box<dyn EnergyMeter>> {
    meters.into_iter().map(|meter| Box::new(meter) as Box<dyn EnergyMeter>).collect()
}

/// The address of the device.
const DEVICE: &str = "http://127.0.0.1:9";

#[test]
fn plug_responses_are_read_or_refused() {
    meter(
        "shelly",
        &[
            (
                "/shelly",
                r#"{"id":"shellyplugsg3-0","model":"S3PL-00112EU","gen":3,"auth_en":false}"#,
            ),
            (
                "/rpc/Shelly.GetStatus",
                r#"{"switch:0":{"id":0,"apower":123.4,"aenergy":{"total":6.532}},"sys":{"uptime":7}}"#,
            ),
            ("/rpc/Switch.GetStatus?id=0", r#"{"id":0,"apower":123.4,"aenergy":{"total":6.532}}"#),
        ],
        &[
            "\"apower\":",
            "\"aenergy\":",
            "\"total\":",
            "\"switch:0\":",
            "\"em:0\":",
            "\"gen\":",
            "\"type\":",
        ],
        || ShellyMeter::open(DEVICE).map(boxed),
    );
    meter(
        "tasmota",
        &[("/cm?cmnd=Status%208", r#"{"StatusSNS":{"ENERGY":{"Power":450,"Total":45.678}}}"#)],
        &["\"StatusSNS\":", "\"ENERGY\":", "\"Power\":", "\"Total\":"],
        || TasmotaMeter::open(DEVICE).map(boxed),
    );
}

#[test]
fn controller_responses_are_read_or_refused() {
    meter(
        "redfish",
        &[
            ("/redfish/v1/", r#"{"Chassis":{"@odata.id":"/redfish/v1/Chassis"}}"#),
            ("/redfish/v1/Chassis", r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1"}]}"#),
            (
                "/redfish/v1/Chassis/1",
                r#"{"EnvironmentMetrics":{"@odata.id":"/redfish/v1/Chassis/1/EnvironmentMetrics"}}"#,
            ),
            (
                "/redfish/v1/Chassis/1/EnvironmentMetrics",
                r#"{"PowerWatts":{"Reading":345},"EnergykWh":{"Reading":1.25}}"#,
            ),
        ],
        &[
            "\"@odata.id\":",
            "\"/redfish/v1/Chassis/",
            "\"Members\":",
            "\"PowerWatts\":",
            "\"Reading\":",
            "\"PowerControl\":",
        ],
        || RedfishMeter::open(DEVICE).map(boxed),
    );
}
