//! A fan: the median of many paths over time with half of them and nine of ten around it.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::width;
use super::scale::Axis;
use super::{GRID, INK, SOFT, Tone, written};

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FanPoint {
    /// 5 %, 25 %, 50 %, 75 % and 95 % of the paths lie below.
    pub points: [f64; 5],
}

/// A fan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fan {
    pub upwards: String,
    /// Names of moments along it: its place and its text, such as a year's first month.
    pub names: Vec<(usize, String)>,
    pub moments: Vec<FanPoint>,
    /// Whether its sign is a gain or a loss.
    pub signed: bool,
}

/// How a colour is made pale.
const PALE: (&str, &str) = ("40", "80");

impl Fan {
    /// In one of the chart's widths.
    pub(crate) fn picture(&self, wide: f64) -> Picture {
        let is_narrow = wide < 500.0;
        let mut canvas = Canvas::new(wide);
        let (top, height) = (26.0, if is_narrow { 190.0 } else { 210.0 });
        let bottom = top + height;
        let values = self.moments.iter().flat_map(|moment| moment.points);
        let is_log = self.is_log();
        let y_axis = match is_log {
            true => Axis::logarithms(values, bottom, top),
            false => Axis::with_zero(values, bottom, top).rounded(4),
        };
        let place = |value: f64| y_axis.at(if is_log { value.log10() } else { value });
        let ticks = match is_log {
            true => y_axis.powers(),
            false => y_axis.ticks(4),
        };
        let room = ticks.iter().map(|t| width(&written(*t), 12.5, false)).fold(0.0, f64::max);
        let (left, right) = (room + 10.0, wide - if is_narrow { 8.0 } else { 110.0 });
        let last = (self.moments.len().max(2) - 1) as f64;
        let x_axis = Axis { low: 0.0, high: last, from: left, to: right };
        let upwards = format!("{}{}", self.upwards, if is_log { ", logarithmic" } else { "" });
        canvas.text((2.0, 14.0), Style::new(Anchor::Start).soft(), &upwards);
        for tick in &ticks {
            let y = place(*tick);
            canvas.line((left, y), (right, y), GRID, 1.0);
            canvas.text((left - 6.0, y + 4.0), Style::new(Anchor::End).soft(), &written(*tick));
        }
        for (low, high, pale) in [(0, 4, PALE.0), (1, 3, PALE.1)] {
            for tone in self.tones() {
                self.area(&mut canvas, (&x_axis, &place), (low, high), tone, pale);
            }
        }
        let median: Vec<_> = self
            .moments
            .iter()
            .enumerate()
            .map(|(month, moment)| (x_axis.at(month as f64), place(moment.points[2])))
            .collect();
        canvas.path(&median, INK, 2.4, "");
        let floor = if is_log { bottom } else { y_axis.at(0.0) };
        canvas.line((left, floor), (right, floor), INK, 1.6);
        for (month, name) in &self.names {
            let x = x_axis.at(*month as f64);
            canvas.line((x, bottom), (x, bottom + 4.0), SOFT, 1.0);
            let style = Style::new(Anchor::Middle).soft();
            let at = (x.min(wide - width(name, 12.5, false) / 2.0 - 1.0), bottom + 18.0);
            if canvas.is_free(at, style, name) {
                canvas.text(at, style, name);
            }
        }
        if !is_narrow && let Some(end) = self.moments.last() {
            let mut above = f64::NEG_INFINITY;
            // From the top downwards, each below the one before it.
            for (point, name) in [(4, "95 %"), (3, "75 %"), (2, "median"), (1, "25 %"), (0, "5 %")]
            {
                let y = (place(end.points[point]) + 4.0).max(above + 14.0);
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

    /// Whether a tail would flatten the median on a linear axis; only what is above zero has logarithms.
    fn is_log(&self) -> bool {
        const FLATTENED: f64 = 8.0;
        let most = |point: usize| {
            self.moments.iter().map(|moment| moment.points[point]).fold(0.0, f64::max)
        };
        let positive = self.moments.iter().all(|moment| moment.points[0] > 0.0);
        !self.signed && positive && most(4) > FLATTENED * most(2)
    }

    fn tones(&self) -> Vec<Tone> {
        if self.signed { vec![Tone::Gain, Tone::Loss] } else { vec![Tone::Open] }
    }

    /// The part between two points that is above or below zero.
    fn area(
        &self,
        canvas: &mut Canvas,
        (x_axis, y_place): (&Axis, &dyn Fn(f64) -> f64),
        (low, high): (usize, usize),
        tone: Tone,
        pale: &str,
    ) {
        let part = |value: f64| match tone {
            Tone::Gain => value.max(0.0),
            Tone::Loss => value.min(0.0),
            Tone::Open => value,
        };
        let side = |point: usize| {
            let at = move |(place, moment): (usize, &FanPoint)| {
                (x_axis.at(place as f64), y_place(part(moment.points[point])))
            };
            self.moments.iter().enumerate().map(at).collect::<Vec<_>>()
        };
        let mut points = side(low);
        points.extend(side(high).into_iter().rev());
        canvas.area(&points, &format!("{}{pale}", tone.fill()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::WIDTHS;

    #[test]
    fn tail_that_flattens_the_median_has_a_logarithmic_axis() {
        let fan = |tail: f64, signed: bool| Fan {
            upwards: "EH/s".to_owned(),
            names: vec![(0, "Sep 2026".to_owned())],
            moments: vec![FanPoint { points: [1.0, 2.0, 3.0, 4.0, tail] }; 12],
            signed,
        };
        for wide in WIDTHS {
            assert_eq!(fan(900.0, false).picture(wide).faults(), Vec::<String>::new());
        }
        assert!(fan(900.0, false).is_log() && !fan(9.0, false).is_log());
        assert!(!fan(900.0, true).is_log());
    }

    #[test]
    fn labels_fit_where_the_points_are_close() {
        let moments = (0..60).map(|month| {
            let middle = f64::from(month) - 40.0;
            FanPoint { points: [middle - 2.0, middle - 1.0, middle, middle + 1.0, middle + 2.0] }
        });
        let names = (0..60).step_by(6).map(|place| (place, format!("{}-01", 2026 + place)));
        let fan = Fan {
            upwards: "Million USD".to_owned(),
            names: names.collect(),
            moments: moments.collect(),
            signed: true,
        };
        for wide in WIDTHS {
            assert_eq!(fan.picture(wide).faults(), Vec::<String>::new(), "{wide}");
        }
    }
}
