//! The tables of a page.

use super::BreakEvenRow;
use super::chart::style::{amounts, figure, minus};
use super::study::{Study, field_words};
use super::untrusted::neutral;
use super::verdict::Verdict;
use hashwatt::econ::{Band, Input, Snapshot};
use hashwatt::text::plain;

pub(super) mod ledger;

/// A table whose rows begin with their own heading.
pub(super) struct Table {
    pub id: &'static str,
    pub caption: String,
    pub head: Vec<&'static str>,
    pub rows: Vec<Row>,
    /// Whether the cells are figures, which stand on the right.
    pub figures: bool,
}

/// A row.
pub(super) struct Row {
    pub name: String,
    pub cells: Vec<String>,
}

fn row<const N: usize>(name: impl Into<String>, cells: [String; N]) -> Row {
    Row { name: name.into(), cells: cells.into() }
}

/// Every party's result.
pub(super) fn verdicts(verdicts: &[Verdict]) -> Table {
    let one = |verdict: &Verdict| {
        let [p5, p50, p95] = verdict.band.clone().unwrap_or_else(|| ["–"; 3].map(str::to_owned));
        let turns = verdict.flips.iter().filter_map(|flip| {
            let threshold = flip.threshold.as_ref()?;
            Some(format!("{}: {threshold}", flip.assumption))
        });
        let turns: Vec<String> = turns.take(2).collect();
        let turns = match (turns.is_empty(), verdict.flips.is_empty()) {
            (false, _) => turns.join("; "),
            (true, false) => "no single input that was searched".to_owned(),
            (true, true) => "–".to_owned(),
        };
        let (result, sign) =
            (verdict.result.trim_end_matches(',').to_owned(), verdict.sign.words().to_owned());
        row(verdict.whose.words(), [result, sign, p5, p50, p95, turns])
    };
    Table {
        id: "verdicts",
        caption: "Who gains, who loses, and what turns it".to_owned(),
        head: vec!["Whose", "Result", "Sign", "P5", "Median", "P95", "It turns at"],
        rows: verdicts.iter().map(one).collect(),
        figures: false,
    }
}

/// The whole time in bands.
pub(super) fn totals(study: &Study) -> Table {
    let t = &study.projection.totals;
    let mut rows = Vec::new();
    let mut band = |name: &str, band: Option<Band<f64>>, show: &dyn Fn([f64; 3]) -> [String; 3]| {
        rows.push(row(
            name,
            match band {
                Some(band) => show([band.p5, band.p50, band.p95]),
                None => ["not known"; 3].map(str::to_owned),
            },
        ));
    };
    let usd = |values| amounts(values, "USD");
    let each = |unit: &'static str| {
        move |values: [f64; 3]| values.map(|v| format!("{} {unit}", figure(v)))
    };
    let of =
        |found: &Option<Band<hashwatt::units::Usd>>| found.as_ref().map(|b| b.map(|q| q.as_usd()));
    band("Bitcoin earned", Some(t.btc.map(|q| q.as_btc())), &each("BTC"));
    let energy = t.energy.map(|q| q.as_mwh());
    let (mwh, unit) = match energy.p95 {
        most if most >= 1e6 => (1e6, "TWh"),
        most if most >= 1e3 => (1e3, "GWh"),
        _ => (1.0, "MWh"),
    };
    band("Energy at the meter", Some(energy.map(|v| v / mwh)), &each(unit));
    band("Worth of the bitcoin", Some(t.revenue.map(|q| q.as_usd())), &usd);
    band("Cost of energy", of(&t.energy_cost), &usd);
    band("Income less cash costs, discounted, before capital", of(&t.operating_value), &usd);
    band("Net present value", of(&t.npv), &usd);
    let irr = t.irr.map(|band| band.map(|rate| rate * 100.0));
    band("Internal rate of return a year, where there is one", irr, &each("%"));
    let per = |found: &Option<Band<hashwatt::units::UsdPerBtc>>| {
        found.as_ref().map(|b| b.map(|q| q.as_usd_per_btc()))
    };
    band("Cash costs of a bitcoin", per(&t.cash_cost_per_btc), &each("USD/BTC"));
    band("All costs of a bitcoin, with capital", per(&t.cost_per_btc), &each("USD/BTC"));
    // Of times the shorter is the better: P5 is the fastest.
    rows.push(row(
        "Payback",
        match t.payback {
            Some(times) => times.map(|time| {
                time.map_or("never".to_owned(), |time| format!("{} years", figure(time.as_years())))
            }),
            None => ["not known"; 3].map(str::to_owned),
        },
    ));
    let paths = plain(study.projection.paths as f64);
    Table {
        id: "totals",
        caption: format!(
            "The whole time: {} years from {}, {paths} paths",
            plain(study.projection.length.as_years()),
            study.projection.start
        ),
        head: vec!["Figure", "P5", "Median", "P95"],
        rows,
        figures: true,
    }
}

