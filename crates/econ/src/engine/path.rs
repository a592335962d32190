//! Simulation of one path: epochs, segments and years, and the flows that they book.
//!
//! A segment is an epoch cut at month ends. Difficulty, real price and reward are constant in it; hours, exchange
//! rate and machines are those of the month. All values are taken at the middle of the segment, except the network,
//! which uses the fleet of the epoch's seventh day.

mod bill;
mod outlays;
mod peaks;
mod years;

use super::ai::{AiIncome, AiState};
use super::chain::{Chain, ChainState, ModelEpoch, Opening, SEVENTH_DAY};
use super::month::MonthRow;
use super::now::{Instant, Rates, Scratch};
use super::running::{Running, RunningSums, SegmentFlows};
use super::{Calendar, Draw};
use crate::YEAR_S;
use crate::account::debt::Debt;
use crate::account::owners::Ownership;
use crate::account::tax::IncomeTax;
use crate::account::{Accounts, Class, FlowKind, FlowLog, Party, Quantity, When, capacity, owners};
use crate::network::MarketShock;
use crate::params::Denomination;
use crate::site::levies::{LeviesNow, levies_now};
use crate::site::lot::{LotState, Side};

/// Totals of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PathTotals {
    /// Net present value after tax and financing, USD.
    pub npv: f64,
    /// Net present value before tax and financing, USD.
    pub npv_project: f64,
    /// Return per year (equation M29); NaN without an outlay.
    pub return_per_year: f64,
    /// Years until cumulative cash before tax and financing stays at or above zero; infinite if it never does
    /// (equation M30).
    pub payback_years: f64,
    /// Present value of machines, duty and sites, USD.
    pub outlay: f64,
}

/// Buffers reused from path to path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workspace {
    scratch: Scratch,
    debt: Debt,
    tax: IncomeTax,
    running: RunningSums,
    /// Real hashprice of the epoch in which each lot began, or of the first epoch.
    lot_hashprice: Vec<f64>,
    /// Time and day-one USD of each outlay on sites.
    sites: Vec<(f64, f64)>,
    /// Billing time and day-one USD of charges for coincident peaks.
    peak_bills: Vec<(f64, f64)>,
}

/// A path during its simulation.
pub(crate) struct PathRun<'a, L: FlowLog> {
    draw: &'a Draw<'a>,
    calendar: &'a Calendar,
    pub accounts: &'a mut Accounts,
    log: &'a mut L,
    work: &'a mut Workspace,
    months: &'a mut [MonthRow],
    /// Index of the current month.
    place: usize,
    /// The month whose maximum power is chosen.
    chosen: Option<usize>,
    /// Outlays of the year.
    spent: f64,
    /// Cumulative nominal cash before tax and financing.
    cash: f64,
    was_negative: bool,
    payback: f64,
    hashprice: f64,
}

impl<'a, L: FlowLog> PathRun<'a, L> {
    /// Starts a path. `months` has one row per calendar month, or none.
    pub(crate) fn new(
        draw: &'a Draw<'a>,
        calendar: &'a Calendar,
        accounts: &'a mut Accounts,
        work: &'a mut Workspace,
        months: &'a mut [MonthRow],
        log: &'a mut L,
    ) -> Self {
        let operator = &draw.inputs.operator;
        accounts.clear();
        months.fill(MonthRow::default());
        work.debt.begin(operator.debt_share, operator.interest, operator.debt_years);
        work.tax.begin(operator.income_tax, operator.tax_life, operator.loss_use);
        work.running.clear();
        work.lot_hashprice.clear();
        work.lot_hashprice.resize(draw.lots.len(), 0.0);
        work.sites.clear();
        work.peak_bills.clear();
        Self {
            draw,
            calendar,
            accounts,
            log,
            work,
            months,
            place: 0,
            chosen: None,
            spent: 0.0,
            cash: 0.0,
            was_negative: false,
            payback: f64::INFINITY,
            hashprice: 0.0,
        }
    }

