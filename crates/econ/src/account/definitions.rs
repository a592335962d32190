//! Who the parties are, and what means and classes are, as `METHODS.md` defines them.

use super::{Class, MeansOfPayment, Party};

impl Party {
    /// Who it is.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Operator => {
                "Whoever runs the site: earns bitcoin and rent, pays the bill, machines, lenders and tax"
            }
            Self::HomeOwners => {
                "Residents who own the part of the operator that foreigners do not own"
            }
            Self::ForeignOwners => "Foreigners who own a part of the operator, or of new plants",
            Self::HomeLenders => "Residents who lend to the operator",
            Self::ForeignLenders => "Foreigners who lend to the operator",
            Self::State => {
                "The government's budget: tax on profit, taxes on the bill, levies, duty"
            }
            Self::Distribution => {
                "Distribution companies: buy energy and capacity from generators, sell energy to the site"
            }
            Self::Consumers => {
                "All other consumers of electricity; residents who buy AI services or lease power"
            }
            Self::Generators => "Power plants that serve the site, and new plants built for it",
            Self::Tenant => "Whoever leases power at the site from abroad",
            Self::World => {
                "Everybody else abroad: buyers of bitcoin and AI services, makers of machines, sellers of fuel"
            }
        }
    }

    /// What is left with it when all flows are booked.
    pub fn keeps(self) -> &'static str {
        match self {
            Self::Operator => {
                "Nothing: a year's surplus goes to its owners, and they put in what it lacks (M18)"
            }
            Self::HomeOwners => {
                "Profit less what they put in, as money, bitcoin and money abroad; a part of the value at the horizon"
            }
            Self::ForeignOwners => {
                "The same for their part; profit that is not remitted is a claim on the country"
            }
            Self::HomeLenders | Self::ForeignLenders => "Interest and principal less the loan",
            Self::State => "Receipts less what it pays for capacity and covers of a shortfall",
            Self::Distribution => {
                "A gain that is not passed on, or a shortfall that nobody covers (circular debt); of power that the site sells, the fee"
            }
            Self::Consumers => {
                "Relief and bills that are not collected, less what they pay for capacity and cover"
            }
            Self::Generators => {
                "Capacity payments less the cost of new plants, and power sold ahead less its spot price; other energy is bought at cost and leaves nothing"
            }
            Self::Tenant => "What it pays; what it earns with the power is not modelled",
            Self::World => "What leaves the country less what comes in",
        }
    }
}

impl MeansOfPayment {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Money, Self::Bitcoin, Self::Abroad, Self::Resource, Self::Valuation];

    /// What it is.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Money => "Cash; between a resident and a foreigner it is foreign exchange",
            Self::Bitcoin => "Bitcoin that is mined and kept, at its price of the day",
            Self::Abroad => "Money from bitcoin that is sold and stays in accounts abroad",
            Self::Resource => {
                "Own labour, materials and fuel that are used up at home; paid to no party, a cost of the nation"
            }
            Self::Valuation => "A value without cash, at the horizon",
        }
    }
}

impl Class {
    /// All of them.
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

    /// What belongs to it.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Operating => "Running income and costs of the operator",
            Self::Capital => {
                "What the operator spends on machines and sites, and what machines bring at their end"
            }
            Self::Financing => "Loans, interest and principal",
            Self::Tax => "Tax on the operator's profit",
            Self::Owner => "Between the operator and its owners, and tax on what leaves to them",
            Self::System => "Between parties other than the operator",
            Self::Valuation => "Value of machines and site at the horizon, before tax",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::FlowKind;

    #[test]
    fn definitions_of_parties_and_lists_of_means_and_classes_cover_every_flow() {
        let flows = || FlowKind::ALL.iter().map(|kind| kind.spec());
        assert!(flows().all(|spec| MeansOfPayment::ALL.contains(&spec.means)));
        assert!(flows().all(|spec| Class::ALL.contains(&spec.class)));
        // What it says the tenant keeps.
        let tenant = Some(Party::Tenant);
        assert!(flows().all(|spec| spec.to != tenant) && flows().any(|spec| spec.from == tenant));
    }
}
