//! Bars: what the result depends on, the tariff against references, carbon.

use super::panel::Area;
use super::style::{
    Axis, BLACK, BLUE, GREY, ORANGE, PALE, SKY, SMALL, Scaled, TEXT, VERMILION, amount, anchored,
    figure, width_of,
};
use super::{ChartError, Drawn, NoChart, Words, drawn};
use crate::study::Study;
use crate::untrusted::short;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// A bar that lies between two values, with its name and words at its ends.
pub(super) struct Bar {
    pub name: String,
    /// Below the name, small.
    pub note: String,
    pub pieces: Vec<Piece>,
}

pub(super) struct Piece {
    pub from: f64,
    pub to: f64,
    pub colour: RGBColor,
    /// Words outside of the end at `to`.
    pub words: String,
    /// Only the outline: something that is not known.
    pub hollow: bool,
}

/// Where bars lie.
pub(super) struct Frame<'a> {
    pub axis: &'a Axis,
    /// The line that bars begin at.
    pub base: f64,
    pub base_words: String,
    pub left: i32,
    pub right: i32,
    pub row: i32,
    /// A line that bars may cross.
    pub crossed: Option<f64>,
    /// Room above, for the base's words.
    pub top: i32,
    /// Words of bars to the left stand right of the base, where there is room for them.
    pub words_right: bool,
}

impl Frame<'_> {
    pub(super) fn height(&self, rows: usize) -> u32 {
        (self.top + self.row * rows as i32 + 90) as u32
    }

    fn x(&self, value: f64) -> i32 {
        let part = (value - self.axis.low) / (self.axis.high - self.axis.low);
        self.left + (part * f64::from(self.right - self.left)).round() as i32
    }

    pub(super) fn draw(&self, area: &Area, bars: &[Bar]) -> Result<(), ChartError> {
        let bottom = self.top + self.row * bars.len() as i32;
        for tick in &self.axis.ticks {
            let x = self.x(*tick);
            area.draw(&PathElement::new([(x, self.top), (x, bottom)], PALE.stroke_width(2)))?;
            let style = anchored(TEXT, BLACK, HPos::Center, VPos::Top);
            area.draw(&Text::new(self.axis.label(*tick), (x, bottom + 10), style))?;
        }
        let style = anchored(TEXT, GREY, HPos::Right, VPos::Top);
        area.draw(&Text::new(self.axis.title.clone(), (self.right, bottom + 46), style))?;
        if let Some(crossed) = self.crossed {
            let x = self.x(crossed);
            area.draw(&PathElement::new([(x, self.top), (x, bottom)], GREY.stroke_width(3)))?;
        }
        for (i, bar) in bars.iter().enumerate() {
            self.bar(area, bar, self.top + self.row * i as i32)?;
        }
        let x = self.x(self.base);
        area.draw(&PathElement::new([(x, self.top - 8), (x, bottom)], BLACK.stroke_width(3)))?;
        let style = anchored(TEXT, BLACK, HPos::Center, VPos::Bottom);
        area.draw(&Text::new(self.base_words.clone(), (x, self.top - 16), style))?;
        Ok(())
    }

    fn bar(&self, area: &Area, bar: &Bar, top: i32) -> Result<(), ChartError> {
        let middle = top + self.row / 2;
        let up = if bar.note.is_empty() { 0 } else { 15 };
        let style = anchored(TEXT, BLACK, HPos::Right, VPos::Center);
        area.draw(&Text::new(bar.name.clone(), (self.left - 20, middle - up), style))?;
        if !bar.note.is_empty() {
            let style = anchored(SMALL, GREY, HPos::Right, VPos::Center);
            area.draw(&Text::new(bar.note.clone(), (self.left - 20, middle + 15), style))?;
        }
        let (above, below) = (top + self.row / 5, top + self.row - self.row / 5);
        for piece in &bar.pieces {
            let (from, to) = (self.x(piece.from), self.x(piece.to));
            let corners = [(from.min(to), above), (from.max(to), below)];
            if !piece.hollow {
                area.draw(&Rectangle::new(corners, piece.colour.filled()))?;
            }
            area.draw(&Rectangle::new(corners, BLACK.stroke_width(2)))?;
            let rising = piece.to >= piece.from;
            // Words stay within the picture, over the bar where there is no room beside it.
            let width = width_of(&piece.words, SMALL);
            let (x, side) = match rising {
                false if self.words_right => (from + 10, HPos::Left),
                true => ((to + 10).min(super::style::WIDTH as i32 - width - 8), HPos::Left),
                false => ((to - 10).max(self.left + width - 8), HPos::Right),
            };
            let style = anchored(SMALL, BLACK, side, VPos::Center);
            area.draw(&Text::new(piece.words.clone(), (x, middle), style))?;
        }
        Ok(())
    }
}

