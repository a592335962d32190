//! Prices of machines by efficiency, with date and source.

use super::EconError;
use crate::uncertainty::{AsOf, Provenance, Uncertain};
use crate::units::{JoulesPerHash, MachinePrice};
use serde::Deserialize;
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("data/machine_prices.csv");

/// Prices by bands of efficiency.
pub(super) struct PriceList(Vec<Row>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from_j_per_th: f64,
    below_j_per_th: f64,
    usd_per_th: Option<f64>,
    what: String,
    as_of: String,
    source: String,
    quality: String,
}

impl PriceList {
    pub(super) fn shipped() -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "machine_prices", reason };
        let reader = csv::Reader::from_reader(SHIPPED.as_bytes());
        let rows = reader.into_deserialize().collect::<Result<Vec<Row>, _>>();
        Ok(Self(rows.map_err(|e| wrong(e.to_string()))?))
    }

    /// Like [`PriceList::shipped`], but parsed only once.
    pub(super) fn read_once() -> Result<&'static Self, EconError> {
        static READ: LazyLock<Result<PriceList, EconError>> = LazyLock::new(PriceList::shipped);
        READ.as_ref().map_err(Clone::clone)
    }

    /// The price of machines of this efficiency.
    pub(super) fn price(
        &self,
        efficiency: JoulesPerHash,
    ) -> Result<Uncertain<MachinePrice>, EconError> {
        let wrong = |reason: String| EconError::Table { table: "machine_prices", reason };
        let j_per_th = efficiency.as_j_per_th();
        let fits = |row: &&Row| (row.from_j_per_th..row.below_j_per_th).contains(&j_per_th);
        let row = self.0.iter().find(fits);
        let row = row.ok_or_else(|| wrong(format!("no price is known for {j_per_th} J/TH")))?;
        let price = row.usd_per_th.ok_or_else(|| {
            wrong(format!("no price is known for {j_per_th} J/TH: {}; give usd_per_th", row.what))
        })?;
        let as_of: AsOf = row.as_of.parse().map_err(|e| wrong(format!("{e}")))?;
        let source = format!("{}: {} ({})", row.source, row.what, row.quality);
        let price = MachinePrice::from_usd_per_th_s(price);
        Ok(Uncertain::new(price, Provenance::published(as_of, source)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_price_bands_have_sources_and_no_gaps() {
        let list = PriceList::shipped().unwrap();
        assert_eq!(list.0.len(), SHIPPED.lines().count() - 1);
        for row in &list.0 {
            assert!(!row.source.is_empty() && row.as_of.parse::<AsOf>().is_ok(), "{}", row.what);
        }
        assert!(list.0.windows(2).all(|pair| pair[0].below_j_per_th == pair[1].from_j_per_th));
        let price = |j| list.price(JoulesPerHash::from_j_per_th(j));
        assert_eq!(price(16.0).unwrap().value().as_usd_per_th_s(), 7.5);
        // No firm price of the newest machines has been published.
        assert!(price(9.5).unwrap_err().to_string().contains("give usd_per_th"));
        assert!(price(500.0).is_err());
    }
}
