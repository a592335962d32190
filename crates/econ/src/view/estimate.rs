//! The estimate: the steady year before and after the retarget (M33).

use super::size::SiteSizing;
use super::solve::BreakEvenCase;
use super::table::{FigureTable, GridRow, Layout, Section};
use crate::account::capacity::capital_recovery;
use crate::currency::Currency;
use crate::engine::{Inputs, SteadyState, SteadyYear, steady};
use crate::params::{Denomination, ParamId, Table};
use crate::result::{
    Basis, Figure, Missing, MissingInputs, Moment, Outcome, ReferencePrice, Stage, Value, Variable,
};
use crate::{EconError, YEAR_S};

const YEAR_DAYS: f64 = 365.0;

/// The inputs of an estimate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EstimateInputs<'a> {
    pub table: &'a Table,
    pub ids: &'a Inputs<ParamId>,
    pub inputs: &'a Inputs,
    pub references: &'a [ReferencePrice],
    pub currency: Currency,
    /// Use of a household, kWh per month; `None` if not known.
    pub household_kwh: Option<f64>,
}

/// A steady year with intermediate results; amounts in USD per day.
struct SteadyDay<'a> {
    of: EstimateInputs<'a>,
    year: SteadyYear,
    sizing: SiteSizing,
    machines: f64,
    sites: f64,
}

/// The figures of the steady year.
///
/// # Errors
/// As [`steady`].
pub(crate) fn estimate(of: EstimateInputs) -> Result<Outcome, EconError> {
    let year = steady(of.inputs)?;
    let (machines, sites) = annuities(of.inputs, &year);
    let rates = &year.after.rates;
    let own = rates.hash / 1e18;
    let cost = if own > 0.0 { running_costs(&year.after) / own } else { 0.0 };
    let sizing = SiteSizing {
        block_value: year.daily_block_value(),
        others: year.others / 1e18,
        displacement: year.displacement,
        cost,
    };
    let day = SteadyDay { of, year, sizing, machines, sites };
    let missing_inputs = MissingInputs::new(of.ids, of.table, None);
    let mut figures = Vec::new();
    let mut put = |figure: Figure, value: Option<f64>| {
        let value = match (missing_inputs.for_figure(figure), value) {
            (Some(missing), _) => Err(missing),
            (None, None) => Err(Missing { keys: Vec::new() }),
            (None, Some(base)) => {
                Ok(Value { unit: figure.unit(of.currency), base, band: None, positive: None })
            }
        };
        figures.push((figure, value));
    };
    for &moment in Moment::ALL {
        put(Figure::Moment(moment), day.moment(moment));
    }
    for stage in Stage::ALL {
        let case = day.break_even(stage);
        for basis in Basis::ALL {
            for variable in Variable::ALL {
                let figure = Figure::BreakEven(variable, basis, stage);
                put(figure, case.solve(variable, basis));
            }
        }
    }
    for place in 0..of.references.len() {
        for in_ in [Denomination::Usd, Denomination::Local] {
            let figure = Figure::SteadySubsidy(place as u8, in_);
            put(figure, Some(day.subsidy(&of.references[place], in_)));
        }
    }
    for (figure, value) in &figures {
        if let Ok(value) = value
            && !value.base.is_finite()
        {
            return Err(EconError::Overflow(overflowing(*figure)));
        }
    }
    Ok(Outcome::new(figures, (0, 0, 0)))
}

fn overflowing(figure: Figure) -> &'static str {
    match figure {
        Figure::Moment(moment) => moment.key(),
        Figure::BreakEven(variable, ..) => variable.key(),
        _ => "a subsidy",
    }
}

/// All running costs on one side of the retarget, USD per day.
fn running_costs(state: &SteadyState) -> f64 {
    energy_cost(state) + other_costs(state)
}

fn energy_cost(state: &SteadyState) -> f64 {
    // The cost of contracted power less the proceeds of its sale.
    (state.rates.energy + state.rates.contract - state.rates.resold) * 24.0
}

