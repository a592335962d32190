//! The figures that a reader quotes, each with its band, the chance that it is positive, and the
//! assumption that turns its sign.

use super::evaluate::{Choice, Year, at_customer, evaluate};
use super::matrix::{Matrix, Minor};
use super::model::LedgerInputs;
use super::party::{FLOWS, Party, RESOURCES};
use super::uses::uses;
use super::{CapacityMode, Spread};
use crate::{EconError, Watch};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

/// How many draws, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerSettings {
    /// Draws, 100 to 100,000.
    pub samples: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for LedgerSettings {
    /// 1,000 draws, on which a 5 % point is known to within 0.7 percentage points.
    fn default() -> Self {
        Self { samples: 1_000, seed: 1 }
    }
}

/// What turns the sign of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The input's key.
    pub input: String,
    /// What it is taken for.
    pub base: f64,
    /// Where the result is zero, everything else as it is.
    pub threshold: f64,
    /// The unit of both.
    pub unit: String,
    /// The move, in distances to the input's own 5 % or 95 % point.
    pub steps: f64,
}

/// A figure that a reader quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerResult {
    /// What it is.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// With every input as it is taken.
    pub base: f64,
    /// 5 % of the draws lie below.
    pub p5: f64,
    /// Half of them.
    pub p50: f64,
    /// 95 %.
    pub p95: f64,
    /// The part of them that is above zero.
    pub positive: f64,
    /// The input whose smallest move turns its sign; `None` where none does within what is possible.
    pub flip: Option<Flip>,
}

/// Names and units of the results, in the order of [`figures`].
pub(super) fn names(inputs: &LedgerInputs) -> Vec<(String, String)> {
    let money = format!("{}/year", inputs.currency);
    let mut names: Vec<(String, String)> = Vec::new();
    let mut add = |name: String, unit: &str| names.push((name, unit.to_owned()));
    add("national net".to_owned(), &money);
    add("national net without externalities".to_owned(), &money);
    add("foreign exchange net".to_owned(), &money);
    for party in Party::ALL {
        add(format!("net of {party}"), &money);
    }
    add("tariff less incremental cost".to_owned(), &money);
    for mode in CapacityMode::ALL {
        add(format!("tariff less incremental cost and capacity, {}", mode.name()), &money);
    }
    for (place, reference) in inputs.references.iter().enumerate() {
        add(format!("subsidy against {}: {}", place + 1, reference.kind), &money);
    }
    add("operator's profit after tax".to_owned(), &money);
    for name in ["mining", "ai"] {
        add(format!("{name} after energy"), "USD/MWh");
        add(format!("{name} after capital"), "USD/MWh");
        add(format!("{name}, local value added"), "USD/MWh");
    }
    add("mining less AI, local value added".to_owned(), "USD/MWh");
    add("mining gross less idle".to_owned(), "USD/MWh");
    add("mining gross less lost load of a household".to_owned(), "USD/MWh");
    add("carbon, global net of displaced miners".to_owned(), "t/year");
    names
}

/// The results at given values.
fn figures(inputs: &LedgerInputs, values: &[f64], choice: Choice) -> Result<Vec<f64>, EconError> {
    let year = evaluate(inputs, values, choice);
    let matrix = Matrix::of(inputs.currency, &year.flows, &year.resources)?;
    let national = matrix.national();
    let mut found = vec![
        settled(national.total()),
        settled(national.without_externalities()),
        settled(national.foreign_exchange),
    ];
    found.extend(Party::ALL.map(|party| settled(matrix.net(party))));
    let margin = year.bill - year.supply_cost;
    found.push(margin);
    found.extend(year.capacity_cost.map(|cost| margin - cost));
    let against = inputs.references.iter().map(|r| subsidy(inputs, values, &year, r));
    found.extend(against);
    found.push(year.profit_after_tax);
    let uses = uses(inputs, values, choice, &year);
    let of = |name: &str| uses.iter().find(|one| one.name == name);
    for name in ["mining", "ai"] {
        let one = of(name);
        found.push(one.map_or(0.0, |u| u.after_energy));
        found.push(one.and_then(|u| u.after_capital).unwrap_or(0.0));
        found.push(one.map_or(0.0, |u| u.local_value_added));
    }
    let gross = |name| of(name).map_or(0.0, |u| u.gross);
    let added = |name| of(name).map_or(0.0, |u| u.local_value_added);
    found.push(added("mining") - added("ai"));
    found.push(gross("mining") - gross("idle"));
    found.push(gross("mining") - gross("household_lost_load"));
    found.push(year.marginal_t + year.embodied_t - year.displaced_t);
    match found.iter().all(|figure| figure.is_finite()) {
        true => Ok(found),
        false => Err(EconError::Overflow("result of the ledger")),
    }
}

