//! Monthly results of a path, for charts and tables.

use super::chain::{ModelEpoch, PER_PH_DAY};
use super::now::Rates;
use crate::account::When;

macro_rules! columns {
    ($( $column:ident = $key:literal, $unit:ident, $mean:literal, $equations:literal, $text:literal; )+) => {
        /// A column of the monthly results.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Column { $( #[doc = $text] $column, )+ }

        impl Column {
            /// All columns.
            pub const ALL: &[Self] = &[ $( Self::$column, )+ ];
            /// The number of columns.
            pub const COUNT: usize = Self::ALL.len();

            /// The key in machine formats.
            pub fn key(self) -> &'static str {
                match self { $( Self::$column => $key, )+ }
            }

            /// The unit.
            pub fn unit(self) -> crate::params::Unit {
                match self { $( Self::$column => crate::params::Unit::$unit, )+ }
            }

            /// Its equations, by their numbers in `METHODS.md`.
            pub fn equations(self) -> &'static str {
                match self { $( Self::$column => $equations, )+ }
            }

            /// A description for readers.
            pub fn text(self) -> &'static str {
                match self { $( Self::$column => $text, )+ }
            }

            /// Whether it is a mean over the month, and not a sum.
            fn is_mean(self) -> bool {
                match self { $( Self::$column => $mean, )+ }
            }
        }
    };
}

columns! {
    Price = "price_usd_per_btc", UsdPerBtc, true, "M24", "Bitcoin price, nominal, USD/BTC";
    Difficulty = "difficulty", One, true, "M1, M3", "Difficulty";
    Network = "network_eh_per_s", EhPerS, true, "M1, M2", "Hashrate of the whole network, EH/s";
    Without = "network_without_eh_per_s", EhPerS, true, "M1, M2", "Hashrate of the network without the project, EH/s";
    Own = "own_eh_per_s", EhPerS, true, "M8, M14", "Hashrate of the project, EH/s";
    Hashprice = "hashprice_usd_per_ph_day", UsdPerPhDay, true, "M1, M4", "Hashprice, real, USD/PH/day";
    Displacement = "displacement", One, true, "M2", "Share of the project's hashrate that displaces other miners";
    Power = "power_mw", Mw, true, "M8", "Load at the sites' meters, MW";
    Btc = "btc", Btc, false, "M4", "Bitcoin mined";
    Revenue = "revenue_usd", Usd, false, "M4", "Value of the bitcoin, nominal USD";
    Operating = "operating_usd", Usd, false, "M4, M8", "Income less all running costs, nominal USD";
    Cumulative = "cumulative_usd", Usd, false, "M30", "Cumulative cash before tax and financing, nominal USD";
}

/// One month of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MonthRow {
    values: [f64; Column::COUNT],
    seconds: f64,
}

impl MonthRow {
    pub(crate) fn add(&mut self, epoch: &ModelEpoch, rates: &Rates, when: &When, seconds: f64) {
        for (column, value) in [
            (Column::Price, epoch.price * when.usd),
            (Column::Difficulty, epoch.difficulty),
            (Column::Network, epoch.network * 1e-18),
            (Column::Without, epoch.network_without_project * 1e-18),
            (Column::Own, rates.hash * 1e-18),
            (Column::Hashprice, epoch.usd_per_hash() * PER_PH_DAY),
            (Column::Displacement, epoch.displacement()),
            (Column::Power, rates.load()),
        ] {
            self.values[column as usize] += value * seconds;
        }
        self.seconds += seconds;
    }

    pub(crate) fn money(&mut self, (btc, revenue): (f64, f64), operating: f64, cumulative: f64) {
        self.values[Column::Btc as usize] += btc;
        self.values[Column::Revenue as usize] += revenue;
        self.values[Column::Operating as usize] += operating;
        self.values[Column::Cumulative as usize] = cumulative;
    }

    /// Converts sums over time to means at the end of the month.
    pub(crate) fn finish(&mut self) {
        if self.seconds > 0.0 {
            let per_second = 1.0 / self.seconds;
            for &column in Column::ALL.iter().filter(|column| column.is_mean()) {
                self.values[column as usize] *= per_second;
            }
        }
    }

    /// A column's value: a mean over the month's time, or its sum.
    #[inline]
    pub fn get(&self, column: Column) -> f64 {
        self.values[column as usize]
    }
}