    /// Simulates the path to the horizon. `shock` returns the market shock at the end of each epoch, `visit` receives
    /// each epoch.
    pub(crate) fn follow(
        mut self,
        chain: &Chain,
        mut shock: impl FnMut() -> MarketShock,
        mut visit: impl FnMut(&ModelEpoch),
    ) -> PathTotals {
        let horizon = self.calendar.horizon();
        let mut state = chain.start();
        while state.at < horizon {
            let epoch = self.epoch(chain, &mut state, shock());
            visit(&epoch);
            let mut from = epoch.begin;
            while from < epoch.end {
                let to = epoch.end.min(self.calendar.months()[self.place].end);
                let to = self.draw.until_levies_change(from, to);
                self.segment(&epoch, from, to);
                if to >= self.calendar.months()[self.place].end || to >= horizon {
                    self.close_month(to);
                }
                from = to;
            }
        }
        self.totals()
    }

    fn epoch(&mut self, chain: &Chain, state: &mut ChainState, shock: MarketShock) -> ModelEpoch {
        let opening: Opening = chain.open(state);
        self.hashprice = opening.usd_per_hash;
        for (lot, known) in self.draw.lots.iter().zip(&mut self.work.lot_hashprice) {
            if state.at <= lot.begins.max(0.0) {
                *known = opening.usd_per_hash;
            }
        }
        let at = state.at + SEVENTH_DAY;
        let place = self.calendar.month_index(at, self.place);
        let month = self.calendar.months()[place];
        let when = self.draw.levels.when(at, month.year_index);
        let now = Instant {
            when: &when,
            month: month.month,
            hours: month.hours,
            usd_per_hash: opening.usd_per_hash * when.usd,
        };
        if self.chosen.is_none() {
            // Before the first segment the buffers still hold the choice of another path.
            self.draw.choose_max_power(&now, &mut self.work.scratch);
        }
        let own = self.draw.hashrate(&now, &mut self.work.scratch);
        chain.close(state, &opening, own, shock, self.calendar.horizon())
    }

    /// Books a flow, and counts it as cash if it is the operator's before tax and financing.
    #[inline]
    fn book(&mut self, kind: FlowKind, usd: f64, when: &When) {
        if usd == 0.0 {
            return;
        }
        self.accounts.book(kind, usd, when, self.log);
        if matches!(kind.spec().class, Class::Operating | Class::Capital) {
            self.cash += kind.sign(Party::Operator) * usd;
        }
    }

    fn segment(&mut self, epoch: &ModelEpoch, from: f64, to: f64) {
        let month = self.calendar.months()[self.place];
        let when = self.draw.levels.when((from + to) / 2.0, month.year_index);
        let now = Instant {
            when: &when,
            month: month.month,
            hours: month.hours,
            usd_per_hash: self.hashprice * when.usd,
        };
        if self.chosen != Some(self.place) {
            self.chosen = Some(self.place);
            self.draw.choose_max_power(&now, &mut self.work.scratch);
        }
        let rates = self.draw.rates(&now, &mut self.work.scratch);
        let (mut income, mut flows) = ((0.0, 0.0), SegmentFlows::default());
        if rates.load() > 0.0 {
            income = self.income(epoch, &rates, &when, to - from, &mut flows);
            self.supply(&rates, &when, to - from, &mut flows);
            self.others_bills(&rates, &when, to - from, &mut flows);
            self.quantities(epoch, &rates, &when, to - from);
        }
        self.accounts.add(
            Quantity::ResoldEnergy,
            when.year,
            rates.resold_mw * (to - from) / 3600.0,
        );
        let ai_charges = self.bill(&rates, &when, (from, to), month.hours, &mut flows);
        self.lease(&rates, ai_charges, (from, to), &mut flows);
        let mut operating = self.work.running.add(&flows, &when, self.accounts, self.log);
        self.cash += operating;
        self.record_peak_charges(&rates, &when, to - from, month.hours);
        operating -= self.book_due_peak_charges(to, month.year_index);
        self.book_outlays(from, to, &when);
        self.update_payback(to);
        if let Some(row) = self.months.get_mut(self.place) {
            row.add(epoch, &rates, &when, to - from);
            row.money(income, operating, self.cash);
        }
    }

