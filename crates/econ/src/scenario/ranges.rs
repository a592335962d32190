//! What is not known exactly: the ranges of a scenario's values.

use super::read::{Read, wrong};
use super::{FleetSection, Scenario, SiteSection, Sourced};
use crate::{ExchangeRate, Factor, FactorKind, LocalPrice, Network};

/// Nine machines in ten are within so much of their rating, where a file says nothing.
const TOLERANCE: f64 = 0.05;

/// The ends of a range over its value.
type Ratios = Option<(f64, f64)>;

impl Scenario {
    /// Every value with a range; machines' tolerance and the network's own uncertainty without one. Where
    /// several sites or lots have ranges, all move together by the mean of these.
    pub(crate) fn factors(&self, network: &Network) -> Read<Vec<Factor>> {
        self.refuse_ranges_that_nothing_follows()?;
        let ratio = |key: &str, given: &Option<Sourced<f64>>| match given {
            Some(given) => ratios(key, given, plain),
            None => Ok(None),
        };
        let lot_price = |index: usize, lot: &FleetSection| {
            ratio(&format!("fleet[{index}].usd_per_th"), &lot.usd_per_th)
        };
        let network_range = match (&self.network_eh, &self.difficulty) {
            (None, None) => {
                let own = network.hashrate.relative_uncertainty();
                own.map(|u| (1.0 - crate::normal::P95 * u, 1.0 + crate::normal::P95 * u))
            }
            (given, other) => ratio("network_eh", given)?.or(ratio("difficulty", other)?),
        };
        let fx = self.of_sites("fx", &self.fx, |site| &site.fx, |key, text| rate(key, text))?;
        let tariff = self.of_sites(
            "tariff",
            &self.tariff,
            |site| &site.tariff,
            |key, text| price(key, text),
        )?;
        let mut factors = Vec::new();
        for (kind, range) in [
            (FactorKind::Efficiency, self.efficiency()?),
            (
                FactorKind::Uptime,
                self.of_sites("uptime", &self.uptime, |site| &site.uptime, plain)?,
            ),
            (FactorKind::Pue, self.of_sites("pue", &self.pue, |site| &site.pue, plain)?),
            (FactorKind::Tariff, tariff),
            (FactorKind::ExchangeRate, fx),
            (
                FactorKind::OtherCosts,
                self.of_sites(
                    "other_costs_usd_per_mwh",
                    &self.other_costs_usd_per_mwh,
                    |site| &site.other_costs_usd_per_mwh,
                    plain,
                )?,
            ),
            (
                FactorKind::Infrastructure,
                self.of_sites(
                    "infrastructure_usd_per_mw",
                    &self.infrastructure_usd_per_mw,
                    |site| &site.infrastructure_usd_per_mw,
                    plain,
                )?,
            ),
            (FactorKind::MachinePrice, self.of_lots(lot_price)?),
            (FactorKind::Price, ratio("price_usd", &self.price_usd)?),
            (FactorKind::Fees, ratio("fees_btc", &self.fees_btc)?),
            (FactorKind::NetworkHashrate, network_range),
        ] {
            if let Some((low, high)) = range.filter(|(low, high)| low < high) {
                factors.push(Factor { kind, low, base: 1.0, high });
            }
        }
        let market = self.market.clone().unwrap_or_default();
        let response = self.response.clone().unwrap_or_default();
        let discount = self.project.clone().unwrap_or_default().discount_per_year;
        for (kind, key, given) in [
            (FactorKind::PriceDrift, "market.price_drift_per_year", &market.price_drift_per_year),
            (FactorKind::EntryRatio, "response.entry_ratio", &response.entry_ratio),
            (FactorKind::NetworkGrowth, "response.growth_per_year", &response.growth_per_year),
            (
                FactorKind::CostDecline,
                "response.cost_decline_per_year",
                &response.cost_decline_per_year,
            ),
            (FactorKind::Displacement, "displacement", &self.displacement),
            (FactorKind::Discount, "project.discount_per_year", &discount),
        ] {
            let Some(given) = given else { continue };
            if let Some((low, base, high)) = ends(key, given, plain)?.filter(|e| e.0 < e.2) {
                factors.push(Factor { kind, low, base, high });
            }
        }
        for factor in &factors {
            factor.check().map_err(|e| wrong("a range", e))?;
        }
        Ok(factors)
    }