/// The result with one input at the ends of its range, the longest bars first.
pub(super) fn tornado(study: &Study) -> Drawn {
    const TITLE: &str = "What the result depends on, one input at a time";
    const MOST: usize = 14;
    let found = match &study.sensitivity {
        Ok(found) => found,
        Err(reason) => return Ok(Err(NoChart { title: TITLE, reason: reason.clone() })),
    };
    let result =
        if found.is_npv { "net present value" } else { "income less cash costs, discounted" };
    let base = found.base.as_usd();
    let ends = found.tornado.iter().flat_map(|bar| [bar.at_low.as_usd(), bar.at_high.as_usd()]);
    let ends: Vec<f64> = ends.chain([base, 0.0]).collect();
    let scaled = Scaled::for_most(ends.iter().fold(0.0, |most, usd| most.max(usd.abs())));
    let axis = Axis::over(
        format!("{}{} ({})", result[..1].to_uppercase(), &result[1..], scaled.unit("USD")),
        with_room(&ends).into_iter().map(|usd| usd / scaled.factor),
    );
    let bars: Vec<Bar> = found
        .tornado
        .iter()
        .take(MOST)
        .map(|bar| {
            let piece = |to: f64, words: String, colour| {
                let (from, to) = (base / scaled.factor, to / scaled.factor);
                Piece { from, to, colour, words, hollow: false }
            };
            let (name, low, high) = match &bar.factor {
                None => ("the market's path", "P5".to_owned(), "P95".to_owned()),
                Some(factor) => (
                    factor.kind.words(),
                    study.in_words(factor.kind, factor.low),
                    study.in_words(factor.kind, factor.high),
                ),
            };
            let pieces = vec![
                piece(bar.at_low.as_usd(), low, SKY),
                piece(bar.at_high.as_usd(), high, VERMILION),
            ];
            Bar { name: name.to_owned(), note: String::new(), pieces }
        })
        .collect();
    let told: Vec<String> = found
        .tornado
        .iter()
        .take(5)
        .map(|bar| {
            let name = bar.factor.as_ref().map_or("the market's path", |f| f.kind.words());
            let (low, high) = (bar.at_low.as_usd(), bar.at_high.as_usd());
            format!(
                "{name}: {} at its low end, {} at its high end",
                amount(low, "USD"),
                amount(high, "USD")
            )
        })
        .collect();
    let words = Words {
        name: "tornado",
        title: TITLE.to_owned(),
        caption: format!(
            "The {result} with one input at the ends of its range (5 % and 95 % points: pale at the low end, dark \
             at the high end), all others as given. A bar that crosses nothing is an input that alone turns \
             the result."
        ),
        description: format!("At the base {}. {}.", amount(base, "USD"), told.join("; ")),
        source: study.source(&["power_mw", "price", "network_hashrate", "tariff", "efficiency"]),
    };
    let frame = Frame {
        axis: &axis,
        base: base / scaled.factor,
        base_words: format!("as given: {}", figure(base / scaled.factor)),
        left: 430,
        right: 1260,
        row: 56,
        crossed: Some(0.0),
        top: 70,
        words_right: false,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}

/// The ends with room for words beside the outermost.
fn with_room(values: &[f64]) -> [f64; 2] {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let room = (high - low) * 0.3;
    [low - room, high + room * 0.1]
}

/// The tariff against each reference cost.
pub(super) fn references(study: &Study) -> Drawn {
    const TITLE: &str = "The tariff against what the energy costs others";
    let subsidies = &study.snapshot.subsidies;
    if subsidies.is_empty() {
        let reason = "no reference costs are given, or no tariff to hold against them".to_owned();
        return Ok(Err(NoChart { title: TITLE, reason }));
    }
    let mut rows: Vec<_> = subsidies.iter().collect();
    rows.sort_by(|a, b| {
        b.reference.price.value().as_per_kwh().total_cmp(&a.reference.price.value().as_per_kwh())
    });
    let currency = rows[0].reference.price.value().currency().to_string();
    let price = |s: &hashwatt::econ::Subsidy| s.reference.price.value().as_per_kwh();
    // What is left of the reference is the tariff, in the reference's own currency.
    let tariff = price(rows[0]) - rows[0].per_kwh.as_per_kwh();
    let axis = Axis::over(
        format!("Reference cost ({currency}/kWh)"),
        rows.iter().map(|s| price(s)).chain([0.0, tariff]),
    );
    let year = |s: &hashwatt::econ::Subsidy| {
        let a_year = s.per_year.amount();
        let sign = if a_year >= 0.0 { "given away" } else { "above it" };
        format!("{}: {} {sign}", figure(price(s)), amount(a_year.abs(), &currency))
    };
    let bars: Vec<Bar> = rows
        .iter()
        .filter(|s| s.reference.price.value().currency().to_string() == currency)
        .map(|s| {
            let colour = if s.per_year.amount() >= 0.0 { VERMILION } else { SKY };
            let piece = Piece { from: tariff, to: price(s), colour, words: year(s), hollow: false };
            Bar {
                name: s.reference.kind.name().replace('_', " "),
                note: short(&s.reference.what, 44),
                pieces: vec![piece],
            }
        })
        .collect();
    let told: Vec<String> = rows
        .iter()
        .map(|s| format!("{}: {} a year", s.reference.kind.name().replace('_', " "), year(s)))
        .collect();
    let words = Words {
        name: "references",
        title: TITLE.to_owned(),
        caption: "Dark to the right: the reference lies above the tariff, and whoever bears that cost gives the \
                  difference away. Pale to the left: the tariff brings more. Which reference is the right one \
                  is the question of policy; an average is no marginal cost. Amounts are of a year."
            .to_owned(),
        description: format!("Tariff {} {currency}/kWh. {}.", figure(tariff), told.join("; ")),
        source: study.source(&["tariff", "exchange_rate", "power_mw", "uptime"])
            + "; references with their sources in the table of inputs",
    };
    let frame = Frame {
        axis: &axis,
        base: tariff,
        base_words: format!("tariff {}", study.tariff_words()),
        left: 540,
        right: 1130,
        row: 76,
        crossed: None,
        top: 70,
        words_right: true,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}

/// Carbon of a bitcoin: the grid's average beside what one more kWh emits, or beside its absence.
pub(super) fn carbon(study: &Study) -> Drawn {
    let snapshot = &study.snapshot;
    let Some(average) = snapshot.carbon_t_per_btc_after() else {
        let reason = "the fleet earns no bitcoin".to_owned();
        return Ok(Err(NoChart { title: "Carbon of a bitcoin", reason }));
    };
    let ledger = study.ledger.as_ref().filter(|ledger| ledger.btc_per_year > 0.0);
    let marginal = ledger.map(|ledger| ledger.carbon.marginal_t / ledger.btc_per_year);
    let most = average.max(marginal.unwrap_or(0.0));
    let axis = Axis::over("Emissions after the retarget (t CO₂/BTC)", [0.0, most * 1.4]);
    let bar = |name: &str, note: &str, to: f64, words: String, hollow: bool| Bar {
        name: name.to_owned(),
        note: note.to_owned(),
        pieces: vec![Piece {
            from: 0.0,
            to,
            colour: if hollow { BLUE } else { ORANGE },
            words,
            hollow,
        }],
    };
    let missing = "not given: it may be more or less than the average";
    let bars = [
        bar("average of the grid", "all generation", average, figure(average), false),
        match marginal {
            Some(t) => bar("marginal plant", "what one more kWh burns", t, figure(t), false),
            None => bar("marginal plant", "what one more kWh burns", 0.0, missing.to_owned(), true),
        },
    ];
    let words = Words {
        name: "carbon",
        title: "Carbon of a bitcoin: average, and marginal".to_owned(),
        caption: "The average does not say what this load adds: that is what the plant emits which runs for it. \
                  Other miners who leave emit less elsewhere, which is not counted here; nor is what building \
                  machines and plants emits."
            .to_owned(),
        description: format!(
            "{} t CO2 per BTC at the grid's average; of the plants that would run for it {}.",
            figure(average),
            marginal.map_or("not given".to_owned(), |t| format!("{} t", figure(t)))
        ),
        source: study.source(&["grid_average", "power_mw", "uptime", "network_hashrate"]),
    };
    let frame = Frame {
        axis: &axis,
        base: 0.0,
        base_words: String::new(),
        left: 430,
        right: 1260,
        row: 84,
        crossed: None,
        top: 20,
        words_right: false,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}
