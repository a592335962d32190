//! A case as people write it down: a flat list of keys with the unit in the key or in the value.
//! The command line's options are the same list, and so is a TOML file (feature `scenario`).

use super::{LedgerSection, Network};
use serde::Deserialize;

mod case;
mod describe;
mod lots;
mod plan;
mod ranges;
mod read;
mod sections;
mod sourced;

pub use sections::{
    FleetSection, HeatSection, HoursSection, MarketSection, ProjectSection, ResponseSection,
    SiteSection, TariffStatus,
};
pub use sourced::Sourced;

/// The inputs that differ from the defaults of [`Case::new`](crate::Case::new).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called.
    pub title: Option<String>,
    /// Power at the site's meter, MW; where sites or lots give theirs, the sum of these.
    pub power_mw: Option<Sourced<f64>>,
    /// Part of it that mines, 0 to 1.
    pub mining_share: Option<Sourced<f64>>,
    /// Efficiency at the machine, J/TH.
    pub j_per_th: Option<Sourced<f64>>,
    /// A machine of the catalogue, in place of `j_per_th`.
    pub machine: Option<String>,
    /// A file that `hashwatt asic --json` or `hashwatt bench --json` wrote, in place of
    /// `j_per_th`; whoever reads the scenario's file takes its path from there.
    pub measured: Option<String>,
    /// Power usage effectiveness, at least 1.
    pub pue: Option<Sourced<f64>>,
    /// Part of the time the fleet runs, 0 to 1.
    pub uptime: Option<Sourced<f64>>,
    /// Part of the reward the pool keeps, 0 to 1.
    pub pool_fee: Option<Sourced<f64>>,
    /// Part of the work that comes too late, 0 to 1.
    pub stale: Option<Sourced<f64>>,
    /// Part of the fleet's hashrate that pushes other miners out, 0 to 1.
    pub displacement: Option<Sourced<f64>>,
    /// Price of energy with its unit, such as `22.98 PKR/kWh`.
    pub tariff: Option<Sourced<String>>,
    /// Exchange rate with its unit, such as `281 PKR/USD`.
    pub fx: Option<Sourced<String>>,
    /// The region whose reference costs the tariff is held against.
    pub references: Option<String>,
    /// Price of a bitcoin, USD.
    pub price_usd: Option<Sourced<f64>>,
    /// Mean fees of a block, BTC.
    pub fees_btc: Option<Sourced<f64>>,
    /// Height at which the subsidy is taken.
    pub height: Option<Sourced<u32>>,
    /// Hashrate of everybody else, EH/s.
    pub network_eh: Option<Sourced<f64>>,
    /// Difficulty, in place of `network_eh`.
    pub difficulty: Option<Sourced<f64>>,
    /// The grid's average emissions, grams of CO2 per kWh.
    pub grid_g_per_kwh: Option<Sourced<f64>>,
    /// What a household uses, kWh a month.
    pub household_kwh_per_month: Option<Sourced<f64>>,
    /// Whether the tariff is `approved`, `proposed` or `hypothetical`.
    pub tariff_status: Option<TariffStatus>,
    /// Cash costs beside energy, USD/MWh.
    pub other_costs_usd_per_mwh: Option<Sourced<f64>>,
    /// The site without machines, USD for each MW.
    pub infrastructure_usd_per_mw: Option<Sourced<f64>>,
    /// Hours of the year with energy, and when machines stand still.
    pub hours: Option<HoursSection>,
    /// What heat does, by month.
    pub heat: Option<HeatSection>,
    /// Sites that differ from what the keys above say.
    #[serde(default)]
    pub site: Vec<SiteSection>,
    /// Lots of machines, in place of `j_per_th`, `machine` and `measured`.
    #[serde(default)]
    pub fleet: Vec<FleetSection>,
    /// When the project begins and how long it is followed.
    pub project: Option<ProjectSection>,
    /// How the market moves.
    pub market: Option<MarketSection>,
    /// How other miners answer.
    pub response: Option<ResponseSection>,
    /// Who gains and who pays.
    #[serde(default)]
    pub ledger: Option<LedgerSection>,
    /// The network where no key says otherwise, in place of the shipped one; no file has it.
    #[serde(skip)]
    pub network: Option<Network>,
}

/// What is wrong with a scenario, at which key.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct ScenarioError {
    /// The key, or the line of the file.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Scenario {
    /// From TOML. Unknown keys are refused.
    ///
    /// # Errors
    /// The line and the key that cannot be read, and the nearest key where there is none of that name.
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let before = text.get(..start).unwrap_or("");
            let number = before.matches('\n').count() + 1;
            let line = text.lines().nth(number - 1).unwrap_or("");
            let reason = nearest_key(error.message());
            let key = line.split_once('=').map(|(key, _)| key.trim()).filter(|key| is_key(key));
            let key = match key {
                Some(key) if !reason.starts_with("unknown field") => {
                    format!("line {number}, {key}")
                }
                _ => format!("line {number}"),
            };
            ScenarioError { key, reason }
        })
    }
}

impl ScenarioError {
    /// With the line of its key in the file's text, where the key stands on a line of its own.
    pub fn in_text(self, text: &str) -> Self {
        match line_of(text, &self.key) {
            Some(line) => Self { key: format!("line {line}, {}", self.key), ..self },
            None => self,
        }
    }
}

