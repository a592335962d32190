//! A company's published month: reading and plausibility checks.

use super::btc_over;
use crate::EconError;
use crate::network::Epochs;
use crate::text::plain;
use crate::uncertainty::AsOf;
use crate::units::{Btc, Hashrate, JoulesPerHash, Watts};
use hashwatt_input::table::{ColumnSpec, Row, Table, TableError, Unique, UnknownColumns};
use hashwatt_quantities::plausible::{ASIC_EFFICIENCY, ImplausibleValue};
use jiff::civil::{Date, DateTime};

/// A company's month, as published.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyMonth {
    /// The company.
    pub company: String,
    /// The month.
    pub month: AsOf,
    /// Its hashrate.
    pub hashrate: Hashrate,
    /// The basis of the hashrate, such as `avg_operating`.
    pub basis: String,
    /// The bitcoin produced.
    pub produced: Btc,
    /// Its power, if published.
    pub power: Option<Watts>,
    /// Its fleet's efficiency, if published.
    pub efficiency: Option<JoulesPerHash>,
    /// The source of the row.
    pub source: String,
    pub(super) first: Date,
    place: RowPlace,
}

/// The position of a month in its file, for errors found with the epochs.
#[derive(Clone, Debug, PartialEq)]
struct RowPlace {
    file: String,
    line: u64,
    hashrate: String,
    produced: String,
}

/// Maximum ratio between a fleet's power and its hashrate times its efficiency.
const MAX_POWER_RATIO: f64 = 10.0;
/// Upper bound of a month's blocks relative to one every ten minutes.
const MAX_BLOCKS: f64 = 1.5;
/// Maximum number of months: twenty companies over twenty years.
const MAX_MONTHS: usize = 5_000;

impl CompanyMonth {
    /// Reads a table with the columns `company, month, hashrate_EH, hashrate_basis, btc_produced,
    /// power_MW, fleet_J_per_TH, source`; other columns are ignored, and the two before the last are optional.
    /// `file` is the name of the table in errors.
    ///
    /// # Errors
    /// [`EconError::UserTable`] with the line and the column that cannot be used.
    pub fn from_csv(file: &str, text: &str) -> Result<Vec<Self>, EconError> {
        let wanted = [
            ColumnSpec::required(&["company"]),
            ColumnSpec::required(&["month"]),
            ColumnSpec::required(&["hashrate_EH"]).in_unit("EH"),
            ColumnSpec::required(&["hashrate_basis"]),
            ColumnSpec::required(&["btc_produced"]),
            ColumnSpec::optional(&["power_MW"]).in_unit("MW"),
            ColumnSpec::optional(&["fleet_J_per_TH"]).in_unit("J_per_TH"),
            ColumnSpec::required(&["source"]),
        ];
        let table = Table::parse(file, text, &wanted, UnknownColumns::Ignored)?;
        let mut months = Vec::new();
        let mut seen = Unique::default();
        for row in table.rows() {
            let row = row?;
            if months.len() == MAX_MONTHS {
                let reason = format!("is beyond {MAX_MONTHS} months");
                return Err(row.wrong_row(reason, "give several tables").into());
            }
            let month = Self::of_row(&table, &row)?;
            let key = (month.company.clone(), month.first, month.basis.clone());
            let what = format!("{}, {}, {}", month.company, month.month, month.basis);
            seen.insert(&row, key, &what)?;
            months.push(month);
        }
        Ok(months)
    }

