//! The size of the budget and its break-even points, as rows.

use super::tidy;
use hashwatt::econ::{BreakEvenPoints, BreakEvens, EconError, Scale, ScalePoint};
use hashwatt::text::Sheet;
use hashwatt::units::{EnergyPrice, JoulesPerHash, UsdPerBtc, UsdRate, Watts};
use serde::Serialize;
use std::fmt;

/// Points of the curve from nothing to twice the budget.
const POINTS: usize = 21;

/// Where income equals cost, each point with all else as it is; null is never, or not known.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BreakEvenRow {
    /// Whether the difficulty has answered the fleet.
    pub after_retarget: bool,
    /// `energy_only`, `cash_costs` or `with_capital`.
    pub basis: &'static str,
    /// The energy price; negative where not even free energy pays.
    pub tariff_usd_per_kwh: Option<f64>,
    /// The bitcoin price.
    pub price_usd_per_btc: Option<f64>,
    /// The difficulty.
    pub difficulty: Option<f64>,
    /// Energy per hash at the machine, of the same hashrate.
    pub efficiency_j_per_th: Option<f64>,
    /// The part of the year that has to run; above 1 all hours are too few.
    pub capacity_factor: Option<f64>,
}

/// A size of the budget, after the retarget.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ScaleRow {
    /// Power that mines, MW.
    pub power_mw: f64,
    /// What it earns, BTC a day.
    pub btc_per_day: f64,
    /// Income less energy, USD a day.
    pub profit_usd_per_day: Option<f64>,
    /// What the next MW earns, BTC a day.
    pub next_mw_btc_per_day: f64,
    /// What the next MW earns less its energy, USD a day.
    pub next_mw_profit_usd_per_day: Option<f64>,
}

/// The next megawatt against one reference cost.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FiscalRow {
    /// The reference.
    pub reference: String,
    /// Tariff less reference for a year of one MW, in `currency`.
    pub next_mw_per_year: f64,
    /// ISO 4217.
    pub currency: String,
}

/// What the size of the budget itself does.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ScaleReport {
    /// At the budget itself.
    pub at_budget: ScaleRow,
    /// The power of the most profit, MW; null without a tariff, or where every MW earns its energy.
    pub profit_maximising_mw: Option<f64>,
    /// The power at which all income goes to energy, MW.
    pub zero_profit_mw: Option<f64>,
    /// The next MW against each reference cost.
    pub fiscal: Vec<FiscalRow>,
    /// From nothing to twice the budget.
    pub curve: Vec<ScaleRow>,
}

impl From<&BreakEvenPoints> for BreakEvenRow {
    fn from(points: &BreakEvenPoints) -> Self {
        Self {
            after_retarget: points.after_retarget,
            basis: points.basis.name(),
            tariff_usd_per_kwh: points.tariff.map(EnergyPrice::as_usd_per_kwh).map(tidy),
            price_usd_per_btc: points.price.map(UsdPerBtc::as_usd_per_btc).map(tidy),
            difficulty: points.difficulty.map(|difficulty| tidy(difficulty.value())),
            efficiency_j_per_th: points.efficiency.map(JoulesPerHash::as_j_per_th).map(tidy),
            capacity_factor: points.capacity_factor.map(tidy),
        }
    }
}

impl From<&ScalePoint> for ScaleRow {
    fn from(point: &ScalePoint) -> Self {
        Self {
            power_mw: tidy(point.power.as_mw()),
            btc_per_day: tidy(point.btc.as_btc_per_day()),
            profit_usd_per_day: point.profit.map(UsdRate::as_usd_per_day).map(tidy),
            next_mw_btc_per_day: tidy(point.marginal_btc.as_btc_per_day()),
            next_mw_profit_usd_per_day: point
                .marginal_profit
                .map(UsdRate::as_usd_per_day)
                .map(tidy),
        }
    }
}

