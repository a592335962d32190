//! The names of test networks in nodes, folders and addresses.

/// Each name with its test network.
const NAMES: [(&str, &str); 6] = [
    ("testnet", "testnet3"),
    ("testnet3", "testnet3"),
    ("testnet4", "testnet4"),
    ("signet", "signet"),
    ("mutinynet", "Mutinynet, a signet"),
    ("regtest", "regtest"),
];

/// Subfolders of a node's data folder for its test networks.
pub(super) const FOLDERS: [&str; 4] = ["testnet3", "testnet4", "signet", "regtest"];

/// The test network that a part of a path names.
pub(super) fn test_network(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, network)| *network)
}

/// The test network of a chain name in `getblockchaininfo`.
pub(super) fn test_network_of_chain(chain: &str) -> Option<&'static str> {
    test_network(if chain == "test" { "testnet3" } else { chain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_network_names_are_recognised_and_main_is_not() {
        let of_chains = ["test", "testnet4", "signet", "regtest"].map(test_network_of_chain);
        assert_eq!(of_chains, ["testnet3", "testnet4", "signet", "regtest"].map(Some));
        assert_eq!(test_network("TestNet"), Some("testnet3"));
        // In a path these names are not specific to a test network.
        assert_eq!(
            (
                test_network("test"),
                test_network("main"),
                test_network(""),
                test_network_of_chain("main")
            ),
            (None, None, None, None)
        );
    }
}
