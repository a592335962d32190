//! The development of the market: paths from files, and random variation.

use super::preset;
use super::{POSITIVE, Resolver};
use crate::scenario::choice::{HashrateScope, MarketPreset, NoiseModel};
use crate::scenario::columns::table;
use crate::scenario::error::{Problem, Read};
use hashwatt_input::table::{Table, TableError, Unique};
use jiff::civil::Date;

/// Values by date, in rising order.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedSeries {
    /// The file from which they were read.
    pub file: String,
    /// Date and value.
    pub rows: Vec<(Date, f64)>,
}

/// A path of the hashrate of other miners, or of the whole network, EH/s.
#[derive(Clone, Debug, PartialEq)]
pub struct OthersPath {
    /// The hashrate by date.
    pub series: DatedSeries,
    /// Whether it includes the project.
    pub of: HashrateScope,
}

/// The development of the market; quantities without a path are modelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The preset, if one is given.
    pub preset: Option<MarketPreset>,
    /// The random variation around trend and paths.
    pub noise: NoiseModel,
    /// Price of a bitcoin, USD.
    pub price: Option<DatedSeries>,
    /// Mean fees per block, BTC.
    pub fees: Option<DatedSeries>,
    /// Hashrate, EH/s.
    pub others: Option<OthersPath>,
}

pub(super) fn market(r: &mut Resolver) -> Market {
    let preset = preset::preset(r);
    let noise = r.document.text("market.noise").and_then(NoiseModel::from_name);
    let noise = preset.map(preset::noise).or(noise);
    let of = r.document.text("market.others_path_of").and_then(HashrateScope::from_name);
    let [price, fees, others] =
        [("market.price_path", false), ("market.fees_path", true), ("market.others_path", false)]
            .map(|(key, zero)| {
                let series = series(r, key, zero);
                r.ok_or_record(series).flatten()
            });
    if of.is_some() && r.document.get("market.others_path").is_none() {
        let remedy = "give the file to which others_path_of refers".to_owned();
        r.record(Problem::Missing { remedy }.at("market.others_path"));
    }
    let checked = r.check_path("market.price_path", price.as_ref(), Resolver::check_price);
    r.ok_or_record(checked);
    let checked = r.check_path("market.others_path", others.as_ref(), Resolver::check_hashrate);
    r.ok_or_record(checked);
    let checked = r.check_path("market.fees_path", fees.as_ref(), Resolver::check_fees);
    r.ok_or_record(checked);
    preset::refuse_growth_with_path(r);
    Market {
        preset,
        noise: noise.unwrap_or(NoiseModel::Residual),
        price,
        fees,
        others: others.map(|series| OthersPath { series, of: of.unwrap_or(HashrateScope::Others) }),
    }
}

/// Reads a CSV file with the columns `date` and `value` and an optional column `source`.
pub(super) fn series(r: &Resolver, key: &str, zero: bool) -> Read<Option<DatedSeries>> {
    let Some(file) = r.document.text(key) else { return Ok(None) };
    let text = r.file(key, file)?;
    let table = table(file, &text, &["date", "value"], &["source"]);
    let rows = table.and_then(|table| dated_rows(&table, zero));
    let rows = rows.map_err(|error| r.document.mistake(key, Problem::Table(error)))?;
    Ok(Some(DatedSeries { file: file.to_owned(), rows }))
}

/// Reads values by date, in rising order.
fn dated_rows(table: &Table<'_>, zero: bool) -> Result<Vec<(Date, f64)>, TableError> {
    let mut found: Vec<(Date, f64)> = Vec::new();
    let mut days = Unique::default();
    for row in table.rows() {
        let row = row?;
        let (day, value) = (row.day(0)?, row.number(1)?);
        if !(POSITIVE.contains(&value) || zero && value == 0.0) {
            return Err(row.wrong(1, "is not possible", "give a value above 0"));
        }
        days.insert(&row, day, &day.to_string())?;
        if found.last().is_some_and(|(last, _)| *last > day) {
            return Err(row.wrong(0, "is before the row above", "give days in rising order"));
        }
        found.push((day, value));
    }
    if found.is_empty() {
        return Err(table.wrong("has no rows", "give at least one"));
    }
    Ok(found)
}
