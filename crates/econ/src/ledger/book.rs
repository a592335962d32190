//! The inputs of a ledger: one list, each with its unit, date, source and range.

use crate::normal::P95;
use crate::tariff::quotient;
use crate::uncertainty::{Estimate, Provenance};
use crate::{Currency, ScenarioError, Sourced};
use std::ops::RangeInclusive;

/// Half of the range of an input that has none, as a part of its value: the step in which a search for what
/// turns a result counts.
const STEP_WITHOUT_RANGE: f64 = 0.1;

/// How an input is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Not at all: it is taken as known.
    None,
    /// Two halves of normal distributions that join at the value; 5 % lie below `low`, 5 % above `high`.
    SplitNormal {
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
    },
    /// The value times the exponential of a normal variable of this deviation.
    LogNormal {
        /// Standard deviation of the logarithm.
        deviation: f64,
    },
}

/// An input of a ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerInput {
    /// Its name: the key of the scenario's file.
    pub key: String,
    /// Its value in `unit`.
    pub value: f64,
    /// The unit; empty for a pure number.
    pub unit: String,
    /// How it is drawn.
    pub spread: Spread,
    /// Where it can possibly lie.
    pub possible: RangeInclusive<f64>,
    /// Where it came from.
    pub provenance: Provenance,
    /// Whether the search for what turns a result moves it by itself.
    pub searched: bool,
}

impl LedgerInput {
    /// The value at a standard normal deviate. Nothing is drawn beyond three deviations, nor outside
    /// what is possible.
    pub fn at(&self, deviate: f64) -> f64 {
        let z = deviate.clamp(-3.0, 3.0);
        let value = match self.spread {
            Spread::None => return self.value,
            Spread::SplitNormal { low, high } => {
                let reach = if z < 0.0 { self.value - low } else { high - self.value };
                self.value + z / P95 * reach
            }
            Spread::LogNormal { deviation } => self.value * (z * deviation).exp(),
        };
        value.clamp(*self.possible.start(), *self.possible.end())
    }

    /// The 5 % and 95 % points, where it is not known exactly.
    pub fn range(&self) -> Option<(f64, f64)> {
        match self.spread {
            Spread::None => None,
            Spread::SplitNormal { low, high } => Some((low, high)),
            Spread::LogNormal { .. } => Some((self.at(-P95), self.at(P95))),
        }
    }

    /// The distance from the value to its 5 % or 95 % point, in which a move is counted; for one that
    /// is taken as known a tenth of its value. A zero without a range has no scale: it is not moved.
    pub(super) fn step(&self, upwards: bool) -> f64 {
        match self.range() {
            Some((_, high)) if upwards && high > self.value => high - self.value,
            Some((low, _)) if !upwards && low < self.value => self.value - low,
            Some((low, high)) if high > low => high - low,
            _ => STEP_WITHOUT_RANGE * self.value.abs(),
        }
    }
}

/// An input by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(pub usize);

/// A price by its input: in the ledger's currency, or in dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Money {
    pub id: Id,
    pub dollars: bool,
}

/// What is taken where a file says nothing.
#[derive(Clone, Copy)]
pub(super) struct Otherwise {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub basis: &'static str,
}

/// What a key may hold.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub unit: &'static str,
    pub least: f64,
    pub most: f64,
}

pub(super) type Read<T> = Result<T, ScenarioError>;

pub(super) fn wrong(key: &str, reason: impl ToString) -> ScenarioError {
    ScenarioError { key: key.to_owned(), reason: reason.to_string() }
}

/// Collects inputs.
pub(super) struct Book<'a> {
    pub inputs: Vec<LedgerInput>,
    /// What a key's origin is called.
    pub source: &'a dyn Fn(&str) -> String,
    /// The currency of the ledger.
    pub currency: Currency,
}

