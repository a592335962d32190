//! The location of a figure in machine-readable output: one key per quantity, in JSON and in CSV.

use crate::account::FlowKind;
use crate::engine::{Calendar, DispatchHours};
use crate::params::Denomination;
use crate::result::{Figure, Period};

/// The part of a document to which a figure belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The steady year: the top level of the document.
    Moment,
    /// The whole project.
    Totals,
    /// A calendar year by its index.
    Year(usize),
    /// Foreign exchange of a calendar year.
    ForeignExchange(usize),
    /// A month by its index.
    Month(usize),
    /// Some hours of the first year.
    Dispatch(DispatchHours),
}

/// The location of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureLocation {
    /// The part of the document.
    pub part: Part,
    /// The key within the part; dots open objects.
    pub key: String,
    /// Whether the key holds a plain number even if there is a band, which then has a key of its own.
    pub plain: bool,
}

/// The key of the list of foreign exchange.
const FOREIGN_EXCHANGE: &str = "foreign_exchange";
/// The key of the object with the hours of the first year.
pub const DISPATCH: &str = "dispatch";

/// The location of a figure; `money` is the currency of amounts of the nation in the document.
pub fn figure_location(figure: Figure, money: Denomination) -> FigureLocation {
    let part = match figure {
        Figure::Moment(_) | Figure::BreakEven(..) | Figure::SteadySubsidy(..) => Part::Moment,
        Figure::Month(_, month) | Figure::Payments(_, month) => Part::Month(usize::from(month)),
        Figure::Dispatch(_, hours) => Part::Dispatch(hours),
        Figure::Flow(FlowKind::BitcoinSold, Period::Year(year), Denomination::Usd) => {
            Part::ForeignExchange(usize::from(year))
        }
        figure => match period(figure) {
            Some(Period::Year(year)) => Part::Year(usize::from(year)),
            Some(Period::Whole) | None => Part::Totals,
        },
    };
    // These keep their location of version 0.1, as plain numbers.
    let nation = figure == Figure::National(Period::Whole, money);
    let part = if nation { Part::Moment } else { part };
    let plain = nation || matches!(part, Part::ForeignExchange(_));
    FigureLocation { part, key: key(figure, money), plain }
}

fn period(figure: Figure) -> Option<Period> {
    match figure {
        Figure::Net(_, period, _)
        | Figure::Flow(_, period, _)
        | Figure::Quantity(_, period)
        | Figure::Border(_, period, _)
        | Figure::National(period, _)
        | Figure::Externality(_, period)
        | Figure::Class(_, period)
        | Figure::Subsidy(_, period, _) => Some(period),
        _ => None,
    }
}

/// The key of a quantity, independent of the period.
fn key(figure: Figure, money: Denomination) -> String {
    let of = |group: &str, denomination: Denomination, rest: &str| {
        let suffix = match denomination {
            Denomination::Usd => "usd",
            Denomination::Local => "local",
        };
        format!("{group}_{suffix}.{rest}")
    };
    match figure {
        Figure::Net(party, _, denomination) => of("net", denomination, party.key()),
        Figure::NetValue(party) => format!("net_value_usd.{}", party.key()),
        Figure::Flow(FlowKind::BitcoinSold, _, Denomination::Usd) => "bitcoin_in_usd".to_owned(),
        Figure::Flow(kind, _, denomination) => of("flow", denomination, kind.spec().key),
        Figure::FlowValue(kind) => format!("flow_value_usd.{}", kind.spec().key),
        Figure::Border(means, _, denomination) => of("border", denomination, means.key()),
        Figure::National(_, denomination) if denomination == money => {
            "national.without_externalities".to_owned()
        }
        Figure::National(_, denomination) => of("national", denomination, "without_externalities"),
        Figure::Subsidy(place, _, denomination) => of("subsidy", denomination, &place.to_string()),
        Figure::SteadySubsidy(place, denomination) => {
            of("subsidy_per_year", denomination, &place.to_string())
        }
        // The part already identifies the dispatch.
        Figure::Dispatch(column, _) => column.key().to_owned(),
        figure => figure.key(),
    }
}

