//! Sources of test networks, which have the same forms.

use super::*;
use hashwatt::pow::{CompactTarget, Target};

fn is_of_another_network(answer: Result<Live, LiveError>, words: &[&str]) {
    let error = answer.unwrap_err();
    assert!(matches!(error, LiveError::OtherNetwork { .. }), "{error:?}");
    let told = error.to_string();
    assert!(told.contains("of the main network"), "{told}");
    assert!(words.iter().all(|word| told.contains(word)), "{told}");
}

#[test]
fn node_of_each_test_network_is_named() {
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
        is_of_another_network(ask_node(&server, LONG), &[network, "ask a node"]);
    }
}

#[test]
fn difficulty_of_a_test_network_is_refused_whoever_tells_it() {
    // The least of testnet, that of signet's first block, and what the main network had in 2015.
    for bits in [0x1d00_ffff, 0x1e03_77ae, 0x1816_2043] {
        let mut chain = Chain::new();
        chain.header.bits = CompactTarget::from_bits(bits);
        let difficulty = Target::from_compact(chain.header.bits).unwrap().difficulty().value();
        let told = format!("difficulty is {difficulty}");
        let words = [told.as_str(), "test network"];
        is_of_another_network(ask_api(&chain.clone().api(unchanged), LONG), &words);
        is_of_another_network(ask_node(&chain.node(unchanged), LONG), &words);
    }
}

#[test]
fn height_out_of_step_with_time_is_refused() {
    for height in [0, 118_000, 940_000, 4_900_000] {
        let server = Chain::new().api(move |path, page| {
            if page.get("height").is_some() && path.starts_with("/api/block/") {
                page["height"] = json!(height);
            }
        });
        let told = format!("height is {height}");
        is_of_another_network(ask_api(&server, LONG), &[&told, "ask an API"]);
    }
}

#[test]
fn address_whose_path_ends_in_a_test_networks_name_is_not_asked() {
    let server = Chain::new().api(unchanged);
    for end in ["testnet", "testnet4/", "signet/api", "regtest/api/v1"] {
        let told = api(&format!("{}/{end}", server.url())).unwrap_err();
        assert!(told.is_input() && told.to_string().contains("a test network ("), "{told}");
    }
    assert_eq!(server.requests().len(), 0);
}
