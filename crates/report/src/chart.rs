//! Charts as SVG, each in two widths. Labels are measured, so that none is cut off and none overlaps another.

mod bars;
mod canvas;
mod columns;
mod fan;
mod lines;
mod metrics;
mod scale;

pub(crate) use bars::{Bar, Bars};
pub(crate) use canvas::{Picture, escaped, mark_attributes};
pub(crate) use columns::{Column, Columns};
pub(crate) use fan::{Fan, FanPoint};
pub(crate) use lines::{Line, Lines, Stroke, Vertical};
pub(crate) use scale::Axis;

/// Widths of the viewBox: for wide screens and paper, and for narrow screens.
pub(crate) const WIDTHS: [f64; 2] = [720.0, 360.0];

/// The meaning of a colour: the sign of a result, never a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Gain,
    Loss,
    Open,
}

impl Tone {
    /// The tone of a value's sign.
    pub(crate) fn from_sign(value: f64) -> Self {
        match value {
            value if value > 0.0 => Self::Gain,
            value if value < 0.0 => Self::Loss,
            _ => Self::Open,
        }
    }

    /// The colour of areas and lines.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Self::Gain => "#0072B2",
            Self::Loss => "#D55E00",
            Self::Open => "#69737D",
        }
    }

    /// The colour of text.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Gain => "#005A8E",
            Self::Loss => "#A84400",
            Self::Open => "#4A5560",
        }
    }

    /// The colour of backgrounds.
    pub(crate) fn tint(self) -> &'static str {
        match self {
            Self::Gain => "#E5F1F8",
            Self::Loss => "#FCEDE2",
            Self::Open => "#EDEFF1",
        }
    }
}

pub(crate) const INK: &str = "#16202A";
pub(crate) const SOFT: &str = "#4A5560";
pub(crate) const GRID: &str = "#E3E7EA";

/// The label of a tick.
fn tick_label(value: f64) -> String {
    crate::figures::seven_digits(value).replace('-', "\u{2212}")
}
