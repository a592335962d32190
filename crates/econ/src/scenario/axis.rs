//! A key with the values that it takes in a sweep: a list, or steps from one number to another.

use super::document::pattern_of;
use super::error::Problem;
use super::keys::{self, Shape};
use super::value::{Scalar, Value};
use super::{Scenario, ScenarioError, current_key};
use crate::Currency;
use crate::currency::quotient;
use hashwatt_quantities::number::{self, NumberError};

/// A key of a scenario with the values that it takes in a sweep.
///
/// ```
/// use hashwatt_econ::scenario::{Axis, Scalar, Scenario};
///
/// let scenario = Scenario::from_toml("power_mw = 100\ntariff = \"50 USD/MWh\"\n")?;
/// let axis = Axis::parse(&scenario, "tariff", "30:50:0.1")?;
/// assert_eq!((axis.points().len(), axis.column().as_str()), (201, "tariff_usd_per_mwh"));
/// assert_eq!(axis.points()[3].shown, Scalar::Number(30.3));
/// # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    key: String,
    unit: String,
    /// Whether the unit is part of the values, not of the key.
    unit_in_values: bool,
    points: Vec<AxisPoint>,
}

/// A value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisPoint {
    /// The value of the key.
    pub value: Value,
    /// The value as a number in the unit of the axis, or as text.
    pub shown: Scalar,
}

impl Axis {
    /// Most values of an axis.
    pub const MAX_POINTS: usize = 100_000;

    /// Parses typed values: `0.8,0.9,0.95`, texts such as `PAK,KAZ`, or steps `FROM:TO:STEP`, which include
    /// `TO` if a step meets it. Prices take the currency and unit after the last number, such as `15:40:1
    /// PKR/kWh`, or else those of the key in the scenario.
    ///
    /// # Errors
    /// The key is unknown, a value is not valid for it, the steps do not lead from one number to the other,
    /// there are too many values, or prices are in different units.
    pub fn parse(scenario: &Scenario, key: &str, text: &str) -> Result<Self, ScenarioError> {
        let key = current_key(key);
        let wrong = |problem: Problem| ScenarioError::from(problem.at(&key));
        let pattern = pattern_of(&key);
        let Some(shape) = keys::shape(&pattern) else {
            return Err(wrong(Problem::UnknownKey { nearest: keys::nearest(&pattern) }));
        };
        let texts = texts(shape, text).map_err(wrong)?;
        let (mut points, mut units) = (Vec::with_capacity(texts.len()), Vec::new());
        for text in texts {
            let value = scenario.typed(&key, &text)?;
            let (shown, unit) = shown(scenario, shape, &value).map_err(wrong)?;
            if units.first().is_some_and(|first| *first != unit) {
                let message =
                    "its values are in different units; give all in one currency and unit";
                return Err(wrong(Problem::Invalid(message)));
            }
            if units.is_empty() {
                units.push(unit);
            }
            points.push(AxisPoint { value, shown });
        }
        // Setting the key checks the indices of lists.
        if let Some(first) = points.first() {
            scenario.clone().set(&key, first.value.clone())?;
        }
        let unit_in_values = matches!(shape, Shape::Price(_) | Shape::Rate);
        Ok(Self { key, unit: units.pop().unwrap_or_default(), unit_in_values, points })
    }

    /// The key of the scenario.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The unit of its numbers, such as `PKR/kWh`; empty for dimensionless numbers and texts.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The values in order.
    pub fn points(&self) -> &[AxisPoint] {
        &self.points
    }

    /// Its column name in a table: the key with the unit of its numbers, such as `tariff_pkr_per_kwh`.
    pub fn column(&self) -> String {
        match self.unit_in_values && !self.unit.is_empty() {
            false => self.key.clone(),
            true => {
                let unit = self.unit.to_ascii_lowercase().replace('/', "_per_").replace('-', "_");
                format!("{}_{unit}", self.key)
            }
        }
    }
}

/// Whether a key has numbers, so that steps are possible.
fn is_numeric(shape: &Shape) -> bool {
    matches!(shape, Shape::Number(_) | Shape::Plain { .. } | Shape::Price(_) | Shape::Rate)
}

