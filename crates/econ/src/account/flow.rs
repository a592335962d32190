//! The kinds of flow: each from one party to another, in one means, of one class.

use std::fmt;

/// Somebody who gains or pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Whoever runs the site.
    Operator,
    /// Owners of the operator at home.
    HomeOwners,
    /// Owners of the operator abroad.
    ForeignOwners,
    /// Lenders at home.
    HomeLenders,
    /// Lenders abroad.
    ForeignLenders,
    /// The state's budget.
    State,
    /// Distribution companies; what nobody pays them is circular debt.
    Distribution,
    /// Other consumers of electricity, and buyers at home.
    Consumers,
    /// Generators.
    Generators,
    /// A tenant abroad who leases power.
    Tenant,
    /// The rest of the world.
    World,
}

impl Party {
    /// All of them.
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

    /// Whether the nation counts it.
    pub fn is_home(self) -> bool {
        !matches!(self, Self::ForeignOwners | Self::ForeignLenders | Self::World | Self::Tenant)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operator => "Operator",
            Self::HomeOwners => "Owners at home",
            Self::ForeignOwners => "Foreign owners",
            Self::HomeLenders => "Lenders at home",
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

/// In what a flow is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeansOfPayment {
    /// Money, exchanged at the border where it crosses it.
    Money,
    /// Bitcoin that is kept.
    Bitcoin,
    /// Money that stays abroad.
    Abroad,
    /// Own labour, fuel and materials: used up at home, to no party.
    Resource,
    /// A value without cash, from or to no party.
    Valuation,
}

impl MeansOfPayment {
    /// Those in which something crosses the border, in the order of [`YearSums`](super::border::YearSums).
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

/// What a flow belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The operator's running income and costs.
    Operating,
    /// What the operator spends on machines and sites, and what machines bring at their end.
    Capital,
    /// Loans, interest and principal.
    Financing,
    /// Taxes on profit.
    Tax,
    /// Between the operator and its owners, and tax on what leaves to them.
    Owner,
    /// Between the other parties.
    System,
    /// A value at the horizon.
    Valuation,
}

impl Class {
    /// Whether the operator's net present value counts it: everything but its owners' flows.
    pub fn in_npv(self) -> bool {
        !matches!(self, Self::Owner | Self::System)
    }

