//! The balance of payments of the base path by month: loans, equity and imports when they occur (equation M25).

use super::Figure;
use crate::account::{DatedFlow, FlowKind, MeansOfPayment, Party};
use crate::engine::Calendar;

macro_rules! lines {
    ($( $line:ident = $key:literal, $text:literal; )+) => {
        /// A line of the balance of payments.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum PaymentLine { $( #[doc = $text] $line, )+ }

        impl PaymentLine {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$line, )+ ];

            /// The key in machine-readable output.
            pub fn key(self) -> &'static str {
                match self { $( Self::$line => $key, )+ }
            }

            /// Describes the line.
            pub fn text(self) -> &'static str {
                match self { $( Self::$line => $text, )+ }
            }
        }
    };
}

lines! {
    Bitcoin = "bitcoin", "Bitcoin sold, including sales to cover expenses";
    Services = "services", "Rent of processors and leases, less services bought abroad";
    Equipment = "equipment", "Machines, spare parts and equipment, less machines sold";
    Fuel = "fuel", "Imported fuel";
    Income = "income", "Interest and profit to foreigners, less withholding tax";
    Loans = "loans", "Loans from abroad less repayments";
    Equity = "equity", "Equity from foreign owners";
    All = "all", "Total: foreign exchange, inflow less outflow";
}

/// The line of a kind of flow that crosses the border as money.
fn line(kind: FlowKind) -> PaymentLine {
    match kind {
        FlowKind::BitcoinSold | FlowKind::BroughtHome => PaymentLine::Bitcoin,
        FlowKind::Machines
        | FlowKind::Spares
        | FlowKind::SiteAbroad
        | FlowKind::AiAbroad
        | FlowKind::NewPlantAbroad
        | FlowKind::Resale => PaymentLine::Equipment,
        FlowKind::FuelImport => PaymentLine::Fuel,
        FlowKind::InterestForeign
        | FlowKind::ProfitForeign
        | FlowKind::WithholdingTax
        | FlowKind::NewPlantOwners => PaymentLine::Income,
        FlowKind::LoanForeign | FlowKind::PrincipalForeign => PaymentLine::Loans,
        FlowKind::EquityForeign => PaymentLine::Equity,
        _ => PaymentLine::Services,
    }
}

/// +1 for money that enters the country, -1 for money that leaves it, 0 for money that does not cross the
/// border.
fn direction(kind: FlowKind) -> f64 {
    let spec = kind.spec();
    match (spec.from, spec.to) {
        (Some(from), Some(to)) if spec.means == MeansOfPayment::Money => {
            f64::from(Party::is_home(to)) - f64::from(Party::is_home(from))
        }
        _ => 0.0,
    }
}

/// All lines of all months, nominal USD; the profit of foreign owners includes only the part that leaves in
/// its year.
pub(crate) fn payments(
    flows: &[DatedFlow],
    calendar: &Calendar,
    remitted: f64,
) -> Vec<(Figure, f64)> {
    let months = calendar.months();
    let mut sums = vec![[0.0; PaymentLine::ALL.len()]; months.len()];
    for flow in flows {
        let sign = direction(flow.kind);
        if sign == 0.0 {
            continue;
        }
        let part = if flow.kind == FlowKind::ProfitForeign { remitted } else { 1.0 };
        // The first moment of a month belongs to it, but year-end flows belong to the last month of the year.
        let is_of_year = |month: &crate::engine::Month| month.year_index == flow.year;
        let place = months.partition_point(|month| month.end <= flow.at);
        let place = match months.get(place).filter(|month| is_of_year(month)) {
            Some(_) => place,
            None => months.iter().rposition(is_of_year).unwrap_or(months.len() - 1),
        };
        let amount = sign * part * flow.usd;
        sums[place][line(flow.kind) as usize] += amount;
        sums[place][PaymentLine::All as usize] += amount;
    }
    let figures = |(place, sums): (usize, [f64; PaymentLine::ALL.len()])| {
        PaymentLine::ALL
            .iter()
            .zip(sums)
            .map(move |(&line, sum)| (Figure::Payments(line, place as u16), sum))
    };
    sums.into_iter().enumerate().flat_map(figures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Quantity;
    use crate::params::Denomination;
    use crate::result::Period;
    use crate::scenario::Scenario;
    use crate::simulate::Paths;
    use crate::view::Study;

    const SCENARIO: &str = r#"
power_mw = 100
tariff = "40 USD/MWh"
machine_price_usd_per_th_s = 8
infrastructure_usd_per_mw = 430000
[project]
start = 2027-02-10
years = 3
[[lot]]
power_mw = 60
efficiency_j_per_th = 11
[[lot]]
power_mw = 40
efficiency_j_per_th = 10
begins = 2027-09-01
[operator]
foreign_share = 0.6
remitted = 0.5
withholding_tax = 0.1
debt_share = 0.4
interest_per_year = 0.1
spares_per_year = 0.03
[losses]
to_customer = 0.05
to_distribution = 0.03
[[plant]]
name = "gas"
fuel_cost = "30 USD/MWh"
mean_mw = 100
headroom_mw = 600
g_per_kwh = 400
import_share = 0.5
"#;

    #[test]
    fn monthly_payments_sum_to_years_and_date_machine_purchases() {
        let study = Study::new(Scenario::from_toml(SCENARIO).unwrap().resolve().unwrap()).unwrap();
        let outcome = study.simulate(Paths { count: 0, seed: 1 }, &|_| true).unwrap();
        let months = study.calendar().months().to_vec();
        let base = |figure| outcome.get(figure).unwrap().base;
        let line = |line, place: usize| base(Figure::Payments(line, place as u16));
        for year in 0..4 {
            let own = |of| {
                let places = (0..months.len()).filter(|place| months[*place].year_index == year);
                places.map(|place| line(of, place)).sum::<f64>()
            };
            let period = Period::Year(year as u8);
            let border = base(Figure::Border(MeansOfPayment::Money, period, Denomination::Usd));
            assert!((own(PaymentLine::All) - border).abs() < 1e-6 * border.abs(), "{year}");
            let loans = base(Figure::Flow(FlowKind::LoanForeign, period, Denomination::Usd))
                - base(Figure::Flow(FlowKind::PrincipalForeign, period, Denomination::Usd));
            assert!((own(PaymentLine::Loans) - loans).abs() < 1e-3, "{year}");
            let rest: f64 = PaymentLine::ALL[..7].iter().map(|&of| own(of)).sum();
            assert!((rest - border).abs() < 1e-6 * border.abs());
        }
        assert!(base(Figure::Quantity(Quantity::ForeignClaim, Period::Whole)) > 0.0);
        // The second lot is paid for in September, partly by a loan.
        let september = months.iter().position(|m| (m.year, m.month) == (2027, 8)).unwrap();
        let machines = 40e6 / (10.0 * 1.05) * 8.0;
        assert!(line(PaymentLine::Equipment, september) < -0.99 * machines);
        assert!(line(PaymentLine::Loans, september) > 0.39 * machines);
        assert_eq!(line(PaymentLine::Loans, september + 1), 0.0);
        // Profit and repayments leave at the end of a year.
        let december = months.iter().position(|m| (m.year, m.month) == (2028, 11)).unwrap();
        assert!(line(PaymentLine::Loans, december) < 0.0);
        assert!(line(PaymentLine::Income, december) < 0.0);
        assert_eq!(line(PaymentLine::Income, december - 1), 0.0);
    }
}
