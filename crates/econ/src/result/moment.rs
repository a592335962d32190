//! Figures of the steady year, before and after the retarget.

use crate::params::Unit;

macro_rules! moments {
    ($( $kind:ident = $key:literal, $unit:ident, $equations:literal, $text:literal; )+) => {
        /// A figure of the steady year.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Moment { $( #[doc = $text] $kind, )+ }

        impl Moment {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$kind, )+ ];

            /// The key in machine formats; a dot opens an object.
            pub fn key(self) -> &'static str {
                match self { $( Self::$kind => $key, )+ }
            }

            /// The unit.
            pub fn unit(self) -> Unit {
                match self { $( Self::$kind => Unit::$unit, )+ }
            }

            /// Numbers of the equations that make it.
            pub fn equations(self) -> &'static str {
                match self { $( Self::$kind => $equations, )+ }
            }

            /// What it is, for a reader.
            pub fn text(self) -> &'static str {
                match self { $( Self::$kind => $text, )+ }
            }
        }
    };
}

moments! {
    Power = "power_mw", Mw, "M15", "Contracted power, MW";
    MiningPower = "mining_power_mw", Mw, "M13", "Power of the mining machines at the meter, MW";
    Nameplate = "hashrate_nameplate_eh_per_s", EhPerS, "M14", "Hashrate with every machine running, EH/s";
    Average = "hashrate_average_eh_per_s", EhPerS, "M8", "Average hashrate, EH/s";
    CapacityFactor = "capacity_factor", One, "M8", "Average hashrate over that with every machine running";
    EnergyPerDay = "energy_mwh_per_day", Mwh, "M8", "Energy at the meter a day, MWh";
    EnergyPerYear = "energy_twh_per_year", TwhPerYear, "M8", "Energy at the meter a year, TWh";
    TariffUsd = "tariff_usd_per_kwh", UsdPerKwh, "M8", "Mean price of the energy taken, USD/kWh";
    EnergyCost = "energy_cost_usd_per_day", UsdPerDay, "M8", "Cost of energy a day, USD";
    RunningCost = "running_costs_usd_per_day", UsdPerDay, "M8", "All running costs a day, USD";
    NetworkBefore = "network_eh_per_s_before", EhPerS, "M2", "Hashrate at which the difficulty is steady, before the retarget, EH/s";
    NetworkAfter = "network_eh_per_s_after", EhPerS, "M2", "The same, after it";
    DifficultyBefore = "difficulty_before", One, "M3", "Difficulty before the retarget";
    DifficultyAfter = "difficulty_after", One, "M3", "Difficulty after it";
    Share = "share_of_blocks", One, "M5", "Share of all blocks";
    BtcBefore = "btc_per_day_before", BtcPerDay, "M4", "Bitcoin a day before the retarget";
    BtcAfter = "btc_per_day_after", BtcPerDay, "M4", "Bitcoin a day after it";
    RevenueBefore = "revenue_usd_per_day_before", UsdPerDay, "M4", "Worth of it before the retarget, USD a day";
    RevenueAfter = "revenue_usd_per_day_after", UsdPerDay, "M4", "Worth of it after, USD a day";
    HashpriceBefore = "hashprice_usd_per_ph_day_before", UsdPerPhDay, "M4", "What a hash earns before the retarget, USD/PH/day";
    HashpriceAfter = "hashprice_usd_per_ph_day_after", UsdPerPhDay, "M4", "What a hash earns after it, USD/PH/day";
    MarginBefore = "margin_usd_per_day_before", UsdPerDay, "M4, M8", "Income less energy before the retarget, USD a day";
    MarginAfter = "margin_usd_per_day_after", UsdPerDay, "M4, M8", "Income less energy after it, USD a day";
    CashMarginBefore = "cash_margin_usd_per_day_before", UsdPerDay, "M4, M8", "Income less all running costs before the retarget, USD a day";
    CashMarginAfter = "cash_margin_usd_per_day_after", UsdPerDay, "M4, M8", "Income less all running costs after it, USD a day";
    ProfitMaximising = "scale.profit_maximising_mw", Mw, "M5", "Size of the most profit, all running costs counted, MW";
    ZeroProfit = "scale.zero_profit_mw", Mw, "M5", "Size from which on there is no profit, MW";
    NextMwBtc = "scale.next_mw_btc_per_day", BtcPerDay, "M5", "What the next MW earns, BTC a day";
    NextMwProfit = "scale.next_mw_profit_usd_per_day", UsdPerDay, "M5", "What the next MW earns less its running costs, USD a day";
    AverageCarbon = "carbon.average_t_per_year", Tonnes, "M26", "CO2 at the grid's average, t a year";
    MarginalCarbon = "carbon.marginal_t_per_year", Tonnes, "M26", "CO2 of the plants that serve the site, t a year";
    DisplacedCarbon = "carbon.displaced_t_per_year", Tonnes, "M26", "CO2 of miners that are pushed out, t a year";
    Households = "households_equivalent", One, "M34", "Households that use as much energy";
}

/// A side of the retarget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// At the first epoch's difficulty.
    Before,
    /// Once the difficulty has taken the project in.
    After,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// Which costs a break-even counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Energy.
    EnergyOnly,
    /// All running costs.
    CashCosts,
    /// Running costs, and machines with duty and the site as annuities over their lives.
    WithCapital,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EnergyOnly, Self::CashCosts, Self::WithCapital];

    /// What it counts, for a reader.
    pub fn text(self) -> &'static str {
        match self {
            Self::EnergyOnly => "energy only",
            Self::CashCosts => "cash costs",
            Self::WithCapital => "with capital",
        }
    }

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::EnergyOnly => "energy_only",
            Self::CashCosts => "cash_costs",
            Self::WithCapital => "with_capital",
        }
    }
}

/// What is varied until income equals cost, everything else as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    /// The energy price, USD/kWh.
    Tariff,
    /// The price of a bitcoin, USD.
    Price,
    /// The difficulty.
    Difficulty,
    /// Energy per hash at the machine of the same power, J/TH.
    Efficiency,
    /// The part of the year's hashes that is made, over all of them.
    CapacityFactor,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Tariff, Self::Price, Self::Difficulty, Self::Efficiency, Self::CapacityFactor];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tariff => "tariff_usd_per_kwh",
            Self::Price => "price_usd_per_btc",
            Self::Difficulty => "difficulty",
            Self::Efficiency => "efficiency_j_per_th",
            Self::CapacityFactor => "capacity_factor",
        }
    }

    /// What it is, for a reader.
    pub fn text(self) -> &'static str {
        match self {
            Self::Tariff => "Price of energy",
            Self::Price => "Price of a bitcoin",
            Self::Difficulty => "Difficulty",
            Self::Efficiency => "Energy per hash at the machine",
            Self::CapacityFactor => "Capacity factor",
        }
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        match self {
            Self::Tariff => Unit::UsdPerKwh,
            Self::Price => Unit::UsdPerBtc,
            Self::Difficulty | Self::CapacityFactor => Unit::One,
            Self::Efficiency => Unit::JoulesPerTh,
        }
    }
}