    /// A range that no result would show must not look as if one did. A ledger follows the flat keys'.
    fn refuse_ranges_that_nothing_follows(&self) -> Read<()> {
        let mut given = vec![("height".to_owned(), of_any(&self.height))];
        if self.ledger.is_none() {
            given.extend(self.only_of_ledgers().map(|key| (key.to_owned(), true)));
        }
        if let Some(project) = &self.project {
            let tolerance = of_any(&project.machine_tolerance);
            given.push(("project.machine_tolerance".to_owned(), tolerance));
        }
        for (index, site) in self.site.iter().enumerate() {
            let ranged = site.power_mw.range().is_some();
            given.push((format!("site[{index}].power_mw"), ranged));
        }
        for (index, lot) in self.fleet.iter().enumerate() {
            given.push((format!("fleet[{index}].power_mw"), of_any(&lot.power_mw)));
        }
        match given.into_iter().find(|(_, ranged)| *ranged) {
            Some((key, _)) => {
                Err(wrong(&key, "has a range, which nothing follows; give its value"))
            }
            None => Ok(()),
        }
    }

    /// Keys with ranges that a ledger follows and a project does not.
    pub(super) fn only_of_ledgers(&self) -> impl Iterator<Item = &'static str> {
        [
            ("power_mw", of_any(&self.power_mw)),
            ("mining_share", of_any(&self.mining_share)),
            ("pool_fee", of_any(&self.pool_fee)),
            ("stale", of_any(&self.stale)),
            ("grid_g_per_kwh", of_any(&self.grid_g_per_kwh)),
            ("household_kwh_per_month", of_any(&self.household_kwh_per_month)),
        ]
        .into_iter()
        .filter_map(|(key, ranged)| ranged.then_some(key))
    }

    /// Each lot's energy per hash: its own range, that of the flat key, else the machines' tolerance.
    fn efficiency(&self) -> Read<Ratios> {
        let given = self.project.as_ref().and_then(|project| project.machine_tolerance.as_ref());
        let tolerance = given.map_or(TOLERANCE, |given| given.value);
        if !(0.0..0.9).contains(&tolerance) {
            let reason = format!("is {tolerance}; give a part of 0 to 0.9");
            return Err(wrong("project.machine_tolerance", reason));
        }
        let of = |key: &str, given: &Option<Sourced<f64>>| {
            let own = given.as_ref().map(|given| ratios(key, given, plain)).transpose()?;
            Ok(Some(own.flatten().unwrap_or((1.0 - tolerance, 1.0 + tolerance))))
        };
        if self.fleet.is_empty() {
            return of("j_per_th", &self.j_per_th);
        }
        self.of_lots(|index, lot| {
            let named = lot.machine.is_some() || lot.measured.is_some();
            match lot.j_per_th.is_none() && !named {
                true => of("j_per_th", &self.j_per_th),
                false => of(&format!("fleet[{index}].j_per_th"), &lot.j_per_th),
            }
        })
    }

    fn of_lots(&self, of: impl Fn(usize, &FleetSection) -> Read<Ratios>) -> Read<Ratios> {
        let all: Read<Vec<_>> = self.fleet.iter().enumerate().map(|(i, lot)| of(i, lot)).collect();
        Ok(mean(&all?))
    }

    /// A site's own range, or that of the flat key where it has no value of its own.
    fn of_sites<T>(
        &self,
        name: &str,
        flat: &Option<Sourced<T>>,
        own: impl Fn(&SiteSection) -> &Option<Sourced<T>>,
        of: impl Fn(&str, &T) -> Read<f64>,
    ) -> Read<Ratios> {
        let ratio = |key: &str, given: &Option<Sourced<T>>| match given {
            Some(given) => ratios(key, given, &of),
            None => Ok(None),
        };
        if self.site.is_empty() {
            return ratio(name, flat);
        }
        let all: Read<Vec<_>> = self
            .site
            .iter()
            .enumerate()
            .map(|(index, site)| match own(site) {
                own @ Some(_) => ratio(&format!("site[{index}].{name}"), own),
                None => ratio(name, flat),
            })
            .collect();
        Ok(mean(&all?))
    }
}

fn of_any<T>(given: &Option<Sourced<T>>) -> bool {
    given.as_ref().is_some_and(|given| given.range().is_some())
}

fn plain(_: &str, value: &f64) -> Read<f64> {
    Ok(*value)
}

fn price(key: &str, text: &str) -> Read<f64> {
    text.parse().map(LocalPrice::as_per_kwh).map_err(|e: crate::EconError| wrong(key, e))
}

fn rate(key: &str, text: &str) -> Read<f64> {
    text.parse().map(ExchangeRate::as_per_usd).map_err(|e: crate::EconError| wrong(key, e))
}

/// Low end, value and high end, in this order.
fn ends<T>(
    key: &str,
    given: &Sourced<T>,
    of: impl Fn(&str, &T) -> Read<f64>,
) -> Read<Option<(f64, f64, f64)>> {
    let Some((low, high)) = given.range() else { return Ok(None) };
    let (low, value, high) = (of(key, low)?, of(key, &given.value)?, of(key, high)?);
    match low <= value && value <= high {
        true => Ok(Some((low, value, high))),
        false => {
            let reason = format!("{value} is not within its range; give low <= value <= high");
            Err(wrong(key, reason))
        }
    }
}