impl FigureLocation {
    /// The key in a table of all quantities: one per quantity, independent of the period.
    pub fn column(&self) -> String {
        match self.part {
            Part::ForeignExchange(_) => format!("{FOREIGN_EXCHANGE}.{}", self.key),
            Part::Dispatch(_) => format!("{DISPATCH}.{}", self.key),
            // The same flow over the whole project.
            _ if self.key == "bitcoin_in_usd" => format!("{FOREIGN_EXCHANGE}.{}", self.key),
            _ => self.key.clone(),
        }
    }

    /// The path in JSON, without indices of lists.
    pub fn path(&self) -> String {
        match self.part {
            Part::Moment => self.key.clone(),
            Part::Totals => format!("totals.{}", self.column()),
            Part::Year(_) => format!("years.{}", self.key),
            Part::ForeignExchange(_) => self.column(),
            Part::Month(_) => format!("months.{}", self.key),
            Part::Dispatch(hours) => format!("{DISPATCH}.{}.{}", hours_key(hours), self.key),
        }
    }

    /// The period in a table: a year, a month, `all`, or empty for the steady year.
    pub fn period(&self, calendar: Option<&Calendar>) -> String {
        let first = calendar.map_or(0, |calendar| i64::from(calendar.first_year()));
        match self.part {
            Part::Moment if self.plain => "all".to_owned(),
            Part::Moment => String::new(),
            Part::Totals => "all".to_owned(),
            Part::Year(year) | Part::ForeignExchange(year) => (first + year as i64).to_string(),
            Part::Month(month) => calendar.map_or_else(String::new, |c| month_name(c, month)),
            Part::Dispatch(hours) => match hours {
                DispatchHours::Month(month) => format!("month {}", month + 1),
                DispatchHours::Decile(decile) => format!("decile {}", decile + 1),
                DispatchHours::Year => "first year".to_owned(),
            },
        }
    }
}

/// The key of the list, or the object, of some hours.
pub fn hours_key(hours: DispatchHours) -> &'static str {
    match hours {
        DispatchHours::Month(_) => "months",
        DispatchHours::Decile(_) => "deciles",
        DispatchHours::Year => "year",
    }
}

/// The name of a month, such as `2026-09`.
pub fn month_name(calendar: &Calendar, place: usize) -> String {
    let month = calendar.months().get(place);
    month.map_or_else(String::new, |month| format!("{}-{:02}", month.year, month.month + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{MeansOfPayment, Party};
    use crate::result::Moment;

    #[test]
    fn old_output_keys_keep_their_paths() {
        use Denomination::{Local, Usd};
        for (figure, path) in [
            (Figure::Npv, "totals.npv_usd"),
            (Figure::Moment(Moment::EnergyPerYear), "energy_twh_per_year"),
            (Figure::Moment(Moment::ZeroProfit), "scale.zero_profit_mw"),
            (Figure::National(Period::Whole, Local), "national.without_externalities"),
            (
                Figure::Flow(FlowKind::BitcoinSold, Period::Year(1), Usd),
                "foreign_exchange.bitcoin_in_usd",
            ),
        ] {
            assert_eq!(figure_location(figure, Local).path(), path);
        }
        let year = figure_location(Figure::National(Period::Year(0), Local), Local);
        assert_eq!(year.path(), "years.national.without_externalities");
    }

    #[test]
    fn denominations_and_periods_have_distinct_paths() {
        let mut seen = std::collections::HashSet::new();
        for money in [Denomination::Usd, Denomination::Local] {
            seen.clear();
            for period in [Period::Year(0), Period::Year(1), Period::Whole] {
                for of in [Denomination::Usd, Denomination::Local] {
                    for figure in [
                        Figure::Net(Party::State, period, of),
                        Figure::Flow(FlowKind::BitcoinSold, period, of),
                        Figure::Flow(FlowKind::Levy, period, of),
                        Figure::Border(MeansOfPayment::Money, period, of),
                        Figure::National(period, of),
                        Figure::Subsidy(0, period, of),
                    ] {
                        let location = figure_location(figure, money);
                        assert!(seen.insert((location.part, location.key)), "{figure:?}");
                    }
                }
            }
        }
    }
}
