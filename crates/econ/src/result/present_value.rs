//! Present values of groups of parties (equation M35), USD of day one.

use super::{Counted, Summary};
use crate::account::border::net_value;
use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};

/// Whether a flow is between the distributors and the operator or the generators, or is the unserved bill of
/// other consumers. Payments that cover a loss are excluded.
fn belongs_to_power_system(kind: FlowKind) -> bool {
    let spec = kind.spec();
    let other = match (spec.from, spec.to) {
        (Some(Party::Distribution), other) | (other, Some(Party::Distribution)) => other,
        _ => return false,
    };
    matches!(other, Some(Party::Operator | Party::Generators)) || kind == FlowKind::UnservedBill
}

impl Summary<'_> {
    fn present_value(&self, sign: impl Fn(FlowKind) -> f64) -> f64 {
        let one = |&kind: &FlowKind| match sign(kind) {
            0.0 => 0.0,
            sign => sign * self.accounts.sum(kind).pv,
        };
        FlowKind::ALL.iter().map(one).sum()
    }

    pub(super) fn power_system_value(&self) -> f64 {
        self.present_value(|kind| match belongs_to_power_system(kind) {
            true => kind.sign(Party::Distribution),
            false => 0.0,
        })
    }

    /// Money across the border; profit of foreigners that stays in the country counts as not yet paid.
    pub(super) fn foreign_exchange_value(&self) -> f64 {
        let crossed = self.present_value(|kind| match (kind.spec().from, kind.spec().to) {
            (Some(from), Some(to)) if kind.spec().means == MeansOfPayment::Money => {
                f64::from(to.is_home()) - f64::from(from.is_home())
            }
            _ => 0.0,
        });
        let claim = |year: usize| {
            let profit = self.accounts.cell(FlowKind::ProfitForeign, year);
            let claim = self.accounts.quantity(Quantity::ForeignClaim, year);
            if profit.usd > 0.0 { claim * profit.pv / profit.usd } else { 0.0 }
        };
        crossed + (0..self.accounts.years()).map(claim).sum::<f64>()
    }

    pub(super) fn national_value(&self) -> f64 {
        let home = Party::ALL.into_iter().filter(|party| party.is_home());
        home.map(|party| net_value(self.accounts, party)).sum()
    }

    /// Including externalities; those of each year are discounted like its energy.
    pub(super) fn national_value_with(&self, counted: Counted) -> f64 {
        let year = |year: usize| {
            let energy = self.accounts.quantity(Quantity::Energy, year);
            let discounted = self.accounts.quantity(Quantity::EnergyDiscounted, year);
            let costs = counted.externalities().iter().map(|&which| self.externality(which, year));
            if energy > 0.0 { costs.sum::<f64>() * discounted / energy } else { 0.0 }
        };
        self.national_value() + (0..self.accounts.years()).map(year).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Externality, Figure, Outcome};
    use crate::scenario::Scenario;
    use crate::simulate::Paths;
    use crate::view::Study;

    fn outcome(edit: impl Fn(&mut Scenario)) -> Outcome {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/pakistan-2000mw.toml");
        let mut scenario = Scenario::load(file).unwrap();
        edit(&mut scenario);
        let study = Study::new(scenario.resolve().unwrap()).unwrap();
        study.simulate(Paths { count: 0, seed: 1 }, &|_| true).unwrap()
    }

    #[test]
    fn owner_value_equals_operator_and_nation_sums_its_parties() {
        let found = outcome(|_| ());
        let base = |figure| found.base(figure).unwrap();
        let owners = base(Figure::NetValue(Party::HomeOwners))
            + base(Figure::NetValue(Party::ForeignOwners))
            + base(Figure::NetValue(Party::Operator));
        let npv = base(Figure::Npv);
        assert!((owners - npv).abs() <= 1e-9 * npv.abs(), "{owners} {npv}");
        let home: f64 = Party::ALL
            .into_iter()
            .filter(|party| party.is_home())
            .map(|party| base(Figure::NetValue(party)))
            .sum();
        assert!((home - base(Figure::NationalValue)).abs() <= 1e-9 * home.abs());
    }

    #[test]
    fn undiscounted_values_equal_nominal_sums() {
        use crate::params::Denomination::Usd;
        use crate::result::Period::Whole;
        let found = outcome(|scenario| {
            scenario.set("project.discount_per_year", 0.0).unwrap();
            scenario.set("money.inflation_usd_per_year", 0.0).unwrap();
            scenario.set("money.inflation_local_per_year", 0.0).unwrap();
            scenario.set("carbon.price_usd_per_t", 50.0).unwrap();
            scenario.set("uses.lost_load_usd_per_kwh", 0.5).unwrap();
        });
        let base = |figure| found.base(figure).unwrap();
        for (value, nominal) in [
            (Figure::NationalValue, Figure::National(Whole, Usd)),
            (Figure::ForeignExchangeValue, Figure::Border(MeansOfPayment::Money, Whole, Usd)),
        ] {
            let (value, nominal) = (base(value), base(nominal));
            assert!((value - nominal).abs() <= 1e-9 * nominal.abs(), "{value} {nominal}");
        }
        let with = base(Figure::NationalValueWith(Counted::Both)) - base(Figure::NationalValue);
        let costs: f64 =
            Externality::ALL.iter().map(|&e| base(Figure::Externality(e, Whole))).sum();
        assert!(costs < 0.0 && (with - costs).abs() <= 1e-9 * costs.abs(), "{with} {costs}");
    }

    #[test]
    fn power_system_equals_distributors_before_cost_recovery() {
        let found = outcome(|_| ());
        let base = |figure| found.base(figure).unwrap();
        let covered: f64 = FlowKind::ALL
            .iter()
            .filter(|kind| {
                kind.sign(Party::Distribution) != 0.0 && !belongs_to_power_system(**kind)
            })
            .map(|&kind| kind.sign(Party::Distribution) * base(Figure::FlowValue(kind)))
            .sum();
        let distribution = base(Figure::NetValue(Party::Distribution));
        let system = base(Figure::PowerSystemValue);
        assert!((system + covered - distribution).abs() <= 1e-9 * system.abs());
        assert!(covered != 0.0);
    }
}
