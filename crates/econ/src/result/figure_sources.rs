//! The sources of figures, resolved once, so that the figures of a path are copied without look-ups.

use super::{Figure, Period, Summary};
use crate::account::{Cell, FlowKind, Party, Quantity};
use crate::engine::Column;
use crate::params::Denomination;

/// The source of each figure; the first `usize` is the index of the figure.
#[derive(Clone, Debug, Default)]
pub(crate) struct FigureSources {
    count: usize,
    /// Flows of a year by kind, nominal USD.
    flows: Vec<(usize, usize, FlowKind)>,
    /// Flows of all years by kind, nominal USD, and their present values.
    whole_flows: Vec<(usize, FlowKind)>,
    flow_values: Vec<(usize, FlowKind)>,
    /// Present values of net amounts of parties.
    net_values: Vec<(usize, Party)>,
    quantities: Vec<(usize, usize, Quantity)>,
    months: Vec<(usize, usize, Column)>,
    /// Figures that [`Summary::value`] computes.
    rest: Vec<(usize, Figure)>,
}

impl FigureSources {
    /// Resolves the sources of some figures in order.
    pub(crate) fn new(figures: &[Figure]) -> Self {
        let mut sources = Self { count: figures.len(), ..Self::default() };
        for (place, &figure) in figures.iter().enumerate() {
            match figure {
                Figure::Flow(kind, Period::Year(year), Denomination::Usd) => {
                    sources.flows.push((place, usize::from(year), kind));
                }
                Figure::Flow(kind, Period::Whole, Denomination::Usd) => {
                    sources.whole_flows.push((place, kind));
                }
                Figure::FlowValue(kind) => sources.flow_values.push((place, kind)),
                Figure::NetValue(party) => sources.net_values.push((place, party)),
                Figure::Quantity(quantity, Period::Year(year)) => {
                    sources.quantities.push((place, usize::from(year), quantity));
                }
                Figure::Month(column, month) => {
                    sources.months.push((place, usize::from(month), column));
                }
                _ => sources.rest.push((place, figure)),
            }
        }
        sources
    }

    /// Number of figures.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}

impl Summary<'_> {
    /// Fills in all figures; each equals [`Summary::value`].
    pub(crate) fn values(&self, sources: &FigureSources, values: &mut [f64]) {
        let accounts = self.accounts;
        for &(place, year, kind) in &sources.flows {
            values[place] = accounts.cell(kind, year).usd;
        }
        for &(place, year, quantity) in &sources.quantities {
            values[place] = accounts.quantity(quantity, year);
        }
        for &(place, month, column) in &sources.months {
            values[place] = self.months.get(month).map_or(f64::NAN, |row| row.get(column));
        }
        let whole = self.whole();
        for &(place, kind) in &sources.whole_flows {
            values[place] = whole[kind.index()].usd;
        }
        for &(place, kind) in &sources.flow_values {
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
        for &(place, party) in &sources.net_values {
            values[place] = nets[party as usize];
        }
        for &(place, figure) in &sources.rest {
            values[place] = self.value(figure);
        }
    }

    /// Sums of flows over all years by kind.
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
    fn copied_figures_equal_summary() {
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
        summary.values(&FigureSources::new(&figures), &mut values);
        let scale = path.totals.outlay;
        for (figure, found) in figures.iter().zip(values) {
            let right = summary.value(*figure);
            // Sums of terms with both signs may differ by rounding.
            let slack = 1e-12 * right.abs() + 1e-15 * scale;
            let is_same = found == right || (found.is_nan() && right.is_nan());
            assert!(is_same || (found - right).abs() <= slack, "{figure:?}: {found} {right}");
        }
    }
}
