//! What the size of the budget itself does: one's own hashrate dilutes what a hash earns, so that the
//! next megawatt is worth less than the mean one.

use super::{Case, EconError, Subsidy, Tariff};
use crate::pow::steady_block_interval;
use crate::units::{BtcRate, Joules, Seconds, UsdRate, Watts};

/// A budget of some size after the retarget, all else as in the case.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalePoint {
    /// Power that mines.
    pub power: Watts,
    /// What it earns.
    pub btc: BtcRate,
    /// The worth of that.
    pub revenue: UsdRate,
    /// Income less energy, where there is a tariff.
    pub profit: Option<UsdRate>,
    /// What the next megawatt earns, for each MW.
    pub marginal_btc: BtcRate,
    /// The worth of that.
    pub marginal_revenue: UsdRate,
    /// What it earns less its energy.
    pub marginal_profit: Option<UsdRate>,
}

/// What the next megawatt gives or takes against one reference cost, whatever the budget's size: the
/// grid is a price-taker here.
#[derive(Clone, Debug, PartialEq)]
pub struct FiscalValue {
    /// The reference's kind and words.
    pub reference: String,
    /// Tariff less reference, for a year of one MW, in the reference's currency.
    pub per_mw_year: super::LocalAmount,
}

/// A budget as a quantity that is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    case: Case,
    /// EH/s for a MW that mines, at its mean over time, in base units.
    hashes_per_joule: f64,
    others: f64,
    dilution: f64,
    issue: BtcRate,
    payout: f64,
    cost: Option<UsdRate>,
}

impl Scale {
    /// Of a case, whose own power is left out.
    ///
    /// # Errors
    /// As [`Case::snapshot`].
    pub fn of(case: &Case) -> Result<Self, EconError> {
        case.snapshot()?;
        let one = Watts::from_mw(1.0);
        let uptime = case.site.uptime.value().value();
        let own = case.fleet.hashrate(one / case.site.pue.value().value()) * uptime;
        let price = case.tariff.as_ref().map(Tariff::usd).transpose()?;
        Ok(Self {
            hashes_per_joule: own.as_h_s() / one.as_watts(),
            others: case.network.hashrate.value().as_h_s(),
            dilution: case.displacement.value().complement(),
            issue: case.network.block_reward() / steady_block_interval(),
            payout: case.pool.payout(),
            cost: price.map(|price| price * (one * uptime)),
            case: case.clone(),
        })
    }

    /// At a size.
    pub fn at(&self, power: Watts) -> ScalePoint {
        let own = self.hashes_per_joule * power.as_watts();
        // Whoever displaces everybody is the network.
        let alone = own * (1.0 - self.dilution) >= self.others;
        let network = if alone { own } else { self.others + self.dilution * own };
        let share = if network > 0.0 { own / network } else { 0.0 };
        // The derivative of x / (N + k x) is N / (N + k x)^2, of a network by oneself zero.
        let one = self.hashes_per_joule * 1e6;
        let marginal = if alone { 0.0 } else { one * self.others / (network * network) };
        let paid = self.issue * self.payout;
        let (btc, marginal_btc) = (paid * share, paid * marginal);
        let price = self.case.network.price.value();
        let (revenue, marginal_revenue) = (price * btc, price * marginal_btc);
        ScalePoint {
            power,
            btc,
            revenue,
            profit: self.cost.map(|cost| revenue - cost * power.as_mw()),
            marginal_btc,
            marginal_revenue,
            marginal_profit: self.cost.map(|cost| marginal_revenue - cost),
        }
    }

    /// From nothing to twice the case's mining power.
    pub fn curve(&self, points: usize) -> Vec<ScalePoint> {
        let most = self.case.allocation.mining_power() * 2.0;
        let steps = points.max(2) - 1;
        (0..=steps).map(|i| self.at(most * (i as f64 / steps as f64))).collect()
    }

    /// The size at which the next megawatt earns exactly its energy: the one of the most profit. Zero
    /// where no megawatt earns it; `None` without a tariff, or where every one does.
    pub fn profit_maximising(&self) -> Option<Watts> {
        let (first, cost) = self.first_megawatt()?;
        self.bounded((first / cost).sqrt() - 1.0)
    }

    /// The size at which all income goes to energy. `None` without a tariff, or where there is none.
    pub fn zero_profit(&self) -> Option<Watts> {
        let (first, cost) = self.first_megawatt()?;
        self.bounded(first / cost - 1.0)
    }

    /// Income and cost of the first megawatt, where both are there.
    fn first_megawatt(&self) -> Option<(f64, f64)> {
        let first = self.at(Watts::ZERO).marginal_revenue.as_usd_per_day();
        let cost = self.cost?.as_usd_per_day();
        (cost > 0.0).then_some((first, cost))
    }

    /// The power at which own hashrate times dilution is so much of the network.
    fn bounded(&self, of_network: f64) -> Option<Watts> {
        if of_network <= 0.0 {
            return Some(Watts::ZERO);
        }
        let watts = of_network * self.others / self.dilution / self.hashes_per_joule;
        watts.is_finite().then(|| Watts::from_watts(watts))
    }

