//! A scenario ready to run: every view of it comes from here.

use super::estimate::{EstimateInputs, estimate};
use super::sensitivity::{Sensitivity, sensitivity};
use super::switching_value::{FigureSwitchingValues, turns};
use super::table::FigureTable;
use super::tariff::{TariffCurve, tariff_curve};
use super::{estimate as estimate_view, ledger, projection};
use crate::EconError;
use crate::currency::Currency;
use crate::engine::{
    AiBlock, Calendar, CapacityMode, Dispatch, Engine, HoursCase, Inputs, SimulatedPath,
};
use crate::network::{
    Course, Driver, MarketDrivers, OthersCourse, PathOf, PathQuantity, ResidualModel, StepPath,
};
use crate::params::{Ai, Denomination, ParamId, Table};
use crate::result::{Basis, Figure, Outcome, Stage, UseIds, Variable};
use crate::scenario::{self, MeteringPoint, Resolved};
use crate::simulate::{Draws, MeteredAt, Paths, Probe, Progress, ReferenceIds, Simulation};
use std::fmt;

/// A resolved scenario with its engine.
#[derive(Clone, Debug)]
pub struct Study {
    resolved: Resolved,
    /// The parameters with every tariff held: it is a decision, and no draw.
    decided: Table,
    references: Vec<ReferenceIds>,
    uses: UseIds,
    engine: Engine,
    noise: ResidualModel,
}

/// The scenario with one choice made otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScenarioVariant {
    /// Dispatch.
    Dispatch(Dispatch),
    /// What the site does while the system is short.
    Hours(HoursCase),
    /// How payments for capacity count.
    Capacity(CapacityMode),
    /// Per cent of the megawatts that mine; the rest serves AI.
    MiningShare(u8),
}

impl ScenarioVariant {
    /// The key in machine formats.
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

    /// The inputs with the choice made; `ai` is what AI would be on all of the megawatts.
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
                return write!(f, "{percent} % of the megawatts mine, the rest serves AI");
            }
            Self::Dispatch(Dispatch::Responsive) => "Runs in hours that pay",
            Self::Dispatch(Dispatch::MustRun) => "Runs in all hours",
            Self::Hours(HoursCase::Firm) => "Firm: runs while the system is short",
            Self::Hours(HoursCase::Interruptible) => "Interruptible: curtailed within its contract",
            Self::Hours(HoursCase::SurplusOnly) => "Surplus only: takes what is free",
            Self::Capacity(CapacityMode::Sunk) => "Capacity: what is not due anyway is paid",
            Self::Capacity(CapacityMode::LoadFactorShare) => "Capacity: the load's share",
            Self::Capacity(CapacityMode::Average) => "Capacity: the average of a kWh",
            Self::Capacity(CapacityMode::NewBuild) => "Capacity: plants are built",
        })
    }
}

fn drivers(resolved: &Resolved) -> Result<MarketDrivers, EconError> {
    let start = resolved.inputs.start;
    let path = |series: &scenario::DatedSeries, of| StepPath::from_days(of, start, &series.rows);
    let market = &resolved.market;
    let course =
        |series: &Option<scenario::DatedSeries>, of| -> Result<Driver<Course>, EconError> {
            let course = match series {
                Some(series) => Course::Path(path(series, of)?),
                None => Course::Endogenous,
            };
            Ok(Driver { course, noise: true })
        };
    let others = match &market.others {
        None => OthersCourse::Endogenous,
        Some(given) => OthersCourse::Path {
            path: path(&given.series, PathQuantity::Hashrate)?,
            of: match given.of {
                scenario::OthersOf::Others => PathOf::Others,
                scenario::OthersOf::All => PathOf::All,
            },
        },
    };
    Ok(MarketDrivers {
        price: course(&market.price, PathQuantity::Price)?,
        fees: course(&market.fees, PathQuantity::Fees)?,
        others: Driver { course: others, noise: true },
    })
}