/// Splits a typed text into single values.
fn texts(shape: &Shape, text: &str) -> Result<Vec<String>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Invalid("has no values; give some, such as 0.8,0.9 or 15:40:1"));
    }
    if text.starts_with(['{', '[', '"']) {
        return Err(Problem::Invalid(
            "takes single values; give numbers or texts without brackets",
        ));
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    if !is_numeric(shape) {
        return Ok(parts.into_iter().map(str::to_owned).collect());
    }
    // One unit may follow all values.
    let last = parts.last().and_then(|last| last.split_once(char::is_whitespace));
    let unit = last.map(|(_, unit)| unit.trim());
    let mut all = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if place > 0 && digits == 3 && part.starts_with('0') {
            let message = format!(
                "`{part}` begins with 0: `,` separates values; write thousands without a separator"
            );
            return Err(Problem::Other(message));
        }
        let with_unit = |number: &str| match unit {
            Some(unit) if !number.contains(char::is_whitespace) => format!("{number} {unit}"),
            _ => number.to_owned(),
        };
        if !part.contains(':') {
            all.push(with_unit(part));
            continue;
        }
        let range = part.split_once(char::is_whitespace).map_or(*part, |(range, _)| range);
        let ends: Vec<&str> = range.split(':').collect();
        let [from, to, step] = ends[..] else {
            return Err(Problem::Invalid("write steps as FROM:TO:STEP, such as 15:40:1"));
        };
        let steps = steps(end(from)?, end(to)?, end(step)?)?;
        all.extend(steps.into_iter().map(|number| with_unit(&number.to_string())));
        if all.len() > Axis::MAX_POINTS {
            return Err(too_many(all.len() as f64));
        }
    }
    match all.len() > Axis::MAX_POINTS {
        true => Err(too_many(all.len() as f64)),
        false => Ok(all),
    }
}

fn too_many(count: f64) -> Problem {
    Problem::Other(format!("has {count} values; give at most {}", Axis::MAX_POINTS))
}

fn end(text: &str) -> Result<f64, Problem> {
    number::parse(text.trim()).map_err(|error| match error {
        NumberError::Invalid => {
            let given = format!("`{}`", text.chars().take(60).collect::<String>());
            Problem::WrongKind {
                given,
                wanted: "numbers as FROM:TO:STEP, such as 15:40:1".to_owned(),
            }
        }
        error => Problem::NumberError(error),
    })
}

/// The numbers from one to another. Each is computed from the first and rounded to 15 digits, so that rounding
/// errors do not accumulate.
fn steps(from: f64, to: f64, step: f64) -> Result<Vec<f64>, Problem> {
    /// Tolerance of the end, as a fraction of a step.
    const ROUNDING: f64 = 1e-9;
    let count = ((to - from) / step + ROUNDING).floor();
    if !count.is_finite() || count < 0.0 {
        let message =
            format!("steps of {step} do not lead from {from} to {to}; write FROM:TO:STEP");
        return Err(Problem::Other(message));
    }
    if count >= Axis::MAX_POINTS as f64 {
        return Err(too_many(count + 1.0));
    }
    let at = |place: usize| {
        let number = from + place as f64 * step;
        match number.abs() < step.abs() * ROUNDING {
            true => 0.0,
            false => format!("{number:.14e}").parse().unwrap_or(number),
        }
    };
    Ok((0..=count as usize).map(at).collect())
}

