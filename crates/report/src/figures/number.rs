//! Numbers for a reader: three or more significant digits, thousands apart, one scale for a table.

use hashwatt::econ::params::Unit;
use hashwatt::text::grouped;

/// Digits that are shown at the least.
const DIGITS: i32 = 3;
/// Nothing is shown with more decimals; what is smaller is shown as zero.
const MAX_DECIMALS: i32 = 12;
/// What is smaller than this part of a table's greatest figure is rounding, and shown as zero.
const ROUNDING: f64 = 1e-12;

/// What stands in place of a value that is never reached.
pub(crate) const NEVER: &str = "never";
/// What stands where a figure has no value and lacks nothing.
pub(crate) const NONE: &str = "none";

/// What a table's figures of one unit are divided by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    factor: f64,
    word: &'static str,
    least: f64,
    /// What an infinite value is: of a time, that it never comes.
    infinite: &'static str,
    /// A smaller unit in place of the figures' own, for a site of a few machines.
    smaller: Option<&'static str>,
}

/// From a thousand on digits are grouped; from here on they are counted in these.
const SCALES: [(f64, &str); 6] = [
    (1e21, "sextillion"),
    (1e18, "quintillion"),
    (1e15, "quadrillion"),
    (1e12, "trillion"),
    (1e9, "billion"),
    (1e6, "million"),
];

impl Scale {
    /// For figures of a unit of which the greatest is so large.
    pub(crate) fn new(unit: Unit, greatest: f64) -> Self {
        let greatest = if greatest.is_finite() { greatest.abs() } else { 0.0 };
        let (factor, word) = match unit {
            // A rate a year.
            Unit::PerYear => (0.01, "%"),
            _ => SCALES.into_iter().find(|(factor, _)| greatest >= *factor).unwrap_or((1.0, "")),
        };
        let infinite = if unit == Unit::Years { NEVER } else { NONE };
        let least = greatest * ROUNDING;
        let smaller = match unit {
            _ if greatest >= 1.0 || greatest <= 0.0 => None,
            Unit::Mw => Some((1e-3, "kW")),
            Unit::Mwh => Some((1e-3, "kWh")),
            Unit::Usd => Some((1e-2, "US cents")),
            Unit::UsdPerDay => Some((1e-2, "US cents/day")),
            _ => None,
        };
        match smaller {
            Some((factor, name)) => Self { factor, word: "", least, infinite, smaller: Some(name) },
            None => Self { factor, word, least, infinite, smaller: None },
        }
    }

    /// What figures are divided by.
    pub(crate) fn factor(&self) -> f64 {
        self.factor
    }

    /// A value of an axis in this scale.
    pub(crate) fn tick(&self, value: f64) -> String {
        given(value / self.factor)
    }

    /// The unit with the scale's word, such as `billion USD`.
    pub(crate) fn unit(&self, unit: Unit) -> String {
        match unit {
            _ if self.smaller.is_some() => self.smaller.unwrap_or_default().to_owned(),
            Unit::PerYear => format!("{}/year", self.word),
            unit => format!("{} {unit}", self.word).trim().to_owned(),
        }
    }

    /// Whether a figure is below zero by more than rounding.
    pub(crate) fn is_negative(&self, value: f64) -> bool {
        value < -self.least
    }

    /// A figure in this scale.
    pub(crate) fn shown(&self, value: f64) -> String {
        match value {
            value if value.is_infinite() => self.infinite.to_owned(),
            value if value.abs() <= self.least => "0".to_owned(),
            value => significant(value / self.factor),
        }
    }

    /// The same with three significant digits and no more, for a reader of a sentence or a chart.
    pub(crate) fn three(&self, value: f64) -> String {
        match value {
            value if value.is_infinite() => self.infinite.to_owned(),
            value if value.abs() <= self.least => "0".to_owned(),
            value => three(value / self.factor),
        }
    }

