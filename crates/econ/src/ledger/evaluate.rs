//! A year of the project at given values of its inputs: pure, and the same for the base and for every draw.

use super::book::{Id, Money};
use super::hours::{MONTH_HOURS, MonthHours, Rule, YEAR_HOURS, months};
use super::merit::{Costs, Increment, increment};
use super::model::{LedgerInputs, Reference};
use super::party::{FLOWS, FlowKind, RESOURCES, ResourceKind};
use super::{CapacityMode, HoursCase, MeteringPoint};
use crate::break_even::capital_recovery;
use crate::pow::subsidy;
use crate::revenue::Mining;
use crate::units::{Btc, Fraction, Hashrate, JoulesPerHash, UsdPerBtc, Watts};

/// Which year is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub case: HoursCase,
    pub mode: CapacityMode,
    /// The part of the power that mines, in place of the input.
    pub mining_share: Option<f64>,
    /// The part of the served hours that is used, to look for the break-even capacity factor.
    pub scale: f64,
}

/// A month of it.
#[derive(Clone, Debug)]
pub(super) struct Month {
    pub hours: MonthHours,
    /// At the site's meter, standby load with it.
    pub energy_kwh: f64,
    pub increment: Increment,
    /// Of the energy at the site's meter, fuel and variable O&M, in the ledger's currency.
    pub cost_per_kwh: f64,
    /// What the site pays for a kWh before taxes.
    pub paid_per_kwh: f64,
}

/// The year.
#[derive(Clone, Debug)]
pub(super) struct Year {
    pub months: Vec<Month>,
    pub energy_kwh: f64,
    /// Of the part that produces.
    pub capacity_factor: f64,
    pub bill: f64,
    pub paid_per_kwh: f64,
    pub supply_cost: f64,
    pub imported_fuel: f64,
    /// By mode, in the order of [`CapacityMode::ALL`].
    pub capacity_cost: [f64; 4],
    pub flows: [f64; FLOWS.len()],
    pub resources: [f64; RESOURCES.len()],
    pub profit_after_tax: f64,
    pub mining: Part,
    pub ai: Part,
    pub gpus: f64,
    pub btc: f64,
    pub nameplate: Hashrate,
    pub stated_average_t: f64,
    pub average_t: f64,
    pub marginal_t: f64,
    pub embodied_t: f64,
    pub displaced_t: f64,
}

/// A use of the energy, dollars a year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub energy_mwh: f64,
    pub gross: f64,
    pub energy_cost: f64,
    pub other_costs: f64,
    /// As an annuity.
    pub capital: f64,
    /// A year's part of what is bought abroad.
    pub capital_abroad: f64,
}

/// The mean rent over so many years over that of the first day.
pub(super) fn mean_rent(decline: f64, years: f64) -> f64 {
    let k = -(1.0 - decline).ln();
    if (k * years).abs() < 1e-9 { 1.0 } else { (1.0 - (-k * years).exp()) / (k * years) }
}

/// A reference's price at the customer's meter, in the ledger's currency.
pub(super) fn at_customer(inputs: &LedgerInputs, values: &[f64], of: &Reference) -> f64 {
    let get = |id: Id| values[id.0];
    let price = get(of.price.id) * if of.price.dollars { get(inputs.ids.fx) } else { 1.0 };
    price / (1.0 - loss(inputs, values, of))
}

/// Losses from where a reference is metered to the customer.
pub(super) fn loss(inputs: &LedgerInputs, values: &[f64], of: &Reference) -> f64 {
    let get = |id: Id| values[id.0];
    if let Some(own) = of.loss {
        return get(own);
    }
    let (whole, first) = (get(inputs.losses.to_customer), get(inputs.losses.to_distribution));
    match of.metering_point {
        MeteringPoint::Generator => whole,
        // A customer on the high-voltage grid may lose less than a distributor.
        MeteringPoint::DistributionPurchase => (1.0 - (1.0 - whole) / (1.0 - first)).max(0.0),
        MeteringPoint::Consumer => 0.0,
    }
}

