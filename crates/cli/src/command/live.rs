//! Options that take the network from a node or an API as it is now.

use super::output::tell;
use super::scenario::Told;
use super::{Failure, number};
use crate::live::{Live, LiveError, Login, PlainHttp, Source};
use clap::{ArgGroup, Args};
use hashwatt::econ::network::Network;
use hashwatt::econ::params::ParamId;
use hashwatt::econ::scenario::{Resolved, Scenario};
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::UsdPerBtc;
use std::path::PathBuf;
use std::time::Duration;

/// A node reads 144 blocks from its disk; nobody waits longer than some minutes.
const MAX_SECONDS: f64 = 600.0;

/// Whom to ask for height, hashrate, fees and price
#[derive(Args)]
#[command(group = ArgGroup::new("live_source").multiple(true).args(["live", "node", "api"]))]
pub(super) struct LiveOptions {
    /// Take height, hashrate, fees and price as they are now: from mempool.space, or from --node
    /// or --api. Values that are given stand
    #[arg(long)]
    live: bool,
    /// A Bitcoin Core node's JSON-RPC, such as http://127.0.0.1:8332; give the price too. The
    /// login is --node-cookie, or HASHWATT_NODE_USER and HASHWATT_NODE_PASSWORD
    #[arg(long, value_name = "URL", conflicts_with = "api")]
    node: Option<String>,
    /// The node's cookie, such as ~/.bitcoin/.cookie
    #[arg(long, value_name = "FILE", requires = "node")]
    node_cookie: Option<PathBuf>,
    /// Another API like mempool.space's, such as http://umbrel.local:3006
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Take plain http:// from any host: everybody on the way can read the login and change the values
    #[arg(long, requires = "live_source")]
    allow_http: bool,
    /// Take the shipped network where the live one cannot be had, and say so
    #[arg(long, requires = "live_source")]
    or_snapshot: bool,
    /// Seconds for all live values together, in which a source that is busy or warming up is waited
    /// for [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = deadline, allow_hyphen_values = true, requires = "live_source")]
    live_deadline: Option<Duration>,
}

/// Seconds above 0 and not too many.
fn deadline(text: &str) -> Result<Duration, String> {
    match number::positive(text) {
        Ok(seconds) if seconds <= MAX_SECONDS => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("give a number of seconds above 0, at most {MAX_SECONDS}")),
    }
}

impl LiveOptions {
    /// Whether the network of today is asked for.
    pub(super) fn is_asked_for(&self) -> bool {
        self.live || self.node.is_some() || self.api.is_some()
    }

    /// Puts the live network in the place of the shipped one; `now` is what the scenario makes of it
    /// without. What the scenario gives stands, and `told` says so.
    ///
    /// # Errors
    /// Bad input for an address or a login, or where a node's price is missing; otherwise a failed
    /// run, unless the shipped network was allowed in its place.
    pub(super) fn apply(
        &self,
        scenario: &mut Scenario,
        now: &Resolved,
        told: &mut Vec<Told>,
    ) -> Result<(), Failure> {
        let price = scenario.get(PRICE).map(|_| {
            let price = now.table.get(now.inputs.network.price);
            Uncertain::new(UsdPerBtc::from_usd_per_btc(price.value), price.provenance.clone())
        });
        match self.fetch(price) {
            Ok(live) => {
                told.extend(
                    live.doubts.iter().map(|doubt| ("unusual_live_value", doubt.to_string())),
                );
                told.extend(as_given(scenario, now).map(|text| ("as_given", text)));
                scenario.set_network(live.network);
                Ok(())
            }
            Err(error) if error.is_input() => Err(Failure::Input(self.named(&error))),
            Err(error) if self.or_snapshot => {
                let instead = format!(
                    "no live data ({error}): the shipped network is used, hashrate of {}",
                    Network::august_2026().hashrate.provenance()
                );
                tell(&format!("warning: {instead}"));
                told.push(("shipped_network", instead));
                Ok(())
            }
            Err(error) => Err(Failure::Run(format!(
                "no live data: {}; --or-snapshot takes the shipped network in its place",
                self.named(&error)
            ))),
        }
    }

    /// The options' time, or that of the help.
    fn deadline(&self) -> Duration {
        self.live_deadline.unwrap_or(Duration::from_secs(10))
    }

    fn fetch(&self, price: Option<Uncertain<UsdPerBtc>>) -> Result<Live, LiveError> {
        let plain = if self.allow_http { PlainHttp::Anywhere } else { PlainHttp::NearOnly };
        let mut source = match (&self.node, &self.api) {
            (Some(node), _) => {
                let login = match &self.node_cookie {
                    Some(file) => Some(Login::from_cookie_file(file)?),
                    None => Login::from_environment()?,
                };
                Source::node(node, login, plain)?
            }
            (None, Some(api)) => Source::api(api, plain)?,
            (None, None) => Source::api(Source::MEMPOOL_SPACE, plain)?,
        };
        if let Some(price) = price {
            source = source.with_price(price);
        }
        source.fetch_and_notify(self.deadline(), &|waiting| tell(&waiting.to_string()))
    }

    /// The error with the option in the field's place.
    fn named(&self, error: &LiveError) -> String {
        match error {
            LiveError::NoPrice => {
                "--price-usd: a node knows no price; give the price of a bitcoin in USD".to_owned()
            }
            LiveError::BadSetting { field, reason } => {
                let option = match *field {
                    "url" if self.node.is_some() => "--node",
                    "url" => "--api",
                    "cookie" => "--node-cookie",
                    variable => variable,
                };
                format!("{option}: {reason}")
            }
            LiveError::Timeout { .. } => format!("{error} with --live-deadline"),
            passing if passing.is_passing() => {
                let asked = passing.retry_after().unwrap_or_default().as_secs_f64();
                match asked < MAX_SECONDS {
                    true => format!(
                        "{error}; {} s were not enough, give more with --live-deadline",
                        self.deadline().as_secs_f64()
                    ),
                    false => format!("{error}; ask again later"),
                }
            }
            other => other.to_string(),
        }
    }
}

/// The key of the price.
const PRICE: &str = "price_usd_per_btc";

/// What the scenario gives, which no live value replaces.
fn as_given(scenario: &Scenario, now: &Resolved) -> Option<String> {
    let network = &now.inputs.network;
    let by = |id: ParamId| Some(now.table.get(id).provenance.detail());
    let given: Vec<String> = [
        ("height", None),
        ("network_hashrate_eh_per_s", by(network.others)),
        ("difficulty", by(network.others)),
        ("fees_btc_per_block", by(network.fees)),
        (PRICE, by(network.price)),
        ("project.start", None),
    ]
    .into_iter()
    .filter(|(key, _)| scenario.get(key).is_some())
    .map(|(key, by)| by.map_or_else(|| key.to_owned(), |by| format!("{key} ({by})")))
    .collect();
    (!given.is_empty()).then(|| format!("as given, not live: {}", given.join(", ")))
}
