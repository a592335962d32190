//! Where a project's result turns: one input moved from its base, all others as they are.

use super::sensitivity::Run;
use super::{FactorKind, Project};
use crate::EconError;
use crate::units::Usd;

/// The value of one input at which the result is nothing, along the path that the model expects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// Which input.
    pub kind: FactorKind,
    /// What it is taken for: 1 for ratios.
    pub base: f64,
    /// The nearest value at which the result turns, in the same terms; `None` where none does within
    /// what is searched: a fifth to five times of a ratio (a tariff from nothing on, an overhead from
    /// none on), the range of others.
    pub at: Option<f64>,
    /// The 5 % and 95 % points of the input, where it has a range.
    pub range: Option<(f64, f64)>,
}

/// The result that the thresholds are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// Whether it is the net present value, or the present value of income less cash costs.
    pub is_npv: bool,
    /// With every input at its base.
    pub base: Usd,
    /// Those that turn it within their range first, then by how far they have to move.
    pub inputs: Vec<Threshold>,
}

/// Inputs that are asked even where a scenario gives them no range.
const ALWAYS: [FactorKind; 4] =
    [FactorKind::Price, FactorKind::Tariff, FactorKind::Efficiency, FactorKind::NetworkHashrate];
/// Steps outward to each side until the sign changes.
const STEPS: i32 = 8;
/// Halvings of the last step, to nine digits.
const HALVINGS: usize = 30;

impl Threshold {
    /// Whether it lies within the input's range.
    pub fn within_range(&self) -> bool {
        self.at.zip(self.range).is_some_and(|(at, (low, high))| (low..=high).contains(&at))
    }

    /// How far the input has to move.
    fn distance(&self) -> f64 {
        match self.at {
            None => f64::INFINITY,
            Some(at) if self.kind.is_ratio() => at.ln().abs(),
            Some(at) => (at - self.base).abs(),
        }
    }
}

impl Project {
    /// What would have to be otherwise for the result to turn.
    ///
    /// # Errors
    /// As [`Project::sensitivity`].
    pub fn thresholds(&self) -> Result<Thresholds, EconError> {
        let run = Run::new(self, 0)?;
        let base = run.expected()?;
        let mut inputs = Vec::new();
        for factor in &self.factors {
            let range = (factor.low, factor.high);
            inputs.push(turn(&run, factor.kind, factor.base, Some(range), base)?);
        }
        for kind in ALWAYS {
            if !self.factors.iter().any(|factor| factor.kind == kind) {
                inputs.push(turn(&run, kind, 1.0, None, base)?);
            }
        }
        inputs.sort_by(|a, b| {
            let outside = |t: &Threshold| !t.within_range();
            outside(a).cmp(&outside(b)).then(a.distance().total_cmp(&b.distance()))
        });
        Ok(Thresholds { is_npv: run.is_npv(), base: Usd::from_usd(base), inputs })
    }
}

/// The nearest value at which the sign is another than at the base.
fn turn(
    run: &Run,
    kind: FactorKind,
    base: f64,
    range: Option<(f64, f64)>,
    at_base: f64,
) -> Result<Threshold, EconError> {
    let turned = |value: f64| Ok::<_, EconError>((run.with(kind, value)? > 0.0) != (at_base > 0.0));
    // No site takes less than its machines do.
    let pues = run.project().sites.iter().map(|site| site.site.pue.value().value());
    let least = 1.0 / pues.fold(f64::INFINITY, f64::min);
    let outward = |side: i32, step: i32| match range {
        _ if kind == FactorKind::Tariff && side < 0 => 1.0 - f64::from(step) / f64::from(STEPS),
        _ if kind.is_ratio() => {
            let ratio = 5f64.powf(f64::from(side * step) / f64::from(STEPS));
            if kind == FactorKind::Pue { ratio.max(least) } else { ratio }
        }
        Some((low, high)) => {
            let end = if side < 0 { low } else { high };
            base + (end - base) * f64::from(step) / f64::from(STEPS)
        }
        None => base,
    };
    let mut found = None;
    'search: for step in 1..=STEPS {
        for side in [-1, 1] {
            let (mut near, mut far) = (outward(side, step - 1), outward(side, step));
            if near == far || !turned(far)? {
                continue;
            }
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(near, far);
                if turned(middle)? { far = middle } else { near = middle }
            }
            found = Some(far);
            break 'search;
        }
    }
    Ok(Threshold { kind, base, at: found, range })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Factor;
    use crate::project::tests::project;

    #[test]
    fn at_its_threshold_the_result_is_nothing() {
        let project = project(100.0, 4.0);
        let found = project.thresholds().unwrap();
        assert!(found.is_npv && found.inputs.len() == ALWAYS.len());
        let run = Run::new(&project, 0).unwrap();
        let of_base = found.base.as_usd().abs();
        for input in &found.inputs {
            let at = input.at.unwrap_or_else(|| panic!("{input:?}"));
            assert!(run.with(input.kind, at).unwrap().abs() < 1e-5 * of_base, "{input:?}");
            // A step back towards the base it has not turned.
            let back = 1.0 + (at - 1.0) * 0.99;
            assert_eq!(run.with(input.kind, back).unwrap() > 0.0, found.base > Usd::ZERO);
        }
        let distances: Vec<f64> = found.inputs.iter().map(Threshold::distance).collect();
        assert!(distances.is_sorted(), "{distances:?}");
    }

    #[test]
    fn what_turns_within_its_range_comes_first_and_what_never_turns_is_said() {
        let mut project = project(100.0, 4.0);
        let free = project.thresholds().unwrap();
        let price = free.inputs.iter().find(|t| t.kind == FactorKind::Price).unwrap();
        let at = price.at.unwrap();
        let (low, high) = (at.min(1.0) * 0.9, at.max(1.0) * 1.1);
        project.factors = vec![
            Factor { kind: FactorKind::Price, low, base: 1.0, high },
            Factor { kind: FactorKind::Fees, low: 0.99, base: 1.0, high: 1.01 },
            Factor { kind: FactorKind::PriceDrift, low: -1e-4, base: 0.0, high: 1e-4 },
        ];
        let found = project.thresholds().unwrap();
        let first = found.inputs[0];
        assert!(first.kind == FactorKind::Price && first.within_range(), "{found:?}");
        let drift = found.inputs.iter().find(|t| t.kind == FactorKind::PriceDrift).unwrap();
        assert_eq!((drift.at, drift.range), (None, Some((-1e-4, 1e-4))));
        project.sites[0].energy_price = None;
        assert!(matches!(project.thresholds(), Err(EconError::NoResult { .. })));
    }
}
