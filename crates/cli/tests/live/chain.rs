//! A network as served by an API and a node.

use hashwatt::pow::{CompactTarget, Hash256, Header, Target, sha256d};
use hashwatt::units::Hashrate;
use hashwatt_test_support::http::{Response, Server};
use serde_json::{Value, json};

pub const HEIGHT: u32 = 965_700;
pub const BITS: u32 = 0x1702_3577;
pub const PRICE: f64 = 65_123.0;
/// The fees of the block at a height in satoshis; the mean of the last 144 is 2,000,000 + 71.5.
pub fn fee(height: u32) -> u64 {
    2_000_000 + u64::from(height + 143 - HEIGHT)
}
pub const MEAN_FEE_BTC: f64 = 0.020_000_715;

/// A network whose tip is a few minutes old.
#[derive(Clone)]
pub struct Chain {
    pub now: i64,
    pub header: Header,
}

impl Chain {
    pub fn aged(seconds: i64) -> Self {
        let now = jiff::Timestamp::now().as_second();
        let header = Header {
            version: 0x2000_0000,
            prev_block: sha256d(b"the block before"),
            merkle_root: sha256d(b"transactions"),
            time: u32::try_from(now - seconds).unwrap(),
            bits: CompactTarget::from_bits(BITS),
            nonce: 7,
        };
        Self { now, header }
    }

    pub fn new() -> Self {
        Self::aged(600)
    }

    pub fn hash(&self) -> Hash256 {
        self.header.hash()
    }

    pub fn difficulty(&self) -> f64 {
        Target::from_compact(self.header.bits).unwrap().difficulty().value()
    }

    pub fn steady(&self) -> Hashrate {
        Target::from_compact(self.header.bits).unwrap().difficulty().steady_hashrate()
    }

    /// A page of an API as JSON; strings are sent as plain text.
    pub fn page(&self, path: &str) -> Option<Value> {
        let hash = self.hash().to_string();
        let day = |ago: i64| {
            // Days before the last fourteen have another hashrate.
            let rate = if ago > 14 { 0.6 } else { 0.99 + 0.02 * f64::from(ago % 2 == 0) };
            let rate = self.steady().as_h_s() * rate;
            json!({"timestamp": self.now - ago * 86_400, "avgHashrate": rate})
        };
        let block = format!("/api/block/{hash}");
        Some(match path {
            "/api/blocks/tip/hash" => json!(hash),
            "/api/v1/mining/hashrate/1m" => json!({
                "hashrates": (1..=28).rev().map(day).collect::<Vec<_>>(),
                "difficulty": [],
                "currentHashrate": 0,
                "currentDifficulty": self.difficulty(),
            }),
            // Sums are quoted, as the database of the API returns them.
            "/api/v1/mining/reward-stats/144" => json!({
                "startBlock": HEIGHT - 144,
                "endBlock": HEIGHT - 1,
                "totalReward": "45288010296",
                "totalFee": (0..144).map(|ago| fee(HEIGHT - ago)).sum::<u64>().to_string(),
                "totalTx": "500000",
            }),
            "/api/v1/prices" => json!({"time": self.now - 60, "USD": PRICE, "EUR": 60_000}),
            path if path == block => json!({
                "id": hash,
                "height": HEIGHT,
                "version": self.header.version,
                "timestamp": self.header.time,
                "bits": self.header.bits.to_bits(),
                "difficulty": self.difficulty(),
            }),
            path if path == format!("{block}/header") => json!(self.header.to_hex()),
            _ => return None,
        })
    }

    /// The response of a node to a call.
    pub fn call(&self, method: &str, params: &Value) -> Value {
        let hash = self.hash().to_string();
        match method {
            "getblockchaininfo" => json!({
                "chain": "main",
                "blocks": HEIGHT,
                "headers": HEIGHT,
                "bestblockhash": hash,
                "difficulty": self.difficulty(),
                "initialblockdownload": false,
            }),
            "getblockheader" if params[1] == false => json!(self.header.to_hex()),
            "getblockheader" => json!({
                "hash": hash,
                "height": HEIGHT,
                "time": self.header.time,
                "bits": self.header.bits.to_string(),
                "difficulty": self.difficulty(),
            }),
            "getnetworkhashps" => json!(self.steady().as_h_s() * 1.01),
            "getblockstats" => {
                let height = u32::try_from(params[0].as_u64().unwrap()).unwrap();
                let block = if height == HEIGHT { hash } else { format!("{height:064x}") };
                json!({"height": height, "blockhash": block, "totalfee": fee(height)})
            }
            other => panic!("{other}"),
        }
    }

    /// An API whose pages are modified by `change`.
    pub fn api(self, change: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Server {
        Server::new(move |request| match self.page(&request.path) {
            None => Response::status("404 Not Found"),
            Some(mut page) => {
                change(&request.path, &mut page);
                Response::ok(page.as_str().map_or_else(|| page.to_string(), str::to_owned))
            }
        })
    }

    /// A node whose results are modified by `change` into a result, or an object with `error`.
    pub fn node(self, change: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Server {
        Server::new(move |request| Response::ok(self.responses(&request.body, &change)))
    }

    pub fn responses(&self, body: &str, change: &impl Fn(&str, &mut Value)) -> String {
        let calls: Vec<Value> = serde_json::from_str(body).unwrap();
        let response = |call: &Value| {
            let method = call["method"].as_str().unwrap();
            let mut result = self.call(method, &call["params"]);
            change(method, &mut result);
            match result.get("error").cloned() {
                Some(error) => json!({"result": null, "error": error, "id": call["id"]}),
                None => json!({"result": result, "error": null, "id": call["id"]}),
            }
        };
        // JSON-RPC does not guarantee an order.
        Value::from(calls.iter().rev().map(response).collect::<Vec<_>>()).to_string()
    }
}

/// Leaves a page or result unchanged.
pub fn unchanged(_: &str, _: &mut Value) {}
