//! The inputs that are not known exactly, each with its 5 % and 95 % points.

use super::Plan;
use crate::EconError;
use crate::normal::{P95, normal_quantile};

/// Which input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FactorKind {
    /// Energy per hash, over what it is taken for.
    Efficiency,
    /// Uptime, over what it is taken for.
    Uptime,
    /// The sites' overhead, over what it is taken for.
    Pue,
    /// The energy price, over what it is taken for.
    Tariff,
    /// Other cash costs, over what they are taken for.
    OtherCosts,
    /// The machines' price, over what it is taken for.
    MachinePrice,
    /// The sites' cost, over what it is taken for.
    Infrastructure,
    /// The bitcoin price at the start, over what it is taken for.
    Price,
    /// Fees, over what they are taken for.
    Fees,
    /// Everybody else's hashrate, over what it is taken for.
    NetworkHashrate,
    /// Growth of the price a year, a logarithm.
    PriceDrift,
    /// The hashprice over mean cost at which the network stands still.
    EntryRatio,
    /// Growth for each e-fold of hashprice above it.
    NetworkGrowth,
    /// The fall of the others' costs a year.
    CostDecline,
    /// The part of the hashrate that pushes others out, where it is given.
    Displacement,
    /// Local currency for a dollar, over what it is taken for.
    ExchangeRate,
    /// What a dollar a year later is worth less.
    Discount,
}

impl FactorKind {
    /// The name for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Efficiency => "energy per hash",
            Self::Uptime => "uptime",
            Self::Pue => "site overhead (PUE)",
            Self::Tariff => "tariff",
            Self::OtherCosts => "other cash costs",
            Self::MachinePrice => "price of machines",
            Self::Infrastructure => "cost of the site",
            Self::Price => "bitcoin price at the start",
            Self::Fees => "transaction fees",
            Self::NetworkHashrate => "network hashrate",
            Self::PriceDrift => "bitcoin price drift a year",
            Self::EntryRatio => "others' entry ratio",
            Self::NetworkGrowth => "others' growth a year",
            Self::CostDecline => "others' cost decline a year",
            Self::Displacement => "displacement of others",
            Self::ExchangeRate => "exchange rate",
            Self::Discount => "discount rate a year",
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Efficiency => "efficiency",
            Self::Uptime => "uptime",
            Self::Pue => "pue",
            Self::Tariff => "tariff",
            Self::OtherCosts => "other_costs",
            Self::MachinePrice => "machine_price",
            Self::Infrastructure => "infrastructure",
            Self::Price => "price",
            Self::Fees => "fees",
            Self::NetworkHashrate => "network_hashrate",
            Self::PriceDrift => "price_drift_per_year",
            Self::EntryRatio => "entry_ratio",
            Self::NetworkGrowth => "growth_per_year",
            Self::CostDecline => "cost_decline_per_year",
            Self::Displacement => "displacement",
            Self::ExchangeRate => "exchange_rate",
            Self::Discount => "discount_per_year",
        }
    }

    /// Whether its values are ratios to what is taken for it.
    pub fn is_ratio(self) -> bool {
        !matches!(
            self,
            Self::PriceDrift
                | Self::EntryRatio
                | Self::NetworkGrowth
                | Self::CostDecline
                | Self::Displacement
                | Self::Discount
        )
    }
}

/// An input that is not known exactly: 5 % lies below `low`, 5 % above `high`, half below `base`. Two
/// halves of normal distributions join at `base`; nothing is drawn beyond three deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Which.
    pub kind: FactorKind,
    /// The 5 % point.
    pub low: f64,
    /// What it is taken for: 1 for ratios.
    pub base: f64,
    /// The 95 % point.
    pub high: f64,
}

