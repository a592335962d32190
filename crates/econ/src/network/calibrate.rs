//! Backtest of the market's bands: forecasts from rolling origins, compared with the outcomes.
//!
//! From every epoch after the first [`FIRST_ORIGIN`], paths are simulated with the residuals known by then, and the
//! actual change of difficulty, price and hashprice at each horizon is ranked among the paths. The supply curves are
//! those known at each origin. The tariff, other costs and response parameters are today's values: the only hindsight.

use super::curves::KnownCurve;
use super::drivers::AccumulatedShocks;
use super::market::BLOCK_EPOCHS;
use super::replay::{EPOCH, MarketShock, Replay};
use super::{
    CurveYears, Epoch, Epochs, MarketResiduals, Others, ResidualModel, ResponseParameters,
    ResponseRates, SupplyAssumptions, subsidy_until_retarget,
};
use crate::EconError;
use crate::normal::normal_cdf;

/// Epochs before the first origin: fewer residuals do not give a distribution.
const FIRST_ORIGIN: usize = 30;
/// Horizons in epochs of 14 days: about 30, 90, 180, 365 and 730 days.
pub const HORIZON_EPOCHS: [usize; 5] = [2, 6, 13, 26, 52];

/// Settings of the backtest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationSettings {
    /// Paths from each origin.
    pub paths: usize,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Consecutive epochs drawn together.
    pub block_epochs: usize,
    /// Response of other miners.
    pub response: ResponseParameters,
    /// Costs of other miners.
    pub supply: SupplyAssumptions,
}

impl Default for CalibrationSettings {
    /// 200 paths with the model's default parameters.
    fn default() -> Self {
        Self {
            paths: 200,
            seed: 3,
            block_epochs: BLOCK_EPOCHS,
            response: ResponseParameters::default(),
            supply: SupplyAssumptions::default(),
        }
    }
}

/// A forecast variable; forecasts are of the change of its logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForecastVariable {
    /// Difficulty.
    Difficulty,
    /// Bitcoin price, USD.
    Price,
    /// Hashprice, USD/PH/day.
    Hashprice,
}

impl ForecastVariable {
    /// All variables.
    pub const ALL: [Self; 3] = [Self::Difficulty, Self::Price, Self::Hashprice];
}

/// A subset of the origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginSubset {
    /// All origins.
    All,
    /// The earlier half.
    Earlier,
    /// The later half.
    Later,
}

impl OriginSubset {
    /// All subsets.
    pub const ALL: [Self; 3] = [Self::All, Self::Earlier, Self::Later];

    fn select<T>(self, all: &[T]) -> &[T] {
        let half = all.len() / 2;
        match self {
            Self::All => all,
            Self::Earlier => &all[..half],
            Self::Later => &all[half..],
        }
    }
}

/// The score of forecasts of one variable at one horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CalibrationScore {
    /// The variable.
    pub figure: ForecastVariable,
    /// The horizon in epochs of 14 days.
    pub horizon_epochs: usize,
    /// The subset of origins.
    pub origins: OriginSubset,
    /// The number of origins.
    pub n: usize,
    /// The number of independent horizons: forecasts with overlapping horizons are not independent.
    pub effective_n: f64,
    /// Share of outcomes within the 25 and 75 % points.
    pub coverage_50: f64,
    /// Share of outcomes within the 5 and 95 % points.
    pub coverage_90: f64,
    /// Outcomes by their rank among the paths (probability integral transform), in ten equal bins.
    pub pit: [u32; 10],
    /// Mean continuous ranked probability score (Gneiting and Raftery 2007); lower is better.
    pub crps: f64,
    /// The same score of a driftless random walk with the past standard deviation.
    pub crps_random_walk: f64,
}

/// Scores of every variable, horizon and subset of origins.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Calibration {
    /// By horizon, variable, subset.
    pub scores: Vec<CalibrationScore>,
}

impl Calibration {
    /// The score of a variable at one of [`HORIZON_EPOCHS`].
    pub fn score(
        &self,
        figure: ForecastVariable,
        horizon_epochs: usize,
        origins: OriginSubset,
    ) -> Option<&CalibrationScore> {
        self.scores.iter().find(|score| {
            let key = (score.figure, score.horizon_epochs, score.origins);
            key == (figure, horizon_epochs, origins)
        })
    }
}

