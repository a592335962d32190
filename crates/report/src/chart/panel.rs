//! A chart's area with its two axes, and what is drawn into it.

use super::ChartError;
use super::style::{Axis, BLACK, GREY, PALE, SMALL, Stroke, TEXT, anchored, width_of};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Coordinates = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// Room around a panel.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub left: u32,
    pub right: u32,
}

impl Default for Room {
    fn default() -> Self {
        Self { left: 120, right: 40 }
    }
}

/// On which side of a point its words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

/// A name at the end of a line.
pub(super) struct EndLabel {
    pub y: f64,
    pub text: String,
    pub colour: RGBColor,
}

/// An area with axes.
pub(super) struct Panel<'a, 'b> {
    area: &'b Area<'a>,
    chart: ChartContext<'b, SVGBackend<'a>, Coordinates>,
    x: &'b Axis,
    y: &'b Axis,
}

impl<'a, 'b> Panel<'a, 'b> {
    pub(super) fn new(
        area: &'b Area<'a>,
        x: &'b Axis,
        y: &'b Axis,
        room: Room,
    ) -> Result<Self, ChartError> {
        let chart = ChartBuilder::on(area)
            .margin_top(58)
            .margin_right(room.right)
            .margin_left(10)
            .set_label_area_size(LabelAreaPosition::Left, room.left)
            .set_label_area_size(LabelAreaPosition::Bottom, 84)
            .build_cartesian_2d(x.low..x.high, y.low..y.high)?;
        let panel = Self { area, chart, x, y };
        panel.axes()?;
        Ok(panel)
    }

    /// Ticks with a grid across, an axis along the bottom, and what both count.
    fn axes(&self) -> Result<(), ChartError> {
        let Self { x, y, .. } = self;
        let (left, _) = self.pixel(x.low, y.low);
        let (right, bottom) = self.pixel(x.high, y.low);
        for tick in &y.ticks {
            let (_, level) = self.pixel(x.low, *tick);
            let grid = [(left, level), (right, level)];
            self.area.draw(&PathElement::new(grid, PALE.stroke_width(2)))?;
            let style = anchored(TEXT, BLACK, HPos::Right, VPos::Center);
            self.area.draw(&Text::new(y.label(*tick), (left - 12, level), style))?;
        }
        let axis = [(left, bottom), (right, bottom)];
        self.area.draw(&PathElement::new(axis, GREY.stroke_width(2)))?;
        for tick in &x.ticks {
            let (at, _) = self.pixel(*tick, y.low);
            let mark = [(at, bottom), (at, bottom + 10)];
            self.area.draw(&PathElement::new(mark, GREY.stroke_width(2)))?;
            let style = anchored(TEXT, BLACK, HPos::Center, VPos::Top);
            self.area.draw(&Text::new(x.label(*tick), (at, bottom + 14), style))?;
        }
        let title = anchored(TEXT, GREY, HPos::Right, VPos::Top);
        self.area.draw(&Text::new(x.title.clone(), (right, bottom + 50), title))?;
        let title = anchored(TEXT, GREY, HPos::Left, VPos::Top);
        self.area.draw(&Text::new(y.title.clone(), (12, 8), title))?;
        Ok(())
    }

    /// Where a point lies in the area.
    fn pixel(&self, x: f64, y: f64) -> (i32, i32) {
        let (x, y) = self.chart.backend_coord(&(x, y));
        let (left, top) = self.area.get_base_pixel();
        (x - left, y - top)
    }

    pub(super) fn line(
        &mut self,
        points: impl IntoIterator<Item = (f64, f64)>,
        stroke: Stroke,
    ) -> Result<(), ChartError> {
        let style = stroke.colour.stroke_width(stroke.width);
        let (length, gap) = stroke.dash;
        let pieces = clipped(points, self.y.low, self.y.high);
        for piece in pieces {
            if length == 0 {
                self.chart.draw_series(LineSeries::new(piece, style))?;
            } else {
                self.chart.draw_series(DashedLineSeries::new(piece, length, gap, style))?;
            }
        }
        Ok(())
    }

    /// Filled between the lower and the upper of each point.
    pub(super) fn band(
        &mut self,
        points: &[(f64, f64, f64)],
        colour: RGBColor,
        opacity: f64,
    ) -> Result<(), ChartError> {
        let (low, high) = (self.y.low, self.y.high);
        let upper = points.iter().map(|(x, _, above)| (*x, above.clamp(low, high)));
        let lower = points.iter().rev().map(|(x, below, _)| (*x, below.clamp(low, high)));
        let outline: Vec<_> = upper.chain(lower).collect();
        self.chart.draw_series([Polygon::new(outline, colour.mix(opacity))])?;
        Ok(())
    }

    /// Over the whole height between two values.
    pub(super) fn shade(
        &mut self,
        from: f64,
        to: f64,
        colour: RGBColor,
        opacity: f64,
    ) -> Result<(), ChartError> {
        let (from, to) = (from.max(self.x.low), to.min(self.x.high));
        if from < to {
            self.band(
                &[(from, self.y.low, self.y.high), (to, self.y.low, self.y.high)],
                colour,
                opacity,
            )?;
        }
        Ok(())
    }

    /// Across the panel.
    pub(super) fn across(&mut self, y: f64, stroke: Stroke) -> Result<(), ChartError> {
        match self.y.contains(y) {
            true => self.line([(self.x.low, y), (self.x.high, y)], stroke),
            false => Ok(()),
        }
    }

