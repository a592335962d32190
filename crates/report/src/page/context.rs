//! What every part of the page is drawn from: one study, one run over time, one steady year.

use super::words::typographic;
use crate::chart::escaped;
use crate::figures::{Mark, Point, Scale, Shown};
use hashwatt::econ::params::{Param, Unit};
use hashwatt::econ::result::{Figure, Outcome, Value};
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;

/// The results that a page shows.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub study: &'a Study,
    pub estimate: &'a Outcome,
    pub outcome: &'a Outcome,
    pub headline: &'a Headline,
    pub curve: Option<&'a TariffCurve>,
}

impl Context<'_> {
    fn shown(&self) -> Shown<'_> {
        Shown { calendar: Some(self.study.calendar()), money: self.study.money() }
    }

    /// A figure of the run, or of the steady year.
    pub(super) fn find(&self, figure: Figure) -> Option<Value> {
        let of = match figure {
            Figure::Moment(_) | Figure::BreakEven(..) | Figure::SteadySubsidy(..) => self.estimate,
            _ => self.outcome,
        };
        of.get(figure).ok().filter(|value| !value.base.is_nan())
    }

    pub(super) fn mark(&self, figure: Figure, point: Point) -> Mark {
        self.shown().mark(figure, point)
    }

    /// The median over the draws, or the base where nothing was drawn.
    pub(super) fn middle(value: &Value) -> (f64, Point) {
        value.band.map_or((value.base, Point::Base), |band| (band.p50, Point::P50))
    }

    /// A scale for some figures and all points of theirs.
    pub(super) fn scale(&self, figures: &[Figure]) -> Scale {
        let values = figures.iter().filter_map(|figure| self.find(*figure));
        let (mut unit, mut greatest) = (Unit::One, 0.0f64);
        for value in values {
            unit = value.unit;
            let band = value.band.map(|band| [band.p05, band.p50, band.p95]);
            let points = band.unwrap_or([value.base; 3]);
            let finite = points.into_iter().chain([value.base]).filter(|point| point.is_finite());
            greatest = finite.fold(greatest, |most, point| most.max(point.abs()));
        }
        Scale::new(unit, greatest)
    }

    /// The unit of a figure.
    pub(super) fn unit(&self, figure: Figure) -> Unit {
        figure.unit(self.study.resolved().currency)
    }

    /// A point of a figure in a scale, as a marked piece of HTML; `None` where there is no such point.
    pub(super) fn number(&self, figure: Figure, point: Point, scale: &Scale) -> Option<String> {
        let value = self.find(figure)?;
        let text = typographic(&scale.three(point.of(&value)?));
        Some(self.marked(figure, point, &text, scale.factor()))
    }

    /// The median, or the base where nothing was drawn.
    pub(super) fn median(&self, figure: Figure, scale: &Scale) -> Option<String> {
        let value = self.find(figure)?;
        self.number(figure, Self::middle(&value).1, scale)
    }

    /// The range from the 5 % to the 95 % point in parentheses, where there is one.
    pub(super) fn range(&self, figure: Figure, scale: &Scale) -> String {
        match (self.number(figure, Point::P05, scale), self.number(figure, Point::P95, scale)) {
            (Some(low), Some(high)) => format!("({low} to {high})"),
            _ => String::new(),
        }
    }

    /// In how many of 100 draws a figure is above zero, or below it where that is asked for.
    pub(super) fn futures(&self, figure: Figure, below: bool) -> Option<String> {
        let part = self.find(figure)?.positive?;
        let of_100 = 100.0 * if below { 1.0 - part } else { part };
        Some(match of_100 {
            n if n >= 99.5 => "more than 99 of 100".to_owned(),
            n if n < 0.5 => "fewer than 1 of 100".to_owned(),
            n if below => format!("{n:.0} of 100"),
            n => {
                let text = format!("{n:.0}");
                format!("{} of 100", self.marked(figure, Point::Positive, &text, 0.01))
            }
        })
    }

    fn marked(&self, figure: Figure, point: Point, text: &str, factor: f64) -> String {
        let attributes = crate::chart::marked(Some(&self.mark(figure, point)), factor);
        format!("<span{attributes}>{}</span>", escaped(text))
    }

    /// The parameter of a key, if the scenario has one.
    pub(super) fn param(&self, key: &str) -> Option<&Param> {
        let table = &self.study.resolved().table;
        let id = table.find(key)?;
        Some(table.get(id)).filter(|param| !param.missing)
    }

    /// How many years the accounts have, in words such as `5 years`.
    pub(super) fn years(&self) -> String {
        let years = self.study.resolved().inputs.years;
        let text = crate::figures::given(years);
        if years == 1.0 { "1\u{a0}year".to_owned() } else { format!("{text}\u{a0}years") }
    }
}