    /// The figure that was shown so, and half of its last digit; `None` for what is no number.
    #[cfg(test)]
    pub(crate) fn read(&self, text: &str) -> Option<(f64, f64)> {
        let digits = text.replace(',', "");
        let value: f64 = digits.parse().ok()?;
        let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
        let half = 0.5 * 10f64.powi(-(decimals as i32)) * (1.0 + 1e-9);
        Some((value * self.factor, half * self.factor + self.least))
    }
}

/// A number with three or more significant digits, thousands apart; `none` where it is none.
pub(crate) fn significant(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    if value.abs() < 0.5 * 10f64.powi(-MAX_DECIMALS) {
        return "0".to_owned();
    }
    let whole_digits = value.abs().log10().floor() as i32 + 1;
    let decimals = (DIGITS - whole_digits).clamp(0, MAX_DECIMALS);
    grouped(value, decimals as usize)
}

/// A number with three significant digits, thousands apart; `none` where it is none.
pub(crate) fn three(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    significant(rounded)
}

/// An input as it was given, thousands apart: seven significant digits at the most.
pub(crate) fn given(value: f64) -> String {
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

/// A part of all as a percentage.
pub(crate) fn percent(part: f64) -> String {
    match part {
        part if part == 0.0 || part == 1.0 => format!("{} %", part * 100.0),
        part => format!("{:.1} %", part * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::econ::Currency;

    #[test]
    fn numbers_have_three_digits_and_no_exponent() {
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
            assert_eq!(significant(value), shown);
        }
    }

    #[test]
    fn small_sites_have_kilowatts_and_cents() {
        let scale = Scale::new(Unit::Mw, 0.0035);
        assert_eq!((scale.shown(0.0035), scale.unit(Unit::Mw)), ("3.50".into(), "kW".into()));
        let scale = Scale::new(Unit::UsdPerDay, -0.42);
        let shown = (scale.shown(-0.42), scale.unit(Unit::UsdPerDay));
        assert_eq!(shown, ("-42.0".into(), "US cents/day".into()));
        assert_eq!(Scale::new(Unit::Mw, 1.0).unit(Unit::Mw), "MW");
    }

    #[test]
    fn sentences_have_three_digits() {
        for (value, shown) in
            [(440_329.0, "440,000"), (-1234.0, "-1,230"), (0.028_81, "0.0288"), (9.996, "10.0")]
        {
            assert_eq!(three(value), shown);
        }
    }

    #[test]
    fn a_scale_is_of_the_greatest_figure() {
        let scale = Scale::new(Unit::Usd, -3.21e9);
        assert_eq!(
            (scale.unit(Unit::Usd).as_str(), scale.shown(-3.21e9)),
            ("billion USD", "-3.21".to_owned())
        );
        assert_eq!(scale.shown(12_345_678.0), "0.0123");
        // Rounding of a sum that is zero.
        assert_eq!(scale.shown(1e-4), "0");
        let local = Unit::Money(Currency::USD);
        assert_eq!(Scale::new(local, 999_999.0).unit(local), "USD");
        let rate = Scale::new(Unit::PerYear, 0.1234);
        assert_eq!(
            (rate.unit(Unit::PerYear).as_str(), rate.shown(0.1234)),
            ("%/year", "12.3".to_owned())
        );
        assert_eq!(Scale::new(Unit::Years, f64::INFINITY).shown(f64::INFINITY), "never");
    }

    #[test]
    fn what_is_shown_is_read_back_within_its_last_digit() {
        for value in [-3.214e9, 12_345_678.0, 0.3, 99_999.5, 1e12] {
            let scale = Scale::new(Unit::Usd, value);
            let (read, within) = scale.read(&scale.shown(value)).unwrap();
            assert!((read - value).abs() <= within, "{value}: {read}");
        }
    }

    #[test]
    fn inputs_keep_their_digits_and_no_noise() {
        for (value, shown) in [
            (22.98, "22.98"),
            (1.266_666_666_666_666_6, "1.266667"),
            (965_664.0, "965,664"),
            (0.1 + 0.2, "0.3"),
            (1.5e-9, "0.0000000015"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(given(value), shown);
        }
    }
}
