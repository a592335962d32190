//! Who pays whom: the parties, the flows between them, and what is no transfer.

use std::fmt;

/// Somebody who gains or pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Whoever runs the site.
    Operator,
    /// The state's budget.
    State,
    /// Distribution companies; what nobody pays them is circular debt.
    Distribution,
    /// Other consumers of electricity.
    Consumers,
    /// Generators.
    Generators,
    /// Foreign owners and lenders.
    ForeignOwners,
    /// The rest of the world.
    World,
}

impl Party {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 7] = [
        Self::Operator,
        Self::State,
        Self::Distribution,
        Self::Consumers,
        Self::Generators,
        Self::ForeignOwners,
        Self::World,
    ];

    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::State => "state_budget",
            Self::Distribution => "distribution",
            Self::Consumers => "other_consumers",
            Self::Generators => "generators",
            Self::ForeignOwners => "foreign_owners",
            Self::World => "rest_of_world",
        }
    }

    /// Whether the nation counts it.
    pub fn is_national(self) -> bool {
        !matches!(self, Self::ForeignOwners | Self::World)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// In what a transfer is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Money that is exchanged at the border, where it crosses it.
    Money,
    /// Bitcoin that is kept: no foreign exchange yet.
    Bitcoin,
    /// Money that stays abroad.
    Abroad,
}

impl Means {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Bitcoin => "bitcoin_held",
            Self::Abroad => "kept_abroad",
        }
    }
}

/// What a flow is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowSpec {
    /// Its name.
    pub name: &'static str,
    /// Who pays.
    pub from: Party,
    /// Who is paid.
    pub to: Party,
    /// In what.
    pub means: Means,
    /// How it is worked out.
    pub formula: &'static str,
    /// The inputs that it follows from, as the beginnings of their keys.
    pub inputs: &'static [&'static str],
}

const MINING: &[&str] = &[
    "power_mw",
    "mining_share",
    "pue",
    "uptime",
    "j_per_th",
    "network_eh",
    "price_usd",
    "fees_btc",
    "height",
    "pool_fee",
    "stale",
    "displacement",
    "fx",
    "ledger.hours",
    "ledger.foreign_exchange.",
    "ledger.market.",
];
const AI: &[&str] = &["power_mw", "mining_share", "fx", "ledger.ai.", "ledger.hours"];
const ENERGY: &[&str] = &[
    "power_mw",
    "mining_share",
    "uptime",
    "tariff",
    "fx",
    "ledger.tariff_terms.",
    "ledger.hours",
    "ledger.ai.uptime",
];
const SUPPLY: &[&str] = &[
    "power_mw",
    "mining_share",
    "uptime",
    "fx",
    "ledger.hours",
    "ledger.losses.",
    "ledger.supply.",
    "ledger.plant.",
];
const CAPITAL: &[&str] = &[
    "power_mw",
    "mining_share",
    "pue",
    "j_per_th",
    "infrastructure_usd_per_mw",
    "fx",
    "ledger.operator.",
    "ledger.ai.",
];
const PROFIT: &[&str] = &[
    "power_mw",
    "mining_share",
    "pue",
    "uptime",
    "j_per_th",
    "network_eh",
    "price_usd",
    "fees_btc",
    "tariff",
    "fx",
    "other_costs_usd_per_mwh",
    "infrastructure_usd_per_mw",
    "ledger.operator.",
    "ledger.ai.",
    "ledger.tariff_terms.",
    "ledger.hours",
];
const MARGIN: &[&str] = &[
    "power_mw",
    "mining_share",
    "uptime",
    "tariff",
    "fx",
    "ledger.tariff_terms.",
    "ledger.hours",
    "ledger.losses.",
    "ledger.supply.",
    "ledger.plant.",
    "ledger.payers.",
    "ledger.capacity_payments.",
];
const NEW_PLANT: &[&str] =
    &["power_mw", "fx", "ledger.losses.", "ledger.capacity_payments.", "ledger.operator.discount"];

macro_rules! flows {
    ($( $kind:ident = $name:literal, $from:ident => $to:ident, $means:ident, $inputs:expr, $formula:literal; )+) => {
        /// Every flow of a year.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum FlowKind { $( $kind, )+ }

        pub(super) const FLOWS: &[FlowSpec] = &[ $( FlowSpec {
            name: $name, from: Party::$from, to: Party::$to, means: Means::$means,
            formula: $formula, inputs: $inputs,
        }, )+ ];
    };
}

