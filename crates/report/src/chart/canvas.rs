//! The canvas of a chart: shapes, and labels whose bounding boxes are recorded.

use super::metrics::text_width;
use super::{INK, SOFT};
use crate::figures::Mark;
use std::fmt::Write;

/// The point of a label that its position refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The style of a label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    pub colour: &'static str,
    /// A white outline, for a label on top of lines.
    pub halo: bool,
}

impl Style {
    /// The default style.
    pub(crate) fn new(anchor: Anchor) -> Self {
        Self { size: 12.5, bold: false, anchor, colour: INK, halo: false }
    }

    pub(crate) fn soft(self) -> Self {
        Self { colour: SOFT, ..self }
    }

    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) fn colour(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    pub(crate) fn halo(self) -> Self {
        Self { halo: true, ..self }
    }
}

/// The bounding box of a label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabelBox {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub text: String,
}

impl LabelBox {
    fn overlaps(&self, other: &Self) -> bool {
        // Labels may touch.
        const TOLERANCE: f64 = 0.5;
        self.left + TOLERANCE < other.right
            && other.left + TOLERANCE < self.right
            && self.top + TOLERANCE < other.bottom
            && other.top + TOLERANCE < self.bottom
    }
}

/// A drawn chart in one width.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    pub width: f64,
    pub height: f64,
    pub body: String,
    pub labels: Vec<LabelBox>,
}

impl Picture {
    /// Errors of the layout: labels outside the frame and labels that overlap.
    #[cfg(test)]
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, label) in self.labels.iter().enumerate() {
            let out = label.left < -0.5
                || label.right > self.width + 0.5
                || label.top < -0.5
                || label.bottom > self.height + 0.5;
            if out {
                faults.push(format!("`{}` is outside the frame", label.text));
            }
            for other in self.labels[place + 1..].iter().filter(|other| label.overlaps(other)) {
                faults.push(format!("`{}` overlaps `{}`", label.text, other.text));
            }
        }
        faults
    }

    /// The chart as an SVG file.
    pub(crate) fn to_svg_file(&self, title: &str) -> String {
        let (width, height) = (number(self.width), number(self.height));
        let title = escaped(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\"><title>{title}\
             </title><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>{}</svg>\n",
            self.body
        )
    }
}

/// A chart that is being drawn.
#[derive(Debug)]
pub(crate) struct Canvas {
    width: f64,
    body: String,
    labels: Vec<LabelBox>,
}

/// A coordinate, rounded to a tenth of a pixel.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// Escapes text for an element or an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let text = crate::untrusted::sanitize(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The attributes of a mark, so that a number can be compared with the other formats.
pub(crate) fn mark_attributes(mark: Option<&Mark>, scale: f64) -> String {
    mark.map_or_else(String::new, |mark| {
        let (key, period) = (escaped(&mark.key), escaped(&mark.period));
        format!(
            " data-key=\"{key}\" data-period=\"{period}\" data-point=\"{}\" data-scale=\"{scale}\"",
            mark.point
        )
    })
}

impl Canvas {
    pub(crate) fn new(width: f64) -> Self {
        Self { width, body: String::new(), labels: Vec::new() }
    }

    /// Finishes the chart with its height.
    pub(crate) fn finish(self, height: f64) -> Picture {
        Picture { width: self.width, height, body: self.body, labels: self.labels }
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.body.write_fmt(element);
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64) {
        self.dashed(from, to, colour, width, "");
    }

