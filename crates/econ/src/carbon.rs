//! Carbon at the grid's average, and a household's use to compare with.

use crate::uncertainty::{AsOf, Estimate, Provenance};
use crate::units::{CarbonIntensity, CarbonMass, Joules};

/// What a kWh of the grid emits.
#[derive(Clone, Debug, PartialEq)]
pub struct Emissions {
    /// The average of all generation. What one more kWh emits is another figure: in Pakistan
    /// the marginal plant burns gas or imported coal.
    pub average: Estimate<CarbonIntensity>,
}

impl Emissions {
    /// Pakistan's average of 2023.
    pub fn pakistan_2023() -> Self {
        Self {
            average: Estimate::new(
                CarbonIntensity::from_g_per_kwh(440.6),
                Provenance::published(
                    AsOf::Year(2023),
                    "Our World in Data / Ember through codecarbon global_energy_mix.json \
                     (secondary copy), Pakistan",
                ),
            ),
        }
    }

    /// What so much energy emits at the average.
    pub fn of(&self, energy: Joules) -> CarbonMass {
        self.average.value() * energy
    }
}

/// A household's use of electricity.
#[derive(Clone, Debug, PartialEq)]
pub struct Households {
    /// Energy of one household in a month, a twelfth of a year.
    pub monthly_use: Estimate<Joules>,
}

impl Households {
    /// Pakistan's in fiscal year 2025: domestic consumption over some 30 million homes.
    pub fn pakistan_2025() -> Self {
        Self {
            monthly_use: Estimate::assumed(
                Joules::from_kwh(147.0),
                "39,735 GWh domestic in 9 months (Economic Survey FY2025, secondary copy) over \
                 about 30 million homes, a count that is uncertain, Pakistan",
            ),
        }
    }

    /// How many households use so much in a year. An equivalent, no deliverable supply.
    pub fn using(&self, yearly: Joules) -> f64 {
        yearly / (self.monthly_use.value() * 12.0)
    }
}
