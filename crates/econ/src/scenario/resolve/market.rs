//! How the market moves beside its trend: paths of the scenario's files, and noise.

use super::{POSITIVE, Resolver};
use crate::scenario::choice::{Noise, OthersOf};
use crate::scenario::columns::rows;
use crate::scenario::error::{Problem, Read};
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
    /// What moves it beside its trend and its paths.
    pub noise: Noise,
    /// Price of a bitcoin, USD.
    pub price: Option<DatedSeries>,
    /// Mean fees of a block, BTC.
    pub fees: Option<DatedSeries>,
    /// Hashrate.
    pub others: Option<OthersPath>,
}

pub(super) fn market(r: &mut Resolver) -> Read<Market> {
    let noise = r.document.text("market.noise").and_then(Noise::of_name);
    let of = r.document.text("market.others_path_of").and_then(OthersOf::of_name);
    let others = series(r, "market.others_path", false)?;
    if let (Some(_), None) = (of, &others) {
        let remedy = "give the file whose hashrate others_path_of names".to_owned();
        return Err(Problem::Missing { remedy }.at("market.others_path"));
    }
    let price = series(r, "market.price_path", false)?;
    r.hold_path("market.price_path", price.as_ref(), Resolver::hold_price)?;
    r.hold_path("market.others_path", others.as_ref(), Resolver::hold_hashrate)?;
    Ok(Market {
        noise: noise.unwrap_or(Noise::Residual),
        price,
        fees: series(r, "market.fees_path", true)?,
        others: others.map(|series| OthersPath { series, of: of.unwrap_or(OthersOf::Others) }),
    })
}

/// A CSV file of the columns `date` and `value`; a column `source` may stand beside.
fn series(r: &Resolver, key: &str, zero: bool) -> Read<Option<DatedSeries>> {
    let Some(file) = r.document.text(key) else { return Ok(None) };
    let wrong = |reason| r.document.wrong(key, Problem::File { file: file.to_owned(), reason });
    let text = r.file(key, file)?;
    let mut found: Vec<(Date, f64)> = Vec::new();
    for row in rows(&text, &["date", "value"], &["source"]).map_err(wrong)? {
        let day: Date = row
            .text(0)
            .parse()
            .map_err(|_| wrong(row.wrong(&format!("`{}` is no day, YYYY-MM-DD", row.text(0)))))?;
        let value = row.number(1).map_err(wrong)?;
        if !(POSITIVE.contains(&value) || zero && value == 0.0) {
            return Err(wrong(row.wrong("give a value above 0")));
        }
        if found.last().is_some_and(|(last, _)| *last >= day) {
            return Err(wrong(row.wrong("give days in rising order, each once")));
        }
        found.push((day, value));
    }
    if found.is_empty() {
        return Err(wrong("has no rows".to_owned()));
    }
    Ok(Some(DatedSeries { file: file.to_owned(), rows: found }))
}
