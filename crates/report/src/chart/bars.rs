//! Horizontal bars from zero or over a range, a row each, that change their colour at zero.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::{lines, width};
use super::scale::Axis;
use super::{GRID, INK, Tone, written};
use crate::figures::Mark;

/// Where one bar is so many times wider than the middle one, each has a scale of its own.
const DWARFS: f64 = 25.0;
const SIZE: f64 = 12.5;
const LEADING: f64 = 15.0;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    pub label: String,
    /// What a bar spans: from the 5 % to the 95 % point, or from zero to the value.
    pub range: (f64, f64),
    /// The median, where the bar spans a range.
    pub median: Option<f64>,
    /// What stands beside it: the value, then its range.
    pub value: String,
    pub rest: String,
    /// Which figure the value is, and what its text is divided by.
    pub mark: Option<(Mark, f64)>,
    /// Whether it is drawn hollow: nobody published it.
    pub hollow: bool,
    /// Where it differs from the sign: what is a gain.
    pub tone: Option<Tone>,
    pub bold: bool,
}

/// A chart of bars.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bars {
    /// What is measured along it, such as `Billion USD`.
    pub unit: String,
    pub rows: Vec<Bar>,
    /// A value that all are held against, with its name.
    pub line: Option<(f64, String)>,
}

impl Bars {
    /// Whether one bar dwarfs the rest, so that each has its own scale.
    pub(crate) fn has_own_scales(&self) -> bool {
        let mut reaches: Vec<f64> = self.rows.iter().map(reach).filter(|r| *r > 0.0).collect();
        reaches.sort_by(f64::total_cmp);
        let middle = reaches.get(reaches.len() / 2);
        let most = reaches.last();
        middle.zip(most).is_some_and(|(middle, most)| *most > DWARFS * middle)
    }

    /// In one of the chart's widths.
    pub(crate) fn picture(&self, wide: f64) -> Picture {
        let is_narrow = wide < 500.0;
        let label_room = match is_narrow {
            true => wide - 8.0,
            false => {
                let longest = self.rows.iter().map(|row| width(&row.label, SIZE, row.bold));
                longest.fold(60.0, f64::max).min(wide * 0.3)
            }
        };
        let number_room = self
            .rows
            .iter()
            .map(|row| width(&row.value, SIZE, true) + 4.0 + width(&row.rest, SIZE, false))
            .fold(0.0, f64::max);
        let (left, right) = match is_narrow {
            true => (14.0, wide - 14.0),
            false => (label_room + 24.0, wide - number_room.min(wide * 0.34) - 14.0),
        };
        let own = self.has_own_scales();
        let all = self.rows.iter().flat_map(|row| [row.range.0, row.range.1]);
        let all = all.chain(self.line.as_ref().map(|(value, _)| *value));
        let axis = Axis::with_zero(all, left, right);
        let mut canvas = Canvas::new(wide);
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
        // Grid and zero line lie below the bars; their lower end is known at last.
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
            // On a narrow screen it would cross the labels between the bars.
            let from = if is_narrow { bottom - 4.0 } else { top - 4.0 };
            canvas.dashed((x, from), (x, bottom + 4.0), INK, 1.6, "4 3");
            let anchor = if x > wide * 0.6 { Anchor::End } else { Anchor::Start };
            canvas.text((x, bottom + 18.0), Style::new(anchor).bold(), name);
            y += 22.0;
        }
        canvas.finish(y + 4.0)
    }

    fn ticks(&self, canvas: &mut Canvas, axis: &Axis, y: f64) {
        for tick in axis.ticks(4) {
            let style = Style::new(Anchor::Middle).soft();
            let style = if tick == 0.0 { style.bold().colour(INK) } else { style };
            let (at, text) = ((axis.at(tick), y), written(tick));
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
                let tone = row.tone.unwrap_or_else(|| Tone::of(f64::midpoint(from, to)));
                let (x, wide) = (axis.at(from), (axis.at(to) - axis.at(from)).max(1.0));
                canvas.rect(x, bar_top, wide, thick, tone.fill());
                if row.hollow && wide > 4.0 {
                    canvas.rect(x + 1.5, bar_top + 1.5, wide - 3.0, thick - 3.0, "#fff");
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
        let x = x + width(&row.value, SIZE, true) + 4.0;
        canvas.text((x, base), Style::new(Anchor::Start).soft(), &row.rest);
    }
}

/// How far a bar reaches from zero.
fn reach(row: &Bar) -> f64 {
    row.range.0.abs().max(row.range.1.abs())
}

/// An axis for one bar, zero at the same place for all of them.
fn own_axis(row: &Bar, line: Option<&(f64, String)>, left: f64, right: f64) -> Axis {
    let most = line.map_or(0.0, |(value, _)| value.abs()).max(reach(row));
    let most = if most > 0.0 { most } else { 1.0 };
    Axis { low: -most, high: most, from: left, to: right }
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
    fn labels_fit_at_both_widths() {
        let rows = vec![
            bar("Operator", -400.0, 70.0),
            bar("Owners of the operator who live abroad, and those who lend to them", -3.0, 70.0),
            bar("Nation", 1.0, 2.0),
        ];
        let line = Some((-390.0, "the tariff that was taken".to_owned()));
        for line in [None, line] {
            let chart =
                Bars { unit: "Billion USD of the first day".to_owned(), rows: rows.clone(), line };
            for wide in WIDTHS {
                assert_eq!(chart.picture(wide).faults(), Vec::<String>::new(), "{wide}");
            }
        }
    }

    #[test]
    fn one_bar_that_dwarfs_the_rest_gives_each_its_scale() {
        let rows = |most: f64| vec![bar("a", -most, 0.0), bar("b", 0.0, 1.0), bar("c", 0.0, 2.0)];
        let chart = |most| Bars { unit: String::new(), rows: rows(most), line: None };
        assert!(chart(100.0).has_own_scales() && !chart(40.0).has_own_scales());
    }
}
