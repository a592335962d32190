//! What a modeller calls: pure functions of quantities, no scenario, no I/O. The tutorial is in the
//! documentation of the crate.

pub use crate::pue::Pue;

use super::EconError;
use crate::network::{network_with, share};
use crate::pow::{Difficulty, steady_block_interval};
use crate::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, Watts,
};

/// What so much power at the site's meter hashes: P / (e PUE).
pub fn hashrate(power: Watts, efficiency: JoulesPerHash, pue: Pue) -> Hashrate {
    power / (efficiency * pue.value())
}

/// What a hashrate earns at the difficulty at which `network` is steady: reward and price over the expected
/// hashes of a block. Before any pool's fee.
pub fn hashprice(network: Hashrate, block_reward: Btc, price: UsdPerBtc) -> Hashprice {
    let usd_a_second = price * (block_reward / steady_block_interval());
    usd_a_second / network
}

/// The energy price at which machines of this efficiency (at the site's meter) earn exactly their energy.
pub fn breakeven_tariff(hashprice: Hashprice, at_site: JoulesPerHash) -> EnergyPrice {
    hashprice / at_site
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
            let network = network_with(others.as_h_s(), own.as_h_s(), displacement.value());
            let network = Hashrate::from_h_s(network);
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

/// The same by blocks of one's own hashrate, for a model that cannot hold a slope: what the MWh of each of `blocks`
/// equal parts of `own` earn on average as they run one after the other, a row for each of them. Income is
/// N share(x), share(x) = x / (N + x - min(d x, N)); a block from a to b earns N (share(b) - share(a)) / (b - a) of
/// the hashprice, which is that without own.
///
/// # Errors
/// As [`marginal_value_per_mwh`]; [`EconError::OutOfRange`] for no block and for no hashrate.
pub fn marginal_value_blocks(
    hashprice: &[Hashprice],
    at_site: JoulesPerHash,
    payout: Fraction,
    (others, own, displacement): (Hashrate, Hashrate, Fraction),
    blocks: usize,
) -> Result<Vec<Vec<EnergyPrice>>, EconError> {
    EconError::unless_within("blocks", blocks as f64, 1.0..=1e4, "1 to 10,000")?;
    EconError::unless_within("others", others.as_eh_s(), f64::MIN_POSITIVE..=1e9, "EH/s above 0")?;
    EconError::unless_within("own", own.as_eh_s(), f64::MIN_POSITIVE..=1e9, "EH/s above 0")?;
    let whole = marginal_value_per_mwh(hashprice, at_site, payout, Dilution::PriceTaker)?;
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
    fn blocks_sum_to_the_income_of_all_and_shrink_to_the_slope() {
        let (others, at_site) = (Hashrate::from_eh_s(905.0), JoulesPerHash::from_j_per_th(15.75));
        let earns = [Hashprice::from_usd_per_ph_day(32.6), Hashprice::from_usd_per_ph_day(50.0)];
        for (eh, d) in [(120.0, 0.0), (120.0, 0.5), (2000.0, 1.0)] {
            let own = Hashrate::from_eh_s(eh);
            let displacement = Fraction::new(d).unwrap();
            let of = (others, own, displacement);
            let blocks = marginal_value_blocks(&earns, at_site, Fraction::ONE, of, 8).unwrap();
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
    fn calls_match_worked_rows() {
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
        // Difficulty 1 is one.
        let first = NetworkState { difficulty: Difficulty::new(1.0).unwrap(), ..state };
        assert!(btc(&first, Hashrate::from_h_s(1.0), Seconds::from_days(1.0)).is_finite());
    }

    #[test]
    fn marginal_value_is_the_slope_of_income() {
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
    fn what_is_no_number_names_its_hour() {
        let at_site = JoulesPerHash::from_j_per_th(15.0);
        let bad = [Hashprice::ZERO, Hashprice::from_usd_per_ph_day(f64::NAN)];
        let error = marginal_value_per_mwh(&bad, at_site, Fraction::ONE, Dilution::PriceTaker);
        assert!(error.unwrap_err().to_string().contains("hour 1"));
        let none = JoulesPerHash::ZERO;
        assert!(marginal_value_per_mwh(&[], none, Fraction::ONE, Dilution::PriceTaker).is_err());
    }
}
