//! The network as it is now, asked of a Bitcoin Core node or of an API like mempool.space's.
//!
//! [`Source::fetch`] asks for the tip, its difficulty, the fees of the last 144 blocks, the
//! network's hashrate and the price, and makes an [`Network`] of them, each value
//! with its date and source. One deadline covers the whole of it, an answer has at most 1 MiB,
//! redirects are not followed and nothing is asked twice. What is missing, implausible or old is
//! a [`LiveError`], never another value: whoever wants the shipped network in its place says so.
//!
//! ```no_run
//! use hashwatt::econ::scenario::Scenario;
//! use hashwatt_cli::live::{Login, Source};
//! use hashwatt::uncertainty::Estimate;
//! use hashwatt::units::UsdPerBtc;
//! use std::path::Path;
//! use std::time::Duration;
//!
//! let mut scenario = Scenario::new();
//! let live = Source::api(Source::MEMPOOL_SPACE)?.fetch(Duration::from_secs(10))?;
//! println!("difficulty {} ({})", live.difficulty.value().value(), live.difficulty.provenance());
//! scenario.set_network(live.network);
//!
//! // A node knows no price.
//! let price = Estimate::user_reported(UsdPerBtc::from_usd_per_btc(65_000.0), "our desk");
//! let login = Login::from_cookie_file(Path::new("/home/me/.bitcoin/.cookie"))?;
//! let node = Source::node("http://127.0.0.1:8332", Some(login))?.with_price(price);
//! scenario.set_network(node.fetch(Duration::from_secs(60))?.network);
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```

mod address;
mod answer;
mod api;
mod connection;
mod error;
mod login;
mod node;
mod tip;

pub use error::LiveError;
pub use login::Login;

use address::Address;
use connection::Connection;
use hashwatt::econ::network::Network;
use hashwatt::pow::Difficulty;
use hashwatt::uncertainty::Estimate;
use hashwatt::units::UsdPerBtc;
use std::time::Duration;

/// Blocks over which the mean fees are taken: a day of them.
const FEE_BLOCKS: u32 = 144;

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Source {
    kind: Kind,
    address: Address,
    price: Option<Estimate<UsdPerBtc>>,
}

#[derive(Clone, Debug)]
enum Kind {
    Node(Option<Login>),
    Api,
}

/// What a source said.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// The network at the tip: its height, the mean fees of the last 144 blocks, the price, and
    /// the hashrate of about two weeks with the uncertainty that the count of blocks leaves.
    pub network: Network,
    /// The difficulty of the tip, exactly as its bits have it.
    pub difficulty: Estimate<Difficulty>,
}

impl Source {
    /// The public API of mempool.space.
    pub const MEMPOOL_SPACE: &str = "https://mempool.space";

    /// An API like mempool.space's at `https://HOST[:PORT][/PATH]`, with or without `/api` at its
    /// end. Plain `http://` is taken within the machine and the local network.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn api(url: &str) -> Result<Self, LiveError> {
        let address = Address::parse(url)?.without_end("/v1").without_end("/api");
        Ok(Self { kind: Kind::Api, address, price: None })
    }

    /// A Bitcoin Core node's JSON-RPC, as a rule at `http://127.0.0.1:8332`. Plain `http://` is
    /// taken within the machine and the local network. It needs a price ([`Self::with_price`]),
    /// which no node has.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn node(url: &str, login: Option<Login>) -> Result<Self, LiveError> {
        Ok(Self { kind: Kind::Node(login), address: Address::parse(url)?, price: None })
    }

    /// With a price, which then is not asked for.
    pub fn with_price(self, price: Estimate<UsdPerBtc>) -> Self {
        Self { price: Some(price), ..self }
    }

    /// Asks, within `deadline` for all requests together.
    ///
    /// # Errors
    /// [`LiveError::NoPrice`] for a node without a price; otherwise what kept the values from
    /// coming, or the field whose value cannot be.
    pub fn fetch(&self, deadline: Duration) -> Result<Live, LiveError> {
        let now = jiff::Timestamp::now();
        let price = self.price.clone();
        match &self.kind {
            Kind::Node(login) => {
                let price = price.ok_or(LiveError::NoPrice)?;
                node::fetch(&Connection::new(&self.address, login.as_ref(), deadline), now, price)
            }
            Kind::Api => api::fetch(&Connection::new(&self.address, None, deadline), now, price),
        }
    }
}