/// In units; what rounding of the flows leaves of nothing is nothing.
fn settled(sum: Minor) -> f64 {
    let rounding = (FLOWS.len() + RESOURCES.len()) as i128;
    if sum.hundredths().abs() <= rounding { 0.0 } else { sum.as_units() }
}

/// The reference at the customer's meter less what the site pays, for a year's energy.
pub(super) fn subsidy(
    inputs: &LedgerInputs,
    values: &[f64],
    year: &Year,
    reference: &super::model::Reference,
) -> f64 {
    (at_customer(inputs, values, reference) - year.paid_per_kwh) * year.energy_kwh
}

/// The values of one draw: a stream of its own, so that it is the same in any order.
fn drawn(inputs: &LedgerInputs, seed: u64, sample: u64) -> Vec<f64> {
    // Streams of one state begin alike; so the state differs, too.
    let state = u128::from(seed) << 64 | u128::from(sample.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut random = Pcg64::new(state, u128::from(sample));
    let draw = |input: &super::LedgerInput| {
        // Every input takes its number, so that one more range moves no other's.
        let deviate: f64 = StandardNormal.sample(&mut random);
        input.at(deviate)
    };
    inputs.inputs.iter().map(draw).collect()
}

/// Draws between two looks at whether to go on, and the fewest that a band is of.
const GROUP: usize = 100;

/// The bands of all results, and how many draws they are of.
pub(super) fn bands(
    inputs: &LedgerInputs,
    settings: &LedgerSettings,
    choice: Choice,
    watch: Watch,
) -> Result<(Vec<LedgerResult>, usize), EconError> {
    if !(GROUP..=100_000).contains(&settings.samples) {
        return Err(EconError::OutOfRange {
            field: "samples",
            given: settings.samples.to_string(),
            remedy: "100 to 100,000 draws",
        });
    }
    let base = figures(inputs, &inputs.base(), choice)?;
    let mut columns = vec![Vec::with_capacity(settings.samples); base.len()];
    let mut samples = 0;
    for sample in 0..settings.samples {
        let values = drawn(inputs, settings.seed, sample as u64);
        for (column, figure) in columns.iter_mut().zip(figures(inputs, &values, choice)?) {
            column.push(figure);
        }
        samples = sample + 1;
        if samples.is_multiple_of(GROUP) && !watch(samples) {
            break;
        }
    }
    let flips = flips(inputs, choice, &base)?;
    let results = names(inputs).into_iter().zip(base).zip(columns).zip(flips);
    let results = results
        .map(|((((name, unit), base), mut column), flip)| {
            column.sort_by(f64::total_cmp);
            let above = column.len() - column.partition_point(|figure| *figure <= 0.0);
            LedgerResult {
                name,
                unit,
                base,
                p5: quantile(&column, 0.05),
                p50: quantile(&column, 0.5),
                p95: quantile(&column, 0.95),
                positive: above as f64 / column.len() as f64,
                flip,
            }
        })
        .collect();
    Ok((results, samples))
}

/// Between neighbours of a sorted column, by its place from the first to the last.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * (sorted.len() - 1) as f64;
    let (low, rest) = (place.floor(), place.fract());
    let at = |index: usize| sorted.get(index).or(sorted.last()).copied().unwrap_or(0.0);
    let (a, b) = (at(low as usize), at(low as usize + 1));
    a + (b - a) * rest
}

/// A place where a result may turn: between two values of an input.
#[derive(Clone, Copy)]
struct Turn {
    input: usize,
    near: f64,
    far: f64,
    steps: f64,
}

/// Moves of an input, in its own steps, at which a search looks: as wide as what is possible allows.
const LOOKS: [f64; 14] =
    [0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0, 20.0];