    /// Whether the value before tax and financing counts it.
    pub fn in_project(self) -> bool {
        matches!(self, Self::Operating | Self::Capital | Self::Valuation)
    }
}

/// What a kind of flow is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowSpec {
    /// The key in machine formats.
    pub key: &'static str,
    /// Who pays; `None` for what comes from no party.
    pub from: Option<Party>,
    /// Who is paid; `None` for what goes to no party.
    pub to: Option<Party>,
    /// In what.
    pub means: MeansOfPayment,
    /// What it belongs to.
    pub class: Class,
    /// Numbers of the equations that make it, as `METHODS.md` has them.
    pub equations: &'static str,
    /// What it is, for a reader.
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
    BitcoinSold = "bitcoin_sold", World => Operator, Money, Operating, "M4", "Bitcoin sold and brought home";
    BitcoinHeld = "bitcoin_held", World => Operator, Bitcoin, Operating, "M4", "Bitcoin mined and kept";
    BitcoinAbroad = "bitcoin_abroad", World => Operator, Abroad, Operating, "M4", "Bitcoin sold for money that stays abroad";
    AiExported = "ai_exported", World => Operator, Money, Operating, "M12", "Rent of processors from abroad";
    AiSoldHome = "ai_sold_home", Consumers => Operator, Money, Operating, "M12", "Rent of processors from home";
    LeaseRent = "lease_rent", Tenant => Operator, Money, Operating, "M12", "Rent of a lease from a tenant abroad";
    LeaseRentHome = "lease_rent_home", Consumers => Operator, Money, Operating, "M12", "Rent of a lease from a tenant at home";
    LeaseEnergy = "lease_energy", Tenant => Operator, Money, Operating, "M12", "Energy that a tenant abroad pays for";
    LeaseEnergyHome = "lease_energy_home", Consumers => Operator, Money, Operating, "M12", "Energy that a tenant at home pays for";
    Ancillary = "ancillary", Distribution => Operator, Money, Operating, "M8", "Demand response and ancillary services";
    EmergencyPayment = "emergency_payment", Distribution => Operator, Money, Operating, "M11", "Pay for energy not taken in emergency calls";
    PowerResold = "power_resold", Distribution => Operator, Money, Operating, "M10", "Contracted power sold at the hour's price";
    EnergyCharge = "energy_charge", Operator => Distribution, Money, Operating, "M8", "Energy at the tariff";
    Adjustments = "adjustments", Operator => Distribution, Money, Operating, "M8", "Adjustments passed on with the energy";
    PeakCharge = "peak_charge", Operator => Distribution, Money, Operating, "M9", "Charge for load in coincident peaks";
    DemandCharge = "demand_charge", Operator => Distribution, Money, Operating, "M9", "Charge on each month's greatest load";
    CapacityCharge = "capacity_charge", Operator => Distribution, Money, Operating, "M15", "Charge on contracted power";
    CapacityRecovered = "capacity_from_operator", Operator => Distribution, Money, Operating, "M20", "Capacity payments that the operator bears";
    CapacityAllocated = "capacity_allocated_to_operator", Operator => Distribution, Money, Operating, "M20", "Share of the capacity payments of all, borne by the operator";
    PowerContract = "power_contract", Operator => Generators, Money, Operating, "M10", "Power bought ahead";
    Levy = "levy", Operator => State, Money, Operating, "M23", "Levies";
    UnrecoverableTax = "unrecoverable_tax", Operator => State, Money, Operating, "M8", "Taxes on the bill that are not refunded";
    SalesTax = "sales_tax", Operator => State, Money, Operating, "M8", "Sales tax on the bill";
    SalesTaxRefund = "sales_tax_refund", State => Operator, Money, Operating, "M8", "Sales tax refunded";
    CostsHome = "costs_home", Operator => none, Resource, Operating, "M8", "Other running costs spent at home";
    CostsAbroad = "costs_abroad", Operator => World, Money, Operating, "M8", "Other running costs spent abroad";
    Spares = "spares", Operator => World, Money, Operating, "M14", "Spare parts";
    Machines = "machines", Operator => World, Money, Capital, "M13", "Machines";
    Duty = "duty", Operator => State, Money, Capital, "M13", "Duty on what is bought abroad";
    SiteHome = "site_home", Operator => none, Resource, Capital, "M15", "Site built with work and materials from home";
    SiteAbroad = "site_abroad", Operator => World, Money, Capital, "M15", "Site equipment bought abroad";
    AiHome = "ai_home", Operator => none, Resource, Capital, "M12", "AI halls and servers from home, and clearing a site for them";
    AiAbroad = "ai_abroad", Operator => World, Money, Capital, "M12", "AI halls and servers bought abroad";
    Resale = "resale", World => Operator, Money, Capital, "M15", "Machines sold at the end of their life";
    Residual = "residual", none => Operator, Valuation, Valuation, "M15", "Worth of machines and site at the horizon";
    ResidualTax = "residual_tax", Operator => none, Valuation, Tax, "M17", "Tax that a sale at the horizon would bear";
    LoanForeign = "loan_foreign", ForeignLenders => Operator, Money, Financing, "M16", "Loans from abroad";
    LoanHome = "loan_home", HomeLenders => Operator, Money, Financing, "M16", "Loans from home";
    InterestForeign = "interest_foreign", Operator => ForeignLenders, Money, Financing, "M16", "Interest to lenders abroad";
    InterestHome = "interest_home", Operator => HomeLenders, Money, Financing, "M16", "Interest to lenders at home";
    PrincipalForeign = "principal_foreign", Operator => ForeignLenders, Money, Financing, "M16", "Loans paid back abroad";
    PrincipalHome = "principal_home", Operator => HomeLenders, Money, Financing, "M16", "Loans paid back at home";
    IncomeTax = "income_tax", Operator => State, Money, Tax, "M17", "Tax on profit";
    EquityForeign = "equity_foreign", ForeignOwners => Operator, Money, Owner, "M18", "Money put in by foreign owners";
    EquityHome = "equity_home", HomeOwners => Operator, Money, Owner, "M18", "Money put in by owners at home";
    ProfitForeign = "profit_foreign", Operator => ForeignOwners, Money, Owner, "M18", "Profit of foreign owners, in money";
    ProfitHome = "profit_home", Operator => HomeOwners, Money, Owner, "M18", "Profit of owners at home, in money";
    ProfitForeignBitcoin = "profit_foreign_bitcoin", Operator => ForeignOwners, Bitcoin, Owner, "M18", "Profit of foreign owners, in bitcoin";
    ProfitHomeBitcoin = "profit_home_bitcoin", Operator => HomeOwners, Bitcoin, Owner, "M18", "Profit of owners at home, in bitcoin";
    ProfitForeignAbroad = "profit_foreign_abroad", Operator => ForeignOwners, Abroad, Owner, "M18", "Profit of foreign owners, in money abroad";
    ProfitHomeAbroad = "profit_home_abroad", Operator => HomeOwners, Abroad, Owner, "M18", "Profit of owners at home, in money abroad";
    ProfitForeignValuation = "profit_foreign_valuation", Operator => ForeignOwners, Valuation, Owner, "M18", "Foreign owners' part of the worth at the horizon";
    ProfitHomeValuation = "profit_home_valuation", Operator => HomeOwners, Valuation, Owner, "M18", "Home owners' part of the worth at the horizon";
    WithholdingTax = "withholding_tax", ForeignOwners => State, Money, Owner, "M18", "Tax on foreign owners' profit when it leaves the country";
    BroughtHome = "brought_home", World => Operator, Money, Owner, "M18", "Money abroad and bitcoin exchanged to meet the year's needs";
    AbroadUsed = "abroad_used", Operator => World, Abroad, Owner, "M18", "Money abroad exchanged for that";
    BitcoinUsed = "bitcoin_used", Operator => World, Bitcoin, Owner, "M18", "Bitcoin exchanged for that";
    EnergyPurchase = "energy_purchase", Distribution => Generators, Money, System, "M19", "Energy at the cost of the plants that serve it";
    FuelImport = "fuel_import", Generators => World, Money, System, "M19", "Imported fuel";
    FuelHome = "fuel_home", Generators => none, Resource, System, "M19", "Fuel and other running costs of plants, from home";
    PriceRise = "price_rise", Consumers => Generators, Money, System, "M22", "Dearer energy of other consumers";
    MarginalRent = "marginal_rent", Distribution => Generators, Money, System, "M22", "Energy for the site at the marginal plant's cost, over its own";
    NetworkRelief = "network_relief", Distribution => Consumers, Money, System, "M22", "Shared fixed costs that the site pays in place of other consumers";
    NetworkBuilt = "network_built", Consumers => none, Resource, System, "M22", "Network that is built for the site, paid by other consumers";
    ContractDelivered = "contract_delivered", Generators => Distribution, Money, System, "M10", "Contracted energy that distribution companies get in place of what they would buy";
    UnservedBill = "unserved_bill", Distribution => Consumers, Money, System, "M19", "Bills of others for energy that does not come";
    CapacityPayment = "capacity_payment", Distribution => Generators, Money, System, "M20", "Payments for capacity that the project adds";
    CapacityFromState = "capacity_from_state", State => Distribution, Money, System, "M20", "Capacity payments that the state bears";
    CapacityFromConsumers = "capacity_from_consumers", Consumers => Distribution, Money, System, "M20", "Capacity payments that other consumers bear";
    AllocationFromState = "capacity_allocated_to_state", State => Distribution, Money, System, "M20", "Share of the capacity payments of all, borne by the state";
    AllocationToConsumers = "capacity_relief", Distribution => Consumers, Money, System, "M20", "Capacity payments that other consumers no longer bear";
    NewPlantAbroad = "new_plant_abroad", Generators => World, Money, System, "M20", "New plants bought abroad, a year's part";
    NewPlantHome = "new_plant_home", Generators => none, Resource, System, "M20", "New plants built at home, a year's part";
    NewPlantOwners = "new_plant_owners", Generators => ForeignOwners, Money, System, "M20", "Return of foreign owners of new plants";
    StateCovers = "state_covers", State => Distribution, Money, System, "M21", "Shortfall of distribution companies paid by the state";
    ConsumersCover = "consumers_cover", Consumers => Distribution, Money, System, "M21", "Shortfall of distribution companies paid by other consumers";
    Relief = "relief", Distribution => Consumers, Money, System, "M21", "Gain of distribution companies passed to other consumers";
}

