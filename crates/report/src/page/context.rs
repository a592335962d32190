//! The results that every part of the page uses: a study, its steady year and its run over time.

use super::words::typographic;
use crate::chart::escaped;
use crate::figures::{Mark, Point, Scale, TableBuilder};
use hashwatt::econ::params::{Param, Unit};
use hashwatt::econ::result::{Figure, Outcome, Value};
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;

/// The results of a page.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub study: &'a Study,
    pub estimate: &'a Outcome,
    pub outcome: &'a Outcome,
    pub headline: &'a Headline,
    pub curve: Option<&'a TariffCurve>,
}

impl Context<'_> {
    fn table_builder(&self) -> TableBuilder<'_> {
        TableBuilder { calendar: Some(self.study.calendar()), money: self.study.money() }
    }

    /// A figure of the run over time, or of the steady year.
    pub(super) fn find(&self, figure: Figure) -> Option<Value> {
        let outcome = match figure {
            Figure::Moment(_) | Figure::BreakEven(..) | Figure::SteadySubsidy(..) => self.estimate,
            _ => self.outcome,
        };
        outcome.get(figure).ok().filter(|value| !value.base.is_nan())
    }

    pub(super) fn mark(&self, figure: Figure, point: Point) -> Mark {
        self.table_builder().mark(figure, point)
    }

    /// The median over the paths, or the base value without paths.
    pub(super) fn median_or_base(value: &Value) -> (f64, Point) {
        value.band.map_or((value.base, Point::Base), |band| (band.p50, Point::P50))
    }

    /// The common scale of some figures with their percentiles.
    pub(super) fn scale(&self, figures: &[Figure]) -> Scale {
        let values = figures.iter().filter_map(|figure| self.find(*figure));
        let (mut unit, mut largest) = (Unit::One, 0.0f64);
        for value in values {
            unit = value.unit;
            let band = value.band.map(|band| [band.p05, band.p50, band.p95]);
            let points = band.unwrap_or([value.base; 3]);
            let finite = points.into_iter().chain([value.base]).filter(|point| point.is_finite());
            largest = finite.fold(largest, |largest, point| largest.max(point.abs()));
        }
        Scale::new(unit, largest)
    }

    /// The unit of a figure.
    pub(super) fn unit(&self, figure: Figure) -> Unit {
        figure.unit(self.study.resolved().currency)
    }

    /// A statistic of a figure in a scale, as HTML with its mark; `None` if the figure does not have it.
    pub(super) fn number(&self, figure: Figure, point: Point, scale: &Scale) -> Option<String> {
        let value = self.find(figure)?;
        let text = typographic(&scale.three_digits(point.get(&value)?));
        Some(self.number_html(figure, point, &text, scale.factor()))
    }

    /// The median over the paths, or the base value without paths, as HTML with its mark.
    pub(super) fn median(&self, figure: Figure, scale: &Scale) -> Option<String> {
        let value = self.find(figure)?;
        self.number(figure, Self::median_or_base(&value).1, scale)
    }

    /// The range from the 5 % to the 95 % point in parentheses; empty without paths.
    pub(super) fn range(&self, figure: Figure, scale: &Scale) -> String {
        match (self.number(figure, Point::P05, scale), self.number(figure, Point::P95, scale)) {
            (Some(low), Some(high)) => format!("({low} to {high})"),
            _ => String::new(),
        }
    }

    /// The number of paths out of 100 in which a figure is above zero, or below zero if `below`.
    pub(super) fn of_100_paths(&self, figure: Figure, below: bool) -> Option<String> {
        let positive = self.find(figure)?.positive?;
        let of_100 = 100.0 * if below { 1.0 - positive } else { positive };
        Some(match of_100 {
            n if n >= 99.5 => "more than 99 of 100".to_owned(),
            n if n < 0.5 => "fewer than 1 of 100".to_owned(),
            n if below => format!("{n:.0} of 100"),
            n => {
                let text = format!("{n:.0}");
                format!("{} of 100", self.number_html(figure, Point::Positive, &text, 0.01))
            }
        })
    }

    fn number_html(&self, figure: Figure, point: Point, text: &str, factor: f64) -> String {
        let attributes = crate::chart::mark_attributes(Some(&self.mark(figure, point)), factor);
        format!("<span{attributes}>{}</span>", escaped(text))
    }

    /// The parameter with a key; `None` if it is missing.
    pub(super) fn param(&self, key: &str) -> Option<&Param> {
        let table = &self.study.resolved().table;
        let id = table.find(key)?;
        Some(table.get(id)).filter(|param| !param.missing)
    }

    /// The length of the calendar, such as `5 years`.
    pub(super) fn years(&self) -> String {
        let years = self.study.resolved().inputs.years;
        crate::figures::years_text(years).replace(' ', "\u{a0}")
    }
}
