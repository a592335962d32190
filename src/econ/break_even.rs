//! Where income equals cost, three ways: energy alone, every cash cost, and with capital.

use super::project::Project;
use super::{Case, EconError, Tariff, btc_rate, hashprice, network_after};
use crate::pow::Difficulty;
use crate::units::{EnergyPrice, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, UsdRate};

/// Which costs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostBasis {
    /// Energy.
    EnergyOnly,
    /// Energy and other cash costs.
    CashCosts,
    /// Cash costs, and machines and site as an annuity over their lives.
    WithCapital,
}

impl CostBasis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EnergyOnly, Self::CashCosts, Self::WithCapital];

    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::EnergyOnly => "energy_only",
            Self::CashCosts => "cash_costs",
            Self::WithCapital => "with_capital",
        }
    }
}

/// Five points at which income equals cost, each with everything else as it is. `None` is never, or
/// always: see each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEvenPoints {
    /// Whether the difficulty has answered the fleet.
    pub after_retarget: bool,
    /// Which costs are counted.
    pub basis: CostBasis,
    /// The energy price. Negative where not even free energy pays; `None` without the prices that
    /// the basis counts.
    pub tariff: Option<EnergyPrice>,
    /// The bitcoin price; `None` without income or prices.
    pub price: Option<UsdPerBtc>,
    /// The difficulty at which a hash earns its cost; `None` without prices, or where it has none.
    pub difficulty: Option<Difficulty>,
    /// Energy per hash at the machine, of the same hashrate; `None` where no efficiency pays.
    pub efficiency: Option<JoulesPerHash>,
    /// The part of the year that has to run for the capital to be earned: 0 where there is none, above
    /// 1 where all hours are too few; `None` where an hour earns nothing to pay it with.
    pub capacity_factor: Option<f64>,
}

/// The break-even points of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEvens {
    /// Before and after the retarget, for each basis.
    pub points: Vec<BreakEvenPoints>,
    /// Why those with capital are absent, where they are.
    pub capital_missing: Option<String>,
}

/// Costs beside energy, by what they depend on.
struct Costs {
    other: EnergyPrice,
    /// USD a year for the whole project.
    capital: Option<UsdRate>,
}

impl BreakEvens {
    /// Of a case at one moment, with the costs of its project.
    ///
    /// # Errors
    /// As [`Case::snapshot`].
    pub fn of(case: &Case, project: &Project) -> Result<Self, EconError> {
        case.snapshot()?;
        let capital_missing = project.npv_missing();
        let costs = Costs {
            other: mean_other_costs(project),
            capital: capital_missing.is_none().then(|| annuity(project)),
        };
        let mut points = Vec::new();
        for after_retarget in [false, true] {
            for basis in CostBasis::ALL {
                points.push(of(case, &costs, after_retarget, basis)?);
            }
        }
        Ok(Self { points, capital_missing })
    }
}

/// Other cash costs by energy, over the sites.
fn mean_other_costs(project: &Project) -> EnergyPrice {
    let energy = |site: &super::SitePlan| {
        let power = site.lots.iter().map(|lot| lot.power.value().as_watts()).sum::<f64>();
        power * site.site.uptime.value().value()
    };
    let all: f64 = project.sites.iter().map(energy).sum();
    let cost = |site: &super::SitePlan| site.other_costs.value().as_usd_per_kwh() * energy(site);
    let sum: f64 = project.sites.iter().map(cost).sum();
    EnergyPrice::from_usd_per_kwh(if all > 0.0 { sum / all } else { 0.0 })
}

/// What capital takes each year: price with duty less the present worth of its resale, by the capital recovery
/// factor r / (1 - (1 + r)^-n) over each lot's life; the sites over twenty years.
fn annuity(project: &Project) -> UsdRate {
    const SITE_YEARS: f64 = 20.0;
    let rate = project.discount_per_year.value();
    let recovery = |years: f64| match rate == 0.0 {
        true => 1.0 / years,
        false => rate / (1.0 - (1.0 + rate).powf(-years)),
    };
    let mut usd = 0.0;
    for site in &project.sites {
        let pue = site.site.pue.value().value();
        let mut most = 0.0f64;
        for lot in &site.lots {
            let years = lot.life.as_years();
            let hashrate = lot.power.value() / pue / lot.efficiency.value();
            let price = lot.machine_price.as_ref().map_or(0.0, |p| (p.value() * hashrate).as_usd());
            let resale = lot.resale.value() * (1.0 + rate).powf(-years);
            usd += price * (1.0 + lot.duty.value() - resale) * recovery(years);
            most = most.max(lot.power.value().as_mw());
        }
        let build = site.infrastructure.as_ref().map_or(0.0, |p| p.value().as_usd_per_mw());
        usd += build * most * recovery(SITE_YEARS);
    }
    UsdRate::from_usd_per_year(usd)
}