impl Study {
    /// Of a resolved scenario.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn new(resolved: Resolved) -> Result<Self, EconError> {
        let references = resolved.references.iter().map(|reference| ReferenceIds {
            price: reference.price,
            metered: match (reference.loss, reference.metering_point) {
                (Some(own), _) => MeteredAt::With(own),
                (None, MeteringPoint::Generator) => MeteredAt::Generator,
                (None, MeteringPoint::DistributionPurchase) => MeteredAt::DistributionPurchase,
                (None, MeteringPoint::Consumer) => MeteredAt::Consumer,
            },
        });
        let references = references.collect();
        let noise = match resolved.market.noise {
            scenario::Noise::Residual => ResidualModel::Bootstrap,
            scenario::Noise::Parametric => ResidualModel::Parametric,
            scenario::Noise::None => ResidualModel::None,
        };
        let inputs = &resolved.inputs;
        let engine = Engine::new(inputs.start, inputs.years, drivers(&resolved)?)?;
        let uses = UseIds {
            industry_tariff: resolved.uses.industry_tariff,
            household_tariff: resolved.uses.household_tariff,
            terms: resolved.uses.terms,
        };
        let tariffs: Vec<ParamId> = inputs.sites.iter().map(|site| site.tariff.value).collect();
        let decided = resolved.table.held(&tariffs);
        Ok(Self { references, uses, engine, noise, decided, resolved })
    }

    /// The scenario.
    pub fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// The months and years of its accounts.
    pub fn calendar(&self) -> &Calendar {
        self.engine.calendar()
    }

    /// In what a ledger shows amounts: local money where the scenario has any.
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

    /// The values of all parameters as they are taken.
    pub fn inputs(&self) -> Inputs {
        self.resolved.inputs.at(&self.resolved.table.values())
    }

    /// The steady year: what the power budget becomes at one moment.
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

    /// Over paths, on which tariffs are held at their values.
    fn decided(&self) -> Simulation<'_> {
        Simulation { table: &self.decided, ..self.simulation() }
    }

    /// The base and bands over paths. A tariff is a decision and held at its value, whatever its range;
    /// [`Study::turns`], [`Study::sensitivity`] and [`Study::tariff_curve`] move it.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn simulate(&self, paths: Paths, watch: Progress) -> Result<Outcome, EconError> {
        self.engine.simulate(&self.decided(), paths, watch)
    }

    /// Some figures path by path, on the same draws as [`Study::simulate`]; none where it was stopped before all
    /// paths were done.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn draws(
        &self,
        figures: &[Figure],
        paths: Paths,
        watch: Progress,
    ) -> Result<Draws, EconError> {
        self.engine.draws(&self.decided(), figures, paths, watch)
    }

    /// What the parties have at other tariffs; `None` where there is no tariff, or nothing that it moves.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn tariff_curve(
        &self,
        paths: Paths,
        watch: Progress,
    ) -> Result<Option<TariffCurve>, EconError> {
        let paid = Figure::BreakEven(Variable::Tariff, Basis::CashCosts, Stage::After);
        let paid = self.estimate()?.base(paid);
        tariff_curve(&self.engine, &self.decided(), paid, paths, watch)
    }

    /// The base path with every flow at its moment.
    ///
    /// # Errors
    /// As [`Engine::base`].
    pub fn base(&self) -> Result<SimulatedPath, EconError> {
        self.engine.base(&self.inputs())
    }

    /// The base with one choice made otherwise, for each choice that the scenario has.
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

    /// For each figure the parameters that turn its sign alone, the smallest move first.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub fn turns(
        &self,
        figures: &[Figure],
        watch: Progress,
    ) -> Result<Vec<FigureSwitchingValues>, EconError> {
        let of = self.simulation();
        let mut probe = Probe::new(&self.engine, &of, figures.to_vec())?;
        turns(&self.resolved.table, &mut probe, figures, &|done| watch(done))
    }

    /// What the net present value depends on.
    ///
    /// # Errors
    /// As [`Engine::simulate`]; [`EconError::NoResult`] where it is missing.
    pub fn sensitivity(
        &self,
        samples: usize,
        seed: u64,
        watch: Progress,
    ) -> Result<Sensitivity, EconError> {
        let of = self.simulation();
        let lacking = crate::result::Lacking::new(of.inputs, of.table, of.uses);
        if let Some(missing) = lacking.of(Figure::Npv) {
            let missing = missing.to_string();
            return Err(EconError::NoResult { what: "net present value", missing });
        }
        sensitivity(&self.engine, &of, Figure::Npv, (samples, seed), watch)
    }

    /// What an estimate shows.
    pub fn estimate_tables(&self) -> Vec<FigureTable> {
        estimate_view::tables(&self.reference_names(), self.money())
    }

    /// What a projection shows.
    pub fn projection_tables(&self, outcome: &Outcome) -> Vec<FigureTable> {
        projection::tables(self.calendar(), outcome)
    }

    /// What a ledger shows.
    pub fn ledger_tables(&self, outcome: &Outcome) -> Vec<FigureTable> {
        let classes = self.resolved.inputs.bills.as_ref().map_or(&[][..], |bills| &bills.classes);
        ledger::tables(self.calendar(), outcome, self.money(), &self.reference_names(), classes)
    }

    /// What the tariff is held against, for a reader.
    pub fn reference_names(&self) -> Vec<String> {
        let name =
            |reference: &scenario::Reference| format!("{}: {}", reference.kind, reference.what);
        self.resolved.references.iter().map(name).collect()
    }
}

#[cfg(all(test, feature = "parallel"))]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// The same bytes for 1, 2 and 5 threads.
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
