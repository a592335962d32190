//! The matrix of payers and payees, in whole hundredths of the currency.

use super::party::{FLOWS, Party, RESOURCES, ResourceSpec};
use super::{FlowSpec, Means};
use crate::{Currency, EconError};

/// Hundredths of a unit of the currency: cents, paisa. Sums of them are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minor(i128);

impl Minor {
    /// From units of the currency, to the nearest hundredth.
    ///
    /// # Errors
    /// [`EconError::Overflow`] for what is not finite or beyond 10^30.
    pub fn from_units(units: f64) -> Result<Self, EconError> {
        const MOST: f64 = 1e30;
        let hundredths = (units * 100.0).round();
        if hundredths.abs() <= MOST {
            Ok(Self(hundredths as i128))
        } else {
            Err(EconError::Overflow("flow of the ledger"))
        }
    }
    /// The count of hundredths.
    pub fn hundredths(self) -> i128 {
        self.0
    }
    /// In units of the currency, as near as an `f64` can.
    pub fn as_units(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl std::ops::Add for Minor {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Minor {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Minor {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|one| one.0).sum())
    }
}

/// A flow of a year. One that is negative runs the other way.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// What it is.
    pub spec: FlowSpec,
    /// How much.
    pub amount: Minor,
}

/// What is no transfer.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// What it is.
    pub spec: ResourceSpec,
    /// How much: positive for a gain.
    pub amount: Minor,
}

/// Who pays whom in a year, against the same year without the project.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Every flow.
    pub flows: Vec<Flow>,
    /// Every real resource and stated externality.
    pub resources: Vec<Resource>,
}

/// What the nation has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NationalNet {
    /// Money over the border, in less out.
    pub foreign_exchange: Minor,
    /// Bitcoin held.
    pub bitcoin_held: Minor,
    /// Money kept abroad.
    pub kept_abroad: Minor,
    /// Real resources of the nation.
    pub resources: Minor,
    /// Stated externalities.
    pub externalities: Minor,
}

impl NationalNet {
    /// All of it but the externalities.
    pub fn without_externalities(&self) -> Minor {
        self.total() - self.externalities
    }

    /// All of it.
    pub fn total(&self) -> Minor {
        let Self { foreign_exchange, bitcoin_held, kept_abroad, resources, externalities } = *self;
        foreign_exchange + bitcoin_held + kept_abroad + resources + externalities
    }
}

impl Matrix {
    pub(super) fn of(
        currency: Currency,
        flows: &[f64],
        resources: &[f64],
    ) -> Result<Self, EconError> {
        let flow = |(spec, amount): (&FlowSpec, &f64)| {
            Ok(Flow { spec: *spec, amount: Minor::from_units(*amount)? })
        };
        let resource = |(spec, amount): (&ResourceSpec, &f64)| {
            Ok(Resource { spec: *spec, amount: Minor::from_units(*amount)? })
        };
        Ok(Self {
            currency,
            flows: FLOWS.iter().zip(flows).map(flow).collect::<Result<_, EconError>>()?,
            resources: RESOURCES
                .iter()
                .zip(resources)
                .map(resource)
                .collect::<Result<_, EconError>>()?,
        })
    }

    /// What one pays another.
    pub fn cell(&self, from: Party, to: Party) -> Minor {
        let here = |flow: &&Flow| flow.spec.from == from && flow.spec.to == to;
        self.flows.iter().filter(here).map(|flow| flow.amount).sum()
    }

    /// What a party is paid less what it pays.
    pub fn transfers(&self, party: Party) -> Minor {
        let all = Party::ALL;
        let paid: Minor = all.into_iter().map(|from| self.cell(from, party)).sum();
        let pays: Minor = all.into_iter().map(|to| self.cell(party, to)).sum();
        paid - pays
    }

    /// What falls on the public at large.
    pub fn public(&self) -> Minor {
        self.resources.iter().filter(|r| r.spec.party.is_none()).map(|r| r.amount).sum()
    }

    /// What a party has of real resources and externalities.
    pub fn resources(&self, party: Party) -> Minor {
        self.resources.iter().filter(|r| r.spec.party == Some(party)).map(|r| r.amount).sum()
    }

    /// Both together.
    pub fn net(&self, party: Party) -> Minor {
        self.transfers(party) + self.resources(party)
    }

    /// What crosses the border by these means, in less out.
    fn border(&self, means: Means) -> Minor {
        let crossing = self.flows.iter().filter(|flow| flow.spec.means == means);
        crossing
            .map(|flow| match (flow.spec.from.is_national(), flow.spec.to.is_national()) {
                (false, true) => flow.amount,
                (true, false) => Minor::default() - flow.amount,
                _ => Minor::default(),
            })
            .sum()
    }

    /// Real resources, what crosses the border, and stated externalities. Transfers at home are in none
    /// of it.
    pub fn national(&self) -> NationalNet {
        let sum = |externality: bool| {
            self.resources
                .iter()
                .filter(|r| r.spec.party.is_none_or(Party::is_national))
                .filter(|r| r.spec.externality == externality)
                .map(|r| r.amount)
                .sum()
        };
        NationalNet {
            foreign_exchange: self.border(Means::Money),
            bitcoin_held: self.border(Means::Bitcoin),
            kept_abroad: self.border(Means::Abroad),
            resources: sum(false),
            externalities: sum(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever flows, to the cent: transfers sum to zero, and what the national parties have is
        /// what crosses the border and what is no transfer.
        #[test]
        fn transfers_sum_to_zero_and_the_nation_is_the_sum_of_its_parties(
            flows in prop::collection::vec(-1e15f64..1e15, FLOWS.len()),
            resources in prop::collection::vec(-1e15f64..1e15, RESOURCES.len()),
        ) {
            let matrix = Matrix::of(Currency::USD, &flows, &resources).unwrap();
            let sum: Minor = Party::ALL.into_iter().map(|party| matrix.transfers(party)).sum();
            prop_assert_eq!(sum, Minor::default());
            let home: Minor = Party::ALL
                .into_iter()
                .filter(|party| party.is_national())
                .map(|party| matrix.net(party))
                .sum();
            prop_assert_eq!(home + matrix.public(), matrix.national().total());
            // Each flow is in one cell, and no cell has anything else.
            let cells: Minor = Party::ALL
                .into_iter()
                .flat_map(|from| Party::ALL.map(|to| (from, to)))
                .map(|(from, to)| matrix.cell(from, to))
                .sum();
            let all: Minor = matrix.flows.iter().map(|flow| flow.amount).sum();
            prop_assert_eq!(cells, all);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, 1e40] {
            assert!(Minor::from_units(bad).is_err(), "{bad}");
        }
        assert_eq!(Minor::from_units(-0.005).unwrap().hundredths(), -1);
        assert_eq!(Minor::from_units(183.416_88e9).unwrap().as_units(), 183.416_88e9);
    }
}
