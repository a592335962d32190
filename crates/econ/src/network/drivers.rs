//! Sources of price, fees and hashrate: the model, or a given path.

use super::MarketShock;
use crate::EconError;
use crate::units::{Btc, Hashrate, Seconds, UsdPerBtc};
use hashwatt_input::table::{ColumnSpec, Table, Unique, UnknownColumns};
use hashwatt_quantities::plausible::BLOCK_FEES;
use jiff::civil::Date;

/// Share of a fee deviation (a logarithm) that remains an epoch later (assumed; fee spikes last a few months).
const FEE_MEMORY: f64 = 0.9;

/// The quantity of a path; it determines the column of its file and the allowed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathQuantity {
    /// Real bitcoin price: column `price_usd_per_btc`, above 0.
    Price,
    /// Mean fees per block: column `fees_btc_per_block`, 0 to 1,000.
    Fees,
    /// A hashrate: column `network_eh_s`, above 0.
    Hashrate,
}

impl PathQuantity {
    /// The column of a file, and the name in errors.
    pub fn column(self) -> &'static str {
        match self {
            Self::Price => "price_usd_per_btc",
            Self::Fees => "fees_btc_per_block",
            Self::Hashrate => "network_eh_s",
        }
    }

    fn allows(self, value: f64) -> bool {
        match self {
            Self::Fees => BLOCK_FEES.check(Btc::from_btc(value)).is_ok(),
            Self::Price | Self::Hashrate => value.is_finite() && value > 0.0,
        }
    }

    /// The remedy for a value that is not allowed.
    fn remedy(self) -> String {
        match self {
            Self::Fees => format!("give 0 to {} BTC", BLOCK_FEES.ceiling().as_btc()),
            Self::Price | Self::Hashrate => "give a number above 0".to_owned(),
        }
    }
}

/// A step function of time: each value holds until the next one's time.
#[derive(Clone, Debug, PartialEq)]
pub struct StepPath {
    quantity: PathQuantity,
    /// Seconds from the start, ascending; the first is at or before the start.
    times: Box<[f64]>,
    values: Box<[f64]>,
}

impl StepPath {
    /// Creates a path from times relative to the start, which may be negative.
    ///
    /// # Errors
    /// [`EconError::Table`] for no rows, a first row after the start, and with the row for times that do not ascend or
    /// a value that is not allowed.
    pub fn new(quantity: PathQuantity, rows: &[(Seconds, f64)]) -> Result<Self, EconError> {
        let column = quantity.column();
        let wrong = |reason: String| EconError::Table { table: column, reason };
        let first = rows.first().map(|(at, _)| at.as_seconds());
        if !first.is_some_and(|at| at <= 0.0) {
            return Err(wrong("give a first row at or before the start".to_owned()));
        }
        for (i, (at, value)) in rows.iter().enumerate() {
            let row = i + 1;
            if !quantity.allows(*value) {
                return Err(wrong(format!(
                    "row {row}: {value} is not possible; {}",
                    quantity.remedy()
                )));
            }
            let ascends = i == 0 || *at > rows[i - 1].0;
            if !(ascends && at.as_seconds().is_finite()) {
                return Err(wrong(format!("row {row}: give times in ascending order")));
            }
        }
        Ok(Self {
            quantity,
            times: rows.iter().map(|(at, _)| at.as_seconds()).collect(),
            values: rows.iter().map(|(_, value)| *value).collect(),
        })
    }

    /// Creates a path from days; each value holds from the start of its day.
    ///
    /// # Errors
    /// As [`StepPath::new`].
    pub fn from_days(
        quantity: PathQuantity,
        start: Date,
        rows: &[(Date, f64)],
    ) -> Result<Self, EconError> {
        let since = |day: Date| start.until(day).map_or(0, |span| span.get_days());
        let rows: Vec<(Seconds, f64)> = rows
            .iter()
            .map(|(day, value)| (Seconds::from_days(f64::from(since(*day))), *value))
            .collect();
        Self::new(quantity, &rows)
    }

