//! Lines over a common axis, labelled at their ends, in the colours of gain above zero and of loss below it.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::{lines as wrapped, text_width};
use super::scale::Axis;
use super::{INK, SOFT, Tone, tick_label};

/// The stroke of a line. Strokes distinguish parties; colours show the sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    Heavy,
    Plain,
    Dashed,
    Dotted,
}

impl Stroke {
    fn width(self) -> f64 {
        match self {
            Self::Heavy => 3.0,
            _ => 2.0,
        }
    }

    fn dashes(self) -> &'static str {
        match self {
            Self::Heavy | Self::Plain => "",
            Self::Dashed => "7 4",
            Self::Dotted => "2 3",
        }
    }
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub name: String,
    pub stroke: Stroke,
    pub points: Vec<(f64, f64)>,
}

/// A vertical line with its label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Vertical {
    pub at: f64,
    pub name: String,
}

/// A chart of lines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lines {
    /// Titles of the vertical and the horizontal axis.
    pub y_title: String,
    pub x_title: String,
    pub lines: Vec<Line>,
    /// Points on the zero line, with their labels.
    pub crossings: Vec<(f64, String)>,
    /// A shaded range of the horizontal axis, with its label.
    pub band: Option<(f64, f64, String)>,
    /// The value of the report.
    pub base: Option<Vertical>,
}

const SIZE: f64 = 12.5;

impl Lines {
    /// Draws the chart in one of the two widths.
    pub(crate) fn picture(&self, width: f64) -> Picture {
        let is_narrow = width < 500.0;
        let mut canvas = Canvas::new(width);
        let plot_height = if is_narrow { 200.0 } else { 225.0 };
        let names =
            self.lines.iter().map(|line| text_width(&line.name, SIZE, true)).fold(0.0, f64::max);
        let values = self.lines.iter().flat_map(|line| line.points.iter().map(|(_, y)| *y));
        let top = 26.0;
        let y_axis = Axis::with_zero(values, top + plot_height, top).rounded(4);
        let ticks = y_axis.ticks(4);
        let tick_room =
            ticks.iter().map(|t| text_width(&tick_label(*t), SIZE, false)).fold(0.0, f64::max);
        let left = tick_room + 10.0;
        // On a narrow screen there is no space next to the lines, so the names go below.
        let right = if is_narrow { width - 10.0 } else { width - names - 12.0 };
        let xs = self.lines.iter().flat_map(|line| line.points.iter().map(|(x, _)| *x));
        let (low, high) =
            xs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let x_axis =
            Axis { low, high: if high > low { high } else { low + 1.0 }, from: left, to: right };
        let zero = y_axis.at(0.0);
        canvas.rect(left, top, right - left, zero - top, Tone::Gain.tint());
        canvas.rect(left, zero, right - left, top + plot_height - zero, Tone::Loss.tint());
        if let Some((from, to, _)) = &self.band {
            let (from, to) = (x_axis.at(*from), x_axis.at(*to));
            canvas.rect(from, top, to - from, plot_height, "#16202A26");
        }
        canvas.text(
            (if is_narrow { 2.0 } else { 0.0 }, 14.0),
            Style::new(Anchor::Start).soft(),
            &self.y_title,
        );
        for tick in &ticks {
            let y = y_axis.at(*tick);
            if *tick != 0.0 {
                canvas.line((left, y), (right, y), "#fff", 1.0);
            }
            canvas.text((left - 6.0, y + 4.0), Style::new(Anchor::End).soft(), &tick_label(*tick));
        }
        canvas.line((left, zero), (right, zero), INK, 1.6);
        for line in &self.lines {
            draw(&mut canvas, line, &x_axis, &y_axis);
        }
        let bottom = top + plot_height;
        if let Some(base) = &self.base {
            let x = x_axis.at(base.at);
            canvas.dashed((x, top), (x, bottom), INK, 1.6, "4 3");
        }
        for tick in x_axis.ticks(if is_narrow { 4 } else { 6 }) {
            let x = x_axis.at(tick);
            canvas.line((x, bottom), (x, bottom + 4.0), SOFT, 1.0);
            let text = tick_label(tick);
            // The last label must not reach the names next to the lines.
            let middle = x.min(right - text_width(&text, SIZE, false) / 2.0);
            let at = (middle, bottom + 17.0);
            let style = Style::new(Anchor::Middle).soft();
            if canvas.is_free(at, style, &text) {
                canvas.text(at, style, &text);
            }
        }
        canvas.text((right, bottom + 33.0), Style::new(Anchor::End).soft(), &self.x_title);
        self.plot_labels(&mut canvas, &x_axis, (top, zero, bottom));
        let below = match is_narrow {
            true => self.names_below(&mut canvas, left, right, bottom + 36.0),
            false => {
                self.names_at_ends(&mut canvas, right, (top, bottom), &y_axis);
                bottom + 36.0
            }
        };
        canvas.finish(below + 6.0)
    }

