//! One look for all charts: colours that the colour-blind tell apart (Okabe and Ito 2008), each with a
//! dash or a shade of its own for black and white, names at the lines in place of a legend.

use hashwatt::text::grouped;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Charts are drawn at twice their size: the backend's coordinates are whole numbers.
pub(super) const WIDTH: u32 = 1440;

pub(super) const BLACK: RGBColor = RGBColor(0x1a, 0x1a, 0x1a);
pub(super) const GREY: RGBColor = RGBColor(0x5a, 0x5a, 0x5a);
pub(super) const PALE: RGBColor = RGBColor(0xdc, 0xdc, 0xdc);
pub(super) const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xb2);
/// Sky blue, paler than the palette's: beside vermilion it is also lighter in black and white.
pub(super) const SKY: RGBColor = RGBColor(0xa8, 0xd8, 0xf4);
pub(super) const ORANGE: RGBColor = RGBColor(0xe6, 0x9f, 0x00);
pub(super) const VERMILION: RGBColor = RGBColor(0xd5, 0x5e, 0x00);

/// Text of the axes and of names at lines, and of the source below.
pub(super) const TEXT: f64 = 26.0;
pub(super) const SMALL: f64 = 22.0;

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub colour: RGBColor,
    pub width: u32,
    /// Length of a dash and of the gap; zero is solid.
    pub dash: (i32, i32),
}

impl Stroke {
    pub(super) const fn solid(colour: RGBColor, width: u32) -> Self {
        Self { colour, width, dash: (0, 0) }
    }

    pub(super) const fn dashed(colour: RGBColor, width: u32) -> Self {
        Self { colour, width, dash: (16, 10) }
    }

    pub(super) const fn dotted(colour: RGBColor, width: u32) -> Self {
        Self { colour, width, dash: (4, 8) }
    }
}

/// A font size in the units of the drawing; the backend divides by 1.24.
pub(super) fn font(size: f64) -> TextStyle<'static> {
    ("sans-serif", size * 1.24).into_font().color(&BLACK)
}

/// Text at a side of a point.
pub(super) fn anchored(size: f64, colour: RGBColor, h: HPos, v: VPos) -> TextStyle<'static> {
    TextStyle { color: colour.to_backend_color(), ..font(size) }.pos(Pos::new(h, v))
}

/// About how wide a text is; there are no fonts to measure with.
pub(super) fn width_of(text: &str, size: f64) -> i32 {
    (text.chars().count() as f64 * size * 0.54).ceil() as i32
}

/// An axis from `low` to `high` with its title and its ticks.
pub(super) struct Axis {
    pub title: String,
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
    pub decimals: usize,
    /// Whether the ticks are whole years, written without a thousands' separator.
    pub years: bool,
}

impl Axis {
    /// Over all the values, ending at ticks, with the unit in the title.
    pub(super) fn over(title: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (low, high) = (low.min(value), high.max(value));
        }
        if !(low.is_finite() && high.is_finite()) {
            (low, high) = (0.0, 1.0);
        }
        // Values that are all but one stand in the middle: what a hair of difference shows is nothing.
        let size = high.abs().max(low.abs());
        if high - low <= 0.01 * size || size == 0.0 {
            let room = if size == 0.0 { 1.0 } else { size * 0.01 };
            (low, high) = (low - room, high + room);
        }
        let step = step_for(high - low, 5.0);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self::with(title.into(), low, high, step)
    }

    /// From one end to the other, ticks within.
    pub(super) fn between(title: impl Into<String>, low: f64, high: f64) -> Self {
        Self::with(title.into(), low, high, step_for(high - low, 6.0))
    }

    fn with(title: String, low: f64, high: f64, step: f64) -> Self {
        let first = (low / step - 1e-9).ceil();
        let count = ((high / step + 1e-9).floor() - first).max(0.0) as usize;
        let ticks = (0..=count.min(50)).map(|i| (first + i as f64) * step).collect();
        let decimals = (-step.log10().floor()).max(0.0) as usize;
        Self { title, low, high, ticks, decimals, years: false }
    }

    /// Calendar years as numbers.
    pub(super) fn years(low: f64, high: f64) -> Self {
        let step = step_for(high - low, 8.0).max(1.0);
        let mut axis = Self::with("Year (UTC)".to_owned(), low, high, step);
        if axis.ticks.len() < 2 {
            axis.ticks = vec![low.ceil()];
        }
        axis.ticks.retain(|tick| (low..=high).contains(tick));
        Self { years: true, decimals: 0, ..axis }
    }

    pub(super) fn label(&self, value: f64) -> String {
        // A tick at nothing is no small number.
        let value = if value.abs() < 1e-9 * (self.high - self.low) { 0.0 } else { value };
        if self.years { format!("{value:.0}") } else { minus(&grouped(value, self.decimals)) }
    }

    pub(super) fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A real minus in place of a hyphen.
pub(crate) fn minus(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => text.to_owned(),
    }
}

/// 1, 2 or 5 times a power of ten, about so many to the length.
fn step_for(length: f64, pieces: f64) -> f64 {
    let rough = (length / pieces).max(f64::MIN_POSITIVE);
    let power = 10f64.powf(rough.log10().floor());
    let of_power = rough / power;
    power
        * if of_power <= 1.0 {
            1.0
        } else if of_power <= 2.0 {
            2.0
        } else if of_power <= 5.0 {
            5.0
        } else {
            10.0
        }
}

