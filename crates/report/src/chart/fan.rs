//! A fan chart: the median over many paths by month, with bands of 50 % and 90 % of the paths.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::text_width;
use super::scale::Axis;
use super::{GRID, INK, SOFT, Tone, tick_label};

/// The percentiles of one month.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FanPoint {
    /// 5th, 25th, 50th, 75th and 95th percentile over the paths.
    pub percentiles: [f64; 5],
}

/// A fan chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fan {
    /// Title of the vertical axis.
    pub y_title: String,
    /// Labels of the horizontal axis: index of the month and text, such as for the first month of a year.
    pub x_labels: Vec<(usize, String)>,
    pub months: Vec<FanPoint>,
    /// Whether the sign means a gain or a loss.
    pub signed: bool,
}

/// Opacity of the 90 % and the 50 % band, as the last digits of a colour.
const OPACITY: (&str, &str) = ("40", "80");

impl Fan {
    /// Draws the chart in one of the two widths.
    pub(crate) fn picture(&self, width: f64) -> Picture {
        let is_narrow = width < 500.0;
        let mut canvas = Canvas::new(width);
        let (top, height) = (26.0, if is_narrow { 190.0 } else { 210.0 });
        let bottom = top + height;
        let values = self.months.iter().flat_map(|month| month.percentiles);
        let is_log = self.is_log();
        let y_axis = match is_log {
            true => Axis::logarithms(values, bottom, top),
            false => Axis::with_zero(values, bottom, top).rounded(4),
        };
        let y_place = |value: f64| y_axis.at(if is_log { value.log10() } else { value });
        let ticks = match is_log {
            true => y_axis.powers(),
            false => y_axis.ticks(4),
        };
        let room =
            ticks.iter().map(|t| text_width(&tick_label(*t), 12.5, false)).fold(0.0, f64::max);
        let (left, right) = (room + 10.0, width - if is_narrow { 8.0 } else { 110.0 });
        let last = (self.months.len().max(2) - 1) as f64;
        let x_axis = Axis { low: 0.0, high: last, from: left, to: right };
        let y_title = format!("{}{}", self.y_title, if is_log { ", logarithmic" } else { "" });
        canvas.text((2.0, 14.0), Style::new(Anchor::Start).soft(), &y_title);
        for tick in &ticks {
            let y = y_place(*tick);
            canvas.line((left, y), (right, y), GRID, 1.0);
            canvas.text((left - 6.0, y + 4.0), Style::new(Anchor::End).soft(), &tick_label(*tick));
        }
        for (low, high, opacity) in [(0, 4, OPACITY.0), (1, 3, OPACITY.1)] {
            for tone in self.tones() {
                self.area(&mut canvas, (&x_axis, &y_place), (low, high), tone, opacity);
            }
        }
        let median: Vec<_> = self
            .months
            .iter()
            .enumerate()
            .map(|(place, month)| (x_axis.at(place as f64), y_place(month.percentiles[2])))
            .collect();
        canvas.path(&median, INK, 2.4, "");
        let floor = if is_log { bottom } else { y_axis.at(0.0) };
        canvas.line((left, floor), (right, floor), INK, 1.6);
        for (month, name) in &self.x_labels {
            let x = x_axis.at(*month as f64);
            canvas.line((x, bottom), (x, bottom + 4.0), SOFT, 1.0);
            let style = Style::new(Anchor::Middle).soft();
            let at = (x.min(width - text_width(name, 12.5, false) / 2.0 - 1.0), bottom + 18.0);
            if canvas.is_free(at, style, name) {
                canvas.text(at, style, name);
            }
        }
        if !is_narrow && let Some(end) = self.months.last() {
            let mut above = f64::NEG_INFINITY;
            // From top to bottom, each label below the previous one.
            for (point, name) in [(4, "95 %"), (3, "75 %"), (2, "median"), (1, "25 %"), (0, "5 %")]
            {
                let y = (y_place(end.percentiles[point]) + 4.0).max(above + 14.0);
                above = y;
                let style = Style::new(Anchor::Start);
                let style = if point == 2 { style.bold() } else { style.soft() };
                if y < bottom + 14.0 {
                    canvas.text((right + 6.0, y), style, name);
                }
            }
        }
        canvas.finish(bottom + 26.0)
    }

    /// Whether the axis is logarithmic: all values are positive, and a tail would flatten the median on a linear
    /// axis.
    fn is_log(&self) -> bool {
        const MIN_TAIL_RATIO: f64 = 8.0;
        let max = |point: usize| {
            self.months.iter().map(|month| month.percentiles[point]).fold(0.0, f64::max)
        };
        let positive = self.months.iter().all(|month| month.percentiles[0] > 0.0);
        !self.signed && positive && max(4) > MIN_TAIL_RATIO * max(2)
    }

    fn tones(&self) -> Vec<Tone> {
        if self.signed { vec![Tone::Gain, Tone::Loss] } else { vec![Tone::Open] }
    }

    /// The area between two percentiles that is above or below zero.
    fn area(
        &self,
        canvas: &mut Canvas,
        (x_axis, y_place): (&Axis, &dyn Fn(f64) -> f64),
        (low, high): (usize, usize),
        tone: Tone,
        opacity: &str,
    ) {
        let part = |value: f64| match tone {
            Tone::Gain => value.max(0.0),
            Tone::Loss => value.min(0.0),
            Tone::Open => value,
        };
        let side = |point: usize| {
            let at = move |(place, month): (usize, &FanPoint)| {
                (x_axis.at(place as f64), y_place(part(month.percentiles[point])))
            };
            self.months.iter().enumerate().map(at).collect::<Vec<_>>()
        };
        let mut points = side(low);
        points.extend(side(high).into_iter().rev());
        canvas.area(&points, &format!("{}{opacity}", tone.fill()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::WIDTHS;

    #[test]
    fn long_tail_gives_a_logarithmic_axis() {
        let fan = |tail: f64, signed: bool| Fan {
            y_title: "EH/s".to_owned(),
            x_labels: vec![(0, "Sep 2026".to_owned())],
            months: vec![FanPoint { percentiles: [1.0, 2.0, 3.0, 4.0, tail] }; 12],
            signed,
        };
        for width in WIDTHS {
            assert_eq!(fan(900.0, false).picture(width).faults(), Vec::<String>::new());
        }
        assert!(fan(900.0, false).is_log() && !fan(9.0, false).is_log());
        assert!(!fan(900.0, true).is_log());
    }

    #[test]
    fn labels_fit_if_percentiles_are_close() {
        let months = (0..60).map(|month| {
            let median = f64::from(month) - 40.0;
            let percentiles = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|distance| median + distance);
            FanPoint { percentiles }
        });
        let labels = (0..60).step_by(6).map(|place| (place, format!("{}-01", 2026 + place)));
        let fan = Fan {
            y_title: "Million USD".to_owned(),
            x_labels: labels.collect(),
            months: months.collect(),
            signed: true,
        };
        for width in WIDTHS {
            assert_eq!(fan.picture(width).faults(), Vec::<String>::new(), "{width}");
        }
    }
}