impl Factor {
    pub(crate) fn check(&self) -> Result<(), EconError> {
        let name = self.kind.name();
        let wide = -1e6..=1e6;
        EconError::unless_within(name, self.low, wide.clone(), "low: a number within 1e6")?;
        EconError::unless_within(name, self.high, wide, "high: a number within 1e6")?;
        EconError::unless_within(
            name,
            self.base,
            self.low..=self.high,
            "a value between its low and its high",
        )?;
        match self.kind {
            kind if !kind.is_ratio() => Ok(()),
            // Energy has been paid for taking it.
            FactorKind::Tariff => Ok(()),
            FactorKind::OtherCosts
            | FactorKind::MachinePrice
            | FactorKind::Infrastructure
            | FactorKind::Fees => {
                EconError::unless_within(name, self.low, 0.0..=1e6, "low: at least 0")
            }
            _ => EconError::unless_within(name, self.low, 1e-6..=1e6, "low: above 0"),
        }
    }

    /// The value at a part of the distribution, 0 to 1.
    pub(super) fn at(&self, part: f64) -> f64 {
        let z = normal_quantile(part).clamp(-3.0, 3.0);
        let reach = if z < 0.0 { self.base - self.low } else { self.high - self.base };
        let value = self.base + z / P95 * reach;
        // Beyond the 5 % point a ratio does not become negative.
        if self.kind.is_ratio() && self.low >= 0.0 { value.max(self.low * 0.1) } else { value }
    }
}

impl Plan {
    /// With another value of a factor.
    pub(super) fn set(&mut self, kind: FactorKind, value: f64) {
        match kind {
            FactorKind::Efficiency => {
                // The same power hashes less where a hash takes more; a machine's price is for its
                // hashrate, and so are its makers' promises.
                for lot in &mut self.lots {
                    lot.at_site *= value;
                    lot.nameplate /= value;
                }
            }
            FactorKind::Uptime => {
                for site in &mut self.sites {
                    site.uptime = (site.uptime * value).min(1.0);
                }
            }
            FactorKind::Pue => {
                for lot in &mut self.lots {
                    lot.at_site *= value;
                    lot.nameplate /= value;
                }
            }
            FactorKind::Tariff => self.sites.iter_mut().for_each(|site| site.price *= value),
            FactorKind::OtherCosts => self.sites.iter_mut().for_each(|site| site.other *= value),
            FactorKind::MachinePrice => {
                self.lots.iter_mut().for_each(|lot| lot.machine_price *= value);
            }
            FactorKind::Infrastructure => {
                self.sites.iter_mut().for_each(|site| site.infrastructure *= value);
            }
            FactorKind::Price => self.price *= value,
            FactorKind::Fees => self.fees *= value,
            FactorKind::NetworkHashrate => self.others *= value,
            FactorKind::PriceDrift => self.drift = value,
            FactorKind::EntryRatio => self.response.entry_ratio = value.max(1e-3),
            FactorKind::NetworkGrowth => self.response.growth_per_year = value.max(0.0),
            FactorKind::CostDecline => self.response.cost_decline_per_year = value.max(0.0),
            FactorKind::Displacement => self.displacement = Some(value.clamp(0.0, 1.0)),
            FactorKind::ExchangeRate => {
                let local = self.sites.iter_mut().filter(|site| site.local);
                local.for_each(|site| site.price /= value);
            }
            FactorKind::Discount => self.discount = value.max(-0.5).ln_1p(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_join_at_the_base() {
        let factor = Factor { kind: FactorKind::Tariff, low: 0.9, base: 1.0, high: 1.3 };
        for (part, value) in [(0.05, 0.9), (0.5, 1.0), (0.95, 1.3)] {
            assert!((factor.at(part) - value).abs() < 1e-4, "{part}");
        }
        assert!(factor.at(0.0).is_finite() && factor.at(1.0).is_finite());
    }

    #[test]
    fn a_range_that_is_none_names_its_factor() {
        for (low, base, high) in
            [(1.2, 1.0, 1.3), (0.9, 1.0, 0.95), (f64::NAN, 1.0, 2.0), (-1.0, 1.0, 2.0)]
        {
            let factor = Factor { kind: FactorKind::Pue, low, base, high };
            assert!(factor.check().unwrap_err().to_string().starts_with("pue"));
        }
    }
}
