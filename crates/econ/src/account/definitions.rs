//! Definitions of parties, means of payment and classes, as listed in `METHODS.md`.

use super::{Class, MeansOfPayment, Party};

impl Party {
    /// A definition of the party.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Operator => {
                "Runs the site: earns bitcoin and rent, pays the power bill, machines, lenders and tax"
            }
            Self::HomeOwners => {
                "Residents who own the share of the operator that foreigners do not own"
            }
            Self::ForeignOwners => "Foreigners who own a share of the operator or of new plants",
            Self::HomeLenders => "Residents who lend to the operator",
            Self::ForeignLenders => "Foreigners who lend to the operator",
            Self::State => {
                "The government's budget: tax on profit, taxes on the bill, levies, duty"
            }
            Self::Distribution => {
                "Companies that buy energy and capacity from generators and sell energy to the site"
            }
            Self::Consumers => {
                "All other consumers of electricity, and residents who buy AI services or lease power"
            }
            Self::Generators => "Power plants that serve the site, and new plants built for it",
            Self::Tenant => "A foreign company that leases power at the site",
            Self::World => {
                "All other foreigners: buyers of bitcoin and AI services, manufacturers of machines, sellers of fuel"
            }
        }
    }

    /// The net that the party keeps once all flows are booked.
    pub fn keeps(self) -> &'static str {
        match self {
            Self::Operator => {
                "Nothing: its owners receive each year's surplus and cover each year's deficit (M18)"
            }
            Self::HomeOwners => {
                "Profit less equity, as money, bitcoin and money abroad, and a share of the residual value"
            }
            Self::ForeignOwners => {
                "Profit less equity on their share; profit not yet remitted is a claim on the country"
            }
            Self::HomeLenders | Self::ForeignLenders => "Interest and principal less loans",
            Self::State => "Receipts less its payments for capacity and for shortfalls",
            Self::Distribution => {
                "Gains not passed on less shortfalls that no party covers (circular debt), and the fee on power that the site resells"
            }
            Self::Consumers => {
                "Relief and bills not collected, less their payments for capacity and for shortfalls"
            }
            Self::Generators => {
                "Capacity payments less the cost of new plants, and power sold ahead less its spot price; other energy is sold at cost"
            }
            Self::Tenant => {
                "The negative of its payments; its income from the power is not modelled"
            }
            Self::World => "Outflows of the country less inflows",
        }
    }
}

impl MeansOfPayment {
    /// All means of payment.
    pub const ALL: [Self; 5] =
        [Self::Money, Self::Bitcoin, Self::Abroad, Self::Resource, Self::Valuation];

    /// A definition of the means.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Money => "Cash; foreign exchange between a resident and a foreigner",
            Self::Bitcoin => "Bitcoin that is mined and held, at the price of the day",
            Self::Abroad => "Proceeds of bitcoin that is sold and kept in accounts abroad",
            Self::Resource => {
                "Domestic labour, materials and fuel that are used up: a real cost of the nation, paid to no party"
            }
            Self::Valuation => "A non-cash value at the horizon",
        }
    }
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 7] = [
        Self::Operating,
        Self::Capital,
        Self::Financing,
        Self::Tax,
        Self::Owner,
        Self::System,
        Self::Valuation,
    ];

    /// The key, as `METHODS.md` lists it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Operating => "operating",
            Self::Capital => "capital",
            Self::Financing => "financing",
            Self::Tax => "tax",
            Self::Owner => "owner",
            Self::System => "system",
            Self::Valuation => "valuation",
        }
    }

    /// A definition of the class.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Operating => "Operating income and costs of the operator",
            Self::Capital => {
                "Spending of the operator on machines and sites, and proceeds of machines at the end of life"
            }
            Self::Financing => "Loans, interest and principal",
            Self::Tax => "Tax on the operator's profit",
            Self::Owner => "Flows between the operator and its owners, and tax on remitted profit",
            Self::System => "Flows between parties other than the operator",
            Self::Valuation => "Residual value of machines and site at the horizon, before tax",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::FlowKind;

    #[test]
    fn definitions_of_means_and_classes_cover_every_flow() {
        let flows = || FlowKind::ALL.iter().map(|kind| kind.spec());
        assert!(flows().all(|spec| MeansOfPayment::ALL.contains(&spec.means)));
        assert!(flows().all(|spec| Class::ALL.contains(&spec.class)));
        // As the definition of the tenant states, it only pays.
        let tenant = Some(Party::Tenant);
        assert!(flows().all(|spec| spec.to != tenant) && flows().any(|spec| spec.from == tenant));
    }
}
