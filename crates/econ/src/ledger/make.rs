//! The ledger put together from its inputs.

use super::book::{Id, Money};
use super::evaluate::{
    Choice, Month, Part, Year, at_customer, capacity_by_year, evaluate, loss, mean_rent,
};
use super::hours::YEAR_HOURS;
use super::hours::surplus;
use super::results::{LedgerSettings, bands, break_even_scale, drawn_count, subsidy};
use super::uses::{split, uses};
use super::{
    AiFacts, CapacityYear, CarbonMonth, CarbonYear, CorrectiveTax, Flow, FxYear, HoursCase,
    HoursCaseRow, Ledger, LedgerInputs, LedgerMonth, LedgerReference, Matrix, MonthHours, ServedBy,
    Surplus, TariffTerms,
};
use crate::{EconError, Watch};

impl LedgerInputs {
    /// Works everything out.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for a count of draws that is none; [`EconError::Overflow`] where a result is
    /// no finite number.
    pub fn ledger(&self, settings: &LedgerSettings) -> Result<Ledger, EconError> {
        self.ledger_watched(settings, &|_| true)
    }

    /// The same; `watch` is told how many draws are done and says whether to go on. An unfinished ledger
    /// has bands of fewer draws and says so.
    ///
    /// # Errors
    /// As [`LedgerInputs::ledger`].
    pub fn ledger_watched(
        &self,
        settings: &LedgerSettings,
        watch: Watch,
    ) -> Result<Ledger, EconError> {
        let choice = self.choice(self.case);
        let values = self.base();
        let year = evaluate(self, &values, choice);
        let get = |id: Id| values[id.0];
        let matrix = Matrix::of(self.currency, &year.flows, &year.resources)?;
        let mut warnings = self.warnings.clone();
        let beyond = year.months.iter().filter(|m| m.increment.beyond > 1e-9).count();
        if beyond > 0 {
            warnings.push(format!(
                "in {beyond} months the merit order has no room for all of it: the rest is taken at \
                 the dearest plant's cost, and may not be there"
            ));
        }
        let costs = |part: &Part| part.energy_cost + part.other_costs;
        let spent = costs(&year.mining) + costs(&year.ai);
        if year.mining.gross + year.ai.gross < spent {
            warnings.push(
                "the operator does not earn its energy and cash costs: it would stand still, and \
                 nobody would have any of this"
                    .to_owned(),
            );
        }
        let (results, samples) = bands(self, settings, choice, watch)?;
        let known = drawn_count(self);
        warnings.push(format!(
            "bands are of {} draws over {known} of {} inputs; the others are taken as known",
            samples,
            self.inputs.len()
        ));
        let capacity = (0..self.years).map(|at| self.capacity_year(&values, &year, at)).collect();
        Ok(Ledger {
            currency: self.currency,
            case: self.case,
            mode: self.mode,
            energy_twh: year.energy_kwh / 1e9,
            btc_per_year: year.btc,
            references: self.against(&values, &year),
            months: self.months(&year),
            capacity,
            tariff: self.terms(&matrix, &year),
            hours: HoursCase::ALL
                .into_iter()
                .map(|case| self.hours_case(case))
                .collect::<Result<_, _>>()?,
            surplus: self.surplus(&values),
            emergency_notice_minutes: get(self.hours.emergency_notice_minutes),
            ai: self.ai_facts(&values),
            uses: uses(self, &values, choice, &year),
            split: split(self, &values, choice),
            foreign_exchange: self.border(&values, &matrix),
            carbon: self.carbon_year(&values, &year),
            corrective_taxes: self.corrective(&values, &year),
            results,
            samples,
            complete: samples == settings.samples,
            seed: settings.seed,
            inputs: self.inputs.clone(),
            matrix,
            warnings,
        })
    }

    fn surplus(&self, values: &[f64]) -> Option<Surplus> {
        let get = |id: Id| values[id.0];
        let profile = self.profile.as_ref()?;
        let share = get(self.ids.mining_share);
        let load = share * get(self.ids.uptime) + (1.0 - share) * get(self.ai.uptime);
        Some(Surplus {
            steps: surplus(profile, get(self.hours.availability_ratio)),
            load_mw: get(self.ids.power_mw) * load / (1.0 - get(self.losses.to_customer)),
            source: profile.source.clone(),
            as_of: profile.as_of.clone(),
        })
    }

    fn choice(&self, case: HoursCase) -> Choice {
        Choice { case, mode: self.mode, mining_share: None, scale: 1.0 }
    }

