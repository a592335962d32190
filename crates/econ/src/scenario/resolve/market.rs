//! How the market moves beside its trend: paths of the scenario's files, and noise.

use super::preset;
use super::{POSITIVE, Resolver};
use crate::scenario::choice::{MarketPreset, Noise, OthersOf};
use crate::scenario::columns::table;
use crate::scenario::error::{Problem, Read};
use hashwatt_input::table::{Table, TableError, Unique};
use jiff::civil::Date;

/// Values by day, in rising order of days.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedSeries {
    /// The file that they are of.
    pub file: String,
    /// Day and value.
    pub rows: Vec<(Date, f64)>,
}

/// The hashrate of others, or of everybody, EH/s.
#[derive(Clone, Debug, PartialEq)]
pub struct OthersPath {
    /// The hashrate by day.
    pub series: DatedSeries,
    /// Whose it is.
    pub of: OthersOf,
}

/// How the market moves; what has no path is computed by the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The preset that it is made by, where one is given.
    pub preset: Option<MarketPreset>,
    /// What moves it beside its trend and its paths.
    pub noise: Noise,
    /// Price of a bitcoin, USD.
    pub price: Option<DatedSeries>,
    /// Mean fees of a block, BTC.
    pub fees: Option<DatedSeries>,
    /// Hashrate.
    pub others: Option<OthersPath>,
}

pub(super) fn market(r: &mut Resolver) -> Market {
    let preset = preset::preset(r);
    let noise = r.document.text("market.noise").and_then(Noise::of_name);
    let noise = preset.map(preset::noise).or(noise);
    let of = r.document.text("market.others_path_of").and_then(OthersOf::of_name);
    let [price, fees, others] =
        [("market.price_path", false), ("market.fees_path", true), ("market.others_path", false)]
            .map(|(key, zero)| {
                let series = series(r, key, zero);
                r.keep(series).flatten()
            });
    if of.is_some() && r.document.get("market.others_path").is_none() {
        let remedy = "give the file whose hashrate others_path_of names".to_owned();
        r.note(Problem::Missing { remedy }.at("market.others_path"));
    }
    let held = r.hold_path("market.price_path", price.as_ref(), Resolver::hold_price);
    r.keep(held);
    let held = r.hold_path("market.others_path", others.as_ref(), Resolver::hold_hashrate);
    r.keep(held);
    let held = r.hold_path("market.fees_path", fees.as_ref(), Resolver::hold_fees);
    r.keep(held);
    preset::refuse_two_of_others(r);
    Market {
        preset,
        noise: noise.unwrap_or(Noise::Residual),
        price,
        fees,
        others: others.map(|series| OthersPath { series, of: of.unwrap_or(OthersOf::Others) }),
    }
}

/// A CSV file of the columns `date` and `value`; a column `source` may stand beside.
pub(super) fn series(r: &Resolver, key: &str, zero: bool) -> Read<Option<DatedSeries>> {
    let Some(file) = r.document.text(key) else { return Ok(None) };
    let text = r.file(key, file)?;
    let table = table(file, &text, &["date", "value"], &["source"]);
    let rows = table.and_then(|table| dated_rows(&table, zero));
    let rows = rows.map_err(|error| r.document.wrong(key, Problem::Table(error)))?;
    Ok(Some(DatedSeries { file: file.to_owned(), rows }))
}

/// Values by day, rising from row to row.
fn dated_rows(table: &Table<'_>, zero: bool) -> Result<Vec<(Date, f64)>, TableError> {
    let mut found: Vec<(Date, f64)> = Vec::new();
    let mut days = Unique::default();
    for row in table.rows() {
        let row = row?;
        let (day, value) = (row.day(0)?, row.number(1)?);
        if !(POSITIVE.contains(&value) || zero && value == 0.0) {
            return Err(row.wrong(1, "cannot be", "give a value above 0"));
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