fn other_costs(state: &SteadyState) -> f64 {
    let rates = &state.rates;
    let paid = rates.adjustments + rates.levy + rates.peak + rates.unrecoverable + rates.other;
    (paid - rates.ancillary - rates.emergency_pay) * 24.0
}

/// Annuities over their lifetimes (CRF) of machines with duty and of sites, USD per day; without resale.
fn annuities(inputs: &Inputs, year: &SteadyYear) -> (f64, f64) {
    let rate = inputs.money.discount;
    let all: f64 = inputs.lots.iter().map(|lot| lot.mw).sum();
    let part = if all > 0.0 { year.mining_mw / all } else { 0.0 };
    let lot = |lot: &crate::engine::Lot| {
        let pue = inputs.sites[lot.site].pue;
        let th_s = lot.mw * 1e6 / (lot.j_per_th * pue);
        let life = lot.life / YEAR_S;
        th_s * lot.price * (1.0 + lot.duty) * capital_recovery(rate, life)
    };
    let machines: f64 = inputs.lots.iter().map(lot).sum::<f64>() * part;
    let site = |(place, site): (usize, &crate::engine::Site)| {
        let own = inputs.lots.iter().filter(|lot| lot.site == place).map(|lot| lot.mw);
        let limit =
            site.power_mw.unwrap_or(f64::INFINITY).min(site.grid_mw.unwrap_or(f64::INFINITY));
        (own.sum::<f64>() * part).min(limit) * site.infrastructure
    };
    let sites: f64 = inputs.sites.iter().enumerate().map(site).sum();
    let yearly = sites * capital_recovery(rate, inputs.operator.site_life);
    (machines / YEAR_DAYS, yearly / YEAR_DAYS)
}

