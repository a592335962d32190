//! Finds the offset between the log's clock and this machine's clock from the load.
//!
//! The machine knows the start and the end of its load; in the log, power rises and falls. The
//! position of the load in the log is found in two steps. First a model with two levels, idle and
//! load, is fitted at every position by least squares. Then only the two edges are evaluated: power
//! is assumed to rise linearly along a ramp that starts with the load, and to fall along a ramp that
//! starts with its end, each up to 2 s long with a uniform prior. The offset is the mean of the
//! posterior distribution given the edge samples. Its standard uncertainty combines the standard
//! deviation of that distribution (GUM Supplement 1) with two rectangular distributions, one of the
//! width of a sample interval, because a log does not state whether a sample holds for its time or
//! for the interval before it, and one of the width of a step between the ramp lengths, and with a
//! tenth of the length of the ramp, because ramps need not be linear.

use hashwatt_quantities::statistics::{mean, sum_of_squared_deviations};

/// The maximum length of a ramp in seconds; supplies and processors take up to a second to rise or
/// fall.
const MAX_RAMP: f64 = 2.0;
/// A step must be at least this multiple of the standard deviation of the noise.
const MIN_STEP_SIGMAS: f64 = 4.0;
/// A second position that explains more than this fraction of the squares of the best one fits
/// equally well.
const RIVAL_RATIO: f64 = 0.8;
/// The minimum number of idle samples on either side of the load.
const MIN_IDLE_SAMPLES: usize = 3;
/// The minimum standard deviation of an edge sample, relative to the step, because no ramp is exactly
/// linear.
const MIN_NOISE: f64 = 0.03;
/// The deviations of a nonlinear ramp are correlated, so more samples than this at an edge give no
/// further information.
const MAX_EFFECTIVE_SAMPLES: f64 = 100.0;
/// The standard uncertainty of the start of a ramp because it may be nonlinear, as a fraction of its
/// length: an exponential rise that is fitted as linear is off by 0.1.
const BENT_RAMP_UNCERTAINTY: f64 = 0.1;
/// The number of ramp lengths that are tried.
const RAMP_COUNT: usize = 41;
const RAMP_STEP: f64 = MAX_RAMP / (RAMP_COUNT - 1) as f64;
/// The time before and after an edge over which the levels are averaged, in seconds.
const LEVEL_WINDOW: f64 = 10.0;

/// The position of the load in a log.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoadStep {
    /// The start of the load in seconds, on the log's clock.
    pub load_start: f64,
    /// Its standard uncertainty in seconds.
    pub uncertainty: f64,
}

impl LoadStep {
    /// Finds a load of `length` seconds, or returns the reason why there is none; `interval` is the
    /// median interval between two samples.
    pub(super) fn find(
        times: &[f64],
        powers: &[f64],
        interval: f64,
        length: f64,
    ) -> Result<Self, String> {
        if length <= 0.0 {
            return Err("the load ends before it begins".to_owned());
        }
        let min_length = MAX_RAMP + 6.0 * interval;
        if length < min_length {
            return Err(format!(
                "the load lasts {length:.1} s; at the sampling rate of this log it must last at \
                 least {min_length:.1} s"
            ));
        }
        let fit = fit_two_levels(times, powers, length)?;
        let edges = Edges::around(times, powers, interval, fit, length)?;
        let (load_start, deviation) = edges.offset(fit.load_start, interval);
        let unresolved = (interval.powi(2) + RAMP_STEP.powi(2)) / 12.0;
        let variance = deviation.powi(2)
            + unresolved
            + (BENT_RAMP_UNCERTAINTY * edges.ramp_length(load_start)).powi(2);
        Ok(Self { load_start, uncertainty: variance.sqrt() })
    }
}

/// The best fit of the two-level model.
#[derive(Clone, Copy, Debug)]
struct TwoLevelFit {
    load_start: f64,
    step: f64,
}

