//! What a key chooses between, each by its name in files and machine formats.

macro_rules! choices {
    ($(
        $(#[$doc:meta])*
        $Choice:ident { $( $(#[$name_doc:meta])* $name:ident = $text:literal, )+ }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Choice { $( $(#[$name_doc])* $name, )+ }

        impl $Choice {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$name, )+ ];
            /// Their names, in the same order.
            pub const NAMES: &[&str] = &[ $( $text, )+ ];

            /// The name in files and machine formats.
            pub fn name(self) -> &'static str {
                match self { $( Self::$name => $text, )+ }
            }

            /// The one of that name.
            pub fn of_name(name: &str) -> Option<Self> {
                match name { $( $text => Some(Self::$name), )+ _ => None }
            }
        }

        impl std::fmt::Display for $Choice {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    )+};
}

choices! {
    /// What a template is for: each kind has the keys of those before it.
    ScenarioKind {
        /// A machine or a few at home.
        Home = "home",
        /// A mining site with its contract and its owner.
        Site = "site",
        /// A country's power: who gains and who pays.
        Country = "country",
    }
    /// How firm a tariff is.
    TariffStatus {
        /// A regulator or a contract has it.
        Approved = "approved",
        /// Somebody asked for it.
        Proposed = "proposed",
        /// No miner is offered it; it is taken to see what would follow.
        Hypothetical = "hypothetical",
    }
    /// Where a site has its power from, which some levies ask for.
    PowerSource {
        /// Bought from the grid.
        Grid = "grid",
        /// Made by plants of its own.
        OwnGeneration = "own_generation",
        /// Made by wind, sun or water of its own.
        OwnRenewable = "own_renewable",
    }
    /// On which energy a levy is due.
    LevyPart {
        /// On all of a site.
        All = "all",
        /// On what mines.
        Mining = "mining",
        /// On what serves AI.
        Ai = "ai",
    }
    /// Whether a machine can be bought.
    LotStatus {
        /// Its maker has announced it.
        Announced = "announced",
        /// It is delivered.
        Shipping = "shipping",
    }
    /// What moves the market beside its trend.
    Noise {
        /// Residuals of past epochs, in blocks.
        Residual = "residual",
        /// A normal distribution with the same deviations and correlations.
        Parametric = "parametric",
        /// Nothing: the path that the model expects.
        None = "none",
    }
    /// A market whose parts belong together, in place of single keys.
    MarketPreset {
        /// The real price and fees stand still, and nothing moves them.
        FlatReal = "flat_real",
        /// The real price follows a given drift.
        Drift = "drift",
        /// Price, and fees and hashrate where they are given, follow files.
        File = "file",
        /// Past surprises are drawn again around a real price without drift.
        Bootstrap = "bootstrap",
    }
    /// Whose hashrate a path gives.
    OthersOf {
        /// Everybody but the project.
        Others = "others",
        /// The whole network, the project included.
        All = "all",
    }
    /// What a reference cost stands for.
    ReferenceKind {
        /// Fuel of the plant that runs for the next kWh.
        IncrementalFuel = "incremental_fuel",
        /// The energy part of the average purchase.
        AverageEnergy = "average_energy",
        /// All costs of supplying a customer, on average.
        CostOfService = "cost_of_service",
        /// What distributors pay for power on average, energy and capacity.
        PurchaseAverage = "purchase_average",
        /// What another consumer pays.
        ConsumerTariff = "consumer_tariff",
        /// What somebody else would have paid for the same energy.
        AlternativeBuyer = "alternative_buyer",
    }
    /// Where the energy of a price is metered: losses lie between these.
    MeteringPoint {
        /// At the plant.
        Generator = "generator",
        /// Where distributors take it over.
        DistributionPurchase = "distribution_purchase",
        /// At the customer.
        Consumer = "consumer",
    }
}

impl From<LevyPart> for crate::params::inputs::LevyOf {
    fn from(part: LevyPart) -> Self {
        match part {
            LevyPart::All => Self::All,
            LevyPart::Mining => Self::Mining,
            LevyPart::Ai => Self::Ai,
        }
    }
}