impl Book<'_> {
    /// Takes an input in.
    pub(super) fn add(&mut self, input: LedgerInput) -> Read<Id> {
        let LedgerInput { key, value, possible, spread, .. } = &input;
        let (low, high) = match *spread {
            Spread::SplitNormal { low, high } => (low, high),
            _ => (*value, *value),
        };
        let allowed = [low, *value, high].iter().all(|end| possible.contains(end));
        if !allowed {
            let (least, most) = (possible.start(), possible.end());
            let given = if possible.contains(value) {
                format!("has a range of {low} to {high}")
            } else {
                format!("is {value}")
            };
            let unit = &input.unit;
            let told = format!("{given}; give {least} to {most} {unit}");
            return Err(wrong(key, told.trim_end()));
        }
        if !(low <= *value && *value <= high) {
            return Err(wrong(key, format!("{value} lies outside its range {low} to {high}")));
        }
        self.inputs.push(input);
        Ok(Id(self.inputs.len() - 1))
    }

    /// What a file gives.
    pub(super) fn given(&mut self, key: &str, kind: Kind, given: &Sourced<f64>) -> Read<Id> {
        let spread = match given.range() {
            Some((&low, &high)) => Spread::SplitNormal { low, high },
            None => Spread::None,
        };
        let estimate = given.estimate((), (self.source)(key));
        self.put(key, kind.unit.to_owned(), kind, given.value, spread, estimate.provenance())
    }

    fn put(
        &mut self,
        key: &str,
        unit: String,
        kind: Kind,
        value: f64,
        spread: Spread,
        provenance: &Provenance,
    ) -> Read<Id> {
        self.add(LedgerInput {
            key: key.to_owned(),
            value,
            unit,
            spread,
            possible: kind.least..=kind.most,
            provenance: provenance.clone(),
            searched: true,
        })
    }

    /// What a file gives, or else what is assumed.
    pub(super) fn take(
        &mut self,
        key: &str,
        kind: Kind,
        given: Option<&Sourced<f64>>,
        otherwise: Otherwise,
    ) -> Read<Id> {
        match given {
            Some(given) => self.given(key, kind, given),
            None => {
                let Otherwise { value, low, high, basis } = otherwise;
                let spread =
                    if low < high { Spread::SplitNormal { low, high } } else { Spread::None };
                let basis = format!("{basis} (not given)");
                self.put(
                    key,
                    kind.unit.to_owned(),
                    kind,
                    value,
                    spread,
                    &Provenance::Assumed { basis },
                )
            }
        }
    }

    /// An input that the case has, with the range that the file gives at its key.
    pub(super) fn of_case<T>(
        &mut self,
        key: &str,
        kind: Kind,
        value: f64,
        from: &Estimate<T>,
        range: Option<(f64, f64)>,
    ) -> Read<Id> {
        let spread = range.map_or(Spread::None, |(low, high)| Spread::SplitNormal { low, high });
        self.put(key, kind.unit.to_owned(), kind, value, spread, from.provenance())
    }

    /// A price with its unit, such as `2000 PKR/kW-month`, in the ledger's currency or in dollars;
    /// without one none, which is told as assumed.
    pub(super) fn price(
        &mut self,
        key: &str,
        per: &str,
        given: Option<&Sourced<String>>,
        basis: &'static str,
    ) -> Read<Money> {
        const MOST: f64 = 1e9;
        // Energy may have a negative price; being there has none.
        let least = if per == "kWh" { -MOST } else { 0.0 };
        let kind = Kind { unit: "", least, most: MOST };
        let Some(given) = given else {
            let unit = format!("{}/{per}", self.currency);
            let provenance = Provenance::Assumed { basis: format!("{basis} (not given)") };
            let id = self.put(key, unit, kind, 0.0, Spread::None, &provenance)?;
            return Ok(Money { id, dollars: false });
        };
        let own = self.currency;
        let read = |text: &str| -> Read<(f64, Currency)> {
            let remedy = format!("`{text}` cannot be read; give a number as \"5 {own}/{per}\"");
            let (number, currency, unit) = quotient(text).ok_or_else(|| wrong(key, &remedy))?;
            let scale = match unit {
                unit if unit.eq_ignore_ascii_case(per) => 1.0,
                "MWh" if per == "kWh" => 1e-3,
                "kWh" if per == "MWh" => 1e3,
                _ => return Err(wrong(key, &remedy)),
            };
            let currency: Currency = currency.parse().map_err(|e| wrong(key, e))?;
            if currency != own && currency != Currency::USD {
                return Err(wrong(key, format!("is in {currency}; give it in {own} or USD")));
            }
            Ok((number * scale, currency))
        };
        let (value, currency) = read(&given.value)?;
        let spread = match given.range() {
            None => Spread::None,
            Some((low, high)) => {
                let ((low, a), (high, b)) = (read(low)?, read(high)?);
                if a != currency || b != currency {
                    return Err(wrong(key, "its range is in another currency than itself"));
                }
                Spread::SplitNormal { low, high }
            }
        };
        let estimate = given.estimate((), (self.source)(key));
        let unit = format!("{currency}/{per}");
        let id = self.put(key, unit, kind, value, spread, estimate.provenance())?;
        Ok(Money { id, dollars: currency != own })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(spread: Spread) -> LedgerInput {
        LedgerInput {
            key: "x".to_owned(),
            value: 10.0,
            unit: String::new(),
            spread,
            possible: 1.0..=40.0,
            provenance: Provenance::Assumed { basis: "test".to_owned() },
            searched: true,
        }
    }

    #[test]
    fn draws_go_through_the_stated_points() {
        let split = input(Spread::SplitNormal { low: 8.0, high: 20.0 });
        for (z, value) in [(-P95, 8.0), (0.0, 10.0), (P95, 20.0)] {
            assert!((split.at(z) - value).abs() < 1e-12, "{z}");
        }
        assert_eq!(split.at(9.0), split.at(3.0));
        assert_eq!((split.step(true), split.step(false)), (10.0, 2.0));
        let log = input(Spread::LogNormal { deviation: 0.45 });
        assert!((log.range().unwrap().1 - 10.0 * (P95 * 0.45f64).exp()).abs() < 1e-9);
        // Nothing impossible is drawn.
        assert_eq!(input(Spread::SplitNormal { low: 2.0, high: 39.0 }).at(3.0), 40.0);
        assert_eq!(input(Spread::None).step(true), 1.0);
        assert_eq!(LedgerInput { value: 0.0, ..input(Spread::None) }.step(true), 0.0);
    }

    #[test]
    fn prices_are_read_with_their_units_and_slips_name_their_key() {
        let source = |key: &str| key.to_owned();
        let mut book =
            Book { inputs: Vec::new(), source: &source, currency: "PKR".parse().unwrap() };
        let text = |text: &str| Sourced::from(text.to_owned());
        let price = book.price("a", "kW-month", Some(&text("2000 PKR/kW-month")), "").unwrap();
        assert_eq!((book.inputs[price.id.0].value, price.dollars), (2000.0, false));
        let price = book.price("b", "kWh", Some(&text("30 USD/MWh")), "").unwrap();
        assert_eq!((book.inputs[price.id.0].value, price.dollars), (0.03, true));
        for (bad, told) in [
            ("5", "cannot be read"),
            ("5 PKR/kWh", "cannot be read"),
            ("5 EUR/kW-month", "give it in PKR or USD"),
        ] {
            let error = book.price("c", "kW-month", Some(&text(bad)), "").unwrap_err().to_string();
            assert!(error.starts_with("c: ") && error.contains(told), "{error}");
        }
        let kind = Kind { unit: "years", least: 1.0, most: 9.0 };
        let error = book.given("d", kind, &Sourced::from(0.0)).unwrap_err().to_string();
        assert_eq!(error, "d: is 0; give 1 to 9 years");
        assert!(book.given("d", kind, &Sourced::from(f64::NAN)).is_err());
        let outside = Sourced { low: Some(3.0), high: Some(4.0), ..Sourced::from(2.0) };
        assert!(book.given("d", kind, &outside).unwrap_err().to_string().contains("outside"));
    }
}