/// Scores forecasts from rolling origins over the shipped epochs.
///
/// ```
/// use hashwatt_econ::network::{CalibrationSettings, ForecastVariable, OriginSubset, calibrate};
///
/// let settings = CalibrationSettings { paths: 50, ..CalibrationSettings::default() };
/// let calibration = calibrate(&settings)?;
/// let score = calibration.score(ForecastVariable::Hashprice, 6, OriginSubset::All);
/// println!("{score:?}");
/// # Ok::<(), hashwatt_econ::EconError>(())
/// ```
///
/// # Errors
/// [`EconError::OutOfRange`] for no paths, an empty block or an invalid response, and errors of the tables.
pub fn calibrate(settings: &CalibrationSettings) -> Result<Calibration, EconError> {
    calibrate_with(settings, MarketResiduals::new)
}

/// Like [`calibrate`], but with another method of building the residuals.
fn calibrate_with(
    settings: &CalibrationSettings,
    residuals: fn(&[MarketShock], usize) -> MarketResiduals,
) -> Result<Calibration, EconError> {
    EconError::unless_within("paths", settings.paths as f64, 1.0..=1e6, "1 to 1,000,000 paths")?;
    let block = settings.block_epochs as f64;
    EconError::unless_within("block_epochs", block, 1.0..=1e4, "1 to 10,000 epochs")?;
    settings.response.check()?;
    let curves = CurveYears::new(settings.supply)?;
    let replay = Replay::new(Epochs::shipped()?.priced(), &curves, &settings.response);
    let known = replay.residuals();
    let forecaster = Forecaster::new(settings, &replay);
    let mut scores: [[Vec<ForecastScore>; 3]; HORIZON_EPOCHS.len()] = Default::default();
    for origin in FIRST_ORIGIN..replay.epochs.len() - HORIZON_EPOCHS[0] {
        // Residual i is of epoch i + 2; the origin's own difficulty and price are known.
        let market = residuals(&known[..origin - 1], settings.block_epochs);
        let Some(first_day) = replay.epochs[origin].first_full_day else { continue };
        let curve = curves.known_on(first_day)?;
        let samples = forecaster.samples(origin, &market, &curve);
        for (of_horizon, (horizon, sample)) in
            scores.iter_mut().zip(HORIZON_EPOCHS.iter().zip(samples))
        {
            for (figure, sample) in sample.into_iter().enumerate() {
                let series = &forecaster.series[figure];
                if let Some(truth) = series.get(origin + horizon) {
                    let past = &series[..=origin];
                    let score = ForecastScore::new(sample, truth - series[origin], past, *horizon);
                    of_horizon[figure].push(score);
                }
            }
        }
    }
    let scores = scores.iter().zip(HORIZON_EPOCHS).flat_map(|(of_horizon, horizon)| {
        of_horizon.iter().zip(ForecastVariable::ALL).flat_map(move |(all, figure)| {
            OriginSubset::ALL.map(|origins| CalibrationScore::new(all, figure, horizon, origins))
        })
    });
    Ok(Calibration { scores: scores.collect() })
}

/// The score of one forecast.
#[derive(Clone, Copy, Debug)]
struct ForecastScore {
    /// Rank of the outcome among the paths, 0 to 1.
    pit: f64,
    crps: f64,
    crps_random_walk: f64,
}

impl ForecastScore {
    fn new(mut sample: Vec<f64>, truth: f64, past: &[f64], horizon: usize) -> Self {
        sample.sort_by(f64::total_cmp);
        let below = sample.partition_point(|x| *x < truth);
        let squares: f64 = past.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        let step_variance = squares / (past.len() as f64 - 1.0);
        Self {
            pit: (below as f64 + 0.5) / (sample.len() as f64 + 1.0),
            crps: crps(&sample, truth),
            crps_random_walk: crps_of_normal((step_variance * horizon as f64).sqrt(), truth),
        }
    }
}

/// The continuous ranked probability score of a sorted sample.
fn crps(sorted: &[f64], truth: f64) -> f64 {
    let n = sorted.len() as f64;
    let error: f64 = sorted.iter().map(|x| (x - truth).abs()).sum::<f64>() / n;
    let spread: f64 =
        sorted.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - n + 1.0) * x).sum::<f64>();
    error - spread / (n * n)
}

/// The score of a normal distribution with mean 0 (Gneiting and Raftery 2007, equation 21).
fn crps_of_normal(deviation: f64, truth: f64) -> f64 {
    let z = truth / deviation;
    let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let root_pi = std::f64::consts::PI.sqrt();
    deviation * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / root_pi)
}

