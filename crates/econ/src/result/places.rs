//! Where the figures of many paths stand: resolved once, so that a path's figures are copied and not looked up.

use super::{Figure, Period, Summary};
use crate::account::{Cell, FlowKind, Party, Quantity};
use crate::engine::Column;
use crate::params::Denomination;

/// Every figure's source; `usize` is the figure's place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    count: usize,
    /// A year's flow of a kind in nominal dollars.
    flows: Vec<(usize, usize, FlowKind)>,
    /// The same over all years, and its present value.
    whole_flows: Vec<(usize, FlowKind)>,
    flow_values: Vec<(usize, FlowKind)>,
    /// Present value of what a party has.
    net_values: Vec<(usize, Party)>,
    quantities: Vec<(usize, usize, Quantity)>,
    months: Vec<(usize, usize, Column)>,
    /// What [`Summary::value`] is asked for.
    rest: Vec<(usize, Figure)>,
}

impl Places {
    /// Of some figures in their order.
    pub(crate) fn of(figures: &[Figure]) -> Self {
        let mut places = Self { count: figures.len(), ..Self::default() };
        for (place, &figure) in figures.iter().enumerate() {
            match figure {
                Figure::Flow(kind, Period::Year(year), Denomination::Usd) => {
                    places.flows.push((place, usize::from(year), kind));
                }
                Figure::Flow(kind, Period::Whole, Denomination::Usd) => {
                    places.whole_flows.push((place, kind));
                }
                Figure::FlowValue(kind) => places.flow_values.push((place, kind)),
                Figure::NetValue(party) => places.net_values.push((place, party)),
                Figure::Quantity(quantity, Period::Year(year)) => {
                    places.quantities.push((place, usize::from(year), quantity));
                }
                Figure::Month(column, month) => {
                    places.months.push((place, usize::from(month), column));
                }
                _ => places.rest.push((place, figure)),
            }
        }
        places
    }

    /// How many figures there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}

impl Summary<'_> {
    /// All figures, as [`Summary::value`] has each of them.
    pub(crate) fn values(&self, places: &Places, values: &mut [f64]) {
        let accounts = self.accounts;
        for &(place, year, kind) in &places.flows {
            values[place] = accounts.cell(kind, year).usd;
        }
        for &(place, year, quantity) in &places.quantities {
            values[place] = accounts.quantity(quantity, year);
        }
        for &(place, month, column) in &places.months {
            values[place] = self.months.get(month).map_or(f64::NAN, |row| row.get(column));
        }
        let whole = self.whole();
        for &(place, kind) in &places.whole_flows {
            values[place] = whole[kind.index()].usd;
        }
        for &(place, kind) in &places.flow_values {
            values[place] = whole[kind.index()].pv;
        }
        let mut nets = [0.0; Party::ALL.len()];
        for (kind, cell) in FlowKind::ALL.iter().zip(&whole) {
            let spec = kind.spec();
            if let Some(to) = spec.to {
                nets[to as usize] += cell.pv;
            }
            if let Some(from) = spec.from {
                nets[from as usize] -= cell.pv;
            }
        }
        for &(place, party) in &places.net_values {
            values[place] = nets[party as usize];
        }
        for &(place, figure) in &places.rest {
            values[place] = self.value(figure);
        }
    }

    /// The flows of all years by kind.
    fn whole(&self) -> [Cell; FlowKind::COUNT] {
        let mut whole = [Cell::default(); FlowKind::COUNT];
        for year in 0..self.accounts.years() {
            for (sum, cell) in whole.iter_mut().zip(self.accounts.year(year)) {
                sum.usd += cell.usd;
                sum.local += cell.local;
                sum.pv += cell.pv;
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::network::MarketDrivers;
    use crate::params::Price;
    use crate::result::{ReferencePrice, all_figures, sums};
    use crate::scenario::Scenario;
    use crate::view::Study;

    #[test]
    fn copied_figures_are_those_of_the_summary() {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/pakistan-2000mw.toml");
        let study = Study::new(Scenario::load(file).unwrap().resolve().unwrap()).unwrap();
        let inputs = study.inputs();
        let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
        let path = engine.base(&inputs).unwrap();
        let price = Price { value: 0.1, denomination: Denomination::Usd };
        let mut years = Vec::new();
        sums(&path.accounts, &mut years);
        let summary = Summary {
            accounts: &path.accounts,
            totals: &path.totals,
            months: &path.months,
            inputs: &inputs,
            references: &[ReferencePrice { price, loss: 0.1 }],
            uses: None,
            sums: &years,
        };
        let figures = all_figures(path.accounts.years(), path.months.len(), 1, true);
        let mut values = vec![0.0; figures.len()];
        summary.values(&Places::of(&figures), &mut values);
        let scale = path.totals.outlay;
        for (figure, found) in figures.iter().zip(values) {
            let right = summary.value(*figure);
            // Sums of terms of both signs may differ by their rounding.
            let slack = 1e-12 * right.abs() + 1e-15 * scale;
            let is_same = found == right || (found.is_nan() && right.is_nan());
            assert!(is_same || (found - right).abs() <= slack, "{figure:?}: {found} {right}");
        }
    }
}
