//! Wall meters with loopback servers that respond correctly, incorrectly, slowly or not at all: every
//! fault gives its own error and never a number.

mod devices;

use hashwatt::energy::{
    EnergyMeter, MeterError, RawValue, RedfishMeter, ShellyMeter, TasmotaMeter,
};
use hashwatt::uncertainty::Scope;
use hashwatt::units::Watts;
use hashwatt_test_support::http::{Fault, Response, Server, pages};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

type Pages = Vec<(&'static str, Response)>;

type Meters = Vec<Box<dyn EnergyMeter>>;

/// A kind of meter with its pages and expected values.
struct MeterKind {
    name: &'static str,
    open: fn(&str, Duration) -> Result<Meters, MeterError>,
    /// The page that is read repeatedly.
    page: &'static str,
    /// The other pages that are needed to open it.
    other_pages: fn() -> Pages,
    valid: &'static str,
    power: f64,
    count: u64,
    /// Pages with an invalid value, and the field that the error must name.
    invalid: &'static [(&'static str, &'static str)],
}

fn boxed<M: EnergyMeter + 'static>(meters: Vec<M>) -> Meters {
    meters.into_iter().map(|meter| Box::new(meter) as Box<dyn EnergyMeter>).collect()
}

const KINDS: [MeterKind; 3] = [
    MeterKind {
        name: "shelly",
        open: |url, deadline| ShellyMeter::open_within(url, deadline).map(boxed),
        page: "/rpc/Switch.GetStatus?id=0",
        other_pages: || {
            let status = r#"{"sys":{},"switch:0":{"apower":0,"aenergy":{"total":0}}}"#;
            vec![
                ("/shelly", Response::ok(r#"{"gen":2,"app":"PlugUS"}"#)),
                ("/rpc/Shelly.GetStatus", Response::ok(status)),
            ]
        },
        valid: r#"{"id":0,"apower":123.4,"aenergy":{"total":6.532}}"#,
        power: 123.4,
        count: 6532,
        invalid: &[
            (r#"{"id":0,"aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":"123.4","aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":-123.4,"aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":123.4,"aenergy":{}}"#, "aenergy.total"),
            (r#"{"id":0,"apower":123.4,"aenergy":6}"#, "aenergy.total"),
            (r#"{"id":0,"apower":123.4,"aenergy":{"total":null}}"#, "aenergy.total"),
        ],
    },
    MeterKind {
        name: "tasmota",
        open: |url, deadline| TasmotaMeter::open_within(url, deadline).map(boxed),
        page: "/cm?cmnd=Status%208",
        other_pages: Vec::new,
        valid: r#"{"StatusSNS":{"ENERGY":{"Power":123,"Total":45.678}}}"#,
        power: 123.0,
        count: 45_678,
        invalid: &[
            (r#"{"StatusSNS":{"ENERGY":{"Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":"1","Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":-1,"Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":123}}}"#, "ENERGY.Total"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":123,"Total":true}}}"#, "ENERGY.Total"),
            (r#"{"Status":{}}"#, "StatusSNS"),
        ],
    },
    MeterKind {
        name: "redfish",
        open: |url, deadline| RedfishMeter::open_within(url, deadline).map(boxed),
        page: "/redfish/v1/Chassis/1/EnvironmentMetrics",
        other_pages: || {
            let list = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1"}]}"#;
            let old = r#"{"PowerControl":[{"PowerConsumedWatts":"?"}]}"#;
            vec![
                ("/redfish/v1/Chassis", Response::ok(list)),
                ("/redfish/v1/Chassis/1/Power", Response::ok(old)),
            ]
        },
        valid: r#"{"PowerWatts":{"Reading":345},"EnergykWh":{"Reading":1.25}}"#,
        power: 345.0,
        count: 1250,
        invalid: &[
            // Without the newer value the older page is read, whose value is invalid here.
            (r#"{"EnergykWh":{"Reading":1.25}}"#, "PowerConsumedWatts"),
            (r#"{"PowerWatts":{"Reading":"345"}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":-345}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":0}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":345},"EnergykWh":{"Reading":[]}}"#, "EnergykWh.Reading"),
        ],
    },
];

/// Long enough for a loaded machine; for responses that arrive.
const LONG: Duration = Duration::from_secs(20);
/// Long enough to open a meter on a loaded machine; for responses that then time out.
const MEDIUM: Duration = Duration::from_secs(3);
const SHORT: Duration = Duration::from_millis(250);

impl MeterKind {
    fn pages(&self, response: Response) -> Pages {
        let mut pages = vec![(self.page, response)];
        pages.extend((self.other_pages)());
        pages
    }

    /// The error on opening a meter with this response for its page.
    fn opening_error(&self, response: &Response, deadline: Duration) -> MeterError {
        let server = Server::new(pages(self.pages(response.clone())));
        match (self.open)(server.url(), deadline) {
            Err(error) => error,
            Ok(_) => panic!("{} opened on {response:?}", self.name),
        }
    }

    /// The error of a meter whose page changes to this response during a run.
    fn run_error(&self, response: &Response, deadline: Duration) -> MeterError {
        let server = Server::new(pages(self.pages(Response::ok(self.valid))));
        let mut meters = (self.open)(server.url(), deadline).unwrap();
        server.set(pages(self.pages(response.clone())));
        meters[0].read().unwrap_err()
    }
}

fn assert_every_kind(response: &Response, is_expected: fn(&MeterError) -> bool) {
    for kind in &KINDS {
        for error in [kind.opening_error(response, LONG), kind.run_error(response, LONG)] {
            assert!(is_expected(&error), "{} on {response:?}: {error:?}", kind.name);
            assert!(error.to_string().contains(kind.name), "{error}");
        }
    }
}

fn is_malformed(error: &MeterError) -> bool {
    matches!(error, MeterError::Malformed { .. })
}

/// A slow response exceeds the deadline both at opening and during a run.
fn assert_every_kind_times_out(response: &Response) {
    for kind in &KINDS {
        let error = kind.opening_error(response, SHORT);
        let is_expected = matches!(error, MeterError::Timeout { millis: 250, .. });
        assert!(is_expected, "{} on {response:?}: {error:?}", kind.name);
    }
    thread::scope(|scope| {
        for kind in &KINDS {
            scope.spawn(|| {
                let error = kind.run_error(response, MEDIUM);
                let is_expected = matches!(error, MeterError::Timeout { millis: 3000, .. });
                assert!(is_expected, "{} on {response:?}: {error:?}", kind.name);
            });
        }
    });
}

#[test]
fn valid_pages_give_power_and_energy() {
    for kind in &KINDS {
        let server = Server::new(pages(kind.pages(Response::ok(kind.valid))));
        let mut meters = (kind.open)(server.url(), LONG).unwrap();
        assert_eq!(meters.len(), 2);
        for meter in &meters {
            let descriptor = meter.descriptor();
            assert_eq!((descriptor.scope, descriptor.subject.as_str()), (Scope::NodeWall, "node"));
            assert!(descriptor.tolerance.as_ref().unwrap().basis.starts_with("assumed"));
        }
        let power = meters[0].read().unwrap();
        assert_eq!(power.raw(), RawValue::Power(Watts::from_watts(kind.power)), "{}", kind.name);
        assert!(power.before() <= power.after());
        assert_eq!(meters[1].read().unwrap().raw(), RawValue::Count(kind.count), "{}", kind.name);
    }
}

#[test]
fn invalid_or_missing_values_name_their_field() {
    for kind in &KINDS {
        for (page, field) in kind.invalid {
            let error = kind.opening_error(&Response::ok(*page), LONG);
            assert!(is_malformed(&error), "{} on {page}: {error:?}", kind.name);
            assert!(error.to_string().contains(field), "{page}: {error}");
        }
    }
}

#[test]
fn silent_server_is_a_timeout() {
    assert_every_kind_times_out(&Fault::Silent.into());
}

#[test]
fn slow_header_is_a_timeout() {
    assert_every_kind_times_out(&Fault::SlowHeader.into());
}

#[test]
fn slow_body_is_a_timeout() {
    assert_every_kind_times_out(&Fault::SlowBody.into());
}

#[test]
fn huge_body_is_malformed() {
    assert_every_kind(&Response::spaces((64 << 10) + 1), is_malformed);
    assert_every_kind(&Response::spaces(8 << 20), is_malformed);
}

#[test]
fn endless_body_is_malformed() {
    assert_every_kind(&Fault::EndlessBody.into(), is_malformed);
}

#[test]
fn endless_header_is_malformed() {
    assert_every_kind(&Fault::EndlessHeader.into(), is_malformed);
}

#[test]
fn invalid_content_is_malformed() {
    assert_every_kind(&Fault::NotHttp.into(), is_malformed);
    for text in [&b"<html>login</html>"[..], b"", b"{", b"[1]", b"\xff\xfe", b"{\"apower\":NaN}"] {
        assert_every_kind(&Response::ok(text), is_malformed);
    }
}

#[test]
fn busy_device_is_transient_with_its_reason_and_wait() {
    for status in ["503 Service Unavailable", "429 Too Many Requests"] {
        // Longer than the total time of the retries at opening.
        let busy = Response::status(status)
            .with_body(r#"{"code":1,"message":"slow down"}"#)
            .with_header("Retry-After", "30");
        assert_every_kind(&busy, |error| {
            let waits = matches!(error, MeterError::Busy { wait: Some(wait), .. }
                if *wait <= Duration::from_secs(30) && *wait > Duration::from_secs(1));
            waits && error.is_transient() && error.to_string().contains("slow down")
        });
    }
}

#[test]
fn device_that_is_busy_at_first_is_retried() {
    for kind in &KINDS {
        let valid = pages(kind.pages(Response::ok(kind.valid)));
        let refused = AtomicUsize::new(0);
        let server = Server::new(move |request| {
            // The first responses, whatever the page.
            match refused.fetch_add(1, Ordering::SeqCst) {
                0 => Response::status("429 Too Many Requests"),
                1 => Response::status("503 Service Unavailable").with_header("Retry-After", "1"),
                2 => Fault::Closed.into(),
                _ => valid(request),
            }
        });
        let opened = (kind.open)(server.url(), LONG).map(|meters| meters.len());
        assert_eq!(opened, Ok(2), "{}", kind.name);
    }
}

#[test]
fn refused_poll_is_transient_and_the_next_succeeds() {
    for kind in &KINDS {
        let server = Server::new(pages(kind.pages(Response::ok(kind.valid))));
        let mut meters = (kind.open)(server.url(), LONG).unwrap();
        for fault in [
            Response::status("429 Too Many Requests"),
            Response::status("500 Internal Server Error"),
            Fault::Closed.into(),
        ] {
            server.set(pages(kind.pages(fault.clone())));
            let error = meters[1].read().unwrap_err();
            assert!(error.is_transient(), "{} on {fault:?}: {error:?}", kind.name);
            server.set(pages(kind.pages(Response::ok(kind.valid))));
            assert_eq!(
                meters[1].read().unwrap().raw(),
                RawValue::Count(kind.count),
                "{}",
                kind.name
            );
        }
    }
}

#[test]
fn redirect_to_another_address_is_not_followed() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        assert_every_kind(&Response::status(status), |error| {
            matches!(error, MeterError::Unsupported { .. })
                && error.to_string().contains("redirect")
        });
    }
}

#[test]
fn redirect_that_adds_a_trailing_slash_is_followed() {
    let server = Server::new(|request| {
        let body = match request.path.as_str() {
            "/redfish/v1/Chassis/" => r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/7/"}]}"#,
            "/redfish/v1/Chassis/7/" => r#"{"Power":{"@odata.id":"/redfish/v1/Chassis/7/Power"}}"#,
            "/redfish/v1/Chassis/7/Power/" => r#"{"PowerControl":[{"PowerConsumedWatts":231}]}"#,
            path if path.ends_with('/') => return Response::status("404 Not Found"),
            path => return Response::redirect("308 Permanent Redirect", &format!("{path}/")),
        };
        Response::ok(body)
    });
    let mut meters = RedfishMeter::open_within(server.url(), LONG).unwrap();
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(231.0)));
}

#[test]
fn required_login_is_permission_denied_with_the_remedy() {
    for status in ["401 Unauthorized", "403 Forbidden"] {
        assert_every_kind(&Response::status(status), |error| {
            let message = error.to_string();
            matches!(error, MeterError::PermissionDenied { .. })
                && (message.contains("HASHWATT_") || message.contains("digest"))
        });
    }
}

#[test]
fn missing_page_is_unsupported() {
    let is_unsupported = |error: &MeterError| matches!(error, MeterError::Unsupported { .. });
    for kind in KINDS.iter().take(2) {
        let missing = Response::status("404 Not Found");
        for error in [kind.opening_error(&missing, LONG), kind.run_error(&missing, LONG)] {
            assert!(is_unsupported(&error), "{}: {error:?}", kind.name);
        }
    }
    // Redfish falls back to the older page; first both are missing.
    let list = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1"}]}"#;
    let server = Server::new(pages([("/redfish/v1/Chassis", Response::ok(list))]));
    assert!(is_unsupported(&RedfishMeter::open_within(server.url(), LONG).unwrap_err()));
    let old = r#"{"PowerControl":[{"PowerConsumedWatts":200}]}"#;
    let old_page = ("/redfish/v1/Chassis/1/Power", Response::ok(old));
    server.set(pages([("/redfish/v1/Chassis", Response::ok(list)), old_page]));
    let mut meters = RedfishMeter::open_within(server.url(), LONG).unwrap();
    assert_eq!(meters.len(), 1);
    assert_eq!(meters[0].read().unwrap().raw(), RawValue::Power(Watts::from_watts(200.0)));
}

#[test]
fn connection_closed_early_is_no_answer() {
    for fault in [Fault::TruncatedBody, Fault::Closed] {
        for kind in &KINDS {
            // A short deadline limits the retries.
            for error in
                [kind.opening_error(&fault.into(), SHORT), kind.run_error(&fault.into(), LONG)]
            {
                assert!(error.is_transient(), "{} on {fault:?}: {error:?}", kind.name);
            }
        }
    }
}

#[test]
fn offline_server_is_no_answer_in_a_run_and_not_present_at_opening() {
    for kind in &KINDS {
        let server = Server::new(pages(kind.pages(Response::ok(kind.valid))));
        let url = server.url().to_owned();
        let mut meters = (kind.open)(&url, LONG).unwrap();
        drop(server);
        for meter in &mut meters {
            let error = meter.read().unwrap_err();
            assert!(matches!(error, MeterError::NoAnswer { .. }), "{}: {error:?}", kind.name);
        }
        let never = (kind.open)(&url, LONG).err().unwrap();
        assert!(matches!(never, MeterError::NotPresent { .. }), "{}: {never:?}", kind.name);
        // RFC 6761: this name never exists.
        let unknown = (kind.open)("http://meter.invalid", LONG).err().unwrap();
        assert!(matches!(unknown, MeterError::NotPresent { .. }), "{}: {unknown:?}", kind.name);
    }
}

#[test]
fn invalid_address_is_refused_by_name() {
    for kind in &KINDS {
        for url in ["", "ftp://host", "http://host/path", "http://admin:secret@host", "host:0"] {
            let error = (kind.open)(url, LONG).err().unwrap();
            let is_url = matches!(&error, MeterError::BadSetting { field, .. } if field == "url");
            assert!(is_url && !error.to_string().contains("secret"), "{}: {error:?}", kind.name);
        }
    }
}
