//! A scenario that is ready to run, from which all views are made.

use super::estimate::{EstimateInputs, estimate};
use super::sensitivity::{Sensitivity, sensitivity};
use super::switching_value::{FigureSwitchingValues, switching_values};
use super::table::FigureTable;
use super::tariff::{TariffCurve, tariff_curve};
use super::{estimate as estimate_view, ledger, projection};
use crate::EconError;
use crate::currency::Currency;
use crate::engine::{
    AiBlock, Calendar, CapacityMode, Dispatch, Engine, HoursCase, Inputs, SimulatedPath,
};
use crate::network::{
    Driver, HashrateSource, MarketDrivers, PathOf, PathQuantity, PathSource, ResidualModel,
    StepPath,
};
use crate::params::{Ai, Denomination, ParamId, Table};
use crate::result::{Basis, Figure, Outcome, Stage, UseIds, Variable};
use crate::scenario::{self, MeteringPoint, Resolved};
use crate::simulate::{Draws, MeteringLocation, Paths, Probe, Progress, ReferenceIds, Simulation};
use std::fmt;

/// A resolved scenario with its engine.
#[derive(Clone, Debug)]
pub struct Study {
    resolved: Resolved,
    /// The parameters with all tariffs fixed: a tariff is a decision and is not drawn.
    fixed_tariffs: Table,
    references: Vec<ReferenceIds>,
    uses: UseIds,
    engine: Engine,
    noise: ResidualModel,
}

/// The scenario with one choice changed.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScenarioVariant {
    /// The dispatch rule.
    Dispatch(Dispatch),
    /// Operation while the power system is short.
    Hours(HoursCase),
    /// The attribution of capacity payments.
    Capacity(CapacityMode),
    /// Percentage of the power that is used for mining; the rest serves AI.
    MiningShare(u8),
}

impl ScenarioVariant {
    /// The key in machine-readable output.
    pub fn key(self) -> String {
        let key = match self {
            Self::MiningShare(percent) => return format!("mining_share.{percent}"),
            Self::Dispatch(Dispatch::Responsive) => "dispatch.responsive",
            Self::Dispatch(Dispatch::MustRun) => "dispatch.must_run",
            Self::Hours(HoursCase::Firm) => "hours.firm",
            Self::Hours(HoursCase::Interruptible) => "hours.interruptible",
            Self::Hours(HoursCase::SurplusOnly) => "hours.surplus_only",
            Self::Capacity(CapacityMode::Sunk) => "capacity.sunk",
            Self::Capacity(CapacityMode::LoadFactorShare) => "capacity.load_factor_share",
            Self::Capacity(CapacityMode::Average) => "capacity.average",
            Self::Capacity(CapacityMode::NewBuild) => "capacity.new_build",
        };
        key.to_owned()
    }

    /// Applies the choice to the inputs; `ai` are the parameters of AI.
    fn apply(self, inputs: &mut Inputs, ai: Ai) {
        match self {
            Self::Dispatch(dispatch) => {
                for site in &mut inputs.sites {
                    site.dispatch = dispatch;
                }
            }
            Self::Hours(case) => inputs.case = case,
            Self::Capacity(mode) => {
                if let Some(capacity) = &mut inputs.capacity {
                    capacity.mode = mode;
                }
            }
            Self::MiningShare(percent) => {
                let mining: f64 = inputs.lots.iter().map(|lot| lot.mw).sum();
                let all = mining + inputs.ai.as_ref().map_or(0.0, |ai| ai.mw);
                let share = f64::from(percent) / 100.0;
                for lot in &mut inputs.lots {
                    lot.mw *= if mining > 0.0 { all * share / mining } else { 0.0 };
                }
                let mw = all * (1.0 - share);
                inputs.ai = (mw > 0.0).then_some(AiBlock { site: 0, mw, terms: ai });
            }
        }
    }
}

