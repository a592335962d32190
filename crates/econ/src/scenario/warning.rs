//! Warnings about how a scenario was read and about its values.

use super::{MarketPreset, TariffStatus};
use crate::Currency;
use crate::params::Region;
use std::fmt;

/// The line of the file to which a warning refers, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Option<usize>);

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, "line {line}: "))
    }
}

macro_rules! warnings {
    ($(
        $(#[$doc:meta])*
        $name:ident $key:literal $text:literal $(($argument:expr))?
        { $( $(#[$field_doc:meta])* $field:ident: $type:ty, )* }
    )+) => {
        /// A warning about how a scenario was read or about its values.
        #[derive(Clone, Debug, PartialEq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Warning { $(
            $(#[$doc])*
            #[error($text $(, $argument)?)]
            $name { $( $(#[$field_doc])* $field: $type, )* },
        )+ }

        impl Warning {
            /// The keys of all warnings in machine-readable output.
            pub const KEYS: &[&str] = &[ $( $key, )+ ];

            /// The key of the warning in machine-readable output.
            pub fn key(&self) -> &'static str {
                match self { $( Self::$name { .. } => $key, )+ }
            }
        }
    };
}

warnings! {
    /// A key by its name in version 0.1.
    RenamedKey "renamed_key" "{line}{old} is now called {new}; the old name will be rejected in a later version"
    {
        /// The line of the file.
        line: Line,
        /// The given name.
        old: String,
        /// The current name.
        new: String,
    }
    /// A key of version 0.1 that no longer has an effect.
    SupersededKey "superseded_key" "{line}{old} has no effect: {instead}"
    {
        /// The line of the file.
        line: Line,
        /// The given name.
        old: String,
        /// What applies instead.
        instead: String,
    }
    /// A price that was typed without its unit.
    BareNumber "bare_number" "{key}: {given} has no unit and is read as {taken}, the unit that the scenario uses for this key"
    {
        /// The key.
        key: String,
        /// The number that was typed.
        given: String,
        /// The value with the unit that was assumed.
        taken: String,
    }
    /// A key of the file that is replaced by another key, set as an option or in code.
    ReplacedKey "replaced_key" "{old} from the scenario file is ignored: {new} replaces it"
    {
        /// The key of the file.
        old: String,
        /// The key that is set.
        new: String,
    }
    /// A key that every site or lot overrides, or that belongs to something the scenario does not have.
    UnusedKey "unused_key" "{line}{key} has no effect: nothing in this scenario uses it"
    {
        /// The line of the file.
        line: Line,
        /// The key.
        key: String,
    }
    /// The market that a preset describes.
    PresetMarket "preset_market" "market.preset is {preset}: {moves}. This is an assumption about the market, not a forecast"
    {
        /// The preset.
        preset: MarketPreset,
        /// What varies in this market and what does not.
        moves: String,
    }
    /// Other miners that do not respond to hashprice.
    GrowingOthers "growing_others" "other miners grow by {percent} % a year (market.others_growth_per_year) regardless of hashprice: they respond neither to the price nor to the project, and the keys of [response] have no effect"
    {
        /// The growth, percent.
        percent: f64,
    }
    /// A machine whose specifications are uncertain.
    UncertainMachine "uncertain_machine" "the figures of {machine} are uncertain: {reason}"
    {
        /// The machine.
        machine: String,
        /// What is uncertain.
        reason: String,
    }
    /// An efficiency that was measured on one machine and is applied to all.
    MeasuredMachine "measured_machine" "{message}"
    {
        /// The warning of the measured result.
        message: String,
    }
    /// Machines that cannot be bought yet.
    AnnouncedMachine "announced_machine" "lot `{lot}`: announced, not yet shipping"
    {
        /// The lot.
        lot: String,
    }
    /// The status of the tariff.
    TariffIs "tariff_status" "the tariff is {status}"
    {
        /// The status.
        status: TariffStatus,
    }
    /// An unusual tariff, which may have been meant per MWh.
    ImplausibleTariff "implausible_tariff" "{key}: {reason}"
    {
        /// The key.
        key: String,
        /// What is unusual about it.
        reason: String,
    }
    /// A possible but unusual value.
    UnusualValue "unusual_value" "{line}{key}: {reason}"
    {
        /// The line of the file.
        line: Line,
        /// The key.
        key: String,
        /// What is unusual about it.
        reason: String,
    }
    /// A profile of price ratios whose mean is not exactly 1.
    ProfileMean "profile_mean" "{file}: {column} has the mean {mean} over all hours of the year, not 1; its values were divided by the mean"
    {
        /// The file of the profile.
        file: String,
        /// The column.
        column: String,
        /// Its mean.
        mean: String,
    }
    /// Market prices that were converted to a profile of ratios.
    PriceProfile "price_profile" "{file}: {content}; averaged by month and hour of day and used as ratios to the mean price, with energy in all hours"
    {
        /// The file of the profile.
        file: String,
        /// How the content of the file was understood.
        content: String,
    }
    /// A levy of the shipped table that has not been enacted.
    ProposedLevy "proposed_levy" "{key}: the levy {preset} is {status}; it has not been enacted"
    {
        /// The key.
        key: String,
        /// The name of the levy.
        preset: String,
        /// Its status, such as `proposed`.
        status: String,
    }
    /// A levy of the shipped table with assumed rates.
    AssumedLevy "assumed_levy" "{key}: {count} of {all} rates of {preset} are assumed"
    {
        /// The key.
        key: String,
        /// The name of the levy.
        preset: String,
        /// Number of assumed rates.
        count: usize,
        /// Number of all rates.
        all: usize,
    }
    /// Prices that apply hour by hour.
    HourlyPrices "hourly_prices" "{key}: {content}; {treatment}"
    {
        /// The key that names the file.
        key: String,
        /// How the content of the file was understood.
        content: String,
        /// How the prices are used.
        treatment: String,
    }
    /// Depreciation without inflation: local prices fall in dollars.
    RealDepreciation "real_depreciation" "money.depreciation_per_year is {per_year} and no inflation is given, so the depreciation is treated as real: local prices fall when expressed in dollars"
    {
        /// Depreciation per year.
        per_year: f64,
    }
    /// Market inputs from different dates.
    DatesApart "dates_apart" "inputs are {days} days apart: {old} is dated {first}, {new} {last}"
    {
        /// Days between the two dates.
        days: i32,
        /// The key of the oldest input.
        old: String,
        /// Its date.
        first: jiff::civil::Date,
        /// The key of the newest input.
        new: String,
        /// Its date.
        last: jiff::civil::Date,
    }
    /// Prices of the region that cannot be converted.
    RegionNeedsRate "region_needs_rate" "prices of {region} are in {currency} and are not used: give exchange_rate, such as \"{}\"" (currency.example_rate())
    {
        /// The region.
        region: Region,
        /// Their currency.
        currency: Currency,
    }
}

impl Warning {
    /// Whether the warning must be quoted with the figures; false for notes on how a file was read, and for an
    /// approved tariff.
    pub fn qualifies_figures(&self) -> bool {
        !matches!(
            self,
            Self::RenamedKey { .. }
                | Self::ProfileMean { .. }
                | Self::PriceProfile { .. }
                | Self::HourlyPrices { .. }
                | Self::TariffIs { status: TariffStatus::Approved }
        )
    }
}
