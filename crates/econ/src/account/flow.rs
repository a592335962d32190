//! The kinds of flow: each from one party to another, in one means, of one class.

use std::fmt;

/// A party that receives or pays flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The operator of the site.
    Operator,
    /// Domestic owners of the operator.
    HomeOwners,
    /// Foreign owners of the operator.
    ForeignOwners,
    /// Domestic lenders.
    HomeLenders,
    /// Foreign lenders.
    ForeignLenders,
    /// The state budget.
    State,
    /// Distribution companies; a shortfall that no party covers is circular debt.
    Distribution,
    /// Other consumers of electricity, and domestic buyers.
    Consumers,
    /// Generators.
    Generators,
    /// A foreign tenant that leases power.
    Tenant,
    /// The rest of the world.
    World,
}

impl Party {
    /// All parties.
    pub const ALL: [Self; 11] = [
        Self::Operator,
        Self::HomeOwners,
        Self::ForeignOwners,
        Self::HomeLenders,
        Self::ForeignLenders,
        Self::State,
        Self::Distribution,
        Self::Consumers,
        Self::Generators,
        Self::Tenant,
        Self::World,
    ];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::HomeOwners => "home_owners",
            Self::ForeignOwners => "foreign_owners",
            Self::HomeLenders => "home_lenders",
            Self::ForeignLenders => "foreign_lenders",
            Self::State => "state",
            Self::Distribution => "distribution",
            Self::Consumers => "consumers",
            Self::Generators => "generators",
            Self::Tenant => "tenant",
            Self::World => "world",
        }
    }

    /// Whether the party belongs to the nation.
    pub fn is_home(self) -> bool {
        !matches!(self, Self::ForeignOwners | Self::ForeignLenders | Self::World | Self::Tenant)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operator => "Operator",
            Self::HomeOwners => "Domestic owners",
            Self::ForeignOwners => "Foreign owners",
            Self::HomeLenders => "Domestic lenders",
            Self::ForeignLenders => "Foreign lenders",
            Self::State => "State budget",
            Self::Distribution => "Distribution companies",
            Self::Consumers => "Other consumers",
            Self::Generators => "Generators",
            Self::Tenant => "Tenant",
            Self::World => "Rest of the world",
        })
    }
}

/// The means in which a flow is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeansOfPayment {
    /// Money; foreign exchange where it crosses the border.
    Money,
    /// Bitcoin that is kept.
    Bitcoin,
    /// Money that stays abroad.
    Abroad,
    /// Domestic labour, fuel and materials that are used up; paid to no party.
    Resource,
    /// A non-cash value, from or to no party.
    Valuation,
}

impl MeansOfPayment {
    /// The means that can cross the border, in the order of [`YearSums`](super::border::YearSums).
    pub const CROSSING: [Self; 3] = [Self::Money, Self::Bitcoin, Self::Abroad];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Bitcoin => "bitcoin",
            Self::Abroad => "abroad",
            Self::Resource => "resource",
            Self::Valuation => "valuation",
        }
    }
}

/// The class of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Operating income and costs of the operator.
    Operating,
    /// Spending of the operator on machines and sites, and proceeds of machines at the end of life.
    Capital,
    /// Loans, interest and principal.
    Financing,
    /// Taxes on profit.
    Tax,
    /// Between the operator and its owners, and tax on remitted profit.
    Owner,
    /// Between the other parties.
    System,
    /// The residual value at the horizon.
    Valuation,
}

impl Class {
    /// Whether it is part of the operator's net present value: everything except owners' flows.
    pub fn in_npv(self) -> bool {
        !matches!(self, Self::Owner | Self::System)
    }

    /// Whether it is part of the net present value before tax and financing.
    pub fn in_project(self) -> bool {
        matches!(self, Self::Operating | Self::Capital | Self::Valuation)
    }
}

/// The specification of a kind of flow.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct FlowSpec {
    /// The key in machine formats.
    pub key: &'static str,
    /// The payer; `None` for what comes from no party.
    pub from: Option<Party>,
    /// The payee; `None` for what goes to no party.
    pub to: Option<Party>,
    /// The means of payment.
    pub means: MeansOfPayment,
    /// The class.
    pub class: Class,
    /// Its equations, by their numbers in `METHODS.md`.
    pub equations: &'static str,
    /// A description for readers.
    pub text: &'static str,
}

