//! Values that are wrong, missing, old or at odds with one another.

use super::*;

/// A field is set to `value`, or taken out where that is null; `""` is the whole answer.
fn spoil(page: &mut Value, field: &str, value: &Value) {
    match field {
        "" => *page = value.clone(),
        field if value.is_null() => drop(page.as_object_mut().unwrap().remove(field)),
        field => page[field] = value.clone(),
    }
}

fn names_the_field(error: &LiveError, call: &str, field: &str) {
    let LiveError::Field { query, field: found, .. } = error else { panic!("{error:?}") };
    assert!(query.call.contains(call) && found == field, "{call} {field}: {error}");
    assert!(!error.is_input());
}

#[test]
fn an_apis_wrong_values_name_their_field() {
    let now = jiff::Timestamp::now().as_second();
    let days = |count: i64, rate: Value| {
        let day = |ago| json!({"timestamp": now - ago * 86_400, "avgHashrate": rate});
        Value::from((1..=count).map(day).collect::<Vec<_>>())
    };
    let (block, stats) = ("/api/block/", "reward-stats");
    let cases = [
        (block, "height", Value::Null),
        (block, "height", json!("965700")),
        (block, "height", json!(-1)),
        (block, "height", json!(4_294_967_296_u64)),
        (block, "bits", Value::Null),
        (block, "bits", json!("17023577")),
        (block, "bits", json!(BITS + 1)),
        (block, "difficulty", Value::Null),
        (block, "difficulty", json!("1e14")),
        (block, "difficulty", json!(-1e14)),
        (block, "difficulty", json!(1e14)),
        (block, "timestamp", json!(now - 601)),
        ("hashrate/1m", "hashrates", Value::Null),
        ("hashrate/1m", "hashrates", json!({})),
        ("hashrate/1m", "hashrates", days(6, json!(9e20))),
        (stats, "totalFee", Value::Null),
        (stats, "totalFee", json!("NaN")),
        (stats, "totalFee", json!("-5")),
        (stats, "totalFee", json!(0.5)),
        (stats, "totalFee", json!("18446744073709551615")),
        (stats, "startBlock", json!(true)),
        (stats, "endBlock", json!(HEIGHT)),
        ("prices", "USD", Value::Null),
        ("prices", "USD", json!("65000")),
        ("prices", "USD", json!(-1)),
        ("prices", "USD", json!(0)),
        ("prices", "USD", json!(1e12)),
        ("prices", "time", Value::Null),
        ("prices", "time", json!(u64::MAX)),
    ];
    for (call, field, value) in cases {
        let server = Chain::new().api({
            let value = value.clone();
            move |path, page| {
                if path.contains(call) && page.is_object() {
                    spoil(page, field, &value);
                }
            }
        });
        names_the_field(&ask_api(&server, LONG).unwrap_err(), call, field);
    }
    for (rate, told) in [
        (json!("9e20"), "is \"9e20\""),
        (json!(0), "is 0"),
        (json!(1e18), "EH/s"),
        (json!(1e22), "EH/s"),
        (Value::Null, "is missing"),
    ] {
        let list = days(14, rate);
        let server = Chain::new().api(move |path, page| {
            if path.contains("hashrate/1m") {
                spoil(page, "hashrates", &list);
            }
        });
        let error = ask_api(&server, LONG).unwrap_err();
        names_the_field(&error, "hashrates[0]", "avgHashrate");
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn statistics_far_from_the_tip_are_refused() {
    let server = Chain::new().api(|path, page| {
        if path.contains("reward-stats") {
            spoil(page, "startBlock", &json!(HEIGHT - 150));
            spoil(page, "endBlock", &json!(HEIGHT - 7));
        }
    });
    let error = ask_api(&server, LONG).unwrap_err();
    names_the_field(&error, "reward-stats", "endBlock");
    assert!(error.to_string().contains("far from the tip"), "{error}");
}

#[test]
fn a_header_that_is_not_the_tips_is_refused() {
    let other = Chain::aged(1200).header.to_hex();
    let server = Chain::new().api(move |path, page| {
        if path.ends_with("/header") {
            *page = json!(other);
        }
    });
    names_the_field(&ask_api(&server, LONG).unwrap_err(), "/api/block", "hash");
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/header") {
            *page = json!("00ff");
        }
    });
    names_the_field(&ask_api(&server, LONG).unwrap_err(), "/api/block", "header");
    // What is no hash gets into no address.
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/tip/hash") {
            *page = json!("../../admin");
        }
    });
    assert!(matches!(ask_api(&server, LONG), Err(LiveError::Malformed { .. })));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_nodes_wrong_values_name_their_field() {
    let (info, header, stats) = ("getblockchaininfo", "getblockheader", "getblockstats");
    let rate = "getnetworkhashps";
    let cases = [
        (info, "chain", Value::Null),
        (info, "chain", json!(1)),
        (info, "blocks", json!(100)),
        (info, "blocks", json!("965700")),
        (info, "bestblockhash", json!(7)),
        (info, "initialblockdownload", Value::Null),
        (info, "initialblockdownload", json!(0)),
        (header, "height", json!(HEIGHT - 1)),
        (header, "height", Value::Null),
        (header, "bits", json!("1d00ffff")),
        (header, "bits", json!(BITS)),
        (header, "bits", json!("xyz")),
        (header, "time", json!(1.5)),
        (header, "difficulty", json!(1e14)),
        (header, "difficulty", json!("NaN")),
        (rate, "result", json!(0)),
        (rate, "result", json!(-9e20)),
        (rate, "result", json!("9e20")),
        (rate, "result", json!(1e19)),
        (rate, "result", Value::Null),
        (stats, "totalfee", Value::Null),
        (stats, "totalfee", json!("5")),
        (stats, "totalfee", json!(-5)),
        (stats, "totalfee", json!(2_100_000_000_000_000_u64)),
        (stats, "height", json!(7)),
        (stats, "blockhash", json!("00")),
    ];
    for (call, field, value) in cases {
        let server = Chain::new().node(move |method, result| {
            if method == call && !result.is_string() {
                spoil(result, if field == "result" { "" } else { field }, &value);
            }
        });
        names_the_field(&ask_node(&server, LONG).unwrap_err(), call, field);
    }
}