    /// Reads a table with the columns `date` (YYYY-MM-DD) and [`PathQuantity::column`]; other columns are ignored.
    /// `file` is the name of the table in errors.
    ///
    /// # Errors
    /// As [`StepPath::new`], and [`EconError::UserTable`] for a missing column or an unreadable cell.
    pub fn from_csv(
        quantity: PathQuantity,
        start: Date,
        file: &str,
        text: &str,
    ) -> Result<Self, EconError> {
        let name = quantity.column();
        let names = [name];
        let value = match quantity {
            PathQuantity::Hashrate => ColumnSpec::required(&names).in_unit("EH/s"),
            PathQuantity::Price | PathQuantity::Fees => ColumnSpec::required(&names),
        };
        let wanted = [ColumnSpec::required(&["date"]), value];
        let table = Table::parse(file, text, &wanted, UnknownColumns::Ignored)?;
        let mut rows = Vec::new();
        let mut days = Unique::default();
        for row in table.rows() {
            let row = row?;
            let (day, value) = (row.day(0)?, row.number(1)?);
            if !quantity.allows(value) {
                return Err(row.wrong(1, "is not possible", quantity.remedy()).into());
            }
            days.insert(&row, day, &day.to_string())?;
            rows.push((day, value));
        }
        Self::from_days(quantity, start, &rows)
    }

    fn check_quantity(&self, wanted: PathQuantity) -> Result<(), EconError> {
        if self.quantity == wanted {
            return Ok(());
        }
        let (table, given) = (wanted.column(), self.quantity.column());
        let reason = format!("the path contains {given}; give a path of {table}");
        Err(EconError::Table { table, reason })
    }

    /// The quantity of the path.
    pub fn quantity(&self) -> PathQuantity {
        self.quantity
    }

    /// The value at a time from the start, in the column's unit; before the first row, the first row's value.
    pub fn at(&self, at: Seconds) -> f64 {
        let after = self.times.partition_point(|time| *time <= at.as_seconds());
        self.values[after.saturating_sub(1)]
    }
}

/// The source of price or fees without noise.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PathSource {
    /// The model: the price follows its drift, fees return to the level at the start.
    #[default]
    Endogenous,
    /// A given path.
    Path(StepPath),
}

/// Whose hashrate a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathOf {
    /// All other miners, without the project.
    Others,
    /// The whole network, including the project.
    All,
}

/// The source of the hashrate without noise.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum HashrateSource {
    /// Other miners respond to hashprice.
    #[default]
    Endogenous,
    /// A given path, EH/s.
    Path {
        /// The hashrate.
        path: StepPath,
        /// Whose it is.
        of: PathOf,
    },
}

/// A driver of the market; by default the model with its residuals.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver<C> {
    /// The source without noise.
    pub source: C,
    /// Whether residuals are applied; they multiply a path.
    pub noise: bool,
}

impl<C: Default> Default for Driver<C> {
    fn default() -> Self {
        Self { source: C::default(), noise: true }
    }
}

/// The drivers of a market. The three residuals of an epoch are always drawn together, so switching one off does not
/// change the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarketDrivers {
    /// Of the bitcoin price.
    pub price: Driver<PathSource>,
    /// Of the fees per block.
    pub fees: Driver<PathSource>,
    /// Of the hashrate.
    pub others: Driver<HashrateSource>,
}

/// The accumulated shocks of a path's epochs, as logarithms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AccumulatedShocks {
    /// Of the price.
    pub price: f64,
    /// Of the fees; it decays.
    pub fees: f64,
    /// Of the others' machines.
    pub others: f64,
}

impl AccumulatedShocks {
    /// Adds the shock of an epoch.
    pub fn step(&mut self, shock: &MarketShock) {
        self.price += shock.price;
        self.fees = fee_deviation(self.fees, shock.fees);
        self.others += shock.growth;
    }
}