struct Site {
    power_mw: f64,
    /// Mean load over power while it is served.
    load: f64,
    fx: f64,
}

pub(super) fn evaluate(inputs: &LedgerInputs, values: &[f64], choice: Choice) -> Year {
    let get = |id: Id| values[id.0];
    let LedgerInputs { ids, operator, ai, terms, hours, .. } = inputs;
    let fx = get(ids.fx);
    let local = |price: Money| get(price.id) * if price.dollars { fx } else { 1.0 };
    let power_mw = get(ids.power_mw);
    let share = choice.mining_share.unwrap_or(get(ids.mining_share));
    let load = share * get(ids.uptime) + (1.0 - share) * get(ai.uptime);
    let site = Site { power_mw, load, fx };

    // Hours, energy and the plants that serve it.
    let months = served(inputs, values, choice, &site);
    let sum = |of: &dyn Fn(&Month) -> f64| months.iter().map(of).sum::<f64>();
    let energy_kwh = sum(&|m| m.energy_kwh);
    let served_hours = sum(&|m| m.hours.served);
    let curtailed_hours = sum(&|m| m.hours.curtailed);
    let factor = served_hours / YEAR_HOURS;
    let supply_cost = sum(&|m| m.energy_kwh * m.cost_per_kwh);
    let to_plant = 1.0 / (1.0 - get(inputs.losses.to_customer));
    let imported_fuel = sum(&|m| m.energy_kwh * to_plant * m.increment.imported);
    let marginal_t = sum(&|m| m.energy_kwh * to_plant * m.increment.g_per_kwh) / 1e6;
    let average = |m: &Month| m.increment.average_g_per_kwh.unwrap_or(get(ids.grid_g_per_kwh));
    let average_t = sum(&|m| m.energy_kwh * average(m)) / 1e6;
    let at_risk_kwh = sum(&|m| m.hours.at_risk) * power_mw * 1e3 * load * to_plant;

    // The bill.
    let contracted_kw = power_mw * 1e3;
    let charge_factor =
        1.0 - curtailed_hours / YEAR_HOURS * (1.0 - get(terms.charge_when_curtailed));
    let capacity_charge =
        contracted_kw * local(inputs.prices.capacity_charge) * 12.0 * charge_factor;
    let energy_charge = sum(&|m| m.energy_kwh * m.paid_per_kwh);
    let per_kwh: f64 = inputs.prices.adjustments.iter().map(|(_, price)| local(*price)).sum();
    let adjustments = energy_kwh * per_kwh;
    let bill = energy_charge + capacity_charge + adjustments;
    let lost_tax = bill * get(terms.unrecoverable_tax);
    let applied = inputs.prices.corrective.iter().filter(|(_, _, applied)| *applied);
    let corrective = energy_kwh * applied.map(|(_, price, _)| local(*price)).sum::<f64>();
    let emergency_mwh = get(hours.emergency_hours).min(served_hours) * power_mw * load;
    let emergency = emergency_mwh * get(hours.emergency_usd_per_mwh) * fx;

    // Mining and AI.
    let mw_mining = power_mw * share;
    let (income, own, nameplate) = mine(inputs, values, mw_mining, factor);
    let price = get(ids.price_usd);
    let btc = income.btc.as_btc_per_day() * 365.0;
    let mining_usd = btc * price;
    let mw_ai = power_mw - mw_mining;
    let kw_each = get(ai.kw_per_gpu) * get(ai.pue);
    let gpus = mw_ai * 1e3 / kw_each;
    let gpu_hours = gpus * served_hours * get(ai.uptime) * get(ai.sold);
    let first_rent = get(ai.usd_per_gpu_hour) * mean_rent(get(ai.decline_per_year), 1.0);
    let ai_usd = gpu_hours * first_rent;

    // Capital.
    let th_s = nameplate.as_th_s();
    let machines = th_s * get(ids.usd_per_th);
    let mining_site = mw_mining * get(ids.infrastructure);
    let (gpu_capital, shell) = (gpus * get(ai.usd_per_gpu), mw_ai * get(ai.shell_usd_per_mw));
    let (life, site_life) = (get(operator.life_years), get(operator.site_life_years));
    let ai_yearly = gpu_capital / get(ai.life_years) + shell / site_life;
    let ai_abroad = ai_yearly * get(ai.import_share);
    let machines_abroad = machines / life + ai_abroad;
    let duty = machines_abroad * get(operator.import_duty);
    let spares = machines * get(operator.spares_per_year);
    let site_yearly = mining_site / site_life;
    let site_abroad = site_yearly * get(operator.site_import_share);
    let capital = machines + mining_site + gpu_capital + shell;
    let interest = capital / 2.0 * get(operator.debt_share) * get(operator.interest_per_year);

    let energy_of = |mw: f64, uptime: f64| mw * served_hours * uptime;
    let mining_mwh = energy_of(mw_mining, get(ids.uptime));
    let ai_mwh = energy_of(mw_ai, get(ai.uptime));
    let costs_mining = mining_mwh * get(ids.other_costs);
    let costs_ai = ai_mwh * get(ai.costs_usd_per_mwh);
    let costs = costs_mining + costs_ai;
    let costs_home = costs * get(operator.costs_local_share);

    let usd_cost =
        costs + machines_abroad + duty + spares + site_yearly + interest + ai_yearly - ai_abroad;
    let profit = (mining_usd + ai_usd - usd_cost) * fx + emergency - bill - lost_tax - corrective;
    let tax = profit.max(0.0) * get(operator.income_tax);
    let after_tax = profit - tax;
    let dividends = after_tax.max(0.0) * get(operator.foreign_share) * get(operator.remitted);

    // Capacity, in four ways, in the first year.
    let capacity_cost =
        CapacityMode::ALL.map(|mode| capacity(inputs, values, mode, 0, &site, energy_kwh));
    let new_build = if choice.mode == CapacityMode::NewBuild { capacity_cost[3] } else { 0.0 };
    let plant_yearly = match choice.mode {
        CapacityMode::NewBuild => {
            new_plant_usd(inputs, values, &site) / get(inputs.capacity.new_build_life_years) * fx
        }
        _ => 0.0,
    };

    // Who bears what the bill does not cover.
    let payers = &inputs.payers;
    let margin = bill - supply_cost - new_build - emergency;
    let shortfall = (-margin).max(0.0);
    let to_state = shortfall * get(payers.shortfall_to_state);
    let to_consumers = (shortfall - to_state) * get(payers.rest_to_consumers);
    let relief = margin.max(0.0) * get(payers.gain_to_consumers);

    let repatriated = get(inputs.foreign.repatriated);
    let rest = mining_usd * (1.0 - repatriated) * fx;
    let held = get(inputs.foreign.held_of_rest);
    let export = get(ai.export_share);
    let mut flows = [0.0; FLOWS.len()];
    let mut flow = |kind: FlowKind, amount: f64| flows[kind as usize] = amount;
    flow(FlowKind::BitcoinSold, mining_usd * repatriated * fx);
    flow(FlowKind::BitcoinHeld, rest * held);
    flow(FlowKind::BitcoinAbroad, rest * (1.0 - held));
    flow(FlowKind::AiExported, ai_usd * export * fx);
    flow(FlowKind::AiAtHome, ai_usd * (1.0 - export) * fx);
    flow(FlowKind::EnergyCharge, energy_charge);
    flow(FlowKind::CapacityCharge, capacity_charge);
    flow(FlowKind::Adjustments, adjustments);
    flow(FlowKind::SalesTax, bill * get(terms.recoverable_tax));
    flow(FlowKind::SalesTaxBack, bill * get(terms.recoverable_tax));
    flow(FlowKind::LostTax, lost_tax);
    flow(FlowKind::CorrectiveTax, corrective);
    flow(FlowKind::Emergency, emergency);
    flow(FlowKind::EnergyPurchase, supply_cost);
    flow(FlowKind::NewCapacity, new_build);
    let plant_abroad = plant_yearly * get(inputs.capacity.new_build_import_share);
    flow(FlowKind::NewPlantAbroad, plant_abroad);
    let owners = (new_build - plant_yearly) * get(inputs.capacity.new_build_foreign_share);
    flow(FlowKind::NewPlantOwners, owners);
    flow(FlowKind::StateCovers, to_state);
    flow(FlowKind::ConsumersCover, to_consumers);
    flow(FlowKind::ConsumersRelieved, relief);
    flow(FlowKind::ImportedFuel, imported_fuel);
    flow(FlowKind::Machines, machines_abroad * fx);
    flow(FlowKind::Duty, duty * fx);
    flow(FlowKind::Spares, spares * fx);
    flow(FlowKind::SiteAbroad, site_abroad * fx);
    flow(FlowKind::CostsAbroad, (costs - costs_home) * fx);
    flow(FlowKind::Interest, interest * fx);
    flow(FlowKind::IncomeTax, tax);
    flow(FlowKind::Dividends, dividends);

    let lost_load = get(inputs.uses.lost_load_usd_per_kwh);
    let mut resources = [0.0; RESOURCES.len()];
    let mut resource = |kind: ResourceKind, amount: f64| resources[kind as usize] = amount;
    resource(ResourceKind::HomeFuel, -(supply_cost - imported_fuel));
    resource(ResourceKind::NewPlantHome, -(plant_yearly - plant_abroad));
    resource(ResourceKind::HomeCosts, -costs_home * fx);
    let home_capital = site_yearly - site_abroad + ai_yearly - ai_abroad;
    resource(ResourceKind::HomeCapital, -home_capital * fx);
    resource(ResourceKind::AiValue, ai_usd * (1.0 - export) * fx);
    resource(ResourceKind::LostLoad, -at_risk_kwh * lost_load * fx);
    resource(ResourceKind::Carbon, -marginal_t * get(inputs.carbon.usd_per_t) * fx);

    let rate = get(operator.discount_per_year);
    let dues = (bill + lost_tax + corrective) / fx;
    // Of no energy at all nobody pays for any.
    let dues_of = |mwh: f64| dues * if energy_kwh > 0.0 { mwh * 1e3 / energy_kwh } else { 0.0 };
    let mining = Part {
        energy_mwh: mining_mwh,
        gross: mining_usd,
        energy_cost: dues_of(mining_mwh),
        other_costs: costs_mining + spares,
        capital: machines * (1.0 + get(operator.import_duty)) * capital_recovery(rate, life)
            + mining_site * capital_recovery(rate, site_life),
        capital_abroad: machines / life + spares + site_abroad,
    };
    let rent = get(ai.usd_per_gpu_hour) * mean_rent(get(ai.decline_per_year), get(ai.life_years));
    let ai_part = Part {
        energy_mwh: ai_mwh,
        gross: gpu_hours * rent,
        energy_cost: dues_of(ai_mwh),
        other_costs: costs_ai,
        capital: gpu_capital * capital_recovery(rate, get(ai.life_years))
            + shell * capital_recovery(rate, site_life),
        capital_abroad: ai_abroad,
    };
    let carbon = &inputs.carbon;
    let others_w = own.as_th_s() * get(carbon.others_j_per_th) * get(carbon.displaced_share);
    Year {
        energy_kwh,
        capacity_factor: factor * load,
        bill,
        paid_per_kwh: if energy_kwh > 0.0 { bill / energy_kwh } else { 0.0 },
        supply_cost,
        imported_fuel,
        capacity_cost,
        flows,
        resources,
        profit_after_tax: after_tax,
        mining,
        ai: ai_part,
        gpus,
        btc,
        nameplate,
        stated_average_t: energy_kwh * get(ids.grid_g_per_kwh) / 1e6,
        average_t,
        marginal_t,
        embodied_t: th_s * get(carbon.embodied_kg_per_th) / 1e3 / life,
        displaced_t: others_w / 1e3 * YEAR_HOURS * get(carbon.others_g_per_kwh) / 1e6,
        months,
    }
}