#[test]
fn a_node_that_cannot_know_says_so() {
    let syncing = Chain::new().node(|_, result| {
        if result.get("initialblockdownload").is_some() {
            result["initialblockdownload"] = json!(true);
        }
    });
    let error = ask_node(&syncing, LONG).unwrap_err();
    assert!(matches!(error, LiveError::Syncing { height: 965_700, .. }), "{error:?}");

    // A pruned block, in the middle of a batch.
    let pruned = json!({"error": {"code": -1, "message": "Block not available (pruned data)"}});
    let server = Chain::new().node(move |method, result| {
        if method == "getblockstats" && result["height"] == HEIGHT - 100 {
            *result = pruned.clone();
        }
    });
    let error = ask_node(&server, LONG).unwrap_err();
    assert!(error.to_string().contains("getblockstats: the node says Block not"), "{error}");

    // A batch that is refused as a whole.
    let whole = r#"{"result":null,"error":{"code":-32600,"message":"Invalid Request"},"id":null}"#;
    let server = Server::new(|_| Response::ok(whole.to_owned()));
    assert!(matches!(ask_node(&server, LONG), Err(LiveError::Node { code: -32600, .. })));

    let server = Server::new(|_| Response::ok("[]".to_owned()));
    names_the_field(&ask_node(&server, LONG).unwrap_err(), "getblockchaininfo", "result");
}

#[test]
fn a_node_without_a_price_is_not_asked() {
    let server = Chain::new().node(unchanged);
    let source = Source::node(server.url(), None, PlainHttp::NearOnly).unwrap();
    let error = source.fetch(LONG).unwrap_err();
    assert!(error == LiveError::NoPrice && error.is_input(), "{error:?}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn call_that_a_node_does_not_know_keeps_the_nodes_words() {
    let unknown = json!({"error": {"code": -32601, "message": "Method not found"}});
    let server = Chain::new().node(move |method, result| {
        if method == "getblockstats" {
            *result = unknown.clone();
        }
    });
    let told = ask_node(&server, LONG).unwrap_err().to_string();
    assert!(told.ends_with("getblockstats: the node says Method not found (-32601)"), "{told}");
}

#[test]
fn unusual_price_of_an_api_is_taken_with_a_doubt_and_an_impossible_one_is_refused() {
    let priced = |usd: f64| {
        let server = Chain::new().api(move |path, page| {
            if path.ends_with("/prices") {
                page["USD"] = json!(usd);
            }
        });
        ask_api(&server, LONG)
    };
    let live = priced(65.0).unwrap();
    assert_eq!(live.network.price.value().as_usd_per_btc(), 65.0);
    let [doubt] = &live.doubts[..] else { panic!("{:?}", live.doubts) };
    let told = doubt.to_string();
    assert!(told.contains("/api/v1/prices: USD is 65 USD") && told.contains("unusual"), "{told}");
    names_the_field(&priced(0.001).unwrap_err(), "prices", "USD");
}

#[test]
fn what_is_old_or_of_the_future_is_refused() {
    let old = 3 * 3600 + 60;
    for error in [
        ask_api(&Chain::aged(old).api(unchanged), LONG).unwrap_err(),
        ask_node(&Chain::aged(old).node(unchanged), LONG).unwrap_err(),
    ] {
        let is_right = matches!(error, LiveError::Stale { what: "the tip", minutes: 181, .. });
        assert!(is_right, "{error:?}");
    }
    let ahead = -2 * 3600 - 60;
    let error = ask_api(&Chain::aged(ahead).api(unchanged), LONG).unwrap_err();
    names_the_field(&error, "/api/block", "timestamp");
    let error = ask_node(&Chain::aged(ahead).node(unchanged), LONG).unwrap_err();
    names_the_field(&error, "getblockheader", "time");
    let server = Chain::new().api(move |path, page| {
        if path.ends_with("/prices") {
            page["time"] = json!(jiff::Timestamp::now().as_second() - old);
        }
    });
    let error = ask_api(&server, LONG).unwrap_err();
    assert!(matches!(error, LiveError::Stale { what: "the price", .. }), "{error:?}");
}

#[test]
fn fees_that_are_unusual_are_doubted_and_impossible_ones_refused() {
    let of = |btc_a_block: u64| {
        let total = (btc_a_block * 100_000_000 * 144).to_string();
        let server = Chain::new().api(move |path, page| {
            if path.contains("reward-stats") {
                page["totalFee"] = json!(total);
            }
        });
        ask_api(&server, LONG)
    };
    let usual = of(25).unwrap();
    assert_eq!((usual.network.fees_per_block.value().as_btc(), usual.doubts), (25.0, vec![]));
    for odd in [26, 1000] {
        let told: Vec<_> = of(odd).unwrap().doubts.iter().map(ToString::to_string).collect();
        let wanted =
            format!("totalFee is {odd} BTC, unusual for the fees of a block: from 0 BTC to 25");
        assert!(told.len() == 1 && told[0].contains(&wanted), "{told:?}");
    }
    let error = of(1001).unwrap_err();
    names_the_field(&error, "reward-stats", "totalFee");
    assert!(error.to_string().contains("1001 BTC cannot be the fees of a block"), "{error}");
}
