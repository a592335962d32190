//! The headline: results of five parties, each with a verdict and its switching values.

use super::switching_value::{FigureSwitchingValues, SwitchingValue};
use crate::account::Party;
use crate::result::{Counted, Figure, Missing, Outcome, Value};
use std::fmt;

/// A verdict, based on the share of draws in which a result is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Above zero in at least 95 % of draws.
    Gains,
    /// Above zero in 67 % to 95 % of draws.
    LikelyGains,
    /// Above zero in 33 % to 67 % of draws.
    Open,
    /// Above zero in 5 % to 33 % of draws.
    LikelyLoses,
    /// Above zero in at most 5 % of draws.
    Loses,
    /// Zero in all draws.
    NoEffect,
}

impl Verdict {
    /// The verdict for a value, based on its draws, or on its base value if there are none.
    pub fn from_value(value: &Value) -> Self {
        let positive = value.positive.unwrap_or(f64::from(value.base > 0.0));
        let has_no_effect = match &value.band {
            Some(band) => band.p05 == 0.0 && band.p95 == 0.0,
            None => value.base == 0.0,
        };
        match positive {
            _ if has_no_effect => Self::NoEffect,
            part if part >= 0.95 => Self::Gains,
            part if part > 0.67 => Self::LikelyGains,
            part if part >= 0.33 => Self::Open,
            part if part > 0.05 => Self::LikelyLoses,
            _ => Self::Loses,
        }
    }

    /// +1 for a gain, -1 for a loss, 0 if open or without effect.
    pub fn sign(self) -> i8 {
        match self {
            Self::Gains | Self::LikelyGains => 1,
            Self::Open | Self::NoEffect => 0,
            Self::LikelyLoses | Self::Loses => -1,
        }
    }

    /// The verb after one party, such as `likely loses`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::LikelyGains => "likely gains",
            Self::Open => "may gain or lose",
            Self::LikelyLoses => "likely loses",
            Self::Loses => "loses",
            Self::NoEffect => "neither gains nor loses",
        }
    }

    /// The verb after several parties.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Gains => "gain",
            Self::LikelyGains => "likely gain",
            Self::Open => "may gain or lose",
            Self::LikelyLoses => "likely lose",
            Self::Loses => "lose",
            Self::NoEffect => "neither gain nor lose",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gains => "Gains",
            Self::LikelyGains => "Likely gains",
            Self::Open => "Open",
            Self::LikelyLoses => "Likely loses",
            Self::Loses => "Loses",
            Self::NoEffect => "No effect",
        })
    }
}

/// A party of the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadlineParty {
    /// The operator, and thus its owners.
    Operator,
    /// Distributors and plants, before any party covers a loss.
    PowerSystem,
    /// The state budget.
    State,
    /// Foreign exchange of the country.
    ForeignExchange,
    /// The nation, without externalities.
    Nation,
}

impl HeadlineParty {
    /// All parties in order.
    pub const ALL: [Self; 5] =
        [Self::Operator, Self::PowerSystem, Self::State, Self::ForeignExchange, Self::Nation];

    /// The figure of the party: a present value in USD of the first day.
    pub fn figure(self) -> Figure {
        match self {
            Self::Operator => Figure::Npv,
            Self::PowerSystem => Figure::PowerSystemValue,
            Self::State => Figure::NetValue(Party::State),
            Self::ForeignExchange => Figure::ForeignExchangeValue,
            Self::Nation => Figure::NationalValue,
        }
    }

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::PowerSystem => "power_system",
            Self::State => "state",
            Self::ForeignExchange => "foreign_exchange",
            Self::Nation => "nation",
        }
    }

    /// A short explanation of its result.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Operator => "revenue less all costs",
            Self::PowerSystem => "bill revenue less cost of supply",
            Self::State => "receipts less payments",
            Self::ForeignExchange => "inflow less outflow",
            Self::Nation => "all domestic parties",
        }
    }

    /// Its name in a sentence, such as `the power system`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Operator => "the operator",
            Self::PowerSystem => "the power system",
            Self::State => "the state budget",
            Self::ForeignExchange => "foreign exchange",
            Self::Nation => "the nation",
        }
    }
}

