//! What a modeller calls: pure functions of quantities, no scenario, no I/O. The tutorial is in the
//! documentation of [`econ`](super).

use super::{EconError, Pue};
use crate::pow::Difficulty;
use crate::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, Watts,
};

/// What so much power at the site's meter hashes: P / (e PUE).
pub fn hashrate(power: Watts, efficiency: JoulesPerHash, pue: Pue) -> Hashrate {
    power / (efficiency * pue.value())
}

/// The network as income depends on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkState {
    /// Difficulty.
    pub difficulty: Difficulty,
    /// Subsidy and mean fees of a block.
    pub block_reward: Btc,
    /// Price of a bitcoin.
    pub price: UsdPerBtc,
}

impl NetworkState {
    /// What a hash earns at this difficulty: price * reward / E(D).
    pub fn hashprice(&self) -> Hashprice {
        self.price * self.block_reward / self.difficulty.expected_hashes()
    }
}

/// What a hashrate earns in a while, before any pool's fee: x dt / E(D) * reward (Rosenfeld 2011, pay per
/// share).
pub fn btc(state: &NetworkState, hashrate: Hashrate, time: Seconds) -> Btc {
    state.block_reward * (hashrate * time / state.difficulty.expected_hashes())
}

/// Whether one's own size moves what a hash earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dilution {
    /// It does not: the hashprice is given, whatever one does.
    PriceTaker,
    /// It does, in the steady state after the retarget: income is s x / (N + (1 - d) x), and its slope
    /// N / (N + (1 - d) x)^2 (N others, x own, d displacement). The hashprice given is that without own.
    Own {
        /// Everybody else.
        others: Hashrate,
        /// What runs.
        own: Hashrate,
        /// The part of it that pushes others out.
        displacement: Fraction,
    },
}

/// What the next MWh at the site's meter earns, hour by hour: hashprice * payout / (J/H at the site), times
/// (N / N')^2 with one's own dilution. `payout` is what the pool and stale work leave.
///
/// # Errors
/// [`EconError::OutOfRange`] for an efficiency or others that are not positive, and for a hashprice that is
/// no number, with its hour.
pub fn marginal_value_per_mwh(
    hashprice: &[Hashprice],
    at_site: JoulesPerHash,
    payout: Fraction,
    dilution: Dilution,
) -> Result<Vec<EnergyPrice>, EconError> {
    let positive = |field, value: f64, remedy| match value > 0.0 && value.is_finite() {
        true => Ok(()),
        false => Err(EconError::OutOfRange { field, given: value.to_string(), remedy }),
    };
    positive("at_site", at_site.as_j_per_th(), "J/TH above 0")?;
    let slope = match dilution {
        Dilution::PriceTaker => 1.0,
        Dilution::Own { others, own, displacement } => {
            positive("others", others.as_eh_s(), "EH/s above 0")?;
            let network = super::network_after(others, own, displacement);
            // Who has pushed out all others earns no more by another hash.
            if own * displacement.value() >= others { 0.0 } else { (others / network).powi(2) }
        }
    };
    let one = |(hour, price): (usize, &Hashprice)| match price.is_finite() {
        true => Ok(*price * (payout.value() * slope) / at_site),
        false => Err(EconError::OutOfRange {
            field: "hashprice",
            given: format!("{price} in hour {hour}"),
            remedy: "a finite hashprice for every hour",
        }),
    };
    hashprice.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Estimate;
    use crate::{Case, Scale};

    #[test]
    fn calls_are_the_snapshot() {
        let case = Case::new(Watts::from_mw(2_000.0));
        let snapshot = case.snapshot().unwrap();
        let efficiency = JoulesPerHash::from_j_per_th(15.0);
        let own = hashrate(Watts::from_mw(2_000.0), efficiency, Pue::new(1.05).unwrap());
        assert!((own / snapshot.nameplate - 1.0).abs() < 1e-12);
        let state = NetworkState {
            difficulty: snapshot.difficulty,
            block_reward: case.network.block_reward(),
            price: case.network.price.value(),
        };
        let day = btc(&state, snapshot.average, Seconds::from_days(1.0));
        assert!((day.as_btc() / snapshot.before.btc.as_btc_per_day() - 1.0).abs() < 1e-9);
        assert!((state.hashprice() / snapshot.before.hashprice - 1.0).abs() < 1e-9);
        // Difficulty 1 is one.
        let first = NetworkState { difficulty: Difficulty::new(1.0).unwrap(), ..state };
        assert!(btc(&first, Hashrate::from_h_s(1.0), Seconds::from_days(1.0)).is_finite());
    }

    #[test]
    fn the_marginal_value_is_the_slope_of_the_scale() {
        let mut case = Case::new(Watts::from_mw(2_000.0));
        case.site.uptime = Estimate::user_reported(Fraction::ONE, "test");
        let snapshot = case.snapshot().unwrap();
        let dilution = Dilution::Own {
            others: case.network.hashrate.value(),
            own: snapshot.average,
            displacement: Fraction::ZERO,
        };
        let at_site = JoulesPerHash::from_j_per_th(15.0 * 1.05);
        let earns = [snapshot.before.hashprice];
        let value = marginal_value_per_mwh(&earns, at_site, Fraction::ONE, dilution).unwrap();
        let point = Scale::of(&case).unwrap().at(Watts::from_mw(2_000.0));
        let per_mwh = point.marginal_revenue.as_usd_per_day() / 24.0;
        assert!((value[0].as_usd_per_mwh() / per_mwh - 1.0).abs() < 1e-9, "{value:?} {per_mwh}");
    }

    #[test]
    fn what_is_no_number_names_its_hour() {
        let at_site = JoulesPerHash::from_j_per_th(15.0);
        let bad = [Hashprice::ZERO, Hashprice::from_usd_per_ph_day(f64::NAN)];
        let error = marginal_value_per_mwh(&bad, at_site, Fraction::ONE, Dilution::PriceTaker);
        assert!(error.unwrap_err().to_string().contains("hour 1"));
        let none = JoulesPerHash::ZERO;
        assert!(marginal_value_per_mwh(&[], none, Fraction::ONE, Dilution::PriceTaker).is_err());
    }
}