/// A fee's deviation an epoch later.
pub(crate) fn fee_deviation(before: f64, residual: f64) -> f64 {
    FEE_MEMORY * before + residual
}

impl MarketDrivers {
    /// Checks that every path has the quantity that it drives.
    ///
    /// # Errors
    /// [`EconError::Table`] with the required quantity.
    pub fn check(&self) -> Result<(), EconError> {
        let check = |source: &PathSource, wanted| match source {
            PathSource::Endogenous => Ok(()),
            PathSource::Path(path) => path.check_quantity(wanted),
        };
        check(&self.price.source, PathQuantity::Price)?;
        check(&self.fees.source, PathQuantity::Fees)?;
        match &self.others.source {
            HashrateSource::Endogenous => Ok(()),
            HashrateSource::Path { path, .. } => path.check_quantity(PathQuantity::Hashrate),
        }
    }

    /// The part of an epoch's shock that is applied.
    pub fn shock(&self, drawn: MarketShock) -> MarketShock {
        let only = |noise: bool, value: f64| if noise { value } else { 0.0 };
        MarketShock {
            price: only(self.price.noise, drawn.price),
            growth: only(self.others.noise, drawn.growth),
            fees: only(self.fees.noise, drawn.fees),
        }
    }

    /// The real price at a time from the start. The drift is a log change per year of 365 days and applies to the
    /// model's price, not to a path.
    pub fn price(
        &self,
        at_start: UsdPerBtc,
        drift_per_year: f64,
        at: Seconds,
        noise: &AccumulatedShocks,
    ) -> UsdPerBtc {
        match &self.price.source {
            PathSource::Endogenous => {
                at_start * (drift_per_year * at.as_years() + noise.price).exp()
            }
            PathSource::Path(path) => UsdPerBtc::from_usd_per_btc(path.at(at) * noise.price.exp()),
        }
    }

    /// Fees per block at a time from the start.
    pub fn fees(&self, at_start: Btc, at: Seconds, noise: &AccumulatedShocks) -> Btc {
        let level = match &self.fees.source {
            PathSource::Endogenous => at_start,
            PathSource::Path(path) => Btc::from_btc(path.at(at)),
        };
        level * noise.fees.exp()
    }

