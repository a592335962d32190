//! Who gains and who pays in five rows, each with a plain verdict and what would turn it.

use super::switching_value::{FigureSwitchingValues, SwitchingValue};
use crate::account::Party;
use crate::result::{Counted, Figure, Missing, Outcome, Value};
use std::fmt;

/// A verdict by the part of the draws in which a result is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 95 of 100 draws and more.
    Gains,
    /// 67 to 95 of 100.
    LikelyGains,
    /// 33 to 67 of 100.
    Open,
    /// 5 to 33 of 100.
    LikelyLoses,
    /// 5 of 100 and less.
    Loses,
    /// Nothing moves it, whatever is drawn.
    Nothing,
}

impl Verdict {
    /// By a value's draws, or by its base where nothing was drawn.
    pub fn of(value: &Value) -> Self {
        let positive = value.positive.unwrap_or(f64::from(value.base > 0.0));
        let is_nothing = match &value.band {
            Some(band) => band.p05 == 0.0 && band.p95 == 0.0,
            None => value.base == 0.0,
        };
        match positive {
            _ if is_nothing => Self::Nothing,
            part if part >= 0.95 => Self::Gains,
            part if part > 0.67 => Self::LikelyGains,
            part if part >= 0.33 => Self::Open,
            part if part > 0.05 => Self::LikelyLoses,
            _ => Self::Loses,
        }
    }

    /// +1 for a gain, -1 for a loss, 0 for what is open.
    pub fn sign(self) -> i8 {
        match self {
            Self::Gains | Self::LikelyGains => 1,
            Self::Open | Self::Nothing => 0,
            Self::LikelyLoses | Self::Loses => -1,
        }
    }

    /// After a party in the singular, such as `likely loses`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::LikelyGains => "likely gains",
            Self::Open => "may gain or lose",
            Self::LikelyLoses => "likely loses",
            Self::Loses => "loses",
            Self::Nothing => "neither gains nor loses",
        }
    }

    /// After several parties.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Gains => "gain",
            Self::LikelyGains => "likely gain",
            Self::Open => "may gain or lose",
            Self::LikelyLoses => "likely lose",
            Self::Loses => "lose",
            Self::Nothing => "neither gain nor lose",
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
            Self::Nothing => "No effect",
        })
    }
}

/// Whose result a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadlineParty {
    /// The operator, and so its owners.
    Operator,
    /// Distributors and plants, before anybody covers a shortfall.
    PowerSystem,
    /// The state's budget.
    State,
    /// Foreign exchange of the country.
    ForeignExchange,
    /// The nation, externalities left out.
    Nation,
}

impl HeadlineParty {
    /// All rows in their order.
    pub const ALL: [Self; 5] =
        [Self::Operator, Self::PowerSystem, Self::State, Self::ForeignExchange, Self::Nation];

    /// The figure that the row shows: a present value in USD of the first day.
    pub fn figure(self) -> Figure {
        match self {
            Self::Operator => Figure::Npv,
            Self::PowerSystem => Figure::PowerSystemValue,
            Self::State => Figure::NetValue(Party::State),
            Self::ForeignExchange => Figure::ForeignExchangeValue,
            Self::Nation => Figure::NationalValue,
        }
    }

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::PowerSystem => "power_system",
            Self::State => "state",
            Self::ForeignExchange => "foreign_exchange",
            Self::Nation => "nation",
        }
    }

    /// What its result is made of, for a reader.
    pub fn explained(self) -> &'static str {
        match self {
            Self::Operator => "income less all costs",
            Self::PowerSystem => "bills less cost",
            Self::State => "taxes less shortfalls",
            Self::ForeignExchange => "dollars in less out",
            Self::Nation => "parties at home",
        }
    }

    /// In a sentence, such as `the power system`.
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

/// A row: whose result, what it comes to, and what would turn it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whose.
    pub whose: HeadlineParty,
    /// The figure's value over the draws, or what it lacks.
    pub value: Result<Value, Missing>,
    /// The verdict, where there is a value.
    pub verdict: Option<Verdict>,
    /// The inputs that turn the result as given, each alone, the smallest move first.
    pub turns: Vec<SwitchingValue>,
}

/// The nation's result with externalities that the scenario states a value for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithExternalities {
    /// Which are counted.
    pub counted: Counted,
    /// What the nation has then.
    pub value: Value,
    /// The verdict then.
    pub verdict: Verdict,
}

/// The rows, and below them the nation with each stated externality.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// One row for each of [`HeadlineParty::ALL`].
    pub rows: Vec<Row>,
    /// Only what the scenario states a value for.
    pub externalities: Vec<WithExternalities>,
}

impl Headline {
    /// The figures of the rows that have a value: those whose turns are looked for.
    pub fn figures(outcome: &Outcome) -> Vec<Figure> {
        let all = HeadlineParty::ALL.into_iter().map(HeadlineParty::figure);
        all.filter(|figure| outcome.get(*figure).is_ok()).collect()
    }

    /// From a run and what turns its figures.
    pub fn new(outcome: &Outcome, turns: &[FigureSwitchingValues]) -> Self {
        let row = |whose: HeadlineParty| {
            let value = outcome.get(whose.figure());
            let verdict = value.as_ref().ok().map(Verdict::of);
            let turns = turns.iter().find(|(figure, _)| *figure == whose.figure());
            let turns = turns.map_or_else(Vec::new, |(_, turns)| turns.clone());
            Row { whose, value, verdict, turns }
        };
        let with = |counted: Counted| {
            let value = outcome.get(Figure::NationalValueWith(counted)).ok()?;
            Some(WithExternalities { counted, value, verdict: Verdict::of(&value) })
        };
        Self {
            rows: HeadlineParty::ALL.map(row).to_vec(),
            externalities: Counted::ALL.into_iter().filter_map(with).collect(),
        }
    }

    /// The row of somebody.
    pub fn row(&self, whose: HeadlineParty) -> Option<&Row> {
        self.rows.iter().find(|row| row.whose == whose)
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
            assert_eq!(Verdict::of(&value), verdict, "{part}");
        }
        let still = Value { unit: Unit::Usd, base: 0.0, band: None, positive: None };
        assert_eq!(Verdict::of(&still), Verdict::Nothing);
    }
}
