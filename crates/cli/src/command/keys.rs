//! Keys of a scenario as options: the usual ones by a name of their own, every other one by `--set`.

use super::number;
use clap::Args;
use hashwatt::econ::scenario::{SHORT_NAMES, Value};

/// What the options are listed under in the help.
const HEADING: &str = "Keys of the scenario";

/// Keys of the scenario
#[derive(Args)]
pub(super) struct KeyOptions {
    /// Give any key a value, such as "tariff=22.98 PKR/kWh", lot[0].power_mw=50 or, with a range,
    /// "uptime={ value = 0.9, low = 0.8, high = 0.95 }"; may be given for several keys
    #[arg(long, help_heading = HEADING, value_name = "KEY=VALUE", value_parser = assignment, allow_hyphen_values = true)]
    set: Vec<(String, String)>,
    /// Power at the site's meter in megawatts
    #[arg(long, help_heading = HEADING, value_name = "MW", value_parser = number::not_negative, allow_hyphen_values = true)]
    mw: Option<f64>,
    /// Efficiency at the machine in J/TH [default: 15]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::positive, allow_hyphen_values = true)]
    j_per_th: Option<f64>,
    /// A machine of the catalogue, such as "Antminer S21 Pro"
    #[arg(long, help_heading = HEADING, value_name = "NAME", conflicts_with = "j_per_th")]
    machine: Option<String>,
    /// Another machine's J/TH: a file that `hashwatt asic --json` or `bench --json` wrote
    #[arg(long, help_heading = HEADING, value_name = "FILE", conflicts_with_all = ["machine", "j_per_th"])]
    measured: Option<String>,
    /// Part of the power that mines, 0 to 1 [default: 1]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    mining_share: Option<f64>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::ratio, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Part of the time the machines run, 0 to 1 [default: 0.95]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    uptime: Option<f64>,
    /// Part of the reward the pool keeps, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    pool_fee: Option<f64>,
    /// Part of the work that comes too late, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    stale: Option<f64>,
    /// Part of the own hashrate that pushes other miners out, 0 to 1 [default: 0]
    #[arg(long, help_heading = HEADING, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    displacement: Option<f64>,
    /// Price of energy with its unit, such as "22.98 PKR/kWh" or "50 USD/MWh"
    #[arg(long, help_heading = HEADING, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Exchange rate, such as "281 PKR/USD"; needed for a tariff that is not in dollars
    #[arg(long, help_heading = HEADING, value_name = "RATE", allow_hyphen_values = true)]
    fx: Option<String>,
    /// Take losses, grid emissions and reference prices of a region, such as PAK or pakistan
    #[arg(long, help_heading = HEADING, value_name = "REGION")]
    references: Option<String>,
    /// Price of a bitcoin in USD [default: 65159, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "USD", value_parser = number::positive, allow_hyphen_values = true)]
    price_usd: Option<f64>,
    /// Mean fees of a block in BTC [default: 0.023, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "BTC", value_parser = number::not_negative, allow_hyphen_values = true)]
    fees_btc: Option<f64>,
    /// Height at which the subsidy is taken [default: 965664]
    #[arg(long, help_heading = HEADING, value_name = "N", value_parser = number::nonce, allow_hyphen_values = true)]
    height: Option<u32>,
    /// Hashrate of everybody else in EH/s [default: 905, August 2026]
    #[arg(long, help_heading = HEADING, value_name = "EH", value_parser = number::positive, allow_hyphen_values = true, conflicts_with = "difficulty")]
    network_eh: Option<f64>,
    /// Difficulty, in place of the hashrate
    #[arg(long, help_heading = HEADING, value_name = "D", value_parser = number::positive, allow_hyphen_values = true)]
    difficulty: Option<f64>,
    /// Average emissions of the grid in grams of CO2 per kWh
    #[arg(long, help_heading = HEADING, value_name = "G", value_parser = number::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
}

/// The option of a scenario's key.
pub(super) fn option(key: &str) -> String {
    let found = SHORT_NAMES.iter().find(|(_, of_key)| *of_key == key);
    found.map_or_else(|| key.to_owned(), |(name, _)| format!("--{}", name.replace('_', "-")))
}

/// A key with its text, at the first sign of equality.
fn assignment(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, such as uptime=0.9")?;
    match key.trim() {
        "" => Err("write a key before the `=`, such as uptime=0.9".to_owned()),
        key => Ok((key.to_owned(), value.to_owned())),
    }
}

/// A value that an option gives a key.
pub(super) struct Setting {
    pub key: String,
    pub value: Given,
    /// What the value's origin is called.
    pub option: String,
}

impl Setting {
    /// What `--years` gives.
    pub(super) fn years(years: f64) -> Self {
        let value = Given::Value(years.into());
        Self { key: "project.years".to_owned(), value, option: "--years".to_owned() }
    }
}

/// A value, or a text that is read as the key wants it.
pub(super) enum Given {
    Value(Value),
    Typed(String),
}

impl KeyOptions {
    /// What the options give, those of `--set` last.
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
            // Before the tariff, whose error may name its currency.
            ("exchange_rate", &self.fx),
            ("tariff", &self.tariff),
            ("region", &self.references),
        ];
        let numbers = numbers.map(|(key, number)| (key, number.map(Value::from)));
        let texts = texts.map(|(key, text)| (key, text.clone().map(Value::from)));
        let named = numbers.into_iter().chain(texts).filter_map(|(key, value)| {
            let value = Given::Value(value?);
            Some(Setting { key: key.to_owned(), value, option: option(key) })
        });
        let typed = self.set.iter().map(|(key, text)| {
            let (option, value) = (format!("--set {key}"), Given::Typed(text.clone()));
            Setting { key: key.clone(), value, option }
        });
        named.chain(typed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_ends_its_key_at_the_first_sign() {
        let of = |key: &str, value: &str| Ok((key.to_owned(), value.to_owned()));
        assert_eq!(assignment("uptime=0.9"), of("uptime", "0.9"));
        assert_eq!(assignment(" title = a = b"), of("title", " a = b"));
        for bad in ["uptime", "", "=0.9", " =1"] {
            assert!(assignment(bad).unwrap_err().contains("uptime=0.9"), "{bad}");
        }
    }
}
