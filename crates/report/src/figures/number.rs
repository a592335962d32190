//! Number formatting: at least three significant digits, thousands separators, one scale for a table.

use hashwatt::econ::params::Unit;
use hashwatt::text::grouped;

/// Minimum number of significant digits.
const MIN_DIGITS: i32 = 3;
/// Maximum number of decimals; smaller values are shown as zero.
const MAX_DECIMALS: i32 = 12;
/// Values below this fraction of a table's largest figure are rounding errors and shown as zero.
const ROUNDING: f64 = 1e-12;

/// Shown in place of a time that is never reached.
pub(crate) const NEVER: &str = "never";
/// Shown where a figure has no value although no input is missing.
pub(crate) const NONE: &str = "none";

/// The scale of a table's figures of one unit, such as millions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    factor: f64,
    word: &'static str,
    /// Values up to this magnitude are rounding errors.
    rounding: f64,
    /// Shown for an infinite value.
    infinite: &'static str,
    /// A smaller unit in place of the figures' own, for a site of a few machines.
    smaller_unit: Option<&'static str>,
}

/// The scales for large values, with their names.
const SCALES: [(f64, &str); 6] = [
    (1e21, "sextillion"),
    (1e18, "quintillion"),
    (1e15, "quadrillion"),
    (1e12, "trillion"),
    (1e9, "billion"),
    (1e6, "million"),
];

impl Scale {
    /// The scale for figures of a unit whose largest magnitude is `largest`.
    pub(crate) fn new(unit: Unit, largest: f64) -> Self {
        let largest = if largest.is_finite() { largest.abs() } else { 0.0 };
        let (factor, word) = match unit {
            // Annual rates are shown in percent.
            Unit::PerYear => (0.01, "%"),
            _ => SCALES.into_iter().find(|(factor, _)| largest >= *factor).unwrap_or((1.0, "")),
        };
        let infinite = if unit == Unit::Years { NEVER } else { NONE };
        let rounding = largest * ROUNDING;
        let smaller = match unit {
            _ if largest >= 1.0 || largest <= 0.0 => None,
            Unit::Mw => Some((1e-3, "kW")),
            Unit::Mwh => Some((1e-3, "kWh")),
            Unit::Usd => Some((1e-2, "US cents")),
            Unit::UsdPerDay => Some((1e-2, "US cents/day")),
            _ => None,
        };
        match smaller {
            Some((factor, name)) => {
                Self { factor, word: "", rounding, infinite, smaller_unit: Some(name) }
            }
            None => Self { factor, word, rounding, infinite, smaller_unit: None },
        }
    }

    /// The factor that figures are divided by.
    pub(crate) fn factor(&self) -> f64 {
        self.factor
    }

    /// A value on an axis in this scale.
    pub(crate) fn tick(&self, value: f64) -> String {
        seven_digits(value / self.factor)
    }

    /// The unit with the scale's word, such as `billion USD`.
    pub(crate) fn unit(&self, unit: Unit) -> String {
        match unit {
            _ if self.smaller_unit.is_some() => self.smaller_unit.unwrap_or_default().to_owned(),
            Unit::PerYear => format!("{}/year", self.word),
            unit => format!("{} {unit}", self.word).trim().to_owned(),
        }
    }

    /// Whether a figure is below zero by more than a rounding error.
    pub(crate) fn is_negative(&self, value: f64) -> bool {
        value < -self.rounding
    }

    /// Formats a figure in this scale with at least three significant digits.
    pub(crate) fn format(&self, value: f64) -> String {
        match value {
            value if value.is_infinite() => self.infinite.to_owned(),
            value if value.abs() <= self.rounding => "0".to_owned(),
            value => significant_digits(value / self.factor),
        }
    }

    /// Formats a figure in this scale with exactly three significant digits, for sentences and charts.
    pub(crate) fn three_digits(&self, value: f64) -> String {
        match value {
            value if value.is_infinite() => self.infinite.to_owned(),
            value if value.abs() <= self.rounding => "0".to_owned(),
            value => three_digits(value / self.factor),
        }
    }

    /// Parses a formatted figure: its value and half of its last digit; `None` if the text is not a number.
    #[cfg(test)]
    pub(crate) fn parse(&self, text: &str) -> Option<(f64, f64)> {
        let digits = text.replace(',', "");
        let value: f64 = digits.parse().ok()?;
        let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
        let half = 0.5 * 10f64.powi(-(decimals as i32)) * (1.0 + 1e-9);
        Some((value * self.factor, half * self.factor + self.rounding))
    }
}

