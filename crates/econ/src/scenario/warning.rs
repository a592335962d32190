//! What a reader must know of how a scenario was read.

use super::{MarketPreset, TariffStatus};
use crate::Currency;
use crate::params::Region;
use std::fmt;

/// The line of a file that a warning is of, where there is one.
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
        /// What a reader must know of how a scenario was read and of the values that it names.
        #[derive(Clone, Debug, PartialEq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Warning { $(
            $(#[$doc])*
            #[error($text $(, $argument)?)]
            $name { $( $(#[$field_doc])* $field: $type, )* },
        )+ }

        impl Warning {
            /// The keys of all warnings, as machine formats have them.
            pub const KEYS: &[&str] = &[ $( $key, )+ ];

            /// Its key in machine formats.
            pub fn key(&self) -> &'static str {
                match self { $( Self::$name { .. } => $key, )+ }
            }
        }
    };
}

warnings! {
    /// A name of the first edition.
    RenamedKey "renamed_key" "{line}{old} is now {new}, and its old name will be refused in a later version"
    {
        /// The line of the file.
        line: Line,
        /// The name that was given.
        old: String,
        /// The name of this edition.
        new: String,
    }
    /// A key of the first edition that means nothing any more.
    SupersededKey "superseded_key" "{line}{old} has no effect: {instead}"
    {
        /// The line of the file.
        line: Line,
        /// The name that was given.
        old: String,
        /// What does instead.
        instead: String,
    }
    /// A price that was typed without its unit.
    BareNumber "bare_number" "{key}: {given} has no unit and is taken as {taken}, in the unit of the scenario"
    {
        /// The key.
        key: String,
        /// The number that was typed.
        given: String,
        /// What it is taken for.
        taken: String,
    }
    /// What the file gave in place of a key that is set by something else.
    ReplacedKey "replaced_key" "{old} of the scenario's file is left out: {new} takes its place"
    {
        /// The key of the file.
        old: String,
        /// The key that is set.
        new: String,
    }
    /// A value that every site or lot has of its own, or that belongs to what the scenario does not have.
    UnusedKey "unused_key" "{line}{key} has no effect: nothing in this scenario uses it"
    {
        /// The line of the file.
        line: Line,
        /// The key.
        key: String,
    }
    /// Which market a preset stands for.
    PresetMarket "preset_market" "market.preset is {preset}: {moves}. An assumption about the market, no forecast"
    {
        /// The preset.
        preset: MarketPreset,
        /// What moves and what does not.
        moves: String,
    }
    /// Others that do not answer.
    GrowingOthers "growing_others" "other miners grow by {percent} % a year (market.others_growth_per_year) whatever a hash earns: they answer neither price nor project, and response has no effect"
    {
        /// The growth, percent.
        percent: f64,
    }
    /// A machine whose figures are doubtful.
    UncertainMachine "uncertain_machine" "the figures of {machine} are uncertain: {doubt}"
    {
        /// The machine.
        machine: String,
        /// What is doubtful.
        doubt: String,
    }
    /// Machines that are taken to be like one that somebody measured.
    MeasuredMachine "measured_machine" "{told}"
    {
        /// What the result says of itself.
        told: String,
    }
    /// Machines that cannot be bought yet.
    AnnouncedMachine "announced_machine" "{lot} is announced, not shipping"
    {
        /// The lot.
        lot: String,
    }
    /// How firm the tariff is.
    TariffIs "tariff_status" "the tariff is {status}"
    {
        /// How firm.
        status: TariffStatus,
    }
    /// A tariff that is unusual, probably meant for a MWh.
    ImplausibleTariff "implausible_tariff" "{key}: {doubt}"
    {
        /// The key.
        key: String,
        /// What is unusual about it.
        doubt: String,
    }
    /// A value that can be and seldom is.
    UnusualValue "unusual_value" "{line}{key}: {doubt}"
    {
        /// The line of the file.
        line: Line,
        /// The key.
        key: String,
        /// What is unusual about it.
        doubt: String,
    }
    /// A profile of prices whose mean is a little off.
    ProfileMean "profile_mean" "{file}: {column} has the mean {mean} over all hours of the year and was divided by it"
    {
        /// The profile's file.
        file: String,
        /// The column.
        column: String,
        /// Its mean.
        mean: String,
    }
    /// A market's prices that were made into a profile.
    PriceProfile "price_profile" "{file}: {told}; taken as ratios to the mean of each month's hours, with energy at all hours"
    {
        /// The file.
        file: String,
        /// What it is understood to hold.
        told: String,
    }
    /// A levy of the shipped table that is no law.
    ProposedLevy "proposed_levy" "{key}: {preset} is {status}: no law has it"
    {
        /// The key.
        key: String,
        /// The levy's name.
        preset: String,
        /// How far it came, such as `proposed`.
        status: String,
    }
    /// A levy of the shipped table of which some rates are not known.
    AssumedLevy "assumed_levy" "{key}: {count} of {all} rates of {preset} are assumed"
    {
        /// The key.
        key: String,
        /// The levy's name.
        preset: String,
        /// How many rates are assumed.
        count: usize,
        /// How many there are.
        all: usize,
    }
    /// Prices of which each keeps its own hour.
    HourlyPrices "hourly_prices" "{key}: {told}; {taken}"
    {
        /// The key that names the file.
        key: String,
        /// What it is understood to hold.
        told: String,
        /// What its prices are taken for.
        taken: String,
    }
    /// Depreciation without inflation: local prices fall in dollars.
    RealDepreciation "real_depreciation" "money.depreciation_per_year is {per_year} and no inflation is given: it counts as real, and local prices fall in dollars"
    {
        /// The depreciation a year.
        per_year: f64,
    }
    /// Prices of the market that are not of one time.
    DatesApart "dates_apart" "inputs are {days} days apart: {old} is of {first}, {new} of {last}"
    {
        /// How many days lie between them.
        days: i32,
        /// The key of the oldest.
        old: String,
        /// Its date.
        first: jiff::civil::Date,
        /// The key of the newest.
        new: String,
        /// Its date.
        last: jiff::civil::Date,
    }
    /// Prices of the region that cannot be converted.
    RegionNeedsRate "region_needs_rate" "prices of {region} are in {currency} and are left out: give exchange_rate, such as \"{}\"" (currency.example_rate())
    {
        /// The region.
        region: Region,
        /// Their currency.
        currency: Currency,
    }
}

impl Warning {
    /// Whether it changes how a figure may be quoted; false for how a file was read, and for a tariff that holds.
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
