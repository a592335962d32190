//! Results of the parties as a function of the tariff, and the tariffs at which they change from gain to loss.

use super::headline::HeadlineParty;
use crate::EconError;
use crate::engine::{Engine, Inputs};
use crate::params::{Denomination, ParamId, Price, Unit};
use crate::result::Outcome;
use crate::simulate::{Paths, Progress, Simulation};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of tariffs of the grid.
const GRID_TARIFFS: usize = 25;
/// Refinement steps between two tariffs to find where a median is zero.
const REFINEMENTS: usize = 3;

/// The results of each of [`HeadlineParty::ALL`] at a tariff.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TariffPoint {
    /// The tariff in the unit of the curve.
    pub tariff: f64,
    /// Medians over the paths, USD; base values if there are no paths. `None` for missing results.
    pub medians: [Option<f64>; 5],
}

/// A tariff at which the median result of a party changes its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Crossing {
    /// The party.
    pub party: HeadlineParty,
    /// The tariff, interpolated linearly between two points of the curve.
    pub tariff: f64,
    /// Whether the party gains above this tariff and loses below it.
    pub gains_above: bool,
}

/// The results of the parties as a function of the tariff.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TariffCurve {
    /// The unit of the tariff, such as PKR/kWh.
    pub unit: Unit,
    /// The tariff of the scenario.
    pub scenario_tariff: f64,
    /// The parameter of the tariff.
    pub param: ParamId,
    /// The points in order of rising tariff.
    pub points: Vec<TariffPoint>,
    /// The zero crossings of medians, by party and then by tariff.
    pub crossings: Vec<Crossing>,
    /// Simulated paths at each tariff.
    pub paths: usize,
}

impl TariffCurve {
    /// The approximate number of tariffs that are simulated.
    pub const EXPECTED_POINTS: usize = GRID_TARIFFS + 2 * REFINEMENTS;

    /// The tariff at which the median of a party is zero; `None` if there is none, or more than one.
    pub fn crossing(&self, party: HeadlineParty) -> Option<Crossing> {
        let mut found = self.crossings.iter().filter(|crossing| crossing.party == party);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(*one),
            _ => None,
        }
    }
}

/// The tariffs of the curve: from 0 (or twice a negative scenario tariff) to twice the scenario tariff and
/// beyond the break-even tariff, including the scenario tariff.
fn grid(scenario_tariff: f64, break_even_tariff: f64) -> Vec<f64> {
    let top = (2.0 * scenario_tariff.abs()).max(1.2 * break_even_tariff);
    let bottom = if scenario_tariff < 0.0 { 2.0 * scenario_tariff } else { 0.0 };
    let min_step = (top - bottom) / (GRID_TARIFFS - 1) as f64;
    if !min_step.is_finite() || min_step <= 0.0 {
        return vec![scenario_tariff];
    }
    let step = nice_step(min_step);
    let mut tariffs: Vec<f64> = (0..)
        .map(|place| bottom + step * f64::from(place))
        .take_while(|tariff| *tariff < top + 0.5 * step)
        .collect();
    let place = tariffs.partition_point(|tariff| *tariff < scenario_tariff);
    if tariffs.get(place).is_none_or(|next| *next != scenario_tariff) {
        tariffs.insert(place, scenario_tariff);
    }
    tariffs
}

/// The next larger of 1, 2, 2.5 and 5 times a power of ten.
fn nice_step(min_step: f64) -> f64 {
    let power = 10f64.powf(min_step.log10().floor());
    let nice =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| step * power >= min_step * (1.0 - 1e-9));
    nice.unwrap_or(10.0) * power
}

struct Curve<'a> {
    engine: &'a Engine,
    of: &'a Simulation<'a>,
    paths: Paths,
    watch: Progress<'a>,
    done: AtomicUsize,
    id: ParamId,
}

impl Curve<'_> {
    /// `None` if it was stopped before all paths were done.
    fn at(&self, tariff: f64) -> Result<Option<Outcome>, EconError> {
        let places: Vec<bool> =
            self.of.inputs.sites.iter().map(|site| site.tariff.value == self.id).collect();
        let change = |inputs: &mut Inputs| {
            let sites = inputs.sites.iter_mut().zip(&places);
            for (site, _) in sites.filter(|(_, moves)| **moves) {
                site.tariff = Price { value: tariff, ..site.tariff };
            }
        };
        let of = Simulation { change: Some(&change), ..*self.of };
        let figures = HeadlineParty::ALL.map(HeadlineParty::figure).to_vec();
        let before = self.done.load(Ordering::Relaxed);
        let watch = |done: usize| (self.watch)(before + done);
        if !watch(0) {
            return Ok(None);
        }
        let outcome = self.engine.simulate_some(&of, figures, self.paths, &watch)?;
        self.done.fetch_add(outcome.paths, Ordering::Relaxed);
        Ok(outcome.is_complete().then_some(outcome))
    }

    fn point(&self, tariff: f64) -> Result<Option<TariffPoint>, EconError> {
        let Some(outcome) = self.at(tariff)? else { return Ok(None) };
        let median = |party: HeadlineParty| {
            let value = outcome.get(party.figure()).ok()?;
            Some(value.band.map_or(value.base, |band| band.p50))
        };
        Ok(Some(TariffPoint { tariff, medians: HeadlineParty::ALL.map(median) }))
    }
}

/// The zero crossing of a median between two neighbouring points.
fn zero_crossing(party: usize, pair: &[TariffPoint]) -> Option<Crossing> {
    let [left, right] = pair else { return None };
    let (low, high) = (left.medians[party]?, right.medians[party]?);
    let changes_sign = (low < 0.0 && high >= 0.0) || (low >= 0.0 && high < 0.0);
    changes_sign.then(|| Crossing {
        party: HeadlineParty::ALL[party],
        tariff: left.tariff + (right.tariff - left.tariff) * low / (low - high),
        gains_above: high > low,
    })
}