    pub(crate) fn dashed(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        colour: &str,
        width: f64,
        dashes: &str,
    ) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let dashes = match dashes {
            "" => String::new(),
            dashes => format!(" stroke-dasharray=\"{dashes}\""),
        };
        self.put(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}/>"
        ));
    }

    pub(crate) fn rect(&mut self, left: f64, top: f64, width: f64, height: f64, fill: &str) {
        let [x, y, width, height] = [left, top, width.max(0.0), height.max(0.0)].map(number);
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        ));
    }

    pub(crate) fn path(&mut self, points: &[(f64, f64)], colour: &str, width: f64, dashes: &str) {
        let points = joined(points);
        let dashes = match dashes {
            "" => String::new(),
            dashes => format!(" stroke-dasharray=\"{dashes}\""),
        };
        self.put(format_args!(
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" \
             stroke-linejoin=\"round\"{dashes}/>"
        ));
    }

    pub(crate) fn area(&mut self, points: &[(f64, f64)], fill: &str) {
        let points = joined(points);
        self.put(format_args!("<polygon points=\"{points}\" fill=\"{fill}\"/>"));
    }

    pub(crate) fn dot(&mut self, at: (f64, f64), radius: f64, fill: &str, stroke: &str) {
        let [x, y, radius] = [at.0, at.1, radius].map(number);
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.6\"/>"
        ));
    }

    /// Adds a label at a point on its baseline.
    pub(crate) fn text(&mut self, at: (f64, f64), style: Style, text: &str) {
        self.value(at, style, text, None, 1.0);
    }

    /// Adds a label that shows the number of a figure.
    pub(crate) fn value(
        &mut self,
        at: (f64, f64),
        style: Style,
        text: &str,
        mark: Option<&Mark>,
        scale: f64,
    ) {
        if text.is_empty() {
            return;
        }
        self.labels.push(label_box(at, style, text));
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if style.bold { " font-weight=\"700\"" } else { "" };
        let halo = match style.halo {
            true => " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"",
            false => "",
        };
        let [x, y] = [at.0, at.1].map(number);
        let (text, size, colour, attributes) =
            (escaped(text), style.size, style.colour, mark_attributes(mark, scale));
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{anchor}{bold}{halo}{attributes}>{text}</text>"
        ));
    }

    /// Whether a label would neither overlap another one nor leave the frame at a side.
    pub(crate) fn is_free(&self, at: (f64, f64), style: Style, text: &str) -> bool {
        // Two labels that touch look like one.
        const MIN_GAP: f64 = 5.0;
        let label = label_box(at, style, text);
        let wider =
            LabelBox { left: label.left - MIN_GAP, right: label.right + MIN_GAP, ..label.clone() };
        label.left >= 0.0
            && label.right <= self.width
            && self.labels.iter().all(|other| !other.overlaps(&wider))
    }
}

fn label_box(at: (f64, f64), style: Style, text: &str) -> LabelBox {
    let width = text_width(text, style.size, style.bold);
    let left = match style.anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    LabelBox {
        left,
        right: left + width,
        top: at.1 - 0.76 * style.size,
        bottom: at.1 + 0.22 * style.size,
        text: text.to_owned(),
    }
}

fn joined(points: &[(f64, f64)]) -> String {
    let mut text = String::new();
    for (x, y) in points {
        let _ = write!(text, "{},{} ", number(*x), number(*y));
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_labels_and_labels_outside_the_frame_are_faults() {
        let mut canvas = Canvas::new(100.0);
        canvas.text((10.0, 20.0), Style::new(Anchor::Start), "one");
        canvas.text((10.0, 40.0), Style::new(Anchor::Start), "two");
        assert!(!canvas.is_free((12.0, 22.0), Style::new(Anchor::Start), "three"));
        let drawn = canvas.finish(50.0);
        assert_eq!(drawn.faults(), Vec::<String>::new());
        let mut canvas = Canvas::new(100.0);
        canvas.text((10.0, 20.0), Style::new(Anchor::Start), "one");
        canvas.text((12.0, 22.0), Style::new(Anchor::Start), "two");
        canvas.text((99.0, 20.0), Style::new(Anchor::Start), "out");
        assert_eq!(canvas.finish(50.0).faults().len(), 2);
    }

    #[test]
    fn label_text_is_escaped() {
        let mut canvas = Canvas::new(100.0);
        canvas.text((1.0, 20.0), Style::new(Anchor::Start), "<a> & \"b\"");
        let body = canvas.finish(30.0).body;
        assert!(body.contains("&lt;a&gt; &amp; &quot;b&quot;"), "{body}");
        roxmltree::Document::parse(&body).unwrap();
    }
}