impl SteadyDay<'_> {
    fn state(&self, stage: Stage) -> &SteadyState {
        match stage {
            Stage::Before => &self.year.before,
            Stage::After => &self.year.after,
        }
    }

    fn revenue(&self, stage: Stage) -> f64 {
        self.year.btc_per_day(self.state(stage)) * self.year.price
    }

    /// MW of machines per average EH/s.
    fn mw_per_eh(&self) -> Option<f64> {
        let own = self.year.after.rates.hash / 1e18;
        (own > 0.0).then(|| self.year.mining_mw / own)
    }

    fn moment(&self, moment: Moment) -> Option<f64> {
        let (year, inputs) = (&self.year, self.of.inputs);
        let (before, after) = (&year.before, &year.after);
        let rates = &after.rates;
        let mwh = rates.load() * 24.0;
        let own = rates.hash / 1e18;
        let quoted = |state: &SteadyState| state.usd_per_hash * 1e15 * 86_400.0;
        Some(match moment {
            Moment::Power => contracted(inputs),
            Moment::MiningPower => year.mining_mw,
            Moment::Nameplate => year.nameplate / 1e18,
            Moment::Average => own,
            Moment::CapacityFactor if year.nameplate > 0.0 => rates.hash / year.nameplate,
            Moment::CapacityFactor => return None,
            Moment::EnergyPerDay => mwh,
            Moment::EnergyPerYear => mwh * YEAR_DAYS / 1e6,
            Moment::TariffUsd if mwh > 0.0 => energy_cost(after) / mwh / 1e3,
            Moment::TariffUsd => return None,
            Moment::EnergyCost => energy_cost(after),
            Moment::RunningCost => running_costs(after),
            Moment::NetworkBefore => before.network / 1e18,
            Moment::NetworkAfter => after.network / 1e18,
            Moment::DifficultyBefore => before.difficulty,
            Moment::DifficultyAfter => after.difficulty,
            Moment::Share => crate::network::share(year.others, rates.hash, year.displacement),
            Moment::BtcBefore => year.btc_per_day(before),
            Moment::BtcAfter => year.btc_per_day(after),
            Moment::RevenueBefore => self.revenue(Stage::Before),
            Moment::RevenueAfter => self.revenue(Stage::After),
            Moment::HashpriceBefore => quoted(before),
            Moment::HashpriceAfter => quoted(after),
            Moment::MarginBefore => self.revenue(Stage::Before) - energy_cost(before),
            Moment::MarginAfter => self.revenue(Stage::After) - energy_cost(after),
            Moment::CashMarginBefore => self.revenue(Stage::Before) - running_costs(before),
            Moment::CashMarginAfter => self.revenue(Stage::After) - running_costs(after),
            Moment::ProfitMaximising => self.sizing.profit_maximising()? * self.mw_per_eh()?,
            Moment::ZeroProfit => self.sizing.zero_profit()? * self.mw_per_eh()?,
            Moment::NextMwBtc => {
                self.sizing.slope(own) * self.sizing.block_value / year.price / self.mw_per_eh()?
            }
            Moment::NextMwProfit => {
                let gain = self.sizing.slope(own) * self.sizing.block_value - self.sizing.cost;
                gain / self.mw_per_eh()?
            }
            Moment::AverageCarbon => {
                let at_plant = mwh * YEAR_DAYS / (1.0 - inputs.supply.losses);
                at_plant * inputs.externalities.grid_average / 1e3
            }
            Moment::MarginalCarbon => rates.tonnes * 24.0 * YEAR_DAYS,
            Moment::DisplacedCarbon => {
                let given = &inputs.externalities;
                let pushed = (year.displacement * rates.hash).min(year.others);
                let joules = pushed * 86_400.0 * YEAR_DAYS * given.others_j_per_th * 1e-12;
                joules / 3.6e9 * given.others_g_per_kwh / 1e3
            }
            Moment::Households => {
                mwh * YEAR_DAYS * 1e3 / (self.of.household_kwh.filter(|kwh| *kwh > 0.0)? * 12.0)
            }
        })
    }

    fn break_even(&self, stage: Stage) -> BreakEvenCase {
        let state = self.state(stage);
        let inputs = self.of.inputs;
        let own = state.rates.hash / 1e18;
        // Energy per hash at the machine: power of all lots without overhead, divided by their hashrate.
        let watts: f64 =
            inputs.lots.iter().map(|lot| lot.mw * 1e6 / inputs.sites[lot.site].pue).sum();
        let th_s: f64 = inputs
            .lots
            .iter()
            .map(|lot| lot.mw * 1e6 / (lot.j_per_th * inputs.sites[lot.site].pue))
            .sum();
        BreakEvenCase {
            stage,
            revenue: self.revenue(stage),
            energy: energy_cost(state),
            mwh: state.rates.load() * 24.0,
            other: other_costs(state),
            machines: self.machines,
            sites: self.sites,
            difficulty: state.difficulty,
            price: self.year.price,
            efficiency: watts / th_s,
            own,
            nameplate: self.year.nameplate / 1e18,
            sizing: self.sizing,
        }
    }

    /// Subsidy of a year against a reference at day-one prices (M31).
    fn subsidy(&self, reference: &ReferencePrice, of: Denomination) -> f64 {
        let inputs = self.of.inputs;
        let rates = &self.year.after.rates;
        let kwh = rates.load() * 24.0 * YEAR_DAYS * 1e3;
        let rate = inputs.money.exchange_rate;
        let to_usd = match reference.price.denomination {
            Denomination::Usd => 1.0,
            Denomination::Local => 1.0 / rate,
        };
        let charges: f64 = inputs
            .sites
            .iter()
            .map(|site| {
                let per_kw = site.capacity_charge;
                let usd = match per_kw.denomination {
                    Denomination::Usd => per_kw.value,
                    Denomination::Local => per_kw.value / rate,
                };
                usd * 12.0 * 1e3 * site.power_mw.unwrap_or(self.year.mining_mw)
            })
            .sum();
        let running = rates.energy + rates.adjustments + rates.peak + rates.contract - rates.resold;
        let bill = running * 24.0 * YEAR_DAYS + charges;
        let usd = reference.price.value * to_usd / (1.0 - reference.loss) * kwh - bill;
        if of == Denomination::Usd { usd } else { usd * rate }
    }
}

