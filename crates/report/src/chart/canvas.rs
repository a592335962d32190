//! What is drawn: shapes, and labels that know the room they take.

use super::metrics::width;
use super::{INK, SOFT};
use crate::figures::Mark;
use std::fmt::Write;

/// Where a label is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a label looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    pub colour: &'static str,
    /// A white edge, for a label above lines.
    pub halo: bool,
}

impl Style {
    /// Of a chart's words.
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

/// The room of a label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Room {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub text: String,
}

impl Room {
    fn meets(&self, other: &Self) -> bool {
        // Labels may touch.
        const SLACK: f64 = 0.5;
        self.left + SLACK < other.right
            && other.left + SLACK < self.right
            && self.top + SLACK < other.bottom
            && other.top + SLACK < self.bottom
    }
}

/// A chart in one width, drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    pub width: f64,
    pub height: f64,
    pub body: String,
    pub labels: Vec<Room>,
}

impl Picture {
    /// What is wrong with its labels: one that leaves the frame, or lies on another.
    #[cfg(test)]
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, label) in self.labels.iter().enumerate() {
            let out = label.left < -0.5
                || label.right > self.width + 0.5
                || label.top < -0.5
                || label.bottom > self.height + 0.5;
            if out {
                faults.push(format!("`{}` leaves the frame", label.text));
            }
            for other in self.labels[place + 1..].iter().filter(|other| label.meets(other)) {
                faults.push(format!("`{}` lies on `{}`", label.text, other.text));
            }
        }
        faults
    }

    /// As a file of its own.
    pub(crate) fn file(&self, title: &str) -> String {
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
    labels: Vec<Room>,
}

/// A coordinate: a tenth of a pixel is enough.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// Text that cannot end its element or its attribute.
pub(crate) fn escaped(text: &str) -> String {
    let text = crate::untrusted::neutral(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A mark's attributes, so that what is shown can be held against other formats.
pub(crate) fn marked(mark: Option<&Mark>, scale: f64) -> String {
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

    /// Done, with a height that is known by now.
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

    /// A label on its base line.
    pub(crate) fn text(&mut self, at: (f64, f64), style: Style, text: &str) {
        self.value(at, style, text, None, 1.0);
    }

    /// A label that shows a figure's number.
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
        let room = room(at, style, text);
        self.labels.push(room);
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
        let (text, size, colour, marked) =
            (escaped(text), style.size, style.colour, marked(mark, scale));
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{anchor}{bold}{halo}{marked}>{text}</text>"
        ));
    }

    /// Whether a label there would lie on another one or leave the frame at a side.
    pub(crate) fn is_free(&self, at: (f64, f64), style: Style, text: &str) -> bool {
        // Two labels that touch read as one.
        const APART: f64 = 5.0;
        let room = room(at, style, text);
        let wider = Room { left: room.left - APART, right: room.right + APART, ..room.clone() };
        room.left >= 0.0
            && room.right <= self.width
            && self.labels.iter().all(|label| !label.meets(&wider))
    }
}

fn room(at: (f64, f64), style: Style, text: &str) -> Room {
    let wide = width(text, style.size, style.bold);
    let left = match style.anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - wide / 2.0,
        Anchor::End => at.0 - wide,
    };
    Room {
        left,
        right: left + wide,
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
    fn labels_that_meet_or_leave_the_frame_are_faults() {
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
    fn text_stays_text() {
        let mut canvas = Canvas::new(100.0);
        canvas.text((1.0, 20.0), Style::new(Anchor::Start), "<a> & \"b\"");
        let body = canvas.finish(30.0).body;
        assert!(body.contains("&lt;a&gt; &amp; &quot;b&quot;"), "{body}");
        roxmltree::Document::parse(&body).unwrap();
    }
}
