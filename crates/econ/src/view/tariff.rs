//! What the parties have at other tariffs: where each begins to gain or to lose.

use super::headline::HeadlineParty;
use crate::EconError;
use crate::engine::{Engine, Inputs};
use crate::params::{Denomination, ParamId, Price, Unit};
use crate::result::Outcome;
use crate::simulate::{Paths, Progress, Simulation};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tariffs at which paths are followed, from the least to the greatest.
const TARIFFS: usize = 25;
/// Tariffs that are looked at between two of them to find where a median is zero.
const REFINED: usize = 3;

/// A tariff with what each of [`HeadlineParty::ALL`] has at it.
#[derive(Clone, Debug, PartialEq)]
pub struct TariffPoint {
    /// The tariff in the curve's unit.
    pub tariff: f64,
    /// Medians over the paths, USD; of the base where no path was asked for. `None` of what is missing.
    pub medians: [Option<f64>; 5],
}

/// Where the median of somebody's result changes its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Whose.
    pub whose: HeadlineParty,
    /// The tariff, between two points of the curve by a straight line.
    pub tariff: f64,
    /// Whether it gains above that tariff, and loses below.
    pub gains_above: bool,
}

/// What the parties have at each tariff.
#[derive(Clone, Debug, PartialEq)]
pub struct TariffCurve {
    /// The unit of the tariff, such as PKR/kWh.
    pub unit: Unit,
    /// What the tariff is taken for.
    pub taken: f64,
    /// The tariff as the scenario has it, by its parameter.
    pub param: ParamId,
    /// Rising tariffs.
    pub points: Vec<TariffPoint>,
    /// Where medians are zero, by whose and then by tariff.
    pub crossings: Vec<Crossing>,
    /// Paths that were followed at each tariff.
    pub paths: usize,
}

impl TariffCurve {
    /// At about so many tariffs paths are followed.
    pub const LOOKS: usize = TARIFFS + 2 * REFINED;

    /// The only tariff at which somebody's median is zero; `None` where there is none, or several.
    pub fn crossing(&self, whose: HeadlineParty) -> Option<Crossing> {
        let mut found = self.crossings.iter().filter(|crossing| crossing.whose == whose);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(*one),
            _ => None,
        }
    }
}

/// The tariffs of the curve: from 0, or as far below zero as what is taken, to twice what is taken and beyond the
/// one that income just pays, the taken one among them.
fn grid(taken: f64, paid: f64) -> Vec<f64> {
    let top = (2.0 * taken.abs()).max(1.2 * paid);
    let bottom = if taken < 0.0 { 2.0 * taken } else { 0.0 };
    let least = (top - bottom) / (TARIFFS - 1) as f64;
    if !least.is_finite() || least <= 0.0 {
        return vec![taken];
    }
    let step = nice_step(least);
    let mut tariffs: Vec<f64> = (0..)
        .map(|place| bottom + step * f64::from(place))
        .take_while(|tariff| *tariff < top + 0.5 * step)
        .collect();
    let place = tariffs.partition_point(|tariff| *tariff < taken);
    if tariffs.get(place).is_none_or(|next| *next != taken) {
        tariffs.insert(place, taken);
    }
    tariffs
}

/// The next of 1, 2, 2.5 and 5 times a power of ten.
fn nice_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let nice = [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
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
    /// `None` where it was stopped before every path was done.
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
        let median = |whose: HeadlineParty| {
            let value = outcome.get(whose.figure()).ok()?;
            Some(value.band.map_or(value.base, |band| band.p50))
        };
        Ok(Some(TariffPoint { tariff, medians: HeadlineParty::ALL.map(median) }))
    }
}

/// Where a median passes zero between two neighbouring points.
fn passes(whose: usize, pair: &[TariffPoint]) -> Option<Crossing> {
    let [left, right] = pair else { return None };
    let (low, high) = (left.medians[whose]?, right.medians[whose]?);
    let turns = (low < 0.0 && high >= 0.0) || (low >= 0.0 && high < 0.0);
    turns.then(|| Crossing {
        whose: HeadlineParty::ALL[whose],
        tariff: left.tariff + (right.tariff - left.tariff) * low / (low - high),
        gains_above: high > low,
    })
}

fn crossings(points: &[TariffPoint]) -> Vec<Crossing> {
    let of = |whose: usize| points.windows(2).filter_map(move |pair| passes(whose, pair));
    (0..HeadlineParty::ALL.len()).flat_map(of).collect()
}

/// The curve; `None` where there is no tariff, or where it was stopped. `paid` is the tariff that income just
/// pays, in dollars.
pub(crate) fn tariff_curve(
    engine: &Engine,
    of: &Simulation,
    paid: Option<f64>,
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
    let paid = paid.map_or(0.0, |usd| usd * rate);
    let (taken, unit) = (param.value, param.unit);
    let curve = Curve { engine, of, paths, watch, done: AtomicUsize::new(0), id };
    let mut points: Vec<TariffPoint> = Vec::new();
    for tariff in grid(taken, paid) {
        match curve.point(tariff)? {
            Some(point) => points.push(point),
            None => return Ok(None),
        }
    }
    if points.iter().all(|point| point.medians.iter().all(Option::is_none)) {
        return Ok(None);
    }
    for _ in 0..REFINED {
        let missing: Vec<f64> = crossings(&points)
            .into_iter()
            .filter(|found| {
                matches!(found.whose, HeadlineParty::Operator | HeadlineParty::PowerSystem)
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
    Ok(Some(TariffCurve { unit, taken, param: id, points, crossings, paths: paths.count }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::Figure;
    use crate::scenario::Scenario;
    use crate::view::Study;

    #[test]
    fn grids_hold_the_taken_tariff_and_nice_steps() {
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
    fn the_operator_gains_below_one_tariff_where_its_value_is_zero() {
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
    fn the_taken_tariff_has_the_run_s_own_medians() {
        let study = Study::new(Scenario::from_toml(SITE).unwrap().resolve().unwrap()).unwrap();
        let paths = Paths { count: 64, seed: 3 };
        let found = study.tariff_curve(paths, &|_| true).unwrap().unwrap();
        let run = study.simulate(paths, &|_| true).unwrap();
        let point = found.points.iter().find(|point| point.tariff == found.taken).unwrap();
        let median = run.get(Figure::Npv).unwrap().band.unwrap().p50;
        assert_eq!(point.medians[0], Some(median));
        // Nobody said anything of plants.
        assert_eq!(point.medians[1], None);
    }

    #[test]
    fn without_a_tariff_there_is_no_curve() {
        let scenario = Scenario::from_toml("power_mw = 10\n").unwrap();
        let study = Study::new(scenario.resolve().unwrap()).unwrap();
        assert_eq!(study.tariff_curve(Paths { count: 0, seed: 1 }, &|_| true), Ok(None));
    }
}
