//! What a tariff gives away or takes, against each reference cost. A reference has a kind and a
//! metering point; an average is never called marginal.

use crate::uncertainty::{AsOf, Estimate, Provenance};
use crate::units::Joules;
use crate::{EconError, LocalAmount, LocalPrice, Tariff};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;

const SHIPPED: &str = include_str!("../data/references.csv");

/// What a reference cost stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReferenceKind {
    /// Fuel of the plant that runs for the next kWh.
    IncrementalFuel,
    /// The energy part of the average purchase.
    AverageEnergy,
    /// All costs of supplying a customer, on average.
    CostOfService,
    /// What distributors pay for power on average, energy and capacity.
    PurchaseAverage,
    /// What another consumer pays.
    ConsumerTariff,
    /// What somebody else would have paid for the same energy.
    AlternativeBuyer,
}

impl ReferenceKind {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::IncrementalFuel => "incremental_fuel",
            Self::AverageEnergy => "average_energy",
            Self::CostOfService => "cost_of_service",
            Self::PurchaseAverage => "purchase_average",
            Self::ConsumerTariff => "consumer_tariff",
            Self::AlternativeBuyer => "alternative_buyer",
        }
    }
}

impl fmt::Display for ReferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where the energy of a price is metered: losses lie between these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeteringPoint {
    /// At the plant.
    Generator,
    /// Where distributors take it over.
    DistributionPurchase,
    /// At the customer.
    Consumer,
}

impl MeteringPoint {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generator => "generator",
            Self::DistributionPurchase => "distribution_purchase",
            Self::Consumer => "consumer",
        }
    }
}

/// A cost or price that a tariff is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceCost {
    /// What it stands for.
    pub kind: ReferenceKind,
    /// What it is, in words.
    pub what: String,
    /// The price with its date and source.
    pub price: Estimate<LocalPrice>,
    /// Where its energy is metered.
    pub metering_point: MeteringPoint,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    region: String,
    kind: ReferenceKind,
    what: String,
    price: String,
    metering_point: MeteringPoint,
    as_of: String,
    source: String,
    quality: String,
}

impl ReferenceCost {
    /// The references that ship with the crate for a region: `pakistan`.
    ///
    /// # Errors
    /// [`EconError::UnknownRegion`] with those there are.
    pub fn shipped(region: &str) -> Result<Vec<Self>, EconError> {
        let wrong = |reason: String| EconError::Table { table: "references", reason };
        let mut regions = BTreeSet::new();
        let mut references = Vec::new();
        for row in csv::Reader::from_reader(SHIPPED.as_bytes()).into_deserialize() {
            let row: Row = row.map_err(|e| wrong(e.to_string()))?;
            if row.region == region {
                let as_of: AsOf = row.as_of.parse().map_err(|e| wrong(format!("{e}")))?;
                let source = format!("{} ({})", row.source, row.quality);
                references.push(Self {
                    kind: row.kind,
                    what: row.what,
                    price: Estimate::new(row.price.parse()?, Provenance::published(as_of, source)),
                    metering_point: row.metering_point,
                });
            }
            regions.insert(row.region);
        }
        if references.is_empty() {
            let shipped = regions.into_iter().collect::<Vec<_>>().join(", ");
            return Err(EconError::UnknownRegion { region: region.to_owned(), shipped });
        }
        Ok(references)
    }
}

/// The difference a tariff makes against one reference. Positive: whoever bears the reference
/// cost pays; negative: the tariff brings more than the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Subsidy {
    /// The reference.
    pub reference: ReferenceCost,
    /// Reference less tariff for a kWh, in the reference's currency.
    pub per_kwh: LocalPrice,
    /// The same for a year's energy.
    pub per_year: LocalAmount,
}

impl Subsidy {
    /// (reference - tariff) times energy, in the reference's currency. No loss factor is
    /// applied: a reference metered before the customer is too low by the losses between.
    ///
    /// # Errors
    /// Where the tariff cannot be put into the reference's currency.
    pub fn of(
        reference: &ReferenceCost,
        tariff: &Tariff,
        yearly: Joules,
    ) -> Result<Self, EconError> {
        let currency = reference.price.value().currency();
        let tariff = tariff.in_currency(currency)?;
        let difference = reference.price.value().as_per_kwh() - tariff.as_per_kwh();
        Ok(Self {
            reference: reference.clone(),
            per_kwh: LocalPrice::from_per_kwh(difference, currency)?,
            per_year: LocalAmount::new(difference * yearly.as_kwh(), currency),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_references_read_and_are_typed() {
        let references = ReferenceCost::shipped("pakistan").unwrap();
        assert_eq!(references.len(), SHIPPED.lines().count() - 1);
        let price = |kind: ReferenceKind| {
            references.iter().find(|r| r.kind == kind).unwrap().price.value().as_per_kwh()
        };
        assert_eq!(price(ReferenceKind::AverageEnergy), 8.13);
        assert_eq!(price(ReferenceKind::PurchaseAverage), 25.32);
        assert!(matches!(
            ReferenceCost::shipped("atlantis"),
            Err(EconError::UnknownRegion { shipped, .. }) if shipped == "pakistan"
        ));
    }

    #[test]
    fn against_rs_34_the_headline_costs_183_billion_a_year() {
        // 2,000 MW at 0.95 uptime; economics of the project, formula 12.
        let tariff = tariff("22.98 PKR/kWh", Some("281 PKR/USD"));
        let references = ReferenceCost::shipped("pakistan").unwrap();
        let against = references.iter().find(|r| r.kind == ReferenceKind::CostOfService).unwrap();
        let subsidy = Subsidy::of(against, &tariff, Joules::from_twh(16.644)).unwrap();
        assert!((subsidy.per_year.amount() / 183.416_88e9 - 1.0).abs() < 1e-9, "{subsidy:?}");
    }

    fn tariff(price: &str, rate: Option<&str>) -> Tariff {
        Tariff {
            price: Estimate::user_reported(price.parse().unwrap(), "test"),
            exchange_rate: rate.map(|rate| Estimate::user_reported(rate.parse().unwrap(), "test")),
        }
    }

    #[test]
    fn currencies_are_not_mixed() {
        let reference = &ReferenceCost::shipped("pakistan").unwrap()[0];
        let of =
            |rate| Subsidy::of(reference, &tariff("0.08 USD/kWh", rate), Joules::from_kwh(10.0));
        assert!(matches!(of(None), Err(EconError::MissingExchangeRate(_))));
        assert!(matches!(of(Some("0.9 EUR/USD")), Err(EconError::CurrencyMismatch { .. })));
        // With the rate, a tariff in dollars is held against rupees in rupees.
        let subsidy = of(Some("250 PKR/USD")).unwrap();
        assert!((subsidy.per_kwh.as_per_kwh() - (21.1927 - 20.0)).abs() < 1e-12);
        assert!((subsidy.per_year.amount() - 11.927).abs() < 1e-9);
    }
}
