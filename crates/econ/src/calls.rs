//! Pure functions of quantities for modellers, without a scenario and without I/O. The documentation of the crate has
//! a tutorial.

pub use crate::pue::Pue;

use super::EconError;
use crate::network::{network_with, share};
use crate::pow::{Difficulty, steady_block_interval};
use crate::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, Watts,
};

/// Hashrate of a power at the site's meter: P / (e PUE).
pub fn hashrate(power: Watts, efficiency: JoulesPerHash, pue: Pue) -> Hashrate {
    power / (efficiency * pue.value())
}

/// Hashprice at the steady difficulty of `network`: reward times price over the expected hashes per block, before any
/// pool fee.
pub fn hashprice(network: Hashrate, block_reward: Btc, price: UsdPerBtc) -> Hashprice {
    let usd_per_second = price * (block_reward / steady_block_interval());
    usd_per_second / network
}

/// The energy price at which machines of this efficiency (at the site's meter) just cover their energy cost.
pub fn breakeven_tariff(hashprice: Hashprice, at_site: JoulesPerHash) -> EnergyPrice {
    hashprice / at_site
}

/// The state of the network that determines income.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkState {
    /// Difficulty.
    pub difficulty: Difficulty,
    /// Subsidy and mean fees per block.
    pub block_reward: Btc,
    /// Bitcoin price.
    pub price: UsdPerBtc,
}

impl NetworkState {
    /// Hashprice at this difficulty: price * reward / E(D).
    pub fn hashprice(&self) -> Hashprice {
        self.price * self.block_reward / self.difficulty.expected_hashes()
    }
}

/// Bitcoin earned by a hashrate in a time, before any pool fee: x dt / E(D) * reward (Rosenfeld 2011, pay per share).
pub fn btc(state: &NetworkState, hashrate: Hashrate, time: Seconds) -> Btc {
    state.block_reward * (hashrate * time / state.difficulty.expected_hashes())
}

/// Whether the project's own size affects hashprice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dilution {
    /// It does not: hashprice is given.
    PriceTaker,
    /// It does, in the steady state after the retarget: income is proportional to x / (N + (1 - d) x), its slope to
    /// N / (N + (1 - d) x)^2 (N others, x own, d displacement). The given hashprice is that without the project.
    Own {
        /// Hashrate of all other miners.
        others: Hashrate,
        /// Running hashrate of the project.
        own: Hashrate,
        /// The share of it that displaces others.
        displacement: Fraction,
    },
}

/// Marginal value of a MWh at the site's meter, hour by hour: hashprice * `pool_payout_ratio` / (J/H at the site),
/// times (N / N')^2 with own dilution. `pool_payout_ratio` is (1 - pool fee)(1 - stale share).
///
/// # Errors
/// [`EconError::OutOfRange`] for an efficiency or a hashrate of others that is not positive, and with the hour for a
/// hashprice that is not finite.
pub fn marginal_value_per_mwh(
    hashprice: &[Hashprice],
    at_site: JoulesPerHash,
    pool_payout_ratio: Fraction,
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
            let network = network_with(others.as_h_s(), own.as_h_s(), displacement.value());
            let network = Hashrate::from_h_s(network);
            // Once all others are displaced, additional hashrate earns nothing.
            if own * displacement.value() >= others { 0.0 } else { (others / network).powi(2) }
        }
    };
    let value = |(hour, price): (usize, &Hashprice)| match price.is_finite() {
        true => Ok(*price * (pool_payout_ratio.value() * slope) / at_site),
        false => Err(EconError::OutOfRange {
            field: "hashprice",
            given: format!("{price} in hour {hour}"),
            remedy: "a finite hashprice for every hour",
        }),
    };
    hashprice.iter().enumerate().map(value).collect()
}

