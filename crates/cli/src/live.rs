//! The current state of the network, from a Bitcoin Core node or from an API like mempool.space's.
//!
//! [`Source::fetch`] requests the tip, its difficulty, the fees of the last 144 blocks, the
//! network's hashrate and the price, and returns them as a [`Network`], each value with its date
//! and source. One deadline covers all requests, a response has at most 1 MiB, and redirects are
//! not followed. Requests to a source that is busy or warming up are retried within the deadline;
//! no other request is repeated. A value that is missing, implausible, outdated or from another
//! network is a [`LiveError`] and is never replaced; falling back to the shipped network is the
//! caller's decision. Values that are merely unusual are listed in [`Live::unusual_values`].
//!
//! ```no_run
//! use hashwatt::econ::scenario::Scenario;
//! use hashwatt_cli::live::{Login, PlainHttp, Source};
//! use hashwatt::uncertainty::Uncertain;
//! use hashwatt::units::UsdPerBtc;
//! use std::path::Path;
//! use std::time::Duration;
//!
//! let mut scenario = Scenario::new();
//! let live = Source::api(Source::MEMPOOL_SPACE, PlainHttp::LocalOnly)?.fetch(Duration::from_secs(10))?;
//! println!("difficulty {} ({})", live.difficulty.value().value(), live.difficulty.provenance());
//! scenario.set_network(live.network);
//!
//! // A node provides no price.
//! let price = Uncertain::user_reported(UsdPerBtc::from_usd_per_btc(65_000.0), "our desk");
//! let login = Login::from_cookie_file(Path::new("/home/me/.bitcoin/.cookie"))?;
//! let node = Source::node("http://127.0.0.1:8332", Some(login), PlainHttp::LocalOnly)?;
//! let node = node.with_price(price);
//! scenario.set_network(node.fetch(Duration::from_secs(60))?.network);
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```

mod address;
mod api;
mod chain_tip;
mod connection;
mod error;
mod http_status;
mod login;
mod mainnet_checks;
mod networks;
mod node;
mod query;
mod response;
mod unusual_value;

pub use address::PlainHttp;
pub use error::{LiveError, RetryNotice};
pub use http_status::ErrorStatus;
pub use login::Login;
pub use query::{Query, SourceKind};
pub use unusual_value::UnusualValue;

use address::Address;
use connection::Connection;
use hashwatt::econ::network::Network;
use hashwatt::pow::Difficulty;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::UsdPerBtc;
use std::time::Duration;

/// The number of blocks over which the mean fees are computed: about a day.
const FEE_BLOCKS: u32 = 144;

/// A source of live values: its address, login and price.
#[derive(Clone, Debug)]
pub struct Source {
    address: Address,
    login: Option<Login>,
    price: Option<Uncertain<UsdPerBtc>>,
}

/// The values from a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// The network at the tip: its height, the mean fees of the last 144 blocks, the price, and the
    /// hashrate over about two weeks with the standard uncertainty due to the number of blocks.
    pub network: Network,
    /// The difficulty of the tip, computed exactly from its bits.
    pub difficulty: Uncertain<Difficulty>,
    /// Values that are possible but unusual.
    pub unusual_values: Vec<UnusualValue>,
}

impl Source {
    /// The public API of mempool.space.
    pub const MEMPOOL_SPACE: &str = "https://mempool.space";

    /// An API like mempool.space's at `https://HOST[:PORT][/PATH]`, with or without `/api` at the
    /// end. A local host with a port needs no scheme.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn api(url: &str, plain: PlainHttp) -> Result<Self, LiveError> {
        let address = Address::parse(SourceKind::Api, url, plain)?;
        let address = address.without_suffix("/v1").without_suffix("/api").require_mainnet()?;
        Ok(Self { address, login: None, price: None })
    }

    /// The JSON-RPC of a Bitcoin Core node, usually at `http://127.0.0.1:8332`. A local host with a
    /// port needs no scheme. A node requires a price ([`Self::with_price`]), which it does not
    /// provide.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn node(url: &str, login: Option<Login>, plain: PlainHttp) -> Result<Self, LiveError> {
        let address = Address::parse(SourceKind::Node, url, plain)?.require_mainnet()?;
        Ok(Self { address, login, price: None })
    }

    /// Sets the price, which is then not requested from the source.
    pub fn with_price(self, price: Uncertain<UsdPerBtc>) -> Self {
        Self { price: Some(price), ..self }
    }

    /// Fetches all values, within `deadline` for all requests together.
    ///
    /// # Errors
    /// [`LiveError::NoPrice`] for a node without a price; otherwise why the values could not be
    /// fetched, or which field has an invalid value.
    pub fn fetch(&self, deadline: Duration) -> Result<Live, LiveError> {
        self.fetch_and_notify(deadline, &|_| {})
    }

    /// Like [`Self::fetch`], but calls `notify` before each wait for a source that is not ready yet.
    ///
    /// # Errors
    /// Like [`Self::fetch`].
    pub fn fetch_and_notify(
        &self,
        deadline: Duration,
        notify: &dyn Fn(&RetryNotice<'_>),
    ) -> Result<Live, LiveError> {
        let now = jiff::Timestamp::now();
        let price = self.price.clone();
        let open = || Connection::new(&self.address, self.login.as_ref(), deadline, notify);
        match self.address.source {
            SourceKind::Node => node::fetch(&open(), now, price.ok_or(LiveError::NoPrice)?),
            SourceKind::Api => api::fetch(&open(), now, price),
        }
    }
}
