//! A case along one of its inputs, all others as they are.

use super::{Case, EconError, Fleet};
use crate::uncertainty::{Efficiency, Estimate};
use crate::units::{BtcRate, EnergyPrice, Fraction, JoulesPerHash};

/// What energy may cost with machines of an efficiency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EfficiencyPoint {
    /// Energy per hash at the machine.
    pub efficiency: JoulesPerHash,
    /// The tariff at which income before the retarget is the cost of energy.
    pub before: EnergyPrice,
    /// The same after it, when the budget's own hashrate has raised the difficulty.
    pub after: EnergyPrice,
}

/// What comes of a case where its hashrate pushes so much of the others' out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DisplacementPoint {
    /// The part of the own hashrate that pushes others out.
    pub displacement: Fraction,
    /// The part of all blocks, 0 to 1.
    pub share_of_blocks: f64,
    /// Income before the retarget.
    pub before: BtcRate,
    /// Income after it.
    pub after: BtcRate,
}

const BASIS: &str = "a point of a curve";

impl Case {
    /// The break-even tariff, energy only, for other efficiencies of the same power.
    ///
    /// # Errors
    /// As [`Case::snapshot`], and where an efficiency is none.
    pub fn along_efficiency(
        &self,
        efficiencies: impl IntoIterator<Item = JoulesPerHash>,
    ) -> Result<Vec<EfficiencyPoint>, EconError> {
        let one = |efficiency: JoulesPerHash| {
            let given = Efficiency::new(Estimate::assumed(efficiency, BASIS));
            let given = given.map_err(|error| EconError::OutOfRange {
                field: "efficiency_j_per_th",
                given: error.to_string(),
                remedy: "a J/TH above 0",
            })?;
            let case = Self { fleet: Fleet::of_efficiency(given), ..self.clone() };
            let found = case.snapshot()?;
            let (before, after) = (found.before.break_even.tariff, found.after.break_even.tariff);
            Ok(EfficiencyPoint { efficiency, before, after })
        };
        efficiencies.into_iter().map(one).collect()
    }

    /// Income before and after the retarget from nobody to everybody of one's own size pushed out, at
    /// equal steps.
    ///
    /// # Errors
    /// As [`Case::snapshot`].
    pub fn along_displacement(&self, points: usize) -> Result<Vec<DisplacementPoint>, EconError> {
        let steps = points.max(2) - 1;
        let one = |step: usize| {
            // Steps over steps is exactly one.
            let displacement = Fraction::new(step as f64 / steps as f64).unwrap_or(Fraction::ONE);
            let case =
                Self { displacement: Estimate::assumed(displacement, BASIS), ..self.clone() };
            let found = case.snapshot()?;
            let (before, after) = (found.before.btc, found.after.btc);
            let share_of_blocks = found.share_of_blocks;
            Ok(DisplacementPoint { displacement, share_of_blocks, before, after })
        };
        (0..=steps).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Watts;

    #[test]
    fn the_frontier_has_the_designs_points() {
        let case = Case::new(Watts::from_mw(2_000.0));
        let at = [15.0, 9.5].map(JoulesPerHash::from_j_per_th);
        let points = case.along_efficiency(at).unwrap();
        for (point, usd) in points.iter().zip([0.076150, 0.112572]) {
            assert!((point.after.as_usd_per_kwh() - usd).abs() < 5e-7, "{point:?}");
            assert!(point.before > point.after);
        }
        let none = case.along_efficiency([JoulesPerHash::from_j_per_th(-1.0)]);
        assert!(none.unwrap_err().to_string().starts_with("efficiency_j_per_th"));
    }

    #[test]
    fn whoever_is_pushed_out_leaves_his_blocks() {
        let points = Case::new(Watts::from_mw(2_000.0)).along_displacement(11).unwrap();
        let btc = |i: usize| points[i].after.as_btc_per_day();
        assert!((btc(0) - 53.291_995).abs() < 1e-6 && (btc(5) - 56.621_924).abs() < 1e-6);
        // Where as much goes as comes, the difficulty stays.
        assert!((btc(10) / points[10].before.as_btc_per_day() - 1.0).abs() < 1e-12);
        assert!(points.windows(2).all(|p| p[0].share_of_blocks < p[1].share_of_blocks));
        assert_eq!((points.len(), points[10].displacement), (11, Fraction::ONE));
    }
}