impl FlowKind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// What it is.
    pub fn spec(self) -> &'static FlowSpec {
        &Self::SPECS[self as usize]
    }

    /// Its place among all.
    pub fn index(self) -> usize {
        self as usize
    }

    /// +1 where the party is paid, -1 where it pays, 0 where it has no part in it.
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
    fn every_kind_has_a_key_of_its_own_and_two_ends() {
        let keys: HashSet<_> = FlowKind::ALL.iter().map(|kind| kind.spec().key).collect();
        assert_eq!(keys.len(), FlowKind::COUNT);
        for (place, kind) in FlowKind::ALL.iter().enumerate() {
            let spec = kind.spec();
            assert_eq!(kind.index(), place);
            // Only resources and values go to or come from nobody.
            let nobody = matches!(spec.means, MeansOfPayment::Resource | MeansOfPayment::Valuation);
            assert!(nobody || (spec.from.is_some() && spec.to.is_some()), "{}", spec.key);
            assert_ne!(spec.from, spec.to, "{}", spec.key);
            // What the operator has no part in is the system's, or its owners' tax.
            let touches = kind.sign(Party::Operator) != 0.0;
            let is_owners_tax = *kind == FlowKind::WithholdingTax;
            assert_eq!(spec.class != Class::System, touches || is_owners_tax, "{}", spec.key);
        }
    }
}
