//! Emissions of electricity from the grids of several countries.

use super::error::{Mistake, Problem};
use super::mistakes::ScenarioError;
use super::region;
use crate::uncertainty::Provenance;
use crate::units::{CarbonIntensity, EnergyPrice};
use hashwatt_quantities::number;

const GRID: &str = "grid_average_g_per_kwh";
/// Tolerance of the sum of shares: printed percentages are rounded.
const ROUNDING: f64 = 0.005;

/// The share of one country in a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct MixPart {
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: String,
    /// Its share of the energy, 0 to 1; all shares add up to 1.
    pub share: f64,
    /// Average emission intensity of its grid.
    pub intensity: CarbonIntensity,
    /// Origin of the emission intensity.
    pub provenance: Provenance,
}

/// A mix of electricity from the grids of several countries.
#[derive(Clone, Debug, PartialEq)]
pub struct GridMix(Vec<MixPart>);

impl GridMix {
    /// Parses countries with their shares, such as `USA=0.4, KAZ=0.35, CAN=0.25`. Country names and percentages
    /// (`USA=40%`) are accepted. A sum within 0.5 % of the whole is treated as rounding and normalised.
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
    /// A share cannot be read, the grid of a country is not known, a country is given twice, or the shares do
    /// not add up to 1.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let mut parts: Vec<MixPart> = Vec::new();
        for part in text.split(',').map(str::trim) {
            let part = part_of(part)?;
            if parts.iter().any(|known| known.iso3 == part.iso3) {
                let message = format!("{} appears twice; give it once", part.iso3);
                return Err(wrong(Problem::Other(message)).into());
            }
            parts.push(part);
        }
        let sum: f64 = parts.iter().map(|part| part.share).sum();
        if (sum - 1.0).abs() > ROUNDING {
            let message =
                format!("the shares add up to {sum:.3}; give shares that add up to 1, or 100 %");
            return Err(wrong(Problem::Other(message)).into());
        }
        parts.iter_mut().for_each(|part| part.share /= sum);
        Ok(Self(parts))
    }

    /// The countries and their shares, in the given order.
    pub fn parts(&self) -> &[MixPart] {
        &self.0
    }

    /// Mean emission intensity of the mix.
    pub fn intensity(&self) -> CarbonIntensity {
        self.0.iter().map(|part| part.intensity * part.share).sum()
    }
}

fn wrong(problem: Problem) -> Mistake {
    problem.at("mix")
}

fn part_of(text: &str) -> Result<MixPart, ScenarioError> {
    let malformed = || wrong(Problem::Invalid("write COUNTRY=SHARE, such as USA=0.4"));
    let (name, share) = text.split_once('=').ok_or_else(malformed)?;
    let (number, whole) = match share.trim().strip_suffix('%') {
        Some(percent) => (percent.trim(), 100.0),
        None => (share.trim(), 1.0),
    };
    let share = number::parse(number).map_err(|error| wrong(Problem::NumberError(error)))? / whole;
    if !(share > 0.0 && share <= 1.0 + ROUNDING) {
        let unit = format!(", the share of {}", name.trim());
        let problem = Problem::OutOfRange { given: share, least: 0.0, most: 1.0, unit };
        return Err(wrong(problem).into());
    }
    let data = region::known(name.trim()).map_err(wrong)?;
    let grid = data.values.into_iter().find(|value| value.key == GRID).ok_or_else(|| {
        let message = format!("the emissions of the grid of {} are not known", data.country.name);
        wrong(Problem::Other(message))
    })?;
    Ok(MixPart {
        iso3: data.country.iso3.to_string(),
        share,
        intensity: CarbonIntensity::from_g_per_kwh(grid.value),
        provenance: grid.provenance,
    })
}

/// Parses an energy price in US dollars, such as `0.05 USD/kWh`.
///
/// # Errors
/// The text is not a price with its unit, or the price is in another currency.
pub fn parse_usd_energy_price(text: &str) -> Result<EnergyPrice, ScenarioError> {
    let at = |problem: Problem| problem.at("tariff");
    let (price, currency) =
        super::document::price(text.trim(), crate::params::Per::Kwh).map_err(at)?;
    if currency != crate::Currency::USD {
        let message =
            format!("is in {currency}; give it in USD, because there is no exchange rate here");
        return Err(at(Problem::Other(message)).into());
    }
    Ok(EnergyPrice::from_usd_per_kwh(price))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mix_intensity_is_weighted_mean_of_grids() {
        // Kazakhstan 821.391 g/kWh in the shipped table.
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
        // Rounded shares are normalised.
        let rounded = GridMix::parse("KAZ=0.333,NOR=0.333,USA=0.333").unwrap();
        assert!((rounded.parts().iter().map(|part| part.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn invalid_mix_is_refused_with_remedy() {
        for (text, part) in [
            ("", "write COUNTRY=SHARE"),
            ("KAZ", "write COUNTRY=SHARE"),
            ("KAZ=0.5", "give shares that add up to 1"),
            ("KAZ=0.5,KAZ=0.5", "KAZ appears twice"),
            ("KAZ=-1,NOR=2", "the share of KAZ"),
            ("Atlantis=1", "there is no region `Atlantis`"),
            ("KAZ=many", "number"),
        ] {
            let message = GridMix::parse(text).unwrap_err().to_string();
            assert!(message.starts_with("mix") && message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn tariff_in_other_currency_is_refused() {
        let found = parse_usd_energy_price("50 USD/MWh").unwrap();
        assert!((found.as_usd_per_kwh() - 0.05).abs() < 1e-15);
        let message = parse_usd_energy_price("22.98 PKR/kWh").unwrap_err().to_string();
        assert!(message.contains("is in PKR; give it in USD"), "{message}");
        assert!(parse_usd_energy_price("0.05").unwrap_err().to_string().contains("USD/kWh"));
    }
}
