//! Wall meters against servers on the loopback that answer rightly, wrongly, slowly or not at
//! all: every fault comes out as its own error, and none as a number.

use hashwatt::energy::{EnergyMeter, MeterError, Raw, RedfishMeter, ShellyMeter, TasmotaMeter};
use hashwatt::uncertainty::Scope;
use hashwatt::units::Watts;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a server answers a page.
#[derive(Clone, Debug)]
enum Answer {
    Json(&'static str),
    Status(&'static str),
    /// 200 with a body that is no JSON.
    Text(&'static [u8]),
    /// A body of so many bytes, announced and sent.
    Huge(usize),
    /// A body without an end.
    Endless,
    /// One byte of the header every 20 ms, without an end.
    DripHeader,
    /// A header without an end.
    EndlessHeader,
    /// One byte of the body every 20 ms, without an end.
    DripBody,
    /// Nothing, with the connection kept.
    Silent,
    /// Half of the body, and the connection closed.
    Half,
    /// The connection closed before a byte.
    Close,
    /// No HTTP.
    Garbage,
}

type Pages = Vec<(&'static str, Answer)>;

/// A server of one thread a connection. Dropped, it closes its port.
struct Server {
    pages: Arc<Mutex<Pages>>,
    stop: Arc<AtomicBool>,
    url: String,
    accepting: Option<thread::JoinHandle<()>>,
}

impl Server {
    fn new(pages: Pages) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let pages = Arc::new(Mutex::new(pages));
        let stop = Arc::new(AtomicBool::new(false));
        let (served, stopped) = (Arc::clone(&pages), Arc::clone(&stop));
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (stream, pages) = (stream.unwrap(), Arc::clone(&served));
                let stopped = Arc::clone(&stopped);
                // A client that has had enough closes the connection: no fault of the server's.
                thread::spawn(move || drop(serve(stream, &pages, &stopped)));
            }
        });
        Self { pages, stop, url, accepting: Some(accepting) }
    }

    fn set(&self, pages: Pages) {
        *self.pages.lock().unwrap() = pages;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then lets go of the port.
        drop(TcpStream::connect(self.url.trim_start_matches("http://")));
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
    }
}

fn serve(mut stream: TcpStream, pages: &Mutex<Pages>, stop: &AtomicBool) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut byte = [0];
    while !asked.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(());
        }
        asked.push(byte[0]);
    }
    let asked = String::from_utf8_lossy(&asked).into_owned();
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let pages = pages.lock().unwrap().clone();
    let answer = pages.into_iter().find(|(end, _)| path.ends_with(end)).map(|(_, answer)| answer);
    let head = |length: usize| format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    let drip = |mut stream: &TcpStream, text: &[u8]| -> std::io::Result<()> {
        while !stop.load(Ordering::SeqCst) {
            stream.write_all(text)?;
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    };
    match answer.unwrap_or(Answer::Status("404 Not Found")) {
        Answer::Json(json) => {
            stream.write_all((head(json.len()) + json).as_bytes())?;
        }
        Answer::Status(status) => {
            let page = format!(
                "HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            stream.write_all(page.as_bytes())?;
        }
        Answer::Text(text) => {
            stream.write_all(head(text.len()).as_bytes())?;
            stream.write_all(text)?;
        }
        Answer::Huge(length) => {
            stream.write_all(head(length).as_bytes())?;
            stream.write_all(&vec![b' '; length])?;
        }
        Answer::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(&[b' '; 4096])?;
            }
        }
        Answer::DripHeader => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ")?;
            drip(&stream, b"x")?;
        }
        Answer::EndlessHeader => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(&[b'x'; 4096])?;
            }
        }
        Answer::DripBody => {
            stream.write_all(head(60_000).as_bytes())?;
            drip(&stream, b" ")?;
        }
        Answer::Silent => drip(&stream, b"")?,
        Answer::Half => stream.write_all((head(100) + "{\"apower\":1").as_bytes())?,
        Answer::Close => {}
        Answer::Garbage => stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")?,
    }
    Ok(())
}