macro_rules! party {
    (none) => {
        None
    };
    ($party:ident) => {
        Some(Party::$party)
    };
}

macro_rules! flows {
    ($( $kind:ident = $key:literal, $from:ident => $to:ident, $means:ident, $class:ident, $equations:literal, $text:literal; )+) => {
        /// Every kind of flow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum FlowKind { $( #[doc = $text] $kind, )+ }

        impl FlowKind {
            /// All kinds.
            pub const ALL: &[Self] = &[ $( Self::$kind, )+ ];
            const SPECS: &[FlowSpec] = &[ $( FlowSpec {
                key: $key, from: party!($from), to: party!($to), means: MeansOfPayment::$means,
                class: Class::$class, equations: $equations, text: $text,
            }, )+ ];
        }
    };
}

flows! {
    BitcoinSold = "bitcoin_sold", World => Operator, Money, Operating, "M4", "Bitcoin sold and repatriated";
    BitcoinHeld = "bitcoin_held", World => Operator, Bitcoin, Operating, "M4", "Bitcoin mined and kept";
    BitcoinAbroad = "bitcoin_abroad", World => Operator, Abroad, Operating, "M4", "Bitcoin sold for money that stays abroad";
    AiExported = "ai_exported", World => Operator, Money, Operating, "M12", "GPU rent from abroad";
    AiSoldHome = "ai_sold_home", Consumers => Operator, Money, Operating, "M12", "GPU rent from residents";
    LeaseRent = "lease_rent", Tenant => Operator, Money, Operating, "M12", "Lease rent from a foreign tenant";
    LeaseRentHome = "lease_rent_home", Consumers => Operator, Money, Operating, "M12", "Lease rent from a domestic tenant";
    LeaseEnergy = "lease_energy", Tenant => Operator, Money, Operating, "M12", "Energy paid for by a foreign tenant";
    LeaseEnergyHome = "lease_energy_home", Consumers => Operator, Money, Operating, "M12", "Energy paid for by a domestic tenant";
    Ancillary = "ancillary", Distribution => Operator, Money, Operating, "M8", "Demand response and ancillary services";
    EmergencyPayment = "emergency_payment", Distribution => Operator, Money, Operating, "M11", "Payment for energy not taken in emergency calls";
    PowerResold = "power_resold", Distribution => Operator, Money, Operating, "M10", "Contracted power resold at the hour's price";
    EnergyCharge = "energy_charge", Operator => Distribution, Money, Operating, "M8", "Energy at the tariff";
    Adjustments = "adjustments", Operator => Distribution, Money, Operating, "M8", "Tariff adjustments on energy";
    PeakCharge = "peak_charge", Operator => Distribution, Money, Operating, "M9", "Charge for load at coincident peaks";
    DemandCharge = "demand_charge", Operator => Distribution, Money, Operating, "M9", "Charge on each month's maximum load";
    CapacityCharge = "capacity_charge", Operator => Distribution, Money, Operating, "M15", "Charge on contracted power";
    CapacityRecovered = "capacity_from_operator", Operator => Distribution, Money, Operating, "M20", "Capacity payments borne by the operator";
    CapacityAllocated = "capacity_allocated_to_operator", Operator => Distribution, Money, Operating, "M20", "Share of system-wide capacity payments, allocated to the operator";
    PowerContract = "power_contract", Operator => Generators, Money, Operating, "M10", "Power bought ahead under contract";
    Levy = "levy", Operator => State, Money, Operating, "M23", "Levies";
    UnrecoverableTax = "unrecoverable_tax", Operator => State, Money, Operating, "M8", "Taxes on the bill that are not refunded";
    SalesTax = "sales_tax", Operator => State, Money, Operating, "M8", "Sales tax on the bill";
    SalesTaxRefund = "sales_tax_refund", State => Operator, Money, Operating, "M8", "Sales tax refunded";
    CostsHome = "costs_home", Operator => none, Resource, Operating, "M8", "Other running costs, domestic";
    CostsAbroad = "costs_abroad", Operator => World, Money, Operating, "M8", "Other running costs, abroad";
    Spares = "spares", Operator => World, Money, Operating, "M14", "Spare parts";
    Machines = "machines", Operator => World, Money, Capital, "M13", "Machines";
    Duty = "duty", Operator => State, Money, Capital, "M13", "Import duty";
    SiteHome = "site_home", Operator => none, Resource, Capital, "M15", "Site construction, domestic labour and materials";
    SiteAbroad = "site_abroad", Operator => World, Money, Capital, "M15", "Site equipment, imported";
    AiHome = "ai_home", Operator => none, Resource, Capital, "M12", "AI halls and servers, domestic, and conversion of a site";
    AiAbroad = "ai_abroad", Operator => World, Money, Capital, "M12", "AI halls and servers, imported";
    Resale = "resale", World => Operator, Money, Capital, "M15", "Machines sold at the end of their life";
    Residual = "residual", none => Operator, Valuation, Valuation, "M15", "Residual value of machines and site at the horizon";
    ResidualTax = "residual_tax", Operator => none, Valuation, Tax, "M17", "Tax due on a sale at the horizon";
    LoanForeign = "loan_foreign", ForeignLenders => Operator, Money, Financing, "M16", "Loans from foreign lenders";
    LoanHome = "loan_home", HomeLenders => Operator, Money, Financing, "M16", "Loans from domestic lenders";
    InterestForeign = "interest_foreign", Operator => ForeignLenders, Money, Financing, "M16", "Interest to foreign lenders";
    InterestHome = "interest_home", Operator => HomeLenders, Money, Financing, "M16", "Interest to domestic lenders";
    PrincipalForeign = "principal_foreign", Operator => ForeignLenders, Money, Financing, "M16", "Principal repaid to foreign lenders";
    PrincipalHome = "principal_home", Operator => HomeLenders, Money, Financing, "M16", "Principal repaid to domestic lenders";
    IncomeTax = "income_tax", Operator => State, Money, Tax, "M17", "Income tax on profit";
    EquityForeign = "equity_foreign", ForeignOwners => Operator, Money, Owner, "M18", "Equity from foreign owners";
    EquityHome = "equity_home", HomeOwners => Operator, Money, Owner, "M18", "Equity from domestic owners";
    ProfitForeign = "profit_foreign", Operator => ForeignOwners, Money, Owner, "M18", "Profit of foreign owners, in money";
    ProfitHome = "profit_home", Operator => HomeOwners, Money, Owner, "M18", "Profit of domestic owners, in money";
    ProfitForeignBitcoin = "profit_foreign_bitcoin", Operator => ForeignOwners, Bitcoin, Owner, "M18", "Profit of foreign owners, in bitcoin";
    ProfitHomeBitcoin = "profit_home_bitcoin", Operator => HomeOwners, Bitcoin, Owner, "M18", "Profit of domestic owners, in bitcoin";
    ProfitForeignAbroad = "profit_foreign_abroad", Operator => ForeignOwners, Abroad, Owner, "M18", "Profit of foreign owners, in money abroad";
    ProfitHomeAbroad = "profit_home_abroad", Operator => HomeOwners, Abroad, Owner, "M18", "Profit of domestic owners, in money abroad";
    ProfitForeignValuation = "profit_foreign_valuation", Operator => ForeignOwners, Valuation, Owner, "M18", "Foreign owners' share of the residual value";
    ProfitHomeValuation = "profit_home_valuation", Operator => HomeOwners, Valuation, Owner, "M18", "Domestic owners' share of the residual value";
    WithholdingTax = "withholding_tax", ForeignOwners => State, Money, Owner, "M18", "Withholding tax on foreign owners' remitted profit";
    BroughtHome = "brought_home", World => Operator, Money, Owner, "M18", "Money abroad and bitcoin converted to meet the year's cash needs";
    AbroadUsed = "abroad_used", Operator => World, Abroad, Owner, "M18", "Money abroad used for the year's cash needs";
    BitcoinUsed = "bitcoin_used", Operator => World, Bitcoin, Owner, "M18", "Bitcoin used for the year's cash needs";
    EnergyPurchase = "energy_purchase", Distribution => Generators, Money, System, "M19", "Energy at the cost of the plants that serve it";
    FuelImport = "fuel_import", Generators => World, Money, System, "M19", "Imported fuel";
    FuelHome = "fuel_home", Generators => none, Resource, System, "M19", "Fuel and other running costs of plants, domestic";
    PriceRise = "price_rise", Consumers => Generators, Money, System, "M22", "Price increase on other consumers' energy";
    MarginalRent = "marginal_rent", Distribution => Generators, Money, System, "M22", "Inframarginal rent: energy for the site at the marginal plant's cost, less its own cost";
    NetworkRelief = "network_relief", Distribution => Consumers, Money, System, "M22", "Shared fixed costs paid by the site instead of other consumers";
    NetworkBuilt = "network_built", Consumers => none, Resource, System, "M22", "Network built for the site, paid by other consumers";
    ContractDelivered = "contract_delivered", Generators => Distribution, Money, System, "M10", "Contracted energy delivered to distribution companies, replacing their purchases";
    UnservedBill = "unserved_bill", Distribution => Consumers, Money, System, "M19", "Uncollected bills of other consumers for unserved energy";
    CapacityPayment = "capacity_payment", Distribution => Generators, Money, System, "M20", "Capacity payments added by the project";
    CapacityFromState = "capacity_from_state", State => Distribution, Money, System, "M20", "Capacity payments borne by the state";
    CapacityFromConsumers = "capacity_from_consumers", Consumers => Distribution, Money, System, "M20", "Capacity payments borne by other consumers";
    AllocationFromState = "capacity_allocated_to_state", State => Distribution, Money, System, "M20", "Share of system-wide capacity payments, allocated to the state";
    AllocationToConsumers = "capacity_relief", Distribution => Consumers, Money, System, "M20", "Capacity payments no longer borne by other consumers";
    NewPlantAbroad = "new_plant_abroad", Generators => World, Money, System, "M20", "Annual cost of new plants, imported";
    NewPlantHome = "new_plant_home", Generators => none, Resource, System, "M20", "Annual cost of new plants, domestic";
    NewPlantOwners = "new_plant_owners", Generators => ForeignOwners, Money, System, "M20", "Return to foreign owners of new plants";
    StateCovers = "state_covers", State => Distribution, Money, System, "M21", "Shortfall of distribution companies covered by the state";
    ConsumersCover = "consumers_cover", Consumers => Distribution, Money, System, "M21", "Shortfall of distribution companies covered by other consumers";
    Relief = "relief", Distribution => Consumers, Money, System, "M21", "Gain of distribution companies passed on to other consumers";
}