/// A value as a table shows it, and its unit.
fn shown(scenario: &Scenario, shape: &Shape, value: &Value) -> Result<(Scalar, String), Problem> {
    let scalar = match value {
        Value::Given(given) => given.value.clone(),
        Value::Flag(flag) => Scalar::Text(flag.to_string()),
        Value::Numbers(_) | Value::ByYear(_) => {
            return Err(Problem::Invalid("takes a list of numbers and cannot be swept"));
        }
    };
    let currency = |text: &str| text.parse::<Currency>().map(|known| known.to_string());
    Ok(match (shape, &scalar) {
        (Shape::Price(_) | Shape::Rate, Scalar::Text(text)) => match quotient(text) {
            Some((number, upper, lower)) => {
                let upper = currency(upper).unwrap_or_else(|_| upper.to_owned());
                (Scalar::Number(number), format!("{upper}/{lower}"))
            }
            None => (scalar, String::new()),
        },
        (Shape::Rate, Scalar::Number(_)) => {
            let local = scenario.document.text("local_currency").unwrap_or_default();
            let local = currency(local).unwrap_or_else(|_| local.to_owned());
            (scalar, format!("{local}/USD"))
        }
        (Shape::Number(spec), Scalar::Number(_)) => (scalar, spec.unit.to_string()),
        (Shape::Plain { unit, .. }, Scalar::Number(_)) => (scalar, (*unit).to_owned()),
        _ => (scalar, String::new()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(key: &str, text: &str) -> Vec<f64> {
        let case = "power_mw = 100\nexchange_rate = \"281 PKR/USD\"\ntariff = \"22 PKR/kWh\"\n";
        let axis = Axis::parse(&Scenario::from_toml(case).unwrap(), key, text).unwrap();
        let number = |point: &AxisPoint| match point.shown {
            Scalar::Number(number) => number,
            Scalar::Text(_) => panic!("a text"),
        };
        axis.points().iter().map(number).collect()
    }

    fn axis(key: &str, text: &str) -> Result<Axis, String> {
        let case = "power_mw = 100\nexchange_rate = \"281 PKR/USD\"\ntariff = \"22 PKR/kWh\"\n";
        let scenario = Scenario::from_toml(case).unwrap();
        Axis::parse(&scenario, key, text).map_err(|error| error.to_string())
    }

    #[test]
    fn steps_are_exact_and_include_end() {
        assert_eq!(numbers("uptime", "0.1:0.7:0.1"), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
        assert_eq!(numbers("tariff", "-0.3:0.3:0.1"), [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
        assert_eq!(numbers("power_mw", "100:10:-30"), [100.0, 70.0, 40.0, 10.0]);
        assert_eq!(numbers("power_mw", "1:2:0.3"), [1.0, 1.3, 1.6, 1.9]);
        assert_eq!(numbers("power_mw", "5:5:1"), [5.0]);
        assert_eq!(numbers("power_mw", "1,2,10:30:10"), [1.0, 2.0, 10.0, 20.0, 30.0]);
        let thousandths = numbers("uptime", "0:1:0.001");
        assert_eq!(thousandths.len(), 1001);
        for (place, number) in thousandths.into_iter().enumerate() {
            assert_eq!(number, format!("{}e-3", place).parse::<f64>().unwrap());
        }
    }

    #[test]
    fn price_axis_has_unit_in_column_name() {
        for (text, column, unit) in [
            ("15:40:1", "tariff_pkr_per_kwh", "PKR/kWh"),
            ("30:50:10 USD/MWh", "tariff_usd_per_MWh", "USD/MWh"),
            ("0.03, 0.05 usd/kWh", "tariff_usd_per_kwh", "USD/kWh"),
        ] {
            let axis = axis("tariff", text).unwrap();
            assert_eq!(axis.unit(), unit, "{text}");
            assert_eq!(axis.column(), column.to_lowercase(), "{text}");
        }
        let rate = axis("fx", "280,290").unwrap();
        assert_eq!(
            (rate.key(), rate.column().as_str()),
            ("exchange_rate", "exchange_rate_pkr_per_usd")
        );
        let power = axis("power_mw", "10,20").unwrap();
        assert_eq!((power.column().as_str(), power.unit()), ("power_mw", "MW"));
        let regions = axis("region", "PAK, KAZ").unwrap();
        assert_eq!(regions.points()[1].shown, Scalar::Text("KAZ".to_owned()));
        let flags = axis("price_from_list", "true,false").unwrap();
        assert_eq!(flags.points()[0].shown, Scalar::Text("true".to_owned()));
    }

    #[test]
    fn invalid_axis_is_refused_with_remedy() {
        for (key, text, wanted) in [
            ("uptim", "0.8,0.9", "uptim: unknown key; did you mean `uptime`?"),
            ("uptime", "", "uptime: has no values"),
            ("uptime", "0.8,1.2", "uptime: is 1.2; give 0 to 1"),
            ("uptime", "0.8,", "uptime: is empty"),
            ("uptime", "0.8:0.9", "uptime: write steps as FROM:TO:STEP"),
            ("uptime", "0.8:0.9:0.1:1", "uptime: write steps as FROM:TO:STEP"),
            ("uptime", "a:b:c", "uptime: is `a`; give numbers as FROM:TO:STEP"),
            ("uptime", "0:1:0", "uptime: steps of 0 do not lead from 0 to 1"),
            ("uptime", "1:0:0.1", "uptime: steps of 0.1 do not lead from 1 to 0"),
            ("uptime", "0.000000001:1:1e-9", "uptime: has 1000000000 values; give at most 100000"),
            ("uptime", "{ value = 0.9 }", "uptime: takes single values"),
            ("power_mw", "1,000,2,000", "power_mw: `000` begins with 0"),
            ("tariff", "30 USD/MWh, 22 PKR/kWh", "tariff: its values are in different units"),
            ("retail_tariff", "30,40", "retail_tariff: is 30; give it with its currency and unit"),
            ("lot[3].power_mw", "1,2", "lot[3].power_mw: there is no entry `3`"),
            ("hours.available", "1,2", "hours.available: is `1`"),
        ] {
            let message = axis(key, text).unwrap_err();
            assert!(message.starts_with(wanted), "{key}={text}: {message}");
        }
    }
}