/// The months' hours, energy, plants and prices.
fn served(inputs: &LedgerInputs, values: &[f64], choice: Choice, site: &Site) -> Vec<Month> {
    let get = |id: Id| values[id.0];
    let LedgerInputs { hours, supply, terms, losses, .. } = inputs;
    let fx = site.fx;
    let local = |price: Money| get(price.id) * if price.dollars { fx } else { 1.0 };
    let to_plant = 1.0 / (1.0 - get(losses.to_customer));
    let found = months(
        inputs.profile.as_ref(),
        Rule {
            case: choice.case,
            load_mw: site.power_mw * site.load * to_plant,
            availability_ratio: get(hours.availability_ratio),
            reserve_mw: get(hours.reserve_mw),
            most_curtailed_hours: get(hours.most_curtailed_hours),
        },
    );
    let costs = Costs {
        values,
        fx,
        fuel_ratio: get(supply.fuel_cost_ratio),
        deliverable: get(supply.deliverable_headroom),
    };
    let called = get(hours.emergency_hours) / YEAR_HOURS;
    found
        .into_iter()
        .enumerate()
        .map(|(m, hours_of)| {
            // Emergency calls come at any time; they stop what runs.
            let kept = choice.scale * (1.0 - called);
            let hours_of = MonthHours {
                served: hours_of.served * kept,
                at_risk: hours_of.at_risk * kept,
                curtailed: hours_of.curtailed + hours_of.served * (1.0 - kept),
                ..hours_of
            };
            let running = hours_of.served * site.load;
            let standby = hours_of.curtailed * get(hours.standby_share);
            let energy_kwh = site.power_mw * 1e3 * (running + standby);
            let mw = energy_kwh / 1e3 / MONTH_HOURS[m] * to_plant;
            let increment = increment(&inputs.plants, m, mw, &costs);
            let cost_per_kwh = (increment.fuel + local(inputs.prices.variable_om)) * to_plant;
            let time_of_use = hours_of.peak_share * get(terms.peak_ratio)
                + (1.0 - hours_of.peak_share) * get(terms.off_peak_ratio);
            let tier = tier_ratio(inputs, energy_kwh / 1e3);
            let paid_per_kwh = local(inputs.ids.tariff) * time_of_use * tier;
            Month { hours: hours_of, energy_kwh, increment, cost_per_kwh, paid_per_kwh }
        })
        .collect()
}

