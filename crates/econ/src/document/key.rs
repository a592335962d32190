//! Where a figure stands in machine formats: one key for one quantity, in JSON and in CSV.

use crate::account::FlowKind;
use crate::engine::{Calendar, DispatchHours};
use crate::params::Denomination;
use crate::result::{Figure, Period};

/// The part of a document that a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Of the steady year: the top of the document.
    Moment,
    /// Of the whole time.
    Totals,
    /// Of a calendar year by its place.
    Year(usize),
    /// Foreign exchange of a calendar year.
    ForeignExchange(usize),
    /// Of a month by its place.
    Month(usize),
    /// Of some hours of the first year.
    Dispatch(DispatchHours),
}

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The part of the document.
    pub part: Part,
    /// The key within the part; dots open objects.
    pub key: String,
    /// Whether the key holds a plain number even where there is a band, which then stands beside it.
    pub plain: bool,
}

/// What a list of foreign exchange is called.
const FOREIGN_EXCHANGE: &str = "foreign_exchange";
/// What the object of the first year's hours is called.
pub const DISPATCH: &str = "dispatch";

/// A figure's place; `money` is what the document counts amounts of the nation in.
pub fn place(figure: Figure, money: Denomination) -> Place {
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
    // These stay where the first edition had them, as plain numbers.
    let nation = figure == Figure::National(Period::Whole, money);
    let part = if nation { Part::Moment } else { part };
    let plain = nation || matches!(part, Part::ForeignExchange(_));
    Place { part, key: key(figure, money), plain }
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

/// The key of a quantity, whatever its period.
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
        // Its part says that it is of the dispatch.
        Figure::Dispatch(column, _) => column.key().to_owned(),
        figure => figure.key(),
    }
}

impl Place {
    /// The key in a table of all quantities: one for a quantity, whatever the period.
    pub fn column(&self) -> String {
        match self.part {
            Part::ForeignExchange(_) => format!("{FOREIGN_EXCHANGE}.{}", self.key),
            Part::Dispatch(_) => format!("{DISPATCH}.{}", self.key),
            // The same flow of the whole time.
            _ if self.key == "bitcoin_in_usd" => format!("{FOREIGN_EXCHANGE}.{}", self.key),
            _ => self.key.clone(),
        }
    }

    /// The path in JSON, without the places in lists.
    pub fn path(&self) -> String {
        match self.part {
            Part::Moment => self.key.clone(),
            Part::Totals => format!("totals.{}", self.column()),
            Part::Year(_) => format!("years.{}", self.key),
            Part::ForeignExchange(_) => self.column(),
            Part::Month(_) => format!("months.{}", self.key),
            Part::Dispatch(hours) => format!("{DISPATCH}.{}.{}", of_hours(hours), self.key),
        }
    }

    /// The period in a table: a year, a month, `all`, or nothing for the steady year.
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

/// What lists of some hours, or their object, are called.
pub fn of_hours(hours: DispatchHours) -> &'static str {
    match hours {
        DispatchHours::Month(_) => "months",
        DispatchHours::Decile(_) => "deciles",
        DispatchHours::Year => "year",
    }
}

/// A month such as `2026-09`.
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
    fn keys_of_the_first_edition_stay_where_they_were() {
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
            assert_eq!(place(figure, Local).path(), path);
        }
        let year = place(Figure::National(Period::Year(0), Local), Local);
        assert_eq!(year.path(), "years.national.without_externalities");
    }

    #[test]
    fn denominations_and_periods_never_share_a_place() {
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
                        let place = place(figure, money);
                        assert!(seen.insert((place.part, place.key)), "{figure:?}");
                    }
                }
            }
        }
    }
}