    /// Adds the labels within the plot that do not overlap others.
    fn plot_labels(
        &self,
        canvas: &mut Canvas,
        x_axis: &Axis,
        (top, zero, bottom): (f64, f64, f64),
    ) {
        let mut crossings = self.crossings.clone();
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (place, (at, name)) in crossings.iter().enumerate() {
            let x = x_axis.at(*at);
            let start = Style::new(Anchor::Start).bold().halo();
            let end = Style::new(Anchor::End).bold().halo();
            // The left of two crossings has its label on the left.
            if place + 1 < crossings.len() {
                first_free(
                    canvas,
                    &[
                        ((x - 6.0, zero - 8.0), end),
                        ((x - 6.0, zero + 18.0), end),
                        ((x + 6.0, zero - 8.0), start),
                    ],
                    name,
                );
                continue;
            }
            first_free(
                canvas,
                &[
                    ((x + 6.0, zero - 8.0), start),
                    ((x - 6.0, zero - 8.0), end),
                    ((x + 6.0, zero + 18.0), start),
                ],
                name,
            );
        }
        if let Some(base) = &self.base {
            let x = x_axis.at(base.at);
            let start = Style::new(Anchor::Start).bold().halo();
            let end = Style::new(Anchor::End).bold().halo();
            let heights = [top + 13.0, bottom - 8.0, top + 30.0];
            let sides =
                if x > f64::midpoint(x_axis.from, x_axis.to) { [end, start] } else { [start, end] };
            let places: Vec<_> = heights
                .iter()
                .flat_map(|&y| {
                    sides.map(|style| {
                        let shift = if style.anchor == Anchor::Start { 5.0 } else { -5.0 };
                        ((x + shift, y), style)
                    })
                })
                .collect();
            first_free(canvas, &places, &base.name);
        }
        if let Some((from, to, text)) = &self.band {
            let middle = f64::midpoint(x_axis.at(*from), x_axis.at(*to));
            let room = (x_axis.at(*to) - x_axis.at(*from)).max(0.0) - 6.0;
            let style = Style::new(Anchor::Middle);
            let parts = wrapped(text, SIZE, false, room);
            let fits = parts.iter().all(|part| text_width(part, SIZE, false) <= room);
            let at = |place: usize| (middle, top + 14.0 + 15.0 * place as f64);
            let free = |(place, part): (usize, &String)| canvas.is_free(at(place), style, part);
            // The label is shown completely or not at all: a part of it could mislead.
            if fits && parts.len() <= 3 && parts.iter().enumerate().all(free) {
                for (place, part) in parts.iter().enumerate() {
                    canvas.text(at(place), style, part);
                }
            }
        }
        let (gains, loses) = (Style::new(Anchor::Start).bold(), Style::new(Anchor::Start).bold());
        if zero - top > 34.0 {
            first_free(
                canvas,
                &[((x_axis.from + 6.0, top + 14.0), gains.colour(Tone::Gain.text()))],
                "gains",
            );
        }
        if bottom - zero > 34.0 {
            first_free(
                canvas,
                &[((x_axis.from + 6.0, bottom - 7.0), loses.colour(Tone::Loss.text()))],
                "loses",
            );
        }
        for (at, _) in &self.crossings {
            canvas.dot((x_axis.at(*at), zero), 4.5, "#fff", INK);
        }
    }

    fn name_style(line: &Line, last: f64) -> Style {
        let style = Style::new(Anchor::Start).colour(Tone::from_sign(last).text());
        if line.stroke == Stroke::Heavy { style.bold() } else { style }
    }