    /// Updates the payback time; cash that turns negative again resets it.
    fn update_payback(&mut self, at: f64) {
        if self.cash < 0.0 {
            (self.was_negative, self.payback) = (true, f64::INFINITY);
        } else if self.was_negative && self.payback.is_infinite() {
            self.payback = at / YEAR_S;
        }
    }

    /// Adds the income from mining and AI; returns the bitcoin mined and its value in nominal USD.
    fn income(
        &mut self,
        epoch: &ModelEpoch,
        rates: &Rates,
        when: &When,
        seconds: f64,
        flows: &mut SegmentFlows,
    ) -> (f64, f64) {
        let operator = &self.draw.inputs.operator;
        let btc = epoch.mined(rates.hash, seconds, self.draw.pool_payout_ratio);
        let usd = btc * epoch.price * when.usd;
        let rest = usd * (1.0 - operator.repatriated);
        self.accounts.add(Quantity::Btc, when.year, btc);
        flows.add(Running::BitcoinSold, usd * operator.repatriated);
        flows.add(Running::BitcoinHeld, rest * operator.held_of_rest);
        flows.add(Running::BitcoinAbroad, rest * (1.0 - operator.held_of_rest));
        if let Some(ai) = self.draw.ai
            && let AiIncome::GpuHours(gpus) = ai.income
            && rates.ai > 0.0
        {
            let gpu_hours = gpus.hours(rates.ai, ai.mw, when.at, seconds);
            let rent = gpus.rent(when.at) * when.usd;
            self.accounts.add(Quantity::GpuHours, when.year, gpu_hours);
            flows.add(Running::AiExported, gpu_hours * rent * ai.export_share);
            flows.add(Running::AiSoldHome, gpu_hours * rent * (1.0 - ai.export_share));
        }
        (btc, usd)
    }

    fn quantities(&mut self, epoch: &ModelEpoch, rates: &Rates, when: &When, seconds: f64) {
        let hours = seconds / 3600.0;
        let inputs = self.draw.inputs;
        let carbon = &inputs.externalities;
        let displaced = epoch.displacement() * rates.hash * seconds;
        let per_hash = carbon.others_j_per_th * 1e-12 / 3.6e9 * carbon.others_g_per_kwh / 1e3;
        let energy = rates.load() * hours;
        let at_plant = energy / (1.0 - inputs.supply.losses);
        let row = self.accounts.quantities_mut(when.year);
        for (quantity, amount) in [
            (Quantity::Energy, energy),
            (Quantity::MiningEnergy, rates.mining * hours),
            (Quantity::AiEnergy, rates.ai * hours),
            (Quantity::StandbyEnergy, rates.standby * hours),
            (Quantity::Curtailed, rates.curtailed * hours),
            (Quantity::EmergencyEnergy, rates.emergency * hours),
            (Quantity::EnergyDiscounted, energy * when.usd * when.discount),
            (Quantity::EnergyUsdInUsd, energy * when.usd),
            (Quantity::EnergyUsdInLocal, energy * when.usd * when.rate),
            (Quantity::EnergyLocalInUsd, energy * when.local),
            (Quantity::EnergyLocalInLocal, energy * when.local * when.rate),
            (Quantity::OwnHashes, rates.hash * seconds / 1e18),
            (Quantity::DisplacedT, displaced * per_hash),
            (Quantity::AverageT, at_plant * carbon.grid_average / 1e3),
        ] {
            row[quantity as usize] += amount;
        }
    }

    /// Hashprice relative to that at the lot's start, at most 1 (equation M15).
    fn hashprice_ratio(&self, lot: usize) -> f64 {
        let known = self.work.lot_hashprice[lot];
        if known > 0.0 { (self.hashprice / known).min(1.0) } else { 1.0 }
    }
}
