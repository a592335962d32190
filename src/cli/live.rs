//! Options that take the network from a node or an API as it is now.

use super::{Failure, number};
use clap::{ArgGroup, Args};
use hashwatt::econ::{Case, Network};
use hashwatt::estimate::Estimate;
use hashwatt::live::{Live, LiveError, Login, Source};
use std::path::PathBuf;
use std::time::Duration;

/// A node reads 144 blocks from its disk; nobody waits longer than some minutes.
const MOST_SECONDS: f64 = 600.0;

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
    /// Take the shipped network where the live one cannot be had, and say so
    #[arg(long, requires = "live_source")]
    or_snapshot: bool,
    /// Seconds for all live values together [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = deadline, allow_hyphen_values = true, requires = "live_source")]
    live_deadline: Option<Duration>,
}

/// Seconds above 0 and not too many.
fn deadline(text: &str) -> Result<Duration, String> {
    match number::positive(text) {
        Ok(seconds) if seconds <= MOST_SECONDS => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("give a number of seconds above 0, at most {MOST_SECONDS}")),
    }
}

impl LiveOptions {
    /// Puts the live values in the place of the shipped ones, where they are asked for. Those that
    /// were given stand, and `told` says which.
    ///
    /// # Errors
    /// Bad input for an address or a login, or where a node's price is missing; otherwise a failed
    /// run, unless the shipped network was allowed in its place.
    pub(super) fn apply(&self, case: &mut Case, told: &mut Vec<String>) -> Result<(), Failure> {
        if !self.live && self.node.is_none() && self.api.is_none() {
            return Ok(());
        }
        let shipped = Network::august_2026();
        match self.fetch(case, &shipped) {
            Ok(live) => {
                put_in(case, live, &shipped, told);
                Ok(())
            }
            Err(error) if error.is_input() => Err(Failure::Input(self.named(&error))),
            Err(error) if self.or_snapshot => {
                let instead = format!(
                    "no live data ({error}): in their place stands the shipped network, hashrate \
                     of {}",
                    shipped.hashrate.provenance()
                );
                eprintln!("warning: {instead}");
                told.push(instead);
                Ok(())
            }
            Err(error) => Err(Failure::Run(format!(
                "no live data: {error}; --or-snapshot takes the shipped network in its place"
            ))),
        }
    }

    fn fetch(&self, case: &Case, shipped: &Network) -> Result<Live, LiveError> {
        let mut source = match (&self.node, &self.api) {
            (Some(node), _) => {
                let login = match &self.node_cookie {
                    Some(file) => Some(Login::from_cookie_file(file)?),
                    None => Login::from_environment()?,
                };
                Source::node(node, login)?
            }
            (None, Some(api)) => Source::api(api)?,
            (None, None) => Source::api(Source::MEMPOOL_SPACE)?,
        };
        if case.network.price != shipped.price {
            source = source.with_price(case.network.price.clone());
        }
        source.fetch(self.live_deadline.unwrap_or(Duration::from_secs(10)))
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
            other => other.to_string(),
        }
    }
}

/// The live values where nobody gave others.
fn put_in(case: &mut Case, live: Live, shipped: &Network, told: &mut Vec<String>) {
    let (now, mut given) = (live.network, Vec::new());
    let network = &mut case.network;
    put("height", &mut network.height, now.height, &shipped.height, &mut given);
    put("network_hashrate", &mut network.hashrate, now.hashrate, &shipped.hashrate, &mut given);
    let (fees, shipped_fees) = (&mut network.fees_per_block, &shipped.fees_per_block);
    put("fees_per_block", fees, now.fees_per_block, shipped_fees, &mut given);
    put("price", &mut network.price, now.price, &shipped.price, &mut given);
    if !given.is_empty() {
        told.push(format!("as given, not live: {}", given.join(", ")));
    }
}

/// What differs from the shipped value was given: its origin says by what.
fn put<T: PartialEq>(
    field: &str,
    slot: &mut Estimate<T>,
    live: Estimate<T>,
    shipped: &Estimate<T>,
    given: &mut Vec<String>,
) {
    if *slot == *shipped {
        *slot = live;
    } else {
        given.push(format!("{field} ({})", slot.provenance().detail()));
    }
}