    fn months(&self, year: &Year) -> Vec<LedgerMonth> {
        let month = |(place, m): (usize, &Month)| LedgerMonth {
            month: place as u8 + 1,
            hours: m.hours,
            energy_gwh: m.energy_kwh / 1e6,
            served_by: m
                .increment
                .mix
                .iter()
                .map(|(plant, share)| ServedBy {
                    plant: self.plants[*plant].name.clone(),
                    share: *share,
                })
                .collect(),
            beyond_headroom: m.increment.beyond,
            incremental_per_kwh: m.cost_per_kwh,
            paid_per_kwh: m.paid_per_kwh,
            earns: (m.paid_per_kwh - m.cost_per_kwh) * m.energy_kwh,
        };
        year.months.iter().enumerate().map(month).collect()
    }

    fn against(&self, values: &[f64], year: &Year) -> Vec<LedgerReference> {
        let fx = values[self.ids.fx.0];
        self.references
            .iter()
            .map(|reference| {
                let price = values[reference.price.id.0];
                let at_customer_per_kwh = at_customer(self, values, reference);
                LedgerReference {
                    kind: reference.kind,
                    what: reference.what.clone(),
                    quoted_per_kwh: price * if reference.price.dollars { fx } else { 1.0 },
                    metering_point: reference.metering_point,
                    loss_factor: loss(self, values, reference),
                    at_customer_per_kwh,
                    month: reference.month,
                    input: self.inputs[reference.price.id.0].clone(),
                    subsidy_per_kwh: at_customer_per_kwh - year.paid_per_kwh,
                    subsidy_per_year: subsidy(self, values, year, reference),
                }
            })
            .collect()
    }

    fn capacity_year(&self, values: &[f64], year: &Year, at: usize) -> CapacityYear {
        let (in_force, take_or_pay, cost) = capacity_by_year(self, values, year.energy_kwh, at);
        let margin = year.bill - year.supply_cost;
        CapacityYear { year: at + 1, in_force, take_or_pay, cost, left: cost.map(|c| margin - c) }
    }

    fn terms(&self, matrix: &Matrix, year: &Year) -> TariffTerms {
        let of = |name: &str| {
            let flow = matrix.flows.iter().find(|flow| flow.spec.name == name);
            flow.map_or(0.0, |flow| flow.amount.as_units())
        };
        TariffTerms {
            status: self.status,
            eligibility: self.eligibility.clone(),
            energy_charge: of("energy charge"),
            capacity_charge: of("capacity charge"),
            adjustments: of("adjustments passed on"),
            recoverable_tax: of("recoverable sales tax, paid"),
            unrecoverable_tax: of("unrecoverable taxes on the bill"),
            paid_per_kwh: year.paid_per_kwh,
        }
    }

    fn hours_case(&self, case: HoursCase) -> Result<HoursCaseRow, EconError> {
        let values = self.base();
        let choice = self.choice(case);
        let year = evaluate(self, &values, choice);
        let matrix = Matrix::of(self.currency, &year.flows, &year.resources)?;
        let sum = |of: &dyn Fn(&MonthHours) -> f64| year.months.iter().map(|m| of(&m.hours)).sum();
        let (served, curtailed, at_risk): (f64, f64, f64) =
            (sum(&|m| m.served), sum(&|m| m.curtailed), sum(&|m| m.at_risk));
        let of = |name: &str| {
            let flow = matrix.flows.iter().find(|flow| flow.spec.name == name);
            flow.map_or(0.0, |flow| flow.amount.as_units())
        };
        let fixed_charge = of("capacity charge");
        let when_curtailed = values[self.terms.charge_when_curtailed.0];
        let standby = values[self.hours.standby_share.0] * values[self.ids.power_mw.0];
        let spent = |year: &Year| year.mining.energy_cost + year.ai.energy_cost;
        let cash = |year: &Year| {
            year.mining.gross + year.ai.gross
                - spent(year)
                - year.mining.other_costs
                - year.ai.other_costs
        };
        let capital = |year: &Year| cash(year) - year.mining.capital - year.ai.capital;
        let factor = |scales: Option<(f64, f64)>| {
            scales.map(|(least, most)| (least * year.capacity_factor, most * year.capacity_factor))
        };
        let due = curtailed / YEAR_HOURS * when_curtailed;
        let rest = served / YEAR_HOURS;
        Ok(HoursCaseRow {
            case,
            served,
            curtailed,
            at_risk,
            capacity_factor: year.capacity_factor,
            standby_gwh: curtailed * standby / 1e3,
            fixed_charge,
            fixed_charge_curtailed: if due + rest > 0.0 {
                fixed_charge * due / (due + rest)
            } else {
                0.0
            },
            emergency_payment: of("payment for emergency-off"),
            profit_after_tax: year.profit_after_tax,
            national_net: matrix.national().total().as_units(),
            break_even_cash: factor(break_even_scale(self, choice, cash)),
            break_even_capital: factor(break_even_scale(self, choice, capital)),
        })
    }