fn fit_two_levels(times: &[f64], powers: &[f64], length: f64) -> Result<TwoLevelFit, String> {
    let n = times.len();
    let mean = mean(powers);
    let mut sums = Vec::with_capacity(n + 1);
    let (mut sum, mut squares) = (0.0, 0.0);
    sums.push(0.0);
    for power in powers {
        sum += power - mean;
        squares += (power - mean).powi(2);
        sums.push(sum);
    }
    // For every position: the start, the explained sum of squares, and the step.
    let mut candidates = Vec::new();
    let mut end = 0;
    for start in MIN_IDLE_SAMPLES..n {
        let load_start = f64::midpoint(times[start - 1], times[start]);
        while end < n && times[end] < load_start + length {
            end += 1;
        }
        if end + MIN_IDLE_SAMPLES > n {
            break;
        }
        let inside = (end - start) as f64;
        let outside = n as f64 - inside;
        let surplus = sums[end] - sums[start];
        let step = surplus / inside + surplus / outside;
        if step > 0.0 {
            candidates.push((load_start, surplus * step, step));
        }
    }
    let best = candidates.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((load_start, explained, step)) = best else {
        let held = times.last().copied().unwrap_or_default();
        return Err(format!(
            "in a log of {held:.1} s, power never rises for {length:.1} s with idle on both sides"
        ));
    };
    let noise = ((squares - explained).max(0.0) / (n as f64 - 2.0)).sqrt();
    if step < MIN_STEP_SIGMAS * noise {
        return Err(format!("a step of {step:.2} W does not exceed the noise of {noise:.2} W"));
    }
    let rival = candidates.iter().find(|candidate| {
        (candidate.0 - load_start).abs() > length / 2.0 && candidate.1 > RIVAL_RATIO * explained
    });
    match rival {
        Some(rival) => Err(format!(
            "it fits equally well at {load_start:.1} s and {:.1} s after the start of the log; give \
             the part of the log with one load",
            rival.0
        )),
        None => Ok(TwoLevelFit { load_start, step }),
    }
}

/// The samples around both edges: the time relative to the edge for a load that starts at the first
/// sample of the log, and the power as a fraction of the step, rising at both edges.
struct Edges {
    rise: Vec<(f64, f64)>,
    fall: Vec<(f64, f64)>,
    noise: f64,
}

impl Edges {
    fn around(
        times: &[f64],
        powers: &[f64],
        interval: f64,
        fit: TwoLevelFit,
        length: f64,
    ) -> Result<Self, String> {
        let margin = MAX_RAMP / 2.0 + interval;
        let outer = margin + LEVEL_WINDOW.max(10.0 * interval);
        let (load_start, ended) = (fit.load_start, fit.load_start + length);
        let middle = f64::midpoint(load_start, ended);
        let level = |from: f64, to: f64, what: &str| {
            let start = times.partition_point(|time| *time < from);
            let end = times.partition_point(|time| *time <= to).max(start);
            let found = &powers[start..end];
            if found.len() < 2 {
                return Err(format!("the log does not contain the {what}"));
            }
            let mean = mean(found);
            Ok((mean, sum_of_squared_deviations(mean, found), found.len()))
        };
        let before = level(load_start - outer, load_start - margin, "idle before the load")?;
        let first = level(load_start + margin, middle.min(load_start + outer), "load")?;
        let second = level(middle.max(ended - outer), ended - margin, "load")?;
        let after = level(ended + margin, ended + outer, "idle after the load")?;
        let levels = [before, first, second, after];
        let squares: f64 = levels.iter().map(|level| level.1).sum();
        let samples: usize = levels.iter().map(|level| level.2 - 1).sum();
        let noise = (squares / samples as f64).sqrt();
        let (up, down) = (first.0 - before.0, second.0 - after.0);
        for (step, edge) in [(up, "start"), (down, "end")] {
            if step < (MIN_STEP_SIGMAS * noise).max(fit.step / 2.0) {
                return Err(format!(
                    "at the {edge} of the load, power changes by {step:.2} W, with noise of \
                     {noise:.2} W; the log must contain the whole load and idle on both sides"
                ));
            }
        }
        let edge_window = MAX_RAMP + 3.0 * interval;
        let normalised = |edge: f64, low: f64, step: f64, shift: f64| {
            let start = times.partition_point(|time| *time < edge - edge_window);
            let end = times.partition_point(|time| *time <= edge + edge_window);
            // A few hundred samples give all the information of an edge.
            (start..end)
                .step_by(1 + (end - start) / 400)
                .map(|sample| (times[sample] - shift, (powers[sample] - low) / step))
                .collect::<Vec<_>>()
        };
        Ok(Self {
            rise: normalised(load_start, before.0, up, 0.0),
            // An inverted fall is a rise.
            fall: normalised(ended, second.0, -down, length),
            noise: (noise / up.min(down)).max(MIN_NOISE),
        })
    }

