//! AI on the same power: GPUs of the operator, or a lease to a tenant (equation M12).

use super::{AiBlock, LeaseBlock};
use crate::YEAR_S;
use crate::account::Levels;
use crate::params::Ai;

/// AI in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AiState {
    pub site: usize,
    /// MW at the site's meter, overhead included.
    pub mw: f64,
    /// The share of it that runs on average.
    pub uptime: f64,
    /// When it begins and ends operation, seconds.
    pub begins: f64,
    pub ends: f64,
    /// When it is paid for, seconds.
    pub spent: f64,
    /// Cash costs other than energy, day-one USD/MWh.
    pub costs: f64,
    pub export_share: f64,
    pub import_share: f64,
    /// Outlay on GPUs, day-one USD.
    pub gpu_outlay: f64,
    /// Outlay on halls, which last as long as a site, day-one USD.
    pub shell_outlay: f64,
    pub income: AiIncome,
}

/// The source of its income.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AiIncome {
    /// Sale of GPU hours.
    GpuHours(Gpus),
    /// Rent for power.
    Lease(Lease),
}

/// GPUs in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gpus {
    gpus: f64,
    sold: f64,
    /// Share of the running hours that the contract pays for, and the end of the contract, seconds.
    take_or_pay: f64,
    contract: f64,
    /// USD per GPU-hour on day one.
    rent: f64,
    /// Logarithm of its annual change.
    decline: f64,
}

/// A lease in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lease {
    /// USD per second at its start.
    rent: f64,
    /// Logarithm of its annual growth.
    escalation: f64,
    /// Share of the rent spent on running costs.
    costs_share: f64,
    /// Share of the energy bill that the tenant pays.
    pub energy_by_tenant: f64,
}

impl AiState {
    /// GPUs of the operator, from the start on.
    pub(crate) fn owned(block: &AiBlock) -> Self {
        let terms: &Ai = &block.terms;
        let gpus = block.mw * 1e3 / (terms.kw_per_gpu * terms.pue);
        Self {
            site: block.site,
            mw: block.mw,
            uptime: terms.uptime,
            begins: 0.0,
            ends: terms.life * YEAR_S,
            spent: 0.0,
            costs: terms.costs,
            export_share: terms.export_share,
            import_share: terms.import_share,
            gpu_outlay: gpus * terms.usd_per_gpu,
            shell_outlay: block.mw * terms.shell,
            income: AiIncome::GpuHours(Gpus {
                gpus,
                sold: terms.sold,
                take_or_pay: terms.take_or_pay,
                contract: terms.contract * YEAR_S,
                rent: terms.rent,
                decline: (-terms.decline).ln_1p(),
            }),
        }
    }

    /// A lease; its rent is set at the price level of its first day.
    pub(crate) fn leased(block: &LeaseBlock, levels: &Levels) -> Self {
        let terms = &block.terms;
        let equipment_mw = block.mw / terms.pue;
        let level = levels.when(block.begins, 0).usd;
        let fit_out = equipment_mw * terms.fit_out * (1.0 - terms.fit_out_by_tenant);
        Self {
            site: block.site,
            mw: block.mw,
            uptime: terms.load,
            begins: block.begins,
            ends: block.begins + block.term,
            spent: block.preparation_start(),
            costs: 0.0,
            export_share: terms.export_share,
            import_share: terms.import_share,
            gpu_outlay: 0.0,
            shell_outlay: fit_out + block.mw * terms.conversion,
            income: AiIncome::Lease(Lease {
                rent: equipment_mw * terms.rent * level / YEAR_S,
                escalation: terms.escalation.ln_1p(),
                costs_share: terms.costs_share,
                energy_by_tenant: terms.energy_by_tenant,
            }),
        }
    }

    /// MW at a time.
    pub(crate) fn mw_at(&self, at: f64) -> f64 {
        if self.begins <= at && at < self.ends { self.mw } else { 0.0 }
    }

    /// The lease, if it is one.
    pub(crate) fn lease(&self) -> Option<&Lease> {
        match &self.income {
            AiIncome::Lease(lease) => Some(lease),
            AiIncome::GpuHours(_) => None,
        }
    }

    /// Whether it is paid for between two times; an outlay before the start is paid at the start.
    pub(crate) fn is_spent_within(&self, from: f64, to: f64) -> bool {
        (from <= self.spent && self.spent < to) || (from == 0.0 && self.spent < 0.0)
    }

    /// The whole outlay, day-one USD.
    pub(crate) fn outlay(&self) -> f64 {
        self.gpu_outlay + self.shell_outlay
    }

    /// Residual value of GPUs and halls at the horizon, day-one USD.
    pub(crate) fn worth(&self, horizon: f64, site_life: f64) -> f64 {
        if self.spent >= horizon {
            return 0.0;
        }
        let age = horizon - self.spent.max(0.0);
        let left = |life: f64| (1.0 - age / life).max(0.0);
        self.gpu_outlay * left(self.ends) + self.shell_outlay * left(site_life * YEAR_S)
    }

    /// Rent of a lease between two times, and its running costs, nominal USD.
    pub(crate) fn rent(&self, from: f64, to: f64) -> (f64, f64) {
        let Some(lease) = self.lease() else { return (0.0, 0.0) };
        let (from, to) = (from.max(self.begins), to.min(self.ends));
        if to <= from {
            return (0.0, 0.0);
        }
        let years = ((from + to) / 2.0 - self.begins) / YEAR_S;
        let rent = lease.rent * (lease.escalation * years).exp() * (to - from);
        (rent, rent * lease.costs_share)
    }
}

impl Gpus {
    /// GPU hours that are paid for in a period in which `running_mw` of `mw` run.
    pub(crate) fn hours(&self, running_mw: f64, mw: f64, at: f64, seconds: f64) -> f64 {
        let paid = if at < self.contract { self.sold.max(self.take_or_pay) } else { self.sold };
        self.gpus * running_mw / mw * paid * seconds / 3600.0
    }

    /// Rent per GPU-hour at day-one prices, USD: the contract's while it lasts, then the market's.
    pub(crate) fn rent(&self, at: f64) -> f64 {
        if at < self.contract {
            return self.rent;
        }
        self.rent * (self.decline * at / YEAR_S).exp()
    }
}