    /// From below to above, with words at its top.
    pub(super) fn upright(&mut self, x: f64, text: &str, stroke: Stroke) -> Result<(), ChartError> {
        if !self.x.contains(x) {
            return Ok(());
        }
        self.line([(x, self.y.low), (x, self.y.high)], stroke)?;
        // The words stand on the side that has room for them.
        let (at, _) = self.pixel(x, self.y.high);
        let (end, _) = self.pixel(self.x.high, self.y.high);
        let fits = at + 8 + width_of(text, SMALL) < end;
        let (side, offset) = if fits { (HPos::Left, 8) } else { (HPos::Right, -8) };
        self.write(x, self.y.high, text, (offset, 6), anchored(SMALL, GREY, side, VPos::Top))
    }

    /// A filled point with a dark rim.
    pub(super) fn point(&mut self, x: f64, y: f64, colour: RGBColor) -> Result<(), ChartError> {
        if self.x.contains(x) && self.y.contains(y) {
            self.chart.draw_series([Circle::new((x, y), 11, BLACK.filled())])?;
            self.chart.draw_series([Circle::new((x, y), 8, colour.filled())])?;
        }
        Ok(())
    }

    /// Words at a point, moved by pixels.
    pub(super) fn write(
        &mut self,
        x: f64,
        y: f64,
        text: &str,
        moved: (i32, i32),
        style: TextStyle<'static>,
    ) -> Result<(), ChartError> {
        let (at, level) = self.pixel(x, y);
        self.area.draw(&Text::new(text.to_owned(), (at + moved.0, level + moved.1), style))?;
        Ok(())
    }

    /// Words near a point, on the side of it that has room.
    pub(super) fn beside(
        &mut self,
        x: f64,
        y: f64,
        text: &str,
        colour: RGBColor,
        side: Side,
    ) -> Result<(), ChartError> {
        let (at, level) = self.pixel(x, y);
        let (end, top) = self.pixel(self.x.high, self.y.high);
        let fits = at + 18 + width_of(text, TEXT) < end;
        let above = side == Side::Above && level - top >= 40;
        let (side, offset) = if fits { (HPos::Left, 18) } else { (HPos::Right, -18) };
        let up = if above { -20 } else { 26 };
        self.write(x, y, text, (offset, up), anchored(TEXT, colour, side, VPos::Center))
    }

    /// Names right of the panel at the ends of lines, none over another.
    pub(super) fn names(&mut self, mut labels: Vec<EndLabel>) -> Result<(), ChartError> {
        const APART: i32 = 32;
        labels.sort_by(|a, b| b.y.total_cmp(&a.y));
        let level =
            |label: &EndLabel| self.pixel(self.x.high, label.y.clamp(self.y.low, self.y.high)).1;
        let mut levels: Vec<i32> = labels.iter().map(level).collect();
        // Down as far as each has to, then all up by what hangs out.
        for i in 1..levels.len() {
            levels[i] = levels[i].max(levels[i - 1] + APART);
        }
        let bottom = self.pixel(self.x.high, self.y.low).1;
        for i in (0..levels.len()).rev() {
            let below = levels.get(i + 1).map_or(bottom + 4, |below| below - APART);
            levels[i] = levels[i].min(below);
        }
        let (right, _) = self.pixel(self.x.high, self.y.high);
        for (label, level) in labels.into_iter().zip(levels) {
            let style = anchored(TEXT, label.colour, HPos::Left, VPos::Center);
            self.area.draw(&Text::new(label.text, (right + 12, level), style))?;
        }
        Ok(())
    }
}

/// The pieces of a line that lie within, cut where it leaves.
fn clipped(
    points: impl IntoIterator<Item = (f64, f64)>,
    low: f64,
    high: f64,
) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    let mut last: Option<(f64, f64)> = None;
    for (x, y) in points {
        if let Some((x0, y0)) = last {
            // Where the segment crosses an edge, in order along it.
            let mut cuts: Vec<f64> = [low, high]
                .into_iter()
                .map(|edge| (edge - y0) / (y - y0))
                .filter(|part| *part > 0.0 && *part < 1.0)
                .collect();
            cuts.sort_by(f64::total_cmp);
            for part in cuts {
                let at = (x0 + (x - x0) * part, (y0 + (y - y0) * part).clamp(low, high));
                if let Some(piece) = pieces.last_mut() {
                    piece.push(at);
                }
            }
        }
        last = Some((x, y));
        if (low..=high).contains(&y) {
            if let Some(piece) = pieces.last_mut() {
                piece.push((x, y));
            }
        } else {
            // What comes back in begins a new piece at its own cut.
            let begun = pieces.last().is_some_and(|piece| !piece.is_empty());
            if begun {
                pieces.push(Vec::new());
            }
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

#[cfg(test)]
mod tests {
    use super::clipped;

    #[test]
    fn a_line_is_cut_where_it_leaves() {
        let all = clipped([(0.0, 1.0), (1.0, 2.0)], 0.0, 5.0);
        assert_eq!(all, [[(0.0, 1.0), (1.0, 2.0)]]);
        let out_and_in = clipped([(0.0, 4.0), (2.0, 6.0), (4.0, 4.0)], 0.0, 5.0);
        assert_eq!(out_and_in, [vec![(0.0, 4.0), (1.0, 5.0)], vec![(3.0, 5.0), (4.0, 4.0)]]);
        let through = clipped([(0.0, -1.0), (1.0, 6.0)], 0.0, 5.0);
        assert_eq!(through.len(), 1);
        assert!((through[0][0].1, through[0][1].1) == (0.0, 5.0));
        assert!(clipped([(0.0, 9.0), (1.0, 9.0)], 0.0, 5.0).is_empty());
    }
}
