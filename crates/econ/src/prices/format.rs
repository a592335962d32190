//! The layouts of price files, each with its columns.

use hashwatt_input::table::ColumnSpec;
use hashwatt_input::table::time::{DateOrder, Zone};
use jiff::tz::Offset;
use std::fmt;

/// The layout of a price file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PriceFormat {
    /// ENTSO-E's Transparency Platform, day-ahead prices: `MTU (CET/CEST)` with intervals.
    EntsoE,
    /// ERCOT's settlement point prices of the real-time market, by quarter of an hour.
    ErcotRealTime,
    /// ERCOT's settlement point prices of the day-ahead market, by hour ending.
    ErcotDayAhead,
    /// Nord Pool's older export: a day and `Hours` such as `00 - 01`.
    NordPool,
    /// Ember's European wholesale prices.
    Ember,
    /// Energi Data Service of Denmark.
    EnergiDataService,
    /// AEMO's price and demand, by interval ending, on a clock of UTC+10.
    Aemo,
    /// A column of times and one of prices.
    Plain,
}

impl fmt::Display for PriceFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EntsoE => "ENTSO-E day-ahead",
            Self::ErcotRealTime => "ERCOT real-time",
            Self::ErcotDayAhead => "ERCOT day-ahead",
            Self::NordPool => "Nord Pool",
            Self::Ember => "Ember wholesale",
            Self::EnergiDataService => "Energi Data Service",
            Self::Aemo => "AEMO price and demand",
            Self::Plain => "times and prices",
        })
    }
}

/// How a row gives the period of its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// An interval in one cell.
    Interval,
    /// The start.
    Start,
    /// The end.
    End,
    /// A day and the hour ending, 1 to 24, optionally with its quarter.
    HourEnding,
    /// A day and an hour such as `00 - 01`.
    Hours,
}

/// A layout.
pub(super) struct Layout {
    pub(super) format: PriceFormat,
    pub(super) when: When,
    time: &'static [&'static str],
    price: &'static [&'static str],
    hour: &'static [&'static str],
    quarter: &'static [&'static str],
    place: &'static [&'static str],
    /// The time zone if the header does not give it.
    pub(super) zone: Zone,
    pub(super) order: Option<DateOrder>,
    /// The currency if the file does not give it.
    pub(super) currency: Option<&'static str>,
    /// Whether its numbers are prices, in money per energy.
    pub(super) is_price: bool,
}

/// Indices of the columns of [`Layout::wanted`].
pub(super) const TIME: usize = 0;
pub(super) const PRICE: usize = 1;
pub(super) const HOUR: usize = 2;
pub(super) const QUARTER: usize = 3;
pub(super) const REPEATED: usize = 4;
pub(super) const PLACE: usize = 5;
pub(super) const SEQUENCE: usize = 6;
pub(super) const AVAILABLE: usize = 7;
pub(super) const PEAK_PROBABILITY: usize = 8;
pub(super) const DEMAND_MW: usize = 9;
pub(super) const AVAILABLE_MW: usize = 10;

impl Layout {
    /// The wanted columns; `hour_columns`: whether to read the columns of [`HourColumns`](super::HourColumns).
    pub(super) fn wanted(&self, hour_columns: bool) -> [ColumnSpec<'static>; 11] {
        let if_requested = |names| ColumnSpec::optional(if hour_columns { names } else { NEVER });
        let if_named = |names: &'static [&'static str]| match names {
            [] => ColumnSpec::optional(NEVER),
            _ => ColumnSpec::required(names),
        };
        [
            ColumnSpec::required(self.time).allow_annotation(),
            ColumnSpec::required(self.price).allow_annotation(),
            if_named(self.hour),
            if_named(self.quarter),
            ColumnSpec::optional(&["DSTFlag", "RepeatedHourFlag"]),
            ColumnSpec::optional(if self.place.is_empty() { NEVER } else { self.place }),
            ColumnSpec::optional(&["Sequence"]),
            if_requested(&["available"]),
            if_requested(&["peak_probability"]),
            if_requested(&["demand_mw"]).in_unit("MW"),
            if_requested(&["available_mw"]).in_unit("MW"),
        ]
    }
}