    /// The mean and the standard deviation of the start of the load.
    fn offset(&self, fit: f64, interval: f64) -> (f64, f64) {
        const POINTS: usize = 121;
        let mut low = fit - MAX_RAMP - 2.0 * interval;
        let mut high = fit + 2.0 * interval;
        let (mut mean, mut deviation) = (fit, high - low);
        // Refine until the grid is fine relative to the distribution.
        for _ in 0..4 {
            let width = (high - low) / (POINTS - 1) as f64;
            let candidate = |point: usize| low + width * point as f64;
            let logs: Vec<f64> = (0..POINTS)
                .map(|point| {
                    let load_start = candidate(point);
                    self.log_likelihood(&self.rise, load_start)
                        + self.log_likelihood(&self.fall, load_start)
                })
                .collect();
            let max = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = logs.iter().map(|log| (log - max).exp()).collect();
            let total: f64 = weights.iter().sum();
            let moment = |value: &dyn Fn(f64) -> f64| {
                let sum: f64 =
                    weights.iter().enumerate().map(|(i, w)| w * value(candidate(i))).sum();
                sum / total
            };
            mean = moment(&|load_start| load_start);
            // The grid does not resolve less than its width.
            deviation =
                (moment(&|load_start| (load_start - mean).powi(2)) + width.powi(2) / 12.0).sqrt();
            if deviation > 4.0 * width {
                break;
            }
            let around = 6.0 * deviation.max(width);
            (low, high) = (mean - around, mean + around);
        }
        (mean, deviation)
    }

    /// The log-likelihood of an edge for a start of the load, marginalised over the ramp lengths.
    fn log_likelihood(&self, edge: &[(f64, f64)], load_start: f64) -> f64 {
        let logs = self.ramp_log_likelihoods(edge, load_start);
        let max = logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        max + logs.iter().map(|log| (log - max).exp()).sum::<f64>().ln()
    }

    /// The mean length of the longer of the two ramps for a start of the load, in seconds.
    fn ramp_length(&self, load_start: f64) -> f64 {
        let mean = |edge: &[(f64, f64)]| {
            let logs = self.ramp_log_likelihoods(edge, load_start);
            let max = logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let weights = logs.map(|log| (log - max).exp());
            let sum: f64 =
                weights.iter().enumerate().map(|(ramp_length, w)| w * ramp_length as f64).sum();
            RAMP_STEP * sum / weights.iter().sum::<f64>()
        };
        mean(&self.rise).max(mean(&self.fall))
    }

    /// The log-likelihood of each ramp length.
    fn ramp_log_likelihoods(&self, edge: &[(f64, f64)], load_start: f64) -> [f64; RAMP_COUNT] {
        let dilution = (edge.len() as f64 / MAX_EFFECTIVE_SAMPLES).max(1.0);
        let spread = 2.0 * self.noise.powi(2) * dilution;
        std::array::from_fn(|ramp_length| {
            let ramp_length = RAMP_STEP * ramp_length as f64;
            let squared_error = |(time, share): &(f64, f64)| {
                (share - ramp_fraction(time - load_start, ramp_length)).powi(2)
            };
            -edge.iter().map(squared_error).sum::<f64>() / spread
        })
    }
}

/// The fraction of a step reached some time after its start.
pub(super) fn ramp_fraction(since: f64, ramp_length: f64) -> f64 {
    if since < 0.0 {
        0.0
    } else if since >= ramp_length {
        1.0
    } else {
        since / ramp_length
    }
}
