//! The supply curve of other miners: the fleet by vintage and its cash cost per hash, (tariff * PUE + other cash
//! costs) * J/H.

use super::{Catalogue, Epochs};
use crate::EconError;
use crate::normal::{P95, normal_cdf};
use crate::pow::Difficulty;
use crate::pue::Pue;
use crate::units::{EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash};

/// Machines reach their sites about a year after their release.
const DELIVERY_YEARS: i16 = 1;
/// The first year with dated network data; all machines running by its end are one vintage.
const FIRST_YEAR: i16 = 2020;

/// Assumptions about the costs of other miners; each field's documentation states its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupplyAssumptions {
    /// Median price of power: 45 USD/MWh, 49 firms with 48 % of the hashrate in June 2024 (CCAF
    /// Digital Mining Industry Report, April 2025; secondary copy).
    pub median_tariff: EnergyPrice,
    /// Power at the site's meter over power at the machines: 1.05 (assumed; most mining farms have 1.05
    /// or less: M. Bevand, Serious faults in BECI, 2017, secondary copy; no published mean of the
    /// network was found). It is also the default of a scenario's site.
    pub pue: Pue,
    /// Other cash costs that a stopped machine saves, per MWh of the machines: 3 USD/MWh
    /// (a large site of a listed miner, without administration: Cipher, March 2025, derived, press).
    /// All cash costs of surveyed miners other than power are 10.5 at the median (55.5 less 45; the same
    /// CCAF survey, derived). Staff, rent and administration are paid whether or not a machine runs, so they count in
    /// the decision to buy machines ([`ResponseParameters::entry_ratio`](crate::network::ResponseParameters)),
    /// not in the decision to switch off. With 10.5, 44 % of the fleet would have been unprofitable when CoinShares
    /// counted 15 to 20 %, and bands of difficulty over 30 days were worse than those of a driftless random walk
    /// (benches/RESULTS.md).
    pub opex: EnergyPrice,
    /// Standard deviation of the tariff's logarithm: 0.30, which puts the 27 USD/MWh of a large miner and the
    /// 70 to 80 of hosting at 1.7 and 1.5 to 1.9 deviations (assumed).
    pub tariff_spread: f64,
    /// Share of the network's machines retired per year, oldest first: 0.15
    /// (assumed; a life of 5 to 7 years).
    pub retired_per_year: Fraction,
}

impl Default for SupplyAssumptions {
    fn default() -> Self {
        Self {
            median_tariff: EnergyPrice::from_usd_per_mwh(45.0),
            pue: Pue::constant(1.05),
            opex: EnergyPrice::from_usd_per_mwh(3.0),
            tariff_spread: 0.30,
            retired_per_year: Fraction::constant(0.15),
        }
    }
}

impl SupplyAssumptions {
    /// The 5 and 95 % points of the tariff across miners.
    pub fn tariff_range(&self) -> [EnergyPrice; 2] {
        [-P95, P95].map(|z| self.median_tariff * (z * self.tariff_spread).exp())
    }

    /// Cash cost of a machine's energy at the median tariff.
    pub fn median_cost(&self) -> EnergyPrice {
        self.median_tariff * self.pue.value() + self.opex
    }

    /// The share of miners whose cash cost of a machine's energy is below its income.
    fn share_below(&self, earned: EnergyPrice) -> f64 {
        let tariff = (earned - self.opex) / self.pue.value();
        let ratio = tariff / self.median_tariff;
        // Income does not even cover the other costs.
        if ratio <= 0.0 { 0.0 } else { normal_cdf(ratio.ln() / self.tariff_spread) }
    }
}

/// Machines of one year.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Vintage {
    /// The year of their installation.
    pub year: i16,
    /// Their hashrate.
    pub hashrate: Hashrate,
    /// Their energy per hash: the median of the catalogue's machines released in the year before.
    pub efficiency: JoulesPerHash,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SupplyPoint {
    /// The hashprice.
    pub hashprice: Hashprice,
    /// The share of all machines with a lower cash cost, 0 to 1.
    pub part: f64,
}

/// The machines of other miners in order of cost, at a date.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplyCurve {
    vintages: Vec<Vintage>,
    assumptions: SupplyAssumptions,
}

