//! Units as headers have them.

use super::name::normalised;

/// What a unit measures.
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

/// Spelling, what it measures, and how many of the first unit of its kind it is.
const UNITS: &[(&str, Dimension, f64)] = &[
    ("W", Dimension::Power, 1.0),
    ("watt", Dimension::Power, 1.0),
    ("watts", Dimension::Power, 1.0),
    ("mW", Dimension::Power, 1e-3),
    ("kW", Dimension::Power, 1e3),
    ("MW", Dimension::Power, 1e6),
    ("GW", Dimension::Power, 1e9),
    ("s", Dimension::Time, 1.0),
    ("sec", Dimension::Time, 1.0),
    ("second", Dimension::Time, 1.0),
    ("seconds", Dimension::Time, 1.0),
    ("ms", Dimension::Time, 1e-3),
    ("msec", Dimension::Time, 1e-3),
    ("min", Dimension::Time, 60.0),
    ("h", Dimension::Time, 3600.0),
    ("TH/s", Dimension::Hashrate, 1.0),
    ("TH", Dimension::Hashrate, 1.0),
    ("GH/s", Dimension::Hashrate, 1e-3),
    ("PH/s", Dimension::Hashrate, 1e3),
    ("PH", Dimension::Hashrate, 1e3),
    ("EH/s", Dimension::Hashrate, 1e6),
    ("EH_s", Dimension::Hashrate, 1e6),
    ("EH", Dimension::Hashrate, 1e6),
    ("J/TH", Dimension::Efficiency, 1.0),
    ("J_per_TH", Dimension::Efficiency, 1.0),
    ("W/TH", Dimension::Efficiency, 1.0),
    ("J/GH", Dimension::Efficiency, 1e3),
];

/// How a spelling is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spelling {
    /// One unit.
    One(Unit),
    /// Of several, by its letters alone: `mw`.
    Several,
    /// None that is known.
    Unknown,
}

impl Unit {
    /// The unit of that spelling, letter case counting where it must.
    pub(super) fn of(text: &str) -> Spelling {
        let unit = |row: &(&str, Dimension, f64)| Self { dimension: row.1, factor: row.2 };
        if let Some(row) = UNITS.iter().find(|row| row.0 == text.trim()) {
            return Spelling::One(unit(row));
        }
        let wanted = normalised(text);
        let mut alike = UNITS.iter().filter(|row| normalised(row.0) == wanted).map(unit);
        match (alike.next(), alike.next()) {
            (Some(one), None) => Spelling::One(one),
            (Some(one), Some(other)) if one == other => Spelling::One(one),
            (Some(_), Some(_)) => Spelling::Several,
            (None, _) => Spelling::Unknown,
        }
    }

    /// How many of another unit one of this is, where both measure the same.
    pub(super) fn in_units_of(self, other: Self) -> Option<f64> {
        (self.dimension == other.dimension).then(|| {
            // Exactly 1 where they are the same.
            if self.factor == other.factor { 1.0 } else { self.factor / other.factor }
        })
    }

    /// The spellings of units that measure the same.
    pub(super) fn spellings(self) -> impl Iterator<Item = &'static str> {
        UNITS.iter().filter(move |row| row.1 == self.dimension).map(|row| row.0)
    }
}