/// A name that no header has.
const NEVER: &[&str] = &["\u{0}"];

const NONE: Layout = Layout {
    format: PriceFormat::Plain,
    when: When::Start,
    time: &[],
    price: &[],
    hour: &[],
    quarter: &[],
    place: &[],
    zone: Zone::Unstated,
    order: None,
    currency: None,
    is_price: true,
};

/// Names of a column of times.
const TIMES: &[&str] = &[
    "datetime",
    "timestamp",
    "time",
    "date",
    "date/time",
    "datetime_utc",
    "time_utc",
    "start",
    "hour_beginning",
];

/// Names of a column of prices.
pub(super) const PRICES: &[&str] = &[
    "price",
    "price_eur_per_mwh",
    "price_usd_per_mwh",
    "price_gbp_per_mwh",
    "eur_per_mwh",
    "usd_per_mwh",
    "eur/mwh",
    "usd/mwh",
    "lmp",
    "spot_price",
    "day_ahead_price",
];

/// The layout of files with times and the share of each hour with energy.
pub(super) const AVAILABILITY: &[Layout] =
    &[Layout { time: TIMES, price: &["available", "availability"], is_price: false, ..NONE }];

/// All layouts of price files; the first one whose columns are present applies.
pub(super) const LAYOUTS: &[Layout] = &[
    Layout {
        format: PriceFormat::EntsoE,
        when: When::Interval,
        time: &["MTU"],
        price: &["Day-ahead Price"],
        place: &["Area"],
        zone: Zone::CentralEurope,
        order: Some(DateOrder::DayFirst),
        ..NONE
    },
    Layout {
        format: PriceFormat::ErcotRealTime,
        when: When::HourEnding,
        time: &["DeliveryDate"],
        price: &["SettlementPointPrice"],
        hour: &["DeliveryHour"],
        quarter: &["DeliveryInterval"],
        place: &["SettlementPointName", "SettlementPoint"],
        zone: Zone::UsCentral,
        order: Some(DateOrder::MonthFirst),
        currency: Some("USD"),
        ..NONE
    },
    Layout {
        format: PriceFormat::ErcotDayAhead,
        when: When::HourEnding,
        time: &["DeliveryDate"],
        price: &["SettlementPointPrice", "LMP"],
        hour: &["HourEnding"],
        place: &["SettlementPoint", "SettlementPointName", "BusName"],
        zone: Zone::UsCentral,
        order: Some(DateOrder::MonthFirst),
        currency: Some("USD"),
        ..NONE
    },
    Layout {
        format: PriceFormat::NordPool,
        when: When::Hours,
        time: &["date", ""],
        price: &[
            "price", "SYS", "SE1", "SE2", "SE3", "SE4", "FI", "DK1", "DK2", "NO1", "NO2", "NO3",
            "NO4", "NO5", "EE", "LV", "LT",
        ],
        hour: &["Hours"],
        zone: Zone::CentralEurope,
        order: Some(DateOrder::DayFirst),
        ..NONE
    },
    Layout {
        format: PriceFormat::Ember,
        time: &["Datetime (UTC)"],
        price: &["Price"],
        place: &["Country"],
        zone: Zone::Utc,
        ..NONE
    },
    Layout {
        format: PriceFormat::EnergiDataService,
        time: &["HourUTC", "TimeUTC"],
        price: &["SpotPriceEUR", "DayAheadPriceEUR"],
        place: &["PriceArea"],
        zone: Zone::Utc,
        currency: Some("EUR"),
        ..NONE
    },
    Layout {
        format: PriceFormat::Aemo,
        when: When::End,
        time: &["SETTLEMENTDATE"],
        price: &["RRP"],
        place: &["REGION"],
        zone: Zone::Fixed(Offset::constant(10)),
        currency: Some("AUD"),
        ..NONE
    },
    Layout { time: TIMES, price: PRICES, ..NONE },
];
