//! A case as people write it down: a flat list of keys with the unit in the key or in the value.
//! The command line's options are the same list, and so is a TOML file (feature `scenario`).

use super::{
    Case, Catalogue, EconError, ExchangeRate, Fleet, LocalPrice, MeasuredResult, Pue,
    ReferenceCost, Tariff,
};
use crate::estimate::{Efficiency, Estimate};
use crate::pow::Difficulty;
use crate::units::{
    Btc, CarbonIntensity, Fraction, Hashrate, Joules, JoulesPerHash, UsdPerBtc, Watts,
};
use serde::Deserialize;

mod sourced;

pub use sourced::Sourced;

/// The inputs that differ from the defaults of [`Case::new`].
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Power at the site's meter, MW.
    pub power_mw: f64,
    /// Part of it that mines, 0 to 1.
    pub mining_share: Option<f64>,
    /// Efficiency at the machine, J/TH.
    pub j_per_th: Option<f64>,
    /// A machine of the catalogue, in place of `j_per_th`.
    pub machine: Option<String>,
    /// A file that `hashwatt asic --json` or `hashwatt bench --json` wrote, in place of
    /// `j_per_th`; whoever reads the scenario's file takes its path from there.
    pub measured: Option<String>,
    /// Power usage effectiveness, at least 1.
    pub pue: Option<f64>,
    /// Part of the time the fleet runs, 0 to 1.
    pub uptime: Option<f64>,
    /// Part of the reward the pool keeps, 0 to 1.
    pub pool_fee: Option<f64>,
    /// Part of the work that comes too late, 0 to 1.
    pub stale: Option<f64>,
    /// Part of the fleet's hashrate that pushes other miners out, 0 to 1.
    pub displacement: Option<f64>,
    /// Price of energy with its unit, such as `22.98 PKR/kWh`.
    pub tariff: Option<String>,
    /// Exchange rate with its unit, such as `281 PKR/USD`.
    pub fx: Option<String>,
    /// The region whose reference costs the tariff is held against.
    pub references: Option<String>,
    /// Price of a bitcoin, USD.
    pub price_usd: Option<f64>,
    /// Mean fees of a block, BTC.
    pub fees_btc: Option<f64>,
    /// Height at which the subsidy is taken.
    pub height: Option<u32>,
    /// Hashrate of everybody else, EH/s.
    pub network_eh: Option<f64>,
    /// Difficulty, in place of `network_eh`.
    pub difficulty: Option<f64>,
    /// The grid's average emissions, grams of CO2 per kWh.
    pub grid_g_per_kwh: Option<f64>,
    /// What a household uses, kWh a month.
    pub household_kwh_per_month: Option<f64>,
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
    /// The line and the key that cannot be read.
    #[cfg(feature = "scenario")]
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
            let line = before.matches('\n').count() + 1;
            ScenarioError { key: format!("line {line}"), reason: error.message().to_owned() }
        })
    }

    /// The defaults with every value that was given put in their place, and `source` as the
    /// origin of each: it makes of a key what is to be read, such as the option's name.
    ///
    /// # Errors
    /// The first key whose value cannot be used; `measured` is one, since no file is read here.
    pub fn case(&self, source: impl Fn(&str) -> String) -> Result<Case, ScenarioError> {
        let nobody = "names a file, and nobody was asked to read it";
        self.case_with_files(source, |_| Err(nobody.to_owned()))
    }

    /// The same with somebody who reads the file that `measured` names, or says why not.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    pub fn case_with_files(
        &self,
        source: impl Fn(&str) -> String,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Case, ScenarioError> {
        let at = |key: &'static str| {
            move |reason: &dyn std::fmt::Display| {
                let (key, reason) = (key.to_owned(), reason.to_string());
                ScenarioError { key, reason }
            }
        };
        let exclusive = |a: bool, b: bool, key: &'static str, other: &str| match a && b {
            true => Err(at(key)(&format!("stands beside {other}; give one of the two"))),
            false => Ok(()),
        };
        exclusive(self.j_per_th.is_some(), self.machine.is_some(), "j_per_th", "machine")?;
        exclusive(self.measured.is_some(), self.machine.is_some(), "measured", "machine")?;
        exclusive(self.measured.is_some(), self.j_per_th.is_some(), "measured", "j_per_th")?;
        exclusive(
            self.network_eh.is_some(),
            self.difficulty.is_some(),
            "network_eh",
            "difficulty",
        )?;
        exclusive(self.fx.is_some(), self.tariff.is_none(), "fx", "no tariff")?;
        exclusive(self.references.is_some(), self.tariff.is_none(), "references", "no tariff")?;

        let power = Watts::from_mw(self.power_mw);
        let mut case = Case::new(power);
        case.allocation.power = Estimate::user_reported(power, source("power_mw"));
        for (key, value, slot) in [
            ("mining_share", self.mining_share, &mut case.allocation.mining_share),
            ("uptime", self.uptime, &mut case.site.uptime),
            ("pool_fee", self.pool_fee, &mut case.pool.fee),
            ("stale", self.stale, &mut case.pool.stale),
            ("displacement", self.displacement, &mut case.displacement),
        ] {
            if let Some(value) = value {
                let value = Fraction::new(value).map_err(|e| at(key)(&e))?;
                *slot = Estimate::user_reported(value, source(key));
            }
        }
        if let Some(pue) = self.pue {
            let pue = Pue::new(pue).map_err(|e| at("pue")(&e))?;
            case.site.pue = Estimate::user_reported(pue, source("pue"));
        }
        if let Some(j_per_th) = self.j_per_th {
            let value = JoulesPerHash::from_j_per_th(j_per_th);
            let given = Estimate::user_reported(value, source("j_per_th"));
            let efficiency = Efficiency::new(given).map_err(|e| at("j_per_th")(&e))?;
            case.fleet = Fleet::of_efficiency(efficiency);
        }
        if let Some(name) = &self.machine {
            let fleet = |name: &str| Fleet::of_machine(Catalogue::shipped()?.find(name)?.clone());
            case.fleet = fleet(name).map_err(|e: EconError| at("machine")(&e))?;
        }

        if let Some(file) = &self.measured {
            let wrong =
                |reason: &dyn std::fmt::Display| at("measured")(&format!("{file}: {reason}"));
            let text = read(file).map_err(|reason| wrong(&reason))?;
            let result = MeasuredResult::from_json(&text, file).map_err(|e| wrong(&e))?;
            case.fleet = Fleet::of_result(result);
        }

        let network = &mut case.network;
        put(
            &mut network.price,
            self.price_usd.map(UsdPerBtc::from_usd_per_btc),
            "price_usd",
            &source,
        );
        put(&mut network.fees_per_block, self.fees_btc.map(Btc::from_btc), "fees_btc", &source);
        put(&mut network.height, self.height, "height", &source);
        put(&mut network.hashrate, self.network_eh.map(Hashrate::from_eh_s), "network_eh", &source);
        if let Some(difficulty) = self.difficulty {
            const MOST: f64 = 1e30;
            let difficulty = Some(difficulty)
                .filter(|difficulty| *difficulty <= MOST)
                .and_then(|difficulty| Difficulty::new(difficulty).ok())
                .ok_or_else(|| {
                    at("difficulty")(&format!("is {difficulty}; give one above 0, at most {MOST}"))
                })?;
            case.network = case.network.with_difficulty(difficulty, &source("difficulty"));
        }
        let grid = self.grid_g_per_kwh.map(CarbonIntensity::from_g_per_kwh);
        put(&mut case.emissions.average, grid, "grid_g_per_kwh", &source);
        let household = self.household_kwh_per_month.map(Joules::from_kwh);
        put(&mut case.households.monthly_use, household, "household_kwh_per_month", &source);

        if let Some(text) = &self.tariff {
            let price: LocalPrice = text.parse().map_err(|e: EconError| at("tariff")(&e))?;
            let rate: Option<ExchangeRate> = match &self.fx {
                Some(text) => Some(text.parse().map_err(|e: EconError| at("fx")(&e))?),
                None => None,
            };
            let tariff = Tariff {
                price: Estimate::user_reported(price, source("tariff")),
                exchange_rate: rate.map(|rate| Estimate::user_reported(rate, source("fx"))),
            };
            // A tariff that makes no dollars is the exchange rate's fault.
            tariff.usd().map_err(|e| at("fx")(&e))?;
            case.tariff = Some(tariff);
        }
        if let Some(region) = &self.references {
            case.references = ReferenceCost::shipped(region).map_err(|e| at("references")(&e))?;
        }
        Ok(case)
    }
}

fn put<T>(slot: &mut Estimate<T>, value: Option<T>, key: &str, source: &impl Fn(&str) -> String) {
    if let Some(value) = value {
        *slot = Estimate::user_reported(value, source(key));
    }
}

#[cfg(all(test, feature = "scenario"))]
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
    fn mistakes_name_their_place() {
        let told = |text: &str| match Scenario::from_toml(text) {
            Err(error) => error.to_string(),
            Ok(scenario) => scenario.case(str::to_owned).unwrap_err().to_string(),
        };
        assert!(
            told("power_mw = 5\n\npowre_mw = 6\n").starts_with("line 3: unknown field `powre_mw`")
        );
        assert!(told("power_mw = \"five\"\n").starts_with("line 1: "));
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