impl ScaleReport {
    /// Of a budget, at its size.
    ///
    /// # Errors
    /// Where the tariff cannot be put into a reference's currency.
    pub fn of(scale: &Scale, budget: Watts) -> Result<Self, EconError> {
        let mw = |power: Option<Watts>| power.map(Watts::as_mw).map(tidy);
        let fiscal = scale.fiscal_values()?.into_iter().map(|value| FiscalRow {
            reference: value.reference,
            next_mw_per_year: tidy(value.per_mw_year.amount()),
            currency: value.per_mw_year.currency().to_string(),
        });
        Ok(Self {
            at_budget: (&scale.at(budget)).into(),
            profit_maximising_mw: mw(scale.profit_maximising()),
            zero_profit_mw: mw(scale.zero_profit()),
            fiscal: fiscal.collect(),
            curve: scale.curve(POINTS).iter().map(Into::into).collect(),
        })
    }

    pub(super) fn write(&self, sheet: &mut Sheet<'_, '_>) -> fmt::Result {
        sheet.title("The size of the budget, after the retarget")?;
        sheet.row("The next MW", self.at_budget.next_mw_btc_per_day, 5, "BTC/day")?;
        if let Some(profit) = self.at_budget.next_mw_profit_usd_per_day {
            sheet.row("", profit, 0, "USD/day, energy paid")?;
        }
        if let Some(mw) = self.profit_maximising_mw {
            sheet.row("Most profit at", mw, 0, "MW")?;
        }
        if let Some(mw) = self.zero_profit_mw {
            sheet.row("No profit at", mw, 0, "MW")?;
        }
        Ok(())
    }
}

/// Break-even points in columns: the three bases after the retarget.
pub(super) fn write_break_evens(
    rows: &[BreakEvenRow],
    missing: Option<&String>,
    sheet: &mut Sheet<'_, '_>,
) -> fmt::Result {
    let of = |basis: &str| rows.iter().find(|row| row.after_retarget && row.basis == basis);
    let (Some(cash), Some(capital)) = (of("cash_costs"), of("with_capital")) else { return Ok(()) };
    sheet.title("Break-even after the retarget")?;
    let tera = |row: &BreakEvenRow| row.difficulty.map(|difficulty| difficulty / 1e12);
    let rows = [
        ("Tariff", cash.tariff_usd_per_kwh, capital.tariff_usd_per_kwh, 5, "USD/kWh"),
        ("Price", cash.price_usd_per_btc, capital.price_usd_per_btc, 0, "USD/BTC"),
        ("Difficulty", tera(cash), tera(capital), 3, "T"),
        ("Efficiency", cash.efficiency_j_per_th, capital.efficiency_j_per_th, 3, "J/TH"),
        ("Capacity factor", cash.capacity_factor, capital.capacity_factor, 3, ""),
    ];
    if let Some(missing) = missing {
        sheet.columns("", "cash costs", "")?;
        for (label, cash, _, decimals, unit) in rows {
            sheet.one_or_never(label, cash, decimals, unit)?;
        }
        return sheet.note(&format!("not with capital; {missing}"));
    }
    sheet.columns("", "cash costs", "with capital")?;
    rows.into_iter().try_for_each(|(label, cash, capital, decimals, unit)| {
        sheet.pair_or_never(label, cash, capital, decimals, unit)
    })
}

impl super::EstimateReport {
    /// With what the budget's size does, and its break-even points three ways.
    ///
    /// # Errors
    /// Where the tariff cannot be put into a reference's currency.
    pub fn with_scale(
        mut self,
        scale: &Scale,
        points: &BreakEvens,
        budget: Watts,
    ) -> Result<Self, EconError> {
        self.scale = Some(ScaleReport::of(scale, budget)?);
        self.break_evens = points.points.iter().map(Into::into).collect();
        self.break_even_capital_missing.clone_from(&points.capital_missing);
        Ok(self)
    }
}
