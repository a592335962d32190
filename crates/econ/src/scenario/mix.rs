//! Emissions of a mix of countries' grids.

use super::error::{Mistake, Problem};
use super::mistakes::ScenarioError;
use super::region;
use crate::uncertainty::Provenance;
use crate::units::{CarbonIntensity, EnergyPrice};
use hashwatt_quantities::number;

const GRID: &str = "grid_average_g_per_kwh";
/// Shares in per cent, as they are printed, are rounded.
const ROUNDING: f64 = 0.005;

/// A country's part of a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct MixPart {
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: String,
    /// Its part of the energy, 0 to 1; all parts together are 1.
    pub share: f64,
    /// The average emissions of its grid.
    pub intensity: CarbonIntensity,
    /// Where those come from.
    pub provenance: Provenance,
}

/// Energy from the grids of several countries.
#[derive(Clone, Debug, PartialEq)]
pub struct GridMix(Vec<MixPart>);

impl GridMix {
    /// From countries with their parts, such as `USA=0.4, KAZ=0.35, CAN=0.25`; names of countries and per cent
    /// (`USA=40%`) do too. A sum within half a per cent of the whole is taken for rounding.
    ///
    /// ```
    /// use hashwatt_econ::scenario::GridMix;
    ///
    /// let mix = GridMix::parse("KAZ=0.5, NOR=0.5")?;
    /// assert!(mix.intensity().as_g_per_kwh() > 400.0);
    /// # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
    /// ```
    ///
    /// # Errors
    /// The part that cannot be read, a country of which no grid is known or that is given twice, and parts that
    /// are not the whole together.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let mut parts: Vec<MixPart> = Vec::new();
        for part in text.split(',').map(str::trim) {
            let part = part_of(part)?;
            if parts.iter().any(|known| known.iso3 == part.iso3) {
                let told = format!("{} appears twice; give one part of it", part.iso3);
                return Err(wrong(Problem::Other(told)).into());
            }
            parts.push(part);
        }
        let sum: f64 = parts.iter().map(|part| part.share).sum();
        if (sum - 1.0).abs() > ROUNDING {
            let told = format!("the parts are {sum:.3} together; give parts that are 1, or 100 %");
            return Err(wrong(Problem::Other(told)).into());
        }
        parts.iter_mut().for_each(|part| part.share /= sum);
        Ok(Self(parts))
    }

    /// Its parts, in the order in which they were given.
    pub fn parts(&self) -> &[MixPart] {
        &self.0
    }

    /// Mean emissions.
    pub fn intensity(&self) -> CarbonIntensity {
        self.0.iter().map(|part| part.intensity * part.share).sum()
    }
}

fn wrong(problem: Problem) -> Mistake {
    problem.at("mix")
}

fn part_of(text: &str) -> Result<MixPart, ScenarioError> {
    let half = || wrong(Problem::Half("write COUNTRY=PART, such as USA=0.4"));
    let (name, share) = text.split_once('=').ok_or_else(half)?;
    let (number, whole) = match share.trim().strip_suffix('%') {
        Some(percent) => (percent.trim(), 100.0),
        None => (share.trim(), 1.0),
    };
    let share = number::parse(number).map_err(|error| wrong(Problem::NotANumber(error)))? / whole;
    if !(share > 0.0 && share <= 1.0 + ROUNDING) {
        let unit = format!(", the part of {}", name.trim());
        let problem = Problem::OutOfRange { given: share, least: 0.0, most: 1.0, unit };
        return Err(wrong(problem).into());
    }
    let data = region::known(name.trim()).map_err(wrong)?;
    let grid = data.values.into_iter().find(|value| value.key == GRID).ok_or_else(|| {
        let told = format!("no grid's emissions are known of {}", data.country.name);
        wrong(Problem::Other(told))
    })?;
    Ok(MixPart {
        iso3: data.country.iso3.to_string(),
        share,
        intensity: CarbonIntensity::from_g_per_kwh(grid.value),
        provenance: grid.provenance,
    })
}

/// A price of energy in dollars, such as `0.05 USD/kWh`, where no exchange rate is given.
///
/// # Errors
/// What is no price with its unit, and one in another currency.
pub fn dollars_per_energy(text: &str) -> Result<EnergyPrice, ScenarioError> {
    let at = |problem: Problem| problem.at("tariff");
    let (price, currency) =
        super::document::price(text.trim(), crate::params::Per::Kwh).map_err(at)?;
    if currency != crate::Currency::USD {
        let told = format!("is in {currency}; give it in USD, there is no exchange rate here");
        return Err(at(Problem::Other(told)).into());
    }
    Ok(EnergyPrice::from_usd_per_kwh(price))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_is_the_mean_of_its_grids() {
        // Kazakhstan 821.391, Pakistan 440.6... from the shipped table: read here once more by hand.
        let grid = |name: &str| {
            let data = region::known(name).unwrap();
            data.values.iter().find(|value| value.key == GRID).unwrap().value
        };
        assert_eq!(grid("KAZ"), 821.391);
        let mix = GridMix::parse(" kaz = 25 %, Norway=0.75").unwrap();
        let wanted = 0.25 * 821.391 + 0.75 * grid("NOR");
        assert!((mix.intensity().as_g_per_kwh() / wanted - 1.0).abs() < 1e-12);
        let codes: Vec<&str> = mix.parts().iter().map(|part| &*part.iso3).collect();
        assert_eq!(codes, ["KAZ", "NOR"]);
        // Rounded parts are the whole.
        let rounded = GridMix::parse("KAZ=0.333,NOR=0.333,USA=0.333").unwrap();
        assert!((rounded.parts().iter().map(|part| part.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_mix_names_the_remedy() {
        for (text, part) in [
            ("", "write COUNTRY=PART"),
            ("KAZ", "write COUNTRY=PART"),
            ("KAZ=0.5", "give parts that are 1"),
            ("KAZ=0.5,KAZ=0.5", "KAZ appears twice"),
            ("KAZ=-1,NOR=2", "the part of KAZ"),
            ("Atlantis=1", "there is no region `Atlantis`"),
            ("KAZ=many", "number"),
        ] {
            let told = GridMix::parse(text).unwrap_err().to_string();
            assert!(told.starts_with("mix") && told.contains(part), "{text}: {told}");
        }
    }

    #[test]
    fn a_tariff_is_in_dollars() {
        let found = dollars_per_energy("50 USD/MWh").unwrap();
        assert!((found.as_usd_per_kwh() - 0.05).abs() < 1e-15);
        let told = dollars_per_energy("22.98 PKR/kWh").unwrap_err().to_string();
        assert!(told.contains("is in PKR; give it in USD"), "{told}");
        assert!(dollars_per_energy("0.05").unwrap_err().to_string().contains("USD/kWh"));
    }
}
