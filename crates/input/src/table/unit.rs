//! Units in headers.

use super::name::normalised;

/// The quantity that a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Power,
    Time,
    Hashrate,
    Efficiency,
}

/// A unit of a header.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    dimension: Dimension,
    factor: f64,
}

/// Spelling, quantity, and size in the first unit of that quantity. A remedy names the first spelling of a size.
const UNITS: &[(&str, Dimension, f64)] = &[
    ("W", Dimension::Power, 1.0),
    ("watt", Dimension::Power, 1.0),
    ("watts", Dimension::Power, 1.0),
    ("mW", Dimension::Power, 1e-3),
    ("milliwatt", Dimension::Power, 1e-3),
    ("milliwatts", Dimension::Power, 1e-3),
    ("kW", Dimension::Power, 1e3),
    ("kilowatt", Dimension::Power, 1e3),
    ("kilowatts", Dimension::Power, 1e3),
    ("MW", Dimension::Power, 1e6),
    ("megawatt", Dimension::Power, 1e6),
    ("megawatts", Dimension::Power, 1e6),
    ("GW", Dimension::Power, 1e9),
    ("s", Dimension::Time, 1.0),
    ("sec", Dimension::Time, 1.0),
    ("secs", Dimension::Time, 1.0),
    ("second", Dimension::Time, 1.0),
    ("seconds", Dimension::Time, 1.0),
    ("ms", Dimension::Time, 1e-3),
    ("msec", Dimension::Time, 1e-3),
    ("millis", Dimension::Time, 1e-3),
    ("millisecond", Dimension::Time, 1e-3),
    ("milliseconds", Dimension::Time, 1e-3),
    ("us", Dimension::Time, 1e-6),
    ("\u{b5}s", Dimension::Time, 1e-6),
    ("\u{3bc}s", Dimension::Time, 1e-6),
    ("usec", Dimension::Time, 1e-6),
    ("microseconds", Dimension::Time, 1e-6),
    ("ns", Dimension::Time, 1e-9),
    ("nsec", Dimension::Time, 1e-9),
    ("nanoseconds", Dimension::Time, 1e-9),
    ("min", Dimension::Time, 60.0),
    ("mins", Dimension::Time, 60.0),
    ("minutes", Dimension::Time, 60.0),
    ("h", Dimension::Time, 3600.0),
    ("hr", Dimension::Time, 3600.0),
    ("hrs", Dimension::Time, 3600.0),
    ("hours", Dimension::Time, 3600.0),
    ("days", Dimension::Time, 86_400.0),
    ("TH/s", Dimension::Hashrate, 1.0),
    ("TH_s", Dimension::Hashrate, 1.0),
    ("TH", Dimension::Hashrate, 1.0),
    ("GH/s", Dimension::Hashrate, 1e-3),
    ("GH_s", Dimension::Hashrate, 1e-3),
    ("PH/s", Dimension::Hashrate, 1e3),
    ("PH_s", Dimension::Hashrate, 1e3),
    ("PH", Dimension::Hashrate, 1e3),
    ("EH/s", Dimension::Hashrate, 1e6),
    ("EH_s", Dimension::Hashrate, 1e6),
    ("EH", Dimension::Hashrate, 1e6),
    ("ZH/s", Dimension::Hashrate, 1e9),
    ("ZH_s", Dimension::Hashrate, 1e9),
    ("J/TH", Dimension::Efficiency, 1.0),
    ("J_per_TH", Dimension::Efficiency, 1.0),
    ("J_TH", Dimension::Efficiency, 1.0),
    ("W/TH", Dimension::Efficiency, 1.0),
    ("J/GH", Dimension::Efficiency, 1e3),
    ("J_per_GH", Dimension::Efficiency, 1e3),
    ("W/GH", Dimension::Efficiency, 1e3),
];

/// Units of quantities that no table needs: a column in one of these units is not the wanted column.
const OTHER_UNITS: &[(&str, &[&str])] = &[
    ("energy", &["Wh", "kWh", "MWh", "GWh", "TWh", "mWh", "Ws", "J", "kJ", "MJ", "GJ", "BTU"]),
    ("apparent power", &["VA", "kVA", "MVA"]),
    ("reactive power", &["var", "kvar", "Mvar"]),
    ("current", &["A", "mA", "kA", "ampere", "amperes", "amps"]),
    ("voltage", &["V", "mV", "kV", "volt", "volts"]),
    ("frequency", &["Hz", "kHz", "MHz", "GHz"]),
    ("temperature", &["\u{b0}C", "\u{b0}F", "C", "F", "K", "degC", "celsius"]),
    ("shares", &["%", "percent", "pct"]),
];

/// The quantity of a unit that no table needs.
pub(super) fn unwanted_quantity(text: &str) -> Option<&'static str> {
    let wanted = normalised(text);
    let is_of = |units: &[&str]| units.iter().any(|unit| normalised(unit) == wanted);
    OTHER_UNITS.iter().find(|(_, units)| is_of(units)).map(|(quantity, _)| *quantity)
}

/// The result of looking up a spelling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum UnitMatch {
    /// Exactly one unit.
    Unique(Unit),
    /// Several units, which differ only in letter case: `mw`.
    Ambiguous,
    /// No known unit.
    Unknown,
}

impl Unit {
    /// The unit of a spelling. Letter case is decisive only where spellings differ in nothing else.
    pub(super) fn parse(text: &str) -> UnitMatch {
        let unit = |row: &(&str, Dimension, f64)| Self { dimension: row.1, factor: row.2 };
        if let Some(row) = UNITS.iter().find(|row| row.0 == text.trim()) {
            return UnitMatch::Unique(unit(row));
        }
        let wanted = normalised(text);
        let mut alike = UNITS.iter().filter(|row| normalised(row.0) == wanted).map(unit);
        match (alike.next(), alike.next()) {
            (Some(one), None) => UnitMatch::Unique(one),
            (Some(one), Some(other)) if one == other => UnitMatch::Unique(one),
            (Some(_), Some(_)) => UnitMatch::Ambiguous,
            (None, _) => UnitMatch::Unknown,
        }
    }

    /// The size of this unit in another unit of the same quantity.
    pub(super) fn in_units_of(self, other: Self) -> Option<f64> {
        (self.dimension == other.dimension).then(|| {
            // Exactly 1 for equal units.
            if self.factor == other.factor { 1.0 } else { self.factor / other.factor }
        })
    }

    /// The name of the quantity.
    pub(super) fn quantity(self) -> &'static str {
        match self.dimension {
            Dimension::Power => "power",
            Dimension::Time => "time",
            Dimension::Hashrate => "hashrate",
            Dimension::Efficiency => "efficiency",
        }
    }

    /// One spelling of each unit of the same quantity.
    pub(super) fn choices(self) -> Vec<&'static str> {
        let mut sizes = Vec::new();
        let mut is_new = |size: f64| {
            let is_new = !sizes.contains(&size);
            sizes.push(size);
            is_new
        };
        let rows = UNITS.iter().filter(|row| row.1 == self.dimension);
        rows.filter(|row| is_new(row.2)).map(|row| row.0).collect()
    }

    /// All spellings of the units of the same quantity.
    pub(super) fn spellings(self) -> impl Iterator<Item = &'static str> {
        UNITS.iter().filter(move |row| row.1 == self.dimension).map(|row| row.0)
    }
}