fn ratios<T>(key: &str, given: &Sourced<T>, of: impl Fn(&str, &T) -> Read<f64>) -> Read<Ratios> {
    match ends(key, given, of)? {
        Some((low, _, high)) if low == high => Ok(None),
        Some((_, 0.0, _)) => {
            Err(wrong(key, "its range is followed as ratios to its value; give one that is not 0"))
        }
        // Below zero the low end is the larger one.
        Some((low, value, high)) if value < 0.0 => Ok(Some((high / value, low / value))),
        Some((low, value, high)) => Ok(Some((low / value, high / value))),
        None => Ok(None),
    }
}

/// Of several, those without a range at 1.
fn mean(all: &[Ratios]) -> Ratios {
    all.iter().any(Option::is_some).then(|| {
        let each = all.iter().map(|range| range.unwrap_or((1.0, 1.0)));
        let (low, high) = each.fold((0.0, 0.0), |sum, range| (sum.0 + range.0, sum.1 + range.1));
        (low / all.len() as f64, high / all.len() as f64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(text: &str) -> Read<Vec<(FactorKind, f64, f64)>> {
        let scenario = Scenario::from_toml(text).unwrap();
        let found = scenario.factors(&Network::august_2026())?;
        Ok(found.into_iter().map(|f| (f.kind, f.low, f.high)).collect())
    }

    fn of(text: &str, kind: FactorKind) -> Option<(f64, f64)> {
        let found = factors(text).unwrap();
        let (_, low, high) = found.into_iter().find(|f| f.0 == kind)?;
        Some((low, high))
    }

    #[test]
    fn sites_and_lots_move_by_the_mean_of_their_ranges() {
        let text = "uptime = { value = 0.8, low = 0.4, high = 0.8 }\n\
            [[site]]\nname = \"a\"\npower_mw = 1\n\
            [[site]]\nname = \"b\"\npower_mw = 1\nuptime = 0.9\n";
        assert_eq!(of(text, FactorKind::Uptime), Some((0.75, 1.0)));
        let text = "power_mw = 2\n[[fleet]]\nj_per_th = { value = 20, low = 10, high = 30 }\n\
            [[fleet]]\nmachine = \"Antminer S21 Pro\"\n";
        let (low, high) = of(text, FactorKind::Efficiency).unwrap();
        assert!((low - 0.725).abs() < 1e-12 && (high - 1.275).abs() < 1e-12);
    }

    #[test]
    fn prices_are_compared_in_one_unit() {
        let text = "power_mw = 1\nfx = { value = \"280 PKR/USD\", low = \"280 PKR/USD\", \
            high = \"350 PKR/USD\" }\n\
            tariff = { value = \"0.05 USD/kWh\", low = \"40 USD/MWh\", high = \"60 USD/MWh\" }\n";
        let (low, high) = of(text, FactorKind::Tariff).unwrap();
        assert!((low - 0.8).abs() < 1e-12 && (high - 1.2).abs() < 1e-12);
        assert_eq!(of(text, FactorKind::ExchangeRate), Some((1.0, 1.25)));
        let below = "power_mw = 1\n\
            tariff = { value = \"-10 USD/MWh\", low = \"-20 USD/MWh\", high = \"-5 USD/MWh\" }\n";
        assert_eq!(of(below, FactorKind::Tariff), Some((0.5, 2.0)));
        let discount = "power_mw = 1\n[project]\ndiscount_per_year = { value = 0.1, low = 0.05, high = 0.2 }\n";
        assert_eq!(of(discount, FactorKind::Discount), Some((0.05, 0.2)));
    }

    #[test]
    fn no_range_is_lost() {
        for (text, told) in [
            ("power_mw = { value = 5, low = 4, high = 6 }", "power_mw: has a range"),
            ("pool_fee = { value = 0.01, low = 0, high = 0.02 }", "pool_fee: has a range"),
            ("height = { value = 900000, low = 1, high = 900001 }", "height: has a range"),
            ("uptime = { value = 0.9, low = 0.95, high = 1 }", "uptime: 0.9 is not within"),
            ("fees_btc = { value = 0, low = 0, high = 1 }", "fees_btc: its range is followed"),
            (
                "[[site]]\nname = \"a\"\npower_mw = 1\npue = { value = 1.1, low = 1.2, high = 1.3 }",
                "site[0].pue: 1.1 is not within",
            ),
            (
                "[market]\nprice_drift_per_year = { value = 0.3, low = 0.0, high = 0.2 }",
                "market.price_drift_per_year: 0.3 is not within",
            ),
        ] {
            let error = factors(text).unwrap_err().to_string();
            assert!(error.starts_with(told), "{told}: {error}");
        }
    }
}