fn crossings(points: &[TariffPoint]) -> Vec<Crossing> {
    let of = |party: usize| points.windows(2).filter_map(move |pair| zero_crossing(party, pair));
    (0..HeadlineParty::ALL.len()).flat_map(of).collect()
}

/// Computes the curve; `None` if there is no tariff, or if it was stopped. `break_even_tariff` is in US
/// dollars.
pub(crate) fn tariff_curve(
    engine: &Engine,
    of: &Simulation,
    break_even_tariff: Option<f64>,
    paths: Paths,
    watch: Progress,
) -> Result<Option<TariffCurve>, EconError> {
    let Some(tariff) = of.inputs.sites.first().map(|site| site.tariff) else { return Ok(None) };
    let id = tariff.value;
    let param = of.table.get(id);
    if param.missing {
        return Ok(None);
    }
    let rate = match tariff.denomination {
        Denomination::Usd => 1.0,
        Denomination::Local => of.table.get(of.inputs.money.exchange_rate).value,
    };
    let break_even_tariff = break_even_tariff.map_or(0.0, |usd| usd * rate);
    let (scenario_tariff, unit) = (param.value, param.unit);
    let curve = Curve { engine, of, paths, watch, done: AtomicUsize::new(0), id };
    let mut points: Vec<TariffPoint> = Vec::new();
    for tariff in grid(scenario_tariff, break_even_tariff) {
        match curve.point(tariff)? {
            Some(point) => points.push(point),
            None => return Ok(None),
        }
    }
    if points.iter().all(|point| point.medians.iter().all(Option::is_none)) {
        return Ok(None);
    }
    for _ in 0..REFINEMENTS {
        let missing: Vec<f64> = crossings(&points)
            .into_iter()
            .filter(|found| {
                matches!(found.party, HeadlineParty::Operator | HeadlineParty::PowerSystem)
            })
            .map(|found| found.tariff)
            .filter(|tariff| points.iter().all(|point| point.tariff != *tariff))
            .collect();
        for tariff in missing {
            let place = points.partition_point(|point| point.tariff < tariff);
            match curve.point(tariff)? {
                Some(point) => points.insert(place, point),
                None => return Ok(None),
            }
        }
    }
    let crossings = crossings(&points);
    Ok(Some(TariffCurve {
        unit,
        scenario_tariff,
        param: id,
        points,
        crossings,
        paths: paths.count,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::Figure;
    use crate::scenario::Scenario;
    use crate::view::Study;

    #[test]
    fn tariff_grid_contains_scenario_tariff_and_round_steps() {
        let tariffs = grid(22.98, 0.0);
        assert!(tariffs.contains(&22.98) && tariffs[0] == 0.0 && tariffs[1] == 2.0);
        assert!(tariffs.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(grid(0.0, 0.0), [0.0]);
        assert!(grid(0.0, 0.1).last().unwrap() >= &0.12 && grid(0.06, 0.0).contains(&0.06));
        assert_eq!(grid(-0.02, 0.0)[0], -0.04);
    }

    fn curve(text: &str) -> (Study, TariffCurve) {
        let study = Study::new(Scenario::from_toml(text).unwrap().resolve().unwrap()).unwrap();
        let found = study.tariff_curve(Paths { count: 0, seed: 1 }, &|_| true).unwrap();
        (study, found.unwrap())
    }

    const SITE: &str = "power_mw = 100\ntariff = \"0.04 USD/kWh\"\nmachine_price_usd_per_th_s = 5\n\
                        infrastructure_usd_per_mw = 300000\n[project]\nyears = 4\n";

    #[test]
    fn operator_value_crosses_zero_once_over_tariff() {
        let (_, found) = curve(SITE);
        let crossing = found.crossing(HeadlineParty::Operator).unwrap();
        assert!(!crossing.gains_above);
        let at = SITE.replace("0.04", &crossing.tariff.to_string());
        let study = Study::new(Scenario::from_toml(&at).unwrap().resolve().unwrap()).unwrap();
        let npv = |study: &Study| {
            let found = study.simulate(Paths { count: 0, seed: 1 }, &|_| true).unwrap();
            (found.base(Figure::Npv).unwrap(), found.base(Figure::Outlay).unwrap())
        };
        let (npv, outlay) = npv(&study);
        assert!(npv.abs() < 1e-4 * outlay, "{npv} of {outlay}");
    }

    #[test]
    fn curve_at_scenario_tariff_equals_run_medians() {
        let study = Study::new(Scenario::from_toml(SITE).unwrap().resolve().unwrap()).unwrap();
        let paths = Paths { count: 64, seed: 3 };
        let found = study.tariff_curve(paths, &|_| true).unwrap().unwrap();
        let run = study.simulate(paths, &|_| true).unwrap();
        let point =
            found.points.iter().find(|point| point.tariff == found.scenario_tariff).unwrap();
        let median = run.get(Figure::Npv).unwrap().band.unwrap().p50;
        assert_eq!(point.medians[0], Some(median));
        // The scenario has no plants.
        assert_eq!(point.medians[1], None);
    }

    #[test]
    fn missing_tariff_gives_no_curve() {
        let scenario = Scenario::from_toml("power_mw = 10\n").unwrap();
        let study = Study::new(scenario.resolve().unwrap()).unwrap();
        assert_eq!(study.tariff_curve(Paths { count: 0, seed: 1 }, &|_| true), Ok(None));
    }
}