type Meters = Vec<Box<dyn EnergyMeter>>;

/// A kind of meter, its pages, and where the values stand on them.
struct Kind {
    name: &'static str,
    open: fn(&str, Duration) -> Result<Meters, MeterError>,
    /// The page that is read again and again.
    page: &'static str,
    /// What else it must have to be opened.
    others: fn() -> Pages,
    right: &'static str,
    power: f64,
    count: u64,
    /// Pages with a wrong value, and the field that must be named.
    wrong: &'static [(&'static str, &'static str)],
}

fn boxed<M: EnergyMeter + 'static>(meters: Vec<M>) -> Meters {
    meters.into_iter().map(|meter| Box::new(meter) as Box<dyn EnergyMeter>).collect()
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "shelly",
        open: |url, deadline| ShellyMeter::open_within(url, deadline).map(boxed),
        page: "/rpc/Switch.GetStatus?id=0",
        others: Vec::new,
        right: r#"{"id":0,"apower":123.4,"aenergy":{"total":6.532}}"#,
        power: 123.4,
        count: 6532,
        wrong: &[
            (r#"{"id":0,"aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":"123.4","aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":-123.4,"aenergy":{"total":6.532}}"#, "apower"),
            (r#"{"id":0,"apower":123.4,"aenergy":{}}"#, "aenergy.total"),
            (r#"{"id":0,"apower":123.4,"aenergy":6}"#, "aenergy.total"),
            (r#"{"id":0,"apower":123.4,"aenergy":{"total":null}}"#, "aenergy.total"),
        ],
    },
    Kind {
        name: "tasmota",
        open: |url, deadline| TasmotaMeter::open_within(url, deadline).map(boxed),
        page: "/cm?cmnd=Status%208",
        others: Vec::new,
        right: r#"{"StatusSNS":{"ENERGY":{"Power":123,"Total":45.678}}}"#,
        power: 123.0,
        count: 45_678,
        wrong: &[
            (r#"{"StatusSNS":{"ENERGY":{"Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":"1","Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":-1,"Total":45.678}}}"#, "ENERGY.Power"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":123}}}"#, "ENERGY.Total"),
            (r#"{"StatusSNS":{"ENERGY":{"Power":123,"Total":true}}}"#, "ENERGY.Total"),
            (r#"{"Status":{}}"#, "StatusSNS"),
        ],
    },
    Kind {
        name: "redfish",
        open: |url, deadline| RedfishMeter::open_within(url, deadline).map(boxed),
        page: "/redfish/v1/Chassis/1/EnvironmentMetrics",
        others: || {
            let list = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1"}]}"#;
            let old = r#"{"PowerControl":[{"PowerConsumedWatts":"?"}]}"#;
            vec![
                ("/redfish/v1/Chassis", Answer::Json(list)),
                ("/redfish/v1/Chassis/1/Power", Answer::Json(old)),
            ]
        },
        right: r#"{"PowerWatts":{"Reading":345},"EnergykWh":{"Reading":1.25}}"#,
        power: 345.0,
        count: 1250,
        wrong: &[
            // Without the newer figure the older one is asked.
            (r#"{"EnergykWh":{"Reading":1.25}}"#, "PowerConsumedWatts"),
            (r#"{"PowerWatts":{"Reading":"345"}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":-345}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":0}}"#, "PowerWatts.Reading"),
            (r#"{"PowerWatts":{"Reading":345},"EnergykWh":{"Reading":[]}}"#, "EnergykWh.Reading"),
        ],
    },
];

/// Long enough for a loaded machine; only right answers and refusals are waited for.
const LONG: Duration = Duration::from_secs(20);
/// Long enough to open a meter on a loaded machine, and then waited for.
const MIDDLE: Duration = Duration::from_secs(3);
const SHORT: Duration = Duration::from_millis(250);

impl Kind {
    fn pages(&self, answer: Answer) -> Pages {
        let mut pages = vec![(self.page, answer)];
        pages.extend((self.others)());
        pages
    }

    /// The error at the opening of a meter whose page is wrong.
    fn at_opening(&self, answer: &Answer, deadline: Duration) -> MeterError {
        let server = Server::new(self.pages(answer.clone()));
        match (self.open)(&server.url, deadline) {
            Err(error) => error,
            Ok(_) => panic!("{} opened on {answer:?}", self.name),
        }
    }

    /// The error of a meter whose page goes wrong in the middle of a run.
    fn in_a_run(&self, answer: &Answer, deadline: Duration) -> MeterError {
        let server = Server::new(self.pages(Answer::Json(self.right)));
        let mut meters = (self.open)(&server.url, deadline).unwrap();
        server.set(self.pages(answer.clone()));
        meters[0].read().unwrap_err()
    }
}

fn every_kind(answer: &Answer, is_right: fn(&MeterError) -> bool) {
    for kind in &KINDS {
        for error in [kind.at_opening(answer, LONG), kind.in_a_run(answer, LONG)] {
            assert!(is_right(&error), "{} on {answer:?}: {error:?}", kind.name);
            assert!(error.to_string().contains(kind.name), "{error}");
        }
    }
}

fn is_malformed(error: &MeterError) -> bool {
    matches!(error, MeterError::Malformed { .. })
}

/// Neither at the opening nor in a run is a slow answer waited for past the deadline.
fn every_kind_times_out(answer: &Answer) {
    for kind in &KINDS {
        let error = kind.at_opening(answer, SHORT);
        let is_right = matches!(error, MeterError::Timeout { millis: 250, .. });
        assert!(is_right, "{} on {answer:?}: {error:?}", kind.name);
    }
    thread::scope(|scope| {
        for kind in &KINDS {
            scope.spawn(|| {
                let error = kind.in_a_run(answer, MIDDLE);
                let is_right = matches!(error, MeterError::Timeout { millis: 3000, .. });
                assert!(is_right, "{} on {answer:?}: {error:?}", kind.name);
            });
        }
    });
}

#[test]
fn right_values() {
    for kind in &KINDS {
        let server = Server::new(kind.pages(Answer::Json(kind.right)));
        let mut meters = (kind.open)(&server.url, LONG).unwrap();
        assert_eq!(meters.len(), 2);
        for meter in &meters {
            let descriptor = meter.descriptor();
            assert_eq!((descriptor.scope, descriptor.subject.as_str()), (Scope::NodeWall, "node"));
            assert!(descriptor.tolerance.as_ref().unwrap().basis.starts_with("assumed"));
        }
        let power = meters[0].read().unwrap();
        assert_eq!(power.raw(), Raw::Power(Watts::from_watts(kind.power)), "{}", kind.name);
        assert!(power.before() <= power.after());
        assert_eq!(meters[1].read().unwrap().raw(), Raw::Count(kind.count), "{}", kind.name);
    }
}

#[test]
fn wrong_and_missing_values_name_their_field() {
    for kind in &KINDS {
        for (page, field) in kind.wrong {
            let error = kind.at_opening(&Answer::Json(page), LONG);
            assert!(is_malformed(&error), "{} on {page}: {error:?}", kind.name);
            assert!(error.to_string().contains(field), "{page}: {error}");
        }
    }
}

#[test]
fn nothing_said_is_a_timeout() {
    every_kind_times_out(&Answer::Silent);
}

#[test]
fn a_header_that_drips_is_a_timeout() {
    every_kind_times_out(&Answer::DripHeader);
}

#[test]
fn a_body_that_drips_is_a_timeout() {
    every_kind_times_out(&Answer::DripBody);
}

#[test]
fn a_huge_body_is_malformed() {
    every_kind(&Answer::Huge((64 << 10) + 1), is_malformed);
    every_kind(&Answer::Huge(8 << 20), is_malformed);
}

#[test]
fn an_endless_body_is_malformed() {
    every_kind(&Answer::Endless, is_malformed);
}

#[test]
fn an_endless_header_is_malformed() {
    every_kind(&Answer::EndlessHeader, is_malformed);
}

#[test]
fn garbage_is_malformed() {
    every_kind(&Answer::Garbage, is_malformed);
    for text in [&b"<html>login</html>"[..], b"", b"{", b"[1]", b"\xff\xfe", b"{\"apower\":NaN}"] {
        every_kind(&Answer::Text(text), is_malformed);
    }
}

#[test]
fn a_servers_error_is_malformed() {
    for status in ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"]
    {
        every_kind(&Answer::Status(status), |error| {
            is_malformed(error) && error.to_string().contains("HTTP")
        });
    }
}

#[test]
fn a_redirect_is_not_followed() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        every_kind(&Answer::Status(status), |error| {
            is_malformed(error) && error.to_string().contains("redirect")
        });
    }
}

#[test]
fn a_login_wanted_is_permission_denied_with_the_remedy() {
    for status in ["401 Unauthorized", "403 Forbidden"] {
        every_kind(&Answer::Status(status), |error| {
            let told = error.to_string();
            matches!(error, MeterError::PermissionDenied { .. })
                && (told.contains("HASHWATT_") || told.contains("digest"))
        });
    }
}

#[test]
fn no_such_page_is_unsupported() {
    let is_unsupported = |error: &MeterError| matches!(error, MeterError::Unsupported { .. });
    for kind in KINDS.iter().take(2) {
        let answer = Answer::Status("404 Not Found");
        for error in [kind.at_opening(&answer, LONG), kind.in_a_run(&answer, LONG)] {
            assert!(is_unsupported(&error), "{}: {error:?}", kind.name);
        }
    }
    // Redfish has an older page to fall back on, and then neither.
    let list = r#"{"Members":[{"@odata.id":"/redfish/v1/Chassis/1"}]}"#;
    let server = Server::new(vec![("/redfish/v1/Chassis", Answer::Json(list))]);
    assert!(is_unsupported(&RedfishMeter::open_within(&server.url, LONG).unwrap_err()));
    let old = r#"{"PowerControl":[{"PowerConsumedWatts":200}]}"#;
    let old_page = ("/redfish/v1/Chassis/1/Power", Answer::Json(old));
    server.set(vec![("/redfish/v1/Chassis", Answer::Json(list)), old_page]);
    let mut meters = RedfishMeter::open_within(&server.url, LONG).unwrap();
    assert_eq!(meters.len(), 1);
    assert_eq!(meters[0].read().unwrap().raw(), Raw::Power(Watts::from_watts(200.0)));
}

#[test]
fn a_connection_closed_in_the_middle_is_gone() {
    for answer in [Answer::Half, Answer::Close] {
        every_kind(&answer, |error| matches!(error, MeterError::Gone { .. }));
    }
}

#[test]
fn a_server_that_dies_is_gone_and_one_that_never_was_is_not_present() {
    for kind in &KINDS {
        let server = Server::new(kind.pages(Answer::Json(kind.right)));
        let url = server.url.clone();
        let mut meters = (kind.open)(&url, LONG).unwrap();
        drop(server);
        for meter in &mut meters {
            let error = meter.read().unwrap_err();
            assert!(matches!(error, MeterError::Gone { .. }), "{}: {error:?}", kind.name);
        }
        let never = (kind.open)(&url, LONG).err().unwrap();
        assert!(matches!(never, MeterError::NotPresent { .. }), "{}: {never:?}", kind.name);
        // RFC 6761: no such name exists.
        let unknown = (kind.open)("http://meter.invalid", LONG).err().unwrap();
        assert!(matches!(unknown, MeterError::NotPresent { .. }), "{}: {unknown:?}", kind.name);
    }
}

#[test]
fn an_address_that_is_none_is_refused_by_name() {
    for kind in &KINDS {
        for url in ["", "ftp://host", "http://host/path", "http://admin:secret@host", "host:0"] {
            let error = (kind.open)(url, LONG).err().unwrap();
            let is_url = matches!(&error, MeterError::BadSetting { field, .. } if field == "url");
            assert!(is_url && !error.to_string().contains("secret"), "{}: {error:?}", kind.name);
        }
    }
}
