//! Charts as SVG, each in two widths: their labels are measured, so that none is cut and none lies on another.

mod bars;
mod canvas;
mod columns;
mod fan;
mod lines;
mod metrics;
mod scale;

pub(crate) use bars::{Bar, Bars};
pub(crate) use canvas::{Picture, escaped, marked};
pub(crate) use columns::{Column, Columns};
pub(crate) use fan::{Fan, FanPoint};
pub(crate) use lines::{Line, Lines, Stroke, Vertical};
pub(crate) use scale::Axis;

/// Widths of the viewBox: of a wide screen and of paper, and of a narrow screen.
pub(crate) const WIDTHS: [f64; 2] = [720.0, 360.0];

/// What a colour means: the sign of a result, never a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Gain,
    Loss,
    Open,
}

impl Tone {
    /// By a sign.
    pub(crate) fn of(value: f64) -> Self {
        match value {
            value if value > 0.0 => Self::Gain,
            value if value < 0.0 => Self::Loss,
            _ => Self::Open,
        }
    }

    /// Of an area.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Self::Gain => "#0072B2",
            Self::Loss => "#D55E00",
            Self::Open => "#69737D",
        }
    }

    /// Of a text.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Gain => "#005A8E",
            Self::Loss => "#A84400",
            Self::Open => "#4A5560",
        }
    }

    /// Of a ground.
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

/// A value beside an axis.
fn written(value: f64) -> String {
    crate::figures::given(value).replace('-', "\u{2212}")
}