    fn of_row(table: &Table<'_>, row: &Row<'_>) -> Result<Self, TableError> {
        let positive = |column: usize, value: f64| match value > 0.0 {
            true => Ok(value),
            false => Err(row.wrong(column, "is not above 0", "give a number above 0")),
        };
        let number = |column: usize| positive(column, row.number(column)?);
        let optional = |column: usize| match row.optional_number(column)? {
            Some(value) => positive(column, value).map(Some),
            None => Ok(None),
        };
        let month: AsOf =
            row.text(1).parse().map_err(|_| row.wrong(1, "is not a month", "write YYYY-MM"))?;
        let AsOf::Month { year, month: of_year } = month else {
            return Err(row.wrong(1, "is not a month", "write YYYY-MM"));
        };
        let hashrate = Hashrate::from_eh_s(number(2)?);
        let power = optional(5)?.map(Watts::from_mw);
        let efficiency = optional(6)?.map(JoulesPerHash::from_j_per_th);
        check_plausible(row, hashrate, power, efficiency)?;
        Ok(Self {
            company: row.required_text(0)?.to_owned(),
            month,
            hashrate,
            basis: row.required_text(3)?.to_owned(),
            produced: Btc::from_btc(number(4)?),
            power,
            efficiency,
            source: row.text(7).to_owned(),
            first: jiff::civil::date(year, of_year, 1),
            place: RowPlace {
                file: table.name().to_owned(),
                line: row.line(),
                hashrate: table.column(2).to_owned(),
                produced: table.column(4).to_owned(),
            },
        })
    }

    fn wrong(&self, column: &str, reason: String, remedy: &str) -> EconError {
        let RowPlace { file, line, .. } = &self.place;
        TableError::new(file, reason, remedy).on_line(*line).in_column(column).into()
    }

    /// Checks that hashrate and production do not exceed those of the whole network in the month.
    ///
    /// # Errors
    /// [`EconError::UserTable`] if they do, and errors of epochs without data.
    pub(super) fn check_against_network(
        &self,
        epochs: &Epochs,
        from: DateTime,
        to: DateTime,
    ) -> Result<(), EconError> {
        let parts = epochs.over(from, to)?;
        let network = parts.iter().map(|(epoch, _)| epoch.difficulty().steady_hashrate());
        let network = network.fold(Hashrate::ZERO, |max, one| if one > max { one } else { max });
        if self.hashrate > network {
            let reason = format!(
                "{} EH/s is more than the whole network had in {}, {} EH/s by its difficulty",
                plain(self.hashrate.as_eh_s()),
                self.month,
                plain(network.as_eh_s())
            );
            let remedy = "give the company's hashrate, and check its unit (EH/s, PH/s, TH/s)";
            return Err(self.wrong(&self.place.hashrate, reason, remedy));
        }
        // A growing network finds blocks faster than one every ten minutes.
        let all = btc_over(epochs, network, from, to)? * MAX_BLOCKS;
        if self.produced > all {
            let reason = format!(
                "{} BTC is more than all miners produced in {}, about {:.0} BTC",
                plain(self.produced.as_btc()),
                self.month,
                (all / MAX_BLOCKS).as_btc()
            );
            let remedy = "give the company's production in bitcoin, not in satoshi";
            return Err(self.wrong(&self.place.produced, reason, remedy));
        }
        Ok(())
    }
}

