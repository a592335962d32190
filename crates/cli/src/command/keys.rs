//! Keys of a scenario as options: the common ones have their own option, all others are set by `--set`.

use super::value_parsers;
use clap::Args;
use hashwatt::econ::scenario::{SHORT_NAMES, Value};

/// The heading of these options in the help.
const HEADING: &str = "Keys of the scenario";

/// Keys of the scenario
#[derive(Args)]
pub(super) struct KeyOptions {
    /// Set any key, such as "tariff=22.98 PKR/kWh", lot[0].power_mw=50 or, with a range,
    /// "uptime={ value = 0.9, low = 0.8, high = 0.95 }"; can be repeated for several keys
    #[arg(long, help_heading = HEADING, value_name = "KEY=VALUE", value_parser = parse_assignment, allow_hyphen_values = true)]
    set: Vec<(String, String)>,
    /// Power at the site's meter in megawatts
    #[arg(long, help_heading = HEADING, value_name = "MW", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    mw: Option<f64>,
    /// Efficiency of the machines in J/TH [default: 15]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    j_per_th: Option<f64>,
    /// Machine from the catalogue, such as "Antminer S21 Pro"
    #[arg(long, help_heading = HEADING, value_name = "NAME", conflicts_with = "j_per_th")]
    machine: Option<String>,
    /// Measured J/TH of a machine: a file written by `hashwatt asic --json` or `bench --json`
    #[arg(long, help_heading = HEADING, value_name = "FILE", conflicts_with_all = ["machine", "j_per_th"])]
    measured: Option<String>,
    /// Share of the power used for mining, 0 to 1 [default: 1]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::fraction, allow_hyphen_values = true)]
    mining_share: Option<f64>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::ratio, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Share of the time the machines run, 0 to 1 [default: 0.95]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::fraction, allow_hyphen_values = true)]
    uptime: Option<f64>,
    /// Share of the reward kept by the pool, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::fraction, allow_hyphen_values = true)]
    pool_fee: Option<f64>,
    /// Share of the work that is stale, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::fraction, allow_hyphen_values = true)]
    stale: Option<f64>,
    /// Share of the own hashrate that displaces other miners, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = value_parsers::fraction, allow_hyphen_values = true)]
    displacement: Option<f64>,
    /// Price of energy with its unit, such as "22.98 PKR/kWh" or "50 USD/MWh"
    #[arg(long, help_heading = HEADING, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Exchange rate, such as "281 PKR/USD"; required for a tariff that is not in dollars
    #[arg(long, help_heading = HEADING, value_name = "RATE", allow_hyphen_values = true)]
    fx: Option<String>,
    /// Use losses, grid emissions and reference prices of a region, such as PAK or pakistan
    #[arg(long, help_heading = HEADING, value_name = "REGION")]
    references: Option<String>,
    /// Price of one bitcoin in USD [default: 65159, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "USD", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    price_usd: Option<f64>,
    /// Mean fees per block in BTC [default: 0.023, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "BTC", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    fees_btc: Option<f64>,
    /// Block height that determines the subsidy [default: 965664]
    #[arg(long, help_heading = HEADING, value_name = "N", value_parser = value_parsers::nonce, allow_hyphen_values = true)]
    height: Option<u32>,
    /// Hashrate of all other miners in EH/s [default: 905, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "EH", value_parser = value_parsers::positive, allow_hyphen_values = true, conflicts_with = "difficulty")]
    network_eh: Option<f64>,
    /// Difficulty, instead of the hashrate of other miners
    #[arg(long, help_heading = HEADING, value_name = "D", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    difficulty: Option<f64>,
    /// Average grid emissions in grams of CO2 per kWh
    #[arg(long, help_heading = HEADING, value_name = "G", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
}

/// The name of the option of a scenario's key; the key itself if it has no option.
pub(super) fn option_name(key: &str) -> String {
    let found = SHORT_NAMES.iter().find(|(_, long)| *long == key);
    found.map_or_else(|| key.to_owned(), |(name, _)| format!("--{}", name.replace('_', "-")))
}

/// Splits `KEY=VALUE` at the first `=`.
fn parse_assignment(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, such as uptime=0.9")?;
    match key.trim() {
        "" => Err("write a key before the `=`, such as uptime=0.9".to_owned()),
        key => Ok((key.to_owned(), value.to_owned())),
    }
}

/// The value that an option gives to a key.
pub(super) struct Setting {
    pub key: String,
    pub value: SettingValue,
    /// The option, which is the origin of the value.
    pub option: String,
}

impl Setting {
    /// The setting of `--years`.
    pub(super) fn years(years: f64) -> Self {
        let value = SettingValue::Value(years.into());
        Self { key: "project.years".to_owned(), value, option: "--years".to_owned() }
    }
}

/// A value, or a text that is parsed according to its key.
pub(super) enum SettingValue {
    Value(Value),
    Text(String),
}

impl KeyOptions {
    /// The settings of all options, those of `--set` last.
    pub(super) fn settings(&self) -> Vec<Setting> {
        let numbers = [
            ("power_mw", self.mw),
            ("efficiency_j_per_th", self.j_per_th),
            ("mining_share", self.mining_share),
            ("pue", self.pue),
            ("uptime", self.uptime),
            ("pool_fee", self.pool_fee),
            ("stale", self.stale),
            ("displacement", self.displacement),
            ("price_usd_per_btc", self.price_usd),
            ("fees_btc_per_block", self.fees_btc),
            ("height", self.height.map(f64::from)),
            ("network_hashrate_eh_per_s", self.network_eh),
            ("difficulty", self.difficulty),
            ("grid_average_g_per_kwh", self.grid_g_per_kwh),
        ];
        let texts = [
            ("machine", &self.machine),
            ("measured", &self.measured),
            // Before the tariff, whose error messages may use its currency.
            ("exchange_rate", &self.fx),
            ("tariff", &self.tariff),
            ("region", &self.references),
        ];
        let numbers = numbers.map(|(key, number)| (key, number.map(Value::from)));
        let texts = texts.map(|(key, text)| (key, text.clone().map(Value::from)));
        let named = numbers.into_iter().chain(texts).filter_map(|(key, value)| {
            let value = SettingValue::Value(value?);
            Some(Setting { key: key.to_owned(), value, option: option_name(key) })
        });
        let set = self.set.iter().map(|(key, text)| {
            let (option, value) = (format!("--set {key}"), SettingValue::Text(text.clone()));
            Setting { key: key.clone(), value, option }
        });
        named.chain(set).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignment_is_split_at_first_equals_sign() {
        let pair = |key: &str, value: &str| Ok((key.to_owned(), value.to_owned()));
        assert_eq!(parse_assignment("uptime=0.9"), pair("uptime", "0.9"));
        assert_eq!(parse_assignment(" title = a = b"), pair("title", " a = b"));
        for bad in ["uptime", "", "=0.9", " =1"] {
            assert!(parse_assignment(bad).unwrap_err().contains("uptime=0.9"), "{bad}");
        }
    }
}
