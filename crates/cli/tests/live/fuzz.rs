//! Whatever a node or an API answers, asking it ends in the network or an error.

use super::*;
use hashwatt_test_support::fuzz::{Fuzz, PeakAlloc};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Whoever asks to be waited for is waited for; not for long here.
const DEADLINE: Duration = Duration::from_secs(2);

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

/// As it goes over the wire.
fn text(page: &Value) -> String {
    page.as_str().map_or_else(|| page.to_string(), str::to_owned)
}

#[test]
fn an_apis_pages_are_read_or_refused() {
    let chain = Chain::new();
    let block = format!("/api/block/{}", chain.hash());
    let header = format!("{block}/header");
    let wrong: Arc<Mutex<(String, Vec<u8>)>> = Arc::default();
    let (served, played) = (chain.clone(), Arc::clone(&wrong));
    let server = Server::new(move |asked| {
        let wrong = played.lock().unwrap();
        match served.page(&asked.path) {
            Some(_) if asked.path == wrong.0 => Response::ok(wrong.1.clone()),
            Some(page) => Response::ok(text(&page)),
            None => Response::status("404 Not Found"),
        }
    });
    for path in [
        "/api/blocks/tip/hash",
        &block,
        &header,
        "/api/v1/mining/hashrate/1m",
        "/api/v1/mining/reward-stats/144",
        "/api/v1/prices",
    ] {
        let seeds = vec![text(&chain.page(path).unwrap()).into_bytes()];
        // Without the hash, which no report needs.
        let name = path.replace(&chain.hash().to_string(), "HASH");
        Fuzz { name: &name, seeds, dictionary: &WORDS }.run(|input| {
            *wrong.lock().unwrap() = (path.to_owned(), input.to_vec());
            ask_api(&server, DEADLINE).is_ok()
        });
    }
}

#[test]
fn a_nodes_answers_are_read_or_refused() {
    let chain = Chain::new();
    let wrong: Arc<Mutex<(usize, Vec<u8>)>> = Arc::default();
    let (served, played) = (chain.clone(), Arc::clone(&wrong));
    let server = Server::new(move |asked| {
        let wrong = played.lock().unwrap();
        // The first request has one call, the second the others.
        let request = usize::from(!asked.body.contains("getblockchaininfo"));
        match request == wrong.0 {
            true => Response::ok(wrong.1.clone()),
            false => Response::ok(served.answers(&asked.body, &unchanged)),
        }
    });
    let call = |calls: &[(&str, Value)]| {
        let asked = calls.iter().enumerate();
        let asked = asked.map(|(id, (method, params))| {
            json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        });
        chain.answers(&Value::from(asked.collect::<Vec<_>>()).to_string(), &unchanged)
    };
    let hash = chain.hash().to_string();
    let mut calls = vec![
        ("getblockheader", json!([hash, true])),
        ("getblockheader", json!([hash, false])),
        ("getnetworkhashps", json!([2016, HEIGHT])),
    ];
    calls.extend((HEIGHT - 143..=HEIGHT).map(|height| ("getblockstats", json!([height, []]))));
    for (request, seed) in
        [call(&[("getblockchaininfo", json!([]))]), call(&calls)].iter().enumerate()
    {
        let name = format!("a node's answer {}", request + 1);
        Fuzz { name: &name, seeds: vec![seed.clone().into_bytes()], dictionary: &WORDS }.run(
            |input| {
                *wrong.lock().unwrap() = (request, input.to_vec());
                ask_node(&server, DEADLINE).is_ok()
            },
        );
    }
}