    /// The next megawatt against each reference cost.
    ///
    /// # Errors
    /// Where the tariff cannot be put into a reference's currency.
    pub fn fiscal_values(&self) -> Result<Vec<FiscalValue>, EconError> {
        let Some(tariff) = &self.case.tariff else { return Ok(Vec::new()) };
        let uptime = self.case.site.uptime.value().value();
        let year: Joules = Watts::from_mw(1.0) * uptime * Seconds::from_years(1.0);
        let one = |reference| {
            let subsidy = Subsidy::of(reference, tariff, year)?;
            let amount = subsidy.per_year;
            Ok(FiscalValue {
                reference: format!("{}: {}", reference.kind, reference.what),
                per_mw_year: super::LocalAmount::new(-amount.amount(), amount.currency()),
            })
        };
        self.case.references.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Efficiency, Estimate};
    use crate::units::{Fraction, JoulesPerHash};
    use crate::{Fleet, ReferenceCost};
    use proptest::prelude::*;

    fn case(j_per_th: f64, d: f64) -> Case {
        let mut case = Case::new(Watts::from_mw(2_000.0));
        let efficiency = Estimate::user_reported(JoulesPerHash::from_j_per_th(j_per_th), "test");
        case.fleet = Fleet::of_efficiency(Efficiency::new(efficiency).unwrap());
        case.displacement = Estimate::user_reported(Fraction::new(d).unwrap(), "test");
        case.tariff = Some(Tariff {
            price: Estimate::user_reported("22.98 PKR/kWh".parse().unwrap(), "test"),
            exchange_rate: Some(Estimate::user_reported("281 PKR/USD".parse().unwrap(), "test")),
        });
        case.references = ReferenceCost::shipped("pakistan").unwrap();
        case
    }

    #[test]
    fn the_most_profit_lies_where_the_design_has_it() {
        // At Rs 22.98, energy only, d = 0: near 410 MW at 15 J/TH and 2,760 MW at 9.5.
        for (j_per_th, mw) in [(15.0, 410.0), (9.5, 2_760.0)] {
            let scale = Scale::of(&case(j_per_th, 0.0)).unwrap();
            let found = scale.profit_maximising().unwrap().as_mw();
            assert!((found / mw - 1.0).abs() < 0.02, "{found} for {mw}");
            let at = |mw: f64| scale.at(Watts::from_mw(mw)).profit.unwrap();
            assert!(at(found) > at(found * 0.97) && at(found) > at(found * 1.03));
            let zero = scale.zero_profit().unwrap().as_mw();
            assert!(at(zero).as_usd_per_day().abs() < 1.0 && zero > found);
        }
    }

    proptest! {
        /// The curve is the snapshot at every size, and the marginal is its slope.
        #[test]
        fn the_curve_is_the_snapshot(mw in 1.0f64..40_000.0, j in 8.0f64..40.0, d in 0.0f64..0.99) {
            let mut case = case(j, d);
            let scale = Scale::of(&case).unwrap();
            case.allocation.power = Estimate::user_reported(Watts::from_mw(mw), "test");
            let snapshot = case.snapshot().unwrap();
            let point = scale.at(Watts::from_mw(mw));
            prop_assert!((point.btc / snapshot.after.btc - 1.0).abs() < 1e-9);
            let margin = snapshot.margin_after.unwrap().as_usd_per_day();
            prop_assert!((point.profit.unwrap().as_usd_per_day() - margin).abs() < 1e-6 * mw.max(1e6));
            let step = mw * 1e-6;
            let (low, high) = (scale.at(Watts::from_mw(mw - step)), scale.at(Watts::from_mw(mw + step)));
            let slope = (high.btc - low.btc).as_btc_per_day() / (2.0 * step);
            let marginal = point.marginal_btc.as_btc_per_day();
            prop_assert!((slope - marginal).abs() < 1e-4 * marginal + 1e-9, "{slope} {marginal}");
            // More megawatts are never less bitcoin.
            prop_assert!(high.btc >= low.btc);
        }
    }

    #[test]
    fn the_next_megawatt_has_a_fiscal_value_for_each_reference() {
        let values = Scale::of(&case(15.0, 0.0)).unwrap().fiscal_values().unwrap();
        let against_34 =
            values.iter().find(|v| v.reference.starts_with("cost_of_service")).unwrap();
        // (22.98 - 34) PKR/kWh over 8,322 MWh.
        let expected = (22.98 - 34.0) * 8_322_000.0;
        assert!((against_34.per_mw_year.amount() / expected - 1.0).abs() < 1e-9);
    }

    #[test]
    fn without_cost_or_dilution_there_is_no_end() {
        let free = Scale::of(&Case::new(Watts::from_mw(5.0))).unwrap();
        assert_eq!((free.profit_maximising(), free.zero_profit()), (None, None));
        // Whoever pushes out as much as he brings dilutes nothing.
        assert_eq!(Scale::of(&case(9.5, 1.0)).unwrap().profit_maximising(), None);
        let dear = Scale::of(&case(40.0, 0.0)).unwrap();
        assert_eq!(dear.profit_maximising(), Some(Watts::ZERO));
        assert_eq!(dear.curve(5).len(), 5);
    }
}
