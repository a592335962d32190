//! Every response of a node or an API gives the network or an error.

use super::*;
use hashwatt_input::http::replay::with;
use hashwatt_input::http::{ErrorResponse, TransportError};
use hashwatt_test_support::fuzz::{Fuzz, PeakAlloc};
use std::cell::RefCell;
use std::rc::Rc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Limits the retries for sources that request a wait.
const DEADLINE: Duration = Duration::from_millis(200);
const PLACE: &str = "http://127.0.0.1:9";

const WORDS: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "\\u0000",
    "\"bits\":",
    "\"height\":",
    "\"timestamp\":",
    "\"difficulty\":",
    "\"hashrates\":",
    "\"avgHashrate\":",
    "\"totalFee\":",
    "\"USD\":",
    "\"error\":",
    "\"result\":",
    "\"id\":",
    "main",
    "testnet4",
    "e",
];

/// A page as it is sent.
fn text(page: &Value) -> String {
    page.as_str().map_or_else(|| page.to_string(), str::to_owned)
}

#[test]
fn api_response_is_parsed_or_refused() {
    let chain = Chain::new();
    let block = format!("/api/block/{}", chain.hash());
    let header = format!("{block}/header");
    let wrong: Rc<RefCell<(String, String)>> = Rc::default();
    let (served, played) = (chain.clone(), Rc::clone(&wrong));
    let response = move |url: &str, _: Option<&str>| {
        let (wrong, path) = (played.borrow(), url.strip_prefix(PLACE).unwrap());
        match served.page(path) {
            Some(_) if path == wrong.0 => Ok(wrong.1.clone()),
            Some(page) => Ok(text(&page)),
            None => Err(TransportError::ErrorResponse(ErrorResponse::new(404))),
        }
    };
    let paths = [
        "/api/blocks/tip/hash",
        &block,
        &header,
        "/api/v1/mining/hashrate/1m",
        "/api/v1/mining/reward-stats/144",
        "/api/v1/prices",
    ];
    let source = Source::api(PLACE, PlainHttp::LocalOnly).unwrap();
    with(response, || {
        for path in paths {
            let seeds = vec![text(&chain.page(path).unwrap()).into_bytes()];
            // Replace the hash, which is not needed in a report.
            let name = path.replace(&chain.hash().to_string(), "HASH");
            Fuzz { name: &name, seeds, dictionary: &WORDS }.run(|input| {
                let input = String::from_utf8_lossy(input).into_owned();
                *wrong.borrow_mut() = (path.to_owned(), input);
                source.fetch(DEADLINE).is_ok()
            });
        }
    });
}

#[test]
fn node_response_is_parsed_or_refused() {
    let chain = Chain::new();
    let wrong: Rc<RefCell<(usize, String)>> = Rc::default();
    // Both valid responses: the first request has one call, the second all others, in a fixed order.
    let rights: Rc<RefCell<[String; 2]>> = Rc::default();
    let request = |body: &str| usize::from(!body.contains("getblockchaininfo"));
    let source = Source::node(PLACE, None, PlainHttp::LocalOnly).unwrap().with_price(price());
    let (served, kept) = (chain.clone(), Rc::clone(&rights));
    let right = move |_: &str, body: Option<&str>| {
        let body = body.unwrap();
        let response = served.responses(body, &unchanged);
        kept.borrow_mut()[request(body)].clone_from(&response);
        Ok(response)
    };
    with(right, || source.fetch(LONG).unwrap());
    let seeds = rights.borrow().clone();
    let (served, played) = (seeds.clone(), Rc::clone(&wrong));
    let response = move |_: &str, body: Option<&str>| {
        let (wrong, request) = (played.borrow(), request(body.unwrap()));
        Ok(if request == wrong.0 { wrong.1.clone() } else { served[request].clone() })
    };
    with(response, || {
        for (request, seed) in seeds.iter().enumerate() {
            let name = format!("a node's response {}", request + 1);
            let seeds = vec![seed.clone().into_bytes()];
            Fuzz { name: &name, seeds, dictionary: &WORDS }.run(|input| {
                *wrong.borrow_mut() = (request, String::from_utf8_lossy(input).into_owned());
                source.fetch(DEADLINE).is_ok()
            });
        }
    });
}
