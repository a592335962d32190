//! Rows of the parameter table: values of the scenario, values of its region, and defaults.

use super::{Rate, Resolver};
use crate::Currency;
use crate::normal::P95;
use crate::params::{
    Absent, Denomination, NetworkState, Param, ParamId, Price, Spec, Spread, Unit,
};
use crate::scenario::document::{Entry, price};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::PriceSpec;
use crate::scenario::value::{Scalar, Sourced, Value};
use crate::scenario::warning::Warning;
use crate::uncertainty::Provenance;

/// The basis of a default: no charge, tax or contract is given.
const NONE_STATED: &str = "none was stated";
/// The basis of a missing value.
const NOT_GIVEN: &str = "not given";

impl Resolver<'_> {
    /// Adds a parameter; a parameter with the same key is added only once.
    pub(super) fn add(&mut self, param: Param) -> ParamId {
        let key = param.key.clone();
        *self.known.entry(key).or_insert_with(|| self.table.add(param))
    }

    /// A parameter whose key has no index.
    pub(super) fn spec(&mut self, spec: &Spec) -> Read<ParamId> {
        self.first_of(&[spec.key], spec, None)
    }

    /// The first of these keys that is given, else the default; parameters of a group vary together.
    pub(super) fn first_of(
        &mut self,
        keys: &[&str],
        spec: &Spec,
        group: Option<&str>,
    ) -> Read<ParamId> {
        match keys.iter().find_map(|key| self.document.get(key)) {
            Some(entry) => self.given(entry, spec, group),
            None => Ok(self.default_param(spec)),
        }
    }

    /// The first of these keys that is given, if any.
    pub(super) fn if_given(
        &mut self,
        keys: &[&str],
        spec: &Spec,
        group: Option<&str>,
    ) -> Read<Option<ParamId>> {
        let entry = keys.iter().find_map(|key| self.document.get(key));
        entry.map(|entry| self.given(entry, spec, group)).transpose()
    }

    /// Adds a parameter that the scenario gives.
    pub(super) fn given(
        &mut self,
        entry: &Entry,
        spec: &Spec,
        group: Option<&str>,
    ) -> Read<ParamId> {
        let (value, mut spread) = numbers(entry)?;
        if spec.key == NetworkState::SPECS.price.key {
            spread = log_normal(spread);
        }
        Ok(self.add(Param {
            key: entry.key.clone(),
            unit: spec.unit,
            value,
            spread,
            possible: spec.least..=spec.most,
            group: group.map(str::to_owned),
            provenance: entry.provenance(),
            region: None,
            missing: false,
        }))
    }

    /// Adds a parameter that the scenario leaves out: the region's value, else the default.
    pub(super) fn default_param(&mut self, spec: &Spec) -> ParamId {
        let assumed = |basis: &str| Provenance::Assumed { basis: basis.to_owned() };
        let mut param = Param {
            key: spec.key.to_owned(),
            unit: spec.unit,
            value: 0.0,
            spread: Spread::Fixed,
            possible: spec.least..=spec.most,
            group: None,
            provenance: assumed(NOT_GIVEN),
            region: None,
            missing: false,
        };
        let known = self.region.as_ref();
        let row = known.and_then(|known| known.values.iter().find(|row| row.key == spec.key));
        match (row, spec.absent) {
            (Some(row), _) => {
                (param.value, param.provenance) = (row.value, row.provenance.clone());
                param.region = known.map(|known| known.country.iso3);
            }
            (None, Absent::None(value)) => {
                (param.value, param.provenance) = (value, assumed(NONE_STATED));
            }
            (None, Absent::Assumed { value, low, high, basis }) => {
                (param.value, param.provenance) = (value, assumed(basis));
                param.spread = Spread::between(low, high);
            }
            (None, Absent::Missing) => param.missing = true,
        }
        self.add(param)
    }

    /// The first of these prices that is given, else the default.
    pub(super) fn price(
        &mut self,
        keys: &[&str],
        spec: &PriceSpec,
        group: Option<&str>,
    ) -> Read<Price<ParamId>> {
        match keys.iter().find_map(|key| self.document.get(key)) {
            Some(entry) => self.given_price(entry, spec, group),
            None => Ok(self.default_price(spec)),
        }
    }

    pub(super) fn given_price(
        &mut self,
        entry: &Entry,
        spec: &PriceSpec,
        group: Option<&str>,
    ) -> Read<Price<ParamId>> {
        let read = |scalar: &Scalar| match scalar {
            Scalar::Text(text) => price(text, spec.per).map_err(|p| entry.mistake(p)),
            Scalar::Number(number) => {
                price(&number.to_string(), spec.per).map_err(|p| entry.mistake(p))
            }
        };
        let Value::Given(Sourced { value, range, .. }) = &entry.value else {
            return Err(entry.mistake(Problem::Invalid("is not a price")));
        };
        let (value, currency) = read(value)?;
        let spread = match range {
            Some((low, high)) => Spread::between(read(low)?.0, read(high)?.0),
            None => Spread::Fixed,
        };
        let denomination = self.denomination(currency).map_err(|p| entry.mistake(p));
        let denomination = self.ok_or_record(denomination).unwrap_or_default();
        let group = group.map(str::to_owned);
        let possible = spec.least..=spec.most;
        let id = self.add(Param {
            key: entry.key.clone(),
            unit: Unit::Price(currency, spec.per),
            value,
            spread,
            possible,
            group,
            provenance: entry.provenance(),
            region: None,
            missing: false,
        });
        Ok(Price { value: id, denomination })
    }

    /// Whether an amount is in US dollars or in local currency that can be converted.
    pub(super) fn denomination(&self, currency: Currency) -> Result<Denomination, Problem> {
        let local = self.currency;
        match currency {
            Currency::USD => Ok(Denomination::Usd),
            currency if currency == local && self.rate == Rate::Given => Ok(Denomination::Local),
            _ if self.rate == Rate::Unread => Ok(Denomination::Local),
            currency if currency == local || local == Currency::USD => {
                Err(Problem::MissingExchangeRate { currency })
            }
            currency => Err(Problem::ThirdCurrency { currency, local }),
        }
    }

    /// Adds a price that the scenario leaves out: the region's price, else the default.
    pub(super) fn default_price(&mut self, spec: &PriceSpec) -> Price<ParamId> {
        let known = self.region.as_ref();
        let row =
            known.and_then(|known| known.values.iter().find(|row| row.key == spec.key)).cloned();
        let region = known.map(|known| known.country.iso3);
        let of_region = row.zip(region).and_then(|(row, region)| {
            let currency = row.currency()?;
            match self.denomination(currency) {
                Ok(denomination) => Some((row, region, currency, denomination)),
                Err(_) => {
                    self.warn(Warning::RegionNeedsRate { region, currency });
                    None
                }
            }
        });
        let basis = if spec.needed { NOT_GIVEN } else { NONE_STATED };
        let mut param = Param {
            key: spec.key.to_owned(),
            unit: Unit::Price(Currency::USD, spec.per),
            value: 0.0,
            spread: Spread::Fixed,
            possible: spec.least..=spec.most,
            group: None,
            provenance: Provenance::Assumed { basis: basis.to_owned() },
            region: None,
            missing: spec.needed,
        };
        let mut denomination = Denomination::Usd;
        if let Some((row, region, currency, of)) = of_region {
            (param.value, param.provenance, param.missing) = (row.value, row.provenance, false);
            (param.unit, param.region) = (Unit::Price(currency, spec.per), Some(region));
            denomination = of;
        }
        Price { value: self.add(param), denomination }
    }

    /// Adds a parameter that is computed by `of` from the value and range of another one.
    pub(super) fn derived(
        &mut self,
        key: &str,
        unit: Unit,
        from: ParamId,
        of: impl Fn(f64) -> f64,
        model: String,
    ) -> ParamId {
        let source = self.table.get(from);
        let group = source.group.clone().unwrap_or_else(|| source.key.clone());
        let spread = match source.range() {
            Some((low, high)) => Spread::SplitNormal { low: of(low), high: of(high) },
            None => Spread::Fixed,
        };
        let param = Param {
            key: key.to_owned(),
            unit,
            value: of(source.value),
            spread,
            possible: 0.0..=1e12,
            group: Some(group),
            provenance: Provenance::Modelled { model },
            region: source.region,
            missing: source.missing,
        };
        self.add(param)
    }
}

/// The value and the range of a key.
pub(super) fn numbers(entry: &Entry) -> Read<(f64, Spread)> {
    let number = |scalar: &Scalar| match scalar {
        Scalar::Number(number) => Ok(*number),
        Scalar::Text(_) => Err(entry.mistake(Problem::Invalid("is not a number"))),
    };
    let Value::Given(Sourced { value, range, .. }) = &entry.value else {
        return Err(entry.mistake(Problem::Invalid("is not a number")));
    };
    let spread = match range {
        Some((low, high)) => Spread::between(number(low)?, number(high)?),
        None => Spread::Fixed,
    };
    Ok((number(value)?, spread))
}

/// The lognormal distribution with the same 5 % and 95 % points.
fn log_normal(spread: Spread) -> Spread {
    match spread {
        Spread::SplitNormal { low, high } => {
            Spread::LogNormal { deviation: (high / low).ln() / (2.0 * P95) }
        }
        other => other,
    }
}
