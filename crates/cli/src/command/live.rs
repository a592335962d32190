//! Options for the current network, from a node or an API.

use super::output::print_message;
use super::scenario::Warning;
use super::{Failure, value_parsers};
use crate::live::{Live, LiveError, Login, PlainHttp, Source};
use clap::{ArgGroup, Args};
use hashwatt::econ::network::Network;
use hashwatt::econ::params::ParamId;
use hashwatt::econ::scenario::{Resolved, Scenario};
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::UsdPerBtc;
use std::path::PathBuf;
use std::time::Duration;

/// The maximum deadline: a node reads 144 blocks from disk, which takes at most a few minutes.
const MAX_DEADLINE_SECONDS: f64 = 600.0;

/// The source of height, hashrate, fees and price
#[derive(Args)]
#[command(group = ArgGroup::new("live_source").multiple(true).args(["live", "node", "api"]))]
pub(super) struct LiveOptions {
    /// Use the current height, hashrate, fees and price from mempool.space, or from --node or --api;
    /// values that are given are kept
    #[arg(long)]
    live: bool,
    /// JSON-RPC of a Bitcoin Core node, such as http://127.0.0.1:8332; the price must also be given. Log
    /// in with --node-cookie, or with HASHWATT_NODE_USER and HASHWATT_NODE_PASSWORD
    #[arg(long, value_name = "URL", conflicts_with = "api")]
    node: Option<String>,
    /// Cookie file of the node, such as ~/.bitcoin/.cookie
    #[arg(long, value_name = "FILE", requires = "node")]
    node_cookie: Option<PathBuf>,
    /// API compatible with mempool.space's, such as http://umbrel.local:3006
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Allow plain http:// to any host; anyone on the path can read the login and change the values
    #[arg(long, requires = "live_source")]
    allow_http: bool,
    /// Use the shipped network, with a warning, if live data is not available
    #[arg(long, requires = "live_source")]
    or_snapshot: bool,
    /// Time limit in seconds for all live values together, with retries while a source is busy or
    /// warming up [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = parse_deadline, allow_hyphen_values = true, requires = "live_source")]
    live_deadline: Option<Duration>,
}

/// Parses a deadline in seconds.
fn parse_deadline(text: &str) -> Result<Duration, String> {
    match value_parsers::positive(text) {
        Ok(seconds) if seconds <= MAX_DEADLINE_SECONDS => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("give a number of seconds above 0, at most {MAX_DEADLINE_SECONDS}")),
    }
}

impl LiveOptions {
    /// Whether the current network is requested.
    pub(super) fn is_requested(&self) -> bool {
        self.live || self.node.is_some() || self.api.is_some()
    }

    /// Replaces the shipped network of the scenario by the live one. Values given by the scenario,
    /// whose `resolved` form is passed in, are kept and listed in `warnings`.
    ///
    /// # Errors
    /// [`Failure::Input`] for an invalid address or login, or if the price for a node is missing; otherwise
    /// [`Failure::Run`], unless the shipped network is allowed instead.
    pub(super) fn apply(
        &self,
        scenario: &mut Scenario,
        resolved: &Resolved,
        warnings: &mut Vec<Warning>,
    ) -> Result<(), Failure> {
        let price = scenario.get(PRICE).map(|_| {
            let price = resolved.table.get(resolved.inputs.network.price);
            Uncertain::new(UsdPerBtc::from_usd_per_btc(price.value), price.provenance.clone())
        });
        match self.fetch(price) {
            Ok(live) => {
                warnings.extend(
                    live.unusual_values
                        .iter()
                        .map(|reason| ("unusual_live_value", reason.to_string())),
                );
                warnings.extend(kept_values(scenario, resolved).map(|text| ("as_given", text)));
                scenario.set_network(live.network);
                Ok(())
            }
            Err(error) if error.is_input() => Err(Failure::Input(self.message(&error))),
            Err(error) if self.or_snapshot => {
                let text = format!(
                    "no live data ({error}): the shipped network is used (hashrate: {})",
                    Network::august_2026().hashrate.provenance()
                );
                print_message(&format!("warning: {text}"));
                warnings.push(("shipped_network", text));
                Ok(())
            }
            Err(error) => Err(Failure::Run(format!(
                "no live data: {}; --or-snapshot uses the shipped network instead",
                self.message(&error)
            ))),
        }
    }

    /// The deadline of the option, or the default stated in the help.
    fn deadline(&self) -> Duration {
        self.live_deadline.unwrap_or(Duration::from_secs(10))
    }

    fn fetch(&self, price: Option<Uncertain<UsdPerBtc>>) -> Result<Live, LiveError> {
        let plain = if self.allow_http { PlainHttp::Anywhere } else { PlainHttp::LocalOnly };
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
        source.fetch_and_notify(self.deadline(), &|waiting| print_message(&waiting.to_string()))
    }

    /// The error message with the option instead of the field.
    fn message(&self, error: &LiveError) -> String {
        match error {
            LiveError::NoPrice => {
                "--price-usd: a node provides no price; give the price of one bitcoin in USD"
                    .to_owned()
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
            transient if transient.is_transient() => {
                let wait = transient.retry_after().unwrap_or_default().as_secs_f64();
                match wait < MAX_DEADLINE_SECONDS {
                    true => format!(
                        "{error}; {} s were not enough; allow more with --live-deadline",
                        self.deadline().as_secs_f64()
                    ),
                    false => format!("{error}; try again later"),
                }
            }
            other => other.to_string(),
        }
    }
}

/// The key of the price.
const PRICE: &str = "price_usd_per_btc";

/// Lists the given values, which live values do not replace.
fn kept_values(scenario: &Scenario, resolved: &Resolved) -> Option<String> {
    let network = &resolved.inputs.network;
    let origin = |id: ParamId| Some(resolved.table.get(id).provenance.detail());
    let given: Vec<String> = [
        ("height", None),
        ("network_hashrate_eh_per_s", origin(network.others)),
        ("difficulty", origin(network.others)),
        ("fees_btc_per_block", origin(network.fees)),
        (PRICE, origin(network.price)),
        ("project.start", None),
    ]
    .into_iter()
    .filter(|(key, _)| scenario.get(key).is_some())
    .map(|(key, origin)| match origin {
        Some(origin) => format!("{key} ({origin})"),
        None => key.to_owned(),
    })
    .collect();
    (!given.is_empty())
        .then(|| format!("given values are used instead of live ones: {}", given.join(", ")))
}