/// Marginal value of a MWh in blocks of own hashrate, for models that cannot represent a slope: the mean value for each
/// of `blocks` equal parts of `own`, added one after the other, one row per block. Income is N share(x), share(x) =
/// x / (N + x - min(d x, N)); a block from a to b earns N (share(b) - share(a)) / (b - a) of the hashprice, which is
/// that without the project.
///
/// # Errors
/// As [`marginal_value_per_mwh`]; [`EconError::OutOfRange`] for no blocks or no hashrate.
pub fn marginal_value_blocks(
    hashprice: &[Hashprice],
    at_site: JoulesPerHash,
    pool_payout_ratio: Fraction,
    (others, own, displacement): (Hashrate, Hashrate, Fraction),
    blocks: usize,
) -> Result<Vec<Vec<EnergyPrice>>, EconError> {
    EconError::unless_within("blocks", blocks as f64, 1.0..=1e4, "1 to 10,000")?;
    EconError::unless_within("others", others.as_eh_s(), f64::MIN_POSITIVE..=1e9, "EH/s above 0")?;
    EconError::unless_within("own", own.as_eh_s(), f64::MIN_POSITIVE..=1e9, "EH/s above 0")?;
    let whole =
        marginal_value_per_mwh(hashprice, at_site, pool_payout_ratio, Dilution::PriceTaker)?;
    let part = own.as_h_s() / blocks as f64;
    let shares: Vec<f64> = (0..=blocks)
        .map(|count| share(others.as_h_s(), part * count as f64, displacement.value()))
        .collect();
    let block = |ends: &[f64]| {
        let earned = others.as_h_s() * (ends[1] - ends[0]) / part;
        whole.iter().map(|value| *value * earned).collect()
    };
    Ok(shares.windows(2).map(block).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marginal_value_blocks_sum_to_total_income_and_converge_to_slope() {
        let (others, at_site) = (Hashrate::from_eh_s(905.0), JoulesPerHash::from_j_per_th(15.75));
        let earns = [Hashprice::from_usd_per_ph_day(32.6), Hashprice::from_usd_per_ph_day(50.0)];
        for (eh, d) in [(120.0, 0.0), (120.0, 0.5), (2000.0, 1.0)] {
            let own = Hashrate::from_eh_s(eh);
            let displacement = Fraction::new(d).unwrap();
            let network = (others, own, displacement);
            let blocks = marginal_value_blocks(&earns, at_site, Fraction::ONE, network, 8).unwrap();
            assert_eq!((blocks.len(), blocks[0].len()), (8, 2));
            let mean = blocks.iter().map(|row| row[1].as_usd_per_mwh()).sum::<f64>() / 8.0;
            let taker = earns[1] / at_site;
            let income = 905.0 * crate::network::share(905.0, eh, d) / eh;
            assert!((mean / (taker.as_usd_per_mwh() * income) - 1.0).abs() < 1e-12);
            assert!(blocks.windows(2).all(|two| two[1][0] <= two[0][0] * (1.0 + 1e-12)));
        }
        let small = (others, Hashrate::from_eh_s(1e-6), Fraction::ZERO);
        let one = marginal_value_blocks(&earns, at_site, Fraction::ONE, small, 1).unwrap();
        assert!((one[0][0] / (earns[0] / at_site) - 1.0).abs() < 1e-8);
        let none = (others, Hashrate::ZERO, Fraction::ZERO);
        assert!(marginal_value_blocks(&earns, at_site, Fraction::ONE, none, 1).is_err());
        assert!(marginal_value_blocks(&earns, at_site, Fraction::ONE, small, 0).is_err());
    }

    #[test]
    fn calls_match_hand_calculation() {
        let efficiency = JoulesPerHash::from_j_per_th(15.0);
        let own = hashrate(Watts::from_mw(2_000.0), efficiency, Pue::new(1.05).unwrap());
        assert!((own.as_eh_s() - 126.984_127).abs() < 1e-6);
        let others = Hashrate::from_eh_s(905.0);
        let state = NetworkState {
            difficulty: Difficulty::steady_at(others).unwrap(),
            block_reward: Btc::from_btc(3.148),
            price: UsdPerBtc::from_usd_per_btc(65_159.0),
        };
        let day = btc(&state, own * 0.95, Seconds::from_days(1.0));
        assert!((day.as_btc() - 60.395_725).abs() < 1e-6);
        assert!((state.hashprice().as_usd_per_ph_day() - 32.621_774).abs() < 1e-6);
        let earns = hashprice(others, state.block_reward, state.price);
        assert!((earns / state.hashprice() - 1.0).abs() < 1e-12);
        // The minimum difficulty is valid.
        let first = NetworkState { difficulty: Difficulty::new(1.0).unwrap(), ..state };
        assert!(btc(&first, Hashrate::from_h_s(1.0), Seconds::from_days(1.0)).is_finite());
    }

    #[test]
    fn marginal_value_equals_slope_of_income() {
        let (others, at_site) = (Hashrate::from_eh_s(905.0), JoulesPerHash::from_j_per_th(15.75));
        let earns = Hashprice::from_usd_per_ph_day(32.6);
        for displacement in [0.0, 0.5] {
            let income = |eh: f64| {
                earns.as_usd_per_ph_day()
                    * 1e3
                    * 905.0
                    * crate::network::share(905.0, eh, displacement)
            };
            let own = 120.0;
            let dilution = Dilution::Own {
                others,
                own: Hashrate::from_eh_s(own),
                displacement: Fraction::new(displacement).unwrap(),
            };
            let value = marginal_value_per_mwh(&[earns], at_site, Fraction::ONE, dilution).unwrap();
            let slope = (income(own + 1e-3) - income(own - 1e-3)) / 2e-3;
            // An EH/s takes 15.75 MW, which is 378 MWh a day.
            assert!((value[0].as_usd_per_mwh() / (slope / 378.0) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn non_finite_hashprice_is_refused_with_its_hour() {
        let at_site = JoulesPerHash::from_j_per_th(15.0);
        let bad = [Hashprice::ZERO, Hashprice::from_usd_per_ph_day(f64::NAN)];
        let error = marginal_value_per_mwh(&bad, at_site, Fraction::ONE, Dilution::PriceTaker);
        assert!(error.unwrap_err().to_string().contains("hour 1"));
        let none = JoulesPerHash::ZERO;
        assert!(marginal_value_per_mwh(&[], none, Fraction::ONE, Dilution::PriceTaker).is_err());
    }
}