impl SupplyCurve {
    /// The supply curve at the end of a year, or at its last known epoch: machines added in a year were released in the
    /// year before.
    ///
    /// # Errors
    /// [`EconError::Table`] for a year before 2020 and for years without data.
    pub fn at_end_of(
        year: i16,
        assumptions: SupplyAssumptions,
        catalogue: &Catalogue,
        epochs: &Epochs,
    ) -> Result<Self, EconError> {
        let table = |reason: String| EconError::Table { table: "supply", reason };
        if year < FIRST_YEAR {
            return Err(table(format!("{year} is before {FIRST_YEAR}, the first year with data")));
        }
        let mut vintages: Vec<Vintage> = Vec::new();
        for set_up in FIRST_YEAR..=year {
            let (network, part) = network_at_end(epochs, set_up)
                .ok_or_else(|| table(format!("no epoch of {set_up} is known")))?;
            let released = set_up - DELIVERY_YEARS;
            let efficiency = median_of(catalogue, released)
                .ok_or_else(|| table(format!("no machine of {released} is known")))?;
            let total = |of: &[Vintage]| of.iter().map(|v| v.hashrate).sum::<Hashrate>();
            let retired = total(&vintages) * (assumptions.retired_per_year.value() * part);
            retire(&mut vintages, retired);
            let left = total(&vintages);
            if network > left {
                vintages.push(Vintage { year: set_up, hashrate: network - left, efficiency });
            } else {
                retire(&mut vintages, left - network);
            }
        }
        Ok(Self { vintages, assumptions })
    }

    /// The supply curve at the last known epoch, from the shipped tables.
    ///
    /// # Errors
    /// Errors of the shipped tables; none in practice.
    pub fn latest() -> Result<Self, EconError> {
        let (catalogue, epochs) = (Catalogue::shipped()?, Epochs::shipped()?);
        let year = epochs.all().iter().rev().find_map(|epoch| epoch.first_full_day);
        let year = year.map_or(0, jiff::civil::Date::year);
        Self::at_end_of(year, SupplyAssumptions::default(), &catalogue, epochs)
    }

    /// Points of the curve from a hashprice of 0 to `max`, at equal steps.
    pub fn points(&self, max: Hashprice, points: usize) -> Vec<SupplyPoint> {
        let steps = points.max(2) - 1;
        let at = |step: usize| {
            let hashprice = max * (step as f64 / steps as f64);
            SupplyPoint { hashprice, part: self.profitable(hashprice) }
        };
        (0..=steps).map(at).collect()
    }

    /// The year of the newest vintage.
    pub fn year(&self) -> Option<i16> {
        self.vintages.last().map(|vintage| vintage.year)
    }

    /// The vintages, oldest first.
    pub fn vintages(&self) -> &[Vintage] {
        &self.vintages
    }

    /// Mean energy per hash.
    pub fn mean_efficiency(&self) -> JoulesPerHash {
        let all: Hashrate = self.vintages.iter().map(|v| v.hashrate).sum();
        let sum: f64 =
            self.vintages.iter().map(|v| v.efficiency.as_j_per_hash() * (v.hashrate / all)).sum();
        JoulesPerHash::from_j_per_hash(sum)
    }

    /// The share of all machines that cover their cash cost.
    pub fn profitable(&self, hashprice: Hashprice) -> f64 {
        let all: Hashrate = self.vintages.iter().map(|v| v.hashrate).sum();
        let part = |vintage: &Vintage| {
            let earned = hashprice / vintage.efficiency;
            (vintage.hashrate / all) * self.assumptions.share_below(earned)
        };
        self.vintages.iter().map(part).sum()
    }

    /// Cash cost per hash of the mean machine at the median tariff.
    pub fn mean_cost(&self) -> Hashprice {
        self.assumptions.median_cost() * self.mean_efficiency()
    }
}

fn retire(vintages: &mut Vec<Vintage>, mut amount: Hashrate) {
    for vintage in vintages.iter_mut() {
        let cut = if amount < vintage.hashrate { amount } else { vintage.hashrate };
        vintage.hashrate = vintage.hashrate - cut;
        amount = amount - cut;
    }
    vintages.retain(|vintage| vintage.hashrate > Hashrate::ZERO);
}

/// The network at the last known epoch of a year, and the share of the year that had passed.
fn network_at_end(epochs: &Epochs, year: i16) -> Option<(Hashrate, f64)> {
    let of_year = |day: &jiff::civil::Date| day.year() == year;
    let last = epochs
        .all()
        .iter()
        .rev()
        .find(|epoch| epoch.first_full_day.as_ref().is_some_and(of_year))?;
    let day = f64::from(last.first_full_day?.day_of_year());
    // An epoch that began in late December represents the year's end.
    let part = if day > 350.0 { 1.0 } else { day / 365.0 };
    Some((Difficulty::steady_hashrate(last.difficulty()), part))
}