/// The line of `key`, `section.key` or `section[index].key`, from 1.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let (section, name) = key.rsplit_once('.').map_or((None, key), |(s, n)| (Some(s), n));
    let mut at: Option<String> = None;
    let mut seen = std::collections::HashMap::<String, usize>::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix("[[").and_then(|rest| rest.split("]]").next()) {
            let index = seen.entry(header.trim().to_owned()).or_default();
            at = Some(format!("{}[{index}]", header.trim()));
            *index += 1;
        } else if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split(']').next())
        {
            at = Some(header.trim().to_owned());
        } else if at.as_deref() == section
            && line.split_once('=').is_some_and(|(key, _)| key.trim() == name)
        {
            return Some(number + 1);
        }
    }
    None
}
fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    !text.is_empty() && text.chars().all(plain)
}

/// No key of a scenario is longer.
const LONGEST_KEY: usize = 64;

/// The parser lists every key there is; the nearest to what was written says more.
fn nearest_key(message: &str) -> String {
    let Some((unknown, known)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected "))
    else {
        return message.to_owned();
    };
    // Likeness takes as many steps as the two have characters, multiplied.
    if unknown.chars().nth(LONGEST_KEY).is_some() {
        return format!("unknown field; none is longer than {LONGEST_KEY} characters");
    }
    let likeness = |key: &&str| strsim::normalized_damerau_levenshtein(key, unknown);
    let keys = known.split('`').skip(1).step_by(2);
    match keys.max_by(|a, b| likeness(a).total_cmp(&likeness(b))) {
        Some(nearest) => format!("unknown field `{unknown}`; the nearest is `{nearest}`"),
        None => format!("unknown field `{unknown}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_case_as_its_values() {
        let text = "power_mw = 2000\nj_per_th = 9.5\ntariff = \"22.98 PKR/kWh\"\n\
                    fx = \"281 PKR/USD\"\nreferences = \"pakistan\"\n";
        let scenario = Scenario::from_toml(text).unwrap();
        let case = scenario.case(|key| format!("case.toml, {key}")).unwrap();
        let snapshot = case.snapshot().unwrap();
        assert!((snapshot.margin_after.unwrap().as_usd_per_day() - 1_404_129.0).abs() < 0.5);
        assert_eq!(case.fleet.efficiency().estimate().provenance().detail(), "case.toml, j_per_th");
        assert_eq!(snapshot.subsidies.len(), 6);
    }

    #[test]
    fn a_measured_result_is_the_fleets_efficiency_by_the_callers_reading() {
        let scenario = Scenario::from_toml("power_mw = 5\nmeasured = \"r.json\"\n").unwrap();
        let result = r#"{"schema_version": 1, "machine": "S21", "scope": "asic_board_dc",
            "j_per_th": 17.5, "provenance": "user_reported"}"#;
        let read =
            |file: &str| if file == "r.json" { Ok(result.to_owned()) } else { Err(String::new()) };
        let case = scenario.case_with_files(str::to_owned, read).unwrap();
        let efficiency = case.fleet.efficiency();
        assert!((efficiency.value().as_j_per_th() - 17.5).abs() < 1e-12);
        let told = efficiency.estimate().provenance().to_string();
        assert_eq!(told, "user_reported, measured result r.json: one S21");
        let warnings = case.snapshot().unwrap().warnings;
        assert!(warnings.iter().any(|told| told.contains("efficiency of one S21")), "{warnings:?}");
        // Nothing is left out in silence where nobody reads files.
        assert!(
            scenario.case(str::to_owned).unwrap_err().to_string().starts_with("measured: r.json")
        );
    }

    #[test]
    fn values_name_their_line_too() {
        let text =
            "power_mw = 5\nuptime = 2\n[[fleet]]\nmachine = \"x\"\n\n[[fleet]]\nmachine = \"y\"\n";
        for (key, line) in [
            ("uptime", Some(2)),
            ("fleet[0].machine", Some(4)),
            ("fleet[1].machine", Some(7)),
            ("machine", None),
            ("fleet[2].machine", None),
        ] {
            assert_eq!(line_of(text, key), line, "{key}");
        }
        let error = ScenarioError { key: "uptime".to_owned(), reason: "is 2".to_owned() };
        assert_eq!(error.in_text(text).to_string(), "line 2, uptime: is 2");
    }

    #[test]
    fn mistakes_name_their_place() {
        let told = |text: &str| match Scenario::from_toml(text) {
            Err(error) => error.to_string(),
            Ok(scenario) => scenario.case(str::to_owned).unwrap_err().to_string(),
        };
        assert!(
            told("power_mw = 5\n\npowre_mw = 6\n").starts_with("line 3: unknown field `powre_mw`")
        );
        assert!(told("power_mw = \"five\"\n").starts_with("line 1, power_mw: "));
        assert!(told("pue = 1.1\n").contains("power_mw"));
        for (more, key) in [
            ("uptime = 1.5", "uptime: "),
            ("uptime = nan", "uptime: "),
            ("pue = 0.5", "pue: "),
            ("j_per_th = 0", "j_per_th: "),
            ("j_per_th = 15\nmachine = \"Antminer S21 Pro\"", "j_per_th: "),
            ("machine = \"S22\"", "machine: "),
            ("j_per_th = 15\nmeasured = \"r.json\"", "measured: "),
            ("machine = \"Antminer S21 Pro\"\nmeasured = \"r.json\"", "measured: "),
            ("difficulty = 1e308", "difficulty: "),
            ("difficulty = 0", "difficulty: "),
            ("network_eh = 1\ndifficulty = 1", "network_eh: "),
            ("tariff = \"50\"", "tariff: "),
            ("tariff = \"1 PKR/kWh\"", "fx: "),
            ("fx = \"281 PKR/USD\"", "fx: "),
            ("references = \"pakistan\"", "references: "),
        ] {
            let told = told(&format!("power_mw = 5\n{more}\n"));
            assert!(told.starts_with(key), "{more}: {told}");
        }
    }
}
