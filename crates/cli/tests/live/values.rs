//! Values that are wrong, missing, outdated or inconsistent.

use super::*;

/// Sets a field to `value`, or removes it if `value` is null; `""` is the whole response.
fn set_field(page: &mut Value, field: &str, value: &Value) {
    match field {
        "" => *page = value.clone(),
        field if value.is_null() => drop(page.as_object_mut().unwrap().remove(field)),
        field => page[field] = value.clone(),
    }
}

fn assert_field_error(error: &LiveError, call: &str, field: &str) {
    let LiveError::Field { query, field: found, .. } = error else { panic!("{error:?}") };
    assert!(query.call.contains(call) && found == field, "{call} {field}: {error}");
    assert!(!error.is_input());
}

#[test]
fn invalid_api_value_is_refused_with_field() {
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
                    set_field(page, field, &value);
                }
            }
        });
        assert_field_error(&fetch_api(&server, LONG).unwrap_err(), call, field);
    }
    for (rate, message) in [
        (json!("9e20"), "is \"9e20\""),
        (json!(0), "is 0"),
        (json!(1e18), "EH/s"),
        (json!(1e22), "EH/s"),
        (Value::Null, "is missing"),
    ] {
        let list = days(14, rate);
        let server = Chain::new().api(move |path, page| {
            if path.contains("hashrate/1m") {
                set_field(page, "hashrates", &list);
            }
        });
        let error = fetch_api(&server, LONG).unwrap_err();
        assert_field_error(&error, "hashrates[0]", "avgHashrate");
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn statistics_far_from_tip_are_refused() {
    let server = Chain::new().api(|path, page| {
        if path.contains("reward-stats") {
            set_field(page, "startBlock", &json!(HEIGHT - 150));
            set_field(page, "endBlock", &json!(HEIGHT - 7));
        }
    });
    let error = fetch_api(&server, LONG).unwrap_err();
    assert_field_error(&error, "reward-stats", "endBlock");
    assert!(error.to_string().contains("far from the tip"), "{error}");
}

#[test]
fn header_of_other_block_is_refused() {
    let other = Chain::aged(1200).header.to_hex();
    let server = Chain::new().api(move |path, page| {
        if path.ends_with("/header") {
            *page = json!(other);
        }
    });
    assert_field_error(&fetch_api(&server, LONG).unwrap_err(), "/api/block", "hash");
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/header") {
            *page = json!("00ff");
        }
    });
    assert_field_error(&fetch_api(&server, LONG).unwrap_err(), "/api/block", "header");
    // An invalid hash is not used in a path.
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/tip/hash") {
            *page = json!("../../admin");
        }
    });
    assert!(matches!(fetch_api(&server, LONG), Err(LiveError::Malformed { .. })));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn invalid_node_value_is_refused_with_field() {
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
                set_field(result, if field == "result" { "" } else { field }, &value);
            }
        });
        assert_field_error(&fetch_node(&server, LONG).unwrap_err(), call, field);
    }
}

#[test]
fn syncing_or_pruned_node_is_refused_with_reason() {
    let syncing = Chain::new().node(|_, result| {
        if result.get("initialblockdownload").is_some() {
            result["initialblockdownload"] = json!(true);
        }
    });
    let error = fetch_node(&syncing, LONG).unwrap_err();
    assert!(matches!(error, LiveError::Syncing { height: 965_700, .. }), "{error:?}");

    // A pruned block, in the middle of a batch.
    let pruned = json!({"error": {"code": -1, "message": "Block not available (pruned data)"}});
    let server = Chain::new().node(move |method, result| {
        if method == "getblockstats" && result["height"] == HEIGHT - 100 {
            *result = pruned.clone();
        }
    });
    let error = fetch_node(&server, LONG).unwrap_err();
    assert!(error.to_string().contains("getblockstats: the node reports: Block not"), "{error}");

    // A batch that is refused entirely.
    let whole = r#"{"result":null,"error":{"code":-32600,"message":"Invalid Request"},"id":null}"#;
    let server = Server::new(|_| Response::ok(whole.to_owned()));
    assert!(matches!(fetch_node(&server, LONG), Err(LiveError::Node { code: -32600, .. })));

    let server = Server::new(|_| Response::ok("[]".to_owned()));
    assert_field_error(&fetch_node(&server, LONG).unwrap_err(), "getblockchaininfo", "result");
}