impl fmt::Display for ScenarioVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MiningShare(percent) => {
                return write!(f, "{percent} % of the power for mining, the rest for AI");
            }
            Self::Dispatch(Dispatch::Responsive) => "Runs in profitable hours",
            Self::Dispatch(Dispatch::MustRun) => "Runs in all hours",
            Self::Hours(HoursCase::Firm) => "Firm: runs while the system is short",
            Self::Hours(HoursCase::Interruptible) => "Interruptible: curtailed within its contract",
            Self::Hours(HoursCase::SurplusOnly) => "Surplus only: uses surplus power",
            Self::Capacity(CapacityMode::Sunk) => "Capacity: only costs that are not take-or-pay",
            Self::Capacity(CapacityMode::LoadFactorShare) => "Capacity: the load's share",
            Self::Capacity(CapacityMode::Average) => "Capacity: the average per kWh",
            Self::Capacity(CapacityMode::NewBuild) => "Capacity: new plants",
        })
    }
}

fn drivers(resolved: &Resolved) -> Result<MarketDrivers, EconError> {
    let start = resolved.inputs.start;
    let path = |series: &scenario::DatedSeries, of| StepPath::from_days(of, start, &series.rows);
    let market = &resolved.market;
    let driver =
        |series: &Option<scenario::DatedSeries>, of| -> Result<Driver<PathSource>, EconError> {
            let source = match series {
                Some(series) => PathSource::Path(path(series, of)?),
                None => PathSource::Endogenous,
            };
            Ok(Driver { source, noise: true })
        };
    let others = match &market.others {
        None => HashrateSource::Endogenous,
        Some(given) => HashrateSource::Path {
            path: path(&given.series, PathQuantity::Hashrate)?,
            of: match given.of {
                scenario::HashrateScope::Others => PathOf::Others,
                scenario::HashrateScope::All => PathOf::All,
            },
        },
    };
    Ok(MarketDrivers {
        price: driver(&market.price, PathQuantity::Price)?,
        fees: driver(&market.fees, PathQuantity::Fees)?,
        others: Driver { source: others, noise: true },
    })
}

