//! Exchange rate, price levels and tariffs by date, from files.

use super::market::series;
use super::{Resolver, TableSource, site_keys};
use crate::params::{LevelPaths, Money, Steps};
use crate::scenario::error::{Problem, Read};
use jiff::civil::Date;
use std::sync::Arc;

/// Paths of the exchange rate and of price levels; each replaces a yearly growth rate and excludes it.
pub(super) fn paths(r: &mut Resolver, start: Date) -> Option<Arc<LevelPaths>> {
    let specs = Money::SPECS;
    let [exchange_rate, inflation_usd, inflation_local] = [
        ("money.exchange_rate_path", specs.depreciation.key),
        ("money.inflation_usd_path", specs.inflation_usd.key),
        ("money.inflation_local_path", specs.inflation_local.key),
    ]
    .map(|(key, growth)| {
        if let (Some(entry), Some(_)) = (r.document.get(key), r.document.get(growth)) {
            r.record(entry.mistake(Problem::Conflict { other: growth.to_owned() }));
        }
        let read = steps(r, key, start);
        r.ok_or_record(read).flatten()
    });
    let found = LevelPaths { exchange_rate, inflation_usd, inflation_local };
    (!found.is_empty()).then(|| Arc::new(found))
}

/// The tariff of a site by date, from its own file, else from that of all sites.
pub(super) fn tariff_steps(
    r: &mut Resolver,
    site: Option<usize>,
    start: Date,
) -> Option<Arc<Steps>> {
    let keys = site_keys(site, "tariff_terms.tariff_path");
    let key = keys.iter().find(|key| r.document.get(key).is_some())?;
    let read = steps(r, key, start);
    r.ok_or_record(read).flatten().map(Arc::new)
}

fn steps(r: &mut Resolver, key: &str, start: Date) -> Read<Option<Steps>> {
    let Some(series) = series(r, key, false)? else { return Ok(None) };
    let (key_name, name) = (key.to_owned(), series.file.clone());
    let source = String::new();
    r.add_table_source(TableSource { key: key_name, name, region: None, as_of: None, source });
    let steps = Steps::from_days(start, &series.rows);
    steps.map(Some).map_err(|error| r.document.mistake(key, Problem::Other(error.to_string())))
}
