//! Stacked columns in shades of grey, because their parts are neither gains nor losses.

use super::canvas::{Anchor, Canvas, Picture, Style};
use super::metrics::{lines, text_width};
use super::{GRID, INK, tick_label};

/// Shades of the parts, from the bottom up.
const SHADES: [&str; 3] = ["#4A5560", "#A3ADB6", "#E3E7EA"];
const SIZE: f64 = 12.5;
const LEADING: f64 = 15.0;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    /// The label below the column.
    pub label: String,
    /// The parts as fractions of the whole, in the order of [`Columns::parts`], from the bottom up.
    pub parts: [f64; 3],
}

/// A chart of columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Columns {
    /// Titles of the vertical and the horizontal axis.
    pub y_title: String,
    pub x_title: String,
    /// Names of the parts.
    pub parts: [&'static str; 3],
    pub columns: Vec<Column>,
}

impl Columns {
    /// Draws the chart in one of the two widths.
    pub(crate) fn picture(&self, width: f64) -> Picture {
        let mut canvas = Canvas::new(width);
        let soft = Style::new(Anchor::Start).soft();
        let mut y = 14.0;
        for line in lines(&self.y_title, SIZE, false, width - 8.0) {
            canvas.text((2.0, y), soft, &line);
            y += LEADING;
        }
        self.legend(&mut canvas, y);
        let (top, height) = (y + 14.0, if width < 500.0 { 150.0 } else { 180.0 });
        let bottom = top + height;
        let (left, right) = (text_width("100", SIZE, false) + 10.0, width - 4.0);
        for tick in [0.0, 50.0, 100.0] {
            let y = bottom - height * tick / 100.0;
            canvas.line((left, y), (right, y), GRID, 1.0);
            canvas.text((left - 6.0, y + 4.0), Style::new(Anchor::End).soft(), &tick_label(tick));
        }
        let each = (right - left) / self.columns.len().max(1) as f64;
        for (place, column) in self.columns.iter().enumerate() {
            let from = left + each * (place as f64 + 0.1);
            let mut below = bottom;
            for (part, shade) in column.parts.iter().zip(SHADES) {
                let tall = height * part.clamp(0.0, 1.0);
                below -= tall;
                canvas.rect(from, below, 0.8 * each, tall, shade);
            }
            let (at, style) = ((from + 0.4 * each, bottom + 16.0), Style::new(Anchor::Middle));
            // On a narrow screen some labels are wider than their column.
            if canvas.is_free(at, style, &column.label) {
                canvas.text(at, style, &column.label);
            }
        }
        canvas.line((left, bottom), (right, bottom), INK, 1.6);
        let mut y = bottom + 34.0;
        for line in lines(&self.x_title, SIZE, false, width - 8.0) {
            canvas.text((2.0, y), soft, &line);
            y += LEADING;
        }
        canvas.finish(y - 6.0)
    }

    /// The legend of the parts that occur.
    fn legend(&self, canvas: &mut Canvas, y: f64) {
        let mut x = 2.0;
        for (place, (name, shade)) in self.parts.iter().zip(SHADES).enumerate() {
            if self.columns.iter().all(|column| column.parts[place] <= 0.0) {
                continue;
            }
            canvas.rect(x, y - 9.0, 10.0, 10.0, shade);
            canvas.text((x + 15.0, y), Style::new(Anchor::Start), name);
            x += 15.0 + text_width(name, SIZE, false) + 18.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::WIDTHS;
    use super::*;

    #[test]
    fn wide_labels_do_not_overlap_in_either_width() {
        let column = |label: &str| Column { label: label.to_owned(), parts: [0.5, 0.2, 0.3] };
        let labels = ["\u{2212}1,230", "0.0123", "12.3", "1,230", "12,300", "123,000"];
        let chart = Columns {
            y_title: "Share of the hours in each decile, %".to_owned(),
            x_title: "Mean energy price in each decile of the hours of the first year, USD/MWh"
                .to_owned(),
            parts: ["running", "on standby", "stopped"],
            columns: labels.iter().cycle().take(10).map(|label| column(label)).collect(),
        };
        for width in WIDTHS {
            let drawn = chart.picture(width);
            assert_eq!(drawn.faults(), Vec::<String>::new());
            for part in chart.parts {
                assert!(drawn.labels.iter().any(|label| label.text == part));
            }
        }
        // A part that never occurs is not in the legend.
        let one = Column { label: "1".to_owned(), parts: [1.0, 0.0, 0.0] };
        let drawn = Columns { columns: vec![one], ..chart }.picture(WIDTHS[0]);
        assert!(drawn.labels.iter().all(|label| label.text != "stopped"));
    }
}
