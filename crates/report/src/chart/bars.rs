//! Horizontal bars from zero or over a range, one for each row; their colour changes at zero.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::{lines, text_width};
use super::scale::Axis;
use super::{GRID, INK, Tone, tick_label};
use crate::figures::Mark;

/// If the longest bar exceeds the median bar by this factor, each bar has its own scale.
const OWN_SCALE_RATIO: f64 = 25.0;
const SIZE: f64 = 12.5;
const LEADING: f64 = 15.0;

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    pub label: String,
    /// The ends of the bar: the 5 % and the 95 % point, or zero and the value.
    pub range: (f64, f64),
    /// The median, if the bar spans a range.
    pub median: Option<f64>,
    /// The text next to the bar: the value, then its range.
    pub value: String,
    pub rest: String,
    /// The figure that the value shows, and the factor that its text is divided by.
    pub mark: Option<(Mark, f64)>,
    /// Whether the bar is drawn hollow, because the value is not published.
    pub hollow: bool,
    /// The tone, if it does not follow the sign.
    pub tone: Option<Tone>,
    pub bold: bool,
}

/// A chart of bars.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bars {
    /// The unit of the axis, such as `Billion USD`.
    pub unit: String,
    pub rows: Vec<Bar>,
    /// A reference value with its name, drawn as a line.
    pub line: Option<(f64, String)>,
}

impl Bars {
    /// Whether one bar is so much longer than the others that each has its own scale.
    pub(crate) fn has_own_scales(&self) -> bool {
        let mut lengths: Vec<f64> =
            self.rows.iter().map(distance_from_zero).filter(|length| *length > 0.0).collect();
        lengths.sort_by(f64::total_cmp);
        let median = lengths.get(lengths.len() / 2);
        let longest = lengths.last();
        median.zip(longest).is_some_and(|(median, longest)| *longest > OWN_SCALE_RATIO * median)
    }

    /// Draws the chart in one of the two widths.
    pub(crate) fn picture(&self, width: f64) -> Picture {
        let is_narrow = width < 500.0;
        let label_room = match is_narrow {
            true => width - 8.0,
            false => {
                let longest = self.rows.iter().map(|row| text_width(&row.label, SIZE, row.bold));
                longest.fold(60.0, f64::max).min(width * 0.3)
            }
        };
        let number_room = self
            .rows
            .iter()
            .map(|row| {
                text_width(&row.value, SIZE, true) + 4.0 + text_width(&row.rest, SIZE, false)
            })
            .fold(0.0, f64::max);
        let (left, right) = match is_narrow {
            true => (14.0, width - 14.0),
            false => (label_room + 24.0, width - number_room.min(width * 0.34) - 14.0),
        };
        let own = self.has_own_scales();
        let all = self.rows.iter().flat_map(|row| [row.range.0, row.range.1]);
        let all = all.chain(self.line.as_ref().map(|(value, _)| *value));
        let axis = Axis::with_zero(all, left, right);
        let mut canvas = Canvas::new(width);
        let mut y = 14.0;
        canvas.text(
            (if is_narrow { 4.0 } else { left }, y),
            Style::new(Anchor::Start).soft(),
            &self.unit,
        );
        y += 10.0;
        if !own {
            y += 10.0;
            self.ticks(&mut canvas, &axis, y);
        }
        y += 8.0;
        let top = y;
        // The grid is drawn below the bars, so the heights of all rows are needed first.
        let mut rows = Vec::new();
        for row in &self.rows {
            let label = lines(&row.label, SIZE, row.bold, label_room);
            let height = if is_narrow {
                label.len() as f64 * LEADING + 16.0 + LEADING + 10.0
            } else {
                (label.len() as f64 * LEADING).max(20.0) + 10.0
            };
            rows.push((row, label, height));
        }
        let bottom = top + rows.iter().map(|(_, _, height)| height).sum::<f64>();
        if !own && !is_narrow {
            for tick in axis.ticks(4) {
                canvas.line((axis.at(tick), top - 4.0), (axis.at(tick), bottom), GRID, 1.0);
            }
        }
        for (row, label, height) in rows {
            let axis =
                if own { own_axis(row, self.line.as_ref(), left, right) } else { axis.clone() };
            self.row(&mut canvas, row, &label, (y, height), &axis, is_narrow);
            y += height;
        }
        if let Some((value, name)) = &self.line
            && !own
        {
            let x = axis.at(*value);
            // On a narrow screen the line would cross the labels between the bars.
            let from = if is_narrow { bottom - 4.0 } else { top - 4.0 };
            canvas.dashed((x, from), (x, bottom + 4.0), INK, 1.6, "4 3");
            let anchor = if x > width * 0.6 { Anchor::End } else { Anchor::Start };
            canvas.text((x, bottom + 18.0), Style::new(anchor).bold(), name);
            y += 22.0;
        }
        canvas.finish(y + 4.0)
    }