/// Checks that power and efficiency are plausible, alone and together with the hashrate.
fn check_plausible(
    row: &Row<'_>,
    hashrate: Hashrate,
    power: Option<Watts>,
    efficiency: Option<JoulesPerHash>,
) -> Result<(), TableError> {
    let possible = |column: usize, value: JoulesPerHash, what: &str| {
        let found = ASIC_EFFICIENCY.check(value).map(|_| ());
        found.map_err(|ImplausibleValue { name, least, greatest, hint, .. }| {
            let reason = format!("{what}cannot be {name} (possible: {least} to {greatest})");
            row.wrong(column, reason, hint)
        })
    };
    if let Some(efficiency) = efficiency {
        possible(6, efficiency, "")?;
    }
    match power.zip(efficiency) {
        None => power.map_or(Ok(()), |power| {
            let implied = power / hashrate;
            let what = format!("is {} J/TH at this hashrate, which ", plain(implied.as_j_per_th()));
            possible(5, implied, &what)
        }),
        Some((power, efficiency)) => {
            let taken = hashrate * efficiency;
            if (1.0 / MAX_POWER_RATIO..=MAX_POWER_RATIO).contains(&(power / taken)) {
                return Ok(());
            }
            let reason = format!(
                "is {} MW, and {} EH/s at {} J/TH take {} MW: more than a factor of {MAX_POWER_RATIO} apart",
                plain(power.as_mw()),
                plain(hashrate.as_eh_s()),
                plain(efficiency.as_j_per_th()),
                plain(taken.as_mw()),
            );
            let remedy = "check the units of the power, the hashrate and the efficiency";
            Err(row.wrong(5, reason, remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Backtest;
    use super::*;

    #[test]
    fn invalid_months_are_refused_with_line_and_column() {
        let head = "company,month,hashrate_EH,hashrate_basis,btc_produced,power_MW,fleet_J_per_TH,\
                    source,note\n";
        let message = |row: &str| match CompanyMonth::from_csv("b.csv", &format!("{head}{row}\n")) {
            Err(error) => error.to_string(),
            Ok(months) => match Backtest::new(months, Epochs::shipped().unwrap()) {
                Err(error) => error.to_string(),
                Ok(backtest) => panic!("{row}: {backtest:?}"),
            },
        };
        for (row, place) in [
            ("A,2024-05,-1,avg_operating,5,,,s,", "b.csv, line 2, column hashrate_EH: "),
            ("A,2024-05,many,avg_operating,5,,,s,", "b.csv, line 2, column hashrate_EH: "),
            ("A,2024-05,1,avg_operating,0,,,s,", "b.csv, line 2, column btc_produced: "),
            ("A,2024,1,avg_operating,5,,,s,", "b.csv, line 2, column month: "),
            ("A,May,1,avg_operating,5,,,s,", "b.csv, line 2, column month: "),
            ("A,2024-05,1,avg_operating,5,NaN,,s,", "b.csv, line 2, column power_MW: "),
            ("A,2015-05,1,avg_operating,5,,,s,", "A 2015-05"),
            ("A,2030-05,1,avg_operating,5,,,s,", "A 2030-05"),
            ("A,2024-05", "b.csv, line 2: has 2 cells"),
            ("A,2024-05,1,avg_operating,\"1,234.5\",,,s,", "thousands separators; write 1234.5"),
            ("A,2024-05,~1.5,avg_operating,5,,,s,", "`~1.5` is not an exact number; write 1.5"),
            (
                "A,2024-05,1,avg_operating,5,n/a,,s,",
                "column power_MW: `n/a` is not a number; leave the cell empty",
            ),
            (
                "A,2024-05,1,x,5,,15000,s,",
                "line 2, column fleet_J_per_TH: `15000` cannot be an ASIC",
            ),
            (
                "A,2024-05,1,x,5,,2,s,",
                "(possible: 3 J/TH to 12000 J/TH); one of the two may be in another",
            ),
            (
                "A,2024-05,1,x,5,20000,20,s,",
                "column power_MW: `20000` is 20,000 MW, and 1 EH/s at 20 J/TH take 20 MW:",
            ),
            ("A,2024-05,1,x,5,1,20,s,", "column power_MW: `1` is 1 MW, and 1 EH/s at"),
            (
                "A,2024-05,1,x,5,1,,s,",
                "column power_MW: `1` is 1 J/TH at this hashrate, which cannot be",
            ),
            ("A,2024-05,1000,x,5,,,s,", "line 2, column hashrate_EH: 1,000 EH/s is more than the"),
            ("A,2024-05,1,x,50000,,,s,", "line 2, column btc_produced: 50,000 BTC is more than"),
            (
                "A,2024-05,1,x,5,,,s,\nA,2024-05,1,x,5,,,s,",
                "line 3: A, 2024-05, x appears twice, first on line 2",
            ),
        ] {
            let message = message(row);
            assert!(message.contains(place), "{row}: {message}");
        }
        let empty = Backtest::new(Vec::new(), Epochs::shipped().unwrap());
        assert!(empty.is_err());
        assert!(CompanyMonth::from_csv("b.csv", "company,month\nA,2024-05\n").is_err());
    }
}