/// The mean price of a month's energy over the tariff, by tiers.
fn tier_ratio(inputs: &LedgerInputs, mwh: f64) -> f64 {
    if inputs.tiers.is_empty() || mwh <= 0.0 {
        return 1.0;
    }
    let first = inputs.tiers.first().map_or(mwh, |tier| tier.above_mwh_per_month);
    let mut paid = mwh.min(first);
    for (place, tier) in inputs.tiers.iter().enumerate() {
        let end = inputs.tiers.get(place + 1).map_or(f64::INFINITY, |t| t.above_mwh_per_month);
        paid += (mwh.min(end) - tier.above_mwh_per_month).max(0.0) * tier.price_ratio;
    }
    paid / mwh
}

/// Income once the network has taken the fleet in, its mean hashrate, and that with everything running.
fn mine(
    inputs: &LedgerInputs,
    values: &[f64],
    mw: f64,
    factor: f64,
) -> (crate::Income, Hashrate, Hashrate) {
    let get = |id: Id| values[id.0];
    let ids = &inputs.ids;
    let part = |id: Id| Fraction::new(get(id).clamp(0.0, 1.0)).unwrap_or(Fraction::ZERO);
    let efficiency = JoulesPerHash::from_j_per_th(get(ids.j_per_th));
    let pue = get(ids.pue);
    let nameplate = Watts::from_mw(mw) / pue / efficiency;
    let own = nameplate * (get(ids.uptime) * factor);
    let reward = Btc::from(subsidy(get(ids.height) as u32)) + Btc::from_btc(get(ids.fees_btc));
    let mining = Mining {
        others: Hashrate::from_eh_s(get(ids.network_eh)),
        own,
        displacement: part(ids.displacement),
        reward,
        price: UsdPerBtc::from_usd_per_btc(get(ids.price_usd)),
        payout: part(ids.pool_fee).complement() * part(ids.stale).complement(),
        efficiency,
        pue,
        energy_price: None,
    };
    (mining.after_retarget(), own, nameplate)
}

