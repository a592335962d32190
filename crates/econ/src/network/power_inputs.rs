//! Inputs of the network's power, each with its range and provenance.

use super::{
    NetworkIntensity, NetworkMonth, PowerAssumptions, PublishedIntensity, SupplyAssumptions,
};
use crate::EconError;
use crate::pue::Pue;
use crate::uncertainty::{AsOf, Provenance};
use crate::units::{CarbonIntensity, EnergyPrice, Hashrate, Seconds, UsdPerBtc};

const TARIFF: &str = "tariff";
const PUE: &str = "pue";
const DEPLOYMENT: &str = "deployment_days";
const INTENSITY: &str = "grid_g_per_kwh";
const HASHRATE: &str = "network_hashrate_eh_per_s";
const PRICE: &str = "price_usd_per_btc";

/// An input with its provenance.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerInput {
    /// Its key.
    pub key: String,
    /// The value, in the unit.
    pub value: f64,
    /// The unit; empty for a pure number.
    pub unit: &'static str,
    /// Its range, if known.
    pub range: Option<[f64; 2]>,
    /// The country that it applies to.
    pub region: Option<String>,
    /// Its provenance.
    pub provenance: Provenance,
}

/// Assumptions and emission intensity for the network's power.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerInputs {
    /// Assumptions that decide which machines run.
    pub assumptions: PowerAssumptions,
    /// Emission intensity.
    pub intensity: NetworkIntensity,
    /// Whether the tariff is the shipped one, which has a range.
    pub is_shipped_tariff: bool,
    rows: Vec<PowerInput>,
}

fn row(key: &str, value: f64, unit: &'static str, provenance: Provenance) -> PowerInput {
    PowerInput { key: key.to_owned(), value, unit, range: None, region: None, provenance }
}

fn assumed(basis: &str) -> Provenance {
    Provenance::Assumed { basis: basis.to_owned() }
}

fn given(by: &str) -> Provenance {
    Provenance::UserReported { by: by.to_owned() }
}

impl PowerInputs {
    /// The defaults.
    ///
    /// # Errors
    /// None in practice: a test reads the tables.
    pub fn shipped() -> Result<Self, EconError> {
        let assumptions = PowerAssumptions::default();
        let usd_per_kwh = |price: EnergyPrice| price.as_usd_per_kwh();
        let month = AsOf::Month { year: 2024, month: 6 };
        let survey = Provenance::published(
            month,
            "median of 49 firms with 48 % of the hashrate, CCAF Digital Mining Industry Report, April 2025 \
             (secondary copy); its spread and its use for every month are assumed",
        );
        let tariff = row(TARIFF, usd_per_kwh(assumptions.tariff), "USD/kWh", survey);
        let range = SupplyAssumptions::default().tariff_range().map(usd_per_kwh);
        let overhead = assumed(
            "most mining farms have 1.05 or less (M. Bevand, 2017, secondary copy); the range is assumed as well",
        );
        let batches = assumed("batches are shipped for months after a release");
        let lives =
            assumed("a life of 5 to 7 years; weights the models of the best guess, not the bounds");
        let days = assumptions.deployment.as_days();
        let mut inputs = Self {
            assumptions,
            intensity: NetworkIntensity::shipped()?,
            is_shipped_tariff: true,
            rows: vec![
                PowerInput { range: Some(range), ..tariff },
                PowerInput {
                    range: Some([1.01, 1.20]),
                    ..row(PUE, assumptions.pue.value(), "", overhead)
                },
                PowerInput { range: Some([0.0, 365.0]), ..row(DEPLOYMENT, days, "days", batches) },
                row("retired_per_year", assumptions.retired_per_year.value(), "1/year", lives),
            ],
        };
        if let NetworkIntensity::Published(points) = &inputs.intensity {
            let to_row = |point: &PublishedIntensity| {
                let (key, value) = (format!("{INTENSITY}[{}]", point.period), point.intensity);
                row(&key, value.as_g_per_kwh(), "g/kWh", point.source.clone())
            };
            inputs.rows.extend(points.iter().map(to_row).collect::<Vec<_>>());
        }
        Ok(inputs)
    }

    fn set(&mut self, key: &str, value: f64, unit: &'static str, by: &str) {
        self.rows.retain(|row| row.key != key);
        self.rows.insert(0, row(key, value, unit, given(by)));
    }

    /// Sets the tariff; `by` names its source.
    pub fn set_tariff(&mut self, tariff: EnergyPrice, by: &str) {
        self.assumptions.tariff = tariff;
        self.is_shipped_tariff = false;
        self.set(TARIFF, tariff.as_usd_per_kwh(), "USD/kWh", by);
    }

    /// Sets the PUE.
    pub fn set_pue(&mut self, pue: Pue, by: &str) {
        self.assumptions.pue = pue;
        self.set(PUE, pue.value(), "", by);
    }