fn contracted(inputs: &Inputs) -> f64 {
    let site = |(place, site): (usize, &crate::engine::Site)| {
        let lots = inputs.lots.iter().filter(|lot| lot.site == place).map(|lot| lot.mw);
        site.power_mw.unwrap_or_else(|| lots.sum())
    };
    inputs.sites.iter().enumerate().map(site).sum()
}

/// The tables of an estimate; `references` are the names of the reference prices.
pub fn tables(references: &[String], money: Denomination) -> Vec<FigureTable> {
    use Moment::*;
    let moments = |of: &[Moment]| of.iter().copied().map(Figure::Moment).collect::<Vec<_>>();
    let mut tables = vec![
        FigureTable::list(
            "site",
            "The site in a steady year",
            moments(&[Power, Average, Share, EnergyPerYear, TariffUsd, EnergyCost, RunningCost]),
        ),
        FigureTable::list(
            "machines",
            "The machines in a steady year",
            moments(&[MiningPower, Nameplate, CapacityFactor, EnergyPerDay]),
        )
        .within(Section::Rest),
        FigureTable::new(
            "retarget",
            "Before and after the retarget",
            Layout::Grid {
                columns: Stage::ALL.map(|stage| stage.key().to_owned()).to_vec(),
                rows: [
                    ("Network, EH/s", NetworkBefore, NetworkAfter),
                    ("Difficulty", DifficultyBefore, DifficultyAfter),
                    ("Bitcoin per day", BtcBefore, BtcAfter),
                    ("Revenue, USD per day", RevenueBefore, RevenueAfter),
                    ("Hashprice, USD/PH/day", HashpriceBefore, HashpriceAfter),
                    ("Revenue less energy cost, USD per day", MarginBefore, MarginAfter),
                    (
                        "Revenue less all running costs, USD per day",
                        CashMarginBefore,
                        CashMarginAfter,
                    ),
                ]
                .map(|(label, before, after)| GridRow {
                    label: label.to_owned(),
                    figures: moments(&[before, after]),
                })
                .to_vec(),
            },
        ),
        break_evens(),
        FigureTable::list(
            "scale",
            "Scale of the site, after the retarget",
            moments(&[NextMwBtc, NextMwProfit, ProfitMaximising, ZeroProfit]),
        )
        .with_note("All running costs are included.")
        .within(Section::Rest),
    ];
    if !references.is_empty() {
        let row = |(place, name): (usize, &String)| {
            (name.clone(), Figure::SteadySubsidy(place as u8, money))
        };
        tables.push(
            FigureTable::labelled(
                "subsidies",
                "Yearly subsidy against each reference (negative: the bill is above the reference)",
                references.iter().enumerate().map(row),
            )
            .with_note("The reference price at the customer's meter less the bill before taxes.")
            .within(Section::Rest),
        );
    }
    let other = moments(&[AverageCarbon, MarginalCarbon, DisplacedCarbon, Households]);
    tables.push(FigureTable::list("beside", "Other effects", other).within(Section::Rest));
    tables
}

/// The break-even table: a row for each variable, a column for each basis and side of the retarget.
fn break_evens() -> FigureTable {
    let columns: Vec<(Stage, Basis)> =
        Stage::ALL.into_iter().flat_map(|stage| Basis::ALL.map(|basis| (stage, basis))).collect();
    let row = |variable: Variable| GridRow {
        label: variable.text().to_owned(),
        figures: columns
            .iter()
            .map(|(stage, basis)| Figure::BreakEven(variable, *basis, *stage))
            .collect(),
    };
    let layout = Layout::Grid {
        columns: columns.iter().map(|(s, b)| format!("{}, {}", b.text(), s.key())).collect(),
        rows: Variable::ALL.map(row).to_vec(),
    };
    FigureTable::new(
        "break_even",
        "Break-even values, each with all other inputs unchanged",
        layout,
    )
    .with_note("With capital: annuities of machines with duty and of the site.")
}