    /// The hashrate of a path at a time from the start, and whose it is; `None` if other miners respond.
    pub fn hashrate(&self, at: Seconds, noise: &AccumulatedShocks) -> Option<(PathOf, Hashrate)> {
        match &self.others.source {
            HashrateSource::Endogenous => None,
            HashrateSource::Path { path, of } => {
                Some((*of, Hashrate::from_eh_s(path.at(at) * noise.others.exp())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: Seconds = Seconds::from_days(1.0);
    const PRICES: &str = "date,price_usd_per_btc,note\n2025-12-01,60000,a\n2026-01-11,70000,b\n\
                          2026-03-01,50000,c\n";

    fn prices() -> StepPath {
        StepPath::from_csv(PathQuantity::Price, date(2026, 1, 1), "p.csv", PRICES).unwrap()
    }

    #[test]
    fn step_path_returns_the_last_row_at_or_before_a_time() {
        let path = prices();
        for (days, price) in [
            (-100.0, 60_000.0),
            (0.0, 60_000.0),
            (9.999, 60_000.0),
            (10.0, 70_000.0),
            (58.9, 70_000.0),
            (59.0, 50_000.0),
            (1e6, 50_000.0),
        ] {
            assert_eq!(path.at(DAY * days), price, "{days}");
        }
    }

    #[test]
    fn noise_multiplies_a_path_and_drift_does_not_apply() {
        let mut drivers = MarketDrivers::default();
        let start = UsdPerBtc::from_usd_per_btc(65_159.0);
        let mut noise = AccumulatedShocks::default();
        noise.step(&MarketShock { price: 0.2, growth: -0.1, fees: 0.5 });
        noise.step(&MarketShock { price: 0.1, growth: 0.3, fees: 0.0 });
        let near = |found: f64, wanted: f64| assert!((found / wanted - 1.0).abs() < 1e-12);
        let at = DAY * 365.0;
        near(drivers.price(start, 0.05, at, &noise).as_usd_per_btc(), 65_159.0 * 0.35f64.exp());
        drivers.price.source = PathSource::Path(prices());
        near(drivers.price(start, 0.05, at, &noise).as_usd_per_btc(), 50_000.0 * 0.3f64.exp());
        // A fee deviation decays to 0.9 of its value.
        let fees = Btc::from_btc(0.023);
        near(drivers.fees(fees, at, &noise).as_btc(), 0.023 * 0.45f64.exp());
        assert_eq!(drivers.hashrate(at, &noise), None);
        let path = StepPath::new(PathQuantity::Hashrate, &[(Seconds::ZERO, 900.0)]).unwrap();
        drivers.others.source = HashrateSource::Path { path, of: PathOf::All };
        let (of, hashrate) = drivers.hashrate(at, &noise).unwrap();
        assert_eq!(of, PathOf::All);
        near(hashrate.as_eh_s(), 900.0 * 0.2f64.exp());
    }

    #[test]
    fn disabling_one_noise_leaves_the_others_unchanged() {
        let drawn = MarketShock { price: 0.2, growth: -0.1, fees: 0.5 };
        let mut drivers = MarketDrivers::default();
        assert_eq!(drivers.shock(drawn), drawn);
        drivers.price.noise = false;
        assert_eq!(drivers.shock(drawn), MarketShock { price: 0.0, ..drawn });
        drivers.others.noise = false;
        drivers.fees.noise = false;
        assert_eq!(drivers.shock(drawn), MarketShock::default());
    }

    #[test]
    fn invalid_path_file_is_refused_with_file_column_and_row() {
        let start = date(2026, 1, 1);
        let message = |text: &str| {
            StepPath::from_csv(PathQuantity::Price, start, "p.csv", text).unwrap_err().to_string()
        };
        let head = "date,price_usd_per_btc\n";
        let before = "price_usd_per_btc: give a first row at or before the start";
        for (text, part) in [
            (String::new(), "p.csv: is empty"),
            (
                "date,price\n2025-01-01,5\n".to_owned(),
                "p.csv, line 1: no column `price_usd_per_btc`",
            ),
            (head.to_owned(), before),
            (format!("{head}2026-01-02,5\n"), before),
            (
                format!("{head}2025-01-01,5\n2025-01-01,6\n"),
                "p.csv, line 3: 2025-01-01 appears twice, first on line 2",
            ),
            (format!("{head}2025-03-01,5\n2025-01-01,6\n"), "row 2: give times in ascending order"),
            (
                format!("{head}2025-01-01,5\nsoon,6\n"),
                "p.csv, line 3, column date: `soon` is not a date",
            ),
            (
                format!("{head}2025-01-01,0\n"),
                "p.csv, line 2, column price_usd_per_btc: `0` is not possible",
            ),
            (format!("{head}2025-01-01,inf\n"), "`inf` is not a number"),
            (format!("{head}2025-01-01,\n"), "`` is empty"),
            (format!("{head}2025-01-01,65 000\n"), "thousands separators; write 65000"),
        ] {
            let message = message(&text);
            assert!(message.contains(part), "{message}");
        }
        // A path of another quantity is refused.
        let mut drivers = MarketDrivers::default();
        drivers.check().unwrap();
        drivers.price.source = PathSource::Path(prices());
        drivers.check().unwrap();
        drivers.fees.source = PathSource::Path(prices());
        let message = drivers.check().unwrap_err().to_string();
        assert!(
            message.starts_with("fees_btc_per_block: the path contains price_usd_per_btc"),
            "{message}"
        );
        // Fees may be 0.
        assert!(StepPath::new(PathQuantity::Fees, &[(Seconds::ZERO, 0.0)]).is_ok());
    }
}