/// For each result the input whose smallest move turns it. A result that turns twice between two looks is
/// missed; the nearest turn that is seen is then bisected.
fn flips(
    inputs: &LedgerInputs,
    choice: Choice,
    base: &[f64],
) -> Result<Vec<Option<Flip>>, EconError> {
    let values = inputs.base();
    let mut found: Vec<Option<Turn>> = vec![None; base.len()];
    // The last look before a turn is no measure of a move: so each candidate is bisected, and the
    // nearest kept.
    for (index, input) in inputs.inputs.iter().enumerate().filter(|(_, input)| input.searched) {
        for upwards in [true, false] {
            let step = input.step(upwards);
            if step <= 0.0 {
                continue;
            }
            let (least, most) = (*input.possible.start(), *input.possible.end());
            let mut near = input.value;
            for look in LOOKS {
                let moved =
                    if upwards { input.value + look * step } else { input.value - look * step };
                let far = moved.clamp(least, most);
                if far == near {
                    break;
                }
                let mut tried = values.clone();
                tried[index] = far;
                let Ok(figures) = figures(inputs, &tried, choice) else { break };
                for (place, figure) in figures.iter().enumerate() {
                    // What only comes down to zero has not turned.
                    let turned = *figure * base[place] < 0.0;
                    let nearest = (near - input.value).abs() / step;
                    let better = found[place].is_none_or(|turn| nearest < turn.steps);
                    if turned && better {
                        let turn = Turn { input: index, near, far, steps: 0.0 };
                        let turn = bisected(inputs, choice, &values, base[place], place, turn)?;
                        let steps = (turn.far - input.value).abs() / step;
                        if found[place].is_none_or(|known| steps < known.steps) {
                            found[place] = Some(Turn { steps, ..turn });
                        }
                    }
                }
                near = far;
            }
        }
    }
    let flip = |turn: Turn| {
        let input = &inputs.inputs[turn.input];
        Flip {
            input: input.key.clone(),
            base: input.value,
            threshold: turn.far,
            unit: input.unit.clone(),
            steps: turn.steps,
        }
    };
    Ok(found.into_iter().map(|turn| turn.map(flip)).collect())
}

/// Where it turns, to a millionth of the gap.
fn bisected(
    inputs: &LedgerInputs,
    choice: Choice,
    values: &[f64],
    base: f64,
    place: usize,
    turn: Turn,
) -> Result<Turn, EconError> {
    let (mut near, mut far) = (turn.near, turn.far);
    let mut tried = values.to_vec();
    for _ in 0..20 {
        let middle = near + (far - near) / 2.0;
        tried[turn.input] = middle;
        let figure = figures(inputs, &tried, choice)?[place];
        if (figure > 0.0) == (base > 0.0) { near = middle } else { far = middle }
    }
    Ok(Turn { near, far, ..turn })
}

/// The least and the most capacity factor, over that of the case, between which a figure of the year is not
/// negative; `None` where it is at none. It need not be so at full load: the fleet dilutes its own income.
pub(super) fn break_even_scale(
    inputs: &LedgerInputs,
    choice: Choice,
    figure: impl Fn(&Year) -> f64,
) -> Option<(f64, f64)> {
    const STEPS: usize = 100;
    let values = inputs.base();
    let at = |scale: f64| figure(&evaluate(inputs, &values, Choice { scale, ..choice }));
    let scale = |step: usize| step as f64 / STEPS as f64;
    let met: Vec<usize> = (1..=STEPS).filter(|step| at(scale(*step)) >= 0.0).collect();
    let (first, last) = (*met.first()?, *met.last()?);
    let edge = |mut out: f64, mut inside: f64| {
        for _ in 0..30 {
            let middle = (out + inside) / 2.0;
            if at(middle) < 0.0 { out = middle } else { inside = middle }
        }
        inside
    };
    let least = edge(scale(first - 1), scale(first));
    let most = if last == STEPS { 1.0 } else { edge(scale(last + 1), scale(last)) };
    Some((least, most))
}

/// The inputs that are drawn.
pub(super) fn drawn_count(inputs: &LedgerInputs) -> usize {
    inputs.inputs.iter().filter(|input| input.spread != Spread::None).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let column: Vec<f64> = (0..101).map(f64::from).collect();
        for (part, value) in [(0.0, 0.0), (0.05, 5.0), (0.5, 50.0), (0.955, 95.5), (1.0, 100.0)] {
            assert!((quantile(&column, part) - value).abs() < 1e-9, "{part}");
        }
    }
}