fn of(
    case: &Case,
    costs: &Costs,
    after_retarget: bool,
    basis: CostBasis,
) -> Result<BreakEvenPoints, EconError> {
    let mut points = BreakEvenPoints {
        after_retarget,
        basis,
        tariff: None,
        price: None,
        difficulty: None,
        efficiency: None,
        capacity_factor: None,
    };
    let at_site = case.fleet.efficiency().value() * case.site.pue.value().value();
    let uptime = case.site.uptime.value().value();
    let nameplate = case.allocation.mining_power() / at_site;
    let own = nameplate * uptime;
    let others = case.network.hashrate.value();
    let network = match after_retarget {
        true => network_after(others, own, case.displacement.value()),
        false => others,
    };
    let (reward, price) = (case.network.block_reward(), case.network.price.value());
    let income = hashprice(network, reward, price) * case.pool.payout();
    let other = match basis {
        CostBasis::EnergyOnly => EnergyPrice::ZERO,
        _ => costs.other,
    };
    // Capital for each hash that is made.
    let capital = match (basis, costs.capital) {
        (CostBasis::WithCapital, None) => return Ok(points),
        (CostBasis::WithCapital, Some(_)) if own <= Hashrate::ZERO => return Ok(points),
        (CostBasis::WithCapital, Some(capital)) => capital / own,
        _ => Hashprice::ZERO,
    };
    points.tariff = Some((income - capital) / at_site - other);
    let Some(tariff) = case.tariff.as_ref().map(Tariff::usd).transpose()? else {
        return Ok(points);
    };
    let cost = (tariff + other) * at_site + capital;
    let btc = btc_rate(own, network, reward) * case.pool.payout();
    points.price = (btc.as_btc_per_day() > 0.0).then(|| cost * own / btc);
    if cost > Hashprice::ZERO && income > Hashprice::ZERO {
        let steady = Difficulty::steady_at(network * (income / cost));
        points.difficulty = steady.ok();
    }
    let energy = tariff + other;
    if energy > EnergyPrice::ZERO && income > capital {
        let even = (income - capital) / energy / case.site.pue.value().value();
        points.efficiency = Some(even);
    }
    let margin = income - energy * at_site;
    let per_year = margin * nameplate * Seconds::from_years(1.0);
    points.capacity_factor = match (basis, costs.capital) {
        (CostBasis::WithCapital, Some(fixed)) => {
            let fixed = fixed * Seconds::from_years(1.0);
            (per_year.as_usd() > 0.0).then(|| fixed / per_year)
        }
        _ => (margin >= Hashprice::ZERO).then_some(0.0),
    };
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::econ::Scenario;
    use proptest::prelude::*;

    fn both(j_per_th: f64, tariff: f64) -> (Case, Project) {
        let mut scenario = Scenario {
            power_mw: Some(2_000.0.into()),
            tariff: Some(format!("{tariff} USD/kWh").into()),
            other_costs_usd_per_mwh: Some(3.0.into()),
            infrastructure_usd_per_mw: Some(430_000.0.into()),
            ..Scenario::default()
        };
        scenario.fleet.push(crate::econ::FleetSection {
            j_per_th: Some(j_per_th.into()),
            usd_per_th: Some(7.5.into()),
            ..crate::econ::FleetSection::default()
        });
        let none = |_: &str| Err("no file".to_owned());
        let case = scenario.case_with_files(str::to_owned, none).unwrap();
        (case, scenario.project_with_files(str::to_owned, none).unwrap())
    }

    #[test]
    fn energy_only_is_the_snapshots() {
        let (case, project) = both(15.0, 0.05);
        let snapshot = case.snapshot().unwrap();
        let found = BreakEvens::of(&case, &project).unwrap();
        for (after, even) in
            [(false, snapshot.before.break_even), (true, snapshot.after.break_even)]
        {
            let is = |p: &&BreakEvenPoints| {
                p.after_retarget == after && p.basis == CostBasis::EnergyOnly
            };
            let points = found.points.iter().find(is).unwrap();
            assert!((points.tariff.unwrap() / even.tariff - 1.0).abs() < 1e-12);
            assert!((points.price.unwrap() / even.price.unwrap() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn every_basis_costs_more_than_the_one_before() {
        let (case, project) = both(15.0, 0.05);
        let found = BreakEvens::of(&case, &project).unwrap();
        assert_eq!((found.points.len(), found.capital_missing), (6, None));
        for three in found.points.chunks_exact(3) {
            assert!(three.windows(2).all(|pair| pair[0].tariff > pair[1].tariff), "{three:?}");
            assert!(three.windows(2).all(|pair| pair[0].price < pair[1].price), "{three:?}");
            assert!(three.windows(2).all(|pair| pair[0].difficulty > pair[1].difficulty));
            assert!(three.windows(2).all(|pair| pair[0].efficiency > pair[1].efficiency));
            assert!(
                three[2].capacity_factor.unwrap() > 0.0 && three[0].capacity_factor == Some(0.0)
            );
        }
    }

    proptest! {
        /// Put back into the costs, each point breaks even.
        #[test]
        fn points_break_even(j in 9.0f64..30.0, tariff in 0.01f64..0.08) {
            let (case, project) = both(j, tariff);
            let with = BreakEvens::of(&case, &project).unwrap().points[5];
            let (mut again, mut project_again) = (case.clone(), project);
            if let Some(price) = with.price {
                again.network.price = crate::estimate::Estimate::user_reported(price, "test");
                let moved = BreakEvens::of(&again, &project_again).unwrap().points[5];
                let tariff_again = moved.tariff.unwrap().as_usd_per_kwh();
                prop_assert!((tariff_again - tariff).abs() < 1e-9, "{tariff_again} for {tariff}");
            }
            // Higher J/TH is never a higher break-even.
            let (worse, project) = both(j * 1.1, tariff);
            project_again = project;
            let worse = BreakEvens::of(&worse, &project_again).unwrap();
            let better = BreakEvens::of(&case, &project_again).unwrap();
            for (w, b) in worse.points.iter().zip(&better.points).take(2) {
                prop_assert!(w.tariff <= b.tariff);
            }
        }
    }
}
