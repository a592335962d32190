//! The network as it is now, asked of a Bitcoin Core node or of an API like mempool.space's.
//!
//! [`Source::fetch`] asks for the tip, its difficulty, the fees of the last 144 blocks, the
//! network's hashrate and the price, and makes an [`Network`] of them, each value
//! with its date and source. One deadline covers the whole of it, an answer has at most 1 MiB, and
//! redirects are not followed. A source that is busy or warming up is asked again within the deadline; nothing
//! else is asked twice. What is missing, implausible, old or of another network is
//! a [`LiveError`], never another value: whoever wants the shipped network in its place says so.
//! What is merely unusual stands in [`Live::doubts`].
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
//! let live = Source::api(Source::MEMPOOL_SPACE, PlainHttp::NearOnly)?.fetch(Duration::from_secs(10))?;
//! println!("difficulty {} ({})", live.difficulty.value().value(), live.difficulty.provenance());
//! scenario.set_network(live.network);
//!
//! // A node knows no price.
//! let price = Uncertain::user_reported(UsdPerBtc::from_usd_per_btc(65_000.0), "our desk");
//! let login = Login::from_cookie_file(Path::new("/home/me/.bitcoin/.cookie"))?;
//! let node = Source::node("http://127.0.0.1:8332", Some(login), PlainHttp::NearOnly)?;
//! let node = node.with_price(price);
//! scenario.set_network(node.fetch(Duration::from_secs(60))?.network);
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```

mod address;
mod answer;
mod api;
mod connection;
mod doubt;
mod error;
mod known;
mod login;
mod networks;
mod node;
mod query;
mod refused;
mod tip;

pub use address::PlainHttp;
pub use doubt::ValueInDoubt;
pub use error::{LiveError, Waiting};
pub use login::Login;
pub use query::{Query, SourceKind};
pub use refused::Refused;

use address::Address;
use connection::Connection;
use hashwatt::econ::network::Network;
use hashwatt::pow::Difficulty;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::UsdPerBtc;
use std::time::Duration;

/// Blocks over which the mean fees are taken: a day of them.
const FEE_BLOCKS: u32 = 144;

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Source {
    address: Address,
    login: Option<Login>,
    price: Option<Uncertain<UsdPerBtc>>,
}

/// What a source said.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// The network at the tip: its height, the mean fees of the last 144 blocks, the price, and
    /// the hashrate of about two weeks with the uncertainty that the count of blocks leaves.
    pub network: Network,
    /// The difficulty of the tip, exactly as its bits have it.
    pub difficulty: Uncertain<Difficulty>,
    /// Values that can be, and seldom are.
    pub doubts: Vec<ValueInDoubt>,
}

impl Source {
    /// The public API of mempool.space.
    pub const MEMPOOL_SPACE: &str = "https://mempool.space";

    /// An API like mempool.space's at `https://HOST[:PORT][/PATH]`, with or without `/api` at its
    /// end. A near host with a port needs no scheme.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn api(url: &str, plain: PlainHttp) -> Result<Self, LiveError> {
        let address = Address::parse(SourceKind::Api, url, plain)?;
        let address = address.without_end("/v1").without_end("/api").of_main_network()?;
        Ok(Self { address, login: None, price: None })
    }

    /// A Bitcoin Core node's JSON-RPC, as a rule at `http://127.0.0.1:8332`. A near host with a port needs no
    /// scheme. It needs a price ([`Self::with_price`]), which no node has.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`.
    pub fn node(url: &str, login: Option<Login>, plain: PlainHttp) -> Result<Self, LiveError> {
        let address = Address::parse(SourceKind::Node, url, plain)?.of_main_network()?;
        Ok(Self { address, login, price: None })
    }

    /// With a price, which then is not asked for.
    pub fn with_price(self, price: Uncertain<UsdPerBtc>) -> Self {
        Self { price: Some(price), ..self }
    }

    /// Asks, within `deadline` for all requests together.
    ///
    /// # Errors
    /// [`LiveError::NoPrice`] for a node without a price; otherwise what kept the values from
    /// coming, or the field whose value cannot be.
    pub fn fetch(&self, deadline: Duration) -> Result<Live, LiveError> {
        self.fetch_and_notify(deadline, &|_| {})
    }

    /// The same, and `notify` is told whenever a source that cannot answer yet is waited for.
    ///
    /// # Errors
    /// Those of [`Self::fetch`].
    pub fn fetch_and_notify(
        &self,
        deadline: Duration,
        notify: &dyn Fn(&Waiting<'_>),
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
