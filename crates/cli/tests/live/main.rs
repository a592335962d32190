//! Live values from servers on the loopback interface: every fault gives its own error, and never a value.

mod chain;
mod command;
mod faults;
mod fuzz;
mod networks;
mod values;
mod waiting;

use chain::{BITS, Chain, HEIGHT, MEAN_FEE_BTC, PRICE, unchanged};
use hashwatt::uncertainty::{AsOf, Provenance, Uncertain};
use hashwatt::units::UsdPerBtc;
use hashwatt_cli::live::{Live, LiveError, Login, PlainHttp, Source};
use hashwatt_test_support::http::{Fault, Response, Server};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Long enough for a loaded machine; used only where the response is complete.
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(300);

fn price() -> Uncertain<UsdPerBtc> {
    Uncertain::user_reported(UsdPerBtc::from_usd_per_btc(60_000.0), "a test")
}

fn api(url: &str) -> Result<Source, LiveError> {
    Source::api(url, PlainHttp::LocalOnly)
}

fn node(url: &str, login: Option<Login>) -> Result<Source, LiveError> {
    Ok(Source::node(url, login, PlainHttp::LocalOnly)?.with_price(price()))
}

fn fetch_api(server: &Server, deadline: Duration) -> Result<Live, LiveError> {
    api(server.url()).unwrap().fetch(deadline)
}

fn fetch_node(server: &Server, deadline: Duration) -> Result<Live, LiveError> {
    node(server.url(), None).unwrap().fetch(deadline)
}

/// The day and the source of a published value.
fn published<T>(estimate: &Uncertain<T>) -> (AsOf, String) {
    match estimate.provenance() {
        Provenance::Published { as_of, source } => (*as_of, source.clone()),
        other => panic!("{other}"),
    }
}

#[test]
fn api_returns_network_with_dates_and_sources() {
    let chain = Chain::new();
    let server = chain.clone().api(unchanged);
    let Live { network, difficulty, unusual_values } = fetch_api(&server, LONG).unwrap();
    assert_eq!(unusual_values, []);
    assert_eq!(network.height.value(), HEIGHT);
    assert_eq!(difficulty.value().value(), chain.difficulty());
    // Half of the fourteen days is 1 % above and half 1 % below; older days are not counted.
    assert!((network.hashrate.value() / chain.steady() - 1.0).abs() < 1e-9);
    let relative = network.hashrate.relative_uncertainty().unwrap();
    assert!((relative - (14.0_f64 * 144.0).sqrt().recip()).abs() < 1e-9);
    assert!((network.fees_per_block.value().as_btc() - MEAN_FEE_BTC).abs() < 1e-12);
    assert_eq!(network.price.value().as_usd_per_btc(), PRICE);

    let day = jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::from_second(chain.header.time.into()).unwrap())
        .date();
    for ((as_of, source), call) in [
        (published(&network.height), "/api/block"),
        (published(&network.hashrate), "/api/v1/mining/hashrate/1m, mean of 14 days"),
        (published(&network.fees_per_block), "/api/v1/mining/reward-stats/144"),
        (published(&difficulty), "/api/block"),
    ] {
        assert_eq!(as_of, AsOf::Day(day));
        let begins = format!("{}, {call}", server.host());
        assert!(source.starts_with(&begins) && source.contains("block 965700 of "), "{source}");
    }
    assert!(published(&network.hashrate).1.contains("(bits 17023577) is steady at"));
    let (_, source) = published(&network.price);
    assert!(source.starts_with(&format!("{}, /api/v1/prices of ", server.host())), "{source}");
}

#[test]
fn given_price_is_not_requested() {
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/prices") {
            *page = json!("down");
        }
    });
    let source = api(&format!("{}/api/v1/", server.url())).unwrap();
    assert!(matches!(source.fetch(LONG), Err(LiveError::Malformed { .. })));
    assert_eq!(source.with_price(price()).fetch(LONG).unwrap().network.price, price());
}

#[test]
fn node_with_login_returns_network() {
    let chain = Chain::new();
    let (served, seen) = (chain.clone(), Arc::new(Mutex::new(Vec::new())));
    let noted = Arc::clone(&seen);
    let server = Server::new(move |asked| {
        noted.lock().unwrap().push(asked.header("authorization").map(str::to_owned));
        Response::ok(served.responses(&asked.body, &unchanged))
    });
    let folder = tempfile::tempdir().unwrap();
    let cookie = folder.path().join(".cookie");
    std::fs::write(&cookie, "__cookie__:hunter2").unwrap();
    let login = Login::from_cookie_file(&cookie).unwrap();
    let source = node(server.url(), Some(login)).unwrap();
    assert!(!format!("{source:?}").contains("hunter2"));
    let Live { network, difficulty, unusual_values } = source.fetch(LONG).unwrap();
    assert_eq!(unusual_values, []);
    assert_eq!(network.height.value(), HEIGHT);
    assert_eq!(difficulty.value().value(), chain.difficulty());
    assert!((network.hashrate.value() / chain.steady() - 1.01).abs() < 1e-9);
    assert!((network.fees_per_block.value().as_btc() - MEAN_FEE_BTC).abs() < 1e-12);
    assert_eq!(network.price, price());
    for (source, call) in [
        (published(&network.hashrate).1, "getnetworkhashps over 2016 blocks"),
        (published(&network.fees_per_block).1, "getblockstats, mean of 144 blocks; block 965700"),
        (published(&network.height).1, "getblockheader; block 965700 of "),
    ] {
        assert!(source.starts_with(&format!("{}, {call}", server.host())), "{source}");
        assert!(!source.contains("hunter2"));
    }
    // "__cookie__:hunter2", twice: 147 calls are sent in one request.
    let header = Some("Basic X19jb29raWVfXzpodW50ZXIy".to_owned());
    assert_eq!(*seen.lock().unwrap(), [header.clone(), header]);
}