fn median_of(catalogue: &Catalogue, year: i16) -> Option<JoulesPerHash> {
    let prefix = year.to_string();
    let mut of_year: Vec<f64> = catalogue
        .machines()
        .iter()
        .filter(|machine| machine.release.starts_with(&prefix))
        .map(|machine| (machine.power / machine.hashrate).as_j_per_th())
        .collect();
    of_year.sort_by(f64::total_cmp);
    let n = of_year.len();
    (n > 0)
        .then(|| JoulesPerHash::from_j_per_th(f64::midpoint(of_year[(n - 1) / 2], of_year[n / 2])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i16) -> SupplyCurve {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        SupplyCurve::at_end_of(year, SupplyAssumptions::default(), &catalogue, epochs).unwrap()
    }

    /// The unprofitable share at a hashprice at the end of 2025.
    fn unprofitable(assumptions: SupplyAssumptions, usd_per_ph_day: f64) -> f64 {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        let curve = SupplyCurve::at_end_of(2025, assumptions, &catalogue, epochs).unwrap();
        1.0 - curve.profitable(Hashprice::from_usd_per_ph_day(usd_per_ph_day))
    }

    #[test]
    fn supply_curve_is_near_published_shares() {
        // CoinShares, first quarter of 2026: at 28 to 33 USD/PH/day 15 to 20 % were unprofitable. Their
        // break-evens are of the machines' power alone (an S19 XP, 21.5 J/TH, at 30 USD/PH/day: 60
        // USD/MWh, and 30 / (21.5 * 0.024) is 58), so their point is one of that curve.
        let base = SupplyAssumptions::default();
        let power_alone =
            SupplyAssumptions { pue: Pue::constant(1.0), opex: EnergyPrice::ZERO, ..base };
        let of_power = unprofitable(power_alone, 30.5);
        assert!((0.13..0.22).contains(&of_power), "{of_power}");
        // Overhead and other cash costs make more machines unprofitable; no published share was found.
        let of_cash = unprofitable(base, 30.5);
        println!("unprofitable at 30.5 USD/PH/day: {of_power:.3} by power, {of_cash:.3} by cash");
        assert!(of_cash > of_power && of_cash < 0.33, "{of_cash}");
        // CCAF, June 2024: 28.2 J/TH; Coin Metrics' model, December 2023: 29.4.
        let fleet = at(2023).mean_efficiency().as_j_per_th();
        assert!((26.0..33.0).contains(&fleet), "{fleet}");
        let fleet = at(2026).mean_efficiency().as_j_per_th();
        assert!((17.0..23.0).contains(&fleet), "{fleet}");
    }

    #[test]
    fn share_is_zero_when_income_is_below_other_costs() {
        let base = SupplyAssumptions::default();
        let by_hand = EnergyPrice::from_usd_per_mwh(45.0 * 1.05 + 3.0);
        assert!((base.median_cost() / by_hand - 1.0).abs() < 1e-12);
        assert_eq!(base.share_below(base.opex), 0.0);
        assert_eq!(base.share_below(-base.opex), 0.0);
        assert!((base.share_below(base.median_cost()) - 0.5).abs() < 1e-7);
    }

    #[test]
    fn tariff_range_contains_90_percent_of_miners() {
        let base = SupplyAssumptions::default();
        let [low, high] = base.tariff_range();
        // 45 times and over e^(1.645 * 0.30).
        assert!((low.as_usd_per_kwh() * 1e3 - 27.47).abs() < 0.01, "{low}");
        assert!((high.as_usd_per_kwh() * 1e3 - 73.71).abs() < 0.01, "{high}");
        let below = |tariff: EnergyPrice| base.share_below(tariff * base.pue.value() + base.opex);
        assert!((below(high) - 0.95).abs() < 1e-6 && (below(low) - 0.05).abs() < 1e-6);
    }

    #[test]
    fn profitable_share_increases_with_hashprice() {
        let curve = at(2026);
        let parts: Vec<f64> = (1..200)
            .map(|usd| curve.profitable(Hashprice::from_usd_per_ph_day(f64::from(usd))))
            .collect();
        assert!(parts.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(parts[0] < 1e-6 && parts[198] > 0.999);
        let all: Hashrate = curve.vintages().iter().map(|v| v.hashrate).sum();
        assert!((all.as_eh_s() - 911.9).abs() < 1.0, "{all}");
    }

    #[test]
    fn points_match_the_curve_from_zero_hashprice() {
        let curve = SupplyCurve::latest().unwrap();
        assert_eq!(curve, at(2026));
        // The network shrank in 2026: no machines were added.
        assert_eq!(curve.year(), Some(2025));
        let points = curve.points(Hashprice::from_usd_per_ph_day(80.0), 41);
        assert_eq!((points.len(), points[0].part), (41, 0.0));
        for point in &points {
            assert_eq!(point.part, curve.profitable(point.hashprice));
        }
        assert!((points[40].hashprice.as_usd_per_ph_day() - 80.0).abs() < 1e-9);
    }

    #[test]
    fn years_without_data_are_refused() {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        for year in [2019, 2027] {
            let assumptions = SupplyAssumptions::default();
            assert!(SupplyCurve::at_end_of(year, assumptions, &catalogue, epochs).is_err());
        }
    }
}