    fn ticks(&self, canvas: &mut Canvas, axis: &Axis, y: f64) {
        for tick in axis.ticks(4) {
            let style = Style::new(Anchor::Middle).soft();
            let style = if tick == 0.0 { style.bold().colour(INK) } else { style };
            let (at, text) = ((axis.at(tick), y), tick_label(tick));
            if canvas.is_free(at, style, &text) {
                canvas.text(at, style, &text);
            }
        }
    }

    fn row(
        &self,
        canvas: &mut Canvas,
        row: &Bar,
        label: &[String],
        (y, height): (f64, f64),
        axis: &Axis,
        is_narrow: bool,
    ) {
        let style = Style::new(Anchor::Start);
        let style = if row.bold { style.bold() } else { style };
        for (place, line) in label.iter().enumerate() {
            canvas.text((4.0, y + 12.0 + place as f64 * LEADING), style, line);
        }
        let (bar_top, thick) = match is_narrow {
            true => (y + label.len() as f64 * LEADING + 4.0, 12.0),
            false => (y + 2.0, 13.0),
        };
        let (low, high) = row.range;
        for (from, to) in
            [(low.min(high), high.max(low).min(0.0)), (low.min(high).max(0.0), high.max(low))]
        {
            if to > from {
                let tone = row.tone.unwrap_or_else(|| Tone::from_sign(f64::midpoint(from, to)));
                let (x, width) = (axis.at(from), (axis.at(to) - axis.at(from)).max(1.0));
                canvas.rect(x, bar_top, width, thick, tone.fill());
                if row.hollow && width > 4.0 {
                    canvas.rect(x + 1.5, bar_top + 1.5, width - 3.0, thick - 3.0, "#fff");
                }
            }
        }
        let zero = axis.at(0.0);
        let (from, to) = match is_narrow {
            true => (bar_top - 3.0, bar_top + thick + 3.0),
            false => (y - 4.0, y + height - 4.0),
        };
        canvas.line((zero, from), (zero, to), INK, 1.6);
        if let Some((value, _)) = self.line.as_ref().filter(|_| is_narrow) {
            let x = axis.at(*value);
            canvas.dashed((x, from), (x, to), INK, 1.6, "4 3");
        }
        if let Some(median) = row.median {
            let x = axis.at(median);
            canvas.rect(x - 3.0, bar_top - 2.0, 6.0, thick + 4.0, "#fff");
            canvas.rect(x - 1.5, bar_top - 2.0, 3.0, thick + 4.0, INK);
        }
        let (x, base) = match is_narrow {
            true => (4.0, bar_top + thick + 14.0),
            false => (axis.to + 14.0, y + 12.0),
        };
        let (mark, scale) = row.mark.as_ref().map_or((None, 1.0), |(mark, s)| (Some(mark), *s));
        canvas.value((x, base), Style::new(Anchor::Start).bold(), &row.value, mark, scale);
        let x = x + text_width(&row.value, SIZE, true) + 4.0;
        canvas.text((x, base), Style::new(Anchor::Start).soft(), &row.rest);
    }
}

/// The distance of the far end of a bar from zero.
fn distance_from_zero(row: &Bar) -> f64 {
    row.range.0.abs().max(row.range.1.abs())
}

/// The axis of one bar; zero is at the same place for all bars.
fn own_axis(row: &Bar, line: Option<&(f64, String)>, left: f64, right: f64) -> Axis {
    let largest = line.map_or(0.0, |(value, _)| value.abs()).max(distance_from_zero(row));
    let largest = if largest > 0.0 { largest } else { 1.0 };
    Axis { low: -largest, high: largest, from: left, to: right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::WIDTHS;

    fn bar(label: &str, low: f64, high: f64) -> Bar {
        Bar {
            label: label.to_owned(),
            range: (low, high),
            median: Some(f64::midpoint(low, high)),
            value: "−1,234".to_owned(),
            rest: "(−5,678 to 9,012)".to_owned(),
            mark: None,
            hollow: false,
            tone: None,
            bold: false,
        }
    }

    #[test]
    fn labels_fit_in_both_widths() {
        let rows = vec![
            bar("Operator", -400.0, 70.0),
            bar("Owners of the operator who live abroad, and those who lend to them", -3.0, 70.0),
            bar("Nation", 1.0, 2.0),
        ];
        let line = Some((-390.0, "this report's tariff".to_owned()));
        for line in [None, line] {
            let chart =
                Bars { unit: "Billion USD of the first day".to_owned(), rows: rows.clone(), line };
            for width in WIDTHS {
                assert_eq!(chart.picture(width).faults(), Vec::<String>::new(), "{width}");
            }
        }
    }

    #[test]
    fn bars_have_own_scales_if_one_is_much_longer() {
        let rows =
            |length: f64| vec![bar("a", -length, 0.0), bar("b", 0.0, 1.0), bar("c", 0.0, 2.0)];
        let chart = |length| Bars { unit: String::new(), rows: rows(length), line: None };
        assert!(chart(100.0).has_own_scales() && !chart(40.0).has_own_scales());
    }
}
