//! AI on the same megawatts: processors of the operator's own, or a lease to a tenant (equation M12).

use super::{AiBlock, LeaseBlock};
use crate::YEAR_S;
use crate::account::Levels;
use crate::params::Ai;

/// AI in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AiState {
    pub site: usize,
    /// MW at the site's meter with overhead.
    pub mw: f64,
    /// The part of it that runs on average.
    pub uptime: f64,
    /// When it begins to run, and when it is over, seconds.
    pub begins: f64,
    pub ends: f64,
    /// When it is paid for, seconds.
    pub spent: f64,
    /// Cash costs beside energy, day-one USD/MWh.
    pub costs: f64,
    pub export_share: f64,
    pub import_share: f64,
    /// Day-one USD that last as long as processors, and as long as a site.
    pub processors: f64,
    pub shell: f64,
    pub earns: Earns,
}

/// What it earns by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Earns {
    /// Hours of processors.
    Hours(Processors),
    /// Rent for megawatts.
    Lease(Lease),
}

/// Processors in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Processors {
    gpus: f64,
    sold: f64,
    /// The part that the contract has paid for, and until when, seconds.
    take_or_pay: f64,
    contract: f64,
    /// USD for a processor's hour on day one.
    rent: f64,
    /// Logarithm of its fall a year.
    decline: f64,
}

/// A lease in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lease {
    /// USD a second at its beginning.
    rent: f64,
    /// Logarithm of its growth a year.
    escalation: f64,
    /// Part of the rent that running costs take.
    costs_share: f64,
    /// Part of the energy bill that the tenant pays.
    pub energy_by_tenant: f64,
}

impl AiState {
    /// Processors of the operator's own, from the start on.
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
            processors: gpus * terms.usd_per_gpu,
            shell: block.mw * terms.shell,
            earns: Earns::Hours(Processors {
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
            spent: block.prepares(),
            costs: 0.0,
            export_share: terms.export_share,
            import_share: terms.import_share,
            processors: 0.0,
            shell: fit_out + block.mw * terms.conversion,
            earns: Earns::Lease(Lease {
                rent: equipment_mw * terms.rent * level / YEAR_S,
                escalation: terms.escalation.ln_1p(),
                costs_share: terms.costs_share,
                energy_by_tenant: terms.energy_by_tenant,
            }),
        }
    }

    /// MW at a time.
    pub(crate) fn there(&self, at: f64) -> f64 {
        if self.begins <= at && at < self.ends { self.mw } else { 0.0 }
    }

    /// The lease, where it is one.
    pub(crate) fn lease(&self) -> Option<&Lease> {
        match &self.earns {
            Earns::Lease(lease) => Some(lease),
            Earns::Hours(_) => None,
        }
    }

    /// Whether it is paid for between two times; what came before the start is paid at the start.
    pub(crate) fn is_spent_within(&self, from: f64, to: f64) -> bool {
        (from <= self.spent && self.spent < to) || (from == 0.0 && self.spent < 0.0)
    }

    /// Day-one USD of what is spent, and the part of it that lasts as processors do left at the horizon.
    pub(crate) fn outlay(&self) -> f64 {
        self.processors + self.shell
    }

    /// Day-one USD that processors and halls are worth at the horizon.
    pub(crate) fn worth(&self, horizon: f64, site_life: f64) -> f64 {
        if self.spent >= horizon {
            return 0.0;
        }
        let age = horizon - self.spent.max(0.0);
        let left = |life: f64| (1.0 - age / life).max(0.0);
        self.processors * left(self.ends) + self.shell * left(site_life * YEAR_S)
    }

    /// Rent of a lease between two times and the running costs of it, nominal USD.
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

impl Processors {
    /// Hours that are paid for in some seconds in which a part of the power runs.
    pub(crate) fn hours(&self, running_mw: f64, mw: f64, at: f64, seconds: f64) -> f64 {
        let paid = if at < self.contract { self.sold.max(self.take_or_pay) } else { self.sold };
        self.gpus * running_mw / mw * paid * seconds / 3600.0
    }

    /// Rent of an hour, USD of the price level of day one: the contract's while it lasts, then the market's.
    pub(crate) fn rent(&self, at: f64) -> f64 {
        if at < self.contract {
            return self.rent;
        }
        self.rent * (self.decline * at / YEAR_S).exp()
    }
}