/// One moment, before and after the retarget.
pub(super) fn moment(study: &Study) -> Table {
    let s: &Snapshot = &study.snapshot;
    let (before, after) = (&s.before, &s.after);
    let pair = |name: &str, unit: &str, before: f64, after: f64| {
        row(format!("{name} ({unit})"), [figure(before), figure(after)])
    };
    let eh = |rate: hashwatt::units::Hashrate| rate.as_eh_s();
    let mut rows = vec![
        pair("Own hashrate, average", "EH/s", eh(s.average), eh(s.average)),
        pair("Network", "EH/s", eh(s.network.value()), eh(s.network_after)),
        pair("Difficulty", "T", s.difficulty.value() / 1e12, s.difficulty_after.value() / 1e12),
        pair("Share of all blocks", "%", s.share_of_blocks * 100.0, s.share_of_blocks * 100.0),
        pair("Income", "BTC/day", before.btc.as_btc_per_day(), after.btc.as_btc_per_day()),
        pair("Income", "USD/day", before.usd.as_usd_per_day(), after.usd.as_usd_per_day()),
        pair(
            "Hashprice",
            "USD/PH/day",
            before.hashprice.as_usd_per_ph_day(),
            after.hashprice.as_usd_per_ph_day(),
        ),
    ];
    if let Some(cost) = s.energy_cost {
        rows.push(pair("Energy cost", "USD/day", cost.as_usd_per_day(), cost.as_usd_per_day()));
    }
    if let Some((before, after)) = s.margin_before.zip(s.margin_after) {
        let (before, after) = (before.as_usd_per_day(), after.as_usd_per_day());
        rows.push(pair("Income less energy", "USD/day", before, after));
    }
    Table {
        id: "moment",
        caption: "One moment, the network as given, with the machines all there".to_owned(),
        head: vec!["Figure", "Before the retarget", "After"],
        rows,
        figures: true,
    }
}

/// Where income equals cost after the retarget.
pub(super) fn break_evens(study: &Study) -> Table {
    let points: Vec<BreakEvenRow> =
        study.break_evens.points.iter().filter(|p| p.after_retarget).map(Into::into).collect();
    let (per_usd, currency) = study.local();
    let missing = study.break_evens.capital_missing.is_some();
    let line = |name: String, of: &dyn Fn(&BreakEvenRow) -> Option<f64>| {
        let cells = points.iter().map(|point| match of(point) {
            Some(value) => figure(value),
            None if missing && point.basis == "with_capital" => "not known".to_owned(),
            None => "never".to_owned(),
        });
        Row { name, cells: cells.collect() }
    };
    let mut rows = vec![line(format!("Tariff, at most ({currency}/kWh)"), &|p| {
        p.tariff_usd_per_kwh.map(|usd| usd * per_usd)
    })];
    if study.snapshot.tariff.is_some() {
        rows.push(line("Bitcoin price, at least (USD/BTC)".to_owned(), &|p| p.price_usd_per_btc));
        rows.push(line("Difficulty, at most (T)".to_owned(), &|p| p.difficulty.map(|d| d / 1e12)));
        rows.push(line("Energy per hash, at most (J/TH)".to_owned(), &|p| p.efficiency_j_per_th));
        rows.push(line("Part of the year that has to run (1 is all)".to_owned(), &|p| {
            p.capacity_factor
        }));
    }
    let told = match &study.break_evens.capital_missing {
        Some(missing) => format!("; with capital is not known: {}", neutral(missing)),
        None => String::new(),
    };
    Table {
        id: "break-evens",
        caption: format!(
            "Where income equals cost after the retarget at one moment, each with all else as given, nobody \
             else answering{told}"
        ),
        head: vec!["Break-even", "Energy only", "All cash costs", "With capital"],
        rows,
        figures: true,
    }
}