flows! {
    BitcoinSold = "bitcoin sold and brought home", World => Operator, Money, MINING, "BTC/year after pool * price * repatriated * fx";
    BitcoinHeld = "bitcoin held", World => Operator, Bitcoin, MINING, "BTC/year * price * (1 - repatriated) * held_of_rest * fx";
    BitcoinAbroad = "bitcoin sold, money kept abroad", World => Operator, Abroad, MINING, "BTC/year * price * (1 - repatriated) * (1 - held_of_rest) * fx";
    AiExported = "AI sold abroad", World => Operator, Money, AI, "GPUs * hours * uptime * sold * rent of the first year * export_share * fx";
    AiAtHome = "AI sold at home", Consumers => Operator, Money, AI, "GPUs * hours * uptime * sold * rent of the first year * (1 - export_share) * fx";
    EnergyCharge = "energy charge", Operator => Distribution, Money, ENERGY, "sum over months and hours of energy * tariff * time-of-use ratio, by tiers";
    CapacityCharge = "capacity charge", Operator => Distribution, Money, ENERGY, "contracted kW * charge per kW-month * 12, less the part not due when curtailed";
    Adjustments = "adjustments passed on", Operator => Distribution, Money, ENERGY, "energy * sum of adjustments";
    SalesTax = "recoverable sales tax, paid", Operator => State, Money, ENERGY, "bill * recoverable_tax";
    SalesTaxBack = "recoverable sales tax, returned", State => Operator, Money, ENERGY, "the same";
    LostTax = "unrecoverable taxes on the bill", Operator => State, Money, ENERGY, "bill * unrecoverable_tax";
    CorrectiveTax = "corrective taxes", Operator => State, Money, &["power_mw", "uptime", "fx", "ledger.hours", "ledger.carbon.corrective_tax"], "energy * rates of the lines that are applied";
    Emergency = "payment for emergency-off", Distribution => Operator, Money, &["power_mw", "fx", "ledger.hours.emergency"], "emergency hours * power * payment";
    EnergyPurchase = "energy at incremental cost", Distribution => Generators, Money, SUPPLY, "sum over months of energy / (1 - loss) * (fuel of the plants that serve it + variable O&M)";
    NewCapacity = "payments for new plants", Distribution => Generators, Money, NEW_PLANT, "in mode new_build: MW / (1 - loss) / availability * USD/kW * annuity * fx";
    NewPlantAbroad = "new plants bought abroad", Generators => World, Money, NEW_PLANT, "in mode new_build: USD/kW / life * import share * fx";
    NewPlantOwners = "return on new plants to foreigners", Generators => ForeignOwners, Money, NEW_PLANT, "in mode new_build: (payments - USD/kW / life) * foreign share";
    StateCovers = "shortfall covered by the state", State => Distribution, Money, MARGIN, "max(0, supply cost - bill) * shortfall_to_state";
    ConsumersCover = "shortfall passed to consumers", Consumers => Distribution, Money, MARGIN, "max(0, supply cost - bill) * (1 - shortfall_to_state) * rest_to_consumers";
    ConsumersRelieved = "relief of other consumers", Distribution => Consumers, Money, MARGIN, "max(0, bill - supply cost) * gain_to_consumers";
    ImportedFuel = "imported fuel at the margin", Generators => World, Money, SUPPLY, "sum over months and plants of energy * fuel cost * import share";
    Machines = "machines bought abroad", Operator => World, Money, CAPITAL, "(TH/s * usd_per_th) / life + AI capital * import share / life, a year's part";
    Duty = "import duty", Operator => State, Money, CAPITAL, "machines bought abroad * import_duty";
    Spares = "spare parts", Operator => World, Money, CAPITAL, "price of mining machines * spares_per_year";
    SiteAbroad = "site equipment bought abroad", Operator => World, Money, CAPITAL, "infrastructure / site life * site_import_share";
    CostsAbroad = "other costs spent abroad", Operator => World, Money, PROFIT, "other cash costs * (1 - costs_local_share)";
    Interest = "interest on foreign debt", Operator => ForeignOwners, Money, CAPITAL, "capital / 2 * debt_share * interest_per_year";
    IncomeTax = "tax on profit", Operator => State, Money, PROFIT, "max(0, profit) * income_tax";
    Dividends = "profit remitted", Operator => ForeignOwners, Money, PROFIT, "max(0, profit after tax) * foreign_share * remitted";
}

/// What is no transfer: a real resource, or an effect that nobody pays for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResourceSpec {
    /// Its name.
    pub name: &'static str,
    /// Who bears it; `None` for the public at large, which is no party.
    pub party: Option<Party>,
    /// Whether it is a stated externality, else a real resource.
    pub externality: bool,
    /// How it is worked out.
    pub formula: &'static str,
    /// The inputs that it follows from, as the beginnings of their keys.
    pub inputs: &'static [&'static str],
}

macro_rules! resources {
    ($( $kind:ident = $name:literal, $party:expr, $externality:literal, $inputs:expr, $formula:literal; )+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ResourceKind { $( $kind, )+ }

        pub(super) const RESOURCES: &[ResourceSpec] = &[ $( ResourceSpec {
            name: $name, party: $party, externality: $externality, formula: $formula,
            inputs: $inputs,
        }, )+ ];
    };
}

resources! {
    HomeFuel = "domestic fuel and variable O&M", Some(Party::Generators), false, SUPPLY, "-(energy purchase - imported fuel)";
    NewPlantHome = "domestic part of new plants", Some(Party::Generators), false, NEW_PLANT, "in mode new_build: -USD/kW / life * (1 - import share) * fx";
    HomeCosts = "domestic costs of the site", Some(Party::Operator), false, PROFIT, "-other cash costs * costs_local_share";
    HomeCapital = "domestic part of the site's capital", Some(Party::Operator), false, CAPITAL, "-(infrastructure / life * (1 - import share) + AI capital / life * (1 - import share))";
    AiValue = "AI used at home", Some(Party::Consumers), false, AI, "+what is paid for it: taken as its worth";
    LostLoad = "supply lost to others in scarce hours", Some(Party::Consumers), true, &["power_mw", "uptime", "fx", "ledger.hours", "ledger.uses.lost_load", "ledger.losses."], "-energy that the site takes while the system is short * value of lost load";
    Carbon = "carbon", None, true, &["power_mw", "uptime", "fx", "ledger.plant.", "ledger.carbon.usd_per_t", "ledger.losses.", "ledger.hours", "ledger.supply."], "-marginal tonnes * usd_per_t * fx";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parties_are_where_the_matrix_has_them() {
        for (place, party) in Party::ALL.into_iter().enumerate() {
            assert_eq!(party as usize, place);
        }
        assert_eq!(Party::ALL.into_iter().filter(|party| party.is_national()).count(), 5);
        assert!(FLOWS.iter().all(|flow| flow.from != flow.to));
        assert_eq!(FLOWS[FlowKind::Dividends as usize].name, "profit remitted");
        assert_eq!(RESOURCES[ResourceKind::Carbon as usize].name, "carbon");
    }
}