    fn ai_facts(&self, values: &[f64]) -> AiFacts {
        let get = |id: Id| values[id.0];
        let ai = &self.ai;
        let kw = get(ai.kw_per_gpu) * get(ai.pue);
        let (shell, each) = (get(ai.shell_usd_per_mw), get(ai.usd_per_gpu));
        let years = get(ai.life_years).ceil().max(1.0) as usize;
        let decline = get(ai.decline_per_year);
        let rent = |year: usize| {
            let begins = (1.0 - decline).powi(i32::try_from(year).unwrap_or(i32::MAX));
            get(ai.usd_per_gpu_hour) * begins * mean_rent(decline, 1.0)
        };
        AiFacts {
            gpus_on_all_mw: get(self.ids.power_mw) * 1e3 / kw,
            kw_per_gpu_at_site: kw,
            usd_per_mw: shell + each * 1e3 / kw,
            usd_per_gpu: each + shell * kw / 1e3,
            rent_by_year: (0..years).map(rent).collect(),
        }
    }

    /// By year: rents fall, the rate moves, the rest stays.
    fn border(&self, values: &[f64], matrix: &Matrix) -> Vec<FxYear> {
        let get = |id: Id| values[id.0];
        let first = get(self.ids.fx);
        let of = |names: &[&str]| {
            let here = |flow: &&Flow| names.contains(&flow.spec.name);
            let all = matrix.flows.iter().filter(here);
            all.map(|flow| flow.amount.as_units()).sum::<f64>() / first
        };
        let depreciation = get(self.foreign.depreciation_per_year);
        let decline = get(self.ai.decline_per_year);
        (0..self.years)
            .map(|at| {
                let power = i32::try_from(at).unwrap_or(i32::MAX);
                let rate = first * (1.0 + depreciation).powi(power);
                let bitcoin_in = of(&["bitcoin sold and brought home"]);
                let ai_in = of(&["AI sold abroad"]) * (1.0 - decline).powi(power);
                let fuel_out = of(&["imported fuel at the margin"]);
                let machines_out = of(&["machines bought abroad", "site equipment bought abroad"]);
                let spares_and_costs_out = of(&["spare parts", "other costs spent abroad"]);
                let debt_out = of(&["interest on foreign debt"]);
                let profit_out = of(&["profit remitted"]);
                let plants_out =
                    of(&["new plants bought abroad", "return on new plants to foreigners"]);
                let net = bitcoin_in + ai_in
                    - fuel_out
                    - machines_out
                    - spares_and_costs_out
                    - debt_out
                    - profit_out
                    - plants_out;
                FxYear {
                    year: at + 1,
                    rate,
                    bitcoin_in,
                    ai_in,
                    fuel_out,
                    machines_out,
                    spares_and_costs_out,
                    debt_out,
                    profit_out,
                    plants_out,
                    net,
                    net_local: net * rate,
                    bitcoin_held: of(&["bitcoin held"]),
                }
            })
            .collect()
    }

    fn carbon_year(&self, values: &[f64], year: &Year) -> CarbonYear {
        let month = |(place, m): (usize, &Month)| CarbonMonth {
            month: place as u8 + 1,
            average_g_per_kwh: m.increment.average_g_per_kwh,
            marginal_g_per_kwh: m.increment.g_per_kwh,
        };
        CarbonYear {
            stated_average_t: year.stated_average_t,
            average_t: year.average_t,
            marginal_t: year.marginal_t,
            embodied_t: year.embodied_t,
            displaced_t: year.displaced_t,
            global_net_t: year.marginal_t + year.embodied_t - year.displaced_t,
            months: year.months.iter().enumerate().map(month).collect(),
            households: year.energy_kwh / (12.0 * values[self.ids.household_kwh.0]),
        }
    }

    fn corrective(&self, values: &[f64], year: &Year) -> Vec<CorrectiveTax> {
        let local = |price: Money| {
            values[price.id.0] * if price.dollars { values[self.ids.fx.0] } else { 1.0 }
        };
        let tax = |(name, price, applied): &(String, Money, bool)| CorrectiveTax {
            name: name.clone(),
            per_kwh: local(*price),
            per_year: local(*price) * year.energy_kwh,
            applied: *applied,
        };
        self.prices.corrective.iter().map(tax).collect()
    }
}