#[test]
fn node_without_price_is_refused_without_request() {
    let server = Chain::new().node(unchanged);
    let source = Source::node(server.url(), None, PlainHttp::LocalOnly).unwrap();
    let error = source.fetch(LONG).unwrap_err();
    assert!(error == LiveError::NoPrice && error.is_input(), "{error:?}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn unknown_method_error_keeps_message_of_node() {
    let unknown = json!({"error": {"code": -32601, "message": "Method not found"}});
    let server = Chain::new().node(move |method, result| {
        if method == "getblockstats" {
            *result = unknown.clone();
        }
    });
    let message = fetch_node(&server, LONG).unwrap_err().to_string();
    assert!(
        message.ends_with("getblockstats: the node reports: Method not found (-32601)"),
        "{message}"
    );
}

#[test]
fn unusual_api_price_is_accepted_with_warning_and_impossible_one_refused() {
    let priced = |usd: f64| {
        let server = Chain::new().api(move |path, page| {
            if path.ends_with("/prices") {
                page["USD"] = json!(usd);
            }
        });
        fetch_api(&server, LONG)
    };
    let live = priced(65.0).unwrap();
    assert_eq!(live.network.price.value().as_usd_per_btc(), 65.0);
    let [reason] = &live.unusual_values[..] else { panic!("{:?}", live.unusual_values) };
    let message = reason.to_string();
    assert!(
        message.contains("/api/v1/prices: USD is 65 USD") && message.contains("unusual"),
        "{message}"
    );
    assert_field_error(&priced(0.001).unwrap_err(), "prices", "USD");
}

#[test]
fn outdated_or_future_value_is_refused() {
    let old = 3 * 3600 + 60;
    for error in [
        fetch_api(&Chain::aged(old).api(unchanged), LONG).unwrap_err(),
        fetch_node(&Chain::aged(old).node(unchanged), LONG).unwrap_err(),
    ] {
        let is_right = matches!(error, LiveError::Stale { what: "the tip", minutes: 181, .. });
        assert!(is_right, "{error:?}");
    }
    let ahead = -2 * 3600 - 60;
    let error = fetch_api(&Chain::aged(ahead).api(unchanged), LONG).unwrap_err();
    assert_field_error(&error, "/api/block", "timestamp");
    let error = fetch_node(&Chain::aged(ahead).node(unchanged), LONG).unwrap_err();
    assert_field_error(&error, "getblockheader", "time");
    let server = Chain::new().api(move |path, page| {
        if path.ends_with("/prices") {
            page["time"] = json!(jiff::Timestamp::now().as_second() - old);
        }
    });
    let error = fetch_api(&server, LONG).unwrap_err();
    assert!(matches!(error, LiveError::Stale { what: "the price", .. }), "{error:?}");
}

#[test]
fn unusual_fees_are_accepted_with_warning_and_impossible_ones_refused() {
    let of = |btc_a_block: u64| {
        let total = (btc_a_block * 100_000_000 * 144).to_string();
        let server = Chain::new().api(move |path, page| {
            if path.contains("reward-stats") {
                page["totalFee"] = json!(total);
            }
        });
        fetch_api(&server, LONG)
    };
    let usual = of(25).unwrap();
    assert_eq!(
        (usual.network.fees_per_block.value().as_btc(), usual.unusual_values),
        (25.0, vec![])
    );
    for odd in [26, 1000] {
        let message: Vec<_> =
            of(odd).unwrap().unusual_values.iter().map(ToString::to_string).collect();
        let wanted =
            format!("totalFee is {odd} BTC, unusual for the fees of a block: usually 0 BTC to 25");
        assert!(message.len() == 1 && message[0].contains(&wanted), "{message:?}");
    }
    let error = of(1001).unwrap_err();
    assert_field_error(&error, "reward-stats", "totalFee");
    assert!(error.to_string().contains("1001 BTC cannot be the fees of a block"), "{error}");
}