impl Study {
    /// Prepares a resolved scenario.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn new(resolved: Resolved) -> Result<Self, EconError> {
        let references = resolved.references.iter().map(|reference| ReferenceIds {
            price: reference.price,
            metered: match (reference.loss, reference.metering_point) {
                (Some(own), _) => MeteringLocation::With(own),
                (None, MeteringPoint::Generator) => MeteringLocation::Generator,
                (None, MeteringPoint::DistributionPurchase) => {
                    MeteringLocation::DistributionPurchase
                }
                (None, MeteringPoint::Consumer) => MeteringLocation::Consumer,
            },
        });
        let references = references.collect();
        let noise = match resolved.market.noise {
            scenario::NoiseModel::Residual => ResidualModel::Bootstrap,
            scenario::NoiseModel::Parametric => ResidualModel::Parametric,
            scenario::NoiseModel::None => ResidualModel::None,
        };
        let inputs = &resolved.inputs;
        let engine = Engine::new(inputs.start, inputs.years, drivers(&resolved)?)?;
        let uses = UseIds {
            industry_tariff: resolved.uses.industry_tariff,
            household_tariff: resolved.uses.household_tariff,
            terms: resolved.uses.terms,
        };
        let tariffs: Vec<ParamId> = inputs.sites.iter().map(|site| site.tariff.value).collect();
        let fixed_tariffs = resolved.table.held(&tariffs);
        Ok(Self { references, uses, engine, noise, fixed_tariffs, resolved })
    }

    /// The resolved scenario.
    pub fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// The months and years of its accounts.
    pub fn calendar(&self) -> &Calendar {
        self.engine.calendar()
    }

    /// The currency of a ledger: local if the scenario has a local currency, else US dollars.
    pub fn money(&self) -> Denomination {
        match self.resolved.currency == Currency::USD {
            true => Denomination::Usd,
            false => Denomination::Local,
        }
    }

    fn simulation(&self) -> Simulation<'_> {
        Simulation {
            table: &self.resolved.table,
            inputs: &self.resolved.inputs,
            references: &self.references,
            uses: Some(&self.uses),
            change: None,
            currency: self.resolved.currency,
            noise: self.noise,
        }
    }

    /// The inputs with the base values of all parameters.
    pub fn inputs(&self) -> Inputs {
        self.resolved.inputs.at(&self.resolved.table.values())
    }

    /// Computes the steady year before and after the retarget.
    ///
    /// # Errors
    /// As [`steady`](crate::engine::steady).
    pub fn estimate(&self) -> Result<Outcome, EconError> {
        let Resolved { table, inputs: ids, currency, .. } = &self.resolved;
        let values = table.values();
        let inputs = ids.at(&values);
        let references: Vec<_> =
            self.references.iter().map(|reference| reference.at(&values, &inputs)).collect();
        let household = table.get(self.resolved.uses.terms.household_use);
        estimate(EstimateInputs {
            table,
            ids,
            inputs: &inputs,
            references: &references,
            currency: *currency,
            household_kwh: (!household.missing).then_some(household.value),
        })
    }

    /// The simulation with tariffs fixed at their base values.
    fn with_fixed_tariffs(&self) -> Simulation<'_> {
        Simulation { table: &self.fixed_tariffs, ..self.simulation() }
    }

    /// Simulates base values and bands over paths. A tariff is a decision and fixed at its base value even if
    /// it has a range; [`Study::switching_values`], [`Study::sensitivity`] and [`Study::tariff_curve`] vary
    /// it.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn simulate(&self, paths: Paths, watch: Progress) -> Result<Outcome, EconError> {
        self.engine.simulate(&self.with_fixed_tariffs(), paths, watch)
    }

    /// Values of some figures for each path, with the same draws as [`Study::simulate`]; empty if stopped
    /// before all paths were done.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn draws(
        &self,
        figures: &[Figure],
        paths: Paths,
        watch: Progress,
    ) -> Result<Draws, EconError> {
        self.engine.draws(&self.with_fixed_tariffs(), figures, paths, watch)
    }

    /// Results of the parties at other tariffs; `None` if there is no tariff or no result depends on it.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn tariff_curve(
        &self,
        paths: Paths,
        watch: Progress,
    ) -> Result<Option<TariffCurve>, EconError> {
        let break_even = Figure::BreakEven(Variable::Tariff, Basis::CashCosts, Stage::After);
        let break_even = self.estimate()?.base(break_even);
        tariff_curve(&self.engine, &self.with_fixed_tariffs(), break_even, paths, watch)
    }

    /// The base path with all dated flows.
    ///
    /// # Errors
    /// As [`Engine::base`].
    pub fn base(&self) -> Result<SimulatedPath, EconError> {
        self.engine.base(&self.inputs())
    }

    /// Base results with one choice changed, for each choice that the scenario has.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn variants(&self) -> Result<Vec<(ScenarioVariant, Outcome)>, EconError> {
        let mut variants = vec![
            ScenarioVariant::Dispatch(Dispatch::Responsive),
            ScenarioVariant::Dispatch(Dispatch::MustRun),
        ];
        let inputs = &self.resolved.inputs;
        if inputs.sites.iter().any(|site| site.hours.knows_system()) {
            let cases = [HoursCase::Firm, HoursCase::Interruptible, HoursCase::SurplusOnly];
            variants.extend(cases.map(ScenarioVariant::Hours));
        }
        if inputs.capacity.is_some() {
            let modes = [
                CapacityMode::Sunk,
                CapacityMode::LoadFactorShare,
                CapacityMode::Average,
                CapacityMode::NewBuild,
            ];
            variants.extend(modes.map(ScenarioVariant::Capacity));
        }
        let ai = &self.resolved.uses.ai;
        let mut missing = false;
        ai.map(|id| missing |= self.resolved.table.get(id).missing);
        if !missing && inputs.sites.len() == 1 && inputs.lease.is_none() {
            variants.extend([100, 75, 50, 25, 0].map(ScenarioVariant::MiningShare));
        }
        let ai = ai.at(&self.resolved.table.values());
        let base = Paths { count: 0, seed: 0 };
        let one = |variant: ScenarioVariant| {
            let change = |inputs: &mut Inputs| variant.apply(inputs, ai);
            let of = Simulation { change: Some(&change), ..self.simulation() };
            Ok((variant, self.engine.simulate(&of, base, &|_| true)?))
        };
        variants.into_iter().map(one).collect()
    }

    /// For each figure the switching values of all parameters: the values at which the figure changes its
    /// sign, with all other parameters at their base values. The smallest change comes first.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn switching_values(
        &self,
        figures: &[Figure],
        watch: Progress,
    ) -> Result<Vec<FigureSwitchingValues>, EconError> {
        let of = self.simulation();
        let mut probe = Probe::new(&self.engine, &of, figures.to_vec())?;
        switching_values(&self.resolved.table, &mut probe, figures, &|done| watch(done))
    }

    /// Sensitivity of the net present value to all parameters.
    ///
    /// # Errors
    /// As [`Engine::simulate`]; [`EconError::NoResult`] if the net present value is missing.
    pub fn sensitivity(
        &self,
        samples: usize,
        seed: u64,
        watch: Progress,
    ) -> Result<Sensitivity, EconError> {
        let of = self.simulation();
        let missing_inputs = crate::result::MissingInputs::new(of.inputs, of.table, of.uses);
        if let Some(missing) = missing_inputs.for_figure(Figure::Npv) {
            let missing = missing.to_string();
            return Err(EconError::NoResult { what: "net present value", missing });
        }
        sensitivity(&self.engine, &of, Figure::Npv, (samples, seed), watch)
    }

    /// The tables of an estimate.
    pub fn estimate_tables(&self) -> Vec<FigureTable> {
        estimate_view::tables(&self.reference_names(), self.money())
    }

    /// The tables of a projection.
    pub fn projection_tables(&self, outcome: &Outcome) -> Vec<FigureTable> {
        projection::tables(self.calendar(), outcome)
    }

    /// The tables of a ledger.
    pub fn ledger_tables(&self, outcome: &Outcome) -> Vec<FigureTable> {
        let classes = self.resolved.inputs.bills.as_ref().map_or(&[][..], |bills| &bills.classes);
        ledger::tables(self.calendar(), outcome, self.money(), &self.reference_names(), classes)
    }

    /// The names of the reference prices.
    pub fn reference_names(&self) -> Vec<String> {
        let name = |reference: &scenario::Reference| {
            let kind = reference.kind.to_string().replace('_', " ");
            format!("{kind}: {}", reference.what)
        };
        self.resolved.references.iter().map(name).collect()
    }
}

#[cfg(all(test, feature = "parallel"))]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// Results with 1, 2 and 5 threads are identical.
    #[test]
    fn bands_do_not_depend_on_threads() {
        let text = "power_mw = 100\ntariff = \"0.04 USD/kWh\"\ninfrastructure_usd_per_mw = 430000\n\
                    machine_price_usd_per_th_s = { value = 8, low = 6, high = 12 }\n[project]\nyears = 2\n";
        let study = Study::new(Scenario::from_toml(text).unwrap().resolve().unwrap()).unwrap();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| study.simulate(Paths { count: 200, seed: 1 }, &|_| true).unwrap())
        };
        let one = run(1);
        assert!(one.get(Figure::Npv).unwrap().band.unwrap().p05 < 0.0);
        assert_eq!(one, run(2));
        assert_eq!(one, run(5));
    }
}
