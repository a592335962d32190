//! Sources of test networks, which use the same formats.

use super::*;
use hashwatt::pow::{CompactTarget, Target};

fn assert_other_network(result: Result<Live, LiveError>, words: &[&str]) {
    let error = result.unwrap_err();
    assert!(matches!(error, LiveError::OtherNetwork { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("of the main network"), "{message}");
    assert!(words.iter().all(|word| message.contains(word)), "{message}");
}

#[test]
fn node_of_test_network_is_refused_with_its_name() {
    for (chain, network) in [
        ("test", "a test network (testnet3)"),
        ("testnet4", "a test network (testnet4)"),
        ("signet", "a test network (signet)"),
        ("regtest", "a test network (regtest)"),
        ("liquidv1", "liquidv1, not the main network"),
    ] {
        let server = Chain::new().node(move |method, result| {
            if method == "getblockchaininfo" {
                result["chain"] = json!(chain);
            }
        });
        assert_other_network(fetch_node(&server, LONG), &[network, "use a node"]);
    }
}

#[test]
fn difficulty_of_test_network_is_refused_for_api_and_node() {
    // The minimum of testnet, that of signet's first block, and the main network's in 2015.
    for bits in [0x1d00_ffff, 0x1e03_77ae, 0x1816_2043] {
        let mut chain = Chain::new();
        chain.header.bits = CompactTarget::from_bits(bits);
        let difficulty = Target::from_compact(chain.header.bits).unwrap().difficulty().value();
        let message = format!("difficulty is {difficulty}");
        let words = [message.as_str(), "test network"];
        assert_other_network(fetch_api(&chain.clone().api(unchanged), LONG), &words);
        assert_other_network(fetch_node(&chain.node(unchanged), LONG), &words);
    }
}

#[test]
fn height_inconsistent_with_time_is_refused() {
    for height in [0, 118_000, 940_000, 4_900_000] {
        let server = Chain::new().api(move |path, page| {
            if page.get("height").is_some() && path.starts_with("/api/block/") {
                page["height"] = json!(height);
            }
        });
        let message = format!("height is {height}");
        assert_other_network(fetch_api(&server, LONG), &[&message, "use an API"]);
    }
}

#[test]
fn address_ending_in_test_network_name_is_refused_without_request() {
    let server = Chain::new().api(unchanged);
    for end in ["testnet", "testnet4/", "signet/api", "regtest/api/v1"] {
        let message = api(&format!("{}/{end}", server.url())).unwrap_err();
        assert!(
            message.is_input() && message.to_string().contains("a test network ("),
            "{message}"
        );
    }
    assert_eq!(server.requests().len(), 0);
}
