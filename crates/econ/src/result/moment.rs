//! Figures of the steady year, before and after the retarget.

use crate::params::Unit;

macro_rules! moments {
    ($( $kind:ident = $key:literal, $unit:ident, $equations:literal, $text:literal; )+) => {
        /// A figure of the steady year.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Moment { $( #[doc = $text] $kind, )+ }

        impl Moment {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$kind, )+ ];

            /// The key in machine-readable output; a dot opens an object.
            pub fn key(self) -> &'static str {
                match self { $( Self::$kind => $key, )+ }
            }

            /// The unit.
            pub fn unit(self) -> Unit {
                match self { $( Self::$kind => Unit::$unit, )+ }
            }

            /// Numbers of its equations in `METHODS.md`.
            pub fn equations(self) -> &'static str {
                match self { $( Self::$kind => $equations, )+ }
            }

            /// Describes the figure.
            pub fn text(self) -> &'static str {
                match self { $( Self::$kind => $text, )+ }
            }
        }
    };
}

moments! {
    Power = "power_mw", Mw, "M15", "Contracted power, MW";
    MiningPower = "mining_power_mw", Mw, "M13", "Power of the mining machines at the meter, MW";
    Nameplate = "hashrate_nameplate_eh_per_s", EhPerS, "M14", "Hashrate with all machines running, EH/s";
    Average = "hashrate_average_eh_per_s", EhPerS, "M8", "Average hashrate, EH/s";
    CapacityFactor = "capacity_factor", One, "M8", "Ratio of average hashrate to hashrate with all machines running";
    EnergyPerDay = "energy_mwh_per_day", Mwh, "M8", "Energy at the meter per day, MWh";
    EnergyPerYear = "energy_twh_per_year", TwhPerYear, "M8", "Energy at the meter per year, TWh";
    TariffUsd = "tariff_usd_per_kwh", UsdPerKwh, "M8", "Mean price of energy used, USD/kWh";
    EnergyCost = "energy_cost_usd_per_day", UsdPerDay, "M8", "Energy cost per day, USD";
    RunningCost = "running_costs_usd_per_day", UsdPerDay, "M8", "All running costs per day, USD";
    NetworkBefore = "network_eh_per_s_before", EhPerS, "M2", "Network hashrate that corresponds to the difficulty before the retarget, EH/s";
    NetworkAfter = "network_eh_per_s_after", EhPerS, "M2", "Network hashrate that corresponds to the difficulty after the retarget, EH/s";
    DifficultyBefore = "difficulty_before", One, "M3", "Difficulty before the retarget";
    DifficultyAfter = "difficulty_after", One, "M3", "Difficulty after the retarget";
    Share = "share_of_blocks", One, "M5", "Share of all blocks";
    BtcBefore = "btc_per_day_before", BtcPerDay, "M4", "Bitcoin per day before the retarget";
    BtcAfter = "btc_per_day_after", BtcPerDay, "M4", "Bitcoin per day after the retarget";
    RevenueBefore = "revenue_usd_per_day_before", UsdPerDay, "M4", "Revenue before the retarget, USD per day";
    RevenueAfter = "revenue_usd_per_day_after", UsdPerDay, "M4", "Revenue after the retarget, USD per day";
    HashpriceBefore = "hashprice_usd_per_ph_day_before", UsdPerPhDay, "M4", "Hashprice before the retarget, USD/PH/day";
    HashpriceAfter = "hashprice_usd_per_ph_day_after", UsdPerPhDay, "M4", "Hashprice after the retarget, USD/PH/day";
    MarginBefore = "margin_usd_per_day_before", UsdPerDay, "M4, M8", "Revenue less energy cost before the retarget, USD per day";
    MarginAfter = "margin_usd_per_day_after", UsdPerDay, "M4, M8", "Revenue less energy cost after the retarget, USD per day";
    CashMarginBefore = "cash_margin_usd_per_day_before", UsdPerDay, "M4, M8", "Revenue less all running costs before the retarget, USD per day";
    CashMarginAfter = "cash_margin_usd_per_day_after", UsdPerDay, "M4, M8", "Revenue less all running costs after the retarget, USD per day";
    ProfitMaximising = "scale.profit_maximising_mw", Mw, "M5", "Profit-maximising size, including all running costs, MW";
    ZeroProfit = "scale.zero_profit_mw", Mw, "M5", "Size at which profit falls to zero, MW";
    NextMwBtc = "scale.next_mw_btc_per_day", BtcPerDay, "M5", "Revenue of an additional MW, BTC per day";
    NextMwProfit = "scale.next_mw_profit_usd_per_day", UsdPerDay, "M5", "Revenue of an additional MW less its running costs, USD per day";
    AverageCarbon = "carbon.average_t_per_year", Tonnes, "M26", "CO2 at the average intensity of the grid, t per year";
    MarginalCarbon = "carbon.marginal_t_per_year", Tonnes, "M26", "CO2 of the marginal plants that serve the site, t per year";
    DisplacedCarbon = "carbon.displaced_t_per_year", Tonnes, "M26", "CO2 of displaced miners, t per year";
    Households = "households_equivalent", One, "M34", "Number of households with the same energy use";
}

/// A side of the retarget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// At the difficulty of the first epoch.
    Before,
    /// After the difficulty has adjusted to the project.
    After,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// The costs that a break-even includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// Energy only.
    EnergyOnly,
    /// All running costs.
    CashCosts,
    /// Running costs, and machines with duty and the site as annuities over their lifetimes.
    WithCapital,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EnergyOnly, Self::CashCosts, Self::WithCapital];

    /// Describes the included costs.
    pub fn text(self) -> &'static str {
        match self {
            Self::EnergyOnly => "energy only",
            Self::CashCosts => "cash costs",
            Self::WithCapital => "with capital",
        }
    }

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::EnergyOnly => "energy_only",
            Self::CashCosts => "cash_costs",
            Self::WithCapital => "with_capital",
        }
    }
}

/// The variable of a break-even, with all other inputs unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Variable {
    /// The energy price, USD/kWh.
    Tariff,
    /// The price of a bitcoin, USD.
    Price,
    /// The difficulty.
    Difficulty,
    /// Energy per hash at the machine at the same power, J/TH.
    Efficiency,
    /// The share of the possible hashes of a year that is computed.
    CapacityFactor,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Tariff, Self::Price, Self::Difficulty, Self::Efficiency, Self::CapacityFactor];

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tariff => "tariff_usd_per_kwh",
            Self::Price => "price_usd_per_btc",
            Self::Difficulty => "difficulty",
            Self::Efficiency => "efficiency_j_per_th",
            Self::CapacityFactor => "capacity_factor",
        }
    }

    /// Describes the variable.
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
