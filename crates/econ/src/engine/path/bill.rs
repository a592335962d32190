//! Bills and grid payments of a segment, and its effects on plants and other consumers (M8 to M12, M19, M22, M23).

use super::*;

impl<L: FlowLog> PathRun<'_, L> {
    /// Adds the bills and grid payments of a segment; returns AI's part of capacity and demand charges, with the
    /// levies and taxes on it, USD.
    pub(super) fn bill(
        &mut self,
        rates: &Rates,
        when: &When,
        (from, to): (f64, f64),
        month_hours: f64,
        flows: &mut SegmentFlows,
    ) -> f64 {
        let hours = (to - from) / 3600.0;
        let draw = self.draw;
        let mut ai_charges = 0.0;
        flows.add(Running::EnergyCharge, rates.energy * hours);
        flows.add(Running::Adjustments, rates.adjustments * hours);
        flows.add(Running::PeakCharge, (rates.peak - rates.peak_later) * hours);
        flows.add(Running::Ancillary, rates.ancillary * hours);
        flows.add(Running::EmergencyPayment, rates.emergency_pay * hours);
        let mut in_usd = rates.in_usd * hours;
        let (mut levy, mut unrecoverable, mut refunded) =
            (rates.levy * hours, rates.unrecoverable * hours, rates.recoverable * hours);
        let wanted = rates.load() + rates.curtailed;
        let curtailed = if wanted > 0.0 { rates.curtailed / wanted } else { 0.0 };
        for (place, (site, state)) in draw.inputs.sites.iter().zip(&draw.sites).enumerate() {
            let terms = &state.terms;
            let owed = (to - from.max(state.begins)).max(0.0) / YEAR_S;
            let due = 1.0 - curtailed * (1.0 - terms.charge_when_curtailed);
            let per_kw = when.dollars(site.capacity_charge);
            let capacity = state.contracted_mw * 1e3 * per_kw * 12.0 * owed * due;
            let ai_mw = draw.ai.filter(|ai| ai.site == place).map_or(0.0, |ai| ai.mw_at(when.at));
            let mut ai = if ai_mw > 0.0 { capacity * ai_mw / state.contracted_mw } else { 0.0 };
            let mut demand = 0.0;
            if site.demand_charge.value != 0.0 {
                let mw = draw.demand_mw(place, when.at, &self.work.scratch);
                let per_mw = when.dollars(site.demand_charge) * hours / month_hours;
                demand = mw * per_mw;
                ai += ai_mw * per_mw;
            }
            flows.add(Running::CapacityCharge, capacity);
            flows.add(Running::DemandCharge, demand);
            for (charge, usd) in [(site.capacity_charge, capacity), (site.demand_charge, demand)] {
                in_usd += if charge.denomination == Denomination::Usd { usd } else { 0.0 };
            }
            levy += (capacity + demand) * terms.levy_share;
            let mut ai_levy = terms.levy_share;
            if !site.levy_schedule.is_empty() {
                let scheduled = levies_now(site, when);
                levy += scheduled.of_bill(capacity + demand, ai);
                ai_levy += scheduled.share[LeviesNow::AI];
            }
            ai_charges += ai * (1.0 + ai_levy + terms.unrecoverable_tax);
            unrecoverable += (capacity + demand) * terms.unrecoverable_tax;
            refunded += (capacity + demand) * terms.recoverable_tax;
        }
        self.accounts.add(Quantity::BillInUsd, when.year, in_usd);
        flows.add(Running::PowerContract, rates.contract * hours);
        flows.add(Running::PowerResold, rates.resold * hours);
        flows.add(Running::ContractDelivered, rates.resold_spot * hours);
        flows.add(Running::Levy, levy);
        flows.add(Running::UnrecoverableTax, unrecoverable);
        flows.add(Running::SalesTax, refunded);
        flows.add(Running::SalesTaxRefund, refunded);
        let operator = &draw.inputs.operator;
        flows.add(Running::CostsHome, rates.other * hours * operator.costs_home);
        flows.add(Running::CostsAbroad, rates.other * hours * (1.0 - operator.costs_home));
        if operator.spares > 0.0 {
            let price = |lot: &LotState| lot.installed_share(when.at, Side::Right) * lot.price;
            let installed: f64 = draw.lots.iter().map(price).sum();
            let spares = operator.spares * installed * when.usd * (to - from) / YEAR_S;
            flows.add(Running::Spares, spares);
        }
        ai_charges
    }

    /// Adds the rent of a lease, the tenant's payment for energy and for capacity and demand charges, and the running
    /// costs of the lease.
    pub(super) fn lease(
        &self,
        rates: &Rates,
        charges: f64,
        (from, to): (f64, f64),
        flows: &mut SegmentFlows,
    ) {
        let draw = self.draw;
        let Some((ai, lease)) = draw.ai.as_ref().and_then(|ai| Some((ai, ai.lease()?))) else {
            return;
        };
        let energy = (rates.ai_bill * (to - from) / 3600.0 + charges) * lease.energy_by_tenant;
        let (rent, costs) = ai.rent(from, to);
        let home = 1.0 - ai.export_share;
        flows.add(Running::LeaseRent, rent * ai.export_share);
        flows.add(Running::LeaseRentHome, rent * home);
        flows.add(Running::LeaseEnergy, energy * ai.export_share);
        flows.add(Running::LeaseEnergyHome, energy * home);
        let operator = &draw.inputs.operator;
        flows.add(Running::CostsHome, costs * operator.costs_home);
        flows.add(Running::CostsAbroad, costs * (1.0 - operator.costs_home));
    }

    /// Adds the energy that plants generate for the sites, and the energy that other consumers lack.
    pub(super) fn supply(
        &mut self,
        rates: &Rates,
        when: &When,
        seconds: f64,
        flows: &mut SegmentFlows,
    ) {
        if self.draw.merit.is_empty() {
            return;
        }
        let hours = seconds / 3600.0;
        let imported = rates.imported * hours * when.usd;
        let home = (rates.cost - rates.imported) * hours * self.draw.levels.domestic_cost(when);
        flows.add(Running::EnergyPurchase, imported + home);
        // Sellers deliver the load that contracts cover; distribution companies do not buy it.
        let covered = rates.covered_mw / rates.load();
        flows.add(Running::ContractDelivered, (imported + home) * covered);
        flows.add(Running::FuelImport, imported);
        flows.add(Running::FuelHome, home);
        let unserved = rates.short * hours * (1.0 - self.draw.inputs.supply.losses);
        let bill = unserved * 1e3 * when.dollars(self.draw.inputs.retail);
        flows.add(Running::UnservedBill, bill);
        self.accounts.add(Quantity::MarginalT, when.year, rates.tonnes * hours);
        self.accounts.add(Quantity::Burnt, when.year, rates.burnt * hours);
        self.accounts.add(Quantity::Short, when.year, rates.short * hours);
    }

    /// Adds the effects on other consumers' bills: dearer energy, and relief or cost of shared networks (M22).
    pub(super) fn others_bills(
        &self,
        rates: &Rates,
        when: &When,
        seconds: f64,
        flows: &mut SegmentFlows,
    ) {
        let draw = self.draw;
        let Some(bills) = &draw.inputs.bills else { return };
        let hours = seconds / 3600.0;
        let nominal = |all: f64, imported: f64| {
            (imported * when.usd + (all - imported) * draw.levels.domestic_cost(when)) * hours
        };
        flows.add(Running::PriceRise, nominal(rates.rise, rates.rise_imported));
        flows.add(Running::MarginalRent, nominal(rates.rent, rates.rent_imported));
        let shared = rates.load() * 1e3 * hours * when.dollars(bills.network_charge);
        flows.add(Running::NetworkRelief, shared);
        let built = draw.contracted_mw() * bills.terms.new_network * when.usd * seconds / YEAR_S;
        flows.add(Running::NetworkBuilt, built);
    }
}