/// A number with at least three significant digits and thousands separators; `none` if it is not finite.
pub(crate) fn significant_digits(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    if value.abs() < 0.5 * 10f64.powi(-MAX_DECIMALS) {
        return "0".to_owned();
    }
    let whole_digits = value.abs().log10().floor() as i32 + 1;
    let decimals = (MIN_DIGITS - whole_digits).clamp(0, MAX_DECIMALS);
    grouped(value, decimals as usize)
}

/// A number with three significant digits and thousands separators; `none` if it is not finite.
pub(crate) fn three_digits(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    significant_digits(rounded)
}

/// A number of years in a sentence, such as `1 year` or `4.5 years`.
pub(crate) fn years_text(years: f64) -> String {
    let plural = if years == 1.0 { "" } else { "s" };
    format!("{} year{plural}", seven_digits(years))
}

/// A number as given in an input: at most seven significant digits, with thousands separators.
pub(crate) fn seven_digits(value: f64) -> String {
    let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
    let text = rounded.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut shown = if rounded < 0.0 { "-".to_owned() } else { String::new() };
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

/// A fraction as a percentage.
pub(crate) fn percent(fraction: f64) -> String {
    match fraction {
        0.0 | 1.0 => format!("{} %", fraction * 100.0),
        _ => format!("{:.1} %", fraction * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::econ::Currency;

    #[test]
    fn significant_digits_has_three_or_more_and_no_exponent() {
        for (value, shown) in [
            (0.0, "0"),
            (2000.0, "2,000"),
            (-1_234_567.8, "-1,234,568"),
            (12.345, "12.3"),
            (0.012_345, "0.0123"),
            (-1.042e-3, "-0.00104"),
            (2.34e-7, "0.000000234"),
            (1e-30, "0"),
            (f64::INFINITY, "none"),
            (f64::NAN, "none"),
        ] {
            assert_eq!(significant_digits(value), shown);
        }
    }

    #[test]
    fn scale_of_small_sites_uses_kilowatts_and_cents() {
        let scale = Scale::new(Unit::Mw, 0.0035);
        assert_eq!((scale.format(0.0035), scale.unit(Unit::Mw)), ("3.50".into(), "kW".into()));
        let scale = Scale::new(Unit::UsdPerDay, -0.42);
        let shown = (scale.format(-0.42), scale.unit(Unit::UsdPerDay));
        assert_eq!(shown, ("-42.0".into(), "US cents/day".into()));
        assert_eq!(Scale::new(Unit::Mw, 1.0).unit(Unit::Mw), "MW");
    }

    #[test]
    fn three_digits_rounds_to_three_significant_digits() {
        for (value, shown) in
            [(440_329.0, "440,000"), (-1234.0, "-1,230"), (0.028_81, "0.0288"), (9.996, "10.0")]
        {
            assert_eq!(three_digits(value), shown);
        }
    }

    #[test]
    fn scale_follows_the_largest_figure() {
        let scale = Scale::new(Unit::Usd, -3.21e9);
        assert_eq!(
            (scale.unit(Unit::Usd).as_str(), scale.format(-3.21e9)),
            ("billion USD", "-3.21".to_owned())
        );
        assert_eq!(scale.format(12_345_678.0), "0.0123");
        // The rounding error of a sum that is zero.
        assert_eq!(scale.format(1e-4), "0");
        let local = Unit::Money(Currency::USD);
        assert_eq!(Scale::new(local, 999_999.0).unit(local), "USD");
        let rate = Scale::new(Unit::PerYear, 0.1234);
        assert_eq!(
            (rate.unit(Unit::PerYear).as_str(), rate.format(0.1234)),
            ("%/year", "12.3".to_owned())
        );
        assert_eq!(Scale::new(Unit::Years, f64::INFINITY).format(f64::INFINITY), "never");
    }

    #[test]
    fn formatted_value_is_parsed_back_within_its_last_digit() {
        for value in [-3.214e9, 12_345_678.0, 0.3, 99_999.5, 1e12] {
            let scale = Scale::new(Unit::Usd, value);
            let (parsed, within) = scale.parse(&scale.format(value)).unwrap();
            assert!((parsed - value).abs() <= within, "{value}: {parsed}");
        }
    }

    #[test]
    fn seven_digits_keeps_given_digits_and_drops_rounding() {
        for (value, shown) in [
            (22.98, "22.98"),
            (1.266_666_666_666_666_6, "1.266667"),
            (965_664.0, "965,664"),
            (0.1 + 0.2, "0.3"),
            (1.5e-9, "0.0000000015"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(seven_digits(value), shown);
        }
    }
}