impl fmt::Display for HeadlineParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operator => "Operator",
            Self::PowerSystem => "Power system",
            Self::State => "State budget",
            Self::ForeignExchange => "Foreign exchange",
            Self::Nation => "Nation",
        })
    }
}

/// The result of one party with its verdict and switching values.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadlineRow {
    /// The party.
    pub party: HeadlineParty,
    /// The value of its figure, or the missing inputs.
    pub value: Result<Value, Missing>,
    /// The verdict, if there is a value.
    pub verdict: Option<Verdict>,
    /// The switching values of the base result, the smallest change first.
    pub switching_values: Vec<SwitchingValue>,
}

/// The result of the nation including externalities for which the scenario states a value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct WithExternalities {
    /// The included externalities.
    pub counted: Counted,
    /// The result of the nation including them.
    pub value: Value,
    /// The verdict including them.
    pub verdict: Verdict,
}

/// The results of all parties, and those of the nation including externalities.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Headline {
    /// One row for each of [`HeadlineParty::ALL`].
    pub rows: Vec<HeadlineRow>,
    /// The nation including externalities for which the scenario states a value.
    pub externalities: Vec<WithExternalities>,
}

impl Headline {
    /// The figures of parties that have a value; their switching values are computed.
    pub fn figures(outcome: &Outcome) -> Vec<Figure> {
        let all = HeadlineParty::ALL.into_iter().map(HeadlineParty::figure);
        all.filter(|figure| outcome.get(*figure).is_ok()).collect()
    }

    /// Makes the headline from a run and the switching values of its figures.
    pub fn new(outcome: &Outcome, switching_values: &[FigureSwitchingValues]) -> Self {
        let row = |party: HeadlineParty| {
            let value = outcome.get(party.figure());
            let verdict = value.as_ref().ok().map(Verdict::from_value);
            let found = switching_values.iter().find(|(figure, _)| *figure == party.figure());
            let switching_values = found.map_or_else(Vec::new, |(_, values)| values.clone());
            HeadlineRow { party, value, verdict, switching_values }
        };
        let with = |counted: Counted| {
            let value = outcome.get(Figure::NationalValueWith(counted)).ok()?;
            Some(WithExternalities { counted, value, verdict: Verdict::from_value(&value) })
        };
        Self {
            rows: HeadlineParty::ALL.map(row).to_vec(),
            externalities: Counted::ALL.into_iter().filter_map(with).collect(),
        }
    }

    /// The row of a party.
    pub fn row(&self, party: HeadlineParty) -> Option<&HeadlineRow> {
        self.rows.iter().find(|row| row.party == party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Unit;
    use crate::result::Band;

    #[test]
    fn verdicts_follow_the_share_of_draws_above_zero() {
        let band = Band { p05: -1.0, p25: 0.0, p50: 1.0, p75: 2.0, p95: 3.0, mean: 1.0 };
        for (part, verdict) in [
            (1.0, Verdict::Gains),
            (0.95, Verdict::Gains),
            (0.949, Verdict::LikelyGains),
            (0.67, Verdict::Open),
            (0.33, Verdict::Open),
            (0.329, Verdict::LikelyLoses),
            (0.05, Verdict::Loses),
            (0.0, Verdict::Loses),
        ] {
            let value =
                Value { unit: Unit::Usd, base: 1.0, band: Some(band), positive: Some(part) };
            assert_eq!(Verdict::from_value(&value), verdict, "{part}");
        }
        let still = Value { unit: Unit::Usd, base: 0.0, band: None, positive: None };
        assert_eq!(Verdict::from_value(&still), Verdict::NoEffect);
    }
}