/// What each input would have to be.
pub(super) fn thresholds(verdict: &Verdict) -> Option<Table> {
    let one = |flip: &super::verdict::Flip| {
        let none = || "–".to_owned();
        let threshold = flip.threshold.clone().unwrap_or_else(|| "does not turn it".to_owned());
        let within = match (&flip.threshold, &flip.range) {
            (None, _) => "–",
            (Some(_), Some(_)) if flip.plausible => "yes",
            (Some(_), Some(_)) => "no",
            (Some(_), None) => "no range given",
        };
        let range = flip.range.clone().unwrap_or_else(none);
        row(flip.assumption.clone(), [flip.taken.clone(), threshold, range, within.to_owned()])
    };
    (!verdict.flips.is_empty()).then(|| Table {
        id: "thresholds",
        caption: "What would turn the operator's result: one input moved, all others as given, along the \
                  expected path (searched: ratios from a fifth to five times, a tariff from nothing, others \
                  within their range)"
            .to_owned(),
        head: vec!["Input", "Taken", "It turns at", "Range (5 % to 95 %)", "Within"],
        rows: verdict.flips.iter().map(one).collect(),
        figures: false,
    })
}

/// The way there, a row a year.
pub(super) fn years(study: &Study) -> Table {
    let mut rows = Vec::new();
    let mut next = f64::NEG_INFINITY;
    for epoch in &study.projection.epochs {
        let at = epoch.begins.p50.as_years();
        if at < next {
            continue;
        }
        next = at.floor() + 1.0;
        let band = |p5: f64, p50: f64, p95: f64| {
            format!("{} ({} to {})", figure(p50), figure(p5), figure(p95))
        };
        let of = |b: &Band<f64>| band(b.p5, b.p50, b.p95);
        rows.push(row(
            study.projection.date(epoch.begins.p50).date().to_string(),
            [
                of(&epoch.price.map(|q| q.as_usd_per_btc())),
                of(&epoch.difficulty.map(|d| d / 1e12)),
                of(&epoch.hashprice.map(|q| q.as_usd_per_ph_day())),
                of(&epoch.own.map(|q| q.as_eh_s())),
            ],
        ));
    }
    Table {
        id: "years",
        caption: "The way there: median (P5 to P95) of the epoch that begins each year".to_owned(),
        head: vec![
            "Begins (median)",
            "Price (USD/BTC)",
            "Difficulty (T)",
            "Hashprice (USD/PH/day)",
            "Own (EH/s)",
        ],
        rows,
        figures: true,
    }
}

/// Parts of the variance.
pub(super) fn variance(study: &Study) -> Option<Table> {
    let found = study.sensitivity.as_ref().ok()?;
    let part = |value: f64| format!("{} %", minus(&format!("{:.0}", value * 100.0)));
    let rows = found.sobol.iter().map(|index| {
        let name = index.factor.map_or("the market's path", |kind| kind.words());
        let (low, high) = index.total_interval;
        row(
            name,
            [part(index.first), part(index.total), format!("{} to {}", part(low), part(high))],
        )
    });
    let state =
        if found.converged { "converged" } else { "not converged: more samples would change it" };
    Some(Table {
        id: "variance",
        caption: format!(
            "Parts of the variance when all inputs move together (Sobol indices, {} samples, {state})",
            plain(found.samples as f64)
        ),
        head: vec!["Input", "Alone", "With interactions", "90 % interval of that"],
        rows: rows.collect(),
        figures: true,
    })
}

/// Every input with its origin.
pub(super) fn inputs(study: &Study) -> Table {
    let one = |input: &Input| {
        let (name, what) = input.field.split_once(": ").unwrap_or((&input.field, ""));
        let name = field_words(name).replace('_', " ");
        let name = if what.is_empty() { name } else { format!("{name}: {what}") };
        let origin = &input.provenance;
        let date = origin.as_of().map_or("–".to_owned(), |date| date.to_string());
        row(
            neutral(&name),
            [
                minus(&plain(input.value)),
                if input.unit.is_empty() { "–".to_owned() } else { neutral(&input.unit) },
                origin.kind().replace('_', " "),
                date,
                neutral(&origin.detail()),
            ],
        )
    };
    // Those of the moment that time leaves out, then all of the project's.
    let known =
        |input: &&Input| study.projection.inputs.iter().any(|other| other.field == input.field);
    let of_moment = study.snapshot.inputs.iter().filter(|input| !known(input));
    Table {
        id: "inputs",
        caption: "Every input: value, unit, kind of origin, date and source".to_owned(),
        head: vec!["Input", "Value", "Unit", "Kind", "As of", "Source or reason"],
        rows: study.projection.inputs.iter().chain(of_moment).map(one).collect(),
        figures: false,
    }
}
