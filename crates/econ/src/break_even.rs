//! Where income equals cost, three ways: energy alone, every cash cost, and with capital.

use super::{Case, EconError, Lot, SitePlan, Tariff, btc_rate, hashprice, network_after};
use crate::pow::{Difficulty, steady_block_interval};
use crate::units::{
    BtcRate, EnergyPrice, Hashprice, Hashrate, JoulesPerHash, Seconds, Usd, UsdPerBtc, UsdRate,
    Watts,
};

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
    /// Energy per hash at the machine, of the same power; `None` where none pays, and where every one does.
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
    /// A year's, for all of it: of the machines, and of the sites.
    capital: Option<(UsdRate, UsdRate)>,
}

impl BreakEvens {
    /// Of a case at one moment, with the costs of the sites that it sums up. Capital is counted at a rate
    /// of so much a year.
    ///
    /// # Errors
    /// As [`Case::snapshot`].
    pub fn of(case: &Case, sites: &[SitePlan], discount_per_year: f64) -> Result<Self, EconError> {
        case.snapshot()?;
        EconError::unless_within(
            "discount_per_year",
            discount_per_year,
            -0.5..=10.0,
            "a rate of -0.5 to 10 a year",
        )?;
        let capital_missing = SitePlan::prices_missing(sites);
        let costs = Costs {
            other: SitePlan::mean_other_costs(sites),
            capital: capital_missing.is_none().then(|| annuities(sites, discount_per_year)),
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

/// The time of the most power over all sites, which the case is of.
fn peak(sites: &[SitePlan]) -> Seconds {
    Lot::peak(sites.iter().flat_map(|site| &site.lots)).0
}

impl SitePlan {
    /// Other cash costs by energy, over the sites.
    pub(super) fn mean_other_costs(sites: &[Self]) -> EnergyPrice {
        let at = peak(sites);
        let energy = |site: &Self| {
            let power = site.lots.iter().map(|lot| lot.power.value() * lot.part_at(at));
            power.sum::<Watts>() * site.running()
        };
        let all: Watts = sites.iter().map(energy).sum();
        let cost: UsdRate = sites.iter().map(|site| site.other_costs.value() * energy(site)).sum();
        if all > Watts::ZERO { cost / all } else { EnergyPrice::ZERO }
    }
}

/// What a dollar of capital must bring each year: the capital recovery factor r / (1 - (1 + r)^-n).
pub(super) fn capital_recovery(rate: f64, years: f64) -> f64 {
    if rate.abs() < 1e-9 { 1.0 / years } else { rate / (1.0 - (1.0 + rate).powf(-years)) }
}

/// What capital takes each year at the time of the most power, machines and sites apart: price with duty
/// less the present worth of its resale, by the capital recovery factor r / (1 - (1 + r)^-n) over each lot's
/// life; sites over twenty years.
fn annuities(sites: &[SitePlan], rate: f64) -> (UsdRate, UsdRate) {
    const SITE_YEARS: f64 = 20.0;
    let at = peak(sites);
    let (mut machines, mut builds) = (Usd::ZERO, Usd::ZERO);
    for site in sites {
        let pue = site.site.pue.value().value();
        for lot in &site.lots {
            let Some(price) = &lot.machine_price else { continue };
            let years = lot.life.as_years();
            let hashrate = lot.power.value() * lot.part_at(at) / pue / lot.efficiency().value();
            let resale = lot.resale.value() * (1.0 + rate).powf(-years);
            let kept = 1.0 + lot.duty.value() - resale;
            machines = machines + price.value() * hashrate * (kept * capital_recovery(rate, years));
        }
        if let Some(build) = &site.infrastructure {
            let (_, most) = Lot::peak(site.lots.iter());
            builds = builds + build.value() * most * capital_recovery(rate, SITE_YEARS);
        }
    }
    let year = Seconds::from_years(1.0);
    (machines / year, builds / year)
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
    let displacement = case.displacement.value();
    let (network, dilution) = match after_retarget {
        true => (network_after(others, own, displacement), displacement.complement()),
        false => (others, 0.0),
    };
    let (reward, price) = (case.network.block_reward(), case.network.price.value());
    let payout = case.pool.payout();
    let income = hashprice(network, reward, price) * payout;
    let other = match basis {
        CostBasis::EnergyOnly => EnergyPrice::ZERO,
        CostBasis::CashCosts | CostBasis::WithCapital => costs.other,
    };
    let (machines, builds) = match (basis, costs.capital) {
        (CostBasis::WithCapital, None) => return Ok(points),
        (CostBasis::WithCapital, Some(_)) if own <= Hashrate::ZERO => return Ok(points),
        (CostBasis::WithCapital, Some(capital)) => capital,
        _ => (UsdRate::ZERO, UsdRate::ZERO),
    };
    // Capital for each hash that is made.
    let capital = match own > Hashrate::ZERO {
        true => (machines + builds) / own,
        false => Hashprice::ZERO,
    };
    points.tariff = Some((income - capital) / at_site - other);
    let Some(tariff) = case.tariff.as_ref().map(Tariff::usd).transpose()? else {
        return Ok(points);
    };
    let energy = tariff + other;
    let cost = energy * at_site + capital;
    let btc = btc_rate(own, network, reward) * payout;
    points.price = (btc > BtcRate::ZERO).then(|| cost * own / btc);
    if cost > Hashprice::ZERO && income > Hashprice::ZERO {
        points.difficulty = Difficulty::steady_at(network * (income / cost)).ok();
    }
    let power = at_site * own;
    if own > Hashrate::ZERO {
        let fixed = energy * power + builds;
        let issue = price * (reward / steady_block_interval()) * payout;
        let each = machines / own;
        let even = least_hashrate(issue, others, dilution, fixed, each);
        points.efficiency = even.map(|x| power / x / case.site.pue.value().value());
    }
    let margin = income - energy * at_site;
    points.capacity_factor = match basis {
        CostBasis::WithCapital => {
            let in_full = margin * nameplate;
            (in_full > UsdRate::ZERO).then(|| (machines + builds) / in_full)
        }
        _ => (margin >= Hashprice::ZERO).then_some(0.0),
    };
    Ok(points)
}

/// The least hashrate x whose income I x / (N + k x) is its cost C + m x, of the same power: the smaller root
/// of m k x^2 + (m N + C k - I) x + C N = 0. `None` where no hashrate earns it, or where there is no cost.
fn least_hashrate(
    issue: UsdRate,
    others: Hashrate,
    dilution: f64,
    fixed: UsdRate,
    each: Hashprice,
) -> Option<Hashrate> {
    let (issue, fixed) = (issue.as_usd_per_day(), fixed.as_usd_per_day());
    // Machines of the others' hashrate.
    let machines = (each * others).as_usd_per_day();
    let linear = issue - machines - fixed * dilution;
    let square = linear * linear - 4.0 * machines * dilution * fixed;
    (fixed > 0.0 && linear > 0.0 && square >= 0.0)
        .then(|| others * (2.0 * fixed / (linear + square.sqrt())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;
    use proptest::prelude::*;

    const DISCOUNT: f64 = 0.10;

    fn both(j_per_th: f64, tariff: f64) -> (Case, Vec<SitePlan>) {
        let mut scenario = Scenario {
            power_mw: Some(2_000.0.into()),
            tariff: Some(format!("{tariff} USD/kWh").into()),
            other_costs_usd_per_mwh: Some(3.0.into()),
            infrastructure_usd_per_mw: Some(430_000.0.into()),
            ..Scenario::default()
        };
        scenario.fleet.push(crate::FleetSection {
            j_per_th: Some(j_per_th.into()),
            usd_per_th: Some(7.5.into()),
            ..crate::FleetSection::default()
        });
        let none = |_: &str| Err("no file".to_owned());
        let case = scenario.case_with_files(str::to_owned, none).unwrap();
        (case, scenario.sites_with_files(str::to_owned, none).unwrap())
    }

    #[test]
    fn energy_only_is_the_snapshots() {
        let (case, sites) = both(15.0, 0.05);
        let snapshot = case.snapshot().unwrap();
        let found = BreakEvens::of(&case, &sites, DISCOUNT).unwrap();
        for (after, even) in
            [(false, snapshot.before.break_even), (true, snapshot.after.break_even)]
        {
            let is = |p: &&BreakEvenPoints| {
                p.after_retarget == after && p.basis == CostBasis::EnergyOnly
            };
            let points = found.points.iter().find(is).unwrap();
            assert!((points.tariff.unwrap() / even.tariff - 1.0).abs() < 1e-12);
            assert!((points.price.unwrap() / even.price.unwrap() - 1.0).abs() < 1e-12);
            let efficiency = points.efficiency.unwrap() / even.efficiency.unwrap();
            assert!((efficiency - 1.0).abs() < 1e-12, "{efficiency}");
        }
    }

    #[test]
    fn every_basis_costs_more_than_the_one_before() {
        let (case, sites) = both(15.0, 0.05);
        let found = BreakEvens::of(&case, &sites, DISCOUNT).unwrap();
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
        /// Put back into the case, each point breaks even.
        #[test]
        fn points_break_even(j in 9.0f64..30.0, tariff in 0.01f64..0.08) {
            let (case, sites) = both(j, tariff);
            let found = BreakEvens::of(&case, &sites, DISCOUNT).unwrap();
            let price = found.points[5].price.unwrap();
            let mut dearer = case.clone();
            dearer.network.price = crate::uncertainty::Estimate::user_reported(price, "test");
            let moved = BreakEvens::of(&dearer, &sites, DISCOUNT).unwrap().points[5];
            let again = moved.tariff.unwrap().as_usd_per_kwh();
            prop_assert!((again - tariff).abs() < 1e-9, "{again} for {tariff}");
            for (index, points) in found.points.iter().enumerate() {
                let Some(even) = points.efficiency else { continue };
                let (case, sites) = both(even.as_j_per_th(), tariff);
                let there = BreakEvens::of(&case, &sites, DISCOUNT).unwrap().points[index];
                let again = there.tariff.unwrap().as_usd_per_kwh();
                prop_assert!((again - tariff).abs() < 1e-9, "{index}: {again} for {tariff}");
            }
        }

        /// Higher J/TH is never a higher break-even.
        #[test]
        fn worse_machines_break_even_lower(j in 9.0f64..30.0, tariff in 0.01f64..0.08) {
            let of = |j| {
                let (case, sites) = both(j, tariff);
                BreakEvens::of(&case, &sites, DISCOUNT).unwrap()
            };
            for (worse, better) in of(j * 1.1).points.iter().zip(&of(j).points) {
                prop_assert!(worse.tariff <= better.tariff);
            }
        }
    }

    #[test]
    fn machines_that_follow_each_other_are_paid_once() {
        let (case, mut sites) = both(15.0, 0.05);
        let once = BreakEvens::of(&case, &sites, DISCOUNT).unwrap();
        let mut next = sites[0].lots[0].clone();
        next.begins = next.life;
        sites[0].lots.push(next);
        assert_eq!(BreakEvens::of(&case, &sites, DISCOUNT).unwrap(), once);
        // Two halves of a site are a whole one.
        let half = sites[0].lots[0].power.value() / 2.0;
        sites[0].lots[1].begins = Seconds::ZERO;
        for lot in &mut sites[0].lots {
            lot.power = crate::uncertainty::Estimate::user_reported(half, "test");
        }
        let halves = BreakEvens::of(&case, &sites, DISCOUNT).unwrap();
        let price = |found: &BreakEvens| found.points[5].price.unwrap().as_usd_per_btc();
        assert!((price(&halves) / price(&once) - 1.0).abs() < 1e-12);
    }
}