fn new_plant_usd(inputs: &LedgerInputs, values: &[f64], site: &Site) -> f64 {
    let get = |id: Id| values[id.0];
    let capacity = &inputs.capacity;
    let kw = site.power_mw * 1e3 / (1.0 - get(inputs.losses.to_customer));
    kw / get(capacity.new_build_availability) * get(capacity.new_build_usd_per_kw)
}

/// The year's value, or the last one that is given.
fn of_year(ids: &[Id], values: &[f64], year: usize) -> f64 {
    ids.get(year).or(ids.last()).map_or(1.0, |id| values[id.0])
}

/// What capacity costs the site in a year, in one mode.
fn capacity(
    inputs: &LedgerInputs,
    values: &[f64],
    mode: CapacityMode,
    year: usize,
    site: &Site,
    energy_kwh: f64,
) -> f64 {
    let get = |id: Id| values[id.0];
    let local = |price: Money| get(price.id) * if price.dollars { site.fx } else { 1.0 };
    let in_force = of_year(&inputs.in_force, values, year);
    let average = energy_kwh * local(inputs.prices.capacity_average) * in_force;
    match mode {
        CapacityMode::Sunk => average * (1.0 - of_year(&inputs.take_or_pay, values, year)),
        CapacityMode::Average => average,
        CapacityMode::LoadFactorShare => {
            let kw = energy_kwh / YEAR_HOURS / (1.0 - get(inputs.losses.to_customer));
            kw * local(inputs.prices.capacity_payment) * 12.0 * in_force
        }
        CapacityMode::NewBuild => {
            let rate = get(inputs.operator.discount_per_year);
            let years = get(inputs.capacity.new_build_life_years);
            new_plant_usd(inputs, values, site) * capital_recovery(rate, years) * site.fx
        }
    }
}

/// By year from the first: what is in force, what of it is due anyway, and the cost in each mode.
pub(super) fn capacity_by_year(
    inputs: &LedgerInputs,
    values: &[f64],
    energy_kwh: f64,
    year: usize,
) -> (f64, f64, [f64; 4]) {
    let (power_mw, fx) = (values[inputs.ids.power_mw.0], values[inputs.ids.fx.0]);
    let site = Site { power_mw, load: 1.0, fx };
    let cost = |mode| capacity(inputs, values, mode, year, &site, energy_kwh);
    let due = of_year(&inputs.take_or_pay, values, year);
    (of_year(&inputs.in_force, values, year), due, CapacityMode::ALL.map(cost))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annuities_and_rents() {
        assert!((capital_recovery(0.10, 10.0) - 0.162_745_39).abs() < 1e-8);
        assert_eq!(capital_recovery(0.0, 4.0), 0.25);
        assert_eq!(mean_rent(0.0, 5.0), 1.0);
        // A half each year: from 1 to 1/2 the mean is 1/(2 ln 2).
        assert!((mean_rent(0.5, 1.0) - 0.5 / std::f64::consts::LN_2).abs() < 1e-12);
    }
}