    /// Adds the names to the right of the lines' ends, spread so that they do not overlap.
    fn names_at_ends(
        &self,
        canvas: &mut Canvas,
        right: f64,
        (top, bottom): (f64, f64),
        y_axis: &Axis,
    ) {
        const MIN_DISTANCE: f64 = 15.0;
        let mut ends: Vec<(&Line, f64, f64)> = self
            .lines
            .iter()
            .filter_map(|line| line.points.last().map(|(_, y)| (line, *y, y_axis.at(*y) + 4.0)))
            .collect();
        ends.sort_by(|a, b| a.2.total_cmp(&b.2));
        for place in 1..ends.len() {
            ends[place].2 = ends[place].2.max(ends[place - 1].2 + MIN_DISTANCE);
        }
        let mut floor = bottom + 8.0;
        for end in ends.iter_mut().rev() {
            end.2 = end.2.min(floor).max(top);
            floor = end.2 - MIN_DISTANCE;
        }
        for (line, last, y) in ends {
            canvas.text((right + 6.0, y), Self::name_style(line, last), &line.name);
        }
    }

    /// Adds the names in rows below the plot, each after a sample of its line.
    fn names_below(&self, canvas: &mut Canvas, left: f64, right: f64, from: f64) -> f64 {
        let (mut x, mut y) = (left, from + 16.0);
        for line in &self.lines {
            let Some((_, last)) = line.points.last() else { continue };
            let style = Self::name_style(line, *last);
            let width = 26.0 + text_width(&line.name, SIZE, style.bold);
            if x + width > right && x > left {
                (x, y) = (left, y + 17.0);
            }
            let colour = Tone::from_sign(*last).fill();
            let stroke = line.stroke;
            canvas.dashed(
                (x, y - 4.0),
                (x + 20.0, y - 4.0),
                colour,
                stroke.width(),
                stroke.dashes(),
            );
            canvas.text((x + 26.0, y), style, &line.name);
            x += width + 14.0;
        }
        y
    }
}

/// Adds a label at the first free place, if any.
fn first_free(canvas: &mut Canvas, places: &[((f64, f64), Style)], text: &str) {
    let free = places.iter().find(|(at, style)| canvas.is_free(*at, *style, text));
    if let Some((at, style)) = free {
        canvas.text(*at, *style, text);
    }
}

/// Draws a line in the colours of its sign, split where it crosses zero.
fn draw(canvas: &mut Canvas, line: &Line, x_axis: &Axis, y_axis: &Axis) {
    let mut part: Vec<(f64, f64)> = Vec::new();
    let mut sign = 0.0;
    let mut flush = |part: &mut Vec<(f64, f64)>, sign: f64| {
        if part.len() > 1 {
            let points: Vec<_> = part.iter().map(|(x, y)| (x_axis.at(*x), y_axis.at(*y))).collect();
            canvas.path(
                &points,
                Tone::from_sign(sign).fill(),
                line.stroke.width(),
                line.stroke.dashes(),
            );
        }
        part.clear();
    };
    for &(x, y) in &line.points {
        let here = if y == 0.0 { 0.0 } else { y.signum() };
        if let Some(&(before_x, before_y)) = part.last()
            && here * sign < 0.0
        {
            let zero = before_x + (x - before_x) * before_y / (before_y - y);
            part.push((zero, 0.0));
            flush(&mut part, sign);
            part.push((zero, 0.0));
        }
        if here != 0.0 {
            sign = here;
        }
        part.push((x, y));
    }
    flush(&mut part, sign);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::WIDTHS;

    #[test]
    fn labels_fit_if_ends_and_crossings_are_close() {
        let line = |name: &str, stroke, slope: f64, at: f64| Line {
            name: name.to_owned(),
            stroke,
            points: (0..=40).map(|x| (f64::from(x), slope * f64::from(x) + at)).collect(),
        };
        let chart = Lines {
            y_title: "Billion USD, median of 1,000 paths".to_owned(),
            x_title: "Tariff, PKR/kWh".to_owned(),
            lines: vec![
                line("Operator", Stroke::Heavy, -14.0, 130.0),
                line("Power system", Stroke::Heavy, 16.0, -330.0),
                line("State budget", Stroke::Plain, 0.1, 20.0),
                line("Nation", Stroke::Dashed, 0.0, 15.0),
                line("Foreign exchange", Stroke::Dotted, 0.0, 14.0),
            ],
            crossings: vec![(9.3, "9.3".to_owned()), (20.6, "20.6".to_owned())],
            band: Some((9.3, 20.6, "operator and power system both lose".to_owned())),
            base: Some(Vertical { at: 22.98, name: "22.98, this report".to_owned() }),
        };
        for width in WIDTHS {
            let picture = chart.picture(width);
            assert_eq!(picture.faults(), Vec::<String>::new(), "{width}");
            assert!(
                picture.body.contains(Tone::Gain.fill())
                    && picture.body.contains(Tone::Loss.fill())
            );
        }
    }
}