/// Money in a unit that keeps its figures short.
#[derive(Clone, Copy)]
pub(crate) struct Scaled {
    pub factor: f64,
    /// `million`, or nothing.
    pub word: &'static str,
}

impl Scaled {
    /// For figures up to so much.
    pub(crate) fn for_most(most: f64) -> Self {
        let (factor, word) = match most.abs() {
            most if most >= 2e9 => (1e9, "billion "),
            most if most >= 2e6 => (1e6, "million "),
            most if most >= 2e4 => (1e3, "thousand "),
            _ => (1.0, ""),
        };
        Self { factor, word }
    }

    pub(crate) fn unit(&self, currency: &str) -> String {
        format!("{}{currency}", self.word)
    }
}

/// A figure with three or more significant digits and no more.
pub(crate) fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        // Four digits of what is small.
        size => (3 - size.log10().floor() as i64).clamp(4, 15) as usize,
    };
    let text = grouped(value, decimals);
    let trimmed = match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    minus(trimmed)
}

/// Amounts that are compared, all in one unit.
pub(crate) fn amounts<const N: usize>(values: [f64; N], currency: &str) -> [String; N] {
    let most = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    let scaled = Scaled::for_most(most);
    values.map(|value| format!("{} {}", figure(value / scaled.factor), scaled.unit(currency)))
}

/// A quantity in the largest of its units that keeps it above a tenth: how many of the unit it is, and the
/// unit.
fn in_unit(value: f64, units: &[(f64, &'static str)]) -> (f64, &'static str) {
    let found = units.iter().find(|(size, _)| value.abs() >= size * 0.1);
    found.or(units.last()).copied().unwrap_or((1.0, ""))
}

/// The unit for powers up to so many MW.
pub(crate) fn power_unit(mw: f64) -> (f64, &'static str) {
    in_unit(mw, &[(1.0, "MW"), (1e-3, "kW"), (1e-6, "W")])
}

/// The unit for amounts of bitcoin up to so many.
pub(crate) fn btc_unit(btc: f64) -> (f64, &'static str) {
    in_unit(btc, &[(1.0, "BTC"), (1e-3, "mBTC"), (1e-8, "sat")])
}

/// The unit for parts of a whole up to so much of 1.
pub(crate) fn part_unit(part: f64) -> (f64, &'static str) {
    in_unit(part, &[(1e-2, "%"), (1e-6, "parts per million"), (1e-9, "parts per billion")])
}

/// The unit for masses up to so many tonnes.
pub(crate) fn mass_unit(tonnes: f64) -> (f64, &'static str) {
    in_unit(tonnes, &[(1e6, "Mt"), (1e3, "kt"), (1.0, "t"), (1e-3, "kg")])
}

/// A value in a unit, with it.
pub(crate) fn with_unit(value: f64, (size, unit): (f64, &str)) -> String {
    format!("{} {unit}", figure(value / size))
}

/// An amount with its unit in words: `−1,234 million USD`.
pub(crate) fn amount(value: f64, currency: &str) -> String {
    let scaled = Scaled::for_most(value);
    format!("{} {}", figure(value / scaled.factor), scaled.unit(currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        let axis = Axis::over("x (m)", [-3.2, 17.0]);
        assert_eq!((axis.low, axis.high), (-5.0, 20.0));
        assert_eq!(axis.ticks, [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!((axis.label(-5.0), axis.label(1e-14)), ("−5".to_owned(), "0".to_owned()));
        let axis = Axis::between("x (m)", 0.031, 0.072);
        assert_eq!(axis.label(axis.ticks[0]), "0.04");
        for values in [&[][..], &[0.0], &[7.0, 7.0], &[f64::INFINITY], &[1e300, 1.1e300], &[-1e-30]]
        {
            let axis = Axis::over("x", values.iter().copied());
            assert!(axis.low < axis.high && axis.ticks.len() >= 2, "{values:?}");
        }
        assert_eq!(Axis::years(2026.7, 2031.7).label(2027.0), "2027");
        assert_eq!(Axis::years(2026.7, 2026.9).ticks, [] as [f64; 0]);
    }

    #[test]
    fn small_quantities_have_small_units() {
        let text = |value, unit: fn(f64) -> (f64, &'static str)| with_unit(value, unit(value));
        assert_eq!(text(0.0035, power_unit), "3.5 kW");
        assert_eq!(text(2_000.0, power_unit), "2,000 MW");
        assert_eq!(text(5.18e-5, btc_unit), "5,180 sat");
        assert_eq!(text(2.14e-7, part_unit), "0.214 parts per million");
        assert_eq!(text(7.33e6, mass_unit), "7.33 Mt");
        assert_eq!((text(0.0, mass_unit), figure(0.092_66)), ("0 kg".into(), "0.09266".into()));
    }

    #[test]
    fn amounts_are_short_and_keep_their_sign() {
        assert_eq!(amount(-1_234_567_890.0, "USD"), "−1,235 million USD");
        assert_eq!(amount(183.42e9, "PKR"), "183 billion PKR");
        assert_eq!(amount(-12.3, "USD"), "−12.3 USD");
        assert_eq!(amounts([-2.5e9, 1e6], "USD"), ["−2.5 billion USD", "0.001 billion USD"]);
        assert_eq!(
            (figure(0.0), figure(15.0), figure(22.98)),
            ("0".into(), "15".into(), "23".into())
        );
    }
}
