//! Test networks, by the names that nodes, folders and addresses have for them.

/// Each name with what it is.
const NAMES: [(&str, &str); 6] = [
    ("testnet", "testnet3"),
    ("testnet3", "testnet3"),
    ("testnet4", "testnet4"),
    ("signet", "signet"),
    ("mutinynet", "Mutinynet, a signet"),
    ("regtest", "regtest"),
];

/// Folders in which nodes of test networks keep their files, below that of the main network.
pub(super) const FOLDERS: [&str; 4] = ["testnet3", "testnet4", "signet", "regtest"];

/// The test network of a name in a path.
pub(super) fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, network)| *network)
}

/// The test network that a node calls so in `getblockchaininfo`.
pub(super) fn of_chain(chain: &str) -> Option<&'static str> {
    named(if chain == "test" { "testnet3" } else { chain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_networks_are_told_apart_and_the_main_network_is_none() {
        let of_chains = ["test", "testnet4", "signet", "regtest"].map(of_chain);
        assert_eq!(of_chains, ["testnet3", "testnet4", "signet", "regtest"].map(Some));
        assert_eq!(named("TestNet"), Some("testnet3"));
        // A folder or a page of that name says nothing.
        assert_eq!(
            (named("test"), named("main"), named(""), of_chain("main")),
            (None, None, None, None)
        );
    }
}