    /// Sets the time from release to first hashes.
    pub fn set_deployment(&mut self, deployment: Seconds, by: &str) {
        self.assumptions.deployment = deployment;
        self.set(DEPLOYMENT, deployment.as_days(), "days", by);
    }

    /// Sets a constant emission intensity, with its components.
    pub fn set_intensity(
        &mut self,
        intensity: CarbonIntensity,
        provenance: Provenance,
        parts: Vec<PowerInput>,
    ) {
        self.intensity = NetworkIntensity::Given(intensity);
        self.rows.retain(|row| !row.key.starts_with(INTENSITY));
        self.rows.push(row(INTENSITY, intensity.as_g_per_kwh(), "g/kWh", provenance));
        self.rows.extend(parts);
    }

    /// Adds the inputs of a month, with another hashrate or price if given, each with its source; returns the month
    /// with these values.
    pub fn add_month(
        &mut self,
        month: NetworkMonth,
        hashrate: Option<(Hashrate, &str)>,
        price: Option<(UsdPerBtc, &str)>,
    ) -> NetworkMonth {
        let table = Provenance::published(month.month, month.source.clone());
        let month = match price {
            Some((price, _)) => month.with_price(price),
            None => month,
        };
        let month = match hashrate {
            Some((hashrate, _)) => month.with_hashrate(hashrate),
            None => month,
        };
        let origin = |by: Option<&str>| by.map_or_else(|| table.clone(), given);
        let rows = [
            row(HASHRATE, month.hashrate.as_eh_s(), "EH/s", origin(hashrate.map(|(_, by)| by))),
            row(PRICE, month.price.as_usd_per_btc(), "USD", origin(price.map(|(_, by)| by))),
            row("hashprice_usd_per_ph_day", month.hashprice.as_usd_per_ph_day(), "USD/PH/day", {
                match hashrate.is_some() || price.is_some() {
                    true => Provenance::Modelled {
                        model: "the month's, scaled with the price and the inverse of the hashrate"
                            .to_owned(),
                    },
                    false => table.clone(),
                }
            }),
        ];
        self.rows.splice(0..0, rows);
        month
    }

    /// All inputs.
    pub fn rows(&self) -> &[PowerInput] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'a>(inputs: &'a PowerInputs, key: &str) -> Vec<&'a PowerInput> {
        inputs.rows().iter().filter(|row| row.key.starts_with(key)).collect()
    }

    #[test]
    fn shipped_inputs_have_provenance_and_mark_assumptions() {
        let inputs = PowerInputs::shipped().unwrap();
        for (key, kind) in [
            ("tariff", "published"),
            ("pue", "assumed"),
            ("deployment_days", "assumed"),
            ("retired_per_year", "assumed"),
            ("grid_g_per_kwh[2021]", "published"),
            ("grid_g_per_kwh[2024-06]", "published"),
        ] {
            let [row] = find(&inputs, key)[..] else { panic!("{key}: {:?}", inputs.rows()) };
            assert_eq!(row.provenance.kind(), kind, "{key}");
            assert!(!row.provenance.detail().is_empty());
            assert!(row.range.is_none_or(|[low, high]| low <= row.value && row.value <= high));
        }
        assert_eq!(inputs.rows().len(), 6);
    }

    #[test]
    fn given_inputs_replace_shipped_ones() {
        let mut inputs = PowerInputs::shipped().unwrap();
        inputs.set_tariff(EnergyPrice::from_usd_per_kwh(0.06), "--tariff");
        inputs.set_pue(Pue::new(1.1).unwrap(), "--pue");
        inputs.set_deployment(Seconds::from_days(10.0), "--lag");
        inputs.set_intensity(CarbonIntensity::from_g_per_kwh(100.0), given("--g"), Vec::new());
        for (key, value) in
            [("tariff", 0.06), ("pue", 1.1), ("deployment_days", 10.0), ("grid_g_per_kwh", 100.0)]
        {
            let [row] = find(&inputs, key)[..] else { panic!("{key}: {:?}", inputs.rows()) };
            assert!((row.value / value - 1.0).abs() < 1e-12 && row.range.is_none(), "{row:?}");
            assert_eq!(row.provenance.kind(), "user_reported");
        }
        assert!(!inputs.is_shipped_tariff);
        let month = NetworkMonth::find(2024, 6).unwrap();
        let price = month.price * 2.0;
        let given = inputs.add_month(month.clone(), None, Some((price, "--price-usd")));
        assert_eq!(given.price, price);
        assert!((given.hashprice / month.hashprice - 2.0).abs() < 1e-12);
        let kinds: Vec<_> = inputs.rows()[..3].iter().map(|row| row.provenance.kind()).collect();
        assert_eq!(kinds, ["published", "user_reported", "modelled"]);
    }
}