impl FlowKind {
    /// The number of kinds.
    pub const COUNT: usize = Self::ALL.len();

    /// The specification.
    pub fn spec(self) -> &'static FlowSpec {
        &Self::SPECS[self as usize]
    }

    /// The index in [`FlowKind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// +1 if the party receives the flow, -1 if it pays it, 0 otherwise.
    pub fn sign(self, party: Party) -> f64 {
        let spec = self.spec();
        f64::from(spec.to == Some(party)) - f64::from(spec.from == Some(party))
    }
}

impl fmt::Display for FlowKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.spec().text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn flow_kinds_have_unique_keys_and_consistent_parties() {
        let keys: HashSet<_> = FlowKind::ALL.iter().map(|kind| kind.spec().key).collect();
        assert_eq!(keys.len(), FlowKind::COUNT);
        for (index, kind) in FlowKind::ALL.iter().enumerate() {
            let spec = kind.spec();
            assert_eq!(kind.index(), index);
            // Only resources and valuations may have one party.
            let one_sided =
                matches!(spec.means, MeansOfPayment::Resource | MeansOfPayment::Valuation);
            assert!(one_sided || (spec.from.is_some() && spec.to.is_some()), "{}", spec.key);
            assert_ne!(spec.from, spec.to, "{}", spec.key);
            // A flow without the operator is a system flow or the owners' withholding tax.
            let is_operators = kind.sign(Party::Operator) != 0.0;
            let is_owners_tax = *kind == FlowKind::WithholdingTax;
            assert_eq!(spec.class != Class::System, is_operators || is_owners_tax, "{}", spec.key);
        }
    }
}