impl CalibrationScore {
    fn new(
        all: &[ForecastScore],
        figure: ForecastVariable,
        horizon_epochs: usize,
        origins: OriginSubset,
    ) -> Self {
        let scores = origins.select(all);
        let n = scores.len() as f64;
        let part = |low: f64, high: f64| {
            let inside = scores.iter().filter(|v| v.pit >= low && v.pit <= high).count();
            inside as f64 / n
        };
        let mean = |value: fn(&ForecastScore) -> f64| scores.iter().map(value).sum::<f64>() / n;
        let mut pit = [0; 10];
        for score in scores {
            pit[((score.pit * 10.0) as usize).min(9)] += 1;
        }
        Self {
            figure,
            horizon_epochs,
            origins,
            n: scores.len(),
            effective_n: n / horizon_epochs as f64,
            coverage_50: part(0.25, 0.75),
            coverage_90: part(0.05, 0.95),
            pit,
            crps: mean(|v| v.crps),
            crps_random_walk: mean(|v| v.crps_random_walk),
        }
    }
}

/// Changes of logarithms by variable and path.
type Sample = [Vec<f64>; 3];

/// Simulates paths from an origin.
struct Forecaster<'a> {
    settings: &'a CalibrationSettings,
    replay: &'a Replay<'a>,
    rates: ResponseRates,
    /// Logarithms by variable and epoch.
    series: [Vec<f64>; 3],
}

impl<'a> Forecaster<'a> {
    fn new(settings: &'a CalibrationSettings, replay: &'a Replay<'a>) -> Self {
        let log = |value: &dyn Fn(&Epoch) -> Option<f64>| -> Vec<f64> {
            replay.epochs.iter().map(|epoch| value(epoch).unwrap_or(f64::NAN).ln()).collect()
        };
        Self {
            settings,
            replay,
            rates: ResponseRates::new(&settings.response),
            series: [
                log(&|epoch| Some(epoch.difficulty().value())),
                log(&|epoch| Some(epoch.price?.as_usd_per_btc())),
                log(&|epoch| Some(epoch.hashprice()?.as_usd_per_ph_day())),
            ],
        }
    }

    /// The change of every path at each horizon.
    fn samples(
        &self,
        origin: usize,
        market: &MarketResiduals,
        curve: &KnownCurve,
    ) -> [Sample; HORIZON_EPOCHS.len()] {
        let mut samples: [Sample; HORIZON_EPOCHS.len()] = Default::default();
        let start = &self.replay.epochs[origin];
        let fees = start.fees_per_block.map_or(0.0, |fees| fees.as_btc());
        // Subsidies per block by epoch from the origin on, up to the longest horizon.
        let longest = HORIZON_EPOCHS[HORIZON_EPOCHS.len() - 1];
        let subsidies: Vec<f64> = (0..=longest as u32)
            .map(|k| subsidy_until_retarget((start.number + k) * 2016).0)
            .collect();
        let log_hashprice = self.series[2][origin];
        let pace = self.rates.pace(EPOCH.as_seconds());
        for path in 0..self.settings.paths {
            let index = (origin * self.settings.paths + path) as u64;
            let mut shocks = market.sampler(ResidualModel::Bootstrap, self.settings.seed, index);
            let mut others = Others { capacity: 1.0, ..self.replay.others[origin] };
            let (mut difficulty, mut noise) = (0.0f64, AccumulatedShocks::default());
            // The hashprice of the previous epoch determines the hashrate of this one.
            let mut pending = self.replay.expected.get(origin + 1).copied().unwrap_or(0.0);
            let reward = |k: usize, fee: f64| (subsidies[k] + fees * fee.exp()).ln();
            let at_start = reward(0, 0.0);
            let change = |k: usize, difficulty: f64, noise: &AccumulatedShocks| {
                noise.price - difficulty + reward(k, noise.fees) - at_start
            };
            for k in 0..longest {
                let shock = shocks.next_shock();
                let hashprice = (log_hashprice + change(k, difficulty, &noise)).exp();
                let before = others.hashrate();
                others.step(hashprice, &pace, 0.0, &curve.table);
                difficulty += pending + shock.growth;
                pending = (others.hashrate() / before).ln();
                noise.step(&shock);
                if let Some(horizon) = HORIZON_EPOCHS.iter().position(|horizon| *horizon == k + 1) {
                    let now = [difficulty, noise.price, change(k + 1, difficulty, &noise)];
                    for (sample, value) in samples[horizon].iter_mut().zip(now) {
                        sample.push(value);
                    }
                }
            }
        }
        samples
    }
}

#[cfg(test)]
mod tests;
